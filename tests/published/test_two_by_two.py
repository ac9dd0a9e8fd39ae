"""All games of two parties with one yes/no option each and strict rankings, against what is known of their number.

References
----------
A. Rapoport and M. Guyer (1966), A taxonomy of 2x2 games, General Systems 11, 203-214: 78 games, 144 of them when the
players are told apart. D. Robinson and D. Goforth (2005), The Topology of the 2x2 Games, Routledge.

That 18 of the 144 have no Nash equilibrium, 108 one and 18 two is recalled from the literature; how many states are
equilibria under the other definitions was computed, not published. In how many of the 576 pairs of rankings a given
state is an equilibrium was recorded by gmcr-py (ancestor of GMCR+) at commit 502a12c; 12 x 12, 16 x 16 and 14 x 14 say
that the two parties are independent under Nash, GMR and SMR.
"""

from collections import Counter
from itertools import permutations

import pytest

import detente as dt
from detente.model.items import Option, Party

STATES = ("NN", "YN", "NY", "YY")
GAMES_WITH = {
    "Nash": {0: 18, 1: 108, 2: 18},
    "GMR": {1: 48, 2: 80, 3: 16},
    "SMR": {0: 8, 1: 80, 2: 52, 3: 4},
    "SEQ": {1: 95, 2: 49},
}
PAIRS_FOR_A_STATE = {"Nash": 12 * 12, "GMR": 16 * 16, "SMR": 14 * 14, "SEQ": 193}


def game(row: tuple[str, ...], column: tuple[str, ...]) -> dt.Case:
    parties = (
        Party("Row", (Option("Row", "act"),), ranking=tuple((state,) for state in row)),
        Party("Column", (Option("Column", "act"),), ranking=tuple((state,) for state in column)),
    )
    return dt.Case("A game of two", parties)


@pytest.fixture(scope="module")
def equilibria() -> list[dict[str, frozenset[str]]]:
    """The equilibria of all 576 pairs of strict rankings, by definition."""
    rankings = list(permutations(STATES))
    return [
        {definition: frozenset(states or ()) for definition, states in dt.stability(game(a, b)).equilibria.items()}
        for a in rankings
        for b in rankings
    ]


@pytest.mark.parametrize("definition", GAMES_WITH)
def test_as_many_games_as_known_have_each_number_of_equilibria(
    definition: str, equilibria: list[dict[str, frozenset[str]]]
) -> None:
    """Each of the 144 games is there four times: an option can be called by its opposite."""
    counts = Counter(len(found[definition]) for found in equilibria)
    assert {number: times / 4 for number, times in counts.items()} == GAMES_WITH[definition]


@pytest.mark.parametrize("definition", PAIRS_FOR_A_STATE)
def test_as_many_pairs_of_rankings_as_known_make_a_state_an_equilibrium(
    definition: str, equilibria: list[dict[str, frozenset[str]]]
) -> None:
    counts = Counter(state for found in equilibria for state in found[definition])
    assert counts == dict.fromkeys(STATES, PAIRS_FOR_A_STATE[definition])


def test_the_definitions_include_each_other_as_proved(equilibria: list[dict[str, frozenset[str]]]) -> None:
    for found in equilibria:
        assert found["Nash"] <= found["SSEQ"] <= found["SEQ"] & found["SMR"]
        assert found["SEQ"] | found["SMR"] <= found["GMR"]
