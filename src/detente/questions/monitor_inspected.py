"""This module owns the answer to how many inspections keep parties honest: in turn, announced, by surprise."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from detente.look.summary import Block, Table, counted
from detente.questions.monitored import Monitored, chance, exponent, tick

if TYPE_CHECKING:
    from detente.look.svg import Picture


@dataclass(frozen=True, slots=True)
class Guarded:
    """A site: the rate of inspections that deters there, the harm if it is not, and whether, or how often, it is.

    `cover` is how often to be there if somebody violates at one site, whichever pays most.
    """

    site: str
    rate: Fraction | None
    harm: Fraction
    chosen: bool
    share: Fraction
    cover: float = 0.0


@dataclass(frozen=True, slots=True)
class Sites:
    """Where a limited number of inspections at a time deters.

    Parameters
    ----------
    teams : Fraction
        How many there can be at a time.
    needed : Fraction or None
        How many would deter everywhere; None where some site cannot be deterred.
    left, left_over_time : Fraction
        The harm that is not deterred if each site is so wholly or not at all, and if inspections can be saved up.
    guarded : tuple of Guarded
    chosen : str
        The site at which a violation pays most under the best coverage against somebody who violates at one only.
    worth, harm : float
        What that is worth to the violator, and the harm of it.
    """

    teams: Fraction
    needed: Fraction | None
    left: Fraction
    left_over_time: Fraction
    guarded: tuple[Guarded, ...]
    chosen: str = ""
    worth: float = 0.0
    harm: float = 0.0


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
    sites : Sites or None
        Where to inspect, if the scenario lists sites.
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
    sites: Sites | None = None

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
        if self.sites is not None:
            yield Block("Several sites", tuple(self._several(self.sites)))

    def _several(self, sites: Sites) -> Iterator[str | Table]:
        if sites.needed is None:
            yield "Some site cannot be deterred at any rate."
        else:
            yield f"To deter everywhere takes {_said(sites.needed)} inspections at a time, of {_said(sites.teams)}."
        rows = tuple(
            (each.site, "none" if each.rate is None else _said(each.rate), _said(each.harm),
             tick(each.chosen, "deterred", "not"), _said(each.share), chance(each.cover))
            for each in sites.guarded
        )  # fmt: skip
        yield Table(("site", "rate that deters", "harm", "each wholly or not", "share of the time", "one site"), rows)
        yield (
            f"Harm not deterred: {_said(sites.left)} if each site is deterred wholly or not at all, "
            f"{_said(sites.left_over_time)} if inspections can be saved up."
        )
        if sites.chosen:
            then = (
                "No violation pays then."
                if sites.worth <= 0
                else f"{sites.chosen} then pays most, {exponent(sites.worth)} to the violator, and does a harm of "
                f"{exponent(sites.harm)} on average."
            )
            yield (
                "One site: how often to be at each against somebody who knows this and violates at one site only, as "
                f"best for those who inspect (strong Stackelberg equilibrium; under mild conditions a Nash one too). "
                f"{then}"
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
            "sites": None if self.sites is None else _sites(self.sites),
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


def _sites(sites: Sites) -> dict[str, Any]:
    return {
        "inspections at a time": str(sites.teams),
        "needed": None if sites.needed is None else str(sites.needed),
        "harm left": str(sites.left),
        "harm left over time": str(sites.left_over_time),
        "sites": [
            {
                "site": each.site,
                "rate": None if each.rate is None else str(each.rate),
                "harm": str(each.harm),
                "deterred": each.chosen,
                "share of the time": str(each.share),
                "one site": each.cover,
            }
            for each in sites.guarded
        ],
        "one site": {"pays most": sites.chosen, "worth to a violator": sites.worth, "harm": sites.harm},
    }


def _said(value: Fraction) -> str:
    """Say a chance as a fraction where it is a plain one, else as a decimal."""
    if value.denominator <= 20:
        return str(value)
    return chance(float(value)) if value >= Fraction(1, 200) else "below 0.01"
