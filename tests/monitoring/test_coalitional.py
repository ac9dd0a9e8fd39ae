"""Divisions of what several parties reach together: published numbers, and naive implementations on random games."""

from fractions import Fraction
from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sharing_oracles import (
    AIRPORT,
    AIRPORT_NUCLEOLUS,
    AIRPORT_SHAPLEY,
    LEMAIRE,
    LEMAIRE_NUCLEOLUS,
    LEMAIRE_SHAPLEY,
    SWEDEN,
    SWEDEN_MARGINAL,
    SWEDEN_NUCLEOLUS,
    SWEDEN_SCRB,
    SWEDEN_SHAPLEY,
    TAGS,
    TALMUD,
    TALMUD_CLAIMS,
    TVA,
    TVA_NUCLEOLUS,
    TVA_SHAPLEY,
)

from detente.monitoring.coalitional import (
    Game,
    bankruptcy,
    costs_after,
    excesses,
    in_core,
    members,
    paid,
    proportional,
    savings,
    separable,
    shapley,
)
from detente.monitoring.exact import maximise
from detente.monitoring.nucleolus import least_core, nucleolus

F = Fraction


def games(smallest=1, largest=4, superadditive=False):
    """Return random games with small whole values, so that ties and degenerate faces are common."""

    def build(count, numbers):
        values = [F(0), *map(F, numbers[: (1 << count) - 1])]
        if superadditive:
            for group in range(1, 1 << count):
                part = (group - 1) & group
                while part:
                    values[group] = max(values[group], values[part] + values[group & ~part])
                    part = (part - 1) & group
        return Game(count, tuple(values))

    def sized(count):
        numbers = st.lists(st.integers(-2, 8), min_size=(1 << count) - 1, max_size=(1 << count) - 1)
        return numbers.map(lambda found: build(count, found))

    return st.integers(smallest, largest).flatmap(sized)


def shapley_by_orders(game):
    """The definition: parties join in every order; each gets what it adds, on the mean."""
    totals = [F(0)] * game.parties
    orders = list(permutations(range(game.parties)))
    for order in orders:
        group = 0
        for party in order:
            totals[party] += game.values[group | 1 << party] - game.values[group]
            group |= 1 << party
    return tuple(total / len(orders) for total in totals)


def complaints(game, shares, proper):
    return sorted((game.values[group] - paid(shares, group) for group in proper), reverse=True)


def nucleolus_by_corners(game, individual):
    """Lexicographic minimisation by brute force, for 2 to 4 parties, in floats.

    Where no two excesses cross, their order is fixed, and they are linear: the minimum lies in a corner of the
    arrangement of all planes on which two excesses are equal, or a party gets exactly what it reaches alone.
    """
    count = game.parties
    proper = range(1, game.everybody)
    values = np.array([float(value) for value in game.values])
    shape = np.array([[float(group >> party & 1) for party in range(count)] for group in range(1 << count)])
    planes = {}
    for one, other in combinations(proper, 2):
        row = shape[one] - shape[other]
        planes[tuple(np.append(row, values[one] - values[other]))] = None
    if individual:
        for party in range(count):
            planes[tuple(np.append(shape[1 << party], values[1 << party]))] = None
    rows = np.array(list(planes))
    chosen = np.array(list(combinations(range(len(rows)), count - 1)))
    total = np.broadcast_to(np.append(shape[-1], values[-1]), (len(chosen), 1, count + 1))
    systems = np.concatenate([rows[chosen], total], axis=1)
    regular = np.abs(np.linalg.det(systems[:, :, :-1])) > 1e-9
    points = np.linalg.solve(systems[regular][:, :, :-1], systems[regular][:, :, -1:])[:, :, 0]
    if individual:
        points = points[(points >= values[[1 << party for party in range(count)]] - 1e-9).all(axis=1)]
    left = -np.sort(-(values[None, 1:-1] - points @ shape[1:-1].T), axis=1)
    for column in range(left.shape[1]):
        keep = left[:, column] <= left[:, column].min() + 1e-9
        points, left = points[keep], left[keep]
    return points[0]


@pytest.mark.parametrize(
    ("oracle", "costs", "by_shapley", "by_nucleolus", "digits"),
    [
        ("tva_cost_sharing", TVA, TVA_SHAPLEY, TVA_NUCLEOLUS, 0),
        ("airport_game_1_2_4", AIRPORT, AIRPORT_SHAPLEY, AIRPORT_NUCLEOLUS, 0),
        ("swedish_municipalities", SWEDEN, SWEDEN_SHAPLEY, SWEDEN_NUCLEOLUS, 0.01),
    ],
)
def test_published_costs(oracle, costs, by_shapley, by_nucleolus, digits):
    assert TAGS[oracle]
    assert shapley(costs) == pytest.approx(by_shapley, abs=digits)
    assert costs_after(costs, shapley(savings(costs))) == shapley(costs)
    assert costs_after(costs, nucleolus(savings(costs)).shares) == pytest.approx(by_nucleolus, abs=digits)


def test_swedish_municipalities_by_separable_costs():
    assert separable(SWEDEN) == pytest.approx(SWEDEN_SCRB, abs=0.01)
    assert [SWEDEN.marginal(party) for party in range(6)] == pytest.approx(SWEDEN_MARGINAL, abs=0.011)
    assert costs_after(SWEDEN, separable(savings(SWEDEN))) == separable(SWEDEN)


def test_lemaire_investors():
    assert TAGS["lemaire_investors"] == "mixed"
    assert shapley(LEMAIRE) == LEMAIRE_SHAPLEY
    assert nucleolus(LEMAIRE).shares == LEMAIRE_NUCLEOLUS


@pytest.mark.parametrize("estate", TALMUD)
def test_talmud_bankruptcy(estate):
    assert nucleolus(bankruptcy(F(estate), TALMUD_CLAIMS)).shares == TALMUD[estate]


def test_sets_tight_in_one_optimum_only_are_not_held():
    # The least core is a segment: in its corners more sets are tight than in its middle, where the nucleolus lies.
    game = Game.of(
        4, {g: F({1: 0, 2: 0, 3: 6, 4: 12}[g.bit_count()]) if g not in (3, 12) else F(6) for g in range(1, 16)}
    )
    assert nucleolus(game).shares == (3, 3, 3, 3)
    lopsided = Game.of(3, {(0,): 0, (1,): 0, (2,): 0, (0, 1): 0, (0, 2): 0, (1, 2): 4, (0, 1, 2): 6})
    assert nucleolus(lopsided).shares == (1, F(5, 2), F(5, 2))


@given(games())
@settings(max_examples=60, deadline=None)
def test_shapley_is_the_mean_over_all_orders(game):
    assert shapley(game) == shapley_by_orders(game)
    assert sum(shapley(game)) == game.total


@given(games(2, 3))
@settings(max_examples=60, deadline=None)
def test_nucleolus_of_three_against_brute_force(game):
    found = nucleolus(game)
    expected = nucleolus_by_corners(game, found.individual)
    assert [float(share) for share in found.shares] == pytest.approx(list(expected), abs=1e-6)


@given(games(4, 4, superadditive=True))
@settings(max_examples=5, deadline=None)
def test_nucleolus_of_four_against_brute_force(game):
    found = nucleolus(game)
    assert found.individual
    assert [float(s) for s in found.shares] == pytest.approx(list(nucleolus_by_corners(game, True)), abs=1e-6)


@given(games(2, 5), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_nucleolus_steps_prove_themselves(game, random):
    found = nucleolus(game)
    assert sum(found.shares) == game.total
    left = excesses(game, found.shares)
    for step in found.steps:
        assert sum(weight for _, weight in step.weights) == 1
        assert all(weight > 0 and left[group] == step.excess for group, weight in step.weights)
    assert sorted((step.excess for step in found.steps), reverse=True) == [step.excess for step in found.steps]
    assert len(found.steps) <= game.parties - 1
    # No other division is lexicographically better.
    proper = range(1, game.everybody)
    best = complaints(game, found.shares, proper)
    for _ in range(30):
        giver, taker = random.sample(range(game.parties), 2)
        amount = F(random.randint(1, 12), random.randint(1, 12))
        other = [share + amount * ((p == taker) - (p == giver)) for p, share in enumerate(found.shares)]
        if not found.individual or all(share >= game.alone(p) for p, share in enumerate(other)):
            assert complaints(game, other, proper) > best


@given(games(2, 5))
@settings(max_examples=60, deadline=None)
def test_the_least_core_and_the_core(game):
    least = least_core(game)
    left = excesses(game, least.shares)
    assert left[-1] == 0 and max(left[1:-1]) == least.excess
    assert in_core(game, least.shares) == least.core
    # Balanced weights prove that nothing smaller can be had: every party is covered evenly.
    cover = [sum(w for group, w in least.weights if group >> party & 1) for party in range(game.parties)]
    assert len(set(cover)) == 1 and sum(weight for _, weight in least.weights) == 1
    assert sum(weight * game.values[group] for group, weight in least.weights) - cover[0] * game.total == least.excess
    if least.core:
        assert in_core(game, nucleolus(game).shares)


@given(games(2, 4), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_relabelling_changes_nothing(game, random):
    order = random.sample(range(game.parties), game.parties)
    values = [F(0)] * len(game.values)
    for group, value in enumerate(game.values):
        values[sum(1 << order[party] for party in members(group))] = value
    other = Game(game.parties, tuple(values))
    for rule in (shapley, separable, lambda g: nucleolus(g).shares):
        assert [rule(other)[order[party]] for party in range(game.parties)] == list(rule(game))


@given(games(2, 4), st.integers(1, 5), st.lists(st.integers(-5, 5), min_size=4, max_size=4))
@settings(max_examples=40, deadline=None)
def test_units_and_entitlements_change_nothing(game, unit, gifts):
    other = Game(game.parties, tuple(unit * v + paid(gifts, group) for group, v in enumerate(game.values)))
    for rule in (shapley, separable, lambda g: nucleolus(g).shares):
        assert rule(other) == tuple(unit * share + gift for share, gift in zip(rule(game), gifts, strict=False))


def test_floats_are_taken_as_they_are():
    game = Game.of(2, {(0,): 0.1, (1,): 0.2, (0, 1): 0.9})
    assert [float(share) for share in nucleolus(game).shares] == pytest.approx([0.4, 0.5])
    assert shapley(game) == pytest.approx([0.4, 0.5])


def test_proportional():
    assert proportional(F(12), (F(1), F(3))) == (3, 9)
    assert proportional(F(12), (F(0), F(0), F(0))) == (4, 4, 4)


@pytest.mark.parametrize(
    ("parties", "values", "message"),
    [
        (2, {(0,): 1, (0, 1): 2}, "missing"),
        (1, {(0,): 1, 1: 2}, "two values"),
        (1, {(0,): 1, (1,): 2}, "every set"),
    ],
)
def test_a_game_needs_one_value_a_set(parties, values, message):
    with pytest.raises(ValueError, match=message):
        Game.of(parties, values)


def test_a_game_is_small_and_starts_at_nothing():
    for parties, values in ((0, (0,)), (9, (0,) * 512), (1, (0,)), (1, (1, 1))):
        with pytest.raises(ValueError, match=r"parties|sets|empty"):
            Game(parties, values)


def test_linear_programs_in_whole_numbers():
    found = maximise([F(1), F(2), F(0)], [[1, 1, 1]], [3])
    assert (found.value, found.levels, found.prices) == (6, (0, 3, 0), (2,))
    assert maximise([F(1)], [[1], [1]], [1, 2]) is None
    with pytest.raises(ValueError, match="no bound"):
        maximise([F(1), F(0)], [[1, -1]], [0])


@given(
    st.lists(st.lists(st.integers(-3, 3), min_size=5, max_size=5), min_size=1, max_size=3),
    st.lists(st.integers(0, 4), min_size=3, max_size=3),
    st.lists(st.integers(-4, 4), min_size=5, max_size=5),
)
@settings(max_examples=100, deadline=None)
def test_linear_programs_against_all_bases(rows, right, gain):
    """Bounded by one more equation with a slack; the optimum is the best of all basic solutions."""
    rows = [[*row, 0] for row in rows] + [[1] * 6]
    right = [*right[: len(rows) - 1], 7]
    best = None
    matrix = np.array(rows, dtype=float)
    for size in range(1, len(rows) + 1):
        for columns in combinations(range(6), size):
            levels, *_ = np.linalg.lstsq(matrix[:, columns], np.array(right, dtype=float), rcond=None)
            if (levels >= -1e-9).all() and np.allclose(matrix[:, columns] @ levels, right):
                value = sum(level * [*gain, 0][column] for level, column in zip(levels, columns, strict=True))
                best = value if best is None else max(best, value)
    found = maximise([F(worth) for worth in [*gain, 0]], rows, right)
    assert (found is None) == (best is None)
    if found is not None:
        assert float(found.value) == pytest.approx(best, abs=1e-7)
        assert sum(price * amount for price, amount in zip(found.prices, right, strict=True)) == found.value
        for row, amount in zip(rows, right, strict=True):
            assert sum(entry * level for entry, level in zip(row, found.levels, strict=True)) == amount
        for column, worth in enumerate([*gain, 0]):
            assert sum(price * row[column] for price, row in zip(found.prices, rows, strict=True)) >= worth
