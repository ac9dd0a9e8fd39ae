"""Whole answers do not depend on the engine: what the symbolic one says is what the cube says, but for its name."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any
from unittest.mock import patch

import pytest
from bargains import bargains
from hypothesis import given, settings
from hypothesis import strategies as st
from large_disputes import large_dispute
from small_disputes import disputes

import detente as dt
from detente import game
from detente.engine.aside import REST, Aside
from detente.engine.interface import Definition
from detente.errors import TooLargeError
from detente.model.case import Case
from detente.questions import standing_for
from detente.questions.given import case_of
from detente.questions.reachability import changes

EXAMPLES = 25
EVERY = 10_000  # more states than any of these cases has; by default the symbolic engine lists fewer
QUESTIONS: dict[str, Callable[[Case], Any]] = {
    "stability": partial(dt.stability, limit=EVERY),
    "demands": dt.demands,
    "approaches": partial(dt.approaches, limit=EVERY),
    "accord": dt.accord,
    "paths": dt.paths,
    "coalitions": partial(dt.coalitions, limit=EVERY),
}
SHIPPED = ["us-pakistan-2018", "us-pakistan-2018/washington"]


@contextmanager
def only(engine: str) -> Iterator[None]:
    """Make every game with one engine, wherever a question makes one."""
    choose = game._maker
    game._setting.cache_clear()
    with patch.object(game, "_maker", lambda space, _, ranked: choose(space, engine, ranked)):
        yield
    game._setting.cache_clear()


def told(question: Callable[[Case], Any], case: Case, engine: str) -> Any:
    """Return an answer's JSON without what names the engine, or the error that it ends with."""
    try:
        if question is dt.accord:  # its nearest change is always worked out with listed states
            with patch.dict("detente.questions.accord.SYMBOLIC", {1_000: EVERY, 2_000: EVERY}):
                data = dt.accord(case, EVERY, engine=engine).data()
            for package in data["packages"]:  # of several states the first is certified, with the cube more of them
                words = {each["state"] for each in package["certificates"]}
                first = package.get("helpful completion", package["state"])
                assert first in words
                package["certificates"] = [each for each in package["certificates"] if each["state"] == first]
        else:
            with only(engine):
                data = question(case).data()
    except dt.DetenteError as error:
        return str(error)
    data.pop("engine", None)
    return data


def same(question: str, case: Case) -> None:
    """Check that an answer is the same with either engine."""
    assert told(QUESTIONS[question], case, "symbolic") == told(QUESTIONS[question], case, "cube")


@pytest.mark.parametrize("question", QUESTIONS)
@settings(max_examples=EXAMPLES)
@given(bargains())
def test_answers_on_random_bargains_are_the_same(question: str, case: Case) -> None:
    same(question, case)


@pytest.mark.parametrize("question", QUESTIONS)
@settings(max_examples=EXAMPLES)
@given(disputes())
def test_answers_on_random_disputes_are_the_same(question: str, case: Case) -> None:
    same(question, case)


@pytest.mark.parametrize("question", QUESTIONS)
@settings(max_examples=EXAMPLES // 6)
@given(st.integers(9, 12), st.integers(3, 4), st.integers(0, 10**6))
def test_answers_on_small_ones_of_the_large_disputes_are_the_same(
    question: str, options: int, parties: int, seed: int
) -> None:
    """These have levels, directions, weights, outsiders, clout, contracts, promises, deference, coalitions at once."""
    same(question, large_dispute(options, parties, seed))


@settings(max_examples=EXAMPLES // 2)
@given(st.integers(9, 10), st.integers(0, 10**6))
def test_the_nearest_of_too_many_best_moves_is_found_without_listing_them(options: int, seed: int) -> None:
    about = game.setting(large_dispute(options, 3, seed), engine="symbolic")
    for state in about.game.feasible().first(6):
        for party in range(about.game.parties):
            moves = about.game.moves(party, state)
            if moves:
                counted = {end: changes(about.game, state, end) for end in moves}
                fewest = {end for end, number in counted.items() if number == min(counted.values())}
                with patch.object(standing_for, "MOST", len(fewest)):
                    assert set(standing_for.nearest(about, state, moves)) in (fewest, set(counted))


@settings(max_examples=EXAMPLES)
@given(disputes())
def test_explanations_are_the_same(case: Case) -> None:
    def every(asked: Case) -> list[Any]:
        answer = dt.stability(asked)
        return [answer.explain(word).data() for word in answer.setting.words(answer.setting.game.feasible(), 6)]

    with only("symbolic"):
        found = every(case)
    with only("cube"):
        assert found == every(case)


@pytest.mark.parametrize("name", SHIPPED)
def test_counts_of_shipped_cases_are_the_same(name: str) -> None:
    case = case_of(name, "stability")
    mine, known = (dt.stability(case, engine=engine, limit=10_000).data() for engine in ("symbolic", "cube"))
    assert mine | {"engine": ""} == known | {"engine": ""}


@settings(max_examples=EXAMPLES)
@given(disputes())
def test_one_state_is_decided_as_all_are(case: Case) -> None:
    one, all_ = game.setting(case, engine="symbolic"), game.setting(case, engine="cube")
    for state in one.game.feasible().first(8):
        other = all_.state(one.word(state))
        for party in range(one.game.parties):
            for definition in Definition:
                assert one.stays(party, state, definition) == (other in all_.stable(party, definition))


def test_what_is_undecided_is_said_and_the_rest_answered() -> None:
    """Where SEQ and SSEQ cannot be decided, counts of the others stand, and single packages are judged all the same."""
    case = case_of("us-pakistan-2018", "accord")
    do = Aside.do

    def refuse(self: Aside, what: str, work: Callable[[], Any], purse: str = REST) -> Any:
        if what in ("SEQ", "SSEQ"):
            raise TooLargeError(f"{what} could not be decided: time limit 0 s")
        return do(self, what, work, purse)

    known = {question: told(QUESTIONS[question], case, "cube") for question in ("approaches", "accord")}
    with patch.object(Aside, "do", refuse):
        found = told(dt.approaches, case, "symbolic")
        for mine, right in zip(found["approaches"], known["approaches"]["approaches"], strict=True):
            assert mine["counts"] == right["counts"] | {"SEQ": None, "SSEQ": None}
            assert set(mine["undecided"]) == {"SEQ", "SSEQ"}
            assert mine["accommodating equilibria"]["SEQ"] is None
        passing = [p for p in known["accord"]["packages"] if not p["fails"]]
        mine = [p for p in told(dt.accord, case, "symbolic")["packages"] if not p["fails"]]
        assert passing and mine == passing
        way = told(dt.paths, case, "symbolic")
        assert set(way["undecided"]) == {"SEQ", "SSEQ"}
        with only("symbolic"):
            assert "Not decided: SEQ" in str(dt.approaches(case)) and "Not decided: SEQ" in str(dt.analyze(case))


@settings(max_examples=EXAMPLES)
@given(disputes())
def test_equilibria_that_meet_a_statement(case: Case) -> None:
    option = case.options[0]
    goal = f"not {option.key}"
    found = dt.stability(case, meeting=goal).data()
    for definition, words in found["equilibria"].items():
        met = [word for word in words if word[0] in "N0"]
        assert found["meeting"]["equilibria"][definition] == met
        assert found["meeting"]["counts"][definition] == len(met)
