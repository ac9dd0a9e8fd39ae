"""Bargaining points on Nash's example of Bill and Jack, with and without lotteries; properties on random outcomes."""

from collections import Counter
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from published_numbers import OF_BILL, TOYS

from detente.bargaining import lotteries, points

F = Fraction


def trades():
    """Return what Bill and Jack gain by each of the 512 sets of goods that change hands."""
    worth = list(TOYS.values())
    for moved in product((0, 1), repeat=len(worth)):
        signs = [-1 if place < OF_BILL else 1 for place in range(len(worth))]
        bill = sum(sign * b * m for sign, (b, _), m in zip(signs, worth, moved, strict=True))
        jack = -sum(sign * j * m for sign, (_, j), m in zip(signs, worth, moved, strict=True))
        yield moved, (F(bill), F(jack))


ALL = [gains for _, gains in trades()]


def test_bill_and_jack_trade_as_published():
    assert points.nash(ALL) == ((12, 5),)
    (trade,) = [moved for moved, gains in trades() if gains == (12, 5)]
    assert [good for good, moved in zip(TOYS, trade, strict=True) if moved] == [
        "book", "whip", "ball", "bat", "pen", "toy", "knife"]  # fmt: skip


def test_how_many_trades_there_are():
    count = Counter(ALL)
    assert len(ALL) == 512 and len(count) == 126
    both = [gains for gains in ALL if min(gains) >= 0]
    assert len(both) == 293 and len(set(both)) == 59
    assert [(gains, count[gains]) for gains in reversed(points.acceptable(ALL))] == [
        ((2, 8), 2), ((6, 7), 1), ((8, 6), 3), ((12, 5), 1), ((14, 4), 1), ((16, 2), 3), ((18, 0), 3)]  # fmt: skip
    assert (0, 8) not in points.efficient(ALL)


def test_points_over_pure_trades_show_their_ties():
    assert points.ideal(ALL) == (18, 8)
    assert points.kalai_smorodinsky(ALL) == ((12, 5),)
    assert points.egalitarian(ALL) == ((8, 6), (6, 7))
    assert points.leximin(ALL) == ((8, 6),)
    assert points.utilitarian(ALL) == ((18, 0), (16, 2), (14, 4))


def test_points_with_lotteries():
    hull = lotteries.frontier(ALL)
    assert hull == ((-12, 10), (-2, 9), (6, 7), (12, 5), (14, 4), (20, -2), (22, -6))
    assert lotteries.ideal(hull) == (18, F(17, 2))
    assert lotteries.nash(hull).gains == (12, 5)
    found = lotteries.kalai_smorodinsky(hull)
    assert [round(float(gain), 4) for gain in found.gains] == [11.1724, 5.2759]
    assert round(float(found.gains[0] / 18), 5) == round(float(found.gains[1] / F(17, 2)), 5) == 0.62069
    assert lotteries.egalitarian(hull).gains == (F(27, 4), F(27, 4))
    assert [end.gains for end in lotteries.utilitarian(hull)] == [(14, 4), (18, 0)]


def test_the_hull_of_nobodys_gain_is_nothing():
    losing = [(F(-1), F(3)), (F(2), F(-8))]
    hull = lotteries.frontier(losing)
    assert lotteries.acceptable(hull) == () and lotteries.nash(hull) is None
    assert lotteries.kalai_smorodinsky(hull) is lotteries.egalitarian(hull) is None
    assert lotteries.utilitarian(hull) == () and lotteries.ideal(hull) == ()
    assert points.nash(losing) == points.utilitarian(losing) == points.ideal(losing) == ()


pairs = st.lists(st.tuples(*[st.integers(-6, 8).map(F)] * 2), min_size=1, max_size=7)


@given(st.lists(st.tuples(*[st.integers(-3, 6).map(F)] * 3), min_size=1, max_size=8))
def test_every_point_is_efficient_and_as_good_as_any_by_its_measure(outcomes):
    able = [o for o in outcomes if min(o) >= 0]
    efficient = [o for o in able if not any(p != o and all(a >= b for a, b in zip(p, o, strict=True)) for p in able)]
    assert set(points.acceptable(outcomes)) == set(efficient)
    measures = {
        points.nash: lambda o: o[0] * o[1] * o[2],
        points.egalitarian: min,
        points.leximin: sorted,
        points.utilitarian: sum,
    }
    for point, measure in measures.items():
        found = point(outcomes)
        assert set(found) == {o for o in efficient if measure(o) == max(map(measure, efficient))}
    assert set(points.leximin(outcomes)) <= set(points.egalitarian(outcomes))


@given(pairs, st.tuples(st.integers(1, 5), st.integers(1, 5)))
def test_nash_and_kalai_smorodinsky_do_not_depend_on_units(outcomes, units):
    def changed(gains):
        return tuple(gain * unit for gain, unit in zip(gains, units, strict=True))

    for point in (points.nash, points.kalai_smorodinsky):
        assert set(map(changed, point(outcomes))) == set(point(map(changed, outcomes)))
    hull, other = lotteries.frontier(outcomes), lotteries.frontier(map(changed, outcomes))
    for mixed in (lotteries.nash, lotteries.kalai_smorodinsky):
        one, two = mixed(hull), mixed(other)
        assert (one is None and two is None) or changed(one.gains) == two.gains


@given(pairs)
def test_points_with_lotteries_beat_a_fine_grid_of_mixtures(outcomes):
    hull = lotteries.frontier(outcomes)
    steps = [F(n, 12) for n in range(13)]
    grid = [
        tuple(a + t * (b - a) for a, b in zip(one, other, strict=True))
        for one, other in product(outcomes, repeat=2)
        for t in steps
    ]
    grid = [gains for gains in grid if min(gains) >= 0]
    if not grid:
        return
    nash, fair, sums = lotteries.nash(hull), lotteries.egalitarian(hull), lotteries.utilitarian(hull)
    assert all(g[0] * g[1] <= nash.gains[0] * nash.gains[1] for g in grid)
    assert all(min(g) <= min(fair.gains) for g in grid)
    assert all(sum(g) <= sum(sums[0].gains) for g in grid)
    best = lotteries.ideal(hull)
    assert all(g[0] <= best[0] and g[1] <= best[1] for g in grid)
    for found in (nash, fair, *sums, lotteries.kalai_smorodinsky(hull)):
        assert sum(weight for _, weight in found.mix) == 1 and all(weight > 0 for _, weight in found.mix)
        mixed = tuple(sum(corner[party] * weight for corner, weight in found.mix) for party in (0, 1))
        assert mixed == found.gains
        assert {corner for corner, _ in found.mix} <= set(outcomes)


@pytest.mark.parametrize("outcomes", [[(F(5), F(2))], [(F(5), F(2)), (F(6), F(1))], [(F(1), F(4)), (F(2), F(3))]])
def test_where_the_frontier_does_not_cross_the_diagonal_whoever_has_less_gets_the_most(outcomes):
    found = lotteries.egalitarian(lotteries.frontier(outcomes))
    assert min(found.gains) == max(min(gains) for gains in outcomes)
