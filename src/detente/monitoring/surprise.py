"""This module owns unannounced visits: when to come once, and how to patrol a line that one cannot cover.

References
----------
Diamond (1982), Minimax policies for unobservable inspections, Mathematics of Operations Research 7(1). Papadaki,
Alpern, Lidbetter & Morton (2016), Patrolling a border, Operations Research 64(6). (Results recalled, checked here
against linear programs on grids and over all walks.)
"""

from dataclasses import dataclass
from fractions import Fraction
from math import e, log

INTERIM_VALUE = 1 / e
"""How long a violation stays undetected on the mean, when both do their best (Diamond 1982).

It is a share of a period with one unannounced inspection in it, and a certain one at its end."""

LATEST = 1 - 1 / e
"""Up to which share of the period the unannounced inspection may come."""


@dataclass(frozen=True, slots=True)
class LinePatrol:
    """A patrol of places in a line against an attack that takes two periods.

    Parameters
    ----------
    value : Fraction
        The chance to be there during the attack, when both do their best.
    beats : tuple of pairs of places
        The patrol goes to and fro between the two places of one of these pairs, each with the same chance (alone in
        the one place, if the line is no longer).
    attacked : tuple of int
        The attacker takes one of these, each with the same chance: no patrol can reach two of them in time.
    """

    value: Fraction
    beats: tuple[tuple[int, ...], ...]
    attacked: tuple[int, ...]


def inspected_by(time: float) -> float:
    """Return the chance that the one unannounced inspection has come by a time, from 0 to 1: density 1 / (1 - t)."""
    return 0.0 if time <= 0 else 1.0 if time >= LATEST else -log(1 - time)


def violated_by(time: float) -> float:
    """Return the chance that the violation has begun by a time: at once with 1/e, by s with 1 / (e (1 - s))."""
    return 0.0 if time < 0 else 1.0 if time >= LATEST else 1 / (e * (1 - time))


def line_patrol(places: int) -> LinePatrol:
    """Return how to patrol places in a line, one step a period, if an attack takes two periods.

    The value is 1 / ceil(n / 2): a smallest set of neighbouring pairs that covers all places, and a largest set of
    places of which no two are neighbours, have the same size.
    """
    if places < 1:
        raise ValueError("a line has at least one place")
    beats: list[tuple[int, ...]] = [(place, place + 1) for place in range(0, places - 1, 2)]
    if places % 2:
        beats.append((places - 2, places - 1) if places > 1 else (0,))
    return LinePatrol(Fraction(1, (places + 1) // 2), tuple(beats), tuple(range(0, places, 2)))
