"""This module owns the items a case is made of: parties, options, concerns, rules, demands, approaches and the rest.

Names of fields are the keys of the case file (``from`` is `sender`, ``of`` and ``by`` keep the file's sense).
"""

from dataclasses import dataclass
from fractions import Fraction

from detente.model.statements import Statement


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands beside any item: how it is called, where it comes from, a note, and how far it is checked."""

    name: str = ""
    source: str = ""
    note: str = ""
    standing: str = ""  # read | recalled | unverified | judgement

    @property
    def cited(self) -> str:
        """Its source and how far that is checked: ``rizvi-2018 ¶3``, ``judgement on rizvi-2018 ¶3``, ``no source``."""
        if self.standing in ("", "read"):
            return self.source or "no source"
        if not self.source:
            return self.standing
        return f"{self.standing}{' on ' if self.standing == 'judgement' else ', '}{self.source}"


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

    @property
    def label(self) -> str:
        """Its readable name, else its id."""
        return self.mark.name or self.id


WAYS = ("none", "unilateral", "shared data", "joint planning", "joint teams")
"""The ways in which a party can take part in monitoring, from not at all to teams of several parties."""


@dataclass(frozen=True, slots=True)
class TakingPart:
    """How a party takes part in monitoring in the states in which a statement holds: alone, jointly, not at all."""

    party: str
    way: str  # one of WAYS
    where: Statement


@dataclass(frozen=True, slots=True)
class Feed:
    """What options of the case mean for a monitoring scenario, so that its results can stand in as outcomes.

    Parameters
    ----------
    fingerprint : str
        Of the scenario when its results were last written into the outcomes; "" if they never were.
    classes : int
        Into how many classes of equal width detection, from 0 to 1, is divided.
    taking_part : tuple of TakingPart
        By party the ways of taking part, of which the first whose statement holds counts; where none does, it plans
        alone.
    agencies : tuple of (str, str)
        The scenario's agency that a party is, where it is not called as the party is.
    in_place : tuple of (str, Statement)
        Measures of the scenario that are there only where the statement holds.
    """

    fingerprint: str = ""
    classes: int = 5
    taking_part: tuple[TakingPart, ...] = ()
    agencies: tuple[tuple[str, str], ...] = ()
    in_place: tuple[tuple[str, Statement], ...] = ()
    mark: Mark = PLAIN


@dataclass(frozen=True, slots=True)
class Influence:
    """How strongly one party influences others directly, 0 to 4: a row of the matrix that MACTOR uses."""

    of: str
    on: tuple[tuple[str, Fraction], ...]
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


USUAL = Conventions()
