"""This module owns whether a demand can be delivered: by its addressee, with its clout, by others; and if it would be.

*Cannot* is told apart from *will not*: who can deliver alone, while no outcome that holds by itself has the demand met,
will not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from detente.look.summary import listed
from detente.model.case import Case
from detente.model.edits import Edit
from detente.model.items import Clout, Demand
from detente.model.statements import holds, options_in
from detente.questions.phrases import cited, in_words, opening, under
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


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a demand is met among what holds by itself.

    Parameters
    ----------
    met : bool or None
        Whether some outcome that holds by itself meets it; None where they are too many to list.
    nothing : bool
        Whether nothing holds by itself at all.
    elsewhere : str
        Under what else an outcome that holds by itself meets it, in words; looked for where none does here.
    """

    met: bool | None = None
    nothing: bool = False
    elsewhere: str = ""


def delivery(demand: Demand, powers: Powers | LargePowers | None, standing: Standing, case: Case) -> Delivery:
    """Return who can deliver a demand.

    Parameters
    ----------
    demand : Demand
    powers : Powers or LargePowers, or None
        Who can bring about what it asks; None where the case does not say where things stand.
    standing : Standing
        Whether what holds by itself meets it.
    case : Case
        Under its approach.
    """
    met = standing.met
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
    text = " ".join(_sentences(found, demand, powers, standing, case))
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
    place = cited(demand.mark, case) if source else ""
    return f"‘{demand.label}’ ({sides}{f', {place}' if place else ''})"


def _sentences(
    found: Delivery, demand: Demand, powers: Powers | LargePowers, standing: Standing, case: Case
) -> Iterator[str]:
    who, what = case.party(demand.to).label, said(demand, case)
    if found.undecided and found.alone is None:
        yield f"Whether {who} can deliver {what} was not decided: {found.undecided}."
    elif found.alone:
        yield _able(who, what, standing, under(case, case.approach))
        return
    else:
        yield f"{what} is not {who}'s to deliver alone{_owners(demand, case)}."
        yield from _clout(found, demand, powers, case)
    yield from _others(found, demand, case)
    yield from _even_so(found, standing, under(case, case.approach))


def _able(who: str, what: str, standing: Standing, where: str) -> str:
    """Say that a party can, and whether it would."""
    if standing.met is None:
        return f"{who} can deliver {what} alone."
    if standing.nothing:
        told = f"{who} could deliver {what} alone; {where} nothing holds by itself, so whether it would is not told"
        return f"{told}{_but(standing)}."
    if standing.met:
        return f"{who} can deliver {what} alone, and {where} an outcome that holds by itself meets it."
    told = f"{who} can deliver {what} alone, but will not: {where} no outcome that holds by itself meets it"
    return f"{told}{_but(standing)}."


def _but(standing: Standing) -> str:
    """Say under what else an outcome that holds by itself meets the demand."""
    one = "an outcome that holds by itself meets it" if standing.nothing else "one does"
    return f"; {standing.elsewhere} {one}" if standing.elsewhere else ""


def _owners(demand: Demand, case: Case) -> str:
    """Say whose choice the demand turns on, where it is others'."""
    keys = [key for key in dict.fromkeys(options_in(demand.that.tree)) if case.option(key).party != demand.to]
    choices = [
        f"‘{case.option(key).label}’ is the choice of {case.party(case.option(key).party).label}" for key in keys
    ]
    return f": {listed(choices)}" if choices else ""


def _clout(found: Delivery, demand: Demand, powers: Powers | LargePowers, case: Case) -> Iterator[str]:
    """Say what the addressee's clout over others is worth for the demand."""
    who = case.party(demand.to).label
    counts = set(counting(case, demand.to, powers.today))
    own = [clout for clout in case.clout if clout.of == demand.to]
    own = [clout for clout in own if any(case.position[key] in powers.touched for key in clout.on)]
    strong = [clout for clout in own if clout in counts and clout.strength == "strong"]
    weak = [clout for clout in own if clout in counts and clout.strength == "weak"]
    if found.with_clout == "strong":
        yield f"Alone it cannot; with its strong clout over {_whom(strong, case)} it can."
    elif strong:
        yield f"Its strong clout over {_whom(strong, case)} does not suffice."
    if found.with_clout == "weak":
        yield f"{who}'s clout over {_whom(weak, case, ' is weak')}; if that were enough, it could."
    elif weak and not found.with_clout:
        yield f"{who}'s clout over {_whom(weak, case, ' is weak')}, and would not suffice."
    for clout in own:
        if clout not in counts and clout.condition is not None:
            needed = in_words(clout.condition.tree, case)
            over = _whom([clout], case)
            yield f"{who}'s {clout.strength} clout over {over} does not count today, for it needs: {needed}."


def _whom(some: Sequence[Clout], case: Case, then: str = "") -> str:
    """Name those over whom there is clout, then where that comes from."""
    sources = "; ".join(dict.fromkeys(filter(None, (cited(clout.mark, case) for clout in some))))
    return listed([case.party(clout.over).label for clout in some]) + then + (f" ({sources})" if sources else "")


def _others(found: Delivery, demand: Demand, case: Case) -> Iterator[str]:
    """Say who can, where whose choice it is does not say it already."""
    owners = {case.option(key).party for key in options_in(demand.that.tree)}
    if found.coalitions == (tuple(owners),) and found.alone is False:
        return
    others = [_group(group, case) for group in found.coalitions]
    if others:
        yield f"Who can: {listed(others, 'or')}."
    elif not found.undecided:
        yield "Not even all parties together can bring it about from where things stand today."


def _even_so(found: Delivery, standing: Standing, where: str) -> Iterator[str]:
    """Say whether what holds by itself meets a demand that its addressee cannot deliver."""
    if standing.met:
        yield f"Even so, {where} an outcome that holds by itself meets it."
    elif standing.nothing:
        yield f"{opening(where)} nothing holds by itself{_but(standing)}."
    elif standing.met is False:
        yield f"{opening(where)} no outcome that holds by itself meets it{_but(standing)}."


def _group(group: tuple[str, ...], case: Case) -> str:
    if not group:
        return "nobody needs to, it holds whatever is done"
    names = listed([case.party(id).label for id in group])
    return f"{names} together" if len(group) > 1 else f"{names} alone"
