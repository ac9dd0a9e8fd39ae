"""This module owns decision diagrams over what can be chosen: what a statement, a move, a preference become in them.

An option of n levels is n - 1 variables "at least level v". Beside them stand, for each statement that a party wants,
a *rank parameter*: a variable that says whether the statement holds in some other state, the one to compare with. So
"better than a state of rank r" is one diagram for all r, and putting the statements themselves in the place of the
parameters compares each state with itself; no second copy of the options is needed.

References
----------
Bryant (1986), IEEE Transactions on Computers C-35(8). Order of variables: FORCE, Aloul, Markov & Sakallah (2003).
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import reduce
from time import process_time
from typing import Any

from detente.engine.choices import depends_on, foundations, free_options
from detente.engine.interface import Space
from detente.engine.propositions import Propositions
from detente.errors import TooLargeError
from detente.preferences.wants import Ladder, Weighted

Function = Any  # oxidd's BCDDFunction: a decision diagram with complement edges
NODES = 1 << 25  # memory is taken as they are made, about a gigabyte when all are
CACHES = (1 << 14, 1 << 22)  # entries of the cache of results, taken at once: for small spaces, for large ones
    1 << 14,
    1 << 22,
)  # entries of the cache of results, which are taken at once: for small spaces, for large ones
SMALL = 16  # variables
SUMS = 100_000  # how many different sums of weights are told apart
ROUNDS = 20  # of FORCE; it settles in fewer


class Diagrams(Propositions[Function]):
    """The variables of a space and of what each party wants, and the diagrams over them.

    Parameters
    ----------
    space : Space
        Options and rules.
    wants : sequence of Ladder or Weighted
        What each party wants.
    nodes : int
        How many nodes the diagrams may have together.
    seconds : float or None
        After how much CPU time, counted from here, no further step is begun.
    """

    def __init__(
        self, space: Space, wants: Sequence[Ladder | Weighted], nodes: int = NODES, seconds: float | None = None
    ) -> None:
        from oxidd.bcdd import BCDDManager

        self.space, self.wants = space, wants
        self.seconds, self._end = seconds, None if seconds is None else process_time() + seconds
        self._nodes = nodes
        bits, parameters = _order(space, wants)
        self.size = sum(len(places) for places in bits.values())
        self._manager = BCDDManager(nodes, CACHES[self.size > SMALL], 1)
        self._manager.add_vars(self.size + sum(map(len, parameters)))
        self.true = self._manager.true()
        self.false = self._manager.false()
        self.bits = bits  # for each free option, the variables "at least level 1", "at least level 2", ...
        self._parameters = parameters
        self._at_least = {option: [self._manager.var(place) for place in places] for option, places in bits.items()}
        with self.limits("the possible states"):
            for option, tree in space.defined:
                self._at_least[option] = [self.of(tree)]
            falling = [steps[k].imp(steps[k - 1]) for steps in self._at_least.values() for k in range(1, len(steps))]
            self.feasible = self.conjunction(falling + [self.of(rule) for rule in space.rules])

    @contextmanager
    def limits(self, what: str) -> Iterator[None]:
        """Say what could not be decided where the diagrams outgrow their nodes."""
        try:
            yield
        except MemoryError:
            raise TooLargeError(
                f"{what} could not be decided: the decision diagrams need more than {self._nodes:,} nodes"
            ) from None

    def begin(self, what: str) -> None:
        """Raise TooLargeError where the time is over before a step is begun."""
        if self._end is not None and process_time() > self._end:
            raise TooLargeError(f"{what} could not be decided: time limit {self.seconds:g} s")

    # Propositions.

    def at_least(self, option: int, level: int) -> Function:
        """Return where an option is at a level or above."""
        if level <= 0:
            return self.true
        return self._at_least[option][level - 1] if level < self.space.sizes[option] else self.false

    def negation(self, proposition: Function) -> Function:
        """Return where a diagram is false."""
        return ~proposition

    def conjunction(self, propositions: Sequence[Function]) -> Function:
        """Return where all are true, the smallest joined first."""
        return reduce(lambda a, b: a & b, sorted(propositions, key=lambda each: int(each.node_count())), self.true)

    def choice(self, condition: Function, then: Function, otherwise: Function) -> Function:
        """Return `then` where the condition is true, else `otherwise`."""
        return condition.ite(then, otherwise)

    def exactly(self, levels: Iterable[tuple[int, int]]) -> Function:
        """Return where the given options have the given levels."""
        found = self.true
        for option, level in levels:
            if not 0 <= level < self.space.sizes[option]:
                return self.false
            found &= self.at_least(option, level) & ~self.at_least(option, level + 1)
        return found

    # Moves.

    def reach(self, party: int, target: Function, backwards: bool = False) -> Function:
        """Return from where a party can move into the target, or already is there (backwards: where it gets from it).

        Moves may change several options at once and jump over what is no state; the target must consist of states.
        """
        found = self._spread(party, target, backwards)
        return found & self.feasible

    def others(self, party: int, states: Function, backwards: bool = False) -> Function:
        """Return from where a party can move to another state of the set (backwards: where it gets from one)."""
        found = self.false
        for option in self._own(party):
            for bit in self._at_least[option]:
                found |= ~bit & self._spread(party, states & bit, backwards)
                found |= bit & self._spread(party, states & ~bit, backwards)
        return found & self.feasible

    def _spread(self, party: int, target: Function, backwards: bool) -> Function:
        both = self._variables(option for option in self._own(party) if not self.space.directions[option])
        found = target.exists(both)
        for option in self._own(party):
            direction = self.space.directions[option]
            for bit in self._at_least[option] if direction else ():
                either = found.exists(bit)
                # A bit that may only rise is where it was, or was off before; backwards it is the other way round.
                found = found & bit | either & ~bit if (direction > 0) != backwards else found & ~bit | either & bit
        return found

    def _own(self, party: int) -> list[int]:
        return [option for option, owner in enumerate(self.space.owners) if owner == party]

    def _variables(self, options: Iterable[int]) -> Function:
        return reduce(lambda a, b: a & b, (bit for option in options for bit in self._at_least[option]), self.true)

    # Preferences.

    def compared(self, party: int, equal: bool = False, worse: bool = False) -> Function:
        """Return the states better than the parameters (worse: worse; equal: or as good)."""
        want, marks = self.wants[party], [self._manager.var(place) for place in self._parameters[party]]
        return self._compared(want, marks, equal, worse) & self.feasible

    def better(self, party: int, truths: Sequence[bool], equal: bool) -> Function:
        """Return the states better than one in which a party's statements have these truth values."""
        marks = [self.true if truth else self.false for truth in truths]
        return self._compared(self.wants[party], marks, equal, False) & self.feasible

    def with_itself(self, party: int, function: Function) -> Function:
        """Return a diagram with each state's own statements in the place of a party's parameters."""
        pairs = list(zip(self._parameters[party], map(self.of, self.wants[party].statements), strict=True))
        return function.substitute(function.make_substitution(pairs)) if pairs else function

    def _compared(self, want: Ladder | Weighted, marks: list[Function], equal: bool, worse: bool) -> Function:
        truths = [self.of(statement) for statement in want.statements]
        found = self.true if equal else self.false
        if isinstance(want, Weighted):
            return self._sums(want, truths, marks, equal, worse)
        for truth, mark in zip(reversed(truths), reversed(marks), strict=True):
            ahead, behind = (mark, truth) if worse else (truth, mark)
            found = ahead.ite(~behind | found, ~behind & found)
        return found

    def _sums(
        self, want: Weighted, truths: list[Function], marks: list[Function], equal: bool, worse: bool
    ) -> Function:
        """Compare sums: statement by statement, what the state is ahead by so far decides, or goes on."""
        ordered = sorted(zip(want.amounts, truths, marks, strict=True), key=lambda item: -abs(item[0]))
        left = [sum(abs(amount) for amount, _, _ in ordered[place:]) for place in range(len(ordered) + 1)]
        known: dict[tuple[int, Any], Function] = {}

        def ahead(place: int, lead: Any) -> Function:
            if lead > left[place] or (equal and lead >= left[place]):
                return self.true
            if lead < -left[place] or (not equal and lead <= -left[place]):
                return self.false
            if (place, lead) not in known:
                if len(known) > SUMS:
                    raise TooLargeError(f"the weights make more than {SUMS:,} different sums; use fewer of them")
                amount, truth, mark = ordered[place]
                step = -amount if worse else amount
                same = ahead(place + 1, lead)
                more, less = ahead(place + 1, lead + step), ahead(place + 1, lead - step)
                known[place, lead] = truth.ite(mark.ite(same, more), mark.ite(less, same))
            return known[place, lead]

        return ahead(0, 0)


def _order(space: Space, wants: Sequence[Ladder | Weighted]) -> tuple[dict[int, list[int]], list[list[int]]]:
    """Place the variables: options that stand in the same statements near each other, parameters at their statements.

    Returns
    -------
    bits : dict from free option to list of int
        The variables of each option.
    parameters : list of list of int
        The variables of each party's statements.
    """
    ground = foundations(space)
    wanted = [[depends_on(tree, ground) for tree in want.statements] for want in wants]
    edges = [
        edge for edge in [*(depends_on(r, ground) for r in space.rules), *(e for es in wanted for e in es)] if edge
    ]
    place: dict[int, float] = {option: float(number) for number, option in enumerate(free_options(space))}
    for _ in range(ROUNDS):
        pulls: dict[int, list[float]] = {option: [] for option in place}
        for edge in edges:
            centre = sum(place[option] for option in edge) / len(edge)
            for option in edge:
                pulls[option].append(centre)
        drawn = {option: sum(at) / len(at) if at else place[option] for option, at in pulls.items()}
        settled = {option: float(number) for number, option in enumerate(sorted(place, key=lambda o: (drawn[o], o)))}
        if settled == place:
            break
        place = settled
    slots: list[tuple[float, int, tuple[int, int]]] = [
        (at, 0, (option, level)) for option, at in place.items() for level in range(1, space.sizes[option])
    ]
    for party, statements in enumerate(wanted):
        for number, edge in enumerate(statements):
            at = max((place[option] for option in edge), default=0.0) + 0.5
            slots.append((at, 1 + party, (party, number)))
    bits: dict[int, list[int]] = {option: [] for option in place}
    parameters: list[list[int]] = [[0] * len(statements) for statements in wanted]
    for variable, (_, kind, (first, second)) in enumerate(sorted(slots)):
        if kind:
            parameters[first][second] = variable
        else:
            bits[first].append(variable)
    return bits, parameters
