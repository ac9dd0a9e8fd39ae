"""This module owns the forms of the answers that are told in numbers: needs, payments, trades, robustness."""

from detente.verification.parts import FIGURES, SENTENCE, SENTENCES
from detente.verification.shape import FIGURE, NUMBER, TEXT, TRUTH, Each, Many, Partly, Perhaps, Sometimes, Untold

TEXTS = Many(TEXT)
NEEDS = {
    "needs": Many(
        {
            "party": TEXT,
            "needs": TEXT,
            "from": TEXT,
            "loss without": Perhaps(FIGURE),
            "substitutes": Many({"from": TEXT, "loss": FIGURE}),
            "dependence": Perhaps(FIGURE),
            "given today": Perhaps(TRUTH),
            "threat to withhold": TEXT,
            "why": SENTENCE,
            "source": TEXT,
            "standing": TEXT,
            "place": TEXT,
        }
    ),
    "leverage": Many({"of": TEXT, "over": TEXT, "amount": Perhaps(FIGURE), "against": Perhaps(FIGURE)}),
    "balanced split": Perhaps(Each(TEXT)),
    "balanced split without substitutes": Sometimes(Perhaps(Each(TEXT))),
    "text": SENTENCES,
}
GIVEN = ("cost of effort", "solves with chance", "found out with chance", "after success")
"""The figures of a payment that a case may leave out."""
REPAIRED = ("after success", "found out with chance", "patience", "pay or more", "pay or less")
PAYMENTS = {
    "payments": Many(
        {
            **dict.fromkeys(("by", "to", "with", "for", "source", "place"), TEXT),
            "amount": FIGURE,
            **dict.fromkeys(GIVEN, Perhaps(FIGURE)),
            **dict.fromkeys(("patience", "value of effort", "value of shirking"), Sometimes(FIGURE)),
            **dict.fromkeys(("worthwhile", "persistence trap"), Sometimes(TRUTH)),
            "chance at which it balances": Sometimes(Perhaps(FIGURE)),
            "repairs": Sometimes(dict.fromkeys(REPAIRED, Perhaps(FIGURE))),
            "missing": TEXTS,
            "patience for a task that goes on": Sometimes(Perhaps(FIGURE)),
            "approaches": TEXTS,
            "text": SENTENCE,
        }
    )
}
TRADES = {
    "issues": Many(
        {
            **dict.fromkeys(("issue", "name", "source", "standing", "clout"), TEXT),
            "compromise": Perhaps(FIGURE),
            "median": Perhaps(Many(FIGURE)),
            "undecided": Perhaps(SENTENCE),
            "parties": Many(
                {"party": TEXT, "position": FIGURE} | dict.fromkeys(("salience", "clout", "distance"), Perhaps(FIGURE))
            ),
        }
    ),
    "exchanges": {
        "candidates": NUMBER,
        "open": NUMBER,
        "listed": Many(
            {
                "concessions": Many(
                    {"party": TEXT, "issue": TEXT} | dict.fromkeys(("from", "to", "outcome from", "outcome to"), FIGURE)
                ),
                "gain of each": FIGURE,
                "effects": FIGURES,
                "losers": TEXTS,
                "all together": FIGURE,
            }
        ),
        "in turn": Perhaps({"known to": TEXT, "made": NUMBER, "tied": NUMBER, "outcomes": FIGURES, "effects": FIGURES}),
    },
    "two parties": Perhaps(
        {
            "parties": TEXTS,
            "adjusted winner": {
                "issues": Many({"issue": TEXT, "points": FIGURES, "share": TEXT, "settled at": FIGURE}),
                "share of": TEXT,
                "points of each": FIGURE,
                "gains": Perhaps(FIGURES),
                "weighed alike": TEXTS,
            },
            "bargaining points": Many({"point": TEXT, "gains": FIGURES, "settled at": FIGURES}),
        }
    ),
    "not applicable": Each(SENTENCE),
    "text": SENTENCES,
}
ENCODINGS = "what holds in other encodings"
ROBUSTNESS = {
    "variations": {
        "number": NUMBER,
        "swaps for each party": Untold("how much each variation changes, and which ones they are", NUMBER),
        "seed": Untold("how much each variation changes, and which ones they are", NUMBER),
    },
    "states": Partly(
        "which states were asked about",
        Many(
            {
                "state": TEXT,
                "holds": TEXTS,
                "freedom": Each(NUMBER),
                "swaps to fall": Each(Perhaps(NUMBER)),
                "shares": Partly(
                    "in how many variations a state holds",
                    Each({"held": NUMBER, "of": NUMBER, "from": FIGURE, "to": FIGURE}),
                ),
                "encodings": Sometimes(Untold(ENCODINGS, TEXT)),
            }
        ),
    ),
    "inputs": Many({"party": TEXT, "place": NUMBER, "line": TEXT, "falling": TEXTS}),
    "encodings": Untold(ENCODINGS),
}
