"""This module owns measures that are there or not: barriers that make routes longer, and arcs taken out of a flow.

Barriers: Israeli & Wood (2002), Shortest-path network interdiction, Networks 40(2). Flows: Wood (1993), Deterministic
network interdiction, Mathematical and Computer Modelling 17(2). Each is a mixed-integer program.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import inf

import numpy as np

from detente.monitoring.arrays import UNLIMITED, Floats, Indices
from detente.monitoring.lp import Answer, Program, solve
from detente.monitoring.maxflow import max_flow
from detente.monitoring.network import Adversary, Network, check_size
from detente.monitoring.program import by_row
from detente.monitoring.routes import SINK, SOURCE, Part, distances, part_of

Entry = tuple[int, int, float]  # row, column, value


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """Which arcs are chosen, and the value that this leads to.

    Parameters
    ----------
    value : float
        Of what is sought: the shortest route (infinite where none is left), the greatest flow, the chance to pass.
    arcs : tuple of int
        None of them can be left out.
    bound : float
        What branching proves that no choice betters.
    """

    value: float
    arcs: tuple[int, ...]
    bound: float


def longest_detour(
    network: Network, adversary: Adversary, delay: Floats, cost: Floats, budget: float, large: bool = False
) -> Chosen:
    """Return where barriers make the shortest route longest.

    Parameters
    ----------
    network : Network
        Its baseline is the length of each arc.
    adversary : Adversary
    delay : float, shape (arcs,)
        What a barrier adds to an arc; infinite where it closes it, 0 where there can be none.
    cost : float, shape (arcs,)
    budget : float
    large : bool
        Take networks of more than 5,000 arcs.
    """
    where, length, added, price = _local(network, adversary, large, delay, cost)
    closed = 1.0 + length.sum() + added[np.isfinite(added)].sum()  # longer than any route that is open
    finite = np.where(np.isfinite(added), added, closed)
    possible = np.flatnonzero((finite > 0) & (price <= budget))
    arcs, nodes = len(where.arcs), where.nodes
    entries: list[Entry] = []
    column_of = {arc: nodes + place for place, arc in enumerate(possible.tolist())}
    for row, (tail, head) in enumerate(zip(where.tails.tolist(), where.heads.tolist(), strict=True)):
        entries += [(row, head, 1.0), (row, tail, -1.0)]
        if row in column_of:
            entries.append((row, column_of[row], -float(finite[row])))
    entries += [(arcs, column, float(price[arc])) for arc, column in column_of.items()]
    found = mixed(
        gain={SINK: 1.0},
        entries=entries,
        upper=np.append(length, budget),
        lower_bounds=np.zeros(nodes + len(possible)),
        upper_bounds=np.concatenate(([0.0], np.full(nodes - 1, closed), np.ones(len(possible)))),
        whole=np.arange(nodes, nodes + len(possible)),
        maximise=True,
    )

    def shortest(barriers: Indices) -> float:
        longer = length.copy()
        longer[barriers] += added[barriers]
        return distances(where, longer)[SINK]

    there = possible[found.x[nodes:] > 0.5]
    value = shortest(there)
    there = needed(there, lambda fewer: shortest(fewer) >= value)
    return Chosen(value, tuple(where.arcs[there].tolist()), inf if found.bound >= closed else found.bound)


def least_flow(
    network: Network, adversary: Adversary, capacity: Floats, cost: Floats, budget: float, large: bool = False
) -> Chosen:
    """Return which arcs to take out so that the greatest flow is smallest.

    Parameters
    ----------
    network : Network
    adversary : Adversary
        Between its sources and sinks it flows.
    capacity, cost : float, shape (arcs,)
        An infinite cost keeps an arc in.
    budget : float
    large : bool
        Take networks of more than 5,000 arcs.
    """
    where, _, carried, price = _local(network, adversary, large, capacity, cost)
    arcs, nodes = len(where.arcs), where.nodes
    out, across = nodes, nodes + arcs  # columns: side of the cut | arc taken out | arc in the cut, and left
    gain = {across + arc: float(carried[arc]) for arc in range(arcs)}
    entries: list[Entry] = []
    for row, (tail, head) in enumerate(zip(where.tails.tolist(), where.heads.tolist(), strict=True)):
        entries += [(row, head, 1.0), (row, tail, -1.0), (row, out + row, -1.0), (row, across + row, -1.0)]
    affordable = price <= budget
    entries += [(arcs, out + arc, float(price[arc])) for arc in np.flatnonzero(affordable).tolist()]
    upper = np.ones(nodes + 2 * arcs)
    upper[SOURCE] = 0.0
    upper[out:across] = affordable
    lower = np.zeros(nodes + 2 * arcs)
    lower[SINK] = 1.0
    found = mixed(
        gain=gain,
        entries=entries,
        upper=np.append(np.zeros(arcs), budget),
        lower_bounds=lower,
        upper_bounds=upper,
        whole=np.arange(across),
        maximise=False,
    )

    def greatest(taken: Indices) -> float:
        left = carried.copy()
        left[taken] = 0.0
        return max_flow(nodes, where.tails, where.heads, left, SOURCE, SINK).value

    taken = np.flatnonzero(found.x[out:across] > 0.5)
    value = greatest(taken)
    taken = needed(taken, lambda fewer: greatest(fewer) <= value + 1e-12 * max(1.0, value))
    return Chosen(value, tuple(where.arcs[taken].tolist()), found.bound)


def mixed(
    gain: Mapping[int, float],
    entries: Sequence[Entry],
    upper: Floats,
    lower_bounds: Floats,
    upper_bounds: Floats,
    whole: Indices,
    maximise: bool,
) -> Answer:
    """Solve a mixed-integer program given entry by entry; choosing nothing is always possible."""
    cost = np.zeros(len(lower_bounds))
    cost[list(gain)] = list(gain.values())
    integral = np.zeros(len(cost), dtype=bool)
    integral[whole] = True
    rows, columns, values = (np.array(each) for each in zip(*entries, strict=True))
    starts, columns, values = by_row([(rows, columns, values)], len(upper))
    lower = np.full(len(upper), -UNLIMITED)
    found = solve(Program(cost, lower_bounds, upper_bounds, starts, columns, values, lower, upper, integral, maximise))
    if found.status != "optimal":
        raise RuntimeError(f"the solver of mixed-integer programs ended without an answer: {found.status}")
    return found


def needed(chosen: Indices, enough: Callable[[Indices], bool]) -> Indices:
    """Return what is left of a choice when everything goes without which it is still enough."""
    for each in chosen.tolist():
        fewer = chosen[chosen != each]
        if enough(fewer):
            chosen = fewer
    return chosen


def _local(
    network: Network, adversary: Adversary, large: bool, quantity: Floats, cost: Floats
) -> tuple[Part, Floats, Floats, Floats]:
    """Return the part on routes, with the baseline, a quantity and the costs of its arcs."""
    check_size(network.arcs, large)
    where = part_of(network, adversary)
    found = []
    for values in (network.baseline, quantity, cost):
        values = np.asarray(values, dtype=float)
        if values.shape != (network.arcs,) or np.isnan(values).any() or (values < 0).any():
            raise ValueError("every arc has a length, a capacity or delay, and a cost, each 0 or more")
        found.append(values[where.arcs])
    return where, found[0], found[1], found[2]
