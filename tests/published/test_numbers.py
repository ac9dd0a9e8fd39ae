"""Shipped cases with numbers give the figures that were published of them, through the verbs that users call."""

import pytest

import detente as dt


def test_the_compromises_of_copenhagen():
    found = dt.trades(dt.read("copenhagen-2009")).data()
    printed = [f"{issue['compromise']:.3f}" for issue in found["issues"]]
    assert printed == ["61.576", "58.145", "30.707", "52.236", "51.950", "57.621", "64.621"]
    assert (found["exchanges"]["candidates"], found["exchanges"]["open"]) == (437, 420)


def test_the_best_exchange_of_copenhagen_and_whom_it_hurts():
    best = dt.trades(dt.read("copenhagen-2009")).data()["exchanges"]["listed"][0]
    moves = {each["party"]: (each["issue"], each["from"], round(each["to"], 4)) for each in best["concessions"]}
    assert moves == {"USA": ("extra", 10, 90), "CI": ("commitments", 85, 21.8937)}
    outcomes = {each["issue"]: (each["outcome from"], each["outcome to"]) for each in best["concessions"]}
    assert outcomes["extra"] == pytest.approx((64.6207, 83.5369), abs=5e-5)
    assert outcomes["commitments"] == pytest.approx((51.9499, 33.6642), abs=5e-5)
    assert best["gain of each"] == pytest.approx(3.278818, abs=5e-7)
    effects = {"EU": -3.909, "JP": -3.909, "AU": -0.252, "CA": -0.252, "RU": 0, "BR": -10.380, "LDC": 2.428,
               "AOSIS": 2.428, "DC": 3.988, "USA": 3.279, "CI": 3.279}  # fmt: skip
    assert {party: round(effect, 3) for party, effect in best["effects"].items()} == effects
    assert round(best["all together"], 2) == -3.30


def test_an_exchange_does_not_hold_without_a_contract():
    case = dt.read("copenhagen-2009")
    found = dt.accord(case)
    assert [(package.state, package.approach) for package in found.passing] == [("YY", "exchange")]
    assert set(found.best[0].worse_off) == {"EU", "AU", "CA", "JP", "BR"}  # those who lose by the numbers


def test_camp_david_by_adjusted_winner():
    two = dt.trades(dt.read("camp-david-1978")).data()["two parties"]
    division = two["adjusted winner"]
    assert division["points of each"] == pytest.approx(65.8333, abs=5e-5)
    shares = {each["issue"]: each["share"] for each in division["issues"]}
    assert shares == {"sinai": "1/6", "recognition": "1", "west-bank": "1", "gaza": "1", "palestinians": "0",
                      "jerusalem": "1"}  # fmt: skip
    assert two["parties"] == ["IL", "EG"]


def test_aid_for_effort_is_the_worked_example_of_pay_for_effort():
    (pay,) = dt.payments(dt.read("aid-for-effort")).data()["payments"]
    assert pay["value of effort"] == pytest.approx(12.727, abs=5e-4)
    assert pay["value of shirking"] == pytest.approx(27.027, abs=5e-4)
    assert pay["chance at which it balances"] == pytest.approx(0.17667, abs=5e-6)
    assert pay["repairs"]["after success"] == pytest.approx(1.74775, abs=5e-6)
    assert pay["repairs"]["found out with chance"] == pytest.approx(0.76190, abs=5e-6)
    assert pay["persistence trap"] and pay["approaches"] == ["pay for effort", "patronage"]
    found = dt.needs(dt.read("aid-for-effort"))
    assert found.shares != found.alone  # the rival patron as a second supplier moves the split


def test_aid_for_effort_shows_every_kind_of_clash_and_repair_by_times():
    found = dt.demands(dt.read("aid-for-effort"))
    assert {each.kind for each in found.contradictions} == {"causal", "resource", "credibility"}
    assert all(any(repair.kind == "sequence" for repair in each.repairs) for each in found.contradictory)
