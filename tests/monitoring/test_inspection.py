"""How often to inspect: published values, the recursion and the closed form, and programs over all schedules."""

from fractions import Fraction
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sharing_oracles import DRESHER, DRESHER_INSPECT, FERGUSON, TAGS, table
from small_programs import minimum

from detente.monitoring.inspection import (
    Stakes,
    between,
    inspections_needed,
    repeated,
    saddle,
    sequential,
    unless_idle,
)

F = Fraction
whole = st.integers(-4, 4).map(F)


def over_all_schedules(periods, inspections, act_seen, act_unseen, idle, rewards=1):
    """Minimise what the inspectee can get against a mixture of all schedules, in which it decides as it goes along.

    The inspectee knows past inspections and what it did itself; the schedule does not depend on what it did. For each
    history h and number d of violations so far, u[h, d] is at least what each of its choices is worth there, weighed
    by the chance of h. `act_seen(d)` ends the game, `act_unseen(d)` goes on while rewards are left, `idle(d)` ends it.
    """
    schedules = [
        tuple(int(t in chosen) for t in range(periods)) for chosen in combinations(range(periods), inspections)
    ]
    histories = [h for size in range(periods + 1) for h in product((0, 1), repeat=size)]
    states = {(h, d): len(schedules) + i for i, (h, d) in enumerate(product(histories, range(rewards + 1)))}
    size = len(schedules) + len(states)

    def mass(history):
        row = np.zeros(size)
        row[[i for i, s in enumerate(schedules) if s[: len(history)] == history]] = 1
        return row

    rows = []
    for (history, done), place in states.items():
        own = np.zeros(size)
        own[place] = 1
        if len(history) == periods:
            rows.append(own - mass(history) * idle(done))
            continue
        wait = own.copy()
        for next_one in (0, 1):
            wait[states[(*history, next_one), done]] -= 1
        rows.append(wait)
        if done < rewards:
            act = own - mass((*history, 1)) * act_seen(done) - mass((*history, 0)) * act_unseen(done)
            if done + 1 < rewards:
                act[states[(*history, 0), done + 1]] -= 1
            rows.append(act)
    cost = np.zeros(size)
    cost[states[(), 0]] = 1
    rows.append(np.array([1.0] * len(schedules) + [0.0] * len(states)))
    low = np.array([0.0] * len(schedules) + [-np.inf] * len(states))
    return minimum(cost, rows, [*[0.0] * (len(rows) - 1), 1.0], [*[np.inf] * (len(rows) - 1), 1.0], low)[0]


@pytest.mark.parametrize(("oracle", "sanction"), [("dresher_values_b1", 1), ("dresher_values_b2", 2)])
def test_dresher_values(oracle, sanction):
    assert TAGS[oracle] == "theorem"
    for (periods, inspections), value in table(DRESHER[sanction]).items():
        assert sequential(periods, inspections, F(sanction)).value == value
        assert repeated(periods, inspections, [F(1)], F(sanction)).value == value


def test_dresher_chances_to_inspect_now():
    for (periods, inspections), chance in table(DRESHER_INSPECT).items():
        assert sequential(periods, inspections).inspect == chance


@pytest.mark.parametrize("idle", FERGUSON)
def test_ferguson_melolidakis_gamma(idle):
    for (periods, inspections), value in table(FERGUSON[idle]).items():
        assert unless_idle(periods, inspections, idle).value == value
        if idle == 1:
            assert value == F(inspections, periods)
        elif inspections < periods:
            assert value == sequential(periods, inspections).inspect


@given(st.integers(1, 9), st.integers(0, 9), st.fractions(0, 5, max_denominator=6))
@settings(max_examples=60, deadline=None)
def test_recursion_is_the_closed_form(periods, inspections, sanction):
    assert repeated(periods, inspections, [F(1)], sanction) == sequential(periods, inspections, sanction)


@pytest.mark.parametrize("sanction", [F(1, 2), F(1), F(3)])
@pytest.mark.parametrize("periods", [1, 2, 3, 4, 5])
def test_closed_form_is_the_program_over_schedules(periods, sanction):
    for inspections in range(periods + 1):
        found = over_all_schedules(periods, inspections, lambda _: -float(sanction), lambda _: 1.0, lambda _: 0.0)
        assert float(sequential(periods, inspections, sanction).value) == pytest.approx(found, abs=1e-9)


@pytest.mark.parametrize("idle", [F(0), F(1, 3), F(1)])
@pytest.mark.parametrize("periods", [2, 3, 4])
def test_unless_idle_is_the_program_over_schedules(periods, idle):
    for inspections in range(periods + 1):
        found = over_all_schedules(periods, inspections, lambda _: -1.0, lambda _: 0.0, lambda _: -float(idle))
        assert float(unless_idle(periods, inspections, idle).value) == pytest.approx(-found, abs=1e-9)


@pytest.mark.parametrize("rewards", [(1, 1), (1, 3), (5, 1, 2)])
@pytest.mark.parametrize(("periods", "inspections"), [(2, 1), (3, 1), (3, 2), (4, 1), (4, 2)])
def test_several_violations_against_an_inspector_that_learns_of_none(periods, inspections, rewards):
    found = over_all_schedules(
        periods,
        inspections,
        lambda done: -2.0 * rewards[done],
        lambda done: float(rewards[done]),
        lambda _: 0.0,
        rewards=len(rewards),
    )
    game = repeated(periods, inspections, [F(reward) for reward in rewards], F(2))
    assert float(game.value) == pytest.approx(found, abs=1e-8)
    assert game.inspect == sequential(periods, inspections, F(2)).inspect


@given(st.tuples(st.tuples(whole, whole), st.tuples(whole, whole)))
def test_saddle(matrix):
    value, first_row, first_column = saddle(matrix)
    rows, columns = (first_row, 1 - first_row), (first_column, 1 - first_column)
    assert min(*rows, *columns) >= 0
    assert max(sum(rows[i] * matrix[i][j] for i in (0, 1)) for j in (0, 1)) == value
    assert min(sum(columns[j] * matrix[i][j] for j in (0, 1)) for i in (0, 1)) == value


@given(st.integers(1, 7), st.integers(0, 7), st.fractions(0, 4, max_denominator=4),
       st.fractions(F(1, 4), 4, max_denominator=4), st.fractions(0, F(3, 4), max_denominator=4))  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_payoffs_that_do_not_add_up_to_zero(periods, inspections, sanction, gain, caught):
    stakes = Stakes(gain, sanction, F(1), caught)
    found = between(periods, inspections, stakes)
    # The inspectee's side is the game of Dresher in its own units.
    alone = sequential(periods, inspections, sanction / gain)
    assert (found.inspectee, found.inspect) == (gain * alone.value, alone.inspect)
    # Under leadership the inspectee, then content to wait, violates once no inspection is left.
    assert found.committed == -alone.value
    assert found.committed >= found.inspector
    if 0 < inspections < periods:
        # Both are indifferent in the first period.
        one, none = between(periods - 1, inspections - 1, stakes), between(periods - 1, inspections, stakes)
        p, q = found.inspect, found.violate
        assert 0 < p < 1 and 0 < q < 1
        acting, waiting = gain * (1 - p) - sanction * p, p * one.inspectee + (1 - p) * none.inspectee
        looking = -q * caught + (1 - q) * one.inspector
        passing = -q + (1 - q) * none.inspector
        assert acting == waiting == found.inspectee
        assert looking == passing == found.inspector


def test_zero_sum_stakes_give_the_zero_sum_chances():
    stakes = Stakes(F(1), F(0), F(1), F(0))
    assert between(5, 2, stakes).violate == sequential(5, 2, F(0)).violate
    assert between(5, 2, stakes).inspector == -sequential(5, 2, F(0)).value


def test_inspections_needed():
    assert inspections_needed(12, F(4), F(1)) == 0
    assert inspections_needed(12, F(4), F(0)) == 12
    needed = inspections_needed(12, F(4), F(1, 10))
    assert sequential(12, needed, F(4)).value <= F(1, 10) < sequential(12, needed - 1, F(4)).value


def test_what_cannot_be_is_refused():
    for wrong in (
        lambda: sequential(0, 0),
        lambda: sequential(3, 1, F(-1)),
        lambda: repeated(3, 1, [F(0)]),
        lambda: unless_idle(3, 1, F(2)),
        lambda: Stakes(F(0)),
        lambda: Stakes(F(1), F(1), F(1), F(1)),
    ):
        with pytest.raises(ValueError, match=r"negative|above 0|fewer|idleness"):
            wrong()
