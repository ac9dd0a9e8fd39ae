"""This module owns drawings: a titled picture, its pieces, and how it becomes SVG. It knows no case.

Every picture has a title and a description for readers who do not see it, dark ink on white paper so that it prints,
and says nothing by colour alone: fills have patterns, and values stand beside their marks as text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from textwrap import wrap

INK, FAINT, LINE, PAPER = "#1f2328", "#57606a", "#d0d7de", "#ffffff"
COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00")  # told apart by most eyes (Okabe & Ito)
FONT = "system-ui, 'Segoe UI', 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif"
SIZE, SMALL, LARGE = 13, 11, 16
WIDTH, MARGIN = 760.0, 20.0
CHARACTER = 0.56  # how wide a character is on average, in heights of the letters


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing: what it is called, what it shows in words, its size in pixels, and its pieces as SVG."""

    title: str
    description: str
    width: float
    height: float
    body: tuple[str, ...]


def svg(picture: Picture) -> str:
    """Return a picture as a whole SVG document, readable by programs that read aloud."""
    width, height = _figure(picture.width), _figure(picture.height)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
            f'font-family="{FONT}" font-size="{SIZE}" role="img">',
            f"<title>{escape(picture.title, quote=False)}</title>",
            f"<desc>{escape(picture.description, quote=False)}</desc>",
            f'<rect width="{width}" height="{height}" fill="{PAPER}"/>',
            PATTERNS,
            *picture.body,
            "</svg>",
            "",
        ]
    )


def framed(
    title: str, description: str, body: Sequence[str], height: float, note: str = "", width: float = WIDTH
) -> Picture:
    """Return a picture with its title above the body and a note beneath it.

    Parameters
    ----------
    title, description : str
        What stands above the drawing; what is read aloud instead of it.
    body : sequence of str
        Pieces drawn in coordinates whose origin is below the title, at the left margin.
    height : float
        How high the body is.
    note : str
        What stands small beneath it.
    """
    heading = lines(title, width - 2 * MARGIN, LARGE)
    top = MARGIN + LARGE * 1.3 * len(heading) + 14
    notes = lines(note, width - 2 * MARGIN, SMALL)
    pieces = [label(MARGIN, MARGIN + LARGE * (0.9 + 1.3 * row), words, size=LARGE, bold=True)
              for row, words in enumerate(heading)]  # fmt: skip
    pieces.append(f'<g transform="translate({_figure(MARGIN)} {_figure(top)})">')
    pieces += [*body, "</g>"]
    bottom = top + height + 14
    pieces += [label(MARGIN, bottom + SMALL * (1 + 1.35 * row), words, size=SMALL, colour=FAINT)
               for row, words in enumerate(notes)]  # fmt: skip
    return Picture(title, description, width, bottom + SMALL * 1.35 * len(notes) + MARGIN * 0.6, tuple(pieces))


def label(
    x: float,
    y: float,
    words: str,
    *,
    anchor: str = "start",
    size: float = SIZE,
    colour: str = INK,
    bold: bool = False,
    halo: bool = False,
) -> str:
    """Return one line of text whose baseline is at y; the anchor is start, middle or end; a halo keeps it
    readable over lines."""
    place = f' text-anchor="{anchor}"' if anchor != "start" else ""
    weight = ' font-weight="600"' if bold else ""
    height = f' font-size="{_figure(size)}"' if size != SIZE else ""
    edge = f' stroke="{PAPER}" stroke-width="4" paint-order="stroke"' if halo else ""
    told = escape(words, quote=False)
    return f'<text x="{_figure(x)}" y="{_figure(y)}" fill="{colour}"{height}{weight}{place}{edge}>{told}</text>'


def paragraph(
    x: float, y: float, words: str, room: float, *, anchor: str = "start", size: float = SIZE, colour: str = INK
) -> list[str]:
    """Return text wrapped to a room, one piece a line, the first baseline at y."""
    return [
        label(x, y + size * 1.3 * row, line, anchor=anchor, size=size, colour=colour)
        for row, line in enumerate(lines(words, room, size))
    ]


def lines(words: str, room: float, size: float = SIZE) -> list[str]:
    """Return text as lines that fit into a room of so many pixels, estimated by the mean width of letters."""
    return wrap(words, max(4, int(room / (size * CHARACTER))), break_on_hyphens=False)


def wide(words: str, size: float = SIZE) -> float:
    """Return about how many pixels a line of text takes."""
    return len(words) * size * CHARACTER


def box(x: float, y: float, width: float, height: float, *, series: int = -1, told: str = "", edge: str = INK) -> str:
    """Return a rectangle: with the colour and pattern of a series, or empty; told is what a pointer over it reads."""
    paint = fill(series) if series >= 0 else PAPER
    shape = (
        f'<rect x="{_figure(x)}" y="{_figure(y)}" width="{_figure(max(width, 0))}" height="{_figure(max(height, 0))}" '
        f'fill="{paint}" stroke="{edge}" stroke-width="0.8"'
    )
    return f"{shape}><title>{escape(told, quote=False)}</title></rect>" if told else f"{shape}/>"


def fill(series: int) -> str:
    """Return the paint of a series: a colour with a pattern of its own."""
    return f"url(#fill-{series % len(COLOURS)})"


def line(x1: float, y1: float, x2: float, y2: float, *, colour: str = INK, width: float = 1, dashes: str = "") -> str:
    """Return a straight line; dashes as SVG writes them."""
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    ends = f'x1="{_figure(x1)}" y1="{_figure(y1)}" x2="{_figure(x2)}" y2="{_figure(y2)}"'
    return f'<line {ends} stroke="{colour}" stroke-width="{_figure(width)}"{dashed}/>'


def path(drawn: str, *, colour: str = INK, width: float = 1, dashes: str = "", arrow: bool = False) -> str:
    """Return an open path in SVG's language of moves, with an arrow head at its end if asked."""
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    head = ' marker-end="url(#arrow)"' if arrow else ""
    return f'<path d="{drawn}" fill="none" stroke="{colour}" stroke-width="{_figure(width)}"{dashed}{head}/>'


def whisker(x: float, low: float, high: float, *, across: bool = False) -> list[str]:
    """Return an error bar from low to high at x: upright, or lying where across is true (then x is its height)."""
    reach = 4
    if across:
        return [
            line(low, x, high, x, width=1.4),
            line(low, x - reach, low, x + reach, width=1.4),
            line(high, x - reach, high, x + reach, width=1.4),
        ]
    return [
        line(x, low, x, high, width=1.4),
        line(x - reach, low, x + reach, low, width=1.4),
        line(x - reach, high, x + reach, high, width=1.4),
    ]


def legend(x: float, y: float, names: Sequence[str], room: float) -> tuple[list[str], float]:
    """Return swatches with names, from left to right in as many lines as they need, and how high they are."""
    pieces, left, row = [], x, 0
    for series, name in enumerate(names):
        needed = 20 + wide(name, SMALL) + 16
        if left > x and left + needed > x + room:
            left, row = x, row + 1
        pieces += [
            box(left, y + row * 18, 13, 13, series=series),
            label(left + 19, y + row * 18 + 10.5, name, size=SMALL),
        ]
        left += needed
    return pieces, (row + 1) * 18


def _figure(value: float) -> str:
    """Return a coordinate with at most one decimal, the same on every machine."""
    return (
        f"{value:.1f}".removesuffix(".0").replace("-0", "0") if abs(value) < 0.05 else f"{value:.1f}".removesuffix(".0")
    )


def _patterns() -> str:
    strokes = (
        "",
        '<path d="M-2 2l4-4M0 8l8-8M6 10l4-4" stroke="#fff" stroke-width="1.6"/>',
        '<circle cx="2" cy="2" r="1.2" fill="#fff"/><circle cx="6" cy="6" r="1.2" fill="#fff"/>',
        '<path d="M0 4h8" stroke="#fff" stroke-width="1.6"/>',
        '<path d="M-2 6l4 4M0 0l8 8M6-2l4 4" stroke="#fff" stroke-width="1.6"/>',
        '<path d="M4 0v8" stroke="#fff" stroke-width="1.6"/>',
    )
    made = "".join(
        f'<pattern id="fill-{series}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<rect width="8" height="8" fill="{colour}"/>{stroke}</pattern>'
        for series, (colour, stroke) in enumerate(zip(COLOURS, strokes, strict=True))
    )
    arrow = (
        '<marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        f'<path d="M0 0.5L8 4L0 7.5z" fill="{INK}"/></marker>'
    )
    return f"<defs>{made}{arrow}</defs>"


PATTERNS = _patterns()
