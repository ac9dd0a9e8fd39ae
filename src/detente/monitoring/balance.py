"""This module owns whether a division is the nucleolus, and how content the least content set can be: with proofs.

A division is the nucleolus if, and only if, for every height the sets whose excess is that high or higher are balanced:
they can be given weights, none of them 0, that cover every party alike (Kohlberg 1971); where nobody gets more than it
reaches alone, such parties may help to cover. Weights are sought by a linear program, and what they prove is added up
here.

References
----------
Kohlberg (1971), On the nucleolus of a characteristic function game, SIAM Journal on Applied Mathematics 20(1).
"""

from collections.abc import Mapping, Sequence

import numpy as np

from detente.monitoring.arrays import UNLIMITED, Floats
from detente.monitoring.lp import Program, solve

SAME = 1e-6  # excesses that differ by less count as the same height
COVERED = 1e-6

Set = frozenset[int]


def balanced(game: Mapping[Set, float], shares: Sequence[float]) -> str:
    """Return why a division is not the nucleolus; "" where it is.

    Parameters
    ----------
    game : mapping from set to float
        What every set of parties reaches by itself; the empty set and the set of all included.
    shares : sequence of float
        What each party gets; they add up to what all reach.
    """
    count = len(shares)
    everybody = frozenset(range(count))
    proper = [group for group in game if group and group != everybody]
    excess = {group: game[group] - sum(shares[place] for place in group) for group in proper}
    size = SAME * max(1.0, *(abs(value) for value in game.values()))
    individual = sum(game[frozenset((place,))] for place in everybody) <= game[everybody] + size
    floors = [place for place in everybody if individual and excess.get(frozenset((place,)), -1.0) >= -size]
    if individual and any(excess.get(frozenset((place,)), -1.0) > size for place in everybody):
        return "some party gets less than it reaches alone"
    heights = sorted(excess.values(), reverse=True)
    for place, height in enumerate(heights):
        if place + 1 < len(heights) and height - heights[place + 1] <= size:
            continue  # the same height goes on
        high = [group for group in proper if excess[group] >= height - size / 2]
        if not _covers(high, floors, count):
            return f"sets with an excess of {height:.6g} or more are not balanced"
    return ""


def most_content(game: Mapping[Set, float], count: int) -> tuple[float, float]:
    """Return between which bounds the least greatest excess lies: what weights of sets prove, and what a division has.

    Parameters
    ----------
    game : mapping from set to float
    count : int
        How many parties there are.
    """
    everybody = frozenset(range(count))
    proper = [group for group in game if group and group != everybody]
    if not proper:
        return 0.0, 0.0
    rows = _sets(proper, count)
    # the greatest excess, least; columns: shares, then the excess
    table = np.vstack((np.hstack((rows, np.ones((len(proper), 1)))), np.append(np.ones(count), 0.0)[None, :]))
    due = np.array([game[group] for group in proper])
    total = np.array([game[everybody]])
    least = np.concatenate((due, total))
    most = np.concatenate((np.full(len(proper), UNLIMITED), total))
    cost = np.append(np.zeros(count), 1.0)
    found = solve(_program(cost, table, least, most, np.full(count + 1, -UNLIMITED)))
    shares = found.x[:count] + (game[everybody] - found.x[:count].sum()) / count
    high = max(game[group] - sum(float(shares[place]) for place in group) for group in proper)
    weights = np.maximum(found.prices[: len(proper)], 0.0)
    weights = weights / (weights.sum() or 1.0)
    cover = weights @ rows
    if cover.max() - cover.min() > COVERED:
        return -UNLIMITED, high
    return float(weights @ due - cover.mean() * game[everybody]), high


def _covers(groups: Sequence[Set], floors: Sequence[int], count: int) -> bool:
    """Return whether sets, each with a weight, cover all parties alike, with the help of some single parties."""
    rows, help_ = _sets(groups, count), _sets([frozenset((place,)) for place in floors], count)
    table = np.vstack((rows, help_, -np.ones((1, count)))).T
    lower = np.concatenate((np.ones(len(groups)), np.zeros(len(floors)), [-UNLIMITED]))
    nothing = np.zeros(count)
    found = solve(_program(np.zeros(len(lower)), table, nothing, nothing, lower))
    if found.status != "optimal":
        return False
    weights = found.x
    sums = table @ weights
    return bool(np.abs(sums).max(initial=0.0) <= COVERED * np.abs(weights).max() and (weights >= lower - COVERED).all())


def _sets(groups: Sequence[Set], count: int) -> Floats:
    found = np.zeros((len(groups), count))
    for row, group in enumerate(groups):
        found[row, list(group)] = 1.0
    return found


def _program(cost: Floats, table: Floats, lower: Floats, upper: Floats, least: Floats) -> Program:
    """Return the program of the least cost with ``lower <= table x <= upper`` and x not below `least`."""
    row, column = np.nonzero(table)
    starts = np.searchsorted(row, np.arange(len(table) + 1))
    return Program(cost, least, np.full(len(cost), UNLIMITED), starts, column, table[row, column], lower, upper,
                   maximise=False)  # fmt: skip
