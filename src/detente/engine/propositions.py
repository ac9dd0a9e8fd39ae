"""This module owns how statements turn into propositions over "option at level v or above", whatever those are made of.

Options of n levels are n - 1 such propositions, each implying the one below. A SAT solver's literals (`sat`) and
decision diagrams (`diagrams`) differ only in what "not", "all of" and "if, then, else" do.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Generic, TypeVar

from detente.model.statements import And, Compare, Count, If, Iff, Not, Or, Outcome, Tree, Within

P = TypeVar("P")


class Propositions(ABC, Generic[P]):
    """Propositions of one kind, and the statements that they express."""

    true: P

    @abstractmethod
    def at_least(self, option: int, level: int) -> P:
        """Return "the option is at this level or above"."""

    @abstractmethod
    def negation(self, proposition: P) -> P:
        """Return "not this"."""

    @abstractmethod
    def conjunction(self, propositions: Sequence[P]) -> P:
        """Return "all of these"."""

    @abstractmethod
    def choice(self, condition: P, then: P, otherwise: P) -> P:
        """Return "`then` where the condition holds, else `otherwise`"."""

    def of(self, tree: Tree) -> P:
        """Return what is true exactly where a statement is."""
        match tree:
            case Compare(option, relation, level):
                key = int(option)
                above, here = self.at_least(key, level + 1), self.at_least(key, level)
                if relation in ("=", "!="):
                    same = self.conjunction([here, self.negation(above)])
                    return same if relation == "=" else self.negation(same)
                return {">": above, ">=": here, "<": self.negation(here), "<=": self.negation(above)}[relation]
            case Not(inner):
                return self.negation(self.of(inner))
            case And(parts):
                return self.conjunction([self.of(part) for part in parts])
            case Or(parts):
                return self.negation(self.conjunction([self.negation(self.of(part)) for part in parts]))
            case If(then, when):
                return self.negation(self.conjunction([self.negation(self.of(then)), self.of(when)]))
            case Iff(left, right):
                other = self.of(right)
                return self.choice(self.of(left), other, self.negation(other))
            case Count(bound, number, parts):
                each = [self.of(part) for part in parts]
                most = self.within([1] * len(parts), each, number)
                less = self.within([1] * len(parts), each, number - 1)
                exactly = self.conjunction([most, self.negation(less)])
                return {"at most": most, "at least": self.negation(less), "exactly": exactly}[bound]
            case Within(costs, parts, limit):
                return self.within(costs, [self.of(part) for part in parts], limit)
            case Outcome(_, inner):
                return self.of(inner)

    def within(self, costs: Sequence[int], propositions: Sequence[P], limit: int) -> P:
        """Return "what is true costs at most `limit` together"; a negative cost is a saving."""
        costs, propositions = list(costs), list(propositions)
        for place, cost in enumerate(costs):
            if cost < 0:  # a saving where true is a cost where false, with a higher limit
                costs[place], limit = -cost, limit - cost
                propositions[place] = self.negation(propositions[place])
        left = [sum(costs[place:]) for place in range(len(costs) + 1)]
        found: dict[tuple[int, int], P] = {}
        # Built from the end, without recursion: sums of hundreds of parts must not exhaust the stack.
        reached: list[set[int]] = [{limit}]
        for place, cost in enumerate(costs):
            open_ = {rest for rest in reached[place] if 0 <= rest < left[place]}
            reached.append({rest - spent for rest in open_ for spent in (0, cost)})
        for place in range(len(costs), -1, -1):
            for rest in reached[place]:
                if rest < 0:
                    found[place, rest] = self.negation(self.true)
                elif rest >= left[place]:
                    found[place, rest] = self.true
                else:
                    with_it, without = found[place + 1, rest - costs[place]], found[place + 1, rest]
                    found[place, rest] = self.choice(propositions[place], with_it, without)
        return found[0, limit]
