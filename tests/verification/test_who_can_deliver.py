"""Who can deliver, found again: with merged states, and where the demander has to do a part of it itself."""

import json
import random

import pytest

from detente.files.load import read_document
from detente.questions.change import change
from detente.questions.demands import demands
from detente.questions.verify import verify

STRAIT = {
    "title": "A strait that one side may leave for good",
    "parties": {
        "Shore": {"options": {"mine": "mine it", "search": "search ships"}, "concerns": ["not Fleet.leave"]},
        "Fleet": {"options": {"leave": {"name": "leave", "direction": "on"}}, "concerns": ["not leave"]},
    },
    "coalesce": ["Fleet.leave"],
    "today": ["Shore.search"],
    "demands": [{"id": "free", "from": "Fleet", "to": "Shore", "that": "not Shore.mine and not Shore.search"}],
}
PERMIT = {
    "title": "Who demands has to permit it",
    "parties": {
        "Town": {"options": {"permit": "permit it"}, "concerns": ["Firm.build"]},
        "Firm": {"options": {"build": "build"}, "concerns": ["build"]},
    },
    "rules": ["Town.permit if Firm.build"],
    "demands": [{"id": "work", "from": "Town", "to": "Firm", "that": "Firm.build"}],
}


def read(document):
    loaded = read_document(json.dumps(document))
    assert not loaded.errors
    return loaded.case


def answer(case):
    return json.loads(demands(case).render("json"))


def drawn(seed):
    """A small random case in which states are merged; None where the file would not be sound."""
    draw = random.Random(seed)
    parties = ["A", "B", "C"][: draw.choice([2, 3])]
    keys = {party: [f"o{number}" for number in range(draw.choice([1, 2]))] for party in parties}
    every = [f"{party}.{key}" for party in parties for key in keys[party]]
    merged = draw.choice(every)

    def said():
        return draw.choice(["", "not "]) + draw.choice(every)

    document = {
        "title": "drawn",
        "parties": {
            party: {
                "options": {key: {"name": key, **({"direction": "on"} if draw.random() < 0.3 else {})} for key in own},
                "concerns": [draw.choice([merged, f"not {merged}"])],
            }
            for party, own in keys.items()
        },
        "coalesce": [merged],
        "today": [key for key in every if draw.random() < 0.4],
        "demands": [
            {"id": f"d{number}", "from": a, "to": b, "that": said() + draw.choice([" and ", " or "]) + said()}
            for number, (a, b) in enumerate(draw.sample(parties, 2) for _ in range(3))
        ],
    }
    loaded = read_document(json.dumps(document))
    return None if loaded.errors else loaded.case


def test_what_holds_in_some_members_of_a_merged_state_only_cannot_be_delivered_alone():
    told = answer(read(STRAIT))
    assert [each["alone"] for each in told["deliverability"]] == [False]
    assert verify(read(STRAIT), told).refused == ()
    told["deliverability"][0]["alone"] = True
    assert verify(read(STRAIT), told).refused


def test_asking_for_it_in_parts_is_accepted_where_the_demander_has_a_part():
    told = answer(read(PERMIT))
    assert [each["coalitions"] for each in told["deliverability"]] == [[["Town", "Firm"]]]
    assert told["deliverability"][0]["repairs"]
    assert verify(read(PERMIT), told).refused == ()


@pytest.mark.parametrize("start", range(0, 100, 20))
def test_true_answers_about_merged_states_are_accepted(start):
    cases = [case for seed in range(start, start + 20) if (case := drawn(seed)) is not None]
    assert cases
    for case in cases:
        assert verify(case, answer(case)).refused == ()


@pytest.mark.parametrize("approach", ["every", "unheard-of", "deal"])
def test_a_change_under_another_approach_than_its_answer_is_refused(approach):
    deal = {"contracts": [{"by": "Town", "with": "Town.permit", "iff": "Firm.build"}]}
    document = PERMIT | {"approaches": {"deal": deal}}
    document["parties"] = document["parties"] | {"Firm": {"options": {"build": "build"}, "concerns": ["not build"]}}
    told = json.loads(change(read(document), "Firm.build").render("json"))
    assert any(each["approach"] == "none" for each in told["changes"])
    assert verify(read(document), told).refused == ()
    assert verify(read(document), told | {"approach": approach}).refused
