"""This module owns a game of sets and loops, for small cases: what the questions are compared with in tests.

It shares nothing with the engines but the interface: states are numbered in the order of `itertools.product`.
"""

from collections.abc import Sequence
from itertools import product

from detente.engine.interface import Definition, Game, Space, StateSet
from detente.model.statements import Tree, holds
from detente.preferences import Ladder, Ranks, Want


class Some(StateSet):
    """A set of states, as a frozenset beside the frozenset of all."""

    def __init__(self, states, everything):
        self.states, self.everything = frozenset(states), everything

    def __and__(self, other):
        return Some(self.states & other.states, self.everything)

    def __or__(self, other):
        return Some(self.states | other.states, self.everything)

    def __invert__(self):
        return Some(self.everything - self.states, self.everything)

    def count(self):
        return len(self.states)

    def first(self, n=None):
        return sorted(self.states)[:n]

    def __contains__(self, state):
        return state in self.states


class NaiveGame(Game):
    """Every set by a loop over all states."""

    engine = "naive"

    def __init__(self, space: Space, wants: Sequence[Want], conventions):
        self.space, self.wants, self.conventions = space, wants, conventions
        self.parties = space.parties
        self.transitive = not space.merged and space.arcs is None
        self.members: list[list[tuple[int, ...]]] = [[()] for _ in range(space.plain)]
        self.shown: list[tuple[int | None, ...]] = [()] * space.plain
        merged: dict[int, int] = {}
        for values in [] if space.plain else product(*(range(size) for size in space.sizes)):
            if not self._possible(values):
                continue
            group = next((n for n, m in enumerate(space.merged) if all(values[k] == v for k, v in m.items())), None)
            if group in merged:
                self.members[merged[group]].append(values)
            else:
                if group is not None:
                    merged[group] = len(self.members)
                self.members.append([values])
                m = None if group is None else space.merged[group]
                self.shown.append(values if m is None else tuple(m.get(k) for k in range(len(values))))
        self.all = frozenset(range(len(self.members)))
        self.arcs = [[self._arcs(party, state) for state in sorted(self.all)] for party in range(self.parties)]
        self.keys = [[self._key(party, state) for state in sorted(self.all)] for party in range(self.parties)]

    def _possible(self, values):
        listed = self.space.listed is None or values in self.space.listed
        rules = all(holds(rule, values.__getitem__) for rule in self.space.rules)
        return listed and rules and self._completed(values) == values

    def _completed(self, values):
        values = list(values)
        for option, tree in self.space.defined:
            values[option] = int(holds(tree, values.__getitem__))
        return tuple(values)

    def _arcs(self, party, state):
        if self.space.arcs is not None and party in self.space.arcs:
            order = [self._number(values) for values in self.space.listed] if self.space.listed else sorted(self.all)
            return {order[b] for a, b in self.space.arcs[party] if order[a] == state} - {state}
        found = set()
        own = [k for k, owner in enumerate(self.space.owners) if owner == party]
        for before in self.members[state]:
            for levels in product(*(range(self.space.sizes[k]) for k in own)):
                after = list(before)
                for k, level in zip(own, levels, strict=True):
                    after[k] = level
                steps = ((after[k] - before[k]) * self.space.directions[k] < 0 for k in own)
                if not any(steps):
                    found.add(self._number(self._completed(after)))
        return found - {state, None}

    def _number(self, values):
        return next((n for n, members in enumerate(self.members) if tuple(values) in members), None)

    def _key(self, party, state):
        want = self.wants[party]
        if isinstance(want, Ranks):
            return int(want.values[state])
        truths = [bool(holds(tree, self.members[state][0].__getitem__)) for tree in want.statements]
        if isinstance(want, Ladder):
            return tuple(truths)
        return sum(amount for amount, true in zip(want.amounts, truths, strict=True) if true)

    def _some(self, states):
        return Some(states, self.all)

    def feasible(self):
        return self._some(self.all)

    def none(self):
        return self._some(())

    def only(self, states):
        return self._some(states)

    def where(self, statement: Tree):
        return self._some(s for s in self.all if all(holds(statement, v.__getitem__) for v in self.members[s]))

    def values(self, state):
        return self.shown[state]

    def find(self, values):
        def agrees(member):
            return all(asked in (None, has) for asked, has in zip(values, member, strict=True))

        return self._some(s for s in self.all if any(agrees(member) for member in self.members[s]))

    def rank(self, party, state):
        return sorted(set(self.keys[party])).index(self.keys[party][state])

    def better(self, party, state, equal=False):
        key = self.keys[party]
        return self._some(t for t in self.all if key[t] > key[state] or (equal and key[t] == key[state]))

    def moves(self, party, state):
        return self._some(self.arcs[party][state])

    def image(self, party, states, improving=False):
        step = self.improvements if improving else self.moves
        return self._some({t for s in states for t in step(party, s)})

    def origins(self, party, states, improving=False):
        return self._some(s for s in self.all if self.image(party, self.only([s]), improving) & states)

    def joint(self, parties, state, improving):
        """Return the ends of legal sequences of at least one move, by (state, last mover) pairs."""
        seen, todo = set(), [(state, None)]
        while todo:
            at, last = todo.pop()
            for party in parties:
                if party != last:
                    new = {(t, party) for t in self.image(party, self.only([at]), improving)} - seen
                    seen |= new
                    todo += new
        return {t for t, _ in seen}

    def sanctions(self, party, state, definition: Definition):
        key = self.keys[party]
        ties, back = self.conventions.ties_sanction, self.conventions.return_sanctions
        found = {t for t in self.all if key[t] < key[state] or (ties and key[t] == key[state])}
        found -= set() if back else {state}
        if definition in (Definition.SMR, Definition.SSEQ):
            free = {t for t in self.all if key[t] > key[state] or (not ties and key[t] == key[state])}
            found = {q for q in found if not (self.arcs[party][q] & free)}
        return self._some(found)

    def stable(self, party, definition):
        others = [other for other in range(self.parties) if other != party]
        credible = definition in (Definition.SEQ, Definition.SSEQ)

        def stays(state):
            better = self.improvements(party, state)
            if definition is Definition.NASH or not better:
                return not better
            targets = self.sanctions(party, state, definition)
            return all(self.only(self.joint(others, move, credible)) & targets for move in better)

        return self._some(s for s in self.all if stays(s))
