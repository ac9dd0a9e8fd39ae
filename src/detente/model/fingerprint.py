"""This module owns a case's fingerprint: eight hex digits that change when, and only when, an answer can change.

Statements enter by what they mean, in one canonical form, so that neither spelling nor the order of "and" counts.
Titles, names, sources, notes and standings stay out; ids, and every order on which an answer's order rests, count.
"""

import json
from collections.abc import Iterable, Sequence
from fractions import Fraction
from hashlib import sha256
from typing import Any

from detente.model.canonical import Form, Sizes, canonical
from detente.model.case import Case
from detente.model.items import Approach, Feed, Party, Payment
from detente.model.statements import Statement


def fingerprint(case: Case) -> str:
    """Return the first 8 hex digits of SHA-256 over canonical JSON of all that can change an answer."""
    written = json.dumps(content(case), ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return sha256(written.encode()).hexdigest()[:8]


def content(case: Case) -> dict[str, Any]:
    """Return all that can change an answer, as plain data; equal for two cases that mean the same."""
    sizes = {option.key: option.size for option in case.options}
    return {
        "parties": [_party(case, party, sizes) for party in case.parties],
        "rules": [[_told(rule.that, sizes), rule.kind, rule.relaxable] for rule in case.rules],
        "resources": [[item.of, str(item.amount), _worths(item.uses, sizes)] for item in case.resources],
        "outcomes": {name: _told(statement, sizes) for name, statement in case.outcomes},
        "coalesce": sorted((_told(statement, sizes) for statement in case.coalesce), key=repr),
        "today": case.today,
        "table": _in_order(case, case.at_table),
        "accommodate": _in_order(case, case.counted),
        "patience": _number(case.patience),
        "conventions": [case.conventions.ties_sanction, case.conventions.return_sanctions],
        "states": case.states and [_word(case, text) for text in case.states],
        "moves": case.moves
        and {
            party: {_word(case, start): sorted(_word(case, end) for end in ends) for start, ends in arcs}
            for party, arcs in case.moves
        },
        "approaches": [_approach(case, approach, sizes) for approach in case.approaches],
        "monitoring": case.monitoring if case.feed is None else _feed(case.monitoring, case.feed, sizes),
        "approach": [case.approach, [_in_order(case, members) for members in case.coalitions]],
        "definitions": {key: _told(statement, sizes) for key, statement in case.definitions},
        **_relations(case, sizes),
    }


def _relations(case: Case, sizes: Sizes) -> dict[str, Any]:
    """Return what the parties want of each other, can do to each other, and give each other."""
    return {
        "demands": [
            [item.id, item.sender, item.to, _told(item.that, sizes), _number(item.from_time), _number(item.by_time)]
            for item in case.demands
        ],
        "complaints": [
            [item.id, item.sender, item.about, _told(item.that, sizes), _behind(case, item.sender, item.concern)]
            for item in case.complaints
        ],
        "clout": [
            [item.of, item.over, sorted(item.on), item.strength, _told(item.condition, sizes)] for item in case.clout
        ],
        "needs": [
            [item.party, item.needs, item.sender, _told(item.given_when, sizes), _number(item.loss_without)]
            + [[other.sender, str(other.loss)] for other in item.substitutes]
            for item in case.needs
        ],
        "payments": [
            [item.by, item.to, item.paid, _told(item.reward_for, sizes), str(item.amount), *_chances(item)]
            for item in case.payments
        ],
        "issues": [
            [item.id, _numbers(item.positions), _numbers(item.salience), _numbers(item.clout)] for item in case.issues
        ],
        **({"influence": [[row.of, _numbers(row.on)] for row in case.influence]} if case.influence else {}),
    }


def _party(case: Case, party: Party, sizes: Sizes) -> dict[str, Any]:
    concerns, ranking, weights = party.concerns, party.ranking, party.weights
    return {
        "id": party.id,
        "options": [[option.id, option.levels, option.direction] for option in party.options],
        "concerns": None if concerns is None else [[_told(item.want, sizes), item.core] for item in concerns],
        "ranking": None if ranking is None else [sorted(_word(case, text) for text in tied) for tied in ranking],
        "weights": None if weights is None else _worths(weights, sizes),
    }


def _word(case: Case, text: str) -> str:
    """Return a state as written in a ranking or a list, without the spaces that a word may have."""
    return text.replace(" ", "") if case.options else text


def _approach(case: Case, approach: Approach, sizes: Sizes) -> dict[str, Any]:
    return {
        "id": approach.id,
        "contracts": [[item.by, item.paid, _told(item.iff, sizes), item.binding] for item in approach.contracts],
        "deference": [[item.client, item.patron, item.on, _told(item.condition, sizes)] for item in approach.deference],
        "shared concerns": [[item.parties, item.which, item.order] for item in approach.shared_concerns],
        "coalitions": [_in_order(case, members) for members in approach.coalitions],
    }


def _feed(scenario: str, feed: Feed, sizes: Sizes) -> list[Any]:
    ways = [[way.party, way.way, _told(way.where, sizes)] for way in feed.taking_part]
    in_place = sorted([measure, _told(where, sizes)] for measure, where in feed.in_place)
    return [scenario, feed.classes, sorted(feed.agencies), ways, in_place]


def _told(statement: Statement | None, sizes: Sizes) -> Form | None:
    return None if statement is None else canonical(statement.tree, sizes)


def _worths(pairs: Sequence[tuple[Statement, Fraction]], sizes: Sizes) -> list[list[Any]]:
    return sorted(([canonical(statement.tree, sizes), str(worth)] for statement, worth in pairs), key=repr)


def _in_order(case: Case, parties: Iterable[str]) -> list[str]:
    listed = set(parties)
    return [id for id in case.party_ids if id in listed]


def _behind(case: Case, party: str, name: str) -> int | str:
    """Return which of the party's concerns a complaint rests on, by place: its name is only a label."""
    concerns = next((item.concerns for item in case.parties if item.id == party), None) or ()
    return next((place for place, concern in enumerate(concerns) if concern.label == name), name)


def _number(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _numbers(table: Sequence[tuple[str, Fraction]]) -> dict[str, str]:
    return {party: str(value) for party, value in table}


def _chances(item: Payment) -> list[str | None]:
    amounts = item.cost_of_effort, item.solves_with_chance, item.found_out_with_chance, item.after_success
    return [_number(amount) for amount in amounts]
