"""The symbolic engine gives the answers of the engines that list states, on every question of the interface."""

from random import Random

from hypothesis import assume, given, settings
from random_cases import COMPARISONS, Dispute, disputes, verdicts

from detente.engine.cube import CubeGame
from detente.engine.interface import Definition, Game, StateSet
from detente.engine.symbolic import SymbolicGame
from detente.preferences import Ranks

KINDS = ("plain rules", "directions", "defined")


def by_statements(case: Dispute) -> None:
    """Leave out cases in which a party ranks the states one by one."""
    assume(not any(isinstance(want, Ranks) for want in case.wants))


def written(game: Game, states: StateSet) -> list[tuple[int | None, ...]]:
    """Return a set as the levels of its states, in the game's order."""
    return [game.values(state) for state in states.first()]


@settings(max_examples=COMPARISONS)
@given(disputes(KINDS))
def test_the_symbolic_engine_equals_the_definitions(case: Dispute) -> None:
    by_statements(case)
    cube, symbolic = case.game(CubeGame), case.game(SymbolicGame)
    for party in range(cube.parties):
        for definition in Definition:
            found, known = symbolic.stable(party, definition), cube.stable(party, definition)
            assert found.count() == known.count()
            assert written(symbolic, found) == written(cube, known), (party, definition)
    assert verdicts(case.reference()) == verdicts(cube)


@settings(max_examples=COMPARISONS // 4)
@given(disputes(KINDS))
def test_moves_and_preferences_equal_those_of_the_cube(case: Dispute) -> None:
    by_statements(case)
    cube, symbolic = case.game(CubeGame), case.game(SymbolicGame)
    assert written(symbolic, symbolic.feasible()) == written(cube, cube.feasible())
    assume(cube.feasible())
    random = Random(case.space.parties)
    pairs = list(zip(cube.feasible().first(), symbolic.feasible().first(), strict=True))
    here, there = random.choice(pairs)
    some = random.sample(pairs, min(3, len(pairs)))
    sets = cube.only([a for a, _ in some]), symbolic.only([b for _, b in some])
    assert symbolic.find(symbolic.values(there)).first() == [there]
    assert there in symbolic.feasible() and not symbolic.none()
    for party in range(cube.parties):
        for equal in (False, True):
            assert written(symbolic, symbolic.better(party, there, equal)) == written(
                cube, cube.better(party, here, equal)
            )
        assert written(symbolic, symbolic.moves(party, there)) == written(cube, cube.moves(party, here))
        for a, b in pairs[:6]:
            order = (cube.rank(party, a) > cube.rank(party, here)) - (cube.rank(party, a) < cube.rank(party, here))
            mine = symbolic.rank(party, b), symbolic.rank(party, there)
            assert (mine[0] > mine[1]) - (mine[0] < mine[1]) == order
        for improving in (False, True):
            for method in ("image", "origins"):
                found = getattr(symbolic, method)(party, sets[1], improving)
                known = getattr(cube, method)(party, sets[0], improving)
                assert written(symbolic, found) == written(cube, known), (method, party, improving)
        for definition in Definition:
            assert written(symbolic, symbolic.sanctions(party, there, definition)) == written(
                cube, cube.sanctions(party, here, definition)
            )
