"""This module owns proofs of plans under names: levels, and the prices of all that limits them, as answers print them.

A printed proof has no flows: nobody shall read from an answer which way is watched least. Whoever checks it seeks flows
that go with the printed prices, a matter of capacities: at these prices, an arc can carry no more than its cheapest
measure pays for. What plan, prices and flows together prove is decided by `check.py`, which shares no code with this
and calls no solver; prices that are wrong let no flow through that would prove anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any

import numpy as np

from detente.errors import DetenteError
from detente.monitoring.arrays import UNLIMITED, Floats, Indices
from detente.monitoring.certificate import problem_data
from detente.monitoring.check import check
from detente.monitoring.compiling import Compiled
from detente.monitoring.cutting import flow_through
from detente.monitoring.joint import LISTED
from detente.monitoring.lp import Program, solve
from detente.monitoring.owen import Owen
from detente.monitoring.plan import Plan
from detente.monitoring.problem import Problem
from detente.monitoring.program import by_row
from detente.monitoring.routes import SINK, SOURCE, Part, part, potentials
from detente.monitoring.uncoordinated import Apart

TAKEN = 1e-10  # effort below which a measure is not taken
SHY = 1e-9  # by how much, of a flow, it stays below what prices pay for, so that rounding proves nothing wrong


@dataclass(frozen=True, slots=True)
class Proven:
    """What a printed proof proves.

    Parameters
    ----------
    faults : tuple of str
        What does not hold, as sentences.
    effort : float, shape (measures,)
        The plan.
    primal, dual : float
        What the plan reaches, and what no plan betters; with whole units, no plan with these units in place.
    whole : bool
        Whether some of the plan comes in whole units, so that prices speak of the rest of it only.
    """

    faults: tuple[str, ...]
    effort: Floats
    primal: float
    dual: float
    whole: bool


def proof(numbered: Compiled, plan: Plan) -> dict[str, Any]:
    """Return the proof of a plan under the scenario's names.

    Parameters
    ----------
    numbered : Compiled
    plan : Plan
        Of the scenario, or of some of its parties.
    """
    return {
        "objective": plan.objective,
        "primal": plan.value,
        "dual": plan.bound,
        "levels": taken(numbered, plan.effort),
        **_prices(numbered, plan.weights, plan),
    }


def taken(numbered: Compiled, effort: Floats) -> dict[str, float]:
    """Return the levels of what a plan takes, by name."""
    return {key: level for key, level in numbered.levels(effort).items() if level > TAKEN}


def apart_proofs(numbered: Compiled, apart: Apart) -> dict[str, Any]:
    """Return by party what proves its plan the best for it alone; None where it cannot meet its limits by itself."""
    made = zip(numbered.players, apart.made, strict=True)
    return {player: None if plan is None else proof(numbered, plan) for player, plan in made}


def prices(numbered: Compiled, owen: Owen) -> dict[str, Any]:
    """Return the prices by which the Owen point divides, under the scenario's names."""
    problem = numbered.problem
    ends = [np.isin(problem.network.heads, who.sinks) for who in problem.adversaries]
    weights = np.array([float(flow[end].sum()) for flow, end in zip(owen.flows, ends, strict=True)])
    return _prices(numbered, weights, owen)


def _prices(numbered: Compiled, weights: Floats, priced: Plan | Owen) -> dict[str, Any]:
    """Return prices by name, without what rounding leaves at a limit that is not there."""
    scenario, rows = numbered.scenario, numbered.problem.rows
    there = np.isfinite(np.where(priced.row_prices > 0, rows.upper, rows.lower))
    limits = zip(numbered.limits, np.where(there, priced.row_prices, 0.0).tolist(), strict=True)
    caps = zip(numbered.deployments, priced.cap_prices.tolist(), strict=True)
    return {
        "weights": {each.id: float(weight) for each, weight in zip(scenario.adversaries, weights, strict=True)},
        "budget prices": {
            budget.key: max(float(price), 0.0) for budget, price in zip(scenario.budgets, priced.prices, strict=True)
        },
        "limit prices": {limit.id: price for limit, price in limits if price},
        "cap prices": {each.key: price for each, price in caps if price > 0},
    }


def proven(numbered: Compiled, problem: Problem, printed: Mapping[str, Any]) -> Proven:
    """Return what a printed proof proves of a problem.

    Parameters
    ----------
    numbered : Compiled
        The scenario, by whose names the proof is printed.
    problem : Problem
        The scenario's own, or one of some of its parties, beside others, with other budgets: of the same measures.
    printed : mapping
        From `proof`, or read back from JSON.

    Raises
    ------
    DetenteError
        For a name that the scenario does not have, and for what is no number.
    """
    effort = numbered.effort(_numbers(printed, "levels"))
    scenario = numbered.scenario
    weights = _placed(_numbers(printed, "weights"), [each.id for each in scenario.adversaries])
    budgets = _placed(_numbers(printed, "budget prices"), [each.key for each in scenario.budgets])
    rows = _placed(_numbers(printed, "limit prices"), [each.id for each in numbered.limits])
    caps = _placed(_numbers(printed, "cap prices"), [each.key for each in numbered.deployments])
    aim = printed.get("objective", "worst")
    there = ~problem.measures.divisible & (problem.measures.cap > 0)
    claimed = {"objective": aim, "primal": _number(printed.get("primal")), "dual": _number(printed.get("dual"))}
    plan = {"effort": effort.tolist(), "potentials": _potentials(problem, effort)}
    priced, inner = (problem, effort) if not there.any() else _rest(problem, effort)
    flows = _flows(priced, weights, _capacity(priced, budgets, rows, caps))
    prices = {
        "weights": weights.tolist(),
        "flows": [[[arc, float(flow[arc])] for arc in np.flatnonzero(flow).tolist()] for flow in flows],
        "budgets": budgets.tolist(),
        "caps": [[index, float(caps[index])] for index in np.flatnonzero(caps).tolist()],
        "rows": rows.tolist(),
    }
    found = check(
        claimed | {"problem": problem_data(priced), "prices": prices, "plan": plan | {"effort": inner.tolist()}}
    )
    if not there.any():
        return Proven(found.faults, effort, found.primal, found.dual, False)
    # that the whole plan keeps all limits is a matter of its own, with prices that claim nothing
    free = {**prices, "budgets": [0.0] * len(budgets), "caps": [], "rows": [0.0] * len(rows)}
    kept = check(claimed | {"dual": found.dual, "problem": problem_data(problem), "prices": free, "plan": plan})
    wrong = tuple(fault for fault in kept.faults if not fault.startswith("the prices prove"))
    told = tuple(fault for fault in found.faults if not fault.startswith("the prices prove"))
    return Proven(tuple(dict.fromkeys((*told, *wrong))), effort, found.primal, found.dual, True)


def _rest(problem: Problem, effort: Floats) -> tuple[Problem, Floats]:
    """Return the problem of what can be divided, with the whole units of a plan in place, and the rest of the plan."""
    whole = np.where(problem.measures.divisible, 0.0, effort)
    left = np.maximum(problem.resources.budget - problem.measures.use @ whole, 0.0)
    beside = problem.beside(whole).with_budgets(left).barring(np.flatnonzero(~problem.measures.divisible).tolist())
    measures = replace(beside.measures, divisible=np.ones(problem.measures.count, dtype=bool))
    return replace(beside, measures=measures), effort - whole


def _potentials(problem: Problem, effort: Floats) -> list[list[float | None]]:
    added = problem.exponents(effort)
    return [potentials(problem, index, added) for index in range(len(problem.adversaries))]


def _capacity(problem: Problem, budgets: Floats, rows: Floats, caps: Floats) -> Floats:
    """Return by arc how much flow the prices of its cheapest measure pay for, shape (arcs,)."""
    measures = problem.measures
    cost = budgets @ measures.use + caps
    of_row = np.repeat(np.arange(problem.rows.count), np.diff(problem.rows.starts))
    np.add.at(cost, problem.rows.columns, rows[of_row] * problem.rows.values)
    broke = np.logical_or.reduce(measures.use[problem.resources.budget == 0] > 0, axis=0)
    usable = (measures.exponent > 0) & (measures.cap > 0) & ~broke
    found = np.full(problem.network.arcs, UNLIMITED)
    each = np.maximum(cost[usable], 0.0) / measures.exponent[usable]
    np.minimum.at(found, measures.arc[usable], each)
    return found


def _flows(problem: Problem, weights: Floats, capacity: Floats) -> Floats:
    """Return flows of these weights, shape (types, arcs), within capacities and least by baselines, or near it."""
    types = len(problem.adversaries)
    found = np.zeros((types, problem.network.arcs))
    parts = [part(problem, index) for index in range(types)]
    if types == 1 and not problem.baseline(0).any() and len(parts[0].arcs) > LISTED:
        where = parts[0]
        limited = np.minimum(capacity[where.arcs], 2 * float(weights[0]) + 1.0)
        along = flow_through(where, limited)
        found[0, where.arcs] = along.along * (float(weights[0]) / along.value if along.value else 0.0)
        return found * (1 - SHY)
    starts = np.cumsum([0, *(len(where.arcs) for where in parts)])
    answer = solve(_flow_program(problem, parts, starts, weights, capacity))
    for index, where in enumerate(parts):
        if answer.status == "optimal":
            found[index, where.arcs] = np.maximum(answer.x[starts[index] : starts[index + 1]], 0.0)
    return found * (1 - SHY)


def _flow_program(problem: Problem, parts: list[Part], starts: Indices, weights: Floats, capacity: Floats) -> Program:
    """Return the program of flows: of least baseline, with excess over capacities far dearer than any baseline."""
    arcs, total = problem.network.arcs, int(starts[-1])
    nodes = np.cumsum([0, *(where.nodes for where in parts)])
    limits, cost = int(nodes[-1]), np.zeros(total + arcs)
    due = np.zeros(limits)
    excess = np.arange(arcs)
    entries: list[tuple[Indices, Indices, Floats]] = [(limits + excess, total + excess, -np.ones(arcs))]
    for index, where in enumerate(parts):
        columns, ones = starts[index] + np.arange(len(where.arcs)), np.ones(len(where.arcs))
        cost[columns] = problem.baseline(index)[where.arcs]
        due[nodes[index] + SINK], due[nodes[index] + SOURCE] = weights[index], -weights[index]
        entries += [
            (nodes[index] + where.heads, columns, ones),
            (nodes[index] + where.tails, columns, -ones),
            (limits + where.arcs, columns, ones),
        ]
    cost[total:] = 1e3 * (1.0 + cost[:total].max(initial=0.0))
    return Program(
        cost,
        np.zeros(total + arcs),
        np.full(total + arcs, UNLIMITED),
        *by_row(entries, limits + arcs),
        np.concatenate((due, np.full(arcs, -UNLIMITED))),
        np.concatenate((due, capacity)),
        maximise=False,
    )


def _placed(named: Mapping[str, float], names: list[str]) -> Floats:
    """Return numbers by place, of numbers by name; 0 for those not named."""
    place = {name: index for index, name in enumerate(names)}
    found = np.zeros(len(names))
    for name, value in named.items():
        if name not in place:
            raise DetenteError(f"the proof names {name!r}, which the scenario does not have")
        found[place[name]] = value
    return found


def _numbers(printed: Mapping[str, Any], key: str) -> dict[str, float]:
    told = printed.get(key)
    if not isinstance(told, Mapping):
        raise DetenteError(f"the proof has no {key}")
    return {str(name): _number(value) for name, value in told.items()}


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise DetenteError(f"a number is expected in the proof, not {value!r}")
    return float(value)
