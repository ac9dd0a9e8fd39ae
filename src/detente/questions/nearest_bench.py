"""This module owns what cases that differ in their concerns only share under one approach: states, moves, and where
each statement holds. On it many variants are judged at once, by the same verdicts as `detente.questions.verdicts`.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import product

import numpy as np

from detente.engine.batch import Arena, Moves, Numbers, kept, staying, worth
from detente.engine.masks import Bools
from detente.game import Setting, space_of
from detente.model.approaches import rewritten_concerns
from detente.model.case import Approach, Case, Concern
from detente.model.statements import Compare, Statement, Tree, bind
from detente.questions.lasting_sets import Worths, defeating, lasts, weighing
from detente.questions.reachability import GRADES, reachabilities
from detente.questions.verdicts import Judge

PLAIN = Approach("none")
Rungs = tuple[int, ...]
"""What a party wants, the most important first, as numbers of statements."""


class Bench:
    """What cases that differ in their concerns only share, under one approach.

    Parameters
    ----------
    about : Setting
        The case under the approach.
    """

    def __init__(self, about: Setting) -> None:
        self.about, self.case = about, about.case
        self.approach = next((each for each in self.case.approaches if each.id == about.approach), PLAIN)
        self.arena = Arena(about.game, space_of(about.rewritten))
        self.judge = Judge(about)
        reach = reachabilities(about)
        everywhere = about.game.feasible()
        self.reached = self.arena.array(everywhere if reach is None else reach.reached(GRADES[-1]).states)
        self.table = set(about.table)
        self._bound: dict[Tree, Tree] = {}
        self._numbers: dict[Tree, int] = {}
        self._known: dict[int, tuple[Statement, int]] = {}
        self.statements: list[Tree] = []

    def bound(self, tree: Tree) -> Tree:
        """Return a statement of the case over option indices."""
        if tree not in self._bound:
            self._bound[tree] = bind(tree, self.case.position)
        return self._bound[tree]

    def number(self, tree: Tree) -> int:
        """Return the number of a statement over option indices, its place in `statements`.

        Numbers stand for statements wherever many ladders are compared: a tree is slow to hash.
        """
        if tree not in self._numbers:
            self._numbers[tree] = len(self.statements)
            self.statements.append(tree)
        return self._numbers[tree]

    def want(self, concern: Concern) -> int:
        """Return the number of what a concern says; asked again for the same statement, it is at hand."""
        known = self._known.get(id(concern.want))
        if known is None:
            known = self._known[id(concern.want)] = concern.want, self.number(self.bound(concern.want.tree))
        return known[1]

    def truth(self, number: int) -> Numbers:
        """Return 1 where the statement with a number holds and 0 elsewhere, shape (states,)."""
        return self.arena.truth(self.statements[number])

    def core(self, concerns: tuple[Concern, ...]) -> frozenset[int]:
        """Return the numbers of what the core ones among some concerns say."""
        return frozenset(self.want(concern) for concern in concerns if concern.core)

    def ladder(self, concerns: tuple[Concern, ...]) -> Rungs:
        """Return the numbers of what concerns say, the most important first."""
        return tuple([self.want(concern) for concern in concerns])

    def accommodating(self, of: Case) -> Bools:
        """Return where every core concern of every counted party of a variant holds."""
        met = np.ones(self.arena.states, np.bool_)
        for id in of.counted:
            for concern in of.party(id).concerns or ():
                if concern.core:
                    met &= self.truth(self.want(concern)) > 0
        return met

    def clout(self, party: int, moves: Moves) -> Bools:
        """Return over which options of a party the table has clout in each target, shape (targets, own options)."""
        held = np.zeros((len(moves.targets), len(moves.own)), np.bool_)
        keys = [self.case.options[option].key for option in moves.own]
        for clout in self.judge.clout.get(party, ()):
            counts = np.ones(len(moves.targets), np.bool_)
            if clout.condition is not None:
                counts = self.arena.array(self.judge.where(clout.condition))[moves.targets]
            for number, key in enumerate(keys):
                if key in clout.on:
                    held[:, number] |= counts
        return held

    def ladders(self, of: Case, approach: Approach | None = None) -> dict[int, Rungs]:
        """Return what each party wants in a variant under the approach, for the parties that have concerns."""
        wanted = rewritten_concerns(of, approach or self.approach)
        return {
            party: self.ladder(concerns)
            for party, id in enumerate(of.party_ids)
            if (concerns := wanted[id]) is not None
        }

    def keeps(self, party: int, moves: Moves, ladders: Sequence[Rungs], clout: Bools | None = None) -> Bools:
        """Return which targets a party keeps under each of many ladders, shape (ladders, targets).

        A party at the table keeps a state that it cannot improve from; one outside also where clout keeps it.
        """
        used = sorted(set().union(*ladders))
        place = {number: at for at, number in enumerate(used)}
        gains = self.arena.gains(moves, [self.statements[number] for number in used])
        rows = [[place[number] for number in ladder] for ladder in ladders]
        found: Bools = np.zeros((len(ladders), len(moves.targets)), np.bool_)
        done = 0
        for worths in worth(gains, rows):
            found[done : done + len(worths)] = self._kept(party, moves, worths, clout)
            done += len(worths)
        return found

    def keeps_as_is(self, party: int, moves: Moves, clout: Bools | None = None) -> Bools:
        """Return which targets a party keeps as its ranking or weights say, shape (targets,)."""
        found: Bools = self._kept(party, moves, self.arena.risen(moves, party), clout)[0]
        return found

    def _kept(self, party: int, moves: Moves, worths: Numbers, clout: Bools | None) -> Bools:
        if party in self.table:
            return staying(worths)
        return kept(worths, moves, self.clout(party, moves) if clout is None else clout)

    def passing(self, cases: Sequence[Case], state: str = "") -> list[bool]:
        """Return in which variants the package, or some package, passes all verdicts.

        Parameters
        ----------
        cases : sequence of Case
            Variants with the same states and moves as the case.
        state : str
            The package's word; "" for some package.
        """
        if not cases:
            return []
        accommodates = np.stack([self.accommodating(of) for of in cases]) & self.reached
        one = self.about.states(state).first() if state else np.flatnonzero(accommodates.any(axis=0))
        targets = np.asarray(one, np.int64)
        good = accommodates[:, targets]
        wanted = [self.ladders(of) for of in cases]
        parties = range(self.arena.game.parties)
        for party, run in product(parties, list(self.arena.parts(parties, targets))):
            moves = self.arena.moves(party, targets[run])
            if party not in wanted[0]:
                good[:, run] &= self.keeps_as_is(party, moves)
                continue
            number: Mapping[Rungs, int] = _numbered(each[party] for each in wanted)
            keeps = self.keeps(party, moves, list(number))
            good[:, run] &= keeps[[number[each[party]] for each in wanted]]
        self._leave_out(good, targets, wanted, certain=False)
        return [bool(row.all() if state else row.any()) for row in good]

    def lasting(self, cases: Sequence[Case], state: str = "") -> list[bool]:
        """Return in which variants the package, or some state, is certain to last, whatever else it passes."""
        targets = np.array(self.about.states(state).first() if state else range(self.arena.states), np.int64)
        good = np.ones((len(cases), len(targets)), np.bool_)
        self._leave_out(good, targets, [self.ladders(of) for of in cases], certain=True)
        return [bool(row.all() if state else row.any()) for row in good]

    def _leave_out(
        self, good: Bools, targets: Numbers, wanted: Sequence[Mapping[int, Rungs]], *, certain: bool
    ) -> None:
        """Leave out the targets that do not last, variant by variant, shape (variants, targets).

        A variant differs in what somebody with concerns wants; so what tempts whom, and what holds by itself, is found
        for each different ladder once.
        """
        if not weighing(self.case) or not good.any():
            good &= not certain
            return
        worths, states = Worths(self.case, self.arena), np.arange(self.arena.states)
        defeated = np.zeros(self.arena.states, np.bool_)
        for pay in defeating(self.case, self.approach):
            defeated |= self.truth(self.number(self.bound(Compare(pay.payment.paid)))) > 0
        if not (certain or self._tempted(worths, targets) or defeated[targets].any()):
            return
        stays: dict[tuple[int, Rungs | None], Bools] = {}
        for row, each in zip(good, wanted, strict=True):
            if not row.any():
                continue
            kept = [self._staying(stays, party, each.get(party), states) for party in range(self.arena.game.parties)]
            places = np.flatnonzero(row)
            row[places] = lasts(worths, np.stack(kept), targets[places], defeated, self.case.patience, certain)

    def _tempted(self, worths: Worths, targets: Numbers) -> bool:
        """Return whether a party with weights could better itself by leaving some target."""
        return any(worths.tempted(party, targets).there.any() for party in worths.parties)

    def _staying(
        self, known: dict[tuple[int, Rungs | None], Bools], party: int, ladder: Rungs | None, states: Numbers
    ) -> Bools:
        """Return from which states a party cannot gain by moving, under a ladder or as its weights or ranking say."""
        if (party, ladder) not in known:
            found = np.ones(len(states), np.bool_)
            for run in self.arena.parts([party], states):
                moves = self.arena.moves(party, states[run])
                if ladder is None:
                    found[run] = staying(self.arena.risen(moves, party))[0]
                    continue
                used = sorted(set(ladder))
                gains = self.arena.gains(moves, [self.statements[number] for number in used])
                found[run] = staying(next(worth(gains, [[used.index(number) for number in ladder]])))[0]
            known[party, ladder] = found
        return known[party, ladder]


def _numbered(ladders: Iterable[Rungs]) -> dict[Rungs, int]:
    return {ladder: number for number, ladder in enumerate(dict.fromkeys(ladders))}


@lru_cache(maxsize=16)
def bench_of(about: Setting) -> Bench:
    """Return the bench of a setting; made once."""
    return Bench(about)
