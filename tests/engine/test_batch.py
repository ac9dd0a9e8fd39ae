"""Many rankings at once, against the games that each of them makes."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.engine.batch import LOWEST, NO_MOVE, Arena, Moves, kept, staying, worth
from detente.engine.cube import CubeGame
from detente.engine.graph import GraphGame
from detente.engine.interface import Definition, Space
from detente.engine.listed import ListedGame
from detente.model.case import Conventions
from detente.model.statements import Compare, If, Not
from detente.preferences import Ladder, Weighted

USUAL = Conventions(True, True)
SPACE = Space((2, 2, 3, 2), (0, 0, 1, 1), (0, 1, 0, -1), (If(Compare(0), Compare(2)),), parties=2)
STATEMENTS = (
    Compare(0),
    Not(Compare(1)),
    Compare(2, "=", 1),
    Compare(3),
    If(Compare(1), Compare(2)),
    Compare(2, ">=", 2),
)
ENGINES = [CubeGame, ListedGame, GraphGame]
ladders = st.lists(
    st.permutations(range(6)).flatmap(lambda o: st.integers(0, 6).map(lambda n: tuple(o[:n]))), min_size=1, max_size=6
)


@pytest.mark.parametrize("engine", ENGINES)
@given(st.data())
@settings(max_examples=30)
def test_staying_is_nash_stability_under_each_ranking(engine, data):
    orders = data.draw(ladders)
    party = data.draw(st.integers(0, 1))
    arena = Arena(engine(SPACE, [Ladder(())] * 2, USUAL), SPACE)
    moves = arena.moves(party, range(arena.states))
    found = np.concatenate([staying(part) for part in worth(arena.gains(moves, STATEMENTS), orders)])
    for order, row in zip(orders, found, strict=True):
        wants = [Ladder(())] * 2
        wants[party] = Ladder(tuple(STATEMENTS[number] for number in order))
        game = engine(SPACE, wants, USUAL)
        assert np.flatnonzero(row).tolist() == game.stable(party, Definition.NASH).first()


@pytest.mark.parametrize("engine", ENGINES)
def test_moves_are_those_of_the_game(engine):
    arena = Arena(engine(SPACE, [Ladder(())] * 2, USUAL), SPACE)
    for party in range(2):
        moves = arena.moves(party, range(arena.states))
        for state in range(arena.states):
            reached = sorted(end for end in moves.ends[state].tolist() if end != NO_MOVE)
            assert reached == arena.game.moves(party, state).first()
            here = arena.game.values(state)
            for end, changed in zip(moves.ends[state].tolist(), moves.changed[state], strict=True):
                if end != NO_MOVE:
                    there = arena.game.values(end)
                    assert changed.tolist() == [here[option] != there[option] for option in moves.own]


def test_a_contract_completes_moves_as_in_the_game_with_it():
    arena = Arena(CubeGame(SPACE, [Ladder(())] * 2, USUAL), SPACE)
    bound = Space(SPACE.sizes, (0, 0, 1, -1), SPACE.directions, SPACE.rules, ((3, Compare(0)),), parties=2)
    game = CubeGame(bound, [Ladder(())] * 2, USUAL)
    number = {arena.game.values(state): state for state in arena.game.feasible()}
    targets = np.flatnonzero(arena.obeying(bound))
    assert {arena.game.values(int(state)) for state in targets} == {game.values(state) for state in game.feasible()}
    for party in range(2):
        moves = arena.moves(party, targets, bound)
        for place, state in enumerate(game.feasible()):
            here = list(targets).index(number[game.values(state)])
            reached = {end for end in moves.ends[here].tolist() if end != NO_MOVE}
            assert reached == {number[game.values(end)] for end in game.moves(party, state)}, place


def test_rankings_of_any_length_are_compared_exactly():
    gains = np.array([[[0, 0, 1]], *[[[0, -1, -1]]] * 79, [[[1, 1, 1]]][0]], np.int8)
    for length in (10, 40, 80):
        ladder = [0, *range(1, length), 80]
        (found,) = worth(gains, [ladder])
        assert (found[0, 0] > 0).tolist() == [True, False, True]
        assert found[0, 0][2] > found[0, 0][0]


def test_weights_are_compared_by_rank():
    wants = [Weighted(STATEMENTS[:2], (Fraction(1), Fraction(-3))), Ladder(())]
    arena = Arena(CubeGame(SPACE, wants, USUAL), SPACE)
    moves = arena.moves(0, range(arena.states))
    stays = staying(arena.risen(moves, 0))[0]
    assert np.flatnonzero(stays).tolist() == arena.game.stable(0, Definition.NASH).first()
    clout = np.zeros((arena.states, 2), np.bool_)
    assert (kept(arena.risen(moves, 0), moves, clout)[0] == stays).all()
    assert kept(arena.risen(moves, 0), moves, ~clout).all()
    assert set(LOWEST) == {"f", "i", "O"}


def test_clout_counts_over_the_best_move_that_changes_least():
    moves = Moves(np.array([0]), np.array([[1, 2, 3]]), np.array([[[1, 0], [0, 1], [1, 1]]], np.bool_), (0, 1))
    best_is_last = np.array([[[1.0, 1.0, 2.0]]])
    best_is_first = np.array([[[2.0, 1.0, 2.0]]])
    first, second, both = (np.array([row], np.bool_) for row in ([1, 0], [0, 1], [1, 1]))
    assert [bool(kept(best_is_last, moves, held)[0, 0]) for held in (first, second, both)] == [False, False, True]
    assert [bool(kept(best_is_first, moves, held)[0, 0]) for held in (first, second, both)] == [True, False, True]
    assert kept(-best_is_last, moves, ~both)[0, 0]


def test_a_party_without_moves_stays():
    space = Space((2,), (0,), (0,), parties=2)
    arena = Arena(CubeGame(space, [Ladder(())] * 2, USUAL), space)
    moves = arena.moves(1, range(2))
    (found,) = worth(arena.gains(moves, [Compare(0)]), [[0]])
    assert staying(found).all()
    assert kept(found, moves, np.zeros((2, 0), np.bool_)).all()
