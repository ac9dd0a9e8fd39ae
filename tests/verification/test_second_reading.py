"""The second statement reader agrees with the first on what every statement means, though they share no code."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import StatementError
from detente.model.case import Case, Option, Party
from detente.model.parser import parse
from detente.model.statements import holds, made
from detente.verification.statements import UnreadableError, mentioned, understand

CASE = Case(
    "Two sides",
    (
        Party("A", (Option("A", "x"), Option("A", "y-1"), Option("A", "level", ("none", "some", "full")))),
        Party("B", (Option("B", "x"), Option("B", "z"))),
    ),
)
OUTCOME = parse("x iff B.z", CASE.names, "A")
CASE = Case(CASE.title, CASE.parties, outcomes=(("settled", OUTCOME),))

LEAVES = st.sampled_from(["x", "A.x", "y-1", "level", "B.x", "B.z", "settled", "level >= some", "A.level != full",
                          "level = none", "level < full", "level <= some", "A.level > some"])  # fmt: skip
STATES = st.fixed_dictionaries({option.key: st.integers(0, option.size - 1) for option in CASE.options})


def joined(inner):
    two = st.tuples(inner, inner)
    many = st.lists(inner, min_size=1, max_size=4)
    bounds = st.sampled_from(["at most", "at least", "exactly"])
    return st.one_of(
        two.map(lambda p: f"{p[0]} and {p[1]}"),
        two.map(lambda p: f"{p[0]} or {p[1]}"),
        two.map(lambda p: f"({p[0]}) if ({p[1]})"),
        two.map(lambda p: f"({p[0]}) iff {p[1]}"),
        inner.map(lambda p: f"not {p}"),
        inner.map(lambda p: f"not ({p})"),
        st.tuples(bounds, st.integers(0, 3), many).map(lambda p: f"{p[0]} {p[1]} of ({', '.join(p[2])})"),
    )


@given(st.recursive(LEAVES, joined, max_leaves=8), STATES)
def test_both_readers_give_a_statement_the_same_meaning(text, state):
    try:
        statement = parse(text, CASE.names, "A")
    except StatementError:
        return  # chains of if and iff without parentheses, which neither reader takes
    assert understand(text, CASE, "A")(state) == holds(statement.tree, state.__getitem__)
    assert understand(str(statement), CASE)(state) == holds(statement.tree, state.__getitem__)
    assert mentioned(str(statement), CASE) <= set(state)


@pytest.mark.parametrize(
    "text", ["", "x and", "x if y-1 if x", "x y-1", "(x", "nobody", "level = much", "x = some", "x & B.x"]
)
def test_what_is_no_statement_is_refused(text):
    with pytest.raises((UnreadableError, ValueError)):
        understand(text, CASE, "A")({"A.x": 0, "A.y-1": 0, "A.level": 0, "B.x": 0, "B.z": 0})


def test_statements_that_are_made_read_back():
    assert understand(str(made(OUTCOME.tree)), CASE)({"A.x": 1, "B.z": 1})
