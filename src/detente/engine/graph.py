"""This module owns games on graphs: moves given one by one, merged states, plain states, and mixtures with options.

Moves need not be transitive here: where states are merged, a merged state has every move that one of its members has,
and a second move may lead where the first could not. So joint moves are searched on (state, last mover).
"""

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from detente.engine.arcs import Arcs, by_options, given
from detente.engine.arrays import ArrayGame, Verdicts
from detente.engine.interface import Space, StateSet
from detente.engine.listing import Listing, list_states
from detente.engine.masks import Bools, Integers, Mask, array_of
from detente.engine.memory import require
from detente.engine.merging import Merging, merge
from detente.engine.sequences import key_of, lowest_answers
from detente.errors import NotAvailableError
from detente.model.case import Conventions
from detente.model.statements import Tree, holds
from detente.preferences.wants import Ranks, Want, order_of, ranks


class GraphGame(ArrayGame):
    """A game on a graph of moves for each party; see `Game` for what it offers.

    Parameters
    ----------
    space : Space
        Any space. Parties that are not in `arcs` move by their options.
    wants : sequence of Ladder, Weighted or Ranks
        What each party wants; ranks are those of the merged states, in the game's order.
    conventions : Conventions
        How ties and returns are read.

    Raises
    ------
    TooLargeError
        When there are too many states or moves to list.
    NotAvailableError
        When a party tells apart states that are merged.
    """

    engine = "graph"

    def __init__(self, space: Space, wants: Sequence[Want], conventions: Conventions) -> None:
        self._listing = Listing((), space.plain) if space.plain else list_states(space)
        self._merging = merge(self._listing, space.merged)
        states = self._merging.count
        require(states * (96 * max(space.parties, 1) ** 2 + 32), f"a game on a graph of {states:,} states")
        super().__init__(space, conventions, states)
        self.transitive = not (space.plain or space.merged or space.arcs)
        self._rank_arrays = [self._ranked(want) for want in wants]
        self._moves = [self._arcs(party) for party in range(self.parties)]

    @property
    def merging(self) -> Merging:
        """Which listed states stand as one."""
        return self._merging

    def _ranked(self, want: Want) -> Integers:
        if isinstance(want, Ranks):
            return order_of(np.asarray(want.values))
        rank = ranks(want, self._listing.columns.__getitem__, (self._listing.count,))
        first = rank[self._merging.order[self._merging.start[:-1]]]
        if (rank != first[self._merging.of]).any():
            raise NotAvailableError(
                "a party tells apart states that are merged; leave its statement the same value on all of them, "
                "or do not merge them"
            )
        return first

    def _arcs(self, party: int) -> Arcs:
        arcs = self.space.arcs or {}
        if self.space.plain:
            return Arcs(np.array(arcs.get(party, ()), np.int64).reshape(-1, 2), self._states)
        pairs = (
            given(self.space, self._listing, arcs[party])
            if party in arcs
            else by_options(self.space, self._listing, party)
        )
        return Arcs(self._merging.of[pairs].reshape(-1, 2), self._states)

    @cached_property
    def _improving(self) -> list[Arcs]:
        return [
            arcs.where(rank[arcs.target] > rank[arcs.source])
            for arcs, rank in zip(self._moves, self._rank_arrays, strict=True)
        ]

    # States.

    def _ranks(self, party: int) -> Integers:
        return self._rank_arrays[party]

    def _levels(self, option: int) -> Integers:
        return self._listing.columns[option]

    def _truth(self, statement: Tree) -> Bools:
        truth = np.broadcast_to(np.asarray(holds(statement, self._levels), np.bool_), (self._listing.count,))
        return self._merging.every(truth)

    def values(self, state: int) -> tuple[int | None, ...]:
        """Return the level of every option in a state; None where a merged state does not care."""
        return self._merging.values(state)

    def find(self, values: Sequence[int | None]) -> StateSet:
        """Return the states that agree with the given levels (None: any); a merged one does where a member does."""
        agree = np.ones(self._listing.count, np.bool_)
        for column, value in zip(self._listing.columns, values, strict=True):
            if value is not None:
                agree &= column == value
        return Mask(self._merging.some(agree))

    # Moves of one party.

    def image(self, party: int, states: StateSet, improving: bool = False) -> StateSet:
        """Return where one move (one improvement) of a party leads from any of the states."""
        arcs = (self._improving if improving else self._moves)[party]
        found = np.zeros(self._states, np.bool_)
        found[arcs.target[array_of(states)[arcs.source]]] = True
        return Mask(found)

    def origins(self, party: int, states: StateSet, improving: bool = False) -> StateSet:
        """Return from where one move (one improvement) of a party leads into any of the states."""
        arcs = (self._improving if improving else self._moves)[party]
        found = np.zeros(self._states, np.bool_)
        found[arcs.source[array_of(states)[arcs.target]]] = True
        return Mask(found)

    @cached_property
    def _peaks(self) -> Sequence[Integers]:
        return [
            np.maximum(rank, arcs.over(np.maximum, rank[arcs.target], -1))
            for arcs, rank in zip(self._moves, self._rank_arrays, strict=True)
        ]

    # The definitions.

    def _verdicts(self, improving: bool) -> Verdicts:
        moves = self._improving if improving else self._moves
        worth = [worth for pair in zip(self._rank_arrays, self._peaks, strict=True) for worth in pair]
        keys = np.stack([key_of(values) for values in worth], axis=1)
        focal = [party for party in range(self.parties) for _ in (0, 1)]
        answers = lowest_answers(moves, keys, focal, 1 if self.conventions.return_sanctions else 2)
        stable = np.ones((self.parties, 2, self._states), np.bool_)
        for column, party in enumerate(focal):
            arcs, rank = self._improving[party], self._rank_arrays[party]
            harm = answers[:, :, column][:, arcs.target]  # the lowest keys on what can follow each improvement
            value, state = harm // self._states, harm % self._states
            before = rank[arcs.source]
            harmful = value <= before if self.conventions.ties_sanction else value < before
            if not self.conventions.return_sanctions:
                harmful &= state != arcs.source
            stable[party, column % 2] = arcs.over(np.logical_and, harmful.any(axis=0), True)
        return stable
