"""This module owns what an approach does to a case: a pure rewriting, from case to case.

The clauses of an approach combine in one order: contracts and promises, deference, shared concerns, coalitions. Each
kind starts from what the kind before it left, and all clauses of one kind start from the same concerns, so that
nothing depends on which of two parties that look to each other is rewritten first.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter

from detente.errors import CaseError, Fault, UnknownNameError, did_you_mean
from detente.look.summary import listed
from detente.model.case import Case
from detente.model.feasibility import broken
from detente.model.items import Approach, Concern, Contract, Deference
from detente.model.said import in_words, quoted
from detente.model.shared import Concerns, sharing
from detente.model.statements import Compare, If, Iff, Statement, holds, made, options_in
from detente.model.states import word

NONE = "none"


def under(case: Case, approach: str) -> Case:
    """Return the case as the parties play it when they see their relationship in a given way.

    Parameters
    ----------
    case : Case
        As written; it is not changed.
    approach : str
        The id of one of its approaches, or "none" for the case itself.

    Returns
    -------
    Case
        Concerns rewritten, contracts as `definitions`, today completed by them, `coalitions` and `approach` set.

    Raises
    ------
    UnknownNameError
        When the case has no such approach.
    CaseError
        With every fault of the approach; also when the case is already rewritten by another one.
    """
    if approach in (NONE, case.approach):
        return case
    known = {item.id: item for item in case.approaches}
    if approach not in known:
        raise UnknownNameError("approach", approach, [NONE, *known])
    if case.approach != NONE:
        what = f"the case is already rewritten by the approach {case.approach}"
        raise CaseError([Fault(what, f"ask the case as written for {approach}")])
    chosen = known[approach]
    faults = approach_faults(case, chosen)
    if faults:
        raise CaseError(faults)
    concerns = rewritten_concerns(case, chosen)
    rewritten = replace(
        case,
        parties=tuple(replace(party, concerns=concerns[party.id]) for party in case.parties),
        definitions=_definitions(chosen.contracts),
        coalitions=chosen.coalitions,
        approach=approach,
    )
    return _completed_today(rewritten)


def rewritten_concerns(case: Case, approach: Approach) -> dict[str, Concerns | None]:
    """Return what each party wants under an approach, by its id; the approach is not checked.

    Parameters
    ----------
    case : Case
        As written.
    approach : Approach
        One of its approaches, or another one that could be.
    """
    concerns = _promised(_own(case), approach.contracts)
    concerns = _deferring(case, concerns, approach.deference)
    return concerns | sharing({id: kept for id, kept in concerns.items() if kept is not None}, approach.shared_concerns)


def completed(case: Case, values: Sequence[int]) -> tuple[int, ...]:
    """Return a state with the options that contracts define set to what they define."""
    state = list(values)
    for key, statement in case.definitions:
        state[case.position[key]] = int(holds(statement.tree, lambda other: state[case.position[other]]))
    return tuple(state)


def approach_faults(case: Case, approach: Approach) -> list[Fault]:
    """Return everything that keeps an approach from being applied to a case, whatever today is."""
    where = f"approach {approach.id}"
    return [replace(fault, what=f"{where}: {fault.what}") for fault in _faults(case, approach)]


def completion_note(case: Case, approach: str) -> str:
    """Say what the contracts of an approach change today; "" where they change nothing. Raises as `under` does."""
    today = under(case, approach).today
    if not isinstance(today, tuple) or not isinstance(case.today, tuple):
        return ""
    changes: dict[str, list[str]] = {}
    for option, old, new in zip(case.options, case.today, today, strict=True):
        if old != new:
            changes.setdefault(f"{case.party(option.party).label} {'starts' if new else 'stops'}", []).append(
                quoted(option.label)
            )
    if not changes:
        return ""
    told = "; ".join(f"{who} {listed(labels)}" for who, labels in changes.items())
    was, becomes = word(case.today, case.options), word(today, case.options)
    return f"The contracts change today: {told} ({was} becomes {becomes})."


def _own(case: Case) -> dict[str, Concerns | None]:
    return {party.id: party.concerns for party in case.parties}


def _promised(concerns: Mapping[str, Concerns | None], contracts: Sequence[Contract]) -> dict[str, Concerns | None]:
    """Put each promise, "`with` iff `iff`", before the payer's concerns; several in their order."""
    found = dict(concerns)
    for contract in reversed([contract for contract in contracts if not contract.binding]):
        kept = made(Iff(Compare(contract.paid), contract.iff.tree))
        found[contract.by] = (Concern(kept, mark=contract.mark), *(found[contract.by] or ()))
    return found


def _deferring(
    case: Case, concerns: Mapping[str, Concerns | None], clauses: Sequence[Deference]
) -> dict[str, Concerns | None]:
    """Put what each client takes over from its patrons before all its own concerns; several clauses in their order."""
    found = dict(concerns)
    for client in dict.fromkeys(clause.client for clause in clauses):
        taken = [
            _conditional(case, item, clause)
            for clause in clauses
            if clause.client == client
            for item in _taken_over(case, concerns, clause)
        ]
        found[client] = (*taken, *(concerns[client] or ()))
    return found


def _taken_over(case: Case, concerns: Mapping[str, Concerns | None], clause: Deference) -> list[Concern]:
    if clause.on in (("core",), ("all",)):
        return [concern for concern in concerns[clause.patron] or () if concern.core or clause.on == ("all",)]
    demands = [case.demand(id) for id in clause.on]
    return [Concern(demand.that, mark=demand.mark) for demand in demands]


def _conditional(case: Case, item: Concern, clause: Deference) -> Concern:
    """Return "it, if `while`" as a concern of the client; whose core concern it was does not make it the client's."""
    if clause.condition is None:
        return replace(item, core=False)
    name = f"{item.mark.name}, if {in_words(clause.condition.tree, case)}" if item.mark.name else ""
    return Concern(made(If(item.want.tree, clause.condition.tree)), mark=replace(item.mark, name=name))


def _definitions(contracts: Sequence[Contract]) -> tuple[tuple[str, Statement], ...]:
    """Return what binding contracts define, each after all that it depends on."""
    bound = {contract.paid: contract.iff for contract in contracts if contract.binding}
    order = TopologicalSorter({key: _needs(iff, bound) for key, iff in bound.items()})
    return tuple((key, bound[key]) for key in order.static_order())


def _needs(iff: Statement, bound: Mapping[str, Statement]) -> list[str]:
    return [key for key in dict.fromkeys(options_in(iff.tree)) if key in bound]


def _completed_today(case: Case) -> Case:
    """Complete today as the contracts say; a today that the rules then forbid is a fault."""
    if not isinstance(case.today, tuple) or not case.definitions:
        return case
    today = completed(case, case.today)
    reasons = broken(case, today) if today != case.today else []
    if reasons:
        what = f"approach {case.approach}: the contracts change today to {word(today, case.options)}, which cannot be"
        raise CaseError([Fault(f"{what}: {reason}", "change today, the rule or the contract") for reason in reasons])
    return replace(case, today=today)


def _faults(case: Case, approach: Approach) -> Iterator[Fault]:
    yield from _contract_faults(case, approach.contracts)
    yield from _deference_faults(case, approach.deference)
    for clause in approach.shared_concerns:
        yield from _unknown_parties(case, clause.parties)
        for id in clause.parties:
            yield from _without_concerns(case, id, "shares concerns")
    for members in approach.coalitions:
        yield from _unknown_parties(case, members)


def _contract_faults(case: Case, contracts: Sequence[Contract]) -> Iterator[Fault]:
    seen: set[str] = set()
    for contract in contracts:
        if contract.paid not in case.position:
            yield Fault(f"no option is called {contract.paid!r}", did_you_mean(contract.paid, case.position))
            continue
        option = case.option(contract.paid)
        yield from _unknown_parties(case, [contract.by])
        if contract.by in case.party_ids and option.party != contract.by:
            remedy = f"write by: {option.party}, or name an option of {contract.by}"
            yield Fault(
                f"the contract by {contract.by} pays with {option.key}, which belongs to {option.party}", remedy
            )
        if option.levels:
            remedy = "a contract needs a yes/no option; split the option, or contract on another one"
            yield Fault(f"the contract pays with {option.key}, which has levels", remedy)
        if contract.paid in seen:
            yield Fault(f"two contracts pay with {contract.paid}", "join their conditions in one contract")
        seen.add(contract.paid)
        if not contract.binding:
            yield from _without_concerns(case, contract.by, "makes a promise")
    try:
        _definitions(contracts)
    except CycleError as error:
        circle = list(reversed(error.args[1]))
        what = "the contract on {0} depends on itself" if len(circle) == 2 else "contracts form a circle: {1}"
        remedy = "take one of them out, or make it a promise (binding: false)"
        yield Fault(what.format(circle[0], " depends on ".join(circle)), remedy)


def _deference_faults(case: Case, clauses: Sequence[Deference]) -> Iterator[Fault]:
    known = [demand.id for demand in case.demands]
    for clause in clauses:
        yield from _unknown_parties(case, [clause.client, clause.patron])
        yield from _without_concerns(case, clause.client, f"defers to {clause.patron}")
        if clause.client == clause.patron:
            yield Fault(f"{clause.client} defers to itself", "name another party as the patron")
        if clause.on in (("core",), ("all",)):
            yield from _without_concerns(case, clause.patron, f"is deferred to on its {clause.on[0]} concerns")
            continue
        for id in clause.on:
            if id not in known:
                yield Fault(f"no demand is called {id!r}", did_you_mean(id, known))


def _unknown_parties(case: Case, ids: Sequence[str]) -> Iterator[Fault]:
    for id in ids:
        if id not in case.party_ids:
            yield Fault(f"no party is called {id!r}", did_you_mean(id, case.party_ids))


def _without_concerns(case: Case, id: str, what: str) -> Iterator[Fault]:
    if id in case.party_ids and case.party(id).concerns is None:
        remedy = f"write concerns for {id} (concerns: [] where everything is equal to it), or take the clause out"
        yield Fault(f"{id} {what} and has no concerns", remedy)
