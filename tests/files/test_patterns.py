"""Patterns say exactly what statements say."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import TooLargeError
from detente.files.patterns import decided, excluding, matching, outside, patterns, states_without
from detente.model.statements import And, Compare, Count, If, Iff, Not, Or, Outcome, Tree, Within, holds

OPTIONS = tuple("abcde")
LEAVES = st.sampled_from([Compare(option) for option in OPTIONS])


def _grown(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    several = st.lists(inner, max_size=3).map(tuple)
    return st.one_of(
        inner.map(Not),
        several.map(And),
        several.map(Or),
        st.builds(If, inner, inner),
        st.builds(Iff, inner, inner),
        st.builds(Count, st.sampled_from(["at most", "at least", "exactly"]), st.integers(0, 3), several),
        inner.map(lambda tree: Outcome("named", tree)),
        st.lists(st.tuples(st.integers(-2, 3), inner), max_size=3).flatmap(
            lambda terms: st.builds(
                Within,
                st.just(tuple(cost for cost, _ in terms)),
                st.just(tuple(tree for _, tree in terms)),
                st.integers(-3, 5),
            )
        ),
    )


TREES = st.recursive(LEAVES, _grown, max_leaves=8)
STATES = [dict(zip(OPTIONS, levels, strict=True)) for levels in product((0, 1), repeat=len(OPTIONS))]


def matched(pattern: dict[str, int], state: dict[str, int]) -> bool:
    return all(state[option] == value for option, value in pattern.items())


@given(TREES, st.booleans())
def test_patterns_match_exactly_the_states_with_the_wanted_value(tree: Tree, wanted: bool) -> None:
    found = patterns(tree, wanted)
    for state in STATES:
        assert any(matched(pattern, state) for pattern in found) == (bool(holds(tree, state.__getitem__)) is wanted)


@given(TREES, st.dictionaries(st.sampled_from(OPTIONS), st.integers(0, 1)))
def test_a_decided_statement_has_that_value_in_every_completion(tree: Tree, known: dict[str, int]) -> None:
    value = decided(tree, known)
    if value is not None:
        assert {bool(holds(tree, s.__getitem__)) for s in STATES if matched(known, s)} == {value}
    if len(known) == len(OPTIONS):
        assert value is not None


@given(st.dictionaries(st.sampled_from(OPTIONS), st.integers(0, 1), min_size=1))
def test_a_pattern_and_its_statements_agree(pattern: dict[str, int]) -> None:
    for state in STATES:
        assert holds(matching(pattern), state.__getitem__) == matched(pattern, state)
        assert holds(excluding(pattern), state.__getitem__) != matched(pattern, state)


@given(st.lists(st.dictionaries(st.integers(0, 4), st.integers(0, 1)), max_size=6))
def test_states_are_listed_by_weight_without_the_excluded_ones(excluded: list[dict[int, int]]) -> None:
    expected = [
        state
        for state in range(2**5)
        if not any(all(state >> option & 1 == value for option, value in p.items()) for p in excluded)
    ]
    assert states_without(5, excluded) == expected


@given(st.sets(st.integers(0, 2**5 - 1)))
def test_the_states_outside_a_list_are_matched_and_no_others(states: set[int]) -> None:
    assert set(states_without(5, outside(states, 5))) == states


def test_a_long_conjunction_takes_one_pattern() -> None:
    names = [f"o{number}" for number in range(1200)]
    assert patterns(Not(And(tuple(Compare(name) for name in names))), wanted=False) == [dict.fromkeys(names, 1)]


def test_what_would_take_too_many_patterns_is_refused() -> None:
    half = Count("exactly", 20, tuple(Compare(f"o{number}") for number in range(40)))
    with pytest.raises(TooLargeError, match="too many"):
        patterns(half)
    with pytest.raises(TooLargeError, match="too many states"):
        states_without(17, [])
