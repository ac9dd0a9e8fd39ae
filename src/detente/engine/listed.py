"""This module owns games over a list of feasible states: few of them among many options."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from detente.engine.fibres import Fibres
from detente.engine.fixpoint import Labels, narrow
from detente.engine.interface import Space, StateSet
from detente.engine.listing import list_states
from detente.engine.masks import Bools, Integers
from detente.engine.memory import require
from detente.engine.options import OptionGame, Scalar, own_options, require_option_form
from detente.model.case import Conventions
from detente.preferences.wants import Ranks, Want, order_of, ranks


class ListedGame(OptionGame):
    """A game over the feasible states only; see `Game` for what it offers.

    Parameters
    ----------
    space : Space
        Options and rules (or listed states), without merged or plain states and without given moves.
    wants : sequence of Ladder, Weighted or Ranks
        What each party wants.
    conventions : Conventions
        How ties and returns are read.

    Raises
    ------
    TooLargeError
        When there are too many states to list.
    NotAvailableError
        When the space is not in option form.
    """

    engine = "listed"

    def __init__(self, space: Space, wants: Sequence[Want], conventions: Conventions) -> None:
        require_option_form(space, "listed")
        self._listing = list_states(space)
        count = self._listing.count
        require(count * (112 * max(space.parties, 1) + 32), f"a game of {count:,} states")
        super().__init__(space, conventions, count)
        listed = [
            order_of(np.asarray(want.values)) if isinstance(want, Ranks) else ranks(want, self._levels, (count,))
            for want in wants
        ]
        self._top = 1 + max((int(rank.max(initial=0)) for rank in listed), default=0)
        self._place_ranks = [rank.astype(narrow(self._top)) for rank in listed]
        self._movers = [party for party in range(self.parties) if own_options(space, party)]
        self._backwards: dict[int, Fibres] = {}

    def _to_places(self, states: Bools) -> Bools:
        return states

    def _to_states(self, places: NDArray[Scalar]) -> NDArray[Scalar]:
        return places

    def _levels(self, option: int) -> Integers:
        return self._listing.columns[option]

    def values(self, state: int) -> tuple[int | None, ...]:
        """Return the level of every option in a state."""
        return self._listing.values(state)

    def find(self, values: Sequence[int | None]) -> StateSet:
        """Return the feasible states that agree with the given levels (None: any)."""
        full = [value for value in values if value is not None]
        if len(full) < len(values):
            return super().find(values)
        found = self._listing.position(full)
        return self.none() if found is None else self.only([found])

    @cached_property
    def _forwards(self) -> list[Fibres]:
        return [self._sorted(party, backwards=False) for party in range(self.parties)]

    def _sorted(self, party: int, backwards: bool) -> Fibres:
        rank = self._place_ranks[party]
        return Fibres(self.space, self._listing.columns, party, rank, self._top, backwards)

    def _fibres(self, party: int, backwards: bool) -> Fibres:
        if not backwards:
            return self._forwards[party]
        if party not in self._backwards:
            self._backwards[party] = self._sorted(party, backwards=True)
        return self._backwards[party]

    def _best(self, party: int, values: Labels, backwards: bool = False) -> Labels:
        return self._fibres(party, backwards).combined(np.maximum, values)

    def _worst(self, party: int, values: Labels, backwards: bool = False) -> Labels:
        return self._fibres(party, backwards).combined(np.minimum, values)

    def _total(self, party: int, values: Integers, backwards: bool = False) -> Integers:
        return self._fibres(party, backwards).combined(np.add, values)

    def _improved(self, party: int, labels: Labels) -> Labels:
        return self._forwards[party].lowest_improved(labels)
