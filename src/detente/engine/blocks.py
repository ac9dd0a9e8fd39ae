"""This module owns the axes of one party in a cube: along them its moves lead.

Neighbouring axes that are treated alike are taken together, so that a reduction along them is one step.
"""

from collections.abc import Sequence
from functools import cached_property
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.engine.fixpoint import Labels
from detente.engine.interface import Space
from detente.engine.memory import require
from detente.engine.options import own_options
from detente.engine.truths import outer_axes

NUMBERED = 1 << 12  # the number of a place's fibre is looked up in two tables, one of at most this length


class Block:
    """The axes of one party, with neighbouring axes that are treated alike taken together."""

    def __init__(self, space: Space, axis: dict[int, int], shape: tuple[int, ...], party: int) -> None:
        self.full, self.party_axes = shape, [(axis[o], space.directions[o]) for o in own_options(space, party)]
        own = dict(self.party_axes)
        self.shape: list[int] = []
        kinds: list[int | None] = []  # None: another party's, 0: own, 1 or -1: own with a direction
        for place, size in enumerate(shape):
            kind = own.get(place)
            if kinds and kinds[-1] == kind and not kind:
                self.shape[-1] *= size
            else:
                self.shape.append(size)
                kinds.append(kind)
        self.both = tuple(place for place, kind in enumerate(kinds) if kind == 0)
        self.directed = [(place, kind) for place, kind in enumerate(kinds) if kind]

    def spread(self, ufunc: np.ufunc, values: Labels, backwards: bool) -> Labels:
        """Combine the values of each place and those the party can move to from it (backwards: come from)."""
        found = values.reshape((*self.shape, *values.shape[1:]))
        full = found.shape
        if self.both:
            found = ufunc.reduce(found, axis=self.both, keepdims=True, dtype=values.dtype)
        for place, direction in self.directed:
            upward = (direction > 0) != backwards  # what lies above is reached, so values run from the top down
            found = _running(ufunc, found, place, upward)
        spread: Labels = np.array(np.broadcast_to(found, full)).reshape(values.shape)
        return spread

    @cached_property
    def becoming(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Return the kind of every own setting, and all pairs of kinds of which the second can become the first.

        Settings with the same levels of the directed options are of one kind. The pairs stand in the order of the
        first kind, then of the second; each kind is paired with itself as well.
        """
        sizes = [self.full[place] for place, _ in self.party_axes]
        directed = [(size, sign) for size, (_, sign) in zip(sizes, self.party_axes, strict=True) if sign]
        require(48 * prod(size * (size + 1) // 2 for size, _ in directed), "the moves by options with a direction")
        kinds = np.zeros(1, np.int64)
        for size, (_, sign) in zip(sizes, self.party_axes, strict=True):
            steps = np.arange(size) if sign else np.zeros(size, np.int64)
            kinds = np.add.outer(kinds * (size if sign else 1), steps).ravel()
        later = earlier = np.zeros(1, np.int64)
        for size, sign in directed:
            one, other = np.nonzero(np.tri(size, dtype=np.bool_) if sign > 0 else np.tri(size, dtype=np.bool_).T)
            later = np.add.outer(later * size, one).ravel()
            earlier = np.add.outer(earlier * size, other).ravel()
        order = np.lexsort((earlier, later))
        return kinds, later[order], earlier[order]

    def settings(self) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
        """Return pairs (own settings, what each of them can become), own settings numbered as by `fibres`."""
        kinds, later, earlier = self.becoming
        by_kind = np.argsort(kinds, kind="stable")
        of_kind = np.split(by_kind, np.cumsum(np.bincount(kinds))[:-1])
        order = np.argsort(earlier, kind="stable")
        reached = np.split(later[order], np.cumsum(np.bincount(earlier))[:-1])
        require(8 * of_kind[0].size * later.size, "the moves by options with a direction")
        return [
            (sources, np.sort(np.concatenate([of_kind[kind] for kind in there])))
            for sources, there in zip(of_kind, reached, strict=True)
        ]

    @cached_property
    def compact(self) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any], NDArray[Any], NDArray[Any]]:
        """Return the places of the fibres' first settings, what each setting adds, and what becomes what, by kind.

        See `detente.engine.compiled.Fibres`.
        """
        strides = [prod(self.full[place + 1 :]) for place in range(len(self.full))]
        own = [place for place, _ in self.party_axes]
        others = [place for place in range(len(self.full)) if place not in own]
        index = np.int32 if prod(self.full) < 1 << 31 else np.int64
        kinds, later, earlier = self.becoming
        starts = np.searchsorted(later, np.arange(later[-1] + 2))
        return (
            self._summed(others, strides, index),
            self._summed(own, strides, index),
            kinds.astype(np.int32),
            starts.astype(np.int32),
            earlier.astype(np.int32),
        )

    def _summed(self, places: Sequence[int], weights: Sequence[int], kind: type[Any]) -> NDArray[Any]:
        """Return the sum of the levels of some axes, each times its weight, for every choice of them."""
        found: NDArray[Any] = np.zeros(1, kind)
        for place in places:
            step: NDArray[Any] = np.arange(self.full[place], dtype=kind) * weights[place]
            found = np.add.outer(found, step).ravel()
        return found

    @cached_property
    def numbered(self) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return what the first and the last axes add to the number of a place's fibre."""
        split = outer_axes(self.full, NUMBERED)
        weights, weight = [0] * len(self.full), 1
        own = {place for place, _ in self.party_axes}
        for place in reversed(range(len(self.full))):
            if place not in own:
                weights[place], weight = weight, weight * self.full[place]
        kind = np.int32 if prod(self.full) < 1 << 31 else np.int64
        axes = range(len(self.full))
        return self._summed(axes[:split], weights, kind), self._summed(axes[split:], weights, kind)

    def fibres(self) -> NDArray[np.int64]:
        """Return the places, shape (others' settings, own settings)."""
        places = np.arange(prod(self.full)).reshape(self.full)
        own = [place for place, _ in self.party_axes]
        ahead = np.moveaxis(places, own, range(places.ndim - len(own), places.ndim))
        return ahead.reshape(-1, prod(self.full[place] for place in own))


def _running(ufunc: np.ufunc, values: Labels, axis: int, from_the_end: bool) -> Labels:
    """Combine each value with all before it along an axis (or: after it); faster than `accumulate` on short axes."""
    found = values.copy()
    rows = np.moveaxis(found, axis, 0)
    if from_the_end:
        rows = rows[::-1]
    for row in range(1, len(rows)):
        ufunc(rows[row : row + 1], rows[row - 1 : row], out=rows[row : row + 1])
    return found
