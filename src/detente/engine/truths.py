"""This module owns where many statements hold in a large cube: eight a byte, one slab of neighbours at a time.

A slab fits the processor's cache. Within it the options of the first axes are constant, and what is said about the
other options only is worked out once for all slabs.
"""

from collections.abc import Callable, Mapping, Sequence
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.model.statements import Tree, holds, options_in

SLAB = 1 << 16  # places
BYTE = 8  # statements
COLUMN = 14  # statements: that many digits leave room for two numbers more in 16 bits
Column = NDArray[np.int16]


def packed(
    statements: Sequence[Tree], levels: Mapping[int, NDArray[Any]], shape: tuple[int, ...]
) -> list[tuple[Column, int]]:
    """Return columns of small numbers that compare, one after the other, as the statements' truths do.

    Parameters
    ----------
    statements : sequence of Tree
        The most important first.
    levels : mapping from option to array of int
        The level of every option that the statements mention, with one axis for each of `shape`, broadcastable to it.
    shape : tuple of int
        The cube's.

    Returns
    -------
    list of pairs (array of int16, shape (places,); int)
        Each column, and how many values there can be; fit for `detente.preferences.dense.narrow_codes`.
    """
    split = outer_axes(shape, SLAB)
    width = prod(shape[split:])
    said = {
        option: levels[option].reshape(levels[option].shape or (1,) * len(shape))  # a defined option may be constant
        for statement in statements
        for option in options_in(statement)
    }
    within = {
        option: np.broadcast_to(array[(0,) * split], shape[split:]).ravel()
        for option, array in said.items()
        if prod(array.shape[:split]) == 1
    }
    known = [
        np.asarray(holds(statement, within.__getitem__)) if within.keys() >= set(options_in(statement)) else None
        for statement in statements
    ]
    groups = [range(first, min(first + COLUMN, len(statements))) for first in range(0, len(statements), COLUMN)]
    columns = [np.zeros(prod(shape), np.int16) for _ in groups]
    byte = np.empty(width, np.uint8)
    for number, spot in enumerate(np.ndindex(shape[:split])):
        level = _levels(said, within, spot, shape[split:])
        for column, group in zip(columns, groups, strict=True):
            part = column[number * width : (number + 1) * width]
            for first in range(group.start, group.stop, BYTE):
                byte[:] = 0
                few = group[first - group.start :][:BYTE]
                for place in few:
                    truth = known[place]
                    byte += byte
                    byte += np.asarray(holds(statements[place], level), np.bool_) if truth is None else truth
                part <<= len(few)
                part += byte
    return [(column, 1 << len(group)) for column, group in zip(columns, groups, strict=True)]


def outer_axes(shape: tuple[int, ...], most: int) -> int:
    """Return how many of the first axes to go along so that no more than so many places lie within."""
    split = len(shape)
    while split and prod(shape[split - 1 :]) <= most:
        split -= 1
    return split


def _levels(
    said: Mapping[int, NDArray[Any]], within: Mapping[int, NDArray[Any]], spot: tuple[int, ...], inner: tuple[int, ...]
) -> Callable[[int], Any]:
    """Return the lookup of levels in one slab."""

    def level(option: int) -> Any:
        if option in within:
            return within[option]
        array = said[option]
        here = array[tuple(index if size > 1 else 0 for index, size in zip(spot, array.shape, strict=False))]
        return here.ravel()[0] if here.size == 1 else np.broadcast_to(here, inner).ravel()

    return level
