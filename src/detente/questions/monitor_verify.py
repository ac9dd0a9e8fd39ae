"""This module owns whether a printed answer about a scenario is what it claims: each kind of answer, number by number.

Plans and prices that an answer prints as its certificates are multiplied out by `detente.monitoring.check`, with sums
and comparisons of its own. What rests on them is derived again from definitions, and compared with what is printed;
what is not derived again is named.
"""

from collections.abc import Callable, Iterator, Mapping
from math import isfinite
from typing import Any

from detente.errors import DetenteError
from detente.monitoring.compiling import Compiled, compiled
from detente.monitoring.scenario import Scenario
from detente.questions.monitor_derived import Derived, differences, head
from detente.questions.monitor_verify_civil import crossed
from detente.questions.monitor_verify_compare import compared
from detente.questions.monitor_verify_feed import fed
from detente.questions.monitor_verify_inspect import inspected
from detente.questions.monitor_verify_risk import risked
from detente.questions.monitor_verify_share import shared
from detente.questions.monitor_verify_solve import solved
from detente.questions.monitored import Monitored, planned
from detente.questions.verify import Verified
from detente.verification.findings import Finding

GIVE = "give the JSON that detente monitor printed"
SHOWN = 5  # differences told of a part


def _inspected(numbered: Compiled, told: Mapping[str, Any]) -> Derived:
    return inspected(numbered.scenario, told)


KINDS: dict[str, tuple[str, Callable[[Compiled, Mapping[str, Any]], Derived]]] = {
    "waterfall": ("compare", compared),
    "coalitions": ("share", shared),
    "leak break-even": ("risk", risked),
    "alarms": ("civil", crossed),
    "sequential": ("inspect", _inspected),
    "payoffs": ("feed", fed),
    "certificate": ("solve", solved),
}
"""By a key that only this kind of answer has: what it is called, and what follows for it."""


def verify_plan(scenario: Scenario, answer: Monitored | Mapping[str, Any]) -> Verified:
    """Check a printed answer about a scenario again.

    Parameters
    ----------
    scenario : Scenario
        The one that the answer is about.
    answer : Monitored, or mapping
        What a question about monitoring returned, or its JSON data.

    Raises
    ------
    DetenteError
        When the answer is of no kind that can be checked.
    """
    data = answer.data() if isinstance(answer, Monitored) else answer
    kind = next((key for key in KINDS if key in data), None)
    if kind is None or not isinstance(data.get("scenario"), Mapping):
        raise DetenteError(f"nothing to verify: {GIVE}")
    if KINDS[kind][0] in ("solve", "compare"):
        claimed = data.get("certificate")
        values = [claimed.get(key) if isinstance(claimed, Mapping) else None for key in ("primal", "dual")]
        if not all(isinstance(value, int | float) and isfinite(value) for value in values):
            raise DetenteError(f"the certificate names no primal and dual value; {GIVE}")
    findings: list[Finding] = []
    not_checked = tuple(_findings(scenario, data, kind, findings))
    return Verified(planned(scenario, "certificates multiplied out"), tuple(findings), not_checked)


def _findings(scenario: Scenario, data: Mapping[str, Any], kind: str, findings: list[Finding]) -> Iterator[str]:
    """Collect what is found about an answer; yield what is not derived again."""
    told = data["scenario"].get("fingerprint")
    belongs = "the answer belongs to the scenario"
    if told != scenario.fingerprint:
        why = f"it is about the scenario {told}, and this one is {scenario.fingerprint}"
        findings.append(Finding(belongs, "refused", why))
        return
    findings.append(Finding(belongs, "accepted", ""))
    numbered = compiled(scenario, large=True)
    name, follow = KINDS[kind]
    try:
        derived = follow(numbered, data)
    except (DetenteError, LookupError, TypeError, ValueError, AttributeError, OverflowError) as error:
        findings.append(Finding(f"the answer of {name} can be read", "refused", str(error) or type(error).__name__))
        return
    for claim in derived.claims:
        outcome = "unchecked" if claim.undecided else "refused" if claim.fault else "accepted"
        findings.append(Finding(claim.text, outcome, claim.fault))
    due = head(numbered) | dict(derived.data)
    for key, part in due.items():
        wrong = list(differences(data.get(key), part, key, derived.whole)) if key in data else [f"{key}: it is missing"]
        more = f"; {len(wrong) - SHOWN} more" if len(wrong) > SHOWN else ""
        findings.append(Finding(f"{key} is what follows", "refused" if wrong else "accepted",
                                "; ".join(wrong[:SHOWN]) + more))  # fmt: skip
    if derived.whole and (strange := [str(key) for key in data if key not in due]):
        findings.append(Finding("nothing else stands in the answer", "refused", "; ".join(strange)))
    yield from derived.open
