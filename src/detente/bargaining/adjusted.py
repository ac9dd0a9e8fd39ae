"""This module owns Adjusted Winner: dividing issues between two parties by points (Brams & Taylor 1996, ch. 4).

Each party spreads the same number of points over the items. Whoever gives an item more points gets it; then the one
ahead passes items to the other, those first that cost it least for what they bring, until both have as many points.
At most one item is split. The division is *equitable* (both have as many points), *envy-free* (each has at least half
of its own points) and *efficient* (no other division is better for one and no worse for the other).

Ties, stated: an item with equal points goes to whoever is behind when the others are given out, in the order of the
items, and to the first party where nobody is behind. Items that cost as much for what they bring are passed in the
order of the items. Another order gives other shares, and the same totals.

References
----------
Brams & Taylor (1996), Fair Division, ch. 4. Brams & Togman (1996), Conflict Management and Peace Science 15(1).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

Points = Sequence[Fraction]


@dataclass(frozen=True, slots=True)
class Division:
    """Who gets what.

    Parameters
    ----------
    shares : tuple of Fraction, shape (items,)
        The first party's share of each item; the second has the rest.
    totals : pair of Fraction
        What each party has in its own points: the same for both.
    before : pair of Fraction
        What each had before anything was passed.
    passed : tuple of (int, Fraction)
        The items passed, in order, each with the part of it that was passed.
    giver : int or None
        Who passed them: 0 or 1; None where nothing was passed.
    tied : tuple of int
        Items to which both give the same points: they went to whoever was behind.
    """

    shares: tuple[Fraction, ...]
    totals: tuple[Fraction, Fraction]
    before: tuple[Fraction, Fraction]
    passed: tuple[tuple[int, Fraction], ...]
    giver: int | None
    tied: tuple[int, ...]


def as_points(values: Points, total: int = 100) -> tuple[Fraction, ...] | None:
    """Return values as points that add up to a total; None where there is no value to spread."""
    sum_ = sum(values, Fraction(0))
    return None if sum_ == 0 else tuple(value * total / sum_ for value in values)


def adjusted_winner(first: Points, second: Points) -> Division:
    """Divide items between two parties.

    Parameters
    ----------
    first, second : sequences of Fraction, shape (items,)
        The points of each party, 0 or more, with the same sum above 0.

    Raises
    ------
    ValueError
        Where the points do not add up to the same.
    """
    points = (tuple(first), tuple(second))
    if sum(points[0]) != sum(points[1]) or sum(points[0]) <= 0:
        raise ValueError("both parties spread the same number of points, more than 0")
    tied = tuple(item for item, (a, b) in enumerate(zip(*points, strict=True)) if a == b)
    owners = _owners(points, tied)
    shares = [Fraction(1 - owner) for owner in owners]
    before = now = _totals(points, shares)
    giver = None if before[0] == before[1] else int(before[1] > before[0])
    passed: list[tuple[int, Fraction]] = []
    for item in [] if giver is None else _cheapest(points, giver, owners):
        if now[0] == now[1]:
            break
        part = min(Fraction(1), abs(now[0] - now[1]) / (points[0][item] + points[1][item]))
        shares[item] += part if giver else -part
        passed.append((item, part))
        now = _totals(points, shares)
    return Division(tuple(shares), now, before, tuple(passed), giver, tied)


def _owners(points: tuple[Points, Points], tied: Sequence[int]) -> list[int]:
    """Return who gets each item at first: whoever gives it more points, the tied ones whoever is behind."""
    owners = [int(b > a) for a, b in zip(*points, strict=True)]
    have = [sum((points[party][item] for item, owner in enumerate(owners) if owner == party and item not in tied),
                Fraction(0)) for party in (0, 1)]  # fmt: skip
    for item in tied:
        owners[item] = int(have[1] < have[0])
        have[owners[item]] += points[0][item]
    return owners


def _totals(points: tuple[Points, Points], shares: Sequence[Fraction]) -> tuple[Fraction, Fraction]:
    first = sum((a * share for a, share in zip(points[0], shares, strict=True)), Fraction(0))
    second = sum((b * (1 - share) for b, share in zip(points[1], shares, strict=True)), Fraction(0))
    return first, second


def _cheapest(points: tuple[Points, Points], giver: int, owners: Sequence[int]) -> list[int]:
    """Return the giver's items, those first that cost it least for what they bring; without those worth nothing.

    Its items are worth at least as much to it as to the other, so that it comes to the others last.
    """
    mine, theirs = points[giver], points[1 - giver]
    items = [item for item, owner in enumerate(owners) if owner == giver and mine[item] > 0]
    return sorted(items, key=lambda item: (theirs[item] == 0, mine[item] / (theirs[item] or 1)))
