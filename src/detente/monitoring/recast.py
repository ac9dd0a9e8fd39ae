"""This module owns scenarios recast: teams sent at random, and barriers that slow, as scenarios like any other.

What adds up along a way is, for a joint plan, the exponent of being detected. For teams that are sent at random it is
the chance of meeting one that finds, and for barriers the hours that the way takes. So both are joint plans of another
scenario: of the same parties, budgets, constraints and protections, with these numbers instead of exponents. Teams:
Washburn & Wood (1995), Two-person zero-sum games for network interdiction, Operations Research 43(2). Barriers: Israeli
& Wood (2002), Shortest-path network interdiction, Networks 40(2).
"""

from collections import Counter
from dataclasses import dataclass, replace
from math import inf

import numpy as np

from detente.monitoring.arrays import Floats
from detente.monitoring.compiling import Bound, Compiled, compiled
from detente.monitoring.constraints import Constraint, MaxLevel, MinLevel, Where
from detente.monitoring.deploying import deployments
from detente.monitoring.items import Measure, Segment
from detente.monitoring.network import Adversary, Network
from detente.monitoring.problem import Problem
from detente.monitoring.quantities import BY_DEFAULT, Quantity
from detente.monitoring.scenario import Scenario

ALONG = "along"
"""Under hours, all ways along the border."""
MINUTES = 60  # in an hour
ONE = Quantity.of(1, source=BY_DEFAULT)
NONE = Quantity.of(0, source=BY_DEFAULT)


@dataclass(frozen=True)
class Barred:
    """A scenario of barriers as numbers: what its exponents are hours in.

    Parameters
    ----------
    numbered : Compiled
        With a way around everything for each type of adversary, as long as `endless`, where barriers stop.
    endless : float
        In hours, longer than any way that is open; infinite where no barrier stops.
    """

    numbered: Compiled
    endless: float

    def open(self, hours: float) -> float:
        """Return how long a way takes: infinite where it leads around everything, that is, where none is open."""
        return inf if hours >= self.endless - 1e-6 * max(1.0, self.endless) else hours


def teams(scenario: Scenario) -> Scenario | None:
    """Return the scenario of the teams that are sent at random, with chances to find for exponents; None without any.

    Parameters
    ----------
    scenario : Scenario
        At each place there is one team at most at a time.
    """
    sent = [replace(each, effect=each.finds, most=_least(each.most, ONE)) for each in scenario.measures if each.team]
    if not sent:
        return None
    recast = _recast(scenario, sent)
    several = Counter(each.segment.id for each in deployments(recast))
    alone: list[Constraint] = [
        MaxLevel(id=f"one team at {id}", where=Where(at=(id,)), amount=ONE)
        for id, count in several.items()
        if count > 1
    ]
    return replace(recast, constraints=(*recast.constraints, *alone))


def barriers(scenario: Scenario) -> Scenario | None:
    """Return the scenario of the barriers, with hours for exponents; None without any.

    Parameters
    ----------
    scenario : Scenario
        Barriers come in whole units, one at a place unless more are allowed. Where it is not said how long they delay
        the people who cross there, these are slowed as much as everybody.
    """
    endless = Quantity.of(_endless(scenario), source=BY_DEFAULT)
    built: list[Measure] = []
    for each in scenario.measures:
        if each.barrier:
            most = ONE if each.most is None or each.stops else each.most
            effect = endless if each.stops else each.slows
            built.append(replace(each, effect=effect, most=most, divisible=False))
    if not built:
        return None
    own = tuple((id, quantity or NONE) for id, quantity in hours(scenario).items())
    recast = replace(_recast(scenario, built), baseline=own)
    return replace(recast, measures=tuple(one for each in built for one in _delaying(recast, each)))


def barred(recast: Scenario, effects: Bound = "value", large: bool = False) -> Barred:
    """Return a scenario of barriers as numbers.

    Parameters
    ----------
    recast : Scenario
        From `barriers`.
    effects : value, low or high
        Which end of each range counts, of what barriers add.
    large : bool
        Whether more than 5,000 arcs are wanted.
    """
    numbered = compiled(recast, effects, large)
    if not any(measure.stops for measure in recast.measures):
        return Barred(numbered, inf)
    endless = max(float(each.effect) for each in numbered.deployments if each.measure.stops)
    return Barred(replace(numbered, problem=_around(numbered.problem, endless)), endless)


def hours(scenario: Scenario) -> dict[str, Quantity | None]:
    """Return by segment how long it takes to pass without any barrier; None where that is not said."""
    if isinstance(scenario.hours, Quantity):
        return dict.fromkeys((segment.id for segment in scenario.segments), scenario.hours)
    by_name = dict(scenario.hours)
    by_arc = {arc.id: arc.hours for arc in scenario.arcs}

    def on(segment: Segment) -> Quantity | None:
        general = ALONG if segment.both_ways and not segment.sector else segment.layer
        return by_name.get(segment.id) or by_arc.get(segment.id) or by_name.get(general)

    return {segment.id: on(segment) for segment in scenario.segments}


def untimed(scenario: Scenario) -> tuple[str, ...]:
    """Return the segments of which barriers that slow would have to know how long it takes to pass them."""
    if not any(measure.slows for measure in scenario.measures):
        return ()
    return tuple(id for id, own in hours(scenario).items() if own is None)


def _recast(scenario: Scenario, measures: list[Measure]) -> Scenario:
    """Return a scenario with other measures, and nothing of what adds to exponents without any measure."""
    known = {*(each.id for each in measures), *(each.kind for each in measures)}
    return replace(
        scenario,
        measures=tuple(measures),
        baseline=(),
        along=tuple((side, None) for side, _ in scenario.along),
        crossings=tuple(replace(each, baseline=None) for each in scenario.crossings),
        arcs=tuple(replace(each, baseline=None) for each in scenario.arcs),
        adversaries=tuple(replace(each, baseline=()) for each in scenario.adversaries),
        constraints=tuple(
            each
            for each in scenario.constraints
            if not isinstance(each, MinLevel) or (each.where.measures and known >= set(each.where.measures))
        ),
    )


def _delaying(recast: Scenario, barrier: Measure) -> tuple[Measure, ...]:
    """Return a barrier with what it costs the people who cross where it stands, where that is not said: as many hours.

    Where hours differ by place, that is one barrier a place.
    """
    if barrier.delay is not None:
        return (barrier,)
    if isinstance(barrier.effect, Quantity):
        return (replace(barrier, delay=_minutes(barrier.effect)),)
    return tuple(
        replace(barrier, at=(each.segment.id,), effect=each.effect, delay=_minutes(each.effect))
        for each in deployments(replace(recast, measures=(barrier,)))
    )


def _minutes(hours: Quantity) -> Quantity:
    return replace(hours, value=hours.value * MINUTES, low=hours.low * MINUTES, high=hours.high * MINUTES)


def _least(given: Quantity | None, most: Quantity) -> Quantity:
    return most if given is None or given.value > most.value else given


def _endless(scenario: Scenario) -> int:
    """Return more hours than any way takes that no barrier stops."""
    ways = sum(float(own.high) for own in hours(scenario).values() if own is not None)
    slowest = 0.0
    for each in scenario.measures:
        numbers = (each.slows,) if isinstance(each.slows, Quantity) else tuple(number for _, number in each.slows)
        slowest += max((float(number.high) for number in numbers), default=0.0) * float(each.most or ONE)
    return 1 + int(ways + slowest * len(scenario.segments))


def _around(problem: Problem, endless: float) -> Problem:
    """Return a problem with a way around everything for each adversary: stopping them twice is worth no more."""
    network = problem.network
    tails = np.array([who.sources[0] for who in problem.adversaries])
    heads = np.array([who.sinks[0] for who in problem.adversaries])
    added: Floats = np.full(len(tails), endless)
    wider = Network(
        network.nodes,
        np.concatenate((network.tails, tails)),
        np.concatenate((network.heads, heads)),
        np.concatenate((network.baseline, added)),
    )
    who = tuple(Adversary(each.sources, each.sinks, each.weight) for each in problem.adversaries)
    return replace(problem, network=wider, adversaries=who)
