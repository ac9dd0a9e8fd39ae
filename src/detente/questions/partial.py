"""This module owns the verdicts on a partial package: over all its completions, always, sometimes or never, and a
completion that spoils what is not always so.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from detente.errors import TooLargeError
from detente.game import Setting, setting
from detente.look.summary import Block, Summary, Table, counted
from detente.model.case import Case
from detente.questions.asks import asks
from detente.questions.ordering import Order
from detente.questions.packages import Package
from detente.questions.result import Made, Result, made
from detente.questions.verdicts import Judge, Verdicts

ALWAYS, SOMETIMES, NEVER, UNASKED = "always", "sometimes", "never", "not asked"
MOST_COMPLETIONS = 4_096
PASSED: Mapping[str, Callable[[Verdicts], bool | None]] = {
    "accommodates": lambda found: found.accommodates,
    "deliverable": lambda found: found.deliverable,
    "holds": lambda found: found.holds,
    "reachable": lambda found: None if found.reachable_by is None or found.open else "reachable" not in found.failed,
    "lasts": lambda found: found.lasts,
}


@dataclass(frozen=True, slots=True)
class Share:
    """In how many completions one verdict passes.

    Parameters
    ----------
    verdict : str
        accommodates, deliverable, holds, reachable or lasts.
    passes, of : int
        In how many completions it passes, of how many that were asked.
    spoiling : str
        A completion in which it does not pass, and as few others as possible; "" where there is none.
    """

    verdict: str
    passes: int
    of: int
    spoiling: str

    @property
    def how_often(self) -> str:
        """always, sometimes, never, or not asked."""
        if not self.of:
            return UNASKED
        return ALWAYS if self.passes == self.of else SOMETIMES if self.passes else NEVER


@dataclass(frozen=True, repr=False)
class Partial(Result):
    """A package that the analyst names, full or partial, under one approach.

    Parameters
    ----------
    package : Package
        As named, the best completion first.
    best : Package
        Its best completion, with that completion's verdicts and certificates.
    shares : tuple of Share
        The five verdicts over all completions.
    """

    made: Made
    setting: Setting = field(compare=False)
    package: Package
    best: Package
    shares: tuple[Share, ...]

    @property
    def passes(self) -> bool:
        """Whether every verdict that was asked always passes."""
        return all(share.how_often in (ALWAYS, UNASKED) for share in self.shares)

    def data(self) -> dict[str, Any]:
        return self.made.data() | {
            "state": self.package.state,
            "completions": len(self.package.states),
            "best completion": self.best.state,
            "passes": self.passes,
            "verdicts over completions": {share.verdict: share.how_often for share in self.shares},
            "spoiled by": {share.verdict: share.spoiling for share in self.shares if share.spoiling},
            "packages": [self.best.data()],
        }

    def rows(self) -> list[dict[str, Any]]:
        """Return one row a verdict."""
        return [
            {"verdict": s.verdict, "how often": s.how_often, "passes": s.passes, "of": s.of, "spoiled by": s.spoiling}
            for s in self.shares
        ]

    def summary(self) -> Summary:
        rows = tuple(
            (s.verdict, s.how_often, f"{s.passes:,} of {s.of:,}" if s.of else "", s.spoiling) for s in self.shares
        )
        table = Table(("verdict", "passes", "completions", "spoiled by"), rows)
        count = counted(len(self.package.states), "possible state")
        said = f"{self.package.state} stands for {count}." if len(self.package.states) > 1 else ""
        best = f"Its best completion: {self.best.state}." if said else ""
        lines = [line for line in (said, best) if line]
        blocks = (Block("The package", (*lines, *asks(self.package))), Block("Verdicts", (table,)))
        return Summary(f"A package in: {self.made.title}", "", (*blocks, Block("", (self.made.line(),))))


def partial(case: Case, package: str, approach: str = "none") -> Partial:
    """Judge a package over all its completions: which verdicts always pass, sometimes or never, and what spoils them.

    Parameters
    ----------
    case : Case
    package : str
        A state's word; ``-`` stands for any value.
    approach : str
        One of the case's approaches, or "none".

    Raises
    ------
    DetenteError
        When no possible state agrees with the word, or more than 4,096 do.
    """
    about = setting(case, approach)
    judge = Judge(about)
    found = about.states(package)
    if found.count() > MOST_COMPLETIONS:
        most = f"{MOST_COMPLETIONS:,} are the most that are judged; fix some of its options"
        raise TooLargeError(f"{package!r} stands for {found.count():,} states, and {most}")
    states = found.first()
    verdicts = {state: judge.verdicts(state) for state in states}
    order = Order(judge)
    vectors = {state: order.vector(state) for state in states}
    best = min(states, key=lambda state: (len(verdicts[state].failed), vectors[state], verdicts[state].standing))
    shares = tuple(_share(about, name, passed, verdicts) for name, passed in PASSED.items())
    kept = (best, *(state for state in states if state != best))
    whole = Package(about, package, kept, verdicts[best], vectors[best])
    one = Package(about, about.word(best), (best,), verdicts[best], vectors[best])
    return Partial(made(about), about, whole, one, shares)


def _share(
    about: Setting, name: str, passed: Callable[[Verdicts], bool | None], verdicts: Mapping[int, Verdicts]
) -> Share:
    asked = {state: good for state, found in verdicts.items() if (good := passed(found)) is not None}
    spoilers = [state for state, good in asked.items() if not good]
    spoiling = min(spoilers, key=lambda state: (len(verdicts[state].failed), state), default=None)
    return Share(name, sum(asked.values()), len(asked), "" if spoiling is None else about.word(spoiling))
