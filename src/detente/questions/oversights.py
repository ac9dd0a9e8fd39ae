"""This module owns what the author of a sound case may have overlooked, besides concerns that decide nothing: a demand
on one who has no hand in it, an option that nobody minds, an approach that says nothing.
"""

from collections.abc import Iterator

from detente.errors import Fault
from detente.look.summary import listed
from detente.model.case import Case, Demand
from detente.model.statements import options_in

Found = tuple[tuple[str | int, ...], Fault]


def oversights(case: Case) -> list[Found]:
    """Return warnings, each with the path of the item it is about.

    Parameters
    ----------
    case : Case
        Sound, and as written.
    """
    return [*_misaddressed(case), *_unmentioned(case), *_empty(case)]


def _misaddressed(case: Case) -> Iterator[Found]:
    """Yield the demands on a party that owns no option in them, no clout over one, and no rule that ties it to one."""
    for place, demand in enumerate(case.demands):
        asked = dict.fromkeys(options_in(demand.that.tree))
        if not asked or _has_a_hand(case, demand, set(asked)):
            continue
        owners = [id for id in case.party_ids if id != demand.sender and any(case.option(k).party == id for k in asked)]
        mend = f"address it to {listed(owners, 'or')}" if owners else f"{demand.sender} can do it alone: take it out"
        what = f"{demand.sender} demands ‘{demand.label}’ of {demand.to}, which has no option in {demand.that}"
        remedy = f"{mend}, or say what clout {demand.to} has over {listed(list(asked), 'or')}"
        yield ("demands", place, "to"), Fault(what, remedy, warning=True)


def _has_a_hand(case: Case, demand: Demand, asked: set[str]) -> bool:
    own = {option.key for option in case.party(demand.to).options}
    reached = {key for clout in case.clout if clout.of == demand.to for key in clout.on}
    uses = [[statement for statement, _ in resource.uses] for resource in case.resources]
    tied = [set(options_in(rule.that.tree)) for rule in case.rules]
    tied += [{key for statement in statements for key in options_in(statement.tree)} for statements in uses]
    return bool((own | reached) & asked) or any(own & keys and asked & keys for keys in tied)


def _unmentioned(case: Case) -> Iterator[Found]:
    """Yield the options that nothing mentions; none where states are ranked or listed, or nothing is mentioned yet."""
    if case.states is not None or case.moves is not None or any(party.ranking is not None for party in case.parties):
        return
    mentioned = {key for statement in case.every_statement() for key in options_in(statement.tree)}
    if not mentioned:
        return
    mentioned |= {key for clout in case.clout for key in clout.on} | {payment.paid for payment in case.payments}
    mentioned |= {contract.paid for approach in case.approaches for contract in approach.contracts}
    for option in case.options:
        if option.key not in mentioned:
            what = f"nothing mentions {option.key}: nobody minds it, and no rule or demand is about it"
            remedy = "say who minds it, or take it out: it only multiplies the states"
            yield ("parties", option.party, "options", option.id), Fault(what, remedy, warning=True)


def _empty(case: Case) -> Iterator[Found]:
    """Yield the approaches without a clause."""
    for approach in case.approaches:
        if not (approach.contracts or approach.deference or approach.shared_concerns or approach.coalitions):
            what = f"the approach {approach.id} has no clause, and changes nothing"
            remedy = "give it contracts, deference, shared concerns or coalitions, or take it out"
            yield ("approaches", approach.id), Fault(what, remedy, warning=True)
