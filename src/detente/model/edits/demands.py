"""This module owns the edits of demands: new ones, dropped ones, less asked, at another time, of somebody else."""

from dataclasses import dataclass, replace
from fractions import Fraction

from detente.model.case import Case
from detente.model.edits.approaches import ChangeApproach
from detente.model.edits.edit import Edit, Together, inserted, removed, replaced
from detente.model.items import Approach, Demand
from detente.model.said import in_words, quoted
from detente.model.statements import Statement


@dataclass(frozen=True, slots=True)
class AddDemand(Edit):
    """One more demand, at a place from 0 (None: last)."""

    demand: Demand
    at: int | None = None

    def apply(self, case: Case) -> Case:
        return replace(case, demands=inserted(case.demands, self.at, self.demand, "demand"))

    def inverse(self, case: Case) -> Edit:
        return DropDemand(self.demand.id)

    def text(self, case: Case) -> str:
        sender, to = case.party(self.demand.sender).label, case.party(self.demand.to).label
        return f"{sender} demands {quoted(self.demand.label)} of {to}: {in_words(self.demand.that.tree, case)}"


@dataclass(frozen=True, slots=True)
class DropDemand(Edit):
    """A demand is given up; clients that deferred to it no longer do."""

    id: str

    def apply(self, case: Case) -> Case:
        at = _place(case, self.id)
        approaches = tuple(_without(approach, self.id) for approach in case.approaches)
        return replace(case, demands=removed(case.demands, at, "demand"), approaches=approaches)

    def inverse(self, case: Case) -> Edit:
        add = AddDemand(case.demand(self.id), _place(case, self.id))
        changed = [item for item in case.approaches if _without(item, self.id) != item]
        return Together((add, *map(ChangeApproach, changed))) if changed else add

    def text(self, case: Case) -> str:
        demand = case.demand(self.id)
        sender, to = case.party(demand.sender).label, case.party(demand.to).label
        return f"{sender} drops its demand {quoted(demand.label)} on {to}"


@dataclass(frozen=True, slots=True)
class WeakenDemand(Edit):
    """A demand asks for something else, usually less."""

    id: str
    that: Statement

    def apply(self, case: Case) -> Case:
        return _with(case, replace(case.demand(self.id), that=self.that))

    def inverse(self, case: Case) -> Edit:
        return WeakenDemand(self.id, case.demand(self.id).that)

    def text(self, case: Case) -> str:
        demand = case.demand(self.id)
        less, whole = in_words(self.that.tree, case), in_words(demand.that.tree, case)
        asked = f"asks for {less} instead of {whole} in its demand {quoted(demand.label)}"
        return f"{case.party(demand.sender).label} {asked}"


@dataclass(frozen=True, slots=True)
class TimeDemand(Edit):
    """A demand holds from one time and by another (None: not said)."""

    id: str
    from_time: Fraction | None = None
    by_time: Fraction | None = None

    def apply(self, case: Case) -> Case:
        return _with(case, replace(case.demand(self.id), from_time=self.from_time, by_time=self.by_time))

    def inverse(self, case: Case) -> Edit:
        demand = case.demand(self.id)
        return TimeDemand(self.id, demand.from_time, demand.by_time)

    def text(self, case: Case) -> str:
        demand = case.demand(self.id)
        times = [
            f"{word} time {time}" for word, time in (("from", self.from_time), ("by", self.by_time)) if time is not None
        ]
        when = " and ".join(times) or "at any time"
        return f"{case.party(demand.sender).label} makes its demand {quoted(demand.label)} {when}"


@dataclass(frozen=True, slots=True)
class RedirectDemand(Edit):
    """A demand is made on another party."""

    id: str
    to: str

    def apply(self, case: Case) -> Case:
        return _with(case, replace(case.demand(self.id), to=self.to))

    def inverse(self, case: Case) -> Edit:
        return RedirectDemand(self.id, case.demand(self.id).to)

    def text(self, case: Case) -> str:
        demand = case.demand(self.id)
        sender, old, new = (case.party(id).label for id in (demand.sender, demand.to, self.to))
        return f"{sender} makes its demand {quoted(demand.label)} on {new} instead of {old}"


def _place(case: Case, id: str) -> int:
    return case.demands.index(case.demand(id))


def _with(case: Case, demand: Demand) -> Case:
    return replace(case, demands=replaced(case.demands, _place(case, demand.id), demand, "demand"))


def _without(approach: Approach, id: str) -> Approach:
    """Return an approach in which nobody defers to a demand; a clause that is left without any is gone."""
    if not any(id in clause.on for clause in approach.deference):
        return approach
    left = [replace(clause, on=tuple(on for on in clause.on if on != id)) for clause in approach.deference]
    return replace(approach, deference=tuple(clause for clause in left if clause.on))
