"""This module owns the case: everything an analyst says about a dispute, as one frozen value.

Names of fields are the keys of the case file (``from`` is `sender`, ``of`` and ``by`` keep the file's sense). A case
that exists is sound: `detente.files` reports every fault before one is made, and edits are checked the same way.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import TypeVar

from detente.errors import UnknownNameError
from detente.model.parser import Names
from detente.model.statements import Statement

Named = TypeVar("Named")


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands beside any item: how it is called, where it comes from, a note, and how far it is checked."""

    name: str = ""
    source: str = ""
    note: str = ""
    standing: str = ""  # read | recalled | unverified | judgement


PLAIN = Mark()


@dataclass(frozen=True, slots=True)
class Option:
    """Something one party can do, yes or no, or at one of several levels (lowest first)."""

    party: str
    id: str
    levels: tuple[str, ...] = ()
    direction: str = ""  # "on": upward changes only, "off": downward only
    mark: Mark = PLAIN

    @property
    def key(self) -> str:
        """The option's full name, ``Party.option``."""
        return f"{self.party}.{self.id}"

    @property
    def size(self) -> int:
        """How many values it can take."""
        return len(self.levels) or 2

    @property
    def label(self) -> str:
        """Its readable name, else its id."""
        return self.mark.name or self.id


@dataclass(frozen=True, slots=True)
class Concern:
    """Something a party wants to be true; `core` if no package accommodates the party without it."""

    want: Statement
    core: bool = False
    mark: Mark = PLAIN

    @property
    def label(self) -> str:
        """Its name, else its printed statement."""
        return self.mark.name or str(self.want)


@dataclass(frozen=True, slots=True)
class Party:
    """One side of the dispute; at most one of `concerns`, `ranking` and `weights` says what it wants.

    Parameters
    ----------
    concerns : tuple of Concern, or None
        Most important first (prioritised preference statements); () means indifferent everywhere.
    ranking : tuple of tuples of str, or None
        State words from best to worst; states in one tuple are tied.
    weights : tuple of (Statement, Fraction), or None
        What each statement is worth where it holds.
    """

    id: str
    options: tuple[Option, ...] = ()
    concerns: tuple[Concern, ...] | None = None
    ranking: tuple[tuple[str, ...], ...] | None = None
    weights: tuple[tuple[Statement, Fraction], ...] | None = None
    mark: Mark = PLAIN

    @property
    def label(self) -> str:
        """Its readable name, else its id."""
        return self.mark.name or self.id


@dataclass(frozen=True, slots=True)
class Rule:
    """What every possible state obeys; `kind` is logical, causal or resource."""

    that: Statement
    kind: str = "logical"
    because: str = ""
    relaxable: bool = False
    mark: Mark = PLAIN

    @property
    def label(self) -> str:
        """Its name, else its printed statement."""
        return self.mark.name or str(self.that)


@dataclass(frozen=True, slots=True)
class Resource:
    """What one party has a limited amount of; the statements in `uses` that hold may not use more together."""

    name: str
    of: str
    amount: Fraction
    uses: tuple[tuple[Statement, Fraction], ...]
    mark: Mark = PLAIN


@dataclass(frozen=True, slots=True)
class Demand:
    """What one party asks of another."""

    id: str
    sender: str
    to: str
    that: Statement
    from_time: Fraction | None = None
    by_time: Fraction | None = None
    mark: Mark = PLAIN

    @property
    def label(self) -> str:
        """Its readable name, else its id."""
        return self.mark.name or self.id


@dataclass(frozen=True, slots=True)
class Complaint:
    """What one party holds against another, and the concern behind it (a concern's name, "" if not said)."""

    id: str
    sender: str
    about: str
    that: Statement
    concern: str = ""
    mark: Mark = PLAIN


@dataclass(frozen=True, slots=True)
class Clout:
    """How strongly one party can make another use its options; it counts only where `condition` (``while``) holds."""

    of: str
    over: str
    on: tuple[str, ...]  # option keys, each owned by `over`
    strength: str  # weak | strong
    condition: Statement | None = None
    mark: Mark = PLAIN


@dataclass(frozen=True, slots=True)
class Substitute:
    """Another source for what a party needs, and the loss that remains with it."""

    sender: str
    loss: Fraction


@dataclass(frozen=True, slots=True)
class Need:
    """What a party needs from another, when it is given, and what is lost without it."""

    party: str
    needs: str
    sender: str
    given_when: Statement | None = None
    loss_without: Fraction | None = None
    substitutes: tuple[Substitute, ...] = ()
    mark: Mark = PLAIN


@dataclass(frozen=True, slots=True)
class Payment:
    """Pay for effort: who pays whom with which option for what, and the amounts behind it."""

    by: str
    to: str
    paid: str  # option key (``with``)
    reward_for: Statement  # ``for``
    amount: Fraction
    cost_of_effort: Fraction | None = None
    solves_with_chance: Fraction | None = None
    found_out_with_chance: Fraction | None = None
    after_success: Fraction | None = None
    mark: Mark = PLAIN


@dataclass(frozen=True, slots=True)
class Contract:
    """The option `paid` (``with``) is taken exactly where `iff` holds: bound to it, or promised."""

    by: str
    paid: str
    iff: Statement
    binding: bool = True
    mark: Mark = PLAIN


@dataclass(frozen=True, slots=True)
class Deference:
    """While `condition` holds, the client puts the patron's demands (ids), or its concerns (core, all), first."""

    client: str
    patron: str
    on: tuple[str, ...]  # demand ids, or ("core",), or ("all",)
    condition: Statement | None = None
    mark: Mark = PLAIN


@dataclass(frozen=True, slots=True)
class SharedConcerns:
    """The parties count each other's concerns as their own."""

    parties: tuple[str, ...]
    which: str = "core"  # core | all
    order: str = ""  # "" (core concerns before every other one) | interleaved
    mark: Mark = PLAIN


@dataclass(frozen=True, slots=True)
class Approach:
    """One way the parties can see their relationship: clauses that rewrite the case."""

    id: str
    contracts: tuple[Contract, ...] = ()
    deference: tuple[Deference, ...] = ()
    shared_concerns: tuple[SharedConcerns, ...] = ()
    coalitions: tuple[tuple[str, ...], ...] = ()
    mark: Mark = PLAIN

    @property
    def label(self) -> str:
        """Its readable name, else its id."""
        return self.mark.name or self.id


@dataclass(frozen=True, slots=True)
class Issue:
    """A graded issue for trades: each party's position (0 to 100), salience and clout (0 to 1)."""

    id: str
    positions: tuple[tuple[str, Fraction], ...]
    salience: tuple[tuple[str, Fraction], ...] = ()
    clout: tuple[tuple[str, Fraction], ...] = ()
    mark: Mark = PLAIN


@dataclass(frozen=True, slots=True)
class Conventions:
    """The readings of the definitions on which texts differ (both default to the logical definitions).

    Parameters
    ----------
    ties_sanction : bool
        A state that the party finds equally good counts as a sanction.
    return_sanctions : bool
        An answer that brings back the original state counts as a sanction.
    """

    ties_sanction: bool = True
    return_sanctions: bool = True

    def data(self) -> dict[str, bool | str]:
        """Return the conventions under their names in the case file, with the rule for joint moves."""
        return {
            "ties sanction": self.ties_sanction,
            "return sanctions": self.return_sanctions,
            "joint moves": "legal sequences: any order, nobody twice in a row",
        }


@dataclass(frozen=True)
class Case:
    """A dispute as its analyst describes it; immutable, new ones by `edit` and `under`.

    Parameters
    ----------
    today : tuple of int, str or None
        The level of every option today, in option order; a plain state name; None where nothing is known.
    coalesce : tuple of Statement
        Conjunctions of option values; the states of each stand as one.
    states : tuple of str, or None
        The feasible states as words, or plain names, instead of rules.
    moves : mapping, or None
        Per party, from state word to the words it can move to; parties not listed move by their options.
    approach : str
        Under which approach this case was rewritten; "none" as written.
    definitions : tuple of (str, Statement)
        Options that are nobody's move, in the order in which they can be computed, each with what defines it.
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
    conventions: Conventions = Conventions()
    demands: tuple[Demand, ...] = ()
    complaints: tuple[Complaint, ...] = ()
    clout: tuple[Clout, ...] = ()
    needs: tuple[Need, ...] = ()
    payments: tuple[Payment, ...] = ()
    approaches: tuple[Approach, ...] = ()
    issues: tuple[Issue, ...] = ()
    monitoring: str = ""
    states: tuple[str, ...] | None = None
    moves: tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...] | None = None
    sources: tuple[tuple[str, str], ...] = ()
    mark: Mark = PLAIN
    approach: str = "none"
    definitions: tuple[tuple[str, Statement], ...] = ()
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


def _named(kind: str, name: str, known: Mapping[str, Named]) -> Named:
    if name not in known:
        raise UnknownNameError(kind, name, known)
    return known[name]
