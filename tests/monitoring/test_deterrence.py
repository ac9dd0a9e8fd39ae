"""How often one must look, and where if that is too often: formulas against definitions, brute force on the rest."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sharing_oracles import TAGS

from detente.monitoring.deterrence import (
    Conduct,
    Site,
    announced,
    best_test,
    deterring_rate,
    protect,
    simultaneous,
)

F = Fraction
chances = st.fractions(0, 1, max_denominator=8)
amounts = st.fractions(F(1, 4), 9, max_denominator=4)
conducts = st.builds(Conduct, amounts, amounts, chances, chances, st.fractions(0, 3, max_denominator=4))


def violating(conduct, rate):
    return conduct.gain * (1 - rate * (1 - conduct.miss)) - conduct.sanction * rate * (1 - conduct.miss)


def complying(conduct, rate):
    return -rate * conduct.false_alarm * conduct.accused


def test_leadership_deterrence_threshold():
    assert TAGS["leadership_deterrence_threshold"] == "theorem"
    assert deterring_rate(Conduct(F(1), F(9), F("0.2"))) == F("0.125")


@given(conducts)
def test_the_rate_makes_both_worth_the_same(conduct):
    rate = deterring_rate(conduct)
    if rate is None:
        assert violating(conduct, 1) > complying(conduct, 1)
    else:
        assert 0 < rate <= 1
        assert violating(conduct, rate) == complying(conduct, rate)
        assert violating(conduct, rate * F(9, 10)) > complying(conduct, rate * F(9, 10))
    # The same, said as a bound on the test: beta(alpha) <= (b - f alpha) / (b + d).
    bound = (conduct.sanction - conduct.accused * conduct.false_alarm) / (conduct.sanction + conduct.gain)
    assert (rate is not None) == (conduct.miss <= bound)


@given(conducts, amounts, amounts, st.fractions(0, F(3, 4), max_denominator=4))
@settings(max_examples=200)
def test_simultaneous_is_an_equilibrium(conduct, cost, loss, part):
    caught = loss * part
    found = simultaneous(conduct, cost, loss, caught)

    def inspector(inspect, violate):
        seen = (1 - conduct.miss) * caught + conduct.miss * loss
        return -inspect * cost - violate * (inspect * seen + (1 - inspect) * loss)

    def inspectee(inspect, violate):
        return violate * violating(conduct, inspect) + (1 - violate) * complying(conduct, inspect)

    p, q = found.inspect, found.violate
    assert inspector(p, q) == found.inspector == max(inspector(0, q), inspector(1, q))
    assert inspectee(p, q) == max(inspectee(p, 0), inspectee(p, 1))
    # A promise is never worse for the inspector than none, and is kept at its best: nothing on a grid beats it.
    led = announced(conduct, cost, loss, caught)
    assert led.inspector >= found.inspector
    for rate in [F(i, 24) for i in range(25)] + ([led.inspect] if led.violate == 0 else []):
        content = violating(conduct, rate) <= complying(conduct, rate)  # when indifferent, the inspectee complies
        assert led.inspector >= inspector(rate, 0 if content else 1)


def test_the_trap_and_the_way_out():
    """A higher sanction makes inspections rarer and violations no rarer; an announced rate ends them."""
    mild, harsh = Conduct(F(1), F(4)), Conduct(F(1), F(19))
    apart = [simultaneous(conduct, F(1), F(10)) for conduct in (mild, harsh)]
    assert [one.violate for one in apart] == [F(1, 10), F(1, 10)]
    assert [one.inspect for one in apart] == [F(1, 5), F(1, 20)]
    led = [announced(conduct, F(1), F(10)) for conduct in (mild, harsh)]
    assert [one.violate for one in led] == [0, 0]
    assert [one.inspect for one in led] == [F(1, 5), F(1, 20)]
    assert [one.inspector for one in apart] == [-1, -1]
    assert [one.inspector for one in led] == [F(-1, 5), F(-1, 20)]


@pytest.mark.parametrize(("gain", "sanction", "accused", "shift"), [(1, 9, 2, 1.5), (2, 3, 4, 2.0), (1, 1, 0.1, 0.7)])
def test_the_best_test_has_the_lowest_rate(gain, sanction, accused, shift):
    from statistics import NormalDist

    best = best_test(gain, sanction, accused, shift)

    def bite(test):
        return (test.sanction + test.gain) * (1 - test.miss) - test.accused * test.false_alarm

    for limit in range(-300, 600):
        miss, alarm = NormalDist(shift).cdf(limit / 100), 1 - NormalDist().cdf(limit / 100)
        assert bite(best) >= bite(Conduct(gain, sanction, miss, alarm, accused)) - 1e-12


sites = st.builds(Site, st.none() | st.fractions(F(1, 8), 1, max_denominator=8), st.fractions(0, 9, max_denominator=4))


@given(st.lists(sites, max_size=7), st.fractions(0, 4, max_denominator=8))
@settings(max_examples=100, deadline=None)
def test_where_to_deter_against_all_choices(places, capacity):
    found = protect(places, capacity)
    fitting = [
        chosen
        for size in range(len(places) + 1)
        for chosen in combinations(range(len(places)), size)
        if all(places[place].rate is not None for place in chosen)
        and sum(places[place].rate for place in chosen) <= capacity
    ]
    left = {chosen: sum(s.harm for p, s in enumerate(places) if p not in chosen) for chosen in fitting}
    assert left[found.chosen] == found.left == min(left.values())
    used = sum(share * site.rate for share, site in zip(found.shares, places, strict=True) if site.rate is not None)
    assert used <= capacity
    assert all(0 <= share <= (site.rate is not None) for share, site in zip(found.shares, places, strict=True))
    assert (
        sum((1 - share) * site.harm for share, site in zip(found.shares, places, strict=True)) == found.left_over_time
    )
    assert found.left_over_time <= found.left
    if found.needed is not None and found.needed <= capacity:
        assert found.left == 0
    # No exchange of time between two sites averts more.
    for one, other in combinations([p for p, s in enumerate(places) if s.rate is not None], 2):
        for more, less in ((one, other), (other, one)):
            if found.shares[more] < 1 and found.shares[less] > 0:
                assert places[more].harm / places[more].rate <= places[less].harm / places[less].rate


def test_what_cannot_be_is_refused():
    for wrong in (
        lambda: Conduct(F(0), F(1)),
        lambda: Conduct(F(1), F(1), F(2)),
        lambda: Site(F(0), F(1)),
        lambda: protect([], F(-1)),
        lambda: simultaneous(Conduct(F(1), F(1)), F(0), F(1)),
        lambda: best_test(1, 1, 0, 1),
    ):
        with pytest.raises(ValueError, match=r"above 0|chances|fewer|costs something"):
            wrong()
