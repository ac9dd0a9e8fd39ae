"""This module owns random small cases for the questions' tests, and the same case as a game of sets and loops."""

from hypothesis import assume
from hypothesis import strategies as st
from sets_and_loops import NaiveGame

from detente import game
from detente.model.case import Approach, Case, Concern, Mark, Option, Party, Rule, SharedConcerns
from detente.model.parser import Names, parse

MARKS = {"a": "aid", "b": "bans", "c": "camps", "d": "drills", "e": "envoys", "f": "fences"}


@st.composite
def disputes(draw, parties=(2, 3), ranked=False) -> Case:
    """Draw a case of few options, with concerns, directions, at most one rule, and a today."""
    owners = draw(st.sampled_from([[2, 2], [1, 2], [3, 1], [1, 1, 1], [2, 1, 1], [2, 2, 1]]))
    assume(parties[0] <= len(owners) <= parties[1])
    letters = iter("abcdef")
    options = [
        Option(
            f"P{p}",
            letter := next(letters),
            ("low", "mid", "top") if draw(st.integers(0, 9)) == 0 else (),
            draw(st.sampled_from(["", "", "", "on", "off"])),
            Mark(MARKS[letter]),
        )
        for p, count in enumerate(owners)
        for _ in range(count)
    ]
    names = Names({option.key: option.levels for option in options}, {})
    literal = st.builds("{}{}".format, st.sampled_from(["", "not "]), st.sampled_from([o.key for o in options]))
    clause = st.one_of(
        literal, st.builds("{} and {}".format, literal, literal), st.builds("{} or {}".format, literal, literal)
    )
    sides = tuple(
        Party(
            f"P{p}",
            tuple(option for option in options if option.party == f"P{p}"),
            tuple(
                Concern(parse(text, names), draw(st.booleans()))
                for text in draw(st.lists(clause, min_size=0, max_size=4, unique=True))
            ),
        )
        for p in range(len(owners))
    )
    rules = tuple(
        Rule(parse(f"not ({draw(literal)} and {draw(literal)})", names)) for _ in range(draw(st.integers(0, 1)))
    )
    today = tuple(draw(st.integers(0, option.size - 1)) for option in options)
    table = tuple(f"P{p}" for p in range(len(owners)) if draw(st.booleans()))
    shared = SharedConcerns(tuple(f"P{p}" for p in range(len(owners))))
    together = Approach("shared", shared_concerns=(shared,), coalitions=(("P0", "P1"),))
    case = Case("a dispute", sides, rules, today=today, table=table, approaches=(together,))
    naive = NaiveGame(game.space_of(case), [game.Ladder(())] * len(sides), case.conventions)
    assume(len(naive.all) > 1 and naive.find(today))
    return case


def naive_of(case: Case) -> NaiveGame:
    """Return a case that has concerns as a game of sets and loops."""
    wants = [game._want(case, party, None) for party in case.parties]
    return NaiveGame(game.space_of(case), wants, case.conventions)


def numbered(setting: game.Setting, naive: NaiveGame) -> dict[int, int]:
    """Return the naive game's number of every state of a setting's game."""
    numbers = {naive.values(state): state for state in naive.all}
    return {state: numbers[tuple(setting.game.values(state))] for state in setting.game.feasible()}
