"""This module owns the check of common ground: which goals parties share, stated or other things equal, and where they
part, told again from the states and concerns of the case as written.

A party prefers something other things equal if, of any two possible states that differ in that option only, it never
prefers the one without it, and in some pair prefers the one with it (von Wright 1963). A goal is shared by everybody,
or by all counted parties, who state it as a concern or prefer it other things equal. Two counted parties part over what
one wants and the other wants not.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from detente.model.case import Concern, Option
from detente.verification.findings import Finding, found
from detente.verification.outlooks import label
from detente.verification.statements import Tree, meaning, mentioned
from detente.verification.worlds import Worlds

NOWHERE = 1_000_000
Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Goal:
    """What several parties want: as whatever it may be called, who states it as which concern, and who prefers it."""

    names: frozenset[str]
    stated: Mapping[str, int]
    implied: tuple[str, ...]
    parties: tuple[str, ...]

    @property
    def height(self) -> tuple[int, int]:
        """Its highest place among anybody's concerns, and how many want it: smaller is better."""
        return min(self.stated.values(), default=NOWHERE), -len(self.parties)


@dataclass(frozen=True, slots=True)
class Parting:
    """What one party wants and another wants not, and the concerns behind that."""

    names: frozenset[str]
    wants: str
    against: str
    concerns: Mapping[str, int]


class Common:
    """What parties want, by the case as written."""

    def __init__(self, worlds: Worlds) -> None:
        self.case, self.survey = worlds.case, worlds.survey("none")
        self.world = self.survey.world

    @cached_property
    def stated(self) -> dict[Tree, dict[str, tuple[int, Concern]]]:
        """Who states what, by meaning: each party's highest concern that says so, counted from 1."""
        told: dict[Tree, dict[str, tuple[int, Concern]]] = {}
        for party in self.case.parties:
            for number, concern in enumerate(party.concerns or (), 1):
                tree = meaning(concern.want.text, self.case, concern.want.party)
                told.setdefault(tree, {}).setdefault(party.id, (number, concern))
        return told

    @cached_property
    def pairs(self) -> dict[str, list[tuple[str, str]]]:
        """For every option, the states that differ in nothing else: with less of it, and with the next more."""
        found_: dict[str, list[tuple[str, str]]] = {}
        for place, key in enumerate(self.world.keys):
            alike: dict[str, list[str]] = {}
            for word in self.survey.states:
                if word[place] != "-":
                    alike.setdefault(f"{word[:place]} {word[place + 1 :]}", []).append(word)
            rank = self.world.letters[place].index
            lines = (sorted(words, key=lambda word: rank(word[place])) for words in alike.values())
            found_[key] = [pair for line in lines for pair in pairwise(line)]
        return found_

    @cached_property
    def wished(self) -> dict[Tree, tuple[str, ...]]:
        """Who prefers an option taken, or not taken, other things equal."""
        worth = self.world.worth
        found_: dict[Tree, list[str]] = {}
        for key, pairs in self.pairs.items():
            for party in self.case.party_ids:
                worths = [(worth(party, less, own=True), worth(party, more, own=True)) for less, more in pairs]
                up, down = any(b > a for a, b in worths), any(b < a for a, b in worths)
                if up is not down:
                    found_.setdefault(("is", key) if up else ("not", ("is", key)), []).append(party)
        return {tree: tuple(parties) for tree, parties in found_.items()}

    def goals(self) -> Iterator[Goal]:
        """Yield what at least two parties want."""
        for tree in dict.fromkeys((*self.wished, *self.stated)):
            places, implied = self.stated.get(tree, {}), self.wished.get(tree, ())
            parties = tuple(id for id in self.case.party_ids if id in places or id in implied)
            if len(parties) > 1:
                stated = {id: number for id, (number, _) in places.items()}
                yield Goal(self._names(tree, [concern for _, concern in places.values()]), stated, implied, parties)

    def partings(self) -> Iterator[Parting]:
        """Yield what one counted party wants and another wants not, other things equal or by saying so."""
        seen = set()
        for tree, wanting in self.wished.items():
            for one, other in self._counted(wanting if tree[0] == "is" else (), self.wished.get(negated(tree), ())):
                seen.add((one, other, tree))
                behind = {one: self._behind(one, tree), other: self._behind(other, negated(tree))}
                concerns = {id: number for id, number in behind.items() if number}
                yield Parting(self._names(tree, []), one, other, concerns)
        for tree, places in self.stated.items():
            opposite = self.stated.get(negated(tree), {})
            for one, other in self._counted(tuple(places) if tree[0] != "not" else (), tuple(opposite)):
                if (one, other, tree) not in seen:
                    concerns = {one: places[one][0], other: opposite[other][0]}
                    yield Parting(self._names(tree, [places[one][1]]), one, other, concerns)

    def _counted(self, wanting: Sequence[str], against: Sequence[str]) -> list[tuple[str, str]]:
        counted = self.case.counted
        return [(one, other) for one in wanting for other in against if one in counted and other in counted]

    def _behind(self, party: str, tree: Tree) -> int:
        """Return which concern of a party states something, else the first on which a change of it alone makes a
        difference; 0 where there is none."""
        if party in self.stated.get(tree, {}):
            return self.stated[tree][party][0]
        key = (tree if tree[0] == "is" else tree[1])[1]
        for number, concern in enumerate(self.case.party(party).concerns or (), 1):
            reading = self.world.reading(concern.want.text, concern.want.party)
            if key in mentioned(str(concern.want), self.case) and any(
                self.world.holds(reading, less) is not self.world.holds(reading, more) for less, more in self.pairs[key]
            ):
                return number
        return 0

    def _names(self, tree: Tree, concerns: Sequence[Concern]) -> frozenset[str]:
        """Return what a goal may be called: as a concern that states it, or by its option."""
        positive = tree[1] if tree[0] == "not" else tree
        names = {label(concern) for concern in concerns}
        if positive[0] == "is" and len(positive) == 2:
            names.add(_called(self.case.option(positive[1]), tree[0] == "is"))
        return frozenset(names)


def _called(option: Option, more: bool) -> str:
    sign = ("more of " if more else "less of ") if option.levels else ("" if more else "no ")
    return f"{sign}{option.label}"


def negated(tree: Tree) -> Tree:
    """Return what says the opposite."""
    return tree[1] if tree[0] == "not" else ("not", tree)


def check_common(worlds: Worlds, told: Told) -> Iterator[Finding]:
    """Yield what is found of the common ground on a page."""
    yield found("common ground: what is shared", _fault_in_shared, worlds, told)
    yield found("common ground: where they part", _fault_in_apart, worlds, told["apart"])


def _fault_in_shared(worlds: Worlds, told: Told) -> str:
    case, goals = worlds.case, list(Common(worlds).goals())
    counted, everybody = set(case.counted), len(case.parties)

    def whole(goal: Goal) -> bool:
        return len(goal.parties) == everybody or (counted <= set(goal.parties) and len(counted) > 1)

    def sharing(goal: Goal) -> int:
        return len(counted & set(goal.parties))

    shared = sorted(filter(whole, goals), key=lambda goal: (len(goal.parties) < everybody, goal.height))
    some = [goal for goal in goals if not whole(goal) and goal.stated and sharing(goal) > 1]
    some.sort(key=lambda goal: (-sharing(goal), goal.height))
    for name, right in (("shared", shared), ("shared by some", some)):
        keys = [(len(goal.parties) < everybody if name == "shared" else -sharing(goal), goal.height) for goal in right]
        if fault := _matched(told[name], right, keys, lambda goal: {
            "parties": list(goal.parties),
            "everybody": len(goal.parties) == everybody,
            "other things equal": list(goal.implied),
            "concerns": dict(goal.stated),
        }, "goal"):  # fmt: skip
            return f"{name}: {fault}"
    return ""


def _fault_in_apart(worlds: Worlds, told: Sequence[Told]) -> str:
    case, right = worlds.case, list(Common(worlds).partings())

    def key(parting: Parting) -> tuple[bool, tuple[int, ...]]:
        numbers = [parting.concerns.get(id, NOWHERE) for id in (parting.wants, parting.against)]
        core = any((case.party(id).concerns or ())[number - 1].core for id, number in parting.concerns.items())
        return not core, tuple(sorted(numbers))

    right.sort(key=key)
    return _matched(told, right, [key(each) for each in right], lambda parting: {
        "wants": parting.wants,
        "against": parting.against,
        "concerns": dict(parting.concerns),
    }, "over")  # fmt: skip


def _matched(told: Sequence[Told], right: Sequence[Any], keys: Sequence[Any], data: Any, called: str) -> str:
    """Match what is told with what was derived, in order; those that tie may stand in any order."""
    left = list(range(len(right)))
    for place, each in enumerate(told):
        rest = {key: value for key, value in each.items() if key != called}
        match = next((n for n in left if each[called] in right[n].names and data(right[n]) == rest), None)
        if match is None:
            return f"{each[called]!r} is not so"
        if keys[match] != keys[place]:
            return f"{each[called]!r} does not stand in its place"
        left.remove(match)
    return f"{min(right[left[0]].names, default='something')!r} is not told" if left else ""
