"""This module owns what follows for what a plan does to the people who cross, from the proofs of plans."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import exp, fsum
from typing import Any

import numpy as np

from detente.errors import DetenteError
from detente.monitoring.arrays import Floats
from detente.monitoring.compiling import Compiled
from detente.monitoring.conflict import contradiction
from detente.monitoring.constraints import MaxDelay, MaxIntrusiveness, MaxWait
from detente.monitoring.routes import evaluate
from detente.monitoring.uncoordinated import own_problem
from detente.questions.monitor_civil import slower
from detente.questions.monitor_derived import OPEN, Claim, Derived, best, is_list

NOTHING = 1e-9  # effort that counts as none
STEPS = 4  # limits to delay that are tried between none and what the plan uses


def certificates(told: Mapping[str, Any], *keys: str) -> Mapping[str, Any]:
    """Return the certificates of an answer; raises DetenteError where some are missing."""
    printed = told.get("certificates")
    if not isinstance(printed, Mapping) or any(key not in printed for key in keys):
        raise DetenteError(f"the answer has no certificates of {' and '.join(keys)}")
    return printed


def plans_apart(numbered: Compiled, printed: Any, claims: list[Claim]) -> Floats:
    """Return the plans that parties make each by itself, laid on each other."""
    if not isinstance(printed, Mapping):
        raise DetenteError("the plans made apart are missing")
    total = np.zeros(numbered.problem.measures.count)
    for place, player in enumerate(numbered.players):
        own = own_problem(numbered.problem, place)
        if player in printed and printed[player] is None:
            claims.append(Claim(f"{player} alone can keep no limits", "" if contradiction(own) else "some plan does"))
        else:
            total = total + best(numbered, own, printed.get(player), f"{player} alone", claims)[1]
    return total


def detected(numbered: Compiled, effort: Floats) -> float:
    """Return the chance that the type found least is found."""
    return 1 - exp(-evaluate(numbered.problem, effort).worst)


def crossed(numbered: Compiled, told: Mapping[str, Any]) -> Derived:
    """Return what follows for an answer of `civil`.

    Parameters
    ----------
    numbered : Compiled
    told : mapping
        The answer's JSON data.
    """
    printed = certificates(told, "joint", "apart", "less delay")
    claims: list[Claim] = []
    scenario = numbered.scenario
    level, effort = best(numbered, numbered.problem, printed["joint"], "the joint plan", claims)
    apart = plans_apart(numbered, printed["apart"], claims)
    hours = _hours(numbered, effort)
    caps = [float(limit.amount) for limit in scenario.constraints if isinstance(limit, MaxDelay) and _all(limit)]
    flows = [*(each.flow for each in scenario.crossings), *(each.flow for each in scenario.sectors)]
    reached = evaluate(numbered.problem, effort)
    data = {
        "parameters": {},
        "delay": _limit("Delay", hours, min(caps, default=None), "person-hours a day")
        | {"people": fsum(float(flow) for flow in flows if flow is not None)},
        "alarms": [
            _alarm(each.prevalence.value, each.detection.value, each.false_alarm.value) for each in scenario.base_rates
        ],
        "crossings": [
            {
                "crossing": crossing.label,
                "open": not any(
                    level > NOTHING and crossing.id in each.measure.closes
                    for each, level in zip(numbered.deployments, effort.tolist(), strict=True)
                ),
                "kept open": crossing.keep_open,
                "text": OPEN,
            }
            for crossing in scenario.crossings
        ],
        "limits": list(_limits(numbered, effort)),
        "detection": {
            "joint": 1 - exp(-level),
            "apart": detected(numbered, apart),
            "by type": {
                each.label: 1 - exp(-away) for each, away in zip(scenario.adversaries, reached.exponents, strict=True)
            },
        },
        "delay against detection": _less(numbered, printed["less delay"], hours, 1 - exp(-level), claims),
        "certificates": OPEN,
    }
    return Derived(data, tuple(claims), ("which of equally good plans a party makes alone",))


def _less(numbered: Compiled, printed: Any, hours: float, joint: float, claims: list[Claim]) -> list[dict[str, float]]:
    """Return what is found with less delay allowed than the plan uses."""
    if hours <= 0:
        return []
    limits = [hours * place / STEPS for place in range(STEPS)]
    tried = [(allowed, slower(numbered, allowed)) for allowed in limits]
    possible = [(allowed, tighter) for allowed, tighter in tried if contradiction(tighter.problem) is None]
    if not is_list(printed) or len(printed) != len(possible):
        raise DetenteError("the proofs of plans with less delay are missing")
    found = []
    for (allowed, tighter), each in zip(possible, printed, strict=True):
        level, _ = best(tighter, tighter.problem, each, f"with {allowed:.4g} hours of delay", claims)
        found.append({"hours": allowed, "detection": 1 - exp(-level)})
    return [*found, {"hours": hours, "detection": joint}]


def _hours(numbered: Compiled, effort: Floats) -> float:
    """Return how many person-hours a day people lose: minutes, times who passes there, over sixty."""
    return fsum(
        level * float(each.measure.delay) * float(each.segment.flow) / 60
        for each, level in zip(numbered.deployments, effort.tolist(), strict=True)
        if each.measure.delay is not None and each.segment.flow is not None
    )


def _limits(numbered: Compiled, effort: Floats) -> Iterator[dict[str, Any]]:
    """Yield the limits that protect people or sovereignty, as far as they are used, in the order of the answer."""
    scenario, problem = numbered.scenario, numbered.problem
    used = {}
    for row, limit in enumerate(numbered.limits):
        entries, _, _ = problem.rows.row(row)
        used[limit.id] = fsum(value * float(effort[column]) for column, value in entries.items())
    labels = {party.id: party.label for party in scenario.parties}
    names = {crossing.id: crossing.label for crossing in scenario.crossings}
    waits: list[tuple[str, float, float]] = []
    for limit in numbered.limits:
        if isinstance(limit, MaxWait):
            waits.append((names[limit.crossing], used[limit.id], float(limit.minutes)))
        elif isinstance(limit, MaxIntrusiveness):
            yield _limit(f"Intrusion upon {labels[limit.party]}", used[limit.id], float(limit.amount))
        elif isinstance(limit, MaxDelay) and not _all(limit):
            yield _limit(limit.label, used[limit.id], float(limit.amount), "person-hours a day")
    longer = sorted((wait for wait in waits if wait[1] > 0), key=lambda wait: -wait[1])
    yield from (_limit(f"Wait at {name}", minutes, most, "minutes") for name, minutes, most in longer)
    if waits and not longer:
        least = min(most for _, _, most in waits)
        yield _limit("Waits at crossings because of the plan", 0.0, least, "minutes")
    capped = {limit.party for limit in numbered.limits if isinstance(limit, MaxIntrusiveness)}
    for party in scenario.parties:
        felt = fsum(
            level * float(dict(each.measure.intrusiveness).get(party.id, 0))
            for each, level in zip(numbered.deployments, effort.tolist(), strict=True)
        )
        if felt > 0 and party.id not in capped:
            yield _limit(f"Intrusion upon {party.label}", felt, None)


def _limit(name: str, used: float, limit: float | None, unit: str = "") -> dict[str, Any]:
    return {"name": name, "used": used, "limit": limit, "slack": None if limit is None else limit - used, "unit": unit}


def _alarm(rate: Fraction, found: Fraction, wrongly: Fraction) -> dict[str, Any]:
    """Return what an alarm says (Bayes)."""
    truly, falsely = rate * found, (1 - rate) * wrongly
    right = truly / (truly + falsely) if truly + falsely else Fraction(0)
    each = falsely / truly if truly else None
    return {
        "text": OPEN,
        "rate": rate,
        "found": found,
        "wrongly stopped": wrongly,
        "right": right,
        "ordinary for each": each,
    }


def _all(limit: MaxDelay) -> bool:
    return not (limit.where.measures or limit.where.at or limit.where.sectors)
