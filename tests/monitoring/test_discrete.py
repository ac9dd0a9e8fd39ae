"""Barriers, flows and sensors: published answers, and every choice tried."""

from math import inf, prod

import numpy as np
import plan_oracles as oracles
import pytest
from hypothesis import given
from hypothesis import strategies as st
from naive_plans import simple_routes, subsets
from schematic import parallel
from test_cutting import flow_by_program

from detente.errors import TooLargeError
from detente.monitoring.discrete import least_flow, longest_detour
from detente.monitoring.faults import UnreachableError
from detente.monitoring.network import Adversary, Network
from detente.monitoring.problem import Problem
from detente.monitoring.sensors import best_sensors, chance_to_pass


def named(arcs, source, sink):
    """Return a network of arcs (tail, head, quantity), the adversary between two nodes, and the quantities."""
    names = sorted({str(end) for arc in arcs for end in arc[:2]})
    pairs = [(names.index(str(tail)), names.index(str(head))) for tail, head, _ in arcs]
    quantities = np.array([quantity for *_, quantity in arcs], dtype=float)
    who = Adversary((names.index(str(source)),), (names.index(str(sink)),))
    return Network.of(len(names), pairs, quantities), who, quantities


def ends(arcs, chosen):
    return tuple(sorted(tuple(arcs[arc][:2]) for arc in chosen))


@pytest.mark.parametrize("barriers", oracles.DETOUR_ANSWERS)
def test_pyomo_gallery_shortest_path_interdiction(barriers: int) -> None:
    network, who, length = named(oracles.DETOUR_ARCS, "Start", "End")
    found = longest_detour(network, who, np.full(len(length), inf), np.ones(len(length)), barriers)
    assert found.value == found.bound == oracles.DETOUR_ANSWERS[barriers]
    assert len(found.arcs) == barriers
    if barriers == 1:
        assert ends(oracles.DETOUR_ARCS, found.arcs) == (oracles.DETOUR_BEST,)


@pytest.mark.parametrize("attacks", oracles.FLOW_ANSWERS)
def test_pyomo_gallery_max_flow_interdiction(attacks: int) -> None:
    network, who, capacity = named(oracles.FLOW_ARCS, "Start", "End")
    found = least_flow(network, who, capacity, np.ones(len(capacity)), attacks)
    assert found.value == pytest.approx(oracles.FLOW_ANSWERS[attacks], abs=1e-9)
    if attacks == 1:
        assert ends(oracles.FLOW_ARCS, found.arcs) == (oracles.FLOW_BEST,)


@pytest.mark.parametrize("attacks", oracles.SIX_ANSWERS)
def test_pao_six_node_max_flow_interdiction(attacks: int) -> None:
    network, who, capacity = named(oracles.SIX_NODES, 0, 5)
    found = least_flow(network, who, capacity, np.ones(len(capacity)), attacks)
    assert found.value == pytest.approx(oracles.SIX_ANSWERS[attacks], abs=1e-9)
    assert found.bound == pytest.approx(found.value, abs=1e-6)
    if attacks in oracles.SIX_BEST:
        assert ends(oracles.SIX_NODES, found.arcs) == oracles.SIX_BEST[attacks]


@pytest.mark.parametrize("sensors", oracles.SENSOR_ANSWERS)
def test_pan_charlton_morton_12node(sensors: int) -> None:
    network = Network.of(13, oracles.SENSOR_EDGES)
    pairs = [(origin, end) for origin in oracles.SENSOR_ORIGINS for end in oracles.SENSOR_DESTINATIONS]
    types = [Adversary((origin,), (end,), 1 / 12) for origin, end in pairs]
    passing, sensed = np.array(oracles.SENSOR_PASSING), np.array(oracles.SENSOR_SENSED)
    found = best_sensors(network, types, passing, sensed, np.ones(16), sensors)
    value, where = oracles.SENSOR_ANSWERS[sensors]
    assert found.value == pytest.approx(value, abs=1e-9)
    assert found.bound == pytest.approx(value, abs=1e-8)
    assert where is None or ends(oracles.SENSOR_EDGES, found.arcs) == where


arcs = st.lists(
    st.tuples(
        st.integers(0, 4), st.integers(0, 4), st.integers(0, 5), st.sampled_from((0, 1, 3, inf)), st.integers(1, 3)
    ),
    min_size=1,
    max_size=7,
)


def connected(given_arcs):
    """Return a network in which node 1 can be reached from node 0, with the quantities of its arcs."""
    given_arcs = [(0, 1, 4, 2, 1), *given_arcs]
    network = Network.of(5, [arc[:2] for arc in given_arcs], [float(arc[2]) for arc in given_arcs])
    return (
        network,
        np.array([arc[3] for arc in given_arcs], dtype=float),
        np.array([float(arc[4]) for arc in given_arcs]),
    )


@given(arcs, st.integers(0, 4))
def test_barriers_against_every_choice(given_arcs, budget: int) -> None:
    network, delay, cost = connected(given_arcs)
    who = Adversary((0,), (1,))
    problem = parallel(((1.0,),), (1.0,))
    routes = simple_routes(Problem(network, (who,), problem.measures, problem.resources))

    def shortest(chosen):
        return min(
            sum(network.baseline[arc] + (delay[arc] if arc in chosen else 0.0) for arc in route) for route in routes
        )

    affordable = [each for each in subsets(range(len(cost)), 4) if sum(cost[list(each)]) <= budget]
    found = longest_detour(network, who, delay, cost, budget)
    assert found.value == max(map(shortest, affordable)) == shortest(found.arcs)
    assert sum(cost[list(found.arcs)]) <= budget
    assert all(shortest(set(found.arcs) - {arc}) < found.value for arc in found.arcs)


@given(arcs, st.integers(0, 4))
def test_flows_against_every_choice(given_arcs, budget: int) -> None:
    network, _, cost = connected(given_arcs)
    who = Adversary((0,), (1,))

    def greatest(taken):
        left = np.where(np.isin(np.arange(network.arcs), taken), 0.0, network.baseline)
        return flow_by_program(5, network.tails, network.heads, left, 0, 1)

    affordable = [each for each in subsets(range(len(cost)), 4) if sum(cost[list(each)]) <= budget]
    found = least_flow(network, who, network.baseline, cost, budget)
    assert found.value == pytest.approx(min(map(greatest, affordable)), abs=1e-7)
    assert found.value == pytest.approx(greatest(found.arcs), abs=1e-7)
    assert sum(cost[list(found.arcs)]) <= budget


chances = st.sampled_from((0.0, 0.25, 0.5, 0.9, 1.0))


@given(arcs, st.lists(st.tuples(chances, chances), min_size=8, max_size=8), st.integers(0, 3))
def test_sensors_against_every_choice(given_arcs, given_chances, budget: int) -> None:
    network, _, cost = connected(given_arcs)
    pairs = [sorted(pair) for pair in given_chances[: network.arcs]]
    sensed, passing = (np.array(each) for each in zip(*pairs, strict=True))
    types = [Adversary((0,), (1,), 0.75)]
    if any(tail != 1 and head == 1 and tail == 2 for tail, head, *_ in given_arcs):
        types.append(Adversary((2,), (1,), 0.5))
    problem = parallel(((1.0,),), (1.0,))
    routes = [
        simple_routes(Problem(network, tuple(types), problem.measures, problem.resources), index)
        for index in range(len(types))
    ]

    def chance(chosen):
        at = np.where(np.isin(np.arange(network.arcs), chosen), sensed, passing)
        return sum(
            who.weight * max(prod(at[route].tolist()) for route in some)
            for who, some in zip(types, routes, strict=True)
        )

    affordable = [each for each in subsets(range(len(cost)), 3) if sum(cost[list(each)]) <= budget]
    found = best_sensors(network, types, passing, sensed, cost, budget)
    assert found.value == pytest.approx(min(map(chance, affordable)), abs=1e-9)
    assert found.value == pytest.approx(chance(found.arcs), abs=1e-9)
    assert chance_to_pass(network, types, passing, sensed, np.array([], dtype=int)) == pytest.approx(chance(()))


def test_what_cannot_be_is_refused() -> None:
    network, who = Network.of(3, [(0, 1)]), Adversary((0,), (1,))
    with pytest.raises(ValueError, match="no greater with a sensor"):
        best_sensors(network, [who], np.array([0.5]), np.array([0.6]), np.ones(1), 1)
    with pytest.raises(ValueError, match="each 0 or more"):
        longest_detour(network, who, np.array([-1.0]), np.ones(1), 1)
    with pytest.raises(UnreachableError):
        best_sensors(network, [Adversary((0,), (2,))], np.array([0.5]), np.array([0.4]), np.ones(1), 1)
    with pytest.raises(TooLargeError):
        least_flow(Network.of(2, [(0, 1)] * 5_001), who, np.ones(5_001), np.ones(5_001), 1)
