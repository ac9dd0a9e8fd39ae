"""This module owns lying bars: amounts with names, and ranges around a base (a tornado)."""

from collections.abc import Sequence
from dataclasses import dataclass

from detente.look.svg import (
    FAINT,
    MARGIN,
    SIZE,
    SMALL,
    WIDTH,
    Picture,
    box,
    fill,
    framed,
    label,
    line,
    lines,
    paragraph,
)

NAMES, FIGURES, HIGH = 270.0, 110.0, 20.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: from where to where on the scale, its name, what stands at its end, and which fill it has."""

    name: str
    start: float
    end: float
    figure: str
    series: int = 0


def bars(
    title: str,
    drawn: Sequence[Bar],
    *,
    axis: str,
    base: float | None = None,
    kinds: Sequence[str] = (),
    empty: str = "Nothing to show.",
    note: str = "",
) -> Picture:
    """Draw bars below each other on one scale.

    Parameters
    ----------
    axis : str
        What the scale measures.
    base : float, optional
        A value with a line through all bars.
    kinds : sequence of str
        What each fill means; said in a legend where there is more than one.
    empty : str
        What stands instead of bars where there are none.
    """
    if not drawn:
        return framed(title, empty, paragraph(0, SIZE, empty, WIDTH - 2 * MARGIN), 20, note)
    values = [value for bar in drawn for value in (bar.start, bar.end)] + ([base] if base is not None else [])
    low, high = min(values), max(values)
    room = WIDTH - 2 * MARGIN - NAMES - FIGURES
    span = (high - low) or 1.0

    def place(value: float) -> float:
        return NAMES + room * (value - low) / span

    pieces = [label(NAMES, 0, axis, size=SMALL, colour=FAINT)]
    y = 12.0
    for bar in drawn:
        name = lines(bar.name, NAMES - 16, SMALL + 1)
        tall = max(HIGH, 15.6 * len(name)) + 10
        pieces += paragraph(0, y + 14, bar.name, NAMES - 16, size=SMALL + 1)
        left, right = sorted((place(bar.start), place(bar.end)))
        pieces.append(box(left, y, max(right - left, 1.5), HIGH, series=bar.series, told=f"{bar.name}: {bar.figure}"))
        pieces.append(label(right + 6, y + 14.5, bar.figure, size=SMALL + 1))
        y += tall
    if base is not None:
        pieces.append(line(place(base), 6, place(base), y - 4, colour=FAINT, dashes="3 3"))
    if len(kinds) > 1:
        pieces += _kinds(kinds, y + 4)
        y += 24
    told = "; ".join(f"{bar.name}: {bar.figure}" for bar in drawn)
    return framed(title, f"{axis}. {told}.", pieces, y, note)


def _kinds(kinds: Sequence[str], y: float) -> list[str]:
    pieces, left = [], NAMES
    for series, kind in enumerate(kinds):
        pieces.append(
            f'<rect x="{left:.1f}" y="{y:.1f}" width="13" height="13" fill="{fill(series)}" stroke="{FAINT}"/>'
        )
        pieces.append(label(left + 19, y + 10.5, kind, size=SMALL))
        left += 19 + len(kind) * SMALL * 0.56 + 24
    return pieces
