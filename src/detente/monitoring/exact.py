"""This module owns small linear programs in whole numbers: no rounding, so that ties and degenerate faces are exact.

Maximise gain · y with A y = b, y >= 0, where every entry of A is an integer. Pivots are free of fractions (Edmonds
1967; Bareiss 1968): the tableau stays in integers over one common denominator, the determinant of the basis. Columns
enter and leave by the rule of Bland (1977), so that the method ends also where it is degenerate. It is meant for a
dozen rows and a few hundred columns; larger programs go to HiGHS.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Exact:
    """An optimum: its value, the levels of the columns, and the prices of the rows, all exact."""

    value: Fraction
    levels: tuple[Fraction, ...]
    prices: tuple[Fraction, ...]


def maximise(gain: Sequence[Fraction], rows: Sequence[Sequence[int]], right: Sequence[int]) -> Exact | None:
    """Return the optimum of a linear program; None if it has no solution.

    Parameters
    ----------
    gain : sequence of Fraction, one a column
        What a unit of each column is worth.
    rows : sequence of rows of integers
        The equations.
    right : sequence of integers, one a row
        What each equation adds up to; not negative.

    Raises
    ------
    ValueError
        If the value has no bound.
    """
    height, width = len(rows), len(gain)
    scale = lcm(*(worth.denominator for worth in gain))
    # Below the rows: what is to be maximised, and, for the first phase, how far the equations are from being met.
    table = np.zeros((height + 2, width + height + 1), dtype=object)
    for place, row in enumerate(rows):
        table[place, :width] = [int(entry) for entry in row]
        table[place, width + place] = 1
        table[place, -1] = int(right[place])
    table[height, :width] = [-int(worth * scale) for worth in gain]
    table[height + 1] = -table[:height].sum(axis=0)
    table[height + 1, width : width + height] = 0
    basis = list(range(width, width + height))
    denominator = _climb(table, basis, height + 1, width, 1)
    if table[height + 1, -1]:
        return None
    for place in range(height):  # what is left of the first phase stands at 0: replace it where a column can
        if basis[place] >= width:
            entering = next((column for column in range(width) if table[place, column]), None)
            if entering is not None:
                if table[place, entering] < 0:
                    table[place] = -table[place]
                denominator = _pivot(table, basis, place, entering, denominator)
    denominator = _climb(table, basis, height, width, denominator)
    levels = [Fraction(0)] * width
    for place, column in enumerate(basis):
        if column < width:
            levels[column] = Fraction(table[place, -1], denominator)
    prices = tuple(Fraction(entry, denominator * scale) for entry in table[height, width : width + height])
    return Exact(Fraction(table[height, -1], denominator * scale), tuple(levels), prices)


def _climb(table: Table, basis: list[int], objective: int, width: int, denominator: int) -> int:
    """Pivot until no column improves the objective row; return the common denominator."""
    height = len(basis)
    while True:
        entering = next((column for column in range(width) if table[objective, column] < 0), None)
        if entering is None:
            return denominator
        leaving = None
        for place in range(height):
            if table[place, entering] > 0:
                if leaving is None:
                    leaving = place
                    continue
                here = table[place, -1] * table[leaving, entering]
                best = table[leaving, -1] * table[place, entering]
                if here < best or (here == best and basis[place] < basis[leaving]):
                    leaving = place
        if leaving is None:
            raise ValueError("the value has no bound")
        denominator = _pivot(table, basis, leaving, entering, denominator)


def _pivot(table: Table, basis: list[int], leaving: int, entering: int, denominator: int) -> int:
    """Bring a column into the basis; return the new common denominator. All divisions leave no rest."""
    pivot: int = table[leaving, entering]
    for place in range(len(table)):
        if place != leaving:
            table[place] = (table[place] * pivot - table[leaving] * table[place, entering]) // denominator
    basis[leaving] = entering
    return pivot
