"""Plans made apart: published answers, and what an equilibrium must be."""

import numpy as np
import plan_oracles as oracles
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from naive_plans import keeps_limits, least_on_routes
from schematic import parallel, problems, tri_state

from detente.errors import NotAvailableError
from detente.monitoring import uncoordinated
from detente.monitoring.cooperation import multiplier
from detente.monitoring.joint import joint_value
from detente.monitoring.problem import Problem
from detente.monitoring.uncoordinated import best_responses, proportional, solo


def test_tri_state_schematic() -> None:
    problem, element = tri_state()
    apart = solo(problem)
    assert apart.reached.worst == pytest.approx(oracles.TRI_STATE_SOLO, abs=1e-5)
    assert 1 - apart.reached.undetected == pytest.approx(oracles.TRI_STATE_SOLO_DETECTION, abs=1e-6)
    leak = 1 - (1 - apart.reached.undetected) / oracles.TRI_STATE_DETECTION
    assert leak == pytest.approx(0.3515105, abs=1e-5)
    own_side = problem.barring(np.flatnonzero(element > 0).tolist())
    factor = multiplier(own_side, oracles.TRI_STATE_EXPONENTS[0, 1, 2])
    assert factor == pytest.approx(oracles.TRI_STATE_MULTIPLIER, abs=5e-3)
    found = best_responses(problem)
    assert found.best.reached.worst == pytest.approx(oracles.TRI_STATE_OWN_SIDE, abs=1e-6)
    assert found.worst.reached.worst <= apart.reached.worst + 1e-9


def test_comparative_advantage_2x2() -> None:
    problem = parallel(oracles.ADVANTAGE, (1, 1))
    apart = solo(problem)
    assert apart.reached.worst == pytest.approx(float(oracles.ADVANTAGE_SUM), abs=1e-9)
    assert joint_value(problem) / apart.reached.worst == pytest.approx(3, abs=1e-8)
    # both profiles are equilibria of agencies that want the same
    good = np.array([[1.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 1.0]])
    found = best_responses(problem, starts=4, from_plans=[apart.plans, good])
    assert any(value == pytest.approx(float(oracles.ADVANTAGE_SUM), abs=1e-8) for value in found.values)
    assert found.values[-1] == pytest.approx(float(oracles.ADVANTAGE_JOINT), abs=1e-8)
    assert found.settled == found.starts == 5


@given(problems(baseline=True))
@settings(max_examples=50)
def test_solo_plans(problem: Problem) -> None:
    apart = solo(problem)
    assert (apart.plans.sum(axis=0) == apart.effort).all()
    for agency, plan in enumerate(apart.plans):
        alone = problem.restricted([agency])
        assert keeps_limits(alone, plan)
        assert least_on_routes(alone, plan) >= joint_value(alone) - 1e-8
    assert apart.reached.worst <= joint_value(problem) + 1e-8
    assert apart.reached.worst == pytest.approx(
        min(least_on_routes(problem, apart.effort, who) for who in range(len(problem.adversaries))), abs=1e-9
    )
    assert apart.broken == ()


@given(problems(), st.sampled_from(("worst", "weighted", "expected")))
@settings(max_examples=30)
def test_in_an_equilibrium_nobody_gains_by_another_plan(problem: Problem, objective) -> None:
    found = best_responses(problem, objective, starts=5, seed=1)
    for apart in (found.worst, found.best):
        for agency, plan in enumerate(apart.plans):
            alone = problem.restricted([agency])
            assert keeps_limits(alone, plan)
            others = apart.effort - plan
            best = joint_value(alone.with_baseline(problem.exponents(others)), objective)
            reached = {
                "worst": apart.reached.worst,
                "weighted": apart.reached.weighted,
                "expected": apart.reached.undetected,
            }[objective]
            assert best == pytest.approx(reached, abs=1e-6)
    ordered = sorted(found.values, reverse=objective == "expected")
    assert list(found.values) == ordered
    again = best_responses(problem, objective, starts=5, seed=1)
    assert again.values == found.values


def test_own_weights() -> None:
    # one agency cares for the type that the other does not care for
    problem = parallel(((1.0, 1.0), (1.0, 1.0)), (1.0, 1.0), weights=(0.5, 0.5))
    found = best_responses(problem, "weighted", np.array([[1.0, 0.0], [0.0, 0.0]]), starts=3)
    assert not found.worst.plans[1].any() or found.worst.reached.worst > 0
    assert found.best.reached.worst == pytest.approx(1.0)


def test_proportional_plans_follow_the_traffic() -> None:
    problem = parallel(((1.0, 1.0, 1.0), (0.5, 0.5, 0.5)), (2.0, 4.0))
    apart = proportional(problem, np.array([3.0, 1.0, 0.0]))
    assert apart.plans == pytest.approx(np.array([[1.5, 0.5, 0, 0, 0, 0], [0, 0, 0, 3.0, 1.0, 0]]))
    assert apart.reached.worst == 0.0
    even = proportional(problem, np.zeros(3))
    assert even.reached.worst == pytest.approx(2 / 3 + 0.5 * 4 / 3)


def test_proportional_plans_keep_caps_and_side_constraints() -> None:
    capped = parallel(((1.0, 1.0),), (2.0,), cap=(0.5, 9.0))
    assert proportional(capped, np.array([1.0, 1.0])).effort == pytest.approx([0.5, 1.0])
    limited = parallel(((1.0, 1.0),), (2.0,), rows=[({0: 1.0, 1: 1.0}, 0.0, 1.0)])
    apart = proportional(limited, np.array([3.0, 1.0]))
    assert apart.effort == pytest.approx([0.75, 0.25])
    assert apart.broken == ()


def test_side_constraints_that_nobody_looks_after_are_named() -> None:
    both = parallel(((1.0,), (1.0,)), (1.0, 1.0), rows=[({0: 1.0}, 0.0, 5.0), ({0: 1.0, 1: 1.0}, 0.0, 1.5)])
    assert solo(both).broken == (1,)
    found = best_responses(both, starts=3)
    # whoever answers sees what is left of the limit, but nobody mends what the others broke
    assert {found.best.broken, found.worst.broken} <= {(), (1,)}
    from_nothing = best_responses(both, starts=1, from_plans=[np.zeros((2, 2))])
    assert from_nothing.worst.broken == ()


def test_beside_others_limits_are_what_they_leave() -> None:
    problem = parallel(((1.0, 2.0),), (3.0,), rows=[({0: 1.0, 1: 1.0}, 1.5, 2.5)], baseline=(0.1, 0.2))
    beside = problem.beside(np.array([1.0, 0.25]))
    assert (beside.rows.lower.tolist(), beside.rows.upper.tolist()) == ([0.25], [1.25])
    assert beside.baseline(0) == pytest.approx([1.1, 0.7])


def test_measures_that_need_others_are_not_used_alone() -> None:
    problem, element = tri_state()
    for apart in (solo(problem), proportional(problem, np.ones(12)), best_responses(problem, starts=4).worst):
        assert not apart.effort[element > 0].any()


def test_answers_without_an_end_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uncoordinated, "SWEEPS", 0)
    with pytest.raises(NotAvailableError, match="come to no end from any of 3 starts"):
        best_responses(parallel(oracles.ADVANTAGE, (1, 1)), starts=3)
