"""Printed proofs prove what they say on random scenarios, and nothing where a price or a level is another one."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_scenarios import scenarios

from detente.errors import DetenteError
from detente.monitoring.balance import balanced, most_content
from detente.monitoring.coalitional import Game
from detente.monitoring.compiling import compiled
from detente.monitoring.joint import joint_plan
from detente.monitoring.nucleolus import least_core, nucleolus
from detente.monitoring.proofs import proof, proven


def solved(scenario, objective):
    """Return the scenario as numbers and its best plan; None where there is none."""
    try:
        numbered = compiled(scenario)
        return numbered, joint_plan(numbered.problem, objective)
    except DetenteError:
        return None


@settings(max_examples=60, deadline=None)
@given(scenarios(), st.sampled_from(("worst", "weighted", "expected")))
def test_a_printed_proof_proves_its_value(scenario, objective) -> None:
    there = solved(scenario, objective)
    if there is None:
        return
    numbered, plan = there
    found = proven(numbered, numbered.problem, json.loads(json.dumps(proof(numbered, plan))))
    assert found.faults == ()
    assert found.primal == pytest.approx(plan.value, abs=1e-6)
    if not found.whole:
        assert found.dual == pytest.approx(plan.value, abs=1e-5)


@settings(max_examples=60, deadline=None)
@given(scenarios(), st.data())
def test_lower_prices_prove_no_better_bound_and_more_effort_breaks_limits(scenario, data) -> None:
    there = solved(scenario, "worst")
    if there is None or there[1].value <= 1e-6:
        return
    numbered, plan = there
    printed = json.loads(json.dumps(proof(numbered, plan)))
    prices = [
        (kind, key) for kind in ("budget prices", "cap prices") for key, price in printed[kind].items() if price > 1e-6
    ]
    if not prices or proven(numbered, numbered.problem, printed).whole:
        return
    kind, key = data.draw(st.sampled_from(prices))
    printed[kind][key] *= 0.5
    found = proven(numbered, numbered.problem, printed)
    assert found.faults or found.dual >= plan.value - 1e-6, "no prices prove less than a plan reaches"


def test_a_proof_of_other_things_is_refused() -> None:
    from detente.questions.monitor import monitor

    numbered = compiled(monitor("tri-state-schematic").scenario)
    printed = proof(numbered, joint_plan(numbered.problem))
    for change, said in (
        ({"levels": {"moat at S1": 1.0}}, "no deployment is called"),
        ({"budget prices": {"nobody": 1.0}}, "names 'nobody'"),
        ({"weights": None}, "has no weights"),
        ({"primal": "much"}, "a number is expected"),
        ({"dual": float("nan")}, "a number is expected"),
        ({"limit prices": {"x": True}}, "a number is expected"),
    ):
        with pytest.raises(DetenteError, match=said):
            proven(numbered, numbered.problem, printed | change)
    more = {key: 2 * level for key, level in printed["levels"].items()}
    assert any("uses" in fault for fault in proven(numbered, numbered.problem, printed | {"levels": more}).faults)


@st.composite
def games(draw):
    """A game of two to four parties with small whole values."""
    count = draw(st.integers(2, 4))
    values = [0, *(draw(st.integers(0, 12)) for _ in range((1 << count) - 1))]
    return Game(count, tuple(float(value) for value in values))


def by_set(game: Game):
    return {
        frozenset(party for party in range(game.parties) if group >> party & 1): float(value)
        for group, value in enumerate(game.values)
    }


@settings(max_examples=80, deadline=None)
@given(games(), st.integers(0, 3), st.integers(1, 3), st.sampled_from((0.5, 0.01, -0.2)))
def test_the_nucleolus_alone_is_balanced(game: Game, party: int, other: int, by: float) -> None:
    shares = [float(share) for share in nucleolus(game).shares]
    assert balanced(by_set(game), shares) == ""
    one, two = party % game.parties, (party + other) % game.parties
    if one == two:
        return
    moved = list(shares)
    moved[one] += by
    moved[two] -= by
    assert balanced(by_set(game), moved) != ""


@settings(max_examples=80, deadline=None)
@given(games())
def test_the_least_core_lies_between_what_weights_prove_and_what_a_division_has(game: Game) -> None:
    low, high = most_content(by_set(game), game.parties)
    assert low == pytest.approx(high, abs=1e-6)
    assert high == pytest.approx(float(least_core(game).excess), abs=1e-6)


def test_a_party_alone_leaves_nobody_discontent() -> None:
    assert most_content({frozenset(): 0.0, frozenset((0,)): 3.0}, 1) == (0.0, 0.0)
    assert balanced({frozenset(): 0.0, frozenset((0,)): 3.0}, [3.0]) == ""
    assert np.isfinite(most_content({frozenset(): 0.0, frozenset((0,)): 1.0, frozenset((1,)): 1.0,
                                     frozenset((0, 1)): 3.0}, 2)).all()  # fmt: skip
