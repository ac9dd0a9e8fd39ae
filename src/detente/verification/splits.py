"""This module owns the check of a balanced split in an exchange network: is this one balanced, and is there any.

Each party makes at most one deal. A split is *stable* if nobody gets less than another deal would leave it, and
*balanced* if partners gain the same over what each could have elsewhere (Cook & Yamagishi 1992; Kleinberg & Tardos
2008). A balanced split exists exactly where a stable one does, and that is where no fractional choice of deals is worth
more than the best choice of whole ones (Kleinberg & Tardos 2008, section 2; Shapley & Shubik 1972).
"""

from collections.abc import Mapping
from fractions import Fraction
from functools import cache

Deals = Mapping[frozenset[str], Fraction]
ZERO = Fraction(0)
MOST_TAKING = 14


def fault_in_split(told: Mapping[str, Fraction], deals: Deals) -> str:
    """Return what is wrong with a split of what deals are worth; "" if it is balanced.

    Parameters
    ----------
    told : mapping from party to Fraction
        What each party gets of the deal that it makes.
    deals : mapping from pair of parties to Fraction
        What each possible deal is worth.

    Raises
    ------
    OverflowError
        When too many parties take part to try every choice of deals.
    """
    if any(share < 0 for share in told.values()):
        return "somebody gets less than nothing"
    if sum(told.values(), ZERO) != best_worth(deals):
        return "the shares are not together what the best choice of deals is worth"
    for pair, worth in deals.items():
        if sum((told[party] for party in pair), ZERO) < worth:
            return f"{' and '.join(sorted(pair))} would both have more from a deal of their own"
    return "" if _paired(told, deals, frozenset(p for p in told if told[p] > 0)) else "partners do not gain the same"


def _paired(told: Mapping[str, Fraction], deals: Deals, left: frozenset[str]) -> bool:
    """Return whether those who get something can be paired so that each pair splits its deal evenly over its offers."""

    @cache
    def paired(left: frozenset[str], free: frozenset[str]) -> bool:
        if not left:
            return True
        one = min(left)
        return any(
            paired(left - {one, other}, free - {one, other})
            for other in free - {one}
            if _evenly(told, deals, one, other)
        )

    return paired(left, frozenset(told))


def _evenly(told: Mapping[str, Fraction], deals: Deals, one: str, other: str) -> bool:
    """Return whether two parties share their deal so that both gain the same over their best other deals."""
    if told[one] + told[other] != deals.get(frozenset((one, other))):
        return False
    return told[one] - _elsewhere(told, deals, one, other) == told[other] - _elsewhere(told, deals, other, one)


def _elsewhere(told: Mapping[str, Fraction], deals: Deals, party: str, partner: str) -> Fraction:
    """Return the most that other deals would leave a party if those others kept what they have."""
    offers = [worth - sum(told[p] for p in pair - {party}) for pair, worth in deals.items()
              if party in pair and partner not in pair]  # fmt: skip
    return max([ZERO, *offers])


def best_worth(deals: Deals) -> Fraction:
    """Return what the best choice of deals is worth, each party in one of them at most.

    Raises
    ------
    OverflowError
        When too many parties take part.
    """
    taking = frozenset().union(*deals) if deals else frozenset[str]()
    if len(taking) > MOST_TAKING:
        raise OverflowError

    @cache
    def worth(left: frozenset[str]) -> Fraction:
        if not left:
            return ZERO
        one = min(left)
        found = [worth(left - {one})]
        found += [deals[pair] + worth(left - pair) for pair in deals if one in pair and pair <= left]
        return max(found)

    return worth(taking)


def some_balanced(deals: Deals) -> bool:
    """Return whether there is any balanced split.

    The best fractional choice of deals is half the best assignment in which each party gives once and takes once.

    Raises
    ------
    OverflowError
        When too many parties take part.
    """
    taking = sorted(frozenset().union(*deals)) if deals else []
    whole = best_worth(deals)

    @cache
    def assigned(place: int, free: frozenset[str]) -> Fraction:
        if place == len(taking):
            return ZERO
        one = taking[place]
        found = [assigned(place + 1, free)]
        found += [
            deals[frozenset((one, other))] + assigned(place + 1, free - {other})
            for other in free
            if frozenset((one, other)) in deals and other != one
        ]
        return max(found)

    return assigned(0, frozenset(taking)) == 2 * whole
