"""The way from a case to a game: listed states, words, and one game for one question."""

import pytest

from detente.engine.interface import Definition
from detente.errors import DetenteError, TooLargeError, UnknownNameError
from detente.files.load import read_document
from detente.game import setting
from detente.questions.check import read
from detente.questions.stability import stability
from detente.questions.verify import verify

LISTED = """
title: Listed
parties:
  A: {options: [x], concerns: [x]}
  B: {options: [y], concerns: [not y]}
states: ["Y-", NN]
"""


def test_a_listed_word_with_a_dash_stands_for_all_its_completions():
    case = read_document(LISTED).case
    about = setting(case)
    assert about.words(about.game.feasible()) == ["NN", "YN", "YY"]
    assert verify(case, stability(case)).accepted


def test_the_same_question_shares_one_game():
    case = read("elmira")
    assert setting(case) is setting(case, "none") is setting(read("elmira"), approach="none")


def test_a_word_stands_for_the_merged_state_that_is_written_so_else_for_its_completions():
    about = setting(read("elmira"))
    assert about.words(about.states("---Y-")) == ["---Y-"]
    assert about.words(about.states("NNNYN")) == ["---Y-"]
    assert about.states("-Y--N").count() == 2
    with pytest.raises(DetenteError, match="stands for 2 states"):
        about.state("-Y--N")


def test_what_is_not_possible_names_the_rule():
    with pytest.raises(DetenteError, match=r"breaks rule 1 \(no talks under attack\)"):
        setting(read("us-pakistan-2018")).states("NNNNYNNNNNYN")


def test_unknown_approaches_and_engines_get_a_suggestion():
    with pytest.raises(UnknownNameError, match="did you mean cooperative"):
        setting(read("us-pakistan-2018"), "coperative")
    with pytest.raises(UnknownNameError, match="did you mean cube"):
        setting(read("elmira"), engine="cub")


def test_too_many_states_to_list_are_counted_or_said_to_be_too_many():
    options = ", ".join(f"o{n}" for n in range(60))
    case = read_document(f"title: T\nparties: {{A: {{options: [{options}], concerns: [o1]}}}}\n").case
    about = setting(case)
    assert about.game.engine == "symbolic"
    assert about.equilibria(Definition.NASH).count() == 2**59
    with pytest.raises(TooLargeError, match="add rules, or leave out options"):
        setting(case, engine="listed")
    with pytest.raises(TooLargeError, match="too many to list"):
        about.game.feasible().first()
