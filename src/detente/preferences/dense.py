"""This module owns dense codes: one small integer a row, in the rows' lexicographic order, whatever their length."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.integer[Any]]
_FEWEST = 1 << 12  # a table of this many codes costs nothing
_PART = 1 << 16  # codes are looked up so many at a time, to stay in the processor's cache


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
    codes, bound = narrow_codes(columns, shape)
    return np.ascontiguousarray(np.broadcast_to(codes, shape), np.int64), bound


def narrow_codes(
    columns: Iterable[tuple[Any, int]], shape: tuple[int, ...]
) -> tuple[NDArray[np.signedinteger[Any]], int]:
    """Return what `lexicographic` does, in the smallest of int16, int32 and int64 that serves, and only broadcastable
    to the shape."""
    rows = int(np.prod(shape, dtype=np.int64))
    codes: NDArray[np.signedinteger[Any]] = np.zeros((), np.int16)
    bound = 1
    for column, size in columns:
        if bound * size > max(4 * rows, _FEWEST):
            codes, bound = _numbered(codes, bound)
        bound *= size
        codes = codes.astype(_kind(bound), copy=False) * size + column if bound > size else np.asarray(column)
    codes, bound = _numbered(codes, bound)
    return codes, bound if rows else 0


def without_gaps(codes: NDArray[np.integer[Any]], bound: int) -> tuple[NDArray[np.int64], int]:
    """Number codes below `bound` anew, in the same order and without gaps; return how many there are."""
    codes, bound = _numbered(codes, bound)
    return codes.astype(np.int64, copy=False), bound


def _numbered(codes: NDArray[np.integer[Any]], bound: int) -> tuple[NDArray[np.signedinteger[Any]], int]:
    if bound > 8 * codes.size + _FEWEST:
        distinct, anew = np.unique(codes, return_inverse=True)
        return anew.reshape(codes.shape).astype(_kind(distinct.size), copy=False), distinct.size
    present = np.zeros(bound, np.bool_)
    flat = codes.reshape(-1)
    for begin in range(0, flat.size, _PART):
        present[flat[begin : begin + _PART].astype(np.intp)] = True
    number = np.cumsum(present, dtype=np.int64)
    count = int(number[-1]) if bound else 0
    number = (number - 1).astype(_kind(count))
    anew = np.empty(flat.shape, number.dtype)
    for begin in range(0, flat.size, _PART):
        number.take(flat[begin : begin + _PART], out=anew[begin : begin + _PART], mode="clip")
    return anew.reshape(codes.shape), count


def _kind(bound: int) -> type[np.signedinteger[Any]]:
    """Return the smallest type for numbers below a bound; those of ranks leave room for two numbers above them."""
    return np.int16 if bound < (1 << 15) - 2 else np.int32 if bound < (1 << 31) - 2 else np.int64
