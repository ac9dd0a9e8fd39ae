"""This module owns the question whether an answer's certificates hold; `detente.verification` does the checking."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from detente.errors import DetenteError
from detente.look.summary import Block, Summary, Table, counted
from detente.model.case import Case
from detente.questions.certificate import Certificate
from detente.questions.result import Made, Result
from detente.verification.answers import EVERY, Checker
from detente.verification.common import check_common
from detente.verification.findings import Finding
from detente.verification.forms import FORMS, GIVE, kind_of
from detente.verification.shape import untold
from detente.verification.worlds import Worlds

HEAD = ("case", "approach", "conventions")
COMMON = "common ground"
PARTS = {"needs": "none", "payments": EVERY, "demands": "none", "approaches": EVERY, "accord": EVERY}
"""The parts of the page that are answers of their own, and under which approach each stands."""


@dataclass(frozen=True, repr=False)
class Verified(Result):
    """Which claims of an answer an independent checker accepts, refuses, or could not check within its limits.

    Parameters
    ----------
    findings : tuple of Finding
        One a claim.
    not_checked : tuple of str
        What the answer tells and is not derived again, in words.
    """

    made: Made
    findings: tuple[Finding, ...]
    not_checked: tuple[str, ...] = ()

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
            "not checked": list(self.not_checked),
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
        lines += [f"Not derived again: {each}." for each in self.not_checked]
        return Summary("Verification", self.made.title, (Block("", tuple(lines)),))


def verify(case: Case, answer: Result | Certificate | Mapping[str, Any]) -> Verified:
    """Check an answer again, independently of the search that found it.

    Parameters
    ----------
    case : Case
        The case the answer is about.
    answer : Result or mapping
        What `accord`, `stability`, `explain`, `demands`, `needs`, `payments`, `trades`, `approaches`, `paths`,
        `coalitions`, `change`, `robustness`, `compare` or `analyze` returned, or its JSON data; or one certificate.
        Of the page that `analyze` gives, the answers it is made of are checked.

    Returns
    -------
    Verified
        What is listed is derived again from the definitions, and what is missing is noticed; what cannot be derived
        within limits is unchecked, never accepted; and what of such an answer is never derived again is named.

    Raises
    ------
    DetenteError
        When the answer is of no kind that can be checked, or parts of it cannot be read.
    """
    data: Any = answer.data() if isinstance(answer, Result | Certificate) else answer
    page = isinstance(data, Mapping) and "page" in data and "claim" not in data
    checkers = [Checker(case, part) for part in (_parts(data) if page else [data])]
    approach = data.get("approach") if isinstance(data.get("approach"), str) else ""
    made = Made(case.title, case.fingerprint, approach, case.conventions.data())
    findings = [finding for checker in checkers for finding in checker.findings()]
    told = [each for checker in checkers for each in checker.not_checked]
    if page:
        told += untold(data, FORMS["page"])
        told += [f"‘{key}’, which the page leaves out" for key in (*PARTS, COMMON) if not data.get(key)]
        findings += check_common(Worlds(case), data[COMMON]) if data.get(COMMON) else []
        findings += [] if approach == EVERY else [Finding("the page", "refused", f"its approach is {EVERY!r}")]
    if not findings:
        findings = [Finding("the answer", "unchecked", "it makes no claim")]
    return Verified(made, tuple(findings), tuple(dict.fromkeys(told)))


def _parts(data: Mapping[str, Any]) -> list[Any]:
    """Return the answers that a page is made of, each with the page's head."""
    kind_of(data)
    head = {key: data[key] for key in (*HEAD, "interrupted") if key in data}
    parts = []
    for key, approach in PARTS.items():
        if data.get(key) is None:
            continue
        part = {"approaches": data[key]} if key == "approaches" else data[key]
        if not isinstance(part, Mapping):
            raise DetenteError(f"the page cannot be read: {key} is not a mapping; {GIVE}")
        parts.append(head | {"approach": approach} | dict(part))
    if not any(data.get(key) is not None for key in ("accord", "demands")):
        raise DetenteError("nothing to verify: this page holds no package and no contradiction")
    return parts
