"""This module owns what follows for how many inspections keep parties honest: games solved again from their rules."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import chain, combinations
from math import ceil, exp
from typing import Any

from detente.errors import DetenteError
from detente.monitoring.parameters import Inspection
from detente.monitoring.scenario import Scenario
from detente.questions.monitor_derived import OPEN, Claim, Derived
from detente.questions.monitor_verify_risk import least_rate

MOST = 20_000  # games of fewer periods and inspections, up to which they are solved again
MOST_SITES = 14  # every set of them is looked at
CLOSE = 1e-6


def inspected(scenario: Scenario, told: Mapping[str, Any]) -> Derived:
    """Return what follows for an answer of `inspect`.

    Parameters
    ----------
    scenario : Scenario
    told : mapping
        The answer's JSON data.
    """
    given = scenario.inspection or Inspection()
    asked = told.get("parameters")
    if not isinstance(asked, Mapping) or not all(isinstance(asked.get(key), int) for key in ("periods", "inspections")):
        raise DetenteError("the answer does not say how many periods and inspections there are")
    if given.gain is None or given.sanction is None or not given.gain.value:
        raise DetenteError("the scenario does not say what a violation gains and costs")
    periods, visits = int(asked["periods"]), int(asked["inspections"])
    claims: list[Claim] = []
    left_open = []
    ratio = given.sanction.value / given.gain.value
    shown = _shown(told)
    if not 0 < periods <= 1000 or not 0 <= visits <= 1000:
        raise DetenteError("periods and inspections are numbers from 1, and from 0, up to 1,000")
    if periods * (max([visits, *shown, 0]) + 1) <= MOST:
        games = _games(periods, max([visits, *shown, 0]), ratio)
        value, first = games[visits] if visits < len(games) else (Fraction(0), Fraction(1))
        by_number: Any = [
            {"inspections": number, "value": str(games[number][0]), "inspect first": str(games[number][1])}
            for number in shown
        ]
        sequential = {"value": str(value), "inspect first": str(first), "by number": by_number}
    else:
        claims.append(Claim("what one inspection after the other is worth", "there are too many periods", True))
        sequential = {"value": OPEN, "inspect first": OPEN, "by number": OPEN}
    missed, alarm, accused = (
        Fraction(0) if quantity is None else quantity.value
        for quantity in (given.missed, given.false_alarm, given.false_alarm_cost)
    )
    rate = least_rate(given.gain.value, given.sanction.value, missed, alarm, accused)
    data = {
        "parameters": {"periods": periods, "inspections": visits},
        "sequential": {"periods": periods, "inspections": visits} | sequential,
        "announced": {
            "rate": None if rate is None else str(rate),
            "inspections": None if rate is None else ceil(rate * periods),
        },
        "surprise": {"time to detection": exp(-1)},
        "sites": _sites(given, missed, (alarm, accused), told, claims),
    }
    if data["sites"] is not None:
        left_open.append("that no other coverage of sites does less harm by who violates at one of them")
    return Derived(data, tuple(claims), tuple(left_open))


def _shown(told: Mapping[str, Any]) -> list[int]:
    """Return for which numbers of inspections the answer has a row."""
    try:
        found = [each["inspections"] for each in told["sequential"]["by number"]]
    except (LookupError, TypeError):
        raise DetenteError("the rows by number of inspections cannot be read") from None
    if not all(isinstance(number, int) and 0 <= number <= 1000 for number in found) or len(set(found)) < len(found):
        raise DetenteError("a row is of no number of inspections")
    return found


def _games(periods: int, most: int, sanction: Fraction) -> list[tuple[Fraction, Fraction]]:
    """Return by number of inspections what the chance to violate is worth, and the chance to inspect first.

    Backwards from the last period: who is about to violate gains 1 or loses the sanction; who waits faces the game that
    is left. The chance to inspect makes both worth the same, where there are inspections, and too few of them.
    """
    before = [Fraction(0)] * (most + 1)  # no period, no violation
    rows: list[tuple[Fraction, Fraction]] = [(Fraction(0), Fraction(0))] * (most + 1)
    for period in range(1, periods + 1):
        rows = []
        for number in range(most + 1):
            if number == 0:
                rows.append((Fraction(1), Fraction(0)))
            elif number >= period:
                rows.append((Fraction(0), Fraction(1)))
            else:
                seen, unseen = before[number - 1], before[number]  # what waiting leads to
                chance = (1 - unseen) / (1 - unseen + seen + sanction)
                rows.append((1 - chance * (1 + sanction), chance))
        before = [value for value, _ in rows]
    return rows


def _sites(
    given: Inspection, missed: Fraction, alarm: tuple[Fraction, Fraction], told: Mapping[str, Any], claims: list[Claim]
) -> dict[str, Any] | None:
    if not given.sites or given.teams is None:
        return None
    teams = given.teams.value
    misses = [missed if site.missed is None else site.missed.value for site in given.sites]
    rates = [
        least_rate(site.gain.value, site.sanction.value, miss, *alarm)
        for site, miss in zip(given.sites, misses, strict=True)
    ]
    harms = [site.harm.value for site in given.sites]
    names = [site.mark.name or site.id for site in given.sites]
    answer = told.get("sites")
    try:
        rows = [dict(each) for each in answer["sites"]]  # type: ignore[index] # whatever it is, it is read or refused
        chosen = [bool(each["deterred"]) for each in rows]
        shares = [Fraction(each["share of the time"]) for each in rows]
        cover = [float(each["one site"]) for each in rows]
        struck = names.index(answer["one site"]["pays most"])  # type: ignore[index] # as above
    except (LookupError, TypeError, ValueError, ZeroDivisionError):
        raise DetenteError("the sites cannot be read") from None
    if len(rows) != len(names):
        raise DetenteError("there is not one row a site")
    left = sum((harm for harm, guarded in zip(harms, chosen, strict=True) if not guarded), Fraction(0))
    over_time = sum((harm * (1 - share) for harm, share in zip(harms, shares, strict=True)), Fraction(0))
    claims.append(Claim("sites that are deterred take no more inspections than there are, and no others avert more",
                        _wholly(rates, harms, chosen, teams)))  # fmt: skip
    claims.append(Claim("shares of the time take no more inspections than there are, and no others avert more",
                        _partly(rates, harms, shares, teams, over_time)))  # fmt: skip
    worths = [
        float(site.gain.value) * (1 - there) + there * float(miss * site.gain.value - (1 - miss) * site.sanction.value)
        for site, miss, there in zip(given.sites, misses, cover, strict=True)
    ]
    claims.append(Claim("the site that pays most does so, at chances that the inspections there are allow",
                        _covered(worths, cover, struck, float(teams))))  # fmt: skip
    hurt = float(harms[struck]) * (1 - cover[struck] * (1 - float(misses[struck])))
    return {
        "inspections at a time": str(teams),
        "needed": str(sum((rate for rate in rates if rate is not None), Fraction(0))) if None not in rates else None,
        "harm left": str(left),
        "harm left over time": str(over_time),
        "sites": [
            {
                "site": name,
                "rate": None if rate is None else str(rate),
                "harm": str(harm),
                "deterred": guarded,
                "share of the time": str(share),
                "one site": there,
            }
            for name, rate, harm, guarded, share, there in zip(names, rates, harms, chosen, shares, cover, strict=True)
        ],
        "one site": {"pays most": names[struck], "worth to a violator": worths[struck], "harm": hurt},
    }


def _wholly(
    rates: Sequence[Fraction | None], harms: Sequence[Fraction], chosen: Sequence[bool], teams: Fraction
) -> str:
    """Say what is wrong with sites that are deterred wholly, by trying all sets of them."""
    places = [place for place, guarded in enumerate(chosen) if guarded]
    if any(rates[place] is None for place in places):
        return "one of them cannot be deterred"
    able = {place: rate for place, rate in enumerate(rates) if rate is not None}
    if sum((able[place] for place in places), Fraction(0)) > teams:
        return "they take more"
    averted = sum((harms[place] for place in places), Fraction(0))
    if len(able) > MOST_SITES:
        return ""
    sets = chain.from_iterable(combinations(able, size) for size in range(len(able) + 1))
    most = max(
        sum((harms[place] for place in some), Fraction(0))
        for some in sets
        if sum((able[place] for place in some), Fraction(0)) <= teams
    )
    return "" if averted == most else f"others avert {most}"


def _partly(
    rates: Sequence[Fraction | None],
    harms: Sequence[Fraction],
    shares: Sequence[Fraction],
    teams: Fraction,
    over_time: Fraction,
) -> str:
    """Say what is wrong with shares of the time; the price of an inspection proves the least harm (Dantzig 1957)."""
    if any(not 0 <= share <= 1 or (share and rate is None) for share, rate in zip(shares, rates, strict=True)):
        return "a share is of no site that can be deterred, or not from 0 to 1"
    if sum((share * rate for share, rate in zip(shares, rates, strict=True) if rate is not None), Fraction(0)) > teams:
        return "they take more"
    worth = [(harm / rate, harm, rate) for harm, rate in zip(harms, rates, strict=True) if rate is not None]
    bounds = [
        price * teams + sum((max(harm - price * rate, Fraction(0)) for _, harm, rate in worth), Fraction(0))
        for price in (Fraction(0), *(each for each, _, _ in worth))
    ]
    least = sum(harms, Fraction(0)) - min(bounds)
    return "" if over_time == least else f"others leave a harm of {least}"


def _covered(worths: Sequence[float], cover: Sequence[float], struck: int, teams: float) -> str:
    if any(not -CLOSE <= there <= 1 + CLOSE for there in cover) or sum(cover) > teams + CLOSE:
        return "they take more"
    return "" if worths[struck] >= max(worths) - CLOSE else "another pays more"
