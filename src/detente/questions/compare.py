"""This module owns how two cases, or one case under two approaches, differ: in what is written and in the answers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from detente.engine.interface import Definition, StateSet
from detente.errors import DetenteError
from detente.game import Setting, setting
from detente.look.summary import Block, Summary, Table, counted
from detente.model.case import Case
from detente.model.statements import Compare
from detente.questions import wording
from detente.questions.contradictory import Contradiction
from detente.questions.demands import demands
from detente.questions.differences import Difference, Names, differences
from detente.questions.result import Made, Result, made
from detente.questions.sharing import Pair, Shared

SHOWN = 40
STATES_SHOWN = 6


@dataclass(frozen=True, repr=False)
class Comparison(Result):
    """How two cases, or one case under two approaches, differ.

    Parameters
    ----------
    made, made_second : Made
        How each side was made.
    first, second : Setting
        The two sides.
    names : tuple of two str
        How the sides are named in sentences: ``in the first``, ``under the approach ‘shared’``.
    """

    made: Made
    made_second: Made
    first: Setting = field(compare=False)
    second: Setting = field(compare=False)
    names: Names

    @cached_property
    def differences(self) -> list[Difference]:
        """What differs in the cases as written, or as the two approaches rewrite the one."""
        return differences(self.first.rewritten, self.second.rewritten, self.names)

    @cached_property
    def pair(self) -> Pair:
        """The two sides, and how their states are compared."""
        return Pair(self.first, self.second)

    @cached_property
    def equilibria(self) -> Mapping[str, Shared] | None:
        """The equilibria of both sides under each definition; None where their states cannot be compared."""
        return {d.value: self.pair.shared(d) for d in Definition} if self.pair.comparable else None

    @cached_property
    def core_met(self) -> tuple[Mapping[str, Mapping[str, str]], Mapping[str, Mapping[str, str]]]:
        """For each side, each party's core concerns: met in all, some or none of the states that hold by themselves."""
        return _core_met(self.first), _core_met(self.second)

    @cached_property
    def clashes(self) -> tuple[list[Contradiction], list[Contradiction], list[Contradiction]]:
        """The contradictions of demands in both, only in the first and only in the second, by demands and kind."""
        sides = [
            {
                (frozenset(found.demands), found.kind): found
                for found in demands(side.case, side.approach).contradictions
            }
            for side in (self.first, self.second)
        ]
        both = [found for key, found in sides[0].items() if key in sides[1]]
        alone = [[found for key, found in a.items() if key not in b] for a, b in (sides, sides[::-1])]
        return both, alone[0], alone[1]

    @cached_property
    def accommodating(self) -> tuple[int, int]:
        """For each side, how many states that hold by themselves meet every counted party's core concerns."""
        return _accommodating(self.first), _accommodating(self.second)

    def data(self) -> dict[str, Any]:
        shared = self.equilibria
        return {
            "first": self.made.data() | {"feasible": self.first.game.feasible().count()},
            "second": self.made_second.data() | {"feasible": self.second.game.feasible().count()},
            "differences": [
                {"item": found.item, "where": found.where, "text": found.text} for found in self.differences
            ],
            "compared by": [option.key for option in self.pair.options],
            "equilibria": shared
            and {
                definition: {
                    "counts": list(found.counts),
                    "both": list(found.both),
                    "only first": list(found.first),
                    "only second": list(found.second),
                    "complete": found.complete,
                }
                for definition, found in shared.items()
            },
            "contradictions": {
                where: [{"demands": list(found.demands), "kind": found.kind} for found in clashes]
                for where, clashes in zip(("both", "only first", "only second"), self.clashes, strict=True)
            },
            "core concerns met": {
                side: {party: dict(met) for party, met in of_side.items()}
                for side, of_side in zip(("first", "second"), self.core_met, strict=True)
            },
            "accommodating by themselves": list(self.accommodating),
        }

    def rows(self) -> list[dict[str, Any]]:
        """Return one row a difference, first what is written, then what holds."""
        rows: list[dict[str, Any]] = [
            {"what": found.item, "where": found.where, "text": found.text} for found in self.differences
        ]
        for definition, found in (self.equilibria or {}).items():
            for where, states in (("first", found.first), ("second", found.second)):
                rows += [{"what": f"{definition} equilibrium", "where": where, "text": state} for state in states]
        for where, clashes in (("first", self.clashes[1]), ("second", self.clashes[2])):
            rows += [{"what": f"{found.kind} contradiction", "where": where, "text": found.text} for found in clashes]
        return rows

    def summary(self) -> Summary:
        one_case = self.first.case is self.second.case
        prints = self.made.fingerprint, self.made_second.fingerprint
        return Summary(
            f"What differs: {self.made.title if one_case else f'{self.made.title} / {self.made_second.title}'}",
            "" if one_case else f"the first: case {prints[0]}; the second: case {prints[1]}",
            (
                Block("What the approaches change" if one_case else "What is written", tuple(self._written())),
                Block("What holds", tuple(self._held())),
                *([Block("Demands that clash", tuple(self._clashing()))] if self._demands else []),
                Block("Core concerns", tuple(self._core())),
                Block("", tuple(dict.fromkeys([self.made.line(), self.made_second.line()]))),
            ),
        )

    def _written(self) -> Iterator[str]:
        if not self.differences:
            yield "Nothing that could change an answer."
        for found in self.differences[:SHOWN]:
            yield found.text
        if len(self.differences) > SHOWN:
            yield f"... and {len(self.differences) - SHOWN:,} more; --format csv lists all."

    def _held(self) -> Iterator[str | Table]:
        shared = self.equilibria
        if shared is None:
            yield "The two cases have no option in common, so their states cannot be compared."
            return
        if self.pair.said:
            yield self.pair.said
        rows = []
        for definition, found in shared.items():
            cells = (*found.counts, len(found.both))
            rows.append((definition, *(f"{number:,}" for number in cells)))
        first, second = self.names
        yield Table(("equilibria", first, second, "in both"), tuple(rows))
        nash = shared[Definition.NASH.value]
        for name, states, side in ((first, nash.first, self.first), (second, nash.second, self.second)):
            if states:
                yield f"Only {name} {_hold(len(states))} (Nash): {_some(states)}."
                yield from (f"  {line}" for line in self._example(states[0], side))
        yield from self._options_differ()
        if not nash.first and not nash.second and nash.both:
            yield f"The same states hold by themselves (Nash): {_some(nash.both)}."

    def _options_differ(self) -> Iterator[Table]:
        """Yield the options that are taken more often on one side, among the states that hold by themselves."""
        rows = []
        for option in self.pair.options:
            shares = [_taken(side, option.key) for side in (self.first, self.second)]
            if shares[0] != shares[1] and "nothing holds" not in shares:
                rows.append((self.first.case.party(option.party).label, option.label, *shares))
        if rows:
            yield Table(("", "", *self.names), tuple(rows), "Options taken in the states that hold by themselves")

    def _example(self, text: str, side: Setting) -> Iterator[str]:
        """Say the first of the states in words, where the side's own words are used."""
        if side.case.options and self.pair.whole:
            yield f"{text}: {wording.doing(side, self.pair.state(text, side))}."

    def _label(self, party: str) -> str:
        return next(p.label for side in (self.first, self.second) for p in side.case.parties if p.id == party)

    @property
    def _demands(self) -> bool:
        return bool(self.first.case.demands or self.second.case.demands)

    def _clashing(self) -> Iterator[str]:
        both, first, second = self.clashes
        for name, clashes in ((f"Only {self.names[0]}", first), (f"Only {self.names[1]}", second)):
            yield from (f"{name}: {found.text}" for found in clashes[:STATES_SHOWN])
            if len(clashes) > STATES_SHOWN:
                yield f"... and {len(clashes) - STATES_SHOWN:,} more; --format csv lists all."
        if both:
            yield f"{counted(len(both), 'contradiction')} in both."
        elif not first and not second:
            yield "None, in either."

    def _core(self) -> Iterator[str | Table]:
        one, other = self.core_met
        if not any(one.values()) and not any(other.values()):
            yield "No party has core concerns."
            return
        rows = []
        for party in dict.fromkeys([*one, *other]):
            mine, theirs = one.get(party, {}), other.get(party, {})
            rows += [
                (self._label(party), concern, mine.get(concern, "–"), theirs.get(concern, "–"))
                for concern in dict.fromkeys([*mine, *theirs])
                if mine.get(concern) != theirs.get(concern)
            ]
        if rows:
            title = "Core concerns met in all, some or none of the states that hold by themselves (–: not core)"
            yield Table(("party", "concern", *self.names), tuple(rows), title)
        else:
            yield "The same core concerns are met, in as many ways, in the states that hold by themselves."
        counts = [counted(count, "state") for count in self.accommodating]
        yield (
            f"Holding by themselves and meeting every core concern that counts: {counts[0]} {self.names[0]}, "
            f"{counts[1]} {self.names[1]}."
        )


def _named(side: Setting) -> str:
    return wording.approach(side).replace("the approach ", "")


def _hold(count: int) -> str:
    return "1 state holds by itself" if count == 1 else f"{count:,} states hold by themselves"


def _some(states: Sequence[str]) -> str:
    return ", ".join(states[:STATES_SHOWN]) + (", ..." if len(states) > STATES_SHOWN else "")


def _core_met(side: Setting) -> dict[str, dict[str, str]]:
    nash = side.equilibria(Definition.NASH)
    return {
        party.id: {concern.label: _share(nash & side.where(concern.want), nash)
                      for concern in party.concerns or () if concern.core}
        for party in side.case.parties
    }  # fmt: skip


def _taken(side: Setting, key: str) -> str:
    nash = side.equilibria(Definition.NASH)
    share = _share(nash & side.where(Compare(key)), nash)
    return {"all": "always", "some": "sometimes", "none": "never"}.get(share, share)


def _share(part: StateSet, whole: StateSet) -> str:
    if not whole:
        return "nothing holds"
    return "none" if not part else "all" if part.count() == whole.count() else "some"


def _accommodating(side: Setting) -> int:
    met = side.equilibria(Definition.NASH)
    for id in side.case.counted:
        for concern in side.case.party(id).concerns or ():
            if concern.core:
                met = met & side.where(concern.want)
    return met.count()


def compare(
    first: Case,
    second: Case | None = None,
    *,
    approach: str = "none",
    approaches: tuple[str, str] | None = None,
) -> Comparison:
    """Return what differs between two cases, or between two approaches to one: as written, and in the answers.

    Parameters
    ----------
    first : Case
    second : Case, optional
        The case to compare with; leave it out to compare two `approaches` to the one case.
    approach : str
        The approach under which two cases are compared.
    approaches : tuple of two str, optional
        The approach of each side; "none" is the case as things stand.

    Returns
    -------
    Comparison

    Raises
    ------
    UnknownNameError
        When a case has no such approach.
    DetenteError
        When there is nothing to compare with.
    """
    if second is None and approaches is None:
        raise DetenteError("nothing to compare with; give a second case, or two approaches of this one")
    if second is None:
        assert approaches is not None
        sides = setting(first, approaches[0]), setting(first, approaches[1])
        return Comparison(made(sides[0]), made(sides[1]), *sides, (_named(sides[0]), _named(sides[1])))
    chosen = approaches or (approach, approach)
    sides = setting(first, chosen[0]), setting(second, chosen[1])
    return Comparison(made(sides[0]), made(sides[1]), *sides, ("in the first", "in the second"))
