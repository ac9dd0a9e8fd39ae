"""This module owns what a plan must respect: what a party bars, asks for or caps, and what protects people who cross.

A constraint is a frozen value that says which measures it is about and where (`Where`), who asks for it and why. What
it does to a plan is said once, in `detente.monitoring.compiling`; all of them are linear, or take measures away.
"""

from dataclasses import dataclass
from typing import ClassVar

from detente.model.items import PLAIN, Mark
from detente.monitoring.items import Labelled
from detente.monitoring.quantities import Quantity


@dataclass(frozen=True, slots=True)
class Where:
    """Which measures, and where; an empty tuple stands for all of them.

    Parameters
    ----------
    measures : tuple of str
        Ids of measures, or kinds of them.
    at : tuple of str
        ``west``, ``line``, ``east``, ids of segments, or crossings.
    sectors : tuple of str
        Ids of sectors.
    """

    measures: tuple[str, ...] = ()
    at: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()


EVERYWHERE = Where()


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraint(Labelled):
    """What a plan must respect.

    Parameters
    ----------
    id : str
        Its id, by which prices of red lines and contradictions name it.
    where : Where
        Which measures it is about, and where.
    asked_by : tuple of str
        The parties that ask for it.
    because : str
        Why, in a sentence.
    """

    rule: ClassVar[str] = ""
    id: str
    where: Where = EVERYWHERE
    asked_by: tuple[str, ...] = ()
    because: str = ""
    mark: Mark = PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class NoMeasure(Constraint):
    """These measures are not there: a party bars them."""

    rule: ClassVar[str] = "no measure"


@dataclass(frozen=True, slots=True, kw_only=True)
class OnlyJoint(Constraint):
    """Only measures that use the means of several parties are there."""

    rule: ClassVar[str] = "only joint"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSideOnly(Constraint):
    """An agency takes no part in measures on ground that is another party's and not its own."""

    rule: ClassVar[str] = "own side only"
    agency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsConsent(Constraint):
    """These measures need a party's consent too: without that party at the table they are not there."""

    rule: ClassVar[str] = "needs consent"
    party: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MaxLevel(Constraint):
    """Not more than so many units of these measures, all together."""

    rule: ClassVar[str] = "at most"
    amount: Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class MinLevel(Constraint):
    """Not fewer than so many units of these measures, all together."""

    rule: ClassVar[str] = "at least"
    amount: Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Reciprocity(Constraint):
    """Two agencies use their means on these measures alike: what one uses differs by so much at most from the other's.

    Parameters
    ----------
    between : (str, str)
        The two agencies.
    amount : Quantity
        The largest difference, in units of their means.
    """

    rule: ClassVar[str] = "reciprocity"
    between: tuple[str, str]
    amount: Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class MaxDelay(Constraint):
    """These measures cost the people who cross so many person-hours a day at most, all together."""

    rule: ClassVar[str] = "most delay"
    amount: Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class MaxIntrusiveness(Constraint):
    """These measures intrude upon a party so much at most, all together."""

    rule: ClassVar[str] = "most intrusiveness"
    party: str
    amount: Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetTransferCap(Constraint):
    """Of an agency's means so much at most is used on ground that is another party's."""

    rule: ClassVar[str] = "budget transfer"
    agency: str
    amount: Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepOpen(Constraint):
    """A crossing stays open: no measure that would close it is there. On for every crossing unless taken away."""

    rule: ClassVar[str] = "keep open"
    crossing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MaxWait(Constraint):
    """Whoever crosses at a crossing waits so many minutes at most because of a plan. On unless taken away."""

    rule: ClassVar[str] = "most wait"
    crossing: str
    sector: str
    minutes: Quantity


RULES: dict[str, type[Constraint]] = {
    kind.rule: kind
    for kind in (
        NoMeasure,
        OnlyJoint,
        OwnSideOnly,
        NeedsConsent,
        MaxLevel,
        MinLevel,
        Reciprocity,
        MaxDelay,
        MaxIntrusiveness,
        BudgetTransferCap,
    )
}
"""The kinds of constraint that a scenario can list, by the word under its `rule`."""
