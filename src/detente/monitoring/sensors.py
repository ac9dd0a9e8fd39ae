"""This module owns sensors: where to put them against evaders of several types.

The chance to pass is a product over arcs, p without and q with a sensor. Potentials are the chance to get from a node
to the sink: pi_i >= q pi_j, and pi_i >= p pi_j - (p - q) U_j x, with x = 1 for a sensor, and U_j the chance without any
sensor, so that the constraint is as tight as can be (after Pan, Charlton & Morton 2003; Morton, Pan & Saeger 2007,
Models for nuclear smuggling interdiction, IIE Transactions 39(1)).
"""

from collections.abc import Sequence

import numpy as np

from detente.monitoring.arrays import Floats, Indices
from detente.monitoring.discrete import Chosen, Entry, mixed, needed
from detente.monitoring.network import Adversary, Network, check_size
from detente.monitoring.routes import SINK, SOURCE, Part, distances, part_of


def best_sensors(
    network: Network,
    adversaries: Sequence[Adversary],
    passing: Floats,
    sensed: Floats,
    cost: Floats,
    budget: float,
    large: bool = False,
) -> Chosen:
    """Return where sensors make the chance to pass least, over all types of adversary by their weights.

    Parameters
    ----------
    network : Network
    adversaries : sequence of Adversary
    passing, sensed : float, shape (arcs,)
        The chance to pass an arc undetected, without and with a sensor.
    cost : float, shape (arcs,)
    budget : float
    large : bool
        Take networks of more than 5,000 arcs.
    """
    check_size(network.arcs, large)
    passing, sensed, cost = (np.asarray(each, dtype=float) for each in (passing, sensed, cost))
    if not ((sensed >= 0) & (sensed <= passing) & (passing <= 1)).all():
        raise ValueError("a chance to pass is between 0 and 1, and no greater with a sensor")
    possible = np.flatnonzero((sensed < passing) & (cost <= budget))
    sensor = np.full(network.arcs, -1)
    sensor[possible] = np.arange(len(possible))
    parts = [part_of(network, who, index) for index, who in enumerate(adversaries)]
    gain: dict[int, float] = {}
    entries: list[Entry] = []
    upper: list[float] = []
    ends: list[int] = []  # columns of potentials at sinks, which are 1
    column = len(possible)
    for who, where in zip(adversaries, parts, strict=True):
        # pi of a node: the chance to get from there to a sink; the most it can be is without any sensor
        most = np.exp(-_onward(where, _length(passing[where.arcs])))
        for tail, head, arc in zip(where.tails.tolist(), where.heads.tolist(), where.arcs.tolist(), strict=True):
            here, there, at = column + tail, column + head, int(sensor[arc])
            with_one, without = float(sensed[arc]), float(passing[arc])
            entries += [(len(upper), there, without), (len(upper), here, -1.0)]
            if at < 0:
                upper.append(0.0)
                continue
            entries.append((len(upper), at, -(without - with_one) * float(most[head])))
            upper.append(0.0)
            entries += [(len(upper), there, with_one), (len(upper), here, -1.0)]
            upper.append(0.0)
        gain[column + SOURCE] = who.weight
        ends.append(column + SINK)
        column += where.nodes
    entries += [(len(upper), place, float(cost[arc])) for place, arc in enumerate(possible.tolist())]
    lower = np.zeros(column)
    lower[ends] = 1.0
    found = mixed(
        gain=gain,
        entries=entries,
        upper=np.array([*upper, budget]),
        lower_bounds=lower,
        upper_bounds=np.ones(column),
        whole=np.arange(len(possible)),
        maximise=False,
    )
    there = possible[found.x[: len(possible)] > 0.5]
    value = chance_to_pass(network, adversaries, passing, sensed, there)
    there = needed(there, lambda fewer: chance_to_pass(network, adversaries, passing, sensed, fewer) <= value + 1e-12)
    return Chosen(value, tuple(there.tolist()), found.bound)


def chance_to_pass(
    network: Network, adversaries: Sequence[Adversary], passing: Floats, sensed: Floats, sensors: Indices
) -> float:
    """Return the chance to pass, all types of adversary by their weights, with sensors on some arcs.

    Parameters
    ----------
    network, adversaries, passing, sensed
        As for `best_sensors`.
    sensors : int, shape (sensors,)
        Arcs.
    """
    chance = np.array(passing, dtype=float)
    chance[sensors] = np.asarray(sensed, dtype=float)[sensors]
    total = 0.0
    for index, who in enumerate(adversaries):
        where = part_of(network, who, index)
        total += who.weight * float(np.exp(-distances(where, _length(chance[where.arcs]))[SINK]))
    return total


def _length(chance: Floats) -> Floats:
    """Return chances to pass as lengths that add up along a route."""
    with np.errstate(divide="ignore"):
        return -np.log(chance)


def _onward(where: Part, length: Floats) -> Floats:
    """Return the least length from each node to the sink."""
    swapped = np.arange(where.nodes)
    swapped[[SOURCE, SINK]] = SINK, SOURCE
    back = Part(where.nodes, where.arcs, swapped[where.heads], swapped[where.tails])
    return np.array(distances(back, length))[swapped]
