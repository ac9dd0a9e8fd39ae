"""This module owns the shape of answers as data: how kinds of values are written down, whether a JSON value is of one,
and what of it is not derived again. What is of another kind cannot be read, and is said with its place.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

MOST_DEPTH = 60

TEXT, NUMBER, FIGURE, TRUTH, ANY = "a text", "a whole number", "a number", "true or false", "anything"


@dataclass(frozen=True, slots=True)
class Many:
    """A list of things of one kind."""

    of: Any


@dataclass(frozen=True, slots=True)
class Each:
    """A mapping from texts to things of one kind."""

    of: Any


@dataclass(frozen=True, slots=True)
class Perhaps:
    """Something of a kind, or null."""

    of: Any


@dataclass(frozen=True, slots=True)
class Sometimes:
    """Something of a kind that is not there in every answer."""

    of: Any


@dataclass(frozen=True, slots=True)
class Untold:
    """Something that is told and not derived again; `words` say what it is."""

    words: str
    of: Any = ANY


@dataclass(frozen=True, slots=True)
class Partly:
    """Something that is derived again, but for what `words` say."""

    words: str
    of: Any


def fault_in(data: Any, shape: Any, place: str = "") -> str:
    """Return the first part of a JSON value that is not of its kind; "" where all are.

    Parameters
    ----------
    data : JSON value
    shape : str, mapping, Many, Each, Perhaps, Sometimes, Untold or Partly
        What it should be; a mapping gives the kind of each key.
    place : str
        Where the value stands in the answer.
    """
    where = place or "it"
    if isinstance(shape, Sometimes | Untold | Partly):
        return fault_in(data, shape.of, place)
    if isinstance(shape, Perhaps):
        return "" if data is None else fault_in(data, shape.of, place)
    if isinstance(shape, Many):
        if not isinstance(data, list | tuple):
            return f"{where} is not a list"
        return next(filter(None, (fault_in(each, shape.of, f"{place}[{n}]") for n, each in enumerate(data))), "")
    if isinstance(shape, Each | Mapping):
        if not isinstance(data, Mapping):
            return f"{where} is not a mapping"
        return _fault_in_mapping(data, shape, place)
    whole = isinstance(data, int) and not isinstance(data, bool)
    good = {
        TEXT: isinstance(data, str),
        NUMBER: whole,
        FIGURE: whole or isinstance(data, float),
        TRUTH: isinstance(data, bool),
        ANY: True,
    }[shape]
    return "" if good else f"{where} is not {shape}"


def _fault_in_mapping(data: Mapping[Any, Any], shape: Any, place: str) -> str:
    inner = f"{place}." if place else ""
    if not all(isinstance(key, str) for key in data):
        return f"{place or 'it'} has a key that is no text"
    if isinstance(shape, Each):
        return next(filter(None, (fault_in(each, shape.of, f"{inner}{key}") for key, each in data.items())), "")
    for key, part in shape.items():
        if key not in data:
            if isinstance(part, Sometimes):
                continue
            return f"{place or 'it'} has no {key!r}"
        if fault := fault_in(data[key], part, f"{inner}{key}"):
            return fault
    return ""


def too_deep(data: Any) -> bool:
    """Return whether a JSON value is nested deeper than any answer."""
    level = [data]
    for _ in range(MOST_DEPTH):
        level = [
            inner
            for each in level
            if isinstance(each, dict | list)
            for inner in (each.values() if isinstance(each, dict) else each)
        ]
        if not level:
            return False
    return True


def untold(data: Any, shape: Any, place: str = "") -> Iterator[str]:
    """Yield what of an answer is not derived again, in words: parts marked so, and keys that no such answer has.

    Parameters
    ----------
    data : JSON value
        Of the given shape; what is empty tells nothing.
    """
    if isinstance(shape, Untold):
        if data not in (None, "", [], {}):
            yield shape.words
    elif isinstance(shape, Partly):
        yield from ([shape.words] if data else ())
        yield from untold(data, shape.of, place)
    elif isinstance(shape, Perhaps | Sometimes):
        if data is not None:
            yield from untold(data, shape.of, place)
    elif isinstance(shape, Many):
        for each in data:
            yield from untold(each, shape.of, place)
    elif isinstance(shape, Each):
        for each in data.values():
            yield from untold(each, shape.of, place)
    elif isinstance(shape, Mapping):
        for key, each in data.items():
            if key in shape:
                yield from untold(each, shape[key], key)
            else:
                yield f"‘{key}’{f' in ‘{place}’' if place else ''}, which verify does not know"
