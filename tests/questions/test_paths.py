"""The way from today, and where improvements can end."""

import json
from dataclasses import replace

import pytest

from detente.errors import NotAvailableError
from detente.files.load import load
from detente.questions.paths import paths


@pytest.fixture(scope="module")
def elmira():
    return load("elmira").case


def test_matching_pennies_goes_round_without_end():
    case = load("matching-pennies").case
    text = paths(replace(case, today=(0, 0))).render("text", 300)
    assert "come to rest from today in no state (from anywhere: 0)." in text
    assert "Or they go round without end among 4 states: " in text


def test_elmira_to_what_was_agreed(elmira):
    found = paths(elmira, "YNYNY")
    text = found.render("text", 300)
    assert "Not by moves that each improve their mover." in text
    assert "By legal moves: 3 moves, 6 shortest paths." in text
    assert (
        "It holds by itself: nobody there can gain by moving (an equilibrium under Nash, GMR, SMR, SEQ and SSEQ)."
        in text
    )
    assert "At the table, Uniroyal and Local government would end below today." in text
    assert "come to rest from today in 1 state: NYNNY (from anywhere: 3)." in text
    [target] = json.loads(found.render("json"))["targets"]
    assert target["reachable by"] == "by legal moves" and target["ways"]["improving"]["moves"] is None
    assert target["ways"]["by legal moves"]["shortest paths"] == 6 == len(target["ways"]["by legal moves"]["paths"])


def test_the_limit_cuts_lists_and_leaves_counts(elmira):
    found = paths(elmira, "YNYNY", limit=2)
    way = found.data()["targets"][0]["ways"]["by legal moves"]
    assert way["shortest paths"] == 6 and len(way["paths"]) == 2
    assert paths(elmira, limit=2).data()["targets left out"] == 3


def test_without_a_target_all_equilibria_strongest_first(elmira):
    found = paths(elmira)
    holds = [target["holds"] for target in found.data()["targets"]]
    assert len(holds) == 5 and ["Nash" in held for held in holds] == [True] * 3 + [False] * 2
    assert "1. Local government starts ‘Insist on the original order’" in found.render("text", 300)


def test_small_cases_show_every_state_large_ones_counts(elmira):
    assert "FEWEST MOVES TO EACH STATE" in paths(elmira).render("text", 100)
    text = paths(load("us-pakistan-2018").case).render("text", 100)
    assert "ARE REACHED WITHIN SO MANY MOVES" in text and max(map(len, text.splitlines())) <= 100


def test_a_party_outside_the_table_that_ends_below_today_is_named(elmira):
    text = paths(replace(elmira, table=("MoE", "Uniroyal")), "YNYNY").render("text", 300)
    assert "At the table, Uniroyal would end below today." in text
    assert "Outside the table, Local government would end below today." in text


def test_another_start_than_today(elmira):
    found = paths(elmira, "YNYNY", start="NYNNY")
    assert found.data()["start"] == "NYNNY"
    assert "FROM" not in found.render("text", 300) and "From NYNNY to YNYNY: " in found.render("text", 300)


def test_no_today_is_said(elmira):
    with pytest.raises(NotAvailableError, match="does not say where things stand today"):
        paths(replace(elmira, today=None))
