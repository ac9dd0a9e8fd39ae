"""This module owns dense codes: one small integer a row, in the rows' lexicographic order, whatever their length."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.integer[Any]]
_FEWEST = 1 << 12  # a table of this many codes costs nothing


def lexicographic(columns: Iterable[tuple[Any, int]], shape: tuple[int, ...]) -> tuple[NDArray[np.int64], int]:
    """Return one code a row such that codes compare as the rows do, the first column counting most.

    The codes are packed together as far as a table over them stays about as long as the rows, then numbered anew
    without gaps; so any number of columns fits, and nothing is sorted.

    Parameters
    ----------
    columns : iterable of (array of int or bool, int)
        Each column's values, from 0, broadcastable to `shape`, and how many values there can be.
    shape : tuple of int
        The shape of the rows (any number of axes).

    Returns
    -------
    codes : array of int64, shape `shape`
        Without gaps, from 0.
    count : int
        How many different codes there are.
    """
    rows = int(np.prod(shape, dtype=np.int64))
    codes: NDArray[np.int64] = np.zeros((), np.int64)
    bound = 1
    for column, size in columns:
        if bound * size > max(4 * rows, _FEWEST):
            codes, bound = without_gaps(codes, bound)
        codes = codes * size + column
        bound *= size
    codes, bound = without_gaps(codes, bound)
    return np.ascontiguousarray(np.broadcast_to(codes, shape)), bound if rows else 0


def without_gaps(codes: NDArray[np.int64], bound: int) -> tuple[NDArray[np.int64], int]:
    """Number codes below `bound` anew, in the same order and without gaps; return how many there are."""
    if bound > 8 * codes.size + _FEWEST:
        distinct, anew = np.unique(codes, return_inverse=True)
        return anew.reshape(codes.shape).astype(np.int64, copy=False), distinct.size
    present = np.zeros(bound, np.bool_)
    present[codes] = True
    number: NDArray[np.int64] = np.cumsum(present, dtype=np.int64)
    count = int(number[-1]) if bound else 0
    number -= 1
    return number[codes], count
