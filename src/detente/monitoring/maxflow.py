"""This module owns maximum flows and minimum cuts: in plain Python for small networks, through OR-tools for large ones.

Dinic (1970), Algorithm for solution of a problem of maximum flow in networks with power estimation, Soviet Mathematics
Doklady 11: shortest augmenting routes, a level of the network at a time. A flow and a cut of the same size prove each
other the greatest and the smallest (Ford & Fulkerson 1962).
"""

from collections import deque
from dataclasses import dataclass

import numpy as np

from detente.errors import NotAvailableError
from detente.monitoring.arrays import Flags, Floats, Indices

NOTHING = 1e-12  # of the largest capacity: what is left of an arc that is full
WHOLE = 2e18  # the sum of capacities as whole numbers of 64 bits


@dataclass(frozen=True, slots=True, eq=False)
class Flow:
    """A greatest flow.

    Parameters
    ----------
    value : float
    along : float, shape (arcs,)
    reached : bool, shape (nodes,)
        The nodes on the source's side of a smallest cut.
    """

    value: float
    along: Floats
    reached: Flags


def max_flow(nodes: int, tails: Indices, heads: Indices, capacity: Floats, source: int, sink: int) -> Flow:
    """Return a greatest flow from a source to a sink, and a smallest cut.

    Parameters
    ----------
    nodes : int
    tails, heads, capacity : arrays, shape (arcs,)
        Capacities are finite, 0 or more.
    source, sink : int
    """
    ends = heads.tolist() + tails.tolist()
    count = len(heads)
    left = capacity.tolist() + [0.0] * count  # what is left of each arc, then of each arc the other way
    leaving: list[list[int]] = [[] for _ in range(nodes)]
    for arc, (tail, head) in enumerate(zip(tails.tolist(), heads.tolist(), strict=True)):
        leaving[tail].append(arc)
        leaving[head].append(arc + count)
    nothing = NOTHING * max(1e-300, float(capacity.max(initial=0.0)))
    while True:
        level = _levels(leaving, ends, left, source, nothing)
        if level[sink] < 0:
            break
        _fill(leaving, ends, left, level, source, sink, nothing)
    along = np.array(left[count:])
    value = along[tails == source].sum() - along[heads == source].sum()
    return Flow(float(value), along, np.array(level) >= 0)


def large_max_flow(nodes: int, tails: Indices, heads: Indices, capacity: Floats, source: int, sink: int) -> Flow:
    """Return a greatest flow and a smallest cut of a large network, by OR-tools, to about 8 digits.

    Parameters
    ----------
    nodes, tails, heads, capacity, source, sink
        As for `max_flow`.

    Raises
    ------
    NotAvailableError
        If OR-tools is not installed.
    """
    try:
        from ortools.graph.python import max_flow as ortools
    except ImportError as error:
        told = "large networks need OR-tools, which is not installed"
        raise NotAvailableError(f"{told}; install it with: pip install 'detente[large]'") from error
    scale = WHOLE / (float(capacity.sum()) or 1.0)
    solver = ortools.SimpleMaxFlow()
    whole = np.round(capacity * scale).astype(np.int64)
    arcs = solver.add_arcs_with_capacity(tails, heads, whole)
    status = solver.solve(source, sink)
    if status != solver.OPTIMAL:
        raise RuntimeError(f"the solver of maximum flows ended without an answer: {status}")
    reached = np.zeros(nodes, dtype=bool)
    reached[[source, *solver.get_source_side_min_cut()]] = True
    along = np.asarray(solver.flows(arcs), dtype=float) / scale
    return Flow(solver.optimal_flow() / scale, along, reached)


def _levels(leaving: list[list[int]], ends: list[int], left: list[float], source: int, nothing: float) -> list[int]:
    """Return how many arcs away from the source each node is, over arcs with something left; -1: no way."""
    level = [-1] * len(leaving)
    level[source] = 0
    queue = deque([source])
    while queue:
        node = queue.popleft()
        for arc in leaving[node]:
            if left[arc] > nothing and level[ends[arc]] < 0:
                level[ends[arc]] = level[node] + 1
                queue.append(ends[arc])
    return level


def _fill(
    leaving: list[list[int]],
    ends: list[int],
    left: list[float],
    level: list[int],
    source: int,
    sink: int,
    nothing: float,
) -> None:
    """Send along routes of one arc a level until none has anything left."""
    other = len(ends) // 2
    tried = [0] * len(leaving)
    route: list[int] = []
    node = source
    while True:
        if node == sink:
            least = min(left[arc] for arc in route)
            for arc in route:
                left[arc] -= least
                left[arc - other if arc >= other else arc + other] += least
            route, node = [], source
        while tried[node] < len(leaving[node]):
            arc = leaving[node][tried[node]]
            if left[arc] > nothing and level[ends[arc]] == level[node] + 1:
                break
            tried[node] += 1
        else:
            if node == source:
                return
            back = route.pop()
            node = ends[back - other if back >= other else back + other]
            tried[node] += 1
            continue
        route.append(arc)
        node = ends[arc]
