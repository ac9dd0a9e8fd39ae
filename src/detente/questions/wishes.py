"""This module owns what each party prefers other things equal, option by option, and the concern that makes it so.

A party prefers something other things equal if, of any two feasible states that differ in that option only, it never
prefers the one without it, and in some pair prefers the one with it.

References
----------
Preference other things equal (ceteris paribus): von Wright (1963), The Logic of Preference; Doyle & Wellman (1994).
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from detente.game import Setting
from detente.model.statements import Compare, Tree, options_in
from detente.preferences.dense import lexicographic

Wish = tuple[str, int]
"""An option, and whether more (1) or less (-1) of it is wanted."""


class Preferences:
    """What each party prefers other things equal, over the feasible states of a setting."""

    def __init__(self, setting: Setting) -> None:
        self.setting, self.game, self.case = setting, setting.judging, setting.case

    @cached_property
    def _levels(self) -> NDArray[np.int64]:
        """The level of every option in every state, shape (options, states); -1 where a merged state does not care."""
        game, states = self.game, self.game.feasible().count()
        place = {state: number for number, state in enumerate(self.game.feasible().first())}
        found = np.full((len(self.case.options), states), -1, np.int64)
        for index, option in enumerate(self.case.options):
            for level in range(option.size):
                there = game.where(Compare(index, "=", level)).first()
                found[index, [place[state] for state in there]] = level
        return found

    @cached_property
    def _ranks(self) -> NDArray[np.int64]:
        """The rank of every state for every party, shape (parties, states)."""
        states = self.game.feasible().first()
        return np.array([[self.game.rank(p, s) for s in states] for p in range(self.game.parties)], np.int64)

    def wished(self) -> dict[Wish, list[int]]:
        """Return, for every option and direction, the parties that prefer it other things equal."""
        found: dict[Wish, list[int]] = {}
        for index, option in enumerate(self.case.options):
            lower, upper = self._pairs(index)
            for party in range(self.game.parties):
                change = self._ranks[party][upper] - self._ranks[party][lower]
                for sense in (1, -1):
                    if (change * sense >= 0).all() and change.any():
                        found.setdefault((option.key, sense), []).append(party)
        return found

    def _pairs(self, index: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the states, as positions, that differ in one option only: the one with less of it, and with more."""
        level = self._levels[index]
        columns = [(self._levels[n] + 1, o.size + 1) for n, o in enumerate(self.case.options) if n != index]
        kind, _ = lexicographic(columns, level.shape)
        order = np.lexsort((level, kind))
        order = order[level[order] >= 0]
        lower, upper = order[:-1], order[1:]
        paired = kind[lower] == kind[upper]
        return lower[paired], upper[paired]

    def deciding(self, party: int, key: str) -> int | None:
        """Return the place, from 0, of a party's first concern that a change of this option alone touches, if any."""
        lower, upper = self._pairs(self.case.position[key])
        states = self.game.feasible().first()
        for place, concern in enumerate(self.case.parties[party].concerns or ()):
            if key in set(options_in(concern.want.tree)):
                met = self.setting.where(concern.want)
                truths = np.array([state in met for state in states])
                if (truths[lower] != truths[upper]).any():
                    return place
        return None


def opposites(setting: Setting, trees: Sequence[Tree]) -> Iterator[tuple[Tree, Tree]]:
    """Yield the pairs of statements of which, in every possible state, exactly one holds; in the order given."""
    possible = setting.judging.feasible().count()
    where = [setting.where(tree) for tree in trees]
    sizes = [states.count() for states in where]
    for one, other in combinations(range(len(trees)), 2):
        if sizes[one] + sizes[other] == possible and not where[one] & where[other]:
            yield trees[one], trees[other]
