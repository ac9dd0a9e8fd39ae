"""This module owns curves: values between 0 and 1 over a quantity that grows, and how to read one off another."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from detente.look.svg import COLOURS, FAINT, INK, LINE, MARGIN, SMALL, WIDTH, Picture, framed, label, line, path

HIGH, LEFT, RIGHT = 250.0, 44.0, 150.0
DASHES = ("", "7 4", "2 4", "9 3 2 3")


@dataclass(frozen=True, slots=True)
class Curve:
    """A named line through points (quantity, value), the quantities growing."""

    name: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A value read off two curves: reached by one curve at the first quantity, by the other at the second."""

    value: float
    first: float
    second: float
    words: str


def curves(
    title: str, drawn: Sequence[Curve], *, across: str, axis: str, reading: Reading | None = None, note: str = ""
) -> Picture:
    """Draw curves over a common quantity, each named at its end and dashed in a manner of its own.

    Parameters
    ----------
    across, axis : str
        What the quantity and the value are.
    reading : Reading, optional
        A level line between two curves, with words on it.
    """
    end = max((x for curve in drawn for x, _ in curve.points), default=1.0)
    room = WIDTH - 2 * MARGIN - LEFT - RIGHT
    pieces = [
        *_grid(end, room, axis),
        label(LEFT + room / 2, HIGH + 52, across, anchor="middle", size=SMALL, colour=FAINT),
    ]
    ends = _apart([_y(curve.points[-1][1]) for curve in drawn])
    for place, (curve, at) in enumerate(zip(drawn, ends, strict=True)):
        steps = " ".join(f"{'ML'[bool(n)]}{_x(x, end, room):.1f} {_y(y):.1f}" for n, (x, y) in enumerate(curve.points))
        colour = COLOURS[place % len(COLOURS)]
        pieces.append(path(steps, colour=colour, width=2.4, dashes=DASHES[place % len(DASHES)]))
        pieces.append(label(_x(curve.points[-1][0], end, room) + 8, at + 4, curve.name, bold=True))
    if reading is not None:
        pieces += _read(reading, end, room)
    return framed(title, _describe(drawn, across, axis, reading), pieces, HIGH + 58, note)


def _read(reading: Reading, end: float, room: float) -> list[str]:
    y, first, second = _y(reading.value), _x(reading.first, end, room), _x(reading.second, end, room)
    pieces = [line(first, y, second, y, dashes="4 3", width=1.4)]
    for x in (first, second):
        pieces.append(line(x, y, x, _y(0), dashes="4 3"))
        pieces.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{INK}"/>')
    return [*pieces, label((first + second) / 2, y + 18, reading.words, anchor="middle", bold=True, halo=True)]


def _grid(end: float, room: float, axis: str) -> list[str]:
    pieces = [label(0, -2, axis, size=SMALL, colour=FAINT)]
    for tick in range(5):
        y = _y(tick / 4)
        pieces.append(line(LEFT - 6, y, LEFT + room, y, colour=LINE))
        pieces.append(label(LEFT - 10, y + 4, f"{tick / 4:g}", anchor="end", size=SMALL, colour=FAINT))
    for mark in _ticks(end):
        x = _x(mark, end, room)
        pieces.append(line(x, _y(0), x, _y(0) + 5, colour=FAINT))
        pieces.append(label(x, _y(0) + 18, f"{mark:g}", anchor="middle", size=SMALL, colour=FAINT))
    return pieces


def _ticks(end: float) -> list[float]:
    """Return round quantities from 0 to the end, four to nine of them."""
    step = next(unit * 10.0**power for power in range(-9, 30) for unit in (1, 2, 5) if end / (unit * 10.0**power) <= 8)
    return [step * place for place in range(int(end / step + 1e-9) + 1)]


def _apart(places: list[float], gap: float = 17.0) -> list[float]:
    """Move labels that would lie on each other apart, keeping their order."""
    moved = list(places)
    order = sorted(range(len(places)), key=places.__getitem__)
    for above, below in pairwise(order):
        moved[below] = max(moved[below], moved[above] + gap)
    return moved


def _describe(drawn: Sequence[Curve], across: str, axis: str, reading: Reading | None) -> str:
    told = "; ".join(f"{curve.name}: {_points(curve)}" for curve in drawn)
    return f"{axis} over {across}. {told}." + (f" {reading.words}." if reading is not None else "")


def _points(curve: Curve) -> str:
    """Say about five points of a curve."""
    shown = curve.points[:: max(1, len(curve.points) // 5)]
    return ", ".join(f"{y:.2f} at {x:g}" for x, y in shown)


def _x(quantity: float, end: float, room: float) -> float:
    return LEFT + room * quantity / end


def _y(value: float) -> float:
    return 16 + HIGH * (1 - value)
