"""Dependence, leverage, balanced splits of the textbooks, and threats that are credible or bluff."""

from fractions import Fraction

import pytest
from bargains import Naive, bargains, with_
from hypothesis import given
from hypothesis import strategies as st

from detente.files.load import read_document
from detente.model.items import Need
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


def network(edges):
    """Return a case in which one end of each edge needs what the other has, worth 1."""
    ids = sorted({end for edge in edges for end in edge})
    parties = "".join(f"  P{end}: {{options: [o], concerns: []}}\n" for end in ids)
    told = "".join(f"  - {{party: P{a}, needs: n{a}{b}, from: P{b}, loss without: 1}}\n" for a, b in edges)
    loaded = read_document(f"title: T\nparties:\n{parties}needs:\n{told}")
    assert loaded.case is not None and not loaded.errors, loaded.faults
    return loaded.case


@pytest.mark.parametrize("name", NETWORKS)
def test_a_case_with_such_needs_splits_so(name):
    edges, expected = NETWORKS[name]
    found = needs(network(edges))
    assert list(found.shares.values()) == [F(share) for share in expected.split()]
    assert found.data()["balanced split"] == dict(zip(found.case.party_ids, expected.split(), strict=True))


def test_a_second_supplier_moves_halves_to_a_third_and_two_thirds():
    pair, four = needs(network([(0, 1)])).shares, needs(network([(0, 1), (1, 2), (2, 3)])).shares
    assert (pair["P0"], pair["P1"]) == (F(1, 2), F(1, 2))
    assert (four["P0"], four["P1"]) == (F(1, 3), F(2, 3))


def test_where_no_split_is_balanced_that_is_said():
    text = str(needs(network([(0, 1), (1, 2), (0, 2)])))
    assert "No balanced split was found" in text


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


@given(bargains(approaches=False), st.data())
def test_threats_by_trying_every_move_of_the_supplier(case, data):
    world = Naive(case)
    told = tuple(Need(d.sender, d.id, d.to, d.that) for d in case.demands if d.sender != d.to)
    for each in needs(with_(case, needs=told)).needs:
        supplier, now = each.need.sender, world.met(each.need.given_when, world.today)
        ends = [world.today, *world.moves(supplier, world.today)]
        give = [world.worth(supplier, s) for s in ends if world.met(each.need.given_when, s)]
        withhold = [world.worth(supplier, s) for s in ends if not world.met(each.need.given_when, s)]
        assert each.given == now
        assert (each.threat == "credible") == (bool(withhold) and (not give or max(withhold) >= max(give)))


def test_where_a_loss_is_not_given_no_leverage_is_made_up():
    assert "Dam depends on Farm by 0, and Farm on Dam by 3: the leverage is with Dam." in needs(case()).leverages
    silent = CASE.replace(", loss without: 3SUBSTITUTE", "").replace("DAM]", "release]").replace("TODAY", "")
    found = needs(read_document(silent).case)
    told = " ".join(str(found).split())
    assert "Who has the leverage is not told: the case does not say how much Farm depends on Dam." in told
    assert "what is lost without ‘water’ is not given" in told
    assert found.data()["leverage"] == [{"of": "Dam", "over": "Farm", "amount": None, "against": 0.0}]


def test_every_number_says_where_it_stands():
    found = needs(case(", substitutes: [{from: Well, loss: 2.25}]"))
    text = " ".join(str(found).split())
    assert (
        "from Dam (needs 1 in the case file): without it Farm loses 3; instead it could turn to Well (loss 2.25)"
        in text
    )
    assert "If nobody had a substitute, it would be: Dam 1 1/2, Farm 1 1/2 and Well nothing." in text
    assert found.data()["needs"][0]["place"] == "needs[0]"
    assert found.data()["balanced split without substitutes"] == {"Dam": "3/2", "Farm": "3/2", "Well": "0"}


def test_whose_threats_are_credible_is_said_in_a_sentence():
    assert needs(read("us-pakistan-2018")).threats == (
        "Of the threats to withhold, US's (‘US technology, equipment and assistance’) is credible and Pakistan's "
        "(‘Pakistan's reach into Afghanistan’) is a bluff."
    )


def test_the_source_finds_that_both_need_each_other():
    found = needs(read("us-pakistan-2018"))
    assert found.pairs == (("US", "PK"),)
    assert found.dependence("US", "PK") > 0 and found.dependence("PK", "US") > 0
    assert "rizvi-2018 ¶3" in str(found) and "nobody can stand in" in str(found)
    assert found.data()["leverage"][0]["of"] == "US" and len(found.rows()) == 2


def test_a_case_without_needs_says_so():
    assert "The case lists no needs" in str(needs(read("elmira")))


def test_a_judgement_is_cited_as_one():
    assert "(judgement on rizvi-2018 ¶3): without it" in " ".join(str(needs(read("us-pakistan-2018"))).split())
