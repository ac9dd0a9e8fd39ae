"""This module owns whether what `solve` says beside the joint plan is so: teams sent at random, barriers, whole units.

Teams and barriers have certificates of their own, plans with their values; prices that prove them are sought anew, and
multiplied out by `detente.monitoring.check`. What comes in whole units has no such prices: every choice is tried where
there are few (`detente.monitoring.trying`), else it is left open.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from math import inf, isinf
from typing import Any

from detente.errors import DetenteError
from detente.monitoring.certificate import certificate, problem_data
from detente.monitoring.check import GAP, Checked, check
from detente.monitoring.compiling import Compiled, compiled
from detente.monitoring.joint import joint_plan
from detente.monitoring.problem import Problem
from detente.monitoring.recast import Barred, barred, barriers, teams
from detente.monitoring.scenario import Scenario
from detente.monitoring.trying import best_of_all, least_met
from detente.questions.monitor_derived import Claim
from detente.questions.monitor_planned import USED, branching, place_of
from detente.questions.monitored import exponent

UNREAD = (DetenteError, LookupError, TypeError, ValueError, AttributeError)
LEFT_OPEN = {
    "whole units": "what the plan would reach without whole units, and what people of habit notice of them",
    "teams": "of teams, what one more adds, shares of attempts, and the ends of ranges",
    "barriers": "of barriers, what one more adds, how many places it takes, and what people of habit notice",
}
"""By part of an answer, what is not derived again of it."""


def beside(scenario: Scenario, data: Mapping[str, Any], large: bool = False) -> Iterator[Claim]:
    """Yield what is found of teams sent at random and of barriers in an answer of `solve`.

    Parameters
    ----------
    scenario : Scenario
    data : mapping
        The answer's JSON data.
    large : bool
        Whether more than 5,000 arcs are wanted.
    """
    for name, view in (("teams", teams(scenario)), ("barriers", barriers(scenario))):
        told = data.get(name)
        if view is None and told is None:
            continue
        claim = f"{name}: the plan keeps all limits and reaches its value"
        if view is None or not isinstance(told, Mapping):
            yield Claim(claim, "there are none in the scenario" if view is None else "the answer does not tell of them")
            continue
        try:
            here = barred(view, large=large) if name == "barriers" else Barred(compiled(view, large=large), inf)
            checked = _checked(here.numbered, told["certificate"])
            yield Claim(claim, "; ".join(checked.faults))
            yield _about(_best(here.numbered.problem, checked, float(told["certificate"]["dual"])), name)
            yield Claim(f"{name}: what is told follows from the plan", FOLLOWS[name](here, told))
        except UNREAD as error:
            yield Claim(claim, f"it cannot be read: {error}")


def whole_units(problem: Problem, objective: str, value: float) -> Claim:
    """Return whether no choice of whole units betters a value: tried one by one where there are few.

    Parameters
    ----------
    problem : Problem
    objective : {"worst", "weighted", "expected"}
    value : float
        What is claimed to be a bound.
    """
    claim = f"no choice of whole units is better than {exponent(value)}"
    best = best_of_all(problem_data(problem), objective)
    if best is None:
        return Claim(claim, "there are too many choices to try, and prices do not decide it", True)
    beyond = (value - best if objective == "expected" else best - value) > GAP * max(1.0, abs(value))
    return Claim(claim, f"a choice reaches {exponent(best)}" if beyond else "")


def _about(claim: Claim, name: str) -> Claim:
    """Return a claim that says which part of the answer it is about."""
    return replace(claim, text=f"{name}: {claim.text}")


def _checked(numbered: Compiled, claimed: Mapping[str, Any]) -> Checked:
    """Return what the independent check finds of a printed plan, with prices sought anew."""
    plan = joint_plan(branching(numbered.problem))
    levels = {str(key): float(level) for key, level in claimed["levels"].items()}
    proof = certificate(numbered.problem, replace(plan, effort=numbered.effort(levels)))
    return check(proof | {"primal": float(claimed["primal"])})


def _best(problem: Problem, checked: Checked, dual: float) -> Claim:
    """Return whether what is claimed to be a bound is one."""
    if dual >= checked.dual - GAP * max(1.0, abs(dual)):
        return Claim(f"no plan is better than {exponent(dual)}")
    if problem.measures.divisible.all():
        return Claim(f"no plan is better than {exponent(dual)}", f"prices prove a bound of {exponent(checked.dual)}")
    return whole_units(problem, "worst", dual)


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
