"""This module owns the check of what `approaches` prints: counts, which equilibria accommodate, and in how many of
those that hold by themselves each demand and each core concern is met.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from detente.model.case import Concern, Party
from detente.verification.findings import Finding, found
from detente.verification.lists import fault_in_list
from detente.verification.packages import differing
from detente.verification.stability import DEFINITIONS
from detente.verification.survey import Survey, coalition_proof
from detente.verification.worlds import Worlds


def check_outlooks(worlds: Worlds, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield what is found of an answer of `approaches`."""
    names = [each["name"] for each in data["approaches"]]
    open_ = data.get("undecided", {})
    if open_:
        yield Finding("the other approaches", "unchecked", f"not decided: {', '.join(open_)}")
    if names != [name for name in worlds.approaches if name not in open_]:
        yield Finding("the approaches", "refused", f"the case has {', '.join(worlds.approaches)}")
        return
    told_lists = [words for each in data["approaches"] for words in each["accommodating equilibria"].values()]
    longest = max((len(words) for words in told_lists if words is not None), default=0)
    for told in data["approaches"]:
        yield found(f"approach {told['name']}", _fault, worlds, told, longest)
    lists = [
        (words, each["accommodating counts"].get(definition))
        for each in data["approaches"]
        for definition, words in each["accommodating equilibria"].items()
    ]
    if any(words is not None and count is not None and len(words) < count for words, count in lists):
        yield Finding("what is beyond the lists", "unchecked", f"lists are cut at {longest:,} states")


def _fault(worlds: Worlds, told: Mapping[str, Any], longest: int) -> str:
    survey = worlds.survey(told["name"])
    equilibria = {definition: survey.equilibria(definition) for definition in DEFINITIONS}
    accommodating = {d: states & survey.accommodating for d, states in equilibria.items()}
    derived = {
        "feasible": len(survey.states),
        "counts": {d: len(states) for d, states in equilibria.items()},
        "accommodating counts": {d: len(states) for d, states in accommodating.items()},
        **_met(survey, equilibria["Nash"], accommodating["Nash"]),
    }
    open_ = set(told.get("undecided", ()))  # what is not told cannot be refused
    for key in ("counts", "accommodating counts"):
        derived[key] = {d: None if d in open_ else number for d, number in derived[key].items()}
    if fault := differing({key: told[key] for key in derived}, derived):
        return fault
    if set(told["accommodating equilibria"]) != set(DEFINITIONS):
        return f"the definitions are {', '.join(DEFINITIONS)}"
    for definition, words in told["accommodating equilibria"].items():
        if words is None or definition in open_:
            if words is not None or definition not in open_:
                return f"accommodating equilibria of {definition}: told, or not, against what is undecided"
        elif fault := fault_in_list(words, accommodating[definition], longest):
            return f"accommodating equilibria of {definition}: {fault}"
    proof = coalition_proof(survey.judge, sorted(equilibria["Nash"]))
    listed = told["coalition proof"]
    right = listed is None if proof is None else listed is not None and sorted(listed) == proof
    return "" if right else f"'coalition proof' is {proof}"


def _met(survey: Survey, nash: frozenset[str], accommodating: frozenset[str]) -> dict[str, Any]:
    """Return in how many equilibria demands and core concerns are met, and which of others' are broken."""
    world, case = survey.world, survey.world.judged

    def meets(text: str, party: str) -> Callable[[str], bool]:
        reading = world.reading(text, party)
        return lambda word: world.holds(reading, word)

    def wants(concern: Concern) -> Callable[[str], bool]:
        return meets(concern.want.text, concern.want.party)

    def share(states: Collection[str], so: Callable[[str], bool], met: bool = True) -> str:
        truths = [so(word) is met for word in states]
        return "none" if not any(truths) else "all" if all(truths) else "some"

    core = {party.id: _core(party) for party in case.parties}
    broken: dict[str, dict[str, str]] = {}
    for id in (id for id in case.party_ids if id not in case.counted):
        shares = {label(concern): share(accommodating, wants(concern), met=False) for concern in core[id]}
        if shares := {name: much for name, much in shares.items() if much != "none"}:
            broken[id] = shares
    return {
        "meeting": {id: sum(all(wants(c)(word) for c in core[id]) for word in nash) for id in case.counted},
        "meeting all": len(accommodating),
        "demands met": {demand.id: share(nash, meets(demand.that.text, demand.that.party)) for demand in case.demands},
        "core concerns met": {
            id: {label(c): share(nash, wants(c)) for c in concerns} for id, concerns in core.items() if concerns
        },
        "core concerns of others broken": broken,
    }


def label(concern: Concern) -> str:
    """Return how answers call a concern."""
    return concern.mark.name or str(concern.want)


def _core(party: Party) -> list[Concern]:
    return [concern for concern in party.concerns or () if concern.core]
