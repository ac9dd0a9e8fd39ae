"""This module owns the question how many inspections keep parties honest."""

from fractions import Fraction
from math import ceil

import numpy as np

from detente.errors import NotAvailableError
from detente.monitoring.deterrence import Conduct, deterring_rate, protect
from detente.monitoring.deterrence import Site as Place
from detente.monitoring.inspection import sequential
from detente.monitoring.parameters import Inspection
from detente.monitoring.quantities import Quantity
from detente.monitoring.scenario import Scenario
from detente.monitoring.sites import Coverage, best_coverage
from detente.monitoring.sites import Sites as Targets
from detente.monitoring.surprise import INTERIM_VALUE
from detente.questions.monitor_inspected import Guarded, Inspected, Sites
from detente.questions.monitored import planned

MOST_ROWS = 12  # numbers of inspections in a table


def inspect(scenario: Scenario, periods: int | None = None, inspections: int | None = None) -> Inspected:
    """Return how many inspections keep parties honest: in turn, announced, by surprise, and over several sites.

    Parameters
    ----------
    scenario : Scenario
        What a violation gains and costs stands under its `inspection`.
    periods, inspections : int, optional
        Instead of the scenario's.

    Raises
    ------
    NotAvailableError
        Where the scenario does not say what a violation gains and costs, or how many periods there are.
    """
    given = scenario.inspection or Inspection()
    count = given.periods if periods is None else periods
    visits = given.inspections if inspections is None else inspections
    if given.gain is None or given.sanction is None or not given.gain.value:
        what = "the scenario does not say what a violation gains and costs"
        raise NotAvailableError(
            f"{what}; write inspection: {{gain: ..., sanction: ..., periods: ..., inspections: ...}}"
        )
    if count is None or visits is None:
        what = "the scenario does not say how many periods and inspections there are"
        raise NotAvailableError(f"{what}; write them under inspection, or give --periods and --inspections")
    ratio = given.sanction.value / given.gain.value
    conduct = Conduct(
        given.gain.value,
        given.sanction.value,
        _value(given.missed),
        _value(given.false_alarm),
        _value(given.false_alarm_cost),
    )
    rate = deterring_rate(conduct)
    stage = sequential(count, visits, ratio)
    shown = sorted({visits, *range(0, count + 1, max(1, count // MOST_ROWS))})
    rows = [(number, sequential(count, number, ratio)) for number in shown]
    return Inspected(
        planned(scenario, "inspection games, exact", periods=count, inspections=visits),
        periods=count,
        inspections=visits,
        sanction=given.sanction.value,
        gain=given.gain.value,
        missed=_value(given.missed),
        alarm=_value(given.false_alarm_cost),
        value=stage.value,
        now=stage.inspect,
        rows_by_number=tuple((number, each.value, each.inspect) for number, each in rows),
        rate=None if rate is None else Fraction(rate),
        enough=None if rate is None else ceil(rate * count),
        surprise=INTERIM_VALUE,
        sites=_sites(given),
    )


def _sites(given: Inspection) -> Sites | None:
    """Return where to inspect if there cannot be inspections everywhere; None where no sites or teams are given."""
    if not given.sites or given.teams is None:
        return None
    alarm = _value(given.false_alarm), _value(given.false_alarm_cost)
    missed = [_value(given.missed if site.missed is None else site.missed) for site in given.sites]
    rates = [
        deterring_rate(Conduct(site.gain.value, site.sanction.value, miss, *alarm))
        for site, miss in zip(given.sites, missed, strict=True)
    ]
    places = [Place(rate, site.harm.value) for rate, site in zip(rates, given.sites, strict=True)]
    best = protect(places, given.teams.value)
    cover = _cover(given, missed)
    return Sites(
        teams=Fraction(given.teams.value),
        needed=None if best.needed is None else Fraction(best.needed),
        left=Fraction(best.left),
        left_over_time=Fraction(best.left_over_time),
        guarded=tuple(
            Guarded(site.mark.name or site.id, None if rate is None else Fraction(rate), site.harm.value,
                    place in best.chosen, Fraction(best.shares[place]), float(cover.chances[place]))
            for place, (site, rate) in enumerate(zip(given.sites, rates, strict=True))
        ),
        chosen=given.sites[cover.attacked].mark.name or given.sites[cover.attacked].id,
        worth=cover.attacker,
        harm=-cover.defender,
    )  # fmt: skip


def _cover(given: Inspection, missed: list[Fraction]) -> Coverage:
    """Return how often to be at each site against somebody who chooses one site, knowing these chances."""
    assert given.teams is not None
    gain, sanction, harm = (
        np.array([float(quantity.value) for quantity in part])
        for part in zip(*((site.gain, site.sanction, site.harm) for site in given.sites), strict=True)
    )
    miss = np.array([float(each) for each in missed])
    return best_coverage(
        Targets(gain, miss * gain - (1 - miss) * sanction, -harm, -miss * harm), float(given.teams.value)
    )


def _value(quantity: Quantity | None) -> Fraction:
    return Fraction(0) if quantity is None else quantity.value
