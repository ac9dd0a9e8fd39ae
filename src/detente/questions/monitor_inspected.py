"""This module owns the answer to how many inspections keep parties honest: in turn, announced, by surprise."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from detente.look.summary import Block, Table, counted
from detente.questions.monitored import Monitored, chance

if TYPE_CHECKING:
    from detente.look.svg import Picture


@dataclass(frozen=True, repr=False)
class Inspected(Monitored):
    """How many inspections keep parties honest.

    Parameters
    ----------
    periods, inspections : int
        How many periods there are, and in how many of them one can inspect.
    sanction, gain : Fraction
        What being caught costs, and what a violation brings that goes unseen, in the same unit.
    missed, alarm : Fraction
        The chance that an inspection misses a violation; what a false alarm costs.
    value : Fraction
        What the chance to violate is worth to the inspected party, of 1 for a sure success.
    now : Fraction
        The chance to inspect in the first period.
    rows_by_number : tuple of (int, Fraction, Fraction)
        For each number of inspections: that value, and the chance to inspect in the first period.
    rate : Fraction or None
        The announced rate from which on violations do not pay; None where no rate deters.
    enough : int or None
        The least number of inspections with which the announced rate is reached.
    surprise : float
        The time to detection with one interim inspection by surprise, of 1 without.
    """

    periods: int
    inspections: int
    sanction: Fraction
    gain: Fraction
    missed: Fraction
    alarm: Fraction
    value: Fraction
    now: Fraction
    rows_by_number: tuple[tuple[int, Fraction, Fraction], ...]
    rate: Fraction | None
    enough: int | None
    surprise: float

    def heading(self) -> str:
        return "Inspections"

    def blocks(self) -> Iterator[Block]:
        yield Block(
            "One after the other",
            (
                f"{counted(self.periods, 'period')}, {counted(self.inspections, 'inspection')}, the inspected side "
                f"sees past ones and may violate once: that chance is worth {_said(self.value)} to it, of 1 for a sure "
                f"success. Inspect in the first period with a chance of {_said(self.now)}.",
                Table(
                    ("inspections", "worth to a violator", "inspect first with chance"),
                    tuple((str(number), _said(worth), _said(first)) for number, worth, first in self.rows_by_number),
                ),
            ),
        )
        yield Block("Announced", tuple(self._announced()))
        yield Block(
            "By surprise",
            (
                f"One interim inspection at an unknown time brings the mean time to detection from 1 down to "
                f"{chance(self.surprise)} (1/e) of the whole period.",
            ),
        )

    def _announced(self) -> Iterator[str]:
        if self.rate is None:
            yield "No announced rate deters: inspections miss too much, or being caught costs too little."
        else:
            yield f"An announced rate of {_said(self.rate)}, kept to, deters: from there on a violation does not pay."
            if self.enough is not None:
                yield f"In {counted(self.periods, 'period')} that takes {counted(self.enough, 'inspection')}."
        yield (
            "Without such a commitment, a higher sanction does not make violations rarer: both sides guess, and only "
            "the rate of inspections falls."
        )

    def reasons(self) -> Sequence[str]:
        return tuple(self._announced())

    def data(self) -> dict[str, Any]:
        return self.made.data() | {
            "sequential": {
                "periods": self.periods,
                "inspections": self.inspections,
                "value": str(self.value),
                "inspect first": str(self.now),
                "by number": [
                    {"inspections": number, "value": str(worth), "inspect first": str(first)}
                    for number, worth, first in self.rows_by_number
                ],
            },
            "announced": {"rate": None if self.rate is None else str(self.rate), "inspections": self.enough},
            "surprise": {"time to detection": self.surprise},
        }

    columns = ("inspections", "value", "inspect first")

    def rows(self) -> list[dict[str, Any]]:
        """Return one row for each number of inspections."""
        return [
            {"inspections": number, "value": float(worth), "inspect first": float(first)}
            for number, worth, first in self.rows_by_number
        ]

    def pictures(self) -> "dict[str, Picture]":
        """Return how the worth of a violation falls with the number of inspections."""
        from detente.look.curve import Curve, curves

        points = tuple((float(number), float(worth)) for number, worth, _ in self.rows_by_number)
        first = tuple((float(number), float(now)) for number, _, now in self.rows_by_number)
        return {
            "inspections": curves(
                "What inspections do",
                [Curve("worth of violating", points), Curve("inspect first", first)],
                across=f"inspections in {counted(self.periods, 'period')}",
                axis="of 1",
                note=f"{self.made.rests_on()} {self.made.line()}",
            )
        }


def _said(value: Fraction) -> str:
    """Say a chance as a fraction where it is a plain one, else as a decimal."""
    return str(value) if value.denominator <= 20 else chance(float(value))
