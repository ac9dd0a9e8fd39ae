"""This module owns that an outcome lasts, as clauses: whoever is tempted to leave it finds itself in something worse.

What punishes a party is any state that holds by itself and is bad enough for it (`detente.questions.lasting_sets`); so
edits may make an outcome last by what they make hold elsewhere. A state holds if each party keeps it, which is the same
kind of condition on its order of concerns as for the outcome itself. More patience asks less of the punishment, and pay
after success mends pay that defeats itself; how much of either is needed is worked out for the solution.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from detente.engine.batch import Numbers, staying, worth
from detente.engine.masks import Bools
from detente.errors import DetenteError
from detente.model.case import Case
from detente.model.edits import Edit, PayAfterSuccess, SetPatience
from detente.model.statements import Compare
from detente.questions.lasting import lasting
from detente.questions.lasting_sets import Tempted, Worths, weighing
from detente.questions.nearest_aim import HOLDS, LASTS, Aim, exactly
from detente.questions.nearest_kinds import Kinds
from detente.questions.nearest_literals import NO, YES
from detente.questions.payments import payments, turns_on

if TYPE_CHECKING:
    from detente.questions.nearest import World
    from detente.questions.nearest_question import Question

ANYONE = "the next period"  # who moves where patience grows; no party has this id
ENOUGH = Fraction(99, 100)  # a patience at which it is asked which tails could be needed where none is stated


def mendable(case: Case) -> list[int]:
    """Return which payments pay after success could mend, by their places."""
    stated = case if case.patience is not None else case.edit(SetPatience(ENOUGH))
    found = [pay.effort.after_needed if pay.effort is not None else None for pay in payments(stated).payments]
    return [place for place, needed in enumerate(found) if needed is not None]


def at_stake(aim: Aim, case: Case) -> bool:
    """Return whether `lasts` may fail where all else passes, or its edits matter; else it needs no clauses.

    A party at the table that holds to an outcome is not tempted to leave it.
    """
    if LASTS not in aim.verdicts or not weighing(case):
        return False
    return aim.certain or punishing(aim, case) or bool(case.payments)


def punishing(aim: Aim, case: Case) -> bool:
    """Return whether a party with weights may be tempted by what passes, so that its punishment counts."""
    return any(
        party.weights is not None and (HOLDS not in aim.verdicts or party.id not in case.at_table)
        for party in case.parties
    )


def unused(aim: Aim, case: Case) -> Iterator[str]:
    """Yield the kinds of edit that could change nothing, since `lasts` does not turn on them."""
    staked = at_stake(aim, case)
    if not (staked and (punishing(aim, case) or aim.certain)):
        yield "patience"
    if not (staked and mendable(case)):
        yield "tail"


@dataclass(eq=False)
class Lasts:
    """What `lasts` asks in one world, worked out once for all bounds.

    Parameters
    ----------
    aim : Aim
    kinds : Kinds
    world : World
    """

    aim: Aim
    kinds: Kinds
    world: "World"

    @cached_property
    def worths(self) -> Worths:
        """What states are worth to parties with weights."""
        return Worths(self.world.case, self.world.bench.arena)

    @cached_property
    def tempted(self) -> Mapping[int, Tempted]:
        """What tempts each party with weights, target by target."""
        world = self.world
        return {party: self.worths.tempted(party, world.targets, world.space) for party in self.worths.parties}

    @cached_property
    def states(self) -> Numbers:
        """The states that could punish: all that can be in this world."""
        return np.flatnonzero(self.world.bench.arena.obeying(self.world.space))

    @cached_property
    def stays(self) -> Bools:
        """Which of these states each party keeps as things stand, shape (parties, states)."""
        return np.stack([self._stays(party) for party in range(len(self.world.case.parties))])

    def _stays(self, party: int) -> Bools:
        world, bench = self.world, self.world.bench
        group = next(group for group in world.groups if party in group)
        ladder = world.ladders(group).get(party)
        found = np.ones(len(self.states), np.bool_)
        for run in bench.arena.parts([party], self.states):
            moves = bench.arena.moves(party, self.states[run], world.space)
            if ladder is None:
                found[run] = staying(bench.arena.risen(moves, party))[0]
                continue
            used = sorted(set(ladder))
            gains = bench.arena.gains(moves, [bench.statements[number] for number in used])
            places = [used.index(number) for number in ladder]
            found[run] = staying(next(worth(gains, [places])))[0]
        return found

    @cached_property
    def least(self) -> Numbers:
        """What it costs at least that each state holds by itself; what no edit can make hold costs too much."""
        concerned = np.array([party.concerns is not None for party in self.world.case.parties], np.bool_)
        cheapest = min(self.kinds.costs.values(), default=1)
        found: Numbers = self.world.cost + cheapest * (~self.stays[concerned]).sum(axis=0)
        found[~self.stays[~concerned].all(axis=0)] = NEVER
        return found

    def needed(self) -> bool:
        """Return whether some target tempts a party that could stay because of a punishment."""
        inside = self.world.bench.table
        return any(
            tempted.there.any()
            for party, tempted in self.tempted.items()
            if HOLDS not in self.aim.verdicts or party not in inside
        )

    def punishments(self, bound: int) -> Numbers:
        """Return which states could hold by themselves at a cost up to a bound, as places among `states`."""
        return np.flatnonzero(self.least <= bound) if self.needed() else np.zeros(0, np.int64)

    def left_out(self, bound: int) -> int | None:
        """Return the least that a punishment costs which a bound leaves out; None where it leaves out none."""
        if not self.needed():
            return None
        beyond = self.least[(self.least > bound) & (self.least < NEVER)]
        return int(beyond.min()) if len(beyond) else None


NEVER = 1 << 40


class Lasting:
    """The clauses by which outcomes of one world last.

    Parameters
    ----------
    question : Question
    lasts : Lasts
    bound : int
    """

    def __init__(self, question: "Question", lasts: Lasts, bound: int) -> None:
        self.question, self.lasts, self.formula = question, lasts, question.formula
        self.world, self.aim = lasts.world, lasts.aim
        self.places = lasts.punishments(bound)
        self._holds: dict[int, int] = {}
        self._keeps: dict[int, Sequence[int]] = {}
        self._chains: dict[int, tuple[Numbers, list[int]]] = {}

    def ask(self, places: Numbers, literals: Sequence[int]) -> None:
        """Ask that outcomes last where their literals are true: targets of the world, by their places."""
        states = self.world.targets[places]
        unasked: list[list[int]] = [[] for _ in literals]
        for party, member in enumerate(self.world.case.parties):
            if member.weights is None:
                self._ask_silent(party, states, literals, unasked)
        good = [self._good(literal, others) for literal, others in zip(literals, unasked, strict=True)]
        self._ask_pay(states, good)
        for party, tempted in self.lasts.tempted.items():
            here = Tempted(tempted.here[places], tempted.best[places], tempted.least)
            for place in np.flatnonzero(here.there).tolist():
                self.formula.need([-good[place], *self._punished(party, here, place)])

    def _good(self, literal: int, unasked: Sequence[int]) -> int:
        """Return the literal under which it has to last, where it is asked."""
        if not unasked:
            return literal
        good = self.formula.new()
        self.formula.need([-literal, good, *unasked])
        return good

    def _ask_silent(self, party: int, states: Numbers, literals: Sequence[int], unasked: list[list[int]]) -> None:
        """Ask that a party without weights is not tempted; where it may be, then nothing is asked of the outcome."""
        if self.aim.certain:
            for literal, kept in zip(literals, self.question.keeping(self.world, party, states), strict=True):
                self.formula.need([-literal, kept])
        elif not (HOLDS in self.aim.verdicts and party in self.world.bench.table):
            for found, moved in zip(unasked, self.question.leaving(self.world, party, states), strict=True):
                if moved != NO:
                    found.append(moved)

    def _ask_pay(self, states: Numbers, good: Sequence[int]) -> None:
        """Ask that pay by which the approach works, or that is promised, does not defeat itself."""
        world, arena = self.world, self.world.bench.arena
        for place, pay in enumerate(payments(world.case).payments):
            if pay.effort is None or pay.effort.worthwhile:
                continue
            option = world.case.position[pay.payment.paid]
            made = arena.truth(Compare(option))[states] > 0
            ways = self.question.mending(place)
            given = [] if turns_on(world.approach, pay.payment.paid) else self.question.promising(pay.payment.paid)
            if not given and not turns_on(world.approach, pay.payment.paid):
                continue
            for each in np.flatnonzero(made).tolist():
                for literal in given or [YES]:
                    self.formula.need([-good[each], -literal, *ways])

    def _punished(self, party: int, tempted: Tempted, place: int) -> Iterator[int]:
        """Yield the ways in which a party that is tempted finds itself in something that is bad enough."""
        one = Tempted(tempted.here[place : place + 1], tempted.best[place : place + 1], tempted.least)
        stated, more = self.world.case.patience, self.question.patience
        if stated is not None or not self.aim.certain:
            yield self._worse(party, one.most(stated)[0])
        if more != NO and (stated is not None or self.aim.certain):
            both = self.formula.new()
            for each in (more, self._worse(party, one.most(None)[0])):
                self.formula.need([-both, each])
            yield both

    def _worse(self, party: int, most: int) -> int:
        """Return a literal under which something holds by itself that is worth at most so much to a party."""
        if party not in self._chains:
            self._chains[party] = self._chain(party)
        values, literals = self._chains[party]
        number = int(np.searchsorted(values, most, side="right"))
        return literals[number - 1] if number else NO

    def _chain(self, party: int) -> tuple[Numbers, list[int]]:
        states = self.lasts.states[self.places]
        worths = self.lasts.worths.of(party)[states]
        values, literals = np.unique(worths), list[int]()
        for value in values:
            literal = self.formula.new()
            ways = [self._held(int(place)) for place in self.places[worths == value]]
            self.formula.need([-literal, *literals[-1:], *ways])
            literals.append(literal)
        return values, literals

    def _held(self, place: int) -> int:
        """Return a literal under which a state holds by itself."""
        if place not in self._holds:
            literal = self._holds[place] = self.formula.new()
            at = int(np.searchsorted(self.places, place))
            for party, member in enumerate(self.world.case.parties):
                if member.concerns is not None:  # whoever has none keeps it: else it is not among the punishments
                    self.formula.need([-literal, self._kept(party)[at]])
        return self._holds[place]

    def _kept(self, party: int) -> Sequence[int]:
        if party not in self._keeps:
            self._keeps[party] = self.question.keeping(self.world, party, self.lasts.states[self.places])
        return self._keeps[party]


def mended(
    aim: Aim, kinds: Kinds, edits: Sequence[Edit], states: Sequence[str], more: bool, tails: Sequence[int]
) -> tuple[Edit, ...] | None:
    """Return the edits that state how much more patience, and which pay after success, some states need to last.

    Parameters
    ----------
    edits : sequence of Edit
        Made before.
    states : sequence of str
        Which are to last.
    more : bool
        Whether the patience grows.
    tails : sequence of int
        Which payments go on after success.

    Returns
    -------
    tuple of Edit, or None
        None where no patience or no pay is enough.
    """
    found: list[Edit] = []
    try:
        if more:
            about = aim.setting(kinds.case.edit(*edits), kinds.assuring)
            needed = [lasting(about, state).patience for word in states for state in exactly(about, word)]
            if None in needed:
                return None
            found.append(SetPatience(max((each for each in needed if each is not None), default=Fraction(0))))
        after = payments(kinds.case.edit(*edits, *found)).payments
    except DetenteError:
        return None
    for place in tails:
        effort = after[place].effort
        if effort is None or effort.after_needed is None:
            return None
        found.append(PayAfterSuccess(place, effort.after_needed))
    return tuple(found)
