"""This module owns sets of states as arrays of one truth value a state."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.engine.interface import StateSet

Bools = NDArray[np.bool_]
Integers = NDArray[np.integer[Any]]


class Mask(StateSet):
    """A set of states; the state numbers are the array's positions.

    Parameters
    ----------
    array : array of bool, shape (states,)
        Which states are in the set; not to be changed afterwards.
    """

    __slots__ = ("array",)

    def __init__(self, array: Bools) -> None:
        self.array = array

    def __and__(self, other: StateSet) -> "Mask":
        return Mask(self.array & array_of(other))

    def __or__(self, other: StateSet) -> "Mask":
        return Mask(self.array | array_of(other))

    def __invert__(self) -> "Mask":
        return Mask(~self.array)

    def count(self) -> int:
        """Return how many states the set has."""
        return int(np.count_nonzero(self.array))

    def first(self, n: int | None = None) -> list[int]:
        """Return the first `n` states (all where None), in ascending order."""
        found: list[int] = np.flatnonzero(self.array)[:n].tolist()
        return found

    def __contains__(self, state: object) -> bool:
        return isinstance(state, (int, np.integer)) and bool(0 <= state < self.array.size and self.array[state])

    def __bool__(self) -> bool:
        return bool(self.array.any())

    def __repr__(self) -> str:
        shown = ", ".join(map(str, self.first(8)))
        return f"<{self.count()} states: {shown}{', ...' if self.count() > 8 else ''}>"


def array_of(states: StateSet) -> Bools:
    """Return the truth values of a set that an engine with listed states made."""
    if not isinstance(states, Mask):
        raise TypeError(f"the set belongs to another kind of game: {type(states).__name__}")
    return states.array
