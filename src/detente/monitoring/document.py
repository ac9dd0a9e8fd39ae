"""This module owns a scenario as plain data of the file format: what is read back is the same scenario."""

from collections.abc import Iterable
from dataclasses import fields
from fractions import Fraction
from typing import Any

from detente.look.summary import as_given
from detente.model.items import Mark
from detente.monitoring.constraints import Constraint
from detente.monitoring.items import AdversaryType, Agency, Arc, ByPlace, Crossing, Measure
from detente.monitoring.parameters import Agreement, Inspection, PartnerRisk
from detente.monitoring.quantities import BY_DEFAULT, SYNTHETIC, Quantity
from detente.monitoring.scenario import Scenario

Data = dict[str, Any]


def document(scenario: Scenario) -> Data:
    """Return a scenario as the data of a scenario file, without keys that say nothing."""
    template = None if scenario.arcs and not scenario.sectors else _by_id(scenario.sectors, _plain)
    return _said(
        {
            "title": scenario.title,
            **_beside(scenario.mark),
            "numbers": SYNTHETIC if scenario.synthetic else "",
            "sources": dict(scenario.sources),
            "parties": _by_id(scenario.parties, _plain),
            "sectors": template,
            "ground": {layer: list(parties) for layer, parties in scenario.ground},
            "baseline": _by_name(scenario.baseline),
            "along": _by_name((side, own) for side, own in scenario.along if own is not None),
            "places": list(scenario.places),
            "arcs": _by_id(scenario.arcs, _arc),
            "hours": _by_place(scenario.hours),
            "crossings": _by_id(scenario.crossings, _crossing),
            "agencies": _by_id(scenario.agencies, _agency),
            "measures": _by_id(scenario.measures, _measure),
            "adversaries": _by_id(scenario.adversaries, _adversary),
            "constraints": _by_id(scenario.constraints, _constraint),
            "agreement": None if scenario.agreement is None else _agreement(scenario.agreement),
            "inspection": None if scenario.inspection is None else _inspection(scenario.inspection),
            "risks": {risk.party: _risk(risk) for risk in scenario.risks},
            "base rates": _by_id(scenario.base_rates, _plain),
            "price": None if scenario.price is None else _plain(scenario.price),
        }
    )


def quantity(value: Quantity | None) -> Any:
    """Return a number as the file writes it: bare or as a range where it is made up, else with its source."""
    if value is None or value.source == BY_DEFAULT:
        return None
    middle = (value.low + value.high) / 2 == value.value
    if not value.source and not value.note and (value.certain or middle):
        return number(value.value) if value.certain else f"{as_given(value.low)} to {as_given(value.high)}"
    bounds = {} if value.certain else {"low": number(value.low), "high": number(value.high)}
    return _said({"value": number(value.value), **bounds, "source": value.source, "note": value.note})


def number(value: Fraction) -> int | float | str:
    """Return an exact number in the plainest form that is read back as the same."""
    if value.denominator == 1:
        return value.numerator
    return float(value) if Fraction(repr(float(value))) == value else f"{value.numerator}/{value.denominator}"


def _said(data: Data) -> Data:
    """Return data without what says nothing; a number 0 and a flag say something."""
    return {key: value for key, value in data.items() if value is not None and value not in ("", [], {})}


def _beside(mark: Mark) -> Data:
    return {"name": mark.name, "source": mark.source, "note": mark.note, "standing": mark.standing}


def _by_id(items: Iterable[Any], written: Any) -> Data:
    return {item.id: written(item) for item in items}


def _by_name(pairs: Iterable[tuple[str, Quantity]]) -> Data:
    return {name: quantity(value) for name, value in pairs}


def _by_place(numbers: Quantity | ByPlace) -> Any:
    """Return one number, or numbers by place."""
    return quantity(numbers) if isinstance(numbers, Quantity) else _by_name(numbers)


def _plain(item: Any, *, without: Iterable[str] = ()) -> Data:
    """Return an item field by field: numbers, words, flags that are set; the file writes spaces for underscores."""
    told: Data = {}
    for field in fields(item):
        value = getattr(item, field.name)
        if field.name in ("id", "mark", *without):
            continue
        told[field.name.replace("_", " ")] = quantity(value) if isinstance(value, Quantity) else value
    return _said({**_beside(item.mark), **told})


def _arc(arc: Arc) -> Data:
    ends = {"from": arc.start, "to": arc.end, "ground": list(arc.ground)}
    return {**ends, **_plain(arc, without=("start", "end", "ground"))}


def _crossing(crossing: Crossing) -> Data:
    told = _plain(crossing, without=("passable", "keep_open", "most_wait"))
    protections = {
        "passable": crossing.passable or None,
        "keep open": None if crossing.keep_open else False,
        "most wait": quantity(crossing.most_wait),
        "any wait": True if crossing.most_wait is None else None,
    }
    return {**told, **_said(protections)}


def _agency(agency: Agency) -> Data:
    single = len(agency.budgets) == 1 and not agency.budgets[0].resource
    budgets = {budget.resource: quantity(budget.amount) for budget in agency.budgets}
    return {**_said(_beside(agency.mark)), "party": agency.party, "budgets": budgets[""] if single else budgets}


def _measure(measure: Measure) -> Data:
    needed = {**_said(_beside(measure.mark)), "kind": measure.kind, "at": list(measure.at)}
    told = {
        "sectors": list(measure.sectors),
        "most": quantity(measure.most),
        "delay": quantity(measure.delay),
        "intrusiveness": _by_name(measure.intrusiveness),
        "closes": list(measure.closes),
        "effect": _by_place(measure.effect),
        "finds": _by_place(measure.finds),
        "slows": _by_place(measure.slows),
        "stops": measure.stops,
    }
    uses = {"uses": _by_name(measure.uses), "consent": list(measure.consent)}
    whole = {} if measure.divisible else {"divisible": False}
    return {**needed, **_said(told), **uses, **whole}


def _adversary(adversary: AdversaryType) -> Data:
    told = {
        **_beside(adversary.mark),
        "from": list(adversary.start),
        "to": list(adversary.end),
        "weight": quantity(adversary.weight),
        "weights": _by_name(adversary.weights),
        "baseline": _by_name(adversary.baseline),
    }
    return _said(told)


def _constraint(constraint: Constraint) -> Data:
    where = constraint.where
    told = {
        **_beside(constraint.mark),
        "rule": constraint.rule,
        "measures": list(where.measures),
        "at": list(where.at),
        "sectors": list(where.sectors),
        "asked by": list(constraint.asked_by),
        "because": constraint.because,
    }
    special: Data = {}
    for key in ("agency", "party", "between", "amount"):
        value = getattr(constraint, key, None)
        if value is not None:
            special[key] = (
                quantity(value) if isinstance(value, Quantity) else list(value) if key == "between" else value
            )
    return {**_said(told), **special}


def _agreement(agreement: Agreement) -> Data:
    products = {
        product.id: _said(
            {
                **_beside(product.mark),
                "collected by": list(product.collected_by),
                "receives": dict(product.recipients),
                "can verify": dict(product.verifiable),
                "because": product.because,
            }
        )
        for product in agreement.products
    }
    return _said({**_beside(agreement.mark), "products": products, "anomaly procedure": agreement.anomaly_procedure})


def _inspection(inspection: Inspection) -> Data:
    told = _plain(inspection, without=("sites",))
    return {**told, **_said({"sites": _by_id(inspection.sites, _plain)})}


def _risk(risk: PartnerRisk) -> Data:
    return _plain(risk, without=("party",))
