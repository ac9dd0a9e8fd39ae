"""This module owns how two cases, or one case under two approaches, differ: in what is written and in the answers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from detente.engine.interface import Definition
from detente.errors import DetenteError
from detente.game import Setting, setting
from detente.look.summary import Block, Summary, Table, counted, many
from detente.model.case import Case
from detente.model.fixed import Fixed, fixed
from detente.questions import wording
from detente.questions.contradictory import Contradiction
from detente.questions.demands import demands
from detente.questions.differences import Difference, Names, differences
from detente.questions.result import Made, Result, made
from detente.questions.shares import accommodating, core_met, taken
from detente.questions.sharing import Pair, Shared
from detente.questions.sides import plainly, told_apart, under, within
from detente.questions.wording import EITHER_WAY

if TYPE_CHECKING:
    from detente.questions.survival import Fate

SHOWN = 40
STATES_SHOWN = 6
SPELLED_OUT = 3
SIDES = ("first", "second")
HELD = {
    "Nash": "by themselves (Nash)",
    "GMR": "for fear of any answer (GMR)",
    "SMR": "the same, with no way out (SMR)",
    "SEQ": "for fear of credible answers (SEQ)",
    "SSEQ": "the same, with no way out (SSEQ)",
}
KINDS = (
    "A state holds by itself where nobody can gain by moving; such a state counts in every row. An answer is credible "
    "where each step of it serves whoever takes it."
)


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
        How the sides are named in sentences: ``in ‘elmira’``, ``under ‘shared’``.
    heads : tuple of two str
        How they are named above columns: ``elmira``, ``shared``.
    time : float, optional
        How many seconds of CPU time the symbolic engine may take for each approach.
    """

    made: Made
    made_second: Made
    first: Setting = field(compare=False)
    second: Setting = field(compare=False)
    names: Names
    heads: tuple[str, str]
    time: float | None = None

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """What differs in the cases as written, or as the two approaches rewrite the one."""
        return tuple(differences(self.first, self.second, self.names))

    @cached_property
    def pair(self) -> Pair:
        """The two sides, and how their states are compared."""
        return Pair(self.first, self.second)

    @cached_property
    def equilibria(self) -> Mapping[str, Shared] | None:
        """The equilibria of both sides under each definition; None where their states cannot be compared."""
        return Fixed({d.value: self.pair.shared(d) for d in Definition}) if self.pair.comparable else None

    @cached_property
    def core_met(self) -> tuple[Mapping[str, Mapping[str, str]], Mapping[str, Mapping[str, str]]]:
        """For each side, each party's core concerns: met in all, some or none of the states that hold by themselves."""
        return fixed(core_met(self.first)), fixed(core_met(self.second))

    @cached_property
    def clashes(self) -> tuple[tuple[Contradiction, ...], tuple[Contradiction, ...], tuple[Contradiction, ...]]:
        """The contradictions of demands in both, only in the first and only in the second, by demands and kind."""
        sides = [
            {
                (frozenset(found.demands), found.kind): found
                for found in demands(side.case, side.approach).contradictions
            }
            for side in (self.first, self.second)
        ]
        both = tuple(found for key, found in sides[0].items() if key in sides[1])
        alone = [tuple(found for key, found in a.items() if key not in b) for a, b in (sides, sides[::-1])]
        return both, alone[0], alone[1]

    @cached_property
    def accommodating(self) -> tuple[int, int]:
        """For each side, how many states that hold by themselves meet every counted party's core concerns."""
        return accommodating(self.first), accommodating(self.second)

    @cached_property
    def fates(self) -> "tuple[tuple[Fate, ...], tuple[Fate, ...]] | None":
        """What becomes of the best packages of each side on the other; None where their states cannot be compared.

        Of two cases as they stand, packages count under every approach of theirs; else under the approaches compared.
        """
        if not self.pair.comparable:
            return None
        from detente.questions.survival import fates

        (first, here), (second, there) = self._sides
        there_then = tuple(fates(first, second, here, there, self.time))
        return there_then, tuple(fates(second, first, there, here, self.time))

    @property
    def _sides(self) -> tuple[tuple[Case, tuple[str, ...]], tuple[Case, tuple[str, ...]]]:
        """The case of each side, with the approaches under which packages are asked for."""
        one, other = (
            (side.case, ("none", *(each.id for each in side.case.approaches)) if self._at_large else (side.approach,))
            for side in (self.first, self.second)
        )
        return one, other

    @property
    def _at_large(self) -> bool:
        """Whether two cases are compared as they stand, so that what each of their approaches leads to counts."""
        return self.first.case is not self.second.case and self.first.approach == self.second.approach == "none"

    @cached_property
    def accommodating_by_approach(self) -> Mapping[str, tuple[int | None, int | None]]:
        """Where two cases are compared as they stand: for each approach, by its name, how many states hold by
        themselves and meet every core concern that counts; None where a case has no such approach."""
        sides = [
            {
                plainly(about): accommodating(about)
                for about in (setting(case, name, seconds=self.time) for name in names)
            }
            for case, names in self._sides
        ]
        labels = dict.fromkeys([*sides[0], *sides[1]])
        return Fixed({label: (sides[0].get(label), sides[1].get(label)) for label in labels})

    def data(self) -> dict[str, Any]:
        fates = self.fates
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
                    **({"undecided": found.undecided} if found.undecided else {}),
                }
                for definition, found in shared.items()
            },
            "contradictions": {
                where: [{"demands": list(found.demands), "kind": found.kind} for found in clashes]
                for where, clashes in zip(("both", "only first", "only second"), self.clashes, strict=True)
            },
            "core concerns met": {
                side: {party: dict(met) for party, met in of_side.items()}
                for side, of_side in zip(SIDES, self.core_met, strict=True)
            },
            "accommodating by themselves": list(self.accommodating),
            "best packages": fates
            and {side: [fate.data() for fate in found] for side, found in zip(SIDES, fates, strict=True)},
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
        if self.first.case == self.second.case and self.made.approach == self.made_second.approach:
            same = "Nothing differs: both are the same case, under the same approach. Two approaches: --approaches x,y"
            return Summary(f"What differs: {self.made.title}", "", (Block("", (same, self.made.line())),))
        return Summary(
            f"What differs: {self.made.title if one_case else f'{self.heads[0]} and {self.heads[1]}'}",
            "" if one_case else "; ".join(self._who_is_who()),
            (
                *([Block("Whether the best package survives", tuple(self._surviving()))] if self.fates else []),
                Block("What the approaches change" if one_case else "What is written", tuple(self._written())),
                Block("What holds", tuple(self._held())),
                *([Block("Demands that clash", tuple(self._clashing()))] if self._demands else []),
                Block("Core concerns", tuple(self._core())),
                Block("", tuple(dict.fromkeys([self.made.line(), self.made_second.line()]))),
            ),
        )

    def _who_is_who(self) -> Iterator[str]:
        for head, side in zip(self.heads, (self.made, self.made_second), strict=True):
            title = "" if head == side.title else f"{side.title}, "
            yield f"{head}: {title}case {side.fingerprint}"

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
            told = ("not decided",) * 3 if found.undecided else tuple(map(_number, (*found.counts, len(found.both))))
            if not found.complete and not found.undecided:
                told = (*told[:2], f"{told[2]} of the first {len(found.both) + len(found.first):,}")
            rows.append((HELD[definition], *told))
        first, second = self.names
        yield Table(("states that hold", *self.heads, "in both"), tuple(rows))
        for definition, found in shared.items():
            if found.undecided:
                yield f"Not decided: {definition} ({found.undecided})."
        yield KINDS
        nash = shared[Definition.NASH.value]
        for name, states, side in ((first, nash.first, self.first), (second, nash.second, self.second)):
            if states:
                yield f"Only {name} {_hold(len(states))} (Nash): {_some(states)}."
                for state in states[:SPELLED_OUT]:
                    yield from (f"  {line}" for line in self._example(state, side))
        yield from self._options_differ()
        if not nash.first and not nash.second and nash.both:
            yield f"The same states hold by themselves (Nash): {_some(nash.both)}."

    def _options_differ(self) -> Iterator[Table]:
        """Yield the options that are taken more often on one side, among the states that hold by themselves."""
        rows = []
        for option in self.pair.options:
            shares = [taken(side, option.key) for side in (self.first, self.second)]
            if shares[0] != shares[1] and "nothing holds" not in shares:
                rows.append((self.first.case.party(option.party).label, option.label, *shares))
        if rows:
            yield Table(("", "", *self.heads), tuple(rows), "Options taken in the states that hold by themselves")

    def _example(self, text: str, side: Setting) -> Iterator[str]:
        """Say a state in words, where the side's own words are used."""
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
            yield from (f"In both: {found.text}" for found in both[:STATES_SHOWN])
            if len(both) > STATES_SHOWN:
                yield f"... and {len(both) - STATES_SHOWN:,} more in both."
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
            yield Table(("party", "concern", *self.heads), tuple(rows), title)
        else:
            yield "The same core concerns are met, in as many ways, in the states that hold by themselves."
        counts = [counted(count, "state") for count in self.accommodating]
        yield (
            f"Holding by themselves and meeting every core concern that counts: {counts[0]} {self.names[0]}, "
            f"{counts[1]} {self.names[1]}."
        )

    def _surviving(self) -> Iterator[str | Table]:
        from detente.questions.survival import told

        assert self.fates is not None
        if self._at_large and len(self.accommodating_by_approach) > 1:
            yield from self._by_approach()
        for found, here, there in zip(self.fates, self.names, self.names[::-1], strict=True):
            if not found:
                any_approach = ", under any approach" if self._at_large else ""
                yield f"No package passes every verdict {here}{any_approach}, so there is none to look for {there}."
            for fate in found:
                yield from told(fate, here, there)

    def _by_approach(self) -> Iterator[str | Table]:
        rows = [
            (label, *("–" if n is None else f"{n:,}" for n in counts))
            for label, counts in self.accommodating_by_approach.items()
        ]
        title = "States that hold by themselves and meet every core concern that counts (–: no such approach)"
        yield Table(("approach", *self.heads), tuple(rows), title)


def _hold(count: int) -> str:
    return "1 state holds by itself" if count == 1 else f"{count:,} states hold by themselves"


def _some(states: Sequence[str]) -> str:
    shown = ", ".join(states[:STATES_SHOWN]) + (", ..." if len(states) > STATES_SHOWN else "")
    return f"{shown} ({EITHER_WAY})" if "-" in shown else shown


def _number(count: int | None) -> str:
    return "–" if count is None else many(count)


def compare(
    first: Case,
    second: Case | None = None,
    *,
    approach: str = "none",
    approaches: tuple[str, str] | None = None,
    names: tuple[str, str] | None = None,
    time: float | None = None,
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
    names : tuple of two str, optional
        How to call the two cases in the answer; by default what tells their titles apart.
    time : float, optional
        How many seconds of CPU time the symbolic engine may take for each approach.

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
    chosen = approaches or (approach, approach)
    cases = first, first if second is None else second
    sides = setting(cases[0], chosen[0], seconds=time), setting(cases[1], chosen[1], seconds=time)
    if second is None:
        heads = plainly(sides[0]), plainly(sides[1])
        said = under(sides[0]), under(sides[1])
    else:
        heads = names or told_apart(first, second)
        said = within(heads[0], sides[0], chosen), within(heads[1], sides[1], chosen)
    return Comparison(made(sides[0]), made(sides[1]), *sides, said, heads, time)
