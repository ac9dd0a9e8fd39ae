"""How long joint plans take, in CPU time, on layered grids (`random_networks.py`) with three agencies.

The bars: the joint plan at 1,000 arcs in at most 0.1 s and at 10,000 in at most 10 s; with OR-tools 100,000 arcs in at
most 10 s, and at 10,000 equal to the linear program in 6 digits; a network that is too large is refused at once.
"""

import time
from collections.abc import Callable
from typing import Any

import pytest
from random_networks import grid

from detente.errors import TooLargeError
from detente.monitoring.cooperation import multiplier
from detente.monitoring.cutting import cutting_plan
from detente.monitoring.joint import joint_plan, joint_value
from detente.monitoring.network import check_size
from detente.monitoring.uncoordinated import best_responses, solo

pytestmark = pytest.mark.benchmark(timer=time.process_time)

joint_value(grid(30))  # HiGHS is loaded once, in about 0.3 s


def most(benchmark: Callable[..., Any]) -> float:
    """Return the longest round."""
    return float(benchmark.stats.stats.max)  # type: ignore[attr-defined] # untyped fixture


def fresh(benchmark: Callable[..., Any], ask: Callable[[Any], Any], arcs: int, rounds: int) -> Any:
    """Time a question on a network that has not been seen before."""
    return benchmark.pedantic(  # type: ignore[attr-defined] # untyped fixture
        ask, setup=lambda: ((grid(arcs),), {}), rounds=rounds
    )


def test_planning_size(benchmark: Callable[..., Any]) -> None:
    fresh(benchmark, joint_plan, 60, 10)


def test_a_thousand_arcs(benchmark: Callable[..., Any]) -> None:
    plan = fresh(benchmark, joint_plan, 1_000, 5)
    assert plan.bound == pytest.approx(plan.value, rel=1e-7)
    assert most(benchmark) <= 0.1


def test_ten_thousand_arcs(benchmark: Callable[..., Any]) -> None:
    plan = fresh(benchmark, lambda problem: joint_plan(problem, large=True), 10_000, 1)
    assert plan.value == pytest.approx(cutting_plan(grid(10_000), large=True).value, rel=1e-7)
    assert most(benchmark) <= 10


@pytest.mark.parametrize("arcs", [10_000, 100_000])
def test_cutting_planes(benchmark: Callable[..., Any], arcs: int) -> None:
    plan = fresh(benchmark, lambda problem: cutting_plan(problem, large=True), arcs, 1)
    assert plan.bound == pytest.approx(plan.value, rel=1e-7)
    assert most(benchmark) <= 10


def test_plans_made_apart(benchmark: Callable[..., Any]) -> None:
    def ask(problem: Any) -> None:
        solo(problem)
        best_responses(problem)
        multiplier(problem, joint_value(problem))

    fresh(benchmark, ask, 60, 3)


def test_too_large_at_once(benchmark: Callable[..., Any]) -> None:
    def refused() -> None:
        with pytest.raises(TooLargeError):
            check_size(10**7, large=True)

    benchmark(refused)
