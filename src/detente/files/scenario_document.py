"""This module owns the form of a scenario file: its keys, what each holds, and the words that explain it to a reader.

There is no key for persons, coordinates, routes, or anything finer than a sector, and unknown keys are refused. The
models check shapes only; names and meanings are checked where the scenario is built. Titles and descriptions become the
published JSON Schema.
"""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PlainValidator, WithJsonSchema

from detente.files.document import BY_ID, Item
from detente.files.kinds import Flag, Reference, References, Words, choice, number, said
from detente.files.nodes import Bare, kind_of
from detente.files.scenario_numbers import (
    ByPlace,
    Chance,
    ChanceItem,
    Exponent,
    ExponentItem,
    Ids,
    Quantity,
    QuantityItem,
    Worth,
    by_place,
    sections,
)
from detente.monitoring.constraints import RULES
from detente.monitoring.items import KINDS, SHORTEST_SECTOR

SYNTHETIC = "synthetic"
WATCHING = "measures watch, count, check or keep out; none follows or strikes anybody"
ANSWERS = ("yes", "no", "unknown")
FLAGS = {"true": "yes", "false": "no"}


def _answer(value: Any) -> str:
    told = value.text.lower() if isinstance(value, Bare) else value
    told = FLAGS.get(told, told) if isinstance(told, str) else told
    if told not in ANSWERS:
        raise said(f"yes, no or unknown is expected here, not {kind_of(value)}")
    return str(told)


def _count(value: Any) -> int:
    found = number(value)
    if found.denominator != 1 or not 0 <= found <= 10_000:
        told = value.text if isinstance(value, Bare) else value
        raise said(f"a whole number from 0 to 10,000 is expected here, not {told}")
    return found.numerator


Answer = Annotated[
    str, PlainValidator(_answer), WithJsonSchema({"anyOf": [{"enum": list(ANSWERS)}, {"type": "boolean"}]})
]
Count = Annotated[int, PlainValidator(_count), WithJsonSchema({"type": "integer", "minimum": 0, "maximum": 10_000})]
Numbers = Annotated[dict[str, QuantityItem], BeforeValidator(by_place), ByPlace()]
Quantities = dict[str, QuantityItem]
Exponents = dict[str, ExponentItem]
ExponentsByPlace = Annotated[Exponents, BeforeValidator(by_place), ByPlace()]
Chances = Annotated[dict[str, ChanceItem], BeforeValidator(by_place), ByPlace()]


class Stated(Item):
    """Anything in a scenario: where its numbers come from, unless they say so themselves."""

    synthetic: Flag | None = Field(
        None, description="true: its numbers are made up for illustration, whatever source stands beside."
    )


class PartyItem(Stated):
    """A side of the conflict, or people on whose behalf constraints are asked for, such as travellers."""

    lone = "name"
    optional = True
    means: Quantity | None = Field(None, description="What it could pay with, for shares in proportion to means.")
    protection: Quantity | None = Field(None, description="What detection gained is worth to it in a conflict model.")
    intrusiveness: Quantity | None = Field(None, description="How much it minds being intruded upon there.")
    leak: Quantity | None = Field(None, description="How much it minds what may leak there.")


class SectorItem(Stated):
    """A stretch of the border: the finest thing that a scenario speaks of."""

    lone = "name"
    optional = True
    length: Quantity | None = Field(
        None, description=f"In kilometres; a stretch shorter than {SHORTEST_SECTOR} km is refused."
    )
    flow: Quantity | None = Field(None, description="How many people a day cross here beside official crossings.")


class CrossingItem(Stated):
    """An official crossing and the people who use it."""

    sector: Reference = Field(description="The sector it lies in.")
    flow: Quantity | None = Field(None, description="How many people cross here a day.")
    passable: Flag = Field(False, description="true: adversary types can pass here too, so that it is a segment.")
    baseline: Exponent | None = Field(None, description="The exponent of its ordinary checks, where it is passable.")
    keep_open: Flag = Field(True, alias="keep open", description="false: a plan may close it. This is reported first.")
    most_wait: Quantity | None = Field(
        None, alias="most wait", description="How many minutes a plan may let people wait here; 60 if not said."
    )
    any_wait: Flag = Field(
        False, alias="any wait", description="true: no wait here is too long for a plan. This is reported first."
    )
    because: Words = Field("", description="Why one of the two protections is taken away; needed where it is.")


class ArcItem(Stated):
    """A way between two places, given by hand instead of by the template of sectors."""

    start: Reference = Field(alias="from", description="The place it begins at.")
    end: Reference = Field(alias="to", description="The place it leads to.")
    sector: Words = Field("", description="The sector it lies in.")
    ground: References = Field([], description="The parties whose ground it is.")
    baseline: Exponent | None = Field(None, description="The exponent without any measure.")
    flow: Quantity | None = Field(None, description="How many people use it a day.")
    hours: Quantity | None = Field(None, description="How many hours it takes to pass without any barrier.")


class AgencyItem(Stated):
    """Who acts: what an agency has, and the party it stands for."""

    party: Words = Field("", description="The party it stands for; one called like the agency if not said.")
    budgets: Numbers = Field(description="How much it has: a number, or one for each resource by id.")


class MeasureItem(Stated):
    """Something that can be done to watch a part of the border."""

    kind: Annotated[str, *choice(*KINDS, remedy=WATCHING)] = Field(description="What it is.")
    at: References = Field(description="Where: west, line, east (in each sector), ids of segments, or crossings.")
    sectors: References = Field([], description="In which sectors; all if not said.")
    uses: Quantities = Field(description="What a unit of it uses: an agency, or Agency.resource, with how much.")
    effect: ExponentsByPlace = Field(
        {},
        description="The exponent a unit adds: one number, or one by sector, layer, segment or crossing; where it is "
        "listed by place, the measure is nowhere else.",
    )
    most: Quantity | None = Field(None, description="How many units there can be on one segment.")
    consent: References | None = Field(
        None,
        description="The parties whose consent it needs; if not said, those whose means it uses and whose ground it "
        "is on.",
    )
    delay: Quantity | None = Field(None, description="By how many minutes a unit delays everybody who crosses there.")
    intrusiveness: Quantities = Field({}, description="By party, how much a unit intrudes upon it.")
    divisible: Flag = Field(True, description="false: only whole units, such as a fence or a site.")
    closes: References = Field([], description="The crossings it would close; barred while they are kept open.")
    finds: Chances = Field(
        {},
        description="For teams that are sent at random and use 1 of a whole budget: the chance that one finds whoever "
        "passes where it is, one number or one by place.",
    )
    slows: Numbers = Field(
        {},
        description="For barriers: by how many hours a unit slows whoever passes where it stands, one number or one by "
        "place.",
    )
    stops: Flag | None = Field(None, description="true, for barriers: nobody passes where it stands.")


class AdversaryItem(Stated):
    """Who tries to pass unseen: a type, never a person."""

    start: References = Field(alias="from", description="west, east, `S1 west`, or places given by hand.")
    end: References = Field(alias="to", description="The same.")
    weight: Quantity | None = Field(None, description="How much it counts beside other types; 1 if not said.")
    weights: Quantities = Field({}, description="By party, how much it counts for that party where that differs.")
    baseline: Exponents = Field(
        {}, description="By layer, segment or crossing, its exponent without any measure, where it differs."
    )


class ConstraintItem(Stated):
    """What a plan must respect: what a party bars, asks for or caps."""

    rule: Annotated[str, *choice(*RULES)] = Field(description="What it says.")
    measures: References = Field([], description="Measures, or kinds of them; all if not said.")
    at: References = Field([], description="west, line, east, segments or crossings; everywhere if not said.")
    sectors: References = Field([], description="In which sectors; all if not said.")
    amount: Quantity | None = Field(
        None,
        description="Units for at most, at least, reciprocity and budget transfer; person-hours a day for most delay; "
        "units of intrusiveness.",
    )
    agency: Words = Field("", description="The agency, for own side only and budget transfer.")
    party: Words = Field("", description="The party, for needs consent and most intrusiveness.")
    between: list[Reference] = Field([], description="The two agencies, for reciprocity.")
    asked_by: References = Field([], alias="asked by", description="The parties that ask for it.")
    because: Words = Field("", description="Why, in a sentence.")


class ProductItem(Stated):
    """Something that monitoring yields and parties agree to share."""

    collected_by: References = Field([], alias="collected by", description="The parties that collect it.")
    receives: dict[str, Answer] = Field({}, description="By party: does it receive this? yes, no or unknown.")
    verifies: dict[str, Answer] = Field(
        {}, alias="can verify", description="By party: can it verify that this is authentic? yes, no or unknown."
    )
    because: Words = Field("", description="Why fewer than two parties receive it, where that is so.")


class AgreementItem(Stated):
    """A draft agreement about what is shared."""

    products: dict[str, ProductItem] = Field({}, description="What is shared, by id.", json_schema_extra=BY_ID)
    anomaly_procedure: Answer = Field(
        "unknown",
        alias="anomaly procedure",
        description="Is it agreed what happens when something looks wrong? yes, no or unknown.",
    )


class SiteItem(Stated):
    """Somewhere to inspect."""

    gain: Quantity = Field(description="What a violation here gains the violator if it is missed.")
    sanction: Quantity = Field(description="What it costs the violator if it is found.")
    harm: Quantity = Field(description="How much it harms the others.")
    missed: Chance | None = Field(None, description="The chance that an inspection misses a violation.")


class InspectionItem(Stated):
    """How parties check that an agreement is kept."""

    party: Words = Field("", description="The party that is inspected; any if not said.")
    periods: Count | None = Field(None, description="How many periods there are.")
    inspections: Count | None = Field(None, description="How many inspections in all of them.")
    interim: Count | None = Field(None, description="How many unannounced ones within a period.")
    gain: Quantity | None = Field(None, description="What a violation gains the violator if it is missed.")
    sanction: Quantity | None = Field(None, description="What it costs the violator if it is found.")
    missed: Chance | None = Field(None, description="The chance that an inspection misses a violation.")
    false_alarm: Chance | None = Field(None, alias="false alarm", description="The chance that it reports one wrongly.")
    false_alarm_cost: Quantity | None = Field(
        None, alias="false alarm cost", description="What a false alarm costs the inspected party."
    )
    teams: Quantity | None = Field(None, description="How many inspections there can be at once, over all sites.")
    sites: dict[str, SiteItem] = Field({}, description="Where inspections can be, by id.", json_schema_extra=BY_ID)


class RiskItem(Stated):
    """What may go wrong with a partner, and what it gains by staying or leaving."""

    leak: Chance | None = Field(None, description="The chance that it leaks the plan.")
    default: Chance | None = Field(None, description="The chance that it does not do its part.")
    patience: Chance | None = Field(None, description="How much its next period is worth, this one being worth 1.")
    temptation: Worth | None = Field(None, description="T: what cheating on others who cooperate is worth a period.")
    reward: Worth | None = Field(None, description="R: what cooperation is worth.")
    punishment: Worth | None = Field(None, description="P: what a period after a breakdown is worth.")
    found_out: Chance | None = Field(None, alias="found out", description="The chance that cheating is found out.")
    cost: Quantity | None = Field(None, description="What it would have to invest.")
    own_chance: Chance | None = Field(None, alias="own chance", description="The chance of an own loss without that.")
    passed_on: Chance | None = Field(
        None, alias="passed on", description="The chance of a loss passed on by a partner that does not invest."
    )
    loss: Quantity | None = Field(None, description="The loss.")


class BaseRateItem(Stated):
    """How rare what is looked for is, and how often a check is right."""

    prevalence: Chance = Field(description="The share of crossings that are what is looked for, such as 1/10000.")
    detection: Chance = Field(description="The chance that a check stops one that is.")
    false_alarm: Chance = Field(alias="false alarm", description="The chance that a check stops one that is not.")
    crossing: Words = Field("", description="Where; everywhere if not said.")


class PriceItem(Stated):
    """What a unit of exponent is worth in money."""

    lone = "amount"
    amount: Quantity = Field(description="How much.")
    currency: Words = Field("", description="In what.")


class ScenarioDocument(Item):
    """Monitoring a border together, at the level of sectors: a planning illustration."""

    title: Words = Field("", description="What the scenario is called.")
    numbers: Annotated[str, *choice(SYNTHETIC)] = Field(
        "", description="synthetic: every number that does not carry a source of its own is made up for illustration."
    )
    sources: dict[str, Words] = Field({}, description="What the scenario rests on, by id.", json_schema_extra=BY_ID)
    parties: Annotated[dict[str, PartyItem], BeforeValidator(sections), Ids()] = Field(
        {}, description="The sides of the conflict, by id; those that agencies stand for if not said."
    )
    sectors: Annotated[dict[str, SectorItem], BeforeValidator(sections), Ids()] = Field(
        {}, description="Stretches of the border in order, by id: a mapping, a list, or how many there are."
    )
    ground: dict[str, References] = Field({}, description="By west, line, east: the parties whose ground that is.")
    baseline: ExponentsByPlace = Field(
        {}, description="The exponent without any measure: one number, or one by layer, segment or crossing."
    )
    hours: Numbers = Field(
        {},
        description="Where barriers slow: how many hours it takes to pass without any, one number, or one by layer, "
        "segment or crossing; `along` stands for all ways along the border.",
    )
    along: Exponents = Field(
        {}, description="By west, east: one can pass there from a sector to the next, with this exponent."
    )
    places: list[Reference] = Field([], description="Places that arcs given by hand join, no finer than a sector.")
    arcs: dict[str, ArcItem] = Field(
        {}, description="Ways given by hand instead of the template, by id.", json_schema_extra=BY_ID
    )
    crossings: dict[str, CrossingItem] = Field({}, description="Official crossings, by id.", json_schema_extra=BY_ID)
    agencies: dict[str, AgencyItem] = Field(description="Who acts, by id.", json_schema_extra=BY_ID)
    measures: dict[str, MeasureItem] = Field(description="What can be done, by id.", json_schema_extra=BY_ID)
    adversaries: dict[str, AdversaryItem] = Field(description="Types of adversary, by id.", json_schema_extra=BY_ID)
    constraints: dict[str, ConstraintItem] = Field(
        {}, description="What a plan must respect, by id.", json_schema_extra=BY_ID
    )
    agreement: AgreementItem | None = Field(None, description="A draft agreement about what is shared.")
    inspection: InspectionItem | None = Field(None, description="How parties check that an agreement is kept.")
    risks: dict[str, RiskItem] = Field({}, description="By party, what may go wrong with it as a partner.")
    base_rates: dict[str, BaseRateItem] = Field(
        {}, alias="base rates", description="How often a check is right, by id.", json_schema_extra=BY_ID
    )
    price: PriceItem | None = Field(None, description="What a unit of exponent is worth in money.")
