"""This module owns routes: which part of a network an adversary can use, and which route it takes through a plan.

An adversary knows the plan, and takes the route of least exponent: a shortest path (Dijkstra 1959).
"""

from dataclasses import dataclass
from functools import lru_cache
from heapq import heappop, heappush
from math import exp, inf

import numpy as np

from detente.monitoring.arrays import Flags, Floats, Indices
from detente.monitoring.faults import UnreachableError
from detente.monitoring.network import Adversary, Network
from detente.monitoring.problem import Problem

SOURCE, SINK = 0, 1


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """The part of a network on routes from sources to sinks, all sources as one node 0 and all sinks as one node 1.

    Parameters
    ----------
    nodes : int
    arcs : int, shape (arcs of the part,)
        Which arcs of the network these are.
    tails, heads : int, shape (arcs of the part,)
        Nodes of the part.
    """

    nodes: int
    arcs: Indices
    tails: Indices
    heads: Indices


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a plan reaches against adversaries that adapt to it.

    Parameters
    ----------
    exponents : tuple of float
        Of each adversary's best route.
    worst : float
        The least of them.
    weighted : float
        Their weighted sum.
    undetected : float
        The weighted sum of the chances to pass undetected.
    """

    exponents: tuple[float, ...]
    worst: float
    weighted: float
    undetected: float


def part(problem: Problem, adversary: int) -> Part:
    """Return the part of the network that a type of adversary can use.

    Raises
    ------
    UnreachableError
        If no route leads to one of its sinks.
    """
    return part_of(problem.network, problem.adversaries[adversary], adversary)


def part_of(network: Network, who: Adversary, index: int = 0) -> Part:
    """Return the part of a network that a type of adversary can use; `index` is how a fault calls it.

    Raises
    ------
    UnreachableError
        If no route leads to one of its sinks.
    """
    found, unreached = _part(network, who.sources, who.sinks)
    if unreached:
        raise UnreachableError(index, unreached)
    return found


def evaluate(problem: Problem, effort: Floats) -> Evaluation:
    """Evaluate efforts against adversaries that know them and take the route of least exponent.

    Parameters
    ----------
    problem : Problem
    effort : float, shape (measures,)
    """
    added = problem.exponents(effort)
    least = tuple(least_exponent(problem, index, added) for index in range(len(problem.adversaries)))
    weights = [each.weight for each in problem.adversaries]
    return Evaluation(
        least,
        min(least),
        sum(weight * reached for weight, reached in zip(weights, least, strict=True)),
        sum(weight * exp(-reached) for weight, reached in zip(weights, least, strict=True)),
    )


def least_exponent(problem: Problem, adversary: int, added: Floats) -> float:
    """Return the exponent of an adversary's best route, where `added`, shape (arcs,), comes on top of the baseline."""
    where = part(problem, adversary)
    length = (problem.baseline(adversary) + added)[where.arcs]
    return distances(where, length)[SINK]


def potentials(problem: Problem, adversary: int, added: Floats) -> list[float | None]:
    """Return the least exponent from an adversary's sources to each node; None for nodes that no arcs lead to.

    Parameters
    ----------
    problem : Problem
    adversary : int
    added : float, shape (arcs,)
        On top of the baseline.
    """
    network = problem.network
    local = np.where(
        _marked(network.nodes, problem.adversaries[adversary].sources), SOURCE, 1 + np.arange(network.nodes)
    )
    everywhere = Part(1 + network.nodes, np.arange(network.arcs), local[network.tails], local[network.heads])
    away = distances(everywhere, problem.baseline(adversary) + added)
    return [None if away[place] == inf else away[place] for place in local.tolist()]


def distances(where: Part, length: Floats) -> list[float]:
    """Return the least sum of lengths from the source to each node of a part."""
    order = np.argsort(where.tails, kind="stable")
    starts = np.searchsorted(where.tails[order], np.arange(where.nodes + 1)).tolist()
    heads, lengths = where.heads[order].tolist(), length[order].tolist()
    away = [inf] * where.nodes
    away[SOURCE] = 0.0
    queue = [(0.0, SOURCE)]
    while queue:
        reached, node = heappop(queue)
        if reached > away[node]:
            continue
        for arc in range(starts[node], starts[node + 1]):
            further = reached + lengths[arc]
            if further < away[heads[arc]]:
                away[heads[arc]] = further
                heappush(queue, (further, heads[arc]))
    return away


@lru_cache(maxsize=256)
def _part(network: Network, sources: tuple[int, ...], sinks: tuple[int, ...]) -> tuple[Part, tuple[int, ...]]:
    """Return the part on routes, and the sinks that cannot be reached; networks are the same only if they are one."""
    source, sink = _marked(network.nodes, sources), _marked(network.nodes, sinks)
    usable: Flags = ~source[network.heads] & ~sink[network.tails]
    from_source = _reached(network.tails, network.heads, usable, source)
    to_sink = _reached(network.heads, network.tails, usable, sink)
    arcs = np.flatnonzero(usable & from_source[network.tails] & to_sink[network.heads])
    inner = from_source & to_sink & ~source & ~sink
    local = np.where(source, SOURCE, SINK)
    local[inner] = 2 + np.arange(int(inner.sum()))
    unreached = tuple(node for node in sinks if not from_source[node])
    return Part(2 + int(inner.sum()), arcs, local[network.tails[arcs]], local[network.heads[arcs]]), unreached


def _reached(tails: Indices, heads: Indices, usable: Flags, start: Flags) -> Flags:
    """Return which nodes usable arcs lead to from the start, a generation of nodes at a time."""
    order = np.flatnonzero(usable)[np.argsort(tails[usable], kind="stable")]
    starts = np.searchsorted(tails[order], np.arange(len(start) + 1))
    onward = heads[order]
    reached = start.copy()
    newest = np.flatnonzero(start)
    while len(newest):
        counts = starts[newest + 1] - starts[newest]
        firsts = np.repeat(starts[newest] - np.cumsum(counts) + counts, counts)
        met = onward[firsts + np.arange(len(firsts))]
        newest = np.unique(met[~reached[met]])
        reached[newest] = True
    return reached


def _marked(count: int, which: tuple[int, ...]) -> Flags:
    marks = np.zeros(count, dtype=bool)
    marks[list(which)] = True
    return marks
