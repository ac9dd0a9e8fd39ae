"""What cooperation is worth: the schematic to its digits, and every set of elements planned for by hand."""

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from schematic import parallel, problems, tri_state
from sharing_oracles import COVERAGE, TAGS, TRI_STATE_DETECTION, TRI_STATE_LEAK, TRI_STATE_WATERFALL

from detente.monitoring.cooperation import budget_curve, cooperation, covered, multiplier, proportionate, separate_plans
from detente.monitoring.joint import joint_plan, joint_value
from detente.monitoring.risk import leak_break_even
from detente.monitoring.routes import evaluate


def schematic():
    problem, labels = tri_state()
    return problem, np.maximum(labels, 0)


def test_tri_state_schematic():
    problem, labels = schematic()
    found = cooperation(problem, labels, 3)
    assert [each.level for each in found.waterfall] == pytest.approx(TRI_STATE_WATERFALL, abs=1e-6)
    detection = [found.waterfall[0].detection, found.waterfall[-1].detection]
    assert detection == pytest.approx(TRI_STATE_DETECTION, abs=1e-6)
    assert leak_break_even(*detection) == pytest.approx(TRI_STATE_LEAK, abs=1e-6)
    assert found.multiplier == pytest.approx(2.6375 / 0.9215461155742, abs=1e-6)
    assert sum(found.detection) == pytest.approx(detection[1] - detection[0])
    assert sum(found.level) == pytest.approx(2.6375 - 0.9215461155742)
    assert [each.undetected for each in found.reached] == pytest.approx([1 - each.detection for each in found.reached])


def test_tri_state_grows_with_budgets():
    problem, labels = schematic()
    twice = cooperation(problem.with_budgets(2 * problem.resources.budget), labels, 3)
    once = cooperation(problem, labels, 3)
    assert [each.level for each in twice.reached] == pytest.approx([2 * each.level for each in once.reached], abs=1e-6)
    assert twice.multiplier == pytest.approx(once.multiplier, abs=1e-6)


def test_joint_teams_without_planning_in_common_are_nothing():
    problem, labels = schematic()
    reached = cooperation(problem, labels, 3).reached
    assert reached[0b100].level == pytest.approx(reached[0].level)
    # Sensors without it: the third party puts them where it thinks best, on its own.
    assert reached[0b010].level > reached[0].level


def test_comparative_advantage_2x2():
    assert TAGS["comparative_advantage_2x2"] == "derived"
    problem = parallel([[1.0, 0.2], [0.2, 1.0]], [1.0, 1.0])
    solo = [joint_value(problem.restricted([party])) for party in (0, 1)]
    assert solo == pytest.approx([1 / 6, 1 / 6])
    found = cooperation(problem, [0] * 4, 1)
    assert [each.level for each in found.waterfall] == pytest.approx([1 / 3, 1])
    assert found.multiplier == pytest.approx(3)
    # Nobody gains by answering the other's solo plan, nor its part in the joint one: both are equilibria.
    apart = separate_plans(problem)
    for effort, value in ((apart, 1 / 3), (found.joint.effort, 1)):
        for party in (0, 1):
            others = np.where(problem.measures.consent[party], 0.0, effort)
            beside = problem.with_baseline(problem.exponents(others)).restricted([party])
            assert joint_value(beside) == pytest.approx(value)


@pytest.mark.parametrize("targets", COVERAGE)
def test_uncoordinated_random_coverage(targets):
    assert TAGS["uncoordinated_random_coverage"] == "derived"
    assert covered(targets, 2) == COVERAGE[targets]


@given(problems(caps=True), st.data())
@settings(max_examples=20, deadline=None)
def test_every_set_of_elements_by_hand(problem, data):
    count = 3
    users = problem.measures.use > 0  # one budget an agency, in their order
    labels = np.array(
        [data.draw(st.integers(1, count - 1)) if problem.measures.consent[:, m].sum() > 1 else 0
         for m in range(problem.measures.count)], dtype=np.int64)  # fmt: skip
    weights = np.array([[1.0 + party] * len(problem.adversaries) for party in range(problem.agencies)])
    found = cooperation(problem, labels, count, weights=weights)
    for mask, told in enumerate(found.reached):
        gone = [m for m, label in enumerate(labels.tolist()) if label and not mask >> label & 1]
        left = problem.barring(gone)
        if mask & 1:
            assert told.level == pytest.approx(joint_value(left), abs=1e-7)
        else:
            effort = np.zeros(problem.measures.count)
            for party in range(problem.agencies):
                others = np.delete(users, party, axis=0).any(axis=0)
                mine = left.barring(np.flatnonzero(others))
                free = replace(mine, measures=replace(mine.measures, consent=np.zeros_like(mine.measures.consent)))
                own = np.where(np.arange(problem.agencies) == party, problem.resources.budget, 0.0)
                effort += joint_plan(free.with_budgets(own)).effort
            assert told.level == pytest.approx(evaluate(problem, effort).worst, abs=1e-6)
        passing = [(1 + party) / problem.adversaries[0].weight * told.undetected for party in range(problem.agencies)]
        if len(problem.adversaries) == 1:
            assert told.by_party == pytest.approx(passing)
    # Shapley by all orders.
    for element in range(count):
        added = [
            found.reached[before | 1 << element].detection - found.reached[before].detection
            for order in permutations(range(count))
            for before in [sum(1 << e for e in order[: order.index(element)])]
        ]
        assert found.detection[element] == pytest.approx(np.mean(added), abs=1e-9)


@given(problems(caps=True, baseline=True))
@settings(max_examples=25, deadline=None)
def test_the_multiplier_on_both_sides(problem):
    target = joint_value(problem)
    factor = multiplier(problem, target)

    def reached(times):
        return evaluate(problem, separate_plans(problem.with_budgets(times * problem.resources.budget))).worst

    if factor is None:
        assert reached(2.0**20) < target
    else:
        assert reached(factor) >= target - 1e-6
        assert factor == 1 or reached(max(1.0, factor - 1e-3)) < target


@given(problems(caps=True, baseline=True) | problems(), st.sampled_from((0.0, 0.5, 3.0)))
@settings(max_examples=40, deadline=None)
def test_what_is_in_proportion_to_budgets_is(problem, factor):
    there = any(problem.baseline(index).any() for index in range(len(problem.adversaries)))
    capped = bool(np.isfinite(problem.measures.cap).any())
    assert proportionate(problem) == (not there and not capped)
    assert not proportionate(problem, "expected")
    larger = problem.with_budgets(factor * problem.resources.budget)
    (told,) = budget_curve(problem, (factor,))
    assert told.level == pytest.approx(evaluate(larger, separate_plans(larger)).worst, abs=1e-6)
    if proportionate(problem):
        assert joint_value(larger) == pytest.approx(factor * joint_value(problem), abs=1e-6)


def test_a_side_constraint_of_a_size_is_no_proportion():
    limited = parallel([[1.0, 0.5], [0.5, 1.0]], [1.0, 1.0], rows=[({0: 1.0}, -np.inf, 0.25)])
    barred = parallel([[1.0, 0.5], [0.5, 1.0]], [1.0, 1.0], rows=[({0: 1.0}, -np.inf, 0.0)])
    assert not proportionate(limited)
    assert proportionate(barred)
    assert multiplier(barred, joint_value(barred)) == pytest.approx(
        joint_value(barred) / evaluate(barred, separate_plans(barred)).worst
    )
    assert not proportionate(parallel([[1.0]], [1.0], divisible=[False]))


def test_a_factor_of_none_of_one_and_of_three():
    assert multiplier(parallel([[1.0]], [1.0], cap=(2.0,)), 3.0) is None
    assert multiplier(parallel([[1.0]], [1.0]), 0.5) == 1.0
    assert multiplier(parallel([[1.0]], [1.0]), 3.0) == pytest.approx(3.0, rel=1e-7)


def test_the_order_of_the_waterfall():
    problem, labels = schematic()
    found = cooperation(problem, labels, 3, order=(2, 1, 0))
    levels = [each.level for each in found.waterfall]
    assert levels == pytest.approx([found.reached[mask].level for mask in (0, 0b100, 0b110, 0b111)])
    assert found.detection == cooperation(problem, labels, 3).detection


def test_the_curve_of_budgets():
    problem, _ = schematic()
    curve = budget_curve(problem, (1.0, 2.0, 4.0))
    assert [each.level for each in curve] == pytest.approx([0.9215461 * factor for factor in (1, 2, 4)], abs=1e-5)


def test_undetected_crossings_as_the_aim():
    problem, labels = schematic()
    found = cooperation(problem, labels, 3, objective="expected")
    assert found.waterfall[-1].undetected == pytest.approx(1 - TRI_STATE_DETECTION[1], abs=1e-6)
    assert found.multiplier == pytest.approx(2.862038, abs=1e-4)


def test_what_cannot_be_is_refused():
    problem, labels = schematic()
    for wrong in (
        lambda: cooperation(problem, labels, 2),
        lambda: cooperation(problem, labels[:3], 3),
        lambda: cooperation(problem, labels, 9),
        lambda: cooperation(problem, labels, 3, order=(0, 1)),
    ):
        with pytest.raises(ValueError, match="element"):
            wrong()
