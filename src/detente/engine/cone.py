"""This module owns improvements in a cube: what a party can improve to from a place, by sorting once and looking ahead.

The places that a party can move between by its own options are a *fibre*. Sorted by the party's rank, the places that
improve on one are those after its last equal, so the lowest label among them is a running minimum from the end.
"""

from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

SHORT = 1 << 16  # indices of smaller cubes are kept ready to use; those of larger ones packed


class Fibred(Protocol):
    """What is needed of a party's axes."""

    def settings(self) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
        """Return pairs (own settings, what each of them can become)."""

    def fibres(self) -> NDArray[np.int64]:
        """Return the places, shape (others' settings, own settings)."""


class Sorted:
    """A party's fibres in the order of its ranks.

    Parameters
    ----------
    block : Fibred
        The party's fibres; settings with the same directed options share what they can become.
    rank : array of int, shape (places,)
        The party's ranks; below 0 where there is no state.
    """

    def __init__(self, block: Fibred, rank: NDArray[Any]) -> None:
        fibres = block.fibres()
        index = np.intp if rank.size <= SHORT else np.int32
        self._cones = [_cone(fibres, rank, sources, targets, index) for sources, targets in block.settings()]

    def lowest(self, labels: NDArray[Any], top: int) -> NDArray[Any]:
        """Return the lowest label among each place and those the party improves to from it.

        Parameters
        ----------
        labels : array of int, shape (places, columns)
            Any number of labels a place.
        top : int
            Above every label.
        """
        found = np.empty_like(labels)
        for sources, order, after in self._cones:
            length, width = order.shape
            ahead = np.empty((length + 1, width, labels.shape[1]), labels.dtype)
            np.take(labels, order, axis=0, out=ahead[:length], mode="clip")
            ahead[length] = top  # after the last there is nothing
            _running_minimum(ahead)
            lower = ahead.reshape(-1, labels.shape[1]).take(after, axis=0)
            if sources is None:
                np.minimum(labels, lower, out=found)
            else:
                found[sources] = np.minimum(labels[sources], lower)
        return found


def _running_minimum(ahead: NDArray[Any]) -> None:
    """Replace each row by the lowest of itself and all later ones."""
    if ahead[0].size < len(ahead):
        np.minimum.accumulate(ahead[::-1], axis=0, out=ahead[::-1])
        return
    for row in range(len(ahead) - 2, -1, -1):  # a hundred times faster than `accumulate` on long rows
        np.minimum(ahead[row], ahead[row + 1], out=ahead[row])


def _cone(
    fibres: NDArray[np.int64],
    rank: NDArray[Any],
    sources: NDArray[np.int64],
    targets: NDArray[np.int64],
    index: type[Any],
) -> tuple[NDArray[Any] | None, NDArray[Any], NDArray[Any]]:
    """Return the places that start here, what they can become in order of rank, and for each start what comes after.

    The starts are None where they are all places in their own order. What comes after is an index into the flattened
    order, with one more row than places for "nothing".
    """
    there = fibres[:, targets]
    width, length = there.shape
    packed = rank[there].astype(np.int64) * length + np.arange(length)
    packed.sort(axis=1)
    level, place = packed // length, packed % length
    end = np.full((width, length), length)
    end[:, :-1] = np.where(level[:, 1:] != level[:, :-1], np.arange(1, length), length)
    end = np.minimum.accumulate(end[:, ::-1], axis=1)[:, ::-1]  # the end of each group of equals
    after = np.empty_like(end)
    np.put_along_axis(after, place, end, axis=1)
    order = np.take_along_axis(there, place, axis=1).T
    spot = np.searchsorted(targets, sources)
    starts = there[:, spot]
    after = after[:, spot]
    after[rank[starts] < 0] = length  # what is no state improves nowhere
    after = after * width + np.arange(width)[:, None]
    if len(sources) == fibres.shape[1]:
        by_place = np.empty(rank.size, index)
        by_place[starts] = after
        return None, np.ascontiguousarray(order, index), by_place
    return starts.ravel().astype(index), np.ascontiguousarray(order, index), after.ravel().astype(index)
