"""This module owns a monitoring problem as numbers: a network, who crosses it, measures, budgets and side constraints.

Nothing here has a name: nodes, arcs, agencies, measures and rows are counted from 0, and whoever has names for them
puts them back. Effort `z[m]` on a measure adds `exponent[m] * z[m]` to the exponent of its arc; along a route exponents
add up, and the chance of detection is 1 - exp(-sum), as chances at different arcs are taken to be independent.
"""

from collections.abc import Collection
from dataclasses import dataclass, field, replace

import numpy as np

from detente.monitoring.arrays import Flags, Floats
from detente.monitoring.measures import Measures, Resources, Rows
from detente.monitoring.network import Adversary, Network


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """A monitoring problem: plan efforts so that those who cross, and adapt, are found as often as can be.

    Parameters
    ----------
    network : Network
    adversaries : tuple of Adversary
    measures : Measures
    resources : Resources
    rows : Rows
        Side constraints, political and humanitarian.
    large : bool
        Whether a network of more than 5,000 arcs was asked for.
    most_nodes : int, or None
        After how many nodes of branching over whole units the best plan found is taken, with a bound of what could be
        better; None: only when it is proven the best.
    """

    network: Network
    adversaries: tuple[Adversary, ...]
    measures: Measures
    resources: Resources
    rows: Rows = field(default_factory=Rows.of)
    large: bool = False
    most_nodes: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "adversaries", tuple(self.adversaries))
        nodes, arcs, count = self.network.nodes, self.network.arcs, self.measures.count
        if not self.adversaries:
            raise ValueError("a problem has an adversary")
        for adversary in self.adversaries:
            if not all(0 <= node < nodes for node in (*adversary.sources, *adversary.sinks)):
                raise ValueError(f"adversaries go between nodes 0 to {nodes - 1}")
            if adversary.baseline is not None and adversary.baseline.shape != (arcs,):
                raise ValueError("an adversary's baseline has one entry an arc")
        if count and not 0 <= self.measures.arc.min() <= self.measures.arc.max() < arcs:
            raise ValueError(f"measures stand at arcs 0 to {arcs - 1}")
        if len(self.measures.use) != len(self.resources.budget):
            raise ValueError("use has one row a resource")
        owner = self.resources.owner
        if len(owner) and not 0 <= owner.min() <= owner.max() < self.agencies:
            raise ValueError(f"resources belong to agencies 0 to {self.agencies - 1}")
        if len(self.rows.columns) and not 0 <= self.rows.columns.min() <= self.rows.columns.max() < count:
            raise ValueError(f"rows limit measures 0 to {count - 1}")

    @property
    def agencies(self) -> int:
        """How many agencies there are."""
        return len(self.measures.consent)

    @property
    def weights(self) -> Floats:
        """The weights of the types of adversary, shape (adversaries,)."""
        return np.array([each.weight for each in self.adversaries])

    def baseline(self, adversary: int) -> Floats:
        """Return what is there in any case against a type of adversary, shape (arcs,)."""
        own = self.adversaries[adversary].baseline
        return self.network.baseline if own is None else own

    def restricted(self, coalition: Collection[int]) -> "Problem":
        """Return the problem of some agencies alone: their budgets, and the measures that need nobody else.

        Measures and rows keep their places: a measure that needs others has a cap of 0, others' budgets are 0, and a
        row that limits none of the measures left is lifted.

        Parameters
        ----------
        coalition : collection of int
            Agencies.
        """
        outside = np.ones(self.agencies, dtype=bool)
        outside[list(coalition)] = False
        barred: Flags = np.logical_or.reduce(self.measures.consent[outside], axis=0)
        return replace(
            self,
            measures=replace(self.measures, cap=np.where(barred, 0.0, self.measures.cap)),
            resources=replace(
                self.resources, budget=np.where(outside[self.resources.owner], 0.0, self.resources.budget)
            ),
            rows=self.rows.lifted(barred),
        )

    def without(self, agency: int) -> "Problem":
        """Return the problem without an agency: without its budgets, and the measures that need it."""
        return self.restricted([other for other in range(self.agencies) if other != agency])

    def barring(self, measures: Collection[int]) -> "Problem":
        """Return the problem in which some measures are not used; a row that limits no others is lifted."""
        barred = np.zeros(self.measures.count, dtype=bool)
        barred[list(measures)] = True
        cap = np.where(barred, 0.0, self.measures.cap)
        return replace(self, measures=replace(self.measures, cap=cap), rows=self.rows.lifted(cap == 0, barred))

    def with_budgets(self, budget: Floats) -> "Problem":
        """Return the problem with other budgets, shape (resources,)."""
        return replace(self, resources=replace(self.resources, budget=budget))

    def one_more(self, row: int) -> "Problem":
        """Return the problem with one more unit of a budget."""
        budget = self.resources.budget.copy()
        budget[row] += 1
        return self.with_budgets(budget)

    def with_baseline(self, added: Floats) -> "Problem":
        """Return the problem with exponents added to the baseline of every arc, against every adversary."""
        # The network stays the same one: which part of it each adversary can use is known already.
        adversaries = tuple(
            replace(each, baseline=self.baseline(index) + added) for index, each in enumerate(self.adversaries)
        )
        return replace(self, adversaries=adversaries)

    def beside(self, effort: Floats) -> "Problem":
        """Return the problem of adding to efforts that others make in any case, shape (measures,)."""
        there = self.rows.activity(effort)
        rows = replace(self.rows, lower=self.rows.lower - there, upper=self.rows.upper - there)
        return replace(self.with_baseline(self.exponents(effort)), rows=rows)

    def exponents(self, effort: Floats) -> Floats:
        """Return what efforts add to the exponent of each arc, shape (arcs,)."""
        added = np.bincount(self.measures.arc, self.measures.exponent * effort, minlength=self.network.arcs)
        return added.astype(np.float64)
