"""This module owns the times of demands: whether some can be met at one time, and in which orders they can be met at
different times.

A demand is to be met at some time from its `from time` on and up to its `by time`; one that is not given sets no bound.
Demands that are met at one time form a *stage*; an order is a list of stages, each later than the one before. Which
demands can share a stage is decided elsewhere: here only the times count.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from detente.look.summary import as_given, listed
from detente.model.edits import TimeDemand
from detente.model.items import Demand

Stage = tuple[Demand, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """From when to when something can happen, both included; None where there is no bound."""

    low: Fraction | None
    high: Fraction | None

    @property
    def empty(self) -> bool:
        """Whether no time is in it."""
        return self.low is not None and self.high is not None and self.low > self.high


@dataclass(frozen=True, slots=True)
class Order:
    """Demands one after the other.

    Parameters
    ----------
    stages : tuple of tuples of Demand
        Those of one tuple are met at one time; at least two.
    edits : tuple of TimeDemand
        What makes the times say this order; () where they say it already.
    against : str
        Why the times forbid it, "" where they allow it.
    """

    stages: tuple[Stage, ...]
    edits: tuple[TimeDemand, ...] = ()
    against: str = ""


def window(demands: Sequence[Demand]) -> Window:
    """Return when all of some demands can be met at one time, by their times."""
    lows = [demand.from_time for demand in demands if demand.from_time is not None]
    highs = [demand.by_time for demand in demands if demand.by_time is not None]
    return Window(max(lows, default=None), min(highs, default=None))


def said(demand: Demand) -> str:
    """Say when a demand is to be met: ``from 1 to 4``, ``by 2``, ``from 3 on``, ``at 2``; "" for at any time."""
    low, high = demand.from_time, demand.by_time
    if low is not None and high is not None:
        return f"at {as_given(low)}" if low == high else f"from {as_given(low)} to {as_given(high)}"
    if high is not None:
        return f"by {as_given(high)}"
    return f"from {as_given(low)} on" if low is not None else ""


def stages(demands: Sequence[Demand]) -> tuple[Stage, ...]:
    """Return the fewest stages in which demands can be met as they are timed; one where they can be met at one time.

    The first stage is as late as the earliest `by time` lets it be, and takes in all that have begun by then; and so on
    (the fewest points that meet all intervals).
    """
    left = list(demands)
    found: list[Stage] = []
    while left:
        end = window(left).high
        begun = tuple(d for d in left if end is None or d.from_time is None or d.from_time <= end)
        found.append(begun)
        left = [demand for demand in left if demand not in begun]
    return tuple(found)


def orders(demands: Sequence[Demand]) -> tuple[Order, ...]:
    """Return the orders in which demands that cannot be met at one time can be met one after the other.

    Each of them first or last, the others at one time; where no such order fits the times, the one with the fewest
    stages that does. Those that the times forbid are in the answer too, with the reason.

    Parameters
    ----------
    demands : sequence of Demand
        At least two.
    """
    found = [_timed(split) for split in _splits(demands)]
    as_timed = stages(demands)
    known = [tuple(map(set, ([d.id for d in stage] for stage in order.stages))) for order in found]
    if len(as_timed) > 1 and tuple({d.id for d in stage} for stage in as_timed) not in known:
        edits = tuple(edit for each in as_timed[:-1] for edit in _ending(each, window(each).high))
        return (Order(as_timed, edits), *found)
    return tuple(found)


def _splits(demands: Sequence[Demand]) -> Iterator[tuple[Stage, Stage]]:
    for later in demands:
        yield tuple(demand for demand in demands if demand is not later), (later,)
    if len(demands) > 2:
        for first in demands:
            yield (first,), tuple(demand for demand in demands if demand is not first)


def _timed(split: tuple[Stage, Stage]) -> Order:
    """Return an order of two stages with the edits that it takes, or why the times forbid it."""
    first, later = window(split[0]), window(split[1])
    for stage, when in zip(split, (first, later), strict=True):
        if when.empty:
            return Order(split, against=f"{_labels(stage)} are not to be met at one time ({_times(stage)})")
    between = _between(first, later)
    if between is None:
        return Order(split, against=f"{_times((*_last(split[0], first), *_first(split[1], later)))}")
    end, start = between
    edits = (*_ending(split[0], end), *_starting(split[1], start))
    return Order(split, edits)


def _between(first: Window, later: Window) -> tuple[Fraction, Fraction] | None:
    """Return a time by which the first stage ends and one from which the later one begins, changing no more than it
    takes; None where there is no room."""
    one = Fraction(1)
    if first.low is not None and later.high is not None and first.low >= later.high:
        return None
    if first.high is not None and (later.high is None or first.high < later.high):
        start = first.high + one if later.high is None else min(first.high + one, later.high)
        return first.high, start if later.low is None or later.low <= first.high else later.low
    if later.low is not None and (first.low is None or first.low < later.low):
        return max(later.low - one, later.low - one if first.low is None else first.low), later.low
    if first.low is not None:
        return first.low, first.low + one if later.high is None else min(first.low + one, later.high)
    return (one, 2 * one) if later.high is None else (later.high - one, later.high)


def _ending(stage: Stage, end: Fraction | None) -> Iterator[TimeDemand]:
    for demand in stage:
        if demand.by_time is None or (end is not None and demand.by_time > end):
            yield TimeDemand(demand.id, demand.from_time, end)


def _starting(stage: Stage, start: Fraction) -> Iterator[TimeDemand]:
    for demand in stage:
        if demand.from_time is None or demand.from_time < start:
            yield TimeDemand(demand.id, start, demand.by_time)


def _last(stage: Stage, when: Window) -> Stage:
    """Return a demand that lets a stage begin no earlier than it can."""
    return tuple(demand for demand in stage if demand.from_time == when.low)[:1]


def _first(stage: Stage, when: Window) -> Stage:
    """Return a demand that lets a stage last no longer than it can."""
    return tuple(demand for demand in stage if demand.by_time == when.high)[:1]


def _times(demands: Sequence[Demand]) -> str:
    return listed([f"‘{demand.label}’ is to be met {said(demand)}" for demand in demands])


def _labels(demands: Sequence[Demand]) -> str:
    return listed([f"‘{demand.label}’" for demand in demands])
