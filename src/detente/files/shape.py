"""This module owns checking the form of a document: plain data in, a `Document` of the sound items and faults out."""

from itertools import islice
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from detente.errors import Fault, did_you_mean
from detente.files.document import ApproachItem, Document
from detente.files.findings import Findings
from detente.files.nodes import Path, kind_of, shorten
from detente.files.onward import filled
from detente.files.text import CASE

FIRST_CUT = 2_000  # items
LATER = ("attitudes", "power")  # graph-model variants that an approach may name one day


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
    document, details = _validated(data)
    if document is not None:
        return document
    for detail in details:
        _tell(detail, findings)
    rest = [d for d in details if not (_required(tuple(d["loc"])) and filled(data, d, findings, _model_at))]
    _prune(data, {_removable(data, detail) for detail in rest}, findings)
    return _validated(data)[0]  # None without its parties, say; what is wrong has been told above


def _is_scenario(data: dict[str, Any]) -> bool:
    """Return whether a document speaks of measures and types of adversary, which no case has."""
    return {"measures", "adversaries"} <= data.keys()


def _validated(data: dict[str, Any]) -> tuple[Document | None, list[Any]]:
    """Return the document, or the schema's complaints: of a large file only those about the beginning of its lists.

    A list of a million wrong items would give a million complaints, and fill the memory with them.
    """
    most = FIRST_CUT
    while True:
        cut = _cut(data, most)
        try:
            document = Document.model_validate(cut)
        except ValidationError as error:
            return None, list(error.errors(include_url=False))
        if cut == data:
            return document, []
        most *= 4


def _cut(data: Any, most: int) -> Any:
    """Return the data with at most so many items in every list and mapping."""
    if isinstance(data, dict):
        return {key: _cut(inner, most) for key, inner in islice(data.items(), most)}
    return [_cut(inner, most) for inner in islice(data, most)] if isinstance(data, list) else data


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


def _tell(detail: Any, findings: Findings) -> None:
    """Note one of the schema's complaints as a fault, in words of ours."""
    path: Path = tuple(detail["loc"])
    value = detail["input"]
    match detail["type"]:
        case "said":
            context = detail["ctx"]
            findings.fault(path, context["what"], context["remedy"])
        case "missing":
            key = str(path[-1])
            findings.fault(
                path[:-1], f"the key {key!r} is missing", f"add it, as in `{key}: {_example(key)}`", key=True
            )
        case "extra_forbidden":
            _unknown_key(path, findings)
        case "list_type":
            remedy = "put it in brackets: [ ... ], or write a line `- ...` for each item"
            findings.fault(path, f"a list is expected here, not {kind_of(value)}", remedy)
        case _:  # dict_type, model_type
            findings.fault(path, f"a mapping (key: value) is expected here, not {kind_of(value)}", "write key: value")


def _example(key: str) -> str:
    examples = {"parties": "{A: {options: [act]}}", "strength": "weak", "amount": "1", "that": "Party.option"}
    return examples.get(key, "...")


def _unknown_key(path: Path, findings: Findings) -> None:
    model, key = _model_at(path[:-1]), str(path[-1])
    if model is ApproachItem and key in LATER:
        what = f"the key {key!r} of an approach is not available yet"
        findings.fault(path, what, "take it out; the other clauses of the approach can be used", key=True)
        return
    remedy = did_you_mean(key, model.keys()) if model is not None and hasattr(model, "keys") else ""
    findings.fault(path, f"there is no key {shorten(key)!r} here", remedy, key=True)


def _model_at(path: Path) -> Any:
    """Return the model of the item at a path."""
    found: Any = Document
    for step in path:
        if isinstance(found, type) and issubclass(found, BaseModel):
            by_key = {field.alias or name: field.annotation for name, field in found.model_fields.items()}
            found = _without_none(by_key.get(str(step)))
        else:  # list[X] or dict[str, X]
            found = _without_none(get_args(found)[-1]) if get_args(found) else None
    return found


def _without_none(annotation: Any) -> Any:
    """Return the type behind ``X | None`` and ``Annotated[X, ...]``."""
    while hasattr(annotation, "__metadata__") or type(None) in get_args(annotation):
        choices = [choice for choice in get_args(annotation) if choice is not type(None)]
        annotation = choices[0]
    return annotation


def _removable(data: Any, detail: Any) -> Path:
    """Return the path of the smallest item whose absence mends one complaint; () where only the whole could go."""
    path: Path = tuple(detail["loc"])
    if detail["type"] == "missing":
        path = path[:-1]
    for length in range(len(path), 0, -1):
        holder, step = _at(data, path[: length - 1]), path[length - 1]
        if isinstance(holder, list) or (isinstance(holder, dict) and step in holder and not _required(path[:length])):
            return path[:length]
    return ()


def _required(path: Path) -> bool:
    model = _model_at(path[:-1])
    fields = model.model_fields.items() if isinstance(model, type) and issubclass(model, BaseModel) else ()
    return any((field.alias or name) == path[-1] and field.is_required() for name, field in fields)


def _at(data: Any, path: Path) -> Any:
    for step in path:
        if isinstance(data, dict):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int):
            data = data[step]
        else:
            return None
    return data


def _prune(data: Any, doomed: set[Path], findings: Findings) -> None:
    """Take faulty items out of the data, and note which of every list stayed."""
    lists: dict[Path, set[str | int]] = {}
    outermost = {path for path in doomed if path and not any(path[:n] in doomed for n in range(1, len(path)))}
    for path in outermost:
        holder = _at(data, path[:-1])
        if isinstance(holder, list):
            lists.setdefault(path[:-1], set()).add(path[-1])
        elif path[0] == "parties" and (
            len(path) == 2 or (len(path) == 4 and path[2] == "options")
        ):  # others may name it
            holder[path[-1]] = {}
        else:
            holder.pop(path[-1])
    for path, gone in sorted(lists.items(), key=lambda entry: -len(entry[0])):
        holder = _at(data, path)
        if path == ("demands",):
            findings.dropped |= {str(holder[place].get("id")) for place in gone if isinstance(holder[place], dict)}
        findings.kept[path] = [place for place in range(len(holder)) if place not in gone]
        holder[:] = [item for place, item in enumerate(holder) if place not in gone]
