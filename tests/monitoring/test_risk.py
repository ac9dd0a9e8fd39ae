"""Whether cooperation lasts: thresholds against the values on both sides of them, equilibria against best responses."""

from fractions import Fraction
from itertools import chain, combinations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sharing_oracles import SECURITY, SECURITY_EQUILIBRIA, SECURITY_PAYOFFS, TAGS

from detente.monitoring.risk import (
    Exposed,
    Repeated,
    detection_needed,
    interdependence,
    leak_break_even,
    patience_needed,
    payoff,
    with_leak,
)

F = Fraction
chances = st.fractions(0, 1, max_denominator=8)


@given(chances, chances)
def test_at_the_break_even_both_are_worth_the_same(apart, joint):
    leak = leak_break_even(apart, joint)
    if joint == 0:
        assert leak is None
    else:
        assert with_leak(joint, leak) == apart
        assert (leak > 0) == (joint > apart)


def test_leak_of_tri_state_schematic():
    assert leak_break_even(0.6020969, 0.9284597) == pytest.approx(0.3515105, abs=1e-6)


def test_self_enforcing_discount():
    assert TAGS["self_enforcing_discount"] == "derived"
    assert patience_needed(Repeated(F(5), F(3), F(1), F("0.3"))) == F(10, 13)
    assert patience_needed(Repeated(F(5), F(3), F(1))) == F(1, 2)


def cheating(stakes, patience, periods=4000):
    """What cheating until found out is worth, period by period."""
    total, undiscovered, weight = 0.0, 1.0, 1.0
    for _ in range(periods):
        total += weight * (undiscovered * float(stakes.temptation) + (1 - undiscovered) * float(stakes.punishment))
        undiscovered *= 1 - float(stakes.found_out)
        weight *= float(patience)
    return total


@given(st.integers(-3, 9), st.integers(-3, 9), st.integers(-3, 9), st.fractions(F(1, 8), 1, max_denominator=8))
@settings(max_examples=40, deadline=None)
def test_patience_on_both_sides_of_the_threshold(temptation, reward, punishment, found_out):
    stakes = Repeated(F(temptation), F(reward), F(punishment), found_out)
    needed = patience_needed(stakes)
    if reward < punishment:
        assert needed is None and detection_needed(stakes, F(1, 2)) is None
        return
    for patience in (0.0, 0.3, 0.6, 0.9, 0.98):
        if needed is not None and abs(patience - needed) < 1e-9:
            continue
        keeps = reward / (1 - patience) >= cheating(stakes, patience) - 1e-9
        assert keeps == (needed is not None and patience >= needed)


@given(st.integers(1, 9), st.integers(0, 9), st.integers(-5, 0), st.fractions(0, F(9, 10), max_denominator=10))
def test_detection_needed_is_the_inverse(more, reward, punishment, patience):
    assume(reward > punishment)
    stakes = Repeated(F(reward + more), F(reward), F(punishment))
    needed = detection_needed(stakes, patience)
    if needed is None:
        assert patience_needed(stakes) > patience
    else:
        assert patience_needed(Repeated(F(reward + more), F(reward), F(punishment), needed)) == patience
    assert detection_needed(Repeated(F(1), F(1), F(0)), patience) == 0


def two_states(cost):
    q = SECURITY["passed_on"]
    return [Exposed(F(cost), SECURITY["loss"], SECURITY["own"], others) for others in ((F(0), q), (q, F(0)))]


@pytest.mark.parametrize("cost", SECURITY_EQUILIBRIA)
def test_interdependent_security_two_states(cost):
    assert TAGS["interdependent_security_two_states"] == "theorem"
    states = two_states(cost)
    assert states[0].thresholds() == (180, 200)
    assert interdependence(states).equilibria == SECURITY_EQUILIBRIA[cost]


def test_interdependent_security_payoffs():
    for investing, worth in SECURITY_PAYOFFS.items():
        assert payoff(two_states(185), 0, investing) == worth


def test_tipping():
    assert interdependence(two_states(170)).tipping == ((),)
    assert interdependence(two_states(185)).tipping == ((0,), (1,))
    assert interdependence(two_states(205)).tipping == ((0, 1),)


@st.composite
def exposed(draw):
    count = draw(st.integers(1, 4))
    return [
        Exposed(
            draw(st.fractions(0, 9, max_denominator=2)),
            F(20),
            draw(chances),
            tuple(
                F(0) if other == state else draw(st.fractions(0, F(3, 4), max_denominator=4)) for other in range(count)
            ),
        )
        for state in range(count)
    ]


def expected(states, state, investing):
    """By cases: whether the own loss happens, and which others pass one on."""
    own = states[state]
    open_others = [other for other in range(len(states)) if other != state and other not in investing]
    total = F(0)
    for own_loss in (False, True):
        chance = (own.own if own_loss else 1 - own.own) if state not in investing else F(not own_loss)
        for hits in chain.from_iterable(combinations(open_others, size) for size in range(len(open_others) + 1)):
            p = chance
            for other in open_others:
                p *= own.passed_on[other] if other in hits else 1 - own.passed_on[other]
            total -= p * own.loss * bool(own_loss or hits)
    return total - own.cost * (state in investing)


@given(exposed())
@settings(max_examples=60, deadline=None)
def test_interdependence_against_all_profiles(states):
    count = len(states)
    groups = [g for size in range(count + 1) for g in combinations(range(count), size)]
    for group in groups:
        for state in range(count):
            assert payoff(states, state, group) == expected(states, state, group)
            low, high = states[state].thresholds()
            gain = expected(states, state, {*group, state}) - expected(states, state, set(group) - {state})
            assert low <= gain + states[state].cost <= high
            if not set(group) - {state}:
                assert gain + states[state].cost == low
            if len({*group, state}) == count:
                assert gain + states[state].cost == high
    stable = {
        group
        for group in groups
        if all(expected(states, s, group) >= expected(states, s, set(group) ^ {s}) for s in range(count))
    }
    found = interdependence(states)
    assert set(found.equilibria) == stable and len(found.equilibria) == len(stable)
    everybody = tuple(range(count))

    def reach_all(group):
        investing = set(group)
        for _ in range(count):
            for state in range(count):
                if expected(states, state, investing | {state}) >= expected(states, state, investing - {state}):
                    investing.add(state)
        return investing == set(everybody)

    size = min(len(group) for group in groups if reach_all(group))
    assert list(found.tipping) == [group for group in groups if len(group) == size and reach_all(group)]


def test_what_cannot_be_is_refused():
    with pytest.raises(ValueError, match="chance"):
        Repeated(F(1), F(1), F(1), F(2))
    with pytest.raises(ValueError, match="states"):
        interdependence([])
