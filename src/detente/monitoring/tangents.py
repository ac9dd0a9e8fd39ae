"""This module owns the least expected number of undetected crossings, approached from below by tangents.

The chance to pass, exp(-L), is convex in the exponent L, so each of its tangents lies below: y >= exp(-a) (1 + a - L).
With some tangents the least weighted sum of the y is a linear program and a lower bound; its plan is an upper bound;
tangents at this plan's exponents bring both together (Kelley 1960, The cutting-plane method for solving convex
programs, Journal of the Society for Industrial and Applied Mathematics 8(4)).
"""

from dataclasses import replace
from math import exp

import numpy as np

from detente.monitoring.arrays import UNLIMITED, Floats
from detente.monitoring.conflict import solved
from detente.monitoring.lp import Solver
from detente.monitoring.problem import Problem
from detente.monitoring.program import joint_program
from detente.monitoring.routes import Evaluation, evaluate

GAP = 1e-10  # of the weights: how close the bounds shall come
ROUNDS = 200
FIRST = (0.0, 0.5, 1.0, 2.0, 4.0, 8.0)  # exponents whose tangents are there from the start


def least_undetected(problem: Problem) -> Evaluation:
    """Return what the plan with the least expected number of undetected crossings reaches.

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
    solver = Solver(program)

    def touch(adversary: int, exponent: float) -> None:
        """Add the tangent at an exponent."""
        slope = exp(-exponent)
        columns = np.array([layout.sinks[adversary], first + adversary])
        solver.add(columns, np.array([slope, 1.0]), slope * (1 + exponent), UNLIMITED)

    for adversary in range(types):
        for exponent in FIRST:
            touch(adversary, exponent)
    best = None
    for _ in range(ROUNDS):
        found = solved(problem, solver)
        reached = evaluate(problem, _efforts(problem, found.x))
        if best is None or reached.undetected < best.undetected:
            best = reached
        if best.undetected - found.bound <= GAP * weights.sum():
            break
        for adversary, exponent in enumerate(reached.exponents):
            touch(adversary, exponent)
    assert best is not None
    return best


def _efforts(problem: Problem, x: Floats) -> Floats:
    effort = x[: problem.measures.count]
    return np.clip(np.where(problem.measures.divisible, effort, np.round(effort)), 0.0, problem.measures.cap)
