"""This module owns linear programs: arrays to HiGHS and back, always by one thread, from one seed, in the same order.

HiGHS: Huangfu & Hall (2018), Parallelizing the dual revised simplex method, Mathematical Programming Computation 10.
"""

from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

import numpy as np

from detente.monitoring.arrays import Flags, Floats, Indices

DUAL, PRIMAL = 1, 4  # as HiGHS counts; on networks of 10,000 arcs the primal simplex method is three times as fast

Status = Literal["optimal", "limited", "infeasible", "unbounded", "stopped"]


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """A linear program: the best of ``cost . x`` with ``lower <= x <= upper`` and rows between limits.

    Parameters
    ----------
    cost, lower, upper : float, shape (columns,)
    starts, columns, values : arrays
        The rows, entry after entry, as in `Rows`.
    row_lower, row_upper : float, shape (rows,)
    integral : bool, shape (columns,), or None
        Which columns take whole numbers only.
    maximise : bool
    """

    cost: Floats
    lower: Floats
    upper: Floats
    starts: Indices
    columns: Indices
    values: Floats
    row_lower: Floats
    row_upper: Floats
    integral: Flags | None = None
    maximise: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What came of a program.

    Parameters
    ----------
    status : str
        "optimal"; "limited" where branching was stopped with an answer that is not proven the best; "infeasible";
        "unbounded"; "stopped" where the solver gave up.
    value : float
    x : float, shape (columns,)
    prices, reduced : float, shape (rows,) and (columns,)
        What one more unit of a row's limit, or of a column's bound, adds to the value; empty with whole numbers.
    bound : float
        What the value cannot be better than.
    """

    status: Status
    value: float = 0.0
    x: Floats = field(default_factory=lambda: np.zeros(0))
    prices: Floats = field(default_factory=lambda: np.zeros(0))
    reduced: Floats = field(default_factory=lambda: np.zeros(0))
    bound: float = 0.0


class Solver:
    """One program inside HiGHS, which can be changed and solved again from where it stands."""

    __slots__ = ("_columns", "_highs", "_integral")

    def __init__(self, program: Program, most_nodes: int | None = None) -> None:
        """Hold a program; with whole numbers, branching stops after so many nodes if any number is given."""
        self._highs: Any = _quiet()()
        self._columns = len(program.cost)
        self._integral = program.integral is not None and bool(program.integral.any())
        for name, value in _options(self._integral).items():
            self._highs.setOptionValue(name, value)
        if most_nodes is not None and self._integral:
            self._highs.setOptionValue("mip_max_nodes", most_nodes)
        whole = np.zeros(self._columns) if program.integral is None else program.integral
        self._highs.passModel(
            self._columns,
            len(program.row_lower),
            len(program.columns),
            2,  # row by row
            -1 if program.maximise else 1,
            0.0,
            program.cost,
            program.lower,
            program.upper,
            program.row_lower,
            program.row_upper,
            program.starts.astype(np.int32),
            program.columns.astype(np.int32),
            program.values,
            whole.astype(np.int32),
        )

    def add(self, columns: Indices, values: Floats, lower: float, upper: float) -> None:
        """Add a row."""
        self._highs.addRow(lower, upper, len(columns), columns.astype(np.int32), values)

    def aim(self, cost: Floats, maximise: bool) -> None:
        """Change what is sought."""
        self._highs.changeColsCost(self._columns, np.arange(self._columns, dtype=np.int32), cost)
        if maximise:
            self._highs.setMaximize()
        else:
            self._highs.setMinimize()

    def limit(self, row: int, lower: float, upper: float) -> None:
        """Change the limits of a row."""
        self._highs.changeRowBounds(row, lower, upper)

    def bound(self, column: int, lower: float, upper: float) -> None:
        """Change the bounds of a column."""
        self._highs.changeColBounds(column, lower, upper)

    def solve_again(self) -> Answer:
        """Solve it from nothing, by the dual simplex method and less strictly: where the first way is stuck."""
        self._highs.clearSolver()
        for name, value in {"presolve": "off", "simplex_strategy": DUAL, **_strictness(1e-7)}.items():
            self._highs.setOptionValue(name, value)
        return self.solve()

    def solve(self) -> Answer:
        """Solve the program as it stands."""
        import highspy

        highs, kinds = self._highs, highspy.HighsModelStatus
        highs.run()
        status = highs.getModelStatus()
        if status == kinds.kNotset:  # another program of this process has set how many threads HiGHS has; use these
            highs.setOptionValue("threads", 0)
            highs.run()
            status = highs.getModelStatus()
        if status == kinds.kUnboundedOrInfeasible:  # which of the two, presolve does not say
            highs.setOptionValue("presolve", "off")
            highs.run()
            status = highs.getModelStatus()
        if status == kinds.kInfeasible:
            return Answer("infeasible")
        if status in {kinds.kUnbounded, kinds.kUnboundedOrInfeasible}:
            return Answer("unbounded")
        feasible = highs.getInfo().primal_solution_status == int(highspy.SolutionStatus.kSolutionStatusFeasible)
        limited = status == kinds.kSolutionLimit and feasible
        if status != kinds.kOptimal and not limited:
            return Answer("stopped")
        found = highs.getSolution()
        value = float(highs.getObjectiveValue())
        return Answer(
            "limited" if limited else "optimal",
            value,
            np.array(found.col_value),
            np.zeros(0) if self._integral else np.array(found.row_dual),
            np.zeros(0) if self._integral else np.array(found.col_dual),
            float(highs.getInfo().mip_dual_bound) if self._integral else value,
        )


def solve(program: Program) -> Answer:
    """Solve a program once.

    Parameters
    ----------
    program : Program
    """
    return Solver(program).solve()


def _options(integral: bool) -> dict[str, bool | float | str]:
    """Return the options: one thread, one seed; the primal simplex method, as no effort at all is where plans start."""
    options: dict[str, bool | float | str] = {"output_flag": False, "threads": 1, "parallel": "off", "random_seed": 0}
    options["small_matrix_value"] = 1e-12  # what is smaller would be dropped without a word
    if integral:
        return options | {"mip_rel_gap": 0.0, "mip_abs_gap": 1e-9, "mip_feasibility_tolerance": 1e-9}
    return options | _strictness(1e-9) | {"solver": "simplex", "simplex_strategy": PRIMAL}


def _strictness(near: float) -> dict[str, float]:
    return {"primal_feasibility_tolerance": near, "dual_feasibility_tolerance": near}


@cache
def _quiet() -> type:
    """Return the class of solvers that print nothing: HiGHS greets whoever turns callbacks on, before any option."""
    import highspy

    class Quiet(highspy.Highs):
        def enableCallbacks(self) -> None:  # noqa: N802 # HiGHS calls it so
            self.setOptionValue("output_flag", False)

    return Quiet
