"""This module owns tables as plain text: how wide each column is, and where the words of a cell are broken.

A table is as wide as its cells need. Where that is too much, the widest columns give way first, those whose cells are
single names last; nothing is ever cut off: a word that is longer than its column is folded.
"""

import re
from collections.abc import Sequence
from itertools import zip_longest
from unicodedata import combining, east_asian_width

from detente.look.summary import Table

BETWEEN = 3  # columns of the screen between two cells, shared between them
WORD = re.compile(r"\s*\S+\s*")


def grid(table: Table, width: int) -> list[str]:
    """Return the lines of a table: its title, its head, a rule, its rows.

    Parameters
    ----------
    table : Table
        The table; without columns it has no lines.
    width : int
        The most columns of the screen that it may take; it takes more only where cells would have no room at all.
    """
    if not table.columns:
        return []
    columns = [[table.columns[place], *(row[place] for row in table.rows)] for place in range(len(table.columns))]
    widths = _widths(columns, width)
    whole = sum(widths) + BETWEEN * (len(columns) - 1)
    head = _row(table.columns, widths, at_bottom=True)
    body = [line for row in table.rows for line in _row(row, widths)]
    return [*(broken(table.title, whole) if table.title else []), *head, "─" * whole, *body]


def _widths(columns: Sequence[Sequence[str]], width: int) -> list[int]:
    """Return how wide the cells of each column are."""
    beside = [(place > 0) + (place < len(columns) - 1) for place in range(len(columns))]  # space that goes with a cell
    wanted = [max(columns_of(line) for cell in cells for line in cell.splitlines() or [""]) for cells in columns]
    most = width - (len(columns) - 1)  # one more between two cells
    found = [min(cell + space, most) for cell, space in zip(wanted, beside, strict=True)]
    names = [all(" " not in cell and len(cell) <= (width + 4) // 2 for cell in cells) for cells in columns]
    least = [min(cell, 1) + space for cell, space in zip(wanted, beside, strict=True)]
    for giving in ([not name for name in names], [True] * len(names)):
        found = _narrowed(
            found, [low if gives else width for low, width, gives in zip(least, found, giving, strict=True)], most
        )
    return [max(cell - space, min(need, 1)) for cell, space, need in zip(found, beside, wanted, strict=True)]


def _narrowed(widths: Sequence[int], least: Sequence[int], most: int) -> list[int]:
    """Take from the widest of the columns that are wider than they must be, from all equally, until the whole fits."""
    found = list(widths)
    while (excess := sum(found) - most) > 0:
        giving = [place for place, width in enumerate(found) if width > least[place]]
        if not giving:
            break
        widest = max(found[place] for place in giving)
        places = [place for place in giving if found[place] == widest]
        next_widest = max((found[place] for place in giving if found[place] < widest), default=0)
        for rank, place in enumerate(places):
            share = min(widest - max(next_widest, least[place]), round(excess / (len(places) - rank)))
            found[place] -= share
            excess -= share
    return found


def _row(cells: Sequence[str], widths: Sequence[int], at_bottom: bool = False) -> list[str]:
    """Return the lines of one row; a cell of fewer lines than others stands at its top, or at its bottom."""
    parts = [broken(cell, width) for cell, width in zip(cells, widths, strict=True)]
    if at_bottom:
        height = max(len(lines) for lines in parts)
        parts = [[""] * (height - len(lines)) + lines for lines in parts]
    return [_line(line, widths) for line in zip_longest(*parts, fillvalue="")]


def _line(parts: Sequence[str], widths: Sequence[int]) -> str:
    padded = [part + " " * (width - columns_of(part)) for part, width in zip(parts, widths, strict=True)]
    return (" " * BETWEEN).join(padded).rstrip()


def broken(text: str, width: int) -> list[str]:
    """Return a text in lines of so many columns of the screen at most, broken between words where that is possible."""
    return [line for paragraph in text.expandtabs(8).split("\n") for line in _lines(paragraph, width)]


def _lines(text: str, width: int) -> list[str]:
    lines = [""]
    for word in WORD.findall(text):
        if columns_of(lines[-1]) + columns_of(word.rstrip()) <= width:
            lines[-1] += word
            continue
        if lines[-1]:
            lines.append("")
        for character in word:
            too_long = columns_of(lines[-1]) + columns_of(character) > width
            if too_long and lines[-1] and not character.isspace():
                lines.append("")
            lines[-1] += character
    return [line.rstrip() for line in lines]


def columns_of(text: str) -> int:
    """Return how many columns of the screen a text takes: two for a wide character, none for a combining one."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(sign) else 2 if east_asian_width(sign) in "WF" else 1 for sign in text)
