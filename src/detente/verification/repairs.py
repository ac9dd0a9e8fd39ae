"""This module owns the check of repairs: with the edits of one, what is still asked can be had together, or one after
the other; and it is of the kind that its edits are.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from detente.model.case import Case, Demand
from detente.verification.contradictions import met_in
from detente.verification.nearest import remade
from detente.verification.stability import Judge
from detente.verification.survey import Survey
from detente.verification.world import World

KINDS: Mapping[str, tuple[str, ...]] = {
    "DropDemand": ("drop",),
    "WeakenDemand": ("weaken", "shift", "split"),
    "DropRule": ("weaken",),
    "TimeDemand": ("sequence",),
    "RedirectDemand": ("shift", "split"),
}
"""Of which kind a repair is whose edits are all of one sort; one that asks others instead shifts or splits."""
ONE = Fraction(1)
Orders = Collection[Sequence[frozenset[str]]]


def fault_in_repair(
    case: Case, approach: str, asked: Collection[str], repair: Mapping[str, Any], credibility: bool, orders: Orders = ()
) -> str:
    """Return what is wrong with a repair of a contradiction: with its edits, what is still asked can be had together.

    Parameters
    ----------
    asked : collection of str
        The contradictory demands.
    credibility : bool
        Whether it is to be met by something that holds by itself, not only by something possible.
    orders : collection of orders
        In which the demands can be met one after the other; a sequence is one of them.
    """
    edited = remade(case, repair["edits"])
    if edited is None or not repair["edits"]:
        return f"the edits of ‘{repair['text']}’ cannot be made"
    if fault := fault_in_kind(case, repair):
        return fault
    before = {demand.id for demand in case.demands}
    kept = [demand for demand in edited.demands if demand.id in asked or demand.id not in before]
    if len(edited.demands) < len(before) - 1:
        return f"‘{repair['text']}’ gives up more than it says"
    survey = Survey(Judge(World(edited, approach), edited.conventions.data()))
    words = survey.nash if credibility else survey.states
    if repair["kind"] == "sequence":
        stages = _stages(kept)
        if tuple(stages) not in orders:
            return f"‘{repair['text']}’ asks for an order that cannot be kept, or for all at once"
        if fault := _fault_in_times(case, kept, stages):
            return fault
    else:
        stages = [frozenset(demand.id for demand in kept)]
    met = met_in(survey.world, words)
    unmet = next((stage for stage in stages if not any(stage <= each for each in met)), None)
    return "" if unmet is None else f"after ‘{repair['text']}’, {' and '.join(sorted(unmet))} cannot be met together"


def fault_in_kind(case: Case, repair: Mapping[str, Any]) -> str:
    """Return what is wrong with the kind that a repair is said to be of; "" if nothing is."""
    sorts = [edit.get("edit") for edit in repair["edits"]]
    asked = sum(sort in ("AddDemand", "RedirectDemand") for sort in sorts)
    alike = KINDS.get(str(sorts[0])) if len(set(sorts)) == 1 else None
    right = alike or (("split",) if asked > 1 else ("split", "shift"))
    if repair["kind"] not in right or (right == ("drop",) and len(sorts) > 1):
        return f"it is to {' or '.join(right)}"
    lifted = [edit["at"] for edit in repair["edits"] if edit.get("edit") == "DropRule"]
    return (
        "a rule is lifted that the case does not allow to be"
        if any(not case.rules[n].relaxable for n in lifted)
        else ""
    )


def _stages(demands: Sequence[Demand]) -> list[frozenset[str]]:
    """Return which demands share a time, by times that are told apart; the earlier ones first."""
    stages: list[list[Demand]] = []
    for demand in sorted(demands, key=lambda d: (d.from_time is not None, d.from_time or 0, d.by_time or 0)):
        ends = [d.by_time for d in stages[-1]] if stages else []
        known = [end for end in ends if end is not None]
        apart = len(known) == len(ends) and demand.from_time is not None and max(known, default=ONE) < demand.from_time
        if stages and not apart:
            stages[-1].append(demand)
        else:
            stages.append([demand])
    return [frozenset(demand.id for demand in stage) for stage in stages]


def _fault_in_times(case: Case, kept: Sequence[Demand], stages: Sequence[frozenset[str]]) -> str:
    """Check that times are only made narrower, and by no more than keeps the stages apart."""
    before, after = ({d.id: d for d in demands} for demands in (case.demands, kept))
    for place, stage in enumerate(stages):
        for id in stage:
            old, new = before[id], after[id]
            if _earlier(new.from_time, old.from_time) or _earlier(old.by_time, new.by_time, last=True):
                return f"{id!r} may be met at a time at which it is not wanted"
            nearest = [end for each in stages[place - 1 : place] for other in each if (end := after[other].by_time)]
            if new.from_time != old.from_time and nearest and _far(max(nearest), new.from_time):
                return f"{id!r} is put off for longer than is needed"
            following = [start for each in stages[place + 1 : place + 2] for o in each if (start := after[o].from_time)]
            if new.by_time != old.by_time and following and _far(new.by_time, min(following)):
                return f"{id!r} is to be met earlier than is needed"
    return ""


def _earlier(one: Fraction | None, other: Fraction | None, last: bool = False) -> bool:
    """Return whether a bound lies before another one; no bound is the earliest first time, and the latest last one."""
    if last:
        return one is not None and (other is None or one < other)
    return other is not None and (one is None or one < other)


def _far(end: Fraction | None, start: Fraction | None) -> bool:
    return end is not None and start is not None and start - end > ONE


def possible(told: Iterable[Mapping[str, Any]]) -> Orders:
    """Return the orders that are told to be possible."""
    return {tuple(map(frozenset, each["order"])) for each in told if each["possible"]}
