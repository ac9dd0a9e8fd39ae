"""This module owns the answer to what could go wrong: a leak, a partner that drops out, impatience."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from detente.look.summary import Block, Table
from detente.questions.monitored import Monitored, chance, exponent

if TYPE_CHECKING:
    from detente.look.svg import Picture


@dataclass(frozen=True, slots=True)
class Default:
    """What is left if one party drops out: of the plan, of a plan made for that, and what the others reach anew."""

    party: str
    left: float
    detection: float
    robust: float | None
    others: float


@dataclass(frozen=True, slots=True)
class Patience:
    """How much tomorrow must count for a party to keep the agreement, and the figures behind it.

    `threshold` is None where no patience suffices; the figures are temptation, reward, punishment and the chance that
    cheating is found out in a period.
    """

    party: str
    threshold: float | None
    temptation: float
    reward: float
    punishment: float
    found_out: float


@dataclass(frozen=True, slots=True)
class Asked:
    """What a draft agreement is checked for, the answer (yes, no or unknown), and what is in the way of a yes."""

    asks: str
    answer: str
    because: tuple[str, ...] = ()

    def sentence(self) -> str:
        """Say it."""
        mark = {"yes": "✓ yes", "no": "✗ no"}.get(self.answer, "– unknown")
        return f"{mark}: {self.asks}.{''.join(f' {each}' for each in self.because)}"


@dataclass(frozen=True, repr=False)
class Risks(Monitored):
    """What could go wrong, and how much of it the joint plan bears.

    Parameters
    ----------
    joint, apart : float
        Chance of detection by the joint plan and by plans made apart.
    leak : float
        The chance of a leak at which both are worth the same.
    defaults : tuple of Default
        One for each party, the worst first.
    robust : float or None
        Chance of detection by the plan that is made for partners that drop out, while none does.
    kept : float
        What part of what the others reach by themselves that plan keeps, whoever drops out.
    patience : tuple of Patience
    inspection : float or None
        The announced rate of inspections that deters cheating; None where none does.
    inspected : bool
        Whether the scenario says what inspections find, so that there is a rate to ask for.
    agreement : tuple of Asked
        What is checked of the draft agreement.
    """

    joint: float
    apart: float
    leak: float
    defaults: tuple[Default, ...]
    robust: float | None
    kept: float
    patience: tuple[Patience, ...]
    inspection: float | None
    inspected: bool = True
    agreement: tuple[Asked, ...] = ()

    def heading(self) -> str:
        return "What could go wrong"

    def blocks(self) -> Iterator[Block]:
        yield Block("A leak", (self._leaking(),))
        lines: list[str | Table] = []
        if self.defaults:
            robust = any(each.robust is not None for each in self.defaults)
            columns = ("if this party drops out", "chance left", "exponent left", *(["made for it"] if robust else []),
                       "the others anew")  # fmt: skip
            rows = tuple(
                (each.party, chance(each.detection), exponent(each.left),
                 *([exponent(each.robust or 0)] if robust else []), exponent(each.others))
                for each in self.defaults
            )  # fmt: skip
            lines.append(Table(columns, rows))
            lines.append("Left: the joint plan without the efforts of that party, and without what needs its consent.")
        if self.robust is not None:
            lines.append(
                f"A plan made for it keeps {self.kept:.0%} of what the others reach by themselves, whoever drops "
                f"out, and finds {chance(self.robust)} while none does."
            )
        yield Block("A partner that drops out", tuple(lines) or ("There is one party only.",))
        yield Block("Patience and inspections", tuple(self._keeping()))
        if self.agreement:
            yield Block("The draft agreement", tuple(each.sentence() for each in self.agreement))

    def _leaking(self) -> str:
        if self.leak <= 0:
            return "The joint plan finds no more than plans made apart, so that no leak is worth risking."
        return (
            f"If the joint plan leaks, it is taken to be worth nothing. It finds {chance(self.joint)}, plans made "
            f"apart {chance(self.apart)}: so planning together pays while the chance of a leak is below "
            f"{chance(self.leak)}."
        )

    def _keeping(self) -> Iterator[str]:
        for each in self.patience:
            figures = (
                f"temptation {exponent(each.temptation)}, reward {exponent(each.reward)}, punishment "
                f"{exponent(each.punishment)}, cheating found out with chance {chance(each.found_out)} in a period"
            )
            if each.threshold is None:
                yield f"{each.party} would not keep the agreement however much tomorrow counts ({figures})."
            elif each.threshold <= 0:
                yield f"{each.party} is not tempted to break the agreement ({figures})."
            else:
                yield (
                    f"{each.party} keeps the agreement if tomorrow counts at least {chance(each.threshold)} of today "
                    f"({figures})."
                )
        if self.inspection is not None:
            yield f"Inspections at an announced rate of {chance(self.inspection)}, kept to, deter cheating."
        elif self.inspected:
            yield "No rate of inspections deters cheating with these figures."
        if not self.patience:
            yield "Patience is not asked: the scenario says nothing of temptation and punishment."

    def reasons(self) -> Sequence[str]:
        return (self._leaking(), *self._keeping())

    def data(self) -> dict[str, Any]:
        return self.made.data() | {
            "detection": {"joint": self.joint, "apart": self.apart, "made for default": self.robust},
            "leak break-even": self.leak,
            "default": [
                {"party": each.party, "exponent left": each.left, "detection left": each.detection,
                 "left of plan made for it": each.robust, "others anew": each.others}
                for each in self.defaults
            ],
            "kept": self.kept,
            "patience": [
                {"party": each.party, "threshold": each.threshold, "temptation": each.temptation, "reward": each.reward,
                 "punishment": each.punishment, "found out with chance": each.found_out}
                for each in self.patience
            ],
            "inspection rate that deters": self.inspection,
            "agreement": [
                {"asks": each.asks, "answer": each.answer, "because": list(each.because)} for each in self.agreement
            ],
            "certificates": dict(self.proofs),
        }  # fmt: skip

    columns = ("risk", "party", "figure")

    def rows(self) -> list[dict[str, Any]]:
        """Return one row a risk."""
        return [
            {"risk": "leak break-even", "party": "", "figure": self.leak},
            *({"risk": "detection left", "party": each.party, "figure": each.detection} for each in self.defaults),
            *({"risk": "patience needed", "party": each.party, "figure": each.threshold} for each in self.patience),
            {"risk": "inspection rate that deters", "party": "", "figure": self.inspection},
        ]

    def pictures(self) -> "dict[str, Picture]":
        """Return the gauges."""
        from detente.look.gauges import Gauge, gauges

        drawn = [Gauge("Leak: break-even", self.leak, chance(self.leak), self._leaking())]
        if self.defaults:
            worst = self.defaults[0]
            told = f"Still found by the joint plan if {worst.party} drops out; {chance(self.joint)} while all stay."
            drawn.append(Gauge("Worst partner default", worst.detection, chance(worst.detection), told))
        hard = max(self.patience, key=lambda each: 2.0 if each.threshold is None else each.threshold, default=None)
        if hard is not None:
            figure = "none suffices" if hard.threshold is None else chance(hard.threshold)
            told = f"How much tomorrow must count, of today, for {hard.party} to keep to it: the most of all parties."
            drawn.append(Gauge("Patience needed (δ*)", hard.threshold, figure, told))
        if self.inspected:
            figure = "no rate deters" if self.inspection is None else chance(self.inspection)
            told = "The rate of inspections, announced and kept, from which on cheating does not pay."
            drawn.append(Gauge("Inspections needed", self.inspection, figure, told))
        return {"risks": gauges(self.heading(), drawn, f"{self.made.rests_on()} {self.made.line()}")}
