"""This module owns how crossings spread over sectors where an adversary could mix its routes in several ways.

The prices that prove a plan best are a mixed route, and often not the only one. Of all that prove it, the one is told
that spreads most evenly: the largest share of a sector is as small as it can be, then the next largest, and so on.
So nothing is said of a sector but what the plan makes it say, and equal sectors have equal shares.
"""

import numpy as np

from detente.monitoring.arrays import UNLIMITED, Floats, Indices
from detente.monitoring.duals import dual_columns
from detente.monitoring.lp import Answer, Program, Solver
from detente.monitoring.plan import Plan
from detente.monitoring.problem import Problem
from detente.monitoring.program import by_row, joint_program
from detente.monitoring.units import in_units

CLOSE = 1e-11  # of the value: how far from the best prices may be
SAME = 1e-7
MOST = 5000  # arcs, over all types of adversary, up to which the most even route is sought


def even_shares(problem: Problem, plan: Plan, sectors: Indices) -> Floats:
    """Return the share of crossings by sector under the most even of the mixed routes that prove a plan best.

    Parameters
    ----------
    problem : Problem
    plan : Plan
        The best plan of the problem.
    sectors : int, shape (arcs,)
        The sector that crossings of each arc count for; -1 for none.

    Returns
    -------
    float, shape (sectors,)
        Shares that add up to 1. Where the plan comes in whole units, or the network is large, those of the plan's own
        prices.
    """
    count = int(sectors.max(initial=-1)) + 1
    own: Floats = np.bincount(sectors[sectors >= 0], plan.displacement[sectors >= 0], count).astype(float)
    arcs = problem.network.arcs * len(problem.adversaries)
    whole = bool(((problem.measures.cap > 0) & ~problem.measures.divisible).any())
    if not whole and arcs <= MOST:
        found = _most_even(problem, plan, sectors, count)
        own = own if found is None else found
    return own / (float(own.sum()) or 1.0)


def _most_even(problem: Problem, plan: Plan, sectors: Indices, count: int) -> Floats | None:
    """Return by sector how much uses it under the most even route; None where the solver finds none."""
    problem, _ = in_units(problem)
    program, layout = joint_program(problem, None if plan.objective == "worst" else plan.weights)
    cost, most, entries = dual_columns(program)
    size, width = len(cost), len(program.cost)
    largest = size + count  # after the prices: what uses each sector, and the largest of that
    for where, start in zip(layout.parts, layout.arc_rows, strict=True):
        counted = np.flatnonzero(sectors[where.arcs] >= 0)
        entries.append((width + sectors[where.arcs[counted]], start + counted, np.ones(len(counted))))
    entries.append((width + np.arange(count), size + np.arange(count), -np.ones(count)))
    starts, columns, values = by_row(entries, width + count)
    level = np.concatenate((program.cost, np.zeros(count)))
    zeros, free = np.zeros(count + 1), np.full(count + 1, UNLIMITED)
    lower, upper = np.zeros(largest + 1), np.append(most, free)
    prices = Program(np.append(cost, zeros), lower, upper, starts, columns, values, level, level, maximise=False)
    solver = Solver(prices)
    best = solver.solve()
    if best.status != "optimal":
        return None
    solver.add(np.arange(size), cost, -UNLIMITED, best.value + CLOSE * max(1.0, abs(best.value)))
    aim = np.zeros(largest + 1)
    aim[largest] = 1.0
    solver.aim(aim, maximise=False)
    rows = {sector: width + count + 1 + sector for sector in range(count)}
    for sector in range(count):
        solver.add(np.array([size + sector, largest]), np.array([1.0, -1.0]), -UNLIMITED, 0.0)
    found = Answer("stopped")
    while rows:
        found = solver.solve()
        if found.status != "optimal":
            return None
        height = float(found.x[largest])
        held = [sector for sector, row in rows.items() if abs(found.prices[row]) > SAME]
        for sector in held or list(rows):
            solver.limit(rows.pop(sector), -UNLIMITED, UNLIMITED)
            solver.bound(size + sector, 0.0, height + CLOSE)
    return np.maximum(found.x[size : size + count], 0.0)
