"""This module owns the balanced split in an exchange network: what each party can expect of the one deal it makes.

Each edge is a deal worth something to split, each party makes at most one. In a *stable* outcome nobody gets less than
another deal would leave it; it is *balanced* if each pair splits what its deal adds to both sides' best other deals in
halves: Cook & Yamagishi 1992 (equidependence); Kleinberg & Tardos 2008; Easley & Kleinberg 2010, ch. 12.
"""

from collections.abc import Mapping
from fractions import Fraction
from functools import cache

Deals = Mapping[frozenset[int], Fraction]
MOST_PARTIES = 16
ROUNDS = 4_000
FINEST = 10_000  # shares are looked for among fractions with denominators up to this


def balanced(parties: int, deals: Deals) -> list[Fraction] | None:
    """Return what each party gets in a balanced outcome; None where there is none, or none was found.

    Parameters
    ----------
    parties : int
        How many there are; deals name them by index.
    deals : mapping from pair to Fraction
        What each possible deal is worth.

    Returns
    -------
    list of Fraction, shape (parties,), or None
        Checked exactly. There can be several balanced outcomes; this is the one that even splits lead to.
    """
    if parties > MOST_PARTIES:
        return None
    partner = best_matching(parties, deals)
    shares = [0.0] * parties
    for one, other in partner.items():
        shares[one] = float(deals[frozenset((one, other))]) / 2
    for _ in range(ROUNDS):
        wanted = {i: _fair(deals, partner, shares, i) for i in partner}
        change = max((abs(wanted[i] - shares[i]) for i in partner), default=0.0)
        for i in partner:
            shares[i] += (wanted[i] - shares[i]) / 2
        if change < 1e-13:
            break
    exact = [Fraction(share).limit_denominator(FINEST) for share in shares]
    return exact if is_balanced(exact, deals, partner) else None


def best_matching(parties: int, deals: Deals) -> dict[int, int]:
    """Return who deals with whom so that the deals are worth most together; the first such choice by index."""

    @cache
    def best(free: int) -> tuple[Fraction, tuple[tuple[int, int], ...]]:
        if not free:
            return Fraction(0), ()
        one = (free & -free).bit_length() - 1
        rest = free & ~(1 << one)
        found = [best(rest)]
        for other in range(one + 1, parties):
            worth = deals.get(frozenset((one, other)))
            if rest >> other & 1 and worth is not None and worth > 0:
                value, pairs = best(rest & ~(1 << other))
                found.append((value + worth, ((one, other), *pairs)))
        return max(found, key=lambda choice: (choice[0], len(choice[1])))

    pairs = best((1 << parties) - 1)[1]
    return {one: other for pair in pairs for one, other in (pair, pair[::-1])}


def _fair(deals: Deals, partner: Mapping[int, int], shares: list[float], party: int) -> float:
    """Return a party's best other deal, and half of what its own deal adds to both sides' best other deals."""
    other = partner[party]
    outside = [_outside(deals, partner, shares, i) for i in (party, other)]
    worth = float(deals[frozenset((party, other))])
    return outside[0] + (worth - outside[0] - outside[1]) / 2


def _outside(deals: Deals, partner: Mapping[int, int], shares: list[float], party: int) -> float:
    offers = [
        float(worth) - shares[next(iter(pair - {party}))]
        for pair, worth in deals.items()
        if party in pair and partner.get(party) not in pair
    ]
    return max([0.0, *offers])


def is_balanced(shares: list[Fraction], deals: Deals, partner: Mapping[int, int]) -> bool:
    """Check exactly whether shares are stable and balanced under a matching."""

    def outside(party: int) -> Fraction:
        offers = [w - shares[next(iter(pair - {party}))] for pair, w in deals.items()
                  if party in pair and partner.get(party) not in pair]  # fmt: skip
        return max([Fraction(0), *offers])

    for party, share in enumerate(shares):
        if share < outside(party):
            return False
        if party in partner:
            worth = deals[frozenset((party, partner[party]))]
            if share + shares[partner[party]] != worth:
                return False
            if share - outside(party) != shares[partner[party]] - outside(partner[party]):
                return False
        elif share != 0:
            return False
    return True
