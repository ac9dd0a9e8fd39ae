"""What a sound file says arrives in the case, in all the ways a file may say it."""

import json
from fractions import Fraction

import pytest
from case_texts import FULL, PAIR

from detente.files.load import load, read_document, shipped
from detente.files.nodes import plain
from detente.files.yaml import read_yaml
from detente.model.document import document


def sound(text, file=""):
    loaded = read_document(text, file)
    assert not loaded.errors, [fault.text() for fault in loaded.errors]
    return loaded.case


@pytest.mark.parametrize("name", shipped())
def test_shipped_cases_are_sound(name):
    loaded = load(name)
    assert loaded.case is not None
    assert loaded.faults == ()
    assert loaded.file == name


def test_every_key_is_read():
    case = sound(FULL)
    assert document(case)["approaches"]["shared"]["shared concerns"] == {
        "parties": ["MoE", "Uniroyal"],
        "which": "all",
        "order": "interleaved",
    }
    assert case.today == (0, 1, 0, 0, 0, 1)
    assert case.patience == Fraction(9, 10)
    assert case.party("LG").weights[2][1] == Fraction(2, 3)
    assert case.payments[0].found_out_with_chance == Fraction(3, 10)
    assert case.approaches[2].deference[1].on == ("core",)
    assert not case.conventions.ties_sanction
    assert not case.approaches[1].contracts[0].binding
    assert case.rules[1].relaxable and case.rules[1].kind == "causal"
    assert case.parties[0].concerns[1].mark.source == "hipel ¶3"
    assert dict(case.outcome_marks)["lost"].note == "the rest"
    assert case.monitoring == "border.yaml"


def test_what_is_written_down_is_read_back():
    case = sound(FULL)
    assert sound(json.dumps(document(case)), "case.json") == case


FED = (
    PAIR
    + """monitoring:
  scenario: border.yaml
  fingerprint: 1a2b3c4d
  classes: 4
  agencies: {A: patrol}
  taking part: {A: {joint teams: a, none: B.b}, B: {joint planning: b}}
  in place: {fence: B.c and not A.a}
"""
)


def test_what_options_mean_for_a_monitoring_scenario_is_read_and_written_back():
    case = sound(FED)
    assert case.monitoring == "border.yaml"
    assert [(way.party, way.way, str(way.where)) for way in case.feed.taking_part] == [
        ("A", "joint teams", "A.a"),
        ("A", "none", "B.b"),
        ("B", "joint planning", "B.b"),
    ]
    assert document(case)["monitoring"]["taking part"]["A"] == {"joint teams": "a", "none": "B.b"}
    assert sound(json.dumps(document(case)), "case.json") == case
    assert {str(statement) for statement in case.every_statement()} >= {"A.a", "B.b", "B.c and not A.a"}


def test_json_and_yaml_say_the_same_with_the_same_places():
    text = json.dumps({"title": "T", "parties": {"A": {"options": {"a": "Act"}, "weights": {"a": 0.1}}}}, indent=1)
    as_json, as_yaml = read_document(text, "a.json"), read_document("# YAML\n" + text, "a.yaml")
    assert as_json.case == as_yaml.case
    assert as_json.case.parties[0].weights[0][1] == Fraction(1, 10)
    assert {path: (line + 1, column) for path, (line, column) in as_json.places.items()} == as_yaml.places


def test_a_text_that_begins_with_a_brace_may_be_yaml():
    assert sound("{title: x, parties: {A: {options: [a], concerns: [not a]}}}").title == "x"


def test_a_byte_order_mark_and_windows_line_ends_are_read():
    case = sound(PAIR)
    assert sound("\ufeff" + PAIR.replace("\n", "\r\n")) == case


def test_the_title_of_a_case_without_one_is_the_name_of_its_file():
    assert sound("parties: {A: {options: [a], concerns: []}}", "there/border.yaml").title == "border"


def test_places_are_those_of_the_values():
    loaded = read_document(PAIR)
    rows = PAIR.splitlines()
    assert loaded.places[("title",)] == (1, 8)
    assert loaded.places[("parties", "A", "concerns", 0)] == (4, rows[3].index("not a") + 1)
    assert loaded.places[("parties", "A", "concerns", 1, "want")] == (4, rows[3].index("B.b") + 1)
    assert loaded.places[("parties", "B", "weights", "A.a")] == (5, rows[4].index("-9") + 1)


def test_options_as_a_list_of_ids_have_places():
    loaded = read_document("parties:\n  A: {options: [a, b], concerns: []}\n")
    assert loaded.places[("parties", "A", "options", "b")] == (2, 20)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("", (0, 0, 0, 0)),
        ("today: []\n", (0, 0, 0, 0)),
        ("today:\n", (0, 0, 0, 0)),
        ("today: [A.a, {A.l: some}]\n", (1, 1, 0, 0)),
        ("today: A.a\n", (1, 0, 0, 0)),
        ("today: {A.a: true, A.l: full, B.b: no}\n", (1, 2, 0, 0)),
        ("today: {levels: {A.l: full}}\n", (0, 2, 0, 0)),
        ("today: [B.c, {levels: {A.l: full}}]\n", (0, 2, 0, 1)),
        ("today: Y2NY\n", (1, 2, 0, 1)),
        ("today: Y 2 N Y\n", (1, 2, 0, 1)),
        ("coalesce: [B.b and A.a]\ntoday: Y-Y-\n", (1, 0, 1, 0)),
        ("rules: [A.a]\n", None),
    ],
)
def test_today(today, expected):
    assert sound(PAIR + today).today == expected


def test_a_case_of_plain_named_states():
    case = sound(
        "parties: {A: {ranking: [calm, [war, talks]]}, B: {concerns: []}}\n"
        "states: [calm, war, talks]\nmoves: {A: {calm: [war], war: [talks, calm]}}\ntoday: calm\n"
    )
    assert case.states == ("calm", "war", "talks")
    assert case.moves == (("A", (("calm", ("war",)), ("war", ("talks", "calm")))),)
    assert case.today == "calm"
    assert case.parties[0].ranking == (("calm",), ("war", "talks"))


def test_named_statements_may_use_each_other_in_any_order():
    case = sound(PAIR + "outcomes: {x: y or A.a, y: not B.b}\n")
    assert [name for name, _ in case.outcomes] == ["x", "y"]
    assert str(case.outcomes[0][1]) == "y or A.a"


def test_a_level_may_be_called_as_a_named_statement_is():
    case = sound(PAIR + "outcomes: {full: A.l = full}\n")
    assert [name for name, _ in case.outcomes] == ["full"]


def test_words_that_other_yaml_would_read_otherwise():
    case = sound("parties: {A: {options: {yes: 'On', on: Off, l: {levels: [1, true, no]}}, concerns: [l = 1]}}")
    assert [option.id for option in case.options] == ["yes", "on", "l"]
    assert case.options[2].levels == ("1", "true", "no")


@pytest.mark.parametrize(
    ("written", "value"),
    [("3", 3), ("0.10", Fraction(1, 10)), ("2e1", 20), ("2/5", Fraction(2, 5)), ("40%", Fraction(2, 5)), ("0x10", 16)],
)
def test_numbers_are_exact(written, value):
    case = sound(f"parties: {{A: {{options: [a], weights: {{a: {written}}}}}}}")
    assert case.parties[0].weights[0][1] == value


def test_a_contract_with_a_list_is_one_contract_an_option():
    text = PAIR + "approaches: {x: {contracts: [{by: B, with: [B.b, B.c], iff: A.a}]}}\n"
    assert [contract.paid for contract in sound(text).approaches[0].contracts] == ["B.b", "B.c"]


def test_a_complaint_may_name_its_concern_by_the_statement():
    text = PAIR + "complaints: [{id: u, from: A, about: B, that: B.b, concern: not a}]\n"
    assert sound(text).complaints[0].concern == "not A.a"


def test_the_sound_items_make_a_case_when_states_can_be_told():
    loaded = read_document(PAIR + "rules: [A.a or B.b]\ndemands: [{id: d, from: A, to: B, that: B.x}]\n")
    assert loaded.errors
    assert loaded.case is not None and len(loaded.case.rules) == 1 and loaded.case.demands == ()


@pytest.mark.parametrize("more", ["rules: [A.x]\n", "states: [N]\n", "outcomes: {x: A.y}\n"])
def test_no_case_when_states_cannot_be_told(more):
    assert read_document(PAIR + more).case is None


def test_plain_data_of_yaml():
    node, faults = read_yaml("a: [x, 1, '1', true, ~, yes]\nb:\n  c: >-\n    two\n    lines\n")
    assert faults == []
    data = plain(node)
    assert [getattr(value, "text", value) for value in data["a"]] == ["x", "1", "1", "true", None, "yes"]
    assert data["b"] == {"c": "two lines"}
