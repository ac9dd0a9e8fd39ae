"""This module owns the shape of the answers that can be checked: which answer a JSON value is, and that its parts are
of the kinds that the published form has. What is of another kind cannot be read, and is said with its place.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from detente.errors import DetenteError

MOST_DEPTH = 60

TEXT, NUMBER, TRUTH, ANY = "a text", "a whole number", "true or false", "anything"


@dataclass(frozen=True, slots=True)
class Many:
    """A list of things of one kind."""

    of: Any


@dataclass(frozen=True, slots=True)
class Each:
    """A mapping from texts to things of one kind."""

    of: Any


@dataclass(frozen=True, slots=True)
class Perhaps:
    """Something of a kind, or null."""

    of: Any


TEXTS = Many(TEXT)
CERTIFICATE = {"claim": TEXT, "approach": TEXT, "verdict": ANY, "fingerprint": TEXT}
HEAD = {"case": {"fingerprint": TEXT}, "approach": TEXT, "conventions": Each(ANY)}
EDITS = Many(Each(ANY))
STEPS = Many(Many(TEXT))
PACKAGE = {
    "state": TEXT,
    "approach": TEXT,
    "rank": NUMBER,
    "verdicts": {
        "accommodates": TRUTH,
        "deliverable": TRUTH,
        "deliverable by": TEXT,
        "holds": TEXTS,
        "grade": Perhaps(TEXT),
    },
    "fails": TEXTS,
    "unmet": Each(TEXTS),
    "demands met": TEXTS,
    "demands broken": TEXTS,
    "worse off than today": TEXTS,
    "would leave without the approach": TEXTS,
    "outside the table": Each(TEXT),
    "could spoil": Each(TEXT),
    "efficient": TRUTH,
    "certificates": Many(CERTIFICATE),
}
REPAIR = {"kind": TEXT, "text": TEXT, "edits": EDITS}
ROADMAP = {
    "state": TEXT,
    "approach": TEXT,
    "holds": TRUTH,
    "steps": Many(
        {
            "party": TEXT,
            "state": TEXT,
            "below today": TEXTS,
            "would rather stop": TRUTH,
            "loses outside the table": TRUTH,
            "assure": TEXTS,
        }
    ),
}
ACCORD = {
    "approaches": TEXTS,
    "packages": Many(PACKAGE),
    "passing": NUMBER,
    "complete": TRUTH,
    "nearest change": Many({"edits": EDITS, "text": TEXT}),
}
DEMANDS = {
    "complete": TRUTH,
    "contradictions": Many(
        {
            "demands": TEXTS,
            "from": TEXTS,
            "kind": TEXT,
            "because": TEXTS,
            "repairs": Many(REPAIR),
            "possible without": Each(TEXT),
            "certificates": Many(CERTIFICATE),
        }
    ),
    "deliverability": Many(
        {
            "demand": TEXT,
            "to": TEXT,
            "alone": Perhaps(TRUTH),
            "with clout": Perhaps(TEXT),
            "coalitions": Many(TEXTS),
            "prevented by": Many(TEXTS),
            "verdict": Perhaps(TEXT),
        }
    ),
    "undecided": Each(TEXT),
}
OUTLOOK = {
    "name": TEXT,
    "feasible": NUMBER,
    "counts": Each(Perhaps(NUMBER)),
    "accommodating equilibria": Each(Perhaps(TEXTS)),
    "accommodating counts": Each(Perhaps(NUMBER)),
    "meeting": Each(NUMBER),
    "meeting all": NUMBER,
    "demands met": Each(TEXT),
    "core concerns met": Each(Each(TEXT)),
    "core concerns of others broken": Each(Each(TEXT)),
    "coalition proof": Perhaps(TEXTS),
}
SHAPES: Mapping[str, Mapping[str, Any]] = {
    "certificate": CERTIFICATE,
    "page": HEAD | {"page": ANY},
    "stability": HEAD
    | {
        "parties": TEXTS,
        "options": TEXTS,
        "feasible": NUMBER,
        "equilibria": Each(Perhaps(TEXTS)),
        "counts": Each(Perhaps(NUMBER)),
        "undecided": Each(TEXT),
        "stable": Each(Each(Perhaps(TEXTS))),
    },
    "partial": HEAD
    | {
        "state": TEXT,
        "completions": NUMBER,
        "best completion": TEXT,
        "passes": TRUTH,
        "verdicts over completions": Each(TEXT),
        "spoiled by": Each(TEXT),
        "packages": Many(PACKAGE),
    },
    "accord": HEAD | ACCORD,
    "explain": HEAD | {"state": TEXT, "verdicts": Each(Each(TRUTH)), "certificates": Many(CERTIFICATE)},
    "demands": HEAD | DEMANDS,
    "approaches": HEAD | {"approaches": Many(OUTLOOK)},
    "paths": HEAD
    | {
        "start": TEXT,
        "targets": Many(
            {
                "state": TEXT,
                "reachable by": TEXT,
                "holds": TEXTS,
                "ways": Each({"moves": Perhaps(NUMBER), "shortest paths": NUMBER, "paths": Many(STEPS)}),
                "below start": TEXTS,
                "outside the table below start": TEXTS,
            }
        ),
        "targets left out": NUMBER,
        "states by fewest moves": Each(Many(NUMBER)),
        "endings": {"from start": {"at rest": TEXTS, "count": NUMBER}, "from anywhere": {"count": NUMBER}},
    },
    "coalitions": HEAD
    | {
        "states": TEXTS,
        "coalition proof": TEXTS,
        "upsets": Many({"state": TEXT, "coalition": TEXTS, "target": TEXT, "path": STEPS, "targets": NUMBER}),
        "undecided": Each(TEXT),
        "complete": TRUTH,
    },
    "change": HEAD | {"changes": Many({"edits": EDITS, "state": TEXT, "approach": TEXT, "certificate": CERTIFICATE})},
}
KNOWN_BY: Mapping[str, str] = {
    "certificate": "claim",
    "page": "page",
    "partial": "verdicts over completions",
    "stability": "stable",
    "accord": "packages",
    "demands": "deliverability",
    "paths": "targets",
    "coalitions": "upsets",
    "change": "changes",
    "explain": "verdicts",
    "approaches": "approaches",
}
"""By which key an answer is known, the first that fits."""
GIVE = (
    "give the JSON that accord, stability, explain, demands, approaches, paths, coalitions, change or analyze print, "
    "or one certificate"
)


def kind_of(data: Any) -> str:
    """Return which answer a JSON value is, one of `SHAPES`.

    Raises
    ------
    DetenteError
        When it is none of them, or a part of it is not of the kind that the published form has.
    """
    if not isinstance(data, Mapping):
        raise DetenteError(f"nothing to verify: {GIVE}")
    kind = next((kind for kind, key in KNOWN_BY.items() if key in data), None)
    if kind is None:
        raise DetenteError(f"nothing to verify: {GIVE}")
    expect(data, SHAPES[kind], f"the answer of {kind}" if kind != "certificate" else "the certificate")
    return kind


def expect(data: Any, shape: Any, place: str) -> None:
    """Raise DetenteError where a part of a JSON value is missing or of another kind than it should be."""
    if fault := _fault(data, shape, ""):
        raise DetenteError(f"{place} cannot be read: {fault}; {GIVE}")
    if _too_deep(data):
        raise DetenteError(f"{place} cannot be read: it is nested too deep; {GIVE}")


def _fault(data: Any, shape: Any, place: str) -> str:
    """Return the first part that is not as it should be; "" where all are."""
    where = place or "it"
    if isinstance(shape, Perhaps):
        return "" if data is None else _fault(data, shape.of, place)
    if isinstance(shape, Many):
        if not isinstance(data, list | tuple):
            return f"{where} is not a list"
        return next(filter(None, (_fault(each, shape.of, f"{place}[{n}]") for n, each in enumerate(data))), "")
    if isinstance(shape, Each | Mapping):
        if not isinstance(data, Mapping):
            return f"{where} is not a mapping"
        return _fault_in_mapping(data, shape, place)
    good = {
        TEXT: isinstance(data, str),
        NUMBER: isinstance(data, int) and not isinstance(data, bool),
        TRUTH: isinstance(data, bool),
        ANY: True,
    }[shape]
    return "" if good else f"{where} is not {shape}"


def _fault_in_mapping(data: Mapping[Any, Any], shape: Any, place: str) -> str:
    inner = f"{place}." if place else ""
    if not all(isinstance(key, str) for key in data):
        return f"{place or 'it'} has a key that is no text"
    if isinstance(shape, Each):
        return next(filter(None, (_fault(each, shape.of, f"{inner}{key}") for key, each in data.items())), "")
    for key, part in shape.items():
        if key not in data:
            return f"{place or 'it'} has no {key!r}"
        if fault := _fault(data[key], part, f"{inner}{key}"):
            return fault
    return ""


def _too_deep(data: Any) -> bool:
    level = [data]
    for _ in range(MOST_DEPTH):
        level = [
            inner
            for each in level
            if isinstance(each, dict | list)
            for inner in (each.values() if isinstance(each, dict) else each)
        ]
        if not level:
            return False
    return True
