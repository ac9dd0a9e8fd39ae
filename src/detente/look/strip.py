"""This module owns strips: places in a row, what stands at each before and after, and what moves between them."""

from collections.abc import Sequence
from dataclasses import dataclass

from detente.look.svg import (
    FAINT,
    INK,
    LINE,
    MARGIN,
    SMALL,
    WIDTH,
    Picture,
    box,
    framed,
    label,
    legend,
    line,
    lines,
    paragraph,
    path,
    wide,
)  # fmt: skip

HIGH = 150.0
STEP = 20  # shares are shown in so many parts of the whole: 5 % each


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the row: amounts by series before and after, a figure for each, and its share of what moves."""

    name: str
    before: tuple[float, ...]
    after: tuple[float, ...]
    before_figure: str
    after_figure: str
    share: float
    remark: str = ""


def rounded(share: float) -> str:
    """Say a share of 1 to the nearest 5 %."""
    return f"{round(share * STEP) * 100 // STEP} %"


def moved(before: Sequence[float], after: Sequence[float]) -> list[tuple[int, int, float]]:
    """Return the least movement along a row that turns one division of the whole into another.

    Between neighbours the amount that must cross is what the left side has too much of; so arrows go from each place
    to the next, and only where at least half a step of 5 % crosses.

    Returns
    -------
    list of (from, to, amount)
    """
    crossing, found = 0.0, []
    for place in range(len(before) - 1):
        crossing += before[place] - after[place]
        if abs(crossing) >= 0.5 / STEP:
            found.append((place, place + 1, crossing) if crossing > 0 else (place + 1, place, -crossing))
    return found


def strip(
    title: str,
    places: Sequence[Place],
    series: Sequence[str],
    *,
    axis: str,
    share: str,
    when: tuple[str, str] = ("before", "after"),
    movements: Sequence[tuple[int, int, float]] = (),
    note: str = "",
) -> Picture:
    """Draw places side by side in a given order; the order is all that the drawing says of where they are.

    Parameters
    ----------
    series : sequence of str
        What each amount of a place is; the parts of its bars.
    axis, share : str
        What the bars measure; what the shares are shares of.
    when : (str, str)
        What the two bars of a place are called.
    movements : sequence of (from, to, amount)
        Arrows between places, as of `moved`.
    """
    most = max((sum(part) for each in places for part in (each.before, each.after)), default=0.0) or 1.0
    room = (WIDTH - 2 * MARGIN) / max(len(places), 1)
    named, tall = legend(0, 0, series, WIDTH - 2 * MARGIN)
    top = tall + 26.0
    feet = max((len(lines(each.name, room - 6, SMALL)) for each in places), default=1)
    roomy = room * 0.34 >= max(wide(name, SMALL - 1) for name in when)
    told = axis if roomy else f"{axis}; left: {when[0]}, right: {when[1]}"
    pieces = [*named, label(0, top - 8, told, size=SMALL, colour=FAINT)]
    base = top + 16 + HIGH
    pieces.append(line(0, base, WIDTH - 2 * MARGIN, base, colour=FAINT))
    for place, each in enumerate(places):
        pieces += _place(each, place * room, room, base, HIGH / most, when if roomy else ("", ""))
    shares = base + 34 + 15 * feet
    pieces += [label(0, shares + 14, share, size=SMALL, colour=FAINT)]
    level = shares + 62
    for place, each in enumerate(places):
        pieces += _share(each, (place + 0.5) * room, level)
    for start, end, amount in movements:
        pieces.append(_arrow((start + 0.5) * room, (end + 0.5) * room, level + 36, amount))
    read = " ".join(
        f"{each.name}: {when[0]} {each.before_figure}, {when[1]} {each.after_figure}, share {rounded(each.share)}."
        for each in places
    )
    return framed(title, f"{axis}. {read}", pieces, level + (66 if movements else 34), note)


def _place(each: Place, x: float, room: float, base: float, scale: float, when: tuple[str, str]) -> list[str]:
    width = min(room * 0.34, 44.0)
    pieces: list[str] = []
    for column, (parts, figure, name) in enumerate(
        ((each.before, each.before_figure, when[0]), (each.after, each.after_figure, when[1]))
    ):
        left = x + room / 2 - width - 2 + column * (width + 4)
        y = base
        for number, part in enumerate(parts):
            if part > 1e-9:
                y -= part * scale
                pieces.append(box(left, y, width, part * scale, series=number))
        pieces.append(label(left + width / 2, y - 5, figure, anchor="middle", size=SMALL, bold=column == 1))
        pieces.append(label(left + width / 2, base + 12, name, anchor="middle", size=SMALL - 1, colour=FAINT))
    return pieces + paragraph(x + room / 2, base + 30, each.name, room - 6, anchor="middle", size=SMALL)


def _share(each: Place, x: float, level: float) -> list[str]:
    radius = 12 + 22 * (round(each.share * STEP) / STEP) ** 0.5
    shown = round(each.share * STEP) > 0
    circle = f'<circle cx="{x:.1f}" cy="{level:.1f}" r="{radius:.1f}" fill="{LINE}" stroke="{INK}" stroke-width="0.8"/>'
    return [
        *([circle] if shown else []),
        label(x, level + 4, rounded(each.share), anchor="middle", size=SMALL, bold=shown),
    ]


def _arrow(start: float, end: float, y: float, amount: float) -> str:
    """Return an arrow below the shares, as thick as what moves."""
    inset = 12 if end > start else -12
    bend = f"M{start + inset:.1f} {y:.1f}Q{(start + end) / 2:.1f} {y + 22:.1f} {end - inset:.1f} {y:.1f}"
    return path(bend, width=1 + 6 * min(amount, 0.5), arrow=True)
