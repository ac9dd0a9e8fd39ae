"""This module owns what can be wrong with a monitoring problem, with the indices by which a caller can name it."""

from typing import Any

from detente.errors import NotAvailableError


class UnreachableError(NotAvailableError):
    """A sink that no route from a source reaches, so that there is nobody to be found: `adversary`, `sinks` (nodes)."""

    def __init__(self, adversary: int, sinks: tuple[int, ...]) -> None:
        self.adversary, self.sinks = adversary, sinks
        told = f"no route leads adversary {adversary} to node {', '.join(map(str, sinks))}"
        super().__init__(f"{told}; add the arcs that lead there, or take the sink away")

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.adversary, self.sinks)


class UnlimitedError(NotAvailableError):
    """Effort without any limit: `measures` have neither a cap nor a budget that they use."""

    def __init__(self, measures: tuple[int, ...]) -> None:
        self.measures = measures
        shown = ", ".join(map(str, measures[:5])) + (", ..." if len(measures) > 5 else "")
        told = f"nothing limits the effort on measure {shown}" if measures else "nothing limits the effort"
        super().__init__(f"{told}; give it a cap, or let it use a budget")

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.measures,)


class ContradictionError(NotAvailableError):
    """Constraints that no plan meets together, though it would meet all of them but any one.

    `rows`, `resources` and `measures` are the indices of the side constraints, budgets and caps of a minimal set.
    """

    def __init__(self, rows: tuple[int, ...], resources: tuple[int, ...] = (), measures: tuple[int, ...] = ()) -> None:
        self.rows, self.resources, self.measures = rows, resources, measures
        parts = {"side constraints": rows, "budgets": resources, "caps of measures": measures}
        named = "; ".join(f"{kind} {', '.join(map(str, which))}" for kind, which in parts.items() if which)
        super().__init__(f"these constraints contradict each other: {named}; relax one of them")

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.rows, self.resources, self.measures)
