"""This module owns what a party wants in the words of an engine, and how that becomes one integer a state.

An engine that lists states asks for `ranks`; one that cannot list them works on a Ladder's statements themselves.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.model.statements import Tree, holds
from detente.preferences.dense import lexicographic, without_gaps

_EXACT = 1 << 62  # sums below this are exact in 64-bit integers
Ranking = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ladder:
    """Statements over option indices, most important first; () is indifference.

    The first statement on which two states differ decides between them. That is option prioritization of the
    graph-model literature, whose scores (the k-th of n statements is worth 2 to the power n - k) give the same order.
    """

    statements: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Weighted:
    """Statements and what each is worth where it holds; the state with the larger sum is better."""

    statements: tuple[Tree, ...]
    amounts: tuple[Fraction, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Ranks:
    """One integer a state, larger is better, aligned with the game's feasible states in their order."""

    values: Sequence[int] | NDArray[np.integer[Any]]


Want = Ladder | Weighted | Ranks


def ranks(want: Ladder | Weighted, level: Callable[[Any], Any], shape: tuple[int, ...]) -> Ranking:
    """Return how good each state is: larger is better, equal is indifferent, without gaps from 0.

    Parameters
    ----------
    want : Ladder or Weighted
        What the party wants.
    level : callable
        The levels of an option, an integer array broadcastable to `shape`.
    shape : tuple of int
        The shape of the states: (states,), or one axis an option.

    Returns
    -------
    array of int64, shape `shape`
    """
    truths = [(np.asarray(holds(statement, level)), 2) for statement in want.statements]
    if isinstance(want, Ladder):
        return lexicographic(truths, shape)[0]
    return _weighted(want.amounts, [truth for truth, _ in truths], shape)


def _weighted(amounts: Sequence[Fraction], truths: Sequence[Any], shape: tuple[int, ...]) -> Ranking:
    """Rank states by the exact sum of the amounts whose statements hold."""
    denominator = lcm(*(amount.denominator for amount in amounts))
    whole = [int(amount * denominator) for amount in amounts]
    if sum(map(abs, whole)) < _EXACT:
        total = np.zeros((), np.int64)
        for amount, truth in zip(whole, truths, strict=True):
            total = total + amount * truth.astype(np.int64)
        return np.ascontiguousarray(np.broadcast_to(order_of(total), shape))
    kinds, count = lexicographic([(truth, 2) for truth in truths], shape)  # states with equal truth values
    sample = np.zeros(count, np.int64)
    sample[kinds.ravel()] = np.arange(kinds.size)
    table = np.stack([np.broadcast_to(truth, shape).ravel()[sample] for truth in truths], axis=1)
    sums = [sum(amount for amount, true in zip(whole, row, strict=True) if true) for row in table]
    place = {total: rank for rank, total in enumerate(sorted(set(sums)))}
    return np.array([place[total] for total in sums], np.int64)[kinds]


def order_of(values: NDArray[Any]) -> Ranking:
    """Return the same order in integers without gaps from 0."""
    if not values.size:
        return np.zeros(values.shape, np.int64)
    low, high = int(values.min()), int(values.max())
    if high - low < _EXACT:
        return without_gaps(values.astype(np.int64) - low, high - low + 1)[0]
    return np.unique(values, return_inverse=True)[1].reshape(values.shape).astype(np.int64, copy=False)
