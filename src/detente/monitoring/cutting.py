"""This module owns joint plans in large networks: cutting planes in as many variables as there are budgets.

With budgets B as the only limit, no baseline, and one type of adversary, linear programming duality turns the joint
plan into prices t of budgets: 1/L* is the greatest value of maxflow(u(t)) over B . t = 1, t >= 0, where the capacity u
of an arc is what the cheapest measure there takes for one exponent. Maximum flows are concave in t, and each smallest
cut gives a linear function that no flow exceeds. So a small linear program over the cuts found so far bounds 1/L* from
above, the flow at its prices from below (Kelley 1960); the multipliers of the cuts are the plan, the flow is the
adversary's route.
"""

from dataclasses import dataclass

import numpy as np

from detente.errors import NotAvailableError
from detente.monitoring.arrays import UNLIMITED, Floats, Indices
from detente.monitoring.lp import Program, Solver
from detente.monitoring.maxflow import Flow, large_max_flow, max_flow
from detente.monitoring.network import ARCS, check_size
from detente.monitoring.plan import Plan
from detente.monitoring.problem import Problem
from detente.monitoring.routes import SINK, SOURCE, Part, evaluate, part
from detente.monitoring.units import in_units

GAP = 1e-9  # of the value: how close the bounds shall come; flows of large networks have 8 digits or more
ROUNDS = 500


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """A smallest cut: the cheapest measure at each of its arcs, and what one exponent there takes of budgets."""

    measures: Indices
    takes: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """The measures that can be used, arc after arc.

    Parameters
    ----------
    where : Part
    arcs : int, shape (places,)
        The arcs of the part at which there are measures.
    firsts, sizes : int, shape (places,)
        Where the measures of each place start, and how many they are.
    measures : int, shape (usable measures,)
    takes : float, shape (resources, usable measures)
        What one exponent takes of each budget.
    """

    where: Part
    arcs: Indices
    firsts: Indices
    sizes: Indices
    measures: Indices
    takes: Floats

    def flow(self, prices: Floats) -> tuple[Flow, Cut | None]:
        """Return the greatest flow at prices of budgets, and its cut; no cut where a route avoids all measures."""
        cost = prices @ self.takes
        least = np.minimum.reduceat(cost, self.firsts) if len(self.firsts) else np.zeros(0)
        capacity = np.full(len(self.where.arcs), 2 * least.sum() + 1.0)
        capacity[self.arcs] = least
        flow = flow_through(self.where, capacity)
        across = flow.reached[self.where.tails] & ~flow.reached[self.where.heads]
        if across.sum() != across[self.arcs].sum():
            return flow, None
        chosen = np.flatnonzero(np.repeat(across[self.arcs], self.sizes) & (np.repeat(least, self.sizes) == cost))
        place = np.repeat(np.arange(len(self.arcs)), self.sizes)[chosen]
        chosen = chosen[np.append(True, np.diff(place) != 0)]  # one measure a place
        return flow, Cut(self.measures[chosen], self.takes[:, chosen].sum(axis=1))


def budgets_only(problem: Problem) -> str:
    """Return what keeps a problem from being solved by cutting planes, as a sentence; "" where nothing does.

    Parameters
    ----------
    problem : Problem
    """
    measures, rows = problem.measures, problem.rows
    if len(problem.adversaries) > 1:
        return "there are several types of adversary"
    if problem.baseline(0).any():
        return "there is a baseline"
    if (np.isfinite(measures.cap) & (measures.cap > 0)).any():
        return "measures have caps"
    if not measures.divisible[measures.cap > 0].all():
        return "measures come in whole units"
    if (np.isfinite(rows.lower) | np.isfinite(rows.upper)).any():
        return "there are side constraints"
    free = (measures.exponent > 0) & (measures.cap > 0) & ~np.logical_or.reduce(measures.use > 0, axis=0)
    return "measures use no budget" if free.any() else ""


def cutting_plan(problem: Problem, large: bool = False) -> Plan:
    """Return the joint plan against the worst adversary by cutting planes; ties are not settled.

    Parameters
    ----------
    problem : Problem
        With one type of adversary and no limits but budgets.
    large : bool
        Take networks of more than 5,000 arcs; this needs OR-tools. The problem can say so too.

    Raises
    ------
    NotAvailableError
        If something but budgets limits efforts, or OR-tools is needed and not installed.
    TooLargeError, UnreachableError
    """
    check_size(problem.network.arcs, large or problem.large)
    if obstacle := budgets_only(problem):
        raise NotAvailableError(f"cutting planes need budgets to be the only limit, but {obstacle}")
    scaled, units = in_units(problem)
    return units.given(_searched(scaled))


def _searched(problem: Problem) -> Plan:
    """Return the plan that the cutting planes find."""
    places = _places(problem)
    budget = problem.resources.budget
    prices = np.where(budget > 0, 1 / np.where(budget > 0, budget, 1.0), 0.0) / max(1, int((budget > 0).sum()))
    flow, cut = places.flow(prices)
    if cut is None:
        capacity = np.ones(len(places.where.arcs))
        capacity[places.arcs] = 0.0
        flow = flow_through(places.where, capacity)
        return _planned(problem, places, np.zeros(problem.measures.count), flow, np.zeros(len(budget)))
    limits = Solver(_bounds(budget))
    cuts: list[Cut] = []
    best, best_prices = flow, prices
    for _ in range(ROUNDS):
        cuts.append(cut)
        limits.add(np.arange(len(budget) + 1), np.append(-cut.takes, 1.0), -UNLIMITED, 0.0)
        found = limits.solve()
        if found.status != "optimal":
            raise RuntimeError(f"the solver of linear programs ended without an answer: {found.status}")
        if found.value - best.value <= GAP * found.value:
            break
        prices = found.x[:-1]
        flow, cut = places.flow(prices)
        assert cut is not None  # whether a route avoids all measures does not depend on prices
        if flow.value > best.value:
            best, best_prices = flow, prices
    effort = np.zeros(problem.measures.count)
    for each, share in zip(cuts, np.maximum(found.prices[1:], 0.0).tolist(), strict=False):
        effort[each.measures] += share / found.value / problem.measures.exponent[each.measures]
    return _planned(problem, places, effort, best, best_prices / best.value)


def _places(problem: Problem) -> Places:
    """Return the measures on routes that budgets and consents allow, arc after arc."""
    where, measures = part(problem, 0), problem.measures
    row_of = np.full(problem.network.arcs, -1)
    row_of[where.arcs] = np.arange(len(where.arcs))
    row = row_of[measures.arc]
    broke = np.logical_or.reduce(measures.use[problem.resources.budget == 0] > 0, axis=0)
    usable = np.flatnonzero((row >= 0) & (measures.exponent > 0) & (measures.cap > 0) & ~broke)
    usable = usable[np.argsort(row[usable], kind="stable")]
    arcs, firsts, sizes = np.unique(row[usable], return_index=True, return_counts=True)
    return Places(where, arcs, firsts, sizes, usable, measures.use[:, usable] / measures.exponent[usable])


def _bounds(budget: Floats) -> Program:
    """Return the program of prices and the value that no cut exceeds, as yet without cuts."""
    count = len(budget)
    return Program(
        np.append(np.zeros(count), 1.0),
        np.zeros(count + 1),
        np.append(np.where(budget > 0, UNLIMITED, 0.0), UNLIMITED),
        np.array([0, count]),
        np.arange(count),
        budget,
        np.ones(1),
        np.ones(1),
    )


def flow_through(where: Part, capacity: Floats) -> Flow:
    """Return the greatest flow through a part of a network, by OR-tools where it has more than 5,000 arcs."""
    solver = max_flow if len(where.arcs) <= ARCS else large_max_flow
    return solver(where.nodes, where.tails, where.heads, capacity, SOURCE, SINK)


def _planned(problem: Problem, places: Places, effort: Floats, flow: Flow, prices: Floats) -> Plan:
    """Return a plan, with the flow of the adversary made one."""
    reached = evaluate(problem, effort)
    flows = np.zeros((1, problem.network.arcs))
    flows[0, places.where.arcs] = flow.along / flow.value
    bound = float(prices @ problem.resources.budget)
    return Plan("worst", reached.worst, bound, effort, reached, np.ones(1), flows, prices,
                np.zeros(problem.rows.count), np.zeros(problem.measures.count))  # fmt: skip
