"""This module owns the mathematics that the engines for transitive moves share: how low a party can be driven.

**One formula for all definitions.** For a party *i* let *v(q)* be the rank of q (GMR, SEQ), or the best rank that i can
still reach from q, staying included (SMR, SSEQ). Let *m(t)* be the lowest v on what the opponents reach from t, t
included. Then s is stable exactly when every t that i can move to has ``min(m(t), rank(t)) <= rank(s)``: the minimum
with rank(t) leaves out moves that improve nothing, and t itself is no sanction, since v(t) >= rank(t) > rank(s) for an
improvement t. If ties do not sanction, the bound is strict, and rank(t) - 1 takes the place of rank(t).

**Legal sequences are reachability.** Each party's moves by options are transitive (also with directions, infeasible
states, and for improvements under a ranking), so two moves of one party in a row are one move or none; "nobody twice in
a row" forbids nothing that could not be reached otherwise.

**Returns.** A move of i changes one of i's own options (states that agree in all free options are the same state), and
no opponent changes any of i's options. So after i has left s, no answer can bring s back: whether a return sanctions
makes no difference here. It does where moves are given one by one or states are merged, see `detente.engine.sequences`.
"""

from collections.abc import Callable, Sequence
from itertools import cycle
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.progress import working

Labels = NDArray[Any]  # one row a place, two columns a party: without and with the party's last word


def narrow(highest: int) -> type[np.signedinteger[Any]]:
    """Return the smallest integer type that holds ranks up to `highest` and a bound above them."""
    return np.int16 if highest < np.iinfo(np.int16).max - 1 else np.int32


def lowest(
    ranks: Sequence[NDArray[Any]],
    peaks: Sequence[NDArray[Any]],
    answer: Callable[[int, Labels], Labels],
    movers: Sequence[int],
) -> Labels:
    """Return m, the lowest v that the opponents can bring about, for every party and both kinds of v at once.

    Opponents move in turn until nobody lowers anything (Gauss–Seidel).

    Parameters
    ----------
    ranks, peaks : sequences of arrays, shape (places,)
        Per party, the two kinds of v.
    answer : callable
        The lowest labels that one mover reaches from each place, staying included.
    movers : sequence of int
        The parties that have moves.
    """
    labels = np.stack([column for pair in zip(ranks, peaks, strict=True) for column in pair], axis=-1)
    quiet = 0
    with working("following answers of the others") as work:
        for mover in cycle(movers):
            if quiet == len(movers):
                break
            lower = answer(mover, labels)
            lower[..., 2 * mover : 2 * mover + 2] = labels[..., 2 * mover : 2 * mover + 2]  # nobody answers itself
            quiet = 1 if (lower != labels).any() else quiet + 1  # a mover's own second turn changes nothing
            labels = lower
            work.done += 1
    return labels


def threatened(rank: NDArray[Any], labels: Labels, party: int, ties_sanction: bool) -> Labels:
    """Return ``min(m(t), rank(t))`` of a party, both kinds, for every place t; see the formula above."""
    bound = rank if ties_sanction else rank - 1
    worth: Labels = np.minimum(labels[..., 2 * party : 2 * party + 2], bound[..., None])
    return worth


def unharmed(best: Labels, rank: NDArray[Any], ties_sanction: bool) -> NDArray[np.bool_]:
    """Return where the best that a move can secure is not above the rank (ties) or stays below it (no ties)."""
    verdict: NDArray[np.bool_] = best <= rank[..., None] if ties_sanction else best < rank[..., None]
    return verdict
