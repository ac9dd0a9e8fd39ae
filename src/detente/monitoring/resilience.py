"""This module owns what becomes of a joint plan when a partner drops out, or when the numbers are not as thought.

A party that drops out takes its budgets and its consents with it: the measures that need it are gone. A plan can be
made so that whoever drops out, the others keep a stated part of what they would reach by themselves; that costs some of
what is reached if nobody does. It is one linear program, with a copy of the adversary's side for each drop-out; with
whole numbers where measures come in whole units.

Where effects lie between bounds, the best plan for the lower ends is the one that does best whatever they turn out to
be, because effort is never negative (box uncertainty: Soyster 1973, Operations Research 21(5)).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from detente.errors import NotAvailableError
from detente.monitoring.arrays import UNLIMITED, Floats
from detente.monitoring.conflict import TOO_FAR_APART
from detente.monitoring.faults import ContradictionError
from detente.monitoring.joint import joint_plan, joint_value
from detente.monitoring.lp import Answer, Program, Solver
from detente.monitoring.plan import Plan
from detente.monitoring.problem import Problem
from detente.monitoring.program import joint_program
from detente.monitoring.routes import evaluate

SLACK = 1e-9  # of what is reached, that may be lost to rounding for a plan that leaves more when parties drop out


@dataclass(frozen=True, slots=True)
class Default:
    """What is left when a party drops out.

    Parameters
    ----------
    left : float
        The exponent that the rest of the plan reaches, against adversaries who see it.
    replanned : float
        What the others reach once they have planned anew, with their own budgets and consents.
    """

    left: float
    replanned: float


@dataclass(frozen=True, slots=True, eq=False)
class Resilient:
    """A plan that keeps a stated part of what the others reach by themselves, whoever drops out.

    Parameters
    ----------
    part : float
        That part; where less is possible than was asked for, the most that is.
    asked : bool
        Whether the part asked for is possible.
    level, best : float
        The exponent that it reaches if nobody drops out, and that the best plan would.
    left : tuple of float
        By party, what is left if it drops out.
    effort : float, shape (measures,)
    """

    part: float
    asked: bool
    level: float
    best: float
    left: tuple[float, ...]
    effort: Floats


@dataclass(frozen=True, slots=True)
class Swing:
    """What is reached if one number is at the lower, and at the upper end of its interval."""

    low: float
    high: float


def defaults(problem: Problem, effort: Floats) -> tuple[Default, ...]:
    """Return what is left of a plan when each party drops out.

    Parameters
    ----------
    problem : Problem
    effort : float, shape (measures,)
    """
    return tuple(
        Default(evaluate(problem, _without(problem, effort, party)).worst, _alone(problem, party))
        for party in range(problem.agencies)
    )


def resilient_plan(problem: Problem, part: float) -> Resilient:
    """Return the best plan that keeps a part of what the others reach by themselves, whoever drops out.

    Of equally good ones it is one of which most is left over all drop-outs, their exponents added up.

    Parameters
    ----------
    problem : Problem
        What counts is the exponent of the type found least. Measures in whole units come in whole units.
    part : float, 0 to 1

    Raises
    ------
    ValueError
        If the part is not from 0 to 1.
    ContradictionError
        If no plan meets all constraints.
    NotAvailableError
        If the numbers are too far apart for the solver.
    """
    if not 0 <= part <= 1:
        raise ValueError("a part lies from 0 to 1")
    best = joint_value(problem)
    keep = [_alone(problem, party) for party in range(problem.agencies)]
    program, level, share, copies = _copies(problem, keep)
    solver = Solver(program)
    found = _kept(solver, program, level, share, part)
    asked = found.status == "optimal"
    if not asked:
        solver.bound(share, 0.0, 1.0)
        solver.aim(_unit(program, share), maximise=True)
        part = max(solver.solve().value, 0.0)
        found = _kept(solver, program, level, share, max(part - 1e-9, 0.0))
    if found.status != "optimal":
        raise NotAvailableError(TOO_FAR_APART)
    found = _fuller(solver, program, level, copies, found)
    effort = found.x[: problem.measures.count]
    effort = np.clip(np.where(problem.measures.divisible, effort, np.round(effort)), 0.0, problem.measures.cap)
    left = tuple(evaluate(problem, _without(problem, effort, party)).worst for party in range(problem.agencies))
    return Resilient(part, asked, evaluate(problem, effort).worst, best, left, effort)


def robust_plan(problem: Problem, lowest: Floats) -> Plan:
    """Return the plan that does best whatever the effects of measures turn out to be.

    Parameters
    ----------
    problem : Problem
    lowest : float, shape (measures,)
        The lower end of each measure's exponent.
    """
    return joint_plan(replace(problem, measures=replace(problem.measures, exponent=lowest)))


def tornado(ends: Iterable[tuple[Problem, Problem]]) -> tuple[Swing, ...]:
    """Return what the best plan reaches with each number at the ends of its interval, all others as they are.

    Parameters
    ----------
    ends : iterable of pairs of problems
        By number, the problem with it at its lower, and at its upper end.
    """
    return tuple(Swing(_reached(low), _reached(high)) for low, high in ends)


def widest(swings: Sequence[Swing]) -> tuple[int, ...]:
    """Return the numbers in the order in which they should be shown: those that matter most first."""
    return tuple(sorted(range(len(swings)), key=lambda place: -abs(swings[place].high - swings[place].low)))


def _reached(problem: Problem) -> float:
    try:
        return joint_value(problem)
    except ContradictionError:
        return evaluate(problem, np.zeros(problem.measures.count)).worst


def _alone(problem: Problem, party: int) -> float:
    return _reached(problem.without(party))


def _without(problem: Problem, effort: Floats, party: int) -> Floats:
    """Return efforts without the measures that need a party."""
    left: Floats = np.where(problem.measures.consent[party], 0.0, effort)
    return left


def _unit(program: Program, place: int) -> Floats:
    found = np.zeros(len(program.cost))
    found[place] = 1.0
    return found


def _kept(solver: Solver, program: Program, level: int, share: int, part: float) -> Answer:
    solver.bound(share, part, part)
    solver.aim(_unit(program, level), maximise=True)
    return solver.solve()


def _fuller(solver: Solver, program: Program, level: int, copies: Sequence[int], found: Answer) -> Answer:
    """Return, of the plans that reach as much, one that leaves most over all drop-outs: what costs nothing is kept."""
    solver.bound(level, float(found.x[level]) - SLACK * max(1.0, abs(float(found.x[level]))), UNLIMITED)
    total = np.zeros(len(program.cost))
    total[list(copies)] = 1.0
    solver.aim(total, maximise=True)
    fuller = solver.solve()
    return fuller if fuller.status == "optimal" else found


def _copies(problem: Problem, keep: Sequence[float]) -> tuple[Program, int, int, tuple[int, ...]]:
    """Return the program of a joint plan with a copy of the adversary's side for each drop-out.

    With the columns of the level, of the part, and of the copies' levels. Each copy has its own potentials and level,
    and only the effects of measures that do not need the party; its level is at least the part times what is to be
    kept of.
    """
    base, layout = joint_program(problem)
    count, width = problem.measures.count, len(base.cost)
    starts, columns, values = [base.starts], [base.columns], [base.values]
    lower, upper, row_lower, row_upper = [base.lower], [base.upper], [base.row_lower], [base.row_upper]
    levels = []
    for party in range(problem.agencies):
        gone = replace(
            problem,
            measures=replace(
                problem.measures, exponent=np.where(problem.measures.consent[party], 0.0, problem.measures.exponent)
            ),
        )
        copy, where = joint_program(gone)
        entries = int(copy.starts[where.budget_rows])
        shift = width - count
        starts.append(starts[-1][-1] + copy.starts[1 : where.budget_rows + 1])
        columns.append(np.where(copy.columns[:entries] < count, copy.columns[:entries], copy.columns[:entries] + shift))
        values.append(copy.values[:entries])
        lower.append(copy.lower[count:])
        upper.append(copy.upper[count:])
        row_lower.append(copy.row_lower[: where.budget_rows])
        row_upper.append(copy.row_upper[: where.budget_rows])
        levels.append(where.level + shift)
        width += len(copy.cost) - count
    share = width
    for level, kept in zip(levels, keep, strict=True):
        starts.append(np.array([starts[-1][-1] + 2]))
        columns.append(np.array([level, share]))
        values.append(np.array([1.0, -kept]))
        row_lower.append(np.zeros(1))
        row_upper.append(np.full(1, UNLIMITED))
    program = Program(
        np.zeros(width + 1),
        np.concatenate((*lower, [0.0])),
        np.concatenate((*upper, [1.0])),
        np.concatenate(starts),
        np.concatenate(columns),
        np.concatenate(values),
        np.concatenate(row_lower),
        np.concatenate(row_upper),
        None if base.integral is None else np.append(base.integral, np.zeros(width + 1 - len(base.integral), bool)),
    )
    return program, layout.level, share, tuple(levels)
