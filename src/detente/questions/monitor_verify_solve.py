"""This module owns what follows for the joint plan and what carries it: from its printed prices, and plans sought anew.

The plan and its prices are multiplied out as they are printed. What else would be reached, with one more unit of a
budget, without a red line, with another number, is sought anew, and counts only where prices prove it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from math import exp, fsum
from typing import Any

from detente.errors import DetenteError, NotAvailableError
from detente.monitoring.arrays import Floats
from detente.monitoring.certificate import certificate
from detente.monitoring.check import check
from detente.monitoring.compiling import Compiled, compiled
from detente.monitoring.easing import eased
from detente.monitoring.joint import joint_plan
from detente.monitoring.plan import Objective
from detente.monitoring.problem import Problem
from detente.monitoring.routes import evaluate
from detente.questions.monitor_derived import OPEN, Claim, Derived, best, is_list
from detente.questions.monitor_numbers import PLANNED, changed, numbers
from detente.questions.monitor_planned import proven
from detente.questions.monitor_solve import MOST_VARIED
from detente.questions.monitor_verify_beside import LEFT_OPEN, beside, whole_units

TAKEN = 1e-7


class Anew:
    """Values sought anew: each counts as proven where its prices multiply out to it."""

    def __init__(self, objective: Objective) -> None:
        self.objective = objective
        self.unproven: list[str] = []

    def value(self, problem: Problem, what: str) -> tuple[float, float]:
        """Return the value of the best plan, and the exponent of the type that it finds least."""
        plan = joint_plan(problem, self.objective)
        checked = check(certificate(problem, plan))
        if not checked.holds:
            raise DetenteError(f"{what}: {checked.faults[0]}")
        if not checked.optimal:
            self.unproven.append(what)
        return plan.value, plan.reached.worst

    def claims(self) -> Iterator[Claim]:
        """Yield what prices do not prove, as undecided: measures come in whole units there."""
        for what in self.unproven:
            yield Claim(f"no plan is better: {what}", "some measures come in whole units, so prices prove less", True)


def solved(numbered: Compiled, told: Mapping[str, Any]) -> Derived:
    """Return what follows for an answer of `solve`.

    Parameters
    ----------
    numbered : Compiled
    told : mapping
        The answer's JSON data.
    """
    claims: list[Claim] = []
    printed = told["certificate"]
    value, effort = best(numbered, numbered.problem, printed, "the joint plan, at the printed prices", claims)
    aim = printed.get("objective", "worst")
    bound = float(printed["dual"])
    claims = [whole_units(numbered.problem, aim, bound) if each.undecided else each for each in claims]
    claims += beside(numbered.scenario, told, numbered.problem.large)
    stopped = not proven(float(printed["primal"]), float(printed["dual"]))  # then the answer reckons no more with it
    reached = evaluate(numbered.problem, effort)
    scenario = numbered.scenario
    anew = Anew(aim)
    data = {
        "parameters": {"objective": aim},
        "exponent": reached.worst,
        "detection": 1 - exp(-reached.worst),
        "by type": {each.label: level for each, level in zip(scenario.adversaries, reached.exponents, strict=True)},
        "sectors": [_sector(numbered, effort, sector.id, sector.label) for sector in scenario.sectors],
        "levels": [
            {"measure": measure.label, "level": level}
            for measure in scenario.measures
            for level in [_level(numbered, effort, measure.id)]
            if level > TAKEN
        ],
        "budgets": list(_budgets(numbered, told, effort, value, anew)),
        "red lines": OPEN if stopped else list(_red_lines(numbered, told, value, reached.worst, anew)),
        "assumptions": list(_assumptions(numbered, anew, varying=not stopped)),
        "certificate": {"primal": value, "value": value},
    }
    left_open = (
        "what parties contribute apart, by sector",
        "shares of attempts",
        "what stands in the answer in words",
        *(left for part, left in LEFT_OPEN.items() if part in told),
    )
    return Derived(data, (*claims, *anew.claims()), left_open, whole=False)


def _sector(numbered: Compiled, effort: Floats, id: str, label: str) -> dict[str, Any]:
    """Return what each party adds in a sector; what several do together is divided evenly."""
    scenario = numbered.scenario
    own: dict[str, float] = {}
    there = sum(
        float(baseline)
        for (segment, bears), baseline in zip(numbered.arcs, numbered.problem.network.baseline, strict=True)
        if bears and segment.sector == id and not segment.crossing
    )
    for each, level in zip(numbered.deployments, effort.tolist(), strict=True):
        if level > TAKEN and each.segment.sector == id and not each.segment.crossing:
            parties = each.users or each.consent
            for party in parties:
                own[party] = own.get(party, 0.0) + level * float(each.effect) / len(parties)
    together = {scenario.party(party).label: amount for party, amount in own.items()}
    return {"sector": label, "together": together, "detection": 1 - exp(-(there + sum(own.values())))}


def _level(numbered: Compiled, effort: Floats, measure: str) -> float:
    return fsum(
        level
        for each, level in zip(numbered.deployments, effort.tolist(), strict=True)
        if each.measure.id == measure and level > TAKEN
    )


def _rows(told: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    rows = told.get(key)
    if not is_list(rows) or not all(isinstance(row, Mapping) for row in rows or ()):
        raise DetenteError(f"the {key} cannot be read")
    return list(rows or ())


def _budgets(
    numbered: Compiled, told: Mapping[str, Any], effort: Floats, value: float, anew: Anew
) -> Iterator[dict[str, Any]]:
    """Yield each budget that joint measures use, with its printed price, and what one more unit adds."""
    problem, prices = numbered.problem, told["certificate"]["budget prices"]
    listed = {row.get("agency") for row in _rows(told, "budgets")}
    unknown = {row.get("agency") for row in _rows(told, "budgets") if row.get("one more adds", 0) is None}
    for row, budget in enumerate(numbered.scenario.budgets):
        if not problem.measures.use[row].any() and budget.key not in listed:
            continue
        larger = value
        if budget.key not in unknown:
            larger, _ = anew.value(problem.one_more(row), f"one more of {budget.key}")
        yield {
            "agency": budget.key,
            "budget": float(budget.amount),
            "used": float(problem.measures.use[row] @ effort),
            "price": prices.get(budget.key, 0.0),
            "one more adds": OPEN if budget.key in unknown else abs(larger - value),
        }


def _red_lines(
    numbered: Compiled, told: Mapping[str, Any], value: float, level: float, anew: Anew
) -> Iterator[dict[str, Any]]:
    """Yield what each red line costs: its printed price, and the plan without it."""
    scenario, prices = numbered.scenario, told["certificate"]["limit prices"]
    places = {limit.id: row for row, limit in enumerate(numbered.limits)}
    for constraint in scenario.constraints:
        if constraint.asked_by and not set(constraint.asked_by) & set(scenario.players):
            continue
        without = compiled(scenario.without(constraint.id), large=numbered.problem.large)
        try:
            _, lifted = anew.value(without.problem, f"without {constraint.id}")
            detection = 1 - exp(-lifted)
        except NotAvailableError:
            detection = 1.0
        row = places.get(constraint.id)
        yield {
            "price": abs(prices.get(constraint.id, 0.0)),
            "detection": max(detection - (1 - exp(-level)), 0.0),
            "one more adds": None if row is None else _differs(numbered, value, row, 1.0, anew),
            "one fewer costs": None if row is None else _differs(numbered, value, row, -1.0, anew),
        }


def _differs(numbered: Compiled, value: float, row: int, by: float, anew: Anew) -> float | None:
    """Return by how much another value is reached with a limit eased, or tightened; None where there is no plan."""
    other = eased(numbered.problem, row, by)
    try:
        what = f"{numbered.limits[row].id} {'eased' if by > 0 else 'tightened'} by one"
        return None if other is None else abs(anew.value(other, what)[0] - value)
    except NotAvailableError:
        return None


def _assumptions(numbered: Compiled, anew: Anew, varying: bool) -> Iterator[dict[str, Any]]:
    """Yield every number, with what is found at its lowest and its highest, where that was tried."""
    varied = 0
    for number in numbers(numbered.scenario):
        quantity = number.quantity
        ends: Any = None
        if varying and not quantity.certain and number.path[0] in PLANNED and varied < MOST_VARIED:
            varied += 1
            ends = []
            for end in (quantity.low, quantity.high):
                other = changed(numbered.scenario, number.path, replace(quantity, value=end, low=end, high=end))
                problem = compiled(other, large=numbered.problem.large).problem
                ends.append(1 - exp(-anew.value(problem, f"{number.name} at {float(end):.4g}")[1]))
        yield {"number": number.name, "synthetic": quantity.synthetic, "detection": OPEN if ends is None else ends}
