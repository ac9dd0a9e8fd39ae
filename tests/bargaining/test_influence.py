"""Influence as in MACTOR: the worked example of the airports of Paris, and properties of the measures."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from published_numbers import AIRPORTS, OBJECTIVES

from detente.bargaining.influence import (
    ambivalence,
    competitiveness,
    direct_and_indirect,
    exerted,
    exposed,
    mobilised,
    mobilising,
    net,
    pull,
    scaled,
    signs,
)

F = Fraction
DIRECT = tuple(tuple(map(F, row)) for row in AIRPORTS)
STAKES = tuple(tuple(map(F, row)) for row in OBJECTIVES)
M, S, C, G, A, R = range(6)


def test_direct_and_indirect_influence_of_the_airports():
    whole = direct_and_indirect(DIRECT)
    assert whole == ((4, 6, 6, 7, 7, 5), (5, 7, 8, 7, 5, 6), (4, 5, 5, 5, 3, 4), (5, 9, 11, 8, 7, 7),
                     (4, 6, 7, 6, 5, 4), (4, 7, 7, 6, 7, 5))  # fmt: skip
    assert exerted(whole) == (31, 31, 21, 39, 27, 31) and sum(exerted(whole)) == 180
    assert exposed(whole) == (22, 33, 39, 31, 29, 26)
    assert net(whole) == (9, -2, -18, 8, -2, 5)


@pytest.mark.parametrize(
    ("kept", "printed"),
    [
        (False, "1.2628 0.9295 0.4478 1.3810 0.8482 1.1307"),
        (True, "1.1812 0.9782 0.4788 1.4155 0.8480 1.0983"),
    ],
    ids=["less what comes back", "with what comes back"],
)
def test_competitiveness_of_the_airports_in_both_variants(kept, printed):
    found = competitiveness(DIRECT, back_on_itself=kept)
    assert [f"{float(each):.4f}" for each in found] == printed.split()
    assert sum(found) == 6


def levels():
    return signs(STAKES), STAKES, scaled(STAKES, competitiveness(DIRECT))


@pytest.mark.parametrize(
    ("pair", "side", "printed"),
    [
        ((C, A), "together", (4, 8, 4.984)),
        ((M, G), "together", (2, 4, 5.288)),
        ((S, C), "apart", (2, 5, 3.202)),
        ((M, S), "apart", (2, 4, 4.218)),
        ((G, A), "apart", (2, 3.5, 3.768)),
    ],
    ids=["C and A", "M and G", "S and C", "M and S", "G and A"],
)
def test_who_pulls_with_whom(pair, side, printed):
    found = [getattr(pull(stakes, *pair), side) for stakes in levels()]
    assert tuple(round(float(each), 3) for each in found) == printed


def test_the_share_of_convergence():
    shares = []
    for stakes in levels():
        found = [pull(stakes, a, b) for a in range(6) for b in range(a)]
        together, apart = sum(each.together for each in found), sum(each.apart for each in found)
        shares.append(f"{float(100 * together / (together + apart)):.1f}")
    assert shares == ["41.9", "42.1", "42.1"]


def printed(values, digits=3):
    return [f"{float(value):.{digits}f}" for value in values]


def test_ambivalence_of_the_airports_at_level_3():
    assert printed(ambivalence(levels()[2])) == ["0.000", "0.677", "0.314", "0.214", "0.329", "0.000"]


def test_ambivalence_at_the_levels_without_influence_by_hand():
    """Scheduled airlines, level 1: apart 1 and 2 from M, together 1 and apart 2 with C, and so on, pair by pair."""
    level_1, level_2, _ = levels()
    assert ambivalence(level_1)[S] == 1 - F(3, 13) and ambivalence(level_1)[M] == 0
    assert ambivalence(level_1)[C] == F(4, 13) and ambivalence(level_1)[G] == F(2, 9)
    assert printed(ambivalence(level_2)) == ["0.000", "0.702", "0.302", "0.222", "0.320", "0.000"]


def test_mobilisation_at_level_3():
    level_3 = levels()[2]
    # The market is printed as 7.932: it is 7.93148, rounded twice (to 7.9315 first).
    twice = [round(float(printed([each], 4)[0]) + 1e-9, 3) for each in mobilising(level_3)]
    assert twice == [5.681, 7.932, 8.590, 3.969, 11.416]
    assert printed(mobilised(level_3)) == ["7.577", "8.366", "4.030", "8.286", "5.937", "3.392"]


def test_mobilisation_at_the_levels_without_influence():
    level_1, level_2, _ = levels()
    assert mobilising(level_1) == (4, 2, 4, 3, 6) and mobilised(level_1) == (3, 4, 4, 3, 4, 1)
    assert mobilising(level_2) == (6, 6, 10, 6, 12) and mobilised(level_2) == (6, 9, 9, 6, 7, 3)


def test_nobody_has_influence():
    assert competitiveness(((F(0), F(0)), (F(0), F(0)))) is None


matrices = (
    st.integers(2, 4)
    .flatmap(lambda n: st.lists(st.lists(st.integers(0, 4), min_size=n, max_size=n), min_size=n, max_size=n))
    .map(lambda m: tuple(tuple(F(0 if i == j else v) for j, v in enumerate(row)) for i, row in enumerate(m)))
)


@given(matrices, st.booleans())
def test_competitiveness_is_shared_out(direct, kept):
    found = competitiveness(direct, back_on_itself=kept)
    if found is not None:
        assert sum(found) == len(direct) and min(found) >= 0
    whole = direct_and_indirect(direct)
    assert sum(net(whole)) == 0
    assert all(w >= d for row, old in zip(whole, direct, strict=True) for w, d in zip(row, old, strict=True))


@given(st.lists(st.tuples(*[st.integers(-4, 4).map(F)] * 3), min_size=2, max_size=2))
def test_pull_is_mutual_and_on_each_objective_one_way_only(stakes):
    assert pull(stakes, 0, 1) == pull(stakes, 1, 0)
    both = [(a, b) for a, b in zip(*stakes, strict=True) if a * b != 0]
    found = pull(stakes, 0, 1)
    assert found.together + found.apart == sum((abs(a) + abs(b) for a, b in both), F(0)) / 2


matrix = st.integers(1, 4).flatmap(
    lambda n: st.lists(st.lists(st.integers(-3, 3).map(F), min_size=n, max_size=n), min_size=2, max_size=4)
)


@given(matrix)
def test_ambivalence_lies_between_one_way_only_and_both_ways_alike(stakes):
    for party, found in enumerate(ambivalence(stakes)):
        pulls = [pull(stakes, party, other) for other in range(len(stakes)) if other != party]
        if found is None:
            assert all(each.together == 0 == each.apart for each in pulls)
            continue
        assert 0 <= found <= 1
        assert (found == 0) == all(each.together == 0 or each.apart == 0 for each in pulls)
        assert (found == 1) == all(each.together == each.apart for each in pulls)
    assert sum(mobilised(stakes)) == sum(mobilising(stakes))
