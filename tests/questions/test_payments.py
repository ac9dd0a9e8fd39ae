"""Pay for effort: the worked figures of the model, its signs, and what is said where amounts are missing."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from detente.files.load import read_document
from detente.questions.check import read
from detente.questions.effort import Effort, continuing_patience
from detente.questions.payments import payments

F = Fraction
WORKED = Effort(F(10), F(3), F(1, 2), F(3, 10), F(0), F(9, 10))

chances = st.fractions(0, 1, max_denominator=20)
amounts = st.fractions(1, 20, max_denominator=10)
patiences = st.fractions(F(1, 20), F(19, 20), max_denominator=20)
efforts = st.builds(Effort, amounts, amounts, chances, chances, st.fractions(0, 5, max_denominator=10), patiences)


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


@given(efforts)
def test_the_signs_of_the_literature(effort):
    """A burden after the solution lowers effort; monitoring, a dividend after success and less cost raise it."""
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


def test_a_missing_amount_is_named_and_nothing_made_up():
    found = payments(read("us-pakistan-2018"))
    assert found.payments[0].effort is None
    assert "cost of effort" in found.data()["payments"][0]["missing"]
    assert "not decided" in str(found)


def test_a_case_without_payments_says_so():
    assert "The case lists no payments." in str(payments(read("elmira")))
