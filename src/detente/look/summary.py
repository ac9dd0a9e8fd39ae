"""This module owns what every answer is shown from: sentences and tables in titled blocks."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

WRITTEN_OUT = 10**12  # counts below this are printed with all their digits


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of words under column heads."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading and what stands under it, sentences and tables in reading order."""

    heading: str
    lines: tuple[str | Table, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """A title, a line beneath it, and blocks: the one thing all surfaces print."""

    title: str
    subtitle: str = ""
    blocks: tuple[Block, ...] = ()


def listed(words: list[str] | tuple[str, ...], joint: str = "and") -> str:
    """Join words as a sentence does: ``a, b and c``."""
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + f" {joint} {words[-1]}"


def number(value: Fraction) -> str:
    """Say a number that a case gives, or that is computed exactly from such: whole, or to four significant digits."""
    if value.denominator == 1 or abs(value) >= 10_000:
        return str(round(value))
    return f"{float(value):.4g}"


def as_given(value: Fraction) -> str:
    """Say a number that a case gives, with all its digits: ``2018.75``; as a fraction where no decimal is exact."""
    decimal = Decimal(value.numerator) / Decimal(value.denominator)
    return f"{decimal.normalize():f}" if Fraction(decimal) == value else str(value)


def many(number: int) -> str:
    """Say a count: ``2,304``; from a million millions on by its size, ``2.1 × 10^69``."""
    if number < WRITTEN_OUT:
        return f"{number:,}"
    digits = str(number)
    tens = len(digits) - 1
    head = round(int(digits[:3]) / 10)  # 10 to 100: two digits, rounded
    return f"{head // 10}.{head % 10} × 10^{tens}" if head < 100 else f"1.0 × 10^{tens + 1}"


def counted(number: int, noun: str, plural: str = "") -> str:
    """Say a number with its noun: ``1 state``, ``2,304 states``."""
    return f"{many(number)} {noun if number == 1 else plural or noun + 's'}"


def ordinal(number: int) -> str:
    """Return ``1st``, ``2nd``, ``3rd``, ``11th``, ..."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{ending}"
