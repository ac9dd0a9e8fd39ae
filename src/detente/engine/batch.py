"""This module owns many rankings at once: which of some states a party would leave, under each of many rankings.

Cases that differ in one concern share nearly everything: the states, the moves, and where each statement holds. Here
these are worked out once, and a ranking is no more than a row of weights: the k-th of n statements is worth 2 to the
power n - k, so one matrix product compares every move under every ranking (option prioritization, as `Ladder` says).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.engine.interface import Game, Space, StateSet
from detente.engine.masks import Bools, array_of
from detente.model.statements import Compare, Tree, holds

Numbers = NDArray[Any]
NO_MOVE = -1
LOWEST: dict[str, Any] = {"f": -np.inf, "i": np.iinfo(np.int64).min, "O": -(1 << 2000)}
MOST_CELLS = 1 << 22  # so many moves under rankings are compared at a time
MOST_AT_ONCE = 1 << 26  # so many levels of options, over all moves from some targets, are kept at a time
LARGEST = 1 << 62  # codes of states below this fit a 64-bit integer


@dataclass(frozen=True, slots=True, eq=False)
class Moves:
    """Where one party can move from each of some states.

    Parameters
    ----------
    targets : array of int, shape (targets,)
        The states.
    ends : array of int, shape (targets, moves)
        Where each move leads; `NO_MOVE` where there is none.
    changed : array of bool, shape (targets, moves, own options)
        Which of the party's own options a move changes.
    own : tuple of int
        These options.
    """

    targets: Numbers
    ends: Numbers
    changed: Bools
    own: tuple[int, ...]

    def at(self, places: Numbers) -> "Moves":
        """Return the same for some of the states, by their places."""
        return Moves(self.targets[places], self.ends[places], self.changed[places], self.own)


class Arena:
    """The states of a game whose parties move by options or by given arcs, ready for many rankings.

    Parameters
    ----------
    game : Game
        A game that lists its states.
    space : Space
        The space that it was made of.
    """

    def __init__(self, game: Game, space: Space) -> None:
        self.game, self.space = game, space
        self.states = game.feasible().count()
        self._truths: dict[Tree, Numbers] = {}
        self._ranks: dict[int, Numbers] = {}

    def array(self, states: StateSet) -> Bools:
        """Return a set as one truth value a state."""
        return array_of(states)

    def truth(self, statement: Tree) -> Numbers:
        """Return 1 where a statement over option indices holds and 0 elsewhere, shape (states,)."""
        if statement not in self._truths:
            self._truths[statement] = array_of(self.game.where(statement)).astype(np.int8)
        return self._truths[statement]

    def rank(self, party: int) -> Numbers:
        """Return how good each state is for a party in the game as it is, shape (states,)."""
        if party not in self._ranks:
            self._ranks[party] = np.array([self.game.rank(party, state) for state in range(self.states)], np.int64)
        return self._ranks[party]

    @cached_property
    def by_options(self) -> bool:
        """Whether all moves come from options, so that contracts can be tried without another game."""
        space = self.space
        return not (space.plain or space.merged or space.arcs) and prod(space.sizes) < LARGEST

    @cached_property
    def _levels(self) -> Numbers:
        """The level of every option in every state, shape (states, options)."""
        levels = np.zeros((self.states, len(self.space.sizes)), np.uint8)
        for option, size in enumerate(self.space.sizes):
            for level in range(1, size):
                levels[:, option] += level * array_of(self.game.where(Compare(option, "=", level))).astype(np.uint8)
        return levels

    @cached_property
    def _strides(self) -> Numbers:
        return np.cumprod(np.array([1, *self.space.sizes[:-1]], np.int64))

    @cached_property
    def _codes(self) -> tuple[Numbers, Numbers]:
        """The states' codes in ascending order, and which state has each."""
        codes = self._levels.astype(np.int64) @ self._strides
        order = np.argsort(codes)
        return codes[order], order

    def obeying(self, space: Space) -> Bools:
        """Return the states in which every option that `space` defines has the value that defines it."""
        fits = np.ones(self.states, np.bool_)
        for option, tree in space.defined:
            fits &= self._levels[:, option] == self.truth(tree)
        return fits

    def parts(self, parties: Sequence[int], targets: Numbers) -> Iterator[slice]:
        """Yield runs of targets that are few enough for all moves of any of some parties from them to be at hand."""
        own = [[size for size, owner in zip(self.space.sizes, self.space.owners, strict=True) if owner == party]
               for party in parties]  # fmt: skip
        cells = max((prod(sizes) for sizes in own), default=1) * max(1, len(self.space.sizes))
        step = max(1, MOST_AT_ONCE // cells)
        yield from (slice(first, first + step) for first in range(0, len(targets), step))

    def moves(self, party: int, targets: Sequence[int] | Numbers, space: Space | None = None) -> Moves:
        """Return where a party can move from each of some states.

        Parameters
        ----------
        party : int
        targets : sequence of int
        space : Space, optional
            With more options defined than in the game's own, as by contracts; the targets must obey it.
        """
        wanted = np.asarray(targets, np.int64)
        return self._by_options(party, wanted, space or self.space) if self.by_options else self._given(party, wanted)

    def _by_options(self, party: int, targets: Numbers, space: Space) -> Moves:
        own = tuple(option for option, owner in enumerate(space.owners) if owner == party)
        settings = np.array(list(product(*(range(space.sizes[option]) for option in own))), np.uint8)
        before = self._levels[targets][:, None, :]
        levels = np.repeat(before, len(settings), axis=1)
        levels[..., own] = settings
        allowed = np.ones(levels.shape[:2], np.bool_)
        for option in own:
            if space.directions[option] > 0:
                allowed &= levels[..., option] >= before[..., option]
            elif space.directions[option] < 0:
                allowed &= levels[..., option] <= before[..., option]
        for option, tree in space.defined:
            levels[..., option] = holds(tree, lambda other: levels[..., other])
        codes = levels.astype(np.int64) @ self._strides
        known, states = self._codes
        if not known.size:
            return Moves(targets, np.full(codes.shape, NO_MOVE), np.zeros((*codes.shape, len(own)), np.bool_), own)
        place = np.minimum(np.searchsorted(known, codes), known.size - 1)
        ends = np.where(allowed & (known[place] == codes), states[place], NO_MOVE)
        ends[ends == targets[:, None]] = NO_MOVE
        return Moves(targets, ends, levels[..., own] != before[..., own], own)

    def _given(self, party: int, targets: Numbers) -> Moves:
        found = [self.game.moves(party, int(state)).first() for state in targets]
        most = max(map(len, found), default=0)
        own = tuple(option for option, owner in enumerate(self.space.owners) if owner == party)
        ends = np.full((len(found), most), NO_MOVE)
        changed = np.zeros((len(found), most, len(own)), np.bool_)
        for place, (state, reached) in enumerate(zip(targets, found, strict=True)):
            ends[place, : len(reached)] = reached
            if own:
                before = self.game.values(int(state))
                for number, end in enumerate(reached):
                    after = self.game.values(end)
                    changed[place, number] = [before[option] != after[option] for option in own]
        return Moves(targets, ends, changed, own)

    def gains(self, moves: Moves, statements: Sequence[Tree]) -> Numbers:
        """Return what each move changes in each statement: 1 where it comes to hold, -1 where it no longer does.

        Returns
        -------
        array of int8, shape (statements, targets, moves)
        """
        if not statements:
            return np.zeros((0, *moves.ends.shape), np.int8)
        truths = np.stack([self.truth(statement) for statement in statements])
        gained: Numbers = truths[:, moves.ends] - truths[:, moves.targets][..., None]
        gained[:, moves.ends == NO_MOVE] = 0
        return gained

    def risen(self, moves: Moves, party: int) -> Numbers:
        """Return by how much each move changes a party's rank in the game as it is, shape (1, targets, moves)."""
        rank = self.rank(party)
        risen: Numbers = rank[moves.ends] - rank[moves.targets][:, None]
        risen[moves.ends == NO_MOVE] = 0
        return risen[None]


def worth(gains: Numbers, ladders: Sequence[Sequence[int]]) -> Iterator[Numbers]:
    """Yield how much each move is worth under each ranking: above 0 where it improves, the best move largest.

    Parameters
    ----------
    gains : array of int8, shape (statements, targets, moves)
        See `Arena.gains`.
    ladders : sequence of sequences of int
        Each ranking: the statements that it looks at, by place, the most important first.

    Yields
    ------
    array, shape (rankings, targets, moves)
        For some of the rankings at a time, in their order; exact.
    """
    statements, targets, moves = gains.shape
    longest = max(map(len, ladders), default=0)
    kind: Any = np.float32 if longest < 24 else np.float64 if longest < 53 else object
    flat = gains.reshape(statements, targets * moves).astype(kind)
    at_once = max(1, MOST_CELLS // max(1, targets * moves))
    for first in range(0, len(ladders), at_once):
        part = ladders[first : first + at_once]
        weights = np.zeros((len(part), statements), kind)
        for row, ladder in enumerate(part):
            for place, statement in enumerate(ladder):
                weights[row, statement] += (
                    1 << (len(ladder) - 1 - place) if kind is object else 2.0 ** (len(ladder) - 1 - place)
                )
        yield (weights @ flat).reshape(len(part), targets, moves)


def staying(worths: Numbers) -> Bools:
    """Return which states a party keeps: no move from them improves (Nash), shape (rankings, targets)."""
    found: Bools = np.all(worths <= 0, axis=2)
    return found


def kept(worths: Numbers, moves: Moves, clout: Bools) -> Bools:
    """Return which states a party keeps by itself, or because of the clout that others have over it.

    Clout keeps it where it counts for every option in which one of the best moves changes, of those that change the
    fewest options.

    Parameters
    ----------
    worths : array, shape (rankings, targets, moves)
    moves : Moves
    clout : array of bool, shape (targets, own options)
        Over which options there is clout in a state.

    Returns
    -------
    array of bool, shape (rankings, targets)
    """
    if not worths.shape[2]:
        return np.ones(worths.shape[:2], np.bool_)
    there = moves.ends != NO_MOVE
    best = np.where(there, worths, LOWEST[worths.dtype.kind]).max(axis=2)
    fewest = moves.changed.sum(axis=2)
    held = (fewest > 0) & ~(moves.changed & ~clout[:, None, :]).any(axis=2)
    top = there & (worths == best[..., None])
    number = np.where(top, fewest, len(moves.own) + 1)
    near = top & (number == number.min(axis=2, keepdims=True))
    found: Bools = np.asarray((best <= 0) | (near & held).any(axis=2), np.bool_)
    return found
