"""How long it takes to compare and to share on scenarios of planning size, in CPU time.

The bar: with three to five parties, all of what cooperation is worth and how it is shared in at most 2 s. The scenarios
are made up: sectors of three segments each, ways along the border, patrols with different effects, sensors of parties
that do not border it, joint teams of neighbours, fixed checks with a cap, one limit to waiting.
"""

import time
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from detente.monitoring.cooperation import cooperation
from detente.monitoring.measures import Measures, Resources, Rows
from detente.monitoring.network import Adversary, Network
from detente.monitoring.problem import Problem
from detente.monitoring.resilience import defaults, resilient_plan
from detente.monitoring.sharing import share
from detente.monitoring.transfers import transfers, worth
from detente.monitoring.waiting import waiting_curve

pytestmark = pytest.mark.benchmark(timer=time.process_time)

ELEMENTS = 5  # planning in common, access, sensors of third parties, joint teams, checks at crossings


def scenario(parties: int, sectors: int, seed: int = 0) -> tuple[Problem, np.ndarray[Any, Any]]:
    """Return a made-up problem, and the element that each measure needs."""
    random = np.random.default_rng(seed)
    place = {(sector, side): 2 + 2 * sector + side for sector in range(sectors) for side in (0, 1)}
    arcs = []
    for sector in range(sectors):
        arcs += [(0, place[sector, 0]), (place[sector, 0], place[sector, 1]), (place[sector, 1], 1)]
    for one, other in pairwise(range(sectors)):
        arcs += [(place[a, side], place[b, side]) for side in (0, 1) for a, b in ((one, other), (other, one))]
    columns: list[tuple[int, float, dict[int, float], set[int], int, float, float]] = []
    for sector in range(sectors):
        west, line, east = 3 * sector, 3 * sector + 1, 3 * sector + 2
        for party, arc in ((0, west), (1, east), (0, line), (1, line)):
            columns.append((arc, random.uniform(0.1, 0.6), {party: 1.0}, {party}, 0, np.inf, 0.0))
        columns.append((west, random.uniform(0.1, 0.5), {1: 1.0}, {0, 1}, 1, np.inf, 0.0))
        for third in range(2, parties):
            for host, arc in ((0, west), (1, east)):
                columns.append((arc, random.uniform(0.2, 0.6), {third: 1.0}, {host, third}, 2, np.inf, 0.0))
        columns.append((line, random.uniform(0.6, 1.0), {0: 0.5, 1: 0.5}, {0, 1}, 3, np.inf, 0.0))
        columns.append((line, random.uniform(0.3, 0.9), {0: 0.2, 1: 0.2}, {0, 1}, 4, 2.0, random.uniform(1, 9)))
    use = np.array([[each[2].get(party, 0.0) for each in columns] for party in range(parties)])
    delay = np.array([each[6] for each in columns])
    measures = Measures(
        np.array([each[0] for each in columns]),
        np.array([each[1] for each in columns]),
        use,
        np.array([[party in each[3] for each in columns] for party in range(parties)]),
        np.array([each[5] for each in columns]),
        delay,
    )
    problem = Problem(
        Network.of(2 + 2 * sectors, arcs),
        (Adversary((0,), (1,), 0.7), Adversary((place[0, 0],), (1,), 0.3)),
        measures,
        Resources(np.arange(parties), random.uniform(1, 3, parties) * sectors),
        Rows.of([({int(m): float(delay[m]) for m in np.flatnonzero(delay)}, -np.inf, 5.0 * sectors)]),
    )
    return problem, np.array([each[4] for each in columns])


@pytest.mark.parametrize(("parties", "sectors"), [(3, 10), (4, 20), (5, 30)])
def test_all_of_compare_and_share(benchmark: Callable[..., Any], parties: int, sectors: int) -> None:
    problem, element = scenario(parties, sectors)

    def ask() -> tuple[Any, ...]:
        found = cooperation(problem, element, ELEMENTS)
        passive, acting = share(problem), share(problem, outsiders="status_quo")
        staying, leaving = zip(*(worth(rider, 1.0, [0.1]) for rider in passive.free_riders), strict=True)
        return found, passive, acting, transfers(staying, leaving)

    found, passive, _, _ = benchmark.pedantic(ask, rounds=3)  # type: ignore[attr-defined] # untyped fixture
    assert found.reached[-1].detection > found.reached[0].detection
    assert passive.owen is not None
    assert benchmark.stats.stats.max <= 2.0  # type: ignore[attr-defined]


def test_risk_and_waiting(benchmark: Callable[..., Any]) -> None:
    problem, _ = scenario(5, 30)

    def ask() -> tuple[Any, ...]:
        plan = resilient_plan(problem, 0.5)
        return plan, defaults(problem, plan.effort), waiting_curve(problem)

    plan, _, curve = benchmark.pedantic(ask, rounds=3)  # type: ignore[attr-defined] # untyped fixture
    assert plan.level > 0 and curve.whole
    assert benchmark.stats.stats.max <= 2.0  # type: ignore[attr-defined]
