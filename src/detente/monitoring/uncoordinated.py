"""This module owns plans that agencies make without each other, evaluated together against adversaries who adapt.

There is no one way to be uncoordinated. *Solo*: each agency plans as if there were nobody else. *Best responses*: each
answers what the others do, in turn, until nobody gains; the outcomes are equilibria, and there can be several, even if
all want the same (Jiang, Procaccia, Qian, Shah & Tambe 2013, Defender (mis)coordination in security games, IJCAI; Lou &
Vorobeychik 2015, Equilibrium analysis of multi-defender security games, IJCAI). *Proportional*: effort goes where the
traffic is. An agency alone has its own budgets, and the measures that need nobody else's consent.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from detente.errors import NotAvailableError
from detente.monitoring.arrays import Floats
from detente.monitoring.faults import ContradictionError
from detente.monitoring.joint import joint_effort, joint_plan, joint_value
from detente.monitoring.plan import Objective, Plan
from detente.monitoring.problem import Problem
from detente.monitoring.routes import Evaluation, evaluate

GAIN = 1e-7  # of the value: what counts as a gain of an agency that answers the others
SWEEPS = 50


@dataclass(frozen=True, slots=True, eq=False)
class Apart:
    """Plans made apart, and what they reach together.

    Parameters
    ----------
    effort : float, shape (measures,)
        Of all agencies together.
    plans : float, shape (agencies, measures)
        Of each agency.
    reached : Evaluation
        Against adversaries who know all of it.
    broken : tuple of int
        Side constraints that the plans break together, as nobody looks after them.
    made : tuple of Plan or None
        Solo: what each agency plans, the certificate that it is the best for it; None where it cannot meet its limits.
    """

    effort: Floats
    plans: Floats
    reached: Evaluation
    broken: tuple[int, ...]
    made: tuple[Plan | None, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Responses:
    """Equilibria that best responses led to.

    Parameters
    ----------
    worst, best : Apart
        Of those found.
    values : tuple of float
        Of the objective, in every equilibrium that was found, from the worst to the best.
    starts : int
        How many starts there were; from some of them responses may have gone on without an end.
    seed : int
    """

    worst: Apart
    best: Apart
    values: tuple[float, ...]
    starts: int
    seed: int

    @property
    def settled(self) -> int:
        """From how many starts responses came to an end."""
        return len(self.values)


def solo(problem: Problem, objective: Objective = "worst") -> Apart:
    """Return what is reached if each agency plans as if there were nobody else.

    One that cannot meet what is asked by itself does nothing.

    Parameters
    ----------
    problem : Problem
    objective : {"worst", "weighted", "expected"}
    """
    made = tuple(_alone(own_problem(problem, agency), objective) for agency in range(problem.agencies))
    nothing = np.zeros(problem.measures.count)
    return replace(_together(problem, np.array([nothing if plan is None else plan.effort for plan in made])), made=made)


def proportional(problem: Problem, traffic: Floats) -> Apart:
    """Return what is reached if each agency spends its budgets where the traffic is.

    Each budget is shared out over the arcs where the agency has measures of its own that use it, in proportion to the
    traffic there (evenly where there is none at all), and evenly over such measures at one arc. What a cap leaves is
    not spent elsewhere. If side constraints bar the whole, all do less of it by the same factor.

    Parameters
    ----------
    problem : Problem
    traffic : float, shape (arcs,)
        How much passes each arc, as observed.
    """
    measures = problem.measures
    plans = np.zeros((problem.agencies, measures.count))
    for agency in range(problem.agencies):
        own = own_problem(problem, agency)
        useful = (own.measures.cap > 0) & (measures.exponent > 0)
        effort = np.where(useful, measures.cap, 0.0)
        for use, budget in zip(measures.use, own.resources.budget, strict=True):
            using = useful & (use > 0)
            there = np.bincount(measures.arc[using], minlength=problem.network.arcs)
            share = traffic if (traffic * (there > 0)).any() else np.ones(problem.network.arcs)
            spent = np.zeros(measures.count)
            at = measures.arc[using]
            spent[using] = budget * share[at] / (share * (there > 0)).sum() / there[at]
            effort[using] = np.minimum(effort[using], spent[using] / use[using])
        plans[agency] = np.where(measures.divisible, effort, np.floor(effort + 1e-9))
    plans[~np.isfinite(plans)] = 0.0
    return _together(problem, _allowed(problem, plans))


def best_responses(
    problem: Problem,
    objective: Objective = "worst",
    weights: Floats | None = None,
    starts: int = 20,
    seed: int = 0,
    from_plans: Sequence[Floats] = (),
) -> Responses:
    """Return the worst and the best equilibrium that best responses lead to, from many starts.

    The first starts are the solo plans, no plans at all, and the best plan of all agencies' own measures; then the
    plans given; then random ones. Agencies answer in turn, and stay with their plan unless they gain by another.

    Parameters
    ----------
    problem : Problem
    objective : {"worst", "weighted", "expected"}
    weights : float, shape (agencies, adversaries), or None
        How much each type of adversary counts for each agency; None: as in the problem.
    starts : int
    seed : int
    from_plans : sequence of float arrays, shape (agencies, measures)
        More plans to start from.
    """
    games = [_weighing(own_problem(problem, agency), agency, weights) for agency in range(problem.agencies)]
    random = np.random.default_rng(seed)
    given = [*_first_starts(problem, objective), *(np.array(plans, dtype=float) for plans in from_plans)]
    found: list[Apart] = []
    for start in range(max(starts, len(given))):
        plans = given[start] if start < len(given) else _allowed(problem, _random_plans(games, random))
        order = np.arange(problem.agencies) if start < len(given) else random.permutation(problem.agencies)
        if _settle(games, objective, plans, order.tolist()):
            found.append(_together(problem, plans))
    if not found:
        told = f"the answers of agencies to each other come to no end from any of {max(starts, len(given))} starts"
        raise NotAvailableError(f"{told}; ask for more starts, or for what they reach solo")
    found.sort(key=lambda each: _worth(each.reached, objective))
    values = tuple(abs(_worth(each.reached, objective)) for each in found)
    return Responses(found[0], found[-1], values, max(starts, len(given)), seed)


def own_problem(problem: Problem, agency: int) -> Problem:
    """Return the problem of an agency alone: its budgets, and the measures that use what nobody else has."""
    measures = problem.measures
    others = np.arange(problem.agencies) != agency
    foreign = np.logical_or.reduce(measures.use[others[problem.resources.owner]] > 0, axis=0)
    nobodys = ~measures.consent.any(axis=0) & ~np.logical_or.reduce(measures.use > 0, axis=0) & (agency != 0)
    return problem.restricted([agency]).barring(np.flatnonzero(foreign | nobodys).tolist())


def _alone(own: Problem, objective: Objective) -> Plan | None:
    try:
        return joint_plan(own, objective)
    except ContradictionError:
        return None


def _weighing(alone: Problem, agency: int, weights: Floats | None) -> Problem | None:
    """Return the problem of an agency with its own weights; None where no adversary counts for it."""
    if weights is None:
        return alone
    counting = [
        replace(who, weight=float(weight))
        for who, weight in zip(alone.adversaries, weights[agency], strict=True)
        if weight > 0
    ]
    return replace(alone, adversaries=tuple(counting)) if counting else None


def _settle(games: Sequence[Problem | None], objective: Objective, plans: Floats, order: Sequence[int]) -> bool:
    """Let agencies answer in turn until nobody gains, changing their plans; return whether this came to an end."""
    for _ in range(SWEEPS):
        moved = False
        for agency in order:
            game = games[agency]
            if game is None:
                continue
            beside = game.beside(plans.sum(axis=0) - plans[agency])
            now = _worth(evaluate(beside, plans[agency]), objective)
            try:
                most = joint_value(beside, objective)
                if (most if objective != "expected" else -most) > now + GAIN * max(1.0, abs(now)):
                    plans[agency] = joint_plan(beside, objective).effort
                    moved = True
            except ContradictionError:  # the others break a side constraint, whatever this agency does
                continue
        if not moved:
            return True
    return False


def _worth(reached: Evaluation, objective: Objective) -> float:
    """Return how good something is, more being better."""
    return {"worst": reached.worst, "weighted": reached.weighted, "expected": -reached.undetected}[objective]


def _first_starts(problem: Problem, objective: Objective) -> list[Floats]:
    """Return the solo plans, no plans, and the best plan of measures that agencies have for themselves."""
    own = np.array([own_problem(problem, agency).measures.cap > 0 for agency in range(problem.agencies)])
    shared = problem.barring(np.flatnonzero(~own.any(axis=0)).tolist())
    return [
        solo(problem, objective).plans.copy(),
        np.zeros(own.shape),
        np.where(own, joint_effort(shared, objective), 0.0),
    ]


def _random_plans(games: Sequence[Problem | None], random: np.random.Generator) -> Floats:
    """Return plans that spend each budget at random, much of it in few places."""
    plans = np.zeros((len(games), max((game.measures.count for game in games if game is not None), default=0)))
    for plan, game in zip(plans, games, strict=True):
        if game is None:
            continue
        measures = game.measures
        usable = (measures.cap > 0) & (measures.exponent > 0)
        effort = np.where(usable, measures.cap, 0.0)
        for use, budget in zip(measures.use, game.resources.budget, strict=True):
            using = np.flatnonzero(usable & (use > 0))
            if len(using):
                share = random.dirichlet(np.full(len(using), 0.3))
                effort[using] = np.minimum(effort[using], share * budget / use[using])
        plan[:] = np.where(measures.divisible, effort, np.floor(effort))
    return np.where(np.isfinite(plans), plans, 0.0)


def _allowed(problem: Problem, plans: Floats) -> Floats:
    """Return plans made smaller by one factor so that they keep the side constraints that smaller plans can keep."""
    activity, rows = problem.rows.activity(plans.sum(axis=0)), problem.rows
    factor = 1.0
    for value, lower, upper in zip(activity.tolist(), rows.lower.tolist(), rows.upper.tolist(), strict=True):
        if value > upper >= 0:
            factor = min(factor, upper / value)
        if value < lower <= 0:
            factor = min(factor, lower / value)
    return plans * factor


def _together(problem: Problem, plans: Floats) -> Apart:
    effort = plans.sum(axis=0)
    activity, rows = problem.rows.activity(effort), problem.rows
    near = 1e-6 * np.maximum(1.0, np.abs(activity))
    broken = np.flatnonzero((activity > rows.upper + near) | (activity < rows.lower - near))
    return Apart(effort, plans, evaluate(problem, effort), tuple(broken.tolist()))
