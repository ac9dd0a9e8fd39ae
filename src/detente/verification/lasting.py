"""This module owns the check of a claim that a package lasts: what tempts each party most, its worst punishment, and
the patience that balances them, found again from the weights as written.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from detente.verification.stability import Judge

MOST_STATES = 2**17


def fault_in_lasts(judge: Judge, claim: Mapping[str, Any]) -> str:
    """Check what one party's patience is said to be, and whether the package lasts at the one stated."""
    world, state, party = judge.world, str(claim["state"]), claim.get("party")
    if party not in world.case.party_ids:
        return f"{party!r} is no party of the case"
    stated = world.judged.patience
    if claim.get("stated") != (None if stated is None else str(stated)):
        return "it states another patience than the case"
    needed = {id: patience_needed(judge, id, state) for id in world.case.party_ids}
    mine = needed[str(party)]
    if claim.get("patience") != _told(mine):
        return f"{party} needs a patience of {_told(mine)}"
    fault = _fault_in_witness(judge, claim, str(party), state)
    if fault:
        return fault
    most = Fraction(0) if stated is None else stated
    right = all(each is not None and each <= most for each in needed.values()) and not claim.get("defeating")
    return "" if claim["verdict"] is right else f"it {'lasts' if right else 'does not last'}"


def _told(patience: Fraction | None) -> str | None:
    return None if patience is None else str(patience)


def utility(judge: Judge, party: str, word: str) -> Fraction:
    """Return what a state is worth to a party: the sum of the weights of what holds in it."""
    world, total = judge.world, Fraction(0)
    for statement, amount in world.judged.party(party).weights or ():
        if world.holds(world.reading(statement.text, statement.party), word):
            total += amount
    return total


def punishments(judge: Judge, party: str, state: str) -> list[str]:
    """Return the states that hold by themselves and are worse for a party than a state."""
    ids = judge.world.case.party_ids
    return [
        word
        for word in judge.world.every_state(MOST_STATES)
        if judge.improves(party, word, state) and all(judge.stable("Nash", id, word) for id in ids)
    ]


def patience_needed(judge: Judge, party: str, state: str) -> Fraction | None:
    """Return the patience from which on a party stays; 0 if nothing tempts it, None if nothing would punish it."""
    improvements = judge.improvements(party, state)
    if not improvements:
        return Fraction(0)
    worse = punishments(judge, party, state)
    if not worse:
        return None
    here, floor = utility(judge, party, state), min(utility(judge, party, word) for word in worse)
    gains = [utility(judge, party, word) for word in improvements]
    return max((gain - here) / (gain - floor) for gain in gains)


def package_patience(judge: Judge, state: str) -> Fraction | None:
    """Return the largest patience that any party needs; None where nothing would make one of them stay."""
    found = Fraction(0)
    for party in judge.world.case.party_ids:
        needed = patience_needed(judge, party, state)
        if needed is None:
            return None
        found = max(found, needed)
    return found


def _fault_in_witness(judge: Judge, claim: Mapping[str, Any], party: str, state: str) -> str:
    """Check that the deviation and the punishment named are such, and are the ones that count."""
    improvements, deviation, punishment = (
        judge.improvements(party, state),
        claim.get("deviation"),
        claim.get("punishment"),
    )
    if not improvements:
        return "" if deviation is None and punishment is None else f"nothing tempts {party}"
    if deviation not in improvements:
        return f"{deviation} is not an improvement of {party}"
    worse = punishments(judge, party, state)
    if not worse:
        return "" if punishment is None else f"{punishment} does not punish {party}"
    if punishment not in worse:
        return f"{punishment} does not punish {party}"
    if utility(judge, party, str(punishment)) != min(utility(judge, party, word) for word in worse):
        return f"{punishment} is not the worst that {party} can end in"
    best = max(utility(judge, party, word) for word in improvements)
    return "" if utility(judge, party, str(deviation)) == best else f"{deviation} is not what tempts {party} most"
