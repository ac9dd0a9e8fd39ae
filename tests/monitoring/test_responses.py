"""Adversaries who choose by chance: against all routes listed, and towards the best route as theta grows."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from naive_plans import simple_routes
from schematic import parallel, problems, tri_state

from detente.errors import NotAvailableError, TooLargeError
from detente.monitoring.joint import joint_plan
from detente.monitoring.network import Network
from detente.monitoring.problem import Problem
from detente.monitoring.responses import logit_response
from detente.monitoring.routes import evaluate


@given(problems(baseline=True), st.floats(0.1, 20))
def test_against_all_routes_listed(problem: Problem, theta: float) -> None:
    effort = joint_plan(problem).effort / 2
    length = problem.exponents(effort) + problem.network.baseline
    routes = simple_routes(problem)  # these networks have no circles
    exponents = np.array([length[route].sum() for route in routes])
    chance = np.exp(-theta * (exponents - exponents.min()))
    chance /= chance.sum()
    found = logit_response(problem, effort, theta)[0]
    assert found.detection == pytest.approx(1 - chance @ np.exp(-exponents), abs=1e-9)
    used = sum(
        share * np.isin(np.arange(problem.network.arcs), route) for share, route in zip(chance, routes, strict=True)
    )
    assert found.used == pytest.approx(used, abs=1e-9)


@given(problems(baseline=True))
def test_as_theta_grows_only_the_best_route_is_left(problem: Problem) -> None:
    effort = joint_plan(problem).effort / 2
    reached = evaluate(problem, effort)
    low, high = (logit_response(problem, effort, theta) for theta in (1.0, 1e4))
    for index, exponent in enumerate(reached.exponents):
        assert high[index].detection == pytest.approx(1 - np.exp(-exponent), abs=1e-3)
        assert low[index].detection >= high[index].detection - 1e-9


def test_circles() -> None:
    problem = parallel(((1.0,),), (1.0,))
    network = Network.of(3, [(0, 2), (2, 2), (2, 1)], [0.3, 0.5, 0.2])
    circle = Problem(network, problem.adversaries, problem.measures, problem.resources)
    ways = 1 / (1 - np.exp(-2 * 0.5))  # twice 0.5: theta is 2
    found = logit_response(circle, np.zeros(1), 2.0)[0]
    assert found.used == pytest.approx([1, ways - 1, 1])
    assert found.detection == pytest.approx(1 - np.exp(-0.5) / (1 - np.exp(-3 * 0.5)) / ways)
    free = Problem(Network.of(3, [(0, 2), (2, 2), (2, 1)]), problem.adversaries, problem.measures, problem.resources)
    with pytest.raises(NotAvailableError, match="going in circles is too likely"):
        logit_response(free, np.zeros(1), 2.0)


def test_limits() -> None:
    problem, _ = tri_state()
    with pytest.raises(ValueError, match="above 0"):
        logit_response(problem, np.zeros(27), 0.0)
    long = parallel(((1.0,),), (1.0,))
    line = Network.of(3_002, [(0, 2), *((node, node + 1) for node in range(2, 3_001)), (3_001, 1)])
    with pytest.raises(TooLargeError, match="3,000 is the most"):
        logit_response(Problem(line, long.adversaries, long.measures, long.resources), np.zeros(1), 1.0)


@given(problems())
def test_joint_plans_hold_up(problem: Problem) -> None:
    plan = joint_plan(problem)
    assume(plan.value > 1e-6)
    assert logit_response(problem, plan.effort, 3.0)[0].detection >= 1 - np.exp(-plan.value) - 1e-9
