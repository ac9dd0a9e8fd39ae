"""This module owns what can be reached from a state, how strictly, in how few moves, and by which paths.

Parties move one at a time, in any order, nobody twice in a row. Everything follows from layers: the states first
reached after k moves, kept apart by who moved last, so that a path is never continued by its last mover.

References
----------
Li, Kilgour & Hipel (2005), Status quo analysis in the graph model for conflict resolution, JORS 56. Shortest paths with
no mover twice in a row: Xu, Kilgour, Hipel & Kemkes (2010), EJOR.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial, reduce
from heapq import heapify, heappop, heappush, nsmallest
from itertools import count, islice
from operator import or_

from detente.engine.interface import Game, StateSet
from detente.engine.search import NOBODY, Nodes, layers
from detente.errors import TooLargeError
from detente.game import Setting
from detente.progress import deciding

GRADES = ("improving, nobody at the table below today", "improving", "by legal moves")
"""How a state can be reached, strictest first."""

UNREACHED, UNDECIDED = "no", "not decided"

Steps = list[tuple[int, int]]
"""A path: who moves, and to which state, step by step; the start is not in it."""

Node = tuple[int, int]
"""A state, and who moved last on the way there."""

NO_STEPS: tuple[Node, ...] = ()
WIDTH = 256


def changes(game: Game, before: int, after: int) -> int:
    """Return how many options differ between two states; one that either leaves open does not."""
    pairs = zip(game.values(before), game.values(after), strict=True)
    return sum(old != new for old, new in pairs if old is not None and new is not None)


class Layered:
    """What is found by 0, 1, 2, ... moves: states, kept apart by the mover of the outermost move.

    Where a limit is met on the way, or work is ended, what needs further layers raises TooLargeError from then on.
    """

    def __init__(self, game: Game, improving: bool, layers: Iterator[Nodes]) -> None:
        self.game, self.improving, self._coming = game, improving, layers
        self._layers: list[Nodes] = []
        self._broken, self._complete = "", False

    def _come(self, layers: int | None = None) -> None:
        """Wait for the next layers, for all where None; once one failed, none comes any more."""
        if self._complete:
            return
        if self._broken:
            raise TooLargeError(self._broken)
        before = len(self._layers)
        try:
            with deciding("what can be reached"):
                self._layers += islice(self._coming, layers)
            self._complete = layers is None or len(self._layers) < before + layers
        except TooLargeError as reason:
            self._broken = str(reason)
            raise

    def layer(self, moves: int) -> Nodes:
        """Return the (mover, states) first found after exactly `moves` moves; empty after the last."""
        if moves >= len(self._layers):
            self._come(moves + 1 - len(self._layers))
        return self._layers[moves] if moves < len(self._layers) else {}

    @cached_property
    def layers(self) -> list[Nodes]:
        """All layers, from the start's own at 0."""
        self._come()
        return self._layers

    @property
    def open(self) -> str:
        """Why not all layers are known; "" where they are."""
        with suppress(TooLargeError):
            self._come()
        return self._broken

    @cached_property
    def by_moves(self) -> list[StateSet]:
        """At k, the states for which k is the fewest moves."""
        found: list[StateSet] = []
        before = self.game.none()
        for layer in self.layers:
            states = union(layer.values())
            found.append(states - before)
            before = before | states
        return found

    @cached_property
    def counts(self) -> list[int]:
        """At k, of how many states k is the fewest moves; cut short where `open` says that more is not known."""
        found: list[int] = []
        before = self.game.none()
        try:
            for layer in self._layers if self.open else self.layers:
                states = union(layer.values())
                found.append((states - before).count())
                before = before | states
        except TooLargeError as reason:
            self._broken = self._broken or str(reason)
        return found

    @cached_property
    def states(self) -> StateSet:
        """All states found, with the start's."""
        return union(self.by_moves)

    def __contains__(self, state: int) -> bool:
        """Return whether a state is found; raises TooLargeError where that is open."""
        return self.moves(state) is not None if self.open else state in self.states

    def moves(self, state: int) -> int | None:
        """Return how few moves it takes: 0 at the start, None where no sequence does."""
        moves = 0
        while layer := self.layer(moves):
            if any(state in states for states in layer.values()):
                return moves
            moves += 1
        return None


class Reached(Layered):
    """What legal sequences reach from a state.

    Parameters
    ----------
    game : Game
    start : int
        Where they begin.
    parties : sequence of int
        Who may move.
    improving : bool
        Only moves that the mover prefers to where it moves from.
    within : StateSet, optional
        Where every step must stay; the start need not be in it.
    """

    def __init__(
        self, game: Game, start: int, parties: Sequence[int], improving: bool = False, within: StateSet | None = None
    ) -> None:
        super().__init__(game, improving, layers(game, start, parties, improving, within))
        self.start = start
        self._earlier: dict[tuple[int, int, int], list[Node]] = {}
        self._changed: dict[tuple[int, int, int], int] = {}

    def path(self, state: int) -> Steps | None:
        """Return a shortest path to a state that changes few options, [] for the start, None where there is none.

        It changes the fewest of all where at most `WIDTH` states are as many moves from the start on such paths.
        """
        moves = self.moves(state)
        return None if moves is None else self._plain(state, moves)

    def _plain(self, state: int, moves: int) -> Steps:
        """Return a path of so many moves to a state of their layer that changes few options."""
        heads: dict[Node, tuple[int, Steps]] = {
            (state, last): (0, []) for last, states in self.layer(moves).items() if state in states
        }
        for left in range(moves, 0, -1):
            earlier: dict[Node, tuple[int, Steps]] = {}
            for (at, last), (changed, steps) in heads.items():
                for node in self._before(at, last, left):
                    cost = changed + changes(self.game, node[0], at)
                    if node not in earlier or cost < earlier[node][0]:
                        earlier[node] = cost, [(last, at), *steps]
            heads = dict(nsmallest(WIDTH, earlier.items(), key=lambda head: head[1][0]))
        return min(heads.values(), key=lambda head: head[0])[1]

    def paths(self, state: int) -> Iterator[Steps]:
        """Yield every shortest path to a state, those that change the fewest options first."""
        moves = self.moves(state)
        if moves is None:
            return
        number = count()  # keeps paths that change equally many in the order in which they are met
        waiting = [
            (self._fewest((state, last), moves), next(number), 0, moves, (state, last), NO_STEPS)
            for last, states in self.layer(moves).items()
            if state in states
        ]
        heapify(waiting)
        while waiting:
            _, _, changed, left, (at, last), steps = heappop(waiting)
            if left == 0:
                yield list(steps)
                continue
            for node in self._before(at, last, left):
                cost = changed + changes(self.game, node[0], at)
                least = cost + self._fewest(node, left - 1)
                heappush(waiting, (least, next(number), cost, left - 1, node, ((last, at), *steps)))

    def _fewest(self, node: Node, moves: int) -> int:
        """Return how few options a shortest path to a state changes that ends with a given mover."""
        if moves == 0:
            return 0
        key = *node, moves
        if key not in self._changed:
            before = self._before(*node, moves)
            self._changed[key] = min(self._fewest(n, moves - 1) + changes(self.game, n[0], node[0]) for n in before)
        return self._changed[key]

    def _before(self, state: int, last: int, moves: int) -> list[Node]:
        """Return the (state, last mover) pairs one move earlier from which `last` reaches the state."""
        key = state, last, moves
        if key not in self._earlier:
            origins = self.game.origins(last, self.game.only([state]), self.improving)
            self._earlier[key] = [
                (before, mover)
                for mover, states in self.layer(moves - 1).items()
                if mover != last
                for before in (origins & states).first()
            ]
        return self._earlier[key]

    def count(self, state: int) -> int:
        """Return how many shortest paths there are to a state, exactly; 0 where it is not reached."""
        moves = self.moves(state)
        if moves is None:
            return 0
        counted: dict[tuple[int, int, int], int] = {}

        def ending(at: int, last: int, left: int) -> int:
            if left == 0:
                return 1
            key = at, last, left
            if key not in counted:
                counted[key] = sum(ending(before, mover, left - 1) for before, mover in self._before(at, last, left))
            return counted[key]

        return sum(ending(state, last, moves) for last, states in self.layer(moves).items() if state in states)

    def into(self, targets: StateSet) -> Steps | None:
        """Return a shortest path of at least one move into any of the targets, one that differs little from the start;
        None where there is none."""
        moves = 1
        while layer := self.layer(moves):
            if hits := [state for states in layer.values() for state in (states & targets).first(WIDTH)]:
                return self._plain(min(hits, key=partial(changes, self.game, self.start)), moves)
            moves += 1
        return None


class Leading(Layered):
    """From where legal sequences lead into a set of states.

    Parameters
    ----------
    game : Game
    targets : StateSet
        Where they end.
    parties : sequence of int
        Who may move.
    improving : bool
        Only moves that the mover prefers to where it moves from.
    """

    def __init__(self, game: Game, targets: StateSet, parties: Sequence[int], improving: bool = False) -> None:
        super().__init__(game, improving, _leading(game, targets, parties, improving))

    def path(self, state: int) -> Steps | None:
        """Return one shortest path from a state into the set; [] from within it, None where there is none."""
        moves = self.moves(state)
        if moves is None:
            return None
        steps: Steps = []
        mover = NOBODY
        while moves:
            at = steps[-1][1] if steps else state
            mover = next(m for m, states in self.layer(moves).items() if m != mover and at in states)
            moves -= 1
            onward = self.game.improvements(mover, at) if self.improving else self.game.moves(mover, at)
            reached = union([states for m, states in self.layer(moves).items() if m != mover])
            some = (onward & reached).first(WIDTH)
            steps.append((mover, min(some, key=partial(changes, self.game, at))))
        return steps


def _leading(game: Game, targets: StateSet, parties: Sequence[int], improving: bool) -> Iterator[Nodes]:
    """Yield the states from which 0, 1, 2, ... moves lead into the targets, by who moves first."""
    layer: Nodes = {NOBODY: targets}
    seen = {party: game.none() for party in parties}
    while layer:
        yield layer
        found = {}
        for party in parties:
            onward = [states for mover, states in layer.items() if mover != party]
            if onward and (new := game.origins(party, union(onward), improving) - seen[party]):
                found[party] = new
                seen[party] = seen[party] | new
        layer = found


class Reachabilities:
    """How every state can be reached from today (or another start), under the approach's own rules.

    Parameters
    ----------
    setting : Setting
    start : int
        Where it begins; it counts as reached.
    """

    def __init__(self, setting: Setting, start: int) -> None:
        self.setting, self.start = setting, start
        self._reached: dict[str, Reached] = {}

    def reached(self, grade: str) -> Reached:
        """Return what is reached in the way that one of `GRADES` says; searched once."""
        if grade not in self._reached:
            game = self.setting.game
            within = self.nobody_below if grade == GRADES[0] else None
            everybody = range(game.parties)
            self._reached[grade] = Reached(game, self.start, everybody, grade != GRADES[2], within)
        return self._reached[grade]

    @cached_property
    def nobody_below(self) -> StateSet:
        """The states in which nobody at the table is below the start, by the preferences of the case as written."""
        found = self.setting.game.feasible()
        for party in self.setting.table:
            found = found & self.setting.judging.better(party, self.start, equal=True)
        return found

    def grade(self, state: int) -> str:
        """Return the strictest of `GRADES` in which a state is known to be reached, else ``no`` or ``not decided``.

        A stricter one that could not be decided within the limits is passed over.
        """
        for grade in GRADES:
            try:
                if state in self.reached(grade):
                    return grade
            except TooLargeError:
                if grade == GRADES[-1]:
                    return UNDECIDED
        return UNREACHED

    def path(self, state: int) -> Steps | None:
        """Return a shortest path in the state's grade: [] for the start, None where it is not known to be reached."""
        grade = self.grade(state)
        return None if grade in (UNREACHED, UNDECIDED) else self.reached(grade).path(state)

    def below(self, state: int) -> list[int]:
        """Return the parties that a state leaves below the start, by the preferences of the case as written."""
        judging = self.setting.judging
        return [p for p in range(judging.parties) if judging.rank(p, state) < judging.rank(p, self.start)]


@dataclass(frozen=True, slots=True)
class Reach:
    """How one state is reached.

    Parameters
    ----------
    grade : str
        One of `GRADES`, ``no``, or ``not decided``.
    path : list of (party, state), or None
        A shortest path in that grade.
    """

    grade: str
    path: Steps | None


@lru_cache(maxsize=128)
def _kept(setting: Setting, start: int) -> Reachabilities:
    return Reachabilities(setting, start)


def reachabilities(setting: Setting, start: int | None = None) -> Reachabilities | None:
    """Return how every state can be reached from today, or from `start`; None where the case does not say today.

    The answer is kept: asked again for the same setting, nothing is searched twice.
    """
    start = setting.today if start is None else start
    return None if start is None else _kept(setting, start)


def reachability(setting: Setting, state: int) -> Reach | None:
    """Return how a state can be reached from today, with a path; None where the case does not say today."""
    found = reachabilities(setting)
    return None if found is None else Reach(found.grade(state), found.path(state))


def union(sets: Iterable[StateSet]) -> StateSet:
    """Return the states in any of the sets, of which there is at least one."""
    return reduce(or_, sets)
