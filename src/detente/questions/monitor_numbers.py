"""This module owns the numbers of a scenario one by one: how each is called, and the scenario with another."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from detente.model.items import Mark
from detente.monitoring.items import Budget
from detente.monitoring.parameters import Price
from detente.monitoring.quantities import BY_DEFAULT, Quantity
from detente.monitoring.scenario import Scenario

Path = tuple[str | int, ...]
PLANNED = ("sectors", "baseline", "along", "crossings", "arcs", "agencies", "measures", "adversaries", "constraints")
"""The parts of a scenario on which its joint plan rests; the others say what else goes with it."""
PLAIN = {
    "amount": "limit",
    "most": "most units",
    "keep_open": "kept open",
    "most_wait": "longest wait",
    "false_alarm": "false alarms",
    "false_alarm_cost": "cost of a false alarm",
    "found_out": "chance to be found out",
    "own_chance": "chance of a loss of its own",
    "passed_on": "chance of a loss passed on",
}


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a scenario: where it stands, how it is called, and what it is."""

    path: Path
    name: str
    quantity: Quantity


def numbers(scenario: Scenario) -> list[Number]:
    """Return every number of a scenario with a name, in the order of the file."""
    found = [Number(path, ", ".join(words), quantity) for path, words, quantity in _walk(scenario, (), ())]
    return [each for each in found if each.quantity.source != BY_DEFAULT]


def changed(scenario: Scenario, path: Path, quantity: Quantity) -> Scenario:
    """Return the scenario with another number at a place."""
    result: Scenario = _put(scenario, path, quantity)
    return result


def _walk(value: Any, path: Path, words: tuple[str, ...]) -> Iterator[tuple[Path, tuple[str, ...], Quantity]]:
    if isinstance(value, Quantity):
        yield path, words, value
    elif isinstance(value, tuple):
        for place, inner in enumerate(value):
            named = isinstance(inner, tuple) and len(inner) == 2 and isinstance(inner[0], str)
            here = (*words, str(inner[0])) if named and not isinstance(inner[1], str) else words
            yield from _walk(inner, (*path, place), here)
    elif isinstance(value, Budget):
        yield (*path, "amount"), (f"budget of {value.key}",), value.amount
    elif is_dataclass(value) and not isinstance(value, Mark):
        own = _called(value)
        for field in fields(value):
            told: str = PLAIN.get(field.name, field.name.replace("_", " "))
            here = (*words, own, told) if own else (*words, told)
            if isinstance(value, Scenario):
                here = (told,) if field.name in ("baseline", "along", "inspection", "price") else ()
            if isinstance(value, Price):
                here = words
            yield from _walk(getattr(value, field.name), (*path, field.name), here)


def _called(value: Any) -> str:
    """Return how an item is called: its label, else its key or id, else nothing."""
    for name in ("label", "key", "id", "party"):
        told = getattr(value, name, "")
        if isinstance(told, str) and told and not isinstance(value, Scenario):
            return told
    return ""


def _put(value: Any, path: Path, quantity: Quantity) -> Any:
    if not path:
        return quantity
    step, *rest = path
    if isinstance(step, int):
        return (*value[:step], _put(value[step], tuple(rest), quantity), *value[step + 1 :])
    return replace(value, **{step: _put(getattr(value, step), tuple(rest), quantity)})
