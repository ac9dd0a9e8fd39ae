"""Minimal impossible sets: by trying all, by hitting sets, by the grid of all choices and by satisfiability."""

from itertools import combinations

from bargains import Naive, bargains, with_
from hypothesis import given
from hypothesis import strategies as st

from detente import game
from detente.files.load import load
from detente.model.case import Demand
from detente.model.statements import And, Compare, Not, Or, bind, made
from detente.questions import clashes
from detente.questions.clashes import clashing, minimal_sets, restrictions
from detente.questions.demands import demands


@given(st.integers(1, 6).flatmap(lambda n: st.tuples(st.just(n), st.lists(st.sets(st.integers(0, n - 1)), max_size=5))))
def test_both_searches_find_all_minimal_sets_smallest_first(drawn):
    size, family = drawn

    def possible(wanted):
        return next((frozenset(each) for each in family if wanted <= each), None)

    every = [frozenset(some) for k in range(size + 1) for some in combinations(range(size), k)]
    bad = [some for some in every if possible(some) is None]
    expected = {some for some in bad if not any(less < some for less in bad)}
    few = minimal_sets(size, possible, 100)
    assert set(few.sets) == expected and few.complete
    assert [len(some) for some in few.sets] == sorted(len(some) for some in few.sets)
    if expected and frozenset() not in expected:
        many = clashes._of_many(frozenset(range(size)), possible, 100, clashes.TRIES)
        assert set(many.sets) == expected and many.complete
        one = clashes._of_many(frozenset(range(size)), possible, 1, clashes.TRIES)
        assert len(one.sets) == 1 and one.complete == (len(expected) == 1)
        assert len(one.sets[0]) == min(map(len, expected))


@given(bargains(), st.data())
def test_what_clashes_is_the_same_on_the_grid_and_by_satisfiability(case, data):
    space = game.space_of(case)
    trees = [bind(demand.that.tree, case.position) for demand in case.demands]
    some = data.draw(st.lists(st.sampled_from(trees), unique_by=id)) if trees else []
    grid = clashing(space, some, restrictions(space))
    small, clashes.SMALL = clashes.SMALL, 0
    try:
        solved = clashing(space, some, restrictions(space))
    finally:
        clashes.SMALL = small
    assert [len(each) for each in grid.sets] == [len(each) for each in solved.sets]
    world = Naive(case)
    assert bool(grid.sets) == (
        not any(all(world.met(case_tree, s) for case_tree in _named(case, some)) for s in world.states)
    )


def _named(case, trees):
    keys = {index: key for key, index in case.position.items()}
    return [bind(tree, keys) for tree in trees]


def asking(case, trees):
    people = case.party_ids
    return with_(case, demands=tuple(Demand(f"d{n}", people[0], people[1], made(t)) for n, t in enumerate(trees)))


ELMIRA = [
    Compare("Uniroyal.accept"),
    Compare("Uniroyal.abandon"),
    Not(Compare("Uniroyal.abandon")),
    Or((Compare("Uniroyal.abandon"), Compare("MoE.modify"))),
    Or((Compare("Uniroyal.abandon"), And((Compare("Uniroyal.accept"), Not(Compare("MoE.modify")))))),
]


def test_states_that_count_as_one_change_nothing_about_delivery():
    case = asking(load("elmira").case, ELMIRA)
    merged, apart = demands(case), demands(with_(case, coalesce=()))
    for one, other in zip(merged.deliverability, apart.deliverability, strict=True):
        assert (one.alone, one.coalitions) == (other.alone, other.coalitions)
    assert [each.demands for each in merged.contradictory] == [each.demands for each in apart.contradictory]


def test_listed_states_are_what_clashes_where_there_are_no_rules():
    case = load("elmira").case
    words = list(game.setting(with_(case, coalesce=())).words(game.setting(with_(case, coalesce=())).game.feasible()))
    listed = with_(case, rules=(), coalesce=(), states=tuple(words))
    both = [Compare("Uniroyal.accept"), Compare("Uniroyal.abandon")]
    (found,) = demands(asking(listed, both)).contradictory
    assert found.because == ("the case lists the possible states, and none meets them",)


def test_demands_that_clash_by_what_they_say_need_no_rule():
    case = asking(load("chicken").case, [])
    key = case.options[0].key
    (found,) = demands(asking(case, [Compare(key), Not(Compare(key))])).contradictory
    assert found.because == () and found.kind == "logical" and "by what they say" in found.text
