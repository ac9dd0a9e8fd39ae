"""This module owns what two parties can settle between them on graded issues: Adjusted Winner and bargaining points.

Every issue is settled somewhere between their positions. What a party gains grows in proportion, by its salience, as an
issue is settled nearer to its own; so mixing whole packages in proportion is settling issues in between.
"""

from dataclasses import dataclass
from fractions import Fraction

from detente.bargaining import lotteries
from detente.bargaining.adjusted import Division, adjusted_winner, as_points
from detente.bargaining.points import Gains
from detente.questions.graded import Graded


@dataclass(frozen=True)
class Point:
    """One way to settle all issues.

    Parameters
    ----------
    name : str
    gains : pair of Fraction
        What each gains over the compromise: salience times the distance saved.
    levels : tuple of Fraction, shape (issues,)
        Where each issue is settled.
    """

    name: str
    gains: Gains
    levels: tuple[Fraction, ...]


@dataclass(frozen=True)
class Between:
    """What two parties can settle.

    Parameters
    ----------
    parties : pair of str
    issues : tuple of Graded
        On which the two stand apart, and both say how much they care.
    points : pair of tuples of Fraction, shape (issues,)
        The points of each: salience times the distance between the two positions, 100 in all.
    division : Division
        Who gets what by Adjusted Winner; shares are the first party's.
    division_gains : pair of Fraction, or None
        What that brings each over the compromise; None where some compromise is not decided.
    bargains : tuple of Point
        The bargaining points; none where some compromise is not decided, or nothing is better for both.
    alike : tuple of int
        Issues of which another division brings both the same.
    """

    parties: tuple[str, str]
    issues: tuple[Graded, ...]
    points: tuple[tuple[Fraction, ...], tuple[Fraction, ...]]
    division: Division
    division_gains: Gains | None
    bargains: tuple[Point, ...]
    alike: tuple[int, ...]

    @property
    def levels(self) -> tuple[Fraction, ...]:
        """Where Adjusted Winner settles each issue."""
        return _levels(self.parties, self.issues, self.division.shares)


def between(parties: tuple[str, str], issues: tuple[Graded, ...]) -> Between | str:
    """Return what two parties can settle; a reason where there is nothing to divide."""
    one, other = parties
    both = [each for each in issues if one in each.positions and other in each.positions]
    apart = tuple(
        each
        for each in both
        if each.positions[one] != each.positions[other] and one in each.salience and other in each.salience
    )
    stakes = [tuple(each.salience[party] * _distance(each, parties) for each in apart) for party in parties]
    first, second = as_points(stakes[0]), as_points(stakes[1])
    if first is None or second is None:
        return "there is no issue on which they stand apart and for which both say how much they care"
    division = adjusted_winner(first, second)
    decided = all(each.compromise is not None for each in apart)
    gains = _gains(parties, apart, _levels(parties, apart, division.shares)) if decided else None
    bargains = _bargains(parties, apart) if decided else ()
    return Between(parties, apart, (first, second), division, gains, bargains, _alike(first, second, division))


def _distance(issue: Graded, parties: tuple[str, str]) -> Fraction:
    return abs(issue.positions[parties[0]] - issue.positions[parties[1]])


def _levels(parties: tuple[str, str], issues: tuple[Graded, ...], shares: tuple[Fraction, ...]) -> tuple[Fraction, ...]:
    """Return where issues are settled if the first party gets a share of each."""
    return tuple(
        share * each.positions[parties[0]] + (1 - share) * each.positions[parties[1]]
        for each, share in zip(issues, shares, strict=True)
    )


def _gains(parties: tuple[str, str], issues: tuple[Graded, ...], levels: tuple[Fraction, ...]) -> Gains:
    """Return what each party gains over the compromise where issues are settled at some levels."""
    return tuple(
        sum(
            (
                each.salience[party] * (each.distance(party) - abs(each.positions[party] - level))
                for each, level in zip(issues, levels, strict=True)
            ),
            Fraction(0),
        )
        for party in parties
    )


def _bargains(parties: tuple[str, str], issues: tuple[Graded, ...]) -> tuple[Point, ...]:
    """Return the bargaining points with the compromise as what happens without an agreement.

    The corners of the frontier give whole issues to the first party, those first for which it cares relatively more.
    """
    one, other = parties
    order = sorted(range(len(issues)), key=lambda n: _relative(issues[n], one, other), reverse=True)
    corners: dict[Gains, tuple[Fraction, ...]] = {}
    for count in range(len(issues) + 1):
        shares = tuple(Fraction(int(n in order[:count])) for n in range(len(issues)))
        levels = _levels(parties, issues, shares)
        corners.setdefault(_gains(parties, issues, levels), levels)
    hull = lotteries.frontier(corners)
    most = lotteries.utilitarian(hull)
    named = [
        ("Nash", lotteries.nash(hull)),
        ("Kalai–Smorodinsky", lotteries.kalai_smorodinsky(hull)),
        ("egalitarian", lotteries.egalitarian(hull)),
        *(("utilitarian", each) for each in most),
    ]
    return tuple(
        Point(name, found.gains, tuple(_mixed(column) for column in _columns(found, corners)))
        for name, found in named
        if found is not None
    )


def _relative(issue: Graded, one: str, other: str) -> tuple[bool, Fraction]:
    """Return how much more one party cares than the other; most where the other does not care at all."""
    nothing = issue.salience[other] == 0
    return nothing, issue.salience[one] / (1 if nothing else issue.salience[other])


Weighed = tuple[tuple[Fraction, Fraction], ...]


def _columns(found: lotteries.Mixture, corners: dict[Gains, tuple[Fraction, ...]]) -> list[Weighed]:
    """Return for each issue the levels that are mixed, each with its weight."""
    packages = [corners[corner] for corner, _ in found.mix]
    weights = [weight for _, weight in found.mix]
    return [tuple(zip(column, weights, strict=True)) for column in zip(*packages, strict=True)]


def _mixed(column: Weighed) -> Fraction:
    return sum((level * weight for level, weight in column), Fraction(0))


def _alike(first: tuple[Fraction, ...], second: tuple[Fraction, ...], division: Division) -> tuple[int, ...]:
    """Return the issues that could be divided among themselves in another way, with the same totals."""
    last = division.passed[-1][0] if division.passed else next(iter(division.tied), None)
    if last is None or (first[last] == 0 == second[last]):
        return ()
    same = [n for n in range(len(first)) if first[n] * second[last] == first[last] * second[n] and first[n] + second[n]]
    return tuple(same) if len(same) > 1 else ()
