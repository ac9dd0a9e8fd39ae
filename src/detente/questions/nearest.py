"""This module owns the search for the smallest changes of a case after which a goal passes.

Given a state, what each party would have to change so that it keeps the state does not depend on the others (but for
those that share concerns under the approach, which are taken together). So the cheapest changes of each are found for
all states at once, and combined state by state. Contracts and lifted rules change what moves there are: each makes a
world of its own, in which the same is done. Levels of cost are completed one after the other; so what is found first
is nearest.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from time import process_time
from typing import Any

import numpy as np

from detente.engine.batch import Numbers
from detente.engine.interface import Space
from detente.engine.masks import Bools
from detente.model.approaches import rewritten_concerns
from detente.model.case import Approach, Case
from detente.model.edits import AddContract, Edit
from detente.model.edits.concerns import with_concerns
from detente.model.statements import Compare, Iff
from detente.progress import ended
from detente.questions.nearest_aim import ACCOMMODATES, DELIVERABLE, HOLDS, Aim
from detente.questions.nearest_bench import Bench, Rungs
from detente.questions.nearest_kinds import COSTS, MOST_PARTS, Atom, Kinds, Part

MOST_LOOKED = 60_000
REWRITING = 20  # to apply an approach to changed concerns takes as long as to look at so many changes
MOST_COMBINED = 500  # so many combinations are kept of one state at one cost


@dataclass(eq=False)
class Effort:
    """How much a search has looked at; beyond a bound, or when its time is up, it ends and says how far it came.

    Parameters
    ----------
    most : int
        How many changes it looks at.
    seconds : float
        How much CPU time it may take.
    """

    most: int = MOST_LOOKED
    seconds: float = float("inf")
    looked: int = 0
    started: float = field(default_factory=process_time)

    def count(self, changes: int, states: int) -> None:
        """Count changes that are looked at for so many states."""
        self.looked += changes * (1 + states // 256)

    @property
    def late(self) -> bool:
        """Whether its time is up, or somebody ended it."""
        return process_time() - self.started > self.seconds or ended()

    @property
    def spent(self) -> bool:
        """Whether the search is to end."""
        return self.looked > self.most or self.late


@dataclass(frozen=True, slots=True)
class Candidate:
    """A set of edits that should do, and for which state."""

    edits: tuple[Edit, ...]
    parts: tuple[Part, ...]
    atoms: frozenset[Atom]
    cost: int
    approach: str
    world: "World"
    target: int
    liking: int


@dataclass(eq=False)
class World:
    """What can be, after contracts are added or rules lifted, and what each party would have to change there.

    Parameters
    ----------
    aim : Aim
    kinds : Kinds
    bench : Bench
        Of the case in which the states are those of this world, or more of them.
    case : Case
        Edited.
    approach : Approach
        What the parties play by.
    edits, atoms, cost
        What made it.
    space : Space
        With what contracts define.
    targets : array of int
        The states that count, if all parties keep them.
    beyond : int or None
        What the cheapest of the states costs at least that count and were left out, as too dear for a bound.
    """

    aim: Aim
    kinds: Kinds
    bench: Bench
    case: Case
    approach: Approach
    space: Space
    targets: Any
    effort: Effort
    edits: tuple[Edit, ...] = ()
    atoms: frozenset[Atom] = frozenset()
    cost: int = 0
    liking: int = 0
    groups: tuple[tuple[int, ...], ...] = ()
    failing: Any = None
    complete: bool = True
    beyond: int | None = None
    _least: dict[int, Numbers] = field(default_factory=dict)
    _found: dict[tuple[int, int], dict[int, list[tuple[Part, ...]]]] = field(default_factory=dict)
    _done: dict[tuple[int, int], set[int]] = field(default_factory=dict)

    def prepare(self, known: "World | None" = None, changed: frozenset[int] | None = None) -> None:
        """Find out which groups of parties do not keep which targets as things stand."""
        self.groups = groups_of(self.case, self.approach)
        rows: list[Bools] = []
        for number, group in enumerate(self.groups):
            if known is not None and changed is not None and not changed & set(group):
                place = np.searchsorted(known.targets, self.targets)
                rows.append(known.failing[number][place])
                continue
            as_is = self.keeps(group, [self._as_is(group)], self.targets)[0] if known else self._kept_as_is(group)
            rows.append(~as_is)
        self.failing = np.array(rows, np.bool_).reshape(len(self.groups), len(self.targets))

    def narrow(self, most: int) -> None:
        """Leave out the targets that more groups would have to change for than the cost allows."""
        few = self.failing.sum(axis=0) <= most
        if self.aim.states:
            return
        self.targets, self.failing = self.targets[few], self.failing[:, few]

    def least(self, number: int) -> Numbers:
        """Return what a group has to pay at least for each target: it fails there, or core concerns are not met."""
        if number not in self._least:
            cheapest = min(self.kinds.costs.values(), default=1)
            self._least[number] = np.maximum(self.failing[number] * cheapest, self.unmet(number))
        return self._least[number]

    def unmet(self, number: int) -> Numbers:
        """Return what it costs at least that a group lives with each target: core concerns are dropped, or no longer
        core."""
        found = np.zeros(len(self.targets), np.int64)
        if ACCOMMODATES not in self.aim.verdicts:
            return found
        costs = self.kinds.costs
        each = min((costs[kind] for kind in ("drop", "core") if kind in costs), default=1)
        members = [self.case.parties[party] for party in self.groups[number]]
        for concern in (c for member in members if member.id in self.case.counted for c in member.concerns or ()):
            if concern.core:
                found += each * (self.bench.truth(self.bench.want(concern))[self.targets] == 0)
        return found

    def prune(self, least: Numbers, bound: int) -> None:
        """Leave out the targets that cost more than a bound at least; before `prepare`."""
        dear = least > bound
        self.beyond = int(least[dear].min()) if dear.any() else None
        self.targets = self.targets[~dear]

    def _as_is(self, group: Sequence[int]) -> tuple[Part, ...]:
        parties = self.case.parties
        return tuple(Part(parties[party].id, parties[party].concerns) for party in group)

    def ladders(self, group: Sequence[int]) -> dict[int, Rungs]:
        """Return what each of a group wants as things stand, for the parties that have concerns."""
        return self._ladders(group, self._as_is(group))

    def _kept_as_is(self, group: Sequence[int]) -> Bools:
        """Return which targets a group keeps where this world is the game that its bench is about."""
        bench, good = self.bench, np.ones(len(self.targets), np.bool_)
        for party in group:
            if ACCOMMODATES in self.aim.verdicts and self.case.party_ids[party] in self.case.counted:
                for number in bench.core(self.case.parties[party].concerns or ()):
                    good &= bench.truth(number)[self.targets] > 0
            if self.judged(party):
                stays = bench.arena.array(bench.judge.nash(party))[self.targets]
                if party not in bench.table and bench.judge.clout.get(party):
                    open_still = np.flatnonzero(good & ~stays)
                    alone = (party,)
                    stays[open_still] = self.keeps(alone, [self._as_is(alone)], self.targets[open_still])[0]
                good &= stays
        return good

    def keeps(self, group: Sequence[int], changes: Sequence[tuple[Part, ...]], targets: Any) -> Bools:
        """Return which targets a group keeps after each of many changes of its members, shape (changes, targets)."""
        bench, aim = self.bench, self.aim
        good = np.ones((len(changes), len(targets)), np.bool_)
        if not changes or not len(targets):
            return good
        runs = list(bench.arena.parts(group, targets))
        if len(runs) > 1:
            for run in runs:
                good[:, run] = False if self.effort.late else self.keeps(group, changes, targets[run])
            return good
        ids = self.case.party_ids
        if ACCOMMODATES in aim.verdicts:
            for member in (party for party in group if ids[party] in self.case.counted):
                core: dict[frozenset[int], Bools] = {}
                for row, change in enumerate(changes):
                    part = next(each for each in change if each.party == ids[member])
                    wants = bench.core(part.concerns or ())
                    if wants not in core:
                        truths = [bench.truth(number)[targets] > 0 for number in wants]
                        core[wants] = np.all(truths, axis=0) if truths else np.ones(len(targets), np.bool_)
                    good[row] &= core[wants]
        judged = [party for party in group if self.judged(party)]
        if not judged:
            return good
        wanted = [self._ladders(group, change) for change in changes]
        for party in judged:
            moves = bench.arena.moves(party, targets, self.space)
            clouts = [next((each.clout for each in change if each.party == ids[party]), ()) for change in changes]
            for clout in dict.fromkeys(clouts):
                rows = [row for row, each in enumerate(clouts) if each == clout]
                held = bench.clout(party, moves) if party not in bench.table else None
                for number, option in enumerate(moves.own):
                    if held is not None and self.case.options[option].key in {key for _, key in clout}:
                        held[:, number] = True
                if party not in wanted[0]:
                    good[rows] &= bench.keeps_as_is(party, moves, held)
                    continue
                number_of = {ladder: n for n, ladder in enumerate(dict.fromkeys(wanted[row][party] for row in rows))}
                keeps = bench.keeps(party, moves, list(number_of), held)
                good[rows] &= keeps[[number_of[wanted[row][party]] for row in rows]]
        return good

    def judged(self, party: int) -> bool:
        inside = party in self.bench.table
        return HOLDS in self.aim.verdicts or (DELIVERABLE in self.aim.verdicts and not inside)

    def _ladders(self, group: Sequence[int], change: tuple[Part, ...]) -> dict[int, Rungs]:
        case, bench = self.case, self.bench
        if len(group) == 1 and self.alone:
            (part,) = change
            if part.concerns is None:
                return {}
            promised = [
                bench.number(Iff(Compare(case.position[c.paid]), bench.bound(c.iff.tree))) for c in part.promises
            ]
            return {group[0]: (*promised, *bench.ladder(part.concerns))}
        if id(change) in self.kinds.ladders:
            return self.kinds.ladders[id(change)]
        for part in change:
            if part.concerns is not None:
                case = with_concerns(case, part.party, part.concerns)
        added = tuple(contract for part in change for contract in part.promises)
        wanted = rewritten_concerns(case, replace(self.approach, contracts=(*self.approach.contracts, *added)))
        ladders = {
            party: bench.ladder(concerns) for party in group if (concerns := wanted[case.party_ids[party]]) is not None
        }
        if self.kinds.keeps(change):  # contracts that bind change no wish: the worlds with them share these
            self.kinds.ladders[id(change)] = ladders
        return ladders

    @cached_property
    def alone(self) -> bool:
        """Whether the approach leaves what the parties want as it is."""
        promised = any(not contract.binding for contract in self.approach.contracts)
        return not (promised or self.approach.deference or self.approach.shared_concerns)

    def candidates(self, total: int) -> Iterator[Candidate]:
        """Yield the sets of edits that should do, at exactly a total cost."""
        budget = total - self.cost
        if budget < 0 or not len(self.targets):
            return
        cheapest = min(self.kinds.costs.values(), default=1)
        if self.aim.states:
            failing = np.repeat(np.any(self.failing, axis=1, keepdims=True), len(self.targets), axis=1)
        else:
            failing = self.failing
        number = failing.sum(axis=0)
        near = np.flatnonzero(number * cheapest <= budget)
        for group in range(len(self.groups)):
            for cost in range(1, budget + 1):
                others = (number[near] - 1) * cheapest
                places = near[failing[group][near] & (others + cost <= budget) & ((others > 0) | (cost == budget))]
                self._extend(group, cost, places)
        places = near[:1] if self.aim.states else near
        for place in places:
            need = [group for group in range(len(self.groups)) if failing[group][place]]
            for change in islice(self._combined(need, int(place), budget), MOST_COMBINED):
                parts = tuple(part for each in change for part in each if part.atoms)
                atoms = self.atoms.union(*(part.atoms for part in parts))
                edits = (*self.edits, *(edit for part in parts for edit in part.edits))
                liking = self.liking + sum(part.liking for part in parts)
                target = int(self.targets[place])
                yield Candidate(edits, parts, atoms, total, self.assured(parts), self, target, liking)

    def assured(self, parts: Sequence[Part]) -> str:
        """Return under which approach the edited case is asked: a new one where contracts or promises are added."""
        added = any(part.promises for part in parts) or any(isinstance(edit, AddContract) for edit in self.edits)
        return self.kinds.assuring if added else self.aim.approach

    def _extend(self, group: int, cost: int, places: Any) -> None:
        """Find what a group can do at a cost for more of the targets."""
        key = group, cost
        done, found = self._done.setdefault(key, set()), self._found.setdefault(key, {})
        new = [int(place) for place in places if int(place) not in done]
        if not new:
            return
        if self.effort.spent:
            return
        changes = self.kinds.changes(tuple(self.case.party_ids[party] for party in self.groups[group]), cost)
        self.effort.count(len(changes), len(new))
        if not self.alone and changes and id(changes[-1]) not in self.kinds.ladders:
            self.effort.count(REWRITING * len(changes), 0)
        if self.effort.spent:  # before it is done: what takes long is at the end of a search
            return
        if len(changes) > MOST_PARTS:
            self.complete = False
            changes = changes[:MOST_PARTS]
        done.update(new)
        keeps = self.keeps(self.groups[group], changes, self.targets[new])
        if self.aim.states:
            keeps = np.repeat(np.all(keeps, axis=1, keepdims=True), len(new), axis=1)
        for column, place in enumerate(new):
            found[place] = [changes[row] for row in np.flatnonzero(keeps[:, column])]

    def _combined(self, need: list[int], place: int, budget: int) -> Iterator[tuple[tuple[Part, ...], ...]]:
        if not need:
            if budget == 0:
                yield ()
            return
        first, rest = need[0], need[1:]
        for cost in range(1, budget + 1):
            for change in self._found.get((first, cost), {}).get(place, ()):
                for others in self._combined(rest, place, budget - cost):
                    yield (change, *others)


def groups_of(case: Case, approach: Approach) -> tuple[tuple[int, ...], ...]:
    """Return the parties in groups, so that what one wants under the approach depends on its own group only."""
    group = {id: {id} for id in case.party_ids}
    ties = [clause.parties for clause in approach.shared_concerns]
    ties += [(clause.client, clause.patron) for clause in approach.deference if clause.on in (("core",), ("all",))]
    for tie in ties:
        joined = set().union(*(group[id] for id in tie))
        for id in joined:
            group[id] = joined
    found = dict.fromkeys(tuple(n for n, other in enumerate(case.party_ids) if other in group[id]) for id in group)
    return tuple(found)


def preferred(candidates: Mapping[frozenset[Atom], Candidate]) -> Iterator[Candidate]:
    """Yield candidates so that those that ask different parties, by different kinds of edits, come first."""
    piles: dict[Any, list[Candidate]] = {}
    for candidate in candidates.values():
        kinds = tuple(sorted({list(COSTS).index(atom[0]) for atom in candidate.atoms}))
        piles.setdefault((kinds, tuple(sorted({atom[1] for atom in candidate.atoms}))), []).append(candidate)
    waiting = [sorted(piles[key], key=lambda each: -each.liking) for key in sorted(piles)]
    while waiting:
        for pile in waiting:
            yield pile.pop(0)
        waiting = [pile for pile in waiting if pile]
