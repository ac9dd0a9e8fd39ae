"""Of any true answer about a random case, nothing is refused; one thing changed or taken out anywhere, and it is."""

import copy
import json
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.errors import DetenteError
from detente.files.load import read_document
from detente.questions.accord import accord
from detente.questions.approaches import approaches
from detente.questions.check import read
from detente.questions.coalitions import coalitions
from detente.questions.demands import demands
from detente.questions.paths import paths
from detente.questions.stability import stability
from detente.questions.verify import verify

sys.path.insert(0, str(Path(__file__).parents[1] / "questions"))
from bargains import bargains  # the random cases of the questions' own tests

ASK = {"accord": accord, "approaches": approaches, "demands": demands, "stability": stability, "paths": paths,
       "coalitions": coalitions}  # fmt: skip
TOLD = {"text", "because", "assumes", "notes", "in turn", "complaints", "title", "engine", "source", "name", "note",
        "undecided", "joint moves", "nearest change", "alarm", "endings", "repairs", "clout"}  # fmt: skip
"""What is not derived again, as the answer says, or is a choice among several that are as good."""
CHOSEN = {"path", "paths", "answer", "move", "possible without", "possible with", "best response", "differing options",
          "helpful completion", "deviation", "punishment", "from start", "from anywhere", "target"}  # fmt: skip


def answers(case):
    for name, ask in ASK.items():
        try:
            yield name, json.loads(ask(case).render("json"))
        except DetenteError:
            continue  # a question that this case does not answer, such as one about today


@given(bargains())
@settings(max_examples=10, suppress_health_check=list(HealthCheck))
def test_true_answers_are_accepted(case):
    for name, answer in answers(case):
        assert verify(case, answer).refused == (), name


def places(data, path=()):
    """Yield where an answer's values stand, of those that are derived again."""
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        if key in TOLD or key in CHOSEN:
            continue
        yield (*path, key)
        if isinstance(value, dict | list):
            yield from places(value, (*path, key))


def altered(answer, path, draw):
    """Change one value of an answer, or take it out."""
    changed = copy.deepcopy(answer)
    parent = changed
    for key in path[:-1]:
        parent = parent[key]
    key, value = path[-1], parent[path[-1]]
    if isinstance(value, bool):
        parent[key] = not value
    elif isinstance(value, int | float):
        parent[key] = value + draw(st.sampled_from((1, -1)))
    elif isinstance(value, str):
        parent[key] = draw(st.sampled_from(("", "none", "Nash", value[::-1] + "-", "by itself", "B")))
    elif value is None:
        parent[key] = draw(st.sampled_from((0.5, "strong", True)))
    elif isinstance(value, list | dict) and value:
        value.pop(next(iter(value)) if isinstance(value, dict) else draw(st.integers(0, len(value) - 1)))
    return changed


@given(bargains(most=4), st.data())
@settings(max_examples=40, suppress_health_check=list(HealthCheck))
def test_one_thing_changed_is_noticed(case, data):
    name, answer = data.draw(st.sampled_from(list(answers(case))))
    # Titles do not count, and whose ability together is told is a choice.
    free = [path for path in places(answer) if path[0] != "case" and path[:2] != ("together", "parties")]
    path = data.draw(st.sampled_from(free))
    changed = altered(answer, path, data.draw)
    if changed == answer:
        return
    try:
        checked = verify(case, changed)
    except DetenteError:
        return  # it cannot be read any more
    assert not checked.accepted or checked.unchecked, (name, path)


DISPUTE = """
title: Dam
parties:
  Up:
    options: [dam, share]
    concerns: [{want: dam, core: true}, not share]
  Down:
    options: [pay, protest]
    concerns: [{want: Up.share, core: true}, not pay]
rules: [{that: not (Up.dam and Up.share), kind: causal, because: the water is needed, relaxable: true}]
today: []
demands:
  - {id: water, from: Down, to: Up, that: Up.share}
  - {id: leave, from: Up, to: Down, that: Up.dam}
approaches:
  trade: {contracts: [{by: Down, with: Down.pay, iff: Up.share}]}
"""


@pytest.fixture(scope="module")
def dispute():
    return read_document(DISPUTE).case


EMPTIED = {
    "accord": ["packages", "nearest change"],
    "demands": ["contradictions", "deliverability"],
    "approaches": ["approaches"],
    "stability": ["stable", "equilibria", "counts", "parties"],
    "paths": ["targets", "states by fewest moves"],
}


@pytest.mark.parametrize(("name", "key"), [(name, key) for name, keys in EMPTIED.items() for key in keys])
def test_an_emptied_list_is_not_accepted(dispute, name, key):
    answer = json.loads(ASK[name](dispute).render("json"))
    assert verify(dispute, answer).accepted and not verify(dispute, answer).unchecked
    answer[key] = type(answer[key])()
    checked = verify(dispute, answer)
    assert not checked.accepted or checked.unchecked


DEMANDS_ALTERATIONS = {
    "kind": lambda d: d["contradictions"][0].update(kind="logical"),
    "whose": lambda d: d["contradictions"][0].update({"from": ["Up"]}),
    "complete": lambda d: d.update(complete=False),
    "one left out": lambda d: d["contradictions"].pop(),
    "its certificate taken out": lambda d: d["contradictions"][0]["certificates"].clear(),
    "a repair that mends nothing": lambda d: d["contradictions"][0]["repairs"][0].update(
        edits=[{"edit": "RedirectDemand", "id": "water", "to": "Down"}]
    ),
    "a repair without an edit": lambda d: d["contradictions"][0]["repairs"][-1].update(edits=[]),
    "alone": lambda d: d["deliverability"][0].update(alone=not d["deliverability"][0]["alone"]),
    "clout": lambda d: d["deliverability"][0].update({"with clout": "weak"}),
    "a coalition too much": lambda d: d["deliverability"][0]["coalitions"].append(["Up", "Down"]),
    "coalitions left out": lambda d: d["deliverability"][0]["coalitions"].clear(),
    "who can prevent": lambda d: d["deliverability"][0]["prevented by"].append(["Down"]),
    "verdict": lambda d: d["deliverability"][0].update(verdict="cannot"),
}


@pytest.mark.parametrize("name", DEMANDS_ALTERATIONS)
def test_an_altered_answer_about_demands_is_refused(dispute, name):
    answer = json.loads(demands(dispute).render("json"))
    assert verify(dispute, answer).accepted
    DEMANDS_ALTERATIONS[name](answer)
    assert not verify(dispute, answer).accepted


def test_a_package_that_is_named_is_judged_again(dispute):
    answer = json.loads(accord(dispute).judge("---N").render("json"))
    assert verify(dispute, answer).accepted
    for key, value in (
        ("completions", 1),
        ("passes", True),
        ("verdicts over completions", answer["verdicts over completions"] | {"accommodates": "always"}),
        ("spoiled by", {}),
        ("best completion", "YNYN"),
        ("packages", []),
    ):
        assert not verify(dispute, answer | {key: value}).accepted, key


def test_a_single_certificate_can_be_given_as_it_is():
    case = read("elmira")
    explained = stability(case).explain("YNYNN")
    assert all(verify(case, certificate).accepted for certificate in explained.certificates)
    assert verify(case, explained.certificates[0].data()).accepted


GARBAGE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.data(), GARBAGE)
@settings(max_examples=60, suppress_health_check=list(HealthCheck))
def test_no_garbage_ends_in_a_traceback(dispute, data, garbage):
    name = data.draw(st.sampled_from(sorted(ASK)))
    answer = json.loads(ASK[name](dispute).render("json"))
    path = data.draw(st.sampled_from([path for path in places(answer) if len(path) < 5]))
    parent = answer
    for key in path[:-1]:
        parent = parent[key]
    parent[path[-1]] = garbage
    try:
        verify(dispute, answer)
        verify(dispute, {path[0]: garbage, "claim": garbage})
    except DetenteError as error:
        assert "give the JSON" in str(error)


@pytest.mark.parametrize(
    "answer",
    [
        {"packages": 1},
        [],
        None,
        "text",
        {"first": {}, "second": {}, "equilibria": {}},
        {"claim": []},
        {"equilibria": {"Nash": ["YN"]}},
        {"packages": [[]] * 3, "approaches": ["none"]},
        {"page": [], "accord": 3},
        {"stable": {"MoE": []}},
    ],
)
def test_what_has_not_the_published_form_cannot_be_read(answer):
    with pytest.raises(DetenteError, match="give the JSON that accord"):
        verify(read("elmira"), answer)
