"""This module owns minimal sets of things that cannot be had together, found smallest first, whatever decides it.

A set that cannot be had shares an element with every correction set (what some state leaves out, of all that is asked).
So the smallest set that meets all correction sets found so far is either impossible, and then as small as any that is
left, or it gives one more correction set.

References
----------
Reiter (1987), A theory of diagnosis from first principles, Artificial Intelligence 32 (the duality). Smallest first by
hitting sets: Ignatiev, Previti, Liffiton & Marques-Silva (2015), Smallest MUS extraction with minimal hitting set
dualization, CP 2015.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import prod
from typing import Any

import numpy as np

from detente.engine.choices import grid
from detente.engine.interface import Space, StateSet
from detente.engine.masks import Mask
from detente.engine.sat import TRUE, Clauses, solved
from detente.model.statements import And, Compare, Iff, Or, Tree, holds

Wanted = frozenset[int]
Possible = Callable[[Wanted], Wanted | None]
"""Whether some state meets what is wanted: all that one such state meets, or None."""

SMALL = 1 << 14
TRIES = 20_000
FEW = 10


@dataclass(frozen=True, slots=True)
class MinimalSets:
    """Minimal impossible sets, smallest first, and whether these are all."""

    sets: tuple[Wanted, ...]
    complete: bool


def minimal_sets(size: int, possible: Possible, limit: int, tries: int = TRIES) -> MinimalSets:
    """Return the minimal sets, of the numbers below `size`, that are not possible; smallest first.

    Parameters
    ----------
    size : int
    possible : callable
        A set is possible where everything in some possible superset is; so subsets of possible sets are possible.
    limit : int
        How many sets are looked for.
    tries : int
        How often `possible` is asked at most.
    """
    everything = frozenset(range(size))
    if possible(everything) is not None:
        return MinimalSets((), True)
    if possible(frozenset()) is None:
        return MinimalSets((frozenset(),)[:limit], limit > 0)
    if size <= FEW:
        return _of_few(size, possible, limit)
    return _of_many(everything, possible, limit, tries)


def _of_few(size: int, possible: Possible, limit: int) -> MinimalSets:
    """Try all sets, the smallest first, but for those that follow from what was found."""
    found: list[Wanted] = []
    met: list[Wanted] = []
    for wanted in (frozenset(some) for k in range(1, size + 1) for some in combinations(range(size), k)):
        if any(wanted <= each for each in met) or any(each <= wanted for each in found):
            continue
        witness = possible(wanted)
        if witness is not None:
            met.append(witness)
        elif len(found) == limit:
            return MinimalSets(tuple(found), False)
        else:
            found.append(wanted)
    return MinimalSets(tuple(found), True)


def _of_many(everything: Wanted, possible: Possible, limit: int, tries: int) -> MinimalSets:
    """Let a solver propose the smallest set that meets every correction set found so far."""
    from pysat.examples.hitman import Hitman  # type: ignore[import-untyped] # python-sat ships no types

    found: list[Wanted] = []
    asked = 0
    with Hitman(bootstrap_with=[list(everything)], solver="m22", htype="sorted") as hitting:
        while (candidate := hitting.get()) is not None:
            if asked > tries:
                return MinimalSets(_sorted(found), False)
            wanted = frozenset(candidate)
            met = possible(wanted)
            asked += 1
            if met is None:
                if len(found) == limit:
                    return MinimalSets(_sorted(found), False)
                found.append(wanted)
                hitting.block(sorted(wanted))
                continue
            for number in sorted(everything - met):
                asked += 1
                if number not in met:
                    met = possible(met | {number}) or met
            hitting.hit(sorted(everything - met))
    return MinimalSets(_sorted(found), True)


def _sorted(found: Collection[Wanted]) -> tuple[Wanted, ...]:
    return tuple(sorted(found, key=lambda wanted: (len(wanted), sorted(wanted))))


def among(sets: Sequence[StateSet], states: StateSet) -> Possible:
    """Return what decides by listed states: which of the `sets` one of the `states` can lie in together."""

    def possible(wanted: Wanted) -> Wanted | None:
        left = states
        for number in sorted(wanted):
            left = left & sets[number]
        witness = left.first(1)
        return frozenset(n for n, each in enumerate(sets) if witness[0] in each) if witness else None

    return possible


class Solver:
    """Statements over a space's options as a satisfiability problem that is asked again and again.

    Parameters
    ----------
    space : Space
    rules : sequence of Tree
        What always holds; the space's own rules where None.
    """

    def __init__(self, space: Space, rules: Sequence[Tree] | None = None) -> None:
        self.clauses = Clauses(space, rules)
        self.space = space
        self._solver: Any = None
        self._loaded = 0

    def __enter__(self) -> "Solver":
        return self

    def __exit__(self, *_: object) -> None:
        if self._solver is not None:
            self._solver.delete()

    def literal(self, tree: Tree) -> int:
        """Return the literal that is true exactly where a statement over option indices is."""
        return self.clauses.literal(tree)

    def add(self, clause: Sequence[int]) -> None:
        """Add a clause: at least one of its literals holds."""
        self.clauses.clauses.append(list(clause))

    def model(self, literals: Sequence[int]) -> frozenset[int] | None:
        """Return the true literals of one solution in which all given ones hold; None where there is none."""
        from pysat.solvers import Solver as Engine  # type: ignore[import-untyped] # python-sat ships no types

        if self._solver is None:
            self._solver = Engine(name="minisat22")
        for clause in self.clauses.clauses[self._loaded :]:
            self._solver.add_clause(clause)
        self._loaded = len(self.clauses.clauses)
        # Each once: Glucose and its kin write past their arrays when an assumption is repeated.
        found = solved(self._solver, sorted(set(literals)))
        return frozenset(self._solver.get_model()) if found else None

    def core(self) -> frozenset[int]:
        """Return literals of the last question that cannot hold together, after it had no solution."""
        return frozenset(self._solver.get_core() or ())

    def values(self, model: frozenset[int]) -> tuple[int, ...]:
        """Return the level of every option in a solution."""
        return tuple(
            sum(self.true(self.clauses.at_least(option, level), model) for level in range(1, size))
            for option, size in enumerate(self.space.sizes)
        )

    @staticmethod
    def true(literal: int, model: frozenset[int]) -> bool:
        """Return whether a literal holds in a solution; one that no clause speaks of is free, and counts as false."""
        return literal == TRUE or (literal in model if literal > 0 else -literal not in model)


def by_solver(solver: Solver, literals: Sequence[int], given: Sequence[int] = ()) -> Possible:
    """Return what decides by satisfiability: which `literals` can hold together, beside those `given`."""

    def possible(wanted: Wanted) -> Wanted | None:
        model = solver.model([*given, *(literals[number] for number in sorted(wanted))])
        return None if model is None else frozenset(n for n, each in enumerate(literals) if solver.true(each, model))

    return possible


def clashing(space: Space, trees: Sequence[Tree], restrictions: Sequence[Tree]) -> MinimalSets:
    """Return a smallest set of restrictions, by their places, that keeps statements from holding together; if any.

    Parameters
    ----------
    space : Space
        Every combination of its options' levels counts.
    trees, restrictions : sequence of Tree
        Over option indices.
    """
    if prod(space.sizes) <= SMALL:
        columns, size = grid(space.sizes), prod(space.sizes)
        each = [Mask(np.array(np.broadcast_to(holds(tree, columns.__getitem__), size))) for tree in restrictions]
        wanted = Mask(np.array(np.broadcast_to(holds(And(tuple(trees)), columns.__getitem__), size)))
        return minimal_sets(len(each), among(each, wanted), 1)
    with Solver(unruled(space), ()) as solver:
        literals = [solver.literal(tree) for tree in restrictions]
        given = [solver.literal(tree) for tree in trees]
        return minimal_sets(len(literals), by_solver(solver, literals, given), 1)


def unruled(space: Space) -> Space:
    """Return a space in which every combination of levels is possible and every option is free."""
    return replace(space, rules=(), defined=(), listed=None, merged=(), arcs=None)


def restrictions(space: Space) -> list[Tree]:
    """Return everything that `unruled` lifts, as statements: rules first, then contracts, then the list of states."""
    found = [*space.rules, *(Iff(Compare(option), tree) for option, tree in space.defined)]
    if space.listed is not None:
        states = [
            And(tuple(Compare(option, "=", level) for option, level in enumerate(state))) for state in space.listed
        ]
        found.append(Or(tuple(states)))
    return found
