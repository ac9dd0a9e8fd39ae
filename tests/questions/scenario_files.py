"""Scenario files with teams, barriers and sensors: of published inputs, and of small random networks."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from detente.files.scenario import read_scenario_document
from detente.monitoring.scenario import Scenario

Way = tuple[object, object]


def place(name: object) -> str:
    return f"p{name}"


def file(
    ways: Sequence[Way],
    measures: str,
    budget: object,
    types: Iterable[tuple[object, object, object]],
    numbers: Sequence[str] = (),
    more: str = "",
) -> str:
    """Return a scenario file of ways between places, each with what is said of it (``hours: 3``)."""
    said = numbers or [""] * len(ways)
    names = dict.fromkeys(place(end) for way in ways for end in way)
    arcs = "\n".join(
        f"  a{number}: {{from: {place(start)}, to: {place(end)}{', ' if own else ''}{own}}}"
        for number, ((start, end), own) in enumerate(zip(ways, said, strict=True))
    )
    adversaries = "\n".join(
        f"  t{number}: {{from: {place(start)}, to: {place(end)}, weight: {weight}}}"
        for number, (start, end, weight) in enumerate(types)
    )
    return (
        f"title: Ways by hand\nnumbers: synthetic\nplaces: [{', '.join(names)}]\narcs:\n{arcs}\n"
        f"agencies: {{A: {{budgets: {budget}}}}}\nmeasures:\n{measures}\nadversaries:\n{adversaries}\n{more}"
    )


def read(text: str) -> Scenario:
    loaded = read_scenario_document(text, "f.yaml")
    assert loaded.scenario is not None, [fault.text() for fault in loaded.faults]
    return loaded.scenario


def by_arc(numbers: Sequence[object]) -> str:
    """Return numbers by arc, as a file writes them."""
    return "{" + ", ".join(f"a{number}: {value}" for number, value in enumerate(numbers)) + "}"


def all_arcs(count: int) -> str:
    return "[" + ", ".join(f"a{number}" for number in range(count)) + "]"


def teams_file(ways: Sequence[Way], finds: Sequence[object], teams: int, start: object, end: object) -> str:
    """Return the file of so many teams that are sent at random; a chance of 0 is a way on which there can be none."""
    there = [number for number, chance in enumerate(finds) if chance]
    said = "{" + ", ".join(f"a{number}: {finds[number]}" for number in there) + "}"
    at = "[" + ", ".join(f"a{number}" for number in there) + "]"
    measure = f"  teams: {{kind: inspection, at: {at}, uses: {{A: 1}}, finds: {said}}}"
    return file(ways, measure, teams, [(start, end, 1)])


def barriers_file(
    ways: Sequence[Way],
    hours: Sequence[object],
    slows: Sequence[object],
    costs: Sequence[object],
    budget: object,
    *ends: Way,
) -> str:
    """Return the file of barriers, one measure a way; None among `slows` stops, and 0 is a way without any."""
    lines = [
        f"  b{number}: {{kind: barrier, at: a{number}, uses: {{A: {cost}}}, "
        f"{'stops: true' if slow is None else f'slows: {slow}'}}}"
        for number, (slow, cost) in enumerate(zip(slows, costs, strict=True))
        if slow is None or slow
    ]
    lines = lines or [f"  b0: {{kind: barrier, at: a0, uses: {{A: {costs[0]}}}, slows: 0}}"]
    types = [(start, end, 1) for start, end in ends]
    return file(ways, "\n".join(lines), budget, types, [f"hours: {each}" for each in hours])


def chance(passing: Fraction | float | str) -> str:
    """Return the chance of detection of a chance to pass, as a file writes it."""
    return f"chance {1 - Fraction(str(passing))}"


def sensors_file(
    ways: Sequence[Way],
    passing: Sequence[float],
    sensed: Sequence[float],
    budget: object,
    types: Iterable[tuple[object, object, object]],
) -> str:
    """Return the file of sensors, with chances to pass without and with one."""
    own = [f"baseline: {chance(each)}" for each in passing]
    adds = by_arc([chance(Fraction(str(q)) / Fraction(str(p))) for p, q in zip(passing, sensed, strict=True)])
    measure = (
        f"  sensors: {{kind: sensor, at: {all_arcs(len(ways))}, uses: {{A: 1}}, effect: {adds}, most: 1, "
        "divisible: false}"
    )
    return file(ways, measure, budget, types, own)
