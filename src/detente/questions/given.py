"""This module owns what a question may be given instead of a case: a file, or the name of a shipped case."""

from collections.abc import Callable
from functools import wraps
from inspect import signature
from pathlib import Path
from types import NoneType
from typing import Any, TypeVar, get_args

from detente.errors import DetenteError
from detente.model.case import Case

Answer = TypeVar("Answer")


def of_a_case(question: Callable[..., Answer]) -> Callable[..., Answer]:
    """Return a question that reads the cases it is given by file or name, as its command does.

    Parameters
    ----------
    question : callable
        Some of its parameters are cases; their annotations say so.
    """
    asked = signature(question)
    places = [
        place.name
        for place in asked.parameters.values()
        if place.annotation is Case or set(get_args(place.annotation)) == {Case, NoneType}
    ]

    @wraps(question)
    def same(*given: Any, **named: Any) -> Answer:
        bound = asked.bind(*given, **named)
        for place in places:
            if bound.arguments.get(place) is not None:
                bound.arguments[place] = case_of(bound.arguments[place], question.__name__)
        return question(*bound.args, **bound.kwargs)

    return same


def case_of(given: Any, question: str) -> Case:
    """Return the case that is given, as itself, as a file, or as the name of a shipped one.

    Raises
    ------
    CaseError
        With all faults of a file.
    DetenteError
        Where it is neither.
    """
    if isinstance(given, Case):
        return given
    if isinstance(given, str | Path):
        from detente.questions.check import read

        return read(given)
    what = f"{question} is asked about a case, not about something of the type {type(given).__name__}"
    raise DetenteError(f"{what}; give it what dt.read returns, a file's path, or the name of a shipped case")
