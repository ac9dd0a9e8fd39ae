"""How crossings spread: of all mixed routes that prove a plan best, the most even one, against a program of its own."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_programs import minimum

from detente.monitoring.joint import joint_plan
from detente.monitoring.measures import Measures, Resources
from detente.monitoring.network import Adversary, Network
from detente.monitoring.problem import Problem
from detente.monitoring.spread import even_shares


def parallel(effects, budgets):
    """Return parallel sectors, in each of which every agency has a measure of its own."""
    effects = np.array(effects, dtype=float)
    agencies, sectors = effects.shape
    owner, arc = np.divmod(np.arange(agencies * sectors), sectors)
    mine = np.arange(agencies)[:, None] == owner
    return Problem(
        Network(2, np.zeros(sectors, dtype=int), np.ones(sectors, dtype=int), np.zeros(sectors)),
        (Adversary((0,), (1,)),),
        Measures(arc, effects.ravel(), mine * 1.0, mine, np.full(agencies * sectors, np.inf)),
        Resources(np.arange(agencies), np.array(budgets, dtype=float)),
    )


def largest_share(effects, budgets, value):
    """Return the least possible largest share: routes x over sectors and prices y, x_s w_as <= y_a, B y = value."""
    agencies, sectors = effects.shape
    rows, upper = [], []
    for agency in range(agencies):
        for sector in range(sectors):
            row = np.zeros(sectors + agencies + 1)
            row[sector], row[sectors + agency] = effects[agency, sector], -1.0
            rows.append(row)
            upper.append(0.0)
    for sector in range(sectors):
        row = np.zeros(sectors + agencies + 1)
        row[sector], row[-1] = 1.0, -1.0
        rows.append(row)
        upper.append(0.0)
    rows += [np.array([*[1.0] * sectors, *[0.0] * (agencies + 1)]), np.array([*[0.0] * sectors, *budgets, 0.0])]
    lower = [*[-np.inf] * len(upper), 1.0, 0.0]
    upper += [1.0, value + 1e-9]
    cost = np.zeros(sectors + agencies + 1)
    cost[-1] = 1.0
    return minimum(cost, rows, lower, upper)[0]


def test_equal_sectors_have_equal_shares():
    problem = parallel([[1, 0.2], [0.2, 1]], [1, 1])
    assert even_shares(problem, joint_plan(problem), np.arange(2)) == pytest.approx([0.5, 0.5])
    plan = joint_plan(problem, "expected")
    assert even_shares(problem, plan, np.arange(2)) == pytest.approx([0.5, 0.5], abs=1e-4)


def test_where_nothing_is_done_no_sector_stands_out():
    problem = parallel([[1, 0.5, 2]], [0])
    assert even_shares(problem, joint_plan(problem), np.arange(3)) == pytest.approx([1 / 3] * 3)


def test_one_agency_leaves_one_route_only():
    problem = parallel([[1, 0.5, 0.25]], [1])  # effort in proportion to 1/w, and so the adversary
    assert even_shares(problem, joint_plan(problem), np.arange(3)) == pytest.approx([1 / 7, 2 / 7, 4 / 7])


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_the_largest_share_is_the_least_possible(data):
    agencies, sectors = data.draw(st.integers(1, 3)), data.draw(st.integers(2, 4))
    few = st.sampled_from([0.2, 0.5, 1.0, 2.0])
    effects = np.array([[data.draw(few) for _ in range(sectors)] for _ in range(agencies)])
    budgets = [data.draw(few) for _ in range(agencies)]
    problem = parallel(effects, budgets)
    plan = joint_plan(problem)
    shares = even_shares(problem, plan, np.arange(sectors))
    assert shares.sum() == pytest.approx(1)
    assert shares.max() == pytest.approx(largest_share(effects, budgets, plan.value), abs=1e-6)
    prices = (shares * effects).max(axis=1)  # the cheapest prices that keep no measure from paying
    assert prices @ budgets == pytest.approx(plan.value, abs=1e-6)  # and so they are a proof
