"""How long the engines take, in CPU time: ``pytest benchmarks`` (not part of the default test run).

The bar: 1,024 states, 4 parties, all five definitions in at most 10 ms, building the game and its ranks included.
"""

import time
from collections.abc import Callable
from typing import Any

import pytest
from random_models import Model, model

from detente.engine.cube import CubeGame
from detente.engine.graph import GraphGame
from detente.engine.interface import Definition, Game
from detente.engine.listed import ListedGame
from detente.model.case import Conventions

BAR = 0.010  # seconds of CPU time
KINDS = {"free": (0, 0.0), "rules": (3, 0.0), "rules and directions": (3, 0.3)}
pytestmark = pytest.mark.benchmark(timer=time.process_time)


def solve(engine: type[Game], case: Model) -> list[int]:
    """Build a game and count the equilibria under all five definitions."""
    game = engine(case.space, case.wants, Conventions())  # type: ignore[call-arg] # engines share a constructor
    return [game.equilibria(definition).count() for definition in Definition]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("engine", [CubeGame, ListedGame, GraphGame])
def test_a_thousand_states_and_four_parties(benchmark: Callable[..., Any], engine: type[Game], kind: str) -> None:
    patterns, directed = KINDS[kind]
    cases = [model(10, 4, seed, patterns, directed) for seed in range(20)]
    benchmark.extra_info["models"] = len(cases)  # type: ignore[attr-defined] # the fixture has no published type

    turn = iter(range(10**9))
    benchmark.pedantic(  # type: ignore[attr-defined]
        lambda: solve(engine, cases[next(turn) % len(cases)]), rounds=60, warmup_rounds=5
    )
    if engine is not GraphGame:
        assert benchmark.stats.stats.median <= BAR  # type: ignore[attr-defined]


@pytest.mark.parametrize("options", [10, 12, 14, 16, 18, 20])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("engine", [CubeGame, ListedGame])
def test_growth(benchmark: Callable[..., Any], engine: type[Game], kind: str, options: int) -> None:
    patterns, directed = KINDS[kind]
    case = model(options, 4, 1, patterns, directed)
    rounds = 20 if options < 16 else 3 if options < 20 else 1
    counts = benchmark.pedantic(lambda: solve(engine, case), rounds=rounds)  # type: ignore[attr-defined]
    benchmark.extra_info["equilibria"] = counts  # type: ignore[attr-defined]
