"""This module owns the prices of a linear program as a program of their own: every solution proves the best value."""

import numpy as np

from detente.monitoring.arrays import UNLIMITED, Floats, Indices
from detente.monitoring.lp import Program

Entries = list[tuple[Indices, Indices, Floats]]


def dual_columns(program: Program) -> tuple[Floats, Floats, Entries]:
    """Return what prices cost, how large they may be, and the entries of the rows that they must keep.

    The columns: the price of each row's upper limit, of each row's lower limit, of each column's upper bound, of each
    column's lower bound. Row j says that the prices of column j add up to its cost. Prices that keep these rows bound
    the value of a program that is maximised, and the cheapest ones equal it.

    Parameters
    ----------
    program : Program
        Without whole numbers, maximised.

    Returns
    -------
    cost, most : float, shape (columns,)
    entries : list of (rows, columns, values)
    """
    rows, width = len(program.row_lower), len(program.cost)
    limits = np.concatenate((program.row_upper, -program.row_lower, program.upper, -program.lower))
    row_of = np.repeat(np.arange(rows), np.diff(program.starts))
    by_column = np.argsort(program.columns, kind="stable")
    entries = [
        (program.columns[by_column], row_of[by_column], program.values[by_column]),
        (program.columns[by_column], rows + row_of[by_column], -program.values[by_column]),
        (np.arange(width), 2 * rows + np.arange(width), np.ones(width)),
        (np.arange(width), 2 * rows + width + np.arange(width), -np.ones(width)),
    ]
    finite = np.isfinite(limits)
    return np.where(finite, limits, 0.0), np.where(finite, UNLIMITED, 0.0), entries
