"""This module owns reading JSON: the same data as YAML gives, with places where the text is not too long for them."""

import json
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from detente.errors import Fault
from detente.files.nodes import DEEPEST, Bare, Node, Survey, line_and_column, shorten, survey
from detente.files.text import CONTROL

TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')
# A pair of escapes for one character beyond the first 65,536; else a single one, whose digits are told.
ESCAPE = re.compile(r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u([0-9a-fA-F]{4})|.)", re.DOTALL)
SHORT = {r"\b": "\b", r"\f": "\f"}  # short escapes for control characters that no case may contain
LONGEST_WITH_PLACES, MOST_VALUES = 1_000_000, 5_000_000
WORDS = (
    ("Expecting property name", "a key in double quotes is expected here", "write it; no comma after the last item"),
    ("Expecting ',' delimiter", "a comma or a closing bracket is expected here", "add it"),
    ("Expecting ':' delimiter", "a colon is expected here", "write \"key\": value"),
    ("Expecting value", "a value is expected here", "write it; texts stand in double quotes, no comma after the last"),
    ("Unterminated string", "a quotation mark is never closed", "close it"),
    ("Invalid control character", "a text runs over the end of its line", "write \\n for a new line"),
    ("Illegal trailing comma", "a comma stands before a closing bracket", "take it out"),
    ("escape", "this escape is not known", "write \\\\ for a backslash"),
    ("Extra data", "the document ends before this", "keep one case in a file"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Read:
    """What a JSON text says; `sound` where it is JSON at all."""

    data: Any
    survey: Survey = field(default_factory=Survey)
    faults: list[Fault] = field(default_factory=list)
    sound: bool = True


def read_json(text: str) -> Read:
    """Read a JSON document; syntax, duplicate keys and too deep nesting are faults."""
    twice: list[str] = []

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            if key in found:
                twice.append(key)
            found.setdefault(key, value)
        return found

    @lru_cache(2**16)
    def bare(number: str) -> Bare:
        return Bare(number, "number")

    if not text.strip():
        return Read(None)
    if text.count(",") > MOST_VALUES:
        return Read(
            None, faults=[Fault(f"the file has more than {MOST_VALUES:,} values", "make the case smaller")], sound=False
        )
    deep = Fault(f"the file is nested more than {DEEPEST} levels deep", "write it flatter")
    try:
        data = json.loads(text, object_pairs_hook=unique, parse_int=bare, parse_float=bare, parse_constant=bare)
    except json.JSONDecodeError as error:
        return Read(None, faults=[_told(error)], sound=False)
    except RecursionError:
        return Read(None, faults=[deep], sound=False)
    for match in ESCAPE.finditer(text):
        character = SHORT.get(match[0]) or (chr(int(match[1], 16)) if match[1] else "")
        if CONTROL.match(character):
            what = f"an escape stands for a control character (U+{ord(character):04X})"
            fault = Fault(what, "take it out", *line_and_column(text, match.start()))
            return Read(None, faults=[fault], sound=False)
    if _deep(data):
        return Read(None, faults=[deep], sound=False)
    if len(text) <= LONGEST_WITH_PLACES:
        faults: list[Fault] = []
        node = _nodes(text, faults)
        return Read(data, survey(node), faults)
    return Read(data, faults=[_twice(text, key) for key in twice[:100]])


def _twice(text: str, key: str) -> Fault:
    """Return the fault of a key that stands twice, with the place of the second one if there are but two at all."""
    found = [match.start() for match in re.finditer(re.escape(json.dumps(key, ensure_ascii=False)) + r"\s*:", text)]
    line, column = line_and_column(text, found[1]) if len(found) == 2 else (0, 0)
    return Fault(f"the key {shorten(key)!r} stands twice in one place", "keep one of the two", line, column)


def _told(error: json.JSONDecodeError) -> Fault:
    for part, what, remedy in WORDS:
        if part in error.msg:
            return Fault(what, remedy, error.lineno, error.colno)
    return Fault("this cannot be read as JSON", "compare with the text before it", error.lineno, error.colno)


def _deep(data: Any) -> bool:
    """Whether lists and mappings are nested too deep."""
    layer = [data]
    for _ in range(DEEPEST):
        layer = [inner for item in layer if isinstance(item, dict | list) for inner in _inside(item)]
        if not layer:
            return False
    return any(isinstance(item, dict | list) for item in layer)


def _inside(item: dict[str, Any] | list[Any]) -> list[Any]:
    return list(item.values()) if isinstance(item, dict) else item


def _nodes(text: str, faults: list[Fault]) -> Node:
    """Return the nodes of a text that is known to be JSON, each with its place; later duplicate keys are faults."""
    root = _Open(Node("list", 0, len(text), 1, 1))
    stack = [root]
    line, line_start, reached = 1, 0, 0
    for match in TOKEN.finditer(text):
        token, start = match.group(), match.start()
        breaks = text.count("\n", reached, start)
        if breaks:
            line, line_start = line + breaks, text.rindex("\n", reached, start) + 1
        reached = start
        here = (start, match.end(), line, start - line_start + 1)
        holder = stack[-1]
        if token in "}]":
            stack.pop()
        elif token in "{[":
            inner = _Open(Node("mapping" if token == "{" else "list", *here, flow=True))
            holder.put(inner.node, faults)
            stack.append(inner)
        elif token not in ",:":
            style = '"' if token[0] == '"' else ""
            value = json.loads(token) if style else None if token == "null" else _scalar(token)
            holder.put(Node("scalar", *here, value=value, style=style), faults)
    return root.node.entries[0][1]


def _scalar(token: str) -> Bare:
    return Bare(token, "flag" if token in ("true", "false") else "number")


@dataclass(slots=True)
class _Open:
    """A list or mapping that is being read, and the key that waits for its value."""

    node: Node
    key: Node | None = None
    seen: dict[str, Node] = field(default_factory=dict)

    def put(self, node: Node, faults: list[Fault]) -> None:
        """Add a node: an item of a list, or in a mapping a key or its value."""
        if self.node.kind == "list":
            self.node.entries.append((None, node))
        elif self.key is None:
            self.key = node
        else:
            first = self.seen.setdefault(self.key.name, self.key)
            if first is self.key:
                self.node.entries.append((self.key, node))
            else:
                what = f"the key {shorten(self.key.name)!r} stands here again, first in line {first.line}"
                faults.append(Fault(what, "keep one of the two, or rename one", self.key.line, self.key.column))
            self.key = None
