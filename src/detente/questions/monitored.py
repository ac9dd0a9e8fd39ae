"""This module owns what all answers about a monitoring scenario share: how they were made, and what they are not.

The order is always the same: what a scenario takes away from the protection of people who cross stands first, then the
answer, then what it rests on and what it is not.
"""

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from detente.look.summary import Block, Summary, counted
from detente.questions.result import Made, Result

if TYPE_CHECKING:
    from detente.monitoring.scenario import Scenario

ILLUSTRATION = "This is a sector-level planning illustration, not a recommendation to deploy anything anywhere."
ASSUMED = (
    "Assumed: chances of detection at different places are independent; whoever crosses knows the plan, but not their "
    "luck; effectiveness is judged, not measured.",
    "Monitoring is no resolution of a dispute: what is found here feeds a model of an agreement.",
)
UNPROTECTED = (
    "Those who cross are also refugees and families. Nobody may be turned back to danger, and crossings are to stay "
    "open (OHCHR 2014, Recommended Principles and Guidelines on Human Rights at International Borders)."
)


@dataclass(frozen=True, slots=True)
class Planned(Made):
    """How an answer about a scenario was made: of which scenario, by which method, on how many made-up numbers.

    Parameters
    ----------
    method : str
        What was solved, in a few words.
    made_up, numbers : int
        How many of the scenario's numbers are synthetic, of how many.
    removed : tuple of str
        What the scenario takes away from the protection of people who cross, as sentences; () where nothing.
    """

    method: str = ""
    made_up: int = 0
    numbers: int = 0
    removed: tuple[str, ...] = ()

    def data(self) -> dict[str, Any]:
        """Return the head of every JSON answer."""
        return {
            "scenario": {"title": self.title, "fingerprint": self.fingerprint},
            "kind": ILLUSTRATION,
            "protections removed": list(self.removed),
            "method": self.method,
            "parameters": dict(self.parameters),
            "synthetic numbers": {"synthetic": self.made_up, "of": self.numbers},
        }

    def line(self) -> str:
        """Say it in a sentence, for the foot of an answer."""
        return f"scenario {self.fingerprint} · {self.method} · sector-level planning illustration"

    def rests_on(self) -> str:
        """Say how many of the numbers are made up."""
        if not self.made_up:
            return f"Its {counted(self.numbers, 'number')} all have a source."
        if self.made_up == self.numbers:
            return f"All of its {counted(self.numbers, 'number')} are synthetic: made up for illustration."
        verb = "is" if self.made_up == 1 else "are"
        return f"{self.made_up:,} of its {counted(self.numbers, 'number')} {verb} synthetic: made up for illustration."


def planned(scenario: "Scenario", method: str, **parameters: Any) -> Planned:
    """Return how an answer about a scenario is made."""
    return Planned(
        scenario.title,
        scenario.fingerprint,
        "none",
        {},
        "",
        parameters,
        method,
        scenario.synthetic,
        len(scenario.quantities),
        scenario.removed,
    )


@dataclass(frozen=True, repr=False)
class Monitored(Result):
    """An answer about a monitoring scenario.

    Parameters
    ----------
    notes : tuple of str
        What else is to be said of it.
    proofs : mapping
        Plans, and the prices that prove them best, as detente verify reads them.
    """

    made: Planned
    notes: tuple[str, ...] = field(default=(), kw_only=True)
    proofs: Mapping[str, Any] = field(default_factory=dict, kw_only=True)

    @abstractmethod
    def blocks(self) -> Iterator[Block]:
        """Yield the answer itself, block by block."""

    @abstractmethod
    def heading(self) -> str:
        """Return what the answer is called, before the scenario's title."""

    def reasons(self) -> Sequence[str]:
        """Return why the answer is what it is, as sentences."""
        return ()

    def summary(self) -> Summary:
        """Return the answer in sentences and tables, what is not protected first, what it is not last."""
        first = [Block("People who cross are not protected", (*self.made.removed, UNPROTECTED))]
        last = Block(
            "What this is, and is not", (ILLUSTRATION, self.made.rests_on(), *ASSUMED, *self.notes, self.made.line())
        )
        blocks = [*(first if self.made.removed else []), *self.blocks(), last]
        return Summary(f"{self.heading()}: {self.made.title}", "", tuple(blocks))

    def explain(self) -> str:
        """Return why the answer is what it is, in plain sentences."""
        from detente.look.surfaces import text

        return text(Summary(f"Why: {self.heading()}", self.made.title, (Block("", tuple(self.reasons())),)))


def chance(value: float) -> str:
    """Say a chance of detection."""
    return f"{value + 1e-9:.2f}"  # what lies half way goes up, as people round


def exponent(value: float) -> str:
    """Say an exponent, or another quantity of a plan."""
    value = round(value, 9)  # what a solver rounds off
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.4g}" if abs(value) >= 5e-5 else "0"


def signed(value: float) -> str:
    """Say a quantity with its sign."""
    return "0" if abs(value) < 5e-5 else f"{'+' if value > 0 else '−'}{exponent(abs(value))}"


def more(value: float) -> str:
    """Say by how much a chance grows, or falls."""
    shown = f"{abs(value):.2f}"
    return shown if shown == "0.00" else f"{'+' if value > 0 else '−'}{shown}"


def finely(value: float) -> str:
    """Say by how much a chance grows, or falls, to a thousandth."""
    return "0" if abs(value) < 5e-4 else f"{'+' if value > 0 else '−'}{abs(value):.3f}"


def span(low: float, high: float) -> str:
    """Say a range, as one figure where its ends are the same."""
    return exponent(low) if high - low < 1e-6 * max(1, abs(high)) else f"{exponent(low)} to {exponent(high)}"


def tick(holds: bool, yes: str = "yes", no: str = "no") -> str:
    """Say a verdict by a mark and a word."""
    return f"✓ {yes}" if holds else f"✗ {no}"
