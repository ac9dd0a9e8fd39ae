"""This module owns what deserves a look in a sound scenario: means that nothing uses, measures that are nowhere."""

from collections.abc import Iterator

from detente.errors import Fault
from detente.look.summary import listed
from detente.monitoring.arrays import UNLIMITED
from detente.monitoring.constraints import Constraint, MinLevel
from detente.monitoring.deploying import Deployment, deployments
from detente.monitoring.limiting import Row, limits
from detente.monitoring.recast import barriers, teams
from detente.monitoring.scenario import Scenario

MOST_SEGMENTS = 5_000  # beyond these, only what can be told at a glance

Found = tuple[tuple[str, ...], Fault]


def suspicions(scenario: Scenario) -> Iterator[Found]:
    """Yield what deserves a look, each with the item it is about: ``("measures", "fence")``."""
    if len(scenario.segments) > MOST_SEGMENTS:
        return
    views = (scenario, teams(scenario), barriers(scenario))
    columns = tuple(each for view in views if view is not None for each in deployments(view))
    constraints, rows = limits(scenario, columns)
    there = {each.measure.id for each in columns}
    for measure in scenario.measures:
        if measure.id not in there:
            what = "this measure is nowhere: no place under `at` is one on which it has an effect"
            yield ("measures", measure.id), Fault(what, "name the places that its effect lists", warning=True)
    yield from _idle(scenario, columns, constraints, rows)
    for constraint, (entries, lower, _) in zip(constraints, rows, strict=True):
        if entries or constraint not in scenario.constraints:
            continue
        if isinstance(constraint, MinLevel) and lower > 0:
            what = "this asks for measures of which there are none"
            yield ("constraints", constraint.id), Fault(what, "name measures and places that there are")
        else:
            what = "this limits nothing: no measure is of the kind and at the place that it names"
            yield ("constraints", constraint.id), Fault(what, "name measures and places that there are", warning=True)


def _idle(
    scenario: Scenario, columns: tuple[Deployment, ...], constraints: tuple[Constraint, ...], rows: list[Row]
) -> Iterator[Found]:
    """Yield the agencies that have means, and can use them nowhere."""
    bars: dict[int, Constraint] = {}
    for constraint, (entries, lower, upper) in zip(constraints, rows, strict=True):
        if upper == 0 and lower == -UNLIMITED and all(value > 0 for value in entries.values()):
            bars.update({column: constraint for column in entries if column not in bars})
    for agency in scenario.agencies:
        if not any(budget.amount.value for budget in agency.budgets):
            continue
        own = {budget.key for budget in agency.budgets}
        using = [
            column
            for column, each in enumerate(columns)
            if own & {key for key, amount in each.measure.uses if amount.value}
        ]
        if not using:
            what = f"no measure uses what {agency.id} has"
            yield ("agencies", agency.id), Fault(what, "add measures that use it, or take it out", warning=True)
        elif all(column in bars for column in using):
            names = listed([repr(id) for id in dict.fromkeys(bars[column].id for column in using)])
            what = f"{agency.id} may act nowhere: every measure that uses what it has is barred by {names}"
            yield ("agencies", agency.id), Fault(what, "lift one of these constraints", warning=True)
