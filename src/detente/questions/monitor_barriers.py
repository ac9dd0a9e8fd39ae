"""This module owns where barriers stand best, and how little they do before the last gap is closed.

Where they stand: the quickest way across is to take as long as can be (Israeli & Wood 2002, Shortest-path network
interdiction, Networks 40(2)), within budgets, consent, constraints and what protects the people who cross. Beside it
stands what people of habit notice, who do not all take the quickest way: the harshest reading is not the only one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import inf, isinf
from typing import Any

import numpy as np

from detente.look.summary import Block, Table, counted
from detente.monitoring.arrays import Floats
from detente.monitoring.compiling import Bound, Compiled
from detente.monitoring.fences import Habit, busiest, of_habit, places_needed, quickest, step_of
from detente.monitoring.joint import joint_plan, joint_range
from detente.monitoring.naming import in_words
from detente.monitoring.plan import Plan
from detente.monitoring.recast import Barred, barred
from detente.monitoring.recast import barriers as recast_barriers
from detente.monitoring.scenario import Scenario
from detente.questions.monitor_planned import SAME, USED, branching, certificate, place_of, protected, proven
from detente.questions.monitored import exponent, signed


@dataclass(frozen=True, slots=True)
class Stand:
    """A barrier at a place: how many units, and by how many hours they slow together; infinite where they stop."""

    barrier: str
    place: str
    units: int
    slows: float


@dataclass(frozen=True, slots=True)
class Barriers:
    """Where barriers stand best, and what that does.

    Parameters
    ----------
    hours : float
        That the quickest way across takes with them; infinite where none is left.
    without : float
        Without any barrier.
    low, high : float, or None
        Of the hours, if what barriers add is at the lowest, or highest, that it can be; None without ranges.
    stands : tuple of Stand
    needed : int or None
        How many places must have one before the quickest way takes any longer; None where no number will do.
    step : float
        How many hours slower a way is that people of habit take half as often.
    habit : (float, float), or None
        How long people of habit take on average, without and with the barriers; None where that cannot be reckoned.
    noticed : (str, float), or None
        Where no barrier changes the quickest way: of the places that people of habit pass most often, that at which one
        barrier alone would slow them most, and by how many hours on average.
    more : mapping from budget to float
        What one more unit adds to the hours.
    civil : tuple of (str, str)
        What it does to the people who cross.
    certificate : mapping
        "primal", "dual", "levels": for detente verify.
    """

    hours: float
    without: float
    low: float | None
    high: float | None
    stands: tuple[Stand, ...]
    needed: int | None
    step: float
    habit: tuple[float, float] | None
    noticed: tuple[str, float] | None
    more: Mapping[str, float]
    civil: tuple[tuple[str, str], ...]
    certificate: Mapping[str, Any]

    def headline(self) -> str:
        """Say what they do, in a sentence."""
        if isinf(self.hours):
            return "With these barriers no way across is left."
        if self.hours > self.without + SAME:
            return (
                f"With these barriers the quickest way across takes {exponent(self.hours)} hours; without any, "
                f"{exponent(self.without)}."
            )
        if not proven(float(self.certificate["primal"]), float(self.certificate["dual"])):
            return f"No barriers were found that make the quickest way slower than {exponent(self.without)} hours."
        told = f"No choice of barriers makes the quickest way across slower: it takes {exponent(self.without)} hours"
        if self.needed is None:
            return f"{told} whatever is done, as it passes where there can be none."
        return (
            f"{told} until {counted(self.needed, 'place')} at least {'has' if self.needed == 1 else 'have'} one, and "
            "more than that is not within budgets and limits; whoever adapts goes where there is none."
        )

    def blocks(self) -> Iterator[Block]:
        """Yield what is said of it."""
        lines: list[str | Table] = [self.headline()]
        if self.low is not None and self.high is not None:
            ends = f"{_hours(self.low)}; as high: {_hours(self.high)}"
            lines.append(f"If what barriers add is as low as it can be everywhere: {ends}.")
        if self.stands:
            rows = tuple(
                (each.barrier, each.place, str(each.units), "stops" if isinf(each.slows) else exponent(each.slows))
                for each in self.stands
            )
            lines.append(Table(("barrier", "place", "units", "hours it adds"), rows))
        lines += self._habits()
        lines += [f"One more unit of {key} would add {_more(added)}." for key, added in self.more.items()]
        lines.append("Budgets are spent on barriers alone here, and on the other measures alone above.")
        yield Block("Barriers", tuple(lines))
        yield Block("People who cross where barriers stand", tuple(f"{name}: {said}." for name, said in self.civil))

    def _habits(self) -> list[str]:
        """Say what people of habit notice, so that the quickest way is not all that counts."""
        habitual = f"people of habit, who take a way half as often if it is {exponent(self.step)} hours slower"
        if self.noticed is not None:
            place, added = self.noticed
            told = f"one barrier at {place} would cost {exponent(added)} hours on average"
            return [f"That is the harshest reading: of {habitual}, {told}."]
        if self.habit is None or not self.stands:
            return []
        before, after = self.habit
        return [f"Of {habitual}: {exponent(before)} hours on average without barriers, {exponent(after)} with them."]

    def proof(self) -> str:
        """Say what proves it, or how far it is from proven."""
        bound = float(self.certificate["dual"])
        if not proven(float(self.certificate["primal"]), bound):
            return (
                f"Barriers: {_hours(self.hours)} is the best found, and {exponent(bound)} the most that is not ruled "
                "out; the search was stopped before this gap was closed."
            )
        return f"Barriers: all other choices are ruled out by branching; none makes it more than {_hours(self.hours)}."

    def data(self) -> dict[str, Any]:
        """Return it as JSON-ready data; null stands for hours without end."""
        return {
            "hours": _finite(self.hours),
            "hours without barriers": self.without,
            "stopped": isinf(self.hours),
            "range": None if self.low is None or self.high is None else [_finite(self.low), _finite(self.high)],
            "barriers": [
                {"barrier": each.barrier, "place": each.place, "units": each.units, "hours": _finite(each.slows)}
                for each in self.stands
            ],
            "places needed": self.needed,
            "people of habit": {
                "half as often if slower by": self.step,
                "hours": None if self.habit is None else list(self.habit),
                "one alone": None if self.noticed is None else {"place": self.noticed[0], "hours": self.noticed[1]},
            },
            "one more adds": {key: _finite(added) for key, added in self.more.items()},
            "people who cross": [{"what": name, "text": said} for name, said in self.civil],
            "certificate": dict(self.certificate),
        }


def barriers(scenario: Scenario, large: bool = False) -> Barriers | None:
    """Return where barriers stand best; None where there are none.

    Parameters
    ----------
    scenario : Scenario
    large : bool
        Whether more than 5,000 arcs are wanted.
    """
    recast = recast_barriers(scenario)
    if recast is None:
        return None
    with in_words(recast, large):
        here = barred(recast, large=large)
        here = replace(here, numbered=replace(here.numbered, problem=branching(here.numbered.problem)))
        plan = joint_plan(here.numbered.problem, large=large)
        best = proven(plan.value, plan.bound)
        low, high = (_reached(recast, end, large) if best else None for end in ("low", "high"))
        more = dict(_adds(here, plan)) if best else {}
    problem = here.numbered.problem
    nothing = np.zeros(problem.measures.count)
    hours, without = here.open(plan.value), min(quickest(problem, nothing))
    before, after = (of_habit(problem, effort, step_of(problem)) for effort in (nothing, plan.effort))
    ranged = any(not each.effect.certain for each in here.numbered.deployments)
    return Barriers(
        hours,
        without,
        low if ranged else None,
        high if ranged else None,
        tuple(_stands(here.numbered, plan.effort)),
        places_needed(problem),
        step_of(problem),
        (before.length, after.length) if before is not None and after is not None and not isinf(hours) else None,
        _noticed(here.numbered, before) if hours <= without + SAME and before is not None else None,
        more,
        tuple(_civil(here.numbered, plan.effort)),
        certificate(here.numbered, plan),
    )


def _reached(recast: Scenario, end: Bound, large: bool) -> float | None:
    here = barred(recast, end, large)
    value, bound = joint_range(branching(here.numbered.problem), large=large)
    return here.open(value) if proven(value, bound) else None


def _adds(here: Barred, plan: Plan) -> Iterator[tuple[str, float]]:
    """Yield what one more unit of each budget adds: solved, for whole units have no prices."""
    problem = here.numbered.problem
    hours = here.open(plan.value)
    for row in np.flatnonzero(problem.measures.use.any(axis=1)).tolist():
        value, bound = joint_range(problem.one_more(row))
        added = 0.0 if isinf(hours) else here.open(value) - hours
        if proven(value, bound):
            yield here.numbered.scenario.budgets[row].key, added if added > SAME else 0.0


def _stands(numbered: Compiled, effort: Floats) -> Iterator[Stand]:
    for each, level in zip(numbered.deployments, effort, strict=True):
        if level > USED:
            units = round(float(level))
            slows = inf if each.measure.stops else units * float(each.effect)
            yield Stand(each.measure.label, place_of(numbered.scenario, each.segment), units, slows)


def _noticed(numbered: Compiled, before: Habit) -> tuple[str, float] | None:
    """Return where one barrier would slow people of habit most, of the places that they pass most, and by how much."""
    problem = numbered.problem
    able = [
        column
        for column, each in enumerate(numbered.deployments)
        if not each.measure.stops
        and problem.measures.cap[column] >= 1
        and (problem.measures.use[:, column] <= problem.resources.budget).all()
    ]
    best: tuple[str, float] | None = None
    for column in busiest(problem, before, able):
        after = of_habit(problem, 1.0 * (np.arange(problem.measures.count) == column), step_of(problem))
        added = 0.0 if after is None else after.length - before.length
        if added > (best[1] + SAME if best else SAME):
            best = place_of(numbered.scenario, numbered.deployments[column].segment), added
    return best


def _civil(numbered: Compiled, effort: Floats) -> Iterator[tuple[str, str]]:
    """Yield what barriers do to the people who cross; who is stopped is counted, for no hours are long enough."""
    stops = np.array([bool(each.measure.stops) for each in numbered.deployments], dtype=bool)
    return protected(numbered, np.where(stops, 0.0, effort), np.where(stops, effort, 0.0))


def _finite(hours: float) -> float | None:
    return None if isinf(hours) else hours


def _hours(hours: float) -> str:
    return "no way is left" if isinf(hours) else f"{exponent(hours)} hours"


def _more(added: float) -> str:
    return "a stop to all ways" if isinf(added) else f"{signed(added)} hours"
