"""This module owns what a scenario says beside its plan: data sharing, inspections, risks, base rates, prices."""

from dataclasses import dataclass

from detente.model.items import PLAIN, Mark
from detente.monitoring.items import Labelled
from detente.monitoring.quantities import Quantity


@dataclass(frozen=True, slots=True)
class Product(Labelled):
    """Something that monitoring yields and parties agree to share; said by attributes, no data pass through detente.

    Parameters
    ----------
    collected_by : tuple of str
        The parties that collect it.
    recipients : tuple of (str, str)
        By party, whether it receives the product: yes, no or unknown.
    verifiable : tuple of (str, str)
        By party, whether it can verify that what it receives is authentic: yes, no or unknown.
    because : str
        Why fewer than two parties receive it, where that is so.
    """

    id: str
    collected_by: tuple[str, ...] = ()
    recipients: tuple[tuple[str, str], ...] = ()
    verifiable: tuple[tuple[str, str], ...] = ()
    because: str = ""
    mark: Mark = PLAIN


@dataclass(frozen=True, slots=True)
class Agreement:
    """A draft agreement about what is shared.

    Parameters
    ----------
    anomaly_procedure : str
        Whether it is agreed what happens when something looks wrong: yes, no or unknown.
    """

    products: tuple[Product, ...] = ()
    anomaly_procedure: str = "unknown"
    mark: Mark = PLAIN


@dataclass(frozen=True, slots=True)
class Site(Labelled):
    """Somewhere to inspect: what a violation there gains and costs the violator, and how much it harms."""

    id: str
    gain: Quantity
    sanction: Quantity
    harm: Quantity
    missed: Quantity | None = None
    mark: Mark = PLAIN


@dataclass(frozen=True, slots=True)
class Inspection:
    """How parties check that an agreement is kept.

    Parameters
    ----------
    party : str
        The party that is inspected; "" for any.
    periods, inspections, interim : int or None
        How many periods there are, how many inspections in them, and how many unannounced ones within a period.
    gain, sanction : Quantity, or None
        What a violation gains the violator if it is missed, and costs it if it is found.
    missed, false_alarm : Quantity, or None
        The chance that an inspection misses a violation, and that it reports one where there is none.
    false_alarm_cost : Quantity, or None
        What a false alarm costs the inspected party.
    teams : Quantity, or None
        How many inspections there can be at the same time, over all sites.
    """

    party: str = ""
    periods: int | None = None
    inspections: int | None = None
    interim: int | None = None
    gain: Quantity | None = None
    sanction: Quantity | None = None
    missed: Quantity | None = None
    false_alarm: Quantity | None = None
    false_alarm_cost: Quantity | None = None
    teams: Quantity | None = None
    sites: tuple[Site, ...] = ()
    mark: Mark = PLAIN


@dataclass(frozen=True, slots=True)
class PartnerRisk:
    """What may go wrong with a partner, and what it gains by staying or leaving.

    Parameters
    ----------
    leak, default : Quantity, or None
        The chance that it leaks the plan, and that it does not do its part.
    patience : Quantity, or None
        How much the next period is worth to it, this one being worth 1.
    temptation, reward, punishment : Quantity, or None
        What a period is worth to it: cheating on others who cooperate (T), cooperating (R), after a breakdown (P).
    found_out : Quantity, or None
        The chance in a period that its cheating is found out.
    cost, own_chance, passed_on, loss : Quantity, or None
        Of an investment whose worth depends on the others': what it costs, the chance of an own loss without it, the
        chance of one passed on by a partner without it, and the loss.
    """

    party: str
    leak: Quantity | None = None
    default: Quantity | None = None
    patience: Quantity | None = None
    temptation: Quantity | None = None
    reward: Quantity | None = None
    punishment: Quantity | None = None
    found_out: Quantity | None = None
    cost: Quantity | None = None
    own_chance: Quantity | None = None
    passed_on: Quantity | None = None
    loss: Quantity | None = None
    mark: Mark = PLAIN


@dataclass(frozen=True, slots=True)
class BaseRate(Labelled):
    """How rare what is looked for is, and how often a check is right: what a hit is worth.

    Parameters
    ----------
    prevalence : Quantity
        The share of crossings that are what is looked for.
    detection, false_alarm : Quantity
        The chance that a check stops one that is, and one that is not.
    crossing : str
        Where; "" for all.
    """

    id: str
    prevalence: Quantity
    detection: Quantity
    false_alarm: Quantity
    crossing: str = ""
    mark: Mark = PLAIN


@dataclass(frozen=True, slots=True)
class Price:
    """What a unit of exponent is worth in money, so that burdens can be said in it."""

    amount: Quantity
    currency: str = ""
    mark: Mark = PLAIN
