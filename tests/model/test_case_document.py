"""How a case is written down: the form and the key order of the case file, short wherever nothing else is said."""

import json
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from model_cases import elmira, reader, small

from detente.model.case import (
    Approach,
    Case,
    Clout,
    Concern,
    Conventions,
    Deference,
    Mark,
    Option,
    Party,
    Rule,
    SharedConcerns,
)
from detente.model.document import document, number

CASE = elmira()


def test_the_example_of_the_file_format():
    data = document(CASE)
    assert list(data) == [
        *("title", "sources", "parties", "rules", "outcomes", "coalesce", "today", "table", "accommodate", "patience"),
        *("demands", "complaints", "resources", "clout", "needs", "payments", "approaches", "issues", "monitoring"),
    ]
    assert data["parties"]["MoE"] == {
        "name": "Ministry of the Environment",
        "options": {"modify": "Modify the control order"},
        "concerns": [
            "not Uniroyal.abandon",
            {"want": "Uniroyal.accept", "core": True, "name": "clean-up", "source": "hipel-1993"},
            "not modify",
        ],
    }
    assert data["parties"]["Uniroyal"]["options"]["delay"] == {"name": "Delay the appeal", "direction": "off"}
    assert data["rules"] == ["exactly 1 of (Uniroyal.delay, Uniroyal.accept, Uniroyal.abandon)"]
    assert data["outcomes"] == {"settled": "Uniroyal.accept and not LG.insist"}
    assert data["coalesce"] == ["Uniroyal.abandon"]
    assert data["today"] == ["Uniroyal.delay"]
    assert data["patience"] == 0.9
    assert data["demands"] == [
        {
            "id": "clean",
            "from": "LG",
            "to": "Uniroyal",
            "that": "Uniroyal.accept",
            "source": "hipel-1993",
            "from time": 1,
            "by time": 3,
        }
    ]
    complaint = {"id": "slow", "from": "LG", "about": "Uniroyal", "that": "Uniroyal.delay", "concern": "clean-up"}
    assert data["complaints"] == [complaint]
    assert data["resources"] == [{"name": "lawyers", "of": "MoE", "amount": 3, "uses": {"MoE.modify": 2}}]
    assert data["clout"] == [
        {"of": "MoE", "over": "Uniroyal", "on": "Uniroyal.accept", "strength": "weak", "while": "not MoE.modify"}
    ]
    need = {"party": "Uniroyal", "needs": "permit", "from": "MoE", "given when": "not MoE.modify", "loss without": 3}
    assert data["needs"] == [need | {"substitutes": [{"from": "LG", "loss": 2}]}]
    payment = {"by": "MoE", "to": "Uniroyal", "with": "MoE.modify", "for": "Uniroyal.accept", "amount": 10}
    chances = {"cost of effort": 3, "solves with chance": 0.2, "found out with chance": 0.3, "after success": 0}
    assert data["payments"] == [payment | chances]
    contract = {"by": "MoE", "with": "MoE.modify", "iff": "Uniroyal.accept"}
    assert data["approaches"] == {
        "contract": {"contracts": [contract]},
        "promise": {"contracts": [contract | {"binding": False}]},
        "patronage": {
            "deference": [{"client": "Uniroyal", "patron": "LG", "while": "MoE.modify", "on": ["clean"]}],
        },
        "shared": {"shared concerns": {"parties": ["MoE", "LG"]}, "coalitions": [["MoE", "LG"]]},
    }
    positions, salience = {"MoE": 80, "Uniroyal": 10}, {"MoE": 0.5, "Uniroyal": 0.9}
    assert data["issues"] == {"price": {"positions": positions, "salience": salience}}
    assert data["monitoring"] == "border.yaml"


def test_it_is_plain_data_and_the_case_stays_as_it_is():
    assert json.loads(json.dumps(document(CASE))) == document(CASE)
    assert elmira() == CASE


def test_a_case_that_says_little_is_short():
    assert document(Case("empty", (Party("A"),))) == {"title": "empty", "parties": {"A": {}}}


def test_indifference_is_said_and_no_preferences_are_not():
    data = document(Case("x", (Party("A", concerns=()), Party("B"))))
    assert data["parties"] == {"A": {"concerns": []}, "B": {}}


def test_today_lists_options_and_levels_above_the_lowest():
    options = (Option("US", "aid", ("none", "some", "full")), Option("US", "leave"), Option("US", "watch", ("a", "b")))
    case = Case("x", (Party("US", options),), today=(2, 1, 0))
    assert document(case)["today"] == [{"US.aid": "full"}, "US.leave"]
    assert document(replace(case, today=(0, 0, 0)))["today"] == []
    assert document(replace(case, today=None))["today"] == "unknown"
    assert "today" not in document(replace(case, parties=(), states=("A", "B"), today=None))
    assert document(replace(case, today="war"))["today"] == "war"
    assert document(case)["parties"]["US"]["options"] == {
        "aid": {"levels": ["none", "some", "full"]},
        "leave": {},
        "watch": {"levels": ["a", "b"]},
    }


def test_marks_stand_beside_every_item():
    mark = Mark("n", "s", "t", "recalled")
    said = {"name": "n", "source": "s", "note": "t", "standing": "recalled"}
    options = (Option("A", "go", mark=mark),)
    read = reader(list(options))
    case = Case(
        "x",
        (Party("A", options, (Concern(read("go", "A"), mark=mark),), mark=mark),),
        rules=(Rule(read("A.go"), "causal", "so it is", True, mark),),
        outcomes=(("gone", read("A.go")), ("stays", read("not A.go"))),
        outcome_marks=(("gone", mark),),
        mark=mark,
        conventions=Conventions(ties_sanction=False),
        approaches=(Approach("a", mark=mark),),
    )
    data = document(case)
    assert {key: data[key] for key in said} == said
    assert data["parties"]["A"] == said | {"options": {"go": said}, "concerns": [{"want": "go"} | said]}
    assert list(data["parties"]["A"]) == ["name", "options", "concerns", "source", "note", "standing"]
    assert data["rules"] == [{"that": "A.go", "kind": "causal", "because": "so it is", "relaxable": True} | said]
    assert data["outcomes"] == {"gone": {"that": "A.go"} | said, "stays": "not A.go"}
    assert data["conventions"] == {"ties sanction": False}
    assert data["approaches"] == {"a": said}


def test_rankings_weights_states_and_moves():
    read = reader([Option("A", "go"), Option("B", "talk")])
    weights = ((read("go", "A"), Fraction(-2)), (read("B.talk", "A"), Fraction(2, 3)))
    ranked = Party("B", (Option("B", "talk"),), ranking=(("YN",), ("NN", "NY")))
    case = Case(
        "x",
        (Party("A", (Option("A", "go"),), weights=weights), ranked),
        states=("YN", "NN", "NY"),
        moves=(("B", (("NN", ("NY",)),)),),
    )
    data = document(case)
    assert data["parties"]["A"]["weights"] == {"go": -2, "B.talk": "2/3"}
    assert data["parties"]["B"]["ranking"] == ["YN", ["NN", "NY"]]
    assert data["states"] == ["YN", "NN", "NY"]
    assert data["moves"] == {"B": {"NN": ["NY"]}}


def test_clauses_that_are_long_are_long():
    read = reader(list(CASE.options))
    approach = Approach(
        "a",
        deference=(Deference("MoE", "LG", ("core",)), Deference("MoE", "LG", ("clean", "dirty"))),
        shared_concerns=(SharedConcerns(("MoE", "LG"), "all", "interleaved"), SharedConcerns(("MoE", "LG"))),
    )
    clout = Clout("MoE", "Uniroyal", ("Uniroyal.accept", "Uniroyal.delay"), "strong", read("LG.insist"))
    data = document(replace(CASE, approaches=(approach,), clout=(clout,)))
    assert data["clout"][0]["on"] == ["Uniroyal.accept", "Uniroyal.delay"]
    assert data["approaches"]["a"] == {
        "deference": [
            {"client": "MoE", "patron": "LG", "on": "core"},
            {"client": "MoE", "patron": "LG", "on": ["clean", "dirty"]},
        ],
        "shared concerns": [
            {"parties": ["MoE", "LG"], "which": "all", "order": "interleaved"},
            {"parties": ["MoE", "LG"]},
        ],
    }


def test_a_concern_that_came_from_another_party_is_written_with_full_names():
    case = small(
        {"A": ["*a1"], "B": ["*b1 and not b2"]}, Approach("s", shared_concerns=(SharedConcerns(("A", "B")),))
    ).under("s")
    concerns = document(case)["parties"]["A"]["concerns"]
    assert concerns == [{"want": "a1", "core": True}, {"want": "B.b1 and not B.b2", "core": True}]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Fraction(3), 3),
        (Fraction(0), 0),
        (Fraction(9, 10), 0.9),
        (Fraction(-1, 4), -0.25),
        (Fraction(1, 3), "1/3"),
        (Fraction(1, 2**60), "1/1152921504606846976"),
        (Fraction(10**30 + 1), 10**30 + 1),
    ],
)
def test_numbers_are_exact(value, written):
    assert number(value) == written
    assert type(number(value)) is type(written)


@given(st.fractions())
def test_a_written_number_reads_back_exactly(value):
    assert Fraction(str(number(value))) == value
