"""How long the questions take, in CPU time, on seeded random cases: games and the published data with all its
certificates included, nothing kept from the case before.

The bars: accord with its five verdicts on 4,096 states and 4 parties in at most 2 s; 50 demands with up to 20 minimal
contradictory sets in at most 1 s; on the US–Pakistan case, the nearest change and all one-edit variants in at most 5 s.
"""

import time
from collections.abc import Callable
from itertools import count
from random import Random
from typing import Any

import pytest

from detente.files.load import load, read_document
from detente.game import setting
from detente.model.case import Case
from detente.questions.accord import accord
from detente.questions.demands import demands
from detente.questions.variants import Headline, variants

pytestmark = pytest.mark.benchmark(timer=time.process_time)


def random_case(
    seed: int, parties: int = 4, each: int = 3, wishes: int = 10, asked: int = 0, weighed: bool = True
) -> Case:
    """Return a random case: parties with yes/no options, concerns (two of them core) or weights, and demands."""
    random = Random(seed)
    ids = "ABCDEFGH"[:parties]
    keys = [f"{id}.{id.lower()}{n}" for id in ids for n in range(each)]

    def wish() -> str:
        literals = [f"{random.choice(['', 'not '])}{key}" for key in random.sample(keys, random.choice([1, 1, 2, 3]))]
        return f" {random.choice(['and', 'or'])} ".join(literals)

    lines = [f"title: Random {seed}", "patience: 0.9", "parties:"]
    for number, id in enumerate(ids):
        lines.append(f"  {id}:\n    options: [{', '.join(key.partition('.')[2] for key in keys if key[0] == id)}]")
        if weighed and number % 2:
            worth = {wish(): random.randint(-9, 9) for _ in range(wishes)}
            lines += ["    weights:", *(f"      {text}: {amount}" for text, amount in worth.items())]
        else:
            said = [f"      - {{want: {wish()}, core: {'true' if n < 2 else 'false'}}}" for n in range(wishes)]
            lines += ["    concerns:", *said]
    lines.append(f"rules: [not ({keys[0]} and {keys[-1]})]\ntable: [{', '.join(ids[:-1])}]")
    if asked:
        lines.append("demands:")
        for number in range(asked):
            sender, to = random.sample(ids, 2)
            lines.append(f"  - {{id: d{number}, from: {sender}, to: {to}, that: {wish()}}}")
    loaded = read_document("\n".join(lines))
    assert loaded.case is not None and not loaded.errors, loaded.errors
    return loaded.case


def fresh(
    benchmark: Callable[..., Any], ask: Callable[[Case], Any], make: Callable[[int], Case], rounds: int = 5
) -> Any:
    """Time a question on a new case each round, so that no game is kept from the round before."""
    seeds = count()

    def prepare() -> tuple[tuple[Case], dict[str, Any]]:
        setting.cache_clear() if hasattr(setting, "cache_clear") else None
        return (make(next(seeds)),), {}

    return benchmark.pedantic(ask, setup=prepare, rounds=rounds)  # type: ignore[attr-defined] # untyped fixture


@pytest.mark.parametrize("weighed", [False, True])
def test_accord_on_4096_choices_and_4_parties(benchmark: Callable[..., Any], weighed: bool) -> None:
    found = fresh(benchmark, lambda case: accord(case).data(), lambda seed: random_case(seed, weighed=weighed))
    assert found["packages"]
    assert benchmark.stats.stats.max <= 2.0  # type: ignore[attr-defined]


def test_fifty_demands(benchmark: Callable[..., Any]) -> None:
    found = fresh(benchmark, lambda case: demands(case, limit=20).data(), lambda seed: random_case(seed, asked=50))
    assert found["contradictions"]
    assert benchmark.stats.stats.max <= 1.0  # type: ignore[attr-defined]


def test_variants_of_the_source(benchmark: Callable[..., Any]) -> None:
    case = load("us-pakistan-2018").case
    assert case is not None
    found = fresh(
        benchmark, lambda c: variants(c, Headline("cooperative", "YNYYNYYNYYYY"), Headline("none")), lambda _: case
    )
    assert found.findings[0].of > 70
    assert benchmark.stats.stats.max <= 5.0  # type: ignore[attr-defined]
