"""Random monitoring networks, seeded: layered grids, every inner arc with measures, as hard as such networks are.

Nodes stand in layers of equal width; from each, arcs lead to the three nearest ones of the next layer. Each agency can
act on about half of the inner arcs (at least one agency on each), one unit of its budget adding between 0.2 and 1.5 to
the exponent. Budgets are between 5 and 20.
"""

import numpy as np

from detente.monitoring.measures import Measures, Resources
from detente.monitoring.network import Adversary, Network
from detente.monitoring.problem import Problem


def grid(arcs: int, agencies: int = 3, access: float = 0.5, seed: int = 0) -> Problem:
    """Return a layered grid of about so many arcs, as wide as it is long."""
    side = max(2, round((arcs / 3) ** 0.5) + 1)
    random = np.random.default_rng(seed)
    layer, place = (each.ravel() for each in np.meshgrid(np.arange(side - 1), np.arange(side), indexing="ij"))
    start = 2 + np.arange(side)
    tails, heads = [np.zeros(side, dtype=np.int64)], [start]
    for step in (-1, 0, 1):
        there = (place + step >= 0) & (place + step < side)
        tails.append(2 + layer[there] * side + place[there])
        heads.append(2 + (layer[there] + 1) * side + place[there] + step)
    inner = sum(map(len, tails[1:]))
    tails.append(2 + (side - 1) * side + np.arange(side))
    heads.append(np.ones(side, dtype=np.int64))
    can = random.random((agencies, inner)) < access
    can[random.integers(0, agencies, inner), np.arange(inner)] = True
    effect = random.uniform(0.2, 1.5, (agencies, inner))
    agency, arc = np.nonzero(can)
    use = np.zeros((agencies, len(arc)))
    use[agency, np.arange(len(arc))] = 1.0
    ends = np.concatenate(tails), np.concatenate(heads)
    return Problem(
        Network(2 + side * side, *ends, np.zeros(len(ends[0]))),
        (Adversary((0,), (1,)),),
        Measures(side + arc, effect[agency, arc], use, use > 0),
        Resources(np.arange(agencies), random.uniform(5, 20, agencies)),
    )
