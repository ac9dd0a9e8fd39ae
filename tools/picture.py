"""Draw what a command prints as an SVG picture (used by tools/reference.py for the README)."""

from html import escape

FONT = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"
WIDE, HIGH, SIZE, MARGIN, BAR = 7.8, 18, 13, 20, 34
PAPER = 'fill="#fbfbf9" stroke="#d0d7de"'
MARKS = {"✓": "#1a7f37", "✗": "#b42318"}


def picture(command: str, printed: str) -> str:
    """Return an SVG of a terminal window in which a command has printed something.

    Parameters
    ----------
    command : str
        What was typed.
    printed : str
        What was printed, lines of plain text.
    """
    lines = printed.rstrip("\n").split("\n")
    width = MARGIN * 2 + WIDE * max(len(line) for line in [f"$ {command}", *lines])
    height = BAR + MARGIN * 2 + HIGH * (len(lines) + 2)
    rows = [_line(f"$ {command}", 0, "#57606a")]
    rows += [_line(line, place, "#1f2328") for place, line in enumerate(lines, 2)]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height}" width="{width:.0f}" '
            f'height="{height}" font-family="{FONT}" font-size="{SIZE}" role="img">',
            f"<title>{escape(command)}</title>",
            f'<rect x="0.5" y="0.5" width="{width - 1:.0f}" height="{height - 1}" rx="10" {PAPER}/>',
            f'<path d="M0 {BAR}H{width:.0f}" stroke="#d0d7de"/>',
            *(f'<circle cx="{MARGIN + 18 * dot}" cy="17" r="5" fill="#d0d7de"/>' for dot in range(3)),
            *rows,
            "</svg>",
            "",
        ]
    )


def _line(text: str, place: int, colour: str) -> str:
    """Return one line; headings stand out, and so do marks."""
    if not text.strip():
        return ""
    heading = text == text.upper() and text[0].isalpha()
    weight = ' font-weight="bold"' if heading or place == 2 else ""
    marked = escape(text, quote=False)
    for mark, shade in MARKS.items():
        marked = marked.replace(mark, f'<tspan fill="{shade}" font-weight="bold">{mark}</tspan>')
    y = BAR + MARGIN + HIGH * place + SIZE
    return f'<text x="{MARGIN}" y="{y}" fill="{colour}"{weight} xml:space="preserve">{marked}</text>'
