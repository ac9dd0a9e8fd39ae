"""This module owns sweeps: the same states and moves under many slightly different preferences, and what survives them.

A variation swaps neighbours in what a party wants: two neighbouring statements, the amounts of two statements next in
weight, or two neighbouring classes of a ranking. It follows from the seed and its own number alone, so a sweep gives
the same answer however it is split among processes or machines.
"""

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import lru_cache
from random import Random

import numpy as np
from numpy.typing import NDArray

from detente.engine.cube import CubeGame
from detente.engine.interface import Definition, Game, Space
from detente.engine.masks import array_of
from detente.model.case import Conventions
from detente.preferences.wants import Ladder, Ranks, Want, Weighted
from detente.progress import gathered

Counts = NDArray[np.int64]
CHUNK = 250  # variations a piece; a piece of a case of 4,096 states takes seconds at most


@dataclass(frozen=True, slots=True, eq=False)
class Sweep:
    """What is asked of each variation: which of some states are equilibria in it.

    Parameters
    ----------
    engine : type of Game
        An engine that lists states.
    space : Space
    wants : tuple of Ladder, Weighted or Ranks
        What the parties want before anything is varied.
    conventions : Conventions
    targets : tuple of int
        The states that are followed.
    definitions : tuple of Definition
        Under which they may be equilibria.
    swaps : int
        How many swaps, one after the other, a variation makes for each party.
    seed : int
    """

    engine: type[Game]
    space: Space
    wants: tuple[Want, ...]
    conventions: Conventions
    targets: tuple[int, ...]
    definitions: tuple[Definition, ...]
    swaps: int
    seed: int

    def varied(self, number: int) -> list[Want]:
        """Return what the parties want in a variation, by its number."""
        random = Random(f"{self.seed} {number}")
        wants = list(self.wants)
        for party, want in enumerate(wants):
            for _ in range(self.swaps):
                want = swapped(want, random)
            wants[party] = want
        return wants

    def survivors(self, first: int, last: int) -> Counts:
        """Return in how many variations each target is an equilibrium, those numbered from `first` up to `last`.

        Returns
        -------
        array of int, shape (targets, definitions)
        """
        return sum((self.held(self.varied(number)) for number in range(first, last)), nothing(self))

    def held(self, wants: Sequence[Want]) -> Counts:
        """Return which targets are equilibria when the parties want this: 1 or 0, shape (targets, definitions)."""
        game = self._game(wants)
        targets = np.asarray(self.targets, np.int64)
        columns = [array_of(game.equilibria(definition))[targets] for definition in self.definitions]
        return np.stack(columns, axis=1).astype(np.int64) if columns else nothing(self)

    def _game(self, wants: Sequence[Want]) -> Game:
        base = _base(self)
        return base.wanting(wants) if isinstance(base, CubeGame) else self.engine(self.space, wants, self.conventions)  # type: ignore[call-arg] # engines share a constructor


@lru_cache(maxsize=8)
def _base(sweep: Sweep) -> Game:
    """Return the game before anything is varied; made once in each process."""
    game = sweep.engine(sweep.space, sweep.wants, sweep.conventions)  # type: ignore[call-arg] # engines share a constructor
    if isinstance(game, CubeGame):
        game.many = True
    return game


def swapped(want: Want, random: Random) -> Want:
    """Return the same wants with two neighbours swapped, chosen at random; unchanged where there are no two."""
    if isinstance(want, Ladder):
        if len(want.statements) < 2:
            return want
        place = random.randrange(len(want.statements) - 1)
        order = list(want.statements)
        order[place], order[place + 1] = order[place + 1], order[place]
        return Ladder(tuple(order))
    if isinstance(want, Weighted):
        if len(want.amounts) < 2:
            return want
        by_size = sorted(range(len(want.amounts)), key=lambda place: (-abs(want.amounts[place]), place))
        place = random.randrange(len(by_size) - 1)
        amounts = list(want.amounts)
        one, other = by_size[place], by_size[place + 1]
        sizes = abs(amounts[one]), abs(amounts[other])
        amounts[one] = sizes[1] if amounts[one] >= 0 else -sizes[1]  # each keeps what it is for or against
        amounts[other] = sizes[0] if amounts[other] >= 0 else -sizes[0]
        return Weighted(want.statements, tuple(amounts))
    values = np.asarray(want.values)
    classes = np.unique(values)
    if classes.size < 2:
        return want
    place = random.randrange(classes.size - 1)
    low, high = classes[place], classes[place + 1]
    return Ranks(np.where(values == low, high, np.where(values == high, low, values)))


def swept(sweep: Sweep, variations: int, executor: Executor | None = None) -> tuple[Counts, int]:
    """Return in how many of so many variations each target is an equilibrium, shape (targets, definitions); and how
    many were tried, fewer where work is ended early.

    Parameters
    ----------
    executor : concurrent.futures.Executor, optional
        Whoever does the pieces: processes, or a cluster's workers; this process by default.
    """
    pieces = [(first, min(first + CHUNK, variations)) for first in range(0, variations, CHUNK)]
    told = "working through variations"
    if executor is None:
        counts, _ = gathered(lambda piece: sweep.survivors(*piece), pieces, told)
    else:
        futures = [executor.submit(sweep.survivors, *piece) for piece in pieces]
        counts, _ = gathered(lambda future: future.result(), futures, told)
        for future in futures[len(counts) :]:
            future.cancel()
    return sum(counts, nothing(sweep)), sum(last - first for first, last in pieces[: len(counts)])


def nothing(sweep: Sweep) -> Counts:
    """Return no counts yet."""
    return np.zeros((len(sweep.targets), len(sweep.definitions)), np.int64)
