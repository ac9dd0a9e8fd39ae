"""This module owns the run of the MaxSAT solver: the cheapest solution of a formula, then others, and when it ends."""

from collections.abc import Iterable
from threading import Event, Thread
from types import TracebackType
from typing import Any

from detente.questions.nearest import Effort
from detente.questions.nearest_literals import Formula

LOOK_AGAIN = 0.05  # seconds


class Solver:
    """A MaxSAT solver on one formula; more clauses can be added between its answers."""

    def __init__(self, formula: Formula) -> None:
        from pysat.examples.rc2 import RC2  # type: ignore[import-untyped] # python-sat ships no types
        from pysat.formula import WCNF  # type: ignore[import-untyped] # python-sat ships no types

        weighted = WCNF()
        for clause in formula.hard:
            weighted.append(clause)
        self._scale = len(formula.movers) + 1  # among equally cheap solutions, those in which fewer must move
        for literal, cost in formula.costs.items():
            weighted.append([-literal], weight=cost * self._scale)
        for literal in formula.movers.values():
            weighted.append([-literal], weight=1)
        self._solver: Any = RC2(weighted, adapt=True, exhaust=True, minz=True)
        self.late, self.at_least = False, 0

    def __enter__(self) -> "Solver":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._solver.delete()

    @property
    def cost(self) -> int:
        """What the last solution costs."""
        return int(self._solver.cost) // self._scale

    def need(self, literals: Iterable[int]) -> None:
        """Ask for one of some literals as well."""
        self._solver.add_clause(list(literals))

    def cheapest(self, effort: Effort) -> frozenset[int] | None:
        """Return what is true in a cheapest solution, as literals; None where there is none, or time is up (`late`)."""
        over = Event()
        watch = Thread(target=self._watch, args=(effort, over), daemon=True)
        watch.start()
        try:
            model = self._solver.compute(expect_interrupt=True)
        finally:
            over.set()
            watch.join()
        return None if self.late or not model else frozenset(literal for literal in model if literal > 0)

    def _watch(self, effort: Effort, over: Event) -> None:
        while not over.wait(LOOK_AGAIN):
            if effort.late:
                self.late, self.at_least = True, self.cost
                self._solver.interrupt()
                return
