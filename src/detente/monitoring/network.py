"""This module owns the network of a scenario: which segments there are, and between which places.

The template of a sector is three segments one after the other: west approach, line, east approach. Ways along the
border join neighbouring sectors between approach and line; a passable crossing leads from the far west of its sector to
its far east.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from detente.errors import TooLargeError
from detente.monitoring.items import LAYERS, Sector, Segment
from detente.monitoring.quantities import Quantity

if TYPE_CHECKING:
    from detente.monitoring.scenario import Scenario

MOST_SEGMENTS = 1_000_000


def place(sector: str, side: str, near: bool = False) -> str:
    """Return the name of a place of the template: the far west or east of a sector, or the one near the line."""
    return f"{sector} {side} of the line" if near else f"{sector} {side}"


def size(scenario: "Scenario") -> int:
    """Return how many segments a scenario has, without making them."""
    passable = sum(crossing.passable for crossing in scenario.crossings)
    template = len(LAYERS) * len(scenario.sectors) if scenario.sectors and not scenario.arcs else 0
    along = len(scenario.along) * max(0, len(scenario.sectors) - 1) if template else 0
    return template + along + passable + len(scenario.arcs)


def segments(scenario: "Scenario") -> tuple[Segment, ...]:
    """Return all segments of a scenario: of its sectors, along the border, of its crossings, of arcs given by hand.

    Where arcs are given by hand, sectors have no template of their own; they only say where the arcs are.

    Raises
    ------
    TooLargeError
        Beyond a million segments; nothing was made.
    """
    count = size(scenario)
    if count > MOST_SEGMENTS:
        raise TooLargeError(
            f"the scenario has {count:,} segments, and {MOST_SEGMENTS:,} are the most; join sectors into longer ones"
        )
    return tuple(_segments(scenario))


def _segments(scenario: "Scenario") -> Iterator[Segment]:
    baseline = dict(scenario.baseline)
    ground = dict(scenario.ground)
    if not scenario.arcs:
        for sector in scenario.sectors:
            yield from _template(sector, baseline, ground)
        for side, own in scenario.along:
            for first, second in zip(scenario.sectors, scenario.sectors[1:], strict=False):
                id = f"{first.id}-{second.id}.{side}"
                start, end = place(first.id, side, near=True), place(second.id, side, near=True)
                yield Segment(id, "", side, start, end, ground.get(side, ()), baseline.get(id, own), both_ways=True)
    for crossing in scenario.crossings:
        if crossing.passable:
            start, end = place(crossing.sector, "west"), place(crossing.sector, "east")
            owners = tuple(dict.fromkeys(party for layer in LAYERS for party in ground.get(layer, ())))
            checks = baseline.get(crossing.id, crossing.baseline)
            yield Segment(
                crossing.id, crossing.sector, "", start, end, owners, checks, crossing.flow, crossing=crossing.id
            )
    for arc in scenario.arcs:
        owner = baseline.get(arc.id, arc.baseline)
        yield Segment(arc.id, arc.sector, "", arc.start, arc.end, arc.ground, owner, arc.flow)


def _template(sector: Sector, baseline: dict[str, Quantity], ground: dict[str, tuple[str, ...]]) -> Iterator[Segment]:
    ends = (
        place(sector.id, "west"),
        place(sector.id, "west", near=True),
        place(sector.id, "east", near=True),
        place(sector.id, "east"),
    )
    for number, layer in enumerate(LAYERS):
        id = f"{sector.id}.{layer}"
        own = baseline.get(id, baseline.get(layer))
        yield Segment(id, sector.id, layer, ends[number], ends[number + 1], ground.get(layer, ()), own, sector.flow)


def terminals(scenario: "Scenario", names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the places that ``west``, ``east`` or names of places stand for."""
    found: dict[str, None] = {}
    for name in names:
        if name in ("west", "east") and not scenario.arcs:
            found.update(dict.fromkeys(place(sector.id, name) for sector in scenario.sectors))
        else:
            found[name] = None
    return tuple(found)


def places(scenario: "Scenario") -> tuple[str, ...]:
    """Return all places of the network, in the order in which segments name them."""
    found: dict[str, None] = dict.fromkeys(scenario.places)
    for segment in scenario.segments:
        found.setdefault(segment.start)
        found.setdefault(segment.end)
    return tuple(found)
