"""This module owns what follows for what the options of a case lead to: every profile evaluated from its plans."""

from collections.abc import Mapping, Sequence
from math import exp, floor
from typing import Any

import numpy as np

from detente.errors import DetenteError
from detente.monitoring.arrays import Floats
from detente.monitoring.compiling import Compiled, compiled
from detente.monitoring.problem import Problem
from detente.monitoring.routes import evaluate
from detente.questions.monitor_derived import CLOSE, OPEN, Claim, Derived, is_list
from detente.questions.monitor_verify_civil import certificates

TOGETHER = ("joint planning", "joint teams")


class _Made:
    """The plans of a profile laid on each other, and those of them that are made together."""

    def __init__(self, numbered: Compiled, printed: Any) -> None:
        if not isinstance(printed, Mapping):
            raise DetenteError("the plans of a profile are missing")
        self.effort = numbered.effort(_levels(printed.get("levels")))
        self.common = numbered.effort(_levels(printed.get("together")))
        self.exponents = evaluate(numbered.problem, self.effort).exponents
        self.detection = 1 - exp(-min(self.exponents))
        self.lost = self.detection - _found(numbered.problem, self.effort - self.common)


def fed(numbered: Compiled, told: Mapping[str, Any]) -> Derived:
    """Return what follows for an answer of `feed`.

    Parameters
    ----------
    numbered : Compiled
    told : mapping
        The answer's JSON data.
    """
    printed = certificates(told, "apart", "profiles")
    rows, classes = told["profiles"], told["classes"]
    if not is_list(rows) or len(rows) != len(printed["profiles"]) or not isinstance(classes, int):
        raise DetenteError("there are not as many plans as profiles")
    before = _Made(numbered, printed["apart"])
    made = [_Made(numbered, each) for each in printed["profiles"]]
    scenario = numbered.scenario
    ends = None
    if any(not quantity.certain for quantity in scenario.quantities):
        large = numbered.problem.large
        ends = [compiled(scenario, "low", large).problem, compiled(scenario, "high", large).problem]
    stakes = [
        [_stake(numbered, place, each, before, row.get("ways", {})) for place in range(len(numbered.players))]
        for each, row in zip(made, rows, strict=True)
    ]
    ranks = [_ranks([own[place]["worth"] for own in stakes], classes) for place in range(len(numbered.players))]
    data = {
        "parameters": {"classes": classes},
        "case": OPEN,
        "options": OPEN,
        "classes": classes,
        "weights": {
            id: {
                "protection": _weight(numbered, id, "protection", 1.0),
                "intrusiveness": _weight(numbered, id, "intrusiveness", 0.0),
                "leak": _weight(numbered, id, "leak", 0.0),
            }
            for id in numbered.players
        },
        "profiles": [
            {
                "taken": OPEN,
                "values": OPEN,
                "ways": OPEN,
                "in place": OPEN,
                "detection": each.detection,
                "range": None if ends is None else [_found(end, each.effort) for end in ends],
                "class": _class(each.detection, classes),
                "parties": {
                    id: own[place] | {"class": ranks[place][number]} for place, id in enumerate(numbered.players)
                },
            }
            for number, (each, own) in enumerate(zip(made, stakes, strict=True))
        ],
        "payoffs": {
            id: _tensor([own[place]["worth"] for own in stakes], [row["values"] for row in rows])
            for place, id in enumerate(numbered.players)
        },
        "outcomes": OPEN,
        "fresh": OPEN,
        "differing": OPEN,
        "notes": OPEN,
        "certificates": OPEN,
    }
    limits = [_kept(numbered.problem, each.effort) for each in (before, *made)]
    claim = Claim("the plans of every profile keep to budgets and caps", next((each for each in limits if each), ""))
    left_open = (
        "that each plan is the best for who makes it, made alone, in answer to others, or together",
        "how the case's options make parties take part, and the statements that hold where a class is reached",
    )
    return Derived(data, (claim,), left_open)


def _stake(numbered: Compiled, place: int, made: _Made, before: _Made, ways: Mapping[str, Any]) -> dict[str, float]:
    """Return what a party has of a profile, against nobody taking part in anything joint."""
    player = numbered.players[place]
    joint = [name for name in numbered.players if ways.get(name) in TOGETHER]
    gain = _counted(numbered, player, made) - _counted(numbered, player, before)
    cost = _spent(numbered, place, made.effort) - _spent(numbered, place, before.effort)
    felt = sum(
        level * float(dict(each.measure.intrusiveness).get(player, 0))
        for each, level in zip(numbered.deployments, made.effort.tolist(), strict=True)
    )
    exposure = made.lost if player in joint and len(joint) > 1 else 0.0
    worth = _weight(numbered, player, "protection", 1.0) * gain - cost
    worth -= _weight(numbered, player, "intrusiveness", 0.0) * felt + _weight(numbered, player, "leak", 0.0) * exposure
    return {
        "gain": gain,
        "cost": cost,
        "transfer": 0.0,
        "intrusiveness": felt,
        "leak exposure": exposure,
        "worth": worth,
    }


def _counted(numbered: Compiled, player: str, made: _Made) -> float:
    """Return the chance of detection as a party counts it: of the worst type, or by its own weights of the types."""
    types = numbered.scenario.adversaries
    own = [dict(each.weights).get(player) for each in types]
    if all(weight is None for weight in own):
        return made.detection
    weights = [float(each.weight if weight is None else weight) for each, weight in zip(types, own, strict=True)]
    found = [1 - exp(-level) for level in made.exponents]
    return sum(weight * each for weight, each in zip(weights, found, strict=True)) / (sum(weights) or 1.0)


def _spent(numbered: Compiled, place: int, effort: Floats) -> float:
    """Return the mean part of its budgets that a party uses."""
    resources = numbered.problem.resources
    parts = [
        float(use @ effort) / budget
        for use, budget, owner in zip(
            numbered.problem.measures.use, resources.budget.tolist(), resources.owner.tolist(), strict=True
        )
        if owner == place and budget > 0
    ]
    return sum(parts) / len(parts) if parts else 0.0


def _weight(numbered: Compiled, id: str, name: str, otherwise: float) -> float:
    given = getattr(numbered.scenario.party(id), name)
    return otherwise if given is None else float(given)


def _ranks(worths: Sequence[float], classes: int) -> list[Any]:
    """Return the class of each worth among classes of equal width between the least and the greatest."""
    least, width = min(worths), max(worths) - min(worths)
    if width <= 1e-9:
        return [1] * len(worths)
    return [_class((worth - least) / width, classes) for worth in worths]


def _class(part: float, classes: int) -> Any:
    """Return the class, from 1, of a part from 0 to 1; open where rounding decides."""
    place = part * classes
    if abs(place - round(place)) < 1e-6 * classes and 0 < round(place) < classes:
        return OPEN
    return min(floor(place + 1e-9), classes - 1) + 1


def _tensor(values: Sequence[float], places: Sequence[Sequence[int]]) -> list[Any]:
    """Return values as nested lists, by the places that choices of options have."""
    found: list[Any] = []
    for value, place in zip(values, places, strict=True):
        inner = found
        for step in place[:-1]:
            while len(inner) <= step:
                inner.append([])
            inner = inner[step]
        last = place[-1]
        while len(inner) <= last:
            inner.append(OPEN)
        inner[last] = value
    return found


def _found(problem: Problem, effort: Floats) -> float:
    return 1 - exp(-evaluate(problem, effort).worst)


def _kept(problem: Problem, effort: Floats) -> str:
    near = CLOSE * 10
    if (problem.measures.use @ effort > problem.resources.budget * (1 + near) + near).any():
        return "some plan uses more than a budget has"
    if np.isnan(effort).any() or (effort < -near).any():
        return "some level is negative"
    return ""


def _levels(told: Any) -> dict[str, float]:
    if not isinstance(told, Mapping) or not all(isinstance(level, int | float) for level in told.values()):
        raise DetenteError("the levels of a plan are not numbers by name")
    return {str(key): float(level) for key, level in told.items()}
