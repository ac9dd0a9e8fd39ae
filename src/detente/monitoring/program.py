"""This module owns the linear program of a joint plan: from a problem to rows and columns, and where each of them is.

The best route of an adversary is a shortest path, and the dual of a shortest path is linear in the lengths of arcs: the
greatest difference of potentials between source and sink such that along no arc they differ by more than its length
(Ford & Fulkerson 1962; for interdiction Fulkerson & Harding 1977, Israeli & Wood 2002, Networks 40(2)). Lengths are
linear in efforts. So efforts and potentials together are one linear program, here with these columns and rows:

    columns   efforts | potentials of adversary 0 | of adversary 1 | ... | the level that all adversaries reach
    rows      arcs of adversary 0 | of adversary 1 | ... | one row an adversary: level <= its potential at the sink |
              budgets | side constraints

"""

from dataclasses import dataclass

import numpy as np

from detente.monitoring.arrays import UNLIMITED, Floats, Indices
from detente.monitoring.lp import Answer, Program
from detente.monitoring.problem import Problem
from detente.monitoring.routes import SINK, SOURCE, Part, part


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """Where the columns and rows of a joint plan's program are.

    Parameters
    ----------
    parts : tuple of Part
        The part of the network that each adversary uses.
    sinks : int, shape (adversaries,)
        The columns of the potentials at sinks.
    level : int
        The column of the level that all adversaries reach.
    arc_rows : tuple of int
        Where the rows of each adversary's arcs start.
    level_rows, budget_rows, side_rows : int
        Where these rows start.
    """

    parts: tuple[Part, ...]
    sinks: Indices
    level: int
    arc_rows: tuple[int, ...]
    level_rows: int
    budget_rows: int
    side_rows: int


def joint_program(problem: Problem, cost: Floats | None = None) -> tuple[Program, Layout]:
    """Return the program of a joint plan, and where things are in it.

    Parameters
    ----------
    problem : Problem
    cost : float, shape (adversaries,), or None
        How much each adversary's exponent counts; None: the least of them counts.

    Raises
    ------
    UnreachableError
        If a sink cannot be reached.
    """
    measures, rows = problem.measures, problem.rows
    parts = tuple(part(problem, index) for index in range(len(problem.adversaries)))
    entries: list[tuple[Indices, Indices, Floats]] = []
    limits: list[Floats] = []
    column, row = measures.count, 0
    sinks, arc_rows = [], []
    for index, where in enumerate(parts):
        entries += _arc_entries(problem, where, column, row)
        limits.append(problem.baseline(index)[where.arcs])
        sinks.append(column)  # the potential of the source is 0, and has no column
        arc_rows.append(row)
        column += where.nodes - 1
        row += len(where.arcs)
    level, level_rows, count = column, row, len(parts)
    each = np.arange(count)
    entries += [
        (row + each, np.full(count, level), np.ones(count)),
        (row + each, np.array(sinks), -np.ones(count)),
    ]
    row += count
    using, used = np.nonzero(problem.measures.use)
    budget_rows, side_rows = row, row + len(problem.resources.budget)
    entries.append((row + using, used, measures.use[using, used]))
    entries.append((side_rows + np.repeat(np.arange(rows.count), np.diff(rows.starts)), rows.columns, rows.values))
    total = np.zeros(level + 1)
    if cost is None:
        total[level] = 1.0
    else:
        total[sinks] = cost
    lower, upper = np.full(level + 1, -UNLIMITED), np.full(level + 1, UNLIMITED)
    lower[: measures.count], upper[: measures.count] = 0.0, measures.cap
    if cost is not None:
        lower[level] = upper[level] = 0.0
    row_upper = np.concatenate((*limits, np.zeros(count), problem.resources.budget, rows.upper))
    if cost is not None:
        row_upper[level_rows:budget_rows] = UNLIMITED
    row_lower = np.full(len(row_upper), -UNLIMITED)
    row_lower[side_rows:] = rows.lower
    whole = np.zeros(level + 1, dtype=bool)
    whole[: measures.count] = ~measures.divisible & (measures.cap > 0)
    starts, columns, values = by_row(entries, len(row_upper))
    program = Program(total, lower, upper, starts, columns, values, row_lower, row_upper,
                      whole if whole.any() else None)  # fmt: skip
    layout = Layout(parts, np.array(sinks), level, tuple(arc_rows), level_rows, budget_rows, side_rows)
    return program, layout


def flows(problem: Problem, layout: Layout, answer: Answer) -> Floats:
    """Return how much of each adversary goes along each arc, shape (adversaries, arcs): the prices of arc rows."""
    found = np.zeros((len(layout.parts), problem.network.arcs))
    for index, (where, start) in enumerate(zip(layout.parts, layout.arc_rows, strict=True)):
        found[index, where.arcs] = np.maximum(answer.prices[start : start + len(where.arcs)], 0.0)
    return found


def _arc_entries(problem: Problem, where: Part, column: int, row: int) -> list[tuple[Indices, Indices, Floats]]:
    """Return the entries ``potential[head] - potential[tail] - exponents . efforts`` of an adversary's arc rows."""
    rows = row + np.arange(len(where.arcs))
    inner = where.tails != SOURCE  # no arc of a part leads to its source
    row_of = np.full(problem.network.arcs, -1)
    row_of[where.arcs] = rows
    there = np.flatnonzero((row_of[problem.measures.arc] >= 0) & (problem.measures.exponent > 0))
    return [
        (rows, column + where.heads - SINK, np.ones(len(rows))),
        (rows[inner], column + where.tails[inner] - SINK, -np.ones(int(inner.sum()))),
        (row_of[problem.measures.arc[there]], there, -problem.measures.exponent[there]),
    ]


def by_row(entries: list[tuple[Indices, Indices, Floats]], rows: int) -> tuple[Indices, Indices, Floats]:
    """Return the entries row after row, entries of the same place added up."""
    row = np.concatenate([each for each, _, _ in entries])
    column = np.concatenate([each for _, each, _ in entries])
    value = np.concatenate([each for _, _, each in entries])
    order = np.lexsort((column, row))
    row, column, value = row[order], column[order], value[order]
    if len(row):
        first = np.append(True, (np.diff(row) != 0) | (np.diff(column) != 0))
        at = np.flatnonzero(first)
        row, column, value = row[at], column[at], np.add.reduceat(value, at)
    return np.searchsorted(row, np.arange(rows + 1)), column, value
