"""This module owns the question which demands contradict each other, what mends that, and who can deliver.

A contradiction is a set of demands, of all demanders together, that no feasible state meets, while it meets every
smaller one. Beside these stand sets that some feasible state meets and no Nash equilibrium does (credibility).

References
----------
Minimal contradictory sets: Reiter (1987); see `detente.questions.clashes`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from detente.errors import TooLargeError
from detente.game import setting
from detente.look.summary import Block, Summary, Table, counted
from detente.model.case import Case, Demand
from detente.questions.complaints import Traced, complaints
from detente.questions.contradictory import Contradiction, Ground, contradictions
from detente.questions.delivery import Delivery, Standing, delivery
from detente.questions.phrases import opening, under
from detente.questions.powers import LargePowers, Powers
from detente.questions.repairs import whom_to_ask
from detente.questions.result import Made, Result

LIMIT = 100


@dataclass(frozen=True, repr=False)
class Demands(Result):
    """Which demands contradict each other, why, and what mends it; who can deliver each.

    Parameters
    ----------
    case : Case
        As written.
    complete : bool
        Whether `contradictions` has all of them.
    undecided : mapping from what to reason
        What could not be decided within limits.
    complaints : tuple of Traced
        What becomes of each complaint today; () where there are none, or that was not decided.
    notes : tuple of str
        What a reader must know beside: that nothing holds by itself, say.
    """

    made: Made
    case: Case = field(compare=False)
    contradictions: tuple[Contradiction, ...]
    deliverability: tuple[Delivery, ...]
    complete: bool
    undecided: Mapping[str, str]
    notes: tuple[str, ...] = ()
    complaints: tuple[Traced, ...] = ()

    @property
    def contradictory(self) -> tuple[Contradiction, ...]:
        """The contradictions proper, which no feasible state resolves."""
        return tuple(each for each in self.contradictions if each.kind != "credibility")

    def data(self) -> dict[str, Any]:
        return self.made.data() | {
            "complete": self.complete,
            "contradictions": [each.data() for each in self.contradictions],
            "deliverability": [each.data() for each in self.deliverability],
            "undecided": dict(self.undecided),
            **({"complaints": [each.data() for each in self.complaints]} if self.complaints else {}),
            **({"notes": list(self.notes)} if self.notes else {}),
        }

    columns = ("demand", "from", "to", "that")

    def rows(self) -> list[dict[str, Any]]:
        """Return one row a demand: who can deliver it, and in how many contradictions it stands."""
        rows = []
        for each in self.deliverability:
            demand = self.case.demand(each.demand)
            rows.append(
                {
                    "demand": demand.id,
                    "from": demand.sender,
                    "to": demand.to,
                    "that": str(demand.that),
                    "contradictions": sum(demand.id in c.demands for c in self.contradictions),
                    "contradicts": " ".join(_partners(demand.id, self.contradictions)),
                    "alone": each.alone,
                    "with clout": each.with_clout,
                    "coalitions": "; ".join(" ".join(group) for group in each.coalitions),
                    "verdict": each.verdict,
                    "source": demand.mark.source,
                }
            )
        return rows

    def summary(self) -> Summary:
        blocks = (
            Block("Demands that clash", tuple(self._clashes())),
            Block("Who can deliver", tuple(self._deliveries())),
            *([Block("Complaints", tuple(each.text for each in self.complaints))] if self.complaints else []),
            Block("", (self.made.line(),)),
        )
        subtitle = f"{counted(len(self.case.demands), 'demand')} · {under(self.case, self.made.approach)}"
        return Summary(
            f"Demands: {self.case.title}",
            subtitle,
            blocks if self.case.demands or self.complaints else (self._nothing(),),
        )

    def _nothing(self) -> Block:
        return Block("", ("The case lists no demands.", self.made.line()))

    def _clashes(self) -> Iterable[str | Table]:
        if not self.contradictory:
            yield "No demands contradict each other: some possible outcome meets them all."
        for each in self.contradictions:
            yield each.text
            yield from (f"  {number}. {repair.text}" for number, repair in enumerate(each.repairs, 1))
        if not self.complete:
            yield f"There are more contradictions than the {len(self.contradictions):,} listed; --limit lists more."
        yield from self.notes
        yield from (f"Not decided: {what} ({why})." for what, why in self.undecided.items())

    def _deliveries(self) -> Iterable[str | Table]:
        for each in self.deliverability:
            yield each.text
            yield from (f"  {opening(repair.text)}." for repair in each.repairs)


def demands(case: Case, approach: str = "none", limit: int = LIMIT) -> Demands:
    """Return which demands contradict each other, what mends that, and who can deliver each.

    Parameters
    ----------
    case : Case
    approach : str
        One of the case's approaches, or "none".
    limit : int
        How many contradictions are looked for, the smallest first.

    Returns
    -------
    Demands
        Where the states are too many to list, contradictions and delivery are found by satisfiability, and what holds
        by itself is undecided.

    Raises
    ------
    UnknownNameError
        When there is no such approach.
    """
    ground = _ground(case, approach)
    about = ground.setting
    undecided = {} if about is not None else {"what holds by itself": ground.reason}
    found = contradictions(ground, limit)
    deliveries = tuple(_delivered(demand, ground) for demand in case.demands)
    undecided |= {f"who can deliver {each.demand}": each.undecided for each in deliveries if each.undecided}
    notes: tuple[str, ...] = ()
    if about is not None and case.demands and not ground.stable:
        notes = (f"Nothing holds by itself {under(case, approach)}.",)
    made = Made(
        case.title,
        case.fingerprint,
        approach,
        case.conventions.data(),
        about.game.engine if about is not None else "satisfiability",
        {"limit": limit},
    )
    traced = complaints(about) if about is not None else None
    return Demands(made, case, found.items, deliveries, found.complete, undecided, notes, traced or ())


def _ground(case: Case, approach: str) -> Ground:
    try:
        about = setting(case, approach)
        return Ground(case, approach, about)
    except TooLargeError as reason:
        return Ground(case, approach, None, str(reason))


def _delivered(demand: Demand, ground: Ground) -> Delivery:
    about, rewritten = ground.setting, ground.rewritten
    powers: Powers | LargePowers | None = None
    if isinstance(rewritten.today, tuple):
        tree = demand.that.tree
        powers = Powers(about, tree) if about is not None else LargePowers(rewritten, tree)
    found = delivery(demand, powers, _standing(demand, ground), rewritten)
    if found.alone is False and isinstance(powers, Powers) and about is not None:
        found = found.mended(whom_to_ask(about, demand, powers, found.coalitions))
    return found


def _standing(demand: Demand, ground: Ground) -> Standing:
    """Return whether what holds by itself meets a demand; where it does not, under which approaches it does."""
    if ground.setting is None:
        return Standing()
    met = bool(ground.stable & ground.setting.where(demand.that))
    return Standing(met, not ground.stable, "" if met else ground.elsewhere([demand]))


def _partners(id: str, found: Sequence[Contradiction]) -> list[str]:
    return list(dict.fromkeys(other for each in found if id in each.demands for other in each.demands if other != id))
