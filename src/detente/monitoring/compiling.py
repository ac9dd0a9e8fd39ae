"""This module owns turning a scenario into numbers to solve, with the names kept beside, so that plans can be said.

Columns are deployments (`detente.monitoring.deploying`), rows are constraints (`detente.monitoring.limiting`). A way
that is passed in both directions, and watched, becomes five arcs around one that bears the exponent, so that effort on
it counts in both directions and is paid once.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from detente.errors import NotAvailableError, UnknownNameError
from detente.monitoring.arrays import UNLIMITED, Floats
from detente.monitoring.constraints import Constraint
from detente.monitoring.deploying import Deployment, deployments
from detente.monitoring.items import AdversaryType, Segment
from detente.monitoring.limiting import hours, limits
from detente.monitoring.measures import Measures, Resources, Rows
from detente.monitoring.network import Adversary, Network, check_size
from detente.monitoring.problem import Problem
from detente.monitoring.quantities import Quantity
from detente.monitoring.scenario import Scenario
from detente.monitoring.segments import arrivals, places, size, terminals

Bound = Literal["value", "low", "high"]


@dataclass(frozen=True)
class Compiled:
    """A scenario as numbers, with the names of all of them.

    Parameters
    ----------
    problem : Problem
        Its agencies are the scenario's players (parties), in order; its resources the scenario's budgets, in order.
    deployments : tuple of Deployment
        By column.
    limits : tuple of Constraint
        By row, the constraint that it stands for: what protects people who cross, then those the scenario lists.
    arcs : tuple of (Segment, bool)
        By arc, the segment it belongs to, and whether the arc bears that segment's exponent.
    places : tuple of str
        By node; the last ones, which split ways passed in both directions, are called as their segment is.
    """

    scenario: Scenario
    problem: Problem
    deployments: tuple[Deployment, ...]
    limits: tuple[Constraint, ...]
    arcs: tuple[tuple[Segment, bool], ...]
    places: tuple[str, ...]

    @cached_property
    def players(self) -> tuple[str, ...]:
        """The parties, in the order in which the problem counts its agencies."""
        return self.scenario.players

    def coalition(self, parties: Collection[str]) -> tuple[int, ...]:
        """Return the places of parties among the players; raises UnknownNameError."""
        for party in parties:
            if party not in self.players:
                raise UnknownNameError("party", party, self.players)
        return tuple(place for place, party in enumerate(self.players) if party in parties)

    def levels(self, effort: Floats) -> dict[str, float]:
        """Return the level of every deployment by its key, of efforts by column."""
        return {each.key: float(level) for each, level in zip(self.deployments, effort, strict=True)}

    def effort(self, levels: Mapping[str, float]) -> Floats:
        """Return efforts by column, of levels by the key of a deployment; 0 for those not listed.

        Raises
        ------
        UnknownNameError
            With the nearest deployments.
        """
        place = {each.key: column for column, each in enumerate(self.deployments)}
        found = np.zeros(len(place))
        for key, level in levels.items():
            if key not in place:
                raise UnknownNameError("deployment", key, place)
            found[place[key]] = level
        return found


def compiled(scenario: Scenario, effects: Bound = "value", large: bool = False) -> Compiled:
    """Return a scenario as numbers to solve.

    Parameters
    ----------
    scenario : Scenario
    effects : value, low or high
        Which end of each effect's interval counts. As effort is never negative, the best plan for the low ends is the
        one that does best whatever the effects turn out to be.
    large : bool
        Whether more than 5,000 arcs are wanted.

    Raises
    ------
    TooLargeError
        If there are too many arcs; nothing was made.
    NotAvailableError
        If an adversary type cannot get where it wants in any way, so that there is nothing to plan against.
    """
    check_size(size(scenario), large)
    sinks = arrivals(scenario)
    for adversary, reached in zip(scenario.adversaries, sinks, strict=True):
        if not reached:
            raise NotAvailableError(f"{lost(adversary)}; {LOST_REMEDY}")
    columns = deployments(scenario)
    names, arcs, ends = _network(scenario, {each.segment.id for each in columns})
    check_size(len(arcs), large)
    watched = {segment.id: place for place, (segment, bears) in enumerate(arcs) if bears}
    own = np.array([_number(segment.baseline) if bears else 0.0 for segment, bears in arcs])
    pairs = np.array(ends, dtype=np.int64).reshape(-1, 2)
    constraints, rows = limits(scenario, columns)
    problem = Problem(
        Network(len(names), pairs[:, 0], pairs[:, 1], own),
        tuple(
            _adversary(scenario, adversary, reached, names, arcs, own)
            for adversary, reached in zip(scenario.adversaries, sinks, strict=True)
        ),
        _measures(scenario, columns, watched, effects),
        _resources(scenario),
        Rows.of(rows),
        large,
    )
    return Compiled(scenario, problem, columns, constraints, tuple(arcs), names)


LOST_REMEDY = "add the segments that lead there, or take this adversary type out"


def lost(adversary: AdversaryType) -> str:
    """Say of an adversary type that it cannot get where it wants."""
    start, end = " or ".join(adversary.start), " or ".join(adversary.end)
    return f"{adversary.label} cannot get from {start} to {end} in any way, so that there is nothing to plan against"


def _network(
    scenario: Scenario, watched: Collection[str]
) -> tuple[tuple[str, ...], list[tuple[Segment, bool]], list[tuple[int, int]]]:
    """Return the names of nodes, the segment of each arc with whether it bears the exponent, and each arc's ends."""
    names = list(places(scenario))
    number = {name: place for place, name in enumerate(names)}
    arcs: list[tuple[Segment, bool]] = []
    ends: list[tuple[int, int]] = []
    for segment in scenario.segments:
        start, end = number[segment.start], number[segment.end]
        if not segment.both_ways:
            arcs.append((segment, True))
            ends.append((start, end))
        elif segment.id not in watched and segment.baseline is None:
            arcs += [(segment, True), (segment, True)]
            ends += [(start, end), (end, start)]
        else:
            before, after = len(names), len(names) + 1
            names += [segment.id, segment.id]
            arcs += [(segment, True), *[(segment, False)] * 4]
            ends += [(before, after), (start, before), (end, before), (after, start), (after, end)]
    return tuple(names), arcs, ends


def _adversary(
    scenario: Scenario,
    adversary: AdversaryType,
    reached: Sequence[str],
    names: Sequence[str],
    arcs: Sequence[tuple[Segment, bool]],
    own: Floats,
) -> Adversary:
    number = {name: place for place, name in reversed(list(enumerate(names)))}
    sources = tuple(number[name] for name in terminals(scenario, adversary.start))
    sinks = tuple(number[name] for name in reached)
    by_name = dict(adversary.baseline)
    baseline = own.copy() if by_name else None
    for place, (segment, bears) in enumerate(arcs) if baseline is not None else ():
        said = next((by_name[name] for name in (segment.id, segment.layer) if name in by_name), None)
        if bears and said is not None and baseline is not None:
            baseline[place] = float(said)
    return Adversary(sources, sinks, float(adversary.weight), baseline)


def _measures(
    scenario: Scenario, columns: Sequence[Deployment], watched: Mapping[str, int], effects: Bound
) -> Measures:
    budgets = {budget.key: row for row, budget in enumerate(scenario.budgets)}
    players = {party: row for row, party in enumerate(scenario.players)}
    parties = {party: row for row, party in enumerate(scenario.party_ids)}
    count = len(columns)
    use, consent = np.zeros((len(budgets), count)), np.zeros((len(players), count), dtype=bool)
    intrusiveness = np.zeros((len(parties), count))
    for column, each in enumerate(columns):
        for key, amount in each.measure.uses:
            use[budgets[key], column] = float(amount)
        for party in each.consent:
            consent[players[party], column] = True
        for party, amount in each.measure.intrusiveness:
            intrusiveness[parties[party], column] = float(amount)
    most = (each.measure.most for each in columns)
    return Measures(
        arc=np.array([watched[each.segment.id] for each in columns], dtype=np.int64),
        exponent=np.array([float(getattr(each.effect, effects)) for each in columns]),
        use=use,
        consent=consent,
        cap=np.array([UNLIMITED if cap is None else float(cap) for cap in most]),
        delay=np.array([hours(each) for each in columns]),
        intrusiveness=intrusiveness,
        divisible=np.array([each.measure.divisible for each in columns], dtype=bool),
    )


def _resources(scenario: Scenario) -> Resources:
    party = {agency.id: agency.party for agency in scenario.agencies}
    players = {id: place for place, id in enumerate(scenario.players)}
    owner = [players[party[budget.agency]] for budget in scenario.budgets]
    return Resources(
        np.array(owner, dtype=np.int64), np.array([float(budget.amount) for budget in scenario.budgets], dtype=float)
    )


def _number(quantity: Quantity | None) -> float:
    return 0.0 if quantity is None else float(quantity)
