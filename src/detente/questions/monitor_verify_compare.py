"""This module owns what follows for what cooperation is worth: every set of its elements planned for again, and proven.

Plans with planning in common are sought anew and count where prices prove them. Plans made alone are sought anew too,
each proven the best for who makes it; among equally good ones the tie-break of plans decides, as in the answer.
"""

from collections.abc import Mapping
from dataclasses import replace
from math import exp
from typing import Any

import numpy as np

from detente.errors import NotAvailableError
from detente.monitoring.arrays import Floats
from detente.monitoring.certificate import certificate
from detente.monitoring.check import check
from detente.monitoring.compiling import Compiled, compiled
from detente.monitoring.faults import ContradictionError
from detente.monitoring.problem import Problem
from detente.monitoring.routes import evaluate
from detente.monitoring.sharing import alone_plan
from detente.monitoring.uncoordinated import proportional
from detente.questions.monitor_compare import ELEMENTS, FIRST, PLANNING, kind
from detente.questions.monitor_derived import OPEN, Claim, Derived, best, is_list
from detente.questions.monitor_verify_civil import certificates, plans_apart
from detente.questions.monitor_verify_share import shapley
from detente.questions.monitor_verify_solve import Anew

FARTHER = 2.0**20  # times the budgets, at which it is settled that no factor does
CLOSE = 1e-5


def compared(numbered: Compiled, told: Mapping[str, Any]) -> Derived:
    """Return what follows for an answer of `compare`.

    Parameters
    ----------
    numbered : Compiled
    told : mapping
        The answer's JSON data.
    """
    printed = certificates(told, "joint", "apart")
    claims: list[Claim] = []
    value, _ = best(numbered, numbered.problem, printed["joint"], "the joint plan", claims)
    solo = evaluate(numbered.problem, plans_apart(numbered, printed["apart"], claims)).worst
    work = _Elements(numbered)
    levels = work.levels(value)
    names = [PLANNING, *(ELEMENTS[each] for each in work.kinds)]
    count = len(names)
    chances = {group: 1 - exp(-level) for group, level in levels.items()}
    shares = [None, *shapley({group: chance - chances[frozenset()] for group, chance in chances.items()}, count)]
    climbed = [frozenset(range(so_far)) for so_far in range(count + 1)]
    ends = _ends(numbered, work)
    waterfall = [
        {"element": name, "detection": chances[group], "exponent": levels[group], "range": between, "share": share}
        for name, group, between, share in zip([FIRST, *names], climbed, ends, shares, strict=True)
    ]
    traffic = np.array([0.0 if segment.flow is None else float(segment.flow) for segment, _ in numbered.arcs])
    spread = evaluate(numbered.problem, proportional(numbered.problem, traffic).effort).worst
    bare = work.allowed(frozenset())
    data = {
        "parameters": {"starts": OPEN, "seed": 0},
        "waterfall": waterfall,
        "apart": [
            {"plans": name, "text": OPEN, "exponent": level, "detection": OPEN if level is OPEN else 1 - exp(-level)}
            for name, level in _ways(told, solo, spread)
        ],
        "value of cooperation": chances[climbed[-1]] - chances[frozenset()],
        "budget multiplier": _multiplier(work, bare, value, told.get("budget multiplier"), claims),
        "budget curve": _curve(work, bare, told),
        "certificate": {"primal": value, "dual": value},
        "certificates": OPEN,
    }
    left_open = ("plans that answer each other until nobody gains", "which of equally good plans a party makes alone")
    return Derived(data, (*claims, *work.claims, *work.anew.claims()), left_open)


def _ways(told: Mapping[str, Any], solo: float, spread: float) -> list[tuple[str, Any]]:
    """Return the ways to plan apart, with what they reach where that follows."""
    rows = told.get("apart")
    answers = [str(row.get("plans")) for row in list(rows or ())[1:-1]] if is_list(rows) else []
    known = ("best responses", "best responses, worst found", "best responses, best found")
    return [("solo", solo), *((name, OPEN) for name in answers if name in known), ("proportional", spread)]


class _Elements:
    """Plans under some elements of cooperation, and what is proven of them."""

    def __init__(self, numbered: Compiled) -> None:
        self.numbered, self.problem = numbered, numbered.problem
        needed = [kind(numbered, each) for each in numbered.deployments]
        self.kinds = [each for each in ELEMENTS if each in needed]
        self.needs = [self.kinds.index(each) + 1 if each in self.kinds else 0 for each in needed]
        self.anew = Anew("worst")
        self.claims: list[Claim] = []

    def levels(self, value: float) -> dict[frozenset[int], float]:
        """Return the exponent that every set of elements reaches; element 0 is planning in common."""
        count = len(self.kinds) + 1
        found = {}
        for mask in range(1 << count):
            group = frozenset(element for element in range(count) if mask >> element & 1)
            if len(group) == count:
                found[group] = value
            elif 0 in group:
                found[group] = self.together(group, f"with {len(group)} elements of cooperation")
            else:
                found[group] = evaluate(self.problem, self.apart(self._open(group))).worst
        return found

    def together(self, group: frozenset[int], what: str) -> float:
        """Return what the best joint plan with some elements reaches; what is there anyway if none meets all limits."""
        allowed = self.allowed(group)
        try:
            return self.anew.value(allowed, what)[1]
        except ContradictionError:
            return evaluate(allowed, np.zeros(allowed.measures.count)).worst

    def allowed(self, group: frozenset[int]) -> Problem:
        """Return the problem without the measures whose element is missing."""
        missing = [column for column, need in enumerate(self.needs) if need and need not in group]
        return self.problem.barring(missing) if missing else self.problem

    def apart(self, problem: Problem) -> Floats:
        """Return the plans that parties make alone in a problem, laid on each other, each proven the best."""
        total = np.zeros(problem.measures.count)
        for place, player in enumerate(self.numbered.players):
            plan = alone_plan(problem, place)
            if plan is None:
                continue
            checked = check(certificate(problem.restricted((place,)), plan))
            if not checked.holds:
                self.claims.append(Claim(f"{player} alone", checked.faults[0]))
            total = total + plan.effort
        return np.minimum(total, problem.measures.cap)

    def _open(self, group: frozenset[int]) -> Problem:
        """Return the problem in which what elements give access to needs the consent of those alone who do it."""
        measures, owner = self.problem.measures, self.problem.resources.owner
        users = np.array([(measures.use[owner == place] > 0).any(axis=0) for place in range(self.problem.agencies)])
        granted = (np.array(self.needs) > 0) & users.any(axis=0)
        there = self.allowed(group)
        return replace(there, measures=replace(there.measures, consent=np.where(granted, users, measures.consent)))


def _ends(numbered: Compiled, work: _Elements) -> list[list[float] | None]:
    """Return by step what is found with all effects at their lowest, and at their highest."""
    count = len(work.kinds) + 2
    if all(quantity.certain for quantity in numbered.scenario.quantities):
        return [None] * count
    found = []
    for end in ("low", "high"):
        other = _Elements(compiled(numbered.scenario, end, numbered.problem.large))
        bare = other.allowed(frozenset())
        steps = [evaluate(bare, other.apart(bare)).worst]
        for so_far in range(1, count):
            steps.append(other.together(frozenset(range(so_far)), f"effects at their {end} ends"))
        work.anew.unproven += other.anew.unproven
        work.claims += other.claims
        found.append([1 - exp(-level) for level in steps])
    low, high = found
    if not any(most - least > 1e-6 for least, most in zip(low, high, strict=True)):
        return [None] * count
    return [[least, most] for least, most in zip(low, high, strict=True)]


def _times(bare: Problem, work: _Elements, factor: float) -> float:
    """Return what plans made apart reach with all budgets multiplied."""
    larger = bare.with_budgets(bare.resources.budget * factor)
    return evaluate(larger, work.apart(larger)).worst


def _multiplier(work: _Elements, bare: Problem, value: float, told: Any, claims: list[Claim]) -> Any:
    """Return the printed factor where plans apart reach as much with it and not with less; else say what is wrong."""
    text = "plans made apart reach as much with all budgets multiplied, and not with less"
    near = CLOSE * max(1.0, abs(value))
    if told is None:
        enough = _times(bare, work, FARTHER) >= value - near / 10
        claims.append(Claim(text, "some factor does" if enough and FARTHER > 1 else ""))
        return None
    if isinstance(told, bool) or not isinstance(told, int | float) or not 1 <= told <= FARTHER:
        claims.append(Claim(text, f"{told!r} is no factor"))
        return OPEN
    fault = "" if _times(bare, work, float(told)) >= value - near else "it does not reach as much"
    if not fault and told > 1 + CLOSE and _times(bare, work, float(told) * (1 - 10 * CLOSE)) >= value:
        fault = "less does too"
    claims.append(Claim(text, fault))
    return OPEN


def _curve(work: _Elements, bare: Problem, told: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what is found apart and together at every factor of the printed curve."""
    found = []
    rows = told.get("budget curve")
    for row in list(rows or ()) if is_list(rows) else ():
        factor = float(row["budgets"])
        try:
            larger = work.problem.with_budgets(work.problem.resources.budget * factor)
            joint: float | None = 1 - exp(-work.anew.value(larger, f"with {factor:.4g} times the budgets")[1])
        except NotAvailableError:
            joint = None
        found.append({"budgets": OPEN, "apart": 1 - exp(-_times(bare, work, factor)), "joint": joint})
    return found
