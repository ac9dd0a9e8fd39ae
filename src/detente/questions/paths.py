"""This module owns how one gets from today to a state, or to all that hold, and where improvements can end.

References
----------
Li, Kilgour & Hipel (2005), Status quo analysis in the graph model for conflict resolution, JORS 56. Shortest paths with
no mover twice in a row: Xu, Kilgour, Hipel & Kemkes (2010), EJOR.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any

from detente.engine.endings import Endings, endings
from detente.engine.interface import StateSet
from detente.errors import NotAvailableError
from detente.game import Setting, setting
from detente.look.summary import Block, Summary, Table, counted, listed, many
from detente.model.case import Case
from detente.questions import wording
from detente.questions.goals import goals, goals_by_way, undecided
from detente.questions.reachability import GRADES, UNREACHED, Reachabilities, Steps, reachabilities, union
from detente.questions.result import Made, Result, made

ROWS = 40
SHOWN = 3
STATES_SHOWN = 6
HEADS = ("nobody below", "improving", "by legal moves")
MEANINGS = {
    "by itself": "nobody there can gain by moving",
    "by credible answers": "who could gain by moving must expect answers that serve those who give them",
    "only by fear": "who could gain by moving could be stopped, but only by moves that may hurt those who make them",
}
NOBODY_BELOW = "by moves that each improve their mover, with nobody at the table below {start} at any step"
WAYS = {
    GRADES[0]: NOBODY_BELOW,
    GRADES[1]: "by moves that each improve their mover",
    GRADES[2]: "by legal moves",
}


@dataclass(frozen=True, repr=False)
class Paths(Result):
    """How one gets from a start, usually today, to some states, in three ways from strict to loose.

    Parameters
    ----------
    setting : Setting
        The case under its approach.
    start : int
        Where it begins.
    targets : tuple of int
        Where to get to.
    asked : str
        The state asked for; "" for all states that hold.
    limit : int
        How many targets, and how many shortest paths to each, are listed at most; counts are exact.
    left_out : int
        How many targets are beyond the limit.
    """

    made: Made
    setting: Setting = field(compare=False)
    start: int
    targets: tuple[int, ...]
    asked: str
    limit: int
    left_out: int

    @cached_property
    def reach(self) -> Reachabilities:
        """What can be reached from the start, in each way."""
        found = reachabilities(self.setting, self.start)
        assert found is not None
        return found

    @cached_property
    def undecided(self) -> dict[str, str]:
        """Under which definitions it is not decided what holds, and why, where all that hold are asked for."""
        return {} if self.asked else undecided(self.setting)

    @cached_property
    def endings(self) -> Endings:
        """Where improvements can end, from anywhere."""
        return endings(self.setting.game)

    @cached_property
    def endings_from_start(self) -> Endings:
        """Where improvements can end, from the start."""
        return endings(self.setting.game, self.start)

    def paths(self, target: int, grade: str) -> list[Steps]:
        """Return the shortest paths to a state in one way: up to the limit, or one where many targets are shown."""
        most = self.limit if self.asked else 1
        return list(islice(self.reach.reached(grade).paths(target), most))

    def data(self) -> dict[str, Any]:
        word = self.setting.word
        return self.made.data() | {
            "start": word(self.start),
            "targets": [self._target_data(target) for target in self.targets],
            "targets left out": self.left_out,
            "states by fewest moves": {
                grade: [states.count() for states in self.reach.reached(grade).by_moves] for grade in GRADES
            },
            "endings": {
                "from start": self._endings_data(self.endings_from_start),
                "from anywhere": self._endings_data(self.endings),
            },
            **({"undecided": self.undecided} if self.undecided else {}),
        }

    columns = ("state", "way", "moves", "path")

    def rows(self) -> list[dict[str, Any]]:
        """Return one row a target, way and listed shortest path."""
        rows = []
        for target in self.targets:
            for grade in GRADES:
                for number, steps in enumerate(self.paths(target, grade), 1):
                    rows.append(
                        {
                            "state": self.setting.word(target),
                            "way": grade,
                            "moves": len(steps),
                            "path": number,
                            "of shortest paths": self.reach.reached(grade).count(target),
                            "steps": wording.path(self.setting, self.start, steps),
                        }
                    )
        return rows

    def summary(self) -> Summary:
        where = self.asked or "what holds"
        return Summary(
            f"From {self._start_name} to {where}: {self.made.title}",
            wording.approach(self.setting),
            (
                Block(self._start_name, tuple(self._start_said())),
                *(self._target_blocks() if self.asked else self._overview()),
                self._table(),
                Block("Where it can end", tuple(self._endings_said())),
                Block("", (self.made.line(),)),
            ),
        )

    @property
    def _start_name(self) -> str:
        return "today" if self.start == self.setting.today else self.setting.word(self.start)

    def _target_data(self, target: int) -> dict[str, Any]:
        ids, below = self.setting.case.party_ids, self.reach.below(target)
        ways = {}
        for grade in GRADES:
            paths = self.paths(target, grade)
            ways[grade] = {
                "moves": len(paths[0]) if paths else None,
                "shortest paths": self.reach.reached(grade).count(target),
                "paths": [wording.steps_data(self.setting, steps) for steps in paths],
            }
        return {
            "state": self.setting.word(target),
            "holds": wording.held(self.setting, target)[1],
            "reachable by": self.reach.grade(target),
            "ways": ways,
            "below start": [ids[party] for party in below],
            "outside the table below start": [ids[party] for party in below if party not in self.setting.table],
        }

    def _endings_data(self, found: Endings) -> dict[str, Any]:
        cycles = range(min(len(found.cycles), self.limit))
        return {
            "at rest": self.setting.words(found.rests, self.limit),
            "count": found.rests.count(),
            "pauses": {
                self.setting.case.party_ids[party]: self.setting.words(states, self.limit)
                for party, states in found.pauses.items()
            },
            "cycles": [self.setting.words(found.cycle_states(number), self.limit) for number in cycles],
        }

    def _start_said(self) -> Iterator[str]:
        yield f"{self.setting.word(self.start)}: {wording.doing(self.setting, self.start)}."
        case, rewritten = self.setting.case, self.setting.rewritten
        if self.start == self.setting.today and case.today != rewritten.today:
            yield "The contracts of the approach change today's state; this is how it stands with them."

    def _target_blocks(self) -> Iterator[Block]:
        for target in self.targets[:SHOWN]:
            word = self.setting.word(target)
            lines = [f"{wording.doing(self.setting, target)}.", *self._standing(target)]
            if target == self.start:
                yield Block(f"To {word}", (*lines, "It is the start itself."))
                continue
            above = 0
            for grade in GRADES:
                lines += self._way(target, grade, above)
                above = above or self.reach.reached(grade).count(target)
            yield Block(f"To {word}", (*lines, *self._below(target)))
        if len(self.targets) + self.left_out > SHOWN:
            left = len(self.targets) + self.left_out - SHOWN
            yield Block("", (f"... and {counted(left, 'more state')} that {self.asked} stands for.",))

    def _standing(self, target: int) -> Iterator[str]:
        how, definitions = wording.held(self.setting, target)
        if how:
            yield f"It holds {how}: {MEANINGS[how]} (an equilibrium under {listed(definitions)})."
        else:
            yield "It does not hold: once there, somebody would move on."

    def _way(self, target: int, grade: str, stricter: int) -> Iterator[str]:
        """Say how a target is reached in one way; paths already told for a stricter way are not repeated."""
        way = WAYS[grade].format(start=self._start_name)
        found = self.paths(target, grade)
        if not found:
            yield f"Not {way}."
            return
        count, moves = self.reach.reached(grade).count(target), len(found[0])
        ways = "1 shortest path" if count == 1 else f"{many(count)} shortest paths"
        if stricter == count and moves == self._stricter_moves(target, grade):
            yield f"{way[0].upper()}{way[1:]}: the same."
            return
        yield f"{way[0].upper()}{way[1:]}: {counted(moves, 'move')}, {ways}."
        for steps in found[:SHOWN]:
            yield f"  {wording.path(self.setting, self.start, steps)}."
        if count > SHOWN:
            yield f"  ... and {many(count - SHOWN)} more (--format csv lists up to {self.limit:,})."

    def _stricter_moves(self, target: int, grade: str) -> int | None:
        stricter = GRADES[: GRADES.index(grade)]
        return next((m for g in reversed(stricter) if (m := self.reach.reached(g).moves(target)) is not None), None)

    def _below(self, target: int) -> Iterator[str]:
        below = self.reach.below(target)
        table = [party for party in below if party in self.setting.table]
        outside = [party for party in below if party not in self.setting.table]
        if table:
            yield f"At the table, {wording.names(self.setting, table)} would end below {self._start_name}."
        if outside:
            yield f"Outside the table, {wording.names(self.setting, outside)} would end below {self._start_name}."
        if not below:
            yield f"Nobody would end below {self._start_name}."

    def _overview(self) -> Iterator[Block]:
        if not self.targets:
            none = "No state holds, so there is nowhere to get to."
            yield Block("To what holds", (*self._open(), *(() if self.undecided else (none,))))
            return
        lines: list[str | Table] = [
            goals_by_way(self.setting, self.reach, HEADS, self.undecided),
            *self._open(),
            f"Each is counted in the strictest way it is reached: {NOBODY_BELOW.format(start=self._start_name)}; by "
            "moves that each improve their mover; by legal moves.",
        ]
        for target in self.targets[:SHOWN]:
            grade = self.reach.grade(target)
            grade_held, definitions = wording.held(self.setting, target)
            how = f"{self.setting.word(target)}, which holds {grade_held} ({', '.join(definitions)})"
            if target == self.start:
                lines.append(f"{how}: it is {self._start_name} itself.")
            elif grade == UNREACHED:
                lines.append(f"{how}: no way there.")
            else:
                steps = self.reach.path(target) or []
                lines.append(f"{how}: {grade}, in {counted(len(steps), 'move')}.")
                lines += self._numbered(steps)
        left = len(self.targets) + self.left_out - SHOWN
        if left > 0:
            lines.append(f"... and {many(left)} more; --format csv lists up to {self.limit:,}.")
        yield Block("To what holds", tuple(lines))

    def _open(self) -> list[str]:
        return [f"Not decided, and left out: {definition} ({why})." for definition, why in self.undecided.items()]

    def _numbered(self, steps: Steps) -> Iterator[str]:
        at = self.start
        for number, (party, state) in enumerate(steps, 1):
            yield f"  {number}. {wording.move(self.setting, party, at, state)}"
            at = state

    def _table(self) -> Block:
        reached = {grade: self.reach.reached(grade) for grade in GRADES}
        feasible = self.setting.game.feasible()
        if feasible.count() <= ROWS:
            states = sorted(feasible.first(), key=lambda s: tuple(_last(reached[g].moves(s)) for g in reversed(GRADES)))
            rows = [
                (self.setting.word(state), *("–" if (m := reached[g].moves(state)) is None else str(m) for g in GRADES))
                for state in states
            ]
            key = wording.written(self.setting.case, [word for word, *_ in rows])
            lines: tuple[str | Table, ...] = (Table(("state", *HEADS), tuple(rows)), *([key] if key else []))
            return Block("Fewest moves to each state", lines)
        most = 1 + max(k for found in reached.values() for k, states in enumerate(found.by_moves) if states)
        within = {grade: [0] * most for grade in GRADES}
        for grade, found in reached.items():
            for moves in range(most):
                within[grade][moves] = union(found.by_moves[: moves + 1]).count()
        rows = [(str(moves), *(many(within[grade][moves]) for grade in GRADES)) for moves in range(most)]
        title = f"How many of the {many(feasible.count())} states are reached within so many moves"
        return Block(title, (Table(("moves", *HEADS), tuple(rows)),))

    def _endings_said(self) -> Iterator[str]:
        here, anywhere = self.endings_from_start, self.endings
        yield (
            "If one party after another moves as long as that improves its own lot, things can come to rest from "
            f"{self._start_name} in {self._named(here.rests)} (from anywhere: {many(anywhere.rests.count())})."
        )
        pauses = {} if self.setting.game.transitive else here.pauses  # else the mover could have gone on at once
        for party, states in pauses.items():
            who = wording.name(self.setting, party)
            yield f"Or they pause in {self._named(states)}; only {who}, which has just moved, could gain by going on."
        for number in range(len(here.cycles))[:SHOWN]:
            yield f"Or they go round without end among {self._named(here.cycle_states(number))}."
        if len(here.cycles) > SHOWN:
            yield f"... and {len(here.cycles) - SHOWN:,} more such cycles."
        if not here.cycles:
            more = " (from elsewhere, not always)" if anywhere.cycles else ""
            yield f"From {self._start_name} there is always a way to come to a stop{more}."

    def _named(self, states: StateSet) -> str:
        count = states.count()
        if not count:
            return "no state"
        shown = ", ".join(self.setting.words(states, STATES_SHOWN))
        return f"{counted(count, 'state')}: {shown}{', ...' if count > STATES_SHOWN else ''}"


def _last(moves: int | None) -> float:
    return float("inf") if moves is None else moves


def paths(
    case: Case,
    to: str | None = None,
    approach: str = "none",
    *,
    start: str | None = None,
    limit: int = 100,
    engine: str = "auto",
    time: float | None = None,
) -> Paths:
    """Return how one gets from today to a state: by legal moves, by improving ones, with nobody at the table below.

    Parameters
    ----------
    case : Case
    to : str, optional
        A state's word or name (a partial one: each of its completions); all that hold by default.
    approach : str
        One of the case's approaches, or "none"; moves and improvements are its own, who is below today is judged by
        the case as written.
    start : str, optional
        Another start than today.
    limit : int
        How many targets, and how many shortest paths to each, are listed at most; counts are exact.
    engine : str
        auto, cube, listed, graph or symbolic.
    time : float, optional
        How many seconds of CPU time the symbolic engine may take for all that holds; what is undecided then is said.

    Returns
    -------
    Paths

    Raises
    ------
    NotAvailableError
        When the case does not say today, and no start is given.
    UnknownNameError, CaseError, DetenteError
        When there is no such state or approach.
    """
    about = setting(case, approach, engine=engine, seconds=time)
    begin = about.today if start is None else about.state(start)
    if begin is None:
        raise NotAvailableError(
            "the case does not say where things stand today; write today: [...] in it, or give a start"
        )
    if to is not None:
        found = about.states(to)
        targets = found.first(limit)
        left = found.count() - len(targets)
    else:
        targets, left = goals(about, limit)
    asked = "" if to is None else to.replace(" ", "")
    return Paths(made(about, to=to, start=start, limit=limit), about, begin, tuple(targets), asked, limit, left)
