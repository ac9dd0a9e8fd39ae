"""This module owns what can be chosen and how things are ordered, at a cost: subsets, splits, swaps of neighbours."""

from collections.abc import Iterator, Sequence
from itertools import combinations


def shares(total: int, number: int) -> Iterator[tuple[int, ...]]:
    """Yield the ways to split a cost between some parties."""
    if number == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in shares(total - first, number - 1):
            yield (first, *rest)


def chosen(items: Sequence[int], most: int, each: int) -> Iterator[tuple[int, ...]]:
    """Yield the subsets of items that together cost at most so much, the smallest first."""
    for number in range(min(len(items), most // each) + 1):
        yield from combinations(items, number)


def reordered(size: int, swaps: int) -> Iterator[tuple[int, ...]]:
    """Yield the orders of `size` things that take exactly `swaps` swaps of neighbours, and no fewer."""

    def placed(left: tuple[int, ...], swaps: int) -> Iterator[tuple[int, ...]]:
        if not left:
            if swaps == 0:
                yield ()
            return
        rest = len(left) - 1
        for place in range(min(rest, swaps) + 1):
            if swaps - place <= rest * (rest - 1) // 2:
                for order in placed(left[:place] + left[place + 1 :], swaps - place):
                    yield (left[place], *order)

    return placed(tuple(range(size)), swaps)


def swaps_between(before: Sequence[int], after: Sequence[int]) -> Iterator[int]:
    """Yield at which places neighbours are swapped, one after the other, to get from one order to another."""
    now = list(before)
    for place, item in enumerate(after):
        for at in range(now.index(item) - 1, place - 1, -1):
            now[at], now[at + 1] = now[at + 1], now[at]
            yield at
