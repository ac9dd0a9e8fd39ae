"""The claim of a nearest change: accepted as printed, refused once anything in it is altered."""

import json
from copy import deepcopy
from functools import lru_cache

import pytest

from detente.files.load import load
from detente.questions.change import change
from detente.questions.verify import verify
from detente.verification.edits import MAKE, CannotBeMadeError, edited
from detente.verification.nearest import fault_in_change, nearest

CASE = load("us-pakistan-2018").case
PACKAGE = "YNYYNYYNYYYY"


@lru_cache
def printed():
    """What `change` prints for questions that between them use every kind of edit."""
    dear = dict.fromkeys(("add", "promise", "contract", "drop", "core", "coalition"), 9)
    found = [
        change(CASE),
        change(CASE, state="YNNNNYYYYNYY"),
        change(CASE, costs=dear | {"coalition": 1}),
        change(CASE, costs=dear | {"core": 1, "drop": 2}),
        change(CASE, goal="PK.operation and AT.talk", costs={"rule": 1}, limit=2),
        change(CASE, state=PACKAGE[:-1] + "N", verdict="deliverable", costs=dear, most=1),
    ]
    return [json.loads(json.dumps(each.data())) for each in found]


def claims():
    return [item["certificate"] for data in printed() for item in data["changes"]]


def test_every_claim_is_accepted():
    assert {edit["edit"] for claim in claims() for edit in claim["edits"]} >= {
        "AddConcern",
        "AddAssurance",
        "AddContract",
        "FormCoalition",
        "DropConcern",
        "MarkCore",
        "RaiseClout",
    }
    for data in printed():
        assert data["changes"]
        found = verify(CASE, data)
        outcomes = {finding.claim: finding.outcome for finding in found.findings}
        dear = {name: outcome for name, outcome in outcomes.items() if outcome != "accepted"}
        assert set(outcomes) >= {"costs", "nothing cheaper", f"change {len(data['changes'])}"}
        assert dear in ({}, {"nothing cheaper": "unchecked"})
        assert not dear or data["changes"][0]["cost"] > 1


def test_a_claim_alone_is_checked_too():
    claim = claims()[0]
    assert verify(CASE, claim).accepted
    assert not verify(CASE.edit(), claim | {"state": "NNNNNNNNNNNN"}).accepted


def altered(claim):
    """Copies of a claim, each with one thing wrong, with what the refusal says."""
    state = "NNNNNNNNNNNN"
    yield claim | {"state": state}, f"with all its edits, {state} fails"
    yield claim | {"verdict": False}, "only edits after which"
    yield claim | {"verdicts": ["fair"]}, "only edits after which"
    yield claim | {"edits": []}, "not a list of edits"
    yield claim | {"without each": []}, "does not say what fails"
    yield claim | {"states": None}, "does not say what is to pass"
    yield claim | {"states": [state]}, "none of the states that are to pass"
    yield claim | {"edits": [{"edit": "Wish"}]}, "cannot be made"
    without = deepcopy(claim["without each"])
    without[0]["fails"] = ["deliverable"]
    yield claim | {"without each": without}, "without edit 1"
    without = deepcopy(claim["without each"])
    without[0]["leaving"] = ["IN"]
    yield claim | {"without each": without}, "without edit 1"
    more = {"edit": "MarkCore", "party": "US", "at": 0, "core": True}
    padded = [*claim["without each"], claim["without each"][0] | {"without": len(claim["edits"])}]
    yield claim | {"edits": [*claim["edits"], more], "without each": padded}, "is not needed"


def test_a_claim_that_is_altered_is_refused():
    for claim, why in altered(claims()[0]):
        assert why in nearest(CASE, claim)


def test_a_change_must_be_that_of_its_certificate():
    data = deepcopy(printed()[0])
    data["changes"][0]["edits"], data["changes"][1]["edits"] = data["changes"][1]["edits"], data["changes"][0]["edits"]
    assert [finding.outcome for finding in verify(CASE, data).findings[:2]] == ["refused", "refused"]
    lacking = {key: value for key, value in data["changes"][2].items() if key != "certificate"}
    assert fault_in_change(CASE, lacking) == "it has no certificate"


def test_an_edit_that_does_too_little_is_refused():
    claim = deepcopy(claims()[0])
    claim["edits"][0]["at"] += 1
    assert "with all its edits" in nearest(CASE, claim)


def test_too_many_states_are_left_unchecked(monkeypatch):
    monkeypatch.setattr("detente.verification.nearest.MOST_STATES", 100)
    found = verify(CASE, printed()[0]).findings
    assert {finding.outcome for finding in found if finding.claim != "costs"} == {"unchecked"}


@pytest.mark.parametrize(
    "edit",
    [
        {"edit": "SwapConcerns", "party": "A", "first": 0, "second": 9},
        {"edit": "DropConcern", "party": "A", "at": -1},
        {"edit": "MarkCore", "party": "B", "at": 0},
        {"edit": "AddConcern", "party": "A", "concern": "o", "at": 5},
        {"edit": "AddContract", "approach": "none", "contract": {}},
        {"edit": "DropRule", "at": 0},
        {"edit": "RaiseClout", "of": "A"},
    ],
)
def test_an_edit_of_what_is_not_there_cannot_be_made(edit):
    with pytest.raises(CannotBeMadeError):
        edited({"parties": {"A": {"concerns": ["o", "p"]}}}, [edit])


def test_edits_leave_the_document_as_it_was():
    document = {"parties": {"A": {"concerns": ["o", "p"]}}, "rules": ["o", "p"]}
    before = deepcopy(document)
    swapped = edited(document, [{"edit": "SwapConcerns", "party": "A", "first": 0, "second": 1}])
    assert swapped["parties"]["A"]["concerns"] == ["p", "o"]
    assert edited(document, [{"edit": "DropRule", "at": 0}])["rules"] == ["p"]
    assert document == before
    assert set(MAKE) >= {"SwapConcerns", "FormCoalition"}
