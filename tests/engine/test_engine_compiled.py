"""The compiled loops of large cubes give the verdicts of the definitions, on cubes of any size."""

from math import prod
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_cases import COMPARISONS, CONVENTIONS, Dispute, dispute, disputes, statement, verdicts

from detente.engine import cube
from detente.engine.cube import CubeGame
from detente.engine.interface import Space
from detente.preferences import Ladder


@pytest.fixture(autouse=True, scope="module")
def any_size():
    """Take the compiled loops however small the cube is."""
    pytest.importorskip("numba", reason="the extra `fast` is not installed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cube, "COMPILED", 0)
        yield


@settings(max_examples=COMPARISONS, deadline=None)
@given(disputes(("plain rules", "directions", "defined")))
def test_compiled_loops_equal_the_definitions(case: Dispute) -> None:
    assert verdicts(case.game(CubeGame)) == verdicts(case.reference())


MANY_PARTIES = st.builds(
    dispute,
    st.integers(0, 2**32 - 1),
    st.sampled_from(("plain rules", "directions", "defined")),
    st.integers(5, 9),  # more than share one row of labels
    st.integers(2, 6),
    st.sampled_from(CONVENTIONS),
)


@settings(max_examples=COMPARISONS // 4, deadline=None)
@given(MANY_PARTIES)
def test_many_parties_are_worked_on_in_groups(case: Dispute) -> None:
    assert verdicts(case.game(CubeGame)) == verdicts(case.reference())


@settings(max_examples=COMPARISONS // 10, deadline=None)
@given(disputes(("plain rules", "directions")))
def test_ranks_too_high_for_the_smallest_type(case: Dispute) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cube, "narrow", lambda highest: np.int32)
        game = case.game(CubeGame)
        for rank in game._place_ranks:
            rank[rank >= 0] += 1 << 30  # and too high to be sorted together with the settings in 32 bits
        game._top += 1 << 30
        assert verdicts(game) == verdicts(case.reference())


def wide(seed: int) -> Dispute:
    """Return a random case of some hundred or thousand choices: too many for the definitions, few for the engines."""
    random = Random(seed)
    parties = random.randint(1, 6)
    sizes: list[int] = []
    while prod(sizes) < 600:
        sizes.append(random.choice([2, 2, 2, 3, 5]))
    owners = [random.randrange(parties) for _ in sizes] if random.random() < 0.5 else [0] * (len(sizes) - 2) + [0, -1]
    owners = [max(owner, 0) if owner >= 0 else parties - 1 for owner in owners]
    share = random.choice([0.0, 0.0, 0.3, 1.0])
    directions = [random.choice([1, -1]) if random.random() < share else 0 for _ in sizes]
    rules = tuple(statement(random, tuple(sizes), 2) for _ in range(random.choice([0, 1, 2])))
    wants = tuple(Ladder(tuple(statement(random, tuple(sizes), 2) for _ in range(9))) for _ in range(parties))
    space = Space(tuple(sizes), tuple(owners), tuple(directions), rules, (), parties)
    return Dispute("wide", space, wants, random.choice(CONVENTIONS))


@pytest.mark.parametrize("seed", range(60))
def test_long_fibres_and_many_of_them(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    case = wide(seed)
    found = verdicts(case.game(CubeGame))
    monkeypatch.setattr(cube, "COMPILED", 1 << 30)
    assert found == verdicts(case.game(CubeGame))


def test_the_compiled_loops_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    from detente.engine import compiled

    taken = []
    settled = compiled.settled
    monkeypatch.setattr(compiled, "settled", lambda *given: (taken.append(given), settled(*given))[1])
    verdicts(dispute(1, "plain rules", 2, 3).game(CubeGame))
    assert len(taken) == 2  # any moves, and improvements
