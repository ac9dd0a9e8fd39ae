"""This module owns the answer to what a plan does to the people who cross: delay, false alarms, crossings kept open."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from detente.look.summary import Block, Table, listed
from detente.questions.monitored import Monitored, chance, exponent, more, tick

if TYPE_CHECKING:
    from detente.look.svg import Picture


@dataclass(frozen=True, slots=True)
class Alarm:
    """What an alarm says: how rare what is looked for is, how often it is found, how often others are stopped."""

    told: str
    rate: float
    found: float
    wrongly: float

    @property
    def right(self) -> float:
        """The chance that somebody who is stopped is what is looked for (positive predictive value)."""
        stopped = self.rate * self.found + (1 - self.rate) * self.wrongly
        return self.rate * self.found / stopped if stopped else 0.0

    @property
    def ordinary(self) -> float:
        """How many ordinary travellers are stopped for each who is what is looked for."""
        return (1 - self.right) / self.right if self.right else float("inf")

    def sentence(self) -> str:
        """Say it."""
        if not self.right:
            return f"{self.told}: nobody of those stopped would be what is looked for."
        return (
            f"{self.told}: of those stopped, {self.right:.2%} would be what is looked for; about "
            f"{round(self.ordinary):,} ordinary travellers are stopped for each."
        )


@dataclass(frozen=True, slots=True)
class Crossing:
    """An official crossing: whether it is open under the plan, why, and whether every plan has to keep it open."""

    name: str
    open: bool
    told: str
    kept: bool = True


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit that the plan keeps: what is used of it, and how much there is."""

    name: str
    used: float
    limit: float | None
    unit: str = ""

    def sentence(self) -> str:
        """Say how much is used, and how much is left."""
        told = f"{exponent(self.used)} {self.unit}".strip()
        if self.limit is None:
            return f"{told}; no limit is set"
        left = self.limit - self.used
        return f"{told} of {exponent(self.limit)}; " + (f"{exponent(left)} left" if left > 1e-9 else "nothing left")


@dataclass(frozen=True, repr=False)
class Civil(Monitored):
    """What the plan does to the people who cross, beside what it finds.

    Parameters
    ----------
    delay : Limit
        Hours that people wait altogether in a period, against the limit.
    people : float
        How many people cross officially in that period.
    alarms : tuple of Alarm
    crossings : tuple of Crossing
    limits : tuple of Limit
        The other limits that protect people or sovereignty, such as how intrusive the plan may be to a party.
    detection, apart : float
        What the joint plan finds, and what plans made apart find.
    tradeoff : tuple of (hours, detection)
        What could be found with other limits to delay.
    types : tuple of (type, detection)
        By type of adversary.
    """

    delay: Limit
    people: float
    alarms: tuple[Alarm, ...]
    crossings: tuple[Crossing, ...]
    limits: tuple[Limit, ...]
    detection: float
    apart: float
    tradeoff: tuple[tuple[float, float], ...] = ()
    types: tuple[tuple[str, float], ...] = ()

    def heading(self) -> str:
        return "People who cross, and security"

    def blocks(self) -> Iterator[Block]:
        yield Block("People who cross", tuple(f"{name}: {said}." for name, said in self._civil()))
        yield Block("Security", tuple(f"{name}: {said}." for name, said in self._security()))
        if self.tradeoff:
            table = Table(
                ("hours of delay allowed", "chance"),
                tuple((exponent(hours), chance(found)) for hours, found in self.tradeoff),
            )
            yield Block("Delay against detection", (table,))

    def _civil(self) -> Iterator[tuple[str, str]]:
        each = self.delay.used / self.people * 60 if self.people else 0.0
        spread = f"; {exponent(each)} minutes a person among {exponent(self.people)} who cross" if self.people else ""
        yield "Delay", self.delay.sentence() + spread
        for alarm in self.alarms:
            yield "False alarms", alarm.sentence().removesuffix(".")
        safe = [crossing.name for crossing in self.crossings if crossing.open and crossing.kept]
        if safe:
            yield "Crossings kept open, whatever the plan", f"✓ {listed(safe)}"
        for crossing in self.crossings:
            if not (crossing.open and crossing.kept):
                told = tick(crossing.open, "open under this plan", "closed by this plan")
                yield f"Crossing {crossing.name}", f"{told} ({crossing.told})"
        if not self.crossings:
            yield "Crossings", "the scenario names none"
        for limit in self.limits:
            yield limit.name, limit.sentence()

    def _security(self) -> Iterator[tuple[str, str]]:
        yield "Chance that a crossing that adapts is found", f"{chance(self.detection)} by the joint plan"
        yield "Plans made apart", f"{chance(self.apart)}; cooperation adds {more(self.detection - self.apart)}"
        for name, found in self.types if len(self.types) > 1 else ():
            yield name, chance(found)

    def reasons(self) -> Sequence[str]:
        still = [each.name for each in self.crossings if each.open]
        told = [f"Open: {listed(still)}."] if still else []
        return (*told, *(alarm.sentence() for alarm in self.alarms))

    def data(self) -> dict[str, Any]:
        return self.made.data() | {
            "delay": _limit(self.delay) | {"people": self.people},
            "alarms": [
                {"text": each.sentence(), "rate": each.rate, "found": each.found, "wrongly stopped": each.wrongly,
                 "right": each.right, "ordinary for each": each.ordinary if each.right else None}
                for each in self.alarms
            ],
            "crossings": [
                {"crossing": each.name, "open": each.open, "kept open": each.kept, "text": each.told}
                for each in self.crossings
            ],
            "limits": [_limit(each) for each in self.limits],
            "detection": {"joint": self.detection, "apart": self.apart, "by type": dict(self.types)},
            "delay against detection": [{"hours": hours, "detection": found} for hours, found in self.tradeoff],
            "certificates": dict(self.proofs),
        }  # fmt: skip

    columns = ("panel", "what", "figure")

    def rows(self) -> list[dict[str, Any]]:
        """Return one row a fact of either panel."""
        return [
            *({"panel": "people who cross", "what": name, "figure": said} for name, said in self._civil()),
            *({"panel": "security", "what": name, "figure": said} for name, said in self._security()),
        ]

    def pictures(self) -> "dict[str, Picture]":
        """Return the two panels, of the same size."""
        from detente.look.gauges import Panel, panels

        note = f"{self.made.rests_on()} {self.made.line()}"
        if self.made.removed:
            note = f"{' '.join(self.made.removed)} {note}"
        people = Panel("People who cross", tuple(self._civil()))
        security = Panel("Security", tuple(self._security()))
        return {"civil": panels(self.heading(), [people, security], note)}


def _limit(limit: Limit) -> dict[str, Any]:
    slack = None if limit.limit is None else limit.limit - limit.used
    return {"name": limit.name, "used": limit.used, "limit": limit.limit, "slack": slack, "unit": limit.unit}
