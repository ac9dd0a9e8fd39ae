"""This module owns how a number of a scenario is written: bare, as a range, or as a mapping with its own source.

``0.5``, ``0.4 to 0.6``, ``{value: 0.5, low: 0.4, high: 0.6, source: dawn-2014}``. Where a number depends on the place,
a mapping from places to numbers may stand instead of one. An exponent may be written as the chance of detection that it
stands for, ``chance 0.5``.
"""

import re
from collections.abc import Callable
from fractions import Fraction
from math import log1p
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, GetJsonSchemaHandler, PlainValidator, WithJsonSchema
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from detente.files.document import BY_ID, Item
from detente.files.kinds import Flag, number, said
from detente.files.nodes import Bare, kind_of

CHANCE = re.compile(r"chance\s+(?P<chance>\S.*)")
RANGE = re.compile(r"(?P<low>\S.*?)\s+to\s+(?P<high>\S.*)")
EVERYWHERE = ""
"""The name under which a number stands that is the same everywhere, or of the one thing without a name."""

Span = tuple[Fraction, Fraction, Fraction]
PATTERN = r"^\s*[-+0-9./eE]+\s*%?\s*(to\s+[-+0-9./eE]+\s*%?\s*)?$"
LARGEST = 10**15
MOST_SECTORS = 600_000


def _span(low: int | None, high: int | None) -> Callable[[Any], Span]:
    """Return what reads a number, or a range with its middle, within bounds."""

    def spanned(value: Any) -> Span:
        parts = RANGE.fullmatch(value.strip()) if isinstance(value, str) else None
        ends = [_within(parts[end], low, high) for end in ("low", "high")] if parts else [_within(value, low, high)]
        if ends[0] > ends[-1]:
            raise said(f"the range {value} begins above its end", "write the smaller number first")
        return (ends[0] + ends[-1]) / 2, ends[0], ends[-1]

    return spanned


def _within(value: Any, low: int | None, high: int | None) -> Fraction:
    found = number(value)
    told = value.text if isinstance(value, Bare) else value
    if (low is not None and found < low) or (high is not None and found > high):
        bounds = f"from {low} up" if high is None else f"from {low} to {high}"
        raise said(f"a number {bounds} is expected here, not {told}")
    if abs(found) > LARGEST:
        raise said(f"the number {told} is too large", "count in larger units")
    return found


def _exponent(value: Any) -> Span:
    """Read an exponent, or the chance of detection that it stands for: L of the chance 1 - exp(-L)."""
    told = CHANCE.fullmatch(value.strip()) if isinstance(value, str) else None
    if told is None:
        return _span(0, None)(value)
    middle, low, high = _span(0, 1)(told["chance"])
    if high == 1:
        raise said("no detection is certain: a chance below 1 is expected here, not 1", "write chance 0.99, say")
    return _of_chance(middle), _of_chance(low), _of_chance(high)


def _of_chance(chance: Fraction) -> Fraction:
    return Fraction(repr(-log1p(-float(chance))))  # as it is written, so that it is read back as the same


def _numeric(low: int | None = None, high: int | None = None) -> WithJsonSchema:
    bounds = {key: bound for key, bound in (("minimum", low), ("maximum", high)) if bound is not None}
    exact = {"type": "string", "pattern": PATTERN, "description": "Exact (2/5, 40%), or a range: 0.4 to 0.6."}
    return WithJsonSchema({"anyOf": [{"type": "number", **bounds}, exact]})


def _exponential() -> WithJsonSchema:
    told = "Exact (2/5, 40%), a range: 0.4 to 0.6; or as a chance of detection: chance 0.5, chance 0.4 to 0.6."
    exact = {"type": "string", "pattern": PATTERN.replace("^\\s*", r"^\s*(chance\s+)?", 1), "description": told}
    return WithJsonSchema({"anyOf": [{"type": "number", "minimum": 0}, exact]})


Spread = Annotated[Span, PlainValidator(_span(0, None)), _numeric(0)]
ExponentSpread = Annotated[Span, PlainValidator(_exponent), _exponential()]
ChanceSpread = Annotated[Span, PlainValidator(_span(0, 1)), _numeric(0, 1)]
AnySpread = Annotated[Span, PlainValidator(_span(None, None)), _numeric()]


class QuantityItem(Item):
    """A number that says where it comes from: a number alone, a range, or a mapping."""

    lone = "value"
    value: Spread = Field(description="The number, or a range such as 0.4 to 0.6.")
    low: Spread | None = Field(None, description="The least that it can be.")
    high: Spread | None = Field(None, description="The most that it can be.")
    synthetic: Flag | None = Field(None, description="true: the number is made up for illustration.")

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        full: dict[str, Any] = handler.resolve_ref_schema(handler(schema))
        shared: dict[str, Any] = {key: full.pop(key) for key in ("title", "description") if key in full}
        return {**shared, "anyOf": [*full["properties"]["value"]["anyOf"], full]}


class ExponentItem(QuantityItem):
    """An exponent, or the chance of detection it stands for, that says where it comes from."""

    value: ExponentSpread = Field(description="The exponent, a range such as 0.4 to 0.6, or a chance: chance 0.5.")
    low: ExponentSpread | None = Field(None, description="The least that it can be.")
    high: ExponentSpread | None = Field(None, description="The most that it can be.")


class ChanceItem(QuantityItem):
    """A chance or share, from 0 to 1, that says where it comes from."""

    value: ChanceSpread = Field(description="The chance, or a range such as 10% to 20%.")
    low: ChanceSpread | None = Field(None, description="The least that it can be.")
    high: ChanceSpread | None = Field(None, description="The most that it can be.")


class WorthItem(QuantityItem):
    """A number of either sign that says where it comes from."""

    value: AnySpread = Field(description="The number, or a range such as -1 to 2.")
    low: AnySpread | None = Field(None, description="The least that it can be.")
    high: AnySpread | None = Field(None, description="The most that it can be.")


def one(item: type[QuantityItem]) -> Any:
    """Return what reads one number of a kind."""
    return Annotated[item, BeforeValidator(_one)]


def _one(value: Any) -> Any:
    if isinstance(value, list):
        raise said("a number is expected here, not a list", "write a range as: 0.4 to 0.6")
    return value


class ByPlace:
    """Reads one number as a mapping with one entry, and says in the published schema that both are right."""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        by_name = handler(schema)
        return {"anyOf": [by_name["additionalProperties"], by_name]}


def by_place(value: Any) -> Any:
    """Read one number as a mapping with one entry."""
    if isinstance(value, list):
        raise said("a number, or one by name, is expected here, not a list", "write it as: {S1: 0.5, S2: 0.4}")
    if isinstance(value, dict) and not value:
        raise said("no number stands here", "write one, or one by name: {S1: 0.5}")
    single = not isinstance(value, dict) or "value" in value
    return {EVERYWHERE: value} if single and value is not None else value


def sections(value: Any) -> Any:
    """Read a list of ids as a mapping of items of which nothing more is said, and a number as so many of them."""
    if isinstance(value, Bare) and value.kind == "number":
        count = number(value)
        if count.denominator != 1 or count < 1:
            raise said(f"a number of sectors is expected here, not {value.text}", "write a whole number from 1 up")
        if count > MOST_SECTORS:
            what = f"{count.numerator:,} sectors are more than the {MOST_SECTORS:,} that can be planned for"
            raise said(what, "join them into longer ones")
        return {f"S{place}": {} for place in range(1, count.numerator + 1)}
    if not isinstance(value, list):
        return value
    for item in value:
        if not isinstance(item, str):
            raise said(
                f"an id is expected in this list, not {kind_of(item)}", "write a mapping, id: {...}, to say more"
            )
    if len(set(value)) < len(value):
        twice = next(item for place, item in enumerate(value) if item in value[:place])
        raise said(f"{twice!r} stands here twice", "keep one of the two")
    return {item: {} for item in value}


class Ids:
    """Says in the published schema that a list of ids, or how many there are, is as good as a mapping."""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        ids = {"type": "array", "uniqueItems": True, "items": {"type": "string"}, "description": "Ids alone."}
        count = {"type": "integer", "minimum": 1, "maximum": MOST_SECTORS, "description": "So many: S1, S2, ..."}
        return {"anyOf": [{**handler(schema), **BY_ID}, ids, count]}


Quantity = one(QuantityItem)
Exponent = one(ExponentItem)
Chance = one(ChanceItem)
Worth = one(WorthItem)
