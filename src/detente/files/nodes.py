"""This module owns a document as it stands in a file: nodes with their places, and the plain data they say.

YAML and JSON both become nodes; everything after them sees plain data (`plain`) and looks places up by path
(`survey`): a path is a tuple of keys and list positions, ``("parties", "MoE", "concerns", 0)``.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

Path = tuple[str | int, ...]
DEEPEST = 50  # levels of nesting that a file may have
ABSENT = "\0"
"""Stands where a text was expected and is missing or faulty, which has been told; no file can hold it itself."""

NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+")
NUMBER_WORD = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
FLAG = re.compile(r"true|True|TRUE|false|False|FALSE")
NOTHING = re.compile(r"~|null|Null|NULL|")


@dataclass(frozen=True, slots=True)
class Bare:
    """An unquoted scalar that is no text, kept as written so that nothing is lost: ``0.10``, ``0120``, ``true``."""

    text: str
    kind: str  # number | flag

    @property
    def flag(self) -> bool:
        """Whether it says true."""
        return self.text.lower() == "true"


@dataclass(frozen=True, slots=True)
class Node:
    """One value in a file.

    Parameters
    ----------
    value : str, Bare or None
        What a scalar says; None for nothing, and for lists and mappings.
    entries : list of (Node or None, Node)
        The items: each with its key's node in a mapping, without in a list.
    kind : str
        scalar | list | mapping.
    start, end : int
        Where it begins and where what it says ends, counted in characters of the text.
    line, column : int
        Where it begins, counted from 1.
    flow : bool
        Written inside brackets or braces.
    style : str
        How a scalar is written: "" plain, or one of ``' " | >``.
    """

    kind: str
    start: int
    end: int
    line: int
    column: int
    value: str | Bare | None = None
    entries: list[tuple["Node | None", "Node"]] = field(default_factory=list)
    flow: bool = False
    style: str = ""

    @property
    def name(self) -> str:
        """What the node says as a key."""
        return self.value.text if isinstance(self.value, Bare) else self.value or ""


def understood(text: str) -> str | Bare | None:
    """Return what a plain scalar says in YAML 1.2: a number or flag as written, nothing, or a text."""
    if NUMBER.fullmatch(text) or NUMBER_WORD.fullmatch(text):
        return Bare(text, "number")
    if FLAG.fullmatch(text):
        return Bare(text, "flag")
    return None if NOTHING.fullmatch(text) else text


def plain(node: Node) -> Any:
    """Return the data that a node says: dict, list, str, `Bare` or None."""
    if node.kind == "list":
        return [plain(value) for _, value in node.entries]
    if node.kind == "mapping":
        return {key.name: plain(value) for key, value in node.entries if key is not None}
    return node.value


@dataclass(frozen=True, slots=True)
class Survey:
    """Where everything in a document stands, by path."""

    values: dict[Path, Node] = field(default_factory=dict)
    keys: dict[Path, Node] = field(default_factory=dict)

    def at(self, path: Path, key: bool = False) -> Node | None:
        """Return the node at a path, or the nearest one around it; with `key`, an item's key where it has one."""
        for length in range(len(path), -1, -1):
            if key and length == len(path) and path in self.keys:
                return self.keys[path]
            if path[:length] in self.values:
                return self.values[path[:length]]
        return None

    def alias(self, path: Path, same: Path) -> None:
        """Let a path mean the place of another one, which is both its key's and its value's."""
        if same in self.values:
            self.values[path] = self.keys[path] = self.values[same]


def survey(node: Node) -> Survey:
    """Return the places of everything in a document."""
    found = Survey()
    for path, key, value in walk(node):
        found.values[path] = value
        if key is not None:
            found.keys[path] = key
    return found


def walk(node: Node, path: Path = (), key: Node | None = None) -> Iterator[tuple[Path, Node | None, Node]]:
    """Yield every path of a document with its key's node and its value's node, in the order of the file."""
    yield path, key, node
    for position, (inner_key, value) in enumerate(node.entries):
        yield from walk(value, (*path, inner_key.name if inner_key is not None else position), inner_key)


def line_and_column(text: str, index: int) -> tuple[int, int]:
    """Return the line and column, from 1, of a character of a text."""
    return text.count("\n", 0, index) + 1, index - (text.rfind("\n", 0, index) + 1) + 1


def kind_of(value: Any) -> str:
    """Say in words what a piece of data is, for "... is expected here, not ..."."""
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "a list"
    if isinstance(value, Bare):
        return f"the number {value.text}" if value.kind == "number" else f"the value {value.text}"
    return "nothing" if value is None or value == "" else f"the text {shorten(str(value))!r}"


def shorten(text: str, most: int = 40) -> str:
    """Return a text that fits into a message."""
    return text if len(text) <= most else text[: most - 3] + "..."
