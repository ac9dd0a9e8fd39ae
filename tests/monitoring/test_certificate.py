"""Certificates of joint plans: sound ones are proofs, tampered ones are refused with the reason."""

import copy
import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from schematic import parallel, problems, tri_state

from detente.monitoring.certificate import certificate, same_problem
from detente.monitoring.check import check
from detente.monitoring.cutting import cutting_plan
from detente.monitoring.joint import joint_plan
from detente.monitoring.measures import Rows
from detente.monitoring.network import Adversary
from detente.monitoring.problem import Problem

OBJECTIVES = ("worst", "weighted", "expected")


@given(problems(caps=True, baseline=True), st.sampled_from(OBJECTIVES), st.booleans())
def test_the_certificate_of_a_plan_proves_it_the_best(problem: Problem, objective, limited: bool) -> None:
    if limited:
        problem = replace(problem, rows=Rows.of([({0: 1.0, problem.measures.count - 1: -1.0}, -0.5, 0.5)]))
    plan = joint_plan(problem, objective)
    checked = check(json.loads(json.dumps(certificate(problem, plan))))
    assert checked.faults == ()
    assert checked.optimal
    assert checked.primal == pytest.approx(plan.value, abs=1e-8)
    assert checked.dual == pytest.approx(plan.value, abs=1e-7)


@given(problems())
def test_the_certificate_of_cutting_planes(problem: Problem) -> None:
    problem = replace(problem, adversaries=problem.adversaries[:1])
    assert check(certificate(problem, cutting_plan(problem))).optimal


def limited_schematic() -> Problem:
    problem, _ = tri_state()
    cap = problem.measures.cap.copy()
    cap[11] = 2.0
    return Problem(
        problem.network, (Adversary((0,), (1,), 0.7), Adversary((0,), (1,), 0.3, np.full(12, 0.1))),
        replace(problem.measures, cap=cap), problem.resources, Rows.of([({24: 1.0, 25: 1.0}, 0.0, 2.0)]),
    )  # fmt: skip


def sound(objective="worst"):
    problem = limited_schematic()
    return json.loads(json.dumps(certificate(problem, joint_plan(problem, objective))))


TAMPERED = {
    "negative effort": (lambda c: c["plan"]["effort"].__setitem__(0, -1.0), "the effort on measure 0 is negative"),
    "too much effort": (lambda c: c["plan"]["effort"].__setitem__(11, 3.0), r"measure 11 is 3, above its cap of 2"),
    "over the budget": (lambda c: c["plan"]["effort"].__setitem__(0, 9.0), "of budget 0, and there is 4"),
    "a little over the budget": (lambda c: c["problem"]["budgets"].__setitem__(1, 7.99), "uses 8 of budget 1, and"),
    "a constraint broken": (lambda c: c["plan"]["effort"].__setitem__(24, 9.0), "side constraint 0 allows 2"),
    "a constraint tightened": (lambda c: c["problem"]["rows"][0].update(upper=1.0), "side constraint 0 allows 1"),
    "potentials raised": (lambda c: c["plan"]["potentials"][0].__setitem__(1, 9.0), "and its potential rises by more"),
    "a start raised": (lambda c: c["plan"]["potentials"][0].__setitem__(0, 1.0), "its potential is not 0"),
    "shares of more than all": (lambda c: c["prices"]["weights"].__setitem__(0, 1.5), "add up to 1.5, not to 1"),
    "a flow that stops": (lambda c: c["prices"]["flows"][0].pop(), "is not kept at node"),
    "a flow backwards": (lambda c: c["prices"]["flows"][0].append([0, -0.1]), "along arc 0 is negative"),
    "no flow at all": (lambda c: c["prices"]["flows"][0].clear(), "the flow of adversary 0 is 0, and its weight"),
    "prices too low": (lambda c: c["prices"]["budgets"].__setitem__(1, 0.0), "the prices prove a bound of"),
    "negative prices": (lambda c: c["prices"]["budgets"].__setitem__(1, -1.0), "the price of budget 1 is negative"),
    "a price without a cap": (lambda c: c["prices"]["caps"].append([0, 1.0]), "measure 0 has no cap"),
    "a price without a limit": (
        lambda c: c["problem"]["rows"][0].update(upper=None), "side constraint 0 has no limit that could"),
    "more claimed than reached": (lambda c: c.update(primal=c["primal"] + 0.1), "is claimed"),
    "a lower bound claimed": (lambda c: c.update(dual=c["dual"] - 0.1), "the prices prove a bound of"),
    "an unknown objective": (lambda c: c.update(objective="best"), "'best' is no objective"),
    "no prices": (lambda c: c.pop("prices"), "the certificate is not complete: KeyError 'prices'"),
    "an effort missing": (lambda c: c["plan"]["effort"].pop(), "plan: effort: there are 26 entries, and 27 are needed"),
    "not a potential": (lambda c: c["plan"]["potentials"][0].__setitem__(1, float("nan")), "is claimed"),
    "not a flow": (lambda c: c["prices"]["flows"][0].append([0, float("nan")]), "the prices prove a bound of inf"),
    "not a number": (lambda c: c["plan"]["effort"].__setitem__(0, float("nan")), "some numbers are not finite"),
    "not a list": (lambda c: c.update(plan=3), "the certificate is not complete: TypeError"),
}  # fmt: skip


@pytest.mark.parametrize("name", TAMPERED)
def test_what_was_changed_is_said(name: str) -> None:
    tamper, reason = TAMPERED[name]
    data = sound()
    assert check(data).optimal
    tamper(data)
    checked = check(data)
    assert not checked.holds
    assert not checked.optimal
    with pytest.raises(AssertionError, match=reason):
        raise AssertionError("; ".join(checked.faults))


@pytest.mark.parametrize(
    ("objective", "reason"),
    [("weighted", "adversary 0 has the weight 0.9, and it must be 0.7"), ("expected", "the flow of adversary 0 is")],
)
def test_weights_that_are_not_those_of_the_problem(objective: str, reason: str) -> None:
    data = sound(objective)
    assert check(data).optimal
    data["prices"]["weights"][0] = 0.9
    assert any(reason in fault for fault in check(data).faults)


@given(st.sampled_from(OBJECTIVES), st.data())
def test_no_change_of_a_number_proves_more_than_is_true(objective: str, data: st.DataObject) -> None:
    good = sound(objective)
    true = check(good)
    changed = copy.deepcopy(good)
    part, name = data.draw(st.sampled_from((("plan", "effort"), ("prices", "budgets"), ("prices", "rows"))))
    values = changed[part][name]
    place = data.draw(st.integers(0, len(values) - 1))
    values[place] += data.draw(st.floats(-2, 2))
    checked = check(changed)
    if checked.holds:
        assert checked.primal == pytest.approx(true.primal, abs=1e-5) or checked.primal < true.primal
        assert abs(checked.dual - true.dual) < 1e-5


def test_with_whole_units_the_bound_may_be_better_than_the_plan() -> None:
    problem = parallel(((1.0, 1.0),), (3.0,), divisible=(False, False))
    checked = check(certificate(problem, joint_plan(problem)))
    assert checked.holds
    assert (checked.primal, checked.dual) == (pytest.approx(1.0), pytest.approx(1.5))
    assert not checked.optimal
    data = certificate(problem, joint_plan(problem))
    data["plan"]["effort"] = [1.5, 1.5]
    assert "measure 0 comes in whole units, and its effort is 1.5" in check(data).faults


def test_a_certificate_is_of_one_problem() -> None:
    problem = limited_schematic()
    data = json.loads(json.dumps(certificate(problem, joint_plan(problem))))
    assert same_problem(data, problem)
    assert not same_problem(data, problem.with_budgets(problem.resources.budget + 1))
