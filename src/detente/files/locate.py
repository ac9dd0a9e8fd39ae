"""This module owns pointing at the file: a fault found by a later check gets the line and column of its item."""

from collections.abc import Mapping
from dataclasses import replace

from detente.errors import Fault
from detente.files.nodes import Path


def located(places: Mapping[Path, tuple[int, int]], path: Path, fault: Fault) -> Fault:
    """Return a fault with the place of the item it is about, or of the nearest one around it.

    Parameters
    ----------
    places : mapping from Path to (int, int)
        Of `Loaded`: where each item stands.
    path : Path
        The item, as in the file: ``("parties", "MoE", "concerns", 0)``, ``("rules", 2)``, ``("today",)``.
    fault : Fault
        What is wrong with it.
    """
    for length in range(len(path), -1, -1):
        if path[:length] in places:
            line, column = places[path[:length]]
            return replace(fault, line=line, column=column)
    return fault
