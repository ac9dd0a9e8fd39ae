"""This module owns what plans of every kind are said with: the names of places, who crosses there, the certificate."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from detente.monitoring.arrays import Floats
from detente.monitoring.compiling import Compiled
from detente.monitoring.evaluating import reached
from detente.monitoring.items import LAYER_NAMES, Segment
from detente.monitoring.plan import Plan
from detente.monitoring.problem import Problem
from detente.monitoring.scenario import Scenario
from detente.monitoring.spread import even_shares
from detente.questions.monitored import exponent

MOST_NODES = 5_000  # of branching over whole units, after which the best plan found is taken, and the gap said
USED = 1e-7  # effort below which a measure is not taken
SAME = 1e-7  # difference below which two values are the same


def place_of(scenario: Scenario, segment: Segment) -> str:
    """Return how a segment is called: by its sector and layer, its crossing, or the arc given by hand."""
    if segment.crossing:
        return scenario.crossing(segment.crossing).label
    if segment.layer and segment.sector:
        return f"{scenario.sector(segment.sector).label}, {LAYER_NAMES[segment.layer]}"
    if segment.both_ways:
        return f"along the border, {segment.id}"
    return next((arc.label for arc in scenario.arcs if arc.id == segment.id), segment.id)


def shares(numbered: Compiled, plan: Plan) -> dict[str, float]:
    """Return by sector where crossings that adapt to a plan would be tried, the most even spread that proves it."""
    sectors = numbered.scenario.sectors
    found = even_shares(numbered.problem, plan, tried(numbered))
    return {sector.label: float(found[number]) if number < len(found) else 0.0 for number, sector in enumerate(sectors)}


def tried(numbered: Compiled) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Return by arc the number of the sector in which a crossing along it counts as tried; -1 for none."""
    numbers = {sector.id: number for number, sector in enumerate(numbered.scenario.sectors)}
    found = np.full(numbered.problem.network.arcs, -1)
    for arc, (segment, bears) in enumerate(numbered.arcs):
        if bears and segment.sector and (segment.layer in ("line", "") or segment.crossing):
            found[arc] = numbers[segment.sector]
    return found


def protected(numbered: Compiled, effort: Floats, stopping: Floats | None = None) -> Iterator[tuple[str, str]]:
    """Yield what a plan does to the people who cross: hours lost, crossings, waits, and who cannot cross any more.

    Parameters
    ----------
    effort : float, shape (deployments,)
        What delays them.
    stopping : float, shape (deployments,), or None
        What nobody passes, where there is any.
    """
    scenario = numbered.scenario
    outcome = reached(numbered, effort)
    yield "Delay", f"{exponent(outcome.hours)} person-hours a day"
    columns = range(len(numbered.deployments))
    stops = [column for column in columns if stopping is not None and stopping[column] > USED]
    if stops:
        flows = [numbered.deployments[column].segment.flow for column in stops]
        people = sum(float(flow) for flow in flows if flow is not None)
        yield "Stopped", f"{exponent(people)} people a day who cross there, and cannot any more"
    there = [column for column in columns if effort[column] > USED] + stops
    closed = {id for column in there for id in numbered.deployments[column].measure.closes}
    if not scenario.crossings:
        yield "Official crossings", "the scenario names none"
    for crossing in scenario.crossings:
        kept = "stays open; no plan may close it" if crossing.keep_open else "stays open"
        wait = outcome.waits[crossing.id]
        longest = (
            "no wait is too long" if crossing.most_wait is None else f"{exponent(float(crossing.most_wait))} allowed"
        )
        told = f"; whoever crosses there waits {exponent(wait)} minutes more ({longest})" if wait > USED else ""
        yield f"Crossing {crossing.label}", "✗ closed by this plan" if crossing.id in closed else f"✓ {kept}{told}"


def branching(problem: Problem) -> Problem:
    """Return a problem whose whole units are branched over up to a limit."""
    return replace(problem, most_nodes=MOST_NODES)


def proven(value: float, bound: float) -> bool:
    """Return whether a value is proven the best: no plan betters the bound."""
    return abs(value - bound) <= 1e-6 * max(1.0, abs(value))


def percent(share: float) -> str:
    """Say a share that can be small."""
    return f"{100 * share:.3g} %"


def certificate(numbered: Compiled, plan: Plan) -> dict[str, Any]:
    """Return a plan, its value and what is proven to be no better, as detente verify reads them."""
    levels = {key: level for key, level in numbered.levels(plan.effort).items() if level > USED / 100}
    return {"primal": plan.value, "dual": plan.bound, "levels": levels}
