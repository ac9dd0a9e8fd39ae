"""This module owns the waterfall: a value that grows step by step, each step standing on the one before."""

from collections.abc import Sequence
from dataclasses import dataclass

from detente.look.svg import FAINT, LINE, MARGIN, SMALL, WIDTH, Picture, box, framed, label, line, paragraph, whisker

HIGH, LEFT, FEET = 250.0, 44.0, 74.0


@dataclass(frozen=True, slots=True)
class Step:
    """One bar: its name, the value reached with it, the range of that value, and a remark beneath the name."""

    name: str
    value: float
    low: float | None = None
    high: float | None = None
    remark: str = ""


def waterfall(title: str, steps: Sequence[Step], *, axis: str, total: str = "", note: str = "") -> Picture:
    """Draw values between 0 and 1 that are reached one after the other.

    Parameters
    ----------
    steps : sequence of Step
        The first stands on the ground, every other on the one before it.
    axis : str
        What is measured, said above the scale.
    total : str
        The name of a last bar from the ground to the last value; none if empty.
    """
    count = len(steps) + bool(total)
    room = (WIDTH - 2 * MARGIN - LEFT) / max(count, 1)
    wide = min(room * 0.62, 90)
    pieces = scale(HIGH, axis)
    for place, step in enumerate(steps):
        start = steps[place - 1].value if place else 0.0
        pieces += _bar(place, step, start, room, wide, 0 if place == 0 else (2 if step.value >= start else 5))
        if place + 1 < count:
            right = LEFT + room * place + (room + wide) / 2
            pieces.append(line(right, _y(step.value), right + room - wide, _y(step.value), colour=FAINT, dashes="3 3"))
    if total:
        last = steps[-1]
        whole = Step(total, last.value, last.low, last.high)
        pieces += _bar(len(steps), whole, 0.0, room, wide, 0)
    return framed(title, describe(steps, axis), pieces, HIGH + FEET, note)


def describe(steps: Sequence[Step], axis: str) -> str:
    """Say the bars in a sentence."""
    told = ", then ".join(f"{step.name} {step.value:.2f}" for step in steps)
    return f"{axis}: {told}."


def scale(high: float, axis: str) -> list[str]:
    """Return the grid of a scale from 0 to 1 with its name."""
    pieces = [label(0, -2, axis, size=SMALL, colour=FAINT)]
    for tick in range(5):
        y = _y(tick / 4, high)
        pieces.append(line(LEFT - 6, y, WIDTH - 2 * MARGIN, y, colour=LINE))
        pieces.append(
            label(LEFT - 10, y + 4, f"{tick / 4:.2f}".rstrip("0").rstrip("."), anchor="end", size=SMALL, colour=FAINT)
        )
    return pieces


def _bar(place: int, step: Step, start: float, room: float, wide: float, series: int) -> list[str]:
    middle = LEFT + room * (place + 0.5)
    top, bottom = _y(max(step.value, start)), _y(min(step.value, start))
    told = f"{step.name}: {step.value:.2f}"
    pieces = [box(middle - wide / 2, top, wide, max(bottom - top, 0.8), series=series, told=told)]
    above = top
    if step.low is not None and step.high is not None and step.high - step.low > 1e-9:
        pieces += whisker(middle, _y(step.high), _y(step.low))
        above = min(above, _y(step.high))
    pieces.append(label(middle, above - 6, f"{step.value:.2f}", anchor="middle", bold=True, halo=True))
    name = paragraph(middle, HIGH + 18 + 16, step.name, room - 8, anchor="middle", size=SMALL + 1)
    pieces += name
    remark = HIGH + 34 + 1.3 * (SMALL + 1) * len(name) + 2
    return pieces + paragraph(middle, remark, step.remark, room - 8, anchor="middle", size=SMALL, colour=FAINT)


def _y(value: float, high: float = HIGH) -> float:
    """Return where a value of the scale lies, with room for its figure above the highest."""
    return 16 + high * (1 - value)
