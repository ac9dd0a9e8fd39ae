"""Constraints that contradict each other are named, and none of those named can be missed."""

import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from schematic import parallel

from detente.errors import NotAvailableError
from detente.monitoring.conflict import contradiction, solved
from detente.monitoring.faults import ContradictionError, UnlimitedError, UnreachableError
from detente.monitoring.joint import joint_plan, joint_value
from detente.monitoring.lp import Answer


def possible(problem, rows, resources, measures, kept):
    """Return whether the constraints kept can be met, by trying a grid of efforts of two measures."""
    grid = np.array(np.meshgrid(np.linspace(0, 6, 25), np.linspace(0, 6, 25))).reshape(2, -1).T
    ok = np.ones(len(grid), dtype=bool)
    for index in kept & {("row", each) for each in rows}:
        entries, lower, upper = problem.rows.row(index[1])
        value = sum(factor * grid[:, column] for column, factor in entries.items())
        ok &= (value >= lower - 1e-9) & (value <= upper + 1e-9)
    for index in kept & {("budget", each) for each in resources}:
        ok &= grid @ problem.measures.use[index[1]] <= problem.resources.budget[index[1]] + 1e-9
    for index in kept & {("cap", each) for each in measures}:
        ok &= grid[:, index[1]] <= problem.measures.cap[index[1]] + 1e-9
    return ok.any()


rows = st.lists(
    st.tuples(
        st.dictionaries(st.integers(0, 1), st.sampled_from((-1.0, 1.0)), min_size=1),
        st.integers(-2, 3).map(float),
        st.integers(0, 3).map(float),
    ).map(lambda row: (row[0], row[1], row[1] + row[2])),
    min_size=1,
    max_size=5,
)


@given(rows, st.integers(0, 3), st.sampled_from((0.0, 1.0, np.inf)))
def test_a_minimal_set(given_rows, budget: int, cap: float) -> None:
    problem = parallel(((1.0, 1.0),), (float(budget),), cap=(cap, cap), rows=given_rows)
    found = contradiction(problem)
    everything = (range(len(given_rows)), [0], [0, 1] if cap < np.inf else [])
    every = {*(("row", each) for each in everything[0]), ("budget", 0), *(("cap", each) for each in everything[2])}
    if found is None:
        assert possible(problem, *everything, every)
        assert joint_plan(problem).value >= 0
        return
    named = {
        *(("row", each) for each in found.rows),
        *(("budget", each) for each in found.resources),
        *(("cap", each) for each in found.measures),
    }
    assert not possible(problem, *everything, named)
    for each in named:
        assert possible(problem, *everything, named - {each})
    with pytest.raises(ContradictionError) as caught:
        joint_value(problem)
    assert caught.value.rows == found.rows


def test_it_is_said_in_a_sentence() -> None:
    problem = parallel(((1.0, 1.0),), (1.0,), rows=[({0: 1.0}, 0.0, 9.0), ({0: 1.0, 1: 1.0}, 2.0, 3.0)])
    with pytest.raises(ContradictionError) as caught:
        joint_plan(problem, "expected")
    told = "these constraints contradict each other: side constraints 1; budgets 0; relax one of them"
    assert str(caught.value) == told


def test_whole_units_alone_can_contradict() -> None:
    problem = parallel(((1.0, 1.0),), (9.0,), divisible=(False, True), rows=[({0: 1.0}, 0.3, 0.7)])
    found = contradiction(problem)
    assert found is not None
    assert (found.rows, found.resources, found.measures) == ((0,), (), ())


@pytest.mark.parametrize(
    "fault", [ContradictionError((1,), (0,), (3,)), UnlimitedError((2, 3)), UnreachableError(1, (4,))]
)
def test_faults_travel_between_processes(fault: Exception) -> None:
    again = pickle.loads(pickle.dumps(fault))
    assert (type(again), str(again)) == (type(fault), str(fault))


class Stuck:
    """A solver that finds no way, at first or ever."""

    def __init__(self, first: str, then: str) -> None:
        self.first, self.then = first, then

    def solve(self) -> Answer:
        return Answer(self.first)

    def solve_again(self) -> Answer:
        return Answer(self.then, 3.0)


def test_a_solver_that_is_stuck_is_asked_once_more() -> None:
    problem = parallel(((1.0, 1.0),), (1.0,))
    for first in ("stopped", "infeasible", "unbounded"):
        assert solved(problem, Stuck(first, "optimal")).value == 3.0
    with pytest.raises(NotAvailableError, match="too many orders of magnitude apart"):
        solved(problem, Stuck("stopped", "stopped"))
    with pytest.raises(UnlimitedError, match="nothing limits the effort; give it a cap"):
        solved(problem, Stuck("unbounded", "unbounded"))
