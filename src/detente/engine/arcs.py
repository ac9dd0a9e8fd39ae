"""This module owns moves given one by one: pairs of states, grouped by where they start."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.engine.fibres import Fibres
from detente.engine.interface import Space
from detente.engine.listing import Listing
from detente.engine.memory import require

Pairs = NDArray[np.int64]  # shape (moves, 2): from, to


class Arcs:
    """The moves of one party.

    Parameters
    ----------
    pairs : array of int64, shape (moves, 2)
        From which state to which; repetitions and moves that lead nowhere are dropped.
    states : int
        How many states there are.
    """

    def __init__(self, pairs: Pairs, states: int) -> None:
        code = np.unique(pairs[:, 0] * states + pairs[:, 1])
        source, target = code // max(states, 1), code % max(states, 1)
        moving = source != target
        self.source, self.target, self.states = source[moving], target[moving], states
        # The states that can be left, and where their moves begin.
        self.left, self.start = np.unique(self.source, return_index=True)

    def where(self, kept: NDArray[np.bool_]) -> "Arcs":
        """Return only some of the moves."""
        return Arcs(np.stack([self.source[kept], self.target[kept]], axis=1), self.states)

    def over(self, ufunc: np.ufunc, values: NDArray[Any], without: Any) -> NDArray[Any]:
        """Combine one value a move over the moves from each state; `without` where there is none."""
        found = np.full((self.states, *values.shape[1:]), without, values.dtype)
        if self.left.size:
            found[self.left] = ufunc.reduceat(values, self.start, axis=0)
        return found


def by_options(space: Space, listing: Listing, party: int) -> Pairs:
    """Return every move that a party's options give it between listed states."""
    rank = np.zeros(listing.count, np.int64)
    fibres = Fibres(space, listing.columns, party, rank, top=1)
    lengths = np.diff(fibres.start, append=fibres.member.size)[fibres.of]
    total = int(lengths.sum())
    require(48 * total, f"a list of {total:,} moves")
    source = np.repeat(np.arange(listing.count), lengths)
    step = np.arange(total) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return np.stack([source, fibres.member[fibres.start[fibres.of[source]] + step]], axis=1)


def given(space: Space, listing: Listing, pairs: Sequence[tuple[int, int]]) -> Pairs:
    """Return given moves between listed states; those from or to a state that is not feasible are dropped."""
    if space.listed is None:
        return np.array(pairs, np.int64).reshape(-1, 2)
    listed = space.listed
    place = np.array([_or_none(listing.position(values)) for values in listed], np.int64)
    moves = place[np.array(pairs, np.int64).reshape(-1, 2)] if len(listed) else np.zeros((0, 2), np.int64)
    return moves[(moves >= 0).all(axis=1)]


def _or_none(position: int | None) -> int:
    return -1 if position is None else position
