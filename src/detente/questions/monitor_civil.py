"""This module owns the question what a joint plan does to the people who cross."""

from collections.abc import Iterator
from dataclasses import replace
from math import exp

import numpy as np

from detente.monitoring.arrays import Floats
from detente.monitoring.civil import kept_open, person_hours, slacks
from detente.monitoring.compiling import Compiled, compiled
from detente.monitoring.constraints import EVERYWHERE, MaxDelay, MaxIntrusiveness, MaxWait
from detente.monitoring.faults import ContradictionError
from detente.monitoring.joint import joint_plan
from detente.monitoring.plan import Plan
from detente.monitoring.proofs import apart_proofs, proof
from detente.monitoring.quantities import Quantity
from detente.monitoring.scenario import Scenario
from detente.monitoring.uncoordinated import solo
from detente.questions.monitor_crossing import Alarm, Civil, Crossing, Limit
from detente.questions.monitor_solve import METHOD
from detente.questions.monitored import planned

STEPS = 4  # limits to delay between none and what the plan uses


def civil(scenario: Scenario, large: bool = False) -> Civil:
    """Return what the joint plan does to the people who cross: delay, false alarms, crossings kept open, limits.

    Parameters
    ----------
    scenario : Scenario
    large : bool
        Whether more than 5,000 arcs are wanted.

    Raises
    ------
    NotAvailableError, TooLargeError
        Where there is no best plan, with the reason.
    """
    numbered = compiled(scenario, large=large)
    problem = numbered.problem
    plan = joint_plan(problem)
    hours = person_hours(problem.measures.delay, plan.effort)
    caps = [
        float(limit.amount)
        for limit in scenario.constraints
        if isinstance(limit, MaxDelay) and limit.where == EVERYWHERE
    ]
    separate = solo(problem)
    flows = [crossing.flow for crossing in scenario.crossings] + [sector.flow for sector in scenario.sectors]
    less = list(_less_delay(numbered, hours))
    return Civil(
        planned(scenario, METHOD),
        delay=Limit("Delay", hours, min(caps, default=None), "person-hours a day"),
        people=sum(float(flow) for flow in flows if flow is not None),
        alarms=tuple(
            Alarm(each.label, float(each.prevalence), float(each.detection), float(each.false_alarm))
            for each in scenario.base_rates
        ),
        crossings=tuple(_crossings(numbered, plan.effort)),
        limits=tuple(_limits(numbered, plan.effort)),
        detection=plan.detection,
        apart=1 - exp(-separate.reached.worst),
        tradeoff=(
            *((allowed, each.detection) for allowed, _, each in less),
            *([(hours, plan.detection)] if less else []),
        ),
        types=tuple(
            (each.label, 1 - exp(-reached))
            for each, reached in zip(scenario.adversaries, plan.reached.exponents, strict=True)
        ),
        proofs={
            "joint": proof(numbered, plan),
            "apart": apart_proofs(numbered, separate),
            "less delay": [proof(tighter, each) for _, tighter, each in less],
        },
    )


def _crossings(numbered: Compiled, effort: Floats) -> Iterator[Crossing]:
    scenario = numbered.scenario
    closing = [
        [column for column, each in enumerate(numbered.deployments) if crossing.id in each.measure.closes]
        for crossing in scenario.crossings
    ]
    for crossing, open_still in zip(scenario.crossings, kept_open(effort, closing), strict=True):
        if crossing.keep_open:
            told = "no plan may close it"
        else:
            told = f"the scenario lets a plan close it{f': {crossing.because}' if crossing.because else ''}"
        yield Crossing(crossing.label, open_still, told, crossing.keep_open)


def _limits(numbered: Compiled, effort: Floats) -> Iterator[Limit]:
    """Yield waits at crossings, intrusion upon every party, and the other limits to delay, as far as they are used."""
    scenario = numbered.scenario
    slack = dict(zip(numbered.limits, slacks(numbered.problem.rows, effort), strict=True))
    labels = {party.id: party.label for party in scenario.parties}
    names = {crossing.id: crossing.label for crossing in scenario.crossings}
    capped: set[str] = set()
    waits: list[Limit] = []
    for limit, found in slack.items():
        if isinstance(limit, MaxWait):
            name = f"Wait at {names[limit.crossing]}"
            waits.append(Limit(name, found.value, float(limit.minutes), "minutes"))
        elif isinstance(limit, MaxIntrusiveness):
            capped.add(limit.party)
            yield Limit(f"Intrusion upon {labels[limit.party]}", found.value, float(limit.amount))
        elif isinstance(limit, MaxDelay) and limit.where != EVERYWHERE:
            yield Limit(limit.label, found.value, float(limit.amount), "person-hours a day")
    longer = sorted((wait for wait in waits if wait.used > 0), key=lambda wait: -wait.used)
    yield from longer
    if waits and not longer:
        least = min(wait.limit or 0.0 for wait in waits)
        yield Limit("Waits at crossings because of the plan", 0.0, least, "minutes")
    for party, row in zip(scenario.party_ids, numbered.problem.measures.intrusiveness, strict=False):
        felt = float(row @ effort)  # no rows where there are no measures
        if felt > 0 and party not in capped:
            yield Limit(f"Intrusion upon {labels[party]}", felt, None)


def _less_delay(numbered: Compiled, hours: float) -> Iterator[tuple[float, Compiled, Plan]]:
    """Yield the best plans with less delay allowed than the plan uses, where some plan meets what is asked with it."""
    if hours <= 0:
        return
    for allowed in np.linspace(0, hours, STEPS + 1)[:-1].tolist():
        tighter = slower(numbered, allowed)
        try:
            yield allowed, tighter, joint_plan(tighter.problem)
        except ContradictionError:  # what must be there costs people more than that
            continue


def slower(numbered: Compiled, allowed: float) -> Compiled:
    """Return the scenario in which people may lose so many hours together, and no more."""
    limit = MaxDelay(id="less delay", amount=Quantity.of(allowed))
    scenario = replace(numbered.scenario, constraints=(*numbered.scenario.constraints, limit))
    return compiled(scenario, large=numbered.problem.large)
