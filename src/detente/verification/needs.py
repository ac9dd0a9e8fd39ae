"""This module owns the check of what `needs` prints: who depends on whom by how much, which threats to withhold are
credible, leverage, and the balanced split, told again from the case.

A party depends on a supplier by what it loses without it, or with its best substitute where that loses less. A threat
to withhold is credible if the best that the supplier can do while withholding, by staying or by one move of its own, is
at least as good for it, by its own preferences, as the best while giving; a bluff if not.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from detente.model.case import Case, Need
from detente.verification.findings import Finding, found
from detente.verification.packages import differing
from detente.verification.splits import Deals, fault_in_split, some_balanced
from detente.verification.stability import TooLongError
from detente.verification.worlds import Worlds

CREDIBLE, BLUFF, UNKNOWN = "credible", "bluff", "unknown"
NOT_FOUND = "there is a balanced split, and the answer says that none was found"
Told = Mapping[str, Any]


def check_needs(worlds: Worlds, data: Told) -> Iterator[Finding]:
    """Yield what is found of an answer of `needs`."""
    needs, told = worlds.case.needs, data["needs"]
    if len(told) != len(needs):
        yield Finding("the needs", "refused", f"the case lists {len(needs)}")
        return
    for place, (need, each) in enumerate(zip(needs, told, strict=True)):
        name = f"need {place + 1}"
        yield found(name, _fault_in_need, need, place, each)
        yield found(f"{name}: the threat to withhold", _fault_in_threat, worlds, need, each)
    yield found("leverage", _fault_in_leverage, worlds.case, data["leverage"])
    yield found("the balanced split", _fault_in_split, worlds.case, data["balanced split"], False)
    alone = data.get("balanced split without substitutes")
    if alone is not None or any(need.substitutes for need in needs):
        yield found("the balanced split without substitutes", _fault_in_split, worlds.case, alone, True)


def depends(need: Need) -> Fraction | None:
    """Return what a party loses without a supplier, even with the best substitute; None where the case does not say."""
    return None if need.loss_without is None else min([need.loss_without, *(s.loss for s in need.substitutes)])


def _fault_in_need(need: Need, place: int, told: Told) -> str:
    derived = {
        "party": need.party,
        "needs": need.needs,
        "from": need.sender,
        "loss without": as_told(need.loss_without),
        "substitutes": [{"from": each.sender, "loss": float(each.loss)} for each in need.substitutes],
        "dependence": as_told(depends(need)),
        "source": need.mark.source,
        "standing": need.mark.standing,
        "place": f"needs[{place}]",
    }
    return differing({key: told[key] for key in derived}, derived)


def as_told(amount: Fraction | None) -> float | None:
    """Return an amount as answers print it."""
    return None if amount is None else float(amount)


def _fault_in_threat(worlds: Worlds, need: Need, told: Told) -> str:
    given, threat = _threat(worlds, need)
    if told["threat to withhold"] == UNKNOWN and told["given today"] is None and given is not None:
        raise TooLongError(f"the threat is {threat}, and the answer says that this is not known")
    derived = {"given today": given, "threat to withhold": threat}
    return differing({key: told[key] for key in derived}, derived)


def _threat(worlds: Worlds, need: Need) -> tuple[bool | None, str]:
    """Return whether a need is given today, and what a threat to withhold it is worth."""
    world = worlds.judge("none").world
    if need.given_when is None or world.today is None:
        return None, UNKNOWN
    giving = world.reading(need.given_when.text, need.given_when.party)
    given = world.holds(giving, world.today)
    ends = {word: world.holds(giving, word) for word in (world.today, *world.moves(need.sender, world.today))}
    give = [world.worth(need.sender, word, own=True) for word, gives in ends.items() if gives]
    withhold = [world.worth(need.sender, word, own=True) for word, gives in ends.items() if not gives]
    if not give or not withhold:
        return given, CREDIBLE if withhold else BLUFF
    return given, CREDIBLE if max(withhold) >= max(give) else BLUFF


def _fault_in_leverage(case: Case, told: Sequence[Told]) -> str:
    """Check, for each two parties of which one needs the other, how much either depends on the other."""
    pairs = dict.fromkeys(
        tuple(sorted((need.party, need.sender), key=case.party_ids.index))
        for need in case.needs
        if need.party != need.sender
    )
    listed = [(each["of"], each["over"]) for each in told]
    if listed != list(pairs):
        return f"these are between {'; '.join(' and '.join(pair) for pair in pairs) or 'nobody'}"
    for each in told:
        one, other = each["of"], each["over"]
        derived = {"amount": as_told(total(case, other, one)), "against": as_told(total(case, one, other))}
        if fault := differing({key: each[key] for key in derived}, derived):
            return f"{one} and {other}: {fault}"
    return ""


def total(case: Case, party: str, on: str) -> Fraction | None:
    """Return how much one party depends on another over all needs; None where the case gives no figure for some."""
    amounts = [depends(need) for need in case.needs if (need.party, need.sender) == (party, on)]
    known = [amount for amount in amounts if amount is not None]
    return None if len(known) < len(amounts) else sum(known, Fraction(0))


def _fault_in_split(case: Case, told: Mapping[str, str] | None, alone: bool) -> str:
    """Check a split (`alone`: as if nobody had a substitute), or that there is none."""
    if not case.needs or any(need.loss_without is None for need in case.needs):
        return "" if told is None else "the case does not say what is lost without each need"
    deals = _deals(case, alone)
    if told is None:
        if some_balanced(deals):
            raise TooLongError(NOT_FOUND)
        return ""
    if set(told) != set(case.party_ids):
        return "it does not give each party's share"
    return fault_in_split({party: Fraction(share) for party, share in told.items()}, deals)


def _deals(case: Case, alone: bool) -> Deals:
    """Return what each deal is worth: the loss it saves, over all needs that it meets."""
    deals: dict[frozenset[str], Fraction] = {}
    for need in case.needs:
        loss = need.loss_without or Fraction(0)
        suppliers = [(need.sender, loss), *(() if alone else ((s.sender, loss - s.loss) for s in need.substitutes))]
        for supplier, worth in suppliers:
            if supplier != need.party and worth > 0:
                pair = frozenset((need.party, supplier))
                deals[pair] = deals.get(pair, Fraction(0)) + worth
    return deals
