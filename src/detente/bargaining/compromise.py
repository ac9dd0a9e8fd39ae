"""This module owns the compromise on a graded issue: the mean and the median of positions, by clout times salience.

The weighted mean is the compromise model of Van den Bos (1991) and of Stokman & Van Oosten (1994), and approximates the
Nash bargaining solution; the weighted median is the position that wins every pairwise vote (Black 1948).
"""

from collections.abc import Sequence
from fractions import Fraction


def mean(positions: Sequence[Fraction], weights: Sequence[Fraction]) -> Fraction | None:
    """Return the weighted mean; None where nobody has any weight.

    Parameters
    ----------
    positions, weights : sequences of Fraction, shape (parties,)
        Where each party stands; its clout times its salience, 0 or more.
    """
    total = sum(weights, Fraction(0))
    if total == 0:
        return None
    return sum((x * w for x, w in zip(positions, weights, strict=True)), Fraction(0)) / total


def median(positions: Sequence[Fraction], weights: Sequence[Fraction]) -> tuple[Fraction, Fraction] | None:
    """Return the positions between which half of the weight stands on either side; None where nobody has any.

    The two are the same position, unless exactly half of the weight stands at or below the first.
    """
    half = sum(weights, Fraction(0)) / 2
    if half == 0:
        return None
    below, first = Fraction(0), None
    for position, weight in sorted(zip(positions, weights, strict=True)):
        below += weight
        if weight == 0:
            continue
        if first is not None:
            return first, position
        if below > half:
            return position, position
        if below == half:
            first = position
    raise AssertionError("half of the weight stands below the last position")
