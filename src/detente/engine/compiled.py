"""This module owns the compiled loops of large cubes: answers of the others and verdicts, fibre by fibre, in place.

It is imported only where the extra `fast` is installed. The places between which a party moves by its own options are a
*fibre*; labels are rows of 2n numbers a place, as in `detente.engine.fixpoint`, several in a word of 64 bits, so that
one pass of a mover serves all parties and both kinds of definition. Lowering labels in place leads to the same fixed
point, sooner; a fibre in which nothing changed since its mover's last turn is passed over.
"""

from collections.abc import Sequence
from dataclasses import dataclass
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
    labels : array of int16 or int32, from `blank`
        The columns of a party are 2 party and 2 party + 1.
    fibres, ranks : one a party
        A rank below 0 marks a place that is no state.
    movers : sequence of int
        The parties that have moves.
    """
    packing = _Packing(labels.dtype.itemsize * 8)
    words = labels.view(np.uint64)
    own = {mover: packing.lanes(2 * mover, words.shape[1]) for mover in movers}
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
        of, rank = fibres[mover], ranks[mover]
        where = of.bases, of.offsets, of.sources, of.targets
        when = stamps, last[mover], turn
        if credible:
            changed = _improve(words, rank, *where, orders[mover], own[mover], *packing.constants, *when)
        else:
            changed = _move(words, rank, *where, own[mover], *packing.constants, *when)
        last[mover], quiet = turn, 1 if changed else quiet + 1


def blank(places: int, parties: int, kind: Any) -> Array:
    """Return labels of two columns a party, and as many more as fill words of 64 bits, all above every rank."""
    lanes = 8 // np.dtype(kind).itemsize
    return np.full((places, -(-2 * parties // lanes) * lanes), np.iinfo(kind).max, kind)


@dataclass(frozen=True, slots=True)
class _Packing:
    """How labels lie in a word of 64 bits: lanes of so many bits, the highest bit of each free.

    The lowest of two words, lane by lane: set the free bits of one, take the other away, and the free bits that are
    left say in which lanes it is the larger.
    """

    bits: int

    @property
    def constants(self) -> tuple[np.uint64, np.uint64, np.uint64]:
        """The free bits; how far to shift them down; a lane filled but for its free bit."""
        free = sum(1 << (bit + self.bits - 1) for bit in range(0, 64, self.bits))
        return np.uint64(free), np.uint64(self.bits - 1), np.uint64((1 << (self.bits - 1)) - 1)

    def lanes(self, column: int, words: int) -> Array:
        """Return words in which the two columns from this one on are filled: above every rank."""
        filled = np.zeros((1, words * 64 // self.bits), np.int16 if self.bits == 16 else np.int32)
        filled[0, column : column + 2] = np.iinfo(filled.dtype).max
        found: Array = filled.view(np.uint64)[0]
        return found


def kept(labels: Array, fibres: Fibres, rank: Array, party: int, ties_sanction: bool) -> Array:
    """Return where the best that a party's moves secure is no gain, for both kinds, shape (2, places)."""
    verdict = np.empty((2, len(labels)), np.bool_)
    own = fibres.bases, fibres.offsets, fibres.sources, fibres.targets
    _secure(labels, rank, *own, 2 * party, ties_sanction, verdict)
    return verdict


@compiled  # type: ignore[untyped-decorator] # numba's has no types, here and below
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


@compiled  # type: ignore[untyped-decorator]
def _lowest(one: Any, other: Any, free: Any, shift: Any, full: Any) -> Any:  # pragma: no cover - compiled
    """Return the lowest of two words, lane by lane."""
    larger = ((((one | free) - other) & free) >> shift) * full
    return (other & larger) | (one & ~larger)


@compiled  # type: ignore[untyped-decorator]
def _stale(stamps: Array, base: Any, offsets: Array, last: int) -> bool:  # pragma: no cover - compiled
    """Return whether no label of a fibre was changed since a turn."""
    for offset in offsets:  # noqa: SIM110 # numba knows no all()
        if stamps[base + offset] > last:
            return False
    return True


@compiled  # type: ignore[untyped-decorator]
def _improve(  # pragma: no cover - compiled
    words: Array, rank: Array, bases: Array, offsets: Array, sources: Array, targets: Array,
    order: Array, own: Array, free: Any, shift: Any, full: Any, stamps: Array, last: int, now: int,
) -> bool:  # fmt: skip
    """Lower each label to the lowest among those the mover improves to; return whether any changed."""
    changed = False
    for fibre in range(bases.size):
        base = bases[fibre]
        if _stale(stamps, base, offsets, last):
            continue
        for kind in range(len(sources)):
            for word in range(words.shape[1]):
                ahead = group = free - (free >> shift)  # above every rank in every lane
                level = -2
                for at in range(offsets.size - 1, -1, -1):
                    setting = order[fibre, at]
                    if not targets[kind, setting]:  # what cannot be reached cannot reach either
                        continue
                    place = base + offsets[setting]
                    here = rank[place]
                    if here < 0:
                        break  # what is no state improves nowhere, and such places stand first
                    if here != level:  # the better ones are ahead now; equals gain nothing from each other
                        ahead = _lowest(ahead, group, free, shift, full) | own[word]  # nobody answers itself
                        level = here
                    label = words[place, word]
                    if sources[kind, setting]:
                        lower = _lowest(label, ahead, free, shift, full)
                        if lower != label:
                            words[place, word] = label = lower
                            stamps[place] = now
                            changed = True
                    group = _lowest(group, label, free, shift, full)
    return changed


@compiled  # type: ignore[untyped-decorator]
def _move(  # pragma: no cover - compiled
    words: Array, rank: Array, bases: Array, offsets: Array, sources: Array, targets: Array,
    own: Array, free: Any, shift: Any, full: Any, stamps: Array, last: int, now: int,
) -> bool:  # fmt: skip
    """Lower each label to the lowest among those the mover can move to; return whether any changed."""
    changed = False
    for fibre in range(bases.size):
        base = bases[fibre]
        if _stale(stamps, base, offsets, last):
            continue
        for kind in range(len(sources)):
            for word in range(words.shape[1]):
                lowest = free - (free >> shift)
                for setting in range(offsets.size):
                    if targets[kind, setting] and rank[base + offsets[setting]] >= 0:
                        lowest = _lowest(lowest, words[base + offsets[setting], word], free, shift, full)
                lowest |= own[word]  # nobody answers itself
                for setting in range(offsets.size):
                    place = base + offsets[setting]
                    if sources[kind, setting] and rank[place] >= 0:
                        label = words[place, word]
                        lower = _lowest(label, lowest, free, shift, full)
                        if lower != label:
                            words[place, word] = lower
                            stamps[place] = now
                            changed = True
    return changed


@compiled  # type: ignore[untyped-decorator]
def _secure(  # pragma: no cover - compiled
    labels: Array, rank: Array, bases: Array, offsets: Array, sources: Array, targets: Array,
    own: int, ties: bool, verdict: Array,
) -> None:  # fmt: skip
    """Write where the best that a party's moves secure is no gain."""
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
