"""Needs, payments, trades, complaints and orders of demands: derived again for random cases and published ones."""

import json
from dataclasses import replace
from fractions import Fraction

import pytest
from bargains import bargains, statements
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from parts_of_answers import answered, river

from detente.files.load import read_document
from detente.model.case import Complaint, Influence, Issue, Need, Payment, Substitute
from detente.model.statements import made
from detente.questions.check import read
from detente.questions.demands import demands
from detente.questions.needs import needs
from detente.questions.payments import payments
from detente.questions.trades import trades
from detente.questions.verify import verify
from detente.verification.compromises import graded
from detente.verification.payments import Pay
from detente.verification.splits import fault_in_split, some_balanced
from detente.verification.swaps import Market

F = Fraction
HALVES = st.integers(0, 16).map(lambda number: F(number, 2))
CHANCES = st.sampled_from([F(0), F(1, 4), F(1, 2), F(9, 10), F(1)])
TIMES = st.none() | st.integers(0, 3).map(F)


@st.composite
def amounts(draw):
    """Draw a bargain with needs, payments, complaints, times of demands, graded issues and influence."""
    case = draw(bargains())
    ids, some = case.party_ids, st.deferred(lambda: statements(case.options))

    def other(party):
        return draw(st.sampled_from([id for id in ids if id != party]))

    def few(most, one):
        return tuple(one(number) for number in range(draw(st.integers(0, most))))

    def need(number):
        party = draw(st.sampled_from(ids))
        supplier, loss = other(party), draw(st.none() | HALVES)
        others = [id for id in ids if id not in (party, supplier) and draw(st.booleans())]
        substitutes = () if loss is None else tuple(Substitute(id, draw(HALVES)) for id in others)
        given_when = made(draw(some)) if draw(st.integers(0, 4)) else None
        return Need(party, f"need {number}", supplier, given_when, loss, substitutes)

    def payment(_):
        option = draw(st.sampled_from(case.options))
        chances = draw(st.none() | CHANCES), draw(st.none() | CHANCES)
        reward = made(draw(some))
        return Payment(option.party, other(option.party), option.key, reward, draw(HALVES), draw(st.none() | HALVES),
                       *chances, draw(st.none() | HALVES))  # fmt: skip

    def complaint(number):
        sender = draw(st.sampled_from(ids))
        return Complaint(
            f"c{number}", sender, other(sender), made(draw(some)), draw(st.sampled_from(["", f"{sender}0"]))
        )

    def issue(number):
        there = draw(st.lists(st.sampled_from(ids), min_size=1, unique=True))
        parts = st.integers(0, 4).map(lambda part: F(part, 4))
        positions = tuple((id, F(20 * draw(st.integers(0, 5)))) for id in there)
        salience = tuple((id, draw(parts)) for id in there if draw(st.integers(0, 9)))
        clout = tuple((id, draw(parts)) for id in there) if draw(st.booleans()) else ()
        return Issue(f"i{number}", positions, salience, clout)

    def timed(demand):
        first, last = draw(TIMES), draw(TIMES)
        if first is not None and last is not None and first > last:
            first, last = last, first
        to = demand.to if demand.to != demand.sender else other(demand.sender)
        return replace(demand, to=to, from_time=first, by_time=last)

    rows = tuple(Influence(id, tuple((to, F(draw(st.integers(0, 4)))) for to in ids if to != id)) for id in ids)
    return replace(
        case,
        needs=few(4, need),
        payments=few(3, payment),
        complaints=few(3, complaint),
        issues=few(4, issue),
        demands=tuple(map(timed, case.demands)),
        influence=rows if draw(st.integers(0, 3)) == 0 else (),
        patience=draw(st.none() | st.sampled_from([F(0), F(1, 2), F(9, 10)])),
    )


@given(amounts())
@settings(max_examples=15, suppress_health_check=list(HealthCheck))
def test_true_answers_are_accepted(case):
    approach = case.approaches[0].id if case.approaches else "none"
    answers = [needs(case), payments(case), trades(case), trades(case, influence=True), demands(case, approach)]
    for answer in answers:
        checked = verify(case, json.loads(answer.render("json")))
        assert not checked.refused and not checked.unchecked, (checked.refused, checked.unchecked)


NETWORKS = {  # Cook & Yamagishi 1992; Easley & Kleinberg 2010, ch. 12
    "pair": ("AB", {"A": F(1, 2), "B": F(1, 2)}),
    "path of three": ("AB BC", {"A": F(0), "B": F(1), "C": F(0)}),
    "path of four": ("AB BC CD", {"A": F(1, 3), "B": F(2, 3), "C": F(2, 3), "D": F(1, 3)}),
    "stem": ("AB BC BD CD", {"A": F(1, 4), "B": F(3, 4), "C": F(1, 2), "D": F(1, 2)}),
    "path of six": (
        "AB BC CD DE EF",
        dict(zip("ABCDEF", map(F, (".25", ".75", ".5", ".5", ".75", ".25")), strict=True)),
    ),
}


def deals(edges):
    return {frozenset(edge): F(1) for edge in edges.split()}


@pytest.mark.parametrize("name", NETWORKS)
def test_the_balanced_split_of_each_network_is_the_published_one(name):
    edges, shares = NETWORKS[name]
    assert fault_in_split(shares, deals(edges)) == ""
    assert some_balanced(deals(edges))
    step = F(1, 100)
    for party in shares:
        assert fault_in_split(shares | {party: shares[party] + step}, deals(edges))
        partner = next(iter(set(shares) - {party}))
        moved = shares | {party: shares[party] + step, partner: shares[partner] - step}
        assert fault_in_split(moved, deals(edges))


def test_three_who_can_all_deal_with_each_other_have_no_balanced_split():
    assert not some_balanced(deals("AB BC CA"))
    assert fault_in_split({"A": F(1, 2), "B": F(1, 2), "C": F(0)}, deals("AB BC CA"))


@pytest.mark.parametrize(
    ("solves", "worth"), [("0", 70), (".1", 36.842), (".15", 29.787), (".2", 25), (".5", 12.727), ("1", 7)]
)
def test_effort_is_worth_less_the_more_effective_it_is(solves, worth):
    pay = Pay(F(10), F(3), F(solves), F(".3"), F(0), F(".9"))
    assert float(pay.effort) == pytest.approx(worth, abs=5e-4)
    assert float(pay.shirking) == pytest.approx(27.027, abs=5e-4)


def test_the_best_exchange_of_copenhagen_is_the_published_one():
    case = read("copenhagen-2009")
    market = Market([graded(case, issue, None) for issue in case.issues], case.party_ids)
    best = market.swaps[0]
    assert len(market.candidates) == 437 and len(market.swaps) == 420
    assert float(best.gain) == pytest.approx(3.278818, abs=5e-7)


TAMPERED = {
    "a loss": ("needs", lambda d: d["needs"][0].update({"loss without": 5.0}), "'loss without' is 6.0"),
    "a substitute": ("needs", lambda d: d["needs"][0]["substitutes"].clear(), "'substitutes' is"),
    "a source": ("needs", lambda d: d["needs"][0].update(source=""), "'source' is 'water'"),
    "a threat": ("needs", lambda d: d["needs"][0].update({"threat to withhold": "bluff"}), "'threat to withhold' is"),
    "whose leverage": ("needs", lambda d: d["leverage"][0].update(amount=9.0), "'amount' is"),
    "a share": ("needs", lambda d: d["balanced split"].update(Up="9"), "the shares are not together"),
    "the value of effort": ("payments", lambda d: d["payments"][0].update({"value of effort": 1.0}), "'value of"),
    "worthwhile": ("payments", lambda d: d["payments"][0].update(worthwhile=True), "'worthwhile' is False"),
    "a tail": ("payments", lambda d: d["payments"][0]["repairs"].update({"after success": 2.0}), "'after success' is"),
    "a patience": ("payments", lambda d: d["payments"][0]["repairs"].update(patience=0.5), "patience"),
    "what is missing": ("payments", lambda d: d["payments"][1]["missing"].pop(), "'missing' is"),
    "a payment left out": ("payments", lambda d: d["payments"].pop(), "the case lists 2"),
    "a compromise": ("trades", lambda d: d["issues"][0].update(compromise=50.0), "'compromise' is"),
    "a median": ("trades", lambda d: d["issues"][0].update(median=[80.0, 80.0]), "'median' is"),
    "the best exchange left out": ("trades", lambda d: d["exchanges"]["listed"].pop(0), "better ones are left out"),
    "who loses": ("trades", lambda d: d["exchanges"]["listed"][0].update(losers=["Up"]), "those who lose are"),
    "exchanges made": ("trades", lambda d: d["exchanges"]["in turn"].update(made=9), "'made' is"),
    "who gets an issue": (
        "trades", lambda d: d["two parties"]["adjusted winner"]["issues"][0].update(share="1/7"), "more than one issue"
    ),
    "a bargaining point": (
        "trades", lambda d: d["two parties"]["bargaining points"][0]["gains"].update(Up=50.0), "Nash: 'gains' is"
    ),
    "where it is settled": (
        "trades", lambda d: d["two parties"]["bargaining points"][0]["settled at"].update(price=12.0), "Nash is settled"
    ),
    "a complaint left out": ("demands", lambda d: d["complaints"].pop(), "these are noise"),
    "what becomes of it": ("demands", lambda d: d["complaints"][1].update(status="answerable"), "it is contested"),
    "who could answer it": ("demands", lambda d: d["complaints"][1]["answers"].clear(), "could answer it"),
    "the concern behind it": ("demands", lambda d: d["complaints"][0].update(concern="power"), "'concern' is"),
    "what it costs": ("demands", lambda d: d["complaints"][1]["answers"][0]["costs"].clear(), "would be worse off"),
    "an order left out": ("demands", lambda d: d["contradictions"][0]["in turn"].pop(), "is not told"),
    "who must be assured": ("demands", lambda d: d["contradictions"][0]["in turn"][0]["assure"].append("Sea"), "by a"),
}  # fmt: skip


@pytest.mark.parametrize("name", TAMPERED)
def test_what_is_tampered_with_is_refused_with_what_is_true_instead(name):
    question, tamper, why = TAMPERED[name]
    answer = answered(river(), question)
    before = json.dumps(answer)
    tamper(answer)
    assert json.dumps(answer) != before
    refused = verify(river(), answer).refused
    assert any(why in finding.why for finding in refused), [finding.why for finding in refused]


def test_that_no_split_was_found_is_not_taken_on_trust():
    answer = answered(river(), "needs") | {"balanced split": None}
    checked = verify(river(), answer)
    assert checked.accepted and "there is a balanced split" in checked.unchecked[0].why


def test_exchanges_that_only_partners_know_of_are_said_to_be_unchecked():
    case = river()
    checked = verify(case, json.loads(trades(case, known="partners").render("json")))
    assert checked.accepted and [each.claim for each in checked.unchecked] == ["exchanges in turn"]


def test_an_answer_that_is_not_about_the_case_is_refused():
    other = read_document("title: Other\nparties: {A: {options: [x]}, B: {options: [y]}}").case
    assert not verify(other, answered(river(), "needs")).accepted
