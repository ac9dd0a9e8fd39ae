"""This module owns reading what stands between the parties: demands, complaints, clout, needs, payments, issues."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from detente.errors import StatementError, did_you_mean
from detente.files.document import Document, Item
from detente.files.findings import Findings
from detente.files.names import check_id, check_unique, mark
from detente.files.nodes import Path, shorten
from detente.files.speech import Speech
from detente.model.items import (
    WAYS,
    Clout,
    Complaint,
    Demand,
    Feed,
    Influence,
    Issue,
    Mark,
    Need,
    Option,
    Party,
    Payment,
    Substitute,
    TakingPart,
)
from detente.model.parser import parse
from detente.model.statements import Statement

Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True)
class Matters:
    """Reads the items of a case whose parties and named statements have been read.

    Parameters
    ----------
    findings, speech : Findings, Speech
        Where faults go; how statements are read.
    parties : sequence of Party
        The sides, with what they want.
    options : mapping
        Every option, by its full name.
    sources : sequence of str
        The ids of the sources.
    """

    findings: Findings
    speech: Speech
    parties: Sequence[Party]
    options: Mapping[str, Option]
    sources: Sequence[str]

    def demands(self, document: Document) -> tuple[Demand, ...]:
        """Return the demands."""
        found: list[Demand] = []
        for path, item in self.each("demands", document.demands):
            check_id(self.findings, (*path, "id"), item.id, "a demand", refused=("core", "all"), key=False)
            that = self.speech.read(item.that, (*path, "that"))
            known = [self.party((*path, "from"), item.sender), self.party((*path, "to"), item.to)]
            if item.sender == item.to and all(known):
                self.findings.fault((*path, "to"), f"{item.to} demands this of itself", "name another party")
            start, end = item.from_time, item.by_time
            if start is not None and end is not None and start > end:
                what = f"the demand begins at {start}, after it has to be met at {end}"
                self.findings.fault((*path, "from time"), what, "make from time the earlier of the two")
            if that is not None and all(known) and self.whole(path):
                found.append(Demand(item.id, item.sender, item.to, that, start, end, self.mark(path, item)))
        ids = [((*path, "id"), item.id) for path, item in self.each("demands", document.demands)]
        check_unique(self.findings, ids, "demands")
        return tuple(found)

    def complaints(self, document: Document) -> tuple[Complaint, ...]:
        """Return the complaints."""
        found: list[Complaint] = []
        for path, item in self.each("complaints", document.complaints):
            check_id(self.findings, (*path, "id"), item.id, "a complaint", key=False)
            that = self.speech.read(item.that, (*path, "that"))
            known = [self.party((*path, "from"), item.sender), self.party((*path, "about"), item.about)]
            concern = self.concern((*path, "concern"), item.sender, item.concern) if known[0] else ""
            if that is not None and all(known) and self.whole(path):
                found.append(Complaint(item.id, item.sender, item.about, that, concern, self.mark(path, item)))
        ids = [((*path, "id"), item.id) for path, item in self.each("complaints", document.complaints)]
        check_unique(self.findings, ids, "complaints")
        return tuple(found)

    def clout(self, document: Document) -> tuple[Clout, ...]:
        """Return who has clout over whom."""
        found: list[Clout] = []
        for path, item in self.each("clout", document.clout):
            known = [self.party((*path, "of"), item.of), self.party((*path, "over"), item.over)]
            if item.of == item.over and all(known):
                self.findings.fault((*path, "over"), f"{item.of} has clout over itself", "name another party")
            places = enumerate(item.on)
            owned = [self.owned((*path, "on", place), key, item.over) for place, key in places]
            if not item.on and (*path, "on") not in self.findings.kept:
                self.findings.fault((*path, "on"), "no option is named here", "name those that clout can bring about")
            condition, sound = self.condition((*path, "while"), item.condition)
            if all(known) and all(owned) and item.on and sound and self.whole(path):
                beside = self.mark(path, item)
                found.append(Clout(item.of, item.over, tuple(item.on), item.strength, condition, beside))
        return tuple(found)

    def needs(self, document: Document) -> tuple[Need, ...]:
        """Return who needs what from whom."""
        found: list[Need] = []
        for path, item in self.each("needs", document.needs):
            known = [self.party((*path, "party"), item.party), self.party((*path, "from"), item.sender)]
            if item.party == item.sender and all(known):
                self.findings.fault((*path, "from"), f"{item.party} needs this from itself", "name another party")
            given_when, sound = self.condition((*path, "given when"), item.given_when)
            substitutes: list[Substitute] = []
            within = (*path, "substitutes")
            for place, other in zip(self.findings.places(within, item.substitutes), item.substitutes, strict=True):
                if self.party((*within, place, "from"), other.sender):
                    substitutes.append(Substitute(other.sender, other.loss))
            if all(known) and sound and self.whole(path):
                beside = self.mark(path, item)
                loss = item.loss_without
                found.append(Need(item.party, item.needs, item.sender, given_when, loss, tuple(substitutes), beside))
        return tuple(found)

    def payments(self, document: Document) -> tuple[Payment, ...]:
        """Return what is paid for effort."""
        found: list[Payment] = []
        for path, item in self.each("payments", document.payments):
            known = [self.party((*path, "by"), item.by), self.party((*path, "to"), item.to)]
            owned = self.owned((*path, "with"), item.paid, item.by)
            reward_for = self.speech.read(item.reward_for, (*path, "for"))
            if reward_for is not None and all(known) and owned and self.whole(path):
                payment = Payment(
                    by=item.by,
                    to=item.to,
                    paid=item.paid,
                    reward_for=reward_for,
                    amount=item.amount,
                    cost_of_effort=item.cost_of_effort,
                    solves_with_chance=item.solves_with_chance,
                    found_out_with_chance=item.found_out_with_chance,
                    after_success=item.after_success,
                    mark=self.mark(path, item),
                )
                found.append(payment)
        return tuple(found)

    def issues(self, document: Document) -> tuple[Issue, ...]:
        """Return the graded issues."""
        found: list[Issue] = []
        for id, item in document.issues.items():
            path: Path = ("issues", id)
            check_id(self.findings, path, id, "an issue")
            tables = [
                tuple(
                    (party, value) for party, value in table.items() if self.party((*path, key, party), party, key=True)
                )
                for key, table in (("positions", item.positions), ("salience", item.salience), ("clout", item.clout))
            ]
            found.append(Issue(id, tables[0], tables[1], tables[2], self.mark(path, item)))
        return tuple(found)

    def influence(self, document: Document) -> tuple[Influence, ...]:
        """Return who influences whom, a row for each party."""
        found: list[Influence] = []
        for path, item in self.each("influence", document.influence):
            known = self.party((*path, "of"), item.of)
            if item.of in item.on:
                self.findings.fault((*path, "on", item.of), f"{item.of} influences itself", "name other parties only")
            on = tuple((id, value) for id, value in item.on.items() if self.party((*path, "on", id), id, key=True))
            if known and item.of not in item.on and self.whole(path):
                found.append(Influence(item.of, on, self.mark(path, item)))
        for place, row in enumerate(found):
            if any(row.of == earlier.of for earlier in found[:place]):
                what = f"the influence of {row.of} stands in two rows"
                self.findings.fault(("influence", place, "of"), what, "put them into one row")
        return tuple(found)

    def feed(self, document: Document) -> Feed | None:
        """Return what options mean for a monitoring scenario; None where only its name is given, or none."""
        item = document.monitoring
        if item is None or not (item.taking_part or item.in_place or item.agencies or item.fingerprint):
            return None
        path: Path = ("monitoring",)
        agencies = [
            (party, agency)
            for party, agency in item.agencies.items()
            if self.party((*path, "agencies", party), party, key=True)
        ]
        found: list[TakingPart] = []
        for party, ways in item.taking_part.items():
            here: Path = (*path, "taking part", party)
            known = self.party(here, party, key=True)
            for way, text in ways.items():
                sound = self.findings.known("way of taking part", way, WAYS, (*here, way), key=True)
                where = self.speech.read(text, (*here, way), party)
                if known and sound and where is not None:
                    found.append(TakingPart(party, way, where))
        read = [(name, self.speech.read(text, (*path, "in place", name))) for name, text in item.in_place.items()]
        in_place = tuple((name, where) for name, where in read if where is not None)
        beside = self.mark(path, item)
        return Feed(item.fingerprint, item.classes, tuple(found), tuple(agencies), in_place, beside)

    def each(self, key: str, items: Sequence[Kind]) -> Iterator[tuple[Path, Kind]]:
        """Yield every item of a list with its path in the file."""
        for place, item in zip(self.findings.places((key,), items), items, strict=True):
            yield (key, place), item

    def whole(self, path: Path) -> bool:
        """Return whether an item of a list says itself all that it has to."""
        return path not in self.findings.patched

    def mark(self, path: Path, item: Item) -> Mark:
        """Return what stands beside an item."""
        return mark(self.findings, path, item, self.sources)

    def party(self, path: Path, id: str, key: bool = False) -> bool:
        """Return whether a party is known; a fault where it is not."""
        return self.findings.known("party", id, {party.id: None for party in self.parties}, path, key=key)

    def owned(self, path: Path, key: str, party: str) -> bool:
        """Return whether an option is known and belongs to a party; a fault where that is not so."""
        if not self.findings.known("option", key, self.options, path):
            return False
        owner = self.options[key].party
        if owner != party and any(party == each.id for each in self.parties):
            own = [option for option in self.options if option.startswith(f"{party}.")]
            self.findings.fault(
                path, f"{key} belongs to {owner}, not to {party}", f"name an option of {party}: {', '.join(own)}"
            )
        return owner == party

    def condition(self, path: Path, text: str | None) -> tuple[Statement | None, bool]:
        """Return an optional statement, and whether it is sound."""
        statement = None if text is None else self.speech.read(text, path)
        return statement, text is None or statement is not None

    def concern(self, path: Path, id: str, said: str) -> str:
        """Return the label of the concern that a complaint names, or says by its statement."""
        within = ("parties", id, "concerns")
        if any(place[:3] == within and not fault.warning for place, fault in self.findings.found):
            return said
        concerns = next(party.concerns or () for party in self.parties if party.id == id)
        labels = [concern.label for concern in concerns]
        if not said or said in labels:
            return said
        others = [party.id for party in self.parties for concern in party.concerns or () if concern.mark.name == said]
        if others:
            what = f"{said!r} is a concern of {others[0]}, not of {id}, which complains"
            self.findings.fault(path, what, f"name one of {id}'s own if you can", warning=True)
            return said
        try:
            tree = parse(said, self.speech.names, id).tree
        except StatementError:
            tree = None
        for concern in concerns:
            if said in (str(concern.want), concern.want.text) or tree == concern.want.tree:
                return concern.label
        what = f"{id} has no concern called {shorten(said)!r}"
        self.findings.fault(path, what, did_you_mean(said, labels))
        return ""
