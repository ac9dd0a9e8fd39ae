"""What one more unit of a limit adds and one fewer costs, against prices and plans by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from schematic import parallel

from detente.errors import NotAvailableError
from detente.monitoring.easing import eased
from detente.monitoring.joint import joint_plan, joint_value

TWO = [({0: 1.0, 1: 1.0}, -np.inf, 1.0), ({2: 1.0}, 0.5, np.inf), ({0: 1.0, 2: -1.0}, -1.0, 1.0)]


def limited(rows=TWO, budgets=(3.0, 2.0)):
    return parallel([[1.0, 0.5], [0.4, 0.8]], budgets, rows=rows)


def test_limits_give_way_on_their_own_sides():
    problem = limited()
    for row, lower, upper in ((0, -np.inf, 2.0), (1, -0.5, np.inf), (2, -2.0, 2.0)):
        wider = eased(problem, row)
        assert (wider.rows.lower[row], wider.rows.upper[row]) == (lower, upper)
        others = [other for other in range(3) if other != row]
        assert (wider.rows.upper[others] == problem.rows.upper[others]).all()
    assert eased(problem, 0, -1.0).rows.upper[0] == 0.0
    assert eased(problem, 1, -1.0).rows.lower[1] == 1.5


def test_what_allows_nothing_cannot_allow_less():
    barred = limited([({0: 1.0}, -np.inf, 0.0)])
    assert eased(barred, 0, -1.0) is None
    assert eased(barred, 0).rows.upper[0] == 1.0
    assert eased(limited([({2: 1.0}, 1.5, np.inf)]), 0, -1.0) is None, "there are only two of it"
    assert eased(limited([({0: 1.0, 2: -1.0}, 0.0, 0.0)]), 0, -1.0) is None


@settings(max_examples=40, deadline=None)
@given(st.tuples(*[st.sampled_from((0.0, 0.5, 1.0, 2.0))] * 2), st.tuples(*[st.integers(1, 4)] * 2), st.integers(0, 1))
def test_one_more_adds_no_more_than_a_price_and_one_fewer_costs_no_less(amounts, budgets, row) -> None:
    rows = [({0: 1.0, 1: 1.0}, -np.inf, amounts[0]), ({2: 1.0, 3: 0.5}, -np.inf, amounts[1])]
    problem = limited(rows, budgets)
    plan = joint_plan(problem)
    price = float(plan.row_prices[row])
    assert joint_value(eased(problem, row)) - plan.value <= price + 1e-6, "values are concave in limits"
    less = eased(problem, row, -1.0)
    if less is None:
        assert amounts[row] < 1
    else:
        assert plan.value - joint_value(less) >= price - 1e-6


def test_what_no_plan_can_keep_is_refused():
    problem = limited([({0: 1.0}, 1.0, np.inf), ({0: 1.0, 2: 1.0}, -np.inf, 1.5)])
    tighter = eased(problem, 0, -1.0)
    with pytest.raises(NotAvailableError):
        joint_value(tighter)
