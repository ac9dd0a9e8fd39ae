"""This module owns what a joint plan is: efforts, what they reach, and the prices that prove it the best."""

from dataclasses import dataclass
from math import exp
from typing import Literal

import numpy as np

from detente.monitoring.arrays import Floats
from detente.monitoring.routes import Evaluation

Objective = Literal["worst", "weighted", "expected"]


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """A joint plan, the best there is, with the prices that prove it.

    Parameters
    ----------
    objective : str
        "worst", "weighted" or "expected".
    value : float
        Of the objective: an exponent, or the expected undetected crossings.
    bound : float
        What no plan can better.
    effort : float, shape (measures,)
    reached : Evaluation
        What the plan reaches against each adversary.
    weights : float, shape (adversaries,)
        How much each type's exponent counts where the plan stands: for "worst" shares that add up to 1; for "weighted"
        the weights; for "expected" the weights times the chance to pass.
    flows : float, shape (adversaries, arcs)
        How much of each type, of its weight in all, uses each arc: the adversary's mixed route.
    prices : float, shape (resources,)
        What one more unit of a budget adds to the value (for "expected": takes from the undetected crossings).
    row_prices : float, shape (rows,)
        The same for one more unit of a side constraint's limit; negative where a lower limit would have to fall.
    cap_prices : float, shape (measures,)
        The same for caps.
    """

    objective: Objective
    value: float
    bound: float
    effort: Floats
    reached: Evaluation
    weights: Floats
    flows: Floats
    prices: Floats
    row_prices: Floats
    cap_prices: Floats

    @property
    def detection(self) -> float:
        """The chance to detect the adversary that is detected least."""
        return 1 - exp(-self.reached.worst)

    @property
    def displacement(self) -> Floats:
        """How often each arc is used by adversaries who adapt, as a share of all crossings, shape (arcs,)."""
        total = float(self.weights.sum())
        whole: Floats = np.add.reduce(self.flows, axis=0)
        return whole / total if total else whole
