"""This module owns whether a printed joint plan is what it claims: within all limits, of its value, and the best.

Prices and flows that prove it are sought anew, for a printed answer tells flows by sector and rounded; what they prove
is decided by `detente.monitoring.check`, with sums and comparisons of its own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from math import exp, isfinite
from typing import Any

from detente.errors import DetenteError, UnknownNameError
from detente.monitoring.certificate import certificate
from detente.monitoring.check import GAP, Checked, check
from detente.monitoring.compiling import Compiled, compiled
from detente.monitoring.joint import joint_plan
from detente.monitoring.scenario import Scenario
from detente.questions.monitor_solve import objective_of
from detente.questions.monitored import Monitored, exponent, planned
from detente.questions.verify import Verified
from detente.verification.findings import Finding

GIVE = "give the JSON that detente monitor solve or compare printed"
NOT_CHECKED = {
    "solve": ("prices one by one, what lifting a red line would add, and the ends of ranges",),
    "compare": ("of the waterfall all but its end, the joint plan; plans made apart; the budget curve",),
}


def verify_plan(scenario: Scenario, answer: Monitored | Mapping[str, Any]) -> Verified:
    """Check a printed joint plan again.

    Parameters
    ----------
    scenario : Scenario
        The one that the answer is about.
    answer : Solved, Compared, or mapping
        What `solve` or `compare` returned, or its JSON data.

    Raises
    ------
    DetenteError
        When the answer is of no kind that can be checked.
    """
    data = answer.data() if isinstance(answer, Monitored) else answer
    claimed = data.get("certificate")
    if not isinstance(claimed, Mapping) or not isinstance(data.get("scenario"), Mapping):
        raise DetenteError(f"nothing to verify: {GIVE}")
    values = [claimed.get(key) for key in ("primal", "dual")]
    if not all(isinstance(value, int | float) and isfinite(value) for value in values):
        raise DetenteError(f"the certificate names no primal and dual value; {GIVE}")
    kind = "solve" if "levels" in claimed else "compare"
    findings = tuple(_findings(scenario, data, claimed, kind))
    return Verified(planned(scenario, "certificate multiplied out"), findings, NOT_CHECKED[kind])


def _findings(scenario: Scenario, data: Mapping[str, Any], claimed: Mapping[str, Any], kind: str) -> Iterator[Finding]:
    told = data["scenario"].get("fingerprint")
    if told != scenario.fingerprint:
        why = f"it is about the scenario {told}, and this one is {scenario.fingerprint}"
        yield Finding("the answer belongs to the scenario", "refused", why)
        return
    yield Finding("the answer belongs to the scenario", "accepted", "")
    numbered = compiled(scenario)
    checked = _checked(numbered, claimed)
    if isinstance(checked, str):
        yield Finding("the plan keeps all limits and reaches its value", "refused", checked)
        return
    why = "; ".join(checked.faults)
    yield Finding("the plan keeps all limits and reaches its value", "refused" if why else "accepted", why)
    yield _best(numbered, checked, float(claimed["dual"]))
    yield _detection(data, claimed, kind)


def _checked(numbered: Compiled, claimed: Mapping[str, Any]) -> Checked | str:
    """Return what the independent check finds, or why there is nothing to check."""
    try:
        plan = joint_plan(numbered.problem, objective_of(str(claimed.get("objective", "worst"))))
        levels = claimed.get("levels")
        if levels is not None:
            plan = replace(plan, effort=numbered.effort({str(key): float(level) for key, level in levels.items()}))
    except UnknownNameError as error:
        return str(error)
    except (AttributeError, TypeError, ValueError):
        return "the levels of the plan are not numbers by name"
    proof = certificate(numbered.problem, plan)
    return check(proof | {"primal": float(claimed["primal"])})


def _best(numbered: Compiled, checked: Checked, dual: float) -> Finding:
    claim = f"no plan is better than {exponent(dual)}"
    off = abs(checked.dual - dual)
    if off <= GAP * max(1.0, abs(dual)):
        return Finding(claim, "accepted", "")
    if not all(each.measure.divisible for each in numbered.deployments):
        why = f"prices prove a bound of {exponent(checked.dual)} only, because some measures come in whole units"
        return Finding(claim, "unchecked", why)
    return Finding(claim, "refused", f"prices prove a bound of {exponent(checked.dual)}")


def _detection(data: Mapping[str, Any], claimed: Mapping[str, Any], kind: str) -> Finding:
    """Say whether the chance of detection follows from the value."""
    claim = "the chance of detection follows from the exponent"
    told = data.get("detection") if kind == "solve" else (data.get("waterfall") or [{}])[-1].get("detection")
    reached = data.get("exponent", claimed["primal"]) if kind == "solve" else claimed["primal"]
    if not isinstance(told, int | float) or not isinstance(reached, int | float):
        return Finding(claim, "refused", "it is not told")
    follows = 1 - exp(-reached)
    if claimed.get("objective", "worst") == "worst" and abs(reached - claimed["primal"]) > GAP * max(1.0, abs(reached)):
        return Finding(claim, "refused", f"the exponent told is {exponent(reached)}, and not that of the plan")
    wrong = abs(told - follows) > 1e-6
    return Finding(claim, "refused" if wrong else "accepted", f"it follows {follows:.6f}" if wrong else "")
