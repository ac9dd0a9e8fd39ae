"""This module owns making a scenario's constraints of a document: which keys each rule needs and may have."""

from collections.abc import Collection, Mapping
from typing import Any

from detente.files.nodes import Path
from detente.files.scenario_document import ConstraintItem
from detente.files.scenario_ids import check_id
from detente.files.scenario_items import Reader
from detente.monitoring.constraints import RULES, Constraint, NoMeasure, Reciprocity, Where
from detente.monitoring.items import KINDS

NEEDS: Mapping[str, tuple[str, ...]] = {
    "no measure": (),
    "only joint": (),
    "own side only": ("agency",),
    "needs consent": ("party",),
    "at most": ("amount",),
    "at least": ("amount",),
    "reciprocity": ("between", "amount"),
    "most delay": ("amount",),
    "most intrusiveness": ("party", "amount"),
    "budget transfer": ("agency", "amount"),
}
"""By rule, the keys it needs beside which measures and where; it may have none of the others."""
SPECIAL = ("agency", "party", "between", "amount")


def constraints(reader: Reader, agencies: Collection[str], parties: Collection[str]) -> tuple[Constraint, ...]:
    """Return the constraints that a scenario lists; faults for what they lack, or cannot have."""
    found: list[Constraint] = []
    for id, item in reader.document.constraints.items():
        path: Path = ("constraints", id)
        check_id(reader.findings, path, id, "a constraint")
        if _complete(reader, path, item):
            found.append(_constraint(reader, path, id, item, agencies, parties))
    return tuple(found)


def _complete(reader: Reader, path: Path, item: ConstraintItem) -> bool:
    """Return whether a constraint has what its rule needs; faults for what is missing or does not belong to it."""
    needed = NEEDS[item.rule]
    missing = [key for key in needed if not getattr(item, key)]
    for key in missing:
        what = f"the rule {item.rule!r} needs the key {key!r}"
        reader.findings.fault(path, what, f"add it, as in `{key}: {_example(key)}`", key=True)
    for key in SPECIAL:
        if getattr(item, key) and key not in needed:
            what = f"the rule {item.rule!r} has no key {key!r}"
            reader.findings.fault((*path, key), what, "take it out", key=True)
    if item.between and len(set(item.between)) != 2:
        reader.findings.fault((*path, "between"), "reciprocity is between two agencies", "name two of them")
        return False
    return not missing


def _example(key: str) -> str:
    return {"between": "[A, B]", "amount": "1"}.get(key, "A")


def _constraint(
    reader: Reader,
    path: Path,
    id: str,
    item: ConstraintItem,
    agencies: Collection[str],
    parties: Collection[str],
) -> Constraint:
    kind = RULES[item.rule]
    measures = {**dict.fromkeys(reader.document.measures), **dict.fromkeys(KINDS)}
    where = Where(
        reader.named("measure", (*path, "measures"), item.measures, measures),
        reader.where((*path, "at"), item.at),
        reader.named("sector", (*path, "sectors"), item.sectors, reader.document.sectors),
    )
    if kind is NoMeasure and not (item.measures or item.at or item.sectors):
        what = "this bars every measure everywhere"
        reader.findings.fault(path, what, "say which measures, at, or sectors", key=True)
    special: dict[str, Any] = {}
    if "amount" in NEEDS[item.rule]:
        special["amount"] = reader.origins.optional((*path, "amount"), item.amount, item)
    for key, known in (("agency", agencies), ("party", parties)):
        if key in NEEDS[item.rule]:
            reader.known(key, getattr(item, key), known, (*path, key))
            special[key] = getattr(item, key)
    if kind is Reciprocity:
        reader.named("agency", (*path, "between"), item.between, agencies)
        special["between"] = (item.between[0], item.between[1])
    return kind(
        id=id,
        where=where,
        asked_by=reader.named("party", (*path, "asked by"), item.asked_by, parties),
        because=item.because,
        mark=reader.origins.mark(path, item),
        **special,
    )
