"""This module owns the arrays of this package: their kinds, and how a frozen value holds them, read-only."""

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

UNLIMITED = float("inf")


def held(value: Any, **kinds: type) -> None:
    """Hold arrays of a frozen value as read-only arrays of the given kinds."""
    for name, kind in kinds.items():
        given = getattr(value, name)
        array: npt.NDArray[Any] = np.ascontiguousarray(given, dtype=kind)
        if array is given and array.flags.writeable:
            array = array.copy()
        array.flags.writeable = False
        object.__setattr__(value, name, array)


def nonnegative(values: Floats) -> bool:
    """Return whether all values are finite, 0 or more."""
    return bool(np.isfinite(values).all() and (values >= 0).all())
