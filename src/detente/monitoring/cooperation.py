"""This module owns what cooperation is worth, and how much of that each element of it is due.

Elements of cooperation are planning in common, and things that only cooperation makes possible: access to each other's
ground, sensors of a third party, joint teams, barriers. Every set of elements is valued: with planning in common by the
best joint plan; without it by the plans that parties make alone, laid on each other, against adversaries who adapt to
the sum. What an element adds depends on which others are there. The waterfall adds one after the other; the Shapley
value is the mean over all orders, and the same whatever order is drawn (Shapley 1953).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import exp

import numpy as np
import numpy.typing as npt

from detente.monitoring.arrays import Flags, Floats
from detente.monitoring.coalitional import LARGEST, Game, shapley
from detente.monitoring.joint import joint_effort, joint_plan
from detente.monitoring.plan import Objective, Plan
from detente.monitoring.problem import Problem
from detente.monitoring.routes import Evaluation, evaluate
from detente.monitoring.sharing import alone, reached

PLANNING = 0  # the number of the element that every list of elements starts with
MOST_TIMES = 2.0**20  # larger budgets than this are not tried
STEPS = 100


@dataclass(frozen=True, slots=True)
class Reached:
    """What is reached with some elements of cooperation.

    Parameters
    ----------
    level : float
        The exponent of the type found least.
    detection : float
        Its chance to be detected.
    undetected : float
        The expected undetected crossings, by the weights of the types.
    by_party : tuple of float
        The same by each party's own weights.
    """

    level: float
    detection: float
    undetected: float
    by_party: tuple[float, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Cooperation:
    """What cooperation is worth.

    Parameters
    ----------
    reached : tuple of Reached
        By set of elements (bit mask; bit 0 is planning in common).
    order : tuple of int
        The order in which the waterfall adds elements.
    detection, level, undetected : tuple of float
        By element, its share of what all of them add, whatever the order (Shapley); of undetected crossings, what it
        takes away.
    multiplier : float or None
        The factor by which all budgets would have to grow for separate plans to reach what the joint plan does; None if
        no factor is enough.
    joint : Plan
        The plan with all elements, the certificate of what it reaches.
    apart : float, shape (measures,)
        The separate plans without any element, laid on each other.
    """

    reached: tuple[Reached, ...]
    order: tuple[int, ...]
    detection: tuple[float, ...]
    level: tuple[float, ...]
    undetected: tuple[float, ...]
    multiplier: float | None
    joint: Plan
    apart: Floats

    @property
    def waterfall(self) -> tuple[Reached, ...]:
        """What is reached with no element, with the first, with the first two, ..., with all."""
        masks = [sum(1 << element for element in self.order[:count]) for count in range(len(self.order) + 1)]
        return tuple(self.reached[mask] for mask in masks)


def cooperation(
    problem: Problem,
    element: Sequence[int] | npt.NDArray[np.int64],
    count: int,
    objective: Objective = "worst",
    order: Sequence[int] | None = None,
    weights: Floats | None = None,
) -> Cooperation:
    """Return what cooperation is worth over separate plans, and what each element of it is due.

    Parameters
    ----------
    problem : Problem
    element : int, shape (measures,)
        The element that makes each measure possible, from 1; 0 for measures that need none.
    count : int
        How many elements there are, planning in common (element 0) included; at most 8.
    objective : {"worst", "weighted", "expected"}
        What plans aim at, joint and separate.
    order : sequence of int, or None
        The order of the waterfall; None: as they are numbered.
    weights : float, shape (parties, adversaries), or None
        How much each type counts for each party; None: the same for all.

    Raises
    ------
    ValueError
        If there are more elements than 8, or measures name elements that are not there.
    ContradictionError
        If no joint plan meets all constraints.
    """
    labels = np.asarray(element, dtype=np.int64)
    if not 1 <= count <= LARGEST or labels.shape != (problem.measures.count,):
        raise ValueError(f"1 to {LARGEST} elements, and one number a measure")
    if len(labels) and not 0 <= labels.min() <= labels.max() < count:
        raise ValueError(f"measures need elements 1 to {count - 1}, or 0 for none")
    shown = tuple(range(count)) if order is None else tuple(order)
    if sorted(shown) != list(range(count)):
        raise ValueError("an order names every element once")
    counts = np.tile(problem.weights, (problem.agencies, 1)) if weights is None else np.asarray(weights, dtype=float)
    separate = _Separate(problem, labels, objective)
    everything = (1 << count) - 1
    joint = joint_plan(problem, objective)
    found = []
    for group in range(1 << count):
        if group == everything:
            effort = joint.effort
        elif group >> PLANNING & 1:
            effort = joint_effort(_allowed(problem, labels, group), objective)
        else:
            effort = separate.effort(group)
        found.append(_told(evaluate(problem, effort), counts))
    apart = separate.effort(0)
    goal: Objective = "weighted" if objective == "weighted" else "worst"
    return Cooperation(
        tuple(found),
        shown,
        _due(count, [each.detection for each in found]),
        _due(count, [each.level for each in found]),
        _due(count, [-each.undetected for each in found]),
        multiplier(_allowed(problem, labels, 0), reached(problem, joint.effort, goal), objective),
        joint,
        apart,
    )


def separate_plans(problem: Problem, objective: Objective = "worst") -> Floats:
    """Return the plans that parties make alone, laid on each other, shape (measures,)."""
    efforts = (alone(problem, party, objective) for party in range(problem.agencies))
    return np.minimum(sum(efforts, np.zeros(problem.measures.count)), problem.measures.cap)


def multiplier(problem: Problem, target: float, objective: Objective = "worst") -> float | None:
    """Return by how much all budgets must be multiplied for separate plans to reach a level; None if no factor does.

    Parameters
    ----------
    problem : Problem
    target : float
        An exponent: of the type found least, or weighted where the objective is that.
    objective : {"worst", "weighted", "expected"}

    Notes
    -----
    The factor is found between bounds by false position (Illinois variant); where levels are in proportion to budgets
    it is known at once.
    """
    goal: Objective = "weighted" if objective == "weighted" else "worst"
    if proportionate(problem, objective):
        level = reached(problem, separate_plans(problem, objective), goal)
        if level <= 0:
            return 1.0 if target <= 0 else None
        factor = max(1.0, target / level)
        return factor if factor <= MOST_TIMES else None

    def lacking(factor: float) -> float:
        larger = problem.with_budgets(problem.resources.budget * factor)
        return target - reached(problem, separate_plans(larger, objective), goal)

    close = 1e-9 * max(1.0, abs(target))
    low, below = 1.0, lacking(1.0)
    if below <= close:
        return 1.0
    if lacking(MOST_TIMES) > close:  # caps and consents hold separate plans down, whatever they have
        return None
    high, above = low, below
    while above > close and high < MOST_TIMES:
        low, below = high, above
        high *= 2
        above = lacking(high)
    last = 0
    for _ in range(STEPS):
        if high - low <= 1e-9 * high or abs(above) <= close:
            return high
        factor = (low * above - high * below) / (above - below)
        value = lacking(factor)
        if value <= close:
            high, above = factor, value
            below = below / 2 if last == 1 else below
            last = 1
        else:
            low, below = factor, value
            above = above / 2 if last == -1 else above
            last = -1
    return high


def covered(targets: int, teams: int) -> tuple[Fraction, Fraction]:
    """Return the chance that a target is covered by teams that agree who goes where, and by teams that each pick alone.

    The simplest case of missing coordination: teams that each choose all targets alike still meet at the same one
    (Jiang et al. 2013, Defender (mis)coordination in security games, IJCAI).
    """
    return min(Fraction(1), Fraction(teams, targets)), 1 - (1 - Fraction(1, targets)) ** teams


def budget_curve(problem: Problem, factors: Sequence[float], objective: Objective = "worst") -> tuple[Reached, ...]:
    """Return what separate plans reach with budgets multiplied by each factor; `joint_plan` draws the other curve."""
    counts = np.tile(problem.weights, (problem.agencies, 1))
    if proportionate(problem, objective):
        once = separate_plans(problem, objective)
        return tuple(_told(evaluate(problem, factor * once), counts) for factor in factors)
    return tuple(
        _told(
            evaluate(problem, separate_plans(problem.with_budgets(problem.resources.budget * factor), objective)),
            counts,
        )
        for factor in factors
    )


def proportionate(problem: Problem, objective: Objective = "worst") -> bool:
    """Return whether the best plans, and what they reach, are in proportion to budgets.

    So they are where nothing else is of a size: no baseline, no caps, no whole units, no limits of side constraints but
    0. Expected undetected crossings are no such level.

    Parameters
    ----------
    problem : Problem
    objective : {"worst", "weighted", "expected"}
    """
    measures, rows = problem.measures, problem.rows
    limits = np.concatenate((rows.lower, rows.upper))
    return (
        objective != "expected"
        and not any(problem.baseline(index).any() for index in range(len(problem.adversaries)))
        and bool((np.isinf(measures.cap) | (measures.cap == 0)).all())
        and bool(measures.divisible[measures.cap > 0].all())
        and bool((np.isinf(limits) | (limits == 0)).all())
    )


class _Separate:
    """Plans made alone under some elements; a party's plan is kept, as few elements change what it can do alone."""

    def __init__(self, problem: Problem, labels: npt.NDArray[np.int64], objective: Objective) -> None:
        self._problem, self._labels, self._objective = problem, labels, objective
        self._kept: dict[tuple[int, bytes], Floats] = {}
        using = (problem.measures.use[:, None, :] > 0) & (
            problem.resources.owner[:, None, None] == np.arange(problem.agencies)[None, :, None]
        )
        self._users: Flags = np.logical_or.reduce(using, axis=0)

    def effort(self, group: int) -> Floats:
        """Return what all plan alone, laid on each other; what elements give access to needs no more consent."""
        problem, measures = self._problem, self._problem.measures
        granted = self._labels > 0
        consent = np.where(granted & self._users.any(axis=0), self._users, measures.consent)
        allowed = _allowed(problem, self._labels, group)
        there = replace(allowed, measures=replace(allowed.measures, consent=consent))
        total = np.zeros(measures.count)
        for party in range(problem.agencies):
            mine = there.restricted((party,))
            key = (party, (mine.measures.cap > 0).tobytes())
            if key not in self._kept:
                self._kept[key] = alone(there, party, self._objective)
            total = total + self._kept[key]
        return np.minimum(total, measures.cap)


def _allowed(problem: Problem, labels: npt.NDArray[np.int64], group: int) -> Problem:
    """Return the problem with only the measures that some elements make possible."""
    missing = [measure for measure, label in enumerate(labels.tolist()) if label and not group >> label & 1]
    return problem.barring(missing) if missing else problem


def _told(found: Evaluation, counts: Floats) -> Reached:
    passing = np.exp(-np.array(found.exponents))
    return Reached(found.worst, 1 - exp(-found.worst), found.undetected, tuple((counts @ passing).tolist()))


def _due(count: int, values: Sequence[float]) -> tuple[float, ...]:
    game = Game(count, (0.0, *(value - values[0] for value in values[1:])))
    return tuple(float(part) for part in shapley(game))
