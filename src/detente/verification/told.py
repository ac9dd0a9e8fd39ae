"""This module owns the check that the parts of an answer fit together: what is told of a package beside its verdicts,
that every verdict has its certificate, and that lists, counts and equilibria of a stability answer agree.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from detente.verification.stability import DEFINITIONS, Judge

HELD = ("by itself", "at the table")
FEARED = (("SEQ", "by credible answers"), ("GMR", "only by fear"))


def grade(judge: Judge, words: Sequence[str], holding: Sequence[str], delivered: bool) -> str | None:
    """Return how well a package holds, by the definitions under which all its states are equilibria."""
    if "Nash" in holding:
        return HELD[0]
    table = judge.world.judged.at_table
    if delivered and not any(judge.improvements(party, word) for party in table for word in words):
        return HELD[1]
    return next((told for definition, told in FEARED if definition in holding), None)


def failed(verdicts: Mapping[str, Any]) -> set[str]:
    """Return the verdicts, of those that this checker derives, that do not pass."""
    found = {key for key in ("accommodates", "deliverable", "reachable") if verdicts.get(key) is False}
    return found if verdicts.get("grade") in HELD else found | {"holds"}


def fault_in_demands(package: Mapping[str, Any], judge: Judge, words: Sequence[str]) -> str:
    """Check the demands that a package meets whichever way what is open is settled, and those it breaks either way."""
    world = judge.world
    readings = {d.id: world.reading(d.that.text, d.that.party) for d in world.judged.demands}
    met = {id: {world.holds(reading, word) for word in words} for id, reading in readings.items()}
    for key, truth in (("demands met", {True}), ("demands broken", {False})):
        right = [id for id, truths in met.items() if truths == truth]
        if key in package and package[key] != right:
            return f"the {key} are {right}"
    return ""


def fault_in_comparison(package: Mapping[str, Any], judge: Judge, plain: Judge, words: Sequence[str]) -> str:
    """Check who is worse off than today in some completion, who outside the table is touched, and who would leave."""
    world = judge.world
    parties, today = world.case.party_ids, world.today
    if today is not None:
        before = {party: world.worth(party, today, own=True) for party in parties}
        after = {party: [world.worth(party, word, own=True) for word in words] for party in parties}
        worse = [party for party in parties if min(after[party]) < before[party]]
        better = [party for party in parties if min(after[party]) > before[party]]
        outside = {p: "loses" if p in worse else "gains" for p in (*worse, *better) if p not in world.judged.at_table}
        for key, right in (("worse off than today", worse), ("outside the table", outside)):
            if key in package and package[key] != right:
                return f"{key!r} is {right}"
    key = "would leave without the approach"
    here = [word for each in words for word in plain.world.states(each)]
    leaving = [party for party in parties if any(plain.improvements(party, word) for word in here)]
    return f"{key!r} is {leaving}" if key in package and package[key] != leaving else ""


def missing_certificates(package: Mapping[str, Any], parties: Sequence[str]) -> str:
    """Return which verdict lacks its certificate, for the states that have any; "" where each has."""
    found: dict[str, set[tuple[Any, ...]]] = {}
    for item in package.get("certificates") or ():
        found.setdefault(str(item.get("state")), set()).add((item["claim"], item.get("definition"), item.get("party")))
    verdicts = package["verdicts"]
    needed: set[tuple[Any, ...]] = {
        (claim, None, None) for claim in ("accommodates", "deliverable", "reachable") if claim in verdicts
    }
    needed |= {("holds", definition, party) for definition in verdicts["holds"] for party in parties}
    for state, there in found.items():
        if lacking := sorted(needed - there, key=str):
            return f"there is no certificate that {state} {' '.join(str(part) for part in lacking[0] if part)}"
    return ""


def unsupported(verdicts: Mapping[str, Any], certificates: Sequence[Any]) -> str:
    """Return which verdict of an explanation has no certificate, where it has any at all."""
    found = {(item.get("party"), item.get("definition")) for item in certificates if isinstance(item, Mapping)}
    needed = {(party, definition) for party, told in verdicts.items() for definition in told}
    lacking = sorted(needed - found) if found else []
    return f"the verdict {lacking[0][1]} of {lacking[0][0]} has no certificate" if lacking else ""


def disagreements(data: Mapping[str, Any], parties: Sequence[str], options: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield what does not fit together in a stability answer: names, repeated states, counts, and equilibria.

    A list is known to be whole if it is shorter than the longest one, for all are cut at the same length, and every
    list is if one of them holds every state.
    """
    for key, right in (("parties", parties), ("options", options)):
        if key in data and list(data[key]) != list(right):
            yield key, f"the case has {', '.join(right)}"
    stable, equilibria, counts = (dict(data.get(key) or {}) for key in ("stable", "equilibria", "counts"))
    lists = [words for told in (*stable.values(), equilibria) for words in dict(told or {}).values() if words]
    if any(len(set(words)) != len(words) for words in lists):
        yield "the lists", "a state is listed twice"
    longest = max(map(len, lists), default=0)
    for definition in DEFINITIONS:
        words, count = equilibria.get(definition), counts.get(definition)
        if words is None or count is None:
            continue
        whole = len(words) < longest or longest == data.get("feasible")
        if count < len(words) or (whole and count > len(words)):
            yield f"count of {definition}", f"it says {count}, and {len(words)} are listed"
        told = [set((stable.get(party) or {}).get(definition) or ()) for party in parties]
        lacking = set.intersection(*told) - set(words) if told and count == len(words) else set()
        if lacking:
            yield (
                f"{definition} equilibria",
                f"{min(lacking)} is listed as stable for every party, and is not among them",
            )
