"""Inspections at random: the theorem, published answers, and the matrix game over all routes."""

import numpy as np
import plan_oracles as oracles
import pytest
from hypothesis import given
from hypothesis import strategies as st
from naive_plans import simple_routes
from schematic import parallel
from small_programs import matrix_game
from test_discrete import named

from detente.monitoring.network import Adversary, Network
from detente.monitoring.problem import Problem
from detente.monitoring.randomised import inspect_many, inspect_one


def routes_of(network: Network, who: Adversary):
    problem = parallel(((1.0,),), (1.0,))
    return simple_routes(Problem(network, (who,), problem.measures, problem.resources))


def game(network: Network, who: Adversary, chance):
    """Return the value of the game of one team over all routes."""
    routes = routes_of(network, who)
    lost = [[-chance[arc] if arc in route else 0.0 for route in routes] for arc in range(network.arcs)]
    return -matrix_game(lost)[0]


def test_ww_parallel_arcs() -> None:
    chance = np.array([float(each) for each in oracles.PARALLEL_CHANCES])
    network, who = Network.of(2, [(0, 1)] * 3), Adversary((0,), (1,))
    found = inspect_one(network, who, chance)
    assert found.value == pytest.approx(float(oracles.PARALLEL_VALUE), abs=1e-12)
    assert found.chances == pytest.approx([float(each) for each in oracles.PARALLEL_INSPECT], abs=1e-12)
    assert found.exact


def test_ww_small_network() -> None:
    network, who, chance = named(oracles.SMALL_NETWORK, "s", "t")
    found = inspect_one(network, who, chance)
    assert found.value == pytest.approx(float(oracles.SMALL_VALUE), abs=1e-9)
    assert 1 / found.value == pytest.approx(oracles.SMALL_FLOW, abs=1e-9)
    inspected = np.zeros(7)
    for arc, share in oracles.SMALL_INSPECT.items():
        inspected[arc] = share
    assert found.chances == pytest.approx(inspected, abs=1e-9)
    assert len(routes_of(network, who)) == 5


arcs = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 4), st.sampled_from((0.0, 0.2, 0.5, 1.0))), min_size=1, max_size=9
)


@given(arcs)
def test_one_team_against_the_matrix_game(given_arcs) -> None:
    given_arcs = [(0, 1, 0.5), *given_arcs]
    network = Network.of(5, [arc[:2] for arc in given_arcs])
    who, chance = Adversary((0,), (1,)), np.array([arc[2] for arc in given_arcs])
    found = inspect_one(network, who, chance)
    assert found.value == pytest.approx(game(network, who, chance), abs=1e-7)
    assert inspect_many(network, who, chance, 1).value == pytest.approx(found.value, abs=1e-7)
    # both sides of the proof: no route is safer, no arc finds more of this mixed route
    assert min((chance * found.chances)[route].sum() for route in routes_of(network, who)) >= found.value - 1e-9
    assert (chance * found.used).max() <= found.value + 1e-9
    assert found.chances.sum() <= 1 + 1e-9


@given(arcs, st.integers(1, 3))
def test_several_teams(given_arcs, teams: int) -> None:
    given_arcs = [(0, 1, 0.5), *given_arcs]
    network = Network.of(5, [arc[:2] for arc in given_arcs])
    who, chance = Adversary((0,), (1,)), np.array([arc[2] for arc in given_arcs])
    found = inspect_many(network, who, chance, teams)
    assert (found.chances <= 1 + 1e-9).all()
    assert found.chances.sum() <= teams + 1e-9
    routes = routes_of(network, who)
    assert min((chance * found.chances)[route].sum() for route in routes) == pytest.approx(found.value, abs=1e-8)
    if found.exact and teams > 1:
        assert max(sum(found.chances[arc] > 1e-9 for arc in route) for route in routes) <= 1


def test_several_teams_may_find_the_same_crossing_twice() -> None:
    network, who = Network.of(3, [(0, 2), (2, 1)]), Adversary((0,), (1,))
    found = inspect_many(network, who, np.array([0.5, 0.5]), 2)
    assert (found.value, found.exact) == (pytest.approx(1.0), False)  # a chance of 0.75, and one detection expected
    assert inspect_many(network, who, np.array([0.5, 0.5]), 1).exact


def test_one_team_is_never_met_twice() -> None:
    # a route may pass both inspected arcs, but the team is at one of them
    network, who = Network.of(4, [(0, 2), (0, 3), (2, 1), (2, 3), (3, 1)]), Adversary((0,), (1,))
    chance = np.array([1.0, 0.1, 0.1, 0.1, 1.0])
    for found in (inspect_one(network, who, chance), inspect_many(network, who, chance, 1)):
        assert found.chances == pytest.approx([0.5, 0, 0, 0, 0.5], abs=1e-8)
        assert (found.value, found.exact) == (pytest.approx(0.5), True)


def test_a_route_past_all_inspections() -> None:
    network, who = Network.of(3, [(0, 2), (2, 1), (0, 1)]), Adversary((0,), (1,))
    found = inspect_one(network, who, np.array([0.5, 0.5, 0.0]))
    assert (found.value, found.chances.sum()) == (0.0, 0.0)
    assert found.used == pytest.approx([0, 0, 1])


def test_a_chance_is_a_chance() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        inspect_one(Network.of(2, [(0, 1)]), Adversary((0,), (1,)), np.array([1.5]))
