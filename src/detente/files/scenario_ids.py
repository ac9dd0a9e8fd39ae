"""This module owns the ids that a scenario may give; it has no statements, whose words a case keeps free."""

import re
from collections.abc import Collection

from detente.files.document import ID
from detente.files.findings import Findings
from detente.files.nodes import Path, shorten
from detente.monitoring.items import LAYERS

TAKEN = (*LAYERS, "along", "value", "low", "high", "source", "note", "name", "standing", "synthetic")
"""What a mapping of numbers by place means otherwise."""


def check_id(findings: Findings, path: Path, id: str, what: str, refused: Collection[str] = ()) -> None:
    """Note a fault where an id is malformed, or means something else already."""
    if not re.fullmatch(ID, id):
        remedy = "ids are letters, digits, _ and -, and start with a letter"
        findings.fault(path, f"{shorten(id)!r} cannot be the id of {what}", remedy, key=True)
    elif id in refused:
        findings.fault(path, f"{id!r} has a meaning of its own here", f"choose another id for {what}", key=True)
