"""This module owns reading YAML: text in, nodes out, or every fault that can be told before the words mean anything.

Only what a case needs of YAML 1.2 is read: no aliases, no tags, no merge keys, one document. So a small file
cannot become a large one, and nothing in a file can run.
"""

import re
from collections.abc import Iterator
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    DocumentStartEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from detente.errors import Fault
from detente.files.nodes import DEEPEST, Node, shorten, understood
from detente.files.text import CONTROL

MOST_VALUES, LONGEST_SPLIT = 100_000, 100
GENERAL = "this cannot be read as YAML", "compare the line with the one above it: indentation, colons, quotes, brackets"
# What the YAML reader trips over (a part of its own words), in ours; the place is where it noticed, or where it began.
WORDS: tuple[tuple[str, str, str, bool], ...] = (
    ("'\\t' that cannot start", "a tab stands where indentation is expected", "indent with spaces", False),
    ("'@' that cannot start", "a text cannot begin with @", "put it in quotes", False),
    ("'`' that cannot start", "a text cannot begin with `", "put it in quotes", False),
    ("'%' that cannot start", "a text cannot begin with %", "put it in quotes", False),
    (
        "mapping values are not allowed",
        "a colon stands where no key can be",
        "put the text in quotes, or align the line with its neighbours",
        False,
    ),
    ("could not find expected ':'", "this line is neither `key: value` nor a list item", "add the colon", True),
    ("found unexpected end of stream", "a quotation mark is never closed", "close it", True),
    ("found unexpected document separator", "a quotation mark is never closed", "close it", True),
    ("expected ',' or ']'", "a list that begins with [ is not closed before this", "write ], or a comma", False),
    ("expected ',' or '}'", "a mapping that begins with { is not closed before this", "write }, or a comma", False),
    (
        "expected <block end>",
        "this does not fit the lines above it",
        "indent it as its neighbours are; a text with quotes inside is quoted as a whole",
        False,
    ),
    (
        "expected the node content",
        "a value is expected here",
        "write it, or put a text with such signs in quotes",
        False,
    ),
    ("unknown escape character", "this escape in double quotes is not known", "use single quotes", False),
    ("escape sequence of", "this escape in double quotes is not complete", "use single quotes", False),
    ("sequence entries are not allowed", "a list item cannot begin here", "put `- ` on a line of its own", False),
    (
        "expected alphabetic or numeric character",
        "a text cannot begin with * or &",
        "put it in quotes",
        True,
    ),
    ("chomping or indentation indicators", "a text cannot begin with | or >", "put it in quotes", True),
    ("expected a comment or a line break", "a text cannot begin with | or >", "put it in quotes", True),
    ("version 1.* is required", "this is another version of YAML", "take the line out; YAML 1.2 is read", False),
    ("special characters are not allowed", "a control character stands here", "take it out", False),
)


class Unreadable(Exception):  # noqa: N818 - a way out of the reading, never seen by a user
    """The document cannot be read on from here."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault


def read_yaml(text: str) -> tuple[Node | None, list[Fault]]:
    """Read a YAML document.

    Returns
    -------
    Node or None
        The document, as far as it could be read; None where nothing is left to look at.
    list of Fault
        Syntax, duplicate keys, statements split by a comma, and what of YAML is not read here.
    """
    reading = _Reading(text)
    try:
        return reading.document(), reading.faults
    except Unreadable as end:
        return None, [*reading.faults, end.fault]


class _Reading:
    def __init__(self, text: str) -> None:
        self.text = text
        self.faults: list[Fault] = []
        self.count = 0
        self.events = self.safely(YAML(typ="safe", pure=True).parse(text))

    def safely(self, events: Iterator[Any]) -> Iterator[Any]:
        """Yield the reader's events; its complaints become ours."""
        try:
            yield from events
        except MarkedYAMLError as error:
            raise Unreadable(self.told(error)) from None
        except (YAMLError, ValueError, OverflowError, IndexError):  # malformed escapes and numbers end this way
            raise Unreadable(Fault(*GENERAL)) from None

    def told(self, error: MarkedYAMLError) -> Fault:
        problem = str(error.problem)
        for part, what, remedy, at_start in WORDS:
            if part in problem:
                mark = (error.context_mark if at_start else None) or error.problem_mark
                return Fault(what, remedy, *self.place(mark))
        return Fault(*GENERAL, *self.place(error.problem_mark or error.context_mark))

    def place(self, mark: Any) -> tuple[int, int]:
        return (mark.line + 1, mark.column + 1) if mark is not None else (0, 0)

    def fault(self, mark: Any, what: str, remedy: str) -> None:
        self.faults.append(Fault(what, remedy, *self.place(mark)))

    def document(self) -> Node | None:
        root: Node | None = None
        documents = 0
        for event in self.events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.fault(event.start_mark, "a second document begins here", "keep one case in a file")
                    break
            elif isinstance(event, NodeEvent):
                root = self.node(event, 1)
        return root

    def node(self, event: Any, depth: int) -> Node:
        if depth > DEEPEST:
            what = f"the file is nested more than {DEEPEST} levels deep"
            raise Unreadable(Fault(what, "write it flatter", *self.place(event.start_mark)))
        self.count += 1
        if self.count > MOST_VALUES:
            what = f"the file has more than {MOST_VALUES:,} values"
            raise Unreadable(Fault(what, "write it as JSON, of which more is read", *self.place(event.start_mark)))
        start = event.start_mark
        where = start.index, *self.place(start)
        if isinstance(event, AliasEvent):
            self.fault(start, "aliases (*name) are not read", "write what it stands for, or put a text in quotes")
            return _node("scalar", *where, event.end_mark.index, value="")
        if event.ctag is not None and str(event.ctag) != "!":
            self.fault(start, f"tags ({shorten(_tag(event))}) are not read", "take it out, or put the text in quotes")
        if isinstance(event, ScalarEvent):
            return self.scalar(event, where)
        flow = bool(event.flow_style)
        kind = "mapping" if isinstance(event, MappingStartEvent) else "list"
        entries = self.mapping(depth) if kind == "mapping" else self.sequence(depth)
        if flow:
            entries = self.rejoined(entries, kind)
        end = self.last_end if flow else max([start.index, *(value.end for _, value in entries)])
        return _node(kind, *where, end, entries=entries, flow=flow)

    def scalar(self, event: ScalarEvent, where: tuple[int, int, int]) -> Node:
        style = event.style or ""
        value = event.value if style or event.ctag is not None else understood(event.value)
        end = event.end_mark.index
        hidden = CONTROL.search(event.value)
        if hidden is not None:  # written as an escape
            what = f"an escape stands for a control character (U+{ord(hidden.group()):04X})"
            self.fault(event.start_mark, what, "take it out")
            value = CONTROL.sub("?", str(event.value))
        if style in ("|", ">"):
            value = str(event.value)
            end = where[0] + len(self.text[where[0] : end].rstrip())
        return _node("scalar", *where, end, value=value, style=style)

    def sequence(self, depth: int) -> list[tuple[Node | None, Node]]:
        entries: list[tuple[Node | None, Node]] = []
        for event in self.events:
            if isinstance(event, CollectionEndEvent):
                self.last_end = event.end_mark.index
                break
            entries.append((None, self.node(event, depth + 1)))
        return entries

    def mapping(self, depth: int) -> list[tuple[Node | None, Node]]:
        entries: list[tuple[Node | None, Node]] = []
        seen: dict[str, int] = {}
        for event in self.events:
            if isinstance(event, CollectionEndEvent):
                self.last_end = event.end_mark.index
                break
            key = self.node(event, depth + 1)
            value = self.node(next(self.events), depth + 1)
            if key.kind != "scalar":
                self.faults.append(
                    Fault("a key is a text, not a list or mapping", "put it in quotes", key.line, key.column)
                )
            elif key.name == "<<" and not key.style:
                what = "merge keys (<<) are not read"
                self.faults.append(Fault(what, "write the keys out", key.line, key.column))
            elif key.name in seen:
                what = f"the key {shorten(key.name)!r} stands here again, first in line {seen[key.name]}"
                self.faults.append(Fault(what, "keep one of the two, or rename one", key.line, key.column))
            else:
                seen[key.name] = key.line
                entries.append((key, value))
        return entries

    def rejoined(self, entries: list[tuple[Node | None, Node]], kind: str) -> list[tuple[Node | None, Node]]:
        """Put statements together that an unquoted comma inside brackets or braces has split, and say so.

        The sign is a plain text that opens more parentheses than it closes: ``[at most 1 of (a, b)]`` is two items.
        """
        joined: list[tuple[Node | None, Node]] = []
        at = 0
        while at < len(entries):
            key, value = entries[at]
            pieces = self.split(entries[at:], kind)
            at += len(pieces)
            if len(pieces) > 1:
                whole = ", ".join(piece.name for piece in pieces)
                what = f"the comma splits {shorten(whole)!r}"
                self.faults.append(Fault(what, f"quote the statement: {_quoted(whole)}", value.line, value.column))
                value = _node("scalar", value.start, value.line, value.column, pieces[-1].end, value=whole)
            joined.append((key, value))
        return joined

    def split(self, entries: list[tuple[Node | None, Node]], kind: str) -> list[Node]:
        """Return the pieces of the statement that the first entry begins with: itself alone where it is whole."""
        first = entries[0][1]
        unclosed = _open(first)
        pieces = [first]
        for key, value in entries[1:LONGEST_SPLIT] if unclosed > 0 else ():
            piece = value if kind == "list" or key is None else key
            if piece.kind != "scalar" or piece.style or (piece is key and value.value is not None):
                break
            pieces.append(piece)
            unclosed += _open(piece)
            if unclosed <= 0:
                return pieces
        return [first]


def _node(kind: str, start: int, line: int, column: int, end: int, **more: Any) -> Node:
    return Node(kind, start, end, line, column, **more)


def _open(node: Node) -> int:
    """How many parentheses a plain scalar opens and does not close."""
    return node.name.count("(") - node.name.count(")") if node.kind == "scalar" and not node.style else 0


def _quoted(text: str) -> str:
    return f'"{text}"' if '"' not in text else f"'{text}'"


def _tag(event: Any) -> str:
    return re.sub(r"^tag:yaml\.org,2002:", "!!", str(event.ctag))
