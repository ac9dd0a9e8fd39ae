"""This module owns the moves of one party among listed states: who shares what can be reached, sorted once.

States from which a party can move to the same places (equal in all other parties' options and in its own directed ones)
share a *fibre*: the list of those places, themselves included. With no directions that is an equivalence class; an
option that may only rise makes lower settings' fibres contain the higher ones.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.engine.interface import Space
from detente.engine.memory import require
from detente.preferences.dense import lexicographic


class Fibres:
    """The fibres of one party, each sorted by the party's rank.

    Parameters
    ----------
    space : Space
        Whose move each option is, and in which direction.
    columns : sequence of arrays of uint8, shape (states,)
        The levels of every option.
    party : int
        The party that moves.
    rank : array of int, shape (states,)
        The party's ranks, from 0.
    top : int
        Above every rank of every party, and so above every label.
    backwards : bool
        With directions reversed: from where one comes instead of where one gets.
    """

    def __init__(
        self,
        space: Space,
        columns: Sequence[NDArray[Any]],
        party: int,
        rank: NDArray[Any],
        top: int,
        backwards: bool = False,
    ) -> None:
        count = rank.size
        own = [option for option, owner in enumerate(space.owners) if owner == party]
        others = [option for option, owner in enumerate(space.owners) if owner not in (party, -1)]
        of, _ = lexicographic([(columns[option], space.sizes[option]) for option in others], (count,))
        member, fibre = np.arange(count), of
        for option in own:
            direction = -space.directions[option] if backwards else space.directions[option]
            if direction:
                size, column = space.sizes[option], columns[option].astype(np.int64)
                keys, of = np.unique(of * size + column, return_inverse=True)
                member, fibre = _widened(keys, member, fibre, column[member], size, direction)
        key = fibre * top + rank[member]
        order = np.argsort(key, kind="stable")
        key = key[order]
        self.of: NDArray[np.int64] = of
        self.member: NDArray[np.int64] = member[order]
        self.start: NDArray[np.int64] = np.searchsorted(fibre[order], np.arange(int(of.max(initial=-1)) + 1))
        self.after: NDArray[np.int64] = np.searchsorted(key, of * top + rank, side="right")
        self._wide = np.int32 if (int(of.max(initial=0)) + 2) * top < 2**31 else np.int64
        self._base: NDArray[Any] = (fibre[order] * top).astype(self._wide)[:, None]
        self._own_base: NDArray[Any] = (of * top).astype(self._wide)[:, None]

    def combined(self, ufunc: np.ufunc, values: NDArray[Any]) -> NDArray[Any]:
        """Combine the values of each state and those the party can move to from it."""
        found: NDArray[Any] = ufunc.reduceat(values[self.member], self.start, axis=0, dtype=values.dtype)[self.of]
        return found

    def lowest_improved(self, labels: NDArray[Any]) -> NDArray[Any]:
        """Return the lowest label among each state and those the party improves to from it.

        All fibres stand one after another; adding more to each than any label can be worth lets one running minimum
        from the end serve them all, for what lies in a later fibre is never the minimum of an earlier one.

        Parameters
        ----------
        labels : array of int, shape (states, columns)
            Any number of labels a state, from 0 and below `top`.
        """
        ahead = np.empty((self.member.size + 1, labels.shape[1]), self._wide)
        np.add(labels[self.member], self._base, out=ahead[:-1])
        ahead[-1] = np.iinfo(self._wide).max  # after the last there is nothing
        np.minimum.accumulate(ahead[::-1], axis=0, out=ahead[::-1])
        lower = ahead[self.after]
        lower -= self._own_base
        lowest: NDArray[Any] = np.minimum(labels, lower).astype(labels.dtype)
        return lowest


def _widened(
    keys: NDArray[np.int64],
    member: NDArray[np.int64],
    fibre: NDArray[np.int64],
    level: NDArray[np.int64],
    size: int,
    direction: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Split fibres by the level of a directed option; members go to the fibre of every level they can be reached from.

    Parameters
    ----------
    keys : array of int64
        The fibres there are, each as the number of its old fibre times `size` plus the level; ascending.
    member, fibre, level : arrays of int64, shape (entries,)
        Which state is in which old fibre, and its level.
    """
    copies = level + 1 if direction > 0 else size - level
    require(int(copies.sum()) * 48, "the moves of an option with a direction")
    entry = np.repeat(np.arange(member.size), copies)
    step = np.arange(entry.size) - np.repeat(np.cumsum(copies) - copies, copies)
    source = step if direction > 0 else level[entry] + step
    key = fibre[entry] * size + source
    found = np.searchsorted(keys, key)
    there = keys[np.minimum(found, keys.size - 1)] == key
    return member[entry[there]], found[there]
