"""What is said to last is derived again from the weights, and refused where it is altered."""

import copy
import json

import pytest

from detente.files.load import read_document
from detente.questions.accord import accord
from detente.questions.verify import verify
from detente.verification.answers import Checker
from detente.verification.packages import check_package
from detente.verification.worlds import Worlds

CASE = """
title: Two fishers
patience: 0.9
parties:
  A: {options: [spare], weights: {spare: -2, B.spare: 4}}
  B: {options: [spare], weights: {spare: -2, A.spare: 4}}
approaches:
  pact: {contracts: [{by: A, with: A.spare, iff: B.spare}]}
"""


@pytest.fixture(scope="module")
def case():
    return read_document(CASE).case


@pytest.fixture(scope="module")
def answer(case):
    return json.loads(accord(case).render("json"))


def lasting(answer):
    return [c for package in answer["packages"] for c in package["certificates"] if c["claim"] == "lasts"]


def test_what_is_printed_is_accepted(case, answer):
    assert lasting(answer)
    checked = verify(case, answer)
    assert checked.accepted and not checked.unchecked, checked.refused


ALTERATIONS = {
    "patience": lambda c: c.update(patience="1/3"),
    "verdict": lambda c: c.update(verdict=not c["verdict"]),
    "party": lambda c: c.update(party="C"),
    "stated": lambda c: c.update(stated="1/10"),
    "deviation": lambda c: c.update(deviation=c["state"]),
    "punishment": lambda c: c.update(punishment="YY"),
}


@pytest.mark.parametrize("name", ALTERATIONS)
def test_an_altered_claim_is_refused(case, answer, name):
    for certificate in lasting(answer):
        altered = copy.deepcopy(certificate)
        ALTERATIONS[name](altered)
        if altered != certificate:
            assert Checker(case, answer).certificate(altered, None, None).outcome == "refused", altered


def test_an_altered_patience_of_a_package_is_refused(case, answer):
    for package in answer["packages"]:
        altered = copy.deepcopy(package)
        altered["verdicts"]["lasts"] = 0.25
        outcomes = {finding.claim: finding.outcome for finding in check_package(Worlds(case), altered)}
        assert outcomes[f"package {package['state']} under {package['approach']}: verdicts"] == "refused"
