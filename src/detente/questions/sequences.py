"""This module owns how demands that cannot be met at one time can be met one after the other: in which order, by which
moves, who gains by each of them, and why an order fails.

An order is checked as a path: from today, by legal moves of all parties, to a state that meets what comes first, and
from there to one that meets what comes next. Of all such ways the one is told that has the most stages reached by
improving moves alone; what of the first stage does not stand together with the later one is given up again on the way.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import product
from typing import Any

from detente.engine.interface import StateSet
from detente.game import Setting
from detente.look.summary import listed
from detente.model.edits import TimeDemand
from detente.model.items import Demand
from detente.model.statements import And
from detente.questions import wording
from detente.questions.reachability import GRADES, Leading, Reachabilities, Steps, changes, reachabilities
from detente.questions.windows import Order, Stage, orders, window

MOST_STAGES = 5
MOST_COMPARED = 200
BEST, IMPROVING, LEGAL = GRADES


@dataclass(frozen=True, slots=True)
class Step:
    """One move on the way, and what it does.

    Parameters
    ----------
    party, before, after : int
        Who moves, from which state to which.
    gain : int
        1 where the mover is better off by it under the approach, -1 where it is worse off, else 0.
    below : tuple of int
        Who at the table is below today after it, by its own preferences.
    """

    party: int
    before: int
    after: int
    gain: int
    below: tuple[int, ...]


@dataclass(frozen=True)
class InOrder:
    """Demands met one after the other, or the reason why they cannot be.

    Parameters
    ----------
    setting : Setting
    stages : tuple of tuples of Demand
    edits : tuple of TimeDemand
        What makes the demands' times say this order; () where they say it already.
    legs : tuple of tuples of Step, or None
        The moves to each stage; None where the order fails.
    against : str
        Why it fails; "" where it does not.
    """

    setting: Setting = field(compare=False)
    stages: tuple[Stage, ...]
    edits: tuple[TimeDemand, ...]
    legs: tuple[tuple[Step, ...], ...] | None
    against: str = ""

    @property
    def steps(self) -> tuple[Step, ...]:
        """All moves in order."""
        return tuple(step for leg in self.legs or () for step in leg)

    @property
    def losers(self) -> list[int]:
        """The parties that lose by a step of their own, in the order of their steps."""
        return list(dict.fromkeys(step.party for step in self.steps if step.gain < 0))

    @property
    def improving(self) -> bool:
        """Whether every step improves whoever makes it."""
        return all(step.gain > 0 for step in self.steps)

    @property
    def said(self) -> str:
        """The order: ``‘talks’ first, then ‘operation’``."""
        named = [listed([f"‘{demand.label}’" for demand in stage]) for stage in self.stages]
        return f"{named[0]} first, then {', then '.join(named[1:])}"

    @property
    def text(self) -> str:
        """The order, its moves and who gains or loses by them; where it fails, why."""
        if self.legs is None:
            return f"{self.said}: not possible, for {self.against}"
        return f"{self.said}: {'; '.join(self._way())} – {self._worth()}"

    @property
    def brief(self) -> str:
        """The order in a few words, and who must be assured of more for it."""
        if not self.losers:
            return self.said
        verb = "is" if len(self.losers) == 1 else "are"
        return f"{self.said}, if {wording.names(self.setting, self.losers)} {verb} assured of more"

    def _way(self) -> Iterator[str]:
        start = self.setting.today
        assert start is not None and self.legs is not None
        for number, leg in enumerate(self.legs):
            moves = wording.path(self.setting, start, [(step.party, step.after) for step in leg])
            yield ("then " if number else "") + (moves or "as today")
            start = leg[-1].after if leg else start

    def _worth(self) -> str:
        if not self.steps:
            return "no move is needed"
        below = sorted({party for step in self.steps for party in step.below})
        if self.losers:
            who = wording.names(self.setting, self.losers)
            own = "a step of its own" if len(self.losers) == 1 else "steps of their own"
            return f"the moves are legal, but {who} would lose by {own}, and must be assured of more"
        idle = list(dict.fromkeys(step.party for step in self.steps if not step.gain))
        told = "each step improves whoever makes it"
        if idle:
            told = f"nobody loses by a step of its own, though {wording.names(self.setting, idle)} would not gain"
        if below:
            off = wording.names(self.setting, below)
            return f"{told}, though on the way {off} {'is' if len(below) == 1 else 'are'} below today"
        return f"{told}, and nobody at the table is below today on the way"

    def data(self) -> dict[str, Any]:
        """Return the order as JSON-ready data."""
        about = self.setting
        ids, word = about.case.party_ids, about.word
        told: dict[str, Any] = {"order": [[demand.id for demand in stage] for stage in self.stages]}
        if self.legs is None:
            return told | {"possible": False, "why not": self.against}
        return told | {
            "possible": True,
            "stages": [
                [
                    {
                        "party": ids[step.party],
                        "state": word(step.after),
                        "text": wording.move(about, step.party, step.before, step.after),
                        "mover": ("loses", "neither", "gains")[step.gain + 1],
                        "below today": [ids[party] for party in step.below],
                    }
                    for step in leg
                ]
                for leg in self.legs
            ],
            "assure": [ids[party] for party in self.losers],
            "text": self.text,
        }


def sequences(about: Setting, demands: Sequence[Demand]) -> tuple[InOrder, ...]:
    """Return the orders in which contradictory demands can be met one after the other, and those that fail.

    Parameters
    ----------
    about : Setting
        Its case says where things stand today; without that there is no path to check, and nothing is returned.
    demands : sequence of Demand
        A minimal contradictory set: every smaller one can be met at one time.

    Returns
    -------
    tuple of InOrder
        Those that work first, those with fewer losers before the others; then those that fail, with the reason.
    """
    if about.today is None or len(demands) < 2:
        return ()
    found = [_checked(about, order) for order in orders(demands)]
    return tuple(sorted(found, key=lambda each: (each.legs is None, len(each.losers), len(each.steps))))


def _checked(about: Setting, order: Order) -> InOrder:
    """Return an order with the best way through its stages, or why there is none."""
    if order.against:
        return InOrder(about, order.stages, (), None, order.against)
    if not in_order(about.case.demands, order):
        return InOrder(about, order.stages, (), None, "its times would not keep the stages apart")
    if len(order.stages) > MOST_STAGES:
        return InOrder(about, order.stages, (), None, f"orders of more than {MOST_STAGES} stages are not looked at")
    legs = _way(about, order.stages)
    if legs is None:
        return InOrder(about, order.stages, (), None, "no legal moves lead from today through these stages")
    return InOrder(about, order.stages, order.edits, legs)


def in_order(demands: Sequence[Demand], order: Order) -> bool:
    """Re-check that, with an order's edits applied, every stage has a time that is before every time of the next."""
    times = {demand.id: demand for demand in demands} | {demand.id: demand for s in order.stages for demand in s}
    for edit in order.edits:
        times[edit.id] = replace(times[edit.id], from_time=edit.from_time, by_time=edit.by_time)
    windows = [window([times[demand.id] for demand in stage]) for stage in order.stages]
    if any(when.empty for when in windows):
        return False
    ends = [[times[demand.id].by_time for demand in stage] for stage in order.stages[:-1]]
    starts = [[times[demand.id].from_time for demand in stage] for stage in order.stages[1:]]
    return all(
        end is not None and start is not None and end < start
        for before, after in zip(ends, starts, strict=True)
        for end in before
        for start in after
    )


def _way(about: Setting, stages: Sequence[Stage]) -> tuple[tuple[Step, ...], ...] | None:
    """Return moves through all stages, as many as can be by improving moves alone; None where there are none."""
    reach = reachabilities(about)
    assert reach is not None
    wanted = [_meeting(about, stage) for stage in stages]
    kinds = sorted(product((True, False), repeat=len(stages) - 1), key=lambda kind: -sum(kind))
    first = [(BEST, kind) for kind in kinds] + [(IMPROVING, kind) for kind in kinds] + [(LEGAL, kind) for kind in kinds]
    for grade, kind in sorted(first, key=lambda each: -(sum(each[1]) + (each[0] != LEGAL))):
        ways = _leading(about, stages, wanted, kind)
        if ways is None:
            continue
        start, onward = ways
        if (state := _nearest(reach, grade, start)) is not None:
            steps = reach.reached(grade).path(state) or []
            return tuple(_legs(about, reach, steps, state, onward))
    return None


def _leading(
    about: Setting, stages: Sequence[Stage], wanted: Sequence[StateSet], kind: Sequence[bool]
) -> tuple[StateSet, list[Leading]] | None:
    """Return the states of the first stage from which the others can be passed, each by improving moves alone where
    that is asked, and the ways there; None where there is no such state."""
    targets = wanted[-1]
    onward: list[Leading] = []
    for place in range(len(kind) - 1, -1, -1):
        last = place == len(kind) - 1
        leading = _into(about, stages[-1], kind[place]) if last else _leads(about, targets, kind[place])
        onward.insert(0, leading)
        targets = leading.states & wanted[place]
        if not targets:
            return None
    return targets, onward


@lru_cache(maxsize=256)
def _into(about: Setting, stage: Stage, improving: bool) -> Leading:
    """Return from where a stage can be reached; kept, for many contradictions end in the same demand."""
    return _leads(about, _meeting(about, stage), improving)


def _leads(about: Setting, targets: StateSet, improving: bool) -> Leading:
    return Leading(about.game, targets, range(about.game.parties), improving)


def _meeting(about: Setting, stage: Stage) -> StateSet:
    return about.where(And(tuple(demand.that.tree for demand in stage)))


def _nearest(reach: Reachabilities, grade: str, states: StateSet) -> int | None:
    """Return the state of a set that the fewest moves reach in some grade, and of these one that changes least."""
    for found in reach.reached(grade).by_moves:
        if near := (found & states).first(MOST_COMPARED):
            return min(near, key=lambda state: changes(reach.setting.game, reach.start, state))
    return None


def _legs(
    about: Setting, reach: Reachabilities, steps: Steps, state: int, onward: Sequence[Leading]
) -> Iterator[tuple[Step, ...]]:
    yield tuple(_steps(about, reach, reach.start, steps))
    for leading in onward:
        steps = leading.path(state) or []
        yield tuple(_steps(about, reach, state, steps))
        state = steps[-1][1] if steps else state


def _steps(about: Setting, reach: Reachabilities, start: int, steps: Steps) -> Iterator[Step]:
    for party, state in steps:
        change = about.game.rank(party, state) - about.game.rank(party, start)
        below = tuple(other for other in reach.below(state) if other in about.table)
        yield Step(party, start, state, (change > 0) - (change < 0), below)
        start = state
