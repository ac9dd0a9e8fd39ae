"""This module owns the check of what `trades` prints: compromises, exchanges and what two can settle, told again from
the case's graded issues.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from detente.verification.compromises import fault_in_issue, issues_as_told
from detente.verification.findings import Finding, found
from detente.verification.packages import differing
from detente.verification.settlements import fault_in_two
from detente.verification.swaps import MOST_IN_TURN, Market, fault_in_listed, in_turn
from detente.verification.worlds import Worlds

SHOWN = 5
EVERYBODY, PARTNERS = "everybody", "partners"


def check_trades(worlds: Worlds, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield what is found of an answer of `trades`."""
    case, told = worlds.case, data["exchanges"]
    issues = issues_as_told(case, data["issues"])
    if isinstance(issues, str):
        yield Finding("the issues", "refused", issues)
        return
    for issue, graded, each in zip(case.issues, issues, data["issues"], strict=True):
        yield found(f"issue {issue.id}", fault_in_issue, issue, graded, each)
    market = Market([issue for issue in issues if issue.outcome is not None], case.party_ids)
    derived = {"candidates": len(market.candidates), "open": len(market.swaps)}
    why = differing({key: told[key] for key in derived}, derived)
    yield Finding("how many exchanges there are", "refused" if why else "accepted", why)
    yield found("the exchanges", fault_in_listed, market, told["listed"])
    if len(told["listed"]) < min(SHOWN, len(market.swaps)):
        yield Finding("the other exchanges", "unchecked", "the answer does not say how many were asked for")
    yield from _turns(market, told["in turn"])
    yield found("what two can settle", fault_in_two, case, issues, data["two parties"])
    why = _fault_in_reasons(market, data)
    yield Finding("what cannot be asked", "refused" if why else "accepted", why)


def _turns(market: Market, told: Mapping[str, Any] | None) -> Iterator[Finding]:
    name = "exchanges in turn"
    if told is None:
        if market.swaps and len(market.candidates) <= MOST_IN_TURN:
            yield Finding(name, "unchecked", "these were not asked for")
    elif not market.swaps:
        yield Finding(name, "refused", "there is no exchange")
    elif told["known to"] == PARTNERS:
        yield Finding(name, "unchecked", "exchanges of which only partners know are not followed again")
    else:
        yield found(name, lambda: differing(told, {"known to": EVERYBODY} | in_turn(market)))


def _fault_in_reasons(market: Market, data: Mapping[str, Any]) -> str:
    """Check that a reason is given for just what is not told; that all count alike may have a reason too."""
    right = set()
    if not data["issues"]:
        right |= {"compromise"}
    if not market.swaps:
        right |= {"exchange"}
    elif data["exchanges"]["in turn"] is None and len(market.candidates) > MOST_IN_TURN:
        right |= {"exchanges in turn"}
    if data["two parties"] is None:
        right |= {"two parties"}
    told = set(data["not applicable"])
    if fault := sorted((told - {"influence"}) ^ right):
        return f"{fault[0]!r} is {'told' if fault[0] in right else 'not told'} otherwise"
    return ""
