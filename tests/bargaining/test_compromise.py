"""Compromises: the published means and medians, and what a mean and a median are."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from published_numbers import CARS, COPENHAGEN, GREECE, GRONINGEN, THIRTEENTHS, stands

from detente.bargaining.compromise import mean, median

F = Fraction


def weighed(table):
    positions = [F(position) for _, position, _ in table.values()]
    return positions, [F(clout) * F(salience) for clout, _, salience in table.values()]


def test_car_emission_standards():
    assert f"{float(mean(*weighed(CARS))):.6f}" == "7.389956"
    assert median(*weighed(CARS)) == (7, 7)


def test_the_challenge_model_starts_from_the_same_median_and_mean():
    """What replications of that model make of these inputs differs among them, so nothing after the start is pinned."""
    positions, weights = weighed(CARS)
    assert median(positions, weights) == (7, 7)
    assert round(float(mean(positions, weights)), 6) == 7.389956


def test_greek_debt_relief():
    assert mean(*weighed(GREECE)) == F(3_700_000, 45_000)
    assert f"{float(mean(*weighed(GREECE))):.2f}" == "82.22" and round(mean(*weighed(GREECE))) == 82


@pytest.mark.parametrize(
    ("table", "thirteenths", "printed"),
    [
        (COPENHAGEN, None, "61.576 58.145 30.707 52.236 51.950 57.621 64.621"),
        (GRONINGEN, THIRTEENTHS, "49.353 27.246 50.579 52.486 49.488 56.601"),
    ],
    ids=["Copenhagen", "Groningen"],
)
def test_compromises_of_published_cases(table, thirteenths, printed):
    _, where = stands(table, thirteenths)
    assert [f"{float(outcome):.3f}" for outcome in where.outcomes] == printed.split()


def test_without_weight_there_is_no_compromise():
    assert mean([F(1)], [F(0)]) is None and median([F(1)], [F(0)]) is None
    assert median([F(1), F(5), F(9)], [F(1), F(0), F(1)]) == (1, 9)


@given(st.lists(st.tuples(st.integers(0, 9).map(F), st.integers(0, 4).map(F)), min_size=1, max_size=6))
def test_a_median_has_half_the_weight_on_either_side_and_a_mean_balances(held):
    positions, weights = zip(*held, strict=True)
    total = sum(weights)
    found, middle = median(positions, weights), mean(positions, weights)
    if total == 0:
        assert found is middle is None
        return
    assert sum(w * (x - middle) for x, w in held) == 0
    for place in found:
        assert sum(w for x, w in held if x <= place) >= total / 2 <= sum(w for x, w in held if x >= place)
    for step in range(19):  # and nothing outside the two has
        place = F(step, 2)
        balanced = sum(w for x, w in held if x <= place) >= total / 2 <= sum(w for x, w in held if x >= place)
        assert balanced == (found[0] <= place <= found[1])
