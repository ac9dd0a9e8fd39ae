"""This module owns the question how firmly a finding stands: in how many one-edit variants of a case, what breaks it.

A variant differs from the case in one edit: two neighbouring concerns swapped, a core mark set or cleared, a rule or a
concern dropped. What a variant shares with the case is worked out once (`detente.engine.batch`); only where a rule is
dropped, so that there are other states, is the variant solved anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Any

from detente.engine.interface import StateSet
from detente.errors import DetenteError
from detente.game import Setting, setting
from detente.look.summary import Block, Summary, counted, listed
from detente.model.case import Case
from detente.model.edits import DropRule, Edit, one_edit_variants
from detente.questions.lasting_sets import lasting_in
from detente.questions.nearest_bench import bench_of
from detente.questions.reachability import GRADES, reachabilities
from detente.questions.result import EVERY, Made, Result
from detente.questions.verdicts import Judge


@dataclass(frozen=True, slots=True)
class Headline:
    """A finding whose standing is asked: a package passes, some package passes, or demands cannot be met together.

    Parameters
    ----------
    approach : str
        Under which approach; contradictions stand under "none".
    state : str
        The package's word; "" for "some package passes".
    demands : tuple of str
        The ids of demands that no possible state meets together; () for findings about packages.
    lasts : bool
        Whether only that it lasts is asked, and not whether it passes every verdict that can be asked.
    """

    approach: str = "none"
    state: str = ""
    demands: tuple[str, ...] = ()
    lasts: bool = False

    def text(self, case: Case) -> str:
        """Say the finding."""
        if self.demands:
            labels = listed([f"‘{case.demand(id).label}’" for id in self.demands])
            return f"{labels} cannot be met together"
        names = {approach.id: approach.label for approach in case.approaches}
        under = "as things stand" if self.approach == "none" else f"under the approach ‘{names[self.approach]}’"
        passes = "lasts" if self.lasts else "passes"
        return f"{self.state or ('some state' if self.lasts else 'some package')} {passes} {under}"

    def data(self) -> dict[str, Any]:
        """Return the finding as plain data."""
        if self.demands:
            return {"contradiction": list(self.demands)}
        found = {"package": self.state or None, "approach": self.approach}
        return found | ({"verdict": "lasts"} if self.lasts else {})


@dataclass(frozen=True, slots=True)
class Stands:
    """In how many one-edit variants a finding stands.

    Parameters
    ----------
    headline : Headline
    now : bool
        Whether it stands in the case itself.
    of : int
        How many variants were asked.
    stands : int
        In how many of them it stands.
    changing : tuple of Edit
        The edits that break it where it stands now, and that make it stand where it does not; in the order of the file.
    unanswered : tuple of Edit
        Those whose variant cannot be asked, such as one with states that no ranking lists; not among `of`.
    """

    headline: Headline
    now: bool
    of: int
    stands: int
    changing: tuple[Edit, ...]
    unanswered: tuple[Edit, ...] = ()

    @property
    def breaking(self) -> tuple[Edit, ...]:
        """The edits that break it; () where it does not stand now."""
        return self.changing if self.now else ()

    def sentences(self, case: Case) -> list[str]:
        """Tell in how many variants it stands, and which edits make the difference."""
        how = "It falls" if self.now else "It comes to stand"
        return [
            f"{'' if self.now else 'Does not stand now; '}stands in {self.stands:,} of "
            f"{counted(self.of, 'one-edit variant')}.",
            *(f"{how} if {edit.text(case)}." for edit in self.changing),
            *(f"Not asked: {edit.text(case)}." for edit in self.unanswered),
        ]


@dataclass(frozen=True, repr=False)
class Standing(Result):
    """How firmly some findings stand, each with the edits that break it."""

    made: Made
    case: Case
    findings: tuple[Stands, ...]

    def data(self) -> dict[str, Any]:
        return self.made.data() | {
            "findings": [
                {
                    **each.headline.data(),
                    "text": each.headline.text(self.case),
                    "stands now": each.now,
                    "variants": each.of,
                    "stands": each.stands,
                    "breaking" if each.now else "making": [
                        {"edits": [edit.data()], "text": edit.text(self.case)} for edit in each.changing
                    ],
                    "unanswered": [edit.data() for edit in each.unanswered],
                }
                for each in self.findings
            ]
        }

    def rows(self) -> list[dict[str, Any]]:
        """Return one row for each edit that breaks a finding, or makes it stand."""
        return [
            {
                "finding": each.headline.text(self.case),
                "stands now": each.now,
                "variants": each.of,
                "stands": each.stands,
                "changed by": edit.text(self.case),
            }
            for each in self.findings
            for edit in each.changing
        ]

    def summary(self) -> Summary:
        blocks = [Block(each.headline.text(self.case), tuple(each.sentences(self.case))) for each in self.findings]
        return Summary("Standing", self.made.title, (*blocks, Block("", (self.made.line(),))))


def variants(case: Case, *headlines: Headline) -> Standing:
    """Return in how many one-edit variants of a case some findings stand, and which edits break them.

    Parameters
    ----------
    case : Case
    *headlines : Headline
        The findings; without any, that some package passes, under each approach and under none.

    Returns
    -------
    Standing

    Raises
    ------
    DetenteError
        When a headline names a state, an approach or a demand that the case does not have.
    TooLargeError
        When the states cannot be listed.
    """
    asked = headlines or tuple(Headline(name) for name in ("none", *(approach.id for approach in case.approaches)))
    edits = list(one_edit_variants(case))
    found = tuple(_clash(case, each, edits) if each.demands else _packages(case, each, edits) for each in asked)
    engine = setting(case).game.engine
    made = Made(case.title, case.fingerprint, EVERY, case.conventions.data(), engine)
    return Standing(made, case, found)


def _packages(case: Case, headline: Headline, edits: Sequence[Edit]) -> Stands:
    about = setting(case, headline.approach)
    bench = bench_of(about)
    words = [about.word(state) for state in about.states(headline.state).first()] if headline.state else []
    stands = lasts_in if headline.lasts else stands_in
    now = stands(about, words)
    same = [edit for edit in edits if not isinstance(edit, DropRule)]
    judged = (bench.lasting if headline.lasts else bench.passing)([edit.apply(case) for edit in same], headline.state)
    passed = dict(zip(same, judged, strict=True))
    for edit in edits:
        if edit not in passed:
            try:
                passed[edit] = stands(setting(case.edit(edit), headline.approach), words)
            except DetenteError:
                continue
    return _standing(headline, now, edits, passed)


def _standing(headline: Headline, now: bool, edits: Sequence[Edit], passed: Mapping[Edit, bool]) -> Stands:
    changing = tuple(edit for edit in edits if passed.get(edit, now) != now)
    unanswered = tuple(edit for edit in edits if edit not in passed)
    return Stands(headline, now, len(passed), sum(passed.values()), changing, unanswered)


def stands_in(about: Setting, words: Sequence[str]) -> bool:
    """Return whether some package passes; where states are given, whether each of them is possible and passes."""
    judge = Judge(about)
    passing = judge.holding(judge.accommodating)
    reach = reachabilities(about)
    if reach is not None:
        passing = passing & reach.reached(GRADES[-1]).states
    return _have(about, lasting_in(about, passing, certain=False), words)


def lasts_in(about: Setting, words: Sequence[str]) -> bool:
    """Return whether some state is certain to last; where states are given, whether each of them is possible and is."""
    return _have(about, lasting_in(about, about.game.feasible(), certain=True), words)


def _have(about: Setting, passing: StateSet, words: Sequence[str]) -> bool:
    if not words:
        return bool(passing)
    return all(len(found := _exactly(about, word)) == 1 and found[0] in passing for word in words)


def _exactly(about: Setting, word: str) -> list[int]:
    """Return the possible state with a word, none where it is not possible."""
    try:
        return about.states(word).first(2)
    except DetenteError:
        return []


def _clash(case: Case, headline: Headline, edits: Sequence[Edit]) -> Stands:
    """Return where demands still cannot be met together: what parties want does not matter, rules do."""
    wanted = [case.demand(id).that for id in headline.demands]

    def clash(of: Case) -> bool:
        about = setting(of)
        return not reduce(and_, [about.where(statement) for statement in wanted])

    now = clash(case)
    passed = {}
    for edit in edits:
        try:
            passed[edit] = clash(case.edit(edit)) if isinstance(edit, DropRule) else now
        except DetenteError:
            continue
    return _standing(headline, now, edits, passed)
