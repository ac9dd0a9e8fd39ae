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

from detente.engine.interface import Definition
from detente.errors import TooLargeError
from detente.game import setting
from detente.look.summary import Block, Summary, Table, counted, listed
from detente.model.case import Case, Demand
from detente.progress import gathered
from detente.questions.complaints import Traced, complaints
from detente.questions.contradictory import Contradiction, Contradictions, Ground, contradictions
from detente.questions.delivery import Delivery, Standing, delivery
from detente.questions.phrases import opening, under
from detente.questions.powers import LargePowers, Powers
from detente.questions.repairs import whom_to_ask
from detente.questions.result import Made, Result

LIMIT = 100
NONE_LISTED = "The case lists no demands: write under ‘demands’ who asks whom for what."
CLASHES = "which demands contradict each other"


@dataclass(frozen=True, slots=True)
class Ability:
    """What some parties can do about the demands of a case, whatever the others do.

    Parameters
    ----------
    parties : tuple of str
    brings_about, prevents : tuple of str
        The ids of the demands that they can have met; that they can keep from being met.
    """

    parties: tuple[str, ...]
    brings_about: tuple[str, ...]
    prevents: tuple[str, ...]

    def data(self) -> dict[str, Any]:
        """Return it as JSON-ready data."""
        return {
            "parties": list(self.parties),
            "brings about": list(self.brings_about),
            "prevents": list(self.prevents),
        }

    def sentence(self, case: Case) -> str:
        """Say it: ``Together, US and Pakistan can bring about ‘talks’ and prevent ‘operation’, whatever others do.``"""
        who = listed([case.party(id).label for id in self.parties])
        can = [
            f"{verb} {listed([f'‘{case.demand(id).label}’' for id in ids])}"
            for verb, ids in (("bring about", self.brings_about), ("prevent", self.prevents))
            if ids
        ]
        start = f"Together, {who}" if len(self.parties) > 1 else who
        if not can:
            return f"{start} can neither bring about nor prevent any of the demands, whatever the others do."
        return f"{start} can {', and '.join(can)}, whatever the others do."


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
    by : tuple of str
        Whose ability together is told; the table's where it is ().
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
    by: tuple[str, ...] = ()

    @property
    def together(self) -> "Ability | None":
        """What the parties that were asked about, else the table, can do whatever others do; None: not decided."""
        decided = sum(each.alone is not None for each in self.deliverability)
        if not self.case.demands or decided < len(self.case.demands):
            return None
        return self.able(*(self.by or self.case.at_table))

    @property
    def contradictory(self) -> tuple[Contradiction, ...]:
        """The contradictions proper, which no feasible state resolves."""
        return tuple(each for each in self.contradictions if each.kind != "credibility")

    @property
    def compatible(self) -> bool:
        """Whether some possible state meets all demands; False too where that is undecided."""
        return not self.contradictory and CLASHES not in self.undecided

    def data(self) -> dict[str, Any]:
        return self.made.data() | {
            "complete": self.complete,
            "contradictions": [each.data() for each in self.contradictions],
            "deliverability": [each.data() for each in self.deliverability],
            "undecided": dict(self.undecided),
            **({"complaints": [each.data() for each in self.complaints]} if self.complaints else {}),
            **({"notes": list(self.notes)} if self.notes else {}),
            **({"together": together.data()} if (together := self.together) else {}),
        }

    def able(self, *parties: str) -> "Ability":
        """Return what some parties, by their ids, can bring about and what they can prevent, whatever the others do.

        Raises
        ------
        UnknownNameError
            When there is no such party.
        """
        chosen = {self.case.party(id).id for id in parties}

        def among(groups: Iterable[tuple[str, ...]]) -> bool:
            return any(chosen.issuperset(group) for group in groups)

        brings = tuple(each.demand for each in self.deliverability if among(each.coalitions))
        prevents = tuple(each.demand for each in self.deliverability if among(each.preventers))
        return Ability(tuple(id for id in self.case.party_ids if id in chosen), brings, prevents)

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
                    "prevented by": "; ".join(" ".join(group) for group in each.preventers),
                    "verdict": each.verdict,
                    "source": demand.mark.source,
                }
            )
        return rows

    def summary(self) -> Summary:
        blocks = (
            Block("Demands that clash", tuple(self._clashes())),
            *([Block("Who can deliver", tuple(self._deliveries()))] if self.case.demands else []),
            *([Block("Complaints", self._complaints())] if self.case.complaints else []),
            Block("", (self.made.line(),)),
        )
        subtitle = f"{counted(len(self.case.demands), 'demand')} · {under(self.case, self.made.approach)}"
        return Summary(
            f"Demands: {self.case.title}",
            subtitle,
            blocks if self.case.demands or self.case.complaints else (self._nothing(),),
        )

    def _complaints(self) -> tuple[str, ...]:
        if self.complaints:
            return tuple(each.text for each in self.complaints)
        why = self.undecided.get("what becomes of the complaints")
        return (f"What becomes of {counted(len(self.case.complaints), 'complaint')} cannot be told: {why}.",)

    def _nothing(self) -> Block:
        return Block("", (NONE_LISTED, self.made.line()))

    def _clashes(self) -> Iterable[str | Table]:
        if not self.case.demands:
            yield NONE_LISTED
        elif self.compatible:
            yield "No demands contradict each other: some possible state meets them all."
        for each in self.contradictions:
            yield each.text
            yield from (f"  {number}. {repair.text}" for number, repair in enumerate(each.repairs, 1))
        if not self.complete and CLASHES not in self.undecided:
            yield f"There are more contradictions than the {len(self.contradictions):,} listed; --limit lists more."
        yield from self.notes
        yield from (f"Not decided: {what} ({why})." for what, why in self.undecided.items())

    def _deliveries(self) -> Iterable[str | Table]:
        for each in self.deliverability:
            yield each.text
            yield from (f"  {opening(repair.text)}." for repair in each.repairs)
            if each.prevention:
                yield f"  {each.prevention}"
        some = self.by or 1 < len(self.case.at_table) < len(self.case.parties)
        if some and (together := self.together):
            yield together.sentence(self.case)


def demands(
    case: Case, approach: str = "none", limit: int = LIMIT, by: Sequence[str] = (), *, time: float | None = None
) -> Demands:
    """Return which demands contradict each other, what mends that, and who can deliver each.

    Parameters
    ----------
    case : Case
    approach : str
        One of the case's approaches, or "none".
    limit : int
        How many contradictions are looked for, the smallest first.
    by : sequence of str
        Parties whose ability together is told: what they can bring about and prevent whatever the others do. Those at
        the table where it is ().
    time : float, optional
        How many seconds of CPU time the symbolic engine may take for what holds.

    Returns
    -------
    Demands
        Where the states are too many to list, contradictions and delivery are found by satisfiability, and what holds
        by itself is undecided.

    Raises
    ------
    UnknownNameError
        When there is no such approach, or party.
    """
    for id in by:
        case.party(id)
    ground = _ground(case, approach, time)
    about = ground.setting
    undecided = {} if about is not None else {"what holds by itself": ground.reason}
    clashes, why = gathered(lambda most: contradictions(ground, most), [limit], "looking for contradictions")
    if why:
        undecided[CLASHES] = why
    found = clashes[0] if clashes else Contradictions((), False)
    deliveries, why = gathered(lambda demand: _delivered(demand, ground), case.demands, "working out who can deliver")
    if why:
        undecided |= {f"who can deliver {demand.id}": why for demand in case.demands[len(deliveries) :]}
    undecided |= {f"who can deliver {each.demand}": each.undecided for each in deliveries if each.undecided}
    notes: tuple[str, ...] = ()
    if about is not None and case.demands and not about.undecided(Definition.NASH) and not ground.stable:
        notes = (f"Nothing holds by itself {under(case, approach)}.",)
    made = Made(
        case.title,
        case.fingerprint,
        approach,
        case.conventions.data(),
        about.game.engine if about is not None else "satisfiability",
        {"limit": limit},
    )
    answers, late = gathered(complaints, [about] if about is not None else [], "tracing complaints")
    traced = answers[0] if answers else None
    if traced is None and case.complaints:
        why = late or ("the case does not say where things stand today" if about is not None else ground.reason)
        undecided |= {"what becomes of the complaints": why}
    told = tuple(deliveries)
    return Demands(made, case, found.items, told, found.complete, undecided, notes, traced or (), tuple(by))


def _ground(case: Case, approach: str, time: float | None) -> Ground:
    try:
        about = setting(case, approach, seconds=time)
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
