"""This module owns what of a joint plan comes in whole units, such as sensors and fences: where, and what they add.

With the expected share that is not found as the aim this is where sensors stand best against several types of adversary
(after Pan, Charlton & Morton 2003; Morton, Pan & Saeger 2007, Models for nuclear smuggling interdiction, IIE
Transactions 39(1)).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import exp
from typing import Any

import numpy as np

from detente.look.summary import Block, Table
from detente.monitoring.compiling import Compiled
from detente.monitoring.fences import TENTH, busiest, of_habit
from detente.monitoring.joint import joint_value
from detente.monitoring.plan import Plan
from detente.monitoring.routes import evaluate
from detente.questions.monitor_planned import SAME, USED, percent, place_of
from detente.questions.monitored import chance, exponent


@dataclass(frozen=True, slots=True)
class Unit:
    """How many units of a measure stand at a place."""

    measure: str
    place: str
    units: int


@dataclass(frozen=True, slots=True)
class Whole:
    """What comes in whole units.

    Parameters
    ----------
    units : tuple of Unit
    value, without : float
        Of the objective, by the plan and by the best plan without any of them.
    objective : str
    possible : bool
        Whether any of it could be there: not barred, and within budgets.
    noticed : (str, str, float), or None
        Where it adds nothing: of the places that people of habit pass most often, the measure and the place at which
        one unit alone adds most to the chance to find them, and how much.
    """

    units: tuple[Unit, ...]
    value: float
    without: float
    objective: str
    possible: bool = True
    noticed: tuple[str, str, float] | None = None

    def blocks(self) -> Iterator[Block]:
        """Yield what is said of it."""
        lines: list[str | Table] = [self.headline()]
        if self.noticed is not None:
            measure, place, added = self.noticed
            lines.append(
                "That is the harshest reading: of people of habit, who take a way half as often if a tenth fewer pass "
                f"it unseen, one unit of {measure} at {place} would find {percent(added)} more."
            )
        if self.units:
            rows = tuple((each.measure, each.place, str(each.units)) for each in self.units)
            lines.append(Table(("measure", "place", "units"), rows))
        yield Block("What comes in whole units", tuple(lines))

    def headline(self) -> str:
        """Say what they add, in a sentence."""
        if not self.possible:
            return "What comes in whole units is barred everywhere, or more than budgets pay for."
        if abs(self.value - self.without) <= SAME:
            return (
                "What comes in whole units adds nothing here: whoever adapts goes where there is none, until the rest "
                "is covered too."
            )
        if self.objective == "expected":
            less = f"{percent(self.without)} would pass unseen, not {percent(self.value)}"
            return f"Without what comes in whole units, {less}."
        if self.objective == "weighted":
            up = f"from {exponent(self.without)} to {exponent(self.value)}"
            return f"What comes in whole units raises the weighted sum of exponents {up}."
        return (
            f"What comes in whole units raises the chance from {chance(1 - exp(-self.without))} to "
            f"{chance(1 - exp(-self.value))}."
        )

    def data(self) -> dict[str, Any]:
        """Return it as JSON-ready data."""
        return {
            "value": self.value,
            "without": self.without,
            "possible": self.possible,
            "people of habit": None
            if self.noticed is None
            else {"measure": self.noticed[0], "place": self.noticed[1], "found more": self.noticed[2]},
            "units": [{"measure": each.measure, "place": each.place, "units": each.units} for each in self.units],
        }


def whole(numbered: Compiled, plan: Plan) -> Whole | None:
    """Return what of a plan comes in whole units; None where everything can be divided."""
    columns = [column for column, each in enumerate(numbered.deployments) if not each.measure.divisible]
    if not columns:
        return None
    units = tuple(
        Unit(each.measure.label, place_of(numbered.scenario, each.segment), round(float(plan.effort[column])))
        for column, each in enumerate(numbered.deployments)
        if column in columns and plan.effort[column] > USED
    )
    scale = _scale(numbered, plan)
    without = joint_value(numbered.problem.barring(columns), plan.objective) / scale  # a linear program
    able = _able(numbered, plan, columns)
    noticed = _noticed(numbered, plan, able) if abs(plan.value / scale - without) <= SAME else None
    return Whole(units, plan.value / scale, without, plan.objective, bool(able), noticed)


def _able(numbered: Compiled, plan: Plan, columns: list[int]) -> list[int]:
    """Return the measures of which one unit could be there: within caps and budgets, and not barred by any rule."""
    problem = numbered.problem
    barred: set[int] = set()
    for index in range(problem.rows.count):
        entries, _, upper = problem.rows.row(index)
        barred |= {column for column, value in entries.items() if value > upper}
    return [
        column
        for column in columns
        if column not in barred
        and problem.measures.cap[column] >= 1
        and (problem.measures.use[:, column] <= problem.resources.budget).all()
    ]


def _noticed(numbered: Compiled, plan: Plan, able: list[int]) -> tuple[str, str, float] | None:
    """Return where one unit beside the plan finds people of habit most, of the places that they pass most."""
    measures = numbered.problem.measures
    left = numbered.problem.resources.budget - measures.use @ plan.effort + SAME
    able = [column for column in able if (measures.use[:, column] <= left).all()]
    before = of_habit(numbered.problem, plan.effort, TENTH)
    best: tuple[str, str, float] | None = None
    for column in () if before is None else busiest(numbered.problem, before, able):
        after = of_habit(numbered.problem, plan.effort + (np.arange(measures.count) == column), TENTH)
        added = 0.0 if after is None or before is None else after.detection - before.detection
        if added > (best[2] + SAME if best else SAME):
            each = numbered.deployments[column]
            best = each.measure.label, place_of(numbered.scenario, each.segment), added
    return best


def unseen(numbered: Compiled, plan: Plan) -> tuple[float, float] | None:
    """Return the share that passes unseen without any measure, and by the plan, where that is the aim; else None."""
    if plan.objective != "expected":
        return None
    nothing = evaluate(numbered.problem, np.zeros(numbered.problem.measures.count))
    scale = _scale(numbered, plan)
    return nothing.undetected / scale, plan.value / scale


def _scale(numbered: Compiled, plan: Plan) -> float:
    """Return the sum of weights, by which expected crossings become a share."""
    return float(numbered.problem.weights.sum()) if plan.objective == "expected" else 1.0
