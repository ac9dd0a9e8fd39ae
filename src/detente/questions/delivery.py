"""This module owns whether a demand can be delivered: by its addressee, with its clout, by others; if it would be; and
who can prevent it.

Five answers are told apart. Who can deliver alone *can*, or *will not* where no state that holds by itself has the
demand met. Who can with strong clout, or in a smallest group of parties that can, *can only with others*, or
*could, but it would not hold*. Everybody else *cannot*. To prevent a demand is to deliver that it is not met.
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
from detente.questions.powers import Groups, LargePowers, Powers, minimal_groups, options_of

STRENGTHS = ("strong", "weak")
CAN, WITH, WILL_NOT, UNHELD, CANNOT = VERDICTS = (
    "can",
    "can only with others",
    "will not",
    "could, but it would not hold",
    "cannot",
)
Parties = tuple[str, ...]


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
    preventers : tuple of tuples of str
        All minimal groups of parties that can prevent it, whatever the others do; ``()`` in it where nobody needs to.
    prevention : str
        That in a sentence; "" where nobody can, or it cannot come about at all.
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
    preventers: tuple[Parties, ...] = ()
    prevention: str = ""

    @property
    def verdict(self) -> str | None:
        """One of `VERDICTS`; None where it was not decided."""
        if self.alone is None:
            return None
        if self.alone:
            return WILL_NOT if self.met is False else CAN
        if self.with_clout == "strong" or self.helped:
            return UNHELD if self.met is False else WITH
        return CANNOT

    @property
    def helped(self) -> tuple[Parties, ...]:
        """The minimal groups with the addressee in them that can deliver, where it cannot alone."""
        return () if self.alone else tuple(group for group in self.coalitions if self.to in group)

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
            "prevented by": [list(group) for group in self.preventers],
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
        Under what else a state that holds by itself meets it, in words; looked for where none does here.
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
    against = minimal_groups(powers.opposite())
    if groups.undecided or against.undecided:
        undecided = "there are too many choices to look at"
    coalitions, preventers = _parties(groups, case), _parties(against, case)
    prevention = _prevention(preventers, case)
    found = Delivery(
        demand.id, demand.to, alone, with_clout, coalitions, met, undecided, "", (), preventers, prevention
    )
    return replace(found, text=" ".join(_sentences(found, demand, powers, standing, case)))


def _parties(groups: Groups, case: Case) -> tuple[Parties, ...]:
    return tuple(tuple(case.party_ids[member] for member in group) for group in groups.groups)


def _prevention(preventers: Sequence[Parties], case: Case) -> str:
    if not any(preventers):
        return ""
    return f"Who can prevent it, whatever the others do: {listed([_group(group, case) for group in preventers], 'or')}."


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
    who, what, where = case.party(demand.to).label, said(demand, case), under(case, case.approach)
    if found.alone is None:
        yield f"Whether {who} can deliver {what} was not decided: {found.undecided}."
        yield from _others(found, demand, case)
        yield from _even_so(found, standing, where)
    elif found.alone:
        yield _able(who, what, standing, where)
    elif found.verdict == CANNOT:
        yield f"{who} cannot deliver {what}{_owners(demand, case)}."
        yield from _clout(found, demand, powers, case)
        yield from _others(found, demand, case)
        yield from _even_so(found, standing, where)
    else:
        helpers = _helpers(found, demand, powers, case)
        yield _with_help(who, what, helpers, standing, where)
        yield from _clout(found, demand, powers, case)
        yield from _others(found, demand, case)


def _helpers(found: Delivery, demand: Demand, powers: Powers | LargePowers, case: Case) -> str:
    """Say with whom, or with which clout, an addressee can deliver that cannot alone."""
    if found.with_clout == "strong":
        used = [each for each in _used(demand, powers, case) if each.strength == "strong"]
        return f"its strong clout over {_whom(used, case)}"
    groups = [tuple(id for id in group if id != found.to) for group in found.helped]
    return listed([listed([case.party(id).label for id in group]) for group in groups], "or with")


def _with_help(who: str, what: str, helpers: str, standing: Standing, where: str) -> str:
    """Say that a party can only with others, and whether that would hold."""
    if standing.met is None:
        return f"{who} can deliver {what} only with {helpers}."
    if standing.met:
        return f"{who} can deliver {what} only with {helpers}, and {where} a state that holds by itself meets it."
    if standing.nothing:
        told = f"{who} could deliver {what} only with {helpers}; {where} nothing holds by itself, so whether it would "
        return f"{told}hold is not told{_but(standing)}."
    told = f"{who} could deliver {what} only with {helpers}, but it would not hold: {where} no state that holds by "
    return f"{told}itself meets it{_but(standing)}."


def _able(who: str, what: str, standing: Standing, where: str) -> str:
    """Say that a party can, and whether it would."""
    if standing.met is None:
        return f"{who} can deliver {what} alone."
    if standing.nothing:
        told = f"{who} could deliver {what} alone; {where} nothing holds by itself, so whether it would is not told"
        return f"{told}{_but(standing)}."
    if standing.met:
        return f"{who} can deliver {what} alone, and {where} a state that holds by itself meets it."
    told = f"{who} can deliver {what} alone, but will not: {where} no state that holds by itself meets it"
    return f"{told}{_but(standing)}."


def _but(standing: Standing) -> str:
    """Say under what else a state that holds by itself meets the demand."""
    one = "a state that holds by itself meets it" if standing.nothing else "one does"
    return f"; {standing.elsewhere} {one}" if standing.elsewhere else ""


def _owners(demand: Demand, case: Case) -> str:
    """Say whose choice the demand turns on, where it is others'."""
    keys = [key for key in dict.fromkeys(options_in(demand.that.tree)) if case.option(key).party != demand.to]
    choices = [
        f"‘{case.option(key).label}’ is the choice of {case.party(case.option(key).party).label}" for key in keys
    ]
    return f": {listed(choices)}" if choices else ""


def _used(demand: Demand, powers: Powers | LargePowers, case: Case) -> list[Clout]:
    """Return the addressee's clout over options that can matter to a demand."""
    own = [clout for clout in case.clout if clout.of == demand.to]
    return [clout for clout in own if any(case.position[key] in powers.touched for key in clout.on)]


def _clout(found: Delivery, demand: Demand, powers: Powers | LargePowers, case: Case) -> Iterator[str]:
    """Say what the addressee's clout over others is worth for the demand, where it is not what it can deliver with."""
    who = case.party(demand.to).label
    counts, own = set(counting(case, demand.to, powers.today)), _used(demand, powers, case)
    strong = [clout for clout in own if clout in counts and clout.strength == "strong"]
    weak = [clout for clout in own if clout in counts and clout.strength == "weak"]
    if strong and found.with_clout != "strong":
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
    if found.verdict == CANNOT and found.coalitions == (tuple(owners),):
        return
    strong = found.with_clout == "strong"
    others = [group for group in found.coalitions if strong or group not in found.helped]
    if others:
        who = "Who can without that" if strong else "Who can without it" if found.helped else "Who can"
        yield f"{who}: {listed([_group(group, case) for group in others], 'or')}."
    elif not found.coalitions and not found.undecided:
        yield "Not even all parties together can bring it about from where things stand today."


def _even_so(found: Delivery, standing: Standing, where: str) -> Iterator[str]:
    """Say whether what holds by itself meets a demand that its addressee cannot deliver."""
    if standing.met:
        yield f"Even so, {where} a state that holds by itself meets it."
    elif standing.nothing:
        yield f"{opening(where)} nothing holds by itself{_but(standing)}."
    elif standing.met is False:
        yield f"{opening(where)} no state that holds by itself meets it{_but(standing)}."


def _group(group: tuple[str, ...], case: Case) -> str:
    if not group:
        return "nobody needs to, it holds whatever is done"
    names = listed([case.party(id).label for id in group])
    return f"{names} together" if len(group) > 1 else f"{names} alone"
