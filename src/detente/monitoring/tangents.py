"""This module owns the least expected number of undetected crossings, approached from below by tangents.

The chance to pass, exp(-L), is convex in the exponent L, so each of its tangents lies below: y >= exp(-a) (1 + a - L).
With some tangents the least weighted sum of the y is a linear program and a lower bound; its plan is an upper bound;
tangents at this plan's exponents bring both together (Kelley 1960, The cutting-plane method for solving convex
programs, Journal of the Society for Industrial and Applied Mathematics 8(4)).
"""

from dataclasses import dataclass, replace
from math import exp

import numpy as np

from detente.monitoring.arrays import UNLIMITED, Floats
from detente.monitoring.conflict import solved
from detente.monitoring.lp import Answer, Solver
from detente.monitoring.problem import Problem
from detente.monitoring.program import Layout, joint_program
from detente.monitoring.routes import Evaluation, evaluate

GAP = 2e-9  # of the weights: how close the bounds shall come; the solver keeps constraints to 1e-9
ROUNDS = 200
STUCK = 10  # rounds in which neither bound comes closer: rounding allows no more
FIRST = (0.0, 0.5, 1.0, 2.0, 4.0, 8.0)  # exponents whose tangents are there from the start


@dataclass(frozen=True, slots=True, eq=False)
class Approached:
    """The least expected number of undetected crossings, between two bounds.

    Parameters
    ----------
    reached : Evaluation
        What the best plan found reaches.
    bound : float
        What no plan can be below.
    solver : Solver
        The program with all tangents, as it was solved last.
    answer : Answer
        Of this program, with prices as of a greatest value.
    layout : Layout
    slopes : float, shape (adversaries,)
        How much each type's exponent counts, by the tangents that carry the bound.
    """

    reached: Evaluation
    bound: float
    solver: Solver
    answer: Answer
    layout: Layout
    slopes: Floats


def least_undetected(problem: Problem) -> Approached:
    """Return the least expected number of undetected crossings, to 8 digits of the sum of weights.

    Parameters
    ----------
    problem : Problem

    Raises
    ------
    UnreachableError, UnlimitedError, ContradictionError
        As for `joint_plan`.
    """
    weights = problem.weights
    types = len(weights)
    program, layout = joint_program(problem, np.zeros(types))
    first = len(program.cost)
    program = replace(
        program,
        cost=np.concatenate((program.cost, weights)),
        lower=np.concatenate((program.lower, np.zeros(types))),
        upper=np.concatenate((program.upper, np.full(types, UNLIMITED))),
        integral=None if program.integral is None else np.concatenate((program.integral, np.zeros(types, dtype=bool))),
        maximise=False,
    )
    solver = Solver(program, problem.most_nodes)
    tangents: list[tuple[int, float]] = []

    def touch(adversary: int, exponent: float) -> None:
        """Add the tangent at an exponent."""
        slope = exp(-exponent)
        columns = np.array([layout.sinks[adversary], first + adversary])
        solver.add(columns, np.array([slope, 1.0]), slope * (1 + exponent), UNLIMITED)
        tangents.append((adversary, slope))

    for adversary in range(types):
        for exponent in FIRST:
            touch(adversary, exponent)
    best, bound, stuck = None, -UNLIMITED, 0
    for _ in range(ROUNDS):
        found = solved(problem, solver)
        reached = evaluate(problem, _efforts(problem, found.x))
        closer = found.bound > bound
        bound = found.bound
        if best is None or reached.undetected < best.undetected:
            best, closer = reached, True
        stuck = 0 if closer else stuck + 1
        if best.undetected - bound <= GAP * weights.sum() or stuck == STUCK or found.status == "limited":
            break
        for adversary, exponent in enumerate(reached.exponents):
            touch(adversary, exponent)
    assert best is not None
    slopes = np.zeros(types)
    for (adversary, slope), price in zip(tangents, found.prices[len(program.row_lower) :].tolist(), strict=False):
        slopes[adversary] += max(price, 0.0) * slope
    greatest = replace(found, prices=-found.prices, reduced=-found.reduced)
    return Approached(best, found.bound, solver, greatest, layout, slopes)


def _efforts(problem: Problem, x: Floats) -> Floats:
    effort = x[: problem.measures.count]
    return np.clip(np.where(problem.measures.divisible, effort, np.round(effort)), 0.0, problem.measures.cap)
