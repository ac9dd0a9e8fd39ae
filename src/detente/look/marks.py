"""This module owns drawn tables: words in columns, with ticks and crosses that also read as words."""

from collections.abc import Sequence

from detente.look.summary import Table
from detente.look.svg import (
    FAINT,
    INK,
    LINE,
    MARGIN,
    SIZE,
    SMALL,
    WIDTH,
    Picture,
    framed,
    label,
    line,
    lines,
    paragraph,
    wide,
)

ROW = 16.0
MARK, MARKED = "◆", "#8a4b00"
"""Cells that end in this mark stand out by colour too."""


def tables(title: str, drawn: Sequence[Table], note: str = "") -> Picture:
    """Draw tables below each other, their columns as wide as their words and numbers at the right of theirs."""
    pieces: list[str] = []
    y = 0.0
    for table in drawn:
        made, high = _table(table, y)
        pieces += made
        y += high + 24
    told = " ".join(_read(table) for table in drawn)
    return framed(title, told, pieces, max(y - 24, 10), note)


def _read(table: Table) -> str:
    """Say a table row by row, each cell with its head."""
    rows = (", ".join(f"{head} {cell}" for head, cell in zip(table.columns, row, strict=True)) for row in table.rows)
    return f"{table.title or 'Table'}: {'; '.join(rows)}."


def _table(table: Table, y: float) -> tuple[list[str], float]:
    room = WIDTH - 2 * MARGIN
    starts, sizes = _columns(table, room)
    numeric = [
        all(_number(row[place]) for row in table.rows) and bool(table.rows) for place in range(len(table.columns))
    ]
    pieces: list[str] = []
    at = y
    if table.title:
        pieces += paragraph(0, at + SIZE, table.title, room)
        at += SIZE * 1.3 * len(lines(table.title, room)) + 8
    for number, row in enumerate((table.columns, *table.rows)):
        cells = [lines(cell, sizes[place] - 12, SMALL + 1) or [""] for place, cell in enumerate(row)]
        for place, words in enumerate(cells):
            right = numeric[place]
            x = starts[place] + (sizes[place] - 12 if right else 0)
            colour = FAINT if number == 0 else MARKED if row[place].endswith(MARK) else INK
            for depth, told in enumerate(words):
                pieces.append(label(x, at + 14 + depth * ROW, told, anchor="end" if right else "start", size=SMALL + 1,
                                    bold=number == 0, colour=colour))  # fmt: skip
        at += ROW * max(len(words) for words in cells) + 6
        pieces.append(line(0, at, room, at, colour=FAINT if number == 0 else LINE, width=1 if number == 0 else 0.6))
        at += 2
    return pieces, at - y


def _columns(table: Table, room: float) -> tuple[list[float], list[float]]:
    """Return where columns start and how wide they are: as their longest cells, shrunk together where too wide."""
    wanted = [
        max(wide(cell, SMALL + 1) + 22 for cell in (column, *(row[place] for row in table.rows)))
        for place, column in enumerate(table.columns)
    ]
    fair = room / max(len(wanted), 1)
    if sum(wanted) > room:
        kept = sum(size for size in wanted if size <= fair)
        over = sum(size for size in wanted if size > fair)
        wanted = [size if size <= fair else size * (room - kept) / over for size in wanted]
    starts = [sum(wanted[:place]) for place in range(len(wanted))]
    return starts, wanted


def _number(cell: str) -> bool:
    bare = cell.replace("to", "").replace(" ", "").replace(",", "").replace("%", "").lstrip("+-−")
    return cell in ("", "–") or bare.replace(".", "").isdigit()
