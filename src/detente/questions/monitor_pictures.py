"""This module owns the drawings of a joint plan: sectors, red lines, teams, barriers, the tornado, the assumptions."""

from math import isinf
from typing import TYPE_CHECKING

from detente.look.bars import Bar, bars
from detente.look.marks import tables
from detente.look.strip import Place, strip
from detente.look.summary import Table
from detente.questions.monitored import chance, exponent, finely

if TYPE_CHECKING:
    from detente.look.svg import Picture
    from detente.questions.monitor_solved import Solved

SHOWN = 12  # bars of a tornado
NONE = "no source"


def sector_strip(solved: "Solved") -> "Picture":
    """Draw the sectors in their order: coverage by party apart and together, and where crossings move to."""
    places = [
        Place(
            each.name,
            tuple(each.apart.get(party, 0.0) for party in solved.parties),
            tuple(each.together.get(party, 0.0) for party in solved.parties),
            chance(each.apart_detection),
            chance(each.detection),
            each.share,
        )
        for each in solved.sectors
    ]
    return strip(
        "Sectors in order: apart and together",
        places,
        solved.parties,
        axis="exponent of detection by party (figures: chance of detection)",
        share="Where crossings that adapt to the joint plan would go, to 5 %; arrows: away from an even spread",
        when=("apart", "together"),
        movements=solved.movements(),
        note=f"A schematic: only the order of sectors is real. {solved.made.rests_on()} {solved.made.line()}",
    )


def red_lines(solved: "Solved") -> "Picture":
    """Draw what each red line costs in detection."""
    ordered = sorted(solved.red_lines, key=lambda each: -each.detection)
    return bars(
        "What red lines cost",
        [Bar(each.name, 0.0, each.detection, finely(-each.detection)) for each in ordered],
        axis="chance of detection that it would add to lift this line alone",
        empty="The scenario bars nothing.",
        note=f"Protections of people who cross are no red lines, and have no price. {solved.made.line()}",
    )


def team_bars(solved: "Solved") -> "Picture":
    """Draw how often a team that is sent at random is at each place."""
    assert solved.teams is not None  # else there is nothing to draw
    found = solved.teams
    return bars(
        "Teams sent at random: how often where",
        [Bar(f"{each.teams}: {each.place}", 0.0, each.often, chance(each.often)) for each in found.turns],
        axis="share of draws in which a team is there",
        empty="No team finds anybody.",
        note=f"{found.headline()} {solved.made.line()}",
    )


def barrier_bars(solved: "Solved") -> "Picture":
    """Draw where barriers stand, and by how many hours they slow."""
    assert solved.barriers is not None  # else there is nothing to draw
    found = solved.barriers
    longest = max([1.0, *(each.slows for each in found.stands if not isinf(each.slows))])
    return bars(
        "Barriers: where, and by how many hours they slow",
        [
            Bar(f"{each.barrier}: {each.place}", 0.0, min(each.slows, longest),
                "stops" if isinf(each.slows) else exponent(each.slows))
            for each in found.stands
        ],
        axis="hours that whoever passes there takes longer",
        empty="No barrier stands.",
        note=f"{found.headline()} {solved.made.line()}",
    )  # fmt: skip


def tornado(solved: "Solved") -> "Picture":
    """Draw the joint detection at the lowest and highest of each number, one at a time."""
    from detente.questions.monitor_solved import moving

    varied = moving(solved.assumptions)[:SHOWN]
    return bars(
        "Which numbers carry the result",
        [
            Bar(each.name, each.low or 0.0, each.high or 0.0, f"{each.low or 0:.3f} to {each.high or 0:.3f}",
                1 if each.synthetic else 0)
            for each in varied
        ],
        axis="chance of detection with this number at its lowest and highest",
        base=solved.detection,
        kinds=("with a source", "synthetic"),
        empty="The scenario gives no ranges that move the result.",
        note=f"One number at a time; the broken line is the joint plan. {solved.made.line()}",
    )  # fmt: skip


def assumption_sheet(solved: "Solved") -> "Picture":
    """Draw every number of the scenario; those made up are marked."""
    told = [
        (each.name, f"{each.told} ◆" if each.synthetic else f"{each.told} ({each.source or NONE})")
        for each in solved.assumptions
    ]
    half = (len(told) + 1) // 2
    pairs = zip(told[:half], [*told[half:], ("", "")][:half], strict=True)
    table = Table(("number", "value", "number", "value"), tuple((*one, *other) for one, other in pairs))
    return tables("What this rests on", [table], f"◆ synthetic: made up for illustration. {solved.made.line()}")
