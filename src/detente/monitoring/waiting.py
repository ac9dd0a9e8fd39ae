"""This module owns what detection costs in waiting: the best exponent for every number of hours that people wait.

Without whole units the curve is concave and made of straight pieces; all its corners are found by asking between two
known ones whether anything lies above the line that joins them (Eisner & Severance 1976, Mathematical techniques for
efficient record segmentation, Journal of the ACM 23(4)). With whole units, it is asked for evenly spaced hours.
"""

from dataclasses import dataclass

import numpy as np

from detente.monitoring.arrays import UNLIMITED, Floats
from detente.monitoring.conflict import solved
from detente.monitoring.lp import Solver
from detente.monitoring.plan import Objective
from detente.monitoring.problem import Problem
from detente.monitoring.program import joint_program

NEAR = 1e-9  # what counts as above a line


@dataclass(frozen=True, slots=True)
class Corner:
    """So many hours that people wait, and the most that can be reached with them."""

    hours: float
    level: float


@dataclass(frozen=True, slots=True)
class Curve:
    """What detection costs in waiting.

    Parameters
    ----------
    corners : tuple of Corner
        From the fewest hours to those beyond which more waiting adds nothing.
    whole : bool
        Whether these are all corners, and the curve runs straight between them; otherwise they are points on it.
    """

    corners: tuple[Corner, ...]
    whole: bool

    def at(self, hours: float) -> float | None:
        """Return the most that can be reached with so many hours at most; None if no plan waits so little.

        Between points of a curve that is not whole, what its next lower point reaches.
        """
        below = [corner for corner in self.corners if corner.hours <= hours]
        above = [corner for corner in self.corners if corner.hours > hours]
        if not below:
            return None
        if not above or not self.whole:
            return below[-1].level
        start, end = below[-1], above[0]
        return start.level + (end.level - start.level) * (hours - start.hours) / (end.hours - start.hours)


def waiting_curve(problem: Problem, objective: Objective = "worst", most: int = 100) -> Curve:
    """Return the best exponent for every number of hours that people wait because of the plan.

    Parameters
    ----------
    problem : Problem
        Its measures say how many hours people wait per unit of effort.
    objective : {"worst", "weighted"}
    most : int
        How many corners are looked for at most; how many points there are if some measures come in whole units.

    Raises
    ------
    ValueError
        If the objective is the expected number of undetected crossings.
    ContradictionError, UnlimitedError, UnreachableError
        As for `joint_plan`.
    """
    if objective == "expected":
        raise ValueError("waiting is set against exponents; take the worst type or weighted exponents")
    program, _ = joint_program(problem, None if objective == "worst" else problem.weights)
    solver, count = Solver(program), problem.measures.count
    delay = np.zeros(len(program.cost))
    delay[:count] = problem.measures.delay
    there = np.flatnonzero(delay)
    best = solved(problem, solver)
    row = len(program.row_lower)
    solver.add(there, delay[there], -UNLIMITED, UNLIMITED)
    solver.aim(delay, maximise=False)
    least = solved(problem, solver)

    def within(hours: float) -> Corner:
        solver.limit(row, -UNLIMITED, hours)
        solver.aim(program.cost, maximise=True)
        found = solved(problem, solver)
        solver.limit(row, -UNLIMITED, UNLIMITED)
        return Corner(hours, found.value)

    start = within(max(least.value, 0.0) + NEAR)
    start = Corner(max(least.value, 0.0), start.level)
    if program.integral is not None:
        last = float(delay @ best.x)
        if last - start.hours <= NEAR:
            return Curve((start,), whole=False)
        points = [within(float(hours) + NEAR) for hours in np.linspace(start.hours, last, most)[1:]]
        return Curve((start, *(Corner(point.hours - NEAR, point.level) for point in points)), whole=False)
    end = _fewest(problem, solver, program.cost, delay, best.value, row + 1)
    corners = (
        [start] if end.hours - start.hours <= NEAR else _between(problem, solver, program.cost, delay, start, end, most)
    )
    return Curve(tuple(corners), whole=len(corners) < most)


def _fewest(problem: Problem, solver: Solver, cost: Floats, delay: Floats, level: float, row: int) -> Corner:
    """Return the fewest hours with which the greatest level is reached."""
    there = np.flatnonzero(cost)
    solver.add(there, cost[there], level - NEAR / 10 * max(1.0, abs(level)), UNLIMITED)
    solver.aim(delay, maximise=False)
    found = solved(problem, solver)
    solver.limit(row, -UNLIMITED, UNLIMITED)
    return Corner(float(delay @ found.x), level)


def _between(
    problem: Problem, solver: Solver, cost: Floats, delay: Floats, start: Corner, end: Corner, most: int
) -> list[Corner]:
    """Return the corners from one to another, both included, as many as were asked for at most."""
    found = [start, end]
    open_pairs = [(start, end)]
    while open_pairs and len(found) < most:
        left, right = open_pairs.pop(0)
        slope = (right.level - left.level) / (right.hours - left.hours)
        solver.aim(cost - slope * delay, maximise=True)
        answer = solved(problem, solver)
        above = answer.value - (left.level - slope * left.hours)
        if above > NEAR * max(1.0, abs(right.level)):
            corner = Corner(float(delay @ answer.x), float(cost @ answer.x))
            if left.hours + NEAR < corner.hours < right.hours - NEAR:
                found.append(corner)
                open_pairs += [(left, corner), (corner, right)]
    return sorted(found, key=lambda corner: corner.hours)
