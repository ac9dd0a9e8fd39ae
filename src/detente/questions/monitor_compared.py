"""This module owns the answer to what cooperation is worth: its elements one by one, and plans made apart beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from detente.look.summary import Block, Table
from detente.questions.monitored import Monitored, chance, exponent, more

if TYPE_CHECKING:
    from detente.look.svg import Picture


@dataclass(frozen=True, slots=True)
class Element:
    """One element of cooperation: what is reached once it is there, on top of those before it.

    Parameters
    ----------
    name : str
        The first is how parties plan apart.
    exponent, detection : float
        What is reached.
    low, high : float or None
        The range of the detection where numbers are given as ranges.
    share : float or None
        What it adds to detection whatever the order (Shapley value); None for the first.
    """

    name: str
    exponent: float
    detection: float
    low: float | None = None
    high: float | None = None
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Apart:
    """One way to plan without each other, what it reaches, and how it goes about it."""

    name: str
    exponent: float
    detection: float
    told: str


@dataclass(frozen=True, repr=False)
class Compared(Monitored):
    """What cooperation is worth against plans made apart.

    Parameters
    ----------
    elements : tuple of Element
        From apart to fully joint.
    apart : tuple of Apart
        Other readings of "apart" beside the first element.
    multiplier : float or None
        By what factor all budgets would have to grow for plans apart to reach as much; None where none would do.
    curve : tuple of (factor, detection apart, detection together)
        For all budgets multiplied by the factor; None together where so little cannot meet what is asked for.
    primal, dual : float
        The joint plan's exponent, and what is proven to be the most.
    whole : bool
        Whether some measures come in whole units, so that branching proves that, and not prices.
    """

    elements: tuple[Element, ...]
    apart: tuple[Apart, ...]
    multiplier: float | None
    curve: tuple[tuple[float, float, float | None], ...]
    primal: float
    dual: float
    whole: bool = field(default=False, kw_only=True)

    def heading(self) -> str:
        return "What cooperation is worth"

    @property
    def gain(self) -> float:
        """How much detection cooperation adds."""
        return self.elements[-1].detection - self.elements[0].detection

    def blocks(self) -> Iterator[Block]:
        first, last = self.elements[0], self.elements[-1]
        grown = (
            f"Plans made apart would need {exponent(self.multiplier)} times all budgets to reach as much."
            if self.multiplier is not None
            else "However large all budgets were, plans made apart would not reach as much."
        )
        yield Block(
            "From apart to together",
            (
                f"Apart, a crossing that adapts to the plans is found with a chance of {chance(first.detection)}; "
                f"together with {chance(last.detection)}.",
                self._waterfall(),
                "What an element adds here depends on what was there before it. Its share is what it adds on average "
                "over all orders (Shapley value), and depends on none.",
                grown,
                *(
                    ["Common planning keeps limits that plans made apart break together; that is why it finds less."]
                    if len(self.elements) > 1 and self.elements[1].detection < first.detection - 1e-6
                    else []
                ),
            ),
        )
        yield Block(
            "Ways to plan apart",
            (
                Table(
                    ("plans", "chance", "exponent", "how"),
                    tuple(
                        (each.name, chance(each.detection), exponent(each.exponent), each.told) for each in self.apart
                    ),
                ),
                "There is no one way to be uncoordinated; the waterfall starts from the first.",
            ),
        )
        yield Block("Proof", (proof(self.primal, self.dual, self.whole),))

    def _waterfall(self) -> Table:
        ranged = any(each.low is not None for each in self.elements)
        rows = []
        for before, each in zip((None, *self.elements), self.elements, strict=False):
            added = more(each.detection - before.detection) if before is not None else ""
            share = more(each.share) if each.share is not None else ""
            between = [f"{chance(each.low)} to {chance(each.high)}" if each.low is not None and each.high is not None
                       else ""] if ranged else []  # fmt: skip
            rows.append((each.name, chance(each.detection), *between, added, share))
        return Table(("element", "chance", *(["range"] if ranged else []), "adds here", "share"), tuple(rows))

    def reasons(self) -> Sequence[str]:
        ordered = sorted(
            (each for each in self.elements if each.share is not None), key=lambda each: -(each.share or 0)
        )
        told = [f"{each.name} is worth {more(each.share or 0)} whatever the order." for each in ordered]
        return (*told, *(f"{each.name}: {each.told}" for each in self.apart), proof(self.primal, self.dual, self.whole))

    def data(self) -> dict[str, Any]:
        return self.made.data() | {
            "waterfall": [
                {
                    "element": each.name,
                    "detection": each.detection,
                    "exponent": each.exponent,
                    "range": None if each.low is None else [each.low, each.high],
                    "share": each.share,
                }
                for each in self.elements
            ],
            "apart": [
                {"plans": each.name, "detection": each.detection, "exponent": each.exponent, "text": each.told}
                for each in self.apart
            ],
            "value of cooperation": self.gain,
            "budget multiplier": self.multiplier,
            "budget curve": [{"budgets": factor, "apart": one, "joint": both} for factor, one, both in self.curve],
            "certificate": {"primal": self.primal, "dual": self.dual},
            "certificates": dict(self.proofs),
        }

    columns = ("element", "detection", "exponent", "share")

    def rows(self) -> list[dict[str, Any]]:
        """Return one row an element."""
        return [
            {"element": each.name, "detection": each.detection, "exponent": each.exponent, "share": each.share,
             "low": each.low, "high": each.high}
            for each in self.elements
        ]  # fmt: skip

    def pictures(self) -> "dict[str, Picture]":
        """Return the waterfall and the budget curve."""
        from detente.look.curve import Curve, Reading, curves
        from detente.look.waterfall import Step, waterfall

        note = f"{self.made.rests_on()} {self.made.line()}"
        steps = [
            Step(
                each.name,
                each.detection,
                each.low,
                each.high,
                "" if each.share is None else f"share {more(each.share)}",
            )
            for each in self.elements
        ]
        drawn = {
            "waterfall": waterfall("What cooperation is worth", steps, axis="chance that a crossing is detected",
                                   total="together", note=note)
        }  # fmt: skip
        if self.curve:
            reading = None
            if self.multiplier is not None and self.multiplier <= self.curve[-1][0]:
                told = f"{self.multiplier:.2f} times the budgets"
                reading = Reading(self.elements[-1].detection, 1.0, self.multiplier, told)
            drawn["budget-curve"] = curves(
                "More budget, or cooperation",
                [
                    Curve("together", tuple((factor, both) for factor, _, both in self.curve if both is not None)),
                    Curve("apart", tuple((factor, one) for factor, one, _ in self.curve)),
                ],
                across="all budgets, as a multiple of today's",
                axis="chance that a crossing is detected",
                reading=reading,
                note=note,
            )
        return drawn


def proof(primal: float, dual: float, whole: bool = False) -> str:
    """Say what the two values of a certificate prove; with measures in whole units, branching does, and not prices."""
    if abs(primal - dual) > 1e-6 * max(1.0, abs(primal)):
        return f"The plan reaches an exponent of {exponent(primal)}; no plan reaches more than {exponent(dual)}."
    if whole:
        said = "all other choices of whole units are ruled out by branching"
        return f"The plan reaches an exponent of {primal:.6g}; {said} (bound {dual:.6g})."
    return (
        f"The plan reaches an exponent of {primal:.6g}, and the prices of its limits prove that no plan reaches more "
        f"(primal = dual = {dual:.6g}); detente verify multiplies both out again."
    )
