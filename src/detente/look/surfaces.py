"""This module owns the surfaces of a summary: each a few lines, all of the same content."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from textwrap import fill
from typing import Any

from detente.look.escaping import markdown_text, tex_text
from detente.look.grid import grid
from detente.look.summary import Block, Summary, Table

WIDTH = 100
WRAPPED = 24  # longer cells of a LaTeX table are wrapped


def text(summary: Summary, width: int = WIDTH) -> str:
    """Return a summary as plain text: readable without colour, from 80 columns on."""
    lines = [summary.title, *([fill(summary.subtitle, width)] if summary.subtitle else [])]
    for block in summary.blocks:
        lines += ["", block.heading.upper()] if block.heading else [""]
        for line in block.lines:
            lines.append(_text_table(line, width) if isinstance(line, Table) else _sentence(line, width))
    return "\n".join(lines) + "\n"


def _sentence(sentence: str, width: int) -> str:
    """Wrap a sentence under its block; the leading spaces it was given set its depth."""
    depth = "  " + " " * (len(sentence) - len(sentence.lstrip(" ")))
    return fill(
        sentence.lstrip(" "), width, initial_indent=depth, subsequent_indent=depth + "  ", break_on_hyphens=False
    )


def _text_table(table: Table, width: int) -> str:
    return "\n".join(f"    {line}".rstrip() for line in grid(table, width - 4))


def markdown(summary: Summary) -> str:
    """Return a summary as Markdown."""
    lines = [f"# {markdown_text(summary.title)}", ""]
    lines += [markdown_text(summary.subtitle), ""] if summary.subtitle else []
    for block in summary.blocks:
        lines += [f"## {markdown_text(block.heading)}", ""] if block.heading else []
        lines += [*_markdown_lines(block.lines), ""]
    return "\n".join(lines).rstrip() + "\n"


def _markdown_lines(lines: Sequence[str | Table]) -> Iterator[str]:
    """Yield sentences as bullets, those that belong to the one above them beneath it, and tables between them."""
    depths: list[int] = []
    for line in lines:
        if isinstance(line, Table):
            yield from (*_markdown_table(line), "")
            depths = []
            continue
        depth = len(line) - len(line.lstrip(" "))
        depths = [*(above for above in depths if above < depth), depth]
        yield f"{'  ' * (len(depths) - 1)}- {markdown_text(line.strip())}"


def _markdown_table(table: Table) -> list[str]:
    head, *rest = [[markdown_text(cell) for cell in row] for row in (table.columns, *table.rows)]
    rows = [head, ["---" for _ in head], *rest]
    title = [f"**{markdown_text(table.title)}**", ""] if table.title else []
    return ["", *title, *("| " + " | ".join(row) + " |" for row in rows)]


def latex(summary: Summary) -> str:
    """Return a summary as LaTeX sections with booktabs tables, for \\input in a document that has that package."""
    lines = [rf"\section*{{{tex_text(summary.title)}}}", tex_text(summary.subtitle)]
    for block in summary.blocks:
        lines += ["", rf"\subsection*{{{tex_text(block.heading)}}}"] if block.heading else [""]
        for line in block.lines:
            lines += _latex_table(line) if isinstance(line, Table) else ["", tex_text(line.strip())]
    return "\n".join(lines) + "\n"


def _latex_table(table: Table) -> list[str]:
    """Return a table no wider than the page: what is long is wrapped, in columns that share the width."""
    if not table.columns:
        return []
    widths = [max(map(len, cells)) for cells in zip(table.columns, *table.rows, strict=True)]
    wide = sum(width for width in widths if width > WRAPPED)
    room = 0.9 - 0.9 * min(sum(width for width in widths if width <= WRAPPED) / WIDTH, 0.5)
    forms = [rf"p{{{room * width / wide:.2f}\linewidth}}" if width > WRAPPED else "l" for width in widths]
    rows = [" & ".join(map(tex_text, row)) + r" \\" for row in (table.columns, *table.rows)]
    title = ["", rf"\textbf{{{tex_text(table.title)}}}"] if table.title else []
    begin = rf"\begin{{tabular}}{{{''.join(forms)}}}"
    return [*title, "", begin, r"\toprule", rows[0], r"\midrule", *rows[1:], r"\bottomrule", r"\end{tabular}"]


def html(summary: Summary) -> str:
    """Return a summary as an HTML fragment, for a notebook, a report or a page."""
    body = "".join(_html_block(block) for block in summary.blocks)
    subtitle = f"<p>{escape(summary.subtitle)}</p>" if summary.subtitle else ""
    return f'<section class="detente"><h2>{escape(summary.title)}</h2>{subtitle}{body}</section>'


def _html_block(block: Block) -> str:
    heading = f"<h3>{escape(block.heading)}</h3>" if block.heading else ""
    return heading + "".join(
        _html_table(line) if isinstance(line, Table) else f"<p>{escape(line.strip())}</p>" for line in block.lines
    )


def _html_table(table: Table) -> str:
    caption = f"<caption>{escape(table.title)}</caption>" if table.title else ""
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in table.columns)
    rows = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in table.rows)
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def comma_separated(rows: Sequence[Mapping[str, Any]], first: Sequence[str] = ()) -> str:
    """Return rows as CSV with a header line: the columns that stand first, then those of all rows as they appear."""
    columns = list(dict.fromkeys([*first, *(key for row in rows for key in row)]))
    if not columns:
        return ""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
