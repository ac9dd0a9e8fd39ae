"""This module owns reading on: what an item must say and does not is put there, so that the rest of it is looked at."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from detente.files.findings import Findings
from detente.files.nodes import ABSENT, Path

FILLABLE = ("demands", "complaints", "clout", "needs", "payments", "resources", "approaches", "rules")
"""The lists of items on which no other item builds."""

SINGLE = (str, Fraction)  # what is said in one word: a text, a number, a choice


def filled(data: Any, detail: Any, findings: Findings, expected: Callable[[Path], Any]) -> bool:
    """Put `ABSENT` in the place of what an item must say, where it is missing or no good; return whether that was done.

    Parameters
    ----------
    data : dict
        The document's data.
    detail : Any
        One of the schema's complaints, about something that is required.
    findings : Findings
        Where it is noted which items say something only because of this.
    expected : callable
        What type is expected at a path.
    """
    path: Path = tuple(detail["loc"])
    if len(path) < 3 or path[0] not in FILLABLE or detail["type"] not in ("said", "missing"):
        return False
    holder = data
    for step in path[:-1]:
        holder = holder[step]
    if not isinstance(holder, dict) or expected(path) not in SINGLE:
        return False
    holder[path[-1]] = ABSENT
    findings.patched.add(path[:2])
    return True
