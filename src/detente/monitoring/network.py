"""This module owns networks and who crosses them, as numbers, and how large a network may be."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from detente.errors import TooLargeError
from detente.monitoring.arrays import UNLIMITED, Floats, Indices, held, nonnegative

ARCS = 5_000  # as many as sectors at the level of a border can have, many times over
LARGE_ARCS = 2_000_000  # what the cutting planes can take in minutes and in memory


def check_size(arcs: int, large: bool = False) -> None:
    """Refuse a network that is too large, before any of it is built.

    Parameters
    ----------
    arcs : int
    large : bool
        Whether large networks were asked for.

    Raises
    ------
    TooLargeError
        If there are more than 5,000 arcs, or more than 2,000,000 where large networks were asked for.
    """
    if arcs > LARGE_ARCS:
        told = f"{arcs:,} arcs are more than the {LARGE_ARCS:,} that can be solved"
        raise TooLargeError(f"{told}; put neighbouring places together into sectors")
    if arcs > ARCS and not large:
        told = f"{arcs:,} arcs are more than {ARCS:,}, and finer than sectors"
        raise TooLargeError(
            f"{told}; put neighbouring places together into sectors, or ask for it with --large (large=True in Python)"
        )


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """A directed network.

    Parameters
    ----------
    nodes : int
    tails, heads : int, shape (arcs,)
        Where each arc starts and ends.
    baseline : float, shape (arcs,)
        The exponent that is there in any case, 0 or more.
    """

    nodes: int
    tails: Indices
    heads: Indices
    baseline: Floats

    def __post_init__(self) -> None:
        held(self, tails=np.int64, heads=np.int64, baseline=np.float64)
        if not len(self.tails) == len(self.heads) == len(self.baseline):
            raise ValueError("every arc has a tail, a head and a baseline")
        for ends in (self.tails, self.heads):
            if len(ends) and not 0 <= ends.min() <= ends.max() < self.nodes:
                raise ValueError(f"arcs join nodes 0 to {self.nodes - 1}")
        if not nonnegative(self.baseline):
            raise ValueError("a baseline is a finite number, 0 or more")

    @classmethod
    def of(cls, nodes: int, arcs: Iterable[tuple[int, int]], baseline: Sequence[float] | None = None) -> "Network":
        """Return the network with the given arcs (tail, head), without a baseline where none is given."""
        pairs = np.array(list(arcs), dtype=np.int64).reshape(-1, 2)
        there = np.zeros(len(pairs)) if baseline is None else np.asarray(baseline, dtype=float)
        return cls(nodes, pairs[:, 0], pairs[:, 1], there)

    @property
    def arcs(self) -> int:
        """How many arcs there are."""
        return len(self.tails)


@dataclass(frozen=True, slots=True, eq=False)
class Adversary:
    """A type of adversary: it goes from any of its sources to any of its sinks, along the route of least exponent.

    Parameters
    ----------
    sources, sinks : tuple of int
        Nodes.
    weight : float
        Its share among the types, 0 or more.
    baseline : float, shape (arcs,), or None
        What is there in any case against this type; None: the network's baseline.
    """

    sources: tuple[int, ...]
    sinks: tuple[int, ...]
    weight: float = 1.0
    baseline: Floats | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "sources", tuple(int(node) for node in self.sources))
        object.__setattr__(self, "sinks", tuple(int(node) for node in self.sinks))
        if self.baseline is not None:
            held(self, baseline=np.float64)
        if not self.sources or not self.sinks:
            raise ValueError("an adversary has a source and a sink")
        if set(self.sources) & set(self.sinks):
            raise ValueError("a source of an adversary is no sink of it")
        if not 0 <= self.weight < UNLIMITED:
            raise ValueError("a weight is a finite number, 0 or more")
        if self.baseline is not None and not nonnegative(self.baseline):
            raise ValueError("a baseline is a finite number, 0 or more")
