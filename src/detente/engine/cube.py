"""This module owns games laid out as a cube: a place for every choice of options, an axis for every option.

A party's moves run along its own axes, so the best that it can reach is a reduction along them (one-sided where an
option has a direction). Choices that break a rule keep their place and are left out of every reduction: after each
party's complete block of axes, since one move may change several options at once and jump over them.
"""

from collections.abc import Sequence
from copy import copy
from functools import cached_property
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.engine.arrays import Verdicts
from detente.engine.blocks import Block
from detente.engine.choices import choices, complete, free_options, obeying
from detente.engine.cone import Sorted
from detente.engine.fixpoint import Labels, narrow
from detente.engine.interface import Space, StateSet
from detente.engine.listing import by_code
from detente.engine.masks import Bools, Integers, Mask
from detente.engine.memory import require
from detente.engine.options import UNREACHED, OptionGame, Scalar, own_options, require_option_form
from detente.engine.truths import packed
from detente.errors import NotAvailableError
from detente.model.case import Conventions
from detente.model.statements import Tree, holds
from detente.preferences.dense import narrow_codes
from detente.preferences.wants import Ladder, Ranks, Want, order_of, ranks
from detente.progress import steps

COMPILED = (
    1 << 20
)  # cubes of so many places take compiled loops, where `fast` is installed; loading them takes a second
SMALL = 1 << 16  # cubes of so many places keep where statements hold, for games with the same states
MET = 1 << 10  # so many statements are recognised without comparing them
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
        self.space, self._cells = space, cells
        self._require(np.int16)
        free = free_options(space)
        self._axis = {option: len(free) - 1 - place for place, option in enumerate(free)}  # the first changes fastest
        self._shape = tuple(space.sizes[option] for option in reversed(free))
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
        self._met: dict[int, tuple[Tree, Bools]] = {}  # the same by the statements' identity
        self._rank_by(wants)
        self._movers = [party for party in range(self.parties) if own_options(space, party)]
        self._blocks = [Block(space, self._axis, self._shape, party) for party in range(self.parties)]
        self._columns: dict[int, Integers] = {}

    def _fast(self) -> bool:
        """Return whether the compiled loops are taken."""
        return self._cells >= (0 if self.many else COMPILED) and find_spec("numba") is not None

    def _require(self, kind: type[np.signedinteger[Any]]) -> None:
        """Raise TooLargeError where there is no memory for the cube with ranks of this type, as measured."""
        parties = max(self.space.parties, 1)
        fast = np.dtype(kind).itemsize * (4 * parties + 8) + 6 * parties + 8
        require(self._cells * (fast if self._fast() else 52 * parties + 32), f"a cube of {self._cells:,} choices")

    def _rank_by(self, wants: Sequence[Want]) -> None:
        everywhere = [self._rank_cells(want) for want in steps(wants, "ranking the states")]
        self._top = 1 + max((int(rank.max(initial=0)) for rank in everywhere), default=0)
        kind = narrow(self._top)
        self._require(kind)
        self._place_ranks = [rank.astype(kind, copy=False) for rank in everywhere]
        if self._holes is not None:
            for rank in self._place_ranks:
                rank[self._holes] = UNREACHED

    def wanting(self, wants: Sequence[Want]) -> "CubeGame":
        """Return the game over the same states and moves in which the parties want something else."""
        other = copy(self)
        for worked_out in ("_place_peaks", "_peaks", "_state_ranks", "_orders", "_compiled"):
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

    def _rank_cells(self, want: Want) -> Integers:
        if isinstance(want, Ladder) and self._cells <= SMALL and len(want.statements) <= DIGITS:
            number = np.zeros(self._cells, narrow(1 << len(want.statements)))
            for statement in want.statements:  # its digits, the most important first
                number += number
                number += self._kept_truth(statement)
            return number
        if isinstance(want, Ladder):
            codes, _ = narrow_codes(packed(want.statements, self._axes, self._shape), (self._cells,))
            return codes if codes.ndim else np.zeros(self._cells, codes.dtype)
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
        met, truth = self._met.get(id(statement), (None, None))  # comparing statements takes longer than adding
        if met is not statement or truth is None:
            if statement not in self._truths:
                holding = np.asarray(holds(statement, self._axes.__getitem__), np.bool_)
                self._truths[statement] = np.broadcast_to(holding, self._shape).ravel()
            if len(self._met) >= MET:
                self._met.clear()
            truth = self._truths[statement]
            self._met[id(statement)] = statement, truth
        return truth

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
        return self._compiled_verdicts(improving) if self._fast() else super()._verdicts(improving)

    def _compiled_verdicts(self, improving: bool) -> Verdicts:
        from detente.engine import compiled

        fibres, ties = self._compiled, self.conventions.ties_sanction
        movers = {party: fibres[party] for party in self._movers}
        verdict = np.empty((2, self._cells), np.bool_)
        for first in range(0, self.parties, compiled.PARTIES):
            some = range(first, min(first + compiled.PARTIES, self.parties))
            columns = [(self._place_ranks[party], self._place_peaks[party]) for party in some]
            labels = compiled.settled(columns, first, movers, self._numbering, improving)
            for party in some:
                compiled.kept(labels, fibres[party], self._place_ranks[party], party - first, ties, verdict)
                yield self._picked(verdict)

    def _picked(self, places: Bools) -> Bools:
        """Return some rows of places with the places that are states only, in the states' order."""
        return places if self._state_cells is None else places[:, self._state_cells]

    @cached_property
    def _compiled(self) -> list[Any]:
        from detente.engine import compiled

        pairs = zip(self._blocks, self._place_ranks, strict=True)
        return [compiled.sorted_fibres(block.compact, rank) for block, rank in pairs]

    @cached_property
    def _numbering(self) -> tuple[NDArray[Any], NDArray[Any]]:
        """Which fibre of each party that moves a place is in, as a sum of two numbers; see `compiled.Turns`."""
        parts = [self._blocks[party].numbered for party in self._movers or range(1)]
        return np.stack([high for high, _ in parts]), np.stack([low for _, low in parts])

    def _verdicts_of_free_moves(self) -> Verdicts:
        """Return GMR and SMR where everything can be chosen and taken back: the others can bring about any choice of
        theirs, so how low a party can be driven depends on its own options only.

        What it can secure is then one number. A state below it is not stable: where the party secures more than the
        state's rank, the state that it moves to is better too. No other is unstable, unless ties do not sanction.
        """
        verdict = np.empty((2, self._cells), np.bool_)
        for party, (rank, peak) in enumerate(zip(self._place_ranks, self._place_peaks, strict=True)):
            own = tuple(place for place, _ in self._blocks[party].party_axes)
            others = tuple(place for place in range(len(self._shape)) if place not in own)
            for row, value in zip(verdict, (rank, peak), strict=True):
                driven = value.reshape(self._shape).min(axis=others, keepdims=True)
                if self.conventions.ties_sanction:
                    np.greater_equal(rank, driven.max(), out=row)
                    continue
                bound = (rank - 1).reshape(self._shape)
                best = np.minimum(driven, bound).max(axis=own, keepdims=True)
                np.less_equal(best, bound, out=row.reshape(self._shape))
            yield self._picked(verdict)

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
