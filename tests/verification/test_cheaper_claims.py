"""The claim that nothing cheaper does: accepted where it is right, refused where a cheaper set was kept back."""

from copy import deepcopy
from dataclasses import replace

import pytest
from bargains import bargains
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from test_change import asked, expressible
from weighed_bargains import weighed

from detente.files.load import load, read_document
from detente.questions.change import change
from detente.verification import cheaper
from detente.verification.cheaper import fault_in_cheapest, fault_in_costs, said_of
from detente.verification.stability import TooLongError

COSTS = {"add": 2, "promise": 2, "contract": 2, "patience": 2, "drop": 2, "core": 2, "coalition": 2}
CASES = st.one_of(
    bargains(parties=(2, 2), most=3).filter(lambda c: sum(len(p.concerns or ()) for p in c.parties) in (2, 3)),
    weighed(parties=(2, 2), most=3).filter(lambda c: sum(len(p.concerns or ()) for p in c.parties) < 4),
)


@settings(max_examples=20, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(st.data())
def test_what_is_found_is_the_cheapest_by_a_second_listing_too(data):
    case = data.draw(CASES)
    assume(expressible(case) and any(party.concerns for party in case.parties))
    asking, _ = asked(data, case)
    found = change(case, **asking, costs=COSTS)
    assume(found.changes and found[0].cost <= 3)
    told = found.data()
    assert said_of(told)
    assert fault_in_costs(told) == ""
    assert fault_in_cheapest(case, told) == ""


@settings(max_examples=20, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(st.data())
def test_an_answer_that_keeps_back_a_cheaper_change_is_refused(data):
    case = data.draw(CASES)
    assume(expressible(case) and any(party.concerns for party in case.parties))
    asking, _ = asked(data, case)
    found = change(case, **asking, costs=COSTS)
    dear = [each for each in found if each.cost > found[0].cost]
    assume(dear)
    told = replace(found, changes=tuple(dear)).data()
    assert "passes already at a cost of" in fault_in_cheapest(case, told)


def test_too_many_cheaper_sets_are_left_unchecked():
    case = load("us-pakistan-2018").case
    found = change(case, state="YNNNNYYYYNYY").data()
    with pytest.raises(TooLongError, match="too many sets of edits cost less"):
        fault_in_cheapest(case, found)


def test_costs_that_are_wrong_or_out_of_order_are_refused():
    found = change(load("us-pakistan-2018").case).data()
    wrong = deepcopy(found)
    wrong["changes"][0]["cost"] = 2
    assert fault_in_costs(wrong) == "the edits of change 1 cost 1"
    assert fault_in_costs(found) == ""
    wrong["costs"]["add"] = 2
    wrong["changes"] = [wrong["changes"][0], found["changes"][1]]
    assert fault_in_costs(wrong) == "the cheapest does not come first"


FISHERS = """
title: Two fishers
patience: 0.3
parties:
  A: {name: Anna, options: [spare], weights: {spare: -2, B.spare: 4}}
  B: {name: Bela, options: [spare], weights: {spare: -2, A.spare: 4}}
payments: [{by: A, to: B, with: A.spare, for: B.spare, amount: 10, cost of effort: 3, solves with chance: 0.5,
            found out with chance: 0.3}]
approaches: {bargain: {contracts: [{by: A, with: A.spare, iff: B.spare}]}}
"""


@pytest.mark.parametrize(("approach", "kind"), [("none", "patience"), ("bargain", "tail")])
def test_patience_and_pay_after_success_are_among_what_is_listed_again(approach, kind):
    case = read_document(FISHERS).case
    costs = {"contract": 3, "patience": 2, "tail": 2} | {kind: 1}
    name = {"patience": "SetPatience", "tail": "PayAfterSuccess"}[kind]
    told = change(case, state="YY", verdict="lasts", approach=approach, costs=costs).data()
    assert [edit["edit"] for edit in told["changes"][0]["edits"]] == [name]
    assert fault_in_cheapest(case, told) == ""
    told["changes"][0]["cost"] = 2
    assert fault_in_cheapest(case, told) == f"{name}: YY passes already at a cost of 1"


def test_a_goal_is_cut_at_its_own_joints_only():
    assert cheaper._parts("A.a and not (B.b and B.c)") == ["A.a", "not ( B.b and B.c )"]
    assert cheaper._parts("A.a and A.b or B.b") == []
    assert cheaper._parts("A.a") == []
