"""This module owns a scenario's fingerprint: eight hex digits that change when, and only when, an answer can change.

Titles, names, sources, notes, reasons and what is synthetic stay out; ids, numbers and every order on which an
answer's order rests count.
"""

import json
from dataclasses import fields, is_dataclass
from fractions import Fraction
from hashlib import sha256
from typing import Any

from detente.model.items import Mark
from detente.monitoring.constraints import Constraint
from detente.monitoring.quantities import Quantity
from detente.monitoring.scenario import Scenario

UNSEEN = frozenset({"title", "sources", "mark", "because", "asked_by", "source", "note", "currency"})


def fingerprint(scenario: Scenario) -> str:
    """Return the first 8 hex digits of SHA-256 over canonical JSON of all that can change an answer."""
    told = json.dumps(content(scenario), ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return sha256(told.encode()).hexdigest()[:8]


def content(value: Any) -> Any:
    """Return all of a scenario that can change an answer, as plain data."""
    if isinstance(value, Quantity):
        return str(value.value) if value.certain else [str(value.value), str(value.low), str(value.high)]
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, Mark):
        return None
    if is_dataclass(value):
        told = {field.name: content(getattr(value, field.name)) for field in fields(value) if field.name not in UNSEEN}
        said = {key: inner for key, inner in told.items() if inner not in (None, [])}
        return {"rule": value.rule, **said} if isinstance(value, Constraint) else said
    if isinstance(value, tuple):
        return [content(inner) for inner in value]
    return value
