"""This module owns how the relations of a case are told apart: demands, complaints, clout, needs, payments, the rest.

Each is matched by what tells it from the others in the case file, and said in the readable names of the case.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from detente.errors import DetenteError
from detente.look.summary import listed
from detente.model.case import Case
from detente.model.document import document
from detente.model.fingerprint import content
from detente.model.parser import parse
from detente.questions.phrases import in_words, named

Data = Mapping[str, Any]
Key = tuple[str, ...]

SECTIONS: Mapping[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "demands": ("The demand {id}", ("id",), ("name",)),
    "complaints": ("The complaint {id}", ("id",), ("name",)),
    "clout": ("The clout of {of} over {over} on {on}", ("of", "over", "on"), ()),
    "needs": ("What {party} needs from {from}, ‘{needs}’", ("party", "needs", "from"), ()),
    "payments": ("The payment by {by} to {to} with {with}", ("by", "to", "with"), ()),
    "issues": ("The issue {id}", ("id",), ("name",)),
    "approaches": ("The approach {id}", ("id",), ("name",)),
}
"""How an item of each section is called, the keys that tell it from the others, and a key that may name it better."""

PARTIES = ("from", "to", "about", "of", "over", "by", "party", "parties", "client", "patron", "table", "accommodate")
OPTIONS = ("with", "on")
STATEMENTS = ("that", "while", "given when", "for", "iff")
UNCOUNTED = ("name", "source", "note", "standing")
CALLED = {
    "that": "what it says",
    "concern": "the concern behind it",
    "strength": "its strength",
    "while": "when it counts",
    "given when": "when it is given",
    "from": "who asks or gives",
    "to": "whom it is asked of",
    "about": "whom it is about",
}
MISSING = {"while": "always", "given when": "not said"}

Told = tuple[str, str, str]
"""An item in both cases that differs: what of it, and how it is on each side; "" for what where that cannot be said."""


def relations(case: Case, section: str) -> dict[Key, tuple[str, Any, Data]]:
    """Return the items of a section by what tells them apart: how each is called, what counts of it, what is written.

    Parameters
    ----------
    case : Case
    section : str
        One of `SECTIONS`.
    """
    _, keys, _ = SECTIONS[section]
    written = document(case).get(section, [])
    items = [{"id": id} | item for id, item in written.items()] if isinstance(written, dict) else written
    found: dict[Key, tuple[str, Any, Data]] = {}
    for item, counts in zip(items, content(case)[section], strict=True):
        if section == "complaints":  # a concern counts by its name here: that it moved is said of the concern
            counts = [*counts[:-1], item.get("concern")]
        found[tuple(str(item[key]) for key in keys)] = _called(case, section, item), counts, item
    return found


def _called(case: Case, section: str, item: Data) -> str:
    pattern, keys, better = SECTIONS[section]
    told = {key: worded(case, key, item[key]) for key in keys}
    if "id" in told:
        told["id"] = f"‘{next((item[key] for key in better if item.get(key)), item['id'])}’"
    return pattern.format(**told)


def said(case: Case, section: str, item: Data) -> str:
    """Say what is written of an item, beyond what it is called by."""
    keys = SECTIONS[section][1]
    return ", ".join(f"{key} {worded(case, key, value)}" for key, value in item.items() if _counts(key, keys))


def unlike(first: Case, second: Case, section: str, one: Data, other: Data) -> Iterator[Told]:
    """Yield what differs between two items that are called the same, key by key."""
    keys = SECTIONS[section][1]
    for key in dict.fromkeys([*one, *other]):
        if _counts(key, keys) and one.get(key) != other.get(key):
            sides = [
                worded(case, key, item[key]) if key in item else MISSING.get(key, "not said")
                for case, item in ((first, one), (second, other))
            ]
            yield CALLED.get(key, f"‘{key}’"), sides[0], sides[1]


def _counts(key: str, keys: Sequence[str]) -> bool:
    return key not in keys and key not in UNCOUNTED


def worded(case: Case, key: str, data: Any) -> str:
    """Say what is written under a key of the case file, in the readable names of the case."""
    if isinstance(data, Mapping):
        parts = (f"{inner} {worded(case, inner, value)}".strip() for inner, value in data.items())
        return ", ".join(part for inner, part in zip(data, parts, strict=True) if inner not in UNCOUNTED)
    if isinstance(data, list | tuple):
        told = [worded(case, key, item) for item in data]
        return "; ".join(told) if any(isinstance(item, Mapping) for item in data) else listed(told)
    if key in PARTIES and data in case.party_ids:
        return case.party(data).label
    if key in OPTIONS and data in case.position:
        return named(case.option(data), case)
    if key == "on" and any(demand.id == data for demand in case.demands):
        return f"‘{case.demand(data).label}’"
    if key in STATEMENTS and isinstance(data, str):
        return _statement(case, data)
    return f"‘{data}’" if key == "concern" else str(data)


def _statement(case: Case, text: str) -> str:
    try:
        return in_words(parse(text, case.names).tree, case)
    except DetenteError:  # an issue's positions, say, may use such a key for something else
        return text
