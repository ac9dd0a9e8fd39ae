"""This module owns how what a joint plan gains may be shared: what every set of parties reaches alone, and fair parts.

Two games. In the first, parties outside a set do nothing; if budgets alone limit plans, its core is never empty, and
the Owen point lies in it. In the second, parties outside a set go on with the plans they make alone: watching a border
is good for all, so that everybody gains from what others do, staying outside can pay, and the core may be empty.

A set of parties that cannot meet its constraints by itself acts as if it had no means: it reaches what is there anyway.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from detente.monitoring.arrays import Floats
from detente.monitoring.coalitional import (
    LARGEST,
    Game,
    Number,
    excesses,
    in_core,
    members,
    proportional,
    separable,
    shapley,
)
from detente.monitoring.faults import ContradictionError
from detente.monitoring.joint import joint_plan
from detente.monitoring.nucleolus import LeastCore, Nucleolus, least_core, nucleolus
from detente.monitoring.owen import Owen, owen
from detente.monitoring.plan import Objective, Plan
from detente.monitoring.problem import Problem
from detente.monitoring.routes import Evaluation, evaluate

Outsiders = Literal["passive", "status_quo"]
PRICED = 10_000  # arcs, over all types of adversary, up to which the middle of all prices is sought
IN_CORE = 1e-7  # what a set may gain by leaving, from rounding alone


@dataclass(frozen=True, slots=True, eq=False)
class Coalition:
    """What a set of parties reaches.

    Parameters
    ----------
    members : int
        The set, as a bit mask.
    value : float
        Of the objective, with what is there in any case.
    plan : Plan or None
        Its plan, the certificate of the value; None where it has no means, or cannot meet its constraints.
    impossible : bool
        Whether it cannot meet its constraints.
    """

    members: int
    value: float
    plan: Plan | None
    impossible: bool = False


@dataclass(frozen=True, slots=True)
class Division:
    """What is gained, divided by a rule.

    Parameters
    ----------
    rule : str
        "owen", "shapley", "nucleolus", "separable" or "proportional".
    shares : tuple of float
        What each party gets, in exponents.
    excesses : tuple of float
        By set of parties (bit mask), what it would gain by leaving.
    in_core : bool
        Whether no set gains by leaving.
    """

    rule: str
    shares: tuple[float, ...]
    excesses: tuple[float, ...]
    in_core: bool


@dataclass(frozen=True, slots=True, eq=False)
class Sharing:
    """What all parties gain together, divided in several ways, each with what every set of parties thinks of it.

    Parameters
    ----------
    outsiders : str
        "passive" or "status_quo": what those outside a set do.
    coalitions : tuple of Coalition
        By bit mask.
    game : Game
        What each set gains over the empty one.
    divisions : tuple of Division
        By rule; without "owen" where there is no Owen point, and "proportional" only where weights were given.
    owen : Owen or None
        Of the game with passive outsiders; None with whole units, outsiders that act, or in large networks.
    nucleolus : Nucleolus
    least_core : LeastCore
        Its excess is above 0 if the core is empty.
    free_riders : tuple of FreeRider
        What each party meets if it leaves while all others stay.
    alone : tuple of Plan or None
        What each party plans by itself; None where that is nothing.
    left : tuple of Coalition
        By party, what all others reach while it does what `outsiders` does not say: plans alone, or nothing.
    """

    outsiders: Outsiders
    coalitions: tuple[Coalition, ...]
    game: Game
    divisions: tuple[Division, ...]
    owen: Owen | None
    nucleolus: Nucleolus
    least_core: LeastCore
    free_riders: tuple["FreeRider", ...]
    alone: tuple[Plan | None, ...] = ()
    left: tuple[Coalition, ...] = ()

    @property
    def core(self) -> bool:
        """Whether there is a division from which no set of parties would gain by leaving."""
        return self.least_core.excess <= IN_CORE * max(1.0, abs(float(self.game.total)))

    def division(self, rule: str) -> Division:
        """Return the division by a rule."""
        return next(each for each in self.divisions if each.rule == rule)


@dataclass(frozen=True, slots=True)
class FreeRider:
    """What is reached if a party leaves while all others go on together.

    Parameters
    ----------
    staying : float
        What all reach with it.
    alone : float
        What is reached if it plans alone instead.
    idle : float
        What is reached if it does nothing.
    effort_joint, effort_alone : tuple of float
        How much of each of its budgets it spends in the joint plan, and alone; in the order of the problem's resources.
    """

    staying: float
    alone: float
    idle: float
    effort_joint: tuple[float, ...]
    effort_alone: tuple[float, ...]

    @property
    def kept(self) -> float:
        """The part of what all reach that it still has when it does nothing: a public good leaves much of it."""
        return self.idle / self.staying if self.staying else 1.0


def share(
    problem: Problem,
    objective: Objective = "worst",
    outsiders: Outsiders = "passive",
    weights: Sequence[Number] | None = None,
) -> Sharing:
    """Return what every set of parties gains, and how what all gain together may be divided.

    Parameters
    ----------
    problem : Problem
        At most 8 agencies.
    objective : {"worst", "weighted"}
    outsiders : {"passive", "status_quo"}
        Whether parties outside a set do nothing, or what they would do alone.
    weights : sequence of numbers, one a party, or None
        Means or benefits, for the proportional rule.

    Raises
    ------
    ValueError
        If there are more parties than 8, or the objective is the expected number of undetected crossings.
    ContradictionError
        If all parties together cannot meet their constraints.
    """
    if objective == "expected":
        raise ValueError("shares are of exponents; take the worst type or weighted exponents")
    if problem.agencies > LARGEST:
        raise ValueError(f"at most {LARGEST} parties can share, as every set of them is planned for")
    plans = [alone_plan(problem, party, objective) for party in range(problem.agencies)]
    apart = [np.zeros(problem.measures.count) if plan is None else plan.effort for plan in plans]
    found = coalitions(problem, objective, apart if outsiders == "status_quo" else ())
    game = gains(problem.agencies, found)
    center = nucleolus(game)
    priced = outsiders == "passive" and problem.network.arcs * len(problem.adversaries) <= PRICED
    prices = owen(problem, objective) if priced else None
    divided: dict[str, Sequence[Number]] = {"owen": prices.shares} if prices is not None else {}
    divided |= {"shapley": shapley(game), "nucleolus": center.shares, "separable": separable(game)}
    if weights is not None:
        divided["proportional"] = proportional(game.total, weights)
    left = _left(problem, objective, apart if outsiders == "passive" else ())
    return Sharing(
        outsiders,
        found,
        game,
        tuple(divide(game, rule, shares) for rule, shares in divided.items()),
        prices,
        center,
        least_core(game),
        _free_riders(problem, outsiders, found, left, apart),
        tuple(plans),
        left,
    )


def divide(game: Game, rule: str, shares: Sequence[Number]) -> Division:
    """Return a division with what every set of parties would gain by leaving."""
    told = tuple(float(share) for share in shares)
    left = tuple(float(excess) for excess in excesses(game, told))
    return Division(rule, told, left, in_core(game, told, IN_CORE * max(1.0, abs(float(game.total)))))


def alone(problem: Problem, party: int, objective: Objective = "worst") -> Floats:
    """Return the efforts that a party plans as if it were alone: its budgets, and measures that need nobody else."""
    plan = alone_plan(problem, party, objective)
    return np.zeros(problem.measures.count) if plan is None else plan.effort


def alone_plan(problem: Problem, party: int, objective: Objective = "worst") -> Plan | None:
    """Return the plan that a party makes as if it were alone; None where it can do nothing, or keep no constraints."""
    own, measures = problem.restricted((party,)), problem.measures
    lacking = np.logical_or.reduce(measures.use[own.resources.budget == 0] > 0, axis=0)
    useful = (own.measures.cap > 0) & (measures.exponent > 0) & ~lacking
    if not useful.any() and (own.rows.lower <= 0).all() and (own.rows.upper >= 0).all():
        return None  # a third party, say: all that it could do needs somebody else
    try:
        return joint_plan(own, objective)
    except ContradictionError:
        return None


def coalitions(problem: Problem, objective: Objective = "worst", apart: Sequence[Floats] = ()) -> tuple[Coalition, ...]:
    """Return what every set of parties reaches, by bit mask.

    Parameters
    ----------
    problem : Problem
    objective : {"worst", "weighted"}
    apart : sequence of arrays, shape (measures,), one a party; or empty
        What parties outside a set do anyway; empty where they do nothing.

    Raises
    ------
    ContradictionError
        If all parties together cannot meet their constraints.
    """
    return tuple(coalition(problem, group, objective, apart) for group in range(1 << problem.agencies))


def coalition(problem: Problem, group: int, objective: Objective = "worst", apart: Sequence[Floats] = ()) -> Coalition:
    """Return what one set of parties reaches, given as a bit mask; parameters and errors as for `coalitions`."""
    others = [effort for party, effort in enumerate(apart) if not group >> party & 1]
    there = problem.beside(sum(others, np.zeros(problem.measures.count))) if others else problem
    anyway = reached(there, np.zeros(problem.measures.count), objective)
    if not group:
        return Coalition(group, anyway, None)
    try:
        plan = joint_plan(there.restricted(tuple(members(group))), objective)
    except ContradictionError:
        if group == (1 << problem.agencies) - 1:
            raise
        return Coalition(group, anyway, None, impossible=True)
    return Coalition(group, plan.value, plan)


def reached(problem: Problem, effort: Floats, objective: Objective) -> float:
    """Return the exponent that efforts reach: of the type found least, or weighted over types."""
    found: Evaluation = evaluate(problem, effort)
    return found.worst if objective == "worst" else found.weighted


def gains(parties: int, found: Sequence[Coalition]) -> Game:
    """Return the game of what each set reaches above the empty one."""
    return Game(parties, (0.0, *(each.value - found[0].value for each in found[1:])))


def _left(problem: Problem, objective: Objective, apart: Sequence[Floats]) -> tuple[Coalition, ...]:
    """Return by party what all others reach while it does what it plans alone; nothing where no plans are given."""
    everybody = (1 << problem.agencies) - 1
    return tuple(coalition(problem, everybody & ~(1 << party), objective, apart) for party in range(problem.agencies))


def _free_riders(
    problem: Problem,
    outsiders: Outsiders,
    found: Sequence[Coalition],
    left: Sequence[Coalition],
    apart: Sequence[Floats],
) -> tuple[FreeRider, ...]:
    everybody = (1 << problem.agencies) - 1
    together = found[everybody]
    joint = np.zeros(problem.measures.count) if together.plan is None else together.plan.effort
    riders = []
    for party in range(problem.agencies):
        others = everybody & ~(1 << party)
        same, other = found[others], left[party]
        acting, passive = (other, same) if outsiders == "passive" else (same, other)
        own = problem.resources.owner == party
        riders.append(
            FreeRider(
                together.value,
                acting.value,
                passive.value,
                tuple((problem.measures.use[own] @ joint).tolist()),
                tuple((problem.measures.use[own] @ apart[party]).tolist()),
            )
        )
    return tuple(riders)
