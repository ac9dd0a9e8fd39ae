"""What games say of single states and of single moves: the same in every engine, and what the case says."""

from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from random_cases import COMPARISONS, GRAPHS, OPTION_FORM, Dispute, dispute, disputes, statement

from detente.engine.cube import CubeGame
from detente.engine.graph import GraphGame
from detente.engine.interface import Definition, Game, Space
from detente.engine.listed import ListedGame
from detente.errors import NotAvailableError, TooLargeError
from detente.model.case import Conventions
from detente.model.statements import Compare, Not, holds
from detente.preferences import Ladder, Ranks

SOME = settings(max_examples=COMPARISONS // 4)


def games(case: Dispute) -> list[Game]:
    """Return the case in every engine that takes it."""
    if case.kind not in OPTION_FORM:
        return [case.game(GraphGame)]
    return [
        case.game(engine) for engine in (CubeGame, ListedGame, GraphGame) if (case.kind, engine) != ("listed", CubeGame)
    ]


@SOME
@given(disputes(OPTION_FORM + GRAPHS))
def test_moves_and_ranks_are_those_of_the_definitions(case: Dispute) -> None:
    expected = case.reference()
    states = range(len(expected.states))
    for game in games(case):
        assert game.feasible().first() == list(states)
        for party in range(game.parties):
            u = expected.utility[party]
            for s in states:
                assert set(game.moves(party, s)) == expected.moves(party, s)
                assert set(game.improvements(party, s)) == expected.improvements(party, s)
                assert set(game.better(party, s)) == {t for t in states if u[t] > u[s]}
                assert set(game.better(party, s, equal=True)) == {t for t in states if u[t] >= u[s]}
            rank = [game.rank(party, s) for s in states]
            assert all((rank[s] < rank[t]) == (u[s] < u[t]) for s in states for t in states)


@SOME
@given(disputes(OPTION_FORM + GRAPHS))
def test_images_and_origins_follow_from_moves(case: Dispute) -> None:
    random = Random(7)
    for game in games(case):
        everything = game.feasible().first()
        chosen = [s for s in everything if random.random() < 0.4]
        for party, improving in product(range(game.parties), (False, True)):
            step = game.improvements if improving else game.moves
            image = {t for s in chosen for t in step(party, s)}
            assert set(game.image(party, game.only(chosen), improving)) == image
            origins = {s for s in everything if set(step(party, s)) & set(chosen)}
            assert set(game.origins(party, game.only(chosen), improving)) == origins


@SOME
@given(disputes(OPTION_FORM + GRAPHS))
def test_sanctions_are_those_of_the_definitions(case: Dispute) -> None:
    expected = case.reference()
    for game in games(case):
        for party, definition in product(range(game.parties), list(Definition)[1:]):
            for s in range(len(expected.states)):
                assert set(game.sanctions(party, s, definition)) == expected.answers(party, s, definition)
        assert not game.sanctions(0, 0, Definition.NASH) if expected.states else True


@SOME
@given(disputes(("plain rules", "directions", "defined", "listed", "merged", "mixed", "merged and given")))
def test_states_are_found_by_what_they_are(case: Dispute) -> None:
    expected, random = case.reference(), Random(5)
    sizes = case.space.sizes
    tree = statement(random, sizes, 2)
    for game in games(case):
        where = {s for s, members in enumerate(expected.states) if all(holds(tree, m.__getitem__) for m in members)}
        assert set(game.where(tree)) == where
        for s, members in enumerate(expected.states[:6]):
            if len(members) == 1 and None not in game.values(s):
                assert game.values(s) == members[0]
                assert game.find(members[0]).first() == [s]
            values = game.values(s)
            assert all(value in (None, member[option]) for member in members for option, value in enumerate(values))
            assert s in game.find(values)
            partly = [value if random.random() < 0.5 else None for value in members[0]]
            agree = {
                t
                for t, others in enumerate(expected.states)
                if any(all(v in (None, o) for v, o in zip(partly, other, strict=True)) for other in others)
            }
            assert set(game.find(partly)) == agree
        if sizes:
            assert not game.find([9, *([None] * (len(sizes) - 1))])


def test_sets_of_states() -> None:
    game = dispute(3, "plain rules", 2, 0).game(CubeGame)
    assert (game.feasible().count(), game.values(0)) == (1, ())
    game = CubeGame(Space((2, 3), (0, 0), (0, 0)), [Ladder(())], Conventions())
    some = game.only([1, 4])
    assert some.first() == [1, 4] and some.first(1) == [1] and some.count() == len(some) == 2
    assert (~some).first() == [0, 2, 3, 5] and (some | game.only([0])).first() == [0, 1, 4]
    assert (some & game.only([4, 5])).first() == [4] and (some - game.only([4])).first() == [1]
    assert 4 in some and 0 not in some and -1 not in some and "4" not in some and 99 not in some
    assert list(some) == [1, 4] and not game.none() and some
    assert repr(game.feasible()) == "<6 states: 0, 1, 2, 3, 4, 5>"


def test_first_option_counts_least_in_the_order_of_states() -> None:
    for engine in (CubeGame, ListedGame, GraphGame):
        game = engine(Space((2, 3), (0, 0), (0, 0), (Not(Compare(1, "=", 1)),)), [Ladder(())], Conventions())
        assert [game.values(s) for s in game.feasible()] == [(0, 0), (1, 0), (0, 2), (1, 2)]


def test_an_engine_says_what_it_cannot_take() -> None:
    plain, listed = Space((), (), (), plain=2), Space((2,), (0,), (0,), listed=((0,),))
    for engine in (CubeGame, ListedGame):
        with pytest.raises(NotAvailableError, match="need the graph engine"):
            engine(plain, [Ladder(())], Conventions())
    with pytest.raises(NotAvailableError, match="use the listed engine"):
        CubeGame(listed, [Ladder(())], Conventions())
    merged = Space((2, 2), (0, 0), (0, 0), merged=({0: 1},))
    with pytest.raises(NotAvailableError, match="tells apart states that are merged"):
        GraphGame(merged, [Ladder((Compare(1),))], Conventions())


@pytest.mark.parametrize("engine", [CubeGame, ListedGame, GraphGame])
def test_too_many_states_are_refused_before_memory_is_taken(engine: type[Game]) -> None:
    space = Space((2,) * 60, (0,) * 60, (0,) * 60)
    with pytest.raises(TooLargeError, match="rules"):
        engine(space, [Ladder(())], Conventions())  # type: ignore[call-arg]


def test_ranks_are_aligned_with_the_states_also_where_an_option_is_defined() -> None:
    # The last option is the opposite of the first, so the states' order is not that of the first option.
    space = Space((2, 2), (0, -1), (0, 0), defined=((1, Not(Compare(0))),))
    for engine in (CubeGame, ListedGame, GraphGame):
        game = engine(space, [Ranks((5, 7))], Conventions())
        assert [game.values(s) for s in game.feasible()] == [(1, 0), (0, 1)]
        assert game.rank(0, 0) < game.rank(0, 1)
        assert game.stable(0, Definition.NASH).first() == [1]
