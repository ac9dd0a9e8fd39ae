"""How long the nearest change takes, in CPU time, nothing kept from the case before.

The bars: on the US–Pakistan case, the nearest change and all one-edit variants of its headlines in at most 5 s
together; on hard random disputes of 4 parties, the nearest change, proven, in at most 5 s each over 10 to 14 options,
and in at most 15 s over 16.
"""

import time
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from typing import Any

import pytest
from random_disputes import dispute

from detente.files.load import load
from detente.model.case import Case
from detente.questions.change import Changes, change, nearest_changes
from detente.questions.variants import Headline, Standing, variants

pytestmark = pytest.mark.benchmark(timer=time.process_time)

CASE = load("us-pakistan-2018").case
HEADLINES = (
    Headline("cooperative", "YNYYNYYNYYYY"),
    *(Headline(name) for name in ("none", "mercenary", "patron-client", "cooperative")),
    Headline(demands=("operation", "talks")),
)


def fresh(benchmark: Callable[..., Any], ask: Callable[[Case], Any], rounds: int = 5) -> Any:
    """Time a question on a case that is not equal to the one of the round before."""
    numbers = count()

    def prepare() -> tuple[tuple[Case], dict[str, Any]]:
        return (replace(CASE, title=f"{CASE.title} {next(numbers)}"),), {}

    return benchmark.pedantic(ask, setup=prepare, rounds=rounds)  # type: ignore[attr-defined] # untyped fixture


def test_nearest_change_and_all_variants(benchmark: Callable[..., Any]) -> None:
    def ask(case: Case) -> tuple[Changes, Standing]:
        return change(case), variants(case, *HEADLINES)

    near, standing = fresh(benchmark, ask)
    assert near[0].cost == 1
    assert [finding.of for finding in standing.findings] == [77] * len(HEADLINES)
    assert benchmark.stats.stats.max <= 5.0  # type: ignore[attr-defined]


def test_nearest_change_for_the_page(benchmark: Callable[..., Any]) -> None:
    near = fresh(benchmark, nearest_changes)
    assert near[0].cost == 1


def test_a_package_that_is_far_from_passing(benchmark: Callable[..., Any]) -> None:
    near = fresh(benchmark, lambda case: change(case, state="YNNNNYYYYNYY"), rounds=3)
    assert (near[0].cost, near.exact) == (6, True)


def test_under_an_approach_that_couples_parties(benchmark: Callable[..., Any]) -> None:
    near = fresh(benchmark, lambda case: change(case, "PK.fence and AT.talk", "cooperative"), rounds=2)
    assert near.changes


@pytest.mark.parametrize("approach", ["none", "cooperative"])
@pytest.mark.parametrize("options", [10, 12, 14, 16])
def test_hard_random_disputes(benchmark: Callable[..., Any], options: int, approach: str) -> None:
    seeds = iter(range(100))

    def prepare() -> tuple[tuple[Case], dict[str, Any]]:
        return (dispute(options, 4, next(seeds)),), {}

    def ask(case: Case) -> Changes:
        near = change(case, approach=approach)
        assert near.exact
        return near

    benchmark.pedantic(ask, setup=prepare, rounds=12 if options < 16 else 6)  # type: ignore[attr-defined] # untyped
    assert benchmark.stats.stats.max <= (5.0 if options < 16 else 15.0)  # type: ignore[attr-defined]
