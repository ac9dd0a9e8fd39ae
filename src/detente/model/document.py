"""This module owns how a case is written down: as plain data, in exactly the form and key order of the case file.

Short forms stand wherever nothing else is said: a concern without marks is a string, a rule that is logical too, an
option with nothing but a name is that name (``{}`` without one). Statements stand by their text, rational numbers as
int, as float where its shortest decimal is exact, else as a string such as ``2/5``. `detente.files` reads all of it.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from detente.model.case import (
    Approach,
    Case,
    Clout,
    Complaint,
    Concern,
    Contract,
    Conventions,
    Deference,
    Demand,
    Feed,
    Influence,
    Issue,
    Mark,
    Need,
    Option,
    Party,
    Payment,
    Resource,
    Rule,
    SharedConcerns,
)
from detente.model.statements import Statement

Data = dict[str, Any]
UNKNOWN = "unknown"
"""What stands under ``today`` where that is not known."""


def document(case: Case) -> Data:
    """Return the case as plain data, in the form of the case file.

    Parameters
    ----------
    case : Case
        As written; of a case rewritten by an approach, the rewritten concerns are shown.

    Returns
    -------
    dict
        Strings, numbers, bools, lists and dicts only, in the key order of the file format.
    """
    data: Data = {"title": case.title}
    data |= _marks(case.mark)
    data |= _said(
        {
            "sources": dict(case.sources),
            "parties": {party.id: party_data(party) for party in case.parties},
            "rules": [rule_data(rule) for rule in case.rules],
            "outcomes": _outcomes(case),
            "coalesce": [text_of(statement) for statement in case.coalesce],
        }
    )
    today = today_data(case)
    if today is not None:
        data["today"] = today
    data |= _said({"table": list(case.table), "accommodate": list(case.accommodate)})
    if case.patience is not None:
        data["patience"] = number(case.patience)
    data |= _said(
        {
            "conventions": _conventions(case.conventions),
            "demands": [demand_data(demand) for demand in case.demands],
            "complaints": [_complaint(complaint) for complaint in case.complaints],
            "resources": [_resource(resource) for resource in case.resources],
            "clout": [clout_data(clout) for clout in case.clout],
            "needs": [_need(need) for need in case.needs],
            "payments": [_payment(payment) for payment in case.payments],
            "approaches": {approach.id: approach_data(approach) for approach in case.approaches},
            "issues": {issue.id: _issue(issue) for issue in case.issues},
            "influence": [_influence(row) for row in case.influence],
            "monitoring": case.monitoring if case.feed is None else _feed(case.monitoring, case.feed),
        }
    )
    if case.states is not None:
        data["states"] = list(case.states)
    if case.moves is not None:
        data["moves"] = {party: {start: list(ends) for start, ends in arcs} for party, arcs in case.moves}
    return data


def number(value: Fraction) -> int | float | str:
    """Write a rational number: an int, a float whose shortest decimal is exact, or ``numerator/denominator``."""
    if value.denominator == 1:
        return value.numerator
    decimal = float(value)
    return decimal if Fraction(repr(decimal)) == value else str(value)


def today_data(case: Case) -> str | list[str | dict[str, str]] | None:
    """Return today as a list of the options taken and ``{option: level}`` items; a plain state's name; or None.

    A case with options in which today is not known says ``unknown``: nothing at all would say that no option is taken.
    """
    if case.today is None:
        return UNKNOWN if case.options else None
    if isinstance(case.today, str):
        return case.today
    taken = [(option, level) for option, level in zip(case.options, case.today, strict=True) if level]
    return [{option.key: option.levels[level]} if option.levels else option.key for option, level in taken]


def party_data(party: Party) -> Data:
    """Return a party as it stands under its id."""
    data: Data = _said({"name": party.mark.name, "options": {o.id: option_data(o) for o in party.options}})
    if party.concerns is not None:
        data["concerns"] = [concern_data(concern, party.id) for concern in party.concerns]
    if party.ranking is not None:
        data["ranking"] = [tied[0] if len(tied) == 1 else list(tied) for tied in party.ranking]
    if party.weights is not None:
        data["weights"] = {text_of(statement, party.id): number(worth) for statement, worth in party.weights}
    return data | _marks(party.mark, named=True)


def option_data(option: Option) -> str | Data:
    """Return an option as it stands under its id: its name alone where nothing else is said."""
    data = _said({"name": option.mark.name, "levels": list(option.levels), "direction": option.direction})
    data |= _marks(option.mark, named=True)
    return option.mark.name if list(data) == ["name"] else data


def concern_data(concern: Concern, party: str) -> str | Data:
    """Return a concern as it stands in the block of `party`."""
    want = text_of(concern.want, party)
    data = {"want": want} | _said({"core": concern.core}) | _marks(concern.mark)
    return want if len(data) == 1 else data


def rule_data(rule: Rule) -> str | Data:
    """Return a rule: its statement alone where it is logical and nothing else is said."""
    data = {"that": text_of(rule.that)}
    data |= _said({"kind": rule.kind if rule.kind != "logical" else ""})
    data |= _said({"because": rule.because, "relaxable": rule.relaxable}) | _marks(rule.mark)
    return data["that"] if len(data) == 1 else data


def demand_data(demand: Demand) -> Data:
    """Return a demand."""
    data: Data = {"id": demand.id, "from": demand.sender, "to": demand.to, "that": text_of(demand.that)}
    data |= _marks(demand.mark)
    return data | _numbers({"from time": demand.from_time, "by time": demand.by_time})


def clout_data(clout: Clout) -> Data:
    """Return a party's clout over another one's options."""
    on = clout.on[0] if len(clout.on) == 1 else list(clout.on)
    data: Data = {"of": clout.of, "over": clout.over, "on": on, "strength": clout.strength}
    return data | _statements({"while": clout.condition}) | _marks(clout.mark)


def approach_data(approach: Approach) -> Data:
    """Return an approach as it stands under its id: one shared-concerns clause alone, several as a list."""
    shared = [_shared(clause) for clause in approach.shared_concerns]
    data = _said(
        {
            "name": approach.mark.name,
            "contracts": [contract_data(contract) for contract in approach.contracts],
            "deference": [_deference(clause) for clause in approach.deference],
            "shared concerns": shared[0] if len(shared) == 1 else shared,
            "coalitions": [list(members) for members in approach.coalitions],
        }
    )
    return data | _marks(approach.mark, named=True)


def contract_data(contract: Contract) -> Data:
    """Return a contract, or a promise (``binding: false``)."""
    data: Data = {"by": contract.by, "with": contract.paid, "iff": text_of(contract.iff)}
    return data | ({} if contract.binding else {"binding": False}) | _marks(contract.mark)


def _deference(clause: Deference) -> Data:
    on: str | list[str] = clause.on[0] if clause.on in (("core",), ("all",)) else list(clause.on)
    data: Data = {"client": clause.client, "patron": clause.patron} | _statements({"while": clause.condition})
    return data | {"on": on} | _marks(clause.mark)


def _shared(clause: SharedConcerns) -> Data:
    which = clause.which if clause.which != "core" else ""
    data: Data = {"parties": list(clause.parties)} | _said({"which": which, "order": clause.order})
    return data | _marks(clause.mark)


def _complaint(complaint: Complaint) -> Data:
    data: Data = {"id": complaint.id, "from": complaint.sender, "about": complaint.about}
    return data | {"that": text_of(complaint.that)} | _said({"concern": complaint.concern}) | _marks(complaint.mark)


def _resource(resource: Resource) -> Data:
    uses = {text_of(statement): number(amount) for statement, amount in resource.uses}
    data: Data = {"name": resource.name, "of": resource.of, "amount": number(resource.amount), "uses": uses}
    return data | _marks(resource.mark, named=True)


def _need(need: Need) -> Data:
    data: Data = {"party": need.party, "needs": need.needs, "from": need.sender}
    data |= _statements({"given when": need.given_when}) | _numbers({"loss without": need.loss_without})
    data |= _said({"substitutes": [{"from": s.sender, "loss": number(s.loss)} for s in need.substitutes]})
    return data | _marks(need.mark)


def _payment(payment: Payment) -> Data:
    data: Data = {"by": payment.by, "to": payment.to, "with": payment.paid, "for": text_of(payment.reward_for)}
    data["amount"] = number(payment.amount)
    data |= _numbers(
        {
            "cost of effort": payment.cost_of_effort,
            "solves with chance": payment.solves_with_chance,
            "found out with chance": payment.found_out_with_chance,
            "after success": payment.after_success,
        }
    )
    return data | _marks(payment.mark)


def _issue(issue: Issue) -> Data:
    tables = {"positions": issue.positions, "salience": issue.salience, "clout": issue.clout}
    data = {key: {party: number(value) for party, value in table} for key, table in tables.items()}
    return _said({"name": issue.mark.name} | data) | _marks(issue.mark, named=True)


def _influence(row: Influence) -> Data:
    return {"of": row.of, "on": {party: number(value) for party, value in row.on}} | _marks(row.mark)


def _feed(scenario: str, feed: Feed) -> Data:
    data: Data = {"scenario": scenario} | _said({"fingerprint": feed.fingerprint})
    data |= {"classes": feed.classes} if feed.classes != Feed().classes else {}
    ways: dict[str, dict[str, str]] = {}
    for way in feed.taking_part:
        ways.setdefault(way.party, {})[way.way] = text_of(way.where, way.party)
    in_place = {measure: text_of(where) for measure, where in feed.in_place}
    return (
        data | _said({"agencies": dict(feed.agencies), "taking part": ways, "in place": in_place}) | _marks(feed.mark)
    )


def _outcomes(case: Case) -> Data:
    marks = dict(case.outcome_marks)
    data: Data = {}
    for name, statement in case.outcomes:
        said = _marks(marks.get(name, Mark()))
        data[name] = {"that": text_of(statement)} | said if said else text_of(statement)
    return data


def _conventions(conventions: Conventions) -> Data:
    usual, kept = Conventions().data(), conventions.data()
    return {key: value for key, value in kept.items() if value != usual[key]}


def text_of(statement: Statement, party: str = "") -> str:
    """Write a statement as its author did if it still stands in that party's block, else with full names."""
    return statement.text if statement.party in ("", party) else str(statement)


def _marks(mark: Mark, named: bool = False) -> Data:
    """Return the marks that are said; without the name where it already stands first (`named`)."""
    name = {} if named else {"name": mark.name}
    return _said(name | {"source": mark.source, "note": mark.note, "standing": mark.standing})


def _said(items: Mapping[str, Any]) -> Data:
    """Keep what says something: no empty text, list or mapping, no False."""
    return {key: value for key, value in items.items() if value}


def _numbers(items: Mapping[str, Fraction | None]) -> Data:
    return {key: number(value) for key, value in items.items() if value is not None}


def _statements(items: Mapping[str, Statement | None]) -> Data:
    return {key: text_of(statement) for key, statement in items.items() if statement is not None}
