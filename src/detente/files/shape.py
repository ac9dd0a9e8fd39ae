"""This module owns the form of a case: plain data in, a `Document` of the sound items and faults out."""

from typing import Any

from detente.errors import Fault
from detente.files.document import ApproachItem, Document
from detente.files.findings import Findings
from detente.files.form import Form
from detente.files.nodes import Path, kind_of, shorten
from detente.files.onward import filled
from detente.files.text import CASE

EXAMPLES = {"parties": "{A: {options: [act]}}", "strength": "weak", "amount": "1", "that": "Party.option"}
LATER = ("attitudes", "power")  # graph-model variants that an approach may name one day


def _refusal(model: Any, key: str) -> tuple[str, str] | None:
    if model is not ApproachItem or key not in LATER:
        return None
    what = f"the key {key!r} of an approach is not available yet"
    return what, "take it out; the other clauses of the approach can be used"


def _named(path: Path) -> bool:
    """Return whether a path is that of a party or of an option, which others may name."""
    return path[0] == "parties" and (len(path) == 2 or (len(path) == 4 and path[2] == "options"))


FORM = Form(Document, EXAMPLES, _refusal, named=_named, onward=filled)


def shaped(data: Any, findings: Findings) -> Document | None:
    """Return the document that plain data says, without what is faulty; the faults go to `findings`.

    Parameters
    ----------
    data : dict, list, str, Bare or None
        The file's data; faulty items are taken out of it.
    findings : Findings
        Where faults are noted, and which places the remaining items of a list had in the file.

    Returns
    -------
    Document or None
        None where not even the parties can be read.
    """
    if not isinstance(data, dict):
        what = "the file is empty" if data is None else f"a case is a mapping (key: value), not {kind_of(data)}"
        findings.note((), Fault(what, "begin with title: and parties:", 1, 1))
        return None
    if _is_scenario(data):
        what, _, remedy = CASE.also.partition("; ")
        findings.note((), Fault(what, remedy, 1, 1))
        return None
    _name_options(data, findings)
    return FORM.checked(data, findings)


def _is_scenario(data: dict[str, Any]) -> bool:
    """Return whether a document speaks of measures and types of adversary, which no case has."""
    return {"measures", "adversaries"} <= data.keys()


def _name_options(data: dict[str, Any], findings: Findings) -> None:
    """Make mappings of options that are lists of ids, with the places of the ids."""
    parties = data.get("parties")
    for id, party in parties.items() if isinstance(parties, dict) else ():
        if not isinstance(party, dict) or not isinstance(party.get("options"), list):
            continue
        path: Path = ("parties", id, "options")
        options: dict[str, None] = {}
        for place, option in enumerate(party["options"]):
            if not isinstance(option, str):
                remedy = "write options as a mapping, id: name, to say more of them"
                findings.fault((*path, place), f"an option's id is expected here, not {kind_of(option)}", remedy)
            elif option in options:
                findings.fault(
                    (*path, place), f"the option {shorten(option)!r} stands here twice", "keep one of the two"
                )
            else:
                options[option] = None
                findings.survey.alias((*path, option), (*path, place))
        party["options"] = options
