"""This module owns the check of a nearest change: with all its edits it passes, and without any one of them it fails.

The edits are read as data and made in the case's own document, which is then read again as a file is; what passes is
found state by state, as for every other claim. That nothing is cheaper: see `detente.verification.cheaper`.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from detente.model.case import Case
from detente.model.document import document
from detente.verification.claims import GRADES, outsider_grade
from detente.verification.edits import CannotBeMadeError, edited
from detente.verification.lasting import asked, lasts
from detente.verification.stability import Judge, TooLongError
from detente.verification.world import World

NEAREST = "nearest change"
MOST_STATES = 2**14
MOST_REACHED = 2**17
VERDICTS = ("accommodates", "deliverable", "holds", "reachable", "lasts")
NO_BEARING = ("complaints", "needs", "issues", "monitoring")
"""What no verdict rests on; it may name a concern that an edit takes away."""
NOT_MADE, NOT_POSSIBLE = "the other edits cannot be made without it", "the outcome is not possible"


@dataclass(frozen=True, slots=True)
class Aim:
    """What is to pass: some state that meets the goal, or each of some states; by which verdicts, under what."""

    goal: str | None
    states: tuple[str, ...]
    verdicts: frozenset[str]
    approach: str


def nearest(case: Case, claim: Mapping[str, Any]) -> str:
    """Return what is wrong with the claim that edits are a nearest change; "" if nothing is.

    Parameters
    ----------
    case : Case
        As written.
    claim : mapping
        The certificate, as `change` prints it.

    Raises
    ------
    TooLongError, OverflowError
        When there are too many states to look at one by one.
    """
    edits, told, state = claim.get("edits"), claim.get("without each"), str(claim.get("state"))
    goal, states, verdicts = claim.get("goal"), claim.get("states"), claim.get("verdicts")
    if not isinstance(edits, list) or not edits or not all(isinstance(edit, Mapping) for edit in edits):
        return "its edits are not a list of edits"
    if not isinstance(told, list) or [_at(item, "without") for item in told] != list(range(len(edits))):
        return "it does not say what fails without each of its edits"
    if not (goal is None or isinstance(goal, str)) or not isinstance(states, list) or not isinstance(verdicts, list):
        return "it does not say what is to pass"
    if claim.get("verdict") is not True or not verdicts or set(verdicts) - set(VERDICTS):
        return "only edits after which some verdicts pass have a certificate"
    aim = Aim(goal, tuple(map(str, states)), frozenset(verdicts), str(claim.get("approach")))
    if aim.states and state not in aim.states:
        return f"{state} is none of the states that are to pass"
    plain, after = made(case, []), made(case, edits)
    bare = replace(case, complaints=(), needs=(), issues=(), monitoring="", feed=None)
    if plain is None or plain.fingerprint != bare.fingerprint:
        return "the case cannot be written as a file, in which its edits could be made"
    if after is None:
        return "its edits cannot be made"
    judge = judged(after, aim)
    for word in aim.states or (state,):
        failing = _failing(judge, aim, word)
        if failing:
            return f"with all its edits, {word} fails: {', '.join(failing)}"
    faults = (_fault_without(case, edits, place, aim, state, item) for place, item in enumerate(told))
    return next((fault for fault in faults if fault), "")


def fault_in_change(case: Case, change: Mapping[str, Any]) -> str:
    """Return what is wrong with a change, as `change` lists it: with its certificate, or that it is about others."""
    claim = change.get("certificate")
    if not isinstance(claim, Mapping) or claim.get("claim") != NEAREST:
        return "it has no certificate"
    if claim.get("fingerprint") != case.fingerprint:
        return f"it is about case {claim.get('fingerprint')}, and this case is {case.fingerprint}"
    if dict(claim.get("conventions") or {}) != case.conventions.data():
        return "it follows other conventions than the case"
    for key in ("edits", "state", "approach"):
        if change.get(key) != claim.get(key):
            return f"its {key} are not those of its certificate"
    return nearest(case, claim)


def fault_in_repair(case: Case, edits: Sequence[Mapping[str, Any]]) -> str:
    """Return what is wrong with edits after which some package is to pass every verdict as things stand; "" if nothing
    is. They are needed, each of them."""
    aim = Aim(None, (), frozenset(VERDICTS), "none")
    after = remade(case, edits)
    if not edits or after is None:
        return "its edits cannot be made"
    if not passing(judged(after, aim), aim):
        return "with all its edits, no package passes"
    for place in range(len(edits)):
        without = made(case, [edit for number, edit in enumerate(edits) if number != place])
        if without is not None and (word := passing(judged(without, aim), aim)):
            return f"edit {place + 1} is not needed: {word} passes without it"
    return ""


def _fault_without(
    case: Case, edits: Sequence[Mapping[str, Any]], place: int, aim: Aim, state: str, told: Mapping[str, Any]
) -> str:
    """Check that without one edit nothing passes, and that what is told of the state then is right."""
    after = made(case, [edit for number, edit in enumerate(edits) if number != place])
    if after is None:
        return "" if told.get("fails") == [NOT_MADE] else f"without edit {place + 1} the others cannot be made"
    judge = judged(after, aim)
    word = passing(judge, aim)
    if word:
        return f"edit {place + 1} is not needed: {word} passes without it"
    failing = _failing(judge, aim, state)
    if told.get("fails") != failing:
        return f"without edit {place + 1}, {state} fails: {', '.join(failing)}"
    leaving = [] if failing == [NOT_POSSIBLE] else _leaving(judge, state)
    return "" if told.get("leaving") == leaving else f"without edit {place + 1}, {leaving} leave {state}"


def made(case: Case, edits: Sequence[Mapping[str, Any]]) -> Case | None:
    """Return the case after some edits; None where they cannot be made, or leave no sound case."""
    from detente.files.load import read_document  # only here: no other claim needs a file to be read

    data = {key: value for key, value in document(case).items() if key not in NO_BEARING}
    try:
        data = edited(data, edits)
    except CannotBeMadeError:
        return None
    loaded = read_document(json.dumps(data))
    return None if loaded.errors else loaded.case


def remade(case: Case, edits: Sequence[Mapping[str, Any]]) -> Case | None:
    """Return the case after some edits; None where they cannot be made.

    Raises
    ------
    TooLongError
        When the case itself cannot be written as a file, in which edits could be made.
    """
    after = made(case, edits)
    if after is None and made(case, []) is None:
        raise TooLongError("the case cannot be written as a file, in which edits could be made")
    return after


def judged(case: Case, aim: Aim) -> Judge:
    """Return who judges an edited case: under the approach that was added, or under none where it was not."""
    known = {approach.id for approach in case.approaches}
    return Judge(World(case, aim.approach if aim.approach in known else "none"), case.conventions.data())


def passing(judge: Judge, aim: Aim) -> str:
    """Return a state that passes; "" where none does, or not all that are to."""
    if aim.states:
        return "" if any(_failing(judge, aim, word) for word in aim.states) else ", ".join(aim.states)
    found = (word for word in judge.world.every_state(MOST_STATES) if next(_failures(judge, aim, word), None) is None)
    return next(found, "")


def _failing(judge: Judge, aim: Aim, word: str) -> list[str]:
    """Return what fails of a state, in the order in which answers say it."""
    return list(_failures(judge, aim, word))


def _failures(judge: Judge, aim: Aim, word: str) -> Iterator[str]:
    world = judge.world
    if world.states(word) != [word]:
        yield NOT_POSSIBLE
        return
    if aim.goal is not None and not world.holds(world.reading(aim.goal), word):
        yield "goal"
    if "accommodates" in aim.verdicts and not _accommodates(world, word):
        yield "accommodates"
    delivered = not {"deliverable", "holds"} & aim.verdicts or _delivered(judge, word)
    if "deliverable" in aim.verdicts and not delivered:
        yield "deliverable"
    if "holds" in aim.verdicts:
        moved = any(judge.improvements(party, word) for party in world.judged.at_table)
        if moved or not delivered:
            yield "holds"
    if "reachable" in aim.verdicts and not _reachable(world, word):
        yield "reachable"
    if "lasts" in aim.verdicts and not _lasts(judge, aim, word):
        yield "lasts"


def _accommodates(world: World, word: str) -> bool:
    return all(
        world.holds(world.reading(concern.want.text, concern.want.party), word)
        for id in world.judged.counted
        for concern in world.judged.party(id).concerns or ()
        if concern.core
    )


def _delivered(judge: Judge, word: str) -> bool:
    case = judge.world.judged
    return all(outsider_grade(judge, id, word) != GRADES[-1] for id in case.party_ids if id not in case.at_table)


def _lasts(judge: Judge, aim: Aim, word: str) -> bool:
    """Return whether a state lasts; where that cannot be asked, it passes only where every verdict is."""
    passes = lasts(judge, word) if asked(judge, word) else None
    return passes is True or (passes is None and len(aim.verdicts) == len(VERDICTS))


def _leaving(judge: Judge, word: str) -> list[str]:
    return [id for id in judge.world.case.party_ids if judge.improvements(id, word)]


def _reachable(world: World, state: str) -> bool:
    """Return whether legal moves lead from today to a state; where today is not known, nothing is out of reach."""
    if world.case.today is None:
        return True
    if world.today is None:
        return False
    waiting, seen = [(world.today, "")], {(world.today, "")}
    while waiting:
        here, last = waiting.pop()
        if here == state:
            return True
        for mover in world.case.party_ids:
            ends = world.moves(mover, here) if mover != last else ()
            fresh = [(end, mover) for end in ends if (end, mover) not in seen]
            seen.update(fresh)
            waiting += fresh
        if len(seen) > MOST_REACHED:
            raise TooLongError
    return False


def _at(item: Any, key: str) -> Any:
    return item.get(key) if isinstance(item, Mapping) else None
