"""This module owns a number of a scenario: what it is, between what, and on what it rests.

No number stands by itself: it carries a source, or it says that it is synthetic, that is, made up for illustration.
"""

from dataclasses import dataclass
from fractions import Fraction

from detente.look.summary import as_given

SYNTHETIC = "synthetic"
BY_DEFAULT = "by default"
"""The source of a number that a scenario does not give itself."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its uncertainty and its origin.

    Parameters
    ----------
    value : Fraction
        What is reckoned with where one number is wanted.
    low, high : Fraction
        Between what it lies; both the value itself where it is taken as certain.
    source : str
        Where it comes from: an id of the scenario's sources, with a place; "" where it is synthetic.
    note : str
        Anything worth saying to a reader.
    """

    value: Fraction
    low: Fraction
    high: Fraction
    source: str = ""
    note: str = ""

    @classmethod
    def of(
        cls,
        value: Fraction | float | int | str,
        low: Fraction | float | int | str | None = None,
        high: Fraction | float | int | str | None = None,
        source: str = "",
    ) -> "Quantity":
        """Return the quantity of plain numbers; floats count as they are written: 0.1 is one tenth.

        Raises
        ------
        ValueError
            If the value does not lie between its bounds.
        """
        exact, lowest, highest = (
            _exact(number) for number in (value, *(value if n is None else n for n in (low, high)))
        )
        if not lowest <= exact <= highest:
            raise ValueError(f"{exact} does not lie between {lowest} and {highest}")
        return cls(exact, lowest, highest, source)

    @property
    def synthetic(self) -> bool:
        """Whether it is made up for illustration."""
        return not self.source

    @property
    def certain(self) -> bool:
        """Whether it is taken as certain."""
        return self.low == self.high

    def __add__(self, other: "Quantity") -> "Quantity":
        """Return the sum, as uncertain as both are together, from all their sources; synthetic if one of them is."""
        both = dict.fromkeys((self.source, other.source))
        source = "" if "" in both else "; ".join(both)
        return Quantity(self.value + other.value, self.low + other.low, self.high + other.high, source)

    def __float__(self) -> float:
        return float(self.value)

    def __str__(self) -> str:
        """Say it: ``0.5``, or ``0.5 (0.4 to 0.6)``."""
        return (
            as_given(self.value)
            if self.certain
            else f"{as_given(self.value)} ({as_given(self.low)} to {as_given(self.high)})"
        )


def _exact(number: Fraction | float | int | str) -> Fraction:
    return Fraction(repr(number)) if isinstance(number, float) else Fraction(number)
