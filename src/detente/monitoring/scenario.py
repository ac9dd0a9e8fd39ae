"""This module owns the scenario: everything said about monitoring a border together, as one frozen value.

A scenario that exists is sound: `detente.files.scenario` reports every fault before one is made. It speaks of sectors,
agencies, measures and types of adversary; nothing in it is finer than a sector, and nothing is about a person.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cached_property
from typing import TypeVar

from detente.errors import UnknownNameError
from detente.model.items import PLAIN, Mark
from detente.monitoring.constraints import Constraint, KeepOpen, MaxWait, NeedsConsent
from detente.monitoring.items import (
    AdversaryType,
    Agency,
    Arc,
    Budget,
    ByPlace,
    Crossing,
    Measure,
    Party,
    Sector,
    Segment,
)
from detente.monitoring.parameters import Agreement, BaseRate, Inspection, PartnerRisk, Price
from detente.monitoring.quantities import BY_DEFAULT, Quantity

Named = TypeVar("Named")
USUAL_WAIT = Quantity.of(60, source=BY_DEFAULT)
"""The longest wait in minutes that a plan may bring to whoever crosses, where a scenario says nothing of it."""


@dataclass(frozen=True)
class Scenario:
    """Cooperative monitoring of a border as its analyst describes it; immutable, new ones by `dataclasses.replace`.

    Parameters
    ----------
    parties : tuple of Party
        The sides of the conflict, in the order of coalitions and of every table.
    sectors : tuple of Sector
        In the order in which they lie along the border.
    ground : tuple of (str, tuple of str)
        By layer (``west``, ``line``, ``east``), the parties whose ground it is.
    baseline : tuple of (str, Quantity)
        By layer, segment or crossing, the exponent of being detected there without any measure.
    along : tuple of (str, Quantity or None)
        By side (``west``, ``east``), that one can pass there from a sector to the next, with what exponent.
    arcs : tuple of Arc
        Ways between named places instead of, or beside, the template of sectors.
    places : tuple of str
        The named places that arcs join.
    hours : Quantity, or tuple of (str, Quantity)
        How long it takes to pass without any barrier: everywhere, or by layer, ``along``, segment or crossing.
    """

    title: str
    parties: tuple[Party, ...]
    sectors: tuple[Sector, ...]
    agencies: tuple[Agency, ...]
    measures: tuple[Measure, ...]
    adversaries: tuple[AdversaryType, ...]
    ground: tuple[tuple[str, tuple[str, ...]], ...] = ()
    baseline: tuple[tuple[str, Quantity], ...] = ()
    along: tuple[tuple[str, Quantity | None], ...] = ()
    crossings: tuple[Crossing, ...] = ()
    places: tuple[str, ...] = ()
    arcs: tuple[Arc, ...] = ()
    hours: Quantity | ByPlace = ()
    constraints: tuple[Constraint, ...] = ()
    agreement: Agreement | None = None
    inspection: Inspection | None = None
    risks: tuple[PartnerRisk, ...] = ()
    base_rates: tuple[BaseRate, ...] = ()
    price: Price | None = None
    sources: tuple[tuple[str, str], ...] = ()
    mark: Mark = PLAIN

    @cached_property
    def party_ids(self) -> tuple[str, ...]:
        """The parties' ids, in the order of the file."""
        return tuple(party.id for party in self.parties)

    @cached_property
    def players(self) -> tuple[str, ...]:
        """The parties that an agency stands for, or whose consent counts: those that can form coalitions."""
        standing = {agency.party for agency in self.agencies}
        standing |= {party for measure in self.measures for party in measure.consent}
        standing |= {each.party for each in self.constraints if isinstance(each, NeedsConsent)}
        return tuple(id for id in self.party_ids if id in standing)

    @cached_property
    def third_parties(self) -> tuple[str, ...]:
        """The players on none of whose ground the border lies."""
        owners = {party for segment in self.segments for party in segment.ground}
        return tuple(id for id in self.players if id not in owners) if owners else ()

    @cached_property
    def budgets(self) -> tuple[Budget, ...]:
        """What all agencies have, agency by agency."""
        return tuple(budget for agency in self.agencies for budget in agency.budgets)

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """All segments of the network: sector by sector, ways along the border, crossings, arcs given by hand."""
        from detente.monitoring.segments import segments

        return segments(self)

    @cached_property
    def protections(self) -> tuple[Constraint, ...]:
        """What protects the people who cross without being asked for: open crossings, and no long waits at them."""
        found: list[Constraint] = []
        for crossing in self.crossings:
            if crossing.keep_open:
                found.append(KeepOpen(id=f"keep open {crossing.id}", crossing=crossing.id))
            if crossing.most_wait is not None:
                found.append(
                    MaxWait(
                        id=f"most wait {crossing.id}",
                        crossing=crossing.id,
                        sector=crossing.sector,
                        minutes=crossing.most_wait,
                    )
                )
        return tuple(found)

    @cached_property
    def removed(self) -> tuple[str, ...]:
        """What the scenario takes away from the protection of people who cross, as sentences; reported first."""
        found: list[str] = []
        for crossing in self.crossings:
            reason = f" ({crossing.because})" if crossing.because else ""
            if not crossing.keep_open:
                found.append(f"{crossing.label} is not kept open: a plan may close it{reason}.")
            if crossing.most_wait is None:
                found.append(f"At {crossing.label} no wait is too long: a plan may delay people there at will{reason}.")
        return tuple(found)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """Every number that the scenario gives, in a fixed order, with where it comes from."""
        return tuple(quantity for quantity in _quantities(self) if quantity.source != BY_DEFAULT)

    @property
    def synthetic(self) -> int:
        """How many of its numbers are made up for illustration."""
        return sum(quantity.synthetic for quantity in self.quantities)

    @cached_property
    def fingerprint(self) -> str:
        """Eight hex digits that change when, and only when, an answer can change."""
        from detente.monitoring.fingerprint import fingerprint

        return fingerprint(self)

    def party(self, id: str) -> Party:
        """Return a party by its id; raises UnknownNameError with the nearest ones."""
        return _named("party", id, {party.id: party for party in self.parties})

    def agency(self, id: str) -> Agency:
        """Return an agency by its id; raises UnknownNameError with the nearest ones."""
        return _named("agency", id, {agency.id: agency for agency in self.agencies})

    def measure(self, id: str) -> Measure:
        """Return a measure by its id; raises UnknownNameError with the nearest ones."""
        return _named("measure", id, {measure.id: measure for measure in self.measures})

    def sector(self, id: str) -> Sector:
        """Return a sector by its id; raises UnknownNameError with the nearest ones."""
        return _named("sector", id, {sector.id: sector for sector in self.sectors})

    def segment(self, id: str) -> Segment:
        """Return a segment by its id; raises UnknownNameError with the nearest ones."""
        return _named("segment", id, {segment.id: segment for segment in self.segments})

    def crossing(self, id: str) -> Crossing:
        """Return a crossing by its id; raises UnknownNameError with the nearest ones."""
        return _named("crossing", id, {crossing.id: crossing for crossing in self.crossings})

    def without(self, *constraints: str) -> "Scenario":
        """Return the scenario without some of the listed constraints, by id; raises UnknownNameError.

        Protections of people who cross are no listed constraints; what takes them away stands beside the crossing.
        """
        known = {constraint.id: constraint for constraint in self.constraints}
        for id in constraints:
            _named("constraint", id, known)
        kept = tuple(constraint for constraint in self.constraints if constraint.id not in constraints)
        return replace(self, constraints=kept)


def _named(kind: str, name: str, known: Mapping[str, Named]) -> Named:
    if name not in known:
        raise UnknownNameError(kind, name, known)
    return known[name]


def _quantities(value: object) -> Iterator[Quantity]:
    if isinstance(value, Quantity):
        yield value
    elif isinstance(value, tuple):
        for inner in value:
            yield from _quantities(inner)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _quantities(getattr(value, field.name))
