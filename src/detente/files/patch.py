"""This module owns changing a YAML text where the data differ, and nowhere else.

A comment belongs to the item below it, or to the item on whose line it stands; a comment above the first item that
an empty line sets apart belongs to the list as a whole. Items take their comments along when they move, and lose
them when they go.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from detente.files.emit import entry, indented, item, one_line, scalar
from detente.files.matching import matched, same
from detente.files.nodes import Node, Path

MISSING = object()  # stands for old data that the case does not say, such as a default written out
LONE = {"concerns": "want", "rules": "that", "outcomes": "that", "options": "name"}


def patched(text: str, root: Node, old: dict[str, Any], new: dict[str, Any], deepest: int = 100) -> str:
    """Return the text changed so that it says `new`.

    Parameters
    ----------
    text : str
        A YAML document, lines ending in a line feed.
    root : Node
        What is read from it, a mapping.
    old, new : dict
        What it says, and what it shall say, in the form of the case file.
    deepest : int
        Below this level of nesting, what differs is written anew as a whole.
    """
    patch = _Patch(text, deepest)
    if root.flow:
        return text[: root.start] + patch.value(root, old, new, (), True) + text[root.end :]
    end = patch.line_end(root.end)
    return patch.block(root, 0, old, new, ()) + text[end:]


@dataclass(slots=True)
class Chunk:
    """One item in lines of its own: the comment lines above it, itself, and comment lines below that are its own."""

    lead: str
    body: str
    begin: int = 0  # where the body stands in the text
    tail: str = ""


class _Patch:
    def __init__(self, text: str, deepest: int) -> None:
        self.text, self.deepest = text, deepest

    def line_end(self, index: int) -> int:
        """Return where the line of a character ends: at its line feed, or with the text."""
        end = self.text.find("\n", index)
        return len(self.text) if end < 0 else end

    def value(self, node: Node, old: Any, new: Any, path: Path, flow: bool) -> str:
        """Return the text of a scalar, or of a list or mapping in brackets, changed to say `new`."""
        if same(old, new):
            return self.text[node.start : node.end]
        if node.kind == "mapping" and LONE.get(_kind(path)):
            old, new = _opened(old, path), _opened(new, path)
        if self.alike(node, old, new, path):
            return self.flow(node, old, new, path)
        return one_line(new) if flow else scalar(new) if not isinstance(new, dict | list) else one_line(new)

    def alike(self, node: Node, old: Any, new: Any, path: Path) -> bool:
        """Whether a list or mapping can be changed item by item."""
        if len(path) >= self.deepest or not new:
            return False
        if node.kind == "list":
            return isinstance(old, list) and isinstance(new, list) and len(old) == len(node.entries)
        return node.kind == "mapping" and isinstance(old, dict) and isinstance(new, dict)

    # In lines of their own ---------------------------------------------------------------------------------------

    def block(self, node: Node, start: int, old: Any, new: Any, path: Path) -> str:
        """Return a list or mapping in lines of its own, changed; from `start` to the end of its last line.

        `start` is the beginning of a line above the first item, or that item itself where it stands after a dash.
        """
        column = node.column - 1
        head, chunks = self.chunks(node, start, column)
        inline = start == node.start and column > 0 and self.text[start - 1] != "\n"
        order = self.mapping(node, chunks, old, new, path) if isinstance(new, dict) else self.items(
            node, chunks, old, new, path
        )  # fmt: skip
        margin = " " * column
        told = [chunk.lead + margin + chunk.body + chunk.tail for chunk in order]
        if not inline:
            return head + "\n".join(told)
        first = "\n" + order[0].lead + margin if order[0].lead else ""
        return first + "\n".join([order[0].body + order[0].tail, *told[1:]])

    def chunks(self, node: Node, start: int, column: int) -> tuple[str, list[Chunk]]:
        """Return what stands above a list or mapping, and its items with their comments."""
        found: list[Chunk] = []
        above, head = start, ""
        for key, value in node.entries:
            begin = key.start if key is not None else self.dash(above, value, column)
            end = self.line_end(max(value.end, key.end if key is not None else 0))
            line_start = self.text.rfind("\n", 0, begin) + 1
            lead = self.text[above:line_start] if line_start > above else ""
            if found:
                own, lead = _tail(lead, column)
                found[-1].tail = "\n" + own.removesuffix("\n") if own else ""
            else:
                head, lead = _head(lead)
            found.append(Chunk(lead, self.text[begin:end], begin))
            above = end + 1
        return head, found

    def dash(self, above: int, value: Node, column: int) -> int:
        """Return where the dash of a list's item stands."""
        for match in re.finditer(rf"^ {{{column}}}-(?=\s|$)", self.text[above : value.start + 1], re.MULTILINE):
            return above + match.end() - 1
        return above  # the first item, on the line of what the list belongs to

    def body(self, key: Node | None, value: Node, begin: int, old: Any, new: Any, path: Path) -> str:
        """Return one item from its key or dash to the end of its last line, changed."""
        end = self.line_end(max(value.end, key.end if key is not None else 0))
        if same(old, new):
            return self.text[begin:end]
        if value.kind == "mapping" and LONE.get(_kind(path)):
            old, new = _opened(old, path), _opened(new, path)
        column = begin - (self.text.rfind("\n", 0, begin) + 1)
        if value.kind != "scalar" and not value.flow:
            first_line = self.line_end(begin)
            if not self.alike(value, old, new, path):
                head = begin + 1 if key is None else self.text.index(":", key.end) + 1
                comment = self.text[head:first_line] if value.start > first_line else ""
                return self.with_comment(self.anew(key, new, path, column), comment.rstrip())
            if value.start > first_line:
                inner = self.block(value, first_line + 1, old, new, path)
                return f"{self.text[begin:first_line]}\n{inner}"
            return self.text[begin : value.start] + self.block(value, value.start, old, new, path)
        comment = self.text[value.end : end]
        if not self.alike(value, old, new, path):
            fresh = self.anew(key, new, path, column)
            if not comment.strip():
                return fresh
            if "\n" in fresh and fresh.partition("\n")[0][-2:] in ("|-", ">-", " >", " |"):
                fresh = f"{self.name(key)} {one_line(new)}"
            return self.with_comment(fresh, comment)
        before = self.text[begin : value.start]
        return before + self.value(value, old, new, path, False) + comment

    def with_comment(self, fresh: str, comment: str) -> str:
        """Put the comment that stood on an item's line on the first line of what replaces it."""
        first, feed, rest = fresh.partition("\n")
        return first + comment + feed + rest

    def name(self, key: Node | None) -> str:
        return "-" if key is None else f"{self.text[key.start : key.end]}:"

    def anew(self, key: Node | None, new: Any, path: Path, column: int) -> str:
        """Return one item written anew."""
        if key is None:
            written = item(new, path, column)
        else:
            written = entry(key.name, new, path, column)
            if written[0].startswith(f"{scalar(key.name)}:"):  # the key stays as it was written
                written[0] = self.name(key) + written[0][len(scalar(key.name)) + 1 :]
        return "\n".join([written[0], *indented(written[1:], column)])

    def mapping(self, node: Node, chunks: Sequence[Chunk], old: Any, new: Any, path: Path) -> list[Chunk]:
        """Return the items of a mapping, those of `new` changed, in their order."""
        by_key: dict[str, Chunk] = {}
        for (key, value), chunk in zip(node.entries, chunks, strict=True):
            if key is None or (key.name in old and key.name not in new):
                continue
            if key.name in new:
                before = old.get(key.name, MISSING)
                chunk.body = self.body(key, value, key.start, before, new[key.name], (*path, key.name))
            by_key[key.name] = chunk
        column = node.column - 1
        for key_name in new:
            if key_name not in by_key and not _implied(key_name, old, new):
                fresh = entry(key_name, new[key_name], (*path, key_name), column)
                by_key[key_name] = Chunk("", "\n".join([fresh[0], *indented(fresh[1:], column)]))
        there = [key.name for key, _ in node.entries if key is not None]
        return [by_key[name] for name in _ordered(there, list(old), list(new)) if name in by_key]

    def items(self, node: Node, chunks: Sequence[Chunk], old: Any, new: Any, path: Path) -> list[Chunk]:
        """Return the items of a list as `new` has them."""
        column = node.column - 1
        found: list[Chunk] = []
        for place, source in enumerate(matched(old, new)):
            if source is None:
                fresh = item(new[place], (*path, place), column)
                found.append(Chunk("", "\n".join([fresh[0], *indented(fresh[1:], column)])))
                continue
            chunk = chunks[source]
            value = node.entries[source][1]
            body = self.body(None, value, chunk.begin, old[source], new[place], (*path, place))
            found.append(Chunk(chunk.lead, body, chunk.begin, chunk.tail))
        return found

    # In brackets and braces --------------------------------------------------------------------------------------

    def flow(self, node: Node, old: Any, new: Any, path: Path) -> str:
        """Return a list or mapping in brackets, changed."""
        written = self.text[node.start : node.end]
        if written[0] not in "[{":
            return one_line(new)
        pieces = self.pieces(node, old, new, path)
        spans = [(key.start if key is not None else value.start, _end(key, value)) for key, value in node.entries]
        same = [source for source, _ in pieces] == list(range(len(spans)))
        starts = [node.start + 1, *(end for _, end in spans)]
        gaps = [self.text[a:b] for a, b in zip(starts, [*(begin for begin, _ in spans), node.end - 1], strict=True)]
        if same:
            told = "".join(gap + piece for gap, (_, piece) in zip(gaps, pieces, strict=False))
            return written[0] + told + gaps[-1] + written[-1]
        if any("#" in gap for gap in gaps):
            return self.in_lines(node, gaps, pieces)
        inner = gaps[1:-1]
        gap = inner[0] if inner and all("\n" in each for each in inner) else ", "
        last = re.sub(r"^\s*,", "", gaps[-1])
        return written[0] + gaps[0] + gap.join(piece for _, piece in pieces) + last + written[-1]

    def pieces(self, node: Node, old: Any, new: Any, path: Path) -> list[tuple[int | None, str]]:
        """Return the items of a list or mapping in brackets as `new` has them, with the places of the old ones."""
        if isinstance(new, list):
            return [
                (None, one_line(new[place]))
                if source is None
                else (source, self.value(node.entries[source][1], old[source], new[place], (*path, place), True))
                for place, source in enumerate(matched(old, new))
            ]
        there = {key.name: place for place, (key, _) in enumerate(node.entries) if key is not None}
        found: list[tuple[int | None, str]] = []
        for name in _ordered(list(there), list(old), list(new)):
            if name not in there and _implied(name, old, new):
                continue
            if name not in there:
                found.append((None, f"{scalar(name, True)}: {one_line(new[name])}"))
            elif name in new or name not in old:
                key, value = node.entries[there[name]]
                begin = key.start if key is not None else value.start
                before = self.text[begin : value.start]
                if name in new:
                    space = (
                        " " if before.endswith(":") else ": " if value.start == value.end and ":" not in before else ""
                    )
                    told = self.value(value, old.get(name, MISSING), new[name], (*path, name), True)
                    found.append((there[name], before + (space if told else "") + told))
                else:
                    found.append((there[name], self.text[begin : _end(key, value)]))
        return found

    def in_lines(self, node: Node, gaps: Sequence[str], pieces: Sequence[tuple[int | None, str]]) -> str:
        """Return a list or mapping in brackets that has comments, each item on its line with its comments."""
        opening, first = _comments(gaps[0])
        leads, ends = [first], []
        for gap in gaps[1:]:
            end, lead = _comments(gap)
            ends.append(end)
            leads.append(lead)
        margin = " " * (self.indentation(node) + 2)
        told = [self.text[node.start] + (f"  {opening}" if opening else "")]
        for source, piece in pieces:
            if source is not None:
                told += [margin + line for line in leads[source]]
            comment = ends[source] if source is not None else ""
            told.append(margin + piece + "," + (f"  {comment}" if comment else ""))
        told += [margin + line for line in leads[-1]]
        told.append(margin[2:] + self.text[node.end - 1])
        return "\n".join(told)

    def indentation(self, node: Node) -> int:
        line = self.text[self.text.rfind("\n", 0, node.start) + 1 : node.start]
        return len(line) - len(line.lstrip(" "))


def _end(key: Node | None, value: Node) -> int:
    return max(value.end, key.end if key is not None else 0)


def _implied(key: str, old: Any, new: Any) -> bool:
    """Whether a key says no more than its absence said so far."""
    return key in old and same(old[key], new[key])


def _kind(path: Path) -> str:
    """Return the key under which the item at a path stands among others: concerns, rules, options, ..."""
    if len(path) == 4 and path[0] == "parties":
        return str(path[2])
    return str(path[0]) if len(path) == 2 else ""


def _opened(data: Any, path: Path) -> Any:
    """Return the mapping that a lone text stands for."""
    return {LONE[_kind(path)]: data} if isinstance(data, str) else data


def _head(lead: str) -> tuple[str, str]:
    """Split what stands above a first item: what belongs to the whole, and the comment that touches the item."""
    kept = lead.splitlines(keepends=True)
    own: list[str] = []
    while kept and kept[-1].lstrip().startswith("#"):
        own.insert(0, kept.pop())
    return "".join(kept), "".join(own)


def _tail(lead: str, column: int) -> tuple[str, str]:
    """Split what stands between two items: comments indented more than the items are, which end the first; the rest."""
    told = lead.splitlines(keepends=True)
    deep = [place for place, line in enumerate(told) if line.strip() and len(line) - len(line.lstrip(" ")) > column]
    shallow = [place for place, line in enumerate(told) if line.strip() and place not in deep]
    cut = max((place + 1 for place in deep if not shallow or place < shallow[0]), default=0)
    return "".join(told[:cut]), "".join(told[cut:])


def _comments(gap: str) -> tuple[str, list[str]]:
    """Return the comment that ends a line and those on lines of their own, in what stands between two items."""
    first, *rest = gap.split("\n")
    own = [line.strip() for line in rest if line.strip().startswith("#")]
    return first[first.index("#") :].strip() if "#" in first else "", own


def _ordered(there: Sequence[str], old: Sequence[str], new: Sequence[str]) -> list[str]:
    """Return all keys in the order to write: as in the file, unless the new order of those that stay is another."""
    stay = [key for key in there if key in old and key in new]
    told = list(there)
    wanted = [key for key in new if key in stay]
    if wanted != [key for key in old if key in stay]:
        moved = iter(wanted)
        told = [next(moved) if key in stay else key for key in told]
    for place, key in enumerate(new):
        if key in told:
            continue
        before = next((other for other in reversed(new[:place]) if other in told), None)
        after = next((other for other in new[place:] if other in there), None)
        at = told.index(before) + 1 if before is not None else told.index(after) if after is not None else len(told)
        told.insert(at, key)
    return told
