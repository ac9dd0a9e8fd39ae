"""This module owns what a side constraint is worth at the margin: the problem with it one unit wider, and one narrower.

Prices of constraints that prove a plan best are often not unique, and a price holds for a first small step only. What
is asked at a table is what one more unit would add, and one fewer would cost: two problems of their own.
"""

from dataclasses import replace

import numpy as np

from detente.monitoring.problem import Problem


def eased(problem: Problem, row: int, by: float = 1.0) -> Problem | None:
    """Return the problem in which a side constraint allows one unit more; None where it cannot allow less.

    Parameters
    ----------
    problem : Problem
    row : int
        Which side constraint; where it limits on both sides, both give way.
    by : float
        How many units; negative: the constraint allows less.
    """
    rows = problem.rows
    lower, upper = rows.lower.copy(), rows.upper.copy()
    lower[row] -= by
    upper[row] += by
    entries, _, _ = rows.row(row)
    least = sum(value * cap for value, cap in _bounds(problem, entries) if value < 0)
    most = sum(value * cap for value, cap in _bounds(problem, entries) if value > 0)
    if lower[row] > upper[row] or upper[row] < least or lower[row] > most:
        return None
    return replace(problem, rows=replace(rows, lower=lower, upper=upper))


def _bounds(problem: Problem, entries: dict[int, float]) -> list[tuple[float, float]]:
    """Return the coefficients of a row with the most effort that caps and budgets leave."""
    measures, budget = problem.measures, problem.resources.budget
    found = []
    for measure, value in entries.items():
        using = measures.use[:, measure] > 0
        most = float(np.min(budget[using] / measures.use[using, measure], initial=np.inf))
        found.append((value, min(most, float(measures.cap[measure]))))
    return found
