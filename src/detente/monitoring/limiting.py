"""This module owns what each constraint does to a plan: one row over the levels of deployments, between two limits.

What is barred is a row too, "all of these together: 0 at most", so that a red line has a price like any other limit.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from detente.monitoring.arrays import UNLIMITED
from detente.monitoring.constraints import (
    BudgetTransferCap,
    Constraint,
    KeepOpen,
    MaxDelay,
    MaxIntrusiveness,
    MaxLevel,
    MaxWait,
    MinLevel,
    NoMeasure,
    OnlyJoint,
    OwnSideOnly,
    Reciprocity,
)
from detente.monitoring.deploying import Deployment, concerns
from detente.monitoring.scenario import Scenario

Row = tuple[dict[int, float], float, float]
MINUTES = 60  # in an hour


def limits(scenario: Scenario, deployments: Sequence[Deployment]) -> tuple[tuple[Constraint, ...], list[Row]]:
    """Return the constraints that limit levels, each with its row: what protects people who cross, then those listed.

    Returns
    -------
    tuple of Constraint
        By row. A need for consent is no row; it is part of the deployments.
    list of (mapping from column to float, float, float)
        Coefficients, lower and upper limit; a constraint about nothing that there is has an empty row.
    """
    parties = {agency.id: agency.party for agency in scenario.agencies}
    found: list[tuple[Constraint, Row]] = []
    for constraint in (*scenario.protections, *scenario.constraints):
        rule = ROWS.get(type(constraint))
        if rule is not None:
            about = [
                (column, each)
                for column, each in enumerate(deployments)
                if concerns(constraint.where, each.measure, each.segment)
            ]
            if about or not _about_others(scenario, constraint):
                found.append((constraint, rule(constraint, about, parties)))
    return tuple(constraint for constraint, _ in found), [row for _, row in found]


def _about_others(scenario: Scenario, constraint: Constraint) -> bool:
    """Return whether a lower limit is about teams sent at random or barriers only, which are planned by themselves."""
    named = constraint.where.measures
    return isinstance(constraint, MinLevel) and any(
        (each.team or each.barrier) and (each.id in named or each.kind in named) for each in scenario.measures
    )


About = Iterable[tuple[int, Deployment]]
Parties = Mapping[str, str]


def _none(columns: Iterable[int]) -> Row:
    return dict.fromkeys(columns, 1.0), -UNLIMITED, 0.0


def _at_most(entries: Iterable[tuple[int, float]], amount: float) -> Row:
    return {column: value for column, value in entries if value}, -UNLIMITED, amount


def _elsewhere(deployment: Deployment, party: str) -> bool:
    """Return whether it is on ground that is another party's, and not also this one's."""
    return bool(deployment.segment.ground) and party not in deployment.segment.ground


def _used(deployment: Deployment, agency: str) -> float:
    """Return how much of an agency's means a unit uses, all its resources together."""
    return sum(float(amount) for key, amount in deployment.measure.uses if key.partition(".")[0] == agency)


def _no_measure(constraint: NoMeasure, about: About, parties: Parties) -> Row:
    return _none(column for column, _ in about)


def _only_joint(constraint: OnlyJoint, about: About, parties: Parties) -> Row:
    return _none(column for column, each in about if len(each.users) < 2)


def _own_side_only(constraint: OwnSideOnly, about: About, parties: Parties) -> Row:
    agency = constraint.agency
    return _none(column for column, each in about if _used(each, agency) and _elsewhere(each, parties[agency]))


def _max_level(constraint: MaxLevel, about: About, parties: Parties) -> Row:
    return _at_most(((column, 1.0) for column, _ in about), float(constraint.amount))


def _min_level(constraint: MinLevel, about: About, parties: Parties) -> Row:
    return dict.fromkeys((column for column, _ in about), 1.0), float(constraint.amount), UNLIMITED


def _reciprocity(constraint: Reciprocity, about: About, parties: Parties) -> Row:
    first, second = constraint.between
    difference = ((column, _used(each, first) - _used(each, second)) for column, each in about)
    most = float(constraint.amount)
    return {column: value for column, value in difference if value}, -most, most


def _max_delay(constraint: MaxDelay, about: About, parties: Parties) -> Row:
    return _at_most(((column, hours(each)) for column, each in about), float(constraint.amount))


def _max_intrusiveness(constraint: MaxIntrusiveness, about: About, parties: Parties) -> Row:
    felt = ((column, float(dict(each.measure.intrusiveness).get(constraint.party, 0))) for column, each in about)
    return _at_most(felt, float(constraint.amount))


def _budget_transfer(constraint: BudgetTransferCap, about: About, parties: Parties) -> Row:
    agency = constraint.agency
    away = ((column, _used(each, agency)) for column, each in about if _elsewhere(each, parties[agency]))
    return _at_most(away, float(constraint.amount))


def _keep_open(constraint: KeepOpen, about: About, parties: Parties) -> Row:
    return _none(column for column, each in about if constraint.crossing in each.measure.closes)


def _max_wait(constraint: MaxWait, about: About, parties: Parties) -> Row:
    waits = (
        (column, minutes(each))
        for column, each in about
        if each.segment.travelled(constraint.sector, constraint.crossing)
    )
    return _at_most(waits, float(constraint.minutes))


ROWS: dict[type[Constraint], Callable[..., Row]] = {
    NoMeasure: _no_measure,
    OnlyJoint: _only_joint,
    OwnSideOnly: _own_side_only,
    MaxLevel: _max_level,
    MinLevel: _min_level,
    Reciprocity: _reciprocity,
    MaxDelay: _max_delay,
    MaxIntrusiveness: _max_intrusiveness,
    BudgetTransferCap: _budget_transfer,
    KeepOpen: _keep_open,
    MaxWait: _max_wait,
}
"""What each kind of constraint does to the levels; needing consent does nothing to them."""


def minutes(deployment: Deployment) -> float:
    """Return by how many minutes a unit delays everybody who crosses there."""
    return 0.0 if deployment.measure.delay is None else float(deployment.measure.delay)


def hours(deployment: Deployment) -> float:
    """Return how many person-hours a day a unit costs the people who cross there."""
    flow = deployment.segment.flow
    return 0.0 if flow is None else minutes(deployment) * float(flow) / MINUTES
