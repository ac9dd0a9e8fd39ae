"""This module owns statements as clauses: is there a state at all, and can a partial choice still become one.

Options of n levels are n - 1 variables "at least level v", each implying the one below. Connectives get a variable that
is equivalent to them (Tseitin 1968), sums of costs a decision diagram over what is left of the limit.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from detente.engine.choices import free_options
from detente.engine.interface import Space
from detente.engine.propositions import Propositions
from detente.model.statements import Tree

TRUE = 1  # variable 1 is always true, so that constants are literals too
CONFLICTS = 5_000  # so many are met before Python is asked whether somebody has interrupted; well below a second


class Clauses(Propositions[int]):
    """A space's rules in conjunctive normal form, and the literals that speak of its options."""

    true = TRUE

    def __init__(self, space: Space, rules: Sequence[Tree] | None = None) -> None:
        self.clauses: list[list[int]] = [[TRUE]]
        self.variables = TRUE
        self.sizes = space.sizes
        self._first: dict[int, int] = {}
        self._defined: dict[int, int] = {}
        for option in free_options(space):
            self._first[option] = self.variables + 1
            self.variables += space.sizes[option] - 1
            for level in range(2, space.sizes[option]):
                self.clauses.append([-self.at_least(option, level), self.at_least(option, level - 1)])
        for option, tree in space.defined:
            self._defined[option] = self.literal(tree)
        for rule in space.rules if rules is None else rules:
            self.clauses.append([self.literal(rule)])

    def literal(self, tree: Tree) -> int:
        """Return a literal that is true exactly where a statement is."""
        return self.of(tree)

    def at_least(self, option: int, level: int) -> int:
        """Return the literal of "the option is at this level or above"."""
        if level <= 0:
            return TRUE
        if level >= self.sizes[option]:
            return -TRUE
        return self._defined[option] if option in self._defined else self._first[option] + level - 1

    def exactly(self, option: int, level: int) -> list[int]:
        """Return the literals that together say that the option is at this level."""
        return [self.at_least(option, level), -self.at_least(option, level + 1)]

    def negation(self, proposition: int) -> int:
        """Return the opposite literal."""
        return -proposition

    def conjunction(self, propositions: Sequence[int]) -> int:
        """Return a literal that is true where all of these are."""
        kept = {literal for literal in propositions if literal != TRUE}
        if -TRUE in kept or any(-literal in kept for literal in kept):
            return -TRUE
        if len(kept) < 2:
            return kept.pop() if kept else TRUE
        gate = self._new()
        self.clauses += [[-gate, literal] for literal in kept]
        self.clauses.append([gate, *(-literal for literal in kept)])
        return gate

    def choice(self, condition: int, then: int, otherwise: int) -> int:
        """Return the literal of "`then` where the condition holds, else `otherwise`"."""
        if then == otherwise or condition == TRUE:
            return then
        if condition == -TRUE:
            return otherwise
        gate = self._new()
        self.clauses += [[-condition, -gate, then], [-condition, gate, -then]]
        self.clauses += [[condition, -gate, otherwise], [condition, gate, -otherwise]]
        return gate

    def _new(self) -> int:
        self.variables += 1
        return self.variables


class Completion:
    """A solver that says whether a partial choice can be completed to a state that obeys every rule."""

    def __init__(self, space: Space, rules: Sequence[Tree] | None = None) -> None:
        from pysat.solvers import Solver  # type: ignore[import-untyped] # python-sat ships no types

        self.clauses = Clauses(space, rules)
        self._solver: Any = Solver(name="minisat22", bootstrap_with=self.clauses.clauses)

    def __enter__(self) -> "Completion":
        return self

    def __exit__(self, *_: object) -> None:
        self._solver.delete()

    def possible(self, choice: Mapping[int, int] | Iterable[tuple[int, int]] = ()) -> bool:
        """Return whether some state has these levels (option, level); () asks whether there is one at all."""
        assumptions = [
            literal for option, level in dict(choice).items() for literal in self.clauses.exactly(option, level)
        ]
        # Each once: solvers of the Glucose family write past their arrays when an assumption is repeated.
        return solved(self._solver, sorted(set(assumptions) - {TRUE}))


def solved(solver: Any, assumptions: Sequence[int]) -> bool:
    """Return whether a solver's clauses can hold under some assumptions.

    It is asked for a while at a time, keeping what it has learnt: between two whiles Python hears of interruptions.
    """
    while True:
        solver.conf_budget(CONFLICTS)
        found: bool | None = solver.solve_limited(assumptions=assumptions)
        if found is not None:
            return found
