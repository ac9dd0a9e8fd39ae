"""This module owns the smallest things a case file says: texts, names, states, numbers, flags, one of some words.

Each kind takes plain data as read (`detente.files.nodes`) and refuses what it cannot be in words of ours; `said` is
the one kind of error that the schema itself never produces.
"""

import re
from collections.abc import Callable
from difflib import get_close_matches
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BeforeValidator, GetJsonSchemaHandler, PlainValidator, WithJsonSchema
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from detente.files.nodes import ABSENT, Bare, kind_of, shorten

LONGEST_NUMBER, LARGEST_EXPONENT = 40, 30
DECIMAL = re.compile(r"[-+]?(\.\d+|\d+(\.\d*)?)([eE]([-+]?\d+))?", re.ASCII)
FRACTION = re.compile(r"[-+]?\d+/\d+", re.ASCII)


def said(what: str, remedy: str = "") -> PydanticCustomError:
    """Return the error that becomes the fault "what; remedy"."""
    return PydanticCustomError("said", "{what}", {"what": what, "remedy": remedy})


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Bare):
        return value.text
    if value is None:
        raise said("a text is expected here, not nothing", "write it; quote the word null if that is meant")
    if not isinstance(value, str):
        raise said(f"a text is expected here, not {kind_of(value)}")
    return value


def _reference(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise said(f"a name is expected here, not {kind_of(value)}")
    return value


def _statement(value: Any) -> str:
    if not isinstance(value, str):
        what = "the statement is empty" if value is None else f"a statement is expected here, not {kind_of(value)}"
        raise said(what, "write what is wanted in words, such as: not Party.option")
    return value


def _state(value: Any) -> str:
    if isinstance(value, Bare | bool):
        text = value.text if isinstance(value, Bare) else str(value).lower()
        raise said(f"the state {text} is read as {kind_of(value)}", f'quote it: "{text}"')
    if not isinstance(value, str) or not value.strip():
        raise said(f"a state is expected here, not {kind_of(value)}", "write one character an option, such as YNNY")
    return value


def _flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, Bare) and value.kind == "flag":
        return value.flag
    meant = {"yes": "true", "y": "true", "on": "true", "no": "false", "n": "false", "off": "false"}
    remedy = f"write {meant[value.lower()]}" if isinstance(value, str) and value.lower() in meant else ""
    raise said(f"true or false is expected here, not {kind_of(value)}", remedy)


def number(value: Any) -> Fraction:
    """Return the exact number that a piece of data says: ``3``, ``0.10``, ``2e3``, ``2/5``, ``40%``."""
    if value == ABSENT:
        return Fraction(1)  # of an item of which nothing but its names is looked at
    text = value.text if isinstance(value, Bare) else value
    expected = "a number is expected here"
    if not isinstance(text, str):
        raise said(f"{expected}, not {kind_of(value)}")
    compact, percent = text.strip(), 1
    if compact.endswith("%"):
        compact, percent = compact[:-1].rstrip(), 100
    decimal = DECIMAL.fullmatch(compact)
    if len(compact) > LONGEST_NUMBER or (decimal and abs(int(decimal[4] or 0)) > LARGEST_EXPONENT):
        most = f"{LONGEST_NUMBER} characters and an exponent of {LARGEST_EXPONENT} are the most"
        raise said(f"the number {shorten(text)} is too large or too long", most)
    if decimal:
        return Fraction(compact) / percent
    if FRACTION.fullmatch(compact):
        if not int(compact.partition("/")[2]):
            raise said(f"{text} divides by zero")
        return Fraction(compact) / percent
    if isinstance(value, Bare) and re.match("0[xo]", compact):
        return Fraction(int(compact, 0))
    raise said(f"{expected}, not {kind_of(value)}", "write it as 3, 0.25, 2/5 or 40%")


def _between(low: int | None, high: int | None, below: bool = False) -> Callable[[Any], Fraction]:
    """Return what reads a number within bounds; `below`: the upper bound itself is too much."""

    def bounded(value: Any) -> Fraction:
        found = number(value)
        too_low = low is not None and found < low
        if too_low or (high is not None and (found >= high if below else found > high)):
            bounds = f"from {low} up" if high is None else f"from {low} to {'below ' if below else ''}{high}"
            raise said(f"a number {bounds} is expected here, not {_words(value)}")
        return found

    return bounded


def _classes(value: Any) -> int:
    found = _between(2, 20)(value)
    if found.denominator != 1:
        raise said(f"a whole number is expected here, not {_words(value)}")
    return found.numerator


def _numeric(low: int | None = None, high: int | None = None, below: bool = False) -> WithJsonSchema:
    bounds: dict[str, Any] = {} if low is None else {"minimum": low}
    if high is not None:
        bounds["exclusiveMaximum" if below else "maximum"] = high
    exact = {"type": "string", "pattern": r"^\s*[-+0-9./eE]+\s*%?\s*$", "description": "Exact: 2/5, or 40%."}
    return WithJsonSchema({"anyOf": [{"type": "number", **bounds}, exact]})


def choice(*words: str, remedy: str = "") -> tuple[PlainValidator, WithJsonSchema]:
    """Return what reads one of some words; the remedy tells them apart where none of them is near."""

    def chosen(value: Any) -> str:
        text = _words(value)
        if text == ABSENT:
            return words[0]
        if text not in words:
            either = ", ".join(words[:-1]) + f" or {words[-1]}"
            raise said(f"{either} is expected here, not {kind_of(value)}", _nearest(text, words) or remedy)
        return text

    return PlainValidator(chosen), WithJsonSchema({"enum": list(words)})


def _nearest(text: str, words: tuple[str, ...]) -> str:
    """Return the word that is meant but for a slip; political is not logical."""
    near = get_close_matches(text.lower(), words, n=1, cutoff=0.75)
    return f"did you mean {near[0]}?" if near else ""


class OneOrMany:
    """Reads one item as a list of one, and says so in the published schema."""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        many = handler(schema)
        return {"anyOf": [many.get("items", {}), many]}


def _listed(value: Any) -> Any:
    return value if isinstance(value, list | dict) else [value]


Words = Annotated[str, PlainValidator(_words), WithJsonSchema({"type": ["string", "number", "boolean"]})]
Reference = Annotated[str, PlainValidator(_reference), WithJsonSchema({"type": "string"})]
Says = Annotated[str, PlainValidator(_statement), WithJsonSchema({"type": "string", "minLength": 1})]
State = Annotated[str, PlainValidator(_state), WithJsonSchema({"type": "string", "minLength": 1})]
Flag = Annotated[bool, PlainValidator(_flag), WithJsonSchema({"type": "boolean"})]
Number = Annotated[Fraction, PlainValidator(number), _numeric()]
Amount = Annotated[Fraction, PlainValidator(_between(0, None)), _numeric(0)]
Chance = Annotated[Fraction, PlainValidator(_between(0, 1)), _numeric(0, 1)]
Classes = Annotated[int, PlainValidator(_classes), WithJsonSchema({"type": "integer", "minimum": 2, "maximum": 20})]
Strength = Annotated[Fraction, PlainValidator(_between(0, 4)), _numeric(0, 4)]
Position = Annotated[Fraction, PlainValidator(_between(0, 100)), _numeric(0, 100)]
Patience = Annotated[Fraction, PlainValidator(_between(0, 1, below=True)), _numeric(0, 1, below=True)]
References = Annotated[list[Reference], BeforeValidator(_listed), OneOrMany()]
States = Annotated[list[State], BeforeValidator(_listed), OneOrMany()]
