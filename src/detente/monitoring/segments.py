"""This module owns the segments of a scenario: which there are, and between which places.

The template of a sector is three segments one after the other: west approach, line, east approach. Ways along the
border join neighbouring sectors between approach and line; a passable crossing leads from the far west of its sector to
its far east. Whoever uses an official crossing also travels on both approaches of its sector.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from detente.monitoring.items import LAYERS, AdversaryType, Sector, Segment
from detente.monitoring.network import check_size
from detente.monitoring.quantities import Quantity

if TYPE_CHECKING:
    from detente.monitoring.scenario import Scenario

SIDES = ("west", "east")


def place(sector: str, side: str, near: bool = False) -> str:
    """Return the name of a place of the template: the far west or east of a sector, or the one near the line."""
    return f"{sector} {side} of the line" if near else f"{sector} {side}"


def size(scenario: "Scenario") -> int:
    """Return how many segments a scenario has, without making them."""
    passable = sum(crossing.passable for crossing in scenario.crossings)
    if scenario.arcs:
        return len(scenario.arcs) + passable
    sectors = len(scenario.sectors)
    return len(LAYERS) * sectors + len(scenario.along) * max(0, sectors - 1) + passable


def segments(scenario: "Scenario") -> tuple[Segment, ...]:
    """Return all segments of a scenario: of its sectors, along the border, of its crossings, of arcs given by hand.

    Where arcs are given by hand, sectors have no template of their own; they only say where the arcs are.

    Raises
    ------
    TooLargeError
        If there are more than can be planned for; nothing was made.
    """
    check_size(size(scenario), large=True)
    return tuple(_segments(scenario))


def _segments(scenario: "Scenario") -> Iterator[Segment]:
    baseline, ground = dict(scenario.baseline), dict(scenario.ground)
    backward = _backward(scenario)
    if not scenario.arcs:
        travellers = _travellers(scenario)
        for sector in scenario.sectors:
            yield from _template(sector, baseline, ground, travellers.get(sector.id), backward)
        for side, own in scenario.along:
            for first, second in zip(scenario.sectors, scenario.sectors[1:], strict=False):
                id = f"{first.id}-{second.id}.{side}"
                start, end = place(first.id, side, near=True), place(second.id, side, near=True)
                owners = ground.get(side, ())
                yield Segment(id, "", side, start, end, owners, baseline.get(id, own), both_ways=True)
    everybody = tuple(dict.fromkeys(party for layer in LAYERS for party in ground.get(layer, ())))
    for crossing in scenario.crossings:
        if crossing.passable:
            start, end = place(crossing.sector, "west"), place(crossing.sector, "east")
            own = baseline.get(crossing.id, crossing.baseline)
            yield Segment(
                crossing.id, crossing.sector, "", start, end, everybody, own, crossing.flow, backward, crossing.id
            )
    for arc in scenario.arcs:
        own = baseline.get(arc.id, arc.baseline)
        yield Segment(arc.id, arc.sector, "", arc.start, arc.end, arc.ground, own, arc.flow)


def _template(
    sector: Sector,
    baseline: Mapping[str, Quantity],
    ground: Mapping[str, tuple[str, ...]],
    travellers: Quantity | None,
    backward: bool,
) -> Iterator[Segment]:
    west, east = SIDES
    ends = (place(sector.id, west), place(sector.id, west, near=True), place(sector.id, east, near=True))
    for layer, start, end in zip(LAYERS, ends, (*ends[1:], place(sector.id, east)), strict=True):
        id = f"{sector.id}.{layer}"
        own = baseline.get(id, baseline.get(layer))
        flow = travellers if layer in SIDES else sector.flow
        yield Segment(id, sector.id, layer, start, end, ground.get(layer, ()), own, flow, backward)


def _backward(scenario: "Scenario") -> bool:
    """Return whether some adversary type crosses westward, so that every segment is passed in both directions."""
    starts = [name for adversary in scenario.adversaries for name in adversary.start]
    return any(name == "east" or name.endswith(" east") for name in starts)


def _travellers(scenario: "Scenario") -> dict[str, Quantity]:
    """Return by sector how many people travel on its approaches: those of its crossings, and those beside them."""
    found: dict[str, Quantity] = {sector.id: sector.flow for sector in scenario.sectors if sector.flow is not None}
    for crossing in scenario.crossings:
        if crossing.flow is not None:
            so_far = found.get(crossing.sector)
            found[crossing.sector] = crossing.flow if so_far is None else so_far + crossing.flow
    return found


def terminals(scenario: "Scenario", names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the places that ``west``, ``east`` or names of places stand for."""
    found: dict[str, None] = {}
    for name in names:
        if name in SIDES and not scenario.arcs:
            found.update(dict.fromkeys(place(sector.id, name) for sector in scenario.sectors))
        else:
            found[name] = None
    return tuple(found)


def places(scenario: "Scenario") -> tuple[str, ...]:
    """Return all places of the network: those named by hand, then those of its segments."""
    found: dict[str, None] = dict.fromkeys(scenario.places)
    for segment in scenario.segments:
        found.setdefault(segment.start)
        found.setdefault(segment.end)
    return tuple(found)


def arrivals(scenario: "Scenario") -> tuple[tuple[str, ...], ...]:
    """Return by adversary type the places it wants to get to and can get to; none where it cannot get anywhere."""
    onward: dict[str, list[str]] = {}
    for segment in scenario.segments:
        onward.setdefault(segment.start, []).append(segment.end)
        if segment.both_ways:
            onward.setdefault(segment.end, []).append(segment.start)
    found: list[tuple[str, ...]] = []
    for adversary in scenario.adversaries:
        waiting = list(terminals(scenario, adversary.start))
        reached = set(waiting)
        while waiting:
            further = [node for node in onward.get(waiting.pop(), ()) if node not in reached]
            reached.update(further)
            waiting += further
        found.append(tuple(place for place in terminals(scenario, adversary.end) if place in reached))
    return tuple(found)


def unreachable(scenario: "Scenario") -> tuple[AdversaryType, ...]:
    """Return the adversary types that cannot get from any of their sources to any of their sinks."""
    return tuple(
        adversary
        for adversary, places_reached in zip(scenario.adversaries, arrivals(scenario), strict=True)
        if not places_reached
    )
