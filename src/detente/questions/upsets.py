"""This module owns the search for the coalitions that can upset a state, each with no member that it could do without.

Coalitions are tried by size. Three facts spare most of them: a coalition that contains one that upsets the state
already is not asked about; what all members of a coalition prefer can only shrink when another one joins; and a party
that has no move can only narrow what its partners may aim at. Where there are still too many, the largest sizes are
left out, and that is said.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations
from operator import and_

from detente.engine.interface import Definition, StateSet
from detente.game import Setting
from detente.progress import steps
from detente.questions.reachability import Reached, Steps

Coalition = tuple[int, ...]
MOST_TRIED = 20_000
"""So many coalitions are tried in all, and at least `FEWEST_TRIED` for each state."""
FEWEST_TRIED = 500


@dataclass(frozen=True, slots=True)
class Upset:
    """How a coalition can upset a state.

    Parameters
    ----------
    state, target : int
        The state, and the nearest one that every member prefers.
    coalition : tuple of int
        Who moves.
    path : list of (party, state)
        A shortest legal sequence of the members' moves.
    targets : int
        How many states the coalition can reach that every member prefers.
    holds : tuple of str
        The definitions under which the target is an equilibrium itself.
    """

    state: int
    coalition: Coalition
    target: int
    path: Steps
    targets: int
    holds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Upsets:
    """What was found for one state.

    Parameters
    ----------
    state : int
    found : tuple of Upset
        The minimal coalitions of two or more, smallest first.
    largest : int or None
        Of how many parties the largest coalitions are of which all were looked at; None where all were.
    """

    state: int
    found: tuple[Upset, ...]
    largest: int | None = None


def preferred(setting: Setting, state: int, coalition: Coalition) -> StateSet:
    """Return the states that every member of a coalition prefers to a state."""
    return reduce(and_, (setting.game.better(party, state) for party in coalition))


def upsets(setting: Setting, state: int, most: int = MOST_TRIED) -> Upsets:
    """Return the minimal coalitions of two or more that can upset a state, each with its nearest target.

    A coalition is minimal if no smaller one within it, of two or more, can upset the state as well.

    Parameters
    ----------
    setting : Setting
    state : int
    most : int
        How many coalitions are tried.
    """
    search = _Search(setting, state)
    found: list[Upset] = []
    open_: list[Coalition] = [(party,) for party in search.able]
    for size in range(2, len(search.able) + 1):
        candidates = [*(search.pairs() if size == 2 else _larger(open_))]
        if len(candidates) > most:
            return Upsets(state, tuple(found), size - 1)
        most -= len(candidates)
        open_ = []
        for members in steps(candidates, f"trying coalitions of {size}"):
            wanted = search.wanted(members)
            if not wanted:
                continue
            upset = search.upset(members, search.within_means(members, wanted))
            if upset is not None:
                found.append(upset)
            elif search.movers.issuperset(members):
                open_.append(members)
    return Upsets(state, tuple(sorted(found, key=lambda upset: (len(upset.coalition), upset.coalition))))


def _larger(coalitions: Sequence[Coalition]) -> Iterator[Coalition]:
    """Yield the coalitions of one member more of which every part with one member less is among the given ones."""
    known = set(coalitions)
    by_start: dict[Coalition, list[int]] = {}
    for members in coalitions:
        by_start.setdefault(members[:-1], []).append(members[-1])
    for start, last in by_start.items():
        for pair in combinations(last, 2):
            members = (*start, *pair)
            if all(part in known for part in combinations(members, len(members) - 1)):
                yield members


class _Search:
    """What the coalitions that are tried for one state have in common."""

    def __init__(self, setting: Setting, state: int) -> None:
        self.setting, self.game, self.state = setting, setting.game, state
        case = setting.rewritten
        given = {party for party, arcs in case.moves or () if arcs}
        self.movers = frozenset(place for place, party in enumerate(case.parties) if party.options or party.id in given)
        self._reach = Reached(self.game, state, sorted(self.movers)).states
        self._better: dict[int, StateSet] = {}
        self._values = self.game.values(state)
        self._owners: list[int | None] | None = None
        if self.game.transitive:  # a move changes its mover's options, and what contracts define, but nothing else
            defined = {key for key, _ in case.definitions}
            owners = [place for place, party in enumerate(case.parties) for _ in party.options]
            self._owners = [None if o.key in defined else p for o, p in zip(case.options, owners, strict=True)]
        self.able = [party for party in range(self.game.parties) if self._aim(party)]

    def _aim(self, party: int) -> StateSet:
        """Return the states that a party prefers and that all who have moves can reach together."""
        if party not in self._better:
            self._better[party] = self.game.better(party, self.state) & self._reach
        return self._better[party]

    def wanted(self, coalition: Coalition) -> StateSet:
        """Return the states that all members prefer and that all who have moves can reach together."""
        return reduce(and_, map(self._aim, coalition))

    def within_means(self, coalition: Coalition, wanted: StateSet) -> StateSet:
        """Return the wanted states without those that plainly take the options of others."""
        if self._owners is None:
            return wanted
        fixed = [
            None if owner is None or owner in coalition else value
            for owner, value in zip(self._owners, self._values, strict=True)
        ]
        return wanted & self.game.find(fixed)

    def pairs(self) -> Iterator[Coalition]:
        """Yield the coalitions of two; one member must have moves, and both, if the other could not improve alone."""
        alone = {
            party for party in self.movers.intersection(self.able)
            if Reached(self.game, self.state, [party]).states & self._aim(party)
        }  # fmt: skip
        for pair in combinations(self.able, 2):
            if self.movers.issuperset(pair) or alone.intersection(pair):
                yield pair

    def upset(self, coalition: Coalition, better: StateSet) -> Upset | None:
        """Return how a coalition upsets the state; None where it cannot."""
        if not better:
            return None
        reached = Reached(self.game, self.state, coalition)
        path = reached.into(better)
        if not path:
            return None
        target = path[-1][1]
        holds = tuple(d.value for d in Definition if self.setting.holds(target, d))
        return Upset(self.state, coalition, target, path, (reached.states & better).count(), holds)
