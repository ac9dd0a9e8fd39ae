"""This module owns a space's bookkeeping: which options are free, what a statement depends on, what completes a choice.

A *choice* gives every free option a level; the defined options follow from it (a contract completes every move).
"""

from collections.abc import Callable, Iterable, Sequence
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.engine.interface import Space
from detente.model.statements import Tree, holds, options_in

Column = NDArray[np.uint8]
SMALL = 1 << 14  # so many choices are looked at one and all


def free_options(space: Space) -> tuple[int, ...]:
    """Return the options that are chosen, in order: all that are not defined by a statement."""
    defined = {option for option, _ in space.defined}
    return tuple(option for option in range(len(space.sizes)) if option not in defined)


def choices(space: Space) -> int:
    """Return how many choices there are before any rule: the product of the free options' sizes."""
    return prod(space.sizes[option] for option in free_options(space))


def foundations(space: Space) -> dict[int, frozenset[int]]:
    """Return the free options that each option's level depends on: itself, or what defines it."""
    found: dict[int, frozenset[int]] = {option: frozenset((option,)) for option in free_options(space)}
    for option, tree in space.defined:
        found[option] = frozenset().union(*(found[key] for key in options_in(tree)))
    return found


def depends_on(tree: Tree, found: dict[int, frozenset[int]]) -> frozenset[int]:
    """Return the free options that a statement depends on, defined options followed to their grounds."""
    return frozenset().union(*(found[key] for key in options_in(tree)))


def complete(space: Space, levels: dict[int, Any], shape: tuple[int, ...]) -> Callable[[Any], Any]:
    """Add the defined options' levels to those of the free ones; return the lookup that `holds` takes.

    Parameters
    ----------
    levels : dict from option to array of int
        Free options' levels, broadcastable to `shape`; the defined ones are added to it.
    """
    for option, tree in space.defined:
        truth = np.asarray(holds(tree, levels.__getitem__))
        levels[option] = truth.astype(np.uint8)
    return levels.__getitem__


def grid(sizes: Sequence[int]) -> list[Column]:
    """Return every choice of options of the given sizes as columns, the first option changing fastest."""
    columns = []
    total, weight = prod(sizes), 1
    for size in sizes:
        pattern = np.repeat(np.arange(size, dtype=np.uint8), weight)
        columns.append(np.tile(pattern, total // pattern.size))
        weight *= size
    return columns


def obeying(rules: Iterable[Tree], level: Callable[[Any], Any], shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Return where all rules hold."""
    allowed = np.ones(shape, np.bool_)
    for rule in rules:
        allowed &= holds(rule, level)
    return allowed
