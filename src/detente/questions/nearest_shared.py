"""This module owns shared core concerns as clauses: in which order a party has its own and its partners' among them.

The own r-th core concern stands before the partners' r-th, those in the order in which the partners are listed; after
all of them comes what the party has alone (`detente.model.shared`). So of two core concerns of different parties, that
stands first which has fewer of its own party's before it, and how many these are depends on what that party drops, no
longer counts as core, and swaps.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from detente.model.case import Approach
from detente.model.statements import Tree
from detente.questions.nearest_literals import NO, YES, Formula

if TYPE_CHECKING:
    from detente.questions.nearest_formula import Wishes


def partners(approach: Approach, party: str) -> tuple[str, ...]:
    """Return with whom a party shares its core concerns, in the order in which they are listed."""
    clauses = [clause for clause in approach.shared_concerns if party in clause.parties]
    return tuple(dict.fromkeys(other for clause in clauses for other in clause.parties if other != party))


@dataclass(eq=False)
class Core:
    """A party's core concerns in the order that it gives them.

    Parameters
    ----------
    formula : Formula
    wishes : Wishes
    """

    formula: Formula
    wishes: "Wishes"
    _kept: dict[int, int] = field(default_factory=dict)
    _behind: dict[int, list[int]] = field(default_factory=dict)

    @property
    def places(self) -> list[int]:
        """Where the party has core concerns, as the case is written."""
        return [place for place, concern in enumerate(self.wishes.concerns) if concern.core]

    def kept(self, place: int) -> int:
        """Return a literal that is true exactly where the concern at a place is kept, and core."""
        if place not in self._kept:
            without = self.wishes.unmet(place)
            literal = self.formula.new() if without else YES
            for each in without:
                self.formula.need([-literal, -each])
            self.formula.need([literal, *without])
            self._kept[place] = literal
        return self._kept[place]

    def behind(self, place: int, number: int) -> int:
        """Return a literal that is true exactly where at least so many kept core concerns stand before one."""
        if place not in self._behind:
            self._behind[place] = self._counted(place)
        counts = self._behind[place]
        return YES if number <= 0 else NO if number > len(counts) else counts[number - 1]

    def _counted(self, place: int) -> list[int]:
        """Count by a sequential counter (Sinz 2005, CP), each literal equivalent to what it says."""
        formula, first = self.formula, self.wishes.first_old
        counts: list[int] = []
        for other in self.places:
            if other == place:
                continue
            here = formula.conjunction([self.kept(other), self.wishes.order(other + first, place + first)])
            before = [YES, *counts, NO]
            counts = [
                formula.disjunction([before[n + 1], formula.conjunction([before[n], here])])
                for n in range(len(counts) + 1)
            ]
        return counts


@dataclass(eq=False)
class Block:
    """What a party puts first where it shares core concerns: its own and its partners', the own first.

    Parameters
    ----------
    formula : Formula
    owners : sequence of Core
        The party's own core concerns, then each partner's.
    """

    formula: Formula
    owners: Sequence[Core]
    _standing: dict[tuple[int, int], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.items = [(number, place) for number, owner in enumerate(self.owners) for place in owner.places]

    @property
    def trees(self) -> list[Tree]:
        """What each item says, over option indices."""
        owners = [owner.wishes for owner in self.owners]
        return [owners[number].own_trees[place - len(owners[number].concerns)] for number, place in self.items]

    def kept(self, item: int) -> int:
        """Return the literal that an item is kept, and core."""
        number, place = self.items[item]
        return self.owners[number].kept(place)

    def standing(self, item: int, before: int) -> int:
        """Return a literal under which an item is there and stands before another one."""
        if (item, before) not in self._standing:
            literal = self._standing[item, before] = self.formula.new()
            for each in (self.kept(item), self._order(item, before)):
                self.formula.need([-literal, each])
        return self._standing[item, before]

    def _order(self, item: int, before: int) -> int:
        (number, place), (other, there) = self.items[item], self.items[before]
        one, two = self.owners[number], self.owners[other]
        if number == other:
            first = one.wishes.first_old
            return one.wishes.order(place + first, there + first)
        literal, later = self.formula.new(), int(number > other)
        for count in range(len(one.places)):
            self.formula.need([-literal, -one.behind(place, count), two.behind(there, count + later)])
        return literal
