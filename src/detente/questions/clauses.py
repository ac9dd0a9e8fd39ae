"""This module owns what an approach assumes of how the parties see each other, a plain sentence a clause."""

from collections.abc import Iterator

from detente.look.summary import listed
from detente.model.case import Case
from detente.model.items import Approach, Contract, Deference, Mark, SharedConcerns
from detente.questions.phrases import bracketed, in_words, named

ASSUMED = "Assumed: "


def clauses_in_words(case: Case, approach: str) -> list[str]:
    """Return what an approach assumes, a sentence a clause, each named as an assumption and with its source.

    Parameters
    ----------
    case : Case
        As written.
    approach : str
        The id of one of its approaches; "none" assumes nothing.

    Returns
    -------
    list of str
        Such as ``Assumed: US, Pakistan and Kabul each count the others' core concerns as their own, before any other
        concern (rizvi-2018 ¶5).``
    """
    told = [clause for each in case.approaches if each.id == approach for clause in _clauses(case, each)]
    return [f"{ASSUMED}{text}{bracketed(mark, case)}." for text, mark in told]


def _clauses(case: Case, approach: Approach) -> Iterator[tuple[str, Mark]]:
    """Yield each clause in words, with its citation, else that of the approach."""
    told = [(_contract(case, each), each.mark) for each in approach.contracts]
    told += [(_deference(case, each), each.mark) for each in approach.deference]
    told += [(_shared(case, each), each.mark) for each in approach.shared_concerns]
    told += [
        (f"{_parties(case, each)} can move together as a coalition", approach.mark) for each in approach.coalitions
    ]
    for text, mark in told:
        yield text, mark if mark.source or mark.standing else approach.mark


def _contract(case: Case, clause: Contract) -> str:
    payer, paid = case.party(clause.by).label, named(case.option(clause.paid), case)
    iff = in_words(clause.iff.tree, case)
    if clause.binding:
        return f"{payer} is bound by contract to {paid} if and only if {iff}"
    return f"{payer} promises {paid} if and only if {iff}, and puts keeping this promise before its own concerns"


def _deference(case: Case, clause: Deference) -> str:
    client, patron = case.party(clause.client).label, case.party(clause.patron).label
    if clause.on in (("core",), ("all",)):
        what = f"{patron}'s core concerns" if clause.on == ("core",) else f"all concerns of {patron}"
    else:
        labels = [f"‘{case.demand(id).label}’" for id in clause.on]
        what = f"{'demand' if len(labels) == 1 else 'demands'} {listed(labels)}"
        what = (
            f"{patron}'s {what}" if all(case.demand(id).sender == clause.patron for id in clause.on) else f"the {what}"
        )
    while_ = f", while {in_words(clause.condition.tree, case)} holds" if clause.condition else ""
    return f"{client} defers to {patron}: it puts {what} before its own concerns{while_}"


def _shared(case: Case, clause: SharedConcerns) -> str:
    others = "the other's" if len(clause.parties) == 2 else "the others'"
    which = "core concerns" if clause.which == "core" else "concerns"
    first = ", before any other concern" if (clause.which, clause.order) == ("core", "") else ", rank by rank"
    return f"{_parties(case, clause.parties)} each count {others} {which} as their own{first}"


def _parties(case: Case, ids: tuple[str, ...]) -> str:
    return listed([case.party(id).label for id in ids])
