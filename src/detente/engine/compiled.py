"""This module owns the compiled loops of large cubes: answers of the others and verdicts, fibre by fibre, in place.

It is imported only where the extra `fast` is installed. The places between which a party moves by its own options are a
*fibre*; labels are rows of 2n numbers a place, as in `detente.engine.fixpoint`, so one pass of a mover serves all
parties and both kinds of definition. Lowering labels in place leads to the same fixed point, sooner; a fibre in which
nothing changed since its mover's last turn is passed over.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import cycle
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
compiled: Any = numba.njit(cache=True, nogil=True)
SHORT_SORT = 48  # fibres up to this length are sorted by insertion


@dataclass(frozen=True, slots=True, eq=False)
class Fibres:
    """A party's fibres.

    Parameters
    ----------
    bases : array of int32 or int64, shape (fibres,)
        The place of each fibre's first setting.
    offsets : array of the same kind, shape (settings,)
        What each setting of the party's own options adds to it.
    sources, targets : arrays of bool, shape (groups, settings)
        Settings that can become the same ones, and which these are; one group where nothing has a direction.
    """

    bases: Array
    offsets: Array
    sources: Array
    targets: Array

    def sorted(self, rank: Array) -> Array:
        """Return each fibre's settings in ascending order of the party's rank, shape (fibres, settings)."""
        length = self.offsets.size
        order = np.empty((self.bases.size, length), np.uint8 if length <= 256 else np.int32)
        _sort(rank, self.bases, self.offsets, order)
        return order


def settled(
    labels: Array, fibres: Sequence[Fibres], ranks: Sequence[Array], movers: Sequence[int], credible: bool
) -> None:
    """Lower the labels in place to what the others can bring about (credible: by improvements only).

    Parameters
    ----------
    labels : array of int, shape (places, 2 parties)
    fibres, ranks : one a party
        A rank below 0 marks a place that is no state.
    movers : sequence of int
        The parties that have moves.
    """
    improve, move, _ = passes(labels.shape[1])
    orders = {mover: fibres[mover].sorted(ranks[mover]) for mover in movers} if credible else {}
    stamps = np.ones(len(labels), np.uint16)  # in which turn each place's label was changed last
    last = dict.fromkeys(movers, 0)
    quiet, turn = 0, 1
    for mover in cycle(movers):
        if quiet == len(movers):
            break
        turn += 1
        if turn == np.iinfo(np.uint16).max:  # too many turns to tell apart: everything counts as changed
            stamps[:], last, turn = 1, dict.fromkeys(movers, 0), 2
        own, at = fibres[mover], (last[mover], turn)
        given = (labels, ranks[mover], own.bases, own.offsets, own.sources, own.targets)
        changed = (
            improve(*given, orders[mover], 2 * mover, stamps, *at) if credible else move(*given, 2 * mover, stamps, *at)
        )
        last[mover], quiet = turn, 1 if changed else quiet + 1


def kept(labels: Array, fibres: Fibres, rank: Array, party: int, ties_sanction: bool) -> Array:
    """Return where the best that a party's moves secure is no gain, for both kinds, shape (2, places)."""
    verdict = np.empty((2, len(labels)), np.bool_)
    _, _, secure = passes(labels.shape[1])
    secure(
        labels, rank, fibres.bases, fibres.offsets, fibres.sources, fibres.targets, 2 * party, ties_sanction, verdict
    )
    return verdict


@compiled  # type: ignore[untyped-decorator] # numba's has no types
def _sort(rank: Array, bases: Array, offsets: Array, order: Array) -> None:  # pragma: no cover - compiled
    length = offsets.size
    keys = np.empty(length, np.int32)
    for fibre in range(bases.size):
        base = bases[fibre]
        row = order[fibre]
        for setting in range(length):
            keys[setting] = rank[base + offsets[setting]]
        if length <= SHORT_SORT:
            for setting in range(length):
                key, at = keys[setting], setting
                while at > 0 and keys[row[at - 1]] > key:
                    row[at] = row[at - 1]
                    at -= 1
                row[at] = setting
        else:
            row[:] = np.argsort(keys, kind="mergesort")


@cache
def passes(lanes: int) -> tuple[Callable[..., bool], Callable[..., bool], Callable[..., None]]:  # pragma: no cover
    """Return the loops over labels of so many columns: improvements of a mover, all its moves, what a party secures.

    The number of columns is a constant of the compiled code, so that a row is a machine word or two.
    """

    @compiled
    def improve(labels, rank, bases, offsets, sources, targets, order, own, stamps, last, now):  # type: ignore[no-untyped-def] # numba's
        changed = False
        ahead = np.empty(lanes, labels.dtype)
        group = np.empty(lanes, labels.dtype)
        top = np.iinfo(labels.dtype).max
        for fibre in range(bases.size):
            base = bases[fibre]
            fresh = False
            for offset in offsets:
                fresh |= stamps[base + offset] > last
            if not fresh:
                continue
            for kind in range(len(sources)):
                for lane in range(lanes):
                    ahead[lane] = top
                    group[lane] = top
                level = -2
                for at in range(offsets.size - 1, -1, -1):
                    setting = order[fibre, at]
                    place = base + offsets[setting]
                    here = rank[place]
                    if here < 0:
                        break  # what is no state improves nowhere, and such places stand first
                    if here != level:  # the better ones are ahead now; equals gain nothing from each other
                        for lane in range(lanes):
                            ahead[lane] = min(ahead[lane], group[lane])
                        ahead[own] = ahead[own + 1] = top  # nobody answers itself
                        level = here
                    if sources[kind, setting]:
                        lowered = False
                        for lane in range(lanes):
                            lowered |= ahead[lane] < labels[place, lane]
                        if lowered:
                            for lane in range(lanes):
                                labels[place, lane] = min(labels[place, lane], ahead[lane])
                            stamps[place] = now
                            changed = True
                    if targets[kind, setting]:
                        for lane in range(lanes):
                            group[lane] = min(group[lane], labels[place, lane])
        return changed

    @compiled
    def move(labels, rank, bases, offsets, sources, targets, own, stamps, last, now):  # type: ignore[no-untyped-def] # numba's
        changed = False
        lowest = np.empty(lanes, labels.dtype)
        top = np.iinfo(labels.dtype).max
        for fibre in range(bases.size):
            base = bases[fibre]
            fresh = False
            for offset in offsets:
                fresh |= stamps[base + offset] > last
            if not fresh:
                continue
            for kind in range(len(sources)):
                for lane in range(lanes):
                    lowest[lane] = top
                for setting in range(offsets.size):
                    if targets[kind, setting] and rank[base + offsets[setting]] >= 0:
                        for lane in range(lanes):
                            lowest[lane] = min(lowest[lane], labels[base + offsets[setting], lane])
                lowest[own] = lowest[own + 1] = top  # nobody answers itself
                for setting in range(offsets.size):
                    place = base + offsets[setting]
                    if sources[kind, setting] and rank[place] >= 0:
                        lowered = False
                        for lane in range(lanes):
                            lowered |= lowest[lane] < labels[place, lane]
                        if lowered:
                            for lane in range(lanes):
                                labels[place, lane] = min(labels[place, lane], lowest[lane])
                            stamps[place] = now
                            changed = True
        return changed

    @compiled
    def secure(labels, rank, bases, offsets, sources, targets, own, ties, verdict):  # type: ignore[no-untyped-def] # numba's
        for fibre in range(bases.size):
            base = bases[fibre]
            for kind in range(len(sources)):
                first = second = -2
                for setting in range(offsets.size):
                    if targets[kind, setting]:
                        place = base + offsets[setting]
                        bound = rank[place] if ties else rank[place] - 1
                        first = max(first, min(labels[place, own], bound))
                        second = max(second, min(labels[place, own + 1], bound))
                for setting in range(offsets.size):
                    if sources[kind, setting]:
                        place = base + offsets[setting]
                        here = rank[place] if ties else rank[place] - 1
                        verdict[0, place] = first <= here
                        verdict[1, place] = second <= here

    return improve, move, secure
