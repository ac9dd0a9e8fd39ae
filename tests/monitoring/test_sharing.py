"""What every set of parties reaches, and how it is divided: the schematic to its digits, properties at random."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from schematic import parallel, problems, tri_state
from sharing_oracles import TRI_STATE_DIVISIONS, TRI_STATE_LEVELS

from detente.monitoring.coalitional import members
from detente.monitoring.joint import joint_value
from detente.monitoring.routes import evaluate
from detente.monitoring.sharing import alone, coalitions, share


def test_tri_state_schematic():
    found = share(tri_state()[0], weights=(1, 2, 1))
    assert {tuple(members(each.members)): each.value for each in found.coalitions[1:]} == pytest.approx(
        TRI_STATE_LEVELS
    )
    for rule, shares in TRI_STATE_DIVISIONS.items():
        division = found.division(rule)
        assert division.shares == pytest.approx(shares, abs=1e-6)
        assert division.in_core and max(division.excesses) <= 1e-7
    assert found.core and found.least_core.excess < 0
    assert found.division("proportional").shares == pytest.approx((2.6375 / 4, 2.6375 / 2, 2.6375 / 4))
    assert not found.division("proportional").in_core  # the second and third parties reach more by themselves
    assert sum(found.division("separable").shares) == pytest.approx(2.6375)


def test_tri_state_without_waiting_for_outsiders():
    found = share(tri_state()[0], outsiders="status_quo")
    assert found.owen is None
    assert found.coalitions[0].value == pytest.approx(0.921546, abs=1e-6)
    assert found.coalitions[-1].value == pytest.approx(2.6375)
    assert found.game.total == pytest.approx(2.6375 - 0.921546, abs=1e-6)
    # Alone, nobody can do better than its solo plan where all solo plans are even.
    assert [found.game.alone(party) for party in range(3)] == pytest.approx([0, 0, 0], abs=1e-9)


@given(problems(), st.sampled_from(("worst", "weighted")))
@settings(max_examples=20, deadline=None)
def test_every_division_gives_out_everything(problem, objective):
    found = share(problem, objective, weights=range(1, problem.agencies + 1))
    for division in found.divisions:
        assert sum(division.shares) == pytest.approx(float(found.game.total), abs=1e-6)
    assert found.core and found.division("owen").in_core and found.division("nucleolus").in_core
    for each in found.coalitions[1:]:
        # The plan proves the value from below, and is the set's own: no budget of others, no measure that needs others.
        assert evaluate(problem, each.plan.effort).worst == pytest.approx(each.plan.reached.worst, abs=1e-9)
        used = problem.measures.use @ each.plan.effort
        outside = [party for party in range(problem.agencies) if not each.members >> party & 1]
        assert used[outside] == pytest.approx(np.zeros(len(outside)), abs=1e-9)
        assert not (problem.measures.consent[outside] & (each.plan.effort > 1e-9)).any()


@given(problems(caps=True, baseline=True))
@settings(max_examples=20, deadline=None)
def test_free_riders(problem):
    found = share(problem, outsiders="status_quo")
    apart = [alone(problem, party) for party in range(problem.agencies)]
    everybody = range(problem.agencies)
    for party, rider in enumerate(found.free_riders):
        others = [other for other in everybody if other != party]
        assert rider.staying == pytest.approx(joint_value(problem), abs=1e-7)
        assert rider.idle == pytest.approx(joint_value(problem.restricted(others)), abs=1e-7)
        beside = problem.beside(apart[party]).restricted(others)
        assert rider.alone == pytest.approx(joint_value(beside), abs=1e-7)
        assert rider.alone == pytest.approx(
            found.coalitions[(1 << problem.agencies) - 1 - (1 << party)].value, abs=1e-7
        )
        assert rider.idle <= rider.alone + 1e-7
        assert 0 <= rider.kept <= 1 + 1e-9
    assert found.coalitions[0].value == pytest.approx(evaluate(problem, sum(apart)).worst, abs=1e-9)


def majority():
    pairs = np.array([[1, 1, 0], [1, 0, 1], [0, 1, 1]], dtype=float)
    problem = parallel([[1.0]] * 3, [9.0] * 3, consent=pairs > 0, rows=[({0: 1.0, 1: 1.0, 2: 1.0}, -np.inf, 1.0)])
    return replace(problem, measures=replace(problem.measures, use=pairs))


def test_an_empty_core_is_said():
    for outsiders in ("passive", "status_quo"):
        found = share(majority(), outsiders=outsiders)
        assert not found.core
        assert float(found.least_core.excess) == pytest.approx(1 / 3)
        assert [division.in_core for division in found.divisions] == [False] * len(found.divisions)
        assert found.division("nucleolus").shares == pytest.approx((1 / 3,) * 3)


def test_whole_units_fall_back_on_the_least_core():
    # One fence in one of two sectors is worth nothing; two of them need both budgets.
    problem = parallel([[1.0, 1.0], [1.0, 1.0]], [1.5, 1.5], divisible=[False] * 4)
    found = share(problem)
    assert found.owen is None and "owen" not in [division.rule for division in found.divisions]
    assert [each.value for each in found.coalitions] == pytest.approx([0, 0, 0, 1])
    assert found.division("nucleolus").shares == pytest.approx((0.5, 0.5))
    assert found.core


def test_a_set_that_cannot_meet_its_constraints_reaches_what_is_there():
    problem = parallel([[1.0], [1.0]], [2.0, 5.0], baseline=[0.25], rows=[({0: 1.0, 1: 1.0}, 3.0, np.inf)])
    found = coalitions(problem)
    assert [each.impossible for each in found] == [False, True, False, False]
    assert [each.value for each in found] == pytest.approx([0.25, 0.25, 5.25, 7.25])
    assert alone(problem, 0).tolist() == [0, 0]


def test_who_can_share():
    with pytest.raises(ValueError, match="exponents"):
        share(tri_state()[0], "expected")
    with pytest.raises(ValueError, match="at most 8"):
        share(parallel(np.ones((9, 1)), np.ones(9)))
