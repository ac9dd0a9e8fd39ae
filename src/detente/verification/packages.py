"""This module owns the check of one package: all that is told of it is derived again, for everything it stands for."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from detente.verification.claims import UNDECIDED
from detente.verification.findings import Finding, found
from detente.verification.stability import DEFINITIONS, Judge, TooLongError
from detente.verification.worlds import FEARED, HELD, Worlds, chosen, failed, unmet

MOST_CERTIFIED = 16
GAINS = ("loses", "neither", "gains")
ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def check_package(worlds: Worlds, package: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield what is found of a package beside its certificates."""
    approach, state = package["approach"], package["state"]
    name = f"package {state} under {approach}"
    words: list[str] = []

    def completions() -> str:
        words.extend(worlds.judge(approach).world.states(state))
        return "" if words else f"{state} is not a possible state"

    possible = found(name, completions)
    yield possible
    if possible.outcome == "refused":
        return
    yield found(f"{name}: verdicts", _fault_in_verdicts, worlds, package, words)
    yield found(f"{name}: what it stands for", _fault_in_standing, worlds, package, words)
    yield found(f"{name}: what is told of it", _fault_in_told, worlds, package, words)
    yield found(f"{name}: efficient", _fault_in_efficient, worlds, package, words)
    yield found(f"{name}: certificates", _missing, worlds, package, words)


def differing(told: Mapping[str, Any], derived: Mapping[str, Any]) -> str:
    """Return the first part that is told otherwise than it was derived, is missing, or is too much; "" for none."""
    for key, right in derived.items():
        if key not in told:
            return f"{key!r} is {right!r}, and that is not told"
        if told[key] != right or isinstance(told[key], bool) is not isinstance(right, bool):
            return f"{key!r} is {right!r}, not {told[key]!r}"
    more = [key for key in told if key not in derived]
    return f"{more[0]!r} is told, and cannot be asked here" if more else ""


def _fault_in_verdicts(worlds: Worlds, package: Mapping[str, Any], words: Sequence[str]) -> str:
    told = package["verdicts"]
    open_ = {"reachable": None, "reachable by": UNDECIDED} if told.get("reachable by") == UNDECIDED else {}
    undecided = told.get("undecided", [])
    if fault := _fault_in_undecided(told):
        return fault
    for word in words:
        derived = without(worlds.verdicts(package["approach"], word), undecided)
        if fault := differing(told, derived | open_):
            return f"at {word} {fault}" if len(words) > 1 else fault
    fails = failed(told)
    if package["fails"] != fails:
        return f"the verdicts that fail are {fails}"
    if open_:
        raise TooLongError("whether it can be reached was not decided")
    if undecided:
        raise TooLongError(f"whether it is an equilibrium under {', '.join(undecided)} was not decided")
    return ""


def _fault_in_undecided(told: Mapping[str, Any]) -> str:
    """Return what is wrong with the definitions that are said to be undecided; "" where there are none."""
    if "undecided" not in told:
        return ""
    undecided = told["undecided"]
    if not undecided or undecided != [d for d in DEFINITIONS if d in undecided]:
        return "the definitions that are undecided are none, or not in their order"
    return "Nash is always decided" if "Nash" in undecided else ""


def without(derived: Mapping[str, Any], undecided: Sequence[str]) -> dict[str, Any]:
    """Return the verdicts on a state as they are told where some definitions were not decided."""
    if not undecided:
        return dict(derived)
    holds = [definition for definition in derived["holds"] if definition not in undecided]
    told = {**derived, "holds": holds, "undecided": list(undecided)}
    if derived["grade"] not in HELD:
        decisive = next((d for d, _ in FEARED if d in holds or d in undecided), None)
        told["grade"] = UNDECIDED if decisive in undecided else dict(FEARED).get(str(decisive))
    return told


def _fault_in_standing(worlds: Worlds, package: Mapping[str, Any], words: Sequence[str]) -> str:
    """Check that a partial package stands for states of which the same is said, and which of them comes first."""
    told = {key: package[key] for key in ("stands for", "helpful completion", "goodwill") if key in package}
    if len(words) == 1:
        return differing(told, {})
    first = chosen(words, package.get("helpful completion"))
    if len({worlds.vector(package["approach"], word) for word in words}) > 1:
        return "it stands for states that meet different concerns"
    welfare = worlds.welfare(package["approach"])
    if first not in welfare.most_helpful(words):
        return f"{first} does not help more than its other completions"
    given = welfare.goodwill(first, words)
    derived = {"stands for": len(words), "helpful completion": first, **({"goodwill": given} if given else {})}
    return differing(told, derived)


def _fault_in_told(worlds: Worlds, package: Mapping[str, Any], words: Sequence[str]) -> str:
    judge, plain = worlds.judge(package["approach"]), worlds.judge("none")
    first = chosen(words, package.get("helpful completion"))
    derived = {
        "unmet": unmet(judge.world, first),
        **_demands(judge, words),
        **_compared(judge, plain, words),
        "could spoil": _spoilers(judge, first) if package["verdicts"]["accommodates"] else {},
    }
    for word in words:
        if unmet(judge.world, word) != derived["unmet"]:
            return f"the concerns unmet are {unmet(judge.world, word)} at {word}"
    ranked = _ranked(worlds, judge, first)
    if ranked or "ranked" in package:
        derived["ranked"] = ranked
    return differing({key: package[key] for key in derived if key in package}, derived)


def _demands(judge: Judge, words: Sequence[str]) -> dict[str, list[str]]:
    """Return the demands that are met whichever way what is open is settled, and those that are broken either way."""
    world = judge.world
    readings = {d.id: world.reading(d.that.text, d.that.party) for d in world.judged.demands}
    met = {id: {world.holds(reading, word) for word in words} for id, reading in readings.items()}
    return {
        key: [id for id, truths in met.items() if truths == truth]
        for key, truth in (("demands met", {True}), ("demands broken", {False}))
    }


def _compared(judge: Judge, plain: Judge, words: Sequence[str]) -> dict[str, Any]:
    """Return who is worse off than today in some completion, who outside the table is touched, and who would leave."""
    world = judge.world
    parties, today = world.case.party_ids, world.today
    worse: list[str] = []
    better: list[str] = []
    if today is not None:
        before = {party: world.worth(party, today, own=True) for party in parties}
        after = {party: [world.worth(party, word, own=True) for word in words] for party in parties}
        worse = [party for party in parties if min(after[party]) < before[party]]
        better = [party for party in parties if min(after[party]) > before[party]]
    outside = [party for party in parties if party not in world.judged.at_table]
    told = {party: "loses" if party in worse else "gains" for party in outside if party in (*worse, *better)}
    here = [word for each in words for word in plain.world.states(each)]
    leaving = [party for party in parties if any(plain.improvements(party, word) for word in here)]
    return {
        "worse off than today": worse,
        "outside the table": told,
        "would leave without the approach": leaving,
    }


def _spoilers(judge: Judge, word: str) -> dict[str, str]:
    """Return the parties outside the table that could break a core concern by one move, and what they get by it."""
    world, found_ = judge.world, {}
    for party in world.case.party_ids:
        if party in world.judged.at_table:
            continue
        ends = [end for end in world.moves(party, word) if any(unmet(world, end, core=True).values())]
        if ends:
            here, best = world.worth(party, word), max(world.worth(party, end) for end in ends)
            found_[party] = GAINS[1 + (best > here) - (best < here)]
    return found_


def _ranked(worlds: Worlds, judge: Judge, word: str) -> dict[str, str]:
    """Return, for each counted party with a ranking or weights, in which class a state is: ``2nd of 9``."""
    told = {}
    for party in map(worlds.case.party, worlds.case.counted):
        if party.ranking is not None or party.weights is not None:
            height, classes = worlds.order.height(party, judge.world, word)
            place = classes - height
            ending = "th" if place % 100 in (11, 12, 13) else ENDINGS.get(place % 10, "th")
            told[party.id] = f"{place:,}{ending} of {classes:,}"
    return told


def _fault_in_efficient(worlds: Worlds, package: Mapping[str, Any], words: Sequence[str]) -> str:
    first = chosen(words, package.get("helpful completion"))
    efficient = worlds.welfare(package["approach"]).efficient(first)
    return "" if package["efficient"] is efficient else f"{first} is {'' if efficient else 'not '}Pareto-efficient"


def _missing(worlds: Worlds, package: Mapping[str, Any], words: Sequence[str]) -> str:
    """Return which verdict lacks its certificate; the first 16 completions have all of them, or only the very first."""
    there: dict[str, list[tuple[str, Any, Any, Any]]] = {}
    for item in package["certificates"]:
        claim = item["claim"], item.get("definition"), item.get("party"), item["verdict"]
        there.setdefault(str(item.get("state")), []).append(claim)
    first = chosen(words, package.get("helpful completion"))
    alone = len(words) > 1 and set(there) == {first}
    if not alone and (len(there) != min(len(words), MOST_CERTIFIED) or not set(there) <= set(words)):
        return f"there are certificates for {len(there)} of {len(words)} states"
    for state, claims in there.items():
        needed = _needed(worlds, package, state)
        lacking = [claim for claim in needed if claim not in claims]
        if lacking:
            told = " ".join(str(part) for part in lacking[0][:3] if part)
            return f"there is no certificate that {state} {'' if lacking[0][3] else 'not '}{told}"
        if sorted(map(str, claims)) != sorted(map(str, needed)):
            return f"there are more certificates of {state} than it has verdicts"
    if alone:
        raise TooLongError(f"of {len(words)} states that it stands for, {first} alone comes with certificates")
    return ""


def _needed(worlds: Worlds, package: Mapping[str, Any], word: str) -> list[tuple[str, Any, Any, Any]]:
    judge, verdicts = worlds.judge(package["approach"]), package["verdicts"]
    claims = ("accommodates", "deliverable", "reachable")
    needed: list[tuple[str, Any, Any, Any]] = [
        (claim, None, None, verdicts[claim]) for claim in claims if verdicts.get(claim) is not None
    ]
    parties = worlds.case.party_ids
    needed += [("holds", definition, party, True) for definition in verdicts["holds"] for party in parties]
    if "Nash" not in verdicts["holds"]:
        needed += [("holds", "Nash", party, False) for party in parties if not judge.stable("Nash", party, word)]
    if verdicts.get("lasts at stated") is not None:
        needed += [("lasts", None, party, verdicts["lasts at stated"]) for party in parties]
    return needed
