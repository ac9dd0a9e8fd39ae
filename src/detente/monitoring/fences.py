"""This module owns what barriers do to ways across: how many it takes before anything changes, and people of habit.

Against whoever knows where barriers stand, and takes the quickest way, barriers at some places add nothing until every
quickest way meets one: as many as a smallest cut of the quickest ways has places (Ford & Fulkerson 1962). People of
habit take slower ways as well, less often the slower they are (logit; `detente.monitoring.responses`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from detente.errors import NotAvailableError, TooLargeError
from detente.monitoring.arrays import Floats
from detente.monitoring.joint import joint_range
from detente.monitoring.maxflow import max_flow
from detente.monitoring.measures import Resources, Rows
from detente.monitoring.problem import Problem
from detente.monitoring.responses import logit_response
from detente.monitoring.routes import SINK, SOURCE, Part, distances, part

CLOSE = 1e-9
TENTH = float(-np.log(0.9))  # the exponent of a place that a tenth fewer pass unseen
FEW, SMALL = 12, 400  # places at which one barrier is tried; nodes of a network above which it is one place
HALVED = float(np.log(2))  # theta at which a way that is longer by one step is taken half as often


def quickest(problem: Problem, effort: Floats) -> tuple[float, ...]:
    """Return by adversary how long the quickest way across takes; `effort` has shape (measures,)."""
    added = problem.exponents(effort)
    return tuple(
        distances(where, (problem.baseline(index) + added)[where.arcs])[SINK]
        for index in range(len(problem.adversaries))
        for where in [part(problem, index)]
    )


def places_needed(problem: Problem) -> int | None:
    """Return how many places must have a barrier before the quickest way takes any longer; None: none will do.

    Where a search is stopped (`Problem.most_nodes`), a number of which fewer are not enough.

    Parameters
    ----------
    problem : Problem
        Its exponents are hours, and its measures barriers; budgets and side constraints do not count here.
    """
    fastest = quickest(problem, np.zeros(problem.measures.count))
    able = np.zeros(problem.network.arcs, dtype=bool)
    able[problem.measures.arc[(problem.measures.exponent > 0) & (problem.measures.cap > 0)]] = True
    cuts: list[int] = []
    for index, least in enumerate(fastest):
        if least <= min(fastest) + CLOSE:
            where = part(problem, index)
            cut = _cut(where, problem.baseline(index)[where.arcs], able[where.arcs])
            if cut is None:
                return None
            cuts.append(cut)
    low, high = max(cuts), sum(cuts)  # one type's barriers may be another's too
    free = _counted(problem)
    while low < high:
        middle = (low + high) // 2
        value, bound = joint_range(free.with_budgets(np.array([float(middle)])))
        if value > min(fastest) + CLOSE:
            high = middle
        elif bound > min(fastest) + CLOSE:  # branching was stopped before it was told
            return low
        else:
            low = middle + 1
    return low


def _counted(problem: Problem) -> Problem:
    """Return the problem in which nothing but the number of barriers counts."""
    count = problem.measures.count
    measures = replace(problem.measures, use=np.ones((1, count)), intrusiveness=np.zeros((0, count)))
    return replace(problem, measures=measures, resources=Resources(np.array([0]), np.zeros(1)), rows=Rows.of())


def _cut(where: Part, length: Floats, able: np.ndarray) -> int | None:
    """Return the fewest arcs that can have a barrier and cut all quickest ways; None where none can."""
    away = np.array(distances(where, length))
    slack = np.where(np.isfinite(away[where.tails]), length + away[where.tails] - away[where.heads], 1.0)
    quick = np.abs(slack) <= CLOSE * np.maximum(1.0, away[where.heads])
    limit = float(able.sum()) + 1
    capacity = np.where(quick, np.where(able, 1.0, limit), 0.0)
    flow = max_flow(where.nodes, where.tails, where.heads, capacity, SOURCE, SINK)
    return None if flow.value >= limit - 0.5 else round(flow.value)


@dataclass(frozen=True, slots=True, eq=False)
class Habit:
    """What becomes of people of habit, on average over types by their weights.

    Parameters
    ----------
    length : float
        Of their ways: hours, or exponents.
    detection : float
        The chance to find them, where lengths are exponents.
    used : float, shape (arcs,)
        How often they pass each arc.
    """

    length: float
    detection: float
    used: Floats


def step_of(problem: Problem) -> float:
    """Return by how many hours a way must be slower to be taken half as often: a tenth of the quickest, or one hour."""
    least = min(quickest(problem, np.zeros(problem.measures.count)))
    return least / 10 if least > CLOSE else 1.0


def of_habit(problem: Problem, effort: Floats, step: float) -> Habit | None:
    """Return what becomes of people who take a way half as often if it is longer by a step; None if not to be reckoned.

    Parameters
    ----------
    problem : Problem
    effort : float, shape (measures,)
    step : float
        In hours, or exponents.
    """
    try:
        responses = logit_response(problem, effort, HALVED / step)
    except (NotAvailableError, TooLargeError):
        return None
    added = problem.exponents(effort)
    share = problem.weights if problem.weights.any() else np.ones(len(responses))
    share = share / share.sum()
    lengths = [response.used @ (problem.baseline(index) + added) for index, response in enumerate(responses)]
    return Habit(
        float(share @ np.array(lengths)),
        float(share @ np.array([response.detection for response in responses])),
        share @ np.stack([response.used for response in responses]),
    )


def busiest(problem: Problem, habit: Habit, measures: Sequence[int]) -> list[int]:
    """Return the measures, of some, at whose places people of habit pass most often: the first few of them."""
    passing = [(round(-float(habit.used[problem.measures.arc[measure]]), 9), measure) for measure in measures]
    few = FEW if problem.network.nodes <= SMALL else 1
    return [measure for used, measure in sorted(passing)[:few] if used < 0]
