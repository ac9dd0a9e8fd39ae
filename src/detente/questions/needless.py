"""This module owns which of a party's concerns decide nothing, because those above it already do, or those below."""

from collections.abc import Callable, Iterator
from math import isqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.preferences.dense import without_gaps

Bools = NDArray[np.bool_]
Codes = NDArray[np.int64]


def needless(truth: Callable[[int], Bools], concerns: int, states: int) -> set[int]:
    """Return the places of the concerns without each of which the states would be in the same order.

    Two states that differ on a concern, and on none above it, are ordered by it. So it decides nothing if wherever
    states agree above it, those in which it holds are better by the concerns below it than those in which it does not.

    Every concern is evaluated three times, and a number of arrays of the order of the root of their number is kept.

    Parameters
    ----------
    truth : callable
        In which states the concern at a place, from 0, the most important first, holds.
    concerns, states : int
        How many there are.
    """
    block = max(isqrt(concerns), 1)
    below = _kept_orders(truth, concerns, states, block)
    found: set[int] = set()
    above: Codes = np.zeros(states, np.int64)  # states that agree on all concerns above have one code
    kinds = 1
    for start in range(0, concerns, block):
        places = range(start, min(start + block, concerns))
        truths = [truth(place) for place in places]
        orders = [*_orders(truths, below[places.stop])][::-1]
        for place, holds, order in zip(places, truths, [*orders[1:], below[places.stop]], strict=True):
            split, split_kinds = without_gaps(above * 2 + holds, kinds * 2)
            if split_kinds == kinds or _decided(above, kinds, holds, order):
                found.add(place)
            above, kinds = split, split_kinds
            if kinds == states:  # nothing is left to decide
                return found | set(range(place + 1, concerns))
    return found


def _kept_orders(truth: Callable[[int], Bools], concerns: int, states: int, block: int) -> dict[int, Codes]:
    """Return the order of the states by the concerns from a place on, for the first place of every block."""
    order: Codes = np.zeros(states, np.int64)
    kept = {concerns: order}
    for place in reversed(range(concerns)):
        order = next(_orders([truth(place)], order))
        if place % block == 0:
            kept[place] = order
    return kept


def _orders(truths: list[Bools], order: Codes) -> Iterator[Codes]:
    """Yield the order by the last concern and those below it, then by the last two, and so on."""
    for holds in reversed(truths):
        count = int(order.max(initial=0)) + 1
        order = without_gaps(holds * np.int64(count) + order, 2 * count)[0]
        yield order


def _decided(above: Codes, kinds: int, holds: Bools, below: Codes) -> bool:
    """Return whether, among states that agree above, those where a concern holds are better below than the others."""
    best_without: NDArray[Any] = np.full(kinds, -1, np.int64)
    np.maximum.at(best_without, above[~holds], below[~holds])
    return bool((below[holds] > best_without[above[holds]]).all())
