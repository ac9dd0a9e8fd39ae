"""This module owns where a party's concerns under an approach come from, and how each is called.

The case file numbers each party's concerns. An approach adds some in between, so that places among all of them would
differ from one approach to the next: a concern of the file is always called by its number there, any other by what
brought it in: a promise, deference to a patron, or sharing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from detente.game import Setting
from detente.look.summary import listed, ordinal
from detente.model.case import Case
from detente.model.items import Approach, Concern, Deference
from detente.model.shared import meaning
from detente.model.statements import Compare, If, Iff, Tree, spelled_out
from detente.questions.phrases import called, in_words

OWN, PROMISED, DEFERRED, SHARED = "own", "promised", "deferred", "shared"


@dataclass(frozen=True, slots=True)
class Origin:
    """How a concern is called, and where it comes from.

    Parameters
    ----------
    kind : str
        own (of the case file), promised, deferred or shared (added by the approach).
    label : str
        Its name, quoted: ``‘clean-up’``; what it wants where it has none: ``no ‘accept the dam’``.
    number : int
        Its place among the party's own in the case file; 0 where it is not one of them.
    place : str
        ``its 6th concern``, ``its promise``, ``taken over from US``, ``shared from Pakistan``.
    named : bool
        Whether it has a name.
    """

    kind: str
    label: str
    number: int
    place: str
    named: bool = True

    @property
    def said(self) -> str:
        """Its name with where it comes from: ``‘clean-up’ (its 1st concern)``, ``its 2nd concern, no ‘dam’``."""
        if self.kind == PROMISED:
            return f"{self.place}, {self.label}"
        if self.named:
            return f"{self.label} ({self.place})"
        return f"{self.place if self.number else f'a concern {self.place}'}, {self.label}"


@lru_cache(maxsize=128)
def origins(setting: Setting, party: int) -> tuple[Origin, ...]:
    """Return where each of a party's concerns under the setting's approach comes from, in their order there."""
    case, rewritten = setting.case, setting.rewritten
    owner, concerns = case.parties[party], rewritten.parties[party].concerns or ()
    own: dict[Tree, tuple[int, Concern]] = {}
    for number, concern in enumerate(owner.concerns or (), 1):
        own.setdefault(meaning(concern), (number, concern))
    approach = next((each for each in case.approaches if each.id == rewritten.approach), None)
    added = {} if approach is None else _added(case, approach, owner.id)
    found = []
    for concern in concerns:
        key = meaning(concern)
        if key in own:
            number, written = own[key]
            found.append(_origin(case, OWN, written, f"its {ordinal(number)} concern", number))
        else:
            found.append(added.get(key) or _origin(case, SHARED, concern, "added by the approach"))
    return tuple(found)


def _added(case: Case, approach: Approach, id: str) -> dict[Tree, Origin]:
    """Return what an approach can add to a party's concerns, by what it means."""
    mine = _promises(case, approach, id) | _deferred(case, approach, id)
    partners = dict.fromkeys(
        partner
        for clause in approach.shared_concerns
        if id in clause.parties
        for partner in clause.parties
        if partner != id
    )
    theirs: dict[Tree, list[Origin]] = {}
    names: dict[Tree, list[str]] = {}
    for partner in partners:
        offered = {meaning(each): _origin(case, SHARED, each, "") for each in case.party(partner).concerns or ()}
        for key, origin in (offered | _promises(case, approach, partner) | _deferred(case, approach, partner)).items():
            theirs.setdefault(key, []).append(origin)
            names.setdefault(key, []).append(case.party(partner).label)
    shared = {
        key: replace(found[0], kind=SHARED, place=f"shared from {listed(names[key])}") for key, found in theirs.items()
    }
    return shared | mine


def _origin(case: Case, kind: str, concern: Concern, place: str, number: int = 0) -> Origin:
    return Origin(kind, called(concern, case), number, place, bool(concern.mark.name))


def _promises(case: Case, approach: Approach, id: str) -> dict[Tree, Origin]:
    trees = [Iff(Compare(c.paid), c.iff.tree) for c in approach.contracts if c.by == id and not c.binding]
    return {spelled_out(tree): Origin(PROMISED, in_words(tree, case), 0, "its promise") for tree in trees}


def _deferred(case: Case, approach: Approach, id: str) -> dict[Tree, Origin]:
    found: dict[Tree, Origin] = {}
    for clause in approach.deference:
        if clause.client == id:
            for tree, label in _asked(case, approach, clause).items():
                when = "" if clause.condition is None else f", if {in_words(clause.condition.tree, case)}"
                whole = tree if clause.condition is None else If(tree, clause.condition.tree)
                place = f"taken over from {case.party(clause.patron).label}"
                found.setdefault(spelled_out(whole), Origin(DEFERRED, f"{label}{when}", 0, place))
    return found


def _asked(case: Case, approach: Approach, clause: Deference) -> Mapping[Tree, str]:
    """Return what a client takes over from a patron, and how that is called."""
    if clause.on in (("core",), ("all",)):
        promised = {} if clause.on == ("core",) else _promises(case, approach, clause.patron)
        concerns = case.party(clause.patron).concerns or ()
        kept = {c.want.tree: called(c, case) for c in concerns if c.core or clause.on == ("all",)}
        return kept | {key: origin.label for key, origin in promised.items()}
    return {demand.that.tree: f"‘{demand.label}’" for demand in map(case.demand, clause.on)}
