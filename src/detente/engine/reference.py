"""This module owns the definitions written out naively, with Python sets and loops: what the fast engines must equal.

It shares no algorithm with them: states by trying every choice, joint moves by searching (state, last mover), and each
definition as its sentence reads. Symbols: ``R(i, s)`` where one move of i leads, ``phi`` what i does not prefer to s.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from typing import Any

from detente.engine.interface import Definition, Space
from detente.model.case import Conventions
from detente.model.statements import holds
from detente.preferences.wants import Ladder, Want, Weighted

Choice = tuple[int, ...]


class Reference:
    """The verdicts of a game from the definitions alone; states are numbered as in the engines.

    Parameters
    ----------
    space : Space
        What can be chosen, and by whom.
    wants : sequence of Ladder, Weighted or Ranks
        What each party wants.
    conventions : Conventions
        How ties and returns are read.

    References
    ----------
    Kilgour, Hipel & Fang (1987), Automatica 23; Fang, Hipel & Kilgour (1993), Interactive Decision Making; SSEQ after
    Rego & Vieira (2017), Group Decision and Negotiation 26.
    """

    def __init__(self, space: Space, wants: Sequence[Want], conventions: Conventions) -> None:
        self.space, self.conventions = space, conventions
        self.parties = range(space.parties)
        self.states = list(_states(space))  # each a tuple of its members; plain states have one empty member
        self.utility = [self._utilities(want) for want in wants]
        self.arcs = [self._arcs(party) for party in self.parties]
        self._joint: dict[tuple[int, int, bool], set[int]] = {}

    # The model.

    def _utilities(self, want: Want) -> list[Any]:
        match want:
            case Ladder(statements):
                told: list[list[Any]] = [
                    [tuple(holds(tree, m.__getitem__) for tree in statements) for m in s] for s in self.states
                ]
            case Weighted(statements, amounts):
                told = [
                    [
                        sum(
                            (a for t, a in zip(statements, amounts, strict=True) if holds(t, m.__getitem__)),
                            Fraction(0),
                        )
                        for m in s
                    ]
                    for s in self.states
                ]
            case _:
                return [int(value) for value in want.values]
        if any(len(set(members)) > 1 for members in told):
            raise ValueError("members of a merged state differ in what a party wants")
        return [members[0] for members in told]

    def _arcs(self, party: int) -> list[set[int]]:
        pairs = set(self._given(party) if self.given(party) else self._by_options(party))
        return [{t for t in range(len(self.states)) if (s, t) in pairs and s != t} for s in range(len(self.states))]

    def given(self, party: int) -> bool:
        """Whether a party's moves are given one by one (or it has none, among plain states)."""
        return bool(self.space.plain) or (self.space.arcs is not None and party in self.space.arcs)

    def _given(self, party: int) -> Iterator[tuple[int, int]]:
        arcs: Mapping[int, Collection[tuple[int, int]]] = self.space.arcs or {}
        if self.space.plain:
            yield from arcs.get(party, ())
            return
        home = {member: state for state, members in enumerate(self.states) for member in members}
        listed = self.space.listed or sorted(home, key=lambda member: member[::-1])
        for source, target in arcs.get(party, ()):
            if listed[source] in home and listed[target] in home:
                yield home[listed[source]], home[listed[target]]

    def _by_options(self, party: int) -> Iterator[tuple[int, int]]:
        for s, here in enumerate(self.states):
            for t, there in enumerate(self.states):
                if any(self.may_become(party, a, b) for a in here for b in there):
                    yield s, t

    def may_become(self, party: int, here: Choice, there: Choice) -> bool:
        """Whether one move of a party turns one choice into another: only its options change, none against its way."""
        return all(
            owner == -1 or (a == b if owner != party else (b - a) * direction >= 0)
            for a, b, owner, direction in zip(here, there, self.space.owners, self.space.directions, strict=True)
        )

    # Moves.

    def moves(self, party: int, state: int) -> set[int]:
        """R_i(s)."""
        return self.arcs[party][state]

    def improvements(self, party: int, state: int) -> set[int]:
        """R_i^+(s): the moves to a state that the party prefers to the one it starts from."""
        u = self.utility[party]
        return {t for t in self.moves(party, state) if u[t] > u[state]}

    def joint(self, coalition: Collection[int], state: int, improving: bool) -> set[int]:
        """R_H(s) (with `improving`: R_H^+(s)): the ends of legal sequences, in which nobody moves twice in a row."""
        step = self.improvements if improving else self.moves
        seen: set[tuple[int, int]] = set()
        waiting: list[tuple[int, int | None]] = [(state, None)]
        while waiting:
            here, last = waiting.pop(0)
            for mover in coalition:
                if mover != last:
                    for there in step(mover, here):
                        if (there, mover) not in seen:
                            seen.add((there, mover))
                            waiting.append((there, mover))
        return {there for there, _ in seen}

    # The definitions.

    def phi(self, party: int, state: int) -> set[int]:
        """What the party does not prefer to s (where ties do not sanction: to what it prefers s)."""
        u = self.utility[party]
        if self.conventions.ties_sanction:
            return {t for t in range(len(self.states)) if u[t] <= u[state]}
        return {t for t in range(len(self.states)) if u[t] < u[state]}

    def answers(self, party: int, state: int, definition: Definition) -> set[int]:
        """The states that sanction an improvement of the party from s, if the opponents get there."""
        phi = self.phi(party, state)
        answers = phi if self.conventions.return_sanctions else phi - {state}
        if definition in (Definition.SMR, Definition.SSEQ):
            return {q for q in answers if all(z in phi for z in self.moves(party, q))}
        return answers

    def is_stable(self, party: int, state: int, definition: Definition) -> bool:
        """Whether a state is stable for a party: every improvement is sanctioned (Nash: there is none)."""
        improvements = self.improvements(party, state)
        if definition is Definition.NASH:
            return not improvements
        opponents = [other for other in self.parties if other != party]
        credible = definition in (Definition.SEQ, Definition.SSEQ)
        answers = self.answers(party, state, definition)
        for t in improvements:
            if (party, t, credible) not in self._joint:
                self._joint[party, t, credible] = self.joint(opponents, t, credible)
        return all(self._joint[party, t, credible] & answers for t in improvements)

    def stable(self, party: int, definition: Definition) -> list[int]:
        """The states that are stable for a party."""
        return [state for state in range(len(self.states)) if self.is_stable(party, state, definition)]


def _states(space: Space) -> Iterator[tuple[Choice, ...]]:
    """Yield the states, each as the choices it stands for, in ascending order of codes (of first members)."""
    if space.plain:
        yield from [((),)] * space.plain
        return
    found: list[Choice] = []
    free = [option for option, owner in enumerate(space.owners) if owner != -1]
    for levels in product(*(range(space.sizes[option]) for option in free)):
        choice = dict(zip(free, levels, strict=True))
        for option, tree in space.defined:
            choice[option] = int(holds(tree, choice.__getitem__))
        state = tuple(choice[option] for option in range(len(space.sizes)))
        if all(holds(rule, choice.__getitem__) for rule in space.rules) and (
            space.listed is None or state in space.listed
        ):
            found.append(state)
    found.sort(key=lambda state: state[::-1])
    done: set[Choice] = set()
    for state in found:
        groups = [p for p in space.merged if all(state[option] == level for option, level in p.items())]
        members = tuple(
            other for other in found if groups and all(other[o] == level for o, level in groups[0].items())
        ) or (state,)
        if state not in done:
            done.update(members)
            yield members
