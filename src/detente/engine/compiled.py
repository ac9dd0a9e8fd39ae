"""This module owns the compiled loops of large cubes: answers of the others and verdicts, fibre by fibre, in place.

It is imported only where the extra `fast` is installed. The places between which a party moves by its own options are a
*fibre*; labels are rows of eight numbers a place, two for each of four parties (see `detente.engine.fixpoint`), so that
one pass of a mover serves four parties and both kinds of definition. Lowering labels in place leads to the same fixed
point, sooner; a fibre in which nothing changed since its mover's last turn is passed over. Places of one fibre lie far
apart, so some neighbouring fibres are copied together, worked on, and copied back.
"""

from collections.abc import Mapping, Sequence
from itertools import cycle
from typing import Any, NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

from detente.engine.lanes import COUNT, alike, differ, highest, load, lowest, store
from detente.progress import working

Array = NDArray[Any]
compiled: Any = numba.njit(cache=True, nogil=True)
PARTIES = COUNT // 2  # so many parties' labels are lowered together
COPIED = 1 << 10  # places are copied together, as far as fibres are shorter
NEIGHBOURS = 4  # fibres are copied together at least: their labels share a line of the cache


class Fibres(NamedTuple):
    """A party's fibres, each sorted by the party's rank.

    Settings of the party's own options with the same levels of its one-way options are of one *kind*.

    Parameters
    ----------
    bases : array of int32 or int64, shape (fibres,)
        The place of each fibre's first setting.
    offsets : array of the same type, shape (settings,)
        What each setting adds to it.
    kinds : array of int32, shape (settings,)
        Of which kind each setting is.
    starts, origins : arrays of int32, shape (kinds + 1,) and any
        ``origins[starts[kind] : starts[kind + 1]]`` are the kinds that can become this one, itself included.
    order : array of unsigned int, shape (fibres, settings)
        Each fibre's settings, the best first; the highest bit is set where one is worse than the one before.
    ends : array of int32, shape (fibres,)
        How many of them are states; these stand first.
    """

    bases: Array
    offsets: Array
    kinds: Array
    starts: Array
    origins: Array
    order: Array
    ends: Array


class Turns(NamedTuple):
    """Whose fibres have to be looked at again.

    Parameters
    ----------
    stale : array of bool, shape (parties that move, most fibres of a party)
        In which fibres a label changed since their party's last turn.
    high, low : arrays of int, shape (parties that move, any)
        The fibre of a place is ``high[party, place // n] + low[party, place % n]``, n being the length of `low`.
    """

    stale: Array
    high: Array
    low: Array


def sorted_fibres(laid_out: tuple[Array, Array, Array, Array, Array], rank: Array) -> Fibres:
    """Return a party's fibres, sorted by its rank; below 0 marks a place that is no state.

    Parameters
    ----------
    laid_out : tuple of arrays
        All of `Fibres` but `order` and `ends`.
    rank : array of int, shape (places,)
    """
    bases, offsets = laid_out[:2]
    bits = (offsets.size - 1).bit_length()
    order = np.empty((bases.size, offsets.size), np.uint8 if bits < 8 else np.uint16 if bits < 16 else np.uint32)
    ends = np.empty(bases.size, np.int32)
    fits = (int(rank.max(initial=0)) + 2) << bits < 1 << 31
    keys = np.empty((1 << bits, COUNT), np.int32 if fits else np.int64)
    _sort(rank, bases, offsets, keys, bits, order, ends)
    return Fibres(*laid_out, order, ends)


def settled(
    columns: Sequence[tuple[Array, Array]],
    first: int,
    fibres: Mapping[int, Fibres],
    numbering: tuple[Array, Array],
    credible: bool,
) -> Array:
    """Return the lowest labels that the others can bring about (credible: by improvements only), shape (places, 8).

    Parameters
    ----------
    columns : sequence of pairs of arrays of int16 or int32, shape (places,); at most `PARTIES`
        Rank and peak of some parties, one after the other; a rank below 0 marks a place that is no state.
    first : int
        The first of these parties.
    fibres : mapping from party to Fibres
        Of the parties that have moves.
    numbering : pair of arrays
        `high` and `low` of these parties, see `Turns`.
    """
    kind = columns[0][0].dtype
    labels = np.empty((columns[0][0].size, COUNT), kind)
    filled = [*columns, *[columns[0]] * (PARTIES - len(columns))]
    ranks, peaks = zip(*filled, strict=True)
    pairs = labels.view(np.int32 if labels.itemsize == 2 else np.int64)
    _fill(pairs, ranks, peaks, len(columns), 8 * labels.itemsize)
    most = max((each.bases.size for each in fibres.values()), default=0)
    turns = Turns(np.ones((len(numbering[0]), most), np.bool_), *numbering)
    quiet = 0
    with working("following answers of the others") as work:
        for turn, (row, mover) in enumerate(cycle(enumerate(fibres))):
            if quiet == len(fibres):
                break
            own = np.zeros((1, COUNT // 2, 2), kind)
            if mover in range(first, first + PARTIES):
                own[0, mover - first] = np.iinfo(kind).max  # nobody answers itself
            if turn == len(fibres):
                turns.stale[:] = True  # in the first turns, nearly every label changes
            changed = _lower(labels, fibres[mover], own.reshape(1, COUNT), credible, turns, row, turn >= len(fibres))
            quiet = 1 if changed else quiet + 1
            work.done += 1
    return labels


def kept(labels: Array, fibres: Fibres, rank: Array, column: int, ties_sanction: bool, verdict: Array) -> None:
    """Write where the best that a party's moves secure is no gain, for both kinds, shape (2, places).

    Parameters
    ----------
    labels : array from `settled`
    column : int
        Which party's it is, of those with these labels.
    """
    _secure(labels, fibres, rank, 2 * column, 0 if ties_sanction else 1, verdict)


@compiled  # type: ignore[untyped-decorator] # numba's has no types, here and below
def _fill(pairs: Array, ranks: Any, peaks: Any, used: int, bits: int) -> None:  # pragma: no cover - compiled
    """Write ranks and peaks side by side; what is no state, and what is not used, stands above every rank."""
    above = ((1 << (bits - 1)) - 1) * ((1 << bits) + 1)
    for begin in range(0, len(pairs), 4096):  # few enough to stay in the cache
        end = min(begin + 4096, len(pairs))
        for party in range(PARTIES):
            rank, peak = ranks[party], peaks[party]
            for place in range(begin, end):
                pair = (np.int64(peak[place]) << bits) | rank[place]
                pairs[place, party] = pair if party < used and rank[place] >= 0 else above


@compiled  # type: ignore[untyped-decorator]
def _sort(  # pragma: no cover - compiled
    rank: Array, bases: Array, offsets: Array, keys: Array, bits: int, order: Array, ends: Array
) -> None:
    """Sort eight fibres at a time, their keys side by side, by comparisons that are the same for all of them."""
    worse = 1 << (8 * order.itemsize - 1)
    length = 1 << bits
    for begin in range(0, bases.size, COUNT):
        many = min(COUNT, bases.size - begin)
        keys[:] = -length
        for setting in range(offsets.size):
            for fibre in range(many):
                keys[setting, fibre] = (rank[bases[begin + fibre] + offsets[setting]] << bits) | setting
        for size in range(1, bits + 1):
            for step in range(size, 0, -1):
                half = 1 << (step - 1)
                turn = 2 * half - 1 if step == size else half  # first with its mirror image, then by halves
                for pair in range(length >> 1):
                    one = ((pair & -half) << 1) | (pair & (half - 1))
                    other = one ^ turn
                    left, right = load(keys, one), load(keys, other)
                    store(keys, one, highest(left, right))
                    store(keys, other, lowest(left, right))
        for fibre in range(many):
            row = order[begin + fibre]
            level, end = keys[0, fibre] >> bits, 0
            for at in range(offsets.size):
                key = keys[at, fibre]
                if key < 0:
                    break
                setting, here = key & (length - 1), key >> bits
                row[at] = setting if here == level else setting | worse
                level, end = here, at + 1
            ends[begin + fibre] = end


@compiled  # type: ignore[untyped-decorator]
def _lower(  # pragma: no cover - compiled
    labels: Array, of: Fibres, own: Array, credible: bool, turns: Turns, mover: int, tell: bool
) -> bool:
    """Lower each label to the lowest among those that the mover gets to; return whether any changed."""
    length = of.offsets.size
    tile = max(NEIGHBOURS, COPIED // length)
    chosen = np.empty(tile, np.int64)
    copied = np.empty((tile, length, COUNT), labels.dtype)
    ahead = np.empty((max(2, of.starts.size - 1), COUNT), labels.dtype)
    touched = np.empty(length, np.int64)
    stale = turns.stale[mover]
    changed = False
    fibre = 0
    while fibre < of.bases.size:
        count = 0
        while fibre < of.bases.size and count < tile:
            if stale[fibre] and of.ends[fibre] > 1:  # where there is only one state, nobody moves
                chosen[count] = fibre
                count += 1
            stale[fibre] = False
            fibre += 1
        for setting in range(length):
            for at in range(count):
                store(copied[at], setting, load(labels, of.bases[chosen[at]] + of.offsets[setting]))
        altered = False
        for at in range(count):
            row = of.order[chosen[at], : of.ends[chosen[at]]]
            if not credible and of.starts.size == 2:
                many = _move_freely(copied[at], row, own, touched)
            elif not credible:
                many = _move(copied[at], row, of, own, ahead, touched)
            elif of.starts.size == 2:
                many = _improve_freely(copied[at], row, own, ahead, touched)
            else:
                many = _improve(copied[at], row, of, own, ahead, touched)
            altered |= many > 0
            if tell:
                for setting in touched[:many]:
                    _tell(turns, mover, of.bases[chosen[at]] + of.offsets[setting])
        if altered:
            changed = True
            for setting in range(length):
                for at in range(count):
                    store(labels, of.bases[chosen[at]] + of.offsets[setting], load(copied[at], setting))
    return changed


@compiled  # type: ignore[untyped-decorator]
def _improve_freely(labels: Array, row: Array, own: Array, doors: Array, touched: Array) -> int:  # pragma: no cover
    """Lower a fibre's labels to the lowest among the better ones, without one-way options; return how many changed.

    The lowest label among the better ones is kept apart from that of the equals so far, until a worse one is met: a
    door that opens without a branch, since what comes next cannot be guessed.
    """
    doors[0], doors[1] = np.iinfo(labels.dtype).max, 0
    shift = 8 * row.itemsize - 1
    better = equal = load(doors, 0)
    many = 0
    for entry in row:
        setting = entry & ((1 << shift) - 1)
        better = lowest(better, highest(equal, load(doors, entry >> shift)))
        label = load(labels, setting)
        lower = lowest(label, better)
        if differ(label, lower):
            store(labels, setting, lower)
            touched[many] = setting
            many += 1
        equal = lowest(equal, highest(lower, load(own, 0)))
    return many


@compiled  # type: ignore[untyped-decorator]
def _improve(
    labels: Array, row: Array, of: Fibres, own: Array, ahead: Array, touched: Array
) -> int:  # pragma: no cover
    """Lower a fibre's labels to the lowest among the better ones that they can become; return how many changed."""
    shift = 8 * row.itemsize - 1
    ahead[:] = np.iinfo(labels.dtype).max
    many = begin = 0
    while begin < row.size:
        end = begin + 1
        while end < row.size and not row[end] >> shift:  # equals gain nothing from each other
            end += 1
        many = _apply(labels, row[begin:end], of, ahead, touched, many)
        _gather(labels, row[begin:end], of, own, ahead)
        begin = end
    return many


@compiled  # type: ignore[untyped-decorator]
def _move(labels: Array, row: Array, of: Fibres, own: Array, ahead: Array, touched: Array) -> int:  # pragma: no cover
    """Lower a fibre's labels to the lowest among all that they can become; return how many changed."""
    ahead[:] = np.iinfo(labels.dtype).max
    _gather(labels, row, of, own, ahead)
    many: int = _apply(labels, row, of, ahead, touched, 0)
    return many


@compiled  # type: ignore[untyped-decorator]
def _move_freely(labels: Array, row: Array, own: Array, touched: Array) -> int:  # pragma: no cover - compiled
    """Lower a fibre's labels to the lowest of all, without one-way options; return how many changed."""
    mask = (1 << (8 * row.itemsize - 1)) - 1
    least = load(labels, row[0] & mask)
    for entry in row:
        least = lowest(least, load(labels, entry & mask))
    least = highest(least, load(own, 0))
    many = 0
    for entry in row:
        label = load(labels, entry & mask)
        lower = lowest(label, least)
        if differ(label, lower):
            store(labels, entry & mask, lower)
            touched[many] = entry & mask
            many += 1
    return many


@compiled  # type: ignore[untyped-decorator]
def _gather(labels: Array, row: Array, of: Fibres, own: Array, ahead: Array) -> None:  # pragma: no cover - compiled
    """Lower what each kind can get to by the labels of some settings."""
    mask = (1 << (8 * row.itemsize - 1)) - 1
    for entry in row:
        setting = entry & mask
        kind = of.kinds[setting]
        label = highest(load(labels, setting), load(own, 0))
        for at in range(of.starts[kind], of.starts[kind + 1]):
            store(ahead, of.origins[at], lowest(load(ahead, of.origins[at]), label))


@compiled  # type: ignore[untyped-decorator]
def _apply(
    labels: Array, row: Array, of: Fibres, ahead: Array, touched: Array, many: int
) -> int:  # pragma: no cover - compiled
    """Lower the labels of some settings to what their kinds can get to; return how many have changed so far."""
    mask = (1 << (8 * row.itemsize - 1)) - 1
    for entry in row:
        setting = entry & mask
        label = load(labels, setting)
        lower = lowest(label, load(ahead, of.kinds[setting]))
        if differ(label, lower):
            store(labels, setting, lower)
            touched[many] = setting
            many += 1
    return many


@compiled  # type: ignore[untyped-decorator]
def _tell(turns: Turns, mover: int, place: int) -> None:  # pragma: no cover - compiled
    """Note that the other parties' fibres of a place have to be looked at again."""
    width = turns.low.shape[1]
    for party in range(len(turns.stale)):
        if party != mover:
            turns.stale[party, turns.high[party, place // width] + turns.low[party, place % width]] = True


@compiled  # type: ignore[untyped-decorator]
def _secure(  # pragma: no cover - compiled
    labels: Array, of: Fibres, rank: Array, column: int, loss: int, verdict: Array
) -> None:
    """Write where the best that a party's moves secure is no gain."""
    length = of.offsets.size
    tile = max(NEIGHBOURS, COPIED // length)
    best = np.empty((tile, of.starts.size - 1, COUNT), rank.dtype)
    for begin in range(0, of.bases.size, tile):
        count = min(tile, of.bases.size - begin)
        best[:] = -2
        for setting in range(length):
            kind, offset = of.kinds[setting], of.offsets[setting]
            for at in range(count):
                place = of.bases[begin + at] + offset
                worth = lowest(load(labels, place), alike(labels, rank[place] - loss))
                for origin in of.origins[of.starts[kind] : of.starts[kind + 1]]:
                    store(best[at], origin, highest(load(best[at], origin), worth))
        for setting in range(length):
            kind, offset = of.kinds[setting], of.offsets[setting]
            for at in range(count):
                place = of.bases[begin + at] + offset
                bound = rank[place] - loss
                verdict[0, place] = best[at, kind, column] <= bound
                verdict[1, place] = best[at, kind, column + 1] <= bound
