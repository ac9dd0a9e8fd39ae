"""Influence as in MACTOR: the worked example of the airports of Paris, and properties of the measures."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from published_numbers import AIRPORTS, OBJECTIVES

from detente.bargaining.influence import (
    competitiveness,
    direct_and_indirect,
    exerted,
    exposed,
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
