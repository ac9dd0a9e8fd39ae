"""This module owns what all games with listed states share: sets as masks, rankings as arrays, what follows from them.

An engine adds how a party's moves act on arrays; `stable` asks it for verdicts once and keeps them.
"""

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from detente.engine.interface import Definition, Game, Space, StateSet
from detente.engine.masks import Bools, Integers, Mask
from detente.model.case import Conventions
from detente.model.statements import Tree, holds

Verdicts = Iterable[Bools]  # a party, shape (2, states): without and with the party's last word (SMR, SSEQ)
_ROW = {Definition.GMR: (False, 0), Definition.SMR: (False, 1), Definition.SEQ: (True, 0), Definition.SSEQ: (True, 1)}


class ArrayGame(Game):
    """A game whose states are the positions of arrays.

    Parameters
    ----------
    space : Space
        What can be chosen, and by whom.
    conventions : Conventions
        How ties and returns are read.
    states : int
        How many feasible states there are.
    """

    def __init__(self, space: Space, conventions: Conventions, states: int) -> None:
        self.space, self.conventions = space, conventions
        self.parties = space.parties
        self._states = states
        self._kept: dict[bool, list[NDArray[np.uint8]]] = {}  # verdicts, eight states a byte

    # What an engine adds.

    @abstractmethod
    def _ranks(self, party: int) -> Integers:
        """Return the rank of every state for a party, shape (states,)."""

    @abstractmethod
    def _levels(self, option: int) -> Integers:
        """Return the level of an option in every state."""

    @cached_property
    @abstractmethod
    def _peaks(self) -> Sequence[Integers]:
        """Per party, the rank of the best state among each state and those the party can move to from it."""

    @abstractmethod
    def _verdicts(self, improving: bool) -> Verdicts:
        """Return GMR and SMR, or with `improving` (the others move to improve) SEQ and SSEQ, party by party.

        Rows may be written over once the next ones are asked for.
        """

    # What follows.

    def feasible(self) -> StateSet:
        """Return all feasible states."""
        return Mask(np.ones(self._states, np.bool_))

    def none(self) -> StateSet:
        """Return the empty set."""
        return Mask(np.zeros(self._states, np.bool_))

    def only(self, states: Sequence[int]) -> StateSet:
        """Return the set of the given states."""
        return self._mask(states)

    def _mask(self, states: Sequence[int]) -> Mask:
        array = np.zeros(self._states, np.bool_)
        array[np.asarray(states, np.int64)] = True
        return Mask(array)

    def where(self, statement: Tree) -> StateSet:
        """Return the states in which a statement holds."""
        return Mask(self._truth(statement))

    def _truth(self, statement: Tree) -> Bools:
        truth = np.asarray(holds(statement, self._levels), np.bool_)
        return truth if truth.ndim else np.full(self._states, truth)

    def values(self, state: int) -> tuple[int | None, ...]:
        """Return the level of every option in a state."""
        return tuple(int(self._levels(option)[state]) for option in range(len(self.space.sizes)))

    def find(self, values: Sequence[int | None]) -> StateSet:
        """Return the feasible states that agree with the given levels (None: any)."""
        agree = np.ones(self._states, np.bool_)
        for option, value in enumerate(values):
            if value is not None:
                agree &= self._levels(option) == value
        return Mask(agree)

    def rank(self, party: int, state: int) -> int:
        """Return how good a state is for a party: larger is better, equal is indifferent; gaps mean nothing."""
        return int(self._ranks(party)[state])

    def better(self, party: int, state: int, equal: bool = False) -> StateSet:
        """Return the states that a party prefers to a state (with `equal`: or finds equally good)."""
        ranks = self._ranks(party)
        return Mask(ranks >= ranks[state] if equal else ranks > ranks[state])

    def moves(self, party: int, state: int) -> StateSet:
        """Return where one move of a party leads from a state."""
        return self.image(party, self._mask([state]))

    def stable(self, party: int, definition: Definition) -> StateSet:
        """Return the states that are stable for a party under a definition and the game's conventions."""
        if definition is Definition.NASH:
            return Mask(self._peaks[party] <= self._ranks(party))
        improving, last_word = _ROW[definition]
        if improving not in self._kept:
            self._kept[improving] = [np.packbits(rows, axis=-1) for rows in self._verdicts(improving)]
        return Mask(np.unpackbits(self._kept[improving][party][last_word], count=self._states).view(np.bool_))

    def sanctions(self, party: int, state: int, definition: Definition) -> StateSet:
        """Return the states that answer any improvement of the party from `state`, if the others can get there."""
        if definition is Definition.NASH:
            return self.none()
        _, last_word = _ROW[definition]
        worth = self._peaks[party] if last_word else self._ranks(party)
        threshold = self._ranks(party)[state]
        found = worth <= threshold if self.conventions.ties_sanction else worth < threshold
        if not self.conventions.return_sanctions:
            found[state] = False
        return Mask(found)
