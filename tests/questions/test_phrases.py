"""How statements, concerns, sources and changes are said in the names of the case."""

import pytest

from detente.files.load import read_document
from detente.model.case import Mark
from detente.model.parser import parse
from detente.questions.phrases import all_of, bracketed, called, changes, cited, in_words, under

CASE = """
title: Dam
parties:
  Up:
    options: {fill: fast filling, grow: {name: growth, levels: [none, some, full]}, talk: talks}
    concerns: [not Down.accept, {want: fill, name: quick filling}]
  Down: {options: {accept: acceptance of the dam, talk: talks}, concerns: []}
outcomes: {deal: {that: Up.fill and Down.accept, name: a settlement}}
today: [Up.fill]
"""


@pytest.fixture(scope="module")
def case():
    return read_document(CASE).case


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("Up.fill", "‘fast filling’"),
        ("not Down.accept", "no ‘acceptance of the dam’"),
        ("not not Up.fill", "‘fast filling’"),
        ("not Up.fill and Down.accept", "no ‘fast filling’ and ‘acceptance of the dam’"),
        ("not (Up.fill or Down.accept)", "not (‘fast filling’ or ‘acceptance of the dam’)"),
        ("Up.fill if Down.accept and not deal", "‘fast filling’ if (‘acceptance of the dam’ and no ‘a settlement’)"),
        ("Up.fill iff Down.accept", "‘fast filling’ if and only if ‘acceptance of the dam’"),
        ("at most 1 of (Up.fill, Down.accept)", "at most 1 of ‘fast filling’ and ‘acceptance of the dam’"),
        ("Up.grow", "‘growth’"),
        ("Up.grow >= some", "‘growth’ at some or more"),
        ("Up.grow >= full", "‘growth’ at full"),
        ("Up.talk and Down.talk", "‘talks’ by Up and ‘talks’ by Down"),
    ],
)
def test_statements_are_said_by_the_names_of_their_options(case, statement, said):
    assert in_words(parse(statement, case.names).tree, case) == said


def test_a_concern_without_a_name_is_said_in_words(case):
    unnamed, with_name = case.party("Up").concerns
    assert called(unnamed, case) == "no ‘acceptance of the dam’" and unnamed.label == "not Down.accept"
    assert called(with_name, case) == "‘quick filling’"


@pytest.mark.parametrize(
    ("mark", "told"),
    [
        (Mark(source="rizvi-2018 ¶3"), "rizvi-2018 ¶3"),
        (Mark(source="rizvi-2018 ¶3", standing="read"), "rizvi-2018 ¶3"),
        (Mark(source="rizvi-2018 ¶3", standing="judgement"), "judgement on rizvi-2018 ¶3"),
        (Mark(source="aid-2018", standing="unverified"), "unverified, aid-2018"),
        (Mark(standing="judgement"), "judgement"),
        (Mark(), "no source"),
    ],
)
def test_a_citation_says_the_source_and_how_far_it_is_checked(mark, told):
    assert mark.cited == told


def test_a_missing_source_is_told_only_where_nothing_else_says_it(case):
    assert cited(Mark(), case) == "" and bracketed(Mark(), case) == ""
    sourced = read_document(CASE + "sources: {press: reports}\n").case
    assert bracketed(Mark(), sourced) == " (no source)"
    assert bracketed(Mark(source="press"), case) == " (press)"
    whole = read_document(CASE + "sources: {press: reports}\nsource: press\n").case
    assert bracketed(Mark(), whole) == ""


def test_changes_are_told_party_by_party(case):
    assert (
        changes(case, (1, 0, 0, 0, 0), (0, 2, 1, None, 0))
        == "Up stops ‘fast filling’, sets ‘growth’ to full and starts ‘talks’"
    )
    assert changes(case, (1, 0, 0, 0, 0), (1, 0, 0, 0, 0)) == ""


def test_how_many_all_are():
    assert [all_of("ab"), all_of("abcd"), all_of("a" * 12)] == ["both", "all four", "all 12"]


def test_what_an_answer_stands_under():
    case = read_document(
        CASE + "approaches: {deal: {coalitions: [[Up, Down]]}, trade: {coalitions: [[Up, Down]]}}\n"
    ).case
    assert under(case, "none") == "as things stand"
    assert under(case, "deal", "trade") == "under ‘deal’ or ‘trade’"
    assert under(case, "none", "deal") == "as things stand or under ‘deal’"
    assert under(case) == ""
