"""This module owns the check of exchanges at equal gains, straight from their definition (Stokman & Van Oosten 1994).

Two parties on opposite sides of the outcomes of two issues each give way on the one about which they care relatively
less. What a party gains is its salience times the distance that the outcome comes nearer. Both gain the same if each
outcome's shift, times the sum of their saliences there, is the same. They go as far as they can: nobody moves past its
partner's position, and no outcome past what the partner wants.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from typing import Any

from detente.verification.compromises import ZERO, Graded, Told
from detente.verification.packages import differing

Key = tuple[str, str, str, str]
"""Who gives way on which issue, and who on which other one in return."""
MOST_IN_TURN = 2_000


@dataclass(frozen=True, slots=True)
class Swap:
    """An exchange: both concessions as (party, issue, from, to, outcome from, outcome to), and what each gains."""

    key: Key
    concessions: tuple[tuple[str, str, Fraction, Fraction, Fraction, Fraction], ...]
    gain: Fraction


class Market:
    """Where parties stand on decided issues, and what they can exchange.

    Parameters
    ----------
    issues : sequence of Graded
        Each has an outcome.
    parties : sequence of str
        In the order of the case.
    """

    def __init__(self, issues: Sequence[Graded], parties: Sequence[str]) -> None:
        self.issues = {issue.id: issue for issue in issues}
        self.parties = [id for id in parties if any(id in issue.positions for issue in issues)]
        self.whole = {issue.id: sum(map(issue.weight, issue.positions), ZERO) for issue in issues}
        self.start = {id: dict(issue.positions) for id, issue in self.issues.items()}

    @cached_property
    def candidates(self) -> list[tuple[str, str, str, str]]:
        """Two issues and two parties that stand on opposite sides of both outcomes."""

        def apart(issue: Graded, one: str, other: str) -> bool:
            if one not in issue.positions or other not in issue.positions or issue.outcome is None:
                return False
            return (issue.positions[one] - issue.outcome) * (issue.positions[other] - issue.outcome) < 0

        return [
            (p.id, q.id, one, other)
            for p, q in combinations(self.issues.values(), 2)
            for one, other in combinations(self.parties, 2)
            if apart(p, one, other) and apart(q, one, other)
        ]

    @cached_property
    def keys(self) -> list[Key]:
        """Who would give way on which issue, of those who weigh two issues differently; in the order of candidates."""
        keys = []
        for p, q, one, other in self.candidates:
            cares = self.issues[p].salience, self.issues[q].salience
            lead = cares[0][one] * cares[1][other] - cares[0][other] * cares[1][one]
            if lead:  # whoever cares relatively more about the first issue gives way on the second
                keys.append((one, q, other, p) if lead > 0 else (other, q, one, p))
        return keys

    def outcome(self, issue: str, now: Mapping[str, Mapping[str, Fraction]]) -> Fraction:
        """Return the compromise for where the parties stand by now."""
        graded = self.issues[issue]
        return sum((graded.weight(id) * place for id, place in now[issue].items()), ZERO) / self.whole[issue]

    def swap(self, key: Key, now: Mapping[str, Mapping[str, Fraction]]) -> Swap | None:
        """Return the exchange of two parties from where all stand by now; None where an outcome cannot be shifted."""
        one, q, other, p = key
        shifts, cares = [], []
        for giver, issue, taker in ((one, q, other), (other, p, one)):
            graded = self.issues[issue]
            want, here, at = graded.positions[taker], now[issue][giver], self.outcome(issue, now)
            by_moving = (want - here) * graded.weight(giver) / self.whole[issue]
            if by_moving * (want - at) <= 0:
                return None
            shifts.append(min(by_moving, want - at, key=abs))
            cares.append(graded.salience[giver] + graded.salience[taker])
        traded = min(abs(shift) * care for shift, care in zip(shifts, cares, strict=True))
        if not traded:
            return None
        concessions = []
        for (giver, issue), shift, care in zip(((one, q), (other, p)), shifts, cares, strict=True):
            by = (traded if shift > 0 else -traded) / care
            here, at, graded = now[issue][giver], self.outcome(issue, now), self.issues[issue]
            concessions.append((giver, issue, here, here + by * self.whole[issue] / graded.weight(giver), at, at + by))
        gain = traded / cares[1] * self.issues[p].salience[one] - traded / cares[0] * self.issues[q].salience[one]
        return Swap(key, tuple(concessions), gain)

    @cached_property
    def swaps(self) -> list[Swap]:
        """Every exchange from where the parties stand, each taken alone, the best first."""
        found = [swap for key in self.keys if (swap := self.swap(key, self.start)) is not None]
        return sorted(found, key=lambda swap: -swap.gain)

    def effects(self, before: Mapping[str, Fraction], after: Mapping[str, Fraction]) -> dict[str, Fraction]:
        """Return what each party gains where outcomes go from some places to others."""
        return {
            id: sum(
                (
                    issue.salience[id] * (abs(issue.positions[id] - before[n]) - abs(issue.positions[id] - after[n]))
                    for n, issue in self.issues.items()
                    if n in after and id in issue.positions
                ),
                ZERO,
            )
            for id in self.parties
        }


def fault_in_listed(market: Market, told: Sequence[Told]) -> str:
    """Return what is wrong with the exchanges that are listed; "" if these are the best, each as it is."""
    for place, each in enumerate(told, 1):
        key = tuple(part for concession in each["concessions"] for part in (concession["party"], concession["issue"]))
        swap = next((swap for swap in market.swaps if key in (swap.key, swap.key[2:] + swap.key[:2])), None)
        if swap is None:
            return f"exchange {place} is none that there is"
        if fault := _fault_in_swap(market, swap, each, key == swap.key):
            return f"exchange {place}: {fault}"
    if len({str(each["concessions"]) for each in told}) < len(told):
        return "an exchange is listed twice"
    gains = [float(swap.gain) for swap in market.swaps[: len(told)]]
    return "" if [each["gain of each"] for each in told] == gains else "better ones are left out, or out of order"


def _fault_in_swap(market: Market, swap: Swap, told: Told, forward: bool) -> str:
    before = {issue: at for _, issue, _, _, at, _ in swap.concessions}
    after = {issue: at for _, issue, _, _, _, at in swap.concessions}
    effects = market.effects(before, after)
    keys = ("from", "to", "outcome from", "outcome to")
    concessions = swap.concessions if forward else swap.concessions[::-1]
    derived = {
        "concessions": [
            {"party": party, "issue": issue} | dict(zip(keys, map(float, figures), strict=True))
            for party, issue, *figures in concessions
        ],
        "gain of each": float(swap.gain),
        "effects": {id: float(effect) for id, effect in effects.items()},
        "all together": float(sum(effects.values(), ZERO)),
    }
    losers = {id: effects[id] for id in told["losers"] if id in effects}
    if set(told["losers"]) != {id for id, effect in effects.items() if effect < 0}:
        return f"those who lose are {', '.join(id for id, effect in effects.items() if effect < 0) or 'nobody'}"
    if list(losers.values()) != sorted(losers.values()) or len(losers) < len(told["losers"]):
        return "those who lose most do not stand first"
    return differing({key: told[key] for key in derived}, derived)


def in_turn(market: Market) -> dict[str, Any]:
    """Return where it leads if always the best exchange left is made next, in the form in which answers tell it.

    Each pair exchanges once at most, and nobody goes back on an issue; of equally good ones the first is made.
    """
    now = {issue: dict(places) for issue, places in market.start.items()}
    left, ways = list(market.keys), dict[tuple[str, str], bool]()
    made = tied = 0
    while True:
        found = [swap for key in left if (swap := market.swap(key, now)) is not None and _onward(swap, ways)]
        if not found:
            break
        gain = max(swap.gain for swap in found)
        best = [swap for swap in found if swap.gain == gain]
        made, tied = made + 1, tied + (len(best) > 1)
        left.remove(best[0].key)
        for party, issue, start, end, _, _ in best[0].concessions:
            now[issue][party] = end
            ways[party, issue] = end > start
    before = {id: market.outcome(id, market.start) for id in market.issues}
    after = {id: market.outcome(id, now) for id in market.issues}
    return {
        "made": made,
        "tied": tied,
        "outcomes": {id: float(outcome) for id, outcome in after.items()},
        "effects": {id: float(effect) for id, effect in market.effects(before, after).items()},
    }


def _onward(swap: Swap, ways: Mapping[tuple[str, str], bool]) -> bool:
    """Return whether nobody goes back on an issue on which it gave way."""
    return all(ways.get((party, issue), end > start) is (end > start) for party, issue, start, end, _, _ in
               swap.concessions)  # fmt: skip
