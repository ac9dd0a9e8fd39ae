"""This module owns what monitoring does to people who are no adversaries: waiting, wrong stops, crossings kept open.

These figures stand beside the security figures, as large as they are. When what is looked for is rare, most of those
stopped are ordinary travellers, however good the check (the base rate): therefore nothing here is about persons, only
about numbers of them.

References
----------
Johnson, Gutfraind & Ahmadizadeh (2013), Evader interdiction: algorithms, complexity and collateral damage, Annals of
Operations Research 222 (on the inconvenience to innocent travellers).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from detente.monitoring.arrays import Floats
from detente.monitoring.coalitional import Number
from detente.monitoring.measures import Rows


@dataclass(frozen=True, slots=True)
class BaseRates:
    """What a stop means when what is looked for is rare.

    Parameters
    ----------
    right : number or None
        The share of those stopped that are what is looked for; None if nobody is stopped.
    stopped_per_event : number or None
        How many ordinary travellers are stopped for each one that is; None if none is found.
    stopped, found : number
        The shares of all who cross that are stopped wrongly, and rightly.
    """

    right: Number | None
    stopped_per_event: Number | None
    stopped: Number
    found: Number


@dataclass(frozen=True, slots=True)
class Slack:
    """How far a constraint is from binding: what it limits, between what, and how much is left on either side."""

    row: int
    value: float
    lower: float
    upper: float

    @property
    def left(self) -> float:
        """What is left to the nearer limit; below 0 where it is broken."""
        return min(self.upper - self.value, self.value - self.lower)


def base_rates(prevalence: Number, detection: Number, false_alarm: Number) -> BaseRates:
    """Return how often a stop is right, and how many ordinary travellers are stopped for each true event (Bayes).

    Parameters
    ----------
    prevalence : number, 0 to 1
        The share of crossings that are what is looked for.
    detection, false_alarm : number, 0 to 1
        The chance that a check stops one that is, and one that is not.
    """
    if not all(0 <= chance <= 1 for chance in (prevalence, detection, false_alarm)):
        raise ValueError("shares and chances lie from 0 to 1")
    found = prevalence * detection
    stopped = (1 - prevalence) * false_alarm
    return BaseRates(
        found / (found + stopped) if found + stopped else None, stopped / found if found else None, stopped, found
    )


def false_alarm_needed(prevalence: Number, detection: Number, right: Number) -> Number | None:
    """Return the chance of a false alarm below which a stop is right with a given chance; None if any is good enough.

    Parameters
    ----------
    prevalence, detection : number, 0 to 1
        As in `base_rates`; the prevalence below 1.
    right : number, above 0 to 1
        How often a stop is to be right.
    """
    if not 0 <= prevalence < 1 or not 0 < right <= 1:
        raise ValueError("a prevalence is below 1, and how often a stop is to be right above 0")
    needed = prevalence * detection * (1 - right) / (right * (1 - prevalence))
    return needed if needed < 1 else None


def person_hours(delay: Floats, effort: Floats) -> float:
    """Return how many hours people wait because of a plan, all together.

    Parameters
    ----------
    delay : float, shape (measures,)
        Hours that people wait per unit of effort, flows counted in.
    effort : float, shape (measures,)
    """
    return float(delay @ effort)


def kept_open(effort: Floats, closing: Sequence[Sequence[int]], tolerance: float = 1e-9) -> tuple[bool, ...]:
    """Return for each crossing whether no effort goes into a measure that would close it.

    Parameters
    ----------
    effort : float, shape (measures,)
    closing : sequence of sequences of int
        By crossing, the measures that would close it.
    """
    return tuple(not any(effort[measure] > tolerance for measure in measures) for measures in closing)


def slacks(rows: Rows, effort: Floats, which: Sequence[int] | None = None) -> tuple[Slack, ...]:
    """Return how far side constraints are from binding, in the order asked for; all of them if none are named."""
    found = []
    for index in range(rows.count) if which is None else which:
        entries, lower, upper = rows.row(index)
        value = sum(coefficient * float(effort[measure]) for measure, coefficient in entries.items())
        found.append(Slack(index, float(value), lower, upper))
    return tuple(found)
