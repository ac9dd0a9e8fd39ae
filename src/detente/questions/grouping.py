"""This module owns how states of which the same is said are written together: as partial states, the helpful one first.

A partial state may stand for a group only if all its feasible completions belong to it. Where they do not, the group is
cut by the option whose parts then stand for the fewest strangers; all options are weighed at once, by counting in
matrices which levels occur together.
"""

from collections.abc import Hashable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.game import Setting
from detente.model.states import Values, word

Levels = NDArray[np.int16]  # shape (states, options); -1 where a merged state leaves an option open
Marks = NDArray[np.float32]  # shape (states, levels of all options): 1 where a state has that level
ROWS = 1 << 14  # so many states are compared with all parts at once


def joined(states: Sequence[Values]) -> Values:
    """Return the levels that all states share, None where they differ."""
    return tuple(levels[0] if len(set(levels)) == 1 else None for levels in zip(*states, strict=True))


def grouped(about: Setting, states: Sequence[int], kind: dict[int, Hashable]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield states as they can be written: as partial states whose feasible completions are all of one kind.

    Parameters
    ----------
    states : sequence of int
        In the order in which they are to stand.
    kind : mapping from state to anything hashable
        What is said of each; only states of which the same is said are joined.
    """
    groups: dict[Hashable, list[int]] = {}
    for state in states:
        groups.setdefault(kind[state], []).append(state)
    for members in groups.values():
        for text, kept in _cut(about, members):
            yield text, _helpful_first(about, kept)


def _cut(about: Setting, members: list[int]) -> Iterator[tuple[str, list[int]]]:
    """Cut a group into partial states, each with nothing but members among its feasible completions."""
    if not about.case.options:
        yield from ((about.word(state), [state]) for state in members)
        return
    uncut = [(members, about.game.levels(members))]
    while uncut:
        part, levels = uncut.pop()
        if len(part) == 1:
            yield about.word(part[0]), part
            continue
        shared = np.where((levels == levels[0]).all(axis=0), levels[0], -1).tolist()
        text = word([None if level < 0 else level for level in shared], about.case.options)
        stands_for = about.states(text)
        if stands_for.count() == len(part):
            yield text, part
            continue
        column = levels[:, _best_cut(levels, about.game.levels(stands_for.first()))]
        _, first = np.unique(column, return_index=True)
        for level in column[np.sort(first)[::-1]]:  # the part of the first member comes off first
            kept = np.flatnonzero(column == level)
            uncut.append(([part[place] for place in kept], levels[kept]))


def _best_cut(members: Levels, candidates: Levels) -> int:
    """Return the first option by whose levels members are best cut: the parts stand for the fewest other candidates."""
    open_ = np.flatnonzero((members != members[0]).any(axis=0))
    members, candidates = members[:, open_], candidates[:, open_]
    options, values = _values(members)
    marks = _marks(members, options, values)
    together = marks.T @ marks  # [v, w]: how many members have both levels
    fixed = (together == np.diag(together)).astype(np.float32)  # [w, v]: all members with the level v have the level w
    fixed[values < 0] = 0  # an option left open fixes nothing
    needed = fixed.sum(axis=0)
    stood_for = np.zeros(len(values), np.int64)
    for start in range(0, len(candidates), ROWS):
        rows = candidates[start : start + ROWS]
        agreeing = _marks(rows, options, values, open_agrees=True) @ fixed
        stood_for += (agreeing == needed).sum(axis=0)
    strangers = np.bincount(options, stood_for, len(open_))
    return int(open_[np.argmin(strangers)])


def _values(members: Levels) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the pairs of an option and a level that occur, as two arrays."""
    each = [np.unique(members[:, option]) for option in range(members.shape[1])]
    options = np.repeat(np.arange(len(each)), [len(levels) for levels in each])
    return options, np.concatenate(each).astype(np.int64)


def _marks(states: Levels, options: NDArray[Any], values: NDArray[Any], open_agrees: bool = False) -> Marks:
    levels = states[:, options]
    found: NDArray[np.bool_] = levels == values
    if open_agrees:
        found |= levels < 0
    return found.astype(np.float32)


def _helpful_first(about: Setting, members: list[int]) -> tuple[int, ...]:
    """Return the members with one first that is better for somebody than another, and worse for nobody than any."""
    game = about.judging
    ranks = np.array([[game.rank(party, state) for party in range(game.parties)] for state in members])
    helpful = [int((row >= ranks).all(axis=1).sum()) for row in ranks]
    best = members[int(np.argmax(helpful))]
    return (best, *(state for state in members if state != best))
