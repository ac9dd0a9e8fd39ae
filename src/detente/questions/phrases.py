"""This module owns how sources, changes and approaches are said in the readable names of the case.

How statements and concerns are said is owned by `detente.model.said`, for edits say themselves in the same words.
"""

from collections.abc import Sequence

from detente.look.summary import listed
from detente.model.case import Case
from detente.model.items import Mark
from detente.model.said import called as called
from detente.model.said import called_in_a_row as called_in_a_row
from detente.model.said import in_words as in_words
from detente.model.said import named as named
from detente.model.states import Values

NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def cited(mark: Mark, case: Case) -> str:
    """Return `mark.cited`; "" where nothing is missed: a source of the whole case stands for all, or it names none."""
    known = mark.source or mark.standing or (case.sources and not case.mark.source)
    return mark.cited if known else ""


def bracketed(mark: Mark, case: Case) -> str:
    """Return the same in parentheses after a space, for the end of a phrase."""
    told = cited(mark, case)
    return f" ({told})" if told else ""


def traced(mark: Mark, case: Case, place: str) -> str:
    """Say where the numbers of an item come from, for the end of a phrase: its source, else its place in the file."""
    told = [each for each in (cited(mark, case), "" if mark.source else f"{place} in the case file") if each]
    return f" ({'; '.join(told)})"


def changes(case: Case, before: Values, after: Values) -> str:
    """Say what differs between two states, party by party: ``US starts ‘aid’; Pakistan stops ‘fence’``."""
    told = []
    for party in case.parties:
        parts: dict[str, list[str]] = {}
        for option in party.options:
            old, new = before[case.position[option.key]], after[case.position[option.key]]
            if old is not None and new is not None and old != new:
                verb = "sets" if option.levels else "starts" if new else "stops"
                parts.setdefault(verb, []).append(
                    f"‘{option.label}’" + (f" to {option.levels[new]}" if option.levels else "")
                )
        if parts:
            told.append(f"{party.label} {listed([f'{verb} {listed(labels)}' for verb, labels in parts.items()])}")
    return "; ".join(told)


def under(case: Case, *approaches: str) -> str:
    """Say what an answer stands under: ``as things stand``, ``under ‘mercenary’ or ‘cooperative’``; "" for none."""
    labels = {each.id: f"‘{each.label}’" for each in case.approaches}
    plain = ["as things stand"] if any(name not in labels for name in approaches) else []
    named = [labels[name] for name in approaches if name in labels]
    return listed([*plain, *([f"under {listed(named, 'or')}"] if named else [])], "or")


def opening(text: str) -> str:
    """Return a phrase as a sentence opens with it."""
    return text[:1].upper() + text[1:]


def all_of(parties: Sequence[object]) -> str:
    """Say of how many all are meant: ``both``, ``all four``, ``all 12``."""
    size = len(parties)
    return "both" if size == 2 else f"all {NUMBERS[size] if size < len(NUMBERS) else size}"


def having(said: str) -> str:
    """Say what is preferred: ``have ‘aid’ than not``, ``be without ‘fence’``, ``have less of ‘aid’ than more``."""
    if said.startswith("no "):
        return f"be without {said.removeprefix('no ')}"
    for amount, other in (("more of ", "less"), ("less of ", "more")):
        if said.startswith(amount):
            return f"have {said} than {other}"
    return f"have {said} than not"
