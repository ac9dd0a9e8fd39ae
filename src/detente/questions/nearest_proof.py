"""This module owns the proof that a change is the nearest one, at whatever cost: all outcomes, all parties and all
edits that are considered become one MaxSAT formula, whose cheapest solution is the change.

Only outcomes that could pass at a cost up to a bound are put in: each party that leaves an outcome, and each core
concern that is not met in it, costs something. If the solution is dearer than the bound, the bound is raised to it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import prod

import numpy as np

from detente.engine.batch import Numbers
from detente.errors import DetenteError
from detente.questions.nearest import World
from detente.questions.nearest_aim import ACCOMMODATES, REACHABLE, Aim
from detente.questions.nearest_kinds import Atom, Kinds
from detente.questions.nearest_lasting import Lasts, at_stake
from detente.questions.reachability import GRADES, reachabilities

MOST_OUTCOMES = 20_000  # more in one formula are not tried
MOST_MOVES = 1 << 21  # nor more moves from them


@dataclass(frozen=True, slots=True)
class Outcome:
    """A target of a world, or all of them where all are to pass, with the literal that it is among those that do."""

    world: World
    place: int
    literal: int


@dataclass(eq=False)
class Proof:
    """The formula of a question, over the outcomes that could pass at a cost up to a bound.

    Parameters
    ----------
    aim : Aim
    kinds : Kinds
    worlds : sequence of World
        The case as it is first, then those with a contract or without a rule; their targets not narrowed.
    """

    aim: Aim
    kinds: Kinds
    worlds: Sequence[World]
    banned: dict[int, set[int]] = field(default_factory=dict)
    blocked: list[frozenset[Atom]] = field(default_factory=list)
    listed: list[frozenset[str]] = field(default_factory=list)

    @cached_property
    def lasts(self) -> list[Lasts]:
        """What `lasts` asks in each world; none where it cannot fail."""
        return [Lasts(self.aim, self.kinds, world) for world in self.worlds if at_stake(self.aim, self.kinds.case)]

    def size(self, bound: int) -> int:
        """Return how many states the formula over a bound is about."""
        punishments = sum(len(each.punishments(bound)) for each in self.lasts)
        return punishments + sum(len(places) for _, places in self.included(bound))

    def __post_init__(self) -> None:
        if REACHABLE in self.aim.verdicts:
            for number, world in enumerate(self.worlds):
                if world.approach.contracts == self.worlds[0].approach.contracts:
                    lost = np.flatnonzero(~world.bench.reached[world.targets])
                    self.banned[number] = {int(place) for place in lost}

    @cached_property
    def choices(self) -> int:
        """How many choices the party has that has most."""
        space = self.worlds[0].space
        own = [[size for size, of in zip(space.sizes, space.owners, strict=True) if of == n] for n in set(space.owners)]
        return max(map(prod, own), default=1)

    @cached_property
    def least(self) -> list[Numbers]:
        """What each target of each world costs at least, shape (targets,)."""
        return [self._least(world) for world in self.worlds]

    def _least(self, world: World) -> Numbers:
        costs, case = self.kinds.costs, world.case
        cheapest = min(costs.values(), default=1)
        core = min((costs[kind] for kind in ("drop", "core") if kind in costs), default=cheapest)
        total = np.full(len(world.targets), world.cost)
        for number, group in enumerate(world.groups):
            least, unmet = world.failing[number] * cheapest, np.zeros(len(world.targets), np.int64)
            members = [case.parties[party] for party in group if case.parties[party].id in case.counted]
            for concern in (concern for member in members for concern in member.concerns or () if concern.core):
                unmet += world.bench.truth(world.bench.want(concern))[world.targets] == 0
            if ACCOMMODATES in self.aim.verdicts:
                least = np.maximum(least, unmet * core)
            total += least.max(initial=0) if self.aim.states else least
        return total

    def included(self, bound: int) -> list[tuple[World, Numbers]]:
        """Return the targets of each world that could pass at a cost up to a bound."""
        found = []
        for number, (world, least) in enumerate(zip(self.worlds, self.least, strict=True)):
            places = [place for place in np.flatnonzero(least <= bound) if place not in self.banned.get(number, ())]
            if not self.aim.states or len(places) == len(world.targets):
                found.append((world, np.array(places, np.int64)))
        return found

    def left_out(self, bound: int) -> int | None:
        """Return the least that a state costs which a bound leaves out; None where it leaves out none."""
        beyond = [int(least[least > bound].min()) for least in self.least if (least > bound).any()]
        beyond += [least for each in self.lasts if (least := each.left_out(bound)) is not None]
        return min(beyond, default=None)

    def ban(self, outcome: Outcome) -> bool:
        """Leave out all that cannot be reached in the world of an outcome; return whether it is among that."""
        number = self.worlds.index(outcome.world)
        lost = set(self._unreached(outcome.world))
        self.banned.setdefault(number, set()).update(lost)
        return outcome.place in lost

    def _unreached(self, world: World) -> Iterator[int]:
        try:
            about = self.aim.setting(self.kinds.case.edit(*world.edits), world.assured(()))
        except DetenteError:
            yield from range(len(world.targets))
            return
        reach = reachabilities(about)
        if REACHABLE not in self.aim.verdicts or reach is None:
            return
        there = {about.game.values(state) for state in reach.reached(GRADES[-1]).states.first()}
        for place, target in enumerate(world.targets):
            if world.bench.arena.game.values(int(target)) not in there:
                yield place
