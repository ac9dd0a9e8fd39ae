"""This module owns which of the equilibria are asked for: those that meet a statement, and of these or of all of them
the best for the worst-off party.

The best is what no other beats in the order of packages: as few counted parties as possible are left without their most
important concern, then without the next, core concerns first (leximin; `detente.questions.ordering`). So the worst-off
party is as well off as it can be; what it cannot decide are ties, and stay so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from detente.engine.interface import StateSet
from detente.errors import TooLargeError, UnknownNameError
from detente.game import Setting
from detente.look.summary import Block, Table, listed, many
from detente.model.items import Party
from detente.model.statements import Statement
from detente.progress import deciding, steps
from detente.questions.ordering import Order, Unmet, classes, valued
from detente.questions.verdicts import Judge, unmet
from detente.questions.wording import ordinal

WORST_OFF = "worst-off"
BEST = (WORST_OFF,)
"""For whom the best can be asked."""
EXAMPLES = 2
Sets = Mapping[str, StateSet | None]
"""Some equilibria under each definition; None where undecided."""


@dataclass(frozen=True, slots=True)
class Best:
    """Of some states those that are the best for the worst-off party, tied with each other.

    Parameters
    ----------
    states : StateSet or None
        None where that was not decided.
    unmet : tuple of int
        How many counted parties have their k-th concern unmet in them; () where there are no states.
    undecided : str
        Why it was not decided; "" where it was, or the states themselves were not.
    """

    states: StateSet | None
    unmet: Unmet = ()
    undecided: str = ""


def asked_for(best: str) -> str:
    """Return for whom the best is asked; raises UnknownNameError where that is nobody known."""
    if best and best not in BEST:
        raise UnknownNameError("way to be the best", best, BEST)
    return best


def best_of_each(setting: Setting, sets: Sets) -> dict[str, Best]:
    """Return the best for the worst-off party among some states under each definition."""
    found: dict[str, Best] = {}
    for name, states in steps(list(sets.items()), "comparing what holds"):
        try:
            found[name] = Best(None) if states is None else best_of(setting, states)
        except TooLargeError as reason:
            found[name] = Best(None, undecided=str(reason))
    return found


def best_of(setting: Setting, states: StateSet) -> Best:
    """Return those of some states that are the best for the worst-off party.

    Raises
    ------
    TooLargeError
        When that could not be decided within the limits.
    """
    with deciding("what is the best for the worst-off party"):
        unmet, best = next(Order(Judge(setting)).blocks(states), ((), setting.game.none()))
        return Best(best, unmet)


def worst_off(setting: Setting, state: int) -> dict[str, str]:
    """Return which counted parties are the worst off in a state, and by what: the most important concern, core ones
    first, that any of them has unmet there; {} where all is met.

    A party with a ranking or weights has its place there instead.
    """
    case, judge = setting.case, Judge(setting)
    lacking = unmet(judge, state)
    places: dict[str, tuple[bool, int, str]] = {}
    for id in case.counted:
        party = case.party(id)
        if party.concerns is not None:
            core = [concern for concern in party.concerns if concern.core]
            missed = {concern.want for concern in lacking.get(id, ())}
            for rest, concerns in ((False, core), (True, list(party.concerns))):
                for place, concern in enumerate(concerns):
                    if concern.want in missed:
                        places.setdefault(id, (rest, place, concern.label))
        elif valued(party):
            steps_up = classes(setting, case.party_ids.index(id))
            reached = sum(state in better for better in steps_up)
            if reached < len(steps_up):
                rank = f"{ordinal(len(steps_up) - reached + 1)} of {len(steps_up) + 1:,}"
                places[id] = (True, reached, rank)
    lowest = min((place[:2] for place in places.values()), default=None)
    return {id: label for id, (*place, label) in places.items() if tuple(place) == lowest}


def meeting_data(setting: Setting, goal: Statement, sets: Sets, limit: int) -> dict[str, Any]:
    """Return the equilibria that meet a statement in their published form."""
    return {
        "statement": goal.text,
        "counts": {name: None if found is None else found.count() for name, found in sets.items()},
        "equilibria": {name: None if found is None else setting.words(found, limit) for name, found in sets.items()},
    }


def best_data(setting: Setting, best: Mapping[str, Best], limit: int) -> dict[str, Any]:
    """Return the best for the worst-off party in its published form."""
    told: dict[str, dict[str, str]] = {}
    words: dict[str, list[str] | None] = {}
    for name, each in best.items():
        first = None if each.states is None else each.states.first(limit)
        words[name] = None if first is None else [setting.word(state) for state in first]
        told |= {setting.word(state): worst_off(setting, state) for state in first or ()}
    reasons = {name: each.undecided for name, each in best.items() if each.undecided}
    return {
        "for": WORST_OFF,
        "parties": list(setting.case.counted),
        "counts": {name: None if each.states is None else each.states.count() for name, each in best.items()},
        "equilibria": words,
        "unmet": {name: list(each.unmet) if each.states else None for name, each in best.items()},
        "worst off": told,
        **({"undecided": reasons} if reasons else {}),
    }


def meeting_block(setting: Setting, goal: Statement, sets: Sets) -> Block:
    """Return how many equilibria meet a statement, and the first of them."""
    rows = []
    for name, found in sets.items():
        some = [] if found is None else setting.words(found, EXAMPLES)
        rows.append((name, "not decided" if found is None else many(found.count()), ", ".join(some) or "–"))
    table = Table(("equilibria under", "meet it", "the first"), tuple(rows))
    return Block("Those that meet a statement", (f"The statement: {goal.text}", table))


def best_block(setting: Setting, best: Mapping[str, Best], goal: Statement | None) -> Block:
    """Return how many equilibria are the best for the worst-off party, the first of them, and who is worst off."""
    case, rows = setting.case, []
    for name, each in best.items():
        if each.states is None:
            rows.append((name, "not decided", "–", "–"))
            continue
        first = each.states.first(1)
        lacking = worst_off(setting, first[0]) if first else {}
        said = "; ".join(_lacks(case.party(id), what) for id, what in lacking.items()) or "nobody: all is met"
        rows.append((name, many(each.states.count()), *((setting.word(first[0]), said) if first else ("–", "–"))))
    of = "the equilibria" if goal is None else "those that meet the statement"
    lines: list[str | Table] = [
        f"Of {of}, those that leave as few as possible of {listed([case.party(id).label for id in case.counted])} "
        "without their most important concern, then without the next, core concerns first (leximin). What is as good "
        "is counted too.",
        Table(("equilibria under", "the best", "the first", "worst off there"), tuple(rows)),
    ]
    lines += [f"Not decided: the best under {name} ({each.undecided})." for name, each in best.items()
              if each.undecided]  # fmt: skip
    return Block("The best for the worst-off party", tuple(lines))


def _lacks(party: Party, what: str) -> str:
    return f"{party.label}: {what}" if valued(party) else f"{party.label}, without: {what}"
