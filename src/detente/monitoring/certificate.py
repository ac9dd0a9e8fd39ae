"""This module owns the certificate of a joint plan: the problem, the plan and its prices as plain data.

The plan and potentials (the least exponent to each node) show what is reached. The prices of budgets, caps and side
constraints, and the adversaries' flows, show that nothing better is: for each measure, what its exponent is worth where
the flows pass is no more than what it takes at these prices (duality of linear programs; Gale, Kuhn & Tucker 1951).
`check.py` multiplies it out, and shares no code with this.
"""

from collections.abc import Mapping
from dataclasses import replace
from math import isfinite
from typing import Any

import numpy as np

from detente.monitoring.arrays import Floats
from detente.monitoring.joint import joint_plan
from detente.monitoring.plan import Plan
from detente.monitoring.problem import Problem
from detente.monitoring.routes import potentials


def certificate(problem: Problem, plan: Plan) -> dict[str, Any]:
    """Return the certificate of a joint plan as plain data: numbers, lists and mappings.

    Where measures come in whole units, its prices are those of the problem in which they need not; then the bound that
    it proves can be better than the plan.

    Parameters
    ----------
    problem : Problem
    plan : Plan
        From `joint_plan` or `cutting_plan`.

    Returns
    -------
    dict
        "objective", "primal" and "dual" (the value, and what no plan betters), "problem", "plan", "prices".
    """
    priced = plan
    if not problem.measures.divisible[problem.measures.cap > 0].all():
        whole = replace(problem.measures, divisible=np.ones(problem.measures.count, dtype=bool))
        priced = joint_plan(replace(problem, measures=whole), plan.objective, large=True)
    added = problem.exponents(plan.effort)
    types = range(len(problem.adversaries))
    row_prices = [
        _limited(price, *problem.rows.row(index)[1:]) for index, price in enumerate(priced.row_prices.tolist())
    ]
    data: dict[str, Any] = {
        "objective": plan.objective,
        "primal": plan.value,
        "dual": 0.0,
        "problem": problem_data(problem),
        "plan": {
            "effort": plan.effort.tolist(),
            "potentials": [potentials(problem, index, added) for index in types],
        },
        "prices": {
            "weights": priced.weights.tolist(),
            "flows": [_sparse(flow) for flow in priced.flows],
            "budgets": priced.prices.tolist(),
            "caps": _sparse(priced.cap_prices),
            "rows": row_prices,
        },
    }
    return data | {"dual": _dual(problem, priced, row_prices)}


def problem_data(problem: Problem) -> dict[str, Any]:
    """Return a problem as plain data; infinite limits become None.

    Parameters
    ----------
    problem : Problem
    """
    network, measures, rows = problem.network, problem.measures, problem.rows
    return {
        "nodes": network.nodes,
        "arcs": np.stack((network.tails, network.heads), axis=1).tolist(),
        "adversaries": [
            {"sources": list(who.sources), "sinks": list(who.sinks), "weight": who.weight,
             "baseline": problem.baseline(index).tolist()}
            for index, who in enumerate(problem.adversaries)
        ],
        "measures": {
            "arc": measures.arc.tolist(),
            "exponent": measures.exponent.tolist(),
            "cap": [_finite(cap) for cap in measures.cap.tolist()],
            "use": [_sparse(use) for use in measures.use],
            "whole": np.flatnonzero(~measures.divisible).tolist(),
        },
        "budgets": problem.resources.budget.tolist(),
        "rows": [
            {"entries": [list(entry) for entry in entries.items()], "lower": _finite(lower), "upper": _finite(upper)}
            for entries, lower, upper in (rows.row(index) for index in range(rows.count))
        ],
    }  # fmt: skip


def same_problem(data: Mapping[str, Any], problem: Problem) -> bool:
    """Return whether a certificate is about a problem."""
    return data.get("problem") == problem_data(problem)


def _dual(problem: Problem, priced: Plan, row_prices: list[float]) -> float:
    """Return the bound that prices prove."""
    rows, caps = problem.rows, problem.measures.cap
    value: float = float(priced.prices @ problem.resources.budget)
    value += sum(price * float(caps[index]) for index, price in _sparse(priced.cap_prices))
    for price, lower, upper in zip(row_prices, rows.lower.tolist(), rows.upper.tolist(), strict=True):
        value += price * (upper if price > 0 else lower) if price else 0.0
    value += sum(float(flow @ problem.baseline(index)) for index, flow in enumerate(priced.flows))
    if priced.objective != "expected":
        return value
    there = priced.weights > 0
    held = priced.weights[there]  # the slopes of tangents to the chances to pass
    return float(np.sum(held * (1 - np.log(held / problem.weights[there])))) - value


def _limited(price: float, lower: float, upper: float) -> float:
    """Return the price of a row, without what rounding leaves at a limit that is not there."""
    return price if isfinite(upper if price > 0 else lower) else 0.0


def _sparse(values: Floats) -> list[list[Any]]:
    """Return the indices and values of what is not 0."""
    there = np.flatnonzero(values)
    return [[index, value] for index, value in zip(there.tolist(), values[there].tolist(), strict=True)]


def _finite(value: float) -> float | None:
    return value if isfinite(value) else None
