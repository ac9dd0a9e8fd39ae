"""This module owns merged states: which listed states stand as one, and what such a state's values are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.engine.listing import Listing

Values = tuple[int | None, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Merging:
    """The states of a game in which some of the listed states stand as one.

    Parameters
    ----------
    listing : Listing
        The states before merging, *members* below.
    of : array of int64, shape (members,)
        To which state each member belongs; states are ordered by their first members.
    count : int
        How many states there are.
    order, start : arrays of int64, shapes (members,) and (states + 1,)
        The members of state s are ``order[start[s]:start[s + 1]]``.
    patterns : mapping from state to pattern
        What the members of each merged state have in common by definition.
    """

    listing: Listing
    of: NDArray[np.int64]
    count: int
    order: NDArray[np.int64]
    start: NDArray[np.int64]
    patterns: Mapping[int, Mapping[int, int]]

    def members(self, state: int) -> NDArray[np.int64]:
        """Return the listed states that a state stands for."""
        return self.order[self.start[state] : self.start[state + 1]]

    def values(self, state: int) -> Values:
        """Return a state's levels; of a merged state those of its pattern, and None for every other option."""
        pattern = self.patterns.get(state)
        if pattern is not None:
            return tuple(pattern.get(option) for option in range(len(self.listing.columns)))
        member = self.members(state)[0]
        return tuple(int(column[member]) for column in self.listing.columns)

    def every(self, truth: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return for which states something is true of all members."""
        return np.logical_and.reduceat(truth[self.order], self.start[:-1]) if self.count else np.zeros(0, np.bool_)

    def some(self, truth: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return for which states something is true of a member."""
        return ~self.every(~truth)


def merge(listing: Listing, merged: Sequence[Mapping[int, int]]) -> Merging:
    """Join all listed states that match one of the patterns, pattern by pattern.

    Parameters
    ----------
    listing : Listing
        The states.
    merged : sequence of mappings from option to level
        One for each group of states that stand as one.
    """
    first = np.arange(listing.count)
    named: dict[int, Mapping[int, int]] = {}
    for pattern in merged:
        match = np.ones(listing.count, np.bool_)
        for option, level in pattern.items():
            match &= listing.columns[option] == level
        if match.any():
            first[match] = first[match].min()
            named[int(first[match][0])] = pattern
    kept, of = np.unique(first, return_inverse=True)
    order = np.argsort(of, kind="stable")
    start = np.concatenate([[0], np.cumsum(np.bincount(of, minlength=kept.size))]).astype(np.int64)
    patterns = {int(of[member]): pattern for member, pattern in named.items()}
    return Merging(listing, of.astype(np.int64), int(kept.size), order.astype(np.int64), start, patterns)
