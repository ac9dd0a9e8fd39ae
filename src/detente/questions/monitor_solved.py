"""This module owns the answer to what the joint plan reaches: sector by sector, who does what, and what limits cost."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from detente.look.strip import STEP, moved, rounded
from detente.look.summary import Block, Table, counted, listed
from detente.questions.monitor_compared import proof
from detente.questions.monitor_planned import percent
from detente.questions.monitor_red_lines import RedLine, cost_of
from detente.questions.monitored import Monitored, chance, exponent, signed

if TYPE_CHECKING:
    from detente.look.svg import Picture
    from detente.questions.monitor_barriers import Barriers
    from detente.questions.monitor_teams import Teams
    from detente.questions.monitor_whole import Whole


@dataclass(frozen=True, slots=True)
class Sector:
    """One sector: what each party contributes there apart and together, and how often it should be used to cross.

    Parameters
    ----------
    apart, together : mapping from party to float
        Exponents.
    share : float
        Of the crossings of an adversary that adapts to the joint plan; told to 5 %.
    drawn : bool
        Whether several ways were drawn there by hand, so that a crossing need not meet all that is done there.
    """

    name: str
    apart: Mapping[str, float]
    together: Mapping[str, float]
    apart_detection: float
    detection: float
    share: float
    drawn: bool = False


@dataclass(frozen=True, slots=True)
class Level:
    """How much of a measure the plan takes, over all sectors in which it does."""

    measure: str
    agencies: tuple[str, ...]
    sectors: tuple[str, ...]
    level: float
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Budget:
    """One budget: how much there is, how much the plan uses, its price in the proof, and what one more unit would add.

    Both are of the exponent (of the expected share that is not found, where this is the aim). Where several prices
    prove the plan best, one more unit adds less than the price says. `adds` is None where it is not known.
    """

    agency: str
    amount: float
    used: float
    price: float
    adds: float | None


@dataclass(frozen=True, slots=True)
class Assumption:
    """One number of the scenario: where it comes from, and what the joint detection is at its lowest and highest."""

    name: str
    told: str
    synthetic: bool
    source: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, repr=False)
class Solved(Monitored):
    """The joint plan: what it reaches, and what carries it.

    Parameters
    ----------
    exponent, detection : float
        Of the objective; for the worst type of adversary unless said otherwise.
    types : mapping from type to exponent
    sectors : tuple of Sector
        In the scenario's order.
    parties : tuple of str
    levels : tuple of Level
    budgets : tuple of Budget
    red_lines : tuple of RedLine
    civil : tuple of (name, what is known)
        The first facts on the people who cross.
    assumptions : tuple of Assumption
    primal, dual : float
    certificate : mapping
        The plan and its prices, for detente verify.
    bound : str
        Said where the exponent is only a bound of the chance of detection.
    effective : bool
        Whether any measure adds to exponents, so that there is a joint plan to speak of.
    unseen : (float, float), or None
        The share that passes unseen without any measure, and by the plan, where that is what the plan makes least.
    whole : Whole, or None
        What of the plan comes in whole units.
    teams : Teams, or None
        How often teams that are sent at random are where.
    barriers : Barriers, or None
        Where barriers that slow or stop stand.
    """

    exponent: float
    detection: float
    types: Mapping[str, float]
    sectors: tuple[Sector, ...]
    parties: tuple[str, ...]
    levels: tuple[Level, ...]
    budgets: tuple[Budget, ...]
    red_lines: tuple[RedLine, ...]
    civil: tuple[tuple[str, str], ...]
    assumptions: tuple[Assumption, ...]
    primal: float
    dual: float
    certificate: Mapping[str, Any]
    bound: str = ""
    effective: bool = True
    unseen: tuple[float, float] | None = None
    whole: "Whole | None" = None
    teams: "Teams | None" = None
    barriers: "Barriers | None" = None

    def heading(self) -> str:
        return "The joint plan"

    def blocks(self) -> Iterator[Block]:
        if self.effective:
            yield from self._joint()
        for each in (self.teams, self.barriers):
            if each is not None:
                yield from each.blocks()
        yield Block("Which numbers carry this", self._carrying())
        yield Block("Proof", self._proofs())

    def _joint(self) -> Iterator[Block]:
        """Yield what is said of the joint plan alone."""
        lines: list[str | Table] = [
            f"A crossing that adapts to the plan is found with a chance of {chance(self.detection)} "
            f"(exponent {exponent(self.exponent)}).",
        ]
        lines += (
            [f"{name}: {chance_of(reached)}." for name, reached in self.types.items()] if len(self.types) > 1 else []
        )
        if self.unseen is not None:
            before, after = self.unseen
            lines.append(
                f"Of all types by their weights {percent(after)} pass unseen; without any measure {percent(before)}."
            )
        lines += [self.bound] if self.bound else []
        beside = [name for name, each in (("teams", self.teams), ("barriers", self.barriers)) if each is not None]
        lines += [f"Beside it, and with means of their own: {listed(beside)}, below."] if beside else []
        yield Block("What it reaches", tuple(lines))
        yield Block("People who cross", tuple(f"{name}: {said}." for name, said in self.civil))
        if self.sectors:  # arcs given by hand need not lie in any
            yield Block("Sector by sector", (self._sectors(), *self._drawn(), self._moving()))
        yield Block("Who does what", (self._levels(),))
        if self.whole is not None:
            yield from self.whole.blocks()
        yield Block("What one more unit would add", (self._budgets(),))
        aim = self.made.parameters.get("objective", "worst")
        yield Block("What red lines cost", cost_of(self.red_lines, aim))

    def _sectors(self) -> Table:
        columns = ("sector", *self.parties, "chance", "tried by")
        rows = tuple(
            (each.name, *(exponent(each.together.get(party, 0.0)) for party in self.parties), chance(each.detection),
             rounded(each.share))
            for each in self.sectors
        )  # fmt: skip
        return Table(
            columns,
            rows,
            "Exponents by party, the chance together, and the share of those who adapt that would try there (to 5 %)",
        )

    def _drawn(self) -> Iterator[str]:
        drawn = [each.name for each in self.sectors if each.drawn]
        if drawn:
            yield f"{listed(drawn)}: what is done on several ways, added up; a crossing meets only what is on its own."

    def _moving(self) -> str:
        even = 1 / len(self.sectors)
        pushed = [each.name for each in self.sectors if each.share - even >= 0.5 / STEP]
        if not pushed or len(self.sectors) == 1:
            return "No sector draws more than an even share of crossings."
        return f"Pressure moves: more than an even share of crossings would try {listed(pushed)}."

    def _levels(self) -> Table:
        return Table(
            ("measure", "of", "in", "effort"),
            tuple(
                (
                    each.measure,
                    listed(each.agencies),
                    listed(each.sectors),
                    f"{exponent(each.level)} {each.unit}".strip(),
                )
                for each in self.levels
            ),
        )

    def _budgets(self) -> Table:
        rows = tuple(
            (
                each.agency,
                exponent(each.amount),
                exponent(each.used),
                "not known" if each.adds is None else signed(each.adds),
            )
            for each in self.budgets
        )
        aim = self.made.parameters.get("objective", "worst")
        adds = "one more takes from the share not found" if aim == "expected" else "one more adds to the exponent"
        return Table(("budget of", "there is", "used", adds), rows)

    def _carrying(self) -> tuple[str | Table, ...]:
        varied = [each for each in self.assumptions if each.low is not None and each.high is not None]
        carrying = moving(self.assumptions, 0.005)
        made_up = sum(each.synthetic for each in self.assumptions)
        told = (
            f"{made_up:,} of {counted(len(self.assumptions), 'number')} {'is' if made_up == 1 else 'are'} synthetic; "
            "--format json lists all of them."
        )
        if not varied:
            return (told, "The scenario gives no ranges, so that nothing was varied.")
        if not carrying:
            return (told, "Of those given as ranges, none alone moves the result by a hundredth.")
        rows = tuple(
            (
                each.name,
                f"{chance(each.low or 0)} to {chance(each.high or 0)}",
                "synthetic" if each.synthetic else each.source,
            )
            for each in carrying[:8]
        )
        return (told, Table(("number, from its lowest to its highest", "chance", "rests on"), rows))

    def _proofs(self) -> tuple[str, ...]:
        """Say what proves each part of the answer."""
        parts = [] if not self.effective else [proved(self.primal, self.dual, self.unseen, self.whole is not None)]
        return (*parts, *(each.proof() for each in (self.teams, self.barriers) if each is not None))

    def reasons(self) -> Sequence[str]:
        scarce = [each.agency for each in self.budgets if each.price > 1e-9]
        even = "the plan is equally strong in every sector that would be used: else it would pay to move effort there"
        others = [each.headline() for each in (self.teams, self.barriers) if each is not None]
        if not self.effective:
            return (*others, *self._proofs())
        return (
            f"A crossing adapts to the plan, so that {even}.",
            f"What limits the plan: the budgets of {listed(scarce)}." if scarce else "No budget limits the plan.",
            *others,
            *self._proofs(),
        )

    def data(self) -> dict[str, Any]:
        return self.made.data() | {
            "exponent": self.exponent,
            "detection": self.detection,
            "by type": dict(self.types),
            "sectors": [
                {"sector": each.name, "apart": dict(each.apart), "together": dict(each.together),
                 "detection apart": each.apart_detection, "detection": each.detection,
                 "share of attempts": rounded(each.share)}
                for each in self.sectors
            ],
            "levels": [
                {"measure": each.measure, "agencies": list(each.agencies), "sectors": list(each.sectors),
                 "level": each.level, "unit": each.unit}
                for each in self.levels
            ],
            "budgets": [
                {"agency": each.agency, "budget": each.amount, "used": each.used, "price": each.price,
                 "one more adds": each.adds}
                for each in self.budgets
            ],
            "red lines": [each.data() for each in self.red_lines],
            "people who cross": [{"what": name, "text": said} for name, said in self.civil],
            "assumptions": [
                {"number": each.name, "text": each.told, "synthetic": each.synthetic, "source": each.source,
                 "detection": None if each.low is None else [each.low, each.high]}
                for each in self.assumptions
            ],
            "certificate": {"primal": self.primal, "dual": self.dual} | dict(self.certificate),
        } | self._more()  # fmt: skip

    def _more(self) -> dict[str, Any]:
        """Return what not every scenario has: whole units, teams, barriers, shares that pass unseen."""
        told: dict[str, Any] = {}
        if self.unseen is not None:
            told["unseen"] = {"without measures": self.unseen[0], "with the plan": self.unseen[1]}
        for key, part in (("whole units", self.whole), ("teams", self.teams), ("barriers", self.barriers)):
            if part is not None:
                told[key] = part.data()
        return told

    columns = ("sector", "detection apart", "detection", "share of attempts")

    def rows(self) -> list[dict[str, Any]]:
        """Return one row a sector."""
        return [
            {
                "sector": each.name,
                "detection apart": each.apart_detection,
                "detection": each.detection,
                "share of attempts": rounded(each.share),
            }
            | {party: each.together.get(party, 0.0) for party in self.parties}
            for each in self.sectors
        ]

    def pictures(self) -> "dict[str, Picture]":
        """Return the strip of sectors, the prices of red lines, and the sheet of assumptions with its tornado."""
        from detente.questions.monitor_pictures import (
            assumption_sheet,
            barrier_bars,
            red_lines,
            sector_strip,
            team_bars,
            tornado,
        )

        return {
            **({"strip": sector_strip(self)} if self.sectors else {}),
            **({"teams": team_bars(self)} if self.teams is not None else {}),
            **({"barriers": barrier_bars(self)} if self.barriers is not None else {}),
            "red-lines": red_lines(self),
            "tornado": tornado(self),
            "assumptions": assumption_sheet(self),
        }

    def movements(self) -> list[tuple[int, int, float]]:
        """Return how crossings move away from an even spread over the sectors."""
        even = [1 / len(self.sectors)] * len(self.sectors)
        return moved(even, [each.share for each in self.sectors])


def proved(primal: float, dual: float, unseen: tuple[float, float] | None, whole: bool) -> str:
    """Say what proves a joint plan, prices or for whole units branching, or how far it is from proven."""
    if unseen is None and not whole:
        return proof(primal, dual)
    aim = "an exponent of" if unseen is None else "an expected number not found of"
    found = f"The plan reaches {aim} {primal:.6g}"
    if abs(primal - dual) > 1e-6 * max(1.0, abs(primal)):
        return f"{found}; the search was stopped with {dual:.6g} not ruled out."
    if whole:
        return f"{found}; all other choices of whole units are ruled out by branching (bound {dual:.6g})."
    return f"{found}, and the prices of its limits prove that no plan does better (bound {dual:.6g})."


def chance_of(reached: float) -> str:
    """Say an exponent as a chance of detection."""
    from math import exp

    return chance(1 - exp(-reached))


def moving(assumptions: Sequence[Assumption], least: float = 5e-4) -> list[Assumption]:
    """Return the numbers that move the result by so much at least, those that move it most first."""
    swings = [
        (abs(each.high - each.low), each) for each in assumptions if each.low is not None and each.high is not None
    ]
    return [each for swing, each in sorted(swings, key=lambda pair: -pair[0]) if swing >= least]
