"""This module owns how low a party can be driven where moves need not be transitive: search on (state, last mover).

Let M_j(x) be the lowest value on the ends of legal sequences from x in which j moves first. Then M_j(x) is the minimum
over j's moves from x to z of v(z) (the sequence ends there) and of M_k(z) for the opponents k other than j (somebody
else goes on). Repeating that until nothing changes gives M: the number of pairs (state, first mover) is finite.

If a return to the start is no sanction, the lowest value may belong to the start itself, so the two lowest are kept, of
different states. Values and states are one *key*, ``value * states + state``; a state always has the same key, so keys
differ exactly where states do.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.engine.arcs import Arcs

Keys = NDArray[np.int64]  # shape (kept, states, columns): the lowest keys, ascending, each of another state
NOTHING = np.iinfo(np.int64).max


def lowest_answers(moves: Sequence[Arcs], keys: NDArray[np.int64], focal: Sequence[int], kept: int) -> Keys:
    """Return the lowest keys on which legal sequences of the opponents can end, from every state.

    Parameters
    ----------
    moves : sequence of Arcs
        The moves (or the improvements) of every party.
    keys : array of int64, shape (states, columns)
        The key of every state; columns are questions asked side by side.
    focal : sequence of int
        Whose question each column is: that party does not take part.
    kept : int
        1, or 2 to keep the lowest keys of two different states.

    Returns
    -------
    array of int64, shape (kept, states, columns)
        NOTHING where the opponents cannot move, or reach one state only.
    """
    parties = len(moves)
    by_first = np.full((parties, kept, *keys.shape), NOTHING, np.int64)
    changed = True
    while changed:
        changed = False
        for mover, arcs in enumerate(moves):
            others = [by_first[k] for k in range(parties) if k != mover]
            ahead = _lowest([keys[None], *others], kept)
            found = _over(arcs, ahead)
            found[:, :, [party == mover for party in focal]] = NOTHING
            changed |= bool((found != by_first[mover]).any())
            by_first[mover] = found
    return _lowest(list(by_first), kept)


def _lowest(candidates: Sequence[Keys], kept: int) -> Keys:
    """Return the lowest keys among those of all candidates, each once."""
    rows = np.concatenate(candidates)
    first: NDArray[np.int64] = rows.min(axis=0)
    if kept == 1:
        return first[None]
    rows = np.where(rows == first, NOTHING, rows)
    return np.stack([first, rows.min(axis=0)])


def _over(arcs: Arcs, ahead: Keys) -> Keys:
    """Return the lowest keys over the moves from each state."""
    first = arcs.over(np.minimum, ahead[0][arcs.target], NOTHING)
    if len(ahead) == 1:
        return first[None]
    same = ahead[0][arcs.target] == first[arcs.source]
    second = arcs.over(np.minimum, np.where(same, ahead[1][arcs.target], ahead[0][arcs.target]), NOTHING)
    return np.stack([first, second])


def key_of(values: NDArray[Any]) -> NDArray[np.int64]:
    """Return ``value * states + state`` for one value a state."""
    return values.astype(np.int64) * values.size + np.arange(values.size)
