"""This module owns which of two packages is better: leximin for ordinal concerns, and what is Pareto-efficient.

u_k is how many counted parties have their k-th concern unmet, core concerns numbered first, then all concerns; the
package with the lexicographically smaller (u_1, u_2, ...) is better. So no number of minor concerns met makes up for a
major one unmet, whoever has it; equal vectors are ties. A party with a ranking (or weights) has the concerns "better
than the worst class", "better than the two worst", and so on, none of them core.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache, reduce
from operator import and_

from detente.engine.interface import StateSet
from detente.game import Setting
from detente.game import setting as setting_of
from detente.model.items import Party
from detente.questions.verdicts import Judge

Unmet = tuple[int, ...]
"""How many counted parties have their k-th concern unmet, for k = 1, 2, ..."""


@lru_cache(maxsize=32)
class Order:
    """The order of packages under one setting, by the preferences of the case as written."""

    def __init__(self, judge: Judge) -> None:
        self.judge, self.setting = judge, judge.setting
        counted = [self.setting.case.party(id) for id in self.setting.case.counted]
        core = [[judge.where(c.want) for c in party.concerns or () if c.core] for party in counted]
        every = [self._concerns(party) for party in counted]
        self.columns = [*_columns(core), *_columns(every)]

    def _concerns(self, party: Party) -> list[StateSet]:
        if party.concerns is not None:
            return [self.judge.where(concern.want) for concern in party.concerns]
        return list(classes(self.setting, self.setting.case.party_ids.index(party.id))) if valued(party) else []

    def vector(self, state: int) -> Unmet:
        """Return the numbers by which a state is compared: smaller is better."""
        return tuple(sum(state not in met for met in column) for column in self.columns)

    def met(self, state: int) -> tuple[tuple[bool, ...], ...]:
        """Return which concerns of the counted parties a state meets."""
        return tuple(tuple(state in met for met in column) for column in self.columns)

    def blocks(self, states: StateSet) -> Iterator[tuple[Unmet, StateSet]]:
        """Yield the states of a set in blocks of ties, the best first; only what is asked for is worked out."""
        waiting: list[tuple[Unmet, StateSet]] = [((), states)]
        while waiting:
            begun, part = waiting.pop()
            some = part.first(2)
            if len(some) == 1:
                yield self.vector(some[0]), part
            elif some and len(begun) == len(self.columns):
                yield begun, part
            elif some:
                shares = self._by_unmet(part, self.columns[len(begun)])
                waiting += [((*begun, number), share) for number, share in reversed(list(enumerate(shares)))]

    def _by_unmet(self, states: StateSet, column: Sequence[StateSet]) -> list[StateSet]:
        """Return the states that leave none, one, two, ... of some concerns unmet."""
        shares = [states]
        for met in column:
            kept = [share & met for share in shares] + [self.setting.game.none()]
            for number, share in enumerate(shares):
                kept[number + 1] = kept[number + 1] | (share - met)
            shares = kept
        return shares


def valued(party: Party) -> bool:
    """Return whether a party says what it wants by a ranking or by weights."""
    return party.ranking is not None or party.weights is not None


def _columns(concerns: Sequence[Sequence[StateSet]]) -> list[list[StateSet]]:
    """Return the k-th concerns of all that have one, for each k."""
    longest = max(map(len, concerns), default=0)
    return [[each[k] for each in concerns if k < len(each)] for k in range(longest)]


@lru_cache(maxsize=64)
def classes(setting: Setting, party: int) -> tuple[StateSet, ...]:
    """Return the states better than the worst class of a party, better than the two worst, and so on.

    The classes are those of the case as written, also under an approach whose contracts leave only some of its states:
    so one state counts the same under every approach.
    """
    game = setting.judging
    better, lowest = [game.feasible()], []
    while better[-1]:
        # One step down the ranking from any state that is left, until nothing is worse.
        worst = better[-1].first(1)[0]
        while lower := better[-1] - game.better(party, worst, equal=True):
            worst = lower.first(1)[0]
        lowest.append(worst)
        better.append(better[-1] & game.better(party, worst))
    found = better[:-1]
    if not setting.rewritten.definitions:
        return tuple(found[1:])
    written = setting_of(setting.case, conventions=setting.conventions)
    steps = classes(written, party)
    height = [sum(written.state(setting.word(state)) in step for step in steps) for state in lowest]
    return tuple(
        next((states for states, reached in zip(found, height, strict=True) if reached > step), setting.game.none())
        for step in range(len(steps))
    )


def improved(setting: Setting, state: int) -> StateSet:
    """Return the states that no party finds worse than a state, and one finds better, by the case as written."""
    game = setting.judging
    sets = [game.better(party, state, equal=True) for party in range(game.parties)]
    no_worse = reduce(and_, sets, game.feasible())
    better = game.none()
    for party in range(game.parties):
        better = better | (no_worse & game.better(party, state))
    return better


def efficient(setting: Setting, state: int) -> bool:
    """Return whether no feasible state is better for one party and worse for none (Pareto)."""
    return not improved(setting, state)
