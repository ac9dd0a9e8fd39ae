"""Plans for tests, written from the text: all simple routes listed, one row a route; no code of the library."""

from itertools import combinations

import numpy as np
from small_programs import minimum


def simple_routes(problem, adversary=0):
    """Return every route without a circle, as a list of arcs, from any source to any sink of an adversary."""
    who = problem.adversaries[adversary]
    arcs = list(zip(problem.network.tails.tolist(), problem.network.heads.tolist(), strict=True))
    found = []

    def go_on(node, seen, route):
        if node in who.sinks:
            found.append(route)
            return
        for arc, (tail, head) in enumerate(arcs):
            if tail == node and head not in seen:
                go_on(head, seen | {head}, [*route, arc])

    for source in who.sources:
        go_on(source, {source}, [])
    return found


def route_rows(problem, adversary):
    """Return, for every route, what efforts add to its exponent, and its baseline."""
    measures, baseline = problem.measures, problem.baseline(adversary)
    rows, there = [], []
    for route in simple_routes(problem, adversary):
        rows.append([each if arc in route else 0.0 for arc, each in zip(measures.arc, measures.exponent, strict=True)])
        there.append(sum(baseline[route]))
    return np.array(rows), np.array(there)


def naive_value(problem, weighted=False):
    """Return the greatest least exponent, or weighted sum of exponents, by a linear program over routes."""
    count, types = problem.measures.count, len(problem.adversaries)
    rows, lower, upper = [], [], []
    for adversary in range(types):
        gains, there = route_rows(problem, adversary)
        for gain, baseline in zip(gains, there, strict=True):
            level = np.zeros(types)
            level[adversary if weighted else 0] = 1.0
            rows.append([*-gain, *level])
            lower.append(-np.inf)
            upper.append(baseline)
    for use, budget in zip(problem.measures.use, problem.resources.budget, strict=True):
        rows.append([*use, *[0.0] * types])
        lower.append(-np.inf)
        upper.append(budget)
    for index in range(problem.rows.count):
        entries, low, high = problem.rows.row(index)
        row = np.zeros(count + types)
        for column, value in entries.items():
            row[column] += value
        rows.append(row)
        lower.append(low)
        upper.append(high)
    cost = np.zeros(count + types)
    cost[count:] = [-who.weight for who in problem.adversaries] if weighted else [-1.0, *[0.0] * (types - 1)]
    high = [*problem.measures.cap, *[np.inf if weighted or not index else 0.0 for index in range(types)]]
    value, _ = minimum(cost, rows, lower, upper, 0.0, np.array(high))
    return -value


def least_on_routes(problem, effort, adversary=0):
    """Return the exponent of the best route under a plan."""
    gains, there = route_rows(problem, adversary)
    return min(gains @ effort + there)


def subsets(items, most):
    """Return every subset of at most so many items."""
    return [each for size in range(most + 1) for each in combinations(items, size)]


def keeps_limits(problem, effort, near=1e-7):
    """Return whether efforts keep caps, budgets, side constraints and whole units."""
    measures = problem.measures
    entries = [problem.rows.row(index) for index in range(problem.rows.count)]
    sums = [sum(value * effort[column] for column, value in each.items()) for each, _, _ in entries]
    return (
        (effort >= -near).all()
        and (effort <= measures.cap + near).all()
        and (measures.use @ effort <= problem.resources.budget + near).all()
        and all(low - near <= value <= high + near for value, (_, low, high) in zip(sums, entries, strict=True))
        and np.abs(effort - np.round(effort))[~measures.divisible].max(initial=0.0) <= near
    )
