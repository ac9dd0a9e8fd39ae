"""Random scenarios, compiled, against a reading of the scenario's own words, one constraint at a time."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from random_scenarios import scenarios

from detente.monitoring.compiling import compiled
from detente.monitoring.constraints import (
    BudgetTransferCap,
    MaxDelay,
    MaxIntrusiveness,
    MaxLevel,
    NeedsConsent,
    NoMeasure,
    OnlyJoint,
    OwnSideOnly,
    Reciprocity,
)
from detente.monitoring.evaluating import reached
from detente.monitoring.joint import joint_value
from detente.monitoring.segments import terminals
from detente.monitoring.suspicion import suspicions


def effect(measure, segment):
    """The exponent a unit adds, straight from the meaning of the keys; 0 where the measure is not."""
    layer = segment.layer if segment.sector else ""
    if not {segment.id, layer} & set(measure.at):
        return 0.0
    if measure.sectors and segment.sector and segment.sector not in measure.sectors:
        return 0.0
    if not isinstance(measure.effect, tuple):
        return float(measure.effect)
    listed = dict(measure.effect)
    return next((float(listed[name]) for name in (segment.id, segment.sector, segment.layer) if name in listed), 0.0)


def least(scenario, adversary, level):
    """The least exponent over all routes, by relaxing every segment until nothing changes (Bellman and Ford)."""
    there = dict(adversary.baseline)
    cost = {}
    for segment in scenario.segments:
        own = next((there[name] for name in (segment.id, segment.layer) if name in there), segment.baseline)
        watched = sum(
            effect(measure, segment) * level.get((measure.id, segment.id), 0) for measure in scenario.measures
        )
        cost[segment.id] = (0.0 if own is None else float(own)) + watched
    reach = dict.fromkeys(terminals(scenario, adversary.start), 0.0)
    for _ in range(2 * len(scenario.segments)):
        for segment in scenario.segments:
            ends = [(segment.start, segment.end)] + ([(segment.end, segment.start)] if segment.both_ways else [])
            for start, end in ends:
                if start in reach:
                    reach[end] = min(reach.get(end, np.inf), reach[start] + cost[segment.id])
    return min(reach.get(place, np.inf) for place in terminals(scenario, adversary.end))


def about(constraint, measure, segment):
    where = constraint.where
    return all(
        not named or found & set(named)
        for named, found in (
            (where.measures, {measure.id, measure.kind}),
            (where.at, {segment.id, segment.layer}),
            (where.sectors, {segment.sector}),
        )
    )


def breaks(scenario, constraint, levels):
    """Whether levels break a constraint, straight from what it says."""
    party = {agency.id: agency.party for agency in scenario.agencies}
    chosen = [(m, s, level) for m, s, level in levels if about(constraint, m, s)]

    def used(measure, agency):
        return sum(float(amount) for key, amount in measure.uses if key == agency)

    def away(segment, agency):
        return bool(segment.ground) and party[agency] not in segment.ground

    match constraint:
        case NoMeasure():
            return any(level > 0 for _, _, level in chosen)
        case OnlyJoint():
            return any(level > 0 and len({party[key] for key, _ in m.uses}) < 2 for m, _, level in chosen)
        case OwnSideOnly():
            agency = constraint.agency
            return any(level > 0 and used(m, agency) and away(s, agency) for m, s, level in chosen)
        case MaxLevel():
            return sum(level for _, _, level in chosen) > float(constraint.amount) + 1e-6
        case Reciprocity():
            first, second = constraint.between
            difference = sum((used(m, first) - used(m, second)) * level for m, _, level in chosen)
            return abs(difference) > float(constraint.amount) + 1e-6
        case MaxDelay():
            lost = sum(float(m.delay or 0) * float(s.flow or 0) / 60 * level for m, s, level in chosen)
            return lost > float(constraint.amount) + 1e-6
        case MaxIntrusiveness():
            felt = sum(float(dict(m.intrusiveness).get(constraint.party, 0)) * level for m, _, level in chosen)
            return felt > float(constraint.amount) + 1e-6
        case BudgetTransferCap():
            agency = constraint.agency
            return (
                sum(used(m, agency) * level for m, s, level in chosen if away(s, agency))
                > float(constraint.amount) + 1e-6
            )
        case NeedsConsent():
            return False
    raise AssertionError(constraint)


@given(scenario=scenarios(), data=st.data())
def test_a_plan_is_evaluated_as_its_words_say(scenario, data):
    numbered = compiled(scenario)
    effort = np.array([data.draw(st.integers(0, 8)) / 4 for _ in numbered.deployments])
    level = {
        (each.measure.id, each.segment.id): units for each, units in zip(numbered.deployments, effort, strict=True)
    }
    there = {(m.id, s.id) for m in scenario.measures for s in scenario.segments if effect(m, s)}
    assert there <= set(level)
    found = reached(numbered, effort)
    for adversary in scenario.adversaries:
        assert found.exponents[adversary.id] == pytest.approx(least(scenario, adversary, level), abs=1e-9)
    levels = [(each.measure, each.segment, units) for each, units in zip(numbered.deployments, effort, strict=True)]
    broken = {constraint.id for constraint in scenario.constraints if breaks(scenario, constraint, levels)}
    assert broken == set(found.broken) & {constraint.id for constraint in scenario.constraints}


@given(scenario=scenarios())
@settings(max_examples=40)
def test_a_constraint_never_helps(scenario):
    free = joint_value(compiled(replace(scenario, constraints=())).problem)
    bound = joint_value(compiled(scenario).problem)
    assert bound <= free + 1e-7
    for constraint in scenario.constraints:
        assert bound <= joint_value(compiled(scenario.without(constraint.id)).problem) + 1e-7


@given(scenario=scenarios(budgets_only=True, constrained=False), factor=st.integers(2, 5))
@settings(max_examples=40)
def test_with_budgets_alone_more_of_them_gives_more_in_proportion(scenario, factor):
    assume(not scenario.along or all(not own.value for _, own in scenario.along))
    numbered = compiled(scenario)
    value = joint_value(numbered.problem)
    more = joint_value(numbered.problem.with_budgets(numbered.problem.resources.budget * factor))
    assert more == pytest.approx(factor * value, rel=1e-6, abs=1e-7)


@given(scenario=scenarios())
@settings(max_examples=40)
def test_it_does_not_matter_how_things_are_called_or_where_the_border_begins(scenario):
    turned = replace(scenario, sectors=scenario.sectors[::-1], measures=scenario.measures[::-1])
    assert joint_value(compiled(turned).problem) == pytest.approx(joint_value(compiled(scenario).problem), abs=1e-7)


@given(scenario=scenarios())
@settings(max_examples=40)
def test_a_coalition_gains_by_growing(scenario):
    problem = compiled(scenario).problem
    values = [joint_value(problem.restricted(range(count))) for count in range(1, problem.agencies + 1)]
    assume(not any(isinstance(constraint, Reciprocity) for constraint in scenario.constraints))
    assert all(less <= more + 1e-7 for less, more in pairwise(values))


@given(scenario=scenarios())
@settings(max_examples=40)
def test_what_deserves_a_look_is_so(scenario):
    """Whoever is told to act nowhere has no effort in any plan: taking its budget away changes nothing."""
    numbered = compiled(scenario)
    value = joint_value(numbered.problem)
    for (key, id), fault in suspicions(scenario):
        assert fault.warning
        if key == "agencies":
            budget = numbered.problem.resources.budget.copy()
            budget[[place for place, each in enumerate(scenario.budgets) if each.agency == id]] = 0
            assert joint_value(numbered.problem.with_budgets(budget)) == pytest.approx(value, abs=1e-7)
        elif key == "constraints":
            assert joint_value(compiled(scenario.without(id)).problem) == pytest.approx(value, abs=1e-7)
