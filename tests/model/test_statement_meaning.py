"""What a statement means: on one state, on many at once, printed and read back, with other names for its options."""

from functools import partial

import numpy as np
import pytest
from hypothesis import given
from statement_strategies import HALF, LEVELS, NAMES, STATES, trees

from detente.model.parser import parse
from detente.model.statements import (
    ALWAYS,
    NEVER,
    And,
    Compare,
    Count,
    Iff,
    Not,
    Or,
    Outcome,
    Statement,
    Tree,
    Within,
    bind,
    children,
    extent,
    holds,
    made,
    options_in,
    show,
    spelled_out,
)

COLUMNS = {key: np.array([state[key] for state in STATES]) for key in LEVELS}


def naive(tree: Tree, state: dict[str, int]) -> bool:
    """Say whether a statement holds, as a reader would work it out."""
    parts = [naive(part, state) for part in children(tree)]
    match type(tree).__name__:
        case "Compare":
            level = state[tree.option]
            order = {"=": level == tree.level, "!=": level != tree.level, "<": level < tree.level}
            order |= {">": level > tree.level, "<=": level <= tree.level, ">=": level >= tree.level}
            return order[tree.relation]
        case "Not":
            return not parts[0]
        case "And":
            return all(parts)
        case "Or":
            return any(parts)
        case "If":
            return parts[0] or not parts[1]
        case "Iff":
            return parts[0] == parts[1]
        case "Count":
            true = sum(parts)
            bounds = {"at most": true <= tree.number, "at least": true >= tree.number, "exactly": true == tree.number}
            return bounds[tree.bound]
        case "Outcome":
            return parts[0]
    raise AssertionError(tree)


@given(trees())
def test_a_statement_holds_where_a_reader_would_say_so(tree):
    for state in STATES:
        found = holds(tree, state.get)
        assert isinstance(found, bool)
        assert found == naive(tree, state)


@given(trees())
def test_all_states_at_once_are_the_states_one_by_one(tree):
    at_once = np.broadcast_to(holds(tree, COLUMNS.get), len(STATES))
    assert at_once.dtype == bool
    assert at_once.tolist() == [holds(tree, state.get) for state in STATES]


@given(trees())
def test_a_printed_statement_reads_back_to_the_same_meaning_and_the_same_print(tree):
    again = parse(show(tree), NAMES).tree
    assert [holds(again, state.get) for state in STATES] == [holds(tree, state.get) for state in STATES]
    assert show(again) == show(tree)


@given(trees())
def test_other_names_for_the_options_change_nothing_else(tree):
    positions = {key: place for place, key in enumerate(LEVELS)}
    bound = bind(tree, positions)
    assert [positions[key] for key in options_in(tree)] == list(options_in(bound))
    for state in STATES:
        assert holds(bound, list(state.values()).__getitem__) == holds(tree, state.get)


@given(trees())
def test_spelling_names_out_keeps_the_meaning_and_leaves_no_name(tree):
    plain = spelled_out(tree)
    assert "half" not in show(plain)
    assert [holds(plain, state.get) for state in STATES] == [holds(tree, state.get) for state in STATES]


def test_a_resource_adds_up_what_the_true_parts_cost():
    tree = Within((2, 3), (Compare("A.go"), Compare("B.talk")), 3)
    expected = [not (state["A.go"] and state["B.talk"]) for state in STATES]
    assert [holds(tree, state.get) for state in STATES] == expected
    assert holds(tree, COLUMNS.get).tolist() == expected
    assert show(tree) == "2 × A.go + 3 × B.talk <= 3"
    assert show(bind(tree, {"A.go": 0, "B.talk": 1})) == "2 × 0 + 3 × 1 <= 3"


@pytest.mark.parametrize(
    ("tree", "printed"),
    [
        (ALWAYS, "at least 0 of ()"),
        (NEVER, "at least 1 of ()"),
        (Not(And((Compare("a"), Compare("b")))), "not (a and b)"),
        (And((Or((Compare("a"), Compare("b"))), Compare("c"))), "(a or b) and c"),
        (Iff(Iff(Compare("a"), Compare("b")), Compare("c")), "(a iff b) iff c"),
        (Count("exactly", 1, (Compare("a"), Iff(Compare("b"), Compare("c")))), "exactly 1 of (a, b iff c)"),
        (Compare("aid", "=", 2, "full"), "aid = full"),
        (Compare("aid", "=", 2), "aid = 2"),
        (Outcome("half", HALF), "half"),
    ],
)
def test_how_statements_print(tree, printed):
    assert show(tree) == printed


def test_a_statement_nobody_wrote_is_its_own_text():
    statement = made(Not(Compare("A.go")))
    assert statement == Statement("not A.go", Not(Compare("A.go")))
    assert str(statement) == "not A.go"


def test_a_level_named_otherwise_is_the_same_comparison():
    assert Compare("aid", "=", 1, "some") == Compare("aid", "=", 1, "a little")
    assert Compare("aid", "=", 1) != Compare("aid", "=", 2)


def test_extent_counts_parts_and_levels():
    assert extent(Compare("a")) == (1, 1)
    assert extent(Not(And((Compare("a"), Outcome("half", HALF))))) == (7, 5)


def test_deeply_named_statements_can_be_worked_with():
    tree: Tree = Compare("A.go")
    for level in range(145):
        tree = Not(tree) if level % 2 else And((tree,))
    bound = bind(tree, {"A.go": 0})
    assert holds(bound, partial(lambda levels, key: levels[key], [1])) == holds(tree, {"A.go": 1}.get)
