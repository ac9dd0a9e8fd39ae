"""How the engines grow, in CPU time: ``pytest benchmarks/bench_scale.py`` (minutes; not part of the default test run).

Every case comes from the seeded generator of `random_models`. What a bar asks is said beside it; bars are checked on
the median of the rounds, compiled code and imports being loaded before.
"""

import time
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import pytest
from random_models import Model, model

from detente.engine.cube import CubeGame
from detente.engine.interface import Definition, Game
from detente.engine.listed import ListedGame
from detente.engine.sweeps import Sweep
from detente.engine.symbolic import SymbolicGame
from detente.model.case import Conventions

pytestmark = pytest.mark.benchmark(timer=time.process_time)
FAST = find_spec("numba") is not None


def solve(engine: type[Game], case: Model, definitions: list[Definition] | None = None) -> list[int]:
    """Build a game and count its equilibria."""
    game = engine(case.space, case.wants, Conventions())  # type: ignore[call-arg] # engines share a constructor
    return [game.equilibria(definition).count() for definition in definitions or Definition]


def timed(benchmark: Any, work: Callable[[], Any], bar: float | None, rounds: int = 3) -> None:
    """Run the work a few times, and hold its median to the bar."""
    benchmark.extra_info["found"] = str(benchmark.pedantic(work, rounds=rounds, warmup_rounds=1))
    benchmark.extra_info["bar"] = bar
    assert bar is None or benchmark.stats.stats.median <= bar


@pytest.mark.parametrize(("options", "bar"), [(20, None), (22, 1.2), (24, 5.0), (25, None)])
@pytest.mark.skipif(not FAST, reason="the extra `fast` is not installed")
def test_cubes_of_four_parties(benchmark: Any, options: int, bar: float | None) -> None:
    case = model(options, 4, 1)
    timed(benchmark, lambda: solve(CubeGame, case), bar, rounds=5 if options < 24 else 3 if options < 25 else 1)


@pytest.mark.parametrize(("options", "bar"), [(20, None), (22, None), (24, 60.0)])
def test_cubes_without_compiled_loops(
    benchmark: Any, options: int, bar: float | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CubeGame, "_fast", lambda game: False)
    case = model(options, 4, 1)
    timed(benchmark, lambda: solve(CubeGame, case), bar, rounds=1)


def test_a_cube_with_one_way_options(benchmark: Any) -> None:
    case = model(24, 4, 1, directed=0.3)
    timed(benchmark, lambda: solve(CubeGame, case), 15.0 if FAST else None, rounds=1)


@pytest.mark.parametrize("engine", [CubeGame, ListedGame])  # auto takes the cube
def test_some_states_among_twenty_options(benchmark: Any, engine: type[Game]) -> None:
    case = model(20, 6, 3, patterns=7)  # 202,752 states
    timed(benchmark, lambda: solve(engine, case), 1.0 if engine is CubeGame and FAST else None)


@pytest.mark.parametrize("definition", Definition)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_two_hundred_options_of_three_parties(benchmark: Any, seed: int, definition: Definition) -> None:
    case = model(200, 3, seed, patterns=33)
    timed(benchmark, lambda: solve(SymbolicGame, case, [definition]), 2.0)


@pytest.mark.parametrize("definition", [Definition.NASH, Definition.GMR, Definition.SMR])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_two_hundred_options_of_five_parties(benchmark: Any, seed: int, definition: Definition) -> None:
    case = model(200, 5, seed)
    timed(benchmark, lambda: solve(SymbolicGame, case, [definition]), 2.0)


@pytest.mark.parametrize("seed", [3, 4, 5, 6])  # 1 to 3 s; others up to 15 s, and some are not decided
def test_credible_answers_of_five_parties(benchmark: Any, seed: int) -> None:
    case = model(200, 5, seed)
    timed(benchmark, lambda: solve(SymbolicGame, case, [Definition.SEQ]), None, rounds=1)


@pytest.mark.parametrize("options", [100, 200, 400, 1000])
def test_a_first_nash_equilibrium(benchmark: Any, options: int) -> None:
    case = model(options, 5, 1, patterns=options // 15)

    def first() -> list[int]:
        return SymbolicGame(case.space, case.wants, Conventions()).equilibria(Definition.NASH).first(1)

    timed(benchmark, first, 0.2)


def test_ten_thousand_variations(benchmark: Any) -> None:
    case = model(12, 3, 1)
    targets = tuple(CubeGame(case.space, case.wants, Conventions()).equilibria(Definition.SEQ).first(20))
    sweep = Sweep(CubeGame, case.space, case.wants, Conventions(), targets, tuple(Definition), 1, 0)
    timed(benchmark, lambda: sweep.survivors(0, 10_000).tolist(), 10.0 if FAST else None, rounds=1)
