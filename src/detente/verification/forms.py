"""This module owns the form of every answer that can be checked, key by key, and which answer a JSON value is. Parts
that are not derived again are marked in it, and are named with every check.
"""

from collections.abc import Mapping
from typing import Any

from detente.errors import DetenteError
from detente.verification.amounts import NEEDS, PAYMENTS, ROBUSTNESS, TRADES
from detente.verification.parts import (
    ACCORD,
    CERTIFICATE,
    COMMON,
    COMPARISON,
    DEMANDS,
    EDITS,
    HEAD,
    OUTLOOK,
    PACKAGE,
    SENTENCE,
    STEPS,
    TEXTS,
    UNDECIDED,
)
from detente.verification.shape import (
    ANY,
    NUMBER,
    TEXT,
    TRUTH,
    Each,
    Many,
    Perhaps,
    Sometimes,
    Untold,
    fault_in,
    too_deep,
)

ENDINGS = {
    "at rest": TEXTS,
    "count": NUMBER,
    "pauses": Each(TEXTS),
    "cycles": Many(TEXTS),
}
CHANGES = "how the nearest changes were searched for, and who has to move for each"
FORMS: Mapping[str, Mapping[str, Any]] = {
    "certificate": CERTIFICATE,
    "page": HEAD
    | {
        "page": Untold(SENTENCE.words, Many({"block": TEXT, "text": TEXT})),
        "common ground": Sometimes(Perhaps(COMMON)),
        "rests on": Sometimes(Untold("which lines of the case the findings rest on")),
        **dict.fromkeys(("needs", "payments", "demands", "approaches", "accord"), Sometimes(ANY)),
        "undecided": Sometimes(Untold(UNDECIDED.words, TEXT)),
    },
    "stability": HEAD
    | {
        "parties": TEXTS,
        "options": TEXTS,
        "feasible": NUMBER,
        "engine": Sometimes(Untold("with which engine an answer was found")),
        "equilibria": Each(Perhaps(TEXTS)),
        "counts": Each(Perhaps(NUMBER)),
        "undecided": UNDECIDED,
        "stable": Each(Each(Perhaps(TEXTS))),
        "coalition proof": Sometimes(TEXTS),
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
    "explain": HEAD
    | {
        "state": TEXT,
        "verdicts": Each(Each(TRUTH)),
        "certificates": Many(CERTIFICATE),
        "stands for": Sometimes(NUMBER),
        "explained": Sometimes(TEXT),
        "completions": Sometimes(Each(Each(TEXT))),
        "improvements looked at": Sometimes(Untold("how many improvements were looked at", NUMBER)),
    },
    "demands": HEAD | DEMANDS,
    "approaches": HEAD | {"approaches": Many(OUTLOOK), "undecided": Sometimes(UNDECIDED)},
    "paths": HEAD
    | {
        "start": TEXT,
        "targets": Many(
            {
                "state": TEXT,
                "reachable by": TEXT,
                "holds": Perhaps(TEXTS),
                "ways": Each({"moves": Perhaps(NUMBER), "shortest paths": Perhaps(NUMBER), "paths": Many(STEPS)}),
                "below start": TEXTS,
                "outside the table below start": TEXTS,
            }
        ),
        "targets left out": NUMBER,
        "states by fewest moves": Each(Perhaps(Many(NUMBER))),
        "endings": {"from start": Perhaps(ENDINGS), "from anywhere": Perhaps(ENDINGS)},
        "undecided": Sometimes(UNDECIDED),
    },
    "coalitions": HEAD
    | {
        "states": TEXTS,
        "coalition proof": TEXTS,
        "upsets": Many(
            {
                "state": TEXT,
                "coalition": TEXTS,
                "target": TEXT,
                "path": STEPS,
                "targets": NUMBER,
                "target is an equilibrium under": TEXTS,
            }
        ),
        "undecided": UNDECIDED,
        "complete": TRUTH,
    },
    "change": HEAD
    | {
        "changes": Many(
            {
                "edits": EDITS,
                "state": TEXT,
                "approach": TEXT,
                "certificate": CERTIFICATE,
                "text": Sometimes(SENTENCE),
                "then": Sometimes(SENTENCE),
                "cost": NUMBER,
                "movers": Sometimes(Untold(CHANGES)),
            }
        ),
        **dict.fromkeys(("goal", "already", "searched", "proof", "time is up", "more"), Sometimes(Untold(CHANGES))),
        "exact": TRUTH,
        "costs": ANY,
    },
    "needs": HEAD | NEEDS,
    "payments": HEAD | PAYMENTS,
    "trades": HEAD | TRADES,
    "robustness": HEAD | ROBUSTNESS,
    "compare": COMPARISON,
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
    "needs": "leverage",
    "payments": "payments",
    "trades": "exchanges",
    "robustness": "variations",
    "compare": "compared by",
}
"""By which key an answer is known, the first that fits."""
GIVE = (
    "give the JSON that accord, stability, explain, demands, needs, payments, trades, approaches, paths, coalitions, "
    "change, robustness, compare or analyze print, or one certificate"
)


def kind_of(data: Any) -> str:
    """Return which answer a JSON value is, one of `FORMS`.

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
    expect(data, FORMS[kind], f"the answer of {kind}" if kind != "certificate" else "the certificate")
    return kind


def expect(data: Any, shape: Any, place: str) -> None:
    """Raise DetenteError where a part of a JSON value is missing or of another kind than it should be."""
    if fault := fault_in(data, shape):
        raise DetenteError(f"{place} cannot be read: {fault}; {GIVE}")
    if too_deep(data):
        raise DetenteError(f"{place} cannot be read: it is nested too deep; {GIVE}")
