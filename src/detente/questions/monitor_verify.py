"""This module owns whether a printed joint plan is what it claims: within all limits, of its value, and the best.

Prices and flows that prove it are sought anew, for a printed answer tells flows by sector and rounded; what they prove
is decided by `detente.monitoring.check`, with sums and comparisons of its own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from math import exp, inf, isfinite, isinf
from typing import Any

from detente.errors import DetenteError, UnknownNameError
from detente.monitoring.certificate import certificate, problem_data
from detente.monitoring.check import GAP, Checked, check
from detente.monitoring.compiling import Compiled, compiled
from detente.monitoring.joint import joint_plan
from detente.monitoring.recast import Barred, barred, barriers, teams
from detente.monitoring.scenario import Scenario
from detente.monitoring.trying import best_of_all, least_met
from detente.questions.monitor_planned import USED, place_of
from detente.questions.monitor_solve import objective_of
from detente.questions.monitored import Monitored, exponent, planned
from detente.questions.verify import Verified
from detente.verification.findings import Finding, found

GIVE = "give the JSON that detente monitor solve or compare printed"
NOT_CHECKED = {
    "solve": ("prices one by one, what lifting a red line would add, and the ends of ranges",),
    "compare": ("of the waterfall all but its end, the joint plan; plans made apart; the budget curve",),
}

BESIDE = {
    "whole units": "what the plan would reach without whole units",
    "teams": "what one more team adds, and the ends of ranges of teams",
    "barriers": "what one more barrier adds, how many places it takes, and what people of habit notice",
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
    beside = [name for name in BESIDE if name in data]
    untold = (*NOT_CHECKED[kind], *(BESIDE[name] for name in beside))
    return Verified(planned(scenario, "certificate multiplied out"), findings, untold)


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
    yield _best(numbered, checked, float(claimed["dual"]), str(claimed.get("objective", "worst")))
    yield _detection(data, claimed, kind)
    if kind == "solve":
        yield from _beside(scenario, data)


def _beside(scenario: Scenario, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield what is found of teams sent at random, and of barriers, which have certificates of their own."""
    for name, view in (("teams", teams(scenario)), ("barriers", barriers(scenario))):
        told = data.get(name)
        if view is None and told is None:
            continue
        claim = f"{name}: the plan keeps all limits and reaches its value"
        if view is None or not isinstance(told, Mapping) or not isinstance(told.get("certificate"), Mapping):
            there = "are none in the scenario" if view is None else "are some, and the answer does not tell of them"
            yield Finding(claim, "refused", f"there {there}")
            continue
        here = barred(view) if name == "barriers" else Barred(compiled(view), inf)
        claimed = told["certificate"]
        checked = _checked(here.numbered, claimed)
        why = checked if isinstance(checked, str) else "; ".join(checked.faults)
        yield Finding(claim, "refused" if why else "accepted", why)
        if isinstance(checked, str):
            continue
        yield _about(_best(here.numbered, checked, float(claimed["dual"]), "worst"), name)
        yield found(f"{name}: what is told follows from the plan", FOLLOWS[name], here, told)


def _about(finding: Finding, name: str) -> Finding:
    """Return a finding whose claim says which part of the answer it is about."""
    return replace(finding, claim=f"{name}: {finding.claim}")


def _teams_follow(here: Barred, told: Mapping[str, Any]) -> str:
    """Say what is wrong in what is told of teams; "" for nothing."""
    numbered, claimed = here.numbered, told["certificate"]
    problem = problem_data(numbered.problem)
    if abs(told["expected detections"] - claimed["primal"]) > GAP:
        return f"{told['expected detections']:.6g} detections are told, and the plan has {claimed['primal']:.6g}"
    often = {str(key): float(level) for key, level in claimed["levels"].items() if level > USED}
    if why := _places(numbered, often, [(each["teams"], each["place"], each["how often"]) for each in told["places"]]):
        return why
    met = [0.0] * len(problem["arcs"])
    for each, arc, finds in zip(
        numbered.deployments, problem["measures"]["arc"], problem["measures"]["exponent"], strict=True
    ):
        met[arc] += finds * often.get(each.key, 0.0)
    uses = zip(problem["measures"]["use"], problem["budgets"], strict=True)
    number = sum(budget for use, budget in uses if use)
    least = min(least_met(problem["arcs"], met, who["sources"], who["sinks"]) for who in problem["adversaries"])
    least = claimed["primal"] if number <= 1 else least  # one team is at one place at a time: chances add up
    if abs(told["chance of detection"]["at least"] - least) > GAP:
        return f"a chance of {told['chance of detection']['at least']:.6g} at least is told, and it is {least:.6g}"
    exact = claimed["primal"] - least <= GAP
    return "" if exact == told["chance of detection"]["exact"] else "whether the chance is exact is told wrongly"


def _barriers_follow(here: Barred, told: Mapping[str, Any]) -> str:
    """Say what is wrong in what is told of barriers; "" for nothing."""
    claimed = told["certificate"]
    hours = None if isinf(here.open(claimed["primal"])) else claimed["primal"]
    said = told["hours"]
    if (hours is None) != (said is None) or (hours is not None and abs(said - hours) > GAP * max(1.0, hours)):
        return f"{said} hours are told, and the plan has {hours}"
    if told["stopped"] != (hours is None):
        return "whether all ways are stopped is told wrongly"
    units = {str(key): float(level) for key, level in claimed["levels"].items() if level > USED}
    stand = [(each["barrier"], each["place"], each["units"]) for each in told["barriers"]]
    return _places(here.numbered, units, stand)


def _places(numbered: Compiled, levels: Mapping[str, float], told: list[tuple[str, str, float]]) -> str:
    """Say whether the places told, by the names of measures and places, are those of a plan; "" where they are."""
    planned_there = sorted(
        (each.measure.label, place_of(numbered.scenario, each.segment), levels[each.key])
        for each in numbered.deployments
        if each.key in levels
    )
    same = len(planned_there) == len(told) and all(
        one[:2] == other[:2] and abs(one[2] - float(other[2])) <= GAP
        for one, other in zip(planned_there, sorted(told), strict=True)
    )
    return "" if same else "the places told are not those of the plan"


FOLLOWS = {"teams": _teams_follow, "barriers": _barriers_follow}


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


def _best(numbered: Compiled, checked: Checked, dual: float, objective: str) -> Finding:
    claim = f"no plan is better than {exponent(dual)}"
    off = abs(checked.dual - dual)
    if off <= GAP * max(1.0, abs(dual)):
        return Finding(claim, "accepted", "")
    if not all(each.measure.divisible for each in numbered.deployments):
        best = best_of_all(problem_data(numbered.problem), objective)
        if best is None:
            why = f"prices prove a bound of {exponent(checked.dual)} only, because some measures come in whole units"
            return Finding(claim, "unchecked", why)
        beyond = (dual - best if objective == "expected" else best - dual) > GAP * max(1.0, abs(dual))
        return Finding(
            claim, "refused" if beyond else "accepted", f"a choice reaches {exponent(best)}" if beyond else ""
        )
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
