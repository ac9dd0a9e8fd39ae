"""This module owns which of many states last, found for all of them at once; `detente.questions.lasting` tells of one.

What punishes a party for leaving is the state worst for it of those that hold by themselves: the same whatever it
leaves, as long as that is better. So one number a party, and what its best move brings, decide every state. Worths are
kept as whole numbers, the weights times what makes all of them whole; nothing is rounded.
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm

import numpy as np

from detente.engine.batch import NO_MOVE, Arena, Numbers
from detente.engine.interface import Definition, Space, StateSet
from detente.engine.masks import Bools
from detente.game import Setting, space_of
from detente.model.approaches import NONE
from detente.model.case import Approach, Case
from detente.model.statements import Compare, bind
from detente.questions.lasting import lasting
from detente.questions.payments import Pay, payments, turns_on

FEW = 40  # so many states are asked one by one
LARGEST = 1 << 30  # whole numbers below this can be multiplied in 64 bits


@dataclass(frozen=True, slots=True, eq=False)
class Tempted:
    """What tempts a party in some states.

    Parameters
    ----------
    here, best : array of int, shape (states,)
        What the state is worth to it, and its best move from there.
    least : int
        What the worst of all states is worth to it.
    """

    here: Numbers
    best: Numbers
    least: int

    @property
    def there(self) -> Bools:
        """Where it is tempted."""
        found: Bools = np.asarray(self.best > self.here, np.bool_)
        return found

    def most(self, patience: Fraction | None) -> Numbers:
        """Return the most that what punishes it may be worth, so that it stays at a patience; None: at some patience.

        (best - here) / (best - punishment) is at most the patience where the punishment is worth at most
        best - (best - here) / patience; and in any case less than the state.
        """
        below: Numbers = self.here - 1
        if patience is None:
            return below
        if patience == 0:
            return np.full_like(below, self.least - 1)
        gain = self.best - self.here
        gain = gain if patience.denominator < LARGEST else gain.astype(object)
        enough: Numbers = np.minimum(below, self.best + (-gain * patience.denominator) // patience.numerator)
        return enough


class Worths:
    """What states are worth to the parties of a case that give weights, over the states of an arena.

    Parameters
    ----------
    case : Case
    arena : Arena
    """

    def __init__(self, case: Case, arena: Arena) -> None:
        self.case, self.arena = case, arena
        self._known: dict[int, Numbers] = {}

    def known(self, party: int) -> bool:
        """Whether a party gives weights."""
        return self.case.parties[party].weights is not None

    @cached_property
    def parties(self) -> list[int]:
        """Who gives weights."""
        return [party for party in range(len(self.case.parties)) if self.known(party)]

    def of(self, party: int) -> Numbers:
        """Return what each state is worth to a party, in whole numbers, shape (states,)."""
        if party not in self._known:
            weights = self.case.parties[party].weights or ()
            scale = lcm(*(amount.denominator for _, amount in weights))
            whole = [int(amount * scale) for _, amount in weights]
            small = sum(map(abs, whole)) < LARGEST
            total = np.zeros(self.arena.states, np.int64 if small else object)
            for (statement, _), amount in zip(weights, whole, strict=True):
                total += self.arena.truth(bind(statement.tree, self.case.position)).astype(total.dtype) * amount
            self._known[party] = total
        return self._known[party]

    def tempted(self, party: int, states: Numbers, space: Space | None = None) -> Tempted:
        """Return what tempts a party in some states, where it moves as a space says."""
        worth = self.of(party)
        here, best = worth[states], worth[states].copy()
        for run in self.arena.parts([party], states):
            ends = self.arena.moves(party, states[run], space).ends
            if ends.shape[1]:
                reached = np.where(ends == NO_MOVE, here[run, None], worth[ends])
                best[run] = np.maximum(best[run], reached.max(axis=1))
        return Tempted(here, best, int(worth.min(initial=0)))


def weighing(case: Case) -> bool:
    """Return whether somebody says by weights how much more it wants one outcome than another."""
    return any(party.weights is not None for party in case.parties)


def lasting_in(about: Setting, within: StateSet, certain: bool) -> StateSet:
    """Return the states of a set that last.

    Parameters
    ----------
    about : Setting
    within : StateSet
    certain : bool
        Whether a state counts only where it is certain that it lasts. Else all but those that do not: those count as
        well of which the case does not say enough to ask.
    """
    if not weighing(about.case):
        return about.game.none() if certain else within
    if within.count() <= FEW:
        passes = {state: lasting(about, state).passes for state in within.first()}
        return about.game.only([state for state, good in passes.items() if good or (good is None and not certain)])
    arena = Arena(about.game, space_of(about.rewritten))
    states = np.flatnonzero(arena.array(within))
    stays = [arena.array(about.stable(party, Definition.NASH)) for party in range(about.game.parties)]
    defeated = np.zeros(arena.states, np.bool_)
    for pay in defeating(about.case, approach_of(about)):
        defeated |= arena.array(about.where(Compare(pay.payment.paid)))
    good = lasts(Worths(about.case, arena), np.stack(stays), states, defeated, about.case.patience, certain)
    return about.game.only(states[good].tolist())


def lasts(
    worths: Worths, stays: Bools, states: Numbers, defeated: Bools, patience: Fraction | None, certain: bool
) -> Bools:
    """Return which of some states last, shape (states asked,).

    Parameters
    ----------
    worths : Worths
    stays : array of bool, shape (parties, states)
        From which states each party cannot gain by moving.
    states : array of int
        Those asked.
    defeated : array of bool, shape (states,)
        Where pay defeats itself.
    patience : Fraction or None
        The stated one.
    certain : bool
        As in `lasting_in`.
    """
    silent = np.zeros(len(states), np.bool_)
    good = ~defeated[states]
    holding = stays.all(axis=0)
    for party, kept in enumerate(stays):
        moved = ~kept[states]
        if not worths.known(party):
            silent |= moved
            continue
        if moved.any():
            tempted = worths.tempted(party, states[moved])
            floor = worths.of(party)[holding].min(initial=tempted.here.max())
            enough = np.asarray(floor <= tempted.most(patience), np.bool_)
            good[moved] &= enough & (patience is not None or not certain)
    found: Bools = good & ~silent if certain else good | silent
    return found


def approach_of(about: Setting) -> Approach:
    """Return the approach that a setting is asked under, the plain one for none."""
    return next((each for each in about.case.approaches if each.id == about.approach), Approach(NONE))


def defeating(case: Case, approach: Approach) -> list[Pay]:
    """Return the payments that defeat themselves, and by which an approach works."""
    return [
        pay
        for pay in payments(case).payments
        if turns_on(approach, pay.payment.paid) and pay.effort is not None and not pay.effort.worthwhile
    ]
