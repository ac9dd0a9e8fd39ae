"""This module owns how it is said how many states hold, and what that means."""

from detente.look.summary import many


def how_many(count: int, grade: str) -> str:
    """Say how many states hold in a way, and what that means."""
    meaning, definitions = MEANINGS[grade]
    if not count and grade == "by itself":
        return "No state holds by itself: in each, somebody can gain by moving (Nash)."
    if not count:
        return f"None holds {grade} ({definitions})."
    said = "1 state holds" if count == 1 else f"{many(count)} states hold"
    return f"{said} {grade if count == 1 else grade.replace('itself', 'themselves')}: {meaning} ({definitions})."


MEANINGS = {
    "by itself": ("nobody there can gain by moving", "Nash"),
    "by credible answers": (
        "somebody could gain by moving, but must expect answers that serve those who give them and leave no gain",
        "SEQ, SSEQ",
    ),
    "only by fear": (
        "somebody could gain by moving, and others could spoil it, but only by moves that may hurt themselves",
        "GMR, SMR",
    ),
}
