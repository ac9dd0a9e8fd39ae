"""This module owns how often one must look for nobody to gain by cheating, and where to look if that is too often.

An inspector that announces a rate and keeps to it deters from some rate on. Without the announcement the same rate
comes out, but not the same peace: in the equilibrium of the simultaneous game, violations are as frequent as keeps the
*inspector* indifferent, so that a higher sanction makes inspections rarer and violations no rarer at all. A promise to
inspect removes this trap.

References
----------
Maschler (1966), A price leadership method for solving the inspector's non-constant-sum game, Naval Research Logistics
Quarterly 13(1). Avenhaus, von Stengel & Zamir (2002), Inspection games, Handbook of Game Theory 3. Tsebelis (1989), The
abuse of probability in political analysis: the Robinson Crusoe fallacy, American Political Science Review 83(1).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import log
from statistics import NormalDist

from detente.monitoring.coalitional import Number


@dataclass(frozen=True, slots=True)
class Conduct:
    """What an inspectee gains and risks, and how good an inspection is.

    Parameters
    ----------
    gain, sanction : number
        What an undetected violation is worth; what being caught costs. Above 0, and not negative.
    miss : number, 0 to 1
        The chance that an inspection does not see a violation.
    false_alarm : number, 0 to 1
        The chance that it accuses somebody who did nothing.
    accused : number
        What being wrongly accused costs the inspectee; not negative.
    """

    gain: Number
    sanction: Number
    miss: Number = Fraction(0)
    false_alarm: Number = Fraction(0)
    accused: Number = Fraction(0)

    def __post_init__(self) -> None:
        if self.gain <= 0 or min(self.sanction, self.accused) < 0:
            raise ValueError("a gain is above 0; a sanction and what an accusation costs are not negative")
        if not (0 <= self.miss <= 1 and 0 <= self.false_alarm <= 1):
            raise ValueError("chances lie from 0 to 1")


@dataclass(frozen=True, slots=True)
class OneShot:
    """One period: the chances to inspect and to violate, and what the inspector can expect."""

    inspect: Number
    violate: Number
    inspector: Number


@dataclass(frozen=True, slots=True)
class Site:
    """A place to inspect: the rate that deters there (None if none does), and the harm if it is not deterred."""

    rate: Number | None
    harm: Number

    def __post_init__(self) -> None:
        if self.harm < 0 or (self.rate is not None and self.rate <= 0):
            raise ValueError("a rate is above 0, and harm is not negative")


@dataclass(frozen=True, slots=True)
class Protection:
    """Where a limited number of inspections deters.

    Parameters
    ----------
    chosen : tuple of int
        The sites to deter, if each is deterred wholly or not at all.
    left : number
        The harm at the other sites.
    needed : number or None
        The inspections that would deter everywhere; None if some site cannot be deterred.
    shares : tuple of numbers, one a site
        How much of the time each site is deterred if inspections can be saved up from one period for another.
    left_over_time : number
        The harm that is left then: never more than `left`.
    """

    chosen: tuple[int, ...]
    left: Number
    needed: Number | None
    shares: tuple[Number, ...]
    left_over_time: Number


def deterring_rate(conduct: Conduct) -> Number | None:
    """Return the least announced rate of inspection that makes violating not worth while; None if none does.

    With gain d, sanction b, chance to miss β, and false alarms with chance α that cost f: violating is worth
    d - p (1 - β) (b + d), and complying -p α f; so p >= d / ((b + d)(1 - β) - α f). At p = 1 that is the condition
    β(α) <= (b - f α) / (b + d) on the test that is used.
    """
    bite = (conduct.sanction + conduct.gain) * (1 - conduct.miss) - conduct.accused * conduct.false_alarm
    return None if bite < conduct.gain else conduct.gain / bite


def best_test(gain: float, sanction: float, accused: float, shift: float) -> Conduct:
    """Return the conduct under the test whose significance makes the deterring rate least.

    Parameters
    ----------
    gain, sanction, accused : float
        As in `Conduct`; `accused` above 0, else to accuse always would be best.
    shift : float
        By how many standard deviations a violation moves the mean of what is measured; above 0. Normal errors.

    Notes
    -----
    (b + d)(1 - β(α)) - f α is greatest where the likelihood ratio is f / (b + d): the measurement above which one
    accuses is shift / 2 + ln(f / (b + d)) / shift (Neyman & Pearson).
    """
    if min(gain, accused, shift) <= 0 or sanction < 0:
        raise ValueError("a gain, a shift and what an accusation costs are above 0; a sanction is not negative")
    limit = shift / 2 + log(accused / (sanction + gain)) / shift
    normal = NormalDist()
    return Conduct(gain, sanction, normal.cdf(limit - shift), 1 - normal.cdf(limit), accused)


def simultaneous(conduct: Conduct, cost: Number, loss: Number, caught: Number = Fraction(0)) -> OneShot:
    """Return the equilibrium of one period without an announcement.

    Parameters
    ----------
    conduct : Conduct
        The inspectee's side.
    cost : number
        What an inspection costs the inspector; above 0.
    loss, caught : number
        What an undetected violation costs the inspector, and what one that is caught does (less).

    Notes
    -----
    The chance to violate, cost / ((1 - β)(loss - caught)), has neither the gain nor the sanction in it.
    """
    if cost <= 0 or not 0 <= caught < loss:
        raise ValueError("an inspection costs something, and a violation costs less if it is caught")
    rate = deterring_rate(conduct)
    averted = (1 - conduct.miss) * (loss - caught)
    if averted <= cost:  # never worth the inspector's while, so every violation is free
        return OneShot(Fraction(0), Fraction(1), -loss)
    if rate is None:
        return OneShot(Fraction(1), Fraction(1), averted - loss - cost)
    violate = cost / averted
    return OneShot(rate, violate, -violate * loss)


def announced(conduct: Conduct, cost: Number, loss: Number, caught: Number = Fraction(0)) -> OneShot:
    """Return the best that the inspector can do by announcing a rate and keeping to it (parameters as above).

    It deters, if that costs less than letting violations happen; else what it would do without an announcement.
    """
    rate = deterring_rate(conduct)
    apart = simultaneous(conduct, cost, loss, caught)
    undeterred = max(-loss, (1 - conduct.miss) * (loss - caught) - loss - cost)
    if rate is None or -rate * cost < undeterred:
        best = Fraction(0) if undeterred == -loss else Fraction(1)
        return apart if apart.inspector >= undeterred else OneShot(best, Fraction(1), undeterred)
    return OneShot(rate, Fraction(0), -rate * cost)


def protect(sites: Sequence[Site], capacity: Number) -> Protection:
    """Return where to deter with a number of inspections a period that may be too small for everywhere.

    Each site deterred or not: the knapsack problem, solved by keeping the best harm averted for each amount spent.
    Over time: the fractional knapsack, most harm averted per inspection first (Dantzig 1957).
    """
    if capacity < 0:
        raise ValueError("there are no fewer than no inspections")
    rates = {place: site.rate for place, site in enumerate(sites) if site.rate is not None}
    total = sum((site.harm for site in sites), Fraction(0))
    needed = sum(rates.values(), Fraction(0)) if len(rates) == len(sites) else None
    best: list[tuple[Number, Number, tuple[int, ...]]] = [(Fraction(0), Fraction(0), ())]
    for place, rate in rates.items():
        harm = sites[place].harm
        more = [(spent + rate, averted + harm, (*chosen, place)) for spent, averted, chosen in best]
        best = _efficient([*best, *(entry for entry in more if entry[0] <= capacity)])
    _, averted, chosen = best[-1]
    shares: list[Number] = [Fraction(0)] * len(sites)
    left = capacity
    over_time: Number = Fraction(0)
    for place, rate in sorted(rates.items(), key=lambda entry: -sites[entry[0]].harm / entry[1]):
        shares[place] = min(Fraction(1), left / rate)
        left -= shares[place] * rate
        over_time += shares[place] * sites[place].harm
    return Protection(chosen, total - averted, needed, tuple(shares), total - over_time)


def _efficient(
    entries: Sequence[tuple[Number, Number, tuple[int, ...]]],
) -> list[tuple[Number, Number, tuple[int, ...]]]:
    """Keep the entries that no other one beats: less spent, more averted."""
    kept: list[tuple[Number, Number, tuple[int, ...]]] = []
    for entry in sorted(entries, key=lambda entry: (entry[0], -entry[1], entry[2])):
        if not kept or entry[1] > kept[-1][1]:
            kept.append(entry)
    return kept
