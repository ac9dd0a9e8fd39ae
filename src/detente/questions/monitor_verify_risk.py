"""This module owns what follows for what could go wrong with a joint plan, from proofs of plans and figures given."""

from collections.abc import Mapping
from fractions import Fraction
from math import exp, fsum
from typing import Any

import numpy as np

from detente.errors import DetenteError
from detente.monitoring.arrays import Floats
from detente.monitoring.compiling import Compiled
from detente.monitoring.faults import ContradictionError
from detente.monitoring.joint import joint_value
from detente.monitoring.parameters import PartnerRisk
from detente.monitoring.routes import evaluate
from detente.questions.monitor_derived import CLOSE, OPEN, Claim, Derived, best, is_list
from detente.questions.monitor_verify_civil import certificates, detected, plans_apart


def risked(numbered: Compiled, told: Mapping[str, Any]) -> Derived:
    """Return what follows for an answer of `risk`.

    Parameters
    ----------
    numbered : Compiled
    told : mapping
        The answer's JSON data.
    """
    printed = certificates(told, "joint", "apart", "others", "made for default")
    claims: list[Claim] = []
    scenario, robust = numbered.scenario, printed["made for default"]
    level, effort = best(numbered, numbered.problem, printed["joint"], "the joint plan", claims)
    apart = detected(numbered, plans_apart(numbered, printed["apart"], claims))
    joint = 1 - exp(-level)
    made = None if robust is None else numbered.effort(_levels(robust))
    data: dict[str, Any] = {
        "parameters": {},
        "detection": {
            "joint": joint,
            "apart": apart,
            "made for default": None if made is None else detected(numbered, made),
        },
        "leak break-even": max(1 - apart / joint, 0.0) if joint > 0 else 0.0,
        "default": [] if made is None else _defaults(numbered, told, printed["others"], effort, made, claims),
        "kept": 0.0 if made is None else OPEN,
        "patience": [
            _patient(scenario.party(each.party).label, each)
            for each in scenario.risks
            if None not in (each.temptation, each.reward, each.punishment)
        ],
        "inspection rate that deters": announced(scenario.inspection),
        "agreement": OPEN,
        "certificates": OPEN,
    }
    left_open = ["which of equally good plans a party makes alone", "the checks of the draft agreement"]
    if made is not None:
        claims.append(Claim("the plan made for drop-outs keeps all limits", _broken(numbered, made)))
        left_open.append("that no plan made for drop-outs finds more, or keeps a larger part")
    return Derived(data, tuple(claims), tuple(left_open))


def _defaults(
    numbered: Compiled,
    told: Mapping[str, Any],
    printed: Any,
    effort: Floats,
    made: Floats,
    claims: list[Claim],
) -> list[dict[str, Any]]:
    """Return what is left without each party, those first of which least is left; equal ones in the answer's order."""
    found: list[dict[str, Any]] = []
    kept = told.get("kept")
    for place, player in enumerate(numbered.players):
        others = _others(numbered, place, printed, claims)
        left, rest = (_without(numbered, plan, place) for plan in (effort, made))
        if not isinstance(kept, int | float) or rest < kept * others - CLOSE * max(1.0, others):
            claims.append(Claim("the plan made for drop-outs keeps its part", f"without {player} {rest:.6g} is left"))
        found.append(
            {
                "party": numbered.scenario.party(player).label,
                "exponent left": left,
                "detection left": 1 - exp(-left),
                "left of plan made for it": rest,
                "others anew": others,
            }
        )
    return in_turn(found, told.get("default"), "exponent left")


def in_turn(found: list[dict[str, Any]], rows: Any, key: str) -> list[dict[str, Any]]:
    """Return entries in the order of a number in them, and those that are equal but for rounding as they are told."""
    left = sorted(found, key=lambda each: (each[key], each["party"]))
    ordered: list[dict[str, Any]] = []
    for row in rows if is_list(rows) else ():
        name = row.get("party") if isinstance(row, Mapping) else None
        near = [each for each in left if each[key] <= left[0][key] + CLOSE and each["party"] == name]
        if near:
            ordered.append(near[0])
            left.remove(near[0])
    return [*ordered, *left]


def _without(numbered: Compiled, effort: Floats, place: int) -> float:
    """Return what is left of a plan without the measures that need a party."""
    return evaluate(numbered.problem, np.where(numbered.problem.measures.consent[place], 0.0, effort)).worst


def _patient(label: str, risk: PartnerRisk) -> dict[str, Any]:
    """Return how much tomorrow must count for a party to keep an agreement, with the figures behind it."""
    assert risk.temptation is not None and risk.reward is not None and risk.punishment is not None
    seen = Fraction(1) if risk.found_out is None else risk.found_out.value
    figures = risk.temptation.value, risk.reward.value, risk.punishment.value
    return {
        "party": label,
        "threshold": _patience(*figures, seen),
        "temptation": figures[0],
        "reward": figures[1],
        "punishment": figures[2],
        "found out with chance": seen,
    }


def announced(given: Any) -> Fraction | None:
    """Return the announced rate of inspections from which on a violation does not pay; None where there is none.

    A violator gains the gain unless it is seen, and then pays the sanction; who does nothing may be accused.
    """
    if given is None or given.gain is None or given.sanction is None or not given.gain.value:
        return None
    missed, false_alarm, accused = (
        Fraction(0) if each is None else each.value
        for each in (given.missed, given.false_alarm, given.false_alarm_cost)
    )
    return least_rate(given.gain.value, given.sanction.value, missed, false_alarm, accused)


def least_rate(
    gain: Fraction, sanction: Fraction, missed: Fraction, false_alarm: Fraction, accused: Fraction
) -> Fraction | None:
    """Return the least p at which gain less what being seen costs is no more than what complying costs."""
    # gain - p (1 - missed) (gain + sanction) <= -p false_alarm accused
    falls = (1 - missed) * (gain + sanction) - false_alarm * accused
    return gain / falls if falls > 0 and gain <= falls else None


def _patience(temptation: Fraction, reward: Fraction, punishment: Fraction, seen: Fraction) -> Fraction | None:
    """Return the least weight of tomorrow at which keeping is worth as much as cheating until that is seen.

    With d the weight of tomorrow: keeping is worth R / (1 - d); cheating C = T + d (q P / (1 - d) + (1 - q) C). From
    R = (1 - d) C it follows that d (T - R + q (R - P)) = T - R.
    """
    if reward < punishment:
        return None
    if temptation <= reward:
        return Fraction(0)
    weight = (temptation - reward) + seen * (reward - punishment)
    found = (temptation - reward) / weight if weight > 0 else None
    return found if found is not None and found < 1 else None


def _others(numbered: Compiled, place: int, printed: Any, claims: list[Claim]) -> float:
    """Return what the others reach anew without a party."""
    player = numbered.players[place]
    own = numbered.problem.without(place)
    if not isinstance(printed, Mapping) or player not in printed:
        raise DetenteError(f"the proof is missing of what is reached without {player}")
    if printed[player] is not None:
        return best(numbered, own, printed[player], f"the others without {player}", claims)[0]
    try:
        joint_value(own)
    except ContradictionError:
        pass
    else:
        claims.append(Claim(f"without {player} no plan keeps all limits", "some plan does"))
    return evaluate(own, np.zeros(own.measures.count)).worst


def _levels(told: Any) -> dict[str, float]:
    if not isinstance(told, Mapping) or not all(isinstance(level, int | float) for level in told.values()):
        raise DetenteError("the levels of a plan are not numbers by name")
    return {str(key): float(level) for key, level in told.items()}


def _broken(numbered: Compiled, effort: Floats) -> str:
    """Say what a plan breaks of budgets, caps, whole units and limits."""
    problem = numbered.problem
    measures, rows = problem.measures, problem.rows
    near = 1e-6
    wrong = []
    if (effort < -near).any() or (effort > measures.cap * (1 + near) + near).any():
        wrong.append("a level is out of its bounds")
    if (measures.use @ effort > problem.resources.budget * (1 + near) + near).any():
        wrong.append("it uses more than a budget has")
    if (np.abs(effort - np.round(effort))[~measures.divisible] > near).any():
        wrong.append("what comes in whole units does not")
    for row in range(rows.count):
        entries, lower, upper = rows.row(row)
        value = fsum(factor * float(effort[column]) for column, factor in entries.items())
        size = max(1.0, *(abs(factor * float(effort[column])) for column, factor in entries.items()), 1.0)
        if not lower - near * size <= value <= upper + near * size:
            wrong.append(f"{numbered.limits[row].id} is broken")
    return "; ".join(wrong)
