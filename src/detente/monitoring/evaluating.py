"""This module owns what a given plan reaches and costs, by name: whoever has a plan of their own can put it in."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp

from detente.monitoring.arrays import Floats
from detente.monitoring.compiling import Bound, Compiled, compiled
from detente.monitoring.limiting import hours, minutes
from detente.monitoring.routes import evaluate
from detente.monitoring.scenario import Scenario

CLOSE = 1e-7  # by how much a limit may be passed for rounding's sake


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What a plan reaches and costs.

    Parameters
    ----------
    levels : mapping
        The plan: units by deployment, ``AF-patrol at S1.west``.
    exponents, detection : mapping
        By adversary type, the exponent of its best route, and the chance that it is detected on it.
    used : mapping
        By budget, how much of it is used.
    hours : float
        Person-hours a day that the people who cross lose.
    waits : mapping
        By crossing, how many minutes whoever crosses there loses.
    intrusiveness : mapping
        By party, how much it is intruded upon.
    broken : tuple of str
        What the plan breaks: constraints by id, ``budget of AF``, ``most of KEY``, ``whole units of KEY``.
    """

    levels: Mapping[str, float]
    exponents: Mapping[str, float]
    detection: Mapping[str, float]
    used: Mapping[str, float]
    hours: float
    waits: Mapping[str, float]
    intrusiveness: Mapping[str, float]
    broken: tuple[str, ...]


def evaluated(
    scenario: Scenario, levels: Mapping[str, float], effects: Bound = "value", large: bool = False
) -> Evaluated:
    """Return what a plan of one's own reaches and costs, and what it breaks.

    Parameters
    ----------
    scenario : Scenario
    levels : mapping
        Units by deployment, ``AF-patrol at S1.west``; 0 for those not listed.
    effects : value, low or high
        Which end of each effect's interval counts.
    large : bool
        Whether more than 5,000 arcs are wanted.

    Raises
    ------
    UnknownNameError
        For a deployment that there is not, with the nearest ones.
    """
    numbered = compiled(scenario, effects, large)
    return reached(numbered, numbered.effort(levels))


def reached(numbered: Compiled, effort: Floats) -> Evaluated:
    """Return what efforts by column reach and cost, and what they break; `effort` has shape (deployments,)."""
    scenario, problem = numbered.scenario, numbered.problem
    units = [float(level) for level in effort]
    outcome = evaluate(problem, effort)
    exponents = {each.id: reach for each, reach in zip(scenario.adversaries, outcome.exponents, strict=True)}
    used = problem.measures.use @ effort
    felt = problem.measures.intrusiveness @ effort
    return Evaluated(
        numbered.levels(effort),
        exponents,
        {id: 1 - exp(-reach) for id, reach in exponents.items()},
        {budget.key: float(amount) for budget, amount in zip(scenario.budgets, used, strict=True)},
        sum(hours(each) * level for each, level in zip(numbered.deployments, units, strict=True)),
        {crossing.id: _wait(numbered, units, crossing.sector, crossing.id) for crossing in scenario.crossings},
        {party: float(amount) for party, amount in zip(scenario.party_ids, felt, strict=True)},
        tuple(_broken(numbered, effort)),
    )


def _wait(numbered: Compiled, units: list[float], sector: str, crossing: str) -> float:
    return sum(
        minutes(each) * level
        for each, level in zip(numbered.deployments, units, strict=True)
        if each.segment.travelled(sector, crossing)
    )


def _broken(numbered: Compiled, effort: Floats) -> list[str]:
    problem = numbered.problem
    found: list[str] = []
    for index, constraint in enumerate(numbered.limits):
        entries, lower, upper = problem.rows.row(index)
        level = sum(value * float(effort[column]) for column, value in entries.items())
        if not lower - CLOSE <= level <= upper + CLOSE:
            found.append(constraint.id)
    for budget, amount, most in zip(
        numbered.scenario.budgets, problem.measures.use @ effort, problem.resources.budget, strict=True
    ):
        if amount > most + CLOSE:
            found.append(f"budget of {budget.key}")
    for each, level, cap in zip(numbered.deployments, effort, problem.measures.cap, strict=True):
        if level > cap + CLOSE:
            found.append(f"most of {each.key}")
        if level < -CLOSE:
            found.append(f"least of {each.key}")
        if not each.measure.divisible and abs(level - round(float(level))) > CLOSE:
            found.append(f"whole units of {each.key}")
    return found
