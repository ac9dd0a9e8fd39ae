"""This module owns joint plans: efforts of all agencies together, best against adversaries who know them and adapt.

Three objectives: the least exponent of any adversary ("worst"); the weighted sum of exponents ("weighted"); the
expected number of undetected crossings, the weighted sum of exp(-exponent), least ("expected"; a convex function,
approached by its tangents from below: Kelley 1960, The cutting-plane method, Journal of SIAM 8(4)).

The duals are the adversary's side: the prices of arc rows are a flow, how often each type uses each arc to be found
least; the prices of budgets and of side constraints say what one more unit of them would add.

Best plans are often not unique. Of the best ones this takes the one that uses the smallest shares of the budgets
(summed over budgets), of these the least intrusive (summed over parties), of these the least in a fixed linear order.
"""

from dataclasses import dataclass, replace
from math import exp

import numpy as np

from detente.monitoring.arrays import UNLIMITED, Floats
from detente.monitoring.conflict import solved
from detente.monitoring.lp import Answer, Program, Solver, solve
from detente.monitoring.network import check_size
from detente.monitoring.problem import Problem
from detente.monitoring.program import Layout, Objective, flows, joint_program
from detente.monitoring.routes import Evaluation, evaluate
from detente.monitoring.tangents import least_undetected

CLOSE = 1e-12  # of the value: what a tie-break may give up


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """A joint plan, the best there is, with the prices that prove it.

    Parameters
    ----------
    objective : str
        "worst", "weighted" or "expected".
    value : float
        Of the objective: an exponent, or the expected undetected crossings.
    bound : float
        What no plan can better.
    effort : float, shape (measures,)
    reached : Evaluation
        What the plan reaches against each adversary.
    weights : float, shape (adversaries,)
        How much each type's exponent counts where the plan stands: for "worst" shares that add up to 1; for "weighted"
        the weights; for "expected" the weights times the chance to pass.
    flows : float, shape (adversaries, arcs)
        How much of each type, of its weight in all, uses each arc: the adversary's mixed route.
    prices : float, shape (resources,)
        What one more unit of a budget adds to the value (for "expected": takes from the undetected crossings).
    row_prices : float, shape (rows,)
        The same for one more unit of a side constraint's limit; negative where a lower limit would have to fall.
    cap_prices : float, shape (measures,)
        The same for caps.
    """

    objective: Objective
    value: float
    bound: float
    effort: Floats
    reached: Evaluation
    weights: Floats
    flows: Floats
    prices: Floats
    row_prices: Floats
    cap_prices: Floats

    @property
    def detection(self) -> float:
        """The chance to detect the adversary that is detected least."""
        return 1 - exp(-self.reached.worst)

    @property
    def displacement(self) -> Floats:
        """How often each arc is used by adversaries who adapt, as a share of all crossings, shape (arcs,)."""
        total = float(self.weights.sum())
        whole: Floats = np.add.reduce(self.flows, axis=0)
        return whole / total if total else whole


def joint_value(problem: Problem, objective: Objective = "worst", large: bool = False) -> float:
    """Return the value of the best joint plan and nothing else, the quick way.

    Parameters
    ----------
    problem, objective, large
        As for `joint_plan`, with the same errors.
    """
    check_size(problem.network.arcs, large)
    if objective == "expected":
        return least_undetected(problem).undetected
    program, _ = joint_program(problem, None if objective == "worst" else problem.weights)
    return solved(problem, Solver(program)).value


def joint_plan(problem: Problem, objective: Objective = "worst", large: bool = False) -> Plan:
    """Return the efforts of all agencies together that are best against adversaries who adapt.

    Parameters
    ----------
    problem : Problem
    objective : {"worst", "weighted", "expected"}
    large : bool
        Take networks of more than 5,000 arcs.

    Raises
    ------
    TooLargeError, UnreachableError, UnlimitedError, ContradictionError
        If the network is too large, a sink cannot be reached, an effort has no limit, or no plan meets all
        constraints.
    """
    check_size(problem.network.arcs, large)
    cost, passing = None, np.zeros(0)
    if objective == "weighted":
        cost = problem.weights
    if objective == "expected":
        passing = np.array(least_undetected(problem).exponents)
        cost = problem.weights * np.exp(-passing)
    program, layout = joint_program(problem, cost)
    solver = Solver(program)
    found = solved(problem, solver)
    _hold(solver, layout, found, cost, passing)
    effort = _settled(problem, solver, found)
    priced = found if program.integral is None else solve(_fixed(program, effort))
    reached = evaluate(problem, effort)
    values = {"worst": reached.worst, "weighted": reached.weighted, "expected": reached.undetected}
    bound = found.bound
    if cost is not None and objective == "expected":  # what tangents at the plan's exponents leave
        bound = float(cost.sum() + cost @ passing) - found.bound
    side = slice(layout.side_rows, layout.side_rows + problem.rows.count)
    level_prices = np.maximum(priced.prices[layout.level_rows : layout.budget_rows], 0.0)
    return Plan(
        objective,
        values[objective],
        bound,
        effort,
        reached,
        level_prices if cost is None else cost,
        flows(problem, layout, priced),
        np.maximum(priced.prices[layout.budget_rows : layout.side_rows], 0.0),
        priced.prices[side],
        np.where(np.isfinite(problem.measures.cap), np.maximum(priced.reduced[: problem.measures.count], 0.0), 0.0),
    )


def _hold(solver: Solver, layout: Layout, found: Answer, cost: Floats | None, passing: Floats) -> None:
    """Hold the value found, less what rounding may take, so that only plans of this value are left."""
    if cost is None:
        solver.bound(layout.level, found.value - CLOSE * max(1.0, abs(found.value)), UNLIMITED)
    elif len(passing):
        for column, weight, exponent in zip(layout.sinks.tolist(), cost.tolist(), passing.tolist(), strict=True):
            if weight > 0:
                solver.bound(column, exponent - CLOSE * max(1.0, exponent), UNLIMITED)
    else:
        solver.add(layout.sinks, cost, found.value - CLOSE * max(1.0, abs(found.value)), UNLIMITED)


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
    whole = np.where(measures.divisible, effort, np.round(effort))
    return np.clip(whole, 0.0, measures.cap)


def _fixed(program: Program, effort: Floats) -> Program:
    """Return the program in which whole units are as planned, and only the rest is left to choose."""
    assert program.integral is not None
    whole = np.flatnonzero(program.integral)
    lower, upper = program.lower.copy(), program.upper.copy()
    lower[whole] = upper[whole] = effort[whole]
    return replace(program, lower=lower, upper=upper, integral=None)
