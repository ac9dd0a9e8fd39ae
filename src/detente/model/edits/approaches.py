"""This module owns the edits of how parties see their relationship: approaches, contracts, assurances, coalitions."""

from dataclasses import dataclass, replace

from detente.errors import CaseError, Fault, UnknownNameError
from detente.look.summary import listed
from detente.model.case import Case
from detente.model.edits.edit import Edit, chosen, inserted, removed, replaced
from detente.model.items import Approach, Contract, SharedConcerns
from detente.model.said import in_words, quoted
from detente.model.statements import Statement


@dataclass(frozen=True, slots=True)
class AddApproach(Edit):
    """One more approach, at a place from 0 (None: last)."""

    content: Approach
    at: int | None = None

    def apply(self, case: Case) -> Case:
        return replace(case, approaches=inserted(case.approaches, self.at, self.content, "approach"))

    def inverse(self, case: Case) -> Edit:
        return DropApproach(self.content.id)

    def text(self, case: Case) -> str:
        return f"the approach {quoted(self.content.label)} is added"


@dataclass(frozen=True, slots=True)
class DropApproach(Edit):
    """An approach is taken out of the case."""

    approach: str

    def apply(self, case: Case) -> Case:
        return replace(case, approaches=removed(case.approaches, place_of(case, self.approach), "approach"))

    def inverse(self, case: Case) -> Edit:
        at = place_of(case, self.approach)
        return AddApproach(case.approaches[at], at)

    def text(self, case: Case) -> str:
        return f"the approach {quoted(approach_of(case, self.approach).label)} is taken out"


@dataclass(frozen=True, slots=True)
class ChangeApproach(Edit):
    """The approach with the same id has other clauses."""

    content: Approach

    def apply(self, case: Case) -> Case:
        at = place_of(case, self.content.id)
        return replace(case, approaches=replaced(case.approaches, at, self.content, "approach"))

    def inverse(self, case: Case) -> Edit:
        return ChangeApproach(approach_of(case, self.content.id))

    def text(self, case: Case) -> str:
        return f"the approach {quoted(approach_of(case, self.content.id).label)} has other clauses"


@dataclass(frozen=True, slots=True)
class AddContract(Edit):
    """A contract or promise in an approach, at a place from 0 (None: last); an unknown approach is made for it."""

    approach: str
    contract: Contract
    at: int | None = None

    def apply(self, case: Case) -> Case:
        approach = _found(case, self.approach)
        contracts = inserted(approach.contracts, self.at, self.contract, "contract")
        return _put(case, replace(approach, contracts=contracts))

    def inverse(self, case: Case) -> Edit:
        if not _has(case, self.approach):
            return DropApproach(self.approach)
        last = len(approach_of(case, self.approach).contracts)
        return DropContract(self.approach, last if self.at is None else self.at)

    def text(self, case: Case) -> str:
        contract = self.contract
        party, option = case.party(contract.by).label, case.option(contract.paid).label
        bound = "is bound to" if contract.binding else "promises"
        when = in_words(contract.iff.tree, case)
        return f"{_where(case, self.approach)}, {party} {bound} {quoted(option)} exactly when {when}"


@dataclass(frozen=True, slots=True)
class DropContract(Edit):
    """The contract at a place from 0 of an approach is taken out."""

    approach: str
    at: int

    def apply(self, case: Case) -> Case:
        approach = approach_of(case, self.approach)
        return _put(case, replace(approach, contracts=removed(approach.contracts, self.at, "contract")))

    def inverse(self, case: Case) -> Edit:
        contracts = approach_of(case, self.approach).contracts
        return AddContract(self.approach, chosen(contracts, self.at, "contract"), self.at)

    def text(self, case: Case) -> str:
        contract = chosen(approach_of(case, self.approach).contracts, self.at, "contract")
        party, option = case.party(contract.by).label, case.option(contract.paid).label
        bound = "contract" if contract.binding else "promise"
        return f"{_where(case, self.approach)}, the {bound} of {party} on {quoted(option)} is taken out"


@dataclass(frozen=True, slots=True)
class AddAssurance(Edit):
    """A party assures the others: it takes its own option exactly when a statement holds (bound to it, or promised)."""

    approach: str
    by: str
    option: str
    iff: Statement
    binding: bool = False

    def contract(self) -> AddContract:
        """Return the assurance as the contract that it is."""
        return AddContract(self.approach, Contract(self.by, self.option, self.iff, self.binding))

    def apply(self, case: Case) -> Case:
        return self.contract().apply(case)

    def inverse(self, case: Case) -> Edit:
        return self.contract().inverse(case)

    def text(self, case: Case) -> str:
        party, option = case.party(self.by).label, case.option(self.option).label
        how = ", and is bound to it" if self.binding else ""
        when = in_words(self.iff.tree, case)
        return f"{_where(case, self.approach)}, {party} assures {quoted(option)} exactly when {when}{how}"


@dataclass(frozen=True, slots=True)
class FormCoalition(Edit):
    """Parties can act together under an approach, listed at a place from 0 (None: last).

    Parameters
    ----------
    approach : str
    members : tuple of str
    at : int, optional
    share : str
        Whether each also takes the others' concerns for its own, by a clause of shared concerns that stands last:
        "core" (their core concerns), "all", or "" (it does not).
    """

    approach: str
    members: tuple[str, ...]
    at: int | None = None
    share: str = ""

    def apply(self, case: Case) -> Case:
        approach = _found(case, self.approach)
        listed = inserted(approach.coalitions, self.at, self.members, "coalition")
        clauses = (*approach.shared_concerns, *([SharedConcerns(self.members, self.share)] if self.share else []))
        return _put(case, replace(approach, coalitions=listed, shared_concerns=clauses))

    def inverse(self, case: Case) -> Edit:
        if not _has(case, self.approach):
            return DropApproach(self.approach)
        last = len(approach_of(case, self.approach).coalitions)
        return DissolveCoalition(self.approach, last if self.at is None else self.at, self.share)

    def text(self, case: Case) -> str:
        theirs = {"core": ", and each takes the others' core concerns for its own",
                  "all": ", and each takes the others' concerns for its own"}  # fmt: skip
        shared = theirs.get(self.share, "")
        return f"{_where(case, self.approach)}, {_members(case, self.members)} can act together{shared}"


@dataclass(frozen=True, slots=True)
class DissolveCoalition(Edit):
    """The coalition at a place from 0 of an approach is dissolved.

    With `share`, the last clause of shared concerns is taken out as well: that of the coalition, as `FormCoalition`
    puts it.
    """

    approach: str
    at: int
    share: str = ""

    def apply(self, case: Case) -> Case:
        approach = approach_of(case, self.approach)
        clauses = approach.shared_concerns
        if self.share:
            members = chosen(approach.coalitions, self.at, "coalition")
            if not clauses or clauses[-1] != SharedConcerns(members, self.share):
                what = f"the last clause of shared concerns is not that of {_members(case, members)}"
                raise CaseError([Fault(what, "leave share out, or dissolve the coalition formed last first")])
            clauses = clauses[:-1]
        listed = removed(approach.coalitions, self.at, "coalition")
        return _put(case, replace(approach, coalitions=listed, shared_concerns=clauses))

    def inverse(self, case: Case) -> Edit:
        coalitions = approach_of(case, self.approach).coalitions
        return FormCoalition(self.approach, chosen(coalitions, self.at, "coalition"), self.at, self.share)

    def text(self, case: Case) -> str:
        members = chosen(approach_of(case, self.approach).coalitions, self.at, "coalition")
        shared = ", and no longer take the others' concerns for their own" if self.share else ""
        return f"{_where(case, self.approach)}, {_members(case, members)} no longer act together{shared}"


def approach_of(case: Case, id: str) -> Approach:
    """Return an approach by its id; raises UnknownNameError with the nearest ones."""
    return case.approaches[place_of(case, id)]


def place_of(case: Case, id: str) -> int:
    """Return at which place, from 0, an approach stands; raises UnknownNameError with the nearest ids."""
    ids = [approach.id for approach in case.approaches]
    if id not in ids:
        raise UnknownNameError("approach", id, ids)
    return ids.index(id)


def _has(case: Case, id: str) -> bool:
    return any(approach.id == id for approach in case.approaches)


def _found(case: Case, id: str) -> Approach:
    """Return an approach, a new empty one where the case has none with this id."""
    if id == "none":
        what = "contracts and coalitions belong to an approach, and 'none' is the case as written"
        raise CaseError([Fault(what, "name an approach, or a new one")])
    return approach_of(case, id) if _has(case, id) else Approach(id)


def _put(case: Case, approach: Approach) -> Case:
    if not _has(case, approach.id):
        return replace(case, approaches=(*case.approaches, approach))
    at = place_of(case, approach.id)
    return replace(case, approaches=replaced(case.approaches, at, approach, "approach"))


def _where(case: Case, id: str) -> str:
    return (
        f"under the approach {quoted(approach_of(case, id).label)}"
        if _has(case, id)
        else f"under a new approach {quoted(id)}"
    )


def _members(case: Case, members: tuple[str, ...]) -> str:
    return listed([case.party(id).label for id in members])
