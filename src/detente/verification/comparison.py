"""This module owns the check of what `compare` prints of the sides that are the given case: how many states hold and
which, and what they meet. Where both sides are the case, under two approaches, what they share is checked too.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from detente.verification.findings import Finding, found
from detente.verification.outlooks import label
from detente.verification.packages import differing
from detente.verification.stability import DEFINITIONS
from detente.verification.survey import Survey
from detente.verification.worlds import Worlds

SIDES = ("first", "second")
Told = Mapping[str, Any]


def check_comparison(worlds: Worlds, data: Told) -> Iterator[Finding]:
    """Yield what is found of an answer of `compare`."""
    case, own = worlds.case, []
    for side in SIDES:
        head = data[side]
        if head["case"]["fingerprint"] != case.fingerprint:
            yield Finding(f"the {side} side", "unchecked", f"it is about case {head['case']['fingerprint']}")
        elif head["approach"] not in worlds.approaches or dict(head["conventions"]) != case.conventions.data():
            yield Finding(
                f"the {side} side", "refused", "it stands under no approach of the case, or other conventions"
            )
        else:
            own.append(side)
            if head["case"]["title"] != case.title:
                yield Finding("the title", "unchecked", f"it is {head['case']['title']!r}, and this case's is another")
            yield found(f"the {side} side", _fault_in_side, worlds, data, side)
    if not own:
        yield Finding("the comparison", "refused", f"neither side is about this case, {case.fingerprint}")
    elif len(own) == len(SIDES):
        yield found("what both sides share", _fault_in_shared, worlds, data)


def _fault_in_side(worlds: Worlds, data: Told, side: str) -> str:
    survey, place = worlds.survey(data[side]["approach"]), SIDES.index(side)
    nash = survey.nash
    derived = {
        "feasible": len(survey.states),
        "core concerns met": _core_met(survey),
        "accommodating by themselves": len(nash & survey.accommodating),
    }
    told = {
        "feasible": data[side]["feasible"],
        "core concerns met": data["core concerns met"][side],
        "accommodating by themselves": data["accommodating by themselves"][place],
    }
    if fault := differing(told, derived):
        return fault
    for definition, each in (data["equilibria"] or {}).items():
        if definition not in DEFINITIONS:
            return f"there is no definition {definition!r}"
        count = each["counts"][place]
        right = len(survey.equilibria(definition))
        if count != right and not (count is None and "undecided" in each):
            return f"{right:,} states are {definition} equilibria"
    if data["equilibria"] is not None and set(data["equilibria"]) != set(DEFINITIONS):
        return f"the definitions are {', '.join(DEFINITIONS)}"
    return ""


def _core_met(survey: Survey) -> dict[str, dict[str, str]]:
    """Return in how many of the states that hold by themselves each core concern of each party is met."""
    world, nash = survey.world, survey.nash

    def share(text: str, party: str) -> str:
        reading = world.reading(text, party)
        truths = [world.holds(reading, word) for word in nash]
        return "nothing holds" if not truths else "all" if all(truths) else "some" if any(truths) else "none"

    return {
        party.id: {label(c): share(c.want.text, c.want.party) for c in party.concerns or () if c.core}
        for party in world.judged.parties
    }


def _fault_in_shared(worlds: Worlds, data: Told) -> str:
    """Check the lists where both sides have the same options; lists that are cut say so."""
    surveys = [worlds.survey(data[side]["approach"]) for side in SIDES]
    keys = [option.key for option in worlds.case.options]
    if data["compared by"] != keys:
        return f"they are compared by {', '.join(keys) or 'name'}"
    for definition, each in (data["equilibria"] or {}).items():
        first, second = (survey.equilibria(definition) for survey in surveys)
        right = {"both": first & second, "only first": first - second, "only second": second - first}
        for key, words in right.items():
            told = each[key]
            if len(set(told)) < len(told) or not set(told) <= words or (each["complete"] and set(told) != words):
                return f"{definition}, {key}: these are {', '.join(sorted(words)[:3]) or 'none'}"
        if not each["complete"] and "undecided" not in each and all(set(each[key]) == right[key] for key in right):
            return f"{definition}: all are listed, and it says that there are more"
    return ""
