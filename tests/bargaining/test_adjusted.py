"""Adjusted Winner: the published divisions, its three properties on random points, and its rules for ties."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from published_numbers import CAMP_DAVID, PANAMA

from detente.bargaining.adjusted import adjusted_winner, as_points

F = Fraction


def divided(table):
    first, second = zip(*table.values(), strict=True)
    return list(table), adjusted_winner([F(a) for a in first], [F(b) for b in second])


def test_camp_david():
    items, division = divided(CAMP_DAVID)
    assert division.before == (60, 75)
    assert division.giver == 1 and division.passed == ((items.index("Sinai"), F(1, 6)),)
    assert division.totals == (F(395, 6), F(395, 6))
    assert f"{float(division.totals[0]):.4f}" == "65.8333" and round(division.totals[0]) == 66
    shares = dict(zip(items, division.shares, strict=True))
    assert shares == {"Sinai": F(1, 6), "recognition": 1, "West Bank": 1, "Gaza Strip": 1, "Palestinian rights": 0,
                      "Jerusalem": 1}  # fmt: skip


def test_the_panama_canal():
    items, division = divided(PANAMA)
    land = items.index("land and water")
    assert division.tied == (land,)
    assert division.before == (64, 68), "the tied item went to Panama, which was behind with 53"
    assert division.giver == 1 and division.passed == ((land, F(2, 15)),)
    assert division.totals == (66, 66)


def test_a_tie_with_nobody_behind_goes_to_the_first_party():
    division = adjusted_winner([F(50), F(50)], [F(50), F(50)])
    assert division.shares == (1, 0) and division.totals == (50, 50) and division.giver is None


def test_items_that_cost_the_same_are_passed_in_their_order():
    division = adjusted_winner([F(40), F(40), F(20)], [F(20), F(20), F(60)])
    assert division.shares == (F(2, 3), 1, 0) and division.totals == (F(200, 3), F(200, 3))


def test_what_the_other_does_not_want_is_passed_last():
    division = adjusted_winner([F(60), F(1), F(39)], [F(50), F(0), F(50)])
    assert division.passed == ((0, F(1, 10)),) and division.shares[1] == 1
    assert division.totals == (55, 55)


@pytest.mark.parametrize(("first", "second"), [([F(1)], [F(2)]), ([F(0)], [F(0)]), ([], [])])
def test_points_must_add_up_to_the_same(first, second):
    with pytest.raises(ValueError, match="same number of points"):
        adjusted_winner(first, second)


def test_points_of_values_add_up():
    assert as_points([F(1), F(3)]) == (25, 75) and as_points([F(0)]) is None


values = (
    st.integers(1, 6)
    .flatmap(lambda items: st.tuples(*[st.lists(st.integers(0, 9).map(F), min_size=items, max_size=items)] * 2))
    .filter(lambda both: all(map(sum, both)))
)


@given(values)
def test_a_division_is_equitable_envy_free_and_efficient(both):
    first, second = (as_points(each) for each in both)
    division = adjusted_winner(first, second)
    assert division.totals[0] == division.totals[1], "equitable"
    assert division.totals[0] >= 50, "envy-free: neither would rather have the other's part"
    assert all(0 <= share <= 1 for share in division.shares)
    assert sum(0 < share < 1 for share in division.shares) <= 1
    held = sum(a * share for a, share in zip(first, division.shares, strict=True))
    rest = sum(b * (1 - share) for b, share in zip(second, division.shares, strict=True))
    assert division.totals == (held, rest)
    for item, share in enumerate(division.shares):  # efficient: no part of one item for part of another helps both
        for other, kept in enumerate(division.shares):
            if share > 0 and kept < 1:
                assert first[item] * second[other] >= first[other] * second[item]


@given(values, st.data())
def test_no_other_division_is_better_for_one_and_no_worse_for_the_other(both, data):
    first, second = (as_points(each) for each in both)
    division = adjusted_winner(first, second)
    parts = [data.draw(st.fractions(0, 1, max_denominator=12)) for _ in first]
    one = sum(a * part for a, part in zip(first, parts, strict=True))
    two = sum(b * (1 - part) for b, part in zip(second, parts, strict=True))
    assert not (one >= division.totals[0] and two >= division.totals[1] and one + two > sum(division.totals))
