"""This module owns the question what cooperation is worth against plans made apart."""

from collections.abc import Iterator
from math import exp

import numpy as np

from detente.errors import NotAvailableError
from detente.monitoring.arrays import Floats
from detente.monitoring.compiling import Compiled, compiled
from detente.monitoring.cooperation import (
    Cooperation,
    budget_curve,
    cooperation,
    proportionate,
    separate_plans,
)
from detente.monitoring.deploying import Deployment
from detente.monitoring.joint import check_listed, joint_effort, joint_value
from detente.monitoring.problem import Problem
from detente.monitoring.proofs import apart_proofs, proof
from detente.monitoring.routes import evaluate
from detente.monitoring.scenario import Scenario
from detente.monitoring.uncoordinated import Apart as Separate
from detente.monitoring.uncoordinated import best_responses, proportional, solo
from detente.questions.monitor_compared import Apart, Compared, Element
from detente.questions.monitored import planned

ELEMENTS = {
    "access": "access to each other's ground",
    "third party": "third-party sensors",
    "joint teams": "joint teams",
    "barrier": "barriers",
}
PLANNING = "common planning"
FIRST = "uncoordinated"
POINTS = 16  # of the budget curve
FARTHEST = 10.0  # times the budgets, to which the curve is drawn


def compare(scenario: Scenario, starts: int = 10, large: bool = False) -> Compared:
    """Return what cooperation is worth: element by element, free of any order, and in budgets.

    Parameters
    ----------
    scenario : Scenario
    starts : int
        From how many starts plans answer each other.
    large : bool
        Whether more than 5,000 arcs are wanted.

    Raises
    ------
    NotAvailableError, TooLargeError
        Where there is no best plan, with the reason.
    """
    numbered = compiled(scenario, large=large)
    check_listed(numbered.problem, "a comparison with plans that answer each other")
    worth, separate = _worth(numbered), solo(numbered.problem)
    names = [PLANNING, *(ELEMENTS[kind] for kind in _kinds(numbered))]
    return Compared(
        planned(scenario, "plans with each set of elements, and plans made apart", starts=starts, seed=0),
        elements=tuple(_elements(numbered, worth, names)),
        apart=tuple(_apart(numbered, separate, starts)),
        multiplier=worth.multiplier,
        curve=_curve(numbered, worth),
        primal=worth.joint.value,
        dual=worth.joint.bound,
        whole=not numbered.problem.measures.divisible.all(),
        proofs={"joint": proof(numbered, worth.joint), "apart": apart_proofs(numbered, separate)},
    )


def _kinds(numbered: Compiled) -> list[str]:
    """Return the elements that some measure needs, in the order in which they are added."""
    there = {kind(numbered, each) for each in numbered.deployments}
    return [each for each in ELEMENTS if each in there]


def kind(numbered: Compiled, deployment: Deployment) -> str:
    """Return the element that makes a deployment possible; a third party's own access is told apart."""
    outside = set(numbered.scenario.third_parties)
    third = deployment.element == "access" and deployment.users and set(deployment.users) <= outside
    return "third party" if third else deployment.element


def _worth(numbered: Compiled) -> Cooperation:
    kinds = _kinds(numbered)
    needed = (kind(numbered, each) for each in numbered.deployments)
    labels = [kinds.index(each) + 1 if each in kinds else 0 for each in needed]
    return cooperation(numbered.problem, labels, len(kinds) + 1)


def _elements(numbered: Compiled, worth: Cooperation, names: list[str]) -> Iterator[Element]:
    scenario, large = numbered.scenario, numbered.problem.large
    ends: list[tuple[float | None, float | None]] = [(None, None)] * (len(names) + 1)
    if any(not quantity.certain for quantity in scenario.quantities):
        low, high = (_climbed(compiled(scenario, end, large)) for end in ("low", "high"))
        told = list(zip(low, high, strict=True))
        ends = [(one, other) for one, other in told] if any(other - one > 1e-6 for one, other in told) else ends
    shares = [None, *worth.detection]
    for name, found, share, (least, most) in zip([FIRST, *names], worth.waterfall, shares, ends, strict=True):
        yield Element(name, found.level, found.detection, least, most, share)


def _climbed(numbered: Compiled) -> list[float]:
    """Return the chances of detection as elements are added one after the other, without those of other orders."""
    kinds = _kinds(numbered)
    needed = [kind(numbered, each) for each in numbered.deployments]

    def without(missing: list[str]) -> Problem:
        return numbered.problem.barring([column for column, each in enumerate(needed) if each in missing])

    first = evaluate(without(kinds), separate_plans(without(kinds))).worst
    steps = (without(kinds[count:]) for count in range(len(kinds) + 1))
    return [_chance(first), *(_chance(evaluate(step, joint_effort(step)).worst) for step in steps)]


def _chance(level: float) -> float:
    return 1 - exp(-level)


def _apart(numbered: Compiled, separate: Separate, starts: int) -> Iterator[Apart]:
    problem, scenario = numbered.problem, numbered.scenario
    yield _told(
        "solo", separate.reached.worst, "each as if it were alone, the plans laid on each other", separate.broken
    )
    try:
        answers = best_responses(problem, weights=_weights(scenario), starts=starts)
    except NotAvailableError as error:
        yield Apart("best responses", 0.0, 0.0, str(error))
    else:
        how = f"each answers the others in turn until nobody gains ({answers.settled} of {answers.starts} starts)"
        yield _told("best responses, worst found", answers.worst.reached.worst, how, answers.worst.broken)
        yield _told("best responses, best found", answers.best.reached.worst, how, answers.best.broken)
    spread = proportional(problem, _traffic(numbered))
    yield _told("proportional", spread.reached.worst, "each puts effort where the traffic is", spread.broken)


def _told(name: str, level: float, how: str, broken: tuple[int, ...]) -> Apart:
    beside = "; nobody looks after limits that concern several, and some are broken" if broken else ""
    return Apart(name, level, _chance(level), how + beside)


def _traffic(numbered: Compiled) -> Floats:
    return np.array([0.0 if segment.flow is None else float(segment.flow) for segment, _ in numbered.arcs])


def _weights(scenario: Scenario) -> Floats | None:
    """Return how much each type counts for each player; None where all count it alike."""
    if not any(each.weights for each in scenario.adversaries):
        return None
    return np.array(
        [
            [float(dict(each.weights).get(player, each.weight)) for each in scenario.adversaries]
            for player in scenario.players
        ]
    )


def _curve(numbered: Compiled, worth: Cooperation) -> tuple[tuple[float, float, float | None], ...]:
    """Return the chance of detection apart and together for all budgets multiplied, from nothing on."""
    end = min(max(2.0, 1.25 * (worth.multiplier or 2.0)), FARTHEST)
    factors = [end * place / POINTS for place in range(POINTS + 1)]
    problem = numbered.problem
    elements = [column for column, each in enumerate(numbered.deployments) if each.element != "own"]
    apart = budget_curve(problem.barring(elements), factors)
    found = []
    level = worth.joint.value if proportionate(problem) else None
    for factor, one in zip(factors, apart, strict=True):
        both = _reached(problem, factor) if level is None else _chance(factor * level)
        found.append((factor, one.detection, both))
    return tuple(found)


def _reached(problem: Problem, factor: float) -> float | None:
    """Return what the joint plan finds with all budgets multiplied; None where so little cannot meet what is asked."""
    try:
        return _chance(joint_value(problem.with_budgets(problem.resources.budget * factor)))
    except NotAvailableError:
        return None
