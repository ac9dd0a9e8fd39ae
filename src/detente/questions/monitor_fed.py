"""This module owns the answer to what the options of a case lead to by a scenario: profiles, classes, outcomes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from detente.look.summary import Block, Table, counted, listed
from detente.monitoring.feed import banded
from detente.questions.monitored import Monitored, chance, exponent

if TYPE_CHECKING:
    from detente.look.svg import Picture

SHOWN = 40  # profiles in a table


@dataclass(frozen=True, slots=True)
class Stake:
    """What a party has of a profile, in the units of its weights.

    Parameters
    ----------
    gain : float
        How much more is found than if nobody took part in anything joint, as it counts for the party.
    cost : float
        What it spends.
    transfer : float
        What it gets from others; negative: gives.
    intrusiveness : float
        How intrusive the plan is to it.
    exposure : float
        How much of what is found would be lost if the joint plan leaked.
    worth : float
        All of it together, by the party's weights.
    rank : int
        The class of the worth, from 0, among classes of equal width over all profiles.
    """

    gain: float
    cost: float
    transfer: float
    intrusiveness: float
    exposure: float
    worth: float
    rank: int


@dataclass(frozen=True, slots=True)
class Reached:
    """One way in which the options can be chosen, what it means, and what it reaches.

    Parameters
    ----------
    chosen : tuple of str
        The options that are taken, as words; the rest are not.
    values : tuple of int
        The value of every deciding option.
    ways : tuple of (str, str)
        Agency, and how it takes part.
    in_place : tuple of str
    detection : float
        The worst type's chance of being found.
    low, high : float or None
        Its range, where numbers are given as ranges.
    rank : int
        The class, from 0.
    stakes : mapping from party to Stake
    """

    chosen: tuple[str, ...]
    values: tuple[int, ...]
    ways: tuple[tuple[str, str], ...]
    in_place: tuple[str, ...]
    detection: float
    low: float | None
    high: float | None
    rank: int
    stakes: Mapping[str, Stake]


@dataclass(frozen=True, slots=True)
class Weights:
    """How a party weighs: what is found more, what it is intruded upon, what a leak would cost. Always shown."""

    party: str
    protection: float = 1.0
    intrusiveness: float = 0.0
    leak: float = 0.0


@dataclass(frozen=True, repr=False)
class Fed(Monitored):
    """What the options of a case lead to, by a scenario, in classes of equal width.

    Parameters
    ----------
    case : (str, str)
        The case's title and fingerprint.
    options : tuple of str
        The deciding options, in the case's order.
    classes : int
        How many classes of detection there are, from 0 to 1.
    profiles : tuple of Reached
        One for each choice of the deciding options.
    outcomes : mapping from str to str
        By name of the outcome, the statement that holds just where its class is reached.
    differing : tuple of str
        Outcomes that stand in the case and say something else, or do not stand there.
    dated : str
        The scenario's fingerprint that stands in the case; "" where none does.
    weights : tuple of Weights
    tensor : mapping from party to nested lists
        Each party's worth, one axis an option.
    remarks : tuple of str
        Notes on whether joint monitoring can last: patience and inspections.
    """

    case: tuple[str, str]
    options: tuple[str, ...]
    classes: int
    profiles: tuple[Reached, ...]
    outcomes: Mapping[str, str]
    differing: tuple[str, ...]
    dated: str
    weights: tuple[Weights, ...]
    tensor: Mapping[str, Any]
    remarks: tuple[str, ...] = ()

    @property
    def fresh(self) -> bool:
        """Whether the outcomes that stand in the case are the scenario's as it is now."""
        return not self.differing and self.dated == self.made.fingerprint

    def heading(self) -> str:
        return "What the options of a case lead to"

    def blocks(self) -> Iterator[Block]:
        shown = sorted(self.profiles, key=lambda each: (-each.rank, -round(each.detection, 9)))
        rows = tuple(
            (listed(each.chosen) or "none", chance(each.detection), f"{each.rank + 1} of {self.classes}",
             "; ".join(f"{agency}: {way}" for agency, way in each.ways))
            for each in shown[:SHOWN]
        )  # fmt: skip
        lines: list[str | Table] = [
            f"Case: {self.case[0]}. {counted(len(self.options), 'option')} decide: {listed(self.options)}.",
            f"Detection falls into {self.classes} classes of equal width, {1 / self.classes:.2g} each; within a class "
            "outcomes count as equally good. A band around each would not do: it is not transitive.",
            Table(("taken", "chance", "class", "so that"), rows),
        ]
        if len(shown) > SHOWN:
            lines.append(f"{len(shown) - SHOWN:,} more; --format json has all.")
        lines += self._unsure()
        yield Block("From options to detection", tuple(lines))
        yield Block("Outcomes for the case", tuple(self._outcomes()))
        yield Block("What each party has of it", tuple(self._stakes(shown)))
        if self.remarks:
            yield Block("Whether joint monitoring can last", self.remarks)

    def _unsure(self) -> list[str]:
        """Say how many choices would be in another class if all effects were at their lowest, or at their highest."""
        ranged = [each for each in self.profiles if each.low is not None and each.high is not None]
        if not any((each.high or 0.0) - (each.low or 0.0) > 1e-6 for each in ranged):
            return []
        other = sum(
            {banded(each.low or 0.0, self.classes), banded(each.high or 0.0, self.classes)} != {each.rank}
            for each in ranged
        )
        best = max(ranged, key=lambda each: each.detection)
        return [
            f"With all effects at their lowest or all at their highest, {other:,} of {len(ranged):,} would be in "
            f"another class; the highest chance lies between {chance(best.low or 0.0)} and {chance(best.high or 0.0)}."
        ]

    def _outcomes(self) -> Iterator[str]:
        for name, statement in self.outcomes.items():
            yield f"{name}: {statement}"
        if not self.outcomes:
            yield "Every choice reaches the same class, so that there is nothing to tell apart."
        if self.fresh:
            yield f"The case has them, as of this scenario ({self.dated})."
        elif self.differing:
            told = "detente monitor feed --write mends it"
            yield f"The case says something else, or nothing, of {listed(self.differing)}; {told}."
        else:
            yield f"The case has them as of {self.dated or 'no scenario'}; detente monitor feed --write dates them."

    def _stakes(self, shown: Sequence[Reached]) -> Iterator[str | Table]:
        told = [
            f"{each.party}: α {exponent(each.protection)}, σ {exponent(each.intrusiveness)}, λ {exponent(each.leak)}"
            for each in self.weights
        ]
        yield (
            "Worth = α × what is found more − cost + transfer − σ × intrusion − λ × what a leak would lose. Weights: "
            f"{'; '.join(told)}."
        )
        parties = tuple(each.party for each in self.weights)
        rows = tuple(
            (listed(each.chosen) or "none",
             *(f"{each.stakes[party].worth:.3g} (class {each.stakes[party].rank + 1})" for party in parties))
            for each in shown[:SHOWN]
        )  # fmt: skip
        yield Table(("taken", *parties), rows)

    def reasons(self) -> Sequence[str]:
        best = max(self.profiles, key=lambda each: each.detection)
        return (
            f"The most, {chance(best.detection)}, is found with {listed(best.chosen) or 'no option taken'}.",
            *self._outcomes(),
        )

    def data(self) -> dict[str, Any]:
        return self.made.data() | {
            "case": {"title": self.case[0], "fingerprint": self.case[1]},
            "options": list(self.options),
            "classes": self.classes,
            "weights": {
                each.party: {"protection": each.protection, "intrusiveness": each.intrusiveness, "leak": each.leak}
                for each in self.weights
            },
            "profiles": [
                {
                    "taken": list(each.chosen),
                    "values": list(each.values),
                    "ways": dict(each.ways),
                    "in place": list(each.in_place),
                    "detection": each.detection,
                    "range": None if each.low is None else [each.low, each.high],
                    "class": each.rank + 1,
                    "parties": {
                        party: {
                            "gain": stake.gain,
                            "cost": stake.cost,
                            "transfer": stake.transfer,
                            "intrusiveness": stake.intrusiveness,
                            "leak exposure": stake.exposure,
                            "worth": stake.worth,
                            "class": stake.rank + 1,
                        }
                        for party, stake in each.stakes.items()
                    },
                }
                for each in self.profiles
            ],
            "payoffs": dict(self.tensor),
            "outcomes": dict(self.outcomes),
            "fresh": self.fresh,
            "differing": list(self.differing),
            "notes": list(self.remarks),
            "certificates": dict(self.proofs),
        }

    columns = ("taken", "detection", "class")

    def rows(self) -> list[dict[str, Any]]:
        """Return one row a choice of options."""
        return [
            {"taken": "+".join(each.chosen), "detection": each.detection, "class": each.rank + 1}
            | {f"worth {party}": stake.worth for party, stake in each.stakes.items()}
            for each in self.profiles
        ]

    def pictures(self) -> "dict[str, Picture]":
        """Return what every choice reaches, with the borders of the classes."""
        from detente.look.bars import Bar, bars

        shown = sorted(self.profiles, key=lambda each: -each.detection)[:SHOWN]
        return {
            "feed": bars(
                "From options to detection",
                [
                    Bar(listed(each.chosen) or "none taken", 0.0, each.detection,
                        f"{chance(each.detection)}, class {each.rank + 1}", each.rank)
                    for each in shown
                ],
                axis=f"chance of detection; {self.classes} classes of equal width",
                note=f"{self.made.rests_on()} {self.made.line()}",
            )
        }  # fmt: skip
