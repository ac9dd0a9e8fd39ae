"""This module owns the bargaining points of a list of outcomes (Nash 1950; Kalai & Smorodinsky 1975; Kalai 1977).

An outcome is what each party gains over having no agreement. Only outcomes that leave nobody below that count, and of
these only the efficient ones: none that another outcome beats for somebody and for nobody worsens. Every function
returns all outcomes that tie, the best of the first party first: which of them is taken is not for arithmetic to say.

References
----------
Nash (1950), The bargaining problem, Econometrica 18(2). Kalai & Smorodinsky (1975), Other solutions to Nash's
bargaining problem, Econometrica 43(3). Kalai (1977), Proportional solutions to bargaining situations, Econometrica
45(7). For lotteries over two parties' outcomes see `detente.bargaining.lotteries`.
"""

from collections.abc import Callable, Iterable
from fractions import Fraction
from math import prod
from typing import Any

Gains = tuple[Fraction, ...]
"""What each party gains, in party order."""


def efficient(outcomes: Iterable[Gains]) -> tuple[Gains, ...]:
    """Return the distinct outcomes that no other one dominates.

    One dominates another if it gives nobody less and somebody more.
    """
    distinct = sorted(set(outcomes), reverse=True)
    kept: list[Gains] = []  # whatever dominates an outcome stands before it
    for outcome in distinct:
        if not any(all(a >= b for a, b in zip(other, outcome, strict=True)) for other in kept):
            kept.append(outcome)
    return tuple(kept)


def acceptable(outcomes: Iterable[Gains]) -> tuple[Gains, ...]:
    """Return the efficient outcomes that leave nobody below no agreement."""
    return efficient(outcome for outcome in outcomes if all(gain >= 0 for gain in outcome))


def ideal(outcomes: Iterable[Gains]) -> Gains:
    """Return the most that each party could gain for itself with nobody below no agreement; () if nothing does that."""
    found = acceptable(outcomes)
    return tuple(max(column) for column in zip(*found, strict=True))


def nash(outcomes: Iterable[Gains]) -> tuple[Gains, ...]:
    """Return the outcomes with the greatest product of gains (Nash 1950)."""
    return _greatest(acceptable(outcomes), prod)


def kalai_smorodinsky(outcomes: Iterable[Gains]) -> tuple[Gains, ...]:
    """Return the outcomes whose least gain, as a share of each party's ideal, is greatest (Kalai & Smorodinsky 1975).

    The paper's point lies where all shares are equal; among finitely many outcomes this is the nearest to it. A party
    that cannot gain anything has no share.
    """
    found = acceptable(outcomes)
    best = ideal(found)
    return _greatest(found, lambda gains: min((g / b for g, b in zip(gains, best, strict=True) if b), default=0))


def egalitarian(outcomes: Iterable[Gains]) -> tuple[Gains, ...]:
    """Return the outcomes whose least gain is greatest (Kalai 1977, gains in one unit)."""
    return _greatest(acceptable(outcomes), min)


def leximin(outcomes: Iterable[Gains]) -> tuple[Gains, ...]:
    """Return the outcomes best for whoever gains least, then for whoever gains second least, and so on."""
    return _greatest(acceptable(outcomes), sorted)


def utilitarian(outcomes: Iterable[Gains]) -> tuple[Gains, ...]:
    """Return the outcomes with the greatest sum of gains (in one unit)."""
    return _greatest(acceptable(outcomes), sum)


def _greatest(outcomes: tuple[Gains, ...], worth: Callable[[Gains], Any]) -> tuple[Gains, ...]:
    values = [worth(outcome) for outcome in outcomes]
    best = max(values, default=None)
    return tuple(outcome for outcome, value in zip(outcomes, values, strict=True) if value == best)
