"""This module owns making a scenario's parties, places, agencies, measures and adversary types of a document."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

from detente.files.findings import Findings
from detente.files.nodes import Path, shorten
from detente.files.scenario_document import ScenarioDocument
from detente.files.scenario_ids import TAKEN, check_id
from detente.files.scenario_numbers import EVERYWHERE
from detente.files.scenario_quantities import Origins
from detente.look.summary import as_given
from detente.monitoring.items import (
    LAYERS,
    SHORTEST_SECTOR,
    AdversaryType,
    Agency,
    Arc,
    Budget,
    Crossing,
    Party,
    Sector,
)
from detente.monitoring.quantities import BY_DEFAULT, Quantity
from detente.monitoring.scenario import USUAL_WAIT

SMALLEST_FLOW = 50  # people a day: fewer say something of persons
HOMES = {
    "party": ("parties", "agencies"),
    "sector": ("sectors",),
    "place": ("sectors", "arcs", "places", "crossings"),
    "crossing": ("crossings",),
    "agency": ("agencies",),
    "budget": ("agencies",),
    "measure": ("measures",),
}
"""By kind of name, where those stand that bear it: where these are faulty, an unknown name is no second fault."""


@dataclass(frozen=True)
class Reader:
    """Makes the items of one scenario, and notes what is wrong with them.

    Parameters
    ----------
    segments, watchable : dicts from str to None
        The ids of all segments, and these with the layers, known once places are read (`placed`).
    """

    document: ScenarioDocument
    findings: Findings
    origins: Origins
    segments: dict[str, None] = field(default_factory=dict)
    watchable: dict[str, None] = field(default_factory=dict)
    blurred: set[str] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        faulty = [path for path, fault in self.findings.found if path and not fault.warning]
        keys = {str(path[0]) for path in faulty if len(path) <= 2 or path[0] in ("agencies", "crossings")}
        self.blurred.update(kind for kind, homes in HOMES.items() if keys & set(homes))

    def placed(self, segments: Iterable[str]) -> None:
        """Make known which segments there are."""
        self.segments.update(dict.fromkeys(segments))
        self.watchable.update({} if self.document.arcs else dict.fromkeys(LAYERS))
        self.watchable.update(self.segments)

    def told(self, path: Path) -> bool:
        """Return whether a fault stands at a place already, or at the item whose key is missing."""
        return any(
            not fault.warning and (found[: len(path)] == path or (found == path[:-1] and "is missing" in fault.what))
            for found, fault in self.findings.found
        )

    def known(self, kind: str, name: str, known: Collection[str], path: Path, *, key: bool = False) -> bool:
        """Return whether a name is known; a fault where it is not, unless what could bear it is faulty itself."""
        if kind in self.blurred and name not in known:
            return False
        return self.findings.known(kind, name, known, path, key=key)

    def named(self, kind: str, path: Path, names: Iterable[str], known: Collection[str]) -> tuple[str, ...]:
        """Return the names of a list that are known, each once; faults for the others."""
        found: dict[str, None] = {}
        for place, name in enumerate(names):
            if self.known(kind, name, known, (*path, place)):
                if name in found:
                    self.findings.fault((*path, place), f"{shorten(name)!r} stands here twice", "keep one of the two")
                found[name] = None
        return tuple(found)

    def parties(self) -> tuple[Party, ...]:
        """Return the parties: those listed, or those that agencies stand for."""
        document = self.document
        found: list[Party] = []
        for id, item in document.parties.items():
            path: Path = ("parties", id)
            check_id(self.findings, path, id, "a party")
            numbers = {
                key: self.origins.optional((*path, key), getattr(item, key), item)
                for key in ("means", "protection", "intrusiveness", "leak")
            }
            found.append(Party(id, **numbers, mark=self.origins.mark(path, item)))
        if not document.parties:
            standing = {agency.party or id: agency for id, agency in reversed(document.agencies.items())}
            for id in dict.fromkeys(agency.party or id for id, agency in document.agencies.items()):
                agency = document.agencies.get(id, standing[id])
                found.append(Party(id, mark=self.origins.mark(("agencies", id), agency)))
        return tuple(found)

    def sectors(self) -> tuple[Sector, ...]:
        """Return the sectors; none may be shorter than 25 km."""
        found: list[Sector] = []
        for id, item in self.document.sectors.items():
            path: Path = ("sectors", id)
            check_id(self.findings, path, id, "a sector", TAKEN)
            length = self.origins.optional((*path, "length"), item.length, item)
            if length is not None and length.value < SHORTEST_SECTOR:
                told = f"{id} is {as_given(length.value)} km long"
                what = f"{told}, and nothing shorter than {SHORTEST_SECTOR} km is planned"
                self.findings.fault((*path, "length"), what, "join it with a neighbouring sector")
            flow = self.flow((*path, "flow"), self.origins.optional((*path, "flow"), item.flow, item))
            found.append(Sector(id, length, flow, self.origins.mark(path, item)))
        return tuple(found)

    def flow(self, path: Path, flow: Quantity | None) -> Quantity | None:
        """Return a flow of people; so few of them that it says something of persons deserve a look."""
        if flow is not None and 0 < flow.value < SMALLEST_FLOW:
            what = f"so few people a day (fewer than {SMALLEST_FLOW}) may be told apart"
            self.findings.fault(path, what, "give figures for a longer stretch", warning=True)
        return flow

    def crossings(self, sectors: Collection[str]) -> tuple[Crossing, ...]:
        """Return the official crossings, with what protects the people who use them."""
        found: list[Crossing] = []
        for id, item in self.document.crossings.items():
            path: Path = ("crossings", id)
            check_id(self.findings, path, id, "a crossing", TAKEN)
            if id in sectors:
                self.findings.fault(path, f"a sector is called {id!r} too", "rename one of them", key=True)
            self.known("sector", item.sector, sectors, (*path, "sector"))
            if not item.because and (item.any_wait or not item.keep_open):
                key = "any wait" if item.any_wait else "keep open"
                what = "a protection of the people who cross is taken away without a reason"
                self.findings.fault((*path, key), what, "say why: because: ...; it is reported first", key=True)
            if item.any_wait and item.most_wait is not None:
                what = "a longest wait is given, and any wait is allowed too"
                self.findings.fault((*path, "any wait"), what, "keep one of the two", key=True)
            wait = self.origins.optional((*path, "most wait"), item.most_wait, item) or USUAL_WAIT
            found.append(
                Crossing(
                    id,
                    item.sector,
                    self.flow((*path, "flow"), self.origins.optional((*path, "flow"), item.flow, item)),
                    item.passable,
                    self.origins.optional((*path, "baseline"), item.baseline, item),
                    item.keep_open,
                    None if item.any_wait else wait,
                    item.because,
                    self.origins.mark(path, item),
                )
            )
        return tuple(found)

    def arcs(self, parties: Collection[str], sectors: Collection[str]) -> tuple[Arc, ...]:
        """Return the arcs given by hand."""
        document, found = self.document, []
        places = dict.fromkeys(document.places)
        for id, item in document.arcs.items():
            path: Path = ("arcs", id)
            check_id(self.findings, path, id, "an arc", TAKEN)
            for key, end in (("from", item.start), ("to", item.end)):
                self.known("place", end, places, (*path, key))
            if item.start == item.end:
                self.findings.fault((*path, "to"), f"this arc leads from {item.start} to itself", "take it out")
            if item.sector:
                self.known("sector", item.sector, sectors, (*path, "sector"))
            found.append(
                Arc(
                    id,
                    item.start,
                    item.end,
                    item.sector,
                    self.named("party", (*path, "ground"), item.ground, parties),
                    self.origins.optional((*path, "baseline"), item.baseline, item),
                    self.flow((*path, "flow"), self.origins.optional((*path, "flow"), item.flow, item)),
                    self.origins.optional((*path, "hours"), item.hours, item),
                    self.origins.mark(path, item),
                )
            )
        return tuple(found)

    def agencies(self, parties: Collection[str]) -> tuple[Agency, ...]:
        """Return the agencies; one that has nothing deserves a look."""
        found: list[Agency] = []
        for id, item in self.document.agencies.items():
            path: Path = ("agencies", id)
            check_id(self.findings, path, id, "an agency")
            if item.party:
                self.known("party", item.party, parties, (*path, "party"))
            elif id not in parties and "party" not in self.blurred:
                what = f"no party is called {shorten(id)!r}, as this agency is"
                self.findings.fault(path, what, "say which it stands for: party: ...", key=True)
            for resource in item.budgets:
                if resource != EVERYWHERE:
                    check_id(self.findings, (*path, "budgets", resource), resource, "a resource", TAKEN)
            budgets = tuple(
                Budget(id, resource, self.origins.number((*path, "budgets", resource), amount, item))
                for resource, amount in item.budgets.items()
            )
            if not any(budget.amount.value for budget in budgets):
                what = f"{id} has nothing: its budget is 0, and it can only consent or refuse"
                remedy = "that is a benchmark; give it a budget if it is to do anything"
                self.findings.fault((*path, "budgets"), what, remedy, warning=True)
            found.append(Agency(id, item.party or id, budgets, self.origins.mark(path, item)))
        return tuple(found)

    def where(self, path: Path, names: Iterable[str]) -> tuple[str, ...]:
        """Return the layers, segments and crossings of a list; a crossing that is no segment is a fault."""
        document = self.document
        closed = [id for id, item in document.crossings.items() if not item.passable]
        found: dict[str, None] = {}
        for place, name in enumerate(names):
            if name in closed and name not in LAYERS:
                what = f"adversary types cannot pass at {name}, so that nothing is detected there"
                self.findings.fault((*path, place), what, f"say of {name}: passable: true")
            elif self.known("place", name, self.watchable, (*path, place)):
                found[name] = None
        return tuple(found)

    def adversaries(
        self, parties: Collection[str], places: Collection[str], expand: Callable[[tuple[str, ...]], tuple[str, ...]]
    ) -> tuple[AdversaryType, ...]:
        """Return the types of adversary.

        Parameters
        ----------
        expand : function
            The places that ``west`` or ``east`` stand for.
        """
        found: list[AdversaryType] = []
        for id, item in self.document.adversaries.items():
            path: Path = ("adversaries", id)
            check_id(self.findings, path, id, "an adversary type")
            known = {**dict.fromkeys(places), **({} if self.document.arcs else {"west": None, "east": None})}
            start, end = (
                self.named("place", (*path, key), names, known)
                for key, names in (("from", item.start), ("to", item.end))
            )
            for key, names, given in (("from", start, item.start), ("to", end, item.end)):
                if not names and not given and not self.told((*path, key)):
                    self.findings.fault((*path, key), "no place is named here", "name one, such as west")
            wanted = set(expand(end))
            both = [name for name in expand(start) if name in wanted]
            if both:
                what = f"this type starts where it wants to get: {both[0]}"
                self.findings.fault((*path, "to"), what, "name other places")
            for party in item.weights:
                self.known("party", party, parties, (*path, "weights", party), key=True)
            for name in item.baseline:
                place: Path = (*path, "baseline", name)
                self.known("place", name, self.watchable, place, key=True)
            weight = self.origins.optional((*path, "weight"), item.weight, item)
            found.append(
                AdversaryType(
                    id,
                    start,
                    end,
                    Quantity.of(1, source=BY_DEFAULT) if weight is None else weight,
                    self.origins.by_name((*path, "weights"), item.weights, item),
                    self.origins.by_name((*path, "baseline"), item.baseline, item),
                    self.origins.mark(path, item),
                )
            )
        return tuple(found)
