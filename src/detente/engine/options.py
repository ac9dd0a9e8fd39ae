"""This module owns games in option form: every party moves its own options, and moves are transitive.

The engines for them differ in how arrays are laid out (`CubeGame`: a place for every choice, `ListedGame`: one for
every feasible state) and hence in how a value spreads along a party's moves; the definitions are here once.
"""

from abc import abstractmethod
from collections.abc import Sequence
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from detente.engine.arrays import ArrayGame, Verdicts
from detente.engine.fixpoint import Labels, lowest, threatened, unharmed
from detente.engine.interface import Space, StateSet
from detente.engine.masks import Bools, Integers, Mask, array_of
from detente.errors import NotAvailableError

Scalar = TypeVar("Scalar", bound=np.generic)
UNREACHED = -1  # below every rank


class OptionGame(ArrayGame):
    """A game whose parties move by changing their own options."""

    transitive = True
    _place_ranks: list[NDArray[np.signedinteger[Any]]]  # int16 or int32, one array a party
    _movers: list[int]
    _top: int  # above every rank

    # What a layout adds.

    @abstractmethod
    def _best(self, party: int, values: Labels, backwards: bool = False) -> Labels:
        """Return the highest value among each place and those the party can move to from it (or: come from)."""

    @abstractmethod
    def _worst(self, party: int, values: Labels, backwards: bool = False) -> Labels:
        """Return the lowest value among each place and those the party can move to from it (or: come from)."""

    @abstractmethod
    def _total(self, party: int, values: Integers, backwards: bool = False) -> Integers:
        """Return the sum of the values of each place and those the party can move to from it (or: come from)."""

    @abstractmethod
    def _improved(self, party: int, labels: Labels) -> Labels:
        """Return the lowest label among each place and those the party can improve to from it."""

    @abstractmethod
    def _to_places(self, states: Bools) -> Bools:
        """Spread one truth value a state over the places (False where there is no state)."""

    @abstractmethod
    def _to_states(self, places: NDArray[Scalar]) -> NDArray[Scalar]:
        """Pick the places that are states, in the states' order."""

    # The definitions.

    @cached_property
    def _place_peaks(self) -> list[Integers]:
        return [self._best(party, rank) for party, rank in enumerate(self._place_ranks)]

    @cached_property
    def _peaks(self) -> Sequence[Integers]:
        return [self._to_states(peak) for peak in self._place_peaks]

    def _ranks(self, party: int) -> Integers:
        return self._state_ranks[party]

    @cached_property
    def _state_ranks(self) -> list[Integers]:
        return [self._to_states(rank) for rank in self._place_ranks]

    def _verdicts(self, improving: bool) -> Verdicts:
        answer = self._improved if improving else self._worst
        labels = lowest(self._low_ranks(), self._low_peaks(), answer, self._movers)
        ties = self.conventions.ties_sanction
        for party, rank in enumerate(self._place_ranks):
            secured = self._best(party, threatened(rank, labels, party, ties))
            verdict = unharmed(secured, rank, ties)
            yield np.stack([self._to_states(verdict[..., kind]) for kind in (0, 1)])

    def _low_ranks(self) -> Sequence[Integers]:
        """Return the ranks with places that are no state above all others: nobody is driven there."""
        return self._place_ranks

    def _low_peaks(self) -> Sequence[Integers]:
        """Return the peaks with places that are no state above all others."""
        return self._place_peaks

    def levels(self, states: Sequence[int]) -> NDArray[np.int16]:
        """Return the level of every option in some states, shape (states, options)."""
        at = np.asarray(states, np.int64)
        columns = [self._levels(option)[at].astype(np.int16) for option in range(len(self.space.sizes))]
        return np.stack(columns, axis=1) if columns else np.zeros((len(at), 0), np.int16)

    # Moves of one party.

    def image(self, party: int, states: StateSet, improving: bool = False) -> StateSet:
        """Return where one move (one improvement) of a party leads from any of the states."""
        inside, rank = self._to_places(array_of(states)), self._place_ranks[party]
        if improving:
            start = self._worst(party, np.where(inside, rank, rank.dtype.type(self._top)), backwards=True)
            return Mask(self._to_states(start < rank))
        return self._others(party, inside, backwards=True)

    def origins(self, party: int, states: StateSet, improving: bool = False) -> StateSet:
        """Return from where one move (one improvement) of a party leads into any of the states."""
        inside, rank = self._to_places(array_of(states)), self._place_ranks[party]
        if improving:
            goal = self._best(party, np.where(inside, rank, rank.dtype.type(UNREACHED)))
            return Mask(self._to_states(goal > rank))
        return self._others(party, inside, backwards=False)

    def _others(self, party: int, inside: Bools, backwards: bool) -> Mask:
        """Return the states that a move connects with a state of the set other than themselves."""
        number = self._total(party, inside.astype(np.int32), backwards)
        return Mask(self._to_states(number > inside))


def require_option_form(space: Space, engine: str) -> None:
    """Raise NotAvailableError for a space whose moves do not all come from options."""
    if space.plain or space.merged or space.arcs:
        raise NotAvailableError(
            f"the {engine} engine takes moves by options only; merged states, given moves and plain states need "
            "the graph engine"
        )


def own_options(space: Space, party: int) -> list[int]:
    """Return the options that a party moves, in order."""
    return [option for option, owner in enumerate(space.owners) if owner == party]
