"""This module owns influence among parties, direct and through others, and who pulls with whom (MACTOR, Godet 1991).

Godet (1991), Actors' moves and strategies: the MACTOR method, Futures 23(6); Arcade, Godet, Meunier & Roubelat (2003).
Direct influence is a number a pair, row on column, 0 for none; the method uses 0 to 4. *Direct and indirect* influence
adds, over every third party, the weaker link of the way through it. The *competitiveness* of a party grows with what it
exerts and falls with what it is exposed to; the average is 1. Two variants are in use: here the influence that a party
has on itself through others is subtracted first; `back_on_itself` keeps it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

Matrix = Sequence[Sequence[Fraction]]


def direct_and_indirect(direct: Matrix) -> tuple[tuple[Fraction, ...], ...]:
    """Return each party's influence on each, itself included, direct and through one other.

    Parameters
    ----------
    direct : matrix of Fraction, shape (parties, parties)
        Influence of row on column, 0 or more; the diagonal is 0.
    """
    everybody = range(len(direct))
    return tuple(
        tuple(direct[a][b] + sum((min(direct[a][c], direct[c][b]) for c in everybody), Fraction(0)) for b in everybody)
        for a in everybody
    )


def exerted(whole: Matrix) -> tuple[Fraction, ...]:
    """Return how much influence each party has on the others (row sums without the diagonal)."""
    return tuple(sum(row, Fraction(0)) - row[party] for party, row in enumerate(whole))


def exposed(whole: Matrix) -> tuple[Fraction, ...]:
    """Return how much each party depends on the others (column sums without the diagonal)."""
    return exerted(tuple(zip(*whole, strict=True)))


def net(whole: Matrix) -> tuple[Fraction, ...]:
    """Return for each party what it exerts less what it is exposed to."""
    return tuple(out - in_ for out, in_ in zip(exerted(whole), exposed(whole), strict=True))


def competitiveness(direct: Matrix, *, back_on_itself: bool = False) -> tuple[Fraction, ...] | None:
    """Return each party's competitiveness R*, 1 on average; None where nobody has any.

    Parameters
    ----------
    direct : matrix of Fraction, shape (parties, parties)
        Influence of row on column; the diagonal is 0.
    back_on_itself : bool
        Whether the influence that a party has on itself through others counts for it.
    """
    whole = direct_and_indirect(direct)
    out, in_ = exerted(whole), exposed(whole)
    kept = [i if back_on_itself else i - whole[party][party] for party, i in enumerate(out)]
    raw = [k * i / (i + d) if i + d else Fraction(0) for k, i, d in zip(kept, out, in_, strict=True)]
    total = sum(raw, Fraction(0))
    return tuple(len(raw) * each / total for each in raw) if total else None


@dataclass(frozen=True, slots=True)
class Pull:
    """How far two parties pull the same way and opposite ways, over all objectives."""

    together: Fraction
    apart: Fraction


def pull(stakes: Matrix, one: int, other: int) -> Pull:
    """Return convergence and divergence: half the sum of both stakes, on objectives with equal and unequal signs.

    Parameters
    ----------
    stakes : matrix of Fraction, shape (parties, objectives)
        For (above 0), against (below 0) or indifferent: the signs alone (level 1), valued (level 2), or valued and
        multiplied by competitiveness (level 3).
    """
    together = apart = Fraction(0)
    for a, b in zip(stakes[one], stakes[other], strict=True):
        if a * b > 0:
            together += (abs(a) + abs(b)) / 2
        elif a * b < 0:
            apart += (abs(a) + abs(b)) / 2
    return Pull(together, apart)


def ambivalence(stakes: Matrix) -> tuple[Fraction | None, ...]:
    """Return how far each party is ambivalent: 0 where it only converges with each other party or only diverges from
    it, 1 where it does both as much with every one of them; None where it does neither with anybody.

    Parameters
    ----------
    stakes : matrix of Fraction, shape (parties, objectives)
        At level 1, 2 or 3, as for `pull`.
    """
    found: list[Fraction | None] = []
    for party in range(len(stakes)):
        pulls = [pull(stakes, party, other) for other in range(len(stakes)) if other != party]
        whole = sum((each.together + each.apart for each in pulls), Fraction(0))
        uneven = sum((abs(each.together - each.apart) for each in pulls), Fraction(0))
        found.append(1 - uneven / whole if whole else None)
    return tuple(found)


def mobilised(stakes: Matrix) -> tuple[Fraction, ...]:
    """Return how strongly each party is mobilised: the sum of its stakes on all objectives, whatever their signs."""
    return tuple(sum(map(abs, row), Fraction(0)) for row in stakes)


def mobilising(stakes: Matrix) -> tuple[Fraction, ...]:
    """Return how strongly each objective mobilises: the sum of all parties' stakes on it, whatever their signs."""
    return mobilised(tuple(zip(*stakes, strict=True)))


def signs(stakes: Matrix) -> tuple[tuple[Fraction, ...], ...]:
    """Return stakes as level 1 has them: for, against or indifferent."""
    return tuple(tuple(Fraction((value > 0) - (value < 0)) for value in row) for row in stakes)


def scaled(stakes: Matrix, competitive: Sequence[Fraction]) -> tuple[tuple[Fraction, ...], ...]:
    """Return stakes as level 3 has them: multiplied by each party's competitiveness."""
    return tuple(tuple(r * value for value in row) for r, row in zip(competitive, stakes, strict=True))
