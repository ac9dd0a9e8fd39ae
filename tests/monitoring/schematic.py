"""Problems for tests on sharing and cooperation: the schematic of three states, parallel sectors, random ones."""

from itertools import pairwise

import numpy as np
from hypothesis import strategies as st

from detente.monitoring.measures import Measures, Resources, Rows
from detente.monitoring.network import Adversary, Network
from detente.monitoring.problem import Problem

AF, PK, US = 0, 1, 2
# Own synthetic schematic, without real data: four sectors, each west side, line, east side one after the other.
OWN, SENSORS, TEAMS = -1, 1, 2
TRI_STATE = [  # layer, effects by sector, use by party, consent, element
    (0, (0.5, 0.4, 0.2, 0.1), {AF: 1}, (AF,), OWN),
    (1, (0.25, 0.2, 0.1, 0.05), {AF: 1}, (AF,), OWN),
    (2, (0.3, 0.3, 0.4, 0.5), {PK: 1}, (PK,), OWN),
    (1, (0.15, 0.15, 0.2, 0.25), {PK: 1}, (PK,), OWN),
    (0, (0.45, 0.45, 0.45, 0.45), {US: 1}, (AF, US), SENSORS),
    (2, (0.45, 0.45, 0.45, 0.45), {US: 1}, (PK, US), SENSORS),
    (1, (0.9, 0.9, 0.9), {AF: 0.5, PK: 0.5}, (AF, PK), TEAMS),
]
TRI_STATE_BUDGETS = (4.0, 8.0, 3.0)


def tri_state(budgets=TRI_STATE_BUDGETS, factor=1.0):
    """Return the problem and the element of each measure: own, third-party sensors, joint teams."""
    arcs, network_arcs = [], {}
    for sector in range(4):
        for layer in range(3):
            start = 0 if layer == 0 else 2 + 2 * sector + layer - 1
            end = 1 if layer == 2 else 2 + 2 * sector + layer
            network_arcs[sector, layer] = len(arcs)
            arcs.append((start, end))
    columns = [
        (network_arcs[sector, layer], effect, use, consent, element)
        for layer, effects, use, consent, element in TRI_STATE
        for sector, effect in enumerate(effects)
    ]
    use = np.array([[each[2].get(party, 0.0) for each in columns] for party in range(3)])
    consent = np.array([[party in each[3] for each in columns] for party in range(3)])
    measures = Measures(np.array([c[0] for c in columns]), factor * np.array([c[1] for c in columns]), use, consent)
    problem = Problem(
        Network.of(10, arcs),
        (Adversary((0,), (1,)),),
        measures,
        Resources(np.arange(3), np.array(budgets, dtype=float)),
    )
    return problem, np.array([each[4] for each in columns])


def parallel(effects, budgets, consent=None, cap=None, baseline=None, rows=(), divisible=None, weights=(1.0,)):
    """Return sectors side by side, in each of which every agency has one measure; effects by agency and sector."""
    effects = np.asarray(effects, dtype=float)
    agencies, sectors = effects.shape
    owner = np.repeat(np.arange(agencies), sectors)
    measures = Measures(
        np.tile(np.arange(sectors), agencies),
        effects.ravel(),
        (owner[None, :] == np.arange(agencies)[:, None]).astype(float),
        owner[None, :] == np.arange(agencies)[:, None] if consent is None else np.asarray(consent, dtype=bool),
        np.zeros(0) if cap is None else np.asarray(cap, dtype=float),
        divisible=np.zeros(0, dtype=bool) if divisible is None else np.asarray(divisible, dtype=bool),
    )
    return Problem(
        Network.of(2, [(0, 1)] * sectors, baseline),
        tuple(Adversary((0,), (1,), weight) for weight in weights),
        measures,
        Resources(np.arange(agencies), np.asarray(budgets, dtype=float)),
        Rows.of(rows),
    )


@st.composite
def problems(draw, largest=3, caps=False, baseline=False):
    """Return random problems: routes of one to three arcs, measures of one or two agencies, consents, budgets."""
    agencies = draw(st.integers(2, largest))
    routes = draw(st.lists(st.integers(1, 3), min_size=1, max_size=4))
    arcs, nodes = [], 2
    for length in routes:
        stops = [0, *range(nodes, nodes + length - 1), 1]
        nodes += length - 1
        arcs += list(pairwise(stops))
    if draw(st.booleans()) and nodes > 3:
        arcs.append((2, 3))
    count = draw(st.integers(agencies, 3 * len(arcs)))
    whole = st.integers(0, 4).map(float)
    use = np.zeros((agencies, count))
    consent = np.zeros((agencies, count), dtype=bool)
    for measure in range(count):
        users = draw(st.sets(st.integers(0, agencies - 1), min_size=1, max_size=2))
        for user in users:
            use[user, measure] = draw(st.sampled_from((0.5, 1.0, 2.0)))
        asked = draw(st.sets(st.integers(0, agencies - 1), max_size=1))
        consent[list(users | asked), measure] = True
    measures = Measures(
        np.array(draw(st.lists(st.integers(0, len(arcs) - 1), min_size=count, max_size=count))),
        np.array(draw(st.lists(st.sampled_from((0.1, 0.25, 0.5, 1.0)), min_size=count, max_size=count))),
        use,
        consent,
        np.array(draw(st.lists(st.sampled_from((0.5, 2.0, np.inf)), min_size=count, max_size=count)))
        if caps
        else np.zeros(0),
    )
    there = np.array(draw(st.lists(st.sampled_from((0.0, 0.1, 0.5)), min_size=len(arcs), max_size=len(arcs))))
    return Problem(
        Network.of(nodes, arcs, there if baseline else None),
        tuple(Adversary((0,), (1,), weight) for weight in draw(st.sampled_from(((1.0,), (0.5, 0.5))))),
        measures,
        Resources(np.arange(agencies), np.array([draw(whole) for _ in range(agencies)])),
    )
