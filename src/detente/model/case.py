"""This module owns the case: everything an analyst says about a dispute, as one frozen value.

A case that exists is sound: `detente.files` reports every fault before one is made, and edits are checked the same way.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from detente.errors import UnknownNameError
from detente.model.items import (
    PLAIN,
    USUAL,
    Approach,
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
    Substitute,
    TakingPart,
)
from detente.model.parser import Names
from detente.model.statements import Statement

if TYPE_CHECKING:
    from detente.model.edits import Edit

__all__ = [
    "PLAIN",
    "Approach",
    "Case",
    "Clout",
    "Complaint",
    "Concern",
    "Contract",
    "Conventions",
    "Deference",
    "Demand",
    "Feed",
    "Influence",
    "Issue",
    "Mark",
    "Need",
    "Option",
    "Party",
    "Payment",
    "Resource",
    "Rule",
    "SharedConcerns",
    "Substitute",
    "TakingPart",
]

Named = TypeVar("Named")


@dataclass(frozen=True)
class Case:
    """A dispute as its analyst describes it; immutable, new ones by `edit` and `under`.

    Parameters
    ----------
    today : tuple of int, str or None
        The level of every option today, in option order; a plain state name; None where nothing is known.
    coalesce : tuple of Statement
        Conjunctions of option values; the states of each stand as one.
    monitoring : str
        The monitoring scenario whose results the case uses: a file, or the name of a shipped one.
    feed : Feed, or None
        What the case's options mean for that scenario.
    states : tuple of str, or None
        The feasible states as words, or plain names, instead of rules.
    moves : mapping, or None
        Per party, from state word to the words it can move to; parties not listed move by their options.
    approach : str
        Under which approach this case was rewritten; "none" as written.
    definitions : tuple of (str, Statement)
        Options that are nobody's move, in the order in which they can be computed, each with what defines it.
    coalitions : tuple of tuples of str
        The coalitions that the approach lists; () as written.
    """

    title: str
    parties: tuple[Party, ...]
    rules: tuple[Rule, ...] = ()
    resources: tuple[Resource, ...] = ()
    outcomes: tuple[tuple[str, Statement], ...] = ()
    coalesce: tuple[Statement, ...] = ()
    today: tuple[int, ...] | str | None = None
    table: tuple[str, ...] = ()
    accommodate: tuple[str, ...] = ()
    patience: Fraction | None = None
    conventions: Conventions = USUAL
    demands: tuple[Demand, ...] = ()
    complaints: tuple[Complaint, ...] = ()
    clout: tuple[Clout, ...] = ()
    needs: tuple[Need, ...] = ()
    payments: tuple[Payment, ...] = ()
    approaches: tuple[Approach, ...] = ()
    issues: tuple[Issue, ...] = ()
    influence: tuple[Influence, ...] = ()
    monitoring: str = ""
    feed: Feed | None = None
    states: tuple[str, ...] | None = None
    moves: tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...] | None = None
    sources: tuple[tuple[str, str], ...] = ()
    mark: Mark = PLAIN
    approach: str = "none"
    definitions: tuple[tuple[str, Statement], ...] = ()
    coalitions: tuple[tuple[str, ...], ...] = ()
    outcome_marks: tuple[tuple[str, Mark], ...] = field(default=(), compare=False)

    @cached_property
    def options(self) -> tuple[Option, ...]:
        """All options, party by party, in the order of the file: the order of state words."""
        return tuple(option for party in self.parties for option in party.options)

    @cached_property
    def names(self) -> Names:
        """What statements of this case may speak of."""
        return Names({o.key: o.levels for o in self.options}, {name: s.tree for name, s in self.outcomes})

    @cached_property
    def party_ids(self) -> tuple[str, ...]:
        """The parties' ids, in the order of the file."""
        return tuple(party.id for party in self.parties)

    @cached_property
    def position(self) -> Mapping[str, int]:
        """The index of every option, by its full name."""
        return {option.key: index for index, option in enumerate(self.options)}

    @property
    def at_table(self) -> tuple[str, ...]:
        """Who negotiates; everybody unless the case says otherwise."""
        return self.table or self.party_ids

    @property
    def counted(self) -> tuple[str, ...]:
        """Whose core concerns count; everybody's unless the case says otherwise."""
        return self.accommodate or self.party_ids

    def __repr__(self) -> str:
        from detente.look.surfaces import text
        from detente.model.table import card

        return text(card(self))

    def _repr_html_(self) -> str:
        """Return the case's card for a notebook."""
        from detente.look.surfaces import html
        from detente.model.table import card

        return html(card(self))

    def party(self, id: str) -> Party:
        """Return a party by its id.

        Raises
        ------
        UnknownNameError
            With the nearest ids.
        """
        return _named("party", id, {party.id: party for party in self.parties})

    def option(self, key: str) -> Option:
        """Return an option by its full name; raises UnknownNameError with the nearest ones."""
        return _named("option", key, {option.key: option for option in self.options})

    def demand(self, id: str) -> Demand:
        """Return a demand by its id; raises UnknownNameError with the nearest ones."""
        return _named("demand", id, {demand.id: demand for demand in self.demands})

    @cached_property
    def fingerprint(self) -> str:
        """Eight hex digits that change when, and only when, an answer can change."""
        from detente.model.fingerprint import fingerprint

        return fingerprint(self)

    def under(self, approach: str) -> "Case":
        """Return the case rewritten by one of its approaches; the case itself under "none".

        Raises
        ------
        UnknownNameError
            When the case has no such approach.
        CaseError
            With every fault of the approach.
        """
        from detente.model.approaches import under

        return under(self, approach)

    def edit(self, *edits: "Edit") -> "Case":
        """Return the case after edits, one after the other; this one is unchanged.

        Raises
        ------
        CaseError
            With every fault that the edits bring in.
        UnknownNameError
            When an edit names what the case does not have.
        """
        from detente.model.edits import edited

        return edited(self, edits)

    def every_statement(self) -> Iterator[Statement]:
        """Yield every statement of the case, in the order of the file format."""
        for party in self.parties:
            yield from (concern.want for concern in party.concerns or ())
            yield from (statement for statement, _ in party.weights or ())
        yield from (rule.that for rule in self.rules)
        for resource in self.resources:
            yield from (statement for statement, _ in resource.uses)
        yield from (statement for _, statement in self.outcomes)
        yield from self.coalesce
        yield from (demand.that for demand in self.demands)
        yield from (complaint.that for complaint in self.complaints)
        optional = [clout.condition for clout in self.clout] + [need.given_when for need in self.needs]
        yield from (statement for statement in optional if statement is not None)
        yield from (payment.reward_for for payment in self.payments)
        for approach in self.approaches:
            yield from (contract.iff for contract in approach.contracts)
            yield from (clause.condition for clause in approach.deference if clause.condition is not None)
        if self.feed is not None:
            yield from (way.where for way in self.feed.taking_part)
            yield from (statement for _, statement in self.feed.in_place)


def _named(kind: str, name: str, known: Mapping[str, Named]) -> Named:
    if name not in known:
        raise UnknownNameError(kind, name, known)
    return known[name]
