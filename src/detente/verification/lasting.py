"""This module owns the check of a claim that a package lasts: what tempts each party most, its worst punishment, and
the patience that balances them, found again from the weights as written.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from detente.model.case import Approach, Case, Payment
from detente.verification.stability import Judge
from detente.verification.statements import mentioned

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
    defeated = defeats_itself(judge, state)
    if bool(claim.get("defeating")) is not defeated or not isinstance(claim.get("defeating"), list):
        return f"pay by which the approach works {'defeats' if defeated else 'does not defeat'} itself"
    right = all(each is not None and each <= most for each in needed.values()) and not defeated
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


def asked(judge: Judge, state: str) -> bool:
    """Return whether the case says enough to ask: somebody gives weights, and so does everybody who could improve."""
    judged = judge.world.judged
    known = {party.id for party in judged.parties if party.weights is not None}
    return bool(known) and all(id in known or not judge.improvements(id, state) for id in judged.party_ids)


def lasts(judge: Judge, state: str) -> bool | None:
    """Return whether a package lasts at the stated patience; None where none is stated, and some is needed."""
    needed, stated = package_patience(judge, state), judge.world.judged.patience
    if needed is None or defeats_itself(judge, state):
        return False
    if needed == 0:
        return True
    return None if stated is None else needed <= stated


def defeats_itself(judge: Judge, state: str) -> bool:
    """Return whether pay by which the approach works is made in a state, and is not worth the effort that it is for."""
    world, case = judge.world, judge.world.judged
    approach = next((each for each in case.approaches if each.id == world.approach), None)
    if approach is None:
        return False
    turning = turned_on(case, approach)
    return any(
        payment.paid in turning
        and world.holds(world.reading(payment.paid), state)
        and _not_worthwhile(payment, case.patience)
        for payment in case.payments
    )


def turned_on(case: Case, approach: Approach) -> set[str]:
    """Return the options that an approach turns on: its contracts pay with them, or somebody defers while they hold."""
    conditions = [clause.condition for clause in approach.deference if clause.condition is not None]
    paid = {contract.paid for contract in approach.contracts}
    return paid.union(*(mentioned(str(condition), case) for condition in conditions))


def _not_worthwhile(payment: Payment, patience: Fraction | None) -> bool:
    """Return whether shirking is worth more than effort, over all periods; False where the case does not say enough."""
    cost, solves, found_out = payment.cost_of_effort, payment.solves_with_chance, payment.found_out_with_chance
    if patience is None or cost is None or solves is None or found_out is None:
        return False
    afterwards = (payment.after_success or Fraction(0)) / (1 - patience)
    effort = (payment.amount - cost + patience * solves * afterwards) / (1 - patience * (1 - solves))
    return effort < payment.amount / (1 - patience * (1 - found_out))
