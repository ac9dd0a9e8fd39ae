"""This module owns how it is told what red lines of a scenario cost: whole, and a unit more or less."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from detente.look.summary import Table
from detente.questions.monitored import finely, signed


@dataclass(frozen=True, slots=True)
class RedLine:
    """What is barred, and what that costs.

    Parameters
    ----------
    price : float
        In the proof, at the margin; where several prices prove the plan best, one of them.
    detection : float
        What would be found more if it were lifted whole.
    adds, costs : float or None
        What one more unit of what it limits would add to the aim, and one fewer would take; None where that cannot be.
    """

    name: str
    price: float
    detection: float
    adds: float | None = None
    costs: float | None = None

    def data(self) -> dict[str, Any]:
        """Return it as JSON-ready data."""
        return {
            "red line": self.name,
            "price": self.price,
            "detection": self.detection,
            "one more adds": self.adds,
            "one fewer costs": self.costs,
        }


def cost_of(red_lines: Sequence[RedLine], aim: str) -> tuple[str | Table, ...]:
    """Say what red lines cost a plan with this aim, the dearest first."""
    if not red_lines:
        return ("The scenario bars nothing.",)
    rows = tuple(
        (each.name, finely(-each.detection), _said(each.adds), _said(each.costs))
        for each in sorted(red_lines, key=lambda each: -each.detection)
    )
    of = "in the share not found" if aim == "expected" else "in exponents"
    return (
        Table(("red line", "detection it costs", "one more adds", "one fewer takes"), rows),
        "First what it would add to lift one of them whole while the others stay; then what one more unit of what it "
        f"limits would add, and one fewer would take, {of}, each solved for; – where that cannot be. Protections of "
        "people who cross are no red lines, and have no price here.",
    )


def _said(value: float | None) -> str:
    return "–" if value is None else signed(value).removeprefix("+")
