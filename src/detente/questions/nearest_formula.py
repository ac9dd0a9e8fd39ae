"""This module owns what one party may do in a nearest change, as clauses: which concerns it drops, takes up, no longer
counts as core, in which order it then has them, what it promises, who gains clout over it; and what each costs.

That a party keeps a state is a condition on its order of concerns only. Moving from the state, some of what it wants
comes to hold and some no longer does; it stays if, of those it still has, the first that changes is one that no longer
holds: each one gained is given up, or one lost stands before it. That is a set of clauses over "stands before", so a
MaxSAT solver finds the cheapest order with the proof that none is cheaper.

References
----------
Prioritised preference statements: Peng, Hipel, Kilgour & Fang (1997), IEEE SMC, 1100-1105. Reordering them least so
that a state becomes an equilibrium: Wu, Xu & Ke (2019), 0-1 programmes. MaxSAT by unsatisfiable cores (OLL): Morgado,
Dodaro & Marques-Silva (2014), CP; RC2: Ignatiev, Morgado & Marques-Silva (2019), JSAT 11, 53-64.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from detente.model.items import Concern, Contract
from detente.model.statements import Tree
from detente.questions.nearest_kinds import Kinds
from detente.questions.nearest_literals import NO, YES, Formula
from detente.questions.nearest_shared import Block, Taken

SHARED, TAKEN, PROMISED, VOWED, OWN = range(5)
Requirement = tuple[int, frozenset[int]]
"""One thing gained by a move, and those lost by it: the gained one is given up, or one of the lost stands before it."""


@dataclass(frozen=True, slots=True)
class Doing:
    """What a party does in a solution, in the words of `Kinds.made`."""

    dropped: tuple[int, ...]
    cleared: tuple[int, ...]
    order: tuple[int, ...]
    taken: tuple[Concern, ...]
    gaps: tuple[int, ...]
    promised: tuple[tuple[int, Contract], ...]
    clout: tuple[tuple[str, str], ...]


class Wishes:
    """What one party may change of what it wants, as literals.

    Its items are numbered: what it promises by the approach, promises, new concerns and old ones, all its own; then
    what it takes over from patrons; then what it shares with partners, its own part of that too.

    Parameters
    ----------
    formula : Formula
    kinds : Kinds
    party : str
    promised : sequence of Tree
        What it promises by the approach, over option indices.
    bound : callable
        Turns a statement's tree into one over option indices.
    promise : callable
        Turns a contract into what keeping it asks, over option indices.
    free : bool
        Whether a concern taken up may stand anywhere. Else it stands first: where one state is sought, a concern that
        is true in it counts most there, and one that is not is of no use.
    """

    def __init__(
        self, formula: Formula, kinds: Kinds, party: str, promised: Sequence[Tree], bound: Any, promise: Any, free: bool
    ) -> None:
        self.formula, self.kinds, self.party, self.free = formula, kinds, party, free
        self.concerns = kinds.case.party(party).concerns or ()
        costs = kinds.costs
        own = kinds.case.party(party).concerns is not None
        self.offered = kinds.offered(party) if own and "add" in costs else []
        self.contracts = kinds.promises(party) if own and "promise" in costs else []
        self.taken: Sequence[Taken] = ()
        self.block: Block | None = None
        self.own_trees: tuple[Tree, ...] = (
            *promised,
            *(promise(contract) for contract in self.contracts),
            *(bound(concern.want.tree) for concern in (*self.offered, *self.concerns)),
        )
        self.first_vow = len(promised)
        self.first_new = self.first_vow + len(self.contracts)
        self.first_old = self.first_new + len(self.offered)
        self.first_taken = self.first_shared = len(self.own_trees)
        edit = formula.edit
        self.vows = [edit(("promise", party, c.paid), costs["promise"], party) for c in self.contracts]
        self.adds = [edit(("add", party, str(c.want)), costs["add"], party) for c in self.offered]
        places = range(len(self.concerns))
        self.drops = [edit(("drop", party, str(n)), costs["drop"], party) for n in places] if "drop" in costs else []
        cleared = [n for n in places if self.concerns[n].core] if "core" in costs else []
        self.clears = {n: edit(("core", party, str(n)), costs["core"], party) for n in cleared}
        for a, b in combinations(range(len(self.vows)), 2):
            if self.contracts[a].paid == self.contracts[b].paid:
                formula.need([-self.vows[a], -self.vows[b]])
        self.clouts: dict[tuple[str, str], int] = {}
        self._before: dict[tuple[int, int], int] = {}
        self._standing: dict[tuple[int, int], int] = {}
        self._covered: dict[Requirement, int] = {}
        self._met: dict[frozenset[Requirement], int] = {}
        self._ordered = False

    def defer(self, taken: Sequence[Taken]) -> None:
        """Put what the party takes over from patrons before all of its own, before anything is asked."""
        self.taken = taken
        self.own_trees += tuple(each.tree for each in taken)
        self.first_shared = len(self.own_trees)

    @property
    def trees(self) -> tuple[Tree, ...]:
        """What each item that the party has or may have says, over option indices."""
        return (*self.own_trees, *(() if self.block is None else self.block.trees))

    def unmet(self, place: int) -> list[int]:
        """Return the literals by which a core concern that is not met no longer counts."""
        return [*self.drops[place : place + 1], *([self.clears[place]] if place in self.clears else [])]

    def there(self, item: int) -> int:
        """Return a literal that is true exactly where the party has an item."""
        if item < self.first_vow:
            return YES
        if item < self.first_new:
            return self.vows[item - self.first_vow]
        if item < self.first_old:
            return self.adds[item - self.first_new]
        if item < self.first_taken:
            place = item - self.first_old
            return -self.drops[place] if self.drops else YES
        if item < self.first_shared:
            return self.taken[item - self.first_taken].there
        assert self.block is not None
        return self.block.kept(item - self.first_shared)

    def gone(self, item: int) -> list[int]:
        """Return the literal by which the party does not have an item, none where it always has it."""
        there = self.there(item)
        return [] if there == YES else [-there]

    def cleared(self, item: int) -> int:
        """Return the literal by which a party no longer counts one of its concerns as core."""
        return self.clears.get(item - self.first_old, NO)

    def paid(self, item: int) -> str:
        """Return which option an item promises; "" where it is no promise."""
        return self.contracts[item - self.first_vow].paid if self.first_vow <= item < self.first_new else ""

    def gains_clout(self, key: str) -> list[int]:
        """Return the literals by which someone at the table gains clout over one of the party's options."""
        if "clout" not in self.kinds.costs or self.party in self.kinds.case.at_table:
            return []
        found = []
        for of in self.kinds.case.at_table:
            if (of, key) not in self.clouts:
                atom = ("clout", of, self.party, key)
                self.clouts[of, key] = self.formula.edit(atom, self.kinds.costs["clout"], of)
            found.append(self.clouts[of, key])
        return found

    def met(self, requirements: frozenset[Requirement]) -> int:
        """Return a literal under which all requirements are met."""
        if not requirements:
            return YES
        if requirements not in self._met:
            literal = self._met[requirements] = self.formula.new()
            for requirement in requirements:
                self.formula.implies(literal, self.covered(requirement))
        return self._met[requirements]

    def covered(self, requirement: Requirement) -> int:
        """Return a literal under which one requirement is met."""
        if requirement not in self._covered:
            gained, lost = requirement
            literal = self._covered[requirement] = self.formula.new()
            standing = [self.standing(item, gained) for item in sorted(lost)]
            self.formula.need([-literal, *self.gone(gained), *standing])
        return self._covered[requirement]

    def rising(self, gained: Sequence[int], lost: Sequence[int]) -> list[int]:
        """Return literals under one of which a move that brings and takes away some items improves."""
        found = []
        for item in gained:
            literal = self.formula.new()
            self.formula.need([-literal, self.there(item)])
            for other in lost:
                self.formula.need([-literal, *self.gone(other), self.standing(item, other)])
            found.append(literal)
        return found

    def standing(self, item: int, before: int) -> int:
        """Return a literal under which the party has an item, and has it before another one."""
        first, second = self._rank(item), self._rank(before)
        if first != second:
            return self.there(item) if first < second else NO
        if self.block is not None and first == SHARED:
            return self.block.standing(item - self.first_shared, before - self.first_shared)
        if not self.free and first == OWN and min(item, before) < self.first_old:
            return self.there(item) if item < self.first_old <= before else NO
        if (item, before) not in self._standing:
            there, order = self.there(item), self.order(item, before)
            if order in (NO, YES) or there == YES:
                literal = NO if order == NO else order if there == YES else there
            else:
                literal = self.formula.new()
                for each in (there, order):
                    self.formula.need([-literal, each])
            self._standing[item, before] = literal
        return self._standing[item, before]

    def _rank(self, item: int) -> int:
        """Return to which of the parts of a party's list an item belongs; each stands before the next."""
        if item >= self.first_taken:
            return TAKEN if item < self.first_shared else SHARED
        return PROMISED if item < self.first_vow else VOWED if item < self.first_new else OWN

    def order(self, item: int, before: int) -> int:
        """Return a literal that is true exactly where an item that is not shared stands before another such one."""
        first, second = self._rank(item), self._rank(before)
        if first != second:
            return YES if first < second else NO
        if first == TAKEN:
            one, two = sorted((item, before))
            literal = self.taken[one - self.first_taken].order(self.taken[two - self.first_taken])
            return literal if item < before else -literal
        if first != OWN or ("swap" not in self.kinds.costs and min(item, before) >= self.first_old):
            return YES if item < before else NO
        if not self._ordered:
            self._order()
        return self._before[item, before] if item < before else -self._before[before, item]

    def _order(self) -> None:
        """Add one order of all items of the party's own; each pair of old ones that changes places costs a swap."""
        self._ordered = True
        formula, first = self.formula, self.first_new if self.free else self.first_old
        items = range(first, self.first_old + len(self.concerns))
        for pair in combinations(items, 2):
            self._before[pair] = formula.new()
        for a, b, c in combinations(items, 3):
            ab, bc, ac = self._before[a, b], self._before[b, c], self._before[a, c]
            formula.hard += [[-ab, -bc, ac], [ab, bc, -ac]]
        for a, b in combinations(range(len(self.concerns)), 2):
            stays = self._before[a + self.first_old, b + self.first_old]
            if "swap" not in self.kinds.costs:
                formula.need([stays])
                continue
            swapped = formula.edit(("swap", self.party, str(b), str(a)), self.kinds.costs["swap"], self.party)
            formula.need([stays, swapped, *self.drops[a : a + 1], *self.drops[b : b + 1]])

    def doing(self, true: frozenset[int]) -> Doing:
        """Return what the party does in a solution, given the literals that are true in it."""
        dropped = tuple(place for place, literal in enumerate(self.drops) if literal in true)
        kept = [place for place in range(len(self.concerns)) if place not in dropped]
        taken = [number for number, literal in enumerate(self.adds) if literal in true]
        items = [*(place + self.first_old for place in kept), *(number + self.first_new for number in taken)]

        def earlier(item: int) -> int:
            return sum(1 for other in items if other != item and self._comes_first(other, item, true))

        old = sorted((item for item in items if item >= self.first_old), key=earlier)
        new = sorted((item for item in items if item < self.first_old), key=earlier)
        gaps = [sum(1 for other in old if self._comes_first(other, item, true)) for item in new]
        return Doing(
            dropped,
            tuple(place for place, literal in self.clears.items() if literal in true and place not in dropped),
            tuple(item - self.first_old for item in old),
            tuple(self.offered[item - self.first_new] for item in new),
            tuple(gaps),
            tuple((n, self.contracts[n]) for n, literal in enumerate(self.vows) if literal in true),
            tuple(pair for pair, literal in self.clouts.items() if literal in true),
        )

    def _comes_first(self, item: int, other: int, true: frozenset[int]) -> bool:
        if not self._ordered or (not self.free and min(item, other) < self.first_old):
            return item < other
        return self._before[item, other] in true if item < other else self._before[other, item] not in true
