"""What graphs can do that moves by options cannot, on cases small enough to be checked by hand."""

import pytest

from detente.engine.graph import GraphGame
from detente.engine.interface import Definition, Space
from detente.model.case import Conventions
from detente.preferences import Ranks


def plain(arcs: dict[int, list[tuple[int, int]]], ranks: list[tuple[int, ...]], **conventions: bool) -> GraphGame:
    """Return a game on plain states."""
    space = Space((), (), (), parties=len(ranks), plain=len(ranks[0]), arcs=arcs)
    return GraphGame(space, [Ranks(values) for values in ranks], Conventions(**conventions))


def test_a_graph_without_any_gmr_equilibrium() -> None:
    """Party 0 improves 0 -> 3 and 3 -> 1, party 1 improves 1 -> 2 and 2 -> 0, and no answer hurts.

    After 0 -> 3 and 1 -> 2 the other cannot move; after 3 -> 1 and 2 -> 0 the one answer (2, 3) still beats the start.
    """
    game = plain({0: [(0, 3), (3, 1)], 1: [(1, 2), (2, 0)]}, [(0, 2, 2, 1), (2, 0, 1, 2)])
    assert not game.transitive
    assert game.stable(0, Definition.GMR).first() == [1, 2]
    assert game.stable(1, Definition.GMR).first() == [0, 3]
    assert not game.equilibria(Definition.GMR) and not game.equilibria(Definition.SEQ)


def test_a_graph_without_any_seq_equilibrium_has_none_under_stronger_definitions_either() -> None:
    game = plain({1: [(0, 2), (2, 1)], 2: [(1, 3), (3, 0)]}, [(0, 0, 0, 0), (0, 2, 1, 2), (2, 0, 2, 1)])
    for definition in (Definition.SEQ, Definition.SSEQ, Definition.NASH):
        assert not game.equilibria(definition)


@pytest.mark.parametrize(("returns", "stable"), [(True, True), (False, False)])
def test_a_return_sanctions_or_not(returns: bool, stable: bool) -> None:
    game = plain({0: [(0, 1)], 1: [(1, 0)]}, [(0, 1), (1, 0)], return_sanctions=returns)
    for definition in (Definition.GMR, Definition.SEQ):
        assert (0 in game.stable(0, definition)) == stable


def test_another_sanction_counts_where_the_return_does_not() -> None:
    """Party 1 can answer by a return to 0, which is lowest, or by a move to 2, which is no better than 0."""
    game = plain({0: [(0, 1)], 1: [(1, 0), (1, 2)]}, [(0, 1, 0), (1, 0, 1)], return_sanctions=False)
    assert 0 in game.stable(0, Definition.GMR)
    assert game.sanctions(0, 0, Definition.GMR).first() == [2]
    strict = plain({0: [(0, 1)], 1: [(1, 0), (1, 2)]}, [(0, 1, 0), (1, 0, 1)], ties_sanction=False)
    assert 0 not in strict.stable(0, Definition.GMR)


def test_nobody_moves_twice_in_a_row() -> None:
    """Party 1 could hurt party 0 by two moves, but nobody moves in between."""
    arcs = {0: [(0, 1)], 1: [(1, 2), (2, 3)]}
    game = plain(arcs, [(1, 2, 3, 0), (0, 0, 0, 0)])
    assert 0 not in game.stable(0, Definition.GMR)
    # A third party that can go from 2 to 4 and back lets party 1 move again.
    arcs |= {2: [(2, 4)]}
    arcs[1] += [(4, 3)]
    longer = plain(arcs, [(1, 2, 3, 0, 3), (0, 0, 0, 0, 0), (0, 0, 0, 0, 0)])
    assert 0 in longer.stable(0, Definition.GMR)


def test_a_merged_state_moves_where_a_member_does() -> None:
    """Three options of three parties; where the first is taken, the others do not matter."""
    space = Space((2, 2, 2), (0, 1, 2), (1, 0, 0), parties=3, merged=({0: 1},))
    game = GraphGame(space, [Ranks((0, 1, 2, 3, 4))] * 3, Conventions())
    assert [game.values(s) for s in game.feasible()] == [
        (0, 0, 0),
        (1, None, None),
        (0, 1, 0),
        (0, 0, 1),
        (0, 1, 1),
    ]
    assert [game.moves(0, s).first() for s in range(5)] == [[1], [], [1], [1], [1]]
    assert [game.moves(1, s).first() for s in range(5)] == [[2], [], [0], [4], [3]]
    assert game.find((1, 0, 1)).first() == game.find((1, None, None)).first() == [1]
