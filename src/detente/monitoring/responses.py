"""This module owns adversaries who choose routes by chance, better ones more often: a check on the worst case.

A route has a chance in proportion to exp(-theta * exponent) (logit, after Luce 1959 and McFadden 1974). Sums over all
routes, loops included, are entries of the inverse of I - W, where W has exp(-theta * length) for each arc (Akamatsu
1996, Cyclic flows, Markov process and stochastic traffic assignment, Transportation Research B 30(5)). As theta grows,
only the best route is left. This evaluates plans; it does not plan.
"""

from dataclasses import dataclass

import numpy as np

from detente.errors import NotAvailableError, TooLargeError
from detente.monitoring.arrays import Floats
from detente.monitoring.problem import Problem
from detente.monitoring.routes import SINK, SOURCE, Part, distances, part

NODES = 3_000  # the inverse is a full matrix


@dataclass(frozen=True, slots=True, eq=False)
class Response:
    """How one type of adversary spreads over routes.

    Parameters
    ----------
    detection : float
        The chance to detect it.
    used : float, shape (arcs,)
        How often it passes each arc; more than once where it goes in circles.
    """

    detection: float
    used: Floats


def logit_response(problem: Problem, effort: Floats, theta: float) -> tuple[Response, ...]:
    """Return how each type of adversary responds to efforts if it is drawn to better routes, but not bound to them.

    Parameters
    ----------
    problem : Problem
    effort : float, shape (measures,)
    theta : float
        How strongly it is drawn, above 0: with 0 all routes are alike, with infinity only the best is taken.

    Raises
    ------
    NotAvailableError
        If circles without any exponent, or theta near 0, make routes without end too likely.
    TooLargeError
        If more than 3,000 nodes are on routes.
    """
    if not 0 < theta < np.inf:
        raise ValueError("theta is a finite number above 0")
    added = problem.exponents(effort)
    found = []
    for index in range(len(problem.adversaries)):
        where = part(problem, index)
        if where.nodes > NODES:
            told = f"{where.nodes:,} nodes are on routes, and {NODES:,} is the most for responses by chance"
            raise TooLargeError(f"{told}; put neighbouring places together into sectors")
        length = (problem.baseline(index) + added)[where.arcs]
        away = np.array(distances(where, length))
        beyond = np.maximum(length + away[where.tails] - away[where.heads], 0.0)  # along a best route 0
        weights, used = _spread(where, beyond, theta)
        passing = _spread(where, beyond, theta + 1)[0] / weights
        along = np.zeros(problem.network.arcs)
        along[where.arcs] = used
        found.append(Response(1 - float(np.exp(-away[SINK])) * passing, along))
    return tuple(found)


def _spread(where: Part, beyond: Floats, theta: float) -> tuple[float, Floats]:
    """Return the sum of all routes' weights, and how often each arc of a part is passed."""
    weight = np.exp(-theta * beyond)
    matrix = np.eye(where.nodes)
    np.subtract.at(matrix, (where.tails, where.heads), weight)
    ones = np.ones(where.nodes)
    solutions = _solved(matrix, np.stack((ones, _unit(where.nodes, SINK)), axis=1))
    # a nonnegative matrix has a spectral radius below 1 just if some x > 0 is reduced by it: x - Wx = 1, x >= 1
    if solutions is None or not np.isfinite(solutions).all() or (solutions[:, 0] < 1 - 1e-9).any():
        raise NotAvailableError(
            "going in circles is too likely; take a larger theta, or give arcs on circles a baseline"
        )
    onward = solutions[:, 1]
    before = _solved(matrix.T, _unit(where.nodes, SOURCE)[:, None])
    assert before is not None  # the matrix has an inverse
    total = float(onward[SOURCE])
    return total, before[where.tails, 0] * weight * onward[where.heads] / total


def _solved(matrix: Floats, sides: Floats) -> Floats | None:
    try:
        found: Floats = np.linalg.solve(matrix, sides).astype(np.float64)
        return found
    except np.linalg.LinAlgError:
        return None


def _unit(count: int, place: int) -> Floats:
    vector = np.zeros(count)
    vector[place] = 1.0
    return vector
