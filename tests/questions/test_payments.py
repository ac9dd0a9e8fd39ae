"""Pay for effort: the worked figures of the model, its signs, and what is said where amounts are missing."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from detente.files.load import read_document
from detente.game import setting
from detente.questions.check import read
from detente.questions.effort import Effort, continuing_patience
from detente.questions.lasting import in_words, lasting
from detente.questions.payments import payments

F = Fraction
WORKED = Effort(F(10), F(3), F(1, 2), F(3, 10), F(0), F(9, 10))

chances = st.fractions(0, 1, max_denominator=20)
amounts = st.fractions(1, 20, max_denominator=10)
patiences = st.fractions(F(1, 20), F(19, 20), max_denominator=20)
efforts = st.builds(
    Effort,
    amounts,
    amounts,
    chances,
    chances,
    st.fractions(0, 5, max_denominator=10),
    patiences,
    st.sampled_from((F(0), F(1, 4))),
)


@pytest.mark.parametrize(
    ("gain", "without", "patience"), [(10, (0, 0), "2/5"), (10, (2, 1), "4/7"), (10, (0, 4), "2/3")]
)
def test_a_task_that_goes_on_needs_this_patience(gain, without, patience):
    assert continuing_patience(F(gain), F(4), *map(F, without)) == F(patience)


def test_a_deal_worth_less_than_its_effort_keeps_itself_at_no_patience():
    assert continuing_patience(F(10), F(4), F(5), F(2)) is None


@pytest.mark.parametrize(
    ("chance", "worth"),
    [("0", 70), ("1/10", "36.842"), ("3/20", "29.787"), ("1/5", 25), ("1/2", "12.727"), ("1", 7)],
)
def test_effort_that_is_more_effective_is_worth_less(chance, worth):
    assert abs(replace(WORKED, solves=F(chance)).of_effort - F(worth)) < F(1, 1000)


def test_the_worked_thresholds():
    assert WORKED.of_shirking == F(1000, 37)
    assert abs(WORKED.chance_balanced - F("0.17667")) < F(1, 10**5)
    assert abs(WORKED.after_needed - F("1.74775")) < F(1, 10**5)
    assert abs(WORKED.found_out_needed - F("0.76190")) < F(1, 10**5)
    assert WORKED.trap and not WORKED.worthwhile and WORKED.patience_needed is None


@given(efforts)
def test_each_repair_is_enough_and_less_is_not(effort):
    less = F(1, 10**9)
    repaired = []
    if effort.after_needed is not None:
        repaired.append((effort.after_needed, lambda value: replace(effort, after=value)))
    if effort.found_out_needed is not None:
        repaired.append((effort.found_out_needed, lambda value: replace(effort, found_out=value)))
    for value, changed in repaired:
        assert changed(value).worthwhile
        assert value == 0 or not changed(value - less * value).worthwhile
    needed = effort.patience_needed
    if needed is not None and needed < 1:
        assert replace(effort, patience=needed).worthwhile
        assert needed == 0 or not replace(effort, patience=needed * F(999, 1000)).worthwhile
    if needed is None:
        assert not effort.worthwhile


@given(efforts, chances)
def test_the_trap_is_exactly_where_more_effective_effort_pays_less(effort, other):
    assume(other > effort.solves)
    more = replace(effort, solves=other)
    assert (more.of_effort < effort.of_effort) == effort.trap


@given(efforts, chances)
def test_a_rising_rival_threat_lowers_what_more_aid_does_for_effort(effort, threat):
    """Boutton: aid can be turned against a rival, and the more that is worth, the less more aid does."""
    assume(threat > 0)
    threatened = replace(effort, rival=effort.rival + threat)
    assert threatened.of_more_pay < effort.of_more_pay
    assert not threatened.worthwhile or effort.worthwhile


@given(efforts)
def test_aid_that_is_conditional_on_the_threat_lowers_what_its_end_is_worth(effort):
    """Bapat: a client that is paid as long as the threat lasts gains less by settling it."""
    conditional, kept_up = replace(effort, after=F(0)), replace(effort, after=effort.pay)
    assert conditional.of_settlement < kept_up.of_settlement
    assert conditional.of_settlement - conditional.of_effort < kept_up.of_settlement - kept_up.of_effort or (
        effort.solves == 1 and effort.patience == 0
    )


@given(efforts)
def test_a_payer_that_cannot_commit_itself_has_to_punish(effort):
    """Padró i Miquel & Yared: without a promise for the time after success, shirking has to be found out sometimes."""
    unable = replace(effort, after=F(0))
    assert unable.found_out_needed is None or unable.found_out_needed > 0
    unwatched = replace(unable, found_out=F(0))
    if unwatched.after_needed is not None:
        assert replace(unwatched, after=unwatched.after_needed).worthwhile


@given(efforts, amounts)
def test_a_burden_after_the_solution_lowers_effort(effort, burden):
    """Powell: what the client has to bear once the problem is solved."""
    assume(effort.solves > 0)
    burdened = replace(effort, after=effort.after - burden)
    assert burdened.of_effort < effort.of_effort
    assert not burdened.worthwhile or effort.worthwhile


@given(efforts)
def test_the_best_contract_with_conflicting_interests_leaves_the_client_more_than_its_cost(effort):
    """Brekhov: where effort costs the client something, the least pay that brings it exceeds that cost."""
    apart = replace(effort, after=F(0), rival=F(0))
    least = apart.pay_needed
    if least is not None:
        assert least > apart.cost
        assert replace(apart, cost=F(0)).pay_needed == 0


@given(efforts, amounts)
def test_the_pay_that_mends_it_is_enough_and_less_is_not(effort, other):
    for pay, enough in ((effort.pay_needed, other >= (effort.pay_needed or 0)), (effort.pay_allowed, None)):
        if pay is None:
            continue
        assert replace(effort, pay=pay).worthwhile
        if enough is None:
            assert replace(effort, pay=other).worthwhile == (other <= pay)
        else:
            assert replace(effort, pay=other).worthwhile == enough
    if effort.pay_needed is None and effort.pay_allowed is None and effort.of_more_pay != 0:
        assert not replace(effort, pay=other).worthwhile


@given(efforts)
def test_other_signs(effort):
    """Monitoring, a dividend after success and less cost raise effort."""
    assert replace(effort, after=effort.after + 1).of_effort >= effort.of_effort
    assert replace(effort, found_out=(effort.found_out + 1) / 2).of_shirking <= effort.of_shirking
    assert replace(effort, cost=effort.cost / 2).of_effort > effort.of_effort
    dearer = replace(effort, cost=effort.cost + 1)
    assert not dearer.worthwhile or effort.worthwhile


@given(st.tuples(amounts, amounts, amounts), amounts)
def test_a_better_way_out_makes_a_deal_harder_to_keep(stakes, more):
    gain, payer, receiver = stakes
    before = continuing_patience(gain * 10, F(1), payer, receiver)
    after = continuing_patience(gain * 10, F(1), payer + more, receiver)
    assert before is not None or after is None
    assert before is None or after is None or after >= before


CASE = """
title: Pay
patience: 0.9
parties:
  P: {name: Patron, options: [pay], concerns: []}
  C: {name: Client, options: [act], concerns: []}
payments:
  - {by: P, to: C, with: P.pay, for: C.act, amount: 10, cost of effort: 3, solves with chance: 0.5,
     found out with chance: 0.3}
needs: [{party: P, needs: help, from: C, loss without: 10, substitutes: [{from: P, loss: 8}]}]
approaches: {bargain: {contracts: [{by: P, with: P.pay, iff: C.act}]}}
"""


def test_the_answer_says_trap_repairs_and_approach():
    found = payments(read_document(CASE).case)
    text = str(found)
    assert "persistence trap" in text and "1.748 a period after success" in text and "‘bargain’" in text
    data = found.data()["payments"][0]
    assert data["repairs"]["found out with chance"] == pytest.approx(0.76190, abs=1e-5)
    assert data["patience for a task that goes on"] == pytest.approx(3 / 8)
    assert found.rows()[0]["repair: after success"] == pytest.approx(1.74775, abs=1e-5)


AID = """
title: Aid
patience: 0.9
parties:
  P: {name: Patron, options: [pay], concerns: [C.act, not pay]}
  C: {name: Client, options: [act], concerns: [P.pay, not act]}
today: []
demands: [{id: act, from: P, to: C, that: C.act}]
payments:
  - {by: P, to: C, with: P.pay, for: C.act, amount: 10.25, cost of effort: 3, solves with chance: 0.5,
     found out with chance: CHANCE, after success: 0.125}
approaches:
  bargain: {contracts: [{by: P, with: P.pay, iff: C.act}]}
  patron: {deference: [{client: C, patron: P, while: P.pay, on: [act]}]}
  else: {shared concerns: {parties: [P, C], which: all}}
"""


@pytest.mark.parametrize("approach", ["bargain", "patron"])
def test_pay_that_defeats_itself_is_told_where_contracts_or_deference_turn_on_it(approach):
    case = read_document(AID.replace("CHANCE", "0.3")).case
    about = setting(case, approach)
    found = lasting(about, about.state("YY"))
    assert found.defeating == ("the pay of ‘pay’ defeats itself (detente payments)",)
    assert "; but the pay of ‘pay’ defeats itself" in in_words(about, found)
    assert not lasting(about, about.state("NN")).defeating
    assert not lasting(setting(case, "else"), about.state("YY")).defeating
    text = " ".join(str(payments(case)).split())
    assert f"The approach ‘{approach}’ turns on the same option, and so its pay defeats itself." in text
    assert "‘else’" not in text


def test_pay_that_is_watched_well_defeats_nothing():
    case = read_document(AID.replace("CHANCE", "0.9")).case
    about = setting(case, "bargain")
    assert not lasting(about, about.state("YY")).defeating
    assert "defeats itself." not in str(payments(case))


def test_every_number_of_a_payment_is_in_the_answer_as_it_was_given():
    found = payments(read_document(AID.replace("CHANCE", "0.3333")).case)
    text = " ".join(str(found).split())
    assert "Patron pays Client 10.25 a period, by ‘pay’, for ‘act’ (payments 1 in the case file)." in text
    assert (
        "the effort costs Client 3, it solves the problem with chance 0.5, shirking is found out with chance 0.3333 "
        "and 0.125 a period is paid after success"
    ) in text
    data = found.data()["payments"][0]
    given = ("amount", "cost of effort", "solves with chance", "found out with chance", "after success", "patience")
    assert [data[key] for key in given] == [10.25, 3, 0.5, 0.3333, 0.125, 0.9] and data["place"] == "payments[0]"


def test_a_missing_amount_is_named_and_nothing_made_up():
    found = payments(read("us-pakistan-2018"))
    assert found.payments[0].effort is None
    assert "cost of effort" in found.data()["payments"][0]["missing"]
    assert "not decided" in str(found)


def test_a_case_without_payments_says_so():
    text = str(payments(read("elmira")))
    assert "The case lists no payments" in text and "minimal model" not in text
