"""What a party can secure, found by thresholds, is what the cube engine finds by looking at every state."""

from dataclasses import replace
from itertools import product
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from random_cases import COMPARISONS, CONVENTIONS, Dispute, dispute, statement

from detente.engine.cube import CubeGame
from detente.engine.diagrams import Diagrams
from detente.engine.interface import Definition, Space
from detente.engine.symbolic import SymbolicGame
from detente.model.case import Conventions
from detente.preferences import Ladder


def long_lists(seed: int, kind: str, parties: int, options: int, conventions: Conventions = CONVENTIONS[0]) -> Dispute:
    """Return a random case in which parties have many concerns, of two and more literals, so that ranks are many."""
    case, random = dispute(seed, kind, parties, options, conventions), Random(seed)
    space = replace(case.space, rules=case.space.rules[: random.choice([0, 1])])
    wants = tuple(
        Ladder(tuple(statement(random, space.sizes, random.choice([0, 1, 2])) for _ in range(random.randint(4, 12))))
        for _ in range(parties)
    )
    return replace(case, space=space, wants=wants)


CASES = st.builds(
    long_lists,
    st.integers(0, 2**32 - 1),
    st.sampled_from(["plain rules", "directions", "defined"]),
    st.integers(2, 5),
    st.integers(3, 6),
    st.sampled_from(CONVENTIONS),
)


@settings(max_examples=COMPARISONS)
@given(CASES)
def test_long_lists_of_concerns_give_the_verdicts_of_the_cube(case: Dispute) -> None:
    cube, symbolic = case.game(CubeGame), case.game(SymbolicGame)
    for party, definition in product(range(cube.parties), Definition):
        found, known = symbolic.stable(party, definition), cube.stable(party, definition)
        assert [symbolic.values(state) for state in found] == [cube.values(state) for state in known]


@settings(max_examples=COMPARISONS // 4)
@given(CASES, st.booleans(), st.booleans())
def test_extremes_are_those_of_the_fibres(case: Dispute, lowest: bool, directed: bool) -> None:
    """The lowest and highest numbers over some parties' options are those among the states that agree elsewhere."""
    game = case.game(SymbolicGame)
    assert isinstance(game, SymbolicGame)
    diagrams, space = game.diagrams, case.space
    movers = list(range(1, space.parties))
    found = diagrams.extreme(diagrams.digits[0], movers, lowest, directed)
    states = game.feasible().first()
    fixed = {
        state: [level for option, level in enumerate(game.values(state)) if not _free(space, option, movers, directed)]
        for state in states
    }
    for state in states[:8]:
        ranks = [_number(diagrams, game, diagrams.digits[0], each) for each in states if fixed[each] == fixed[state]]
        assert _number(diagrams, game, found, state) == (min(ranks) if lowest else max(ranks))


def _free(space: Space, option: int, movers: list[int], directed: bool) -> bool:
    """Return whether an option is one of those that may differ; what is defined follows from the others."""
    if space.owners[option] == -1:
        return True
    return space.owners[option] in movers and (directed or not space.directions[option])


def _number(diagrams: Diagrams, game: SymbolicGame, digits: list[object], state: int) -> int:
    number = 0
    for digit in digits:
        number = 2 * number + bool((digit & game.cube(state)).satisfiable())  # type: ignore[operator] # a diagram
    return number
