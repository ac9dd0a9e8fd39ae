"""Every part of every answer is derived again, or named as not derived: altered anywhere else, an answer is noticed."""

import copy
import json

import pytest
from parts_of_answers import ASK, altered, answered, fishers, items, leaves, named, river, silent

from detente.game import setting
from detente.questions.change import change
from detente.questions.check import read
from detente.questions.common import common_ground
from detente.questions.compare import compare
from detente.questions.verify import verify
from detente.verification.common import check_common
from detente.verification.forms import FORMS, kind_of
from detente.verification.worlds import Worlds

CASES = {"river": river, "fishers": fishers}
SENTENCES = "sentences, which say in words what stands beside them"
NEAREST = "that no cheaper change would do than the nearest one"
REASON = "which rules are named as the reason of a contradiction"
REPAIRS = "whether there are other repairs than those that are listed"
ENGINE = "with which engine an answer was found"
NAMED = {
    "accord": {SENTENCES, NEAREST},
    "approaches": {SENTENCES},
    "coalitions": set(),
    "compare": {
        "what differs in the cases as they are written",
        "which equilibria two cases share, but for one case under two approaches",
        "which contradictions both sides share (each side's demands tell its own)",
        "what becomes of the best packages of a side on the other",
    },
    "demands": {SENTENCES, REASON, REPAIRS},
    "explain": set(),
    "needs": {SENTENCES},
    "paths": set(),
    "payments": {SENTENCES},
    "stability": {ENGINE},
    "robustness": {
        "which states were asked about",
        "in how many variations a state holds",
        "how much each variation changes, and which ones they are",
    },
    "trades": {SENTENCES},
    "explain several": set(),
    "named package": set(),
    "analyze": {
        SENTENCES,
        NEAREST,
        REASON,
        REPAIRS,
        "which lines of the case the findings rest on",
    },
}
"""All that is not derived again of an answer about the river, in the words in which that is said."""


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", ASK)
def test_what_is_true_is_accepted_and_nothing_is_left_unchecked(case, name):
    checked = verify(CASES[case](), answered(CASES[case](), name))
    assert checked.accepted and not checked.unchecked, (checked.refused, checked.unchecked)


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", [name for name in ASK if name != "analyze"])
def test_what_is_altered_is_noticed(case, name):
    assert silent(CASES[case](), answered(CASES[case](), name)) == []


@pytest.mark.parametrize(
    ("case", "names"),
    [
        ("elmira", ["demands", "paths", "coalitions", "approaches", "stability"]),
        ("syria-iraq", ["accord", "paths", "approaches"]),
        ("camp-david-1978", ["trades", "needs"]),
        ("aid-for-effort", ["needs", "payments"]),
        ("us-pakistan-2018", ["needs", "payments"]),
    ],
)
def test_what_is_altered_about_a_shipped_case_is_noticed(case, names):
    for name in names:
        assert silent(read(case), answered(read(case), name), each_kind=1) == [], name


@pytest.mark.parametrize("part", ["needs", "payments", "demands", "approaches", "accord"])
def test_the_answers_that_a_page_is_made_of_are_checked(part):
    page = answered(river(), "analyze")
    assert verify(river(), page).accepted
    for path in [path for path in items(page[part]) if len(path) < 3 and not named(path, _form(part))]:
        changed = copy.deepcopy(page)
        parent = changed[part]
        for key in path[:-1]:
            parent = parent[key]
        if isinstance(parent[path[-1]], str):
            parent[path[-1]] += "x"
            assert not verify(river(), changed).accepted, path


def _form(part):
    form = FORMS[part]
    return form["approaches"] if part == "approaches" else form


def test_what_a_page_leaves_out_is_said():
    page = answered(river(), "analyze")
    for part in ("needs", "demands", "accord"):
        checked = verify(river(), page | {part: None})
        assert f"‘{part}’, which the page leaves out" in checked.not_checked
    assert not verify(river(), page | {"approach": "none"}).accepted


@pytest.mark.parametrize("name", NAMED)
def test_what_is_not_derived_again_is_named(name):
    checked = verify(river(), answered(river(), name))
    assert set(checked.not_checked) == NAMED[name]
    text = checked.render("text").replace("\n  ", " ")
    assert all(f"Not derived again: {words}"[:60] in text for words in NAMED[name])
    assert checked.data()["not checked"] == list(checked.not_checked)


def test_what_is_not_derived_again_of_a_change_is_named():
    case = read("us-pakistan-2018")
    told = verify(case, json.loads(change(case).render("json"))).not_checked
    assert any(words.startswith("how the nearest changes were searched for") for words in told)


@pytest.mark.parametrize("name", [name for name in ASK if name != "analyze"])
def test_a_part_that_no_answer_has_is_named(name):
    answer = answered(river(), name)
    checked = verify(river(), answer | {"surety": 1})
    assert "‘surety’, which verify does not know" in checked.not_checked
    assert kind_of(answer) in FORMS


def test_another_title_is_said():
    answer = answered(river(), "needs")
    answer["case"]["title"] = "Sea"
    checked = verify(river(), answer)
    assert checked.accepted and checked.unchecked[0].claim == "the title"


@pytest.mark.parametrize("name", ["elmira", "aid-for-effort", "river"])
def test_an_altered_common_ground_is_noticed(name):
    case = river() if name == "river" else read(name)
    told, worlds = json.loads(json.dumps(common_ground(setting(case)).data())), Worlds(case)
    assert told["apart"] and (told["shared"] or told["shared by some"] or name == "river")
    assert {each.outcome for each in check_common(worlds, told)} == {"accepted"}
    for taken_out, path in [*((False, path) for path in leaves(told)), *((True, path) for path in items(told))]:
        try:
            outcomes = {each.outcome for each in check_common(worlds, altered(told, path, taken_out))}
        except KeyError:
            continue  # it has not the form of a page any more
        assert "refused" in outcomes, (taken_out, path)


def test_what_an_interruption_left_out_is_unchecked_and_what_it_left_is_refused_where_it_is_wrong():
    answer = answered(river(), "accord") | {"complete": False, "interrupted": True}
    kept = answer | {"packages": answer["packages"][:1]}
    checked = verify(river(), kept)
    assert checked.accepted and checked.unchecked and "what an interruption left out" in checked.not_checked
    wrong = copy.deepcopy(kept)
    wrong["packages"][0]["certificates"][0]["verdict"] ^= True
    assert not verify(river(), wrong).accepted


def test_a_comparison_is_checked_for_the_side_that_is_the_case():
    one, other = read("elmira"), read("elmira/twelve-states")
    answer = json.loads(compare(one, other).render("json"))
    for case, side, place in ((one, "second", 0), (other, "first", 1)):
        checked = verify(case, answer)
        assert checked.accepted and [each.claim for each in checked.unchecked] == [f"the {side} side"]
        wrong = copy.deepcopy(answer)
        wrong["accommodating by themselves"][place] += 1
        assert not verify(case, wrong).accepted
    assert not verify(river(), answer).accepted
