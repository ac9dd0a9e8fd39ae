"""This module owns what is said of a command's words that cannot be read: all of it at once, and what to write instead.

The words are looked at in the way in which they are read: those that begin with a hyphen name options, and the next one
is their value; the others stand in places.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from inspect import Parameter as Place
from inspect import signature
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from detente.commands.parameters import Parameter
from detente.commands.words import type_of
from detente.errors import nearest
from detente.look.summary import listed

HELP = ("--help", "-h", "--version")
STATE = re.compile(r"[-YN0-9]*", re.ASCII)  # what can be a state, though it may begin with a hyphen
WHOLE = re.compile(r"[+-]?\d+", re.ASCII)
END = "--"  # what follows stands in places, whatever it begins with
LONGEST = 40  # characters of a value that are shown


@dataclass(frozen=True, slots=True)
class Asked:
    """What a command asks for.

    Parameters
    ----------
    name : str
        As it is called: ``monitor solve``.
    places : tuple of inspect.Parameter
        What stands in places, in their order.
    options : mapping of str to inspect.Parameter
        By what they are called: ``--format``.
    """

    name: str
    places: tuple[Place, ...]
    options: Mapping[str, Place]

    @property
    def written(self) -> str:
        """How it is written: ``detente paths CASE [STATE] [OPTIONS]``."""
        told = ["detente", self.name, *(_written(place) for place in self.places)]
        return " ".join([*told, *(["[OPTIONS]"] if self.options else [])])

    def place(self, number: int) -> Place | None:
        """Return the place in which the next word stands after so many; None where all are taken."""
        if number < len(self.places):
            return self.places[number]
        return self.places[-1] if self.places and self.places[-1].kind is Place.VAR_POSITIONAL else None


def asked(name: str, command: Callable[..., Any]) -> Asked:
    """Return what a command asks for."""
    parameters = signature(command).parameters.values()
    places = tuple(place for place in parameters if place.kind is not Place.KEYWORD_ONLY)
    options = {option_of(place): place for place in parameters if place.kind is Place.KEYWORD_ONLY}
    return Asked(name, places, options)


def option_of(place: Place) -> str:
    """Return how an option is called on the command line."""
    return f"--{place.name.replace('_', '-')}"


def refused(name: str, command: Callable[..., Any], words: Sequence[str]) -> list[str]:
    """Return what keeps the words of a command from being read, a sentence each, and how it is written; [] for nothing.

    Parameters
    ----------
    name : str
        The command's name.
    command : callable
        Its positional-only parameters are words in their places, its keyword-only ones are options.
    words : sequence of str
        Those after the name.
    """
    if any(word in HELP for word in words):
        return []
    about = asked(name, command)
    told = list(dict.fromkeys(_faults(about, words)))
    return [*told, f"Write: {about.written}\nSee: detente {name} --help"] if told else []


def unknown(word: str, known: Sequence[str], family: str = "") -> str:
    """Say that a word is no command, and which one may be meant.

    Parameters
    ----------
    word : str
    known : sequence of str
        The commands that it could have been.
    family : str
        The first word of commands of two words, where that was right; else "".
    """
    whole = f"detente {family}".strip()
    see = f"\nSee: {whole} --help"
    if word.startswith("-"):
        return f"{whole} has no option {_shown(word)}; name a command first{see}"
    if not family and (Path(word).is_file() or _shipped(word)):
        return f"{word} is a case, and what is asked of it stands before it; such as: detente analyze {word}{see}"
    near = nearest(word, known)
    remedy = f"did you mean {listed(near, 'or')}?" if near else f"known: {', '.join(known)}"
    return f"no command of {whole} is called {_quoted(word)}; {remedy}{see}"


def _shipped(word: str) -> bool:
    from detente.files.text import shipped

    return word in shipped()


def _faults(about: Asked, words: Sequence[str]) -> Iterator[str]:
    """Yield what is wrong, in the order of the words, then what is missing."""
    standing: list[str] = []
    after_strange = 0  # words that can be meant as values of options that there are not
    guessed = True
    seen: set[str] = set()
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if word == END:
            standing += rest
            break
        if not word.startswith("-") or word == "-" or (STATE.fullmatch(word) and _hyphens(about)):
            standing.append(word)
            continue
        called, joined, value = word.partition("=")
        place = about.options.get(called.replace("_", "-"))
        if place is None:
            near = _near(about, called)
            guessed = guessed and bool(near)
            yield f"detente {about.name} has no option {_shown(called)}; {_instead(about, near)}"
            if not joined and rest and not rest[0].startswith("-"):
                after_strange += 1
                standing.append(rest.pop(0))
            continue
        kind, detail = type_of(place)
        if called in seen and get_origin(kind) is not list:
            yield f"{called} is given twice; give it once"
        seen.add(called)
        if kind is bool:
            if joined:
                yield f"{called} takes no value; write {called} alone, or leave it out"
            continue
        if not joined:
            value = rest.pop(0) if rest and _can_follow(rest[0], detail) else ""
        if not value:
            yield f"{called} needs a value: {_wanted(kind, detail)}"
        else:
            yield from _unfit(called, kind, detail, value)
    free = None if guessed else about.place(len(standing) - after_strange)
    if free is not None and (after_strange or free.default is not Place.empty):
        yield f"{_name(free)} is written by itself, without an option before it"
    yield from _out_of_place(about, standing, after_strange)


def _hyphens(about: Asked) -> bool:
    """Return whether a state, which may begin with a hyphen, can stand in a place of the command."""
    return any(type_of(place)[1].allow_leading_hyphen for place in about.places)


def _can_follow(word: str, detail: Parameter) -> bool:
    """Return whether a word can be an option's value: it is no option itself."""
    if not word.startswith("-") or word == "-" or re.fullmatch(r"-[\d.][\d.e+-]*", word, re.ASCII):
        return True
    return detail.allow_leading_hyphen and bool(STATE.fullmatch(word))


def _near(about: Asked, called: str) -> list[str]:
    """Return the options that one that there is not may have been meant for."""
    bare = {option.lstrip("-"): option for option in about.options}
    return [bare[name] for name in nearest(called.lstrip("-"), bare)]


def _instead(about: Asked, near: Sequence[str]) -> str:
    if near:
        return f"did you mean {listed(list(near), 'or')}?"
    return f"known: {', '.join(about.options)}" if about.options else "leave it out"


def _out_of_place(about: Asked, standing: Sequence[str], after_strange: int) -> Iterator[str]:
    """Yield what is wrong with the words that stand in places: too many, too few, or a choice that is not there."""
    places, many = about.places, about.place(len(about.places)) is not None
    if len(standing) - after_strange > len(places) and not many:
        extra = [_quoted(word) for word in standing[len(places) :]]
        takes = f"{listed([_written(place) for place in places])} and nothing else" if places else "no case"
        yield f"detente {about.name} takes {takes}; leave out {listed(extra)}"
    for place, word in zip(places, standing, strict=False):
        kind, detail = type_of(place)
        if word.startswith("-") and not detail.allow_leading_hyphen:
            remedy = "name a file" if word == "-" else f"write ./{word}, if a file is called so"
            yield f"{_name(place)} cannot be {_quoted(word)}; {remedy}"
        yield from _unfit(_name(place), kind, detail, word) if word else ()
    for place in places[len(standing) :]:
        if place.default is Place.empty and place.kind is not Place.VAR_POSITIONAL:
            told = type_of(place)[1].help.rstrip(".")
            yield f"{_name(place)} is missing{f': {told[:1].lower()}{told[1:]}' if told else ''}"


def _unfit(called: str, kind: Any, detail: Parameter, value: str) -> Iterator[str]:
    """Yield why a value cannot be one of a parameter's."""
    if get_origin(kind) is Literal:
        choices = [str(choice) for choice in get_args(kind)]
        if value not in choices:
            near = nearest(value, choices)
            remedy = f"did you mean {listed(near, 'or')}?" if near else f"known: {', '.join(choices)}"
            yield f"{called} cannot be {_quoted(value)}; {remedy}"
        return
    if kind is not int and kind is not float:
        return
    try:
        number = int(value) if kind is int and WHOLE.fullmatch(value) else float(value) if kind is float else None
    except ValueError:
        number = None
    if number is None:
        yield f"{called} must be a {'whole ' if kind is int else ''}number, not {_quoted(value)}"
        return
    bounds = detail.validator
    if bounds is not None and not bounds.least <= number <= bounds.most:
        yield f"{called} must be from {bounds.least:,} to {bounds.most:,}, not {_shown(value)}"


def _wanted(kind: Any, detail: Parameter) -> str:
    if get_origin(kind) is Literal:
        return listed([str(choice) for choice in get_args(kind)], "or")
    told = detail.help.partition(".")[0] if detail.help else ""
    return f"{told[:1].lower()}{told[1:]}" if told else "a number" if kind in (int, float) else "a word"


def _name(place: Place) -> str:
    return place.name.upper().rstrip("_")


def _written(place: Place) -> str:
    name = _name(place)
    if place.kind is Place.VAR_POSITIONAL:
        return f"[{name} ...]"
    return name if place.default is Place.empty else f"[{name}]"


def _shown(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}..."


def _quoted(text: str) -> str:
    return repr(_shown(text))
