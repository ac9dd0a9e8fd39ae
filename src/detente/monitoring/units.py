"""This module owns the units in which problems are solved, so that billions of dollars do no harm.

A solver takes differences below 1e-9 for none. Where a measure's effect or use is far from 1, its effort is counted in
another unit, a power of two so that nothing is rounded, and budgets and side constraints in units of what efforts take.
"""

from dataclasses import dataclass, replace

import numpy as np

from detente.monitoring.arrays import Floats
from detente.monitoring.plan import Plan
from detente.monitoring.problem import Problem

FAR = 2.0**10  # from 1 on either side: what counts as far


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """How many of the given units make one of those solved in: of efforts, budgets, and side constraints."""

    effort: Floats
    budget: Floats
    row: Floats

    def given(self, plan: Plan) -> Plan:
        """Return a plan in the units that were given."""
        return replace(
            plan,
            effort=plan.effort * self.effort,
            prices=plan.prices / self.budget,
            row_prices=plan.row_prices / self.row,
            cap_prices=plan.cap_prices / self.effort,
        )


def in_units(problem: Problem) -> tuple[Problem, Units]:
    """Return a problem in units in which effects, uses and limits are not far from 1, and what the units are.

    Parameters
    ----------
    problem : Problem
        Measures that come in whole units stay in these.
    """
    measures, rows, budgets = problem.measures, problem.rows, problem.resources.budget
    effort = np.where(
        measures.divisible & (measures.exponent > 0), _size(1 / np.maximum(measures.exponent, 1e-300)), 1.0
    )
    budget = _size((measures.use * effort).max(axis=1, initial=0.0))
    values = rows.values * effort[rows.columns]
    largest = np.zeros(rows.count)
    np.maximum.at(largest, np.repeat(np.arange(rows.count), np.diff(rows.starts)), np.abs(values))
    row = _size(largest)
    units = Units(effort, budget, row)
    if all((each == 1).all() for each in (effort, budget, row)):
        return problem, units
    per = np.repeat(row, np.diff(rows.starts))
    return (
        replace(
            problem,
            measures=replace(
                measures,
                exponent=measures.exponent * effort,
                use=measures.use * effort / budget[:, None],
                cap=measures.cap / effort,
                delay=measures.delay * effort,
                intrusiveness=measures.intrusiveness * effort,
            ),
            resources=replace(problem.resources, budget=budgets / budget),
            rows=replace(rows, values=values / per, lower=rows.lower / row, upper=rows.upper / row),
        ),
        units,
    )


def _size(values: Floats) -> Floats:
    """Return the nearest power of two of what is far from 1; else 1."""
    far = (values > FAR) | ((values < 1 / FAR) & (values > 0))
    found: Floats = np.where(far, 2.0 ** np.round(np.log2(np.where(far, values, 1.0))), 1.0)
    return found
