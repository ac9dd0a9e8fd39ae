"""This module owns statements as clauses: is there a state at all, and can a partial choice still become one.

Options of n levels are n - 1 variables "at least level v", each implying the one below. Connectives get a variable that
is equivalent to them (Tseitin 1968), sums of costs a decision diagram over what is left of the limit.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from detente.engine.choices import free_options
from detente.engine.interface import Space
from detente.model.statements import And, Compare, Count, If, Iff, Not, Or, Outcome, Tree, Within

TRUE = 1  # variable 1 is always true, so that constants are literals too


class Clauses:
    """A space's rules in conjunctive normal form, and the literals that speak of its options."""

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

    def literal(self, tree: Tree) -> int:
        """Return a literal that is true exactly where a statement is."""
        match tree:
            case Compare(option, relation, level):
                key = int(option)
                above, here = self.at_least(key, level + 1), self.at_least(key, level)
                if relation in ("=", "!="):
                    same = self._all([here, -above])
                    return same if relation == "=" else -same
                return {">": above, ">=": here, "<": -here, "<=": -above}[relation]
            case Not(inner):
                return -self.literal(inner)
            case And(parts):
                return self._all([self.literal(part) for part in parts])
            case Or(parts):
                return -self._all([-self.literal(part) for part in parts])
            case If(then, when):
                return -self._all([-self.literal(then), self.literal(when)])
            case Iff(left, right):
                other = self.literal(right)
                return self._either(self.literal(left), other, -other)
            case Count(bound, number, parts):
                literals = [self.literal(part) for part in parts]
                most = self._within([1] * len(parts), literals, number)
                less = self._within([1] * len(parts), literals, number - 1)
                return {"at most": most, "at least": -less, "exactly": self._all([most, -less])}[bound]
            case Within(costs, parts, limit):
                return self._within(list(costs), [self.literal(part) for part in parts], limit)
            case Outcome(_, inner):
                return self.literal(inner)

    def _new(self) -> int:
        self.variables += 1
        return self.variables

    def _all(self, literals: Sequence[int]) -> int:
        kept = {literal for literal in literals if literal != TRUE}
        if -TRUE in kept or any(-literal in kept for literal in kept):
            return -TRUE
        if len(kept) < 2:
            return kept.pop() if kept else TRUE
        gate = self._new()
        self.clauses += [[-gate, literal] for literal in kept]
        self.clauses.append([gate, *(-literal for literal in kept)])
        return gate

    def _either(self, condition: int, then: int, otherwise: int) -> int:
        """Return the literal of "`then` where the condition holds, else `otherwise`"."""
        if then == otherwise or condition == TRUE:
            return then
        if condition == -TRUE:
            return otherwise
        gate = self._new()
        self.clauses += [[-condition, -gate, then], [-condition, gate, -then]]
        self.clauses += [[condition, -gate, otherwise], [condition, gate, -otherwise]]
        return gate

    def _within(self, costs: list[int], literals: list[int], limit: int) -> int:
        """Return the literal of "what is true costs at most `limit` together"; a negative cost is a saving."""
        for place, cost in enumerate(costs):
            if cost < 0:  # a saving where true is a cost where false, with a higher limit
                costs[place], literals[place], limit = -cost, -literals[place], limit - cost
        left = [sum(costs[place:]) for place in range(len(costs) + 1)]
        gates: dict[tuple[int, int], int] = {}
        # Built from the end, without recursion: sums of hundreds of parts must not exhaust the stack.
        reached: list[set[int]] = [{limit}]
        for place, cost in enumerate(costs):
            open_ = {rest for rest in reached[place] if 0 <= rest < left[place]}
            reached.append({rest - spent for rest in open_ for spent in (0, cost)})
        for place in range(len(costs), -1, -1):
            for rest in reached[place]:
                if rest < 0:
                    gates[place, rest] = -TRUE
                elif rest >= left[place]:
                    gates[place, rest] = TRUE
                else:
                    with_it, without = gates[place + 1, rest - costs[place]], gates[place + 1, rest]
                    gates[place, rest] = self._either(literals[place], with_it, without)
        return gates[0, limit]


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
        return bool(self._solver.solve(assumptions=sorted(set(assumptions) - {TRUE})))
