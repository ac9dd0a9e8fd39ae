"""This module owns how plain data is written as YAML: on one line where it reads well there, else in lines of its own.

The order of keys is the one of the data; what stands in lines of its own follows the layout of the shipped cases.
"""

import json
import re
from typing import Any

from detente.files.nodes import Path, understood

WIDTH, LONGEST_KEY = 118, 900
UNSEEN = r"\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff"  # what a reader could not tell or a file not hold
SPECIAL = re.compile(rf"^[-?:,\[\]{{}}#&*!|>'\"%@`=<~]|: | #|:$|^\s|\s$|[\x00-\x1f{UNSEEN}]")
FLOW_SPECIAL = re.compile(r"[,\[\]{}:]")
ESCAPED = re.compile(f"[{UNSEEN}]")
IN_LINES = (
    "sources",
    "parties",
    "rules",
    "outcomes",
    "demands",
    "complaints",
    "resources",
    "clout",
    "needs",
    "payments",
    "influence",
)
BY_NAME = ("parties", "approaches", "issues")  # whose items stand in lines of their own too


def document_text(data: dict[str, Any]) -> str:
    """Return a whole document."""
    return "".join(f"{line}\n" for line in lines(data, ()))


def scalar(value: Any, flow: bool = False) -> str:
    """Write a text, number or flag on one line, in quotes where it has to be."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return repr(value)
    special = SPECIAL.search(value) or (flow and (FLOW_SPECIAL.search(value) or value.count("(") != value.count(")")))
    if special or not isinstance(understood(value), str):
        return ESCAPED.sub(lambda match: f"\\u{ord(match.group()):04x}", json.dumps(value, ensure_ascii=False))
    return value


def one_line(value: Any) -> str:
    """Write any data on one line, in brackets and braces."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(key, True)}: {one_line(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(one_line(inner) for inner in value) + "]"
    return scalar(value, flow=True)


def lines(value: Any, path: Path) -> list[str]:
    """Write a list or mapping in lines of its own, without indentation before the first level."""
    if isinstance(value, dict):
        return [line for key, inner in value.items() for line in entry(key, inner, (*path, key), 0)]
    return [line for place, inner in enumerate(value) for line in item(inner, (*path, place), 0)]


def entry(key: str, value: Any, path: Path, column: int) -> list[str]:
    """Write one key with its value, as lines that begin at `column` (their indentation is left out)."""
    name = scalar(key)
    if len(name) > LONGEST_KEY:
        return [f"? {name}", f": {one_line(value)}"]
    head = f"{name}:"
    if isinstance(value, str):
        return text_lines(head, value, column)
    if not isinstance(value, dict | list):
        return [f"{head} {scalar(value)}"]
    inline = f"{head} {one_line(value)}"
    if not value or (not _in_lines(value, path) and column + len(inline) <= WIDTH):
        return [inline]
    return [head, *indented(lines_at(value, path, column + 2), 2)]


def item(value: Any, path: Path, column: int) -> list[str]:
    """Write one item of a list, as lines that begin at `column` (their indentation is left out)."""
    if isinstance(value, str):
        return text_lines("-", value, column)
    inline = f"- {one_line(value)}"
    if not isinstance(value, dict | list) or not value or column + len(inline) <= WIDTH:
        return [inline]
    first, *rest = lines_at(value, path, column + 2)
    return [f"- {first}", *indented(rest, 2)]


def lines_at(value: Any, path: Path, column: int) -> list[str]:
    """Write a list or mapping in lines that begin at `column`."""
    if isinstance(value, dict):
        return [line for key, inner in value.items() for line in entry(key, inner, (*path, key), column)]
    return [line for place, inner in enumerate(value) for line in item(inner, (*path, place), column)]


def text_lines(head: str, text: str, column: int) -> list[str]:
    """Write a text after its key or dash: on the line, or folded or literally below it."""
    inline = f"{head} {scalar(text)}"
    words = text.split(" ")
    clean = not re.search(rf"[\x00-\x09\x0b-\x1f{UNSEEN}]", text)
    if "\n" in text and clean and not re.search(r"^[ \n]|[ \n]\n|[ \n]$", text):
        return [f"{head} |-", *indented(text.split("\n"), 2)]
    if column + len(inline) <= WIDTH or "\n" in text or not clean or "" in words:
        return [inline]
    folded = [""]
    for word in words:
        if folded[-1] and column + 3 + len(folded[-1]) + len(word) > WIDTH:
            folded.append(word)
        else:
            folded[-1] = f"{folded[-1]} {word}" if folded[-1] else word
    return [f"{head} >-", *indented(folded, 2)]


def indented(block: list[str], by: int) -> list[str]:
    """Return lines moved to the right."""
    return [" " * by + line if line else line for line in block]


def _in_lines(value: Any, path: Path) -> bool:
    """Whether data at a path always stands in lines of its own."""
    if len(path) == 1:
        return path[0] in IN_LINES or path[0] in BY_NAME
    if len(path) == 2:
        return path[0] in BY_NAME
    deep = isinstance(value, dict) and any(isinstance(inner, dict | list) for inner in value.values())
    return path[0] == "parties" and len(path) == 3 and (path[2] == "concerns" or deep)
