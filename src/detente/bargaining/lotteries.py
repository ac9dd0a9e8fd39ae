"""This module owns the bargaining points of two parties that may also agree on lotteries (Nash 1950, on convex sets).

With lotteries, or with anything else that mixes outcomes in proportion, two parties can reach every point under the
upper hull of their outcomes. Its corners are found by Andrew's monotone chain (1979); all points on it are exact.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from detente.bargaining.points import Gains, efficient


@dataclass(frozen=True, slots=True)
class Mixture:
    """A point on the frontier: what both gain, and the corners that are mixed, each with its weight."""

    gains: Gains
    mix: tuple[tuple[Gains, Fraction], ...]


def frontier(outcomes: Iterable[Gains]) -> tuple[Gains, ...]:
    """Return the corners of the efficient frontier, from the best for the second party to the best for the first.

    Parameters
    ----------
    outcomes : iterable of pairs of Fraction
        What each of the two parties gains.
    """
    corners: list[Gains] = []
    for outcome in sorted(efficient(outcomes)):
        while len(corners) > 1 and _turn(corners[-2], corners[-1], outcome) >= 0:
            corners.pop()
        corners.append(outcome)
    return tuple(corners)


def acceptable(corners: Sequence[Gains]) -> tuple[Mixture, ...]:
    """Return the part of a frontier on which neither party gains less than nothing, by its corners, in order."""
    found: dict[Gains, Mixture] = {}
    for corner in corners:
        if min(corner) >= 0:
            found.setdefault(corner, Mixture(corner, ((corner, Fraction(1)),)))
    for one, other in pairwise(corners):
        for party in (0, 1):
            if one[party] * other[party] < 0:
                cut = _between(one, other, one[party] / (one[party] - other[party]))
                if min(cut.gains) >= 0:
                    found.setdefault(cut.gains, cut)
    return tuple(sorted(found.values(), key=lambda point: point.gains))


def ideal(corners: Sequence[Gains]) -> Gains:
    """Return the most that each party could gain with the other not below nothing; () if there is no such point."""
    found = acceptable(corners)
    return (found[-1].gains[0], found[0].gains[1]) if found else ()


def nash(corners: Sequence[Gains]) -> Mixture | None:
    """Return the point with the greatest product of gains (Nash 1950); None if no point is acceptable to both."""
    points = list(acceptable(corners))
    for one, other in pairwise(points):
        (a, b), (x, y) = one.gains, (other.gains[0] - one.gains[0], other.gains[1] - one.gains[1])
        place = -(a * y + b * x) / (2 * x * y)  # where the product along this edge is greatest
        if 0 < place < 1:
            points.append(_mixed(one, other, place))
    return max(points, key=lambda point: point.gains[0] * point.gains[1], default=None)


def kalai_smorodinsky(corners: Sequence[Gains]) -> Mixture | None:
    """Return the point at which both gain the same share of their ideal (Kalai & Smorodinsky 1975)."""
    best = ideal(corners)
    return _in_proportion(acceptable(corners), best) if best else None


def egalitarian(corners: Sequence[Gains]) -> Mixture | None:
    """Return the point at which both gain the same, or nearest to it (Kalai 1977, gains in one unit)."""
    return _in_proportion(acceptable(corners), (Fraction(1), Fraction(1)))


def utilitarian(corners: Sequence[Gains]) -> tuple[Mixture, ...]:
    """Return the ends of the edge with the greatest sum of gains, or the one corner with it; () if none is acceptable.

    Every point between two ends has the same sum.
    """
    points = acceptable(corners)
    best = max((sum(point.gains) for point in points), default=None)
    return tuple(point for point in points if sum(point.gains) == best)


def _in_proportion(points: Sequence[Mixture], unit: Gains) -> Mixture | None:
    """Return the point where both gain as many units, else the end nearest to it: the one better for who has fewer."""
    if not points:
        return None
    lead = [point.gains[0] * unit[1] - point.gains[1] * unit[0] for point in points]  # of the first; it only grows
    if lead[0] >= 0:
        return points[0]
    for before, after, one, other in zip(lead, lead[1:], points, points[1:], strict=False):
        if after >= 0:
            return _mixed(one, other, before / (before - after))
    return points[-1]


def _between(one: Gains, other: Gains, place: Fraction) -> Mixture:
    gains = tuple(a + place * (b - a) for a, b in zip(one, other, strict=True))
    return Mixture(gains, tuple((corner, weight) for corner, weight in ((one, 1 - place), (other, place)) if weight))


def _mixed(one: Mixture, other: Mixture, place: Fraction) -> Mixture:
    weights: dict[Gains, Fraction] = {}
    for point, share in ((one, 1 - place), (other, place)):
        for corner, weight in point.mix:
            weights[corner] = weights.get(corner, Fraction(0)) + share * weight
    gains = tuple(a + place * (b - a) for a, b in zip(one.gains, other.gains, strict=True))
    return Mixture(gains, tuple((corner, weight) for corner, weight in weights.items() if weight))


def _turn(a: Gains, b: Gains, c: Gains) -> Fraction:
    """Return a number above 0 where the way from a over b to c turns left, 0 where it goes straight on."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
