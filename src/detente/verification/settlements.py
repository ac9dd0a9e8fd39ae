"""This module owns the check of what two parties can settle on graded issues: Adjusted Winner and bargaining points.

A division by Adjusted Winner (Brams & Taylor 1996, ch. 4) is checked by what defines it: one issue at most is split,
both have as many points, and no other division is better for both. Everything between two positions can be settled, and
gains grow in proportion; so the frontier leads through issues going over to the first party one by one. The bargaining
points (Nash 1950; Kalai & Smorodinsky 1975; Kalai 1977) lie on it, with neither below the compromises.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from detente.model.case import Case
from detente.verification.compromises import ZERO, Graded, Told
from detente.verification.packages import differing

ONE = Fraction(1)
CLOSE = Fraction(1, 10**8)
"""How near a position from 0 to 100 that was printed as a decimal is to what it stands for."""
Pair = tuple[str, str]
Gains = tuple[Fraction, Fraction]


def two_of(case: Case, issues: Sequence[Graded]) -> Pair | None:
    """Return the only two who take part, else the only two of them who are counted; None where there are none."""
    taking = [id for id in case.party_ids if any(id in each.positions for each in issues)]
    chosen = taking if len(taking) == 2 else [id for id in taking if id in case.accommodate]
    return (chosen[0], chosen[1]) if len(chosen) == 2 else None


class Between:
    """What two parties can settle on the issues on which they stand apart."""

    def __init__(self, parties: Pair, issues: Sequence[Graded]) -> None:
        self.parties = parties
        one, other = parties
        self.issues = [
            each
            for each in issues
            if {one, other} <= set(each.positions) & set(each.salience) and each.positions[one] != each.positions[other]
        ]
        self.stakes = {
            party: [each.salience[party] * abs(each.positions[one] - each.positions[other]) for each in self.issues]
            for party in parties
        }
        self.asked = all(sum(stakes, ZERO) for stakes in self.stakes.values())
        self.decided = all(each.outcome is not None for each in self.issues)

    def points(self, party: str) -> list[Fraction]:
        """Return a party's 100 points, spread by what each issue is worth to it."""
        whole = sum(self.stakes[party], ZERO)
        return [100 * stake / whole for stake in self.stakes[party]]

    def gains(self, levels: Sequence[Fraction]) -> Gains:
        """Return what each gains over the compromises where issues are settled at some levels."""
        found = []
        for party in self.parties:
            gained = ZERO
            for each, level in zip(self.issues, levels, strict=True):
                here, outcome = each.positions[party], each.outcome or ZERO
                gained += each.salience[party] * (abs(here - outcome) - abs(here - level))
            found.append(gained)
        return found[0], found[1]

    @property
    def corners(self) -> list[Gains]:
        """The corners of the frontier, from the best for the second party to the best for the first.

        Issues go over to the first one by one, those first that bring it most for what they cost the second. What costs
        the second nothing has gone over before, and what brings the first nothing stays.
        """
        one, other = self.parties
        mine, theirs = self.stakes[one], self.stakes[other]
        free = [n for n, cost in enumerate(theirs) if not cost]
        traded = [n for n, cost in enumerate(theirs) if cost and mine[n]]
        traded.sort(key=lambda n: mine[n] / theirs[n], reverse=True)
        found = []
        for count in range(len(traded) + 1):
            gone = {*free, *traded[:count]}
            found.append(self.gains([e.positions[one if n in gone else other] for n, e in enumerate(self.issues)]))
        return found

    @property
    def frontier(self) -> list[Gains]:
        """The part of it on which neither is below the compromises, by its corners; empty where there is none."""
        corners = self.corners
        found = [corner for corner in corners if min(corner) >= 0]
        for a, b in pairwise(corners):
            for party in (0, 1):
                if a[party] * b[party] < 0:
                    cut = along(a, b, a[party] / (a[party] - b[party]))
                    found += [cut] if min(cut) >= 0 else []
        return sorted(set(found))


def along(a: Gains, b: Gains, part: Fraction) -> Gains:
    """Return the point a part of the way from one to another."""
    return a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])


def bargains(frontier: Sequence[Gains]) -> list[tuple[str, Gains]]:
    """Return what the bargaining points on a frontier bring, each under its name; none where it is empty."""
    if not frontier:
        return []
    tried = list(frontier)
    for a, b in pairwise(frontier):
        x, y = b[0] - a[0], b[1] - a[1]
        part = -(a[0] * y + a[1] * x) / (2 * x * y)  # where the product grows no more
        tried += [along(a, b, part)] if 0 < part < 1 else []
    ideal = frontier[-1][0], frontier[0][1]
    sums = [gains for gains in frontier if sum(gains) == max(map(sum, frontier))]
    return [
        ("Nash", max(tried, key=lambda gains: gains[0] * gains[1])),
        ("Kalai–Smorodinsky", _in_proportion(frontier, ideal)),
        ("egalitarian", _in_proportion(frontier, (ONE, ONE))),
        *(("utilitarian", gains) for gains in dict.fromkeys((sums[0], sums[-1]))),
    ]


def _in_proportion(frontier: Sequence[Gains], unit: Gains) -> Gains:
    """Return the point at which both gain as many units, or the end that is nearest to that."""
    lead = [gains[0] * unit[1] - gains[1] * unit[0] for gains in frontier]
    for (a, b), (before, after) in zip(pairwise(frontier), pairwise(lead), strict=True):
        if before < 0 <= after:
            return along(a, b, before / (before - after))
    return frontier[0] if lead[0] >= 0 else frontier[-1]


def fault_in_two(case: Case, issues: Sequence[Graded], told: Told | None) -> str:
    """Return what is wrong with what two parties are said to be able to settle; "" if nothing is."""
    parties = two_of(case, issues)
    between = None if parties is None else Between(parties, issues)
    if between is None or not between.asked:
        return "" if told is None else "there are no two parties that stand apart and say how much they care"
    if told is None or tuple(told["parties"]) != parties:
        return f"what {' and '.join(between.parties)} can settle is not told"
    return _fault_in_division(between, told["adjusted winner"]) or _fault_in_points(between, told["bargaining points"])


def _fault_in_division(between: Between, told: Told) -> str:
    one, other = between.parties
    points = between.points(one), between.points(other)
    items = told["issues"]
    if [each["issue"] for each in items] != [each.id for each in between.issues]:
        return f"they stand apart on {', '.join(each.id for each in between.issues)}"
    shares = [Fraction(each["share"]) for each in items]
    if any(not 0 <= share <= 1 for share in shares) or sum(0 < share < 1 for share in shares) > 1:
        return "more than one issue is split, or one by more than the whole"
    totals = (
        sum((share * mine for share, mine in zip(shares, points[0], strict=True)), ZERO),
        sum(((1 - share) * mine for share, mine in zip(shares, points[1], strict=True)), ZERO),
    )
    if totals[0] != totals[1]:
        return f"{one} has {float(totals[0]):g} points and {other} {float(totals[1]):g}"
    for x, gives in enumerate(shares):
        for y, takes in enumerate(shares):
            if gives > 0 and takes < 1 and points[0][x] * points[1][y] < points[0][y] * points[1][x]:
                return f"both would have more if {one} gave up {items[x]['issue']} for {items[y]['issue']}"
    levels = [share * e.positions[one] + (1 - share) * e.positions[other]
              for share, e in zip(shares, between.issues, strict=True)]  # fmt: skip
    derived: dict[str, Any] = {
        "issues": [
            {"issue": each.id, "points": {one: float(a), other: float(b)}, "share": str(share), "settled at": float(at)}
            for each, a, b, share, at in zip(between.issues, *points, shares, levels, strict=True)
        ],
        "share of": one,
        "points of each": float(totals[0]),
        "gains": _paired(between, between.gains(levels)) if between.decided else None,
        "weighed alike": _alike(between, shares, points),
    }
    return differing(told, derived)


def _paired(between: Between, gains: Gains) -> dict[str, float]:
    return dict(zip(between.parties, map(float, gains), strict=True))


def _alike(between: Between, shares: Sequence[Fraction], points: tuple[list[Fraction], list[Fraction]]) -> list[str]:
    """Return the issues of which another division brings both as much: weighed alike, and not all with one party."""

    def alike(x: int, y: int) -> bool:
        return points[0][x] * points[1][y] == points[0][y] * points[1][x]

    worth = [n for n in range(len(shares)) if points[0][n] + points[1][n]]
    for x in worth:
        group = [y for y in worth if alike(x, y)]
        if any(shares[a] > 0 and shares[b] < 1 for a in group for b in group if a != b):
            return [between.issues[n].id for n in group]
    return []


def _fault_in_points(between: Between, told: Sequence[Told]) -> str:
    """Check what each bargaining point brings, and that it is settled where that comes about."""
    right = bargains(between.frontier) if between.decided else []
    if [point["point"] for point in told] != [name for name, _ in right]:
        return f"the bargaining points are {', '.join(name for name, _ in right) or 'none'}"
    for point, (name, gains) in zip(told, right, strict=True):
        if fault := differing({"gains": point["gains"]}, {"gains": _paired(between, gains)}):
            return f"{name}: {fault}"
        if set(point["settled at"]) != {each.id for each in between.issues}:
            return f"{name} does not say where each issue is settled"
        levels = [Fraction(point["settled at"][each.id]) for each in between.issues]
        for each, level in zip(between.issues, levels, strict=True):
            ends = sorted(each.positions[party] for party in between.parties)
            if not ends[0] - CLOSE <= level <= ends[1] + CLOSE:
                return f"{name} settles {each.id} outside what the two want"
        if any(abs(a - b) > CLOSE for a, b in zip(between.gains(levels), gains, strict=True)):
            return f"{name} is settled where that does not come about"
    return ""
