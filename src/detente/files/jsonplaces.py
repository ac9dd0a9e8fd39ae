"""This module owns finding where a few items stand in a long JSON text, without keeping the places of all others."""

import json
import re
from collections.abc import Iterable
from typing import Any, TypeAlias

from detente.files.nodes import Node, Path, Survey

Wanted: TypeAlias = dict[str | int, Any]  # what is wanted of an item: by key or place, what is wanted within
SPACE = re.compile(r"[ \t\n\r]*")
SKIP = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str).raw_decode  # at the speed of its library


def survey_of(text: str, paths: Iterable[Path]) -> Survey:
    """Return where items, and all around them, stand in a text that is known to be JSON.

    Parameters
    ----------
    text : str
        JSON; of keys that stand twice in one place the first one counts.
    paths : iterable of Path
        The items; those that are not there have no place.
    """
    wanted: Wanted = {}
    for path in paths:
        here = wanted
        for step in path:
            here = here.setdefault(step, {})
    found = _Found(text)
    found.value(SPACE.match(text, 0).end(), wanted, (), None)  # type: ignore[union-attr] # it matches nothing, too
    return found.survey()


class _Found:
    """What was found so far: by path, the begin and end of an item's key and value."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.values: dict[Path, tuple[int, int, Any]] = {}
        self.keys: dict[Path, tuple[int, int, str]] = {}

    def after(self, index: int) -> int:
        """Return where the next sign that is no space stands."""
        match = SPACE.match(self.text, index)
        return match.end() if match else index

    def value(self, start: int, wanted: Wanted | None, path: Path, key: tuple[int, int, str] | None) -> int:
        """Note a value, look through it where something within is wanted, and return where it ends."""
        opening = self.text[start]
        if wanted and opening in "{[":
            said, end = None, self.inside(start + 1, opening == "{", wanted, path)
        else:
            said, end = SKIP(self.text, start)
        if wanted is not None and path not in self.values:
            self.values[path] = (start, end, said)
            if key is not None:
                self.keys[path] = key
        return end

    def inside(self, index: int, mapping: bool, wanted: Wanted, path: Path) -> int:
        """Go through the items of a list or mapping, and return where it ends."""
        index, place = self.after(index), 0
        while self.text[index] not in "}]":
            key, step = None, place
            if mapping:
                name, end = SKIP(self.text, index)
                key, step = (index, end, name), name
                index = self.after(self.after(end) + 1)  # over the colon
            index = self.after(self.value(index, wanted.get(step), (*path, step), key))
            place += 1
            if self.text[index] == ",":
                index = self.after(index + 1)
        return index + 1

    def survey(self) -> Survey:
        """Return what was found, with lines and columns, counted in one pass."""
        starts = sorted({start for start, *_ in (*self.values.values(), *self.keys.values())})
        lines: dict[int, tuple[int, int]] = {}
        line, counted = 1, 0
        for start in starts:
            line, counted = line + self.text.count("\n", counted, start), start
            lines[start] = line, start - self.text.rfind("\n", 0, start)
        return Survey(
            {path: self._node(lines, *where) for path, where in self.values.items()},
            {path: self._node(lines, *where) for path, where in self.keys.items()},
        )

    def _node(self, lines: dict[int, tuple[int, int]], start: int, end: int, said: Any) -> Node:
        kind = {"{": "mapping", "[": "list"}.get(self.text[start], "scalar")
        value = said if isinstance(said, str) and self.text[start] == '"' else None
        return Node(kind, start, end, *lines[start], value, flow=True, style='"' if value is not None else "")
