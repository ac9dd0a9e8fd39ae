"""This module owns gauges and panels of facts: one quantity on a scale from 0 to 1, or in words, with what it means."""

from collections.abc import Sequence
from dataclasses import dataclass

from detente.look.svg import (
    FAINT,
    INK,
    LINE,
    MARGIN,
    SIZE,
    SMALL,
    WIDTH,
    Picture,
    box,
    framed,
    label,
    line,
    lines,
    paragraph,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gauge:
    """One gauge: its name, the value between 0 and 1 (None: cannot be said), the figure as words, what it means."""

    name: str
    value: float | None
    figure: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Panel:
    """A titled box of facts, each a name and what is known."""

    title: str
    facts: tuple[tuple[str, str], ...]


def gauges(title: str, drawn: Sequence[Gauge], note: str = "") -> Picture:
    """Draw gauges two in a row; a gauge without a value is an empty scale, and says so."""
    room = (WIDTH - 2 * MARGIN - 30) / 2
    pieces: list[str] = []
    y = 0.0
    for first in range(0, len(drawn), 2):
        row = drawn[first : first + 2]
        heights = []
        for column, gauge in enumerate(row):
            made, high = _gauge(gauge, column * (room + 30), y, room)
            pieces += made
            heights.append(high)
        y += max(heights) + 22
    told = " ".join(f"{gauge.name}: {gauge.figure}. {gauge.meaning}" for gauge in drawn)
    return framed(title, told, pieces, max(y - 22, 10), note)


def _gauge(gauge: Gauge, x: float, y: float, room: float) -> tuple[list[str], float]:
    pieces = [
        label(x, y + SIZE, gauge.name, bold=True),
        label(x + room, y + SIZE, gauge.figure, anchor="end", bold=True),
    ]
    top = y + SIZE + 10
    pieces.append(box(x, top, room, 12, edge=FAINT))
    if gauge.value is not None:
        filled = room * min(max(gauge.value, 0), 1)
        pieces.append(box(x, top, filled, 12, series=0, told=f"{gauge.name}: {gauge.figure}", edge=FAINT))
        pieces.append(f'<path d="M{x + filled:.1f} {top + 14:.1f}l-5 8h10z" fill="{INK}"/>')
    for tick in range(5):
        pieces.append(line(x + room * tick / 4, top, x + room * tick / 4, top + 12, colour=FAINT, width=0.6))
    pieces.append(label(x, top + 26, "0", size=SMALL, colour=FAINT))
    pieces.append(label(x + room, top + 26, "1", size=SMALL, colour=FAINT, anchor="end"))
    meaning = lines(gauge.meaning, room, SMALL + 1)
    pieces += paragraph(x, top + 44, gauge.meaning, room, size=SMALL + 1, colour=INK)
    return pieces, SIZE + 10 + 44 + 15.6 * len(meaning) - 8


def panels(title: str, drawn: Sequence[Panel], note: str = "") -> Picture:
    """Draw panels side by side, all of the same size and with letters of the same height."""
    gap = 20
    room = (WIDTH - 2 * MARGIN - gap * (len(drawn) - 1)) / max(len(drawn), 1)
    made = [_panel(panel, room) for panel in drawn]
    high = max((height for _, height in made), default=0.0)
    pieces: list[str] = []
    for column, (inside, _) in enumerate(made):
        x = column * (room + gap)
        pieces += [box(x, 0, room, high, edge=FAINT), f'<g transform="translate({x:.1f} 0)">', *inside, "</g>"]
    told = " ".join(f"{panel.title}: " + " ".join(f"{name}: {said}." for name, said in panel.facts) for panel in drawn)
    return framed(title, told, pieces, high, note)


def _panel(panel: Panel, room: float) -> tuple[list[str], float]:
    inset = 14.0
    pieces = [label(inset, 24, panel.title, size=SIZE + 1, bold=True), line(inset, 33, room - inset, 33, colour=LINE)]
    y = 52.0
    for name, said in panel.facts:
        pieces += paragraph(inset, y, name, room - 2 * inset, size=SMALL + 1, colour=FAINT)
        y += 15.6 * len(lines(name, room - 2 * inset, SMALL + 1)) + 2
        pieces += paragraph(inset, y, said, room - 2 * inset)
        y += SIZE * 1.3 * len(lines(said, room - 2 * inset)) + 8
    return pieces, y
