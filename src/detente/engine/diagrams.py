"""This module owns decision diagrams over what can be chosen: what a statement, a move, a preference become in them.

An option of n levels is n - 1 variables "at least level v". What a party wants is a number in binary, its digits
the statements in order of importance (of weights: the sum's digits). Each option's variables have copies, which stand
for where a mover gets to. Beside the options stand *rank parameters*, a variable for each digit of
some state to compare with.

References
----------
Bryant (1986), IEEE Transactions on Computers C-35(8). Order of variables: FORCE, Aloul, Markov & Sakallah (2003).
"""

from collections.abc import Iterable, Sequence
from functools import reduce
from itertools import chain
from math import lcm
from typing import Any
from weakref import WeakSet

from detente.engine.aside import SETS, Aside
from detente.engine.choices import depends_on, foundations, free_options
from detente.engine.interface import Space
from detente.engine.memory import budget, require
from detente.engine.propositions import Propositions
from detente.preferences.wants import Ladder, Weighted

Function = Any  # oxidd's BCDDFunction: a decision diagram with complement edges
NODES = 1 << 25  # memory is taken as they are made, about a gigabyte when all are
NODE, ENTRY = 32, 16  # bytes: a node in its table; an entry of the cache of results
CACHES = (1 << 14, 1 << 22)  # entries of the cache of results, taken at once: for small spaces, for large ones
SMALL = 16  # variables
SECONDS = 30.0  # of CPU time for all that is decided about whole sets, where nothing else is said
ROUNDS = 20  # of FORCE; it settles in fewer


class Diagrams(Propositions[Function]):
    """The variables of a space and of what each party wants, and the diagrams over them.

    Parameters
    ----------
    space : Space
        Options and rules.
    wants : sequence of Ladder or Weighted, length a multiple of the number of parties
        What each party wants; where two games share the diagrams, first all of one, then all of the other. What is
        called a party below is a place in this list.
    nodes : int
        How many nodes the diagrams may have together; fewer where memory is short.
    seconds : float or None
        How much CPU time sets of stable states may take, and again everything else; `SECONDS` by default.

    Raises
    ------
    TooLargeError
        When a limit is met.
    """

    def __init__(
        self, space: Space, wants: Sequence[Ladder | Weighted], nodes: int = NODES, seconds: float | None = None
    ) -> None:
        from oxidd.bcdd import BCDDManager

        self.space, self.wants = space, wants
        bits, parameters = _order(space, wants)
        self.size = sum(len(places) for places in bits.values())
        cache = CACHES[self.size > SMALL]
        taken = sum(each.memory() for each in _living)
        require(taken + cache * ENTRY + (NODE << 16), "decision diagrams")
        nodes = min(nodes, (budget() - taken - cache * ENTRY) // NODE)
        self._manager = BCDDManager(nodes, cache, 1)
        self._cache = cache
        _living.add(self)
        self.aside = Aside(SECONDS if seconds is None else seconds, nodes)
        self._manager.add_vars(2 * self.size + sum(map(len, parameters)))
        self.true = self._manager.true()
        self.false = self._manager.false()
        self._improvements: dict[int, tuple[Function, Any, Any, Function, Function]] = {}
        self.bits = (
            bits  # for each free option, the variables "at least level 1", "at least level 2", ...; a copy follows each
        )
        self._parameters = parameters
        self._at_least = {option: [self._manager.var(place) for place in places] for option, places in bits.items()}
        self.digits: list[list[Function]] = []
        self.feasible = self.true
        self.aside.do("what is possible and wanted", self._begin, SETS)

    def _begin(self) -> None:
        for option, tree in self.space.defined:
            self._at_least[option] = [self.of(tree)]
        falling = [steps[k].imp(steps[k - 1]) for steps in self._at_least.values() for k in range(1, len(steps))]
        self.digits = [self._digits(want) for want in self.wants]
        self.feasible = self.conjunction(falling + [self.of(rule) for rule in self.space.rules])

    def memory(self) -> int:
        """Return about how many bytes are taken."""
        return int(self._manager.approx_num_inner_nodes()) * NODE + self._cache * ENTRY

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
        mover = party % self.space.parties
        return [option for option, owner in enumerate(self.space.owners) if owner == mover]

    def _variables(self, options: Iterable[int]) -> Function:
        return self._joined(bit for option in options for bit in self._at_least[option])

    def _joined(self, variables: Iterable[Function]) -> Function:
        return reduce(lambda a, b: a & b, variables, self.true)

    # Preferences.

    def compared(self, party: int, equal: bool = False) -> Function:
        """Return the states better than the parameters (equal: or as good)."""
        marks = [self._manager.var(place) for place in self._parameters[party]]
        return self.above(self.digits[party], marks, equal) & self.feasible

    def with_itself(self, party: int, function: Function) -> Function:
        """Return a diagram with each state's own digits in the place of a party's parameters."""
        pairs = list(zip(self._parameters[party], self.digits[party], strict=True))
        return function.substitute(function.make_substitution(pairs)) if pairs else function

    def classes(self, party: int, states: Function) -> int:
        """Return how many numbers the digits make in some states: each is an assignment of the parameters."""
        found = states
        for place, digit in zip(self._parameters[party], self.digits[party], strict=True):
            found &= self._manager.var(place).equiv(digit)
        found = found.exists(self._variables(self.bits))
        return int(found.sat_count(len(self._parameters[party])))

    def above(self, high: Sequence[Function], low: Sequence[Function], equal: bool = False) -> Function:
        """Return where the first digits, the most significant first, make the larger number (equal: or the same)."""
        found = self.true if equal else self.false
        for digit, other in zip(reversed(high), reversed(low), strict=True):
            found = digit.ite(~other | found, ~other & found)
        return found

    def extreme(
        self, digits: Sequence[Function], movers: Sequence[int], lowest: bool = False, directed: bool = True
    ) -> list[Function]:
        """Return the largest (lowest: smallest) number among the states that differ in options of the movers only.

        Parameters
        ----------
        digits : sequence of Function
            A number in each state, the most significant digit first.
        movers : sequence of int
            Whose options may differ in any way, rules between here and there disregarded.
        directed : bool
            Whether this includes options with a direction, against which nobody could move.
        """
        options = (option for mover in movers for option in self._own(mover))
        free = self._variables(option for option in options if directed or not self.space.directions[option])
        left, found = self.feasible, []
        for digit in digits:
            some = (left & (~digit if lowest else digit)).exists(free)
            found.append(~some if lowest else some)
            left &= found[-1].equiv(digit)
        return found

    def improving(self, party: int, target: Function, backwards: bool = False) -> Function:
        """Return from where a party can improve into the target (backwards: where it gets from it by improving)."""
        relation, ahead, back, here, there = self._improvement(party)
        if backwards:
            return (relation & target).exists(here).substitute(back) & self.feasible
        from oxidd.util import BooleanOperator

        return relation.apply_exists(BooleanOperator.AND, target.substitute(ahead), there) & self.feasible

    def _improvement(self, party: int) -> tuple[Function, Any, Any, Function, Function]:
        """Return a party's improvements as one diagram over the options and copies of its own, and what renames them.

        Returns
        -------
        relation : the copies are better than the options, and can be reached from them
        ahead, back : put the copies in the place of the options, the options in that of the copies
        here, there : the party's variables, and their copies
        """
        if party not in self._improvements:
            own = [place for option in self._own(party) for place in self.bits[option]]
            pairs = [(place, self._manager.var(place + 1)) for place in own]
            ahead = self.feasible.make_substitution(pairs)
            back = self.feasible.make_substitution([(place + 1, self._manager.var(place)) for place in own])
            relation = self.above([digit.substitute(ahead) for digit in self.digits[party]], self.digits[party])
            for option in self._own(party):
                for place in self.bits[option] if self.space.directions[option] else ():
                    bit, copy = self._manager.var(place), self._manager.var(place + 1)
                    relation &= bit.imp(copy) if self.space.directions[option] > 0 else copy.imp(bit)
            here, there = self._variables(self._own(party)), self._joined(copy for _, copy in pairs)
            self._improvements[party] = relation, ahead, back, here, there
        return self._improvements[party]

    def _digits(self, want: Ladder | Weighted) -> list[Function]:
        """Return a number that is larger where a state is better, in binary, most significant digit first."""
        truths = [self.of(statement) for statement in want.statements]
        if isinstance(want, Ladder):
            return truths
        digits = [self.false] * _length(want)
        for amount, truth in zip(whole(want), truths, strict=True):
            carry, adding = self.false, truth if amount > 0 else ~truth
            for place in range(len(digits)):
                term = adding if abs(amount) >> place & 1 else self.false
                both, one = digits[place] & term, digits[place] ^ term
                digits[place], carry = one ^ carry, both | one & carry
        return digits[::-1]


_living: "WeakSet[Diagrams]" = WeakSet()  # so that all of them together keep within the memory there is


def whole(want: Weighted) -> list[int]:
    """Return the weights in whole numbers."""
    scale = lcm(*(amount.denominator for amount in want.amounts))
    return [int(amount * scale) for amount in want.amounts]


def _length(want: Ladder | Weighted) -> int:
    """Return how many digits a party's preferences have."""
    return len(want.statements) if isinstance(want, Ladder) else sum(map(abs, whole(want))).bit_length()


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
    mentioned = [[depends_on(tree, ground) for tree in want.statements] for want in wants]
    edges = [edge for edge in chain((depends_on(rule, ground) for rule in space.rules), *mentioned) if edge]
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
    wanted = [
        each if isinstance(want, Ladder) else [frozenset().union(*each)] * _length(want)
        for want, each in zip(wants, mentioned, strict=True)
    ]
    for party, digits in enumerate(wanted):
        for number, edge in enumerate(digits):
            at = max((place[option] for option in edge), default=0.0) + 0.5
            slots.append((at, 1 + party, (party, number)))
    bits: dict[int, list[int]] = {option: [] for option in place}
    parameters: list[list[int]] = [[0] * len(digits) for digits in wanted]
    variable = 0
    for _, kind, (first, second) in sorted(slots):
        if kind:
            parameters[first][second] = variable
        else:
            bits[first].append(variable)
            variable += 1  # its copy
        variable += 1
    return bits, parameters
