"""This module owns the check of each claim a certificate can make; "" means that nothing is wrong with it."""

from collections.abc import Callable, Mapping
from typing import Any

from detente.model.case import Clout
from detente.verification.lasting import fault_in_lasts
from detente.verification.stability import DEFINITIONS, Judge, TooLongError
from detente.verification.world import World

Certificate = Mapping[str, Any]
MOST_STATES = 2**17
REACHED = ("improving, nobody at the table below today", "improving", "by legal moves", "no")
UNDECIDED = "not decided"
GRADES = ("own interest", "indifference", "strong clout", "weak clout", "no")


def fault_in_holds(judge: Judge, claim: Certificate) -> str:
    """Check that a state is stable, or unstable, for a party under a definition."""
    world, definition, party, state = judge.world, claim.get("definition"), claim.get("party"), claim["state"]
    if definition not in DEFINITIONS or party not in world.case.party_ids:
        return f"no definition {definition!r} or no party {party!r}"
    improvements = judge.improvements(party, state)
    because = claim.get("because")
    if not isinstance(because, list) or not all(isinstance(item, Mapping) and "move" in item for item in because):
        return "its reasons are not a list of moves and answers"
    moves = [item["move"] for item in because]
    stray = [move for move in moves if move not in improvements]
    if stray:
        return f"{stray[0]} is not an improvement of {party} from {state}"
    if not claim["verdict"]:
        if len(because) != 1 or because[0].get("answer", "") is not None:
            return "an unstable state needs exactly one improvement without an answer"
        if definition != "Nash" and judge.answered(definition, party, state, moves[0]):
            return f"the improvement {moves[0]} of {party} is answered after all"
        return ""
    if definition == "Nash" and improvements:
        return f"{party} improves by moving to {improvements[0]}"
    missing = [move for move in improvements if move not in moves]
    if len(missing) != claim.get("answered, but not shown", 0):
        return f"the improvement {(missing or moves)[0]} of {party} is passed over, or others are counted that are not"
    open_ = [move for move in missing if not judge.answered(definition, party, state, move)]
    if open_:
        return f"the improvement {open_[0]} of {party} is not answered"
    faults = (judge.fault_in_answer(definition, party, state, i["move"], i.get("answer")) for i in because)
    return next((fault for fault in faults if fault), "")


def fault_in_accommodates(judge: Judge, claim: Certificate) -> str:
    """Check that every core concern of every counted party is listed with what is true of it."""
    world, state = judge.world, claim["state"]
    case = world.judged
    expected = {}
    for party in (case.party(id) for id in case.counted):
        for concern in party.concerns or ():
            if concern.core:
                reading = world.reading(concern.want.text, concern.want.party)
                expected[party.id, concern.mark.name or str(concern.want)] = world.holds(reading, state)
    listed = claim.get("concerns")
    if not isinstance(listed, list) or not all(isinstance(item, Mapping) for item in listed):
        return "its concerns are not a list"
    told = {(item.get("party"), item.get("concern")): item.get("met") for item in listed}
    wrong = [key for key, met in expected.items() if told.get(key) is not met]
    if wrong:
        met = "met" if expected[wrong[0]] else "not met"
        return f"the core concern {wrong[0][1]!r} of {wrong[0][0]} is {met}"
    if set(told) != set(expected):
        return "it lists a concern that is not core, or of a party that does not count"
    return "" if claim["verdict"] is all(expected.values()) else "its verdict does not follow from its concerns"


def fault_in_reachable(judge: Judge, claim: Certificate) -> str:
    """Check a path from today: legal, and of the grade it claims. That nothing better exists is not checked."""
    world, state, path, grade = judge.world, claim["state"], claim.get("path"), claim.get("by")
    today = world.today
    if today is None:
        return "the case does not say where things stand today"
    if grade not in REACHED or claim["verdict"] is (grade == "no"):
        return f"its verdict does not follow from {grade!r}"
    if not claim["verdict"]:
        return _fault_in_unreachable(judge, today, state)
    if not isinstance(path, list) or not all(isinstance(step, list | tuple) and len(step) == 2 for step in path):
        return "its path is not a list of [party, state] steps"
    here, last = today, ""
    for mover, end in path:
        if mover == last:
            return f"{mover} moves twice in a row"
        if mover not in world.case.party_ids or end not in world.moves(mover, here):
            return f"{here} to {end} is not a move of {mover}"
        if str(grade).startswith("improving") and not judge.improves(mover, here, end):
            return f"{here} to {end} does not improve {mover}"
        below = [p for p in world.judged.at_table if world.worth(p, end, own=True) < world.worth(p, today, own=True)]
        if "below" in str(grade) and below:
            return f"{below[0]} is worse off than today at {end}"
        here, last = end, mover
    return "" if here == state else f"its path ends at {here}, not at {state}"


def _fault_in_unreachable(judge: Judge, today: str, state: str) -> str:
    """Search every legal sequence from today for a state that is said to be out of reach."""
    waiting, seen = [(today, "")], {(today, "")}
    while waiting:
        here, last = waiting.pop()
        if here == state:
            return f"{state} can be reached from today by legal moves"
        for mover in judge.world.case.party_ids:
            ends = judge.world.moves(mover, here) if mover != last else ()
            fresh = [(end, mover) for end in ends if (end, mover) not in seen]
            seen.update(fresh)
            waiting += fresh
        if len(seen) > MOST_STATES:
            raise TooLongError
    return ""


def fault_in_deliverable(judge: Judge, claim: Certificate) -> str:
    """Check, for each party outside the table, what keeps it where the package has it."""
    world, state = judge.world, claim["state"]
    outsiders = [party for party in world.case.party_ids if party not in world.judged.at_table]
    told = {item.get("party"): item.get("by") for item in claim.get("outsiders") or () if isinstance(item, Mapping)}
    if set(told) != set(outsiders):
        return "it does not list exactly the parties outside the table"
    grades = {party: outsider_grade(judge, party, state) for party in outsiders}
    wrong = [party for party in outsiders if told[party] != grades[party]]
    if wrong:
        return f"{wrong[0]} is kept there by {grades[wrong[0]]!r}, not by {told[wrong[0]]!r}"
    weakest = max(grades.values(), key=GRADES.index, default="own interest")
    if claim.get("by") != weakest or claim["verdict"] is not (weakest != "no"):
        return f"the weakest of its outsiders is {weakest!r}"
    faults = (_fault_in_response(judge, state, item) for item in claim["outsiders"])
    return next((fault for fault in faults if fault), "")


def _fault_in_response(judge: Judge, state: str, told: Mapping[str, Any]) -> str:
    """Check what an outsider would rather do, by which of its options, and who has clout over those."""
    world, party, response = judge.world, told["party"], told.get("best response")
    if response is None:
        return f"what {party} would rather do is not said" if "clout" in told["by"] else ""
    responses = _nearest_responses(judge, party, state)
    if response not in responses:
        return f"{response} is not the nearest best response of {party}"
    differing = [world.options[place].key for place in responses[response]]
    if told.get("differing options") != differing:
        return f"{response} differs in {differing}"
    over = [clout for clout in world.judged.clout if _counts(world, clout, party, state)]
    for held in told.get("clout") or ():
        known = [c for c in over if c.of == held.get("of") and c.strength == held.get("strength")]
        if not held.get("on") or not any(set(held["on"]) <= set(clout.on) for clout in known):
            return f"{held.get('of')} has no {held.get('strength')} clout over {held.get('on')} there"
    covered = {key for held in told.get("clout") or () for key in held["on"]}
    return f"nobody's clout over {differing} is named" if "clout" in told["by"] and set(differing) - covered else ""


def outsider_grade(judge: Judge, party: str, state: str) -> str:
    """Return what keeps a party where a state has it: own interest, indifference, strong or weak clout, or nothing."""
    world = judge.world
    moves = world.moves(party, state)
    if all(judge.improves(party, end, state) for end in moves):
        return "own interest"
    if not any(judge.improves(party, state, end) for end in moves):
        return "indifference"
    found = [_clout_over(world, party, state, places) for places in _nearest_responses(judge, party, state).values()]
    return min(found, key=GRADES.index)


def _nearest_responses(judge: Judge, party: str, state: str) -> dict[str, list[int]]:
    """Return the best moves of a party that change the fewest of its options, each with the places of those."""
    world, moves = judge.world, judge.world.moves(party, state)
    best = max((world.worth(party, end) for end in moves), key=lambda worth: worth)
    responses = [end for end in moves if world.worth(party, end) == best]
    differing = {end: [i for i in _own_places(world, party) if state[i] != end[i]] for end in responses}
    fewest = min(len(places) for places in differing.values())
    return {end: places for end, places in differing.items() if len(places) == fewest}


def _own_places(world: World, party: str) -> list[int]:
    """Return where a party's own choices stand in a state's word; what a contract sets is nobody's choice."""
    set_by_contract = {key for key, _ in world.definitions}
    return [
        place
        for place, option in enumerate(world.options)
        if option.party == party and option.key not in set_by_contract
    ]


def _clout_over(world: World, party: str, state: str, places: list[int]) -> str:
    """Return the weakest of the clout that parties at the table have over each of some options of a party."""
    strengths = []
    for place in places:
        key = world.options[place].key
        held = [
            clout.strength for clout in world.judged.clout if key in clout.on and _counts(world, clout, party, state)
        ]
        strengths.append("strong clout" if "strong" in held else "weak clout" if held else "no")
    return max(strengths, key=GRADES.index, default="no")


def _counts(world: World, clout: Clout, party: str, state: str) -> bool:
    if clout.over != party or clout.of not in world.judged.at_table:
        return False
    condition = clout.condition
    return condition is None or world.holds(world.reading(condition.text, condition.party), state)


def fault_in_contradiction(judge: Judge, claim: Certificate) -> str:
    """Check that some demands cannot be met together, and that without any one of them the rest can."""
    world, ids, without = judge.world, claim.get("demands"), claim.get("possible without")
    if claim["verdict"] is not True:
        return "only a contradiction that there is has a certificate"
    known = {demand.id: demand.that for demand in world.case.demands}
    if not isinstance(ids, list) or not ids or any(id not in known for id in ids):
        return "it names no demands of the case"
    readings = {id: world.reading(known[id].text, known[id].party) for id in ids}
    if not isinstance(without, Mapping) or set(without) != set(ids):
        return "it does not say what becomes possible without each demand"
    for left_out, word in without.items():
        if not world.states(word):
            return f"{word} is not a possible state"
        unmet = [id for id in ids if id != left_out and not world.holds(readings[id], word)]
        if unmet:
            return f"{word} does not meet {unmet[0]!r}"
    for word in world.every_state(MOST_STATES):
        if all(world.holds(reading, word) for reading in readings.values()):
            return f"{word} meets all of them"
    return ""


TELLS: Mapping[str, tuple[str, ...]] = {
    "holds": ("state", "definition", "party", "because"),
    "accommodates": ("state", "concerns"),
    "reachable": ("state", "by", "path"),
    "deliverable": ("state", "by", "outsiders"),
    "contradiction": ("demands", "possible without"),
    "lasts": ("state", "party", "patience", "stated", "deviation", "punishment", "defeating"),
}
"""What a certificate of each claim has to tell."""
CHECKS: Mapping[str, Callable[[Judge, Certificate], str]] = {
    "holds": fault_in_holds,
    "accommodates": fault_in_accommodates,
    "reachable": fault_in_reachable,
    "deliverable": fault_in_deliverable,
    "contradiction": fault_in_contradiction,
    "lasts": fault_in_lasts,
}
