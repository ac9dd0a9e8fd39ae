"""The door to HiGHS: what it says of a program, silently, and whatever else the process does with HiGHS."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_programs import minimum

from detente.monitoring.lp import Program, Solver, solve

INF = np.inf


def program(cost, upper, rows, limits, whole=None, maximise=True) -> Program:
    matrix = np.array(rows, dtype=float).reshape(len(limits), len(cost))
    at, columns = np.nonzero(matrix)
    return Program(
        np.array(cost, dtype=float), np.zeros(len(cost)), np.array(upper, dtype=float),
        np.searchsorted(at, np.arange(len(limits) + 1)), columns, matrix[at, columns],
        np.full(len(limits), -INF), np.array(limits, dtype=float), whole, maximise,
    )  # fmt: skip


def test_prices_are_what_one_more_unit_adds() -> None:
    found = solve(program([1, 2], [INF, 3], [[1, 1]], [4]))
    assert (found.status, found.value, found.bound) == ("optimal", 7.0, 7.0)
    assert found.x == pytest.approx([1, 3])
    assert found.prices == pytest.approx([1])
    assert found.reduced == pytest.approx([0, 1])


def test_whole_numbers() -> None:
    found = solve(program([1, 2], [INF, 3], [[1, 1]], [3.5], np.array([True, True])))
    assert (found.status, found.value) == ("optimal", pytest.approx(6.0))
    assert found.bound == pytest.approx(6.0)


def test_what_there_is_no_answer_to() -> None:
    assert solve(program([1, 2], [INF, 3], [[0, 1]], [4])).status == "unbounded"
    assert solve(program([1, 2], [INF, 3], [[1, 1], [-1, -1]], [4, -5])).status == "infeasible"


def test_a_program_can_be_changed_and_solved_again() -> None:
    solver = Solver(program([1, 1], [2, 3], [[1, 1]], [4]))
    assert solver.solve().value == pytest.approx(4)
    solver.add(np.array([0]), np.array([1.0]), -INF, 0.5)
    assert solver.solve().value == pytest.approx(3.5)
    solver.bound(1, 0.0, 1.0)
    assert solver.solve().value == pytest.approx(1.5)
    solver.limit(0, -INF, 1.0)
    assert solver.solve().value == pytest.approx(1.0)
    solver.aim(np.array([-1.0, -2.0]), maximise=False)
    assert solver.solve().value == pytest.approx(-2.0)


@given(
    st.lists(st.tuples(st.integers(-3, 3), st.integers(0, 4)), min_size=1, max_size=4),
    st.lists(st.tuples(st.lists(st.integers(-2, 3), min_size=4, max_size=4), st.integers(0, 5)), max_size=4),
)
def test_against_a_call_written_for_tests(columns, given_rows) -> None:
    cost, upper = zip(*columns, strict=True)
    rows = [row[: len(cost)] for row, _ in given_rows]
    limits = [limit for _, limit in given_rows]
    found = solve(program(cost, upper, rows, limits, maximise=False))
    value, _ = minimum(cost, rows, [-INF] * len(rows), limits, 0.0, np.array(upper, dtype=float))
    assert found.value == pytest.approx(value, abs=1e-9)
    # prices of limits, and of the bounds that are in the way, together give the value
    in_the_way = np.minimum(found.reduced, 0.0)
    assert found.prices @ limits + in_the_way @ np.array(upper, dtype=float) == pytest.approx(value, abs=1e-9)


SCRIPT = """
import numpy as np
import highspy
{before}
from detente.monitoring.lp import Program, solve
line = Program(np.ones(1), np.zeros(1), np.ones(1), np.array([0, 1]), np.zeros(1, dtype=int), np.ones(1),
               np.full(1, -np.inf), np.full(1, 0.5))
assert solve(line).value == 0.5
{after}
"""
OTHER = """
other = highspy.Highs()
other.silent()
other.setOptionValue("threads", {threads})
other.addVar(0, 1)
other.changeColCost(0, -1.0)
other.run()
assert other.getModelStatus() == highspy.HighsModelStatus.kOptimal
"""


@pytest.mark.parametrize(("before", "after"), [("", ""), (OTHER.format(threads=2), ""), ("", OTHER.format(threads=0))])
def test_beside_other_programs_that_use_highs(before: str, after: str) -> None:
    script = SCRIPT.format(before=before, after=after)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert before or after or done.stdout == ""  # the other program may greet, this one does not
