"""This module owns the edits of what parties want: the order of concerns, new ones, dropped ones, core marks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from detente.errors import CaseError, Fault
from detente.model.case import Case
from detente.model.edits.edit import Edit, chosen, inserted, ordinal, removed, replaced
from detente.model.items import Concern
from detente.model.said import called_in_a_row


def concerns_of(case: Case, party: str) -> tuple[Concern, ...]:
    """Return a party's concerns; raises CaseError where it has a ranking or weights instead, or nothing."""
    concerns = case.party(party).concerns
    if concerns is None:
        raise CaseError([Fault(f"{party} has no concerns to edit", f"write concerns for {party} in the case")])
    return concerns


def with_concerns(case: Case, party: str, concerns: Sequence[Concern]) -> Case:
    """Return the case with other concerns for one party."""
    parties = tuple(replace(p, concerns=tuple(concerns)) if p.id == party else p for p in case.parties)
    return replace(case, parties=parties)


@dataclass(frozen=True, slots=True)
class SwapConcerns(Edit):
    """Two concerns of a party, at places from 0, change places."""

    party: str
    first: int
    second: int

    def apply(self, case: Case) -> Case:
        concerns = concerns_of(case, self.party)
        one, other = (chosen(concerns, at, f"concern of {self.party}") for at in (self.first, self.second))
        swapped = list(concerns)
        swapped[self.first], swapped[self.second] = other, one
        return with_concerns(case, self.party, swapped)

    def inverse(self, case: Case) -> Edit:
        return self

    def text(self, case: Case) -> str:
        concerns = concerns_of(case, self.party)
        above, below = sorted((self.first, self.second))
        one, other = (chosen(concerns, at, f"concern of {self.party}") for at in (above, below))
        party, higher, lower = case.party(self.party).label, called_in_a_row(one, case), called_in_a_row(other, case)
        if below - above == 1:
            return f"{party} puts {lower} above {higher}"
        return f"{party} exchanges {higher} ({ordinal(above)}) and {lower} ({ordinal(below)})"


@dataclass(frozen=True, slots=True)
class AddConcern(Edit):
    """A party takes up a concern, so that it stands at a place from 0 (None: last)."""

    party: str
    concern: Concern
    at: int | None = None

    def apply(self, case: Case) -> Case:
        concerns = concerns_of(case, self.party)
        return with_concerns(case, self.party, inserted(concerns, self.at, self.concern, "concern"))

    def inverse(self, case: Case) -> Edit:
        return DropConcern(self.party, len(concerns_of(case, self.party)) if self.at is None else self.at)

    def text(self, case: Case) -> str:
        place = len(concerns_of(case, self.party)) if self.at is None else self.at
        core = ", as a core concern" if self.concern.core else ""
        party, concern = case.party(self.party).label, called_in_a_row(self.concern, case)
        return f"{party} takes up {concern} as its {ordinal(place)} concern{core}"


@dataclass(frozen=True, slots=True)
class DropConcern(Edit):
    """A party gives up the concern at a place from 0."""

    party: str
    at: int

    def apply(self, case: Case) -> Case:
        return with_concerns(case, self.party, removed(concerns_of(case, self.party), self.at, "concern"))

    def inverse(self, case: Case) -> Edit:
        return AddConcern(self.party, chosen(concerns_of(case, self.party), self.at, "concern"), self.at)

    def text(self, case: Case) -> str:
        concern = chosen(concerns_of(case, self.party), self.at, "concern")
        what = "the" if concern.mark.name else f"its {ordinal(self.at)}"
        stop = "" if concern.mark.name else ","
        return f"{case.party(self.party).label} gives up {what} concern{stop} {called_in_a_row(concern, case)}"


@dataclass(frozen=True, slots=True)
class MarkCore(Edit):
    """A party's concern at a place from 0 is core, or is not."""

    party: str
    at: int
    core: bool = True

    def apply(self, case: Case) -> Case:
        concerns = concerns_of(case, self.party)
        concern = replace(chosen(concerns, self.at, "concern"), core=self.core)
        return with_concerns(case, self.party, replaced(concerns, self.at, concern, "concern"))

    def inverse(self, case: Case) -> Edit:
        return MarkCore(self.party, self.at, chosen(concerns_of(case, self.party), self.at, "concern").core)

    def text(self, case: Case) -> str:
        concern = chosen(concerns_of(case, self.party), self.at, "concern")
        counts = "counts" if self.core else "no longer counts"
        return f"{case.party(self.party).label} {counts} {called_in_a_row(concern, case)} as core"
