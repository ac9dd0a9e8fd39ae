"""This module owns the proof that a change is the nearest one, at whatever cost: all outcomes, all parties and all
edits that are considered become one MaxSAT formula, whose cheapest solution is the change.

Only outcomes that could pass at a cost up to a bound are put in: each party that leaves an outcome, and each core
concern that is not met in it, costs something. If the solution is dearer than the bound, the bound is raised to it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import prod
from typing import Any

import numpy as np

from detente.engine.batch import NO_MOVE, Moves, Numbers
from detente.errors import DetenteError
from detente.model.approaches import rewritten_concerns
from detente.model.items import Approach, Contract
from detente.model.statements import Compare, Iff, Tree
from detente.questions.nearest import Candidate, World
from detente.questions.nearest_aim import ACCOMMODATES, REACHABLE, Aim
from detente.questions.nearest_formula import Requirement, Wishes
from detente.questions.nearest_kinds import Atom, Kinds, Part, taking_up, with_clout
from detente.questions.nearest_literals import NO, YES, Formula
from detente.questions.nearest_shared import partners
from detente.questions.reachability import GRADES, reachabilities

MOST_OUTCOMES = 20_000  # more in one formula are not tried
MOST_MOVES = 1 << 21  # nor more moves from them


def encodable(approach: Approach) -> bool:
    """Return whether clauses can say what each party wants under an approach: its own concerns, or core ones shared."""
    shared = all((clause.which, clause.order) == ("core", "") for clause in approach.shared_concerns)
    deferring = any(clause.on in (("core",), ("all",)) for clause in approach.deference)
    return shared and not deferring


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
        """Return the least that a target costs which a bound leaves out; None where it leaves out none."""
        beyond = [int(least[least > bound].min()) for least in self.least if (least > bound).any()]
        return min(beyond, default=None)

    def ban(self, outcome: Outcome) -> None:
        """Leave out an outcome that does not pass after all; with it all that cannot be reached in its world."""
        number = self.worlds.index(outcome.world)
        lost = {outcome.place, *self._unreached(outcome.world)}
        self.banned.setdefault(number, set()).update(lost)

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


class Question:
    """One formula: the outcomes up to a bound, what parties may do, and that one outcome passes.

    Parameters
    ----------
    proof : Proof
    bound : int
    """

    def __init__(self, proof: Proof, bound: int) -> None:
        self.proof, self.formula = proof, Formula()
        self.wishes: dict[int, Wishes] = {}
        self.outcomes: list[Outcome] = []
        self._kept: dict[tuple[int, bytes], int] = {}
        for world, places in proof.included(bound):
            self._add(world, places)
        self.formula.need(outcome.literal for outcome in self.outcomes)
        for atoms in proof.blocked:
            self.formula.need(self.fewer(atoms))
        for movers in proof.listed:
            self.formula.need(self.others(movers))

    def others(self, movers: frozenset[str]) -> list[int]:
        """Return the literals of which one is true where not all of some parties move."""
        known = [self.formula.movers.get(party) for party in movers]
        return [YES if literal is None else -literal for literal in known]

    def fewer(self, atoms: frozenset[Atom]) -> list[int]:
        """Return the literals of which one is true where not all of some edits are made."""
        known = [self.formula.atoms.get(atom) for atom in atoms]
        return [YES if literal is None else -literal for literal in known]

    def banned(self) -> list[int]:
        """Return the literals of outcomes that are left out after all."""
        number = {id(world): n for n, world in enumerate(self.proof.worlds)}
        gone = self.proof.banned
        return [each.literal for each in self.outcomes if each.place in gone.get(number[id(each.world)], ())]

    def _add(self, world: World, places: Numbers) -> None:
        formula, aim = self.formula, self.proof.aim
        if not len(places):
            return
        made = [formula.edit(atom, world.cost, _maker(atom)) for atom in world.atoms]
        literals = [formula.new() for _ in ([0] if aim.states else places)]
        for literal in literals:
            for each in made:
                formula.implies(literal, each)
        self.outcomes += [Outcome(world, int(place), literal) for place, literal in zip(places, literals, strict=False)]
        at = dict(zip(places.tolist(), literals * (len(places) if aim.states else 1), strict=True))
        for number, group in enumerate(world.groups):
            failing = places if aim.states and world.failing[number].any() else places[world.failing[number][places]]
            chosen = [at[place] for place in failing.tolist()]
            for party in group if len(failing) else ():
                wishes = self._wishes(world, party)
                self._ask_core(world, party, wishes, failing, chosen)
                if world.judged(party):
                    for literal, ways in zip(chosen, self._ways(world, party, wishes, failing), strict=True):
                        formula.need([-literal, *ways])

    def _wishes(self, world: World, party: int) -> Wishes:
        if party not in self.wishes:
            ids = world.case.party_ids
            group = next(group for group in world.groups if party in group)
            self.wishes |= {member: self._alone(world, member) for member in group}
            for member in group:
                others = partners(world.approach, ids[member])
                if others:
                    self.wishes[member].share([self.wishes[ids.index(other)] for other in others])
        return self.wishes[party]

    def _alone(self, world: World, party: int) -> Wishes:
        kinds, case, bench = self.proof.kinds, world.case, world.bench
        id, position = case.party_ids[party], case.position
        wanted = rewritten_concerns(case, replace(world.approach, shared_concerns=()))[id] or ()
        own = len(case.parties[party].concerns or ())
        space = self.proof.worlds[0].space
        choices = prod(size for size, owner in zip(space.sizes, space.owners, strict=True) if owner == party)

        def promise(contract: Contract) -> Tree:
            return Iff(Compare(position[contract.paid]), bench.bound(contract.iff.tree))

        ahead = [bench.bound(concern.want.tree) for concern in wanted[: len(wanted) - own]]
        free = (party not in bench.table and choices > 2) or len(self.proof.aim.states) > 1
        return Wishes(self.formula, kinds, id, ahead, bench.bound, promise, free)

    def _ask_core(self, world: World, party: int, wishes: Wishes, places: Numbers, literals: Sequence[int]) -> None:
        if ACCOMMODATES not in self.proof.aim.verdicts or world.case.parties[party].id not in world.case.counted:
            return
        for place, concern in enumerate(wishes.concerns):
            if concern.core:
                met = world.bench.truth(world.bench.want(concern))[world.targets[places]]
                for literal in {literal for literal, good in zip(literals, met, strict=True) if not good}:
                    self.formula.need([-literal, *wishes.unmet(place)])

    def _ways(self, world: World, party: int, wishes: Wishes, places: Numbers) -> Iterator[list[int]]:
        """Yield the ways in which a party keeps each of some targets: by what it wants, or because of clout."""
        arena, bench = world.bench.arena, world.bench
        moves = arena.moves(party, world.targets[places], world.space)
        ranked = world.case.parties[party].concerns is None
        gains = arena.gains(moves, wishes.trees).transpose(1, 2, 0)
        worths: list[Any] = list(arena.risen(moves, party)[0]) if ranked else [None] * len(places)
        held = None if party in bench.table else bench.clout(party, moves)
        truths = np.array([arena.truth(tree) for tree in wishes.trees]).reshape(len(wishes.trees), arena.states)
        for row in range(len(places)):
            if ranked:
                ways = [YES if (worths[row] <= 0).all() else NO]
            else:
                key = party, gains[row].tobytes()
                if key not in self._kept:
                    self._kept[key] = wishes.met(requirements(gains[row] > 0, gains[row] < 0))
                ways = [self._kept[key]]
            if held is not None:
                ends = truths[:, moves.ends[row]].T
                ways += self._held(world, wishes, moves, row, held[row], ends, worths[row])
            yield ways

    def _held(
        self, world: World, wishes: Wishes, moves: Moves, row: int, held: Any, ends: Any, worths: Any
    ) -> Iterator[int]:
        """Yield a literal for each move that clout prevents: it is the party's best, of those that change least."""
        there = [int(move) for move in np.flatnonzero(moves.ends[row] != NO_MOVE)]
        changed = moves.changed[row]
        fewest = changed.sum(axis=1)
        keys = [world.case.options[option].key for option in moves.own]
        for best in there:
            needed = [wishes.gains_clout(keys[at]) for at in np.flatnonzero(changed[best] & ~held)]
            if not fewest[best] or not all(needed):
                continue
            literal = self.formula.new()
            for ways in needed:
                self.formula.need([-literal, *ways])
            for other in there:
                if worths is not None:
                    good = (worths[other], fewest[best]) < (worths[best], fewest[other]) or other == best
                    good = good or (worths[other] == worths[best] and fewest[best] <= fewest[other])
                    self.formula.need([-literal, YES if good else NO])
                elif other != best:
                    better, worse = ends[other] > ends[best], ends[other] < ends[best]
                    self.formula.need([-literal, wishes.met(requirements(better[None], worse[None]))])
                    if fewest[other] < fewest[best]:
                        lost = [wishes.gone(int(item)) for item in np.flatnonzero(worse)]
                        self.formula.need([-literal, *(-gone[0] if gone else YES for gone in lost)])
            yield literal

    def candidate(self, true: frozenset[int]) -> tuple[Candidate, Outcome]:
        """Return a solution as a set of edits, and for which outcome."""
        outcome = next(each for each in self.outcomes if each.literal in true)
        world, parts = outcome.world, [self._part(wishes, true) for wishes in self.wishes.values()]
        parts = [part for part in parts if part.atoms]
        edits = (*world.edits, *(edit for part in parts for edit in part.edits))
        atoms = world.atoms.union(*(part.atoms for part in parts))
        cost = world.cost + sum(part.cost for part in parts)
        target = int(world.targets[outcome.place])
        return Candidate(edits, tuple(parts), atoms, cost, world.assured(parts), world, target, 0), outcome

    def _part(self, wishes: Wishes, true: frozenset[int]) -> Part:
        kinds, doing, party = self.proof.kinds, wishes.doing(true), wishes.party
        if kinds.case.party(party).concerns is None:
            part = Part(party, None)
        else:
            part = kinds.without_new(party, 0, doing.dropped, doing.cleared, doing.order, doing.promised)
            atoms = part.atoms | {("add", party, str(concern.want)) for concern in doing.taken}
            part = replace(part, atoms=atoms, cost=sum(kinds.costs[atom[0]] for atom in atoms))
            part = taking_up(part, doing.taken, doing.gaps)
        cost = len(doing.clout) * kinds.costs.get("clout", 0)
        return with_clout(kinds.case, part, doing.clout, cost) if doing.clout else part


def requirements(gained: Any, lost: Any) -> frozenset[Requirement]:
    """Return what a party's order must meet so that none of some moves improves, the weaker conditions left out.

    Parameters
    ----------
    gained, lost : arrays of bool, shape (moves, items)
        Which of the party's items come to hold by each move, and which no longer do.
    """
    found: dict[int, set[frozenset[int]]] = {}
    for up, down in {(tuple(np.flatnonzero(a)), tuple(np.flatnonzero(b))) for a, b in zip(gained, lost, strict=True)}:
        for item in up:
            found.setdefault(int(item), set()).add(frozenset(int(each) for each in down))
    return frozenset(
        (item, few) for item, sets in found.items() for few in sets if not any(other < few for other in sets)
    )


def _maker(atom: Iterable[str]) -> str:
    """Return who makes the contract of a world; "" for a rule, which nobody lifts alone."""
    kind, maker, *_ = atom
    return maker if kind == "contract" else ""
