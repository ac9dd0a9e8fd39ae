"""This module owns the question whether an answer's certificates hold; `detente.verification` does the checking."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from detente.errors import DetenteError
from detente.look.summary import Block, Summary, Table, counted
from detente.model.case import Case
from detente.questions.result import Made, Result
from detente.verification.answers import Checker, Finding

GIVE = "give the JSON that accord, stability, demands, change, explain or analyze print"
HEAD = ("case", "approach", "conventions")
PARTS = {"accord": {}, "demands": {"approach": "none"}}
"""The parts of the page that carry certificates; what each has of its own instead of the page's head."""


@dataclass(frozen=True, repr=False)
class Verified(Result):
    """Which claims of an answer an independent checker accepts, refuses, or could not check within its limits."""

    made: Made
    findings: tuple[Finding, ...]

    @property
    def accepted(self) -> bool:
        """Whether no claim was refused."""
        return not self.refused

    @property
    def refused(self) -> tuple[Finding, ...]:
        """The claims that are wrong, with the reason."""
        return tuple(finding for finding in self.findings if finding.outcome == "refused")

    @property
    def unchecked(self) -> tuple[Finding, ...]:
        """The claims whose search was too long to repeat."""
        return tuple(finding for finding in self.findings if finding.outcome == "unchecked")

    def data(self) -> dict[str, Any]:
        """Return the answer as JSON-ready data."""
        told = [{"claim": f.claim, "why": f.why} for f in self.refused]
        unchecked = [{"claim": f.claim, "why": f.why} for f in self.unchecked]
        return self.made.data() | {
            "accepted": self.accepted,
            "checked": len(self.findings) - len(unchecked),
            "refused": told,
            "unchecked": unchecked,
        }

    def rows(self) -> list[dict[str, Any]]:
        """Return one row a claim."""
        return [{"claim": f.claim, "outcome": f.outcome, "why": f.why} for f in self.findings]

    def summary(self) -> Summary:
        """Return the answer in sentences."""
        good = sum(finding.outcome == "accepted" for finding in self.findings)
        lines: list[str | Table] = [f"{counted(good, 'claim')} accepted, {len(self.refused):,} refused, "
                                    f"{len(self.unchecked):,} unchecked."]  # fmt: skip
        lines += [f"refused: {finding.claim}: {finding.why}" for finding in self.refused[:50]]
        lines += [f"unchecked: {finding.claim}: {finding.why}" for finding in self.unchecked[:10]]
        return Summary("Verification", self.made.title, (Block("", tuple(lines)),))


def verify(case: Case, answer: Result | Mapping[str, Any]) -> Verified:
    """Check an answer again, independently of the search that found it.

    Parameters
    ----------
    case : Case
        The case the answer is about.
    answer : Result or mapping
        What `accord`, `stability`, `demands`, `change`, `explain` or `analyze` returned, or its JSON data. Of the page that
        `analyze` gives, its packages and its contradictions are checked.

    Raises
    ------
    DetenteError
        When the answer is of no kind that can be checked.
    """
    data = answer.data() if isinstance(answer, Result) else answer
    if not isinstance(data, Mapping):
        raise DetenteError(f"nothing to verify: {GIVE}")
    made = Made(case.title, case.fingerprint, str(data.get("approach", "")), case.conventions.data())
    findings = tuple(finding for part in _parts(data) for finding in Checker(case, part).findings())
    if not findings:
        findings = (Finding("the answer", "accepted", "it makes no claim"),)
    return Verified(made, findings)


def _parts(data: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the answers to check: the data itself, or those that a page is made of, each with the page's head."""
    if "page" not in data:
        return [data]
    head = {key: data[key] for key in HEAD if key in data}
    parts: list[Mapping[str, Any]] = [
        head | own | dict(data[key]) for key, own in PARTS.items() if isinstance(data.get(key), Mapping)
    ]
    if not parts:
        raise DetenteError("nothing to verify: this page holds no package and no contradiction")
    return parts
