"""This module owns trying every choice of what comes in whole units, with sums and comparisons only.

It shares no code with what finds plans, and no solver is called: routes by relaxing every arc until nothing changes
(Bellman 1958; Ford 1956), choices one by one. Where there are too many of them it says so, and proves nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import exp, fsum, inf, isfinite
from typing import Any

MOST = 3_000_000  # arcs looked at, over all choices
CLOSE = 1e-9


def best_of_all(data: Mapping[str, Any], objective: str) -> float | None:
    """Return the best value of all choices of whole units; None where effort can be divided, or there are too many.

    Parameters
    ----------
    data : mapping
        The "problem" of a certificate.
    objective : {"worst", "weighted", "expected"}
    """
    measures = data["measures"]
    count, arcs = len(measures["arc"]), len(data["arcs"])
    most = [_most(data, measure) for measure in range(count)]
    whole = set(measures["whole"])
    if any(limit > 0 and measure not in whole for measure, limit in enumerate(most)):
        return None
    work = (arcs + 1) * len(data["adversaries"])
    best = None
    for tried, effort in enumerate(_choices(data, most)):
        if (tried + 1) * work > MOST:
            return None
        if not _allowed(data, effort):
            continue
        value = _value(data, effort, objective)
        better = best is None or (value < best if objective == "expected" else value > best)
        best = value if better else best
    return best


def least_met(
    arcs: Sequence[Sequence[int]], met: Sequence[float], sources: Sequence[int], sinks: Sequence[int]
) -> float:
    """Return the least, over all routes, of the most that is met at one arc of the route.

    Parameters
    ----------
    arcs : sequence of (tail, head)
    met : sequence of float
        By arc.
    sources, sinks : sequences of int
        Nodes.
    """
    reached = dict.fromkeys(sources, 0.0)
    changed = True
    while changed:
        changed = False
        for (tail, head), here in zip(arcs, met, strict=True):
            if tail in reached and head not in sources and max(reached[tail], here) < reached.get(head, inf):
                reached[head] = max(reached[tail], here)
                changed = True
    return min(reached.get(node, inf) for node in sinks)


def _most(data: Mapping[str, Any], measure: int) -> float:
    """Return the most units of a measure that its cap and the budgets leave room for."""
    cap = data["measures"]["cap"][measure]
    most = inf if cap is None else cap
    for use, budget in zip(data["measures"]["use"], data["budgets"], strict=True):
        most = min([most, *((budget + CLOSE) / amount for column, amount in use if column == measure and amount > 0)])
    return most


def _choices(data: Mapping[str, Any], most: Sequence[float]) -> Iterator[list[int]]:
    """Yield every choice of whole units that budgets leave room for, fewest first along each measure."""
    if not all(isfinite(limit) for limit in most):
        return
    uses = [[0.0] * len(most) for _ in data["budgets"]]
    for row, use in enumerate(data["measures"]["use"]):
        for column, amount in use:
            uses[row][column] = amount
    effort = [0] * len(most)

    def go_on(measure: int, left: list[float]) -> Iterator[list[int]]:
        if measure == len(most):
            yield effort
            return
        units = 0
        while units <= most[measure] + CLOSE and all(
            rest - units * use[measure] >= -CLOSE for rest, use in zip(left, uses, strict=True)
        ):
            effort[measure] = units
            after = [rest - units * use[measure] for rest, use in zip(left, uses, strict=True)]
            yield from go_on(measure + 1, after)
            units += 1
        effort[measure] = 0

    yield from go_on(0, list(data["budgets"]))


def _allowed(data: Mapping[str, Any], effort: Sequence[int]) -> bool:
    """Return whether a choice keeps the side constraints."""
    for row in data["rows"]:
        value = fsum(factor * effort[measure] for measure, factor in row["entries"])
        size = CLOSE * max([1.0, *(abs(factor) for _, factor in row["entries"])])
        if (row["upper"] is not None and value > row["upper"] + size) or (
            row["lower"] is not None and value < row["lower"] - size
        ):
            return False
    return True


def _value(data: Mapping[str, Any], effort: Sequence[int], objective: str) -> float:
    """Return what a choice reaches."""
    there = [0.0] * len(data["arcs"])
    for arc, exponent, units in zip(data["measures"]["arc"], data["measures"]["exponent"], effort, strict=True):
        there[arc] += exponent * units
    reached = []
    for who in data["adversaries"]:
        length = [own + added for own, added in zip(who["baseline"], there, strict=True)]
        away = dict.fromkeys(who["sources"], 0.0)
        changed = True
        while changed:
            changed = False
            for (tail, head), here in zip(data["arcs"], length, strict=True):
                if tail in away and away[tail] + here < away.get(head, inf):
                    away[head] = away[tail] + here
                    changed = True
        reached.append(min(away.get(node, inf) for node in who["sinks"]))
    weights = [who["weight"] for who in data["adversaries"]]
    if objective == "worst":
        return min(reached)
    if objective == "weighted":
        return fsum(weight * each for weight, each in zip(weights, reached, strict=True))
    return fsum(weight * exp(-each) for weight, each in zip(weights, reached, strict=True))
