"""Feasible states are found without trying every choice, and are exactly those that the rules leave."""

import time
from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_cases import COMPARISONS, dispute, statement

from detente.engine import branching, counting, listing
from detente.engine.counting import count_choices, rule_removals
from detente.engine.interface import Space
from detente.engine.listing import any_state, list_states
from detente.engine.sat import Completion
from detente.errors import TooLargeError
from detente.model.statements import And, Compare, Count, If, Not, Or, Tree, Within, holds


def random_space(seed: int) -> Space:
    """Return a space with rules and defined options, of up to 48 choices."""
    random = Random(seed)
    space = dispute(seed, random.choice(["plain rules", "defined"]), 2, 5).space
    more = tuple(statement(random, space.sizes, 3) for _ in range(random.randrange(4)))
    return Space(space.sizes, space.owners, space.directions, space.rules + more, space.defined, 2)


def choices(space: Space) -> list[tuple[int, ...]]:
    """Return every completed choice, in ascending order of codes."""
    free = [option for option, owner in enumerate(space.owners) if owner != -1]
    found = []
    for levels in product(*(range(space.sizes[option]) for option in free)):
        choice = dict(zip(free, levels, strict=True))
        for option, tree in space.defined:
            choice[option] = int(holds(tree, choice.__getitem__))
        found.append(tuple(choice[option] for option in range(len(space.sizes))))
    return sorted(found, key=lambda state: state[::-1])


def obeying(space: Space, rules: tuple[Tree, ...]) -> list[tuple[int, ...]]:
    return [state for state in choices(space) if all(holds(rule, state.__getitem__) for rule in rules)]


@settings(max_examples=COMPARISONS // 2)
@given(st.integers(0, 2**32 - 1), st.sampled_from(["all at once", "branching", "weeding"]))
def test_listed_states_are_those_that_obey_the_rules(seed: int, way: str) -> None:
    space = random_space(seed)
    expected = obeying(space, space.rules)
    with pytest.MonkeyPatch.context() as patch:
        if way != "all at once":
            patch.setattr(listing, "SMALL", 0)
        if way == "weeding":
            patch.setattr(branching, "SUSPECT", 2)
            patch.setattr(branching, "SAMPLE", 3)
            patch.setattr(branching, "BLOCK", 4)
        found = list_states(space)
        assert any_state(space) == bool(expected)
    assert [found.values(position) for position in range(len(found))] == expected
    for state in choices(space):
        assert found.position(state) == (expected.index(state) if state in expected else None)


@settings(max_examples=COMPARISONS // 4)
@given(st.integers(0, 2**32 - 1), st.booleans())
def test_removals_are_counted_alone_and_in_place(seed: int, without_listing: bool) -> None:
    space = random_space(seed)
    everything = set(choices(space))
    left, expected = everything, []
    for rule in space.rules:
        broken = everything - set(obeying(space, (rule,)))
        expected.append((len(broken), len(broken & left)))
        left = left - broken
    with pytest.MonkeyPatch.context() as patch:
        if without_listing:
            patch.setattr(counting, "SMALL", 0)
        assert rule_removals(space) == expected
    assert count_choices(space, space.rules) == len(left)


@settings(max_examples=COMPARISONS // 4)
@given(st.integers(0, 2**32 - 1))
def test_a_partial_choice_can_be_completed_where_a_state_agrees_with_it(seed: int) -> None:
    space, random = random_space(seed), Random(seed)
    states = obeying(space, space.rules)
    with Completion(space) as completion:
        for _ in range(4):
            partial = {o: random.randrange(size) for o, size in enumerate(space.sizes) if random.random() < 0.5}
            agreeing = [state for state in states if all(state[option] == level for option, level in partial.items())]
            assert completion.possible(partial) == bool(agreeing)


OPTIONS = [Compare(option) for option in range(60)]


def sixty(*rules: Tree) -> Space:
    """Return a space of sixty yes/no options."""
    return Space((2,) * 60, (0,) * 60, (0,) * 60, rules)


def test_one_of_sixty_options() -> None:
    space = sixty(Count("exactly", 1, tuple(OPTIONS)))
    found = list_states(space)
    assert found.count == 60
    assert [sum(found.values(position)) for position in range(60)] == [1] * 60
    assert found.position(found.values(17)) == 17
    assert rule_removals(space) == [(2**60 - 60, 2**60 - 60)]
    assert any_state(space)


def test_a_hundred_thousand_states_of_sixty_options() -> None:
    ladder = [If(OPTIONS[k], OPTIONS[k + 1]) for k in range(42)]  # 44 settings of 43 options
    off = And(tuple(Not(option) for option in OPTIONS[54:]))
    space = sixty(*ladder, off)
    assert list_states(space).count == 44 * 2**11
    assert rule_removals(space)[0] == (2**58, 2**58)
    assert rule_removals(space)[-1] == (2**60 - 2**54, 44 * 2**17 - 44 * 2**11)


def test_rules_that_interlock_are_weeded() -> None:
    random = Random(1)
    rules = []
    for _ in range(246):  # three options each: near the hardest ratio of rules to options
        three = random.sample(OPTIONS, 3)
        rules.append(Or(tuple(option if random.random() < 0.5 else Not(option) for option in three)))
    found = list_states(sixty(*rules))
    assert found.count == 752
    states = [found.values(position) for position in range(0, 752, 97)]
    assert all(holds(rule, state.__getitem__) for rule in rules for state in states)
    assert rule_removals(sixty(*rules))[-1] == (2**57, None)


def test_twenty_four_free_options_are_all_states() -> None:
    found = list_states(Space((2,) * 24, (0,) * 24, (0,) * 24))
    assert found.count == 2**24
    assert found.values(5) == (1, 0, 1) + (0,) * 21
    assert found.position(found.values(2**23 + 1)) == 2**23 + 1


def test_rules_that_leave_nothing() -> None:
    space = sixty(Or((OPTIONS[0], OPTIONS[1])), Not(OPTIONS[0]), Not(OPTIONS[1]))
    assert not any_state(space)
    assert list_states(space).count == 0


def test_a_resource_of_many_uses_is_counted_exactly() -> None:
    space = sixty(Within(tuple(range(1, 61)), tuple(OPTIONS), 5))
    states = list_states(space)
    assert states.count == 10  # partitions of 0 to 5 into different parts: 1 + 1 + 1 + 2 + 2 + 3
    assert any_state(space)


def test_too_many_states_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TooLargeError, match="about 10\\^18 choices and no rule"):
        list_states(sixty())
    with pytest.raises(TooLargeError, match=r"leave about 10\^17 states, and at most 1,000 can be listed"):
        list_states(sixty(Or((OPTIONS[0], OPTIONS[1]))), limit=1_000)
    monkeypatch.setattr(counting, "WIDEST", 0)  # too many remainders of the rules to count by them
    with pytest.raises(TooLargeError, match="more than 1,000 states"):
        list_states(sixty(Or((OPTIONS[0], OPTIONS[1]))), limit=1_000)


def test_listed_states_are_kept_where_they_obey_rules_and_definitions() -> None:
    space = Space((2, 2, 2), (0, 0, -1), (0, 0, 0), (Compare(0),), ((2, Compare(1)),), 1, listed=LISTED)
    found = list_states(space)
    assert [found.values(position) for position in range(len(found))] == [(1, 0, 0), (1, 1, 1)]
    assert rule_removals(Space((2, 2, 2), (0, 0, 0), (0, 0, 0), (Compare(0),), listed=LISTED)) == [(1, 1)]


LISTED = ((1, 1, 1), (1, 0, 0), (1, 0, 1), (0, 0, 0))


def test_too_many_states_are_counted_before_any_is_listed() -> None:
    """At most 30 of 60, which no rule settles early: the number is known at once, and said."""
    rule = Count("at most", 30, tuple(Compare(option, ">=", 1) for option in range(60)))
    space = Space((2,) * 60, (0,) * 60, (0,) * 60, rules=(rule,))
    before = time.process_time()
    with pytest.raises(
        TooLargeError, match=r"the rules leave about 10\^17 states, and at most 16,777,216 can be listed"
    ):
        list_states(space)
    assert time.process_time() - before < 5, "0.3 s on an idle machine"
