"""What detection costs in waiting: against plans with a limit on waiting."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from schematic import parallel, problems

from detente.monitoring.faults import ContradictionError
from detente.monitoring.joint import joint_value
from detente.monitoring.measures import Rows
from detente.monitoring.waiting import waiting_curve


def limited(problem, hours):
    """Return the best exponent with so many hours of waiting at most; None if that is not possible."""
    delays = {measure: float(delay) for measure, delay in enumerate(problem.measures.delay) if delay}
    rows = [problem.rows.row(index) for index in range(problem.rows.count)]
    try:
        return joint_value(replace(problem, rows=Rows.of([*rows, (delays, -np.inf, hours)])))
    except ContradictionError:
        return None


@given(problems(caps=True, baseline=True), st.data())
@settings(max_examples=40, deadline=None)
def test_the_curve_is_the_best_for_every_number_of_hours(problem, data):
    count = problem.measures.count
    delay = data.draw(st.lists(st.sampled_from((0.0, 0.5, 1.0, 3.0)), min_size=count, max_size=count))
    problem = replace(problem, measures=replace(problem.measures, delay=np.array(delay)))
    curve = waiting_curve(problem)
    assert curve.whole
    hours = [corner.hours for corner in curve.corners]
    levels = [corner.level for corner in curve.corners]
    assert hours == sorted(hours) and levels == sorted(levels)
    assert levels[-1] == pytest.approx(joint_value(problem), abs=1e-7)
    slopes = [(b.level - a.level) / (b.hours - a.hours) for a, b in pairwise(curve.corners)]
    assert all(before > after - 1e-6 for before, after in pairwise(slopes))
    for limit in [0.0, *hours, *(hours[0] + (hours[-1] - hours[0]) * part for part in (0.1, 0.33, 0.5, 0.9)), 99.0]:
        assert curve.at(limit) == pytest.approx(limited(problem, limit + 1e-9), abs=1e-6)


def test_two_kinds_of_checks():
    # One sector: a slow check of effect 1, a quick one of effect 1/2; one agency with a budget of 2.
    problem = parallel([[1.0]], [2.0])
    measures = replace(problem.measures, arc=np.array([0, 0]), exponent=np.array([1.0, 0.5]), use=np.ones((1, 2)),
                       consent=np.ones((1, 2), bool), cap=np.full(2, np.inf), delay=np.array([3.0, 0.0]),
                       intrusiveness=np.zeros((0, 2)), divisible=np.ones(2, bool))  # fmt: skip
    curve = waiting_curve(replace(problem, measures=measures))
    assert [corner.hours for corner in curve.corners] == pytest.approx([0, 6])
    assert [corner.level for corner in curve.corners] == pytest.approx([1, 2])
    assert curve.at(3.0) == pytest.approx(1.5)
    assert curve.at(-1.0) is None


def test_waiting_that_is_asked_for():
    problem = parallel([[1.0]], [4.0], rows=[({0: 1.0}, 1.0, np.inf)])
    problem = replace(problem, measures=replace(problem.measures, delay=np.array([2.0])))
    curve = waiting_curve(problem)
    assert [corner.hours for corner in curve.corners] == pytest.approx([2, 8])
    assert [corner.level for corner in curve.corners] == pytest.approx([1, 4])
    assert curve.at(1.9) is None and limited(problem, 1.9) is None


def test_whole_units():
    problem = parallel([[1.0, 1.0]], [4.0], cap=[2, 2], divisible=[False, False])
    problem = replace(problem, measures=replace(problem.measures, delay=np.array([1.0, 2.0])))
    curve = waiting_curve(problem, most=13)
    assert not curve.whole
    for corner in curve.corners:
        assert corner.level == pytest.approx(limited(problem, corner.hours + 1e-7))
    assert (curve.at(2.99), curve.at(3.0), curve.at(6.0)) == pytest.approx((0, 1, 2))


def test_weights_of_types():
    problem = parallel([[1.0]], [2.0], weights=(0.25, 0.5))
    problem = replace(problem, measures=replace(problem.measures, delay=np.array([1.0])))
    assert waiting_curve(problem, "weighted").corners[-1].level == pytest.approx(1.5)
    with pytest.raises(ValueError, match="exponents"):
        waiting_curve(problem, "expected")
