"""This module owns whether a demand can be delivered: by its addressee, with its clout, by others; and if it would be.

*Cannot* is told apart from *will not*: who can deliver alone, while no outcome that holds by itself has the demand met,
will not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from detente.engine.interface import StateSet
from detente.look.summary import listed
from detente.model.case import Case
from detente.model.edits import Edit
from detente.model.items import Clout, Demand
from detente.model.statements import holds, options_in
from detente.questions.powers import LargePowers, Powers, minimal_groups, options_of

STRENGTHS = ("strong", "weak")


@dataclass(frozen=True, slots=True)
class Repair:
    """A change after which a demand, or a set of them, can be had; applied and checked before it is offered."""

    kind: str  # drop | weaken | sequence | shift | split
    text: str
    edits: tuple[Edit, ...]

    def data(self) -> dict[str, Any]:
        """Return the repair in its published form."""
        return {"kind": self.kind, "text": self.text, "edits": [edit.data() for edit in self.edits]}


@dataclass(frozen=True, slots=True)
class Delivery:
    """Who can deliver one demand.

    Parameters
    ----------
    demand, to : str
        Its id, and the party it is made on.
    alone : bool or None
        Whether that party can; None where it was not decided.
    with_clout : str or None
        strong or weak: it can with its clout over others, the weakest it needs being that; None where it cannot, or
        can without.
    coalitions : tuple of tuples of str
        All minimal groups of parties that can, whoever is in them; ``()`` in it where nobody needs to act.
    met : bool or None
        Whether some outcome that holds by itself meets it; None where that was not decided.
    undecided : str
        What was not decided, and why; "" where all was.
    text : str
        All this in sentences.
    repairs : tuple of Repair
        Whom to ask instead, where the addressee cannot.
    """

    demand: str
    to: str
    alone: bool | None
    with_clout: str | None
    coalitions: tuple[tuple[str, ...], ...]
    met: bool | None
    undecided: str
    text: str
    repairs: tuple[Repair, ...] = ()

    @property
    def verdict(self) -> str | None:
        """can, cannot, or will not: it can alone, but no outcome that holds by itself has the demand met."""
        if self.alone is None:
            return None
        if not self.alone:
            return "cannot"
        return "will not" if self.met is False else "can"

    def mended(self, repairs: "Sequence[Repair]") -> "Delivery":
        """Return the same answer with whom to ask instead."""
        return replace(self, repairs=tuple(repairs))

    def data(self) -> dict[str, Any]:
        """Return the answer in its published form."""
        return {
            "demand": self.demand,
            "to": self.to,
            "alone": self.alone,
            "with clout": self.with_clout,
            "coalitions": [list(group) for group in self.coalitions],
            "verdict": self.verdict,
            "text": self.text,
            **({"undecided": self.undecided} if self.undecided else {}),
            **({"repairs": [repair.data() for repair in self.repairs]} if self.repairs else {}),
        }


def delivery(demand: Demand, powers: Powers | LargePowers | None, stable: StateSet | None, case: Case) -> Delivery:
    """Return who can deliver a demand.

    Parameters
    ----------
    demand : Demand
    powers : Powers or LargePowers, or None
        Who can bring about what it asks; None where the case does not say where things stand.
    stable : StateSet or None
        The outcomes that hold by themselves and meet it; None where they are too many to list.
    case : Case
        Under its approach.
    """
    met = None if stable is None else bool(stable)
    if powers is None:
        why = "the case does not say where things stand today"
        text = f"Who can deliver {said(demand, case)} cannot be told: {why}."
        return Delivery(demand.id, demand.to, None, None, (), met, why, text)
    party = case.party_ids.index(demand.to)
    undecided = ""
    alone: bool | None = None
    with_clout = None
    try:
        own = options_of(powers.space, [party])
        alone = powers.choice(own) is not None
        with_clout = None if alone else _with_clout(powers, own, demand, case)
    except OverflowError:
        undecided = "there are too many choices to look at"
    groups = minimal_groups(powers)
    if groups.undecided:
        undecided = "there are too many choices to look at"
    coalitions = tuple(tuple(case.party_ids[member] for member in group) for group in groups.groups)
    found = Delivery(demand.id, demand.to, alone, with_clout, coalitions, met, undecided, "")
    text = " ".join(_sentences(found, demand, powers, case))
    return Delivery(demand.id, demand.to, alone, with_clout, coalitions, met, undecided, text)


def _with_clout(powers: Powers | LargePowers, own: list[int], demand: Demand, case: Case) -> str | None:
    """Return the weakest clout that the addressee needs: first with strong clout only, then with all."""
    lent = list(own)
    for strength in STRENGTHS:
        for clout in counting(case, demand.to, powers.today):
            if clout.strength == strength:
                lent += [case.position[key] for key in clout.on if case.position[key] not in lent]
        if len(lent) > len(own) and powers.choice(lent) is not None:
            return strength
    return None


def counting(case: Case, party: str, today: tuple[int, ...]) -> Iterator[Clout]:
    """Yield the clout of a party whose ``while`` holds today."""
    for clout in case.clout:
        if clout.of == party:
            condition = clout.condition
            if condition is None or holds(condition.tree, lambda key: today[case.position[key]]):
                yield clout


def said(demand: Demand, case: Case, source: bool = True) -> str:
    """Name a demand in a sentence: ``‘talks’ (United States → Pakistan, rizvi-2018 ¶10)``."""
    sides = f"{case.party(demand.sender).label} → {case.party(demand.to).label}"
    place = f", {demand.mark.source}" if source and demand.mark.source else ""
    return f"‘{demand.label}’ ({sides}{place})"


def _sentences(found: Delivery, demand: Demand, powers: Powers | LargePowers, case: Case) -> Iterator[str]:
    who, what = case.party(demand.to).label, said(demand, case)
    if found.undecided and found.alone is None:
        yield f"Whether {who} can deliver {what} was not decided: {found.undecided}."
    elif found.alone:
        yield from _able(found, who, what)
    else:
        yield f"{who} cannot deliver {what} alone{_owners(demand, case)}."
        yield from _clout(found, demand, powers, case)
    if not found.alone:
        others = [_group(group, case) for group in found.coalitions]
        if others:
            yield f"Who can: {listed(others, 'or')}."
        elif not found.undecided:
            yield "Not even all parties together can bring it about from where things stand today."
        if found.met:
            yield "Some outcome that holds by itself meets it all the same."
        elif found.met is False and found.coalitions:
            yield "No outcome that holds by itself meets it."


def _able(found: Delivery, who: str, what: str) -> Iterator[str]:
    if found.met is False:
        yield f"{who} can deliver {what} alone, but will not: no outcome that holds by itself meets it."
    else:
        yield f"{who} can deliver {what} alone" + ("." if found.met is None else ", and some outcome that holds by "
              "itself meets it.")  # fmt: skip


def _owners(demand: Demand, case: Case) -> str:
    """Say whose choice the demand turns on, where it is others'."""
    keys = [key for key in dict.fromkeys(options_in(demand.that.tree)) if case.option(key).party != demand.to]
    choices = [
        f"‘{case.option(key).label}’ is the choice of {case.party(case.option(key).party).label}" for key in keys
    ]
    return f": {listed(choices)}" if choices else ""


def _clout(found: Delivery, demand: Demand, powers: Powers | LargePowers, case: Case) -> Iterator[str]:
    who = case.party(demand.to).label
    counts = set(counting(case, demand.to, powers.today))
    for clout in case.clout:
        if clout.of != demand.to or not any(case.position[key] in powers.touched for key in clout.on):
            continue
        over = (
            f"{who}'s clout over {case.party(clout.over).label} on {listed([case.option(k).label for k in clout.on])}"
        )
        source = f" ({clout.mark.source})" if clout.mark.source else ""
        if clout in counts:
            yield f"{over} is {clout.strength}{source}."
        else:
            yield f"{over} is {clout.strength}, and does not count today, for it needs: {clout.condition}{source}."
    if found.with_clout:
        yield "With its clout it can." if found.with_clout == "strong" else "It could if weak clout were enough."


def _group(group: tuple[str, ...], case: Case) -> str:
    if not group:
        return "nobody needs to, it holds whatever is done"
    names = listed([case.party(id).label for id in group])
    return f"{names} together" if len(group) > 1 else f"{names} alone"
