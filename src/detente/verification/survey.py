"""This module owns what is true of all states of a world at once: which are stable, which hold, which accommodate.
Lists that claim to be complete are derived again from it.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any

from detente.verification.claims import GRADES, outsider_grade
from detente.verification.stability import CREDIBLE, SYMMETRIC, Judge, TooLongError

MOST_COMBINED = 2**16  # choices that are tried one by one
MOST_ARRIVALS = 3_000_000


class Survey:
    """All states of a world, and what is found of each.

    Raises
    ------
    OverflowError
        When there are too many choices to try.
    """

    def __init__(self, judge: Judge) -> None:
        self.judge, self.world = judge, judge.world
        self.parties = judge.world.case.party_ids
        self.states = tuple(judge.world.every_state(MOST_COMBINED))
        self._stable: dict[tuple[str, str], frozenset[str]] = {}
        self._steps: dict[tuple[str, bool], dict[str, list[str]]] = {}

    def where(self, holds: Callable[[str], bool]) -> frozenset[str]:
        """Return the states of which something is true."""
        return frozenset(word for word in self.states if holds(word))

    @cached_property
    def accommodating(self) -> frozenset[str]:
        """The states that meet every core concern of every counted party."""
        judged = self.world.judged
        core = [concern for id in judged.counted for concern in judged.party(id).concerns or () if concern.core]
        readings = [self.world.reading(concern.want.text, concern.want.party) for concern in core]
        return self.where(lambda word: all(self.world.holds(reading, word) for reading in readings))

    @cached_property
    def holding(self) -> frozenset[str]:
        """The states that hold by themselves, or at the table: no party there can improve, and outsiders stay."""
        judge, table = self.judge, self.world.judged.at_table
        at_table = self.where(lambda word: all(judge.stable("Nash", party, word) for party in table))
        return frozenset(word for word in at_table if self.delivered(word) != "no")

    @cached_property
    def nash(self) -> frozenset[str]:
        """The states that hold by themselves."""
        return self.equilibria("Nash")

    def delivered(self, word: str) -> str:
        """Return what keeps the parties outside the table where a state has them, the weakest of it."""
        return delivered(self.judge, word)

    def equilibria(self, definition: str) -> frozenset[str]:
        """Return the states that are stable for every party under a definition."""
        if definition == "Nash":
            return self.where(lambda word: all(self.judge.stable("Nash", party, word) for party in self.parties))
        return frozenset(self.states).intersection(*(self.stable(definition, party) for party in self.parties))

    def stable(self, definition: str, party: str) -> frozenset[str]:
        """Return the states that are stable for a party under a definition.

        Raises
        ------
        TooLongError
            When there are too many moves to follow.
        """
        key = definition, party
        if key not in self._stable:
            judge = self.judge
            if definition == "Nash" or not (judge.returns or not judge.ties):
                # An answer that leads back does not count: whether there is another is asked state by state.
                self._stable[key] = self.where(lambda word: judge.stable(definition, party, word))
            else:
                self._stable[key] = self._deterred(definition, party)
        return self._stable[key]

    def _deterred(self, definition: str, party: str) -> frozenset[str]:
        """Return the states from which each improvement of a party can be answered by something that deters it."""
        judge, worth = self.judge, self.world.worth
        worst = self._worst(definition, party)

        def deterred(word: str) -> bool:
            here = worth(party, word)
            return all(
                end in worst and (worst[end] <= here if judge.ties else worst[end] < here)
                for end in judge.improvements(party, word)
            )

        return self.where(deterred)

    def _worst(self, definition: str, party: str) -> dict[str, Any]:
        """Return, for every state, the worst for a party that the others can bring about from there, by any moves.

        A state that the party can leave for a better one (SMR, SSEQ) counts as what is best for it from there. Ends are
        followed back, the worst first; so the first sequence found from a state is the worst one.
        """
        others = [other for other in self.parties if other != party]
        steps = {other: self._arrivals(definition, other) for other in others}
        if sum(len(starts) for each in steps.values() for starts in each.values()) > MOST_ARRIVALS:
            raise TooLongError
        worth, moves = self.world.worth, self.world.moves

        def value(end: str) -> Any:
            ends = (end, *moves(party, end)) if definition in SYMMETRIC else (end,)
            return max(worth(party, each) for each in ends)

        values = {end: value(end) for end in self.states}
        first: dict[str, str] = {}  # from each state, who moves first in the sequence that was found first
        worst: dict[str, Any] = {}
        done: set[tuple[str, str]] = set()
        for end in sorted(self.states, key=values.__getitem__):
            waiting = [(end, mover) for mover in others]
            while waiting:
                arrival = waiting.pop()
                if arrival in done:
                    continue
                done.add(arrival)
                here, mover = arrival
                for start in steps[mover].get(here, ()):
                    if start not in first:
                        first[start], worst[start] = mover, values[end]
                        waiting += [(start, other) for other in others if other != mover]
                    elif first[start] != mover:
                        waiting.append((start, first[start]))
        return worst

    def _arrivals(self, definition: str, mover: str) -> dict[str, list[str]]:
        """Return, for every state, from where one step of a mover leads there."""
        credible = definition in CREDIBLE
        if (mover, credible) not in self._steps:
            found: dict[str, list[str]] = {}
            for start in self.states:
                for end in self.judge.steps(definition, mover, start):
                    found.setdefault(end, []).append(start)
            self._steps[mover, credible] = found
        return self._steps[mover, credible]


def delivered(judge: Judge, word: str) -> str:
    """Return what keeps the parties outside the table where a state has them, the weakest of it."""
    judged = judge.world.judged
    outside = [party for party in judged.party_ids if party not in judged.at_table]
    return max((outsider_grade(judge, party, word) for party in outside), key=GRADES.index, default=GRADES[0])


def reached(judge: Judge, improving: bool, safe: bool) -> frozenset[str]:
    """Return what legal sequences from today reach: by improving steps, and (`safe`) with nobody at the table below."""
    world, today = judge.world, judge.world.today
    if today is None:
        return frozenset()
    floor = {party: world.worth(party, today, own=True) for party in world.judged.at_table}
    parties = world.case.party_ids
    first: dict[str, str] = {today: ""}
    waiting = [(today, mover) for mover in parties]
    done: set[tuple[str, str]] = set()
    while waiting:
        turn = waiting.pop()
        if turn in done:
            continue
        done.add(turn)
        here, mover = turn
        for end in judge.improvements(mover, here) if improving else world.moves(mover, here):
            if end not in first:
                if safe and any(world.worth(p, end, own=True) < least for p, least in floor.items()):
                    continue
                first[end] = mover
                waiting += [(end, other) for other in parties if other != mover]
            elif first[end] not in ("", mover):
                waiting.append((end, first[end]))
    return frozenset(first)


def upset(judge: Judge, word: str, coalition: Sequence[str]) -> frozenset[str]:
    """Return the states that a coalition can bring about by its own moves and that every member prefers to a state."""
    world = judge.world
    waiting, seen = [(word, "")], {(word, "")}
    while waiting:
        here, last = waiting.pop()
        fresh = {(end, mover) for mover in coalition if mover != last for end in world.moves(mover, here)} - seen
        seen |= fresh
        waiting += fresh
        if len(seen) > MOST_COMBINED:
            raise TooLongError
    ends = {end for end, _ in seen}
    return frozenset(end for end in ends if all(judge.improves(party, word, end) for party in coalition))


def coalition_proof(judge: Judge, words: Iterable[str]) -> list[str] | None:
    """Return those of some states that no coalition of the approach can upset; None where it lists none."""
    coalitions = judge.world.case.coalitions
    if not coalitions:
        return None
    return [word for word in words if not any(upset(judge, word, members) for members in coalitions)]
