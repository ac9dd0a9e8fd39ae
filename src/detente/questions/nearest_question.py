"""This module owns the formula of a question about the nearest change: one outcome passes, by what parties may do."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from math import prod
from typing import Any

import numpy as np

from detente.engine.batch import NO_MOVE, Moves, Numbers, staying
from detente.model.items import Contract
from detente.model.statements import Compare, If, Iff, Tree
from detente.questions.nearest import Candidate, World
from detente.questions.nearest_aim import ACCOMMODATES
from detente.questions.nearest_formula import Requirement, Wishes
from detente.questions.nearest_kinds import Atom, Part, taking_up, with_clout
from detente.questions.nearest_lasting import ANYONE, Lasting, Lasts, mendable, mended
from detente.questions.nearest_literals import NO, YES, Formula
from detente.questions.nearest_proof import Outcome, Scope
from detente.questions.nearest_shared import ALL, CORE, Block, Ranked, Taken, kinds_of_sharing, partners, plain


class Question:
    """One formula: the outcomes up to a bound, what parties may do, and that one outcome passes.

    Parameters
    ----------
    scope : Scope
    """

    def __init__(self, scope: Scope) -> None:
        self.proof, self.scope, self.formula = scope.proof, scope, Formula()
        self.wishes: dict[int, Wishes] = {}
        self.outcomes: list[Outcome] = []
        self._kept: dict[tuple[int, bytes], int] = {}
        self._tails: dict[int, int] = {}
        lasts = {id(each.world): each for each in scope.lasts}
        for world, places in scope.included:
            self._add(world, places, lasts.get(id(world)))
        self.formula.need(outcome.literal for outcome in self.outcomes)
        for atoms in scope.proof.blocked:
            self.formula.need(self.fewer(atoms))
        for movers in scope.proof.listed:
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
        gone = self.proof.banned
        return [
            each.literal
            for each in self.outcomes
            if int(each.world.targets[each.place]) in gone.get(each.world.atoms, ())
        ]

    def differently(self, true: frozenset[int], outcome: Outcome) -> list[int]:
        """Return the literals of which one is true in any solution for another outcome, or by other edits."""
        made = [-literal if literal in true else literal for literal in self.formula.costs]
        return [-outcome.literal, *made]

    def _add(self, world: World, places: Numbers, lasts: Lasts | None) -> None:
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
            every = lasts is not None or (aim.states and world.failing[number].any())
            failing = places if every else places[world.failing[number][places]]
            chosen = [at[place] for place in failing.tolist()]
            for party in group if len(failing) else ():
                wishes = self._wishes(world, party)
                self._ask_core(world, party, wishes, failing, chosen)
                if world.judged(party):
                    for literal, ways in zip(chosen, self._ways(world, party, wishes, failing), strict=True):
                        formula.need([-literal, *ways])
        if lasts is not None:
            Lasting(self, lasts, self.scope.bound).ask(places, [at[place] for place in places.tolist()])

    @cached_property
    def patience(self) -> int:
        """The literal by which the patience grows; never, where that is not considered."""
        costs = self.proof.kinds.costs
        return self.formula.edit(("patience",), costs["patience"], ANYONE) if "patience" in costs else NO

    def mending(self, place: int) -> list[int]:
        """Return the literals by which a payment that defeats itself may come to be worth the effort."""
        kinds = self.proof.kinds
        if place not in self._tails and "tail" in kinds.costs and place in mendable(kinds.case):
            payer = kinds.case.payments[place].by
            self._tails[place] = self.formula.edit(("tail", payer, str(place)), kinds.costs["tail"], payer)
        return [
            *([self._tails[place]] if place in self._tails else []),
            *([] if self.patience == NO else [self.patience]),
        ]

    def promising(self, paid: str) -> list[int]:
        """Return the literals by which an option comes to be promised."""
        found = []
        for wishes in self.wishes.values():
            found += [vow for vow, each in zip(wishes.vows, wishes.contracts, strict=True) if each.paid == paid]
        return found

    def keeping(self, world: World, party: int, states: Numbers) -> list[int]:
        """Return for each of some states a literal under which a party cannot gain by moving from it."""
        arena, found = world.bench.arena, list[int]()
        for run in arena.parts([party], states):
            moves = arena.moves(party, states[run], world.space)
            if world.case.parties[party].concerns is None:
                found += [YES if good else NO for good in staying(arena.risen(moves, party))[0]]
                continue
            wishes = self._wishes(world, party)
            gains = arena.gains(moves, wishes.trees).transpose(1, 2, 0)
            found += [self._met(party, wishes, each) for each in gains]
        return found

    def _met(self, party: int, wishes: Wishes, gains: Any) -> int:
        """Return a literal under which none of some moves improves; they change the party's items as `gains` says."""
        key = party, gains.tobytes()
        if key not in self._kept:
            self._kept[key] = wishes.met(requirements(gains > 0, gains < 0))
        return self._kept[key]

    def leaving(self, world: World, party: int, states: Numbers) -> list[int]:
        """Return for each of some states a literal under which a party can gain by moving from it."""
        arena, found = world.bench.arena, list[int]()
        for run in arena.parts([party], states):
            moves = arena.moves(party, states[run], world.space)
            if world.case.parties[party].concerns is None:
                found += [NO if good else YES for good in staying(arena.risen(moves, party))[0]]
                continue
            wishes = self._wishes(world, party)
            for gains in arena.gains(moves, wishes.trees).transpose(1, 2, 0):
                literal = self.formula.new()
                changes = {(items(each > 0), items(each < 0)) for each in gains}
                self.formula.need([-literal, *(way for up, down in changes for way in wishes.rising(up, down))])
                found.append(literal)
        return found

    def _wishes(self, world: World, party: int) -> Wishes:
        if party not in self.wishes:
            ids, approach = world.case.party_ids, world.approach
            group = next(group for group in world.groups if party in group)
            self.wishes |= {member: self._alone(world, member) for member in group}
            for member in group:
                self.wishes[member].defer(list(self._taken(world, ids[member])))
            for member in group:
                others = [self.wishes[ids.index(other)] for other in partners(approach, ids[member])]
                if others:
                    ((which, order),) = kinds_of_sharing(approach, ids[member])
                    own = Ranked(self.formula, self.wishes[member], ALL if order else which)
                    theirs = [Ranked(self.formula, other, which) for other in others]
                    self.wishes[member].block = Block(self.formula, [own, *theirs])
        return self.wishes[party]

    def _alone(self, world: World, party: int) -> Wishes:
        kinds, case, bench = self.proof.kinds, world.case, world.bench
        id, position = case.party_ids[party], case.position
        space = self.proof.base.space
        choices = prod(size for size, owner in zip(space.sizes, space.owners, strict=True) if owner == party)

        def promise(contract: Contract) -> Tree:
            return Iff(Compare(position[contract.paid]), bench.bound(contract.iff.tree))

        promised = [promise(each) for each in world.approach.contracts if each.by == id and not each.binding]
        free = (party not in bench.table and choices > 2) or len(self.proof.aim.states) > 1 or bool(self.scope.lasts)
        return Wishes(self.formula, kinds, id, promised, bench.bound, promise, free or not plain(world.approach))

    def _taken(self, world: World, client: str) -> Iterator[Taken]:
        """Yield what a party takes over from its patrons, clause by clause, most important first."""
        case, bound = world.case, world.bench.bound
        for place, clause in enumerate(each for each in world.approach.deference if each.client == client):
            condition = None if clause.condition is None else bound(clause.condition.tree)
            if clause.on in ((CORE,), (ALL,)):
                patron = self.wishes[case.party_ids.index(clause.patron)]
                source = Ranked(self.formula, patron, clause.on[0], whole=False)
                for item in source.items:
                    yield Taken(conditional(patron.own_trees[item], condition), place, source, item)
            else:
                for id in clause.on:
                    yield Taken(conditional(bound(case.demand(id).that.tree), condition), place)

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
            ways = [YES if (worths[row] <= 0).all() else NO] if ranked else [self._met(party, wishes, gains[row])]
            if held is not None:
                ends = truths[:, moves.ends[row]].T
                ways += self._held(world, wishes, moves, row, held[row], ends, worths[row])
            yield ways

    def _held(
        self, world: World, wishes: Wishes, moves: Moves, row: int, held: Any, ends: Any, worths: Any
    ) -> Iterator[int]:
        """Yield a literal for each move that clout prevents: it is the party's best, of those that change least."""
        there = [int(move) for move in np.flatnonzero(moves.ends[row] != NO_MOVE)]
        party = world.case.party_ids.index(wishes.party)
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
                    gains = ends[other] - ends[best]
                    self.formula.need([-literal, self._met(party, wishes, gains[None])])
                    if fewest[other] < fewest[best]:
                        lost = [wishes.gone(int(item)) for item in np.flatnonzero(gains < 0)]
                        self.formula.need([-literal, *(-gone[0] if gone else YES for gone in lost)])
            yield literal

    def candidate(self, true: frozenset[int]) -> tuple[Candidate, Outcome]:
        """Return a solution as a set of edits, and for which outcome."""
        kinds, outcome = self.proof.kinds, next(each for each in self.outcomes if each.literal in true)
        world, parts = outcome.world, [self._part(wishes, true) for wishes in self.wishes.values()]
        parts = [part for part in parts if part.atoms]
        edits = (*world.edits, *(edit for part in parts for edit in part.edits))
        atoms = world.atoms.union(*(part.atoms for part in parts))
        cost = world.cost + sum(part.cost for part in parts)
        target = int(world.targets[outcome.place])
        more, tails = self.patience in true, [place for place, literal in self._tails.items() if literal in true]
        if more or tails:
            words = self.proof.aim.states or (world.bench.about.word(target),)
            edits += mended(self.proof.aim, self.proof.kinds, edits, words, more, tails) or ()
            mending = [("patience",)] * more + [("tail", kinds.case.payments[n].by, str(n)) for n in tails]
            atoms |= set(mending)
            cost += sum(kinds.costs[kind] for kind, *_ in mending)
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
    for up, down in {(items(a), items(b)) for a, b in zip(gained, lost, strict=True)}:
        for item in up:
            found.setdefault(item, set()).add(frozenset(down))
    return frozenset(
        (item, few) for item, sets in found.items() for few in sets if not any(other < few for other in sets)
    )


def _maker(atom: Iterable[str]) -> str:
    """Return who makes the contract of a world; "" for a rule, which nobody lifts alone."""
    kind, maker, *_ = atom
    return maker if kind == "contract" else ""


def conditional(tree: Tree, condition: Tree | None) -> Tree:
    """Return "it, if `condition`"."""
    return tree if condition is None else If(tree, condition)


def items(chosen: Any) -> tuple[int, ...]:
    """Return the places at which an array is true."""
    return tuple(np.flatnonzero(chosen).tolist())
