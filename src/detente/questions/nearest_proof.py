"""This module owns the proof that a change is the nearest one, at whatever cost: all outcomes, all parties and all
edits that are considered become one MaxSAT formula, whose cheapest solution is the change.

Only outcomes that could pass at a cost up to a bound are put in: each party that leaves an outcome, and each core
concern that is not met in it, costs something. If the solution is dearer than the bound, the bound is raised to it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from math import prod

import numpy as np

from detente.engine.batch import Numbers
from detente.engine.masks import Bools
from detente.errors import DetenteError
from detente.questions.nearest import World
from detente.questions.nearest_aim import REACHABLE, Aim
from detente.questions.nearest_kinds import Atom, Kinds
from detente.questions.nearest_lasting import Lasts, at_stake
from detente.questions.nearest_worlds import ANY, contract_worlds, rule_worlds
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
    """What a proof knows, whatever the bound: what is asked, and what has been found to pass or not to.

    Parameters
    ----------
    aim : Aim
    kinds : Kinds
    base : World
        The case as it is, its targets not narrowed.
    banned : mapping from the edits that make a world to states
        Which of its states cannot be reached in it.
    blocked : list of sets of edits
        Those listed, and those of which fewer will do.
    listed : list of sets of parties
        Who moves in what is listed.
    """

    aim: Aim
    kinds: Kinds
    base: World
    banned: dict[frozenset[Atom], set[int]] = field(default_factory=dict)
    blocked: list[frozenset[Atom]] = field(default_factory=list)
    listed: list[frozenset[str]] = field(default_factory=list)

    @cached_property
    def choices(self) -> int:
        """How many choices the party has that has most."""
        space = self.base.space
        own = [[size for size, of in zip(space.sizes, space.owners, strict=True) if of == n] for n in set(space.owners)]
        return max(map(prod, own), default=1)

    def lost(self, world: World) -> Bools:
        """Return which targets of a world are known not to be reached."""
        found = np.isin(world.targets, sorted(self.banned.get(world.atoms, ())))
        if REACHABLE in self.aim.verdicts and world.approach.contracts == self.base.approach.contracts:
            found |= ~world.bench.reached[world.targets]
        return found

    def ban(self, outcome: Outcome) -> bool:
        """Leave out all that cannot be reached in the world of an outcome; return whether it is among that."""
        world = outcome.world
        lost = {int(world.targets[place]) for place in self._unreached(world)}
        self.banned.setdefault(world.atoms, set()).update(lost)
        return int(world.targets[outcome.place]) in lost

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


@dataclass(eq=False)
class Scope:
    """The worlds of a proof, with the outcomes that could pass at a cost up to a bound, and what is left out.

    Parameters
    ----------
    proof : Proof
    bound : int
    """

    proof: Proof
    bound: int

    @cached_property
    def worlds(self) -> list[World]:
        """The case as it is first, then those with a contract or without a rule."""
        base, costs = self.proof.base, self.proof.kinds.costs
        found = [base]
        if "contract" in costs:
            found += contract_worlds(base, ANY, base, self.bound)
        if "rule" in costs:
            found += rule_worlds(base, ANY)
        return found

    @cached_property
    def least(self) -> list[Numbers]:
        """What each target of each world costs at least, shape (targets,)."""
        found = []
        for world in self.worlds:
            total = np.full(len(world.targets), world.cost)
            for number in range(len(world.groups)):
                least = world.least(number)
                total += least.max(initial=0) if self.proof.aim.states else least
            found.append(total)
        return found

    @cached_property
    def lasts(self) -> list[Lasts]:
        """What `lasts` asks in each world; none where it cannot fail."""
        aim, kinds = self.proof.aim, self.proof.kinds
        return [Lasts(aim, kinds, world) for world in self.worlds] if at_stake(aim, kinds.case) else []

    @cached_property
    def included(self) -> list[tuple[World, Numbers]]:
        """The targets of each world that could pass at a cost up to the bound, by their places."""
        found = []
        for world, least in zip(self.worlds, self.least, strict=True):
            places = np.flatnonzero((least <= self.bound) & ~self.proof.lost(world))
            if not self.proof.aim.states or len(places) == len(world.targets):
                found.append((world, places))
        return found

    @property
    def left_out(self) -> int | None:
        """The least that a state costs which the bound leaves out; None where it leaves out none."""
        beyond = [int(least[least > self.bound].min()) for least in self.least if (least > self.bound).any()]
        beyond += [world.beyond for world in self.worlds if world.beyond is not None]
        beyond += [least for each in self.lasts if (least := each.left_out(self.bound)) is not None]
        return min(beyond, default=None)

    @property
    def size(self) -> int:
        """How many states the formula is about."""
        punishments = sum(len(each.punishments(self.bound)) for each in self.lasts)
        return punishments + sum(len(places) for _, places in self.included)
