"""This module owns what a party takes over from others as clauses: in which order it has its own and their concerns.

Where concerns are shared, the own r-th stands before the partners' r-th, those in the order in which the partners are
listed (`detente.model.shared`). So of two items of different parties, that stands first which has fewer of its own
party's before it, and how many these are depends on what that party drops, takes up, promises, no longer counts as
core, and swaps. A client that defers to a patron's concerns has them in the patron's order, before all its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from detente.model.case import Approach
from detente.model.statements import Tree
from detente.questions.nearest_literals import NO, YES, Formula

if TYPE_CHECKING:
    from detente.questions.nearest_formula import Wishes

CORE, ALL = "core", "all"


def kinds_of_sharing(approach: Approach, party: str) -> list[tuple[str, str]]:
    """Return which concerns a party shares and in which order, as pairs; usually one."""
    return list(dict.fromkeys((c.which, c.order) for c in approach.shared_concerns if party in c.parties))


def partners(approach: Approach, party: str) -> tuple[str, ...]:
    """Return with whom a party shares its concerns, in the order in which they are listed."""
    clauses = [clause for clause in approach.shared_concerns if party in clause.parties]
    return tuple(dict.fromkeys(other for clause in clauses for other in clause.parties if other != party))


@dataclass(eq=False)
class Ranked:
    """Items that a party has of its own, in the order that it gives them.

    Parameters
    ----------
    formula : Formula
    wishes : Wishes
    which : str
        core: its core concerns; all: everything.
    whole : bool
        Whether what it takes over from patrons is among everything.
    """

    formula: Formula
    wishes: "Wishes"
    which: str = CORE
    whole: bool = True
    _kept: dict[int, int] = field(default_factory=dict)
    _behind: dict[int, list[int]] = field(default_factory=dict)

    @cached_property
    def items(self) -> list[int]:
        """The items, by the party's numbers; in the order of the case as written."""
        wishes = self.wishes
        if self.which == CORE:
            return [wishes.first_old + place for place, concern in enumerate(wishes.concerns) if concern.core]
        own = range(wishes.first_taken)
        return [*(range(wishes.first_taken, wishes.first_shared) if self.whole else ()), *own]

    @cached_property
    def _slots(self) -> list[list[int]]:
        """The items, those of which the party never has two together: promises of the same option."""
        found: dict[object, list[int]] = {}
        for item in self.items:
            found.setdefault(self.wishes.paid(item) or item, []).append(item)
        return list(found.values())

    def kept(self, item: int) -> int:
        """Return a literal that is true exactly where the party has an item, and (core) counts it as core."""
        if item not in self._kept:
            there = self.wishes.there(item)
            cleared = self.wishes.cleared(item) if self.which == CORE else NO
            self._kept[item] = self.formula.conjunction([there, -cleared])
        return self._kept[item]

    def order(self, item: int, before: int) -> int:
        """Return a literal that is true exactly where one item stands before another, if both are kept."""
        return self.wishes.order(item, before)

    def behind(self, item: int, number: int) -> int:
        """Return a literal that is true exactly where at least so many kept items stand before one."""
        if item not in self._behind:
            self._behind[item] = self._counted(item)
        counts = self._behind[item]
        return YES if number <= 0 else NO if number > len(counts) else counts[number - 1]

    def _counted(self, item: int) -> list[int]:
        """Count by a sequential counter (Sinz 2005, CP), each literal equivalent to what it says."""
        formula = self.formula
        counts: list[int] = []
        for slot in self._slots:
            first = self.order(slot[0], item) if item not in slot else NO
            if first == NO:
                continue
            here = formula.conjunction([formula.disjunction([self.kept(other) for other in slot]), first])
            before = [YES, *counts, NO]
            counts = [
                formula.disjunction([before[n + 1], formula.conjunction([before[n], here])])
                for n in range(len(counts) + 1)
            ]
        return counts

    @property
    def most(self) -> int:
        """How many items may stand before one."""
        return len(self._slots)


@dataclass(frozen=True, slots=True)
class Taken:
    """Something that a client takes over from a patron, before all its own concerns.

    Parameters
    ----------
    tree : Tree
        What it says then, over option indices.
    place : int
        By which clause.
    source : Ranked or None
        Among what the patron has it; None for a demand, which is always there.
    item : int
        Which of these.
    """

    tree: Tree
    place: int
    source: Ranked | None = None
    item: int = 0

    @property
    def there(self) -> int:
        """A literal that is true exactly where the client has it."""
        return YES if self.source is None else self.source.kept(self.item)

    def order(self, other: "Taken") -> int:
        """Return a literal that is true exactly where it stands before another one that comes later in the case."""
        if self.place == other.place and self.source is not None:
            return self.source.order(self.item, other.item)
        return YES


@dataclass(eq=False)
class Block:
    """What a party puts first where it shares concerns: its own and its partners', the own first.

    Parameters
    ----------
    formula : Formula
    owners : sequence of Ranked
        The party's own, then each partner's.
    """

    formula: Formula
    owners: Sequence[Ranked]
    _standing: dict[tuple[int, int], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.items = [(number, item) for number, owner in enumerate(self.owners) for item in owner.items]

    @property
    def trees(self) -> list[Tree]:
        """What each item says, over option indices."""
        return [self.owners[number].wishes.own_trees[item] for number, item in self.items]

    def kept(self, item: int) -> int:
        """Return the literal that an item is kept."""
        number, own = self.items[item]
        return self.owners[number].kept(own)

    def standing(self, item: int, before: int) -> int:
        """Return a literal under which an item is there and stands before another one."""
        if (item, before) not in self._standing:
            literal = self._standing[item, before] = self.formula.new()
            for each in (self.kept(item), self._order(item, before)):
                self.formula.need([-literal, each])
        return self._standing[item, before]

    def _order(self, item: int, before: int) -> int:
        (number, own), (other, theirs) = self.items[item], self.items[before]
        one, two = self.owners[number], self.owners[other]
        if number == other:
            return one.order(own, theirs)
        literal, later = self.formula.new(), int(number > other)
        for count in range(one.most + 1):
            self.formula.need([-literal, -one.behind(own, count), two.behind(theirs, count + later)])
        return literal


def encodable(approach: Approach) -> bool:
    """Return whether clauses can say what each party wants under an approach.

    They cannot where one party shares its concerns in two ways at once: the second way counts places in the list that
    the first one made, without the statements that it repeats.
    """
    parties = {party for clause in approach.shared_concerns for party in clause.parties}
    return all(len(kinds_of_sharing(approach, party)) < 2 for party in parties)


def plain(approach: Approach) -> bool:
    """Return whether an approach leaves the place and the terms of what a party takes up and promises without effect on
    others: nobody shares more than core concerns, or defers to more than a patron's core concerns."""
    shared = all((clause.which, clause.order) == (CORE, "") for clause in approach.shared_concerns)
    return shared and not any(clause.on == (ALL,) for clause in approach.deference)
