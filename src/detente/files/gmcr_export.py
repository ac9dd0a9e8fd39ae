"""This module owns the export of a case as a ``.gmcr`` file, for GMCR+; `detente.files.gmcr` says what its keys mean.

GMCR+ knows yes/no options, patterns that cannot be, and statements or rankings. Rules and concerns become patterns of
exactly the same meaning; where that is not possible, nothing is written. What GMCR+ has no place for is said.
"""

import json
from collections.abc import Mapping
from itertools import groupby
from typing import Any

from detente.errors import NotAvailableError, TooLargeError
from detente.files.patterns import Pattern, outside, patterns, states_without
from detente.model.case import Case
from detente.model.items import Conventions, Party, Resource
from detente.model.statements import Within, holds
from detente.model.states import values

DIRECTIONS = {"": "both", "on": "fwd", "off": "back"}
SAFE_STATEMENTS = 31  # GMCR+ adds up powers of two in machine integers


def write_gmcr(case: Case) -> tuple[str, tuple[str, ...]]:
    """Write a case for GMCR+.

    Parameters
    ----------
    case : Case
        In option form, with yes/no options only, and as written (under no approach).

    Returns
    -------
    text : str
        The content of a ``.gmcr`` file: the same possible states, moves and rankings. It also holds the case's title
        and ids, under keys that GMCR+ ignores and does not save again.
    losses : tuple of str
        What the case says and the file does not, one sentence each.

    Raises
    ------
    NotAvailableError
        With every reason why GMCR+ cannot hold the case.
    """
    _expressible(case)
    losses = _left_out(case)
    infeasible = _infeasible(case, losses)
    manual, statements = _statements(case, losses)
    rankings = _rankings(case, infeasible) if manual else {}
    makers = []
    for party in case.parties:
        maker: dict[str, Any] = {
            "name": party.label,
            "options": [case.position[option.key] for option in party.options],
            "preferences": [_statement(members) for members in statements.get(party.id, [])],
            "id": party.id,
        }
        if manual:
            maker["preferenceRanking"] = rankings[party.id]
        makers.append(maker)
    data = {
        "title": case.title,
        "options": [{"name": o.label, "permittedDirection": DIRECTIONS[o.direction], "id": o.id} for o in case.options],
        "decisionMakers": makers,
        "infeasibles": [_pattern(pattern) for pattern in infeasible],
        "useManualPreferenceRanking": manual,
        "coalitions": list(range(len(makers))),
        "program": "detente",
    }
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n", tuple(losses)


def _expressible(case: Case) -> None:
    """Raise with every reason why GMCR+ cannot hold a case."""
    levelled = [option.key for option in case.options if option.levels]
    reasons = {
        "the states have names instead of options": not case.options,
        "moves are given one by one": case.moves is not None,
        f"options have levels ({', '.join(levelled)})": bool(levelled),
        f"it was rewritten under the approach {case.approach!r}; write the case itself": bool(case.definitions),
    }
    said = [reason for reason, holds_here in reasons.items() if holds_here]
    if said:
        raise NotAvailableError(f"GMCR+ cannot hold this case: {'; '.join(said)}")


def _left_out(case: Case) -> list[str]:
    """Return a sentence for everything in a case that GMCR+ has no place for."""
    fields = {
        "today": case.today is not None,
        "table": case.table,
        "accommodate": case.accommodate,
        "patience": case.patience is not None,
        "conventions": case.conventions != Conventions(),
        "demands": case.demands,
        "complaints": case.complaints,
        "clout": case.clout,
        "needs": case.needs,
        "payments": case.payments,
        "approaches": case.approaches,
        "issues": case.issues,
        "influence": case.influence,
        "monitoring": case.monitoring,
        "sources": case.sources,
    }
    said = [name for name, there in fields.items() if there]
    concerns = [concern for party in case.parties for concern in party.concerns or ()]
    marks = [case.mark, *(mark for _, mark in case.outcome_marks)]
    for items in (case.parties, case.options, concerns, case.rules, case.resources):
        marks += [item.mark for item in items]
    sentences = [f"GMCR+ has no place for {', '.join(said)}: left out."] if said else []
    if any(mark.note or mark.source or mark.standing for mark in marks):
        sentences.append("GMCR+ has no place for notes, and for where an item comes from: left out.")
    if any(concern.core or concern.mark.name for concern in concerns):
        sentences.append("GMCR+ has no place for names of concerns, and for which are core: left out.")
    if any(rule.kind != "logical" or rule.because or rule.relaxable or rule.mark.name for rule in case.rules):
        sentences.append("GMCR+ has no place for names, kinds and reasons of rules, and which are relaxable: left out.")
    if case.outcomes:
        sentences.append("Outcomes have no name in GMCR+: where they are used, their meaning stands.")
    if case.approach != "none":
        sentences.append(f"The parties want what they want under the approach {case.approach!r}.")
    if case.coalesce:
        sentences.append(
            "GMCR+ cannot merge states: those merged here stand apart there, tied for everybody, with their own moves."
        )
    if len(case.parties) > 2:
        sentences.append(
            "In a joint sanction GMCR+ lets each opponent move once only: with three or more parties its GMR, SMR and "
            "SEQ can differ from detente's."
        )
    return sentences


def _infeasible(case: Case, losses: list[str]) -> list[Pattern]:
    """Return patterns over option indices that together match exactly the states that cannot be."""
    trees = [(f"The rule {rule.label!r}", rule.that.tree) for rule in case.rules]
    trees += [(f"The resource {resource.name!r}", _within(resource)) for resource in case.resources]
    found: list[Pattern] = []
    for what, tree in trees:
        try:
            excluded = patterns(tree, wanted=False)
        except TooLargeError as error:
            raise NotAvailableError(f"GMCR+ cannot hold this case: {what} cannot be said by patterns") from error
        if not excluded:
            losses.append(f"{what} always holds: left out.")
        elif len(excluded) > 1:
            losses.append(f"{what} was written as {len(excluded)} patterns that cannot be.")
        found += [{case.position[key]: value for key, value in pattern.items()} for pattern in excluded]
    if case.states is not None:
        listed = {_number(values(word, case.options)) for word in case.states}
        rest = outside(listed, len(case.options))
        losses.append(f"The list of states was written as {len(rest)} patterns that cannot be.")
        found += rest
    return found


def _within(resource: Resource) -> Within:
    """Return a resource as a statement, in whole numbers."""
    amounts = [resource.amount, *(cost for _, cost in resource.uses)]
    scale = 1
    for amount in amounts:
        scale *= amount.denominator
    limit, *costs = (int(amount * scale) for amount in amounts)
    return Within(tuple(costs), tuple(statement.tree for statement, _ in resource.uses), limit)


def _number(state: Any) -> int:
    return sum(1 << option for option, value in enumerate(state) if value)


def _statements(case: Case, losses: list[str]) -> tuple[bool, dict[str, list[list[Pattern]]]]:
    """Return whether rankings are needed, and each party's concerns as lists of patterns of which one must match."""
    by_hand = [party for party in case.parties if party.ranking is not None or party.weights is not None]
    found: dict[str, list[list[Pattern]]] = {}
    for party in case.parties:
        try:
            lists = [patterns(concern.want.tree) for concern in party.concerns or ()]
        except TooLargeError:
            losses.append(f"The concerns of {party.label} cannot all be said by patterns.")
            by_hand.append(party)
            continue
        found[party.id] = [
            [{case.position[key]: value for key, value in pattern.items()} for pattern in members]
            for members in lists
            if members and members != [{}]
        ]
        if len(found[party.id]) < len(lists):
            losses.append(
                f"Concerns of {party.label} that are true in every state, or in none, rank nothing: left out."
            )
        if len(lists) > SAFE_STATEMENTS:
            losses.append(f"{party.label} has {len(lists)} concerns; GMCR+ is not safe beyond {SAFE_STATEMENTS}.")
    if by_hand:
        others = [party.label for party in case.parties if party not in by_hand]
        weighted = [party.label for party in by_hand if party.weights is not None]
        if others or weighted:
            losses.append(
                "GMCR+ takes rankings for all parties or for none: what "
                f"{', '.join([*weighted, *others])} want was written as a ranking of all states."
            )
    return bool(by_hand), found


def _rankings(case: Case, infeasible: list[Pattern]) -> dict[str, list[Any]]:
    """Return each party's ranking as GMCR+ numbers the possible states, ties as lists."""
    try:
        states = states_without(len(case.options), infeasible)
    except TooLargeError as error:
        raise NotAvailableError(f"GMCR+ cannot hold this case: it needs rankings, and {error}") from error
    found: dict[str, list[Any]] = {}
    for party in case.parties:
        worth = _worth(case, party, states)
        levels = [worth[state] for state in states]
        order = sorted(range(len(states)), key=levels.__getitem__, reverse=True)
        groups = [[index + 1 for index in tied] for _, tied in groupby(order, key=levels.__getitem__)]
        found[party.id] = [group if len(group) > 1 else group[0] for group in groups]
    return found


def _worth(case: Case, party: Party, states: list[int]) -> Mapping[int, Any]:
    """Return how good every state is for a party: larger is better; only the order counts."""
    if party.ranking is not None:
        worth: dict[int, int] = {}
        for height, group in enumerate(reversed(party.ranking)):
            for word in group:
                for state in _matched(values(word, case.options), states):
                    worth[state] = height
        return worth
    trees = [(statement.tree, amount) for statement, amount in party.weights or ()]
    wants = [concern.want.tree for concern in party.concerns or ()]

    def level(state: int) -> Any:
        return lambda key: state >> case.position[key] & 1

    if party.weights is not None:
        return {state: sum(amount for tree, amount in trees if holds(tree, level(state))) for state in states}
    return {state: tuple(bool(holds(tree, level(state))) for tree in wants) for state in states}


def _matched(state: Any, states: list[int]) -> list[int]:
    """Return the possible states that agree with a word."""
    care = sum(1 << option for option, value in enumerate(state) if value is not None)
    return [other for other in states if other & care == _number(state)]


def _pattern(pattern: Pattern) -> list[list[Any]]:
    return [[option, "Y" if value else "N"] for option, value in sorted(pattern.items())]


def _statement(members: list[Pattern]) -> Any:
    if len(members) == 1:
        return _pattern(members[0])
    return {"compound": True, "members": [_pattern(pattern) for pattern in members]}
