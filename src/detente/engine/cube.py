"""This module owns games laid out as a cube: a place for every choice of options, an axis for every option.

A party's moves run along its own axes, so the best that it can reach is a reduction along them (one-sided where an
option has a direction). Choices that break a rule keep their place and are left out of every reduction: after each
party's complete block of axes, since one move may change several options at once and jump over them.
"""

from collections.abc import Sequence
from copy import copy
from functools import cached_property
from importlib.util import find_spec
from itertools import product
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.engine.arrays import Verdicts
from detente.engine.choices import choices, complete, free_options, obeying
from detente.engine.cone import Sorted
from detente.engine.fixpoint import Labels, narrow
from detente.engine.interface import Space, StateSet
from detente.engine.listing import by_code
from detente.engine.masks import Bools, Integers, Mask
from detente.engine.memory import require
from detente.engine.options import UNREACHED, OptionGame, Scalar, own_options, require_option_form
from detente.errors import NotAvailableError
from detente.model.case import Conventions
from detente.model.statements import Tree, holds
from detente.preferences.wants import Ladder, Ranks, Want, order_of, ranks

COMPILED = (
    1 << 20
)  # cubes of so many places take compiled loops, where `fast` is installed; loading them takes a second
SMALL = 1 << 16  # cubes of so many places keep where statements hold, for games with the same states
DIGITS = 30  # numbers of so many binary digits fit the ranks' type
KEPT_COLUMNS = 1 << 22  # columns of games up to this many entries are kept once asked for


class CubeGame(OptionGame):
    """A game over all choices of options; see `Game` for what it offers.

    Parameters
    ----------
    space : Space
        Options and rules, without merged, listed or plain states and without given moves.
    wants : sequence of Ladder, Weighted or Ranks
        What each party wants.
    conventions : Conventions
        How ties and returns are read.

    Raises
    ------
    TooLargeError
        When the arrays would not fit into memory.
    NotAvailableError
        When the space is not in option form.
    """

    engine = "cube"
    many = False  # whether this is one of many games over the same states, so that loading compiled loops pays

    def __init__(self, space: Space, wants: Sequence[Want], conventions: Conventions) -> None:
        require_option_form(space, "cube")
        if space.listed is not None:
            raise NotAvailableError("the cube engine takes rules, not a list of states; use the listed engine")
        cells = choices(space)
        require(cells * (48 * max(space.parties, 1) + 32), f"a cube of {cells:,} choices")
        free = free_options(space)
        self._axis = {option: len(free) - 1 - place for place, option in enumerate(free)}  # the first changes fastest
        self._shape = tuple(space.sizes[option] for option in reversed(free))
        self._cells = cells
        levels: dict[int, Integers] = {
            option: np.arange(space.sizes[option], dtype=np.uint8).reshape(
                [-1 if axis == self._axis[option] else 1 for axis in range(len(free))]
            )
            for option in free
        }
        complete(space, levels, self._shape)
        self._axes = levels
        feasible = obeying(space.rules, levels.__getitem__, self._shape).ravel()
        self._holes = None if feasible.all() else np.flatnonzero(~feasible)
        self._state_cells = self._in_order(space, feasible)
        super().__init__(space, conventions, cells if self._state_cells is None else self._state_cells.size)
        self._truths: dict[Tree, Bools] = {}
        self._rank_by(wants)
        self._movers = [party for party in range(self.parties) if own_options(space, party)]
        self._blocks = [_Block(space, self._axis, self._shape, party) for party in range(self.parties)]
        self._columns: dict[int, Integers] = {}

    def _rank_by(self, wants: Sequence[Want]) -> None:
        everywhere = [self._rank_cells(want) for want in wants]
        self._top = 1 + max((int(rank.max(initial=0)) for rank in everywhere), default=0)
        self._place_ranks = [rank.astype(narrow(self._top)) for rank in everywhere]
        if self._holes is not None:
            for rank in self._place_ranks:
                rank[self._holes] = UNREACHED

    def wanting(self, wants: Sequence[Want]) -> "CubeGame":
        """Return the game over the same states and moves in which the parties want something else."""
        other = copy(self)
        for worked_out in ("_place_peaks", "_peaks", "_state_ranks", "_orders"):
            other.__dict__.pop(worked_out, None)
        other._kept = {}
        other._rank_by(wants)
        return other

    def _in_order(self, space: Space, feasible: Bools) -> NDArray[np.int64] | None:
        """Return the states' places in the order of their codes; None where every place is a state, in order."""
        if self._holes is None and not space.defined:
            return None
        found = np.flatnonzero(feasible)
        if not space.defined:
            return found
        columns = [
            np.broadcast_to(self._axes[option], self._shape).ravel()[found] for option in range(len(space.sizes))
        ]
        return found[by_code(columns, space.sizes, found.size)]

    def _rank_cells(self, want: Want) -> NDArray[np.int64]:
        if isinstance(want, Ladder) and self._cells <= SMALL and len(want.statements) <= DIGITS:
            number = np.zeros(self._cells, np.int64)  # its digits are the statements, the most important first
            for statement in want.statements:
                number += number + self._kept_truth(statement)
            return number
        if not isinstance(want, Ranks):
            return ranks(want, self._axes.__getitem__, self._shape).ravel()
        given = order_of(np.asarray(want.values))
        if self._state_cells is None:
            return given
        rank = np.zeros(self._cells, np.int64)
        rank[self._state_cells] = given
        return rank

    def _kept_truth(self, statement: Tree) -> Bools:
        """Return where a statement holds, by place; worked out once for all games over the same states."""
        if statement not in self._truths:
            truth = np.asarray(holds(statement, self._axes.__getitem__), np.bool_)
            self._truths[statement] = np.broadcast_to(truth, self._shape).ravel()
        return self._truths[statement]

    # States and places.

    def _to_places(self, states: Bools) -> Bools:
        if self._state_cells is None:
            return states
        places = np.zeros(self._cells, np.bool_)
        places[self._state_cells] = states
        return places

    def _to_states(self, places: NDArray[Scalar]) -> NDArray[Scalar]:
        return places if self._state_cells is None else places[self._state_cells]

    def _levels(self, option: int) -> Integers:
        if option in self._columns:
            return self._columns[option]
        column: Integers = self._to_states(np.broadcast_to(self._axes[option], self._shape).ravel())
        if column.size * len(self.space.sizes) <= KEPT_COLUMNS:
            self._columns[option] = column
        return column

    def _truth(self, statement: Tree) -> Bools:
        truth = np.broadcast_to(np.asarray(holds(statement, self._axes.__getitem__), np.bool_), self._shape)
        return self._to_states(truth.ravel())

    def values(self, state: int) -> tuple[int | None, ...]:
        """Return the level of every option in a state."""
        place = np.unravel_index(state if self._state_cells is None else self._state_cells[state], self._shape)
        return tuple(
            int(place[self._axis[option]])
            if option in self._axis
            else int(np.broadcast_to(self._axes[option], self._shape)[place])  # a defined option
            for option in range(len(self.space.sizes))
        )

    def find(self, values: Sequence[int | None]) -> StateSet:
        """Return the feasible states that agree with the given levels (None: any)."""
        places = np.zeros(self._shape, np.bool_)
        spot: list[int | slice] = [slice(None)] * len(self._shape)
        for option, axis in self._axis.items():
            value = values[option]
            if value is not None:
                if not 0 <= value < self.space.sizes[option]:
                    return self.none()
                spot[axis] = value
        places[tuple(spot)] = True
        for option, _ in self.space.defined:
            if values[option] is not None:
                places &= self._axes[option] == values[option]
        return Mask(self._to_states(places.ravel()))

    # How values spread along a party's moves.

    def _best(self, party: int, values: Labels, backwards: bool = False) -> Labels:
        return self._blocks[party].spread(np.maximum, values, backwards)

    def _worst(self, party: int, values: Labels, backwards: bool = False) -> Labels:
        found = self._blocks[party].spread(np.minimum, values, backwards)
        if self._holes is not None:
            found[self._holes] = self._top
        return found

    def _total(self, party: int, values: Integers, backwards: bool = False) -> Integers:
        return self._blocks[party].spread(np.add, values, backwards)

    def _improved(self, party: int, labels: Labels) -> Labels:
        return self._orders[party].lowest(labels, self._top)

    def _verdicts(self, improving: bool) -> Verdicts:
        if not improving and self._holes is None and not any(self.space.directions):
            return self._verdicts_of_free_moves()
        if self._cells < (0 if self.many else COMPILED) or find_spec("numba") is None:
            return super()._verdicts(improving)
        from detente.engine import compiled

        labels = compiled.blank(self._cells, self.parties, self._place_ranks[0].dtype)
        for party, columns in enumerate(zip(self._low_ranks(), self._low_peaks(), strict=True)):
            labels[:, 2 * party], labels[:, 2 * party + 1] = columns
        fibres = [compiled.Fibres(*block.compact) for block in self._blocks]
        compiled.settled(labels, fibres, self._place_ranks, self._movers, improving)
        ties = self.conventions.ties_sanction
        rows = np.empty((self.parties, 2, self._states), np.bool_)
        for party, rank in enumerate(self._place_ranks):
            for kind, verdict in enumerate(compiled.kept(labels, fibres[party], rank, party, ties)):
                rows[party, kind] = self._to_states(verdict)
        return rows

    def _verdicts_of_free_moves(self) -> Verdicts:
        """Return GMR and SMR where everything can be chosen and taken back: the others can bring about any choice of
        theirs, so how low a party can be driven depends on its own options only."""
        rows = np.empty((self.parties, 2, self._states), np.bool_)
        for party, (rank, peak) in enumerate(zip(self._place_ranks, self._place_peaks, strict=True)):
            own = tuple(place for place, _ in self._blocks[party].party_axes)
            others = tuple(place for place in range(len(self._shape)) if place not in own)
            bound = rank if self.conventions.ties_sanction else rank - 1
            for kind, value in enumerate((rank, peak)):
                driven = value.reshape(self._shape).min(axis=others, keepdims=True)
                best = np.minimum(driven, bound.reshape(self._shape)).max(axis=own, keepdims=True)
                rows[party, kind] = self._to_states((best <= bound.reshape(self._shape)).ravel())
        return rows

    @cached_property
    def _orders(self) -> list[Sorted]:
        return [Sorted(self._blocks[party], rank) for party, rank in enumerate(self._place_ranks)]

    def _low_ranks(self) -> Sequence[Integers]:
        return [self._lifted(rank) for rank in self._place_ranks]

    def _low_peaks(self) -> Sequence[Integers]:
        return [self._lifted(peak) for peak in self._place_peaks]

    def _lifted(self, values: Integers) -> Integers:
        """Return the values with the places that are no state above all others."""
        if self._holes is None:
            return values
        lifted = values.copy()
        lifted[self._holes] = self._top
        return lifted


class _Block:
    """The axes of one party, with neighbouring axes that are treated alike taken together."""

    def __init__(self, space: Space, axis: dict[int, int], shape: tuple[int, ...], party: int) -> None:
        self.full, self.party_axes = shape, [(axis[o], space.directions[o]) for o in own_options(space, party)]
        own = dict(self.party_axes)
        self.shape: list[int] = []
        kinds: list[int | None] = []  # None: another party's, 0: own, 1 or -1: own with a direction
        for place, size in enumerate(shape):
            kind = own.get(place)
            if kinds and kinds[-1] == kind and not kind:
                self.shape[-1] *= size
            else:
                self.shape.append(size)
                kinds.append(kind)
        self.both = tuple(place for place, kind in enumerate(kinds) if kind == 0)
        self.directed = [(place, kind) for place, kind in enumerate(kinds) if kind]

    def spread(self, ufunc: np.ufunc, values: Labels, backwards: bool) -> Labels:
        """Combine the values of each place and those the party can move to from it (backwards: come from)."""
        found = values.reshape((*self.shape, *values.shape[1:]))
        full = found.shape
        if self.both:
            found = ufunc.reduce(found, axis=self.both, keepdims=True, dtype=values.dtype)
        for place, direction in self.directed:
            upward = (direction > 0) != backwards  # what lies above is reached, so values run from the top down
            found = _running(ufunc, found, place, upward)
        spread: Labels = np.array(np.broadcast_to(found, full)).reshape(values.shape)
        return spread

    def settings(self) -> list[tuple[list[int], list[int]]]:
        """Return pairs (own settings, what each of them can become), own settings numbered as by `fibres`."""
        sizes = [self.full[place] for place, _ in self.party_axes]
        directed = [index for index, (_, direction) in enumerate(self.party_axes) if direction]
        numbered = list(enumerate(product(*(range(size) for size in sizes))))
        groups: dict[tuple[int, ...], list[int]] = {}
        for number, levels in numbered:
            groups.setdefault(tuple(levels[index] for index in directed), []).append(number)
        signs = [self.party_axes[index][1] for index in directed]
        return [
            (
                sources,
                sorted(
                    number
                    for there, numbers in groups.items()
                    if all((b - a) * sign >= 0 for a, b, sign in zip(here, there, signs, strict=True))
                    for number in numbers
                ),
            )
            for here, sources in groups.items()
        ]

    @cached_property
    def compact(self) -> tuple[NDArray[Any], NDArray[Any], Bools, Bools]:
        """Return the places of the fibres' first settings, what each setting adds, and `settings` as tables."""
        strides = [prod(self.full[place + 1 :]) for place in range(len(self.full))]
        own = [place for place, _ in self.party_axes]
        others = [place for place in range(len(self.full)) if place not in own]
        index = np.int32 if prod(self.full) < 1 << 31 else np.int64

        def spread(places: Sequence[int]) -> NDArray[Any]:
            found: NDArray[Any] = np.zeros(1, index)
            for place in places:
                step: NDArray[Any] = np.arange(self.full[place], dtype=index) * strides[place]
                found = np.add.outer(found, step).ravel()
            return found

        groups = self.settings()
        sources, targets = np.zeros((2, len(groups), prod(self.full[place] for place in own)), np.bool_)
        for row, (here, there) in enumerate(groups):
            sources[row, here], targets[row, there] = True, True
        return spread(others), spread(own), sources, targets

    def fibres(self) -> NDArray[np.int64]:
        """Return the places, shape (others' settings, own settings)."""
        places = np.arange(prod(self.full)).reshape(self.full)
        own = [place for place, _ in self.party_axes]
        ahead = np.moveaxis(places, own, range(places.ndim - len(own), places.ndim))
        return ahead.reshape(-1, prod(self.full[place] for place in own))


def _running(ufunc: np.ufunc, values: Labels, axis: int, from_the_end: bool) -> Labels:
    """Combine each value with all before it along an axis (or: after it); faster than `accumulate` on short axes."""
    found = values.copy()
    rows = np.moveaxis(found, axis, 0)
    if from_the_end:
        rows = rows[::-1]
    for row in range(1, len(rows)):
        ufunc(rows[row : row + 1], rows[row - 1 : row], out=rows[row : row + 1])
    return found
