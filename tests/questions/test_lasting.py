"""What lasts in repeated play: the textbook threshold, the formula on random cases, and how it is said."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.engine.interface import Definition
from detente.files.load import read_document
from detente.game import setting
from detente.questions.check import read
from detente.questions.lasting import in_words, lasting, share

DILEMMA = """
title: Two fishers
patience: PATIENCE
parties:
  A: {name: Anna's fleet, options: [spare], weights: {spare: -2, B.spare: 4}}
  B: {name: Bela's fleet, options: [spare], weights: {spare: -2, A.spare: 4}}
"""


def dilemma(patience="0.9", extra=""):
    return setting(read_document(DILEMMA.replace("PATIENCE", patience) + extra).case)


def test_cooperation_lasts_from_the_textbook_patience_on():
    """Sparing costs 2 and brings the other 4: temptation 4, reward 2, punishment 0, so (4 - 2) / (4 - 0)."""
    about = dilemma()
    found = lasting(about, about.state("YY"))
    assert found.patience == Fraction(1, 2) and found.passes
    assert in_words(about, found) == (
        "lasts if Anna's fleet values the next period at one half of this one or more (the case states nine tenths)"
    )


def test_too_little_patience_is_said():
    about = dilemma("0.4")
    found = lasting(about, about.state("YY"))
    assert found.passes is False and in_words(about, found).startswith("does not last; it would if Anna's fleet")


def test_where_nothing_tempts_any_patience_will_do():
    about = dilemma()
    found = lasting(about, about.state("NN"))
    assert found.patience == 0 and found.passes and "nobody is tempted" in in_words(about, found)


def test_without_a_punishment_nothing_lasts():
    text = "title: T\nparties:\n  A: {options: [x], weights: {x: 1}}\n  B: {options: [y], weights: {y: 1}}\n"
    about = setting(read_document(text).case)
    found = lasting(about, about.state("NN"))
    assert found.patience is None and found.passes is False and "would punish A and B" in in_words(about, found)


def test_without_weights_nobody_can_be_asked():
    about = setting(read("prisoners-dilemma"))
    found = lasting(about, about.state("YY"))
    assert not found.asked and found.passes is None and "no party says by weights" in in_words(about, found)


def test_a_tempted_party_without_weights_cannot_be_asked():
    text = DILEMMA.replace("weights: {spare: -2, A.spare: 4}", "concerns: [A.spare, not spare]")
    about = setting(read_document(text.replace("PATIENCE", "0.9")).case)
    found = lasting(about, about.state("YY"))
    assert not found.asked and "Bela's fleet could gain by moving, and the case gives no weights" in found.reason


def test_pay_that_defeats_itself_does_not_last():
    extra = """
payments: [{by: A, to: B, with: A.spare, for: B.spare, amount: 10, cost of effort: 3, solves with chance: 0.5,
            found out with chance: 0.3}]
approaches: {bargain: {contracts: [{by: A, with: A.spare, iff: B.spare}]}}
"""
    case = dilemma(extra=extra).case
    about = setting(case, "bargain")
    found = lasting(about, about.state("YY"))
    assert found.defeating and found.passes is False and "defeats itself" in in_words(about, found)


@pytest.mark.parametrize(
    ("value", "said"), [("2/5", "two fifths"), ("1/2", "one half"), ("7/17", "7/17"), ("1", "all")]
)
def test_fractions_are_said_in_words(value, said):
    assert share(Fraction(value)) == said


numbers = st.integers(-4, 4)


@given(st.lists(numbers, min_size=8, max_size=8), st.integers(0, 7))
def test_the_formula_on_random_cases(weights, state):
    w = dict(zip(("ax", "ay", "az", "bx", "by", "bz", "cross", "other"), weights, strict=True))
    text = (
        "title: T\nparties:\n"
        f"  A: {{options: [x], weights: {{x: {w['ax']}, B.y: {w['ay']}, B.z: {w['az']}, x and B.y: {w['cross']}}}}}\n"
        f"  B: {{options: [y, z], weights: {{A.x: {w['bx']}, y: {w['by']}, z: {w['bz']}, y iff z: {w['other']}}}}}\n"
    )
    about = setting(read_document(text).case)

    def worth(party, s):
        x, y, z = about.game.values(s)
        if party == 0:
            return w["ax"] * x + w["ay"] * y + w["az"] * z + w["cross"] * (x and y)
        return w["bx"] * x + w["by"] * y + w["bz"] * z + w["other"] * (y == z)

    nash = about.equilibria(Definition.NASH).first()
    expected = []
    for party in range(2):
        gains = [t for t in about.game.moves(party, state) if worth(party, t) > worth(party, state)]
        punishments = [worth(party, p) for p in nash if worth(party, p) < worth(party, state)]
        if not gains:
            expected.append(Fraction(0))
        elif not punishments:
            expected.append(None)
        else:
            u, p = worth(party, state), min(punishments)
            expected.append(max(Fraction(worth(party, t) - u, worth(party, t) - p) for t in gains))
    assert [each.patience for each in lasting(about, state).temptations] == expected
