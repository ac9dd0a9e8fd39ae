"""This module owns inspections at random: teams that cannot be divided, sent where the adversary cannot foresee.

One team, and a chance p to find whoever passes where it is: the game's value is one over the greatest flow with
capacities 1/p; inspect the arcs of a smallest cut with chances in proportion to 1/p, and the adversary uses arcs in
proportion to the flow (Washburn & Wood 1995, Two-person zero-sum games for network interdiction, Operations Research
43(2)). Several teams, one an arc at most: a joint plan with the chances as efforts, whose value is the expected number
of detections along the best route. Where a route may pass several teams this is more than the chance of detection.
"""

from dataclasses import dataclass

import numpy as np

from detente.monitoring.arrays import Floats
from detente.monitoring.joint import joint_plan
from detente.monitoring.maxflow import max_flow
from detente.monitoring.measures import Measures, Resources
from detente.monitoring.network import Adversary, Network, check_size
from detente.monitoring.problem import Problem
from detente.monitoring.routes import SINK, SOURCE, Part, part_of


@dataclass(frozen=True, slots=True, eq=False)
class Inspections:
    """How often to inspect each arc, how often adversaries use it, and how many of them are found.

    Parameters
    ----------
    value : float
        Expected detections along the adversary's best route.
    exact : bool
        Whether this is the chance of detection: there is one team, or no route passes two inspected arcs. Else it is an
        upper bound of it.
    chances : float, shape (arcs,)
        How often there is a team at each arc; they add up to the number of teams, or to less where more teams than
        places are there.
    used : float, shape (arcs,)
        How often the adversary uses each arc.
    """

    value: float
    exact: bool
    chances: Floats
    used: Floats


def inspect_one(network: Network, adversary: Adversary, chance: Floats, large: bool = False) -> Inspections:
    """Return how one team inspects at random, through a greatest flow.

    Parameters
    ----------
    network : Network
        Its baseline does not count.
    adversary : Adversary
    chance : float, shape (arcs,)
        To find whoever passes where the team is; 0 where it cannot go.
    large : bool
        Take networks of more than 5,000 arcs.
    """
    check_size(network.arcs, large)
    where, found = part_of(network, adversary), _chances(network, chance)
    nothing = np.zeros(network.arcs)
    hopeful = found[where.arcs]
    open_arcs = hopeful > 0
    capacity = np.zeros(len(hopeful))
    capacity[open_arcs] = 1 / hopeful[open_arcs]
    capacity[~open_arcs] = 2 * capacity.sum() + 1  # more than any cut that could be inspected
    flow = max_flow(where.nodes, where.tails, where.heads, capacity, SOURCE, SINK)
    cut = flow.reached[where.tails] & ~flow.reached[where.heads]
    if not open_arcs[cut].all():
        free = np.where(open_arcs, 1.0, 1e-9)  # a route past all inspections
        route = max_flow(where.nodes, where.tails, where.heads, np.where(open_arcs, 0.0, free), SOURCE, SINK)
        used = nothing.copy()
        used[where.arcs] = route.along / route.value
        return Inspections(0.0, True, nothing, used)
    chances, used = nothing.copy(), nothing.copy()
    chances[where.arcs[cut]] = capacity[cut] / capacity[cut].sum()
    used[where.arcs] = flow.along / flow.value
    return Inspections(1 / float(capacity[cut].sum()), True, chances, used)


def inspect_many(network: Network, adversary: Adversary, chance: Floats, teams: float) -> Inspections:
    """Return how several teams inspect at random, one an arc at most, through a linear program.

    Parameters
    ----------
    network, adversary, chance
        As for `inspect_one`.
    teams : float
        How many there are.
    """
    found = _chances(network, chance)
    places = np.flatnonzero(found > 0)
    measures = Measures(
        places, found[places], np.ones((1, len(places))), np.ones((1, len(places)), dtype=bool), np.ones(len(places))
    )
    bare = Network(network.nodes, network.tails, network.heads, np.zeros(network.arcs))
    who = Adversary(adversary.sources, adversary.sinks)
    plan = joint_plan(Problem(bare, (who,), measures, Resources(np.array([0]), np.array([float(teams)]))))
    chances = np.zeros(network.arcs)
    chances[places] = plan.effort
    once = teams <= 1 or _crossed_once(part_of(network, who), chances)
    return Inspections(plan.value, once, chances, plan.flows[0])


def surely(where: Part, met: Floats) -> float:
    """Return the least chance to meet a team on a route, whatever the draws have to do with each other.

    Whoever takes a route meets one at least as often as there is one at the place of it where there is one most often.

    Parameters
    ----------
    where : Part
    met : float, shape (arcs of the part,)
        How often a team that finds is at each arc.
    """
    for level in np.unique(np.append(met, 0.0))[::-1].tolist():
        seen = np.zeros(where.nodes, dtype=bool)
        seen[SOURCE] = True
        below = met < level
        while not seen[SINK]:
            onward = where.heads[below & seen[where.tails]]
            if seen[onward].all():
                return float(level)
            seen[onward] = True
    return 0.0


def _chances(network: Network, chance: Floats) -> Floats:
    found = np.asarray(chance, dtype=float)
    if found.shape != (network.arcs,) or not ((found >= 0) & (found <= 1)).all():
        raise ValueError("every arc has a chance of detection between 0 and 1")
    return found


def _crossed_once(where: Part, chances: Floats) -> bool:
    """Return whether no route passes two arcs that are inspected."""
    inspected = chances[where.arcs] > 1e-12
    reached = np.zeros(where.nodes, dtype=bool)
    reached[where.heads[inspected]] = True
    while True:
        onward = where.heads[reached[where.tails]]
        if reached[onward].all():
            return not reached[where.tails[inspected]].any()
        reached[onward] = True
