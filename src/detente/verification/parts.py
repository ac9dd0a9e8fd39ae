"""This module owns the forms of the parts that answers are made of: heads, certificates, packages, demands, outlooks;
and the words in which it is said that a part is not derived again.
"""

from detente.verification.shape import (
    ANY,
    FIGURE,
    NUMBER,
    TEXT,
    TRUTH,
    Each,
    Many,
    Partly,
    Perhaps,
    Sometimes,
    Untold,
)

TEXTS = Many(TEXT)
FIGURES = Each(FIGURE)
SHARES = Each(Each(TEXT))
EDITS = Many(Each(ANY))
STEPS = Many(Many(TEXT))
SENTENCE = Untold("sentences, which say in words what stands beside them", TEXT)
SENTENCES = Untold(SENTENCE.words, TEXTS)
UNDECIDED = Untold("why something was not decided", Each(TEXT))


CERTIFICATE = {
    "claim": TEXT,
    "approach": TEXT,
    "verdict": ANY,
    "fingerprint": TEXT,
    "conventions": Sometimes(ANY),
    **dict.fromkeys(("state", "definition", "party", "because", "concerns", "by", "path", "outsiders"), Sometimes(ANY)),
    **dict.fromkeys(("stated", "patience", "deviation", "punishment"), Sometimes(ANY)),
    "defeating": Sometimes(SENTENCES),
    **dict.fromkeys(("demands", "possible without"), Sometimes(ANY)),
    "answered, but not shown": Sometimes(NUMBER),
    **dict.fromkeys(("edits", "goal", "states", "verdicts", "without each"), Sometimes(ANY)),
}
GOALS = Many(
    {
        "goal": TEXT,
        "parties": TEXTS,
        "everybody": TRUTH,
        "other things equal": TEXTS,
        "concerns": Each(NUMBER),
    }
)
COMMON = {
    "shared": GOALS,
    "shared by some": GOALS,
    "apart": Many({"over": TEXT, "wants": TEXT, "against": TEXT, "concerns": Each(NUMBER)}),
}
HEAD = {
    "case": {"fingerprint": TEXT, "title": TEXT},
    "approach": TEXT,
    "conventions": Each(ANY),
    "complete": Sometimes(TRUTH),
    "interrupted": Sometimes(Untold("what an interruption left out", TRUTH)),
}
VERDICTS = {
    "accommodates": TRUTH,
    "deliverable": TRUTH,
    "deliverable by": TEXT,
    "holds": TEXTS,
    "grade": Perhaps(TEXT),
    "undecided": Sometimes(TEXTS),
    **dict.fromkeys(("reachable", "reachable by", "lasts", "lasts at stated"), Sometimes(ANY)),
}
PACKAGE = {
    "state": TEXT,
    "approach": TEXT,
    "rank": NUMBER,
    "verdicts": VERDICTS,
    "fails": TEXTS,
    "unmet": Each(TEXTS),
    "ranked": Sometimes(Each(TEXT)),
    "demands met": TEXTS,
    "demands broken": TEXTS,
    "worse off than today": TEXTS,
    "would leave without the approach": TEXTS,
    "outside the table": Each(TEXT),
    "could spoil": Each(TEXT),
    "efficient": TRUTH,
    "stands for": Sometimes(NUMBER),
    "helpful completion": Sometimes(TEXT),
    "goodwill": Sometimes(TEXTS),
    "certificates": Many(CERTIFICATE),
}
ROADMAP = {
    "state": TEXT,
    "approach": TEXT,
    "holds": TRUTH,
    "steps": Many(
        {
            "party": TEXT,
            "state": TEXT,
            "text": Sometimes(SENTENCE),
            "below today": TEXTS,
            "would rather stop": TRUTH,
            "loses outside the table": TRUTH,
            "assure": TEXTS,
        }
    ),
    "at once": Sometimes(TEXTS),
}
ACCORD = {
    "approaches": TEXTS,
    "packages": Many(PACKAGE),
    "passing": NUMBER,
    "roadmap": Sometimes(ROADMAP),
    "complete": TRUTH,
    "undecided": Sometimes(UNDECIDED),
    "nearest change": Partly(
        "that no cheaper change would do than the nearest one",
        Many({"edits": EDITS, "text": SENTENCE}),
    ),
}
REPAIR = {"kind": TEXT, "text": SENTENCE, "edits": EDITS}
REPAIRS = Partly("whether there are other repairs than those that are listed", Many(REPAIR))
IN_TURN = {
    "order": Many(TEXTS),
    "possible": TRUTH,
    "stages": Sometimes(
        Many(Many({"party": TEXT, "state": TEXT, "text": SENTENCE, "mover": TEXT, "below today": TEXTS}))
    ),
    "assure": Sometimes(TEXTS),
    "why not": Sometimes(SENTENCE),
    "text": Sometimes(SENTENCE),
}
COMPLAINT = {
    "id": TEXT,
    "from": TEXT,
    "about": TEXT,
    "that": TEXT,
    "concern": Perhaps(TEXT),
    "options": Many({"option": TEXT, "owner": TEXT, "to": ANY, "done": TRUTH}),
    "status": TEXT,
    "answers": Many(
        {
            "parties": TEXTS,
            "steps": STEPS,
            "state": TEXT,
            "at table": TRUTH,
            "costs": Each(SENTENCE),
        }
    ),
    "source": TEXT,
    "text": SENTENCE,
}
DEMANDS = {
    "complete": TRUTH,
    "contradictions": Many(
        {
            "demands": TEXTS,
            "from": TEXTS,
            "kind": TEXT,
            "because": Untold("which rules are named as the reason of a contradiction", TEXTS),
            "repairs": REPAIRS,
            "text": Sometimes(SENTENCE),
            "possible without": Each(TEXT),
            "possible with": Sometimes(TEXT),
            "some SEQ equilibrium": Sometimes(TRUTH),
            "in turn": Sometimes(Many(IN_TURN)),
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
            "text": Sometimes(SENTENCE),
            "undecided": Sometimes(Untold(UNDECIDED.words, TEXT)),
            "repairs": Sometimes(REPAIRS),
        }
    ),
    "undecided": UNDECIDED,
    "complaints": Sometimes(Many(COMPLAINT)),
    "together": Sometimes({"parties": TEXTS, "brings about": TEXTS, "prevents": TEXTS}),
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
    "core concerns met": SHARES,
    "core concerns of others broken": SHARES,
    "coalition proof": Perhaps(TEXTS),
    "assumes": SENTENCES,
    "notes": SENTENCES,
    "undecided": Sometimes(UNDECIDED),
}
SIDE = HEAD | {"feasible": NUMBER}
COMPARISON = {
    "first": SIDE,
    "second": SIDE,
    "complete": Sometimes(TRUTH),
    "interrupted": HEAD["interrupted"],
    "differences": Untold("what differs in the cases as they are written"),
    "compared by": TEXTS,
    "equilibria": Perhaps(
        Partly(
            "which equilibria two cases share, but for one case under two approaches",
            Each(
                {
                    "counts": Many(Perhaps(NUMBER)),
                    **dict.fromkeys(("both", "only first", "only second"), TEXTS),
                    "complete": TRUTH,
                    "undecided": Sometimes(Untold(UNDECIDED.words, TEXT)),
                }
            ),
        )
    ),
    "contradictions": Untold("which contradictions both sides share (each side's demands tell its own)"),
    "core concerns met": {"first": SHARES, "second": SHARES},
    "accommodating by themselves": Many(NUMBER),
    "best packages": Untold("what becomes of the best packages of a side on the other"),
}
