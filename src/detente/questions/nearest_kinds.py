"""This module owns which edits a nearest change may be made of, what each costs, and how they are said.

A party's part of a change is seen as a set: pairs of concerns that change their order, concerns taken up, given up or
no longer core, promises, clout gained. The edits that bring it about follow from it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations, islice, product

from detente.errors import DetenteError, UnknownNameError
from detente.model.case import Case
from detente.model.edits import (
    AddAssurance,
    AddClout,
    AddConcern,
    DropConcern,
    Edit,
    FormCoalition,
    MarkCore,
    RaiseClout,
    SwapConcerns,
)
from detente.model.items import Clout, Concern, Contract
from detente.model.shared import meaning
from detente.model.statements import Compare, Not, Tree, made, options_in, spelled_out
from detente.questions.nearest_orders import chosen, reordered, shares, swaps_between

COSTS: Mapping[str, int] = {
    "swap": 1,
    "add": 1,
    "clout": 1,
    "promise": 1,
    "contract": 1,
    "patience": 1,
    "tail": 1,
    "coalition": 2,
    "drop": 3,
    "core": 3,
    "rule": 3,
}
"""What each kind of edit costs, unless it is said otherwise: giving up a concern, a core mark or a rule is dearer, and
a coalition asks something of each of its members."""

ASSURED = "assured"
FEW_RISE = 1_000  # of changes of the same size, those are shown in which fewer concerns rise
MOST_PARTS = 50_000  # more that one party can do at one cost is not tried
Atom = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What one party does in a change.

    Parameters
    ----------
    party : str
    concerns : tuple of Concern, or None
        What it wants then; None where it has a ranking or weights.
    edits : tuple of Edit
        In the order in which they are applied to the case as written.
    atoms : frozenset
        The same as a set, without the places at which concerns are put.
    cost : int
    promises : tuple of Contract
        What it assures.
    clout : tuple of (party id, option key)
        Who gains clout over it, on which option.
    liking : int
        Which of several with the same atoms is shown; larger is better.
    """

    party: str
    concerns: tuple[Concern, ...] | None
    edits: tuple[Edit, ...] = ()
    atoms: frozenset[Atom] = frozenset()
    cost: int = 0
    promises: tuple[Contract, ...] = ()
    clout: tuple[tuple[str, str], ...] = ()
    liking: int = 0


@dataclass(eq=False)
class Kinds:
    """The edits that are considered for a case.

    Parameters
    ----------
    case : Case
        As written.
    approach : str
        Under which contracts and promises are added; a new one where it is "none".
    costs : mapping
        What each kind that is considered costs.
    wanted : tuple of Concern
        Concerns that any party may take up, besides the core concerns of other counted parties.
    own : mapping from party to concerns
        Concerns that only this party may take up.
    everywhere : bool
        Whether each place is tried for a new concern, and all terms for a promise; else the first place, from where a
        concern counts most, and one statement with its opposite, for the outcome itself says which of them is kept.
    """

    case: Case
    approach: str
    costs: Mapping[str, int]
    wanted: tuple[Concern, ...] = ()
    own: Mapping[str, tuple[Concern, ...]] = field(default_factory=dict)
    everywhere: bool = False
    _parts: dict[tuple[str, int], list[Part]] = field(default_factory=dict, init=False)
    _contracts: dict[str, list[Contract]] = field(default_factory=dict, init=False)
    _changes: dict[tuple[tuple[str, ...], int], list[tuple[Part, ...]]] = field(default_factory=dict, init=False)
    _kept: set[int] = field(default_factory=set, init=False)
    ladders: dict[int, dict[int, tuple[int, ...]]] = field(default_factory=dict, init=False)

    @cached_property
    def assuring(self) -> str:
        """The approach that contracts and promises are added to."""
        if self.approach != "none":
            return self.approach
        known = {approach.id for approach in self.case.approaches}
        return next(id for id in (ASSURED, *(f"{ASSURED}-{n}" for n in range(2, 99))) if id not in known)

    def parts(self, party: str, cost: int) -> list[Part]:
        """Return everything that a party can do at exactly a cost, at most `MOST_PARTS` and one more."""
        key = party, cost
        if key not in self._parts:
            self._parts[key] = list(islice(self._doing(party, cost), MOST_PARTS + 1))
        return self._parts[key]

    def changes(self, parties: tuple[str, ...], cost: int) -> list[tuple[Part, ...]]:
        """Return everything that parties can do together at exactly a cost, at most `MOST_PARTS` and one more."""
        key = parties, cost
        if key not in self._changes:
            every = (
                change
                for costs in shares(cost, len(parties))
                for change in product(*(self.parts(id, each) for id, each in zip(parties, costs, strict=True)))
            )
            self._changes[key] = list(islice(every, MOST_PARTS + 1))
            self._kept.update(id(change) for change in self._changes[key])
        return self._changes[key]

    def keeps(self, change: tuple[Part, ...]) -> bool:
        """Return whether it is one of `changes`, which are kept, so that its identity may stand for it."""
        return id(change) in self._kept

    def _doing(self, party: str, cost: int) -> Iterator[Part]:
        if cost == 0:
            yield Part(party, self.case.party(party).concerns)
            return
        clouts = [((), 0), *self._clouts(party, cost)]
        for clout, used in clouts:
            for part in self._wanting(party, cost - used):
                yield with_clout(self.case, part, clout, used) if clout else part

    def _clouts(self, party: str, most: int) -> list[tuple[tuple[tuple[str, str], ...], int]]:
        """Return who may gain clout over a party outside the table, on which of its options, and what it costs."""
        case = self.case
        if party in case.at_table or "clout" not in self.costs:
            return []
        keys = [option.key for option in case.party(party).options]
        return [
            (tuple((of, key) for key in few), self.costs["clout"] * number)
            for number in range(1, most // self.costs["clout"] + 1)
            for few in combinations(keys, number)
            for of in case.at_table
        ]

    def _wanting(self, party: str, cost: int) -> Iterator[Part]:
        """Yield the changes of what a party wants, at exactly a cost."""
        concerns = self.case.party(party).concerns
        if cost == 0:
            yield Part(party, concerns)
        if cost <= 0 or concerns is None:
            return
        costs, places = {kind: self.costs.get(kind, cost + 1) for kind in COSTS}, range(len(concerns))
        new, promises = self.offered(party), self.promises(party)
        for given_up in chosen(places, cost, costs["drop"]):
            left = cost - len(given_up) * costs["drop"]
            core = [place for place in places if concerns[place].core and place not in given_up]
            for cleared in chosen(core, left, costs["core"]):
                rest = left - len(cleared) * costs["core"]
                for taken in chosen(range(len(new)), rest, costs["add"]):
                    also = rest - len(taken) * costs["add"]
                    for said in chosen(range(len(promises)), also, costs["promise"]):
                        swaps, over = divmod(also - len(said) * costs["promise"], costs["swap"])
                        if over or len({promises[n].paid for n in said}) < len(said):
                            continue
                        kept = [place for place in places if place not in given_up]
                        for order in reordered(len(kept), swaps):
                            yield from self._made(
                                party,
                                cost,
                                given_up,
                                cleared,
                                [kept[n] for n in order],
                                [new[n] for n in taken],
                                [(n, promises[n]) for n in said],
                            )

    def _made(
        self,
        party: str,
        cost: int,
        given_up: Sequence[int],
        cleared: Sequence[int],
        order: Sequence[int],
        taken: Sequence[Concern],
        promises: Sequence[tuple[int, Contract]],
    ) -> Iterator[Part]:
        part = self.without_new(party, cost, given_up, cleared, order, promises)
        part = replace(part, atoms=part.atoms | {("add", party, str(concern.want)) for concern in taken})
        gaps = range(len(order) + 1) if self.everywhere else (0,)
        for places in product(gaps, repeat=len(taken)):
            yield taking_up(part, taken, places)

    def without_new(
        self,
        party: str,
        cost: int,
        given_up: Sequence[int],
        cleared: Sequence[int],
        order: Sequence[int],
        promises: Sequence[tuple[int, Contract]],
    ) -> Part:
        """Return what a party does with the concerns that it has: gives some up, no longer counts some as core, has
        the others in an order (all by their places in the case as written), and promises."""
        concerns = self.case.party(party).concerns or ()
        edits: list[Edit] = [DropConcern(party, place) for place in sorted(given_up, reverse=True)]
        edits += [SwapConcerns(party, place, place + 1) for place in swaps_between(sorted(order), order)]
        edits += [MarkCore(party, order.index(place), False) for place in cleared]
        now = tuple(replace(concerns[place], core=concerns[place].core and place not in cleared) for place in order)
        atoms: set[Atom] = {("drop", party, str(place)) for place in given_up}
        atoms |= {("core", party, str(place)) for place in cleared}
        atoms |= {("swap", party, str(a), str(b)) for n, a in enumerate(order) for b in order[n + 1 :] if a > b}
        atoms |= {("promise", party, contract.paid) for _, contract in promises}
        rising = sum(any(other < place for other in order[at + 1 :]) for at, place in enumerate(order))
        liked = -FEW_RISE * rising - sum(place for place, _ in promises)
        edits += [AddAssurance(self.assuring, c.by, c.paid, c.iff) for _, c in promises]
        return Part(party, now, tuple(edits), frozenset(atoms), cost, tuple(c for _, c in promises), (), liked)

    def offered(self, party: str) -> list[Concern]:
        """Return the concerns that a party may take up: others' core concerns, and what is asked for."""
        case = self.case
        have = {meaning(concern) for concern in case.party(party).concerns or ()}
        theirs = [
            Concern(concern.want, mark=concern.mark)
            for id in case.counted
            if id != party
            for concern in case.party(id).concerns or ()
            if concern.core
        ]
        found: dict[Tree, Concern] = {}
        for concern in (*theirs, *self.wanted, *self.own.get(party, ())):
            if meaning(concern) not in have:
                found.setdefault(meaning(concern), concern)
        return list(found.values())

    def promises(self, party: str) -> list[Contract]:
        """Return what a party may promise: one of its yes/no options, in exchange for something of others."""
        return [
            Contract(party, option.key, made(tree), binding=False)
            for option in self.case.party(party).options
            if not option.levels
            for tree in self._terms(party, option.key)
        ]

    def offers(self, party: str, paid: str) -> list[Contract]:
        """Return the contracts on an option for what is not in the party's own hands."""
        mine = {option.key for option in self.case.party(party).options}
        return [
            contract
            for contract in self.contracts(party)
            if contract.paid == paid and not mine & set(options_in(spelled_out(contract.iff.tree)))
        ]

    def _terms(self, party: str, paid: str) -> list[Tree]:
        """Return in exchange for what an option is promised: what the party demands, else one option of another party.

        Nobody's own move changes what is given in exchange; so to keep a promise asks the same of a party whatever
        that is, and for each outcome one of a statement and its opposite will do. Where others share the promise, or
        several outcomes matter, it makes a difference, and all are returned.
        """
        others = [contract.iff.tree for contract in self.offers(party, paid)]
        if self.everywhere:
            return others
        demanded = [demand.that.tree for demand in self.case.demands if demand.sender == party]
        first = [tree for tree in others if tree in demanded] or others[:1]
        return [*first, *(tree.inner if isinstance(tree, Not) else Not(tree) for tree in first[:1])]

    def contracts(self, party: str) -> list[Contract]:
        """Return what a party may be bound to: what it demands of others first, then any option of another party.

        Nobody signs for a party outside the table.
        """
        case = self.case
        if party not in case.at_table:
            return []
        if party in self._contracts:
            return self._contracts[party]
        demanded = [demand.that.tree for demand in case.demands if demand.sender == party]
        others = [Compare(option.key) for option in case.options if option.party != party]
        terms = dict.fromkeys([*demanded, *(tree for each in others for tree in (each, Not(each)))])
        self._contracts[party] = [
            Contract(party, option.key, made(tree))
            for option in case.party(party).options
            if not option.levels
            for tree in terms
            if option.key not in set(options_in(spelled_out(tree)))
        ]
        return self._contracts[party]


def coalitions(case: Case, approach: str) -> list[FormCoalition]:
    """Return the coalitions that are considered: two parties at the table, or all of them, who share core concerns."""
    able = [id for id in case.at_table if case.party(id).concerns is not None]
    groups = dict.fromkeys([*combinations(able, 2), tuple(able)])
    return [FormCoalition(approach, members, share="core") for members in groups if len(members) > 1]


def taking_up(part: Part, taken: Sequence[Concern], gaps: Sequence[int]) -> Part:
    """Return a part in which a party takes up concerns as well, each right above one of those that it has then.

    Parameters
    ----------
    gaps : sequence of int
        Above which of the party's concerns each is put, from 0; their number puts it last.
    """
    concerns, edits = list(part.concerns or ()), list(part.edits)
    for earlier, (gap, concern) in enumerate(sorted(zip(gaps, taken, strict=True), key=lambda pair: pair[0])):
        concerns.insert(gap + earlier, concern)
        edits.append(AddConcern(part.party, concern, gap + earlier))
    return replace(part, concerns=tuple(concerns), edits=tuple(edits), liking=part.liking + sum(gaps))


def costs_of(given: Mapping[str, int] | None) -> dict[str, int]:
    """Return what each kind costs, those not given as usual; raises DetenteError for an unknown kind or no cost."""
    for kind, cost in (given or {}).items():
        if kind not in COSTS:
            raise UnknownNameError("kind of edit", kind, COSTS)
        if not isinstance(cost, int) or cost < 1:
            raise DetenteError(f"{kind!r} costs {cost!r}; a cost is a whole number from 1")
    return {**COSTS, **(given or {})}


def with_clout(case: Case, part: Part, clout: tuple[tuple[str, str], ...], cost: int) -> Part:
    """Return a part in which parties gain weak clout over its party as well, each on an option."""
    edits: list[Edit] = []
    for of, key in clout:
        edit = RaiseClout(of, part.party, key, "weak")
        there = edit.place(case) is not None
        edits.append(AddClout(Clout(of, part.party, (key,), "weak")) if there else edit)
    return replace(
        part,
        edits=(*part.edits, *edits),
        atoms=part.atoms | {("clout", of, part.party, key) for of, key in clout},
        cost=part.cost + cost,
        clout=clout,
    )
