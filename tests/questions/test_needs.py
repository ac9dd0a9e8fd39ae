"""Dependence, leverage, balanced splits of the textbooks, and threats that are credible or bluff."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.files.load import read_document
from detente.questions.check import read
from detente.questions.needs import needs
from detente.questions.split import balanced, best_matching, is_balanced

F = Fraction
NETWORKS = {
    "pair": ([(0, 1)], "1/2 1/2"),
    "three in a row": ([(0, 1), (1, 2)], "0 1 0"),
    "four in a row": ([(0, 1), (1, 2), (2, 3)], "1/3 2/3 2/3 1/3"),
    "stem": ([(0, 1), (1, 2), (1, 3), (2, 3)], "1/4 3/4 1/2 1/2"),
    "six in a row": ([(i, i + 1) for i in range(5)], "1/4 3/4 1/2 1/2 3/4 1/4"),
}


@pytest.mark.parametrize("name", NETWORKS)
def test_the_balanced_splits_of_the_textbook(name):
    edges, expected = NETWORKS[name]
    shares = balanced(1 + max(max(edge) for edge in edges), {frozenset(edge): F(1) for edge in edges})
    assert shares == [F(share) for share in expected.split()]


def test_a_triangle_has_no_balanced_split():
    assert balanced(3, {frozenset(edge): F(1) for edge in ((0, 1), (1, 2), (0, 2))}) is None


@given(st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 4)), st.integers(1, 6), max_size=7))
def test_a_split_that_is_returned_is_stable_and_balanced(worth):
    deals = {frozenset(pair): F(value) for pair, value in worth.items() if pair[0] != pair[1]}
    shares = balanced(5, deals)
    if shares is not None:
        assert is_balanced(shares, deals, best_matching(5, deals))
        assert all(shares[a] + shares[b] >= value for (a, b), value in ((tuple(p), v) for p, v in deals.items()))


CASE = """
title: Water
parties:
  Dam: {options: [release], concerns: [DAM]}
  Farm: {options: [pay], concerns: [Dam.release, not pay]}
  Well: {options: [pump], concerns: []}
today: [TODAY]
needs:
  - {party: Farm, needs: water, from: Dam, given when: Dam.release, loss without: 3SUBSTITUTE}
"""


def case(substitute="", wish="not release", today=""):
    text = CASE.replace("SUBSTITUTE", substitute).replace("DAM]", f"{wish}]").replace("TODAY", today)
    loaded = read_document(text)
    assert loaded.case is not None and not loaded.errors, loaded.faults
    return loaded.case


def test_a_second_supplier_lowers_dependence_and_moves_the_split():
    alone = needs(case())
    helped = needs(case(", substitutes: [{from: Well, loss: 2}]"))
    assert alone.dependence("Farm", "Dam") == 3 and helped.dependence("Farm", "Dam") == 2
    assert alone.shares == {"Dam": F(3, 2), "Farm": F(3, 2), "Well": 0}
    assert helped.shares == {"Dam": 1, "Farm": 2, "Well": 0}  # a third and two thirds of 3
    assert "leverage is with Dam" in str(alone)


@pytest.mark.parametrize(
    ("wish", "today", "threat"),
    [
        ("not release", "Dam.release", "credible"),
        ("release", "Dam.release", "bluff"),
        ("not release", "", "credible"),
        ("release", "", "bluff"),
        ("Farm.pay", "Dam.release", "credible"),
    ],
)
def test_a_threat_is_credible_where_withholding_costs_the_supplier_nothing(wish, today, threat):
    assert [each.threat for each in needs(case(wish=wish, today=today)).needs] == [threat]


def test_the_source_finds_that_both_need_each_other():
    found = needs(read("us-pakistan-2018"))
    assert found.pairs == (("US", "PK"),)
    assert found.dependence("US", "PK") > 0 and found.dependence("PK", "US") > 0
    assert "rizvi-2018 ¶3" in str(found) and "nobody can stand in" in str(found)
    assert found.data()["leverage"][0]["of"] == "US" and len(found.rows()) == 2


def test_a_case_without_needs_says_so():
    assert "The case lists no needs." in str(needs(read("elmira")))


def test_a_judgement_is_cited_as_one():
    assert "(judgement on rizvi-2018 ¶3): without it" in " ".join(str(needs(read("us-pakistan-2018"))).split())
