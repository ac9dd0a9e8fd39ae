"""This module owns reading the words of a command that are all in order, and nothing else.

Whatever is not plainly right (a mistake, a call for help, an unusual way of writing) is left to the library that can
explain it; what is read here means the same there.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from inspect import BoundArguments, signature
from inspect import Parameter as Place
from pathlib import Path
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from detente.commands.parameters import Parameter

WHOLE, DECIMAL = re.compile(r"\d{1,15}", re.ASCII), re.compile(r"\d{1,15}(\.\d{1,15})?", re.ASCII)


class _OutOfOrder(Exception):  # noqa: N818 - nothing is wrong, only for others to read
    """These words are not plainly right."""


def in_order(command: Callable[..., Any], words: Sequence[str]) -> BoundArguments | None:
    """Return a command's arguments; None where its words are not plainly right.

    Parameters
    ----------
    command : callable
        A function whose positional-only parameters are words in their places, and whose keyword-only ones are options.
    words : sequence of str
        The words after the command's name.
    """
    asked = signature(command)
    places = [place for place in asked.parameters.values() if place.kind is not Place.KEYWORD_ONLY]
    options = {
        f"--{name.replace('_', '-')}": place
        for name, place in asked.parameters.items()
        if place.kind is Place.KEYWORD_ONLY
    }
    try:
        standing, chosen = _sorted(words, options)
        read = [_value(place, word) for place, word in zip(_filled(places, len(standing)), standing, strict=True)]
        return asked.bind(*read, **chosen)
    except (_OutOfOrder, TypeError):  # TypeError: a word is missing
        return None


def _sorted(words: Sequence[str], options: dict[str, Place]) -> tuple[list[str], dict[str, Any]]:
    """Return the words that stand in places, and the values of options by the parameter's name."""
    standing: list[str] = []
    chosen: dict[str, Any] = {}
    rest = iter(words)
    for word in rest:
        if not word.startswith("-") and word:
            if standing and chosen:
                raise _OutOfOrder
            standing.append(word)
            continue
        name, joined, value = word.partition("=")
        place = options.get(name)
        if place is None or place.name in chosen:
            raise _OutOfOrder
        if type_of(place)[0] is bool:
            if joined:
                raise _OutOfOrder
            chosen[place.name] = True
        else:
            chosen[place.name] = _value(place, value if joined else next(rest, ""))
    return standing, chosen


def _filled(places: Sequence[Place], number: int) -> Iterator[Place]:
    """Yield the place of each of so many words; the last one may take many."""
    for place in places:
        if place.kind is Place.VAR_POSITIONAL:
            yield from [place] * number
            return
        if number == 0:
            return
        yield place
        number -= 1
    if number:
        raise _OutOfOrder


def type_of(place: Place) -> tuple[Any, Parameter]:
    """Return the type of a parameter's value, and all that is said of it."""
    found, about = place.annotation, Parameter()
    while hasattr(found, "__metadata__"):
        for said in found.__metadata__:
            if not isinstance(said, Parameter):
                raise _OutOfOrder
            about = _joined(about, said)
        found = found.__origin__
    choices = [choice for choice in get_args(found) if choice is not NoneType]
    if get_origin(found) is not Literal and len(choices) == 1 and NoneType in get_args(found):
        inner, beside = type_of(place.replace(annotation=choices[0]))
        return inner, _joined(beside, about)
    return found, about


def _joined(one: Parameter, other: Parameter) -> Parameter:
    """Return what two say of the same parameter, the second one first where both speak."""
    return Parameter(
        other.help or one.help,
        other.validator or one.validator,
        other.allow_leading_hyphen or one.allow_leading_hyphen,
        one.negative if other.negative is None else other.negative,
    )


def _value(place: Place, word: str) -> Any:
    """Return what one word says."""
    kind, about = type_of(place)
    if not word or word.startswith("-"):
        raise _OutOfOrder
    if kind is str:
        return word
    if kind is Path:
        return Path(word)
    if get_origin(kind) is Literal and word in get_args(kind):
        return word
    if (kind is int and WHOLE.fullmatch(word)) or (kind is float and DECIMAL.fullmatch(word)):
        value = kind(word)
        if about.validator is None or about.validator.least <= value <= about.validator.most:
            return value
    raise _OutOfOrder
