"""This module owns what can be done and what limits it, as numbers: measures as columns, budgets, side constraints."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from detente.monitoring.arrays import UNLIMITED, Flags, Floats, Indices, held, nonnegative


@dataclass(frozen=True, slots=True, eq=False)
class Measures:
    """What can be done: one column a measure at one arc.

    Parameters
    ----------
    arc : int, shape (measures,)
        Where it is.
    exponent : float, shape (measures,)
        What one unit of effort adds to the exponent of its arc, 0 or more.
    use : float, shape (resources, measures)
        What one unit takes of each resource, 0 or more.
    consent : bool, shape (agencies, measures)
        Whose consent, or part in it, it needs.
    cap : float, shape (measures,)
        The most effort; infinite where only budgets limit it.
    delay : float, shape (measures,)
        Hours that people wait per unit of effort.
    intrusiveness : float, shape (parties, measures)
        How intrusive one unit is to each affected party; no rows where nothing is said of it.
    divisible : bool, shape (measures,)
        False where effort comes in whole units only (a fence, a site).
    """

    arc: Indices
    exponent: Floats
    use: Floats
    consent: Flags
    cap: Floats = field(default_factory=lambda: np.zeros(0))
    delay: Floats = field(default_factory=lambda: np.zeros(0))
    intrusiveness: Floats = field(default_factory=lambda: np.zeros((0, 0)))
    divisible: Flags = field(default_factory=lambda: np.zeros(0, dtype=bool))

    def __post_init__(self) -> None:
        count = len(self.arc)
        defaults = {
            "cap": np.full(count, UNLIMITED),
            "delay": np.zeros(count),
            "intrusiveness": np.zeros((0, count)),
            "divisible": np.ones(count, dtype=bool),
        }
        for name, value in defaults.items():
            if not len(getattr(self, name)):  # a table of parties by no measures has rows, and keeps them
                object.__setattr__(self, name, value)
        held(self, arc=np.int64, exponent=np.float64, use=np.float64, consent=np.bool_, cap=np.float64,
              delay=np.float64, intrusiveness=np.float64, divisible=np.bool_)  # fmt: skip
        for name in ("exponent", "cap", "delay", "divisible"):
            if getattr(self, name).shape != (count,):
                raise ValueError(f"{name} has one entry a measure")
        for name in ("use", "consent", "intrusiveness"):
            if getattr(self, name).shape[1:] != (count,):
                raise ValueError(f"{name} has one column a measure")
        for name in ("exponent", "use", "delay", "intrusiveness"):
            if not nonnegative(getattr(self, name)):
                raise ValueError(f"{name} is finite, 0 or more")
        if np.isnan(self.cap).any() or (self.cap < 0).any():
            raise ValueError("a cap is 0 or more")

    @property
    def count(self) -> int:
        """How many measures there are."""
        return len(self.arc)


@dataclass(frozen=True, slots=True, eq=False)
class Resources:
    """Budgets, each owned by one agency.

    Parameters
    ----------
    owner : int, shape (resources,)
        The agency.
    budget : float, shape (resources,)
        How much there is, 0 or more.
    """

    owner: Indices
    budget: Floats

    def __post_init__(self) -> None:
        held(self, owner=np.int64, budget=np.float64)
        if len(self.owner) != len(self.budget):
            raise ValueError("every budget has an owner")
        if not nonnegative(self.budget):
            raise ValueError("a budget is a finite number, 0 or more")


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Side constraints ``lower <= a . z <= upper`` over efforts; their order is the index by which answers name them.

    Parameters
    ----------
    starts : int, shape (rows + 1,)
        Where the entries of each row start.
    columns : int, shape (entries,)
        Measures.
    values : float, shape (entries,)
    lower, upper : float, shape (rows,)
        Infinite where there is no limit.
    """

    starts: Indices
    columns: Indices
    values: Floats
    lower: Floats
    upper: Floats

    def __post_init__(self) -> None:
        held(self, starts=np.int64, columns=np.int64, values=np.float64, lower=np.float64, upper=np.float64)
        if len(self.starts) != len(self.lower) + 1 or len(self.lower) != len(self.upper):
            raise ValueError("every row has a start, a lower and an upper limit")
        if len(self.columns) != len(self.values) or self.starts[-1] != len(self.columns):
            raise ValueError("every entry of a row has a measure and a value")
        if not np.isfinite(self.values).all() or np.isnan(self.lower).any() or np.isnan(self.upper).any():
            raise ValueError("a row is made of numbers")

    @classmethod
    def of(cls, rows: Iterable[tuple[Mapping[int, float], float, float]] = ()) -> "Rows":
        """Return rows given as (coefficients by measure, lower, upper), in order."""
        given = list(rows)
        starts = np.cumsum([0, *(len(entries) for entries, _, _ in given)])
        columns = [column for entries, _, _ in given for column in entries]
        values = [value for entries, _, _ in given for value in entries.values()]
        return cls(
            starts.astype(np.int64),
            np.array(columns, dtype=np.int64),
            np.array(values, dtype=float),
            np.array([lower for _, lower, _ in given], dtype=float),
            np.array([upper for _, _, upper in given], dtype=float),
        )

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self.lower)

    def row(self, index: int) -> tuple[dict[int, float], float, float]:
        """Return a row as it is given to `of`."""
        part = slice(int(self.starts[index]), int(self.starts[index + 1]))
        entries = dict(zip(self.columns[part].tolist(), self.values[part].tolist(), strict=True))
        return entries, float(self.lower[index]), float(self.upper[index])

    def activity(self, effort: Floats) -> Floats:
        """Return ``a . z`` for efforts of shape (measures,); shape (rows,)."""
        entries = np.cumsum(np.append(0.0, self.values * effort[self.columns]))
        found: Floats = entries[self.starts[1:]] - entries[self.starts[:-1]]
        return found

    def lifted(self, gone: Flags, barred: Flags | None = None) -> "Rows":
        """Return the rows with those lifted that limit only measures that are gone.

        Parameters
        ----------
        gone : bool, shape (measures,)
        barred : bool, shape (measures,), or None
            Only rows that limit some of these are lifted; None: any row.
        """
        if not self.count:
            return self
        left, some = (
            np.diff(np.cumsum(np.append(0, flags[self.columns]))[self.starts])
            for flags in (~gone, gone if barred is None else barred)
        )
        idle = (left == 0) & ((some > 0) | (barred is None))
        return replace(self, lower=np.where(idle, -UNLIMITED, self.lower), upper=np.where(idle, UNLIMITED, self.upper))

    def without(self, index: int) -> "Rows":
        """Return the rows with one of them lifted: it stays in its place, without limits."""
        lower, upper = self.lower.copy(), self.upper.copy()
        lower[index], upper[index] = -UNLIMITED, UNLIMITED
        return replace(self, lower=lower, upper=upper)
