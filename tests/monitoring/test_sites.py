"""Independent sites and commitment: published answers, and the two methods against each other."""

from fractions import Fraction

import numpy as np
import plan_oracles as oracles
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.monitoring.sites import (
    Sites,
    best_commitment,
    best_coverage,
    coverage_of_strangers,
    least_exposure,
)

TARGETS = Sites(*(np.array(oracles.TARGETS[name], dtype=float) for name in
                  ("attacker_uncovered", "attacker_covered", "defender_uncovered", "defender_covered")))  # fmt: skip


@pytest.mark.parametrize("method", [least_exposure, best_coverage])
@pytest.mark.parametrize("teams", oracles.TARGETS_ANSWERS)
def test_five_target_security_game(method, teams: int) -> None:
    coverage, defender, attacked, attacker = oracles.TARGETS_ANSWERS[teams]
    found = method(TARGETS, teams)
    assert found.chances == pytest.approx(coverage, abs=1e-6)
    assert (found.defender, found.attacked, found.attacker) == (
        pytest.approx(defender, abs=1e-6), attacked, pytest.approx(attacker, abs=1e-6))  # fmt: skip


def test_jain_2008_commitment() -> None:
    found = best_commitment(oracles.JAIN_LEADER, oracles.JAIN_FOLLOWER)
    assert found.leader == pytest.approx(float(oracles.JAIN_VALUE), abs=1e-9)
    assert found.mix == pytest.approx([float(each) for each in oracles.JAIN_MIX], abs=1e-9)
    assert found.reply == oracles.JAIN_REPLY
    leader, follower = np.array(oracles.JAIN_LEADER), np.array(oracles.JAIN_FOLLOWER)
    half = np.array([0.5, 0.5])
    assert (half @ leader)[np.argmax(half @ follower)] == oracles.JAIN_HALF < found.leader
    nash = [  # strategies that answer each other
        leader[row, column]
        for row in range(2)
        for column in range(2)
        if leader[row, column] == leader[:, column].max() and follower[row, column] == follower[row].max()
    ]
    assert nash == [oracles.JAIN_EQUILIBRIUM]


def test_two_terminal_security_game() -> None:
    found = best_commitment(oracles.TERMINALS_DEFENDER, oracles.TERMINALS_ATTACKER)
    assert found.mix == pytest.approx(oracles.TERMINALS_MIX, abs=1e-9)
    assert found.leader == pytest.approx(oracles.TERMINALS_VALUE, abs=1e-9)
    assert found.reply == oracles.TERMINALS_ATTACKED


@pytest.mark.parametrize("sites", oracles.STRANGERS)
def test_uncoordinated_random_coverage(sites: int) -> None:
    together, apart = oracles.STRANGERS[sites]
    assert coverage_of_strangers(sites, 2, coordinated=True) == pytest.approx(float(together), abs=1e-12)
    assert coverage_of_strangers(sites, 2, coordinated=False) == pytest.approx(float(apart), abs=1e-12)
    draws = [
        Fraction(sum(site in (one, two) for one in range(sites) for two in range(sites)), sites**2) for site in [0]
    ]
    assert draws == [apart]


values = st.lists(
    st.tuples(st.integers(-5, 5), st.integers(0, 6), st.integers(-5, 5), st.integers(0, 6)), min_size=1, max_size=5
)


def drawn(rows):
    uncovered, drop, defender, gain = (np.array(each, dtype=float) for each in zip(*rows, strict=True))
    return Sites(uncovered, uncovered - drop, defender, defender + gain)


@given(values, st.sampled_from((0, 0.5, 1, 2, 7)))
def test_bisection_leaves_the_attacker_as_little_as_one_program_a_site(rows, teams: float) -> None:
    sites = drawn(rows)
    found = least_exposure(sites, teams)
    assert found.chances.sum() <= teams + 1e-9
    assert ((found.chances >= 0) & (found.chances <= 1)).all()
    worth = sites.attacker_uncovered - found.chances * (sites.attacker_uncovered - sites.attacker_covered)
    assert found.attacker == pytest.approx(worth.max())
    # a zero-sum game: the defender's best commitment is what leaves the attacker least
    mirrored = Sites(
        sites.attacker_uncovered, sites.attacker_covered, -sites.attacker_uncovered, -sites.attacker_covered
    )
    assert -best_coverage(mirrored, teams).defender == pytest.approx(found.attacker, abs=1e-7)


@given(values, st.sampled_from((0, 1, 2)))
def test_committing_is_at_least_as_good_as_leaving_the_attacker_least(rows, teams: int) -> None:
    sites = drawn(rows)
    best, least = best_coverage(sites, teams), least_exposure(sites, teams)
    assert best.defender >= least.defender - 1e-7
    worth = sites.attacker_uncovered - best.chances * (sites.attacker_uncovered - sites.attacker_covered)
    assert worth[best.attacked] >= worth.max() - 1e-7
    assert best.chances.sum() <= teams + 1e-7


@given(st.lists(st.tuples(*[st.integers(-4, 4)] * 4), min_size=1, max_size=4))
def test_no_mix_on_a_grid_is_better_to_commit_to(rows) -> None:
    leader, follower = ([row[:2] for row in rows], [row[2:] for row in rows])
    found = best_commitment(leader, follower)
    own, other = np.array(leader, dtype=float), np.array(follower, dtype=float)
    assert found.mix.sum() == pytest.approx(1)
    assert (found.mix @ other)[found.reply] >= (found.mix @ other).max() - 1e-7
    for mix in np.random.default_rng(0).dirichlet(np.ones(len(rows)), 50):
        replies = np.flatnonzero(mix @ other >= (mix @ other).max() - 1e-12)
        assert (mix @ own)[replies].max() <= found.leader + 1e-7


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="does not help its attacker"):
        Sites(np.array([1.0]), np.array([2.0]), np.array([0.0]), np.array([0.0]))
    with pytest.raises(ValueError, match="there is no site"):
        Sites(*[np.array([])] * 4)
    with pytest.raises(ValueError, match="0 teams or more"):
        least_exposure(TARGETS, -1)
    with pytest.raises(ValueError, match="both tables"):
        best_commitment([[1, 2]], [[1], [2]])
