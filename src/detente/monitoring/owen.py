"""This module owns the Owen point: what each party's budgets are worth at the prices of the joint plan.

A joint plan is a linear program whose limits are budgets, and budgets add up when parties join. So the prices that
prove the plan best for all also bound what any set of parties reaches alone: its budgets at these prices. Paying each
party for its budgets at these prices gives out what is gained, and leaves no set of parties cause to leave (Owen 1975).
The rent of a cap belongs to those without whom the measure is not there, in equal parts (committee control: Curiel,
Derks & Tijs 1989); that keeps the proof whole. Prices need not be unique: then each party's worth has a range, and the
point in the middle of all ranges is as far from their ends as it can be for everybody at once.

What is owed to nobody in particular (the baseline, side constraints) voids the proof, and is told as `common`.

References
----------
Owen (1975), On the core of linear production games, Mathematical Programming 9. Curiel, Derks & Tijs (1989), On
balanced games and games with committee control, OR Spektrum 11.
"""

from dataclasses import dataclass

import numpy as np

from detente.monitoring.arrays import UNLIMITED, Floats
from detente.monitoring.coalitional import proportional
from detente.monitoring.duals import dual_columns
from detente.monitoring.lp import Answer, Program, Solver
from detente.monitoring.plan import Objective
from detente.monitoring.problem import Problem
from detente.monitoring.program import Layout, flows, joint_program
from detente.monitoring.routes import evaluate

CLOSE = 1e-11  # how far from the best value prices may be
SAME = 1e-7  # what counts as no difference between shares


@dataclass(frozen=True, slots=True, eq=False)
class Owen:
    """What each party's budgets, and caps that need its consent, are worth, and the prices that say so.

    Parameters
    ----------
    value, floor : float
        What the joint plan reaches, and what is reached with no effort at all; the difference is shared.
    point : tuple of float
        What each party is owed, at prices in the middle of all that prove the plan best.
    low, high : tuple of float
        The least and the most that each party is owed at any such prices.
    common : float
        What is owed to nobody in particular: `value - floor - sum(point)`. As near to 0 as prices allow.
    guaranteed : bool
        Whether prices alone prove that no set of parties reaches more by itself than it is owed: `common` is 0.
    flows : float, shape (adversaries, arcs)
    prices, row_prices, cap_prices : float, shape (resources,), (rows,) and (measures,)
        The certificate: a solution of the dual program whose value is the plan's.
    """

    value: float
    floor: float
    point: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    common: float
    guaranteed: bool
    flows: Floats
    prices: Floats
    row_prices: Floats
    cap_prices: Floats

    @property
    def shares(self) -> tuple[float, ...]:
        """The point, with what is owed to nobody in particular divided in proportion to it (evenly if all is 0)."""
        extra = proportional(self.common, [own if own > SAME else 0.0 for own in self.point])
        return tuple(float(own + more) for own, more in zip(self.point, extra, strict=True))


def owen(problem: Problem, objective: Objective = "worst") -> Owen | None:
    """Return the Owen point of a problem; None where there is none: with whole units, prices prove nothing.

    Parameters
    ----------
    problem : Problem
    objective : {"worst", "weighted"}
        For expected undetected crossings, which are not linear, there is no Owen point: None.

    Raises
    ------
    UnreachableError
        If an adversary cannot reach a sink.
    """
    if objective == "expected" or ((problem.measures.cap > 0) & ~problem.measures.divisible).any():
        return None
    program, layout = joint_program(problem, None if objective == "worst" else problem.weights)
    nothing = evaluate(problem, np.zeros(problem.measures.count))
    floor = nothing.worst if objective == "worst" else nothing.weighted
    solver, face = _prices(problem, program, layout, floor)
    best = solver.solve()
    if best.status != "optimal":
        return None
    parties = problem.agencies
    solver.add(np.arange(face.size), face.objective, -UNLIMITED, best.value + CLOSE * max(1.0, abs(best.value)))
    solver.aim(_unit(face.columns, face.gap), maximise=False)
    gap = _best(solver).value
    solver.bound(face.gap, 0.0, gap + CLOSE)
    low, high = np.zeros(parties), np.zeros(parties)
    for party in range(parties):
        for ends, most in ((low, False), (high, True)):
            solver.aim(_unit(face.columns, face.share + party), maximise=most)
            ends[party] = _best(solver).value
    found = _centred(solver, face, low, high)
    point = np.maximum(found.x[face.share : face.share + parties], 0.0) + 0.0  # never below 0, nor minus nothing
    one = high - low <= SAME  # rounding apart, the same at all prices
    low, high = np.where(one, point, np.maximum(low, 0.0) + 0.0), np.where(one, point, high)
    common = float(best.value - floor - point.sum())
    rows = len(program.row_lower)
    duals = found.x[:rows] - found.x[rows : 2 * rows]
    caps = found.x[2 * rows : 2 * rows + problem.measures.count]
    priced = Answer("optimal", prices=duals)
    return Owen(
        float(best.value),
        float(floor),
        tuple(point.tolist()),
        tuple(low.tolist()),
        tuple(high.tolist()),
        0.0 if abs(common) <= SAME else common,
        bool(abs(common) <= SAME),
        flows(problem, layout, priced),
        duals[layout.budget_rows : layout.side_rows],
        duals[layout.side_rows : layout.side_rows + problem.rows.count],
        np.where(np.isfinite(problem.measures.cap), caps, 0.0),
    )


def _best(solver: Solver) -> Answer:
    found = solver.solve()
    if found.status != "optimal":
        raise RuntimeError(f"the solver of linear programs ended without an answer: {found.status}")
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Face:
    """Where things are in the program of prices: its dual columns, then each party's share, then the two extra ones."""

    size: int
    rows: int
    objective: Floats
    share: int
    gap: int
    depth: int
    columns: int


def _unit(size: int, place: int) -> Floats:
    found = np.zeros(size)
    found[place] = 1.0
    return found


def _prices(problem: Problem, program: Program, layout: Layout, floor: float) -> tuple[Solver, _Face]:
    """Return the dual of a program, with columns for what parties are owed at its prices.

    Its columns: the prices, as in `dual_columns`; the share of each party; how far the rest is from 0; and the depth
    used by `_centred`.
    """
    rows, width = len(program.row_lower), len(program.cost)
    objective, most, held = dual_columns(program)
    size = len(objective)
    parties = problem.agencies
    share, gap, depth = size, size + parties, size + parties + 1
    lower = np.concatenate((np.zeros(size), np.full(parties, -UNLIMITED), [0.0, -UNLIMITED]))
    upper = np.concatenate((most, np.full(parties + 2, UNLIMITED)))
    owed = np.zeros((parties, size))
    for place, (owner, budget) in enumerate(
        zip(problem.resources.owner.tolist(), problem.resources.budget.tolist(), strict=True)
    ):
        owed[owner, layout.budget_rows + place] = budget
    count = problem.measures.count
    needed = problem.measures.consent
    capped = np.where(np.isfinite(problem.measures.cap), problem.measures.cap, 0.0)
    owed[:, 2 * rows : 2 * rows + count] = needed / np.maximum(needed.sum(axis=0), 1) * capped
    for party in range(parties):
        there = np.flatnonzero(owed[party])
        row = width + party
        held.append(
            (np.full(len(there) + 1, row), np.append(there, share + party), np.append(owed[party][there], -1.0))
        )
    # The rest, value - floor - shares, and its distance from 0.
    spread = np.flatnonzero(objective)
    for place, sign in ((width + parties, 1.0), (width + parties + 1, -1.0)):
        columns = np.concatenate((spread, share + np.arange(parties), [gap]))
        values = np.concatenate((sign * objective[spread], np.full(parties, -sign), [-1.0]))
        held.append((np.full(len(columns), place), columns, values))
    where, column, value = (np.concatenate(part) for part in zip(*held, strict=True))
    order = np.lexsort((column, where))
    height = width + parties + 2
    dual = Program(
        np.concatenate((objective, np.zeros(parties + 2))),
        lower,
        upper,
        np.searchsorted(where[order], np.arange(height + 1)),
        column[order],
        value[order],
        np.concatenate((program.cost, np.zeros(parties), [-UNLIMITED, -UNLIMITED])),
        np.concatenate((program.cost, np.zeros(parties), [floor, -floor])),
        maximise=False,
    )
    return Solver(dual), _Face(size, height, objective, share, gap, depth, depth + 1)


def _centred(solver: Solver, face: _Face, low: Floats, high: Floats) -> Answer:
    """Return the prices at which every party's share is as deep inside its range as can be, the worst placed first.

    Depth is the distance to the nearer end, as a part of the range; whoever cannot be deeper is held there, and the
    others go on.
    """
    width = high - low
    solver.aim(_unit(face.columns, face.depth), maximise=True)
    solver.bound(face.depth, 0.0, 0.5)
    rows: dict[int, tuple[int, int]] = {}
    last = face.rows + 1  # the program's own rows, and the one that holds prices to the best value
    for party in np.flatnonzero(width > SAME).tolist():
        columns = np.array([face.share + party, face.depth])
        solver.add(columns, np.array([1.0, -width[party]]), float(low[party]), UNLIMITED)
        solver.add(columns, np.array([1.0, width[party]]), -UNLIMITED, float(high[party]))
        rows[party] = (last, last + 1)
        last += 2
    found = _best(solver)
    while rows:
        share = found.x[face.share + np.arange(len(low))]
        deep = found.x[face.depth] >= 0.5 - SAME
        held = [party for party, ends in rows.items() if deep or np.abs(found.prices[list(ends)]).max() > SAME]
        for party in held or list(rows):
            for row in rows.pop(party):
                solver.limit(row, -UNLIMITED, UNLIMITED)
            solver.bound(face.share + party, share[party] - CLOSE, share[party] + CLOSE)
        found = _best(solver)
    return found
