"""This module owns joint plans: efforts of all agencies together, best against adversaries who know them and adapt.

Three objectives: the least exponent of any adversary ("worst"); the weighted sum of exponents ("weighted"); the
expected number of undetected crossings, the weighted sum of exp(-exponent), least ("expected"; a convex function,
approached by its tangents from below: Kelley 1960, The cutting-plane method, Journal of SIAM 8(4)).

The duals are the adversary's side: the prices of arc rows are a flow, how often each type uses each arc to be found
least; the prices of budgets and of side constraints say what one more unit of them would add.

Best plans are often not unique. Of the best ones this takes the one that uses the smallest shares of the budgets
(summed over budgets), of these the least intrusive (summed over parties), of these the least in a fixed linear order.
"""

from dataclasses import replace

import numpy as np

from detente.errors import NotAvailableError, TooLargeError
from detente.monitoring.arrays import UNLIMITED, Floats
from detente.monitoring.conflict import TOO_FAR_APART, solved
from detente.monitoring.cutting import budgets_only, cutting_plan
from detente.monitoring.faults import ContradictionError
from detente.monitoring.lp import Answer, Solver
from detente.monitoring.network import check_size
from detente.monitoring.plan import Objective, Plan
from detente.monitoring.problem import Problem
from detente.monitoring.program import flows, joint_program
from detente.monitoring.routes import evaluate
from detente.monitoring.tangents import least_undetected
from detente.monitoring.units import in_units

LISTED = 20_000  # arcs, over all types of adversary, up to which the linear program itself is solved
PROVEN = 1e-5  # of the value: how far a plan may be from its bound
NOTHING = 1e-10  # effort that rounding leaves
CLOSE = 1e-12  # of the value: what a tie-break may give up


def joint_value(problem: Problem, objective: Objective = "worst", large: bool = False) -> float:
    """Return the value of the best joint plan and nothing else, the quick way.

    Parameters
    ----------
    problem, objective, large
        As for `joint_plan`, with the same errors.
    """
    return joint_range(problem, objective, large)[0]


def joint_range(problem: Problem, objective: Objective = "worst", large: bool = False) -> tuple[float, float]:
    """Return the value of the best joint plan found, and what no plan betters: the same unless branching was stopped.

    Parameters
    ----------
    problem, objective, large
        As for `joint_plan`, with the same errors.
    """
    if not _listed(problem, objective, large):
        plan = cutting_plan(problem, large)
        return plan.value, plan.bound
    problem, _ = in_units(problem)
    if objective == "expected":
        approached = least_undetected(problem)
        return approached.reached.undetected, approached.bound
    program, _ = joint_program(problem, None if objective == "worst" else problem.weights)
    found = solved(problem, Solver(program, problem.most_nodes))
    return found.value, found.bound


def joint_plan(problem: Problem, objective: Objective = "worst", large: bool = False) -> Plan:
    """Return the efforts of all agencies together that are best against adversaries who adapt.

    Parameters
    ----------
    problem : Problem
    objective : {"worst", "weighted", "expected"}
    large : bool
        Take networks of more than 5,000 arcs; the problem can say so too. Above 20,000 only budgets may limit a plan,
        there is one type of adversary, and ties are not settled: cutting planes find it, with OR-tools.

    Raises
    ------
    TooLargeError, UnreachableError, UnlimitedError, ContradictionError
        If the network is too large, a sink cannot be reached, an effort has no limit, or no plan meets all
        constraints.
    NotAvailableError
        If numbers are so far apart, by eight orders of magnitude or more, that no plan can be proven the best.
    """
    if not _listed(problem, objective, large):
        return cutting_plan(problem, large)
    scaled, units = in_units(problem)
    return units.given(_planned(scaled, objective, large))


def joint_effort(problem: Problem, objective: Objective = "worst") -> Floats:
    """Return the efforts of the best joint plan; none where no plan meets all constraints. Other errors as there."""
    try:
        return joint_plan(problem, objective).effort
    except ContradictionError:
        return np.zeros(problem.measures.count)


def _planned(problem: Problem, objective: Objective, large: bool) -> Plan:
    """Return the best plan of a problem in units near 1."""
    if objective == "expected":
        approached = least_undetected(problem)
        solver, layout, found, bound = approached.solver, approached.layout, approached.answer, approached.bound
        weights = approached.slopes
        for column, exponent in zip(layout.sinks.tolist(), approached.reached.exponents, strict=True):
            solver.bound(column, exponent - CLOSE * max(1.0, exponent), UNLIMITED)
    else:
        program, layout = joint_program(problem, None if objective == "worst" else problem.weights)
        solver = Solver(program, problem.most_nodes)
        found = solved(problem, solver)
        bound = found.bound
        weights = problem.weights
        if objective == "worst":
            weights = np.maximum(found.prices[layout.level_rows : layout.budget_rows], 0.0)
            solver.bound(layout.level, found.value - CLOSE * max(1.0, abs(found.value)), UNLIMITED)
        else:
            solver.add(layout.sinks, weights, found.value - CLOSE * max(1.0, abs(found.value)), UNLIMITED)
    limited = found.status == "limited"
    effort = _kept(problem, found.x) if limited else _settled(problem, solver, found)
    reached = evaluate(problem, effort)
    value = {"worst": reached.worst, "weighted": reached.weighted, "expected": reached.undetected}[objective]
    if not limited and abs(value - bound) > PROVEN * max(1.0, abs(value)):
        raise NotAvailableError(TOO_FAR_APART)
    if not len(found.prices):  # whole units have no prices; the rest of the plan has, with these units in place
        rest = joint_plan(_rest(problem, effort), objective, large)
        return replace(rest, value=value, bound=bound, effort=effort, reached=reached)
    capped = np.isfinite(problem.measures.cap)
    return Plan(
        objective,
        value,
        bound,
        effort,
        reached,
        weights,
        flows(problem, layout, found),
        np.maximum(found.prices[layout.budget_rows : layout.side_rows], 0.0),
        found.prices[layout.side_rows : layout.side_rows + problem.rows.count],
        np.where(capped, np.maximum(found.reduced[: problem.measures.count], 0.0), 0.0),
    )


def check_listed(problem: Problem, what: str) -> None:
    """Refuse what has to plan beside the plans of others, where networks are too large for that.

    Parameters
    ----------
    problem : Problem
    what : str
        What is asked for, as a noun.

    Raises
    ------
    TooLargeError
        If there are more than 20,000 arcs, over all types of adversary.
    """
    arcs = problem.network.arcs * len(problem.adversaries)
    if arcs > LISTED:
        told = f"{arcs:,} arcs over all types of adversary are more than the {LISTED:,} up to which there is {what}"
        raise TooLargeError(f"{told}; put neighbouring places together into sectors")


def _listed(problem: Problem, objective: Objective, large: bool) -> bool:
    """Return whether the linear program itself is to be solved, and not cutting planes; refuse what neither can do."""
    check_size(problem.network.arcs, large or problem.large)
    arcs = problem.network.arcs * len(problem.adversaries)
    if arcs <= LISTED:
        return True
    obstacle = budgets_only(problem) if objective == "worst" else "the worst adversary is not what counts"
    if obstacle:
        told = (
            f"{arcs:,} arcs over all types of adversary can be solved where budgets alone limit a plan, but {obstacle}"
        )
        raise TooLargeError(f"{told}; put neighbouring places together into sectors")
    return False


def _settled(problem: Problem, solver: Solver, found: Answer) -> Floats:
    """Return the efforts that ties are settled for, one rule after the other."""
    measures, budget = problem.measures, problem.resources.budget
    count = measures.count
    effort = found.x[:count]
    each = np.arange(1, count + 1)
    rules = [
        (measures.use[budget > 0] / budget[budget > 0, None]).sum(axis=0),
        measures.intrusiveness.sum(axis=0),
        each / count + (each * (5**0.5 - 1) / 2) % 1,  # no two sets of measures weigh the same
    ]
    for rule in rules:
        if not rule.any():
            continue
        aim = np.zeros(len(found.x))
        aim[:count] = rule
        solver.aim(aim, maximise=False)
        better = solver.solve()
        if better.status != "optimal":  # held to the last digit: the plan at hand is as good
            break
        effort = better.x[:count]
        solver.add(np.arange(count), rule, -UNLIMITED, better.value + CLOSE * max(1.0, abs(better.value)))
    return _kept(problem, effort)


def _kept(problem: Problem, effort: Floats) -> Floats:
    """Return efforts within caps and budgets, whole units whole: without what rounding leaves."""
    measures = problem.measures
    effort = np.where(measures.divisible, effort[: measures.count], np.round(effort[: measures.count]))
    effort = np.where(effort < NOTHING, 0.0, np.minimum(effort, measures.cap))
    for use, amount in zip(measures.use, problem.resources.budget.tolist(), strict=True):  # rounding may use too much
        used = float(use @ effort)
        if used > amount:
            effort[measures.divisible & (use > 0)] *= amount / used
    return effort


def _rest(problem: Problem, effort: Floats) -> Problem:
    """Return the problem of the measures that can be divided, with the whole units of a plan in place."""
    whole = np.where(problem.measures.divisible, 0.0, effort)
    left = np.maximum(problem.resources.budget - problem.measures.use @ whole, 0.0)
    beside = problem.beside(whole).with_budgets(left).barring(np.flatnonzero(~problem.measures.divisible).tolist())
    return replace(beside, measures=replace(beside.measures, divisible=np.ones(problem.measures.count, dtype=bool)))
