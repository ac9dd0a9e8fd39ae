"""This module owns games with too many states to list: sets of states are decision diagrams, counts are exact.

A state's number is its code, in which the first option counts least; so it can be any size. The definitions follow the
one formula of `fixpoint`, worked out for all states at once by `secured`.
"""

from collections.abc import Callable, Iterator, Sequence
from copy import copy
from functools import partial
from itertools import islice
from math import prod
from operator import and_, or_

from detente.engine.aside import SETS
from detente.engine.diagrams import NODES, Diagrams, Function, whole
from detente.engine.interface import Definition, Game, Space, StateSet
from detente.engine.options import require_option_form
from detente.engine.secured import spreading, unshaken
from detente.errors import NotAvailableError, TooLargeError
from detente.model.case import Conventions
from detente.model.statements import Tree, holds
from detente.preferences.wants import Ranks, Want, Weighted

LISTED = 1_000_000  # how many states a set lists at most when all are asked for
POINTS = 1 << 14  # of how many states what they make true is kept
LARGE = 1 << 14  # nodes, from which on it can take long to join or count sets
Point = list[tuple[int, bool]]  # a state's variables, and which are true; oxidd's default for absent ones is not false


class Region(StateSet):
    """A set of states as a decision diagram."""

    __slots__ = ("function", "game")

    def __init__(self, game: "SymbolicGame", function: Function) -> None:
        self.game, self.function = game, function

    def __and__(self, other: StateSet) -> "Region":
        return self._with(_function(other), and_)

    def __or__(self, other: StateSet) -> "Region":
        return self._with(_function(other), or_)

    def __invert__(self) -> "Region":
        return Region(self.game, self.game.diagrams.feasible & ~self.function)

    def __sub__(self, other: StateSet) -> "Region":
        return self._with(~_function(other), and_)

    def _with(self, other: Function, join: Callable[[Function, Function], Function]) -> "Region":
        if max(self.function.node_count(), other.node_count()) < LARGE:
            return Region(self.game, join(self.function, other))
        return Region(self.game, self.game.diagrams.aside.do("a set of states", partial(join, self.function, other)))

    def count(self) -> int:
        """Return how many states the set has, exactly."""
        counted = partial(self.function.sat_count, self.game.diagrams.size)
        if self.function.node_count() < LARGE:
            return int(counted())
        return int(self.game.diagrams.aside.do("how many states there are", counted))

    def first(self, n: int | None = None) -> list[int]:
        """Return the first `n` states in ascending order of codes; raises TooLargeError for a million and more."""
        if n is None and self.count() > LISTED:
            raise TooLargeError(f"{self.count():,} states are too many to list; ask for the first of them")
        if self.function.node_count() < LARGE:
            return list(islice(self.game.codes(self.function), n))
        return self.game.diagrams.aside.do("a list of states", lambda: list(islice(self.game.codes(self.function), n)))

    def __contains__(self, state: object) -> bool:
        if not isinstance(state, int) or not 0 <= state < self.game.codes_end:
            return False
        point = self.game.point(state)
        return point is not None and bool(self.function.eval(point))

    def __bool__(self) -> bool:
        return bool(self.function.satisfiable())


def _function(states: StateSet) -> Function:
    if not isinstance(states, Region):
        raise TypeError(f"the set belongs to another kind of game: {type(states).__name__}")
    return states.function


class SymbolicGame(Game):
    """A game over options and rules, of any number of states; see `Game` for what it offers.

    Parameters
    ----------
    space : Space
        Options and rules, without merged, listed or plain states and without given moves.
    wants : sequence of Ladder or Weighted
        What each party wants, as statements.
    conventions : Conventions
        How ties and returns are read (returns make no difference where all moves are by options).
    seconds : float or None
        How much CPU time sets of stable states may take, and again everything else.
    nodes : int
        How many nodes the decision diagrams may have.
    judging : sequence of Ladder or Weighted
        Other wants, for a second game over the same states; see `judge`.

    Raises
    ------
    NotAvailableError
        When the space is not in option form, or a party ranks states one by one.
    TooLargeError
        When a limit is met.
    """

    engine = "symbolic"
    transitive = True

    def __init__(
        self,
        space: Space,
        wants: Sequence[Want],
        conventions: Conventions,
        seconds: float | None = None,
        nodes: int = NODES,
        judging: Sequence[Want] = (),
    ) -> None:
        require_option_form(space, "symbolic")
        if space.listed is not None:
            raise NotAvailableError("the symbolic engine takes rules, not a list of states; use the listed engine")
        said = [want for want in (*wants, *judging) if not isinstance(want, Ranks)]
        if len(said) != len(wants) + len(judging):
            raise NotAvailableError("the symbolic engine takes concerns or weights, not a ranking of all states")
        self.space, self.conventions, self.parties = space, conventions, space.parties
        self.diagrams = Diagrams(space, said, nodes, seconds)
        self._wants = said
        self._offset = 0  # where this game's wants begin in the diagrams
        self.codes_end = prod(space.sizes)
        self._kept: dict[tuple[int, Definition], Function] = {}
        self._failed: dict[tuple[int, Definition], TooLargeError] = {}
        self._levelled = [
            [self.diagrams.exactly([(option, level)]) for level in range(size)]
            for option, size in enumerate(space.sizes)
        ]
        self._points: dict[int, Point | None] = {}  # shared by both games: they have the same states

    def judge(self) -> "SymbolicGame":
        """Return the game over the same states with the other wants; sets of the two can be mixed."""
        other = copy(self)
        other._offset, other._kept, other._failed = self.parties, {}, {}
        return other

    # States and their codes.

    def codes(self, function: Function) -> Iterator[int]:
        """Yield the codes of the states in a diagram, ascending: the last option is decided first."""
        sizes = self.space.sizes
        weights = [prod(sizes[:option]) for option in range(len(sizes))]
        stack = [(len(sizes) - 1, function, 0)]
        while stack:
            option, inside, code = stack.pop()
            if not inside.satisfiable():
                continue
            if option < 0:
                yield code
                continue
            for level in reversed(range(sizes[option])):
                there = inside & self._levelled[option][level]
                stack.append((option - 1, there, code + level * weights[option]))

    def cube(self, state: int) -> Function:
        """Return the diagram of one state, given by its code; it is false where the choice breaks a rule."""
        return self.diagrams.exactly(enumerate(self._levels(state))) & self.diagrams.feasible

    def point(self, state: int) -> "Point | None":
        """Return what a diagram is evaluated with in one state, given by its code; None where it is no state."""
        if state not in self._points:
            if len(self._points) >= POINTS:
                self._points.clear()
            bits, levels = self.diagrams.bits, self._levels(state)
            point = [(at, step < levels[option]) for option, places in bits.items() for step, at in enumerate(places)]
            defined = all(self._defined(option, point) == levels[option] for option, _ in self.space.defined)
            self._points[state] = point if defined and self.diagrams.feasible.eval(point) else None
        return self._points[state]

    def _defined(self, option: int, point: "Point") -> int:
        return int(self.diagrams.at_least(option, 1).eval(point))

    def _levels(self, state: int) -> list[int]:
        found = []
        for size in self.space.sizes:
            state, level = divmod(state, size)
            found.append(level)
        return found

    def values(self, state: int) -> tuple[int | None, ...]:
        """Return the level of every option in a state."""
        return tuple(self._levels(state))

    def feasible(self) -> StateSet:
        """Return all feasible states."""
        return Region(self, self.diagrams.feasible)

    def none(self) -> StateSet:
        """Return the empty set."""
        return Region(self, self.diagrams.false)

    def only(self, states: Sequence[int]) -> StateSet:
        """Return the set of the given states."""
        found = self.diagrams.false
        for state in states:
            found |= self.cube(state)
        return Region(self, found & self.diagrams.feasible)

    def where(self, statement: Tree) -> StateSet:
        """Return the states in which a statement holds."""
        found = self.diagrams.aside.do(
            "where a statement holds", lambda: self.diagrams.of(statement) & self.diagrams.feasible
        )
        return Region(self, found)

    def find(self, values: Sequence[int | None]) -> StateSet:
        """Return the feasible states that agree with the given levels (None: any)."""
        given = [(option, level) for option, level in enumerate(values) if level is not None]
        return Region(self, self.diagrams.exactly(given) & self.diagrams.feasible)

    # Preferences and moves.

    def _digits(self, party: int, state: int) -> list[bool]:
        point = self.point(state) or []
        return [bool(digit.eval(point)) for digit in self.diagrams.digits[self._offset + party]]

    def rank(self, party: int, state: int) -> int:
        """Return how good a state is for a party: larger is better, equal is indifferent; gaps mean nothing."""
        want, levels = self._wants[self._offset + party], self._levels(state)
        truths = [bool(holds(statement, levels.__getitem__)) for statement in want.statements]
        if isinstance(want, Weighted):
            return sum(amount for amount, true in zip(whole(want), truths, strict=True) if true)
        return sum(true << place for place, true in enumerate(reversed(truths)))

    def better(self, party: int, state: int, equal: bool = False) -> StateSet:
        """Return the states that a party prefers to a state (with `equal`: or finds equally good)."""
        diagrams = self.diagrams
        given = [diagrams.true if digit else diagrams.false for digit in self._digits(party, state)]

        def above() -> Function:
            return diagrams.above(diagrams.digits[self._offset + party], given, equal) & diagrams.feasible

        return Region(self, diagrams.aside.do("what a party prefers", above))

    def classes(self, party: int, states: StateSet) -> int:
        """Return how many classes of a party's ranking occur among some states."""
        count = partial(self.diagrams.classes, self._offset + party, _function(states))
        return self.diagrams.aside.do("how many classes there are", count)

    def moves(self, party: int, state: int) -> StateSet:
        """Return where one move of a party leads from a state."""

        def reached() -> Function:
            return self.diagrams.reach(party, self.cube(state), backwards=True) & ~self.cube(state)

        return Region(self, self.diagrams.aside.do("where moves lead", reached))

    def image(self, party: int, states: StateSet, improving: bool = False) -> StateSet:
        """Return where one move (one improvement) of a party leads from any of the states."""
        return self._moved(party, states, improving, backwards=True)

    def origins(self, party: int, states: StateSet, improving: bool = False) -> StateSet:
        """Return from where one move (one improvement) of a party leads into any of the states."""
        return self._moved(party, states, improving, backwards=False)

    def _moved(self, party: int, states: StateSet, improving: bool, backwards: bool) -> StateSet:
        spread = self.diagrams.improving if improving else self.diagrams.others
        moved = partial(spread, self._offset + party, _function(states), backwards=backwards)
        return Region(self, self.diagrams.aside.do("where moves lead", moved))

    # The definitions.

    def stable(self, party: int, definition: Definition) -> StateSet:
        """Return the states that are stable for a party under a definition and the game's conventions."""
        key = party, definition
        if key in self._failed:
            raise self._failed[key]
        if key not in self._kept:
            try:
                self._kept[key] = self.diagrams.aside.do(
                    str(definition), partial(self._stable, party, definition), SETS
                )
            except TooLargeError as reason:
                self._failed[key] = reason
                raise
        return Region(self, self._kept[key])

    def stays(self, party: int, state: int, definition: Definition) -> bool:
        """Return whether a state is stable for a party under a definition; for one state this takes far less."""
        if (party, definition) in self._kept:
            return state in self.stable(party, definition)
        what = f"whether one state holds under {definition}"
        return self.diagrams.aside.do(what, partial(self._stays, party, state, definition))

    def _stays(self, party: int, state: int, definition: Definition) -> bool:
        improvements = _function(self.improvements(party, state))
        answered, credible = (
            _function(self.sanctions(party, state, definition)),
            definition in (Definition.SEQ, Definition.SSEQ),
        )
        opponents = self._others(party) if definition is not Definition.NASH else []
        spread = spreading(self.diagrams, opponents, answered, credible, self.diagrams.feasible)
        return any(not (improvements & ~reached).satisfiable() for reached in spread)

    def _stable(self, party: int, definition: Definition) -> Function:
        diagrams, wants = self.diagrams, self._offset + party
        if definition is Definition.NASH:
            return diagrams.feasible & ~diagrams.improving(wants, diagrams.feasible)
        return unshaken(diagrams, wants, self._others(party), definition, self.conventions.ties_sanction)

    def _others(self, party: int) -> list[int]:
        return [self._offset + other for other in range(self.parties) if other != party]

    def sanctions(self, party: int, state: int, definition: Definition) -> StateSet:
        """Return the states that answer any improvement of the party from `state`, if the others can get there."""
        if definition is Definition.NASH:
            return self.none()
        preferred = _function(self.better(party, state, equal=not self.conventions.ties_sanction))

        def answers() -> Function:
            escapes = definition in (Definition.SMR, Definition.SSEQ)
            found = self.diagrams.feasible & ~(self.diagrams.reach(party, preferred) if escapes else preferred)
            return found if self.conventions.return_sanctions else found & ~self.cube(state)

        return Region(self, self.diagrams.aside.do("what answers an improvement", answers))
