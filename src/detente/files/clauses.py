"""This module owns reading approaches: their clauses, each checked at its place."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from detente.errors import CaseError
from detente.files.document import ApproachItem, ContractItem, DeferenceItem, SharedItem
from detente.files.findings import Findings
from detente.files.names import check_id, check_parties, mark
from detente.files.nodes import Path
from detente.files.speech import Speech
from detente.model.approaches import approach_faults, under
from detente.model.case import Case
from detente.model.items import Approach, Contract, Deference, SharedConcerns


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the approaches of a case whose other parts have been read.

    Parameters
    ----------
    findings : Findings
        Where faults go.
    speech : Speech
        How statements are read.
    case : Case
        Everything but the approaches.
    faulty : set of str
        The ids of demands that have faults.
    """

    findings: Findings
    speech: Speech
    case: Case
    faulty: set[str]

    def approach(self, id: str, item: ApproachItem) -> Approach:
        """Return an approach, without the clauses that have faults."""
        path: Path = ("approaches", id)
        check_id(self.findings, path, id, "an approach", refused=("none",))
        found = Approach(
            id,
            self._contracts((*path, "contracts"), item.contracts),
            self._deference((*path, "deference"), item.deference),
            self._shared((*path, "shared concerns"), item.shared_concerns),
            self._coalitions((*path, "coalitions"), item.coalitions),
            mark(self.findings, path, item, self._sources),
        )
        if found.contracts:
            together = replace(found, deference=(), shared_concerns=(), coalitions=())
            if not self._judged((*path, "contracts"), together):
                return replace(found, contracts=())
        return found

    def applied(self, case: Case) -> None:
        """Note what comes up only when an approach is applied: contracts that change today to what cannot be."""
        for approach in case.approaches:
            try:
                under(case, approach.id)
            except CaseError as error:
                for fault in error.faults:
                    self.findings.fault(("approaches", approach.id), fault.what, fault.remedy, key=True)

    @property
    def _sources(self) -> list[str]:
        return [id for id, _ in self.case.sources]

    def _judged(self, path: Path, alone: Approach) -> bool:
        """Return whether an approach of one clause can be applied; its faults are noted at the clause, each once."""
        faults = approach_faults(self.case, alone)
        for fault in faults:
            if all((there.what, there.remedy) != (fault.what, fault.remedy) for _, there in self.findings.found):
                self.findings.fault(path, fault.what, fault.remedy)
        return not faults

    def _party(self, path: Path, id: str) -> bool:
        return self.findings.known("party", id, self.case.party_ids, path)

    def _contracts(self, path: Path, items: Sequence[ContractItem]) -> tuple[Contract, ...]:
        found: list[Contract] = []
        for place, item in zip(self.findings.places(path, items), items, strict=True):
            here: Path = (*path, place)
            iff = self.speech.read(item.iff, (*here, "iff"))
            known = self._party((*here, "by"), item.by)
            beside = mark(self.findings, here, item, self._sources)
            for inner, key in enumerate(item.paid):
                if not self.findings.known("option", key, self.case.position, (*here, "with", inner)) or iff is None:
                    continue
                contract = Contract(item.by, key, iff, item.binding, beside)
                if known and self._judged(here, Approach(str(path[1]), contracts=(contract,))):
                    found.append(contract)
        return tuple(found)

    def _deference(self, path: Path, items: Sequence[DeferenceItem]) -> tuple[Deference, ...]:
        found: list[Deference] = []
        sound = {demand.id: demand for demand in self.case.demands}
        demands = sound.keys() | self.faulty
        for place, item in zip(self.findings.places(path, items), items, strict=True):
            here: Path = (*path, place)
            condition = None if item.condition is None else self.speech.read(item.condition, (*here, "while"))
            known = [self._party((*here, "client"), item.client), self._party((*here, "patron"), item.patron)]
            on = tuple(item.on)
            if on not in (("core",), ("all",)):
                mixed = [word for word in on if word in ("core", "all")]
                if mixed:
                    self.findings.fault((*here, "on"), f"{mixed[0]!r} stands alone", "name demands, or core, or all")
                known += [
                    self.findings.known("demand", id, demands, (*here, "on", inner))
                    for inner, id in enumerate(on)
                    if id not in mixed
                ]
                known.append(not mixed and bool(on))
                if not on:
                    self.findings.fault((*here, "on"), "nothing is deferred on", "name demands, or core, or all")
            clause = Deference(item.client, item.patron, on, condition, mark(self.findings, here, item, self._sources))
            readable = (
                all(known)
                and (on in (("core",), ("all",)) or all(id in sound for id in on))
                and (condition is not None or item.condition is None)
            )
            if readable and self._judged(here, Approach(str(path[1]), deference=(clause,))):
                found.append(clause)
        return tuple(found)

    def _shared(self, path: Path, items: Sequence[SharedItem]) -> tuple[SharedConcerns, ...]:
        found: list[SharedConcerns] = []
        for place, item in zip(self.findings.places(path, items), items, strict=True):
            here: Path = (*path, place) if (*path, place) in self.findings.survey.values else path
            parties = self._members((*here, "parties"), item.parties)
            clause = SharedConcerns(parties, item.which, item.order, mark(self.findings, here, item, self._sources))
            if parties and self._judged(here, Approach(str(path[1]), shared_concerns=(clause,))):
                found.append(clause)
        return tuple(found)

    def _coalitions(self, path: Path, groups: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
        places = zip(self.findings.places(path, groups), groups, strict=True)
        found = [self._members((*path, place), group) for place, group in places]
        return tuple(members for members in found if members)

    def _members(self, path: Path, ids: Sequence[str]) -> tuple[str, ...]:
        """Return two or more parties that do something together; () where there are faults."""
        members = check_parties(self.findings, path, ids, self.case.party_ids)
        if len(set(ids)) < 2:
            self.findings.fault(path, "at least two parties are expected here", "add a party, or take the clause out")
        return members if len(members) > 1 else ()
