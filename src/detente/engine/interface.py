"""This module owns what every engine offers, so that analyses need to know none: `Game` and `StateSet`.

A state is an int whose meaning belongs to its game; `values` says what it stands for. Parties, options and levels are
indices. All methods are exact: an engine that cannot decide raises `TooLargeError`, it never guesses.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from detente.model.statements import Tree


class Definition(StrEnum):
    """The stability definitions, under their published short names."""

    NASH = "Nash"
    GMR = "GMR"
    SMR = "SMR"
    SEQ = "SEQ"
    SSEQ = "SSEQ"


@dataclass(frozen=True, slots=True)
class Space:
    """What can be chosen, and by whom.

    Parameters
    ----------
    sizes : tuple of int, shape (options,)
        How many values each option takes.
    owners : tuple of int, shape (options,)
        The party that moves each option; -1 for an option that is nobody's move (it is in `defined`).
    directions : tuple of int, shape (options,)
        1: may only rise, -1: may only fall, 0: both.
    rules : tuple of Tree
        What every feasible state obeys; leaves are option indices.
    defined : tuple of (int, Tree)
        Yes/no options that are computed, in an order in which each depends on earlier ones only.
    parties : int
        How many parties there are.
    listed : tuple of tuple of int, or None
        The feasible states, if they are listed instead of given by rules (rules then must hold as well).
    merged : tuple of mappings from option index to level
        Each joins all feasible states with these values into one; disjoint on the feasible states.
    arcs : mapping from party to (state position, state position) pairs, or None
        Moves given one by one, for the parties listed; positions are those of `listed` or of the plain states, else
        of the feasible states before any are merged, in ascending order of codes.
    plain : int
        How many states there are that have no options (graph form with plain names); else 0.
    """

    sizes: tuple[int, ...]
    owners: tuple[int, ...]
    directions: tuple[int, ...]
    rules: tuple[Tree, ...] = ()
    defined: tuple[tuple[int, Tree], ...] = ()
    parties: int = 1
    listed: tuple[tuple[int, ...], ...] | None = None
    merged: tuple[Mapping[int, int], ...] = ()
    arcs: Mapping[int, Sequence[tuple[int, int]]] | None = None
    plain: int = 0


class StateSet(ABC):
    """A set of feasible states of one game."""

    @abstractmethod
    def __and__(self, other: "StateSet") -> "StateSet": ...

    @abstractmethod
    def __or__(self, other: "StateSet") -> "StateSet": ...

    @abstractmethod
    def __invert__(self) -> "StateSet":
        """Return the feasible states that are not in the set."""

    @abstractmethod
    def count(self) -> int:
        """Return how many states the set has, exactly."""

    @abstractmethod
    def first(self, n: int | None = None) -> list[int]:
        """Return the first `n` states (all where None), in the game's order."""

    @abstractmethod
    def __contains__(self, state: object) -> bool: ...

    def __bool__(self) -> bool:
        return self.count() > 0

    def __iter__(self) -> Iterator[int]:
        return iter(self.first())

    def __len__(self) -> int:
        return self.count()

    def __sub__(self, other: "StateSet") -> "StateSet":
        return self & ~other


class Game(ABC):
    """A space, what each party wants in it, and the two conventions; built by `detente.game`.

    Attributes
    ----------
    engine : str
        cube, listed, graph or symbolic.
    parties : int
        How many parties there are.
    transitive : bool
        True where each party's moves are known to be transitive (up to returning to the start): option form without
        merged states or given arcs. Then an empty GMR or SEQ list would be an alarm.
    """

    engine: str
    parties: int
    transitive: bool

    @abstractmethod
    def feasible(self) -> StateSet:
        """Return all feasible states."""

    @abstractmethod
    def none(self) -> StateSet:
        """Return the empty set."""

    @abstractmethod
    def only(self, states: Sequence[int]) -> StateSet:
        """Return the set of the given states."""

    @abstractmethod
    def where(self, statement: Tree) -> StateSet:
        """Return the states in which a statement holds; in a merged state it must hold for every member."""

    @abstractmethod
    def values(self, state: int) -> tuple[int | None, ...]:
        """Return the level of every option in a state; None where a merged state does not care."""

    def levels(self, states: Sequence[int]) -> NDArray[np.int16]:
        """Return the level of every option in some states, shape (states, options); -1 where one does not care."""
        rows = [[-1 if value is None else value for value in self.values(state)] for state in states]
        return np.array(rows, np.int16).reshape(len(rows), -1)

    @abstractmethod
    def find(self, values: Sequence[int | None]) -> StateSet:
        """Return the feasible states that agree with the given levels (None: any); a merged state agrees where
        one of its members does."""

    @abstractmethod
    def rank(self, party: int, state: int) -> int:
        """Return how good a state is for a party: larger is better, equal is indifferent; gaps mean nothing."""

    @abstractmethod
    def better(self, party: int, state: int, equal: bool = False) -> StateSet:
        """Return the states that a party prefers to a state (with `equal`: or finds equally good)."""

    def classes(self, party: int, states: StateSet) -> int:
        """Return how many classes of a party's ranking occur among some states."""
        return len({self.rank(party, state) for state in states})

    @abstractmethod
    def moves(self, party: int, state: int) -> StateSet:
        """Return where one move of a party leads from a state."""

    def improvements(self, party: int, state: int) -> StateSet:
        """Return where one move of a party leads to a state it prefers."""
        return self.moves(party, state) & self.better(party, state)

    @abstractmethod
    def image(self, party: int, states: StateSet, improving: bool = False) -> StateSet:
        """Return where one move (one improvement) of a party leads from any of the states."""

    @abstractmethod
    def origins(self, party: int, states: StateSet, improving: bool = False) -> StateSet:
        """Return from where one move (one improvement) of a party leads into any of the states."""

    @abstractmethod
    def stable(self, party: int, definition: Definition) -> StateSet:
        """Return the states that are stable for a party under a definition and the game's conventions."""

    def stays(self, party: int, state: int, definition: Definition) -> bool:
        """Return whether a state is stable for a party under a definition; some engines decide one more easily than
        all."""
        return state in self.stable(party, definition)

    @abstractmethod
    def sanctions(self, party: int, state: int, definition: Definition) -> StateSet:
        """Return the states that answer any improvement of the party from `state`, if the others can get there:
        not preferred to it (D1, D2), and for SMR and SSEQ without an escape for the party."""

    def equilibria(self, definition: Definition) -> StateSet:
        """Return the states that are stable for every party under a definition."""
        states = self.feasible()
        for party in range(self.parties):
            states = states & self.stable(party, definition)
        return states
