"""Cutting planes find what the linear program finds; greatest flows are those of the program."""

import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from naive_plans import keeps_limits, least_on_routes
from random_networks import grid
from schematic import parallel, problems, tri_state
from small_programs import minimum

from detente.errors import NotAvailableError
from detente.monitoring.cutting import budgets_only, cutting_plan
from detente.monitoring.joint import joint_value
from detente.monitoring.maxflow import large_max_flow, max_flow
from detente.monitoring.measures import Rows
from detente.monitoring.problem import Problem


@given(problems())
def test_cutting_planes_agree_with_the_linear_program(problem: Problem) -> None:
    problem = replace(problem, adversaries=problem.adversaries[:1])
    plan = cutting_plan(problem)
    assert plan.value == pytest.approx(joint_value(problem), abs=1e-8)
    assert plan.bound == pytest.approx(plan.value, abs=1e-7)
    assert plan.value == pytest.approx(least_on_routes(problem, plan.effort), abs=1e-9)
    assert keeps_limits(problem, plan.effort)


def test_tri_state_schematic() -> None:
    assert cutting_plan(tri_state()[0]).value == pytest.approx(2.6375, abs=1e-9)


@pytest.mark.parametrize("seed", range(3))
def test_a_thousand_arcs(seed: int) -> None:
    problem = grid(1_000, agencies=2 + seed, seed=seed)
    assert cutting_plan(problem).value == pytest.approx(joint_value(problem), rel=1e-7)


def test_above_what_the_program_takes_cutting_planes_do_it() -> None:
    problem = grid(21_000)
    assert joint_value(problem, large=True) == cutting_plan(problem, large=True).value


@pytest.mark.parametrize(
    ("problem", "obstacle"),
    [
        (parallel(((1.0,),), (1.0,), weights=(0.5, 0.5)), "several types of adversary"),
        (parallel(((1.0,),), (1.0,), baseline=(0.1,)), "there is a baseline"),
        (parallel(((1.0,),), (1.0,), cap=(2.0,)), "measures have caps"),
        (parallel(((1.0,),), (1.0,), divisible=(False,)), "measures come in whole units"),
        (parallel(((1.0,),), (1.0,), rows=[({0: 1.0}, 0.0, 1.0)]), "there are side constraints"),
    ],
)
def test_what_keeps_cutting_planes_away_is_said(problem: Problem, obstacle: str) -> None:
    assert obstacle in budgets_only(problem)
    with pytest.raises(NotAvailableError, match=obstacle):
        cutting_plan(problem)


def test_side_constraints_that_were_lifted_do_not_count() -> None:
    problem = parallel(((1.0,),), (1.0,), rows=[({0: 1.0}, 0.0, 0.5)])
    lifted = replace(problem, rows=problem.rows.without(0))
    assert budgets_only(lifted) == ""
    assert isinstance(lifted.rows, Rows)
    assert cutting_plan(lifted).value == pytest.approx(1.0)


def flow_by_program(nodes, tails, heads, capacity, source, sink):
    """Return the greatest flow, by a linear program."""
    inner = [node for node in range(nodes) if node not in (source, sink)]
    rows = [
        [float(tail == node) - float(head == node) for tail, head in zip(tails, heads, strict=True)] for node in inner
    ]
    cost = [-float(tail == source) + float(head == source) for tail, head in zip(tails, heads, strict=True)]
    return -minimum(cost, rows, [0.0] * len(inner), [0.0] * len(inner), 0.0, np.array(capacity))[0]


networks = st.integers(2, 6).flatmap(
    lambda nodes: st.tuples(
        st.just(nodes),
        st.lists(
            st.tuples(st.integers(0, nodes - 1), st.integers(0, nodes - 1), st.sampled_from((0.0, 0.3, 1.0, 2.5, 7.0))),
            min_size=1,
            max_size=14,
        ),
    )
)


@given(networks, st.sampled_from((max_flow, large_max_flow)))
def test_greatest_flows(network, solver) -> None:
    nodes, arcs = network
    tails, heads, capacity = (np.array(each) for each in zip(*arcs, strict=True))
    capacity = capacity.astype(float)
    flow = solver(nodes, tails, heads, capacity, 0, 1)
    assert flow.value == pytest.approx(flow_by_program(nodes, tails, heads, capacity, 0, 1), abs=1e-7)
    assert (flow.along >= -1e-9).all()
    assert (flow.along <= capacity + 1e-7).all()
    balance = np.bincount(heads, flow.along, nodes) - np.bincount(tails, flow.along, nodes)
    assert balance[2:] == pytest.approx(np.zeros(nodes - 2), abs=1e-7)
    across = flow.reached[tails] & ~flow.reached[heads]
    assert flow.reached[0]
    assert not flow.reached[1]
    assert capacity[across].sum() == pytest.approx(flow.value, abs=1e-7)


def test_without_or_tools_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ortools.graph.python", None)
    with pytest.raises(NotAvailableError, match=r"pip install 'detente\[large\]'"):
        large_max_flow(2, np.array([0]), np.array([1]), np.array([1.0]), 0, 1)
