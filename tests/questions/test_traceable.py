"""Every number that a user gives is found again in an answer, as it was given and with where it stands; no answer is
empty, whatever a case leaves out.
"""

import json
import re

import pytest

from detente.files.load import read_document
from detente.questions.accord import accord
from detente.questions.analyze import analyze
from detente.questions.approaches import approaches
from detente.questions.demands import demands
from detente.questions.needs import needs
from detente.questions.payments import payments
from detente.questions.trades import trades

NUMBERS = """
title: Numbers
patience: 0.8125
parties:
  A: {options: [pay, gift], weights: {pay: -1.25, B.work: 7.125, gift: -2.375}}
  B: {options: [work], weights: {work: -3.625, A.pay: 5.0625}}
  C: {options: [lend], concerns: [not lend]}
today: []
demands:
  - {id: work, from: A, to: B, that: B.work, from time: 2019.25, by time: 2021.75}
  - {id: rest, from: C, to: B, that: not B.work, by time: 2018.5}
  - {id: both, from: B, to: A, that: A.pay and A.gift}
resources: [{name: money, of: A, amount: 11.5, uses: {A.pay: 6.625, A.gift: 5.875}}]
needs:
  - {party: A, needs: hands, from: B, given when: B.work, loss without: 9.375, substitutes: [{from: C, loss: 4.6875}]}
payments:
  - {by: A, to: B, with: A.pay, for: B.work, amount: 6.5625, cost of effort: 1.875, solves with chance: 0.34375,
     found out with chance: 0.28125, after success: 0.15625}
approaches: {deal: {contracts: [{by: A, with: A.pay, iff: B.work}]}}
issues:
  price: {positions: {A: 12.5, B: 87.25}, salience: {A: 0.4375, B: 0.5625}, clout: {A: 0.6875, B: 0.59375}}
"""
NAMES = ("price", "term")


def case(text=NUMBERS):
    loaded = read_document(text)
    assert loaded.case is not None and not loaded.errors, loaded.faults
    return loaded.case


def figures(text):
    return re.findall(r"(?<![\w.])-?\d+\.\d+(?!\w|\.\d)", text)


@pytest.fixture(scope="module")
def answers():
    found = case()
    return [ask(found) for ask in (demands, needs, payments, trades, accord, analyze)]


def test_every_number_is_printed_as_it_was_given(answers):
    given = set(figures(NUMBERS))
    assert len(given) == 25
    text = " ".join(" ".join(each.render("text", 200).split()) for each in answers)
    assert given <= set(figures(text))


def test_every_number_of_needs_payments_and_issues_is_in_the_json():
    found = [json.loads(ask(case()).render("json")) for ask in (needs, payments, trades)]
    text = json.dumps(found)
    for key in ("needs", "payments", "issues"):
        block = NUMBERS[NUMBERS.index(f"\n{key}:") :].split("\napproaches", 1)[0]
        assert set(figures(block)) <= set(figures(text))


def test_where_a_number_stands_is_said():
    text = " ".join(str(needs(case())).split()) + " ".join(str(payments(case())).split())
    assert "(needs 1 in the case file)" in text and "(payments 1 in the case file)" in text
    told = " ".join(str(trades(case())).split())
    assert "‘price’ (issues price in the case file)" in told
    sourced = NUMBERS.replace("title: Numbers", "title: Numbers\nsources: {memo: a memo}").replace(
        "given when: B.work", "source: memo p. 2, given when: B.work"
    )
    assert "(memo p. 2)" in str(needs(case(sourced)))


BARE = {
    "one party": "parties:\n  A: {options: [x], concerns: [{want: x, core: true}]}\n",
    "nobody wants anything": "parties:\n  A: {options: [x], concerns: []}\n  B: {options: [y], concerns: []}\n",
    "a party without options": "parties:\n  A: {options: [x], concerns: [x]}\n  B: {concerns: [A.x]}\n",
    "nothing passes": "parties:\n  A: {options: [x], concerns: [{want: not B.y, core: true}]}\n"
    "  B: {options: [y], concerns: [{want: y, core: true}]}\n",
    "nothing holds": "parties:\n  A: {options: [x], concerns: [{want: x iff B.y, core: true}]}\n"
    "  B: {options: [y], concerns: [{want: not (y iff A.x), core: true}]}\n",
    "one state": "parties:\n  A: {options: [x], concerns: [x]}\n  B: {options: [y], concerns: [y]}\n"
    "rules: [A.x, B.y]\ntoday: YY\n",
    "nobody negotiates for those who count": "parties:\n  A: {options: [x], concerns: []}\n"
    "  B: {options: [y], concerns: [{want: A.x, core: true}]}\n  C: {concerns: []}\ntable: [C]\naccommodate: [B]\n",
    "today unknown": "parties:\n  A: {options: [x], concerns: [x]}\n  B: {options: [y], concerns: [not A.x]}\n"
    "today: unknown\n"
    "demands: [{id: d, from: B, to: A, that: not A.x}]\n"
    "complaints: [{id: k, from: B, about: A, that: A.x}]\n"
    "needs: [{party: A, needs: love, from: B}]\npayments: [{by: A, to: B, with: A.x, for: B.y, amount: 3}]\n"
    "issues: {p: {positions: {A: 3}}}\n",
    "plain names": "parties: {A: {ranking: [good, bad]}, B: {ranking: [[good, bad]]}}\nstates: [good, bad]\n"
    "moves: {A: {bad: [good]}}\ntoday: bad\n",
}


@pytest.mark.parametrize(
    "ask", [analyze, demands, accord, approaches, needs, payments, trades], ids=lambda a: a.__name__
)
@pytest.mark.parametrize("name", BARE)
def test_no_answer_is_empty_or_says_none(name, ask):
    found = ask(case(f"title: {name}\n{BARE[name]}"))
    for block in found.summary().blocks:
        assert block.lines, f"{block.heading} is empty"
        for line in block.lines:
            assert not isinstance(line, str) or (line.strip() and "None" not in line and "  ." not in line), line
    told = [line for block in found.summary().blocks for line in block.lines]
    assert len(told) > 1  # more than how it was made


@pytest.mark.parametrize("name", ["nothing passes", "nothing holds"])
def test_where_nothing_passes_the_closest_and_what_stands_in_its_way_are_told(name):
    text = " ".join(str(analyze(case(f"title: {name}\n{BARE[name]}"))).split())
    assert "CLOSEST PACKAGE: NONE PASSES" in text and "What stands in its way: it does not" in text
    assert "NEAREST CHANGE" in text


def test_what_is_not_known_today_is_said_of_each_question():
    text = " ".join(str(analyze(case(f"title: t\n{BARE['today unknown']}"))).split())
    assert "Who can deliver ‘d’ (B → A) cannot be told: the case does not say where things stand today." in text
    assert "What becomes of 1 complaint cannot be told: the case does not say where things stand today." in text
    assert "– reachable: not asked, for the case does not say where things stand today." in text
    assert "Who has the leverage is not told: the case does not say how much A depends on B." in text
