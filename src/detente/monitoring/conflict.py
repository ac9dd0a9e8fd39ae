"""This module owns why there is no best plan: constraints that contradict each other, or effort that nothing limits.

Of constraints that contradict each other it names a minimal set. First it seeks the least sum of what would have to
give way, a linear program with slacks for each constraint: those with a price prove together that no plan meets them
(Farkas 1902). Then it takes away one after the other: a constraint without which the rest could be met stays, the
others go (deletion filter; Chinneck & Dravnieks 1991, Locating minimal infeasible constraint sets in linear programs,
ORSA Journal on Computing 3(2)).
"""

import numpy as np

from detente.errors import NotAvailableError
from detente.monitoring.arrays import UNLIMITED
from detente.monitoring.faults import ContradictionError, UnlimitedError
from detente.monitoring.lp import Answer, Program, Solver, solve
from detente.monitoring.measures import Rows
from detente.monitoring.problem import Problem

TOO_FAR_APART = (
    "the numbers of the problem are too many orders of magnitude apart for a plan to be found and proven; "
    "give budgets, effects and limits in units in which they are nearer to each other"
)
MET = 1e-7  # what may be left of a constraint that is met


def solved(problem: Problem, solver: Solver) -> Answer:
    """Solve a program of a problem, or say what is wrong with the problem.

    Raises
    ------
    ContradictionError, UnlimitedError
        If no plan meets all constraints, or nothing limits an effort.
    NotAvailableError
        If the solver finds no way through the numbers.
    """
    found = solver.solve()
    if found.status in {"optimal", "limited"}:
        return found
    if found.status == "infeasible" and (clash := contradiction(problem)):
        raise clash
    if found.status == "unbounded" and (free := _unlimited(problem)):
        raise UnlimitedError(free)
    found = solver.solve_again()
    if found.status == "unbounded":
        raise UnlimitedError(())
    if found.status != "optimal":
        told = "the numbers of the problem are too many orders of magnitude apart for a plan to be found"
        raise NotAvailableError(
            f"{told}; give budgets, effects and limits in units in which they are nearer to each other"
        )
    return found


def contradiction(problem: Problem) -> ContradictionError | None:
    """Return a minimal set of side constraints, budgets and caps that no plan meets together; None if one does.

    Parameters
    ----------
    problem : Problem
    """
    limits = _limits(problem)
    suspects = _suspects(problem, limits)
    if not suspects:
        return None
    needed = list(suspects)
    for suspect in suspects:
        fewer = [other for other in needed if other != suspect]
        if not _possible(problem, limits, fewer):
            needed = fewer
    side, budgets = problem.rows.count, len(problem.resources.budget)
    return ContradictionError(
        tuple(index for index in needed if index < side),
        tuple(index - side for index in needed if side <= index < side + budgets),
        tuple(index - side - budgets for index in needed if index >= side + budgets),
    )


def _unlimited(problem: Problem) -> tuple[int, ...]:
    """Return the measures that add to exponents, and that neither a cap nor a budget limits."""
    measures = problem.measures
    free = (measures.exponent > 0) & np.isinf(measures.cap) & ~np.logical_or.reduce(measures.use > 0, axis=0)
    return tuple(np.flatnonzero(free).tolist())


def _limits(problem: Problem) -> Rows:
    """Return all that limits efforts as rows: side constraints, then budgets, then caps."""
    measures, rows = problem.measures, problem.rows
    budgets, count = len(problem.resources.budget), measures.count
    using, used = np.nonzero(measures.use)
    return Rows(
        np.concatenate((
            rows.starts,
            len(rows.columns) + np.cumsum(np.bincount(using, minlength=budgets)),
            len(rows.columns) + len(used) + 1 + np.arange(count),
        )),
        np.concatenate((rows.columns, used, np.arange(count))),
        np.concatenate((rows.values, measures.use[using, used], np.ones(count))),
        np.concatenate((rows.lower, np.full(budgets + count, -UNLIMITED))),
        np.concatenate((rows.upper, problem.resources.budget, measures.cap)),
    )  # fmt: skip


def _suspects(problem: Problem, limits: Rows) -> list[int]:
    """Return constraints that no plan meets together, or none, by the prices of the least sum of slacks."""
    measures, count = problem.measures.count, limits.count
    row_of = np.repeat(np.arange(count), np.diff(limits.starts))
    order = np.argsort(np.concatenate((row_of, np.arange(count), np.arange(count))), kind="stable")
    slacks = np.arange(count)
    program = Program(
        np.concatenate((np.zeros(measures), np.ones(2 * count))),
        np.zeros(measures + 2 * count),
        np.full(measures + 2 * count, UNLIMITED),
        limits.starts + 2 * np.arange(count + 1),
        np.concatenate((limits.columns, measures + slacks, measures + count + slacks))[order],
        np.concatenate((limits.values, np.ones(count), -np.ones(count)))[order],
        limits.lower,
        limits.upper,
        maximise=False,
    )
    found = solve(program)
    if found.status == "optimal" and found.value > MET:
        return [int(index) for index in np.flatnonzero(np.abs(found.prices) > MET)]
    whole = ~problem.measures.divisible & (problem.measures.cap > 0)
    everything = [int(index) for index in np.flatnonzero(np.isfinite(limits.lower) | np.isfinite(limits.upper))]
    if whole.any() and not _possible(problem, limits, everything):
        return everything  # only whole units contradict
    return []


def _possible(problem: Problem, limits: Rows, kept: list[int]) -> bool:
    """Return whether some plan meets the constraints kept."""
    measures = problem.measures.count
    lifted = np.ones(limits.count, dtype=bool)
    lifted[kept] = False
    whole = ~problem.measures.divisible & (problem.measures.cap > 0)
    program = Program(
        np.zeros(measures),
        np.zeros(measures),
        np.full(measures, UNLIMITED),
        limits.starts,
        limits.columns,
        limits.values,
        np.where(lifted, -UNLIMITED, limits.lower),
        np.where(lifted, UNLIMITED, limits.upper),
        whole if whole.any() else None,
        maximise=False,
    )
    return solve(program).status != "infeasible"
