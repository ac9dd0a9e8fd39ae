"""This module owns the way from today to a package in agreed steps, small ones first, each answered by the other side.

A step is one party's, and changes one option where the rules let it. A roadmap holds if at no step anybody at the table
is worse off than today, by its own preferences, and no party whose turn it is would rather stop there than see the
package, by what it wants under the approach. Of those, steps that alternate between parties are preferred (reciprocal
steps: Osgood 1962, graduated reciprocation in tension reduction). Where none holds, the one with the fewest breaks is
told, with the steps that break it and who must be assured.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import combinations
from typing import Any

from detente.errors import NotAvailableError
from detente.game import Setting
from detente.look.summary import listed
from detente.questions import wording

MOST_CHANGES = 14
Cost = tuple[int, int, int]
"""Breaks; steps by who has just moved; options changed beyond one a step. Fewer are better, in this order."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a roadmap.

    Parameters
    ----------
    party, state : int
        Who takes it, and where it leads.
    below : tuple of int
        Who at the table is worse off there than today.
    stops : bool
        Whether the party would rather stop where it is than see the package.
    """

    party: int
    state: int
    below: tuple[int, ...] = ()
    stops: bool = False


@dataclass(frozen=True)
class Roadmap:
    """The steps from today to a package, and whether they hold."""

    setting: Setting = field(compare=False)
    state: int
    steps: tuple[Step, ...]

    @property
    def holds(self) -> bool:
        """Whether no step breaks it."""
        return not any(step.below or step.stops for step in self.steps)

    def sentences(self) -> Iterator[str]:
        """Yield the steps, one a line, then whether they hold, and who must be assured where they do not."""
        about, here = self.setting, self.setting.today
        if not self.steps or here is None:
            yield "It is where things stand today; no step is needed."
            return
        for number, step in enumerate(self.steps, 1):
            yield f"  {number}. {wording.move(about, step.party, here, step.state)}"
            here = step.state
        if self.holds:
            yield (
                "At no step is anybody at the table worse off than today, and nobody whose turn it is would rather "
                "stop there than see the package."
            )
        for number, step in enumerate(self.steps, 1):
            if step.stops:
                who = wording.name(about, step.party)
                yield f"Step {number} breaks it: {who} would rather stop before it, and must be assured of more."
            if step.below:
                names = wording.names(about, step.below)
                off = f"{names} {'is' if len(step.below) == 1 else 'are'} worse off than today"
                yield f"Step {number} breaks it: after it {off}, and must be assured of more."

    def sentence(self) -> str:
        """Say the roadmap in one sentence."""
        if not self.steps:
            return "It is where things stand today."
        names = [wording.name(self.setting, step.party) for step in self.steps]
        order = listed([name for at, name in enumerate(names) if at == 0 or names[at - 1] != name])
        if self.holds:
            return (
                f"{len(self.steps)} small steps lead there, {order} in this order, and at none of them is anybody at "
                "the table below today or better off stopping."
            )
        broken = next(number for number, step in enumerate(self.steps, 1) if step.below or step.stops)
        step = self.steps[broken - 1]
        who = wording.names(self.setting, step.below or (step.party,))
        return (
            f"No order of small steps leads there safely: at the best one, step {broken} needs an assurance for {who}."
        )

    def data(self) -> dict[str, Any]:
        """Return the roadmap as JSON-ready data."""
        about, here, steps = self.setting, self.setting.today, []
        for step in self.steps:
            assert here is not None
            steps.append(
                {
                    "party": about.case.party_ids[step.party],
                    "state": about.word(step.state),
                    "text": wording.move(about, step.party, here, step.state),
                    "below today": [about.case.party_ids[party] for party in step.below],
                    "would rather stop": step.stops,
                }
            )
            here = step.state
        return {"state": about.word(self.state), "approach": about.approach, "holds": self.holds, "steps": steps}


def roadmap(about: Setting, state: int) -> Roadmap | None:
    """Return the best order of steps from today to a package; None where no order is feasible.

    Parameters
    ----------
    about : Setting
    state : int
        The package, a state of its game.

    Raises
    ------
    NotAvailableError
        When the case has no options, does not say where things stand, or more than 14 options would have to change.
    """
    if about.today is None or not about.case.options:
        raise NotAvailableError("a roadmap needs options, and where things stand today")
    changes = _changes(about, state)
    if len(changes) > MOST_CHANGES:
        raise NotAvailableError(f"a roadmap of more than {MOST_CHANGES} changes is not looked for")
    return _Search(about, state, changes).best()


def _changes(about: Setting, state: int) -> list[int]:
    """Return the options, as indices, that differ between today and a package and are somebody's to move."""
    assert about.today is not None
    now, then = about.game.values(about.today), about.game.values(state)
    defined = {key for key, _ in about.rewritten.definitions}
    return [
        place
        for place, option in enumerate(about.case.options)
        if now[place] != then[place] and None not in (now[place], then[place]) and option.key not in defined
    ]


class _Search:
    """Dijkstra's search over (options still to change, who has just moved)."""

    def __init__(self, about: Setting, state: int, changes: list[int]) -> None:
        self.about, self.state, self.changes = about, state, changes
        self.owner = {place: about.case.party_ids.index(about.case.options[place].party) for place in changes}
        self._states: dict[frozenset[int], int | None] = {}

    def best(self) -> Roadmap | None:
        everything = frozenset(self.changes)
        waiting: list[tuple[Cost, int, frozenset[int], int, tuple[Step, ...]]] = [((0, 0, 0), 0, everything, -1, ())]
        done: set[tuple[frozenset[int], int]] = set()
        order = 0
        while waiting:
            cost, _, left, last, steps = heappop(waiting)
            if not left:
                return Roadmap(self.about, self.state, steps)
            if (left, last) in done:
                continue
            done.add((left, last))
            for step, rest, more in self._next(left, last):
                order += 1
                total = (cost[0] + more[0], cost[1] + more[1], cost[2] + more[2])
                heappush(waiting, (total, order, rest, step.party, (*steps, step)))
        return None

    def _next(self, left: frozenset[int], last: int) -> Iterator[tuple[Step, frozenset[int], Cost]]:
        here = self._state(left)
        assert here is not None
        for party in sorted({self.owner[place] for place in left}):
            own = [place for place in left if self.owner[place] == party]
            stops = self.about.game.rank(party, here) > self.about.game.rank(party, self.state)
            for size in range(1, len(own) + 1):
                for chosen in combinations(sorted(own), size):
                    rest = left - frozenset(chosen)
                    there = self._state(rest)
                    if there is None or there not in self.about.game.moves(party, here):
                        continue
                    step = Step(party, there, self._below(there), stops)
                    yield step, rest, (len(step.below) + stops, int(party == last), size - 1)

    def _state(self, left: frozenset[int]) -> int | None:
        """Return the state in which all changes but those left are made; None if it is not feasible."""
        if left not in self._states:
            assert self.about.today is not None
            now, then = self.about.game.values(self.about.today), self.about.game.values(self.state)
            defined = {key for key, _ in self.about.rewritten.definitions}
            keys = [option.key for option in self.about.case.options]
            values = [
                None if key in defined else now[place] if place in left or place not in self.changes else then[place]
                for place, key in enumerate(keys)
            ]
            found = self.about.game.find(values).first(1)
            self._states[left] = found[0] if found else None
        return self._states[left]

    def _below(self, state: int) -> tuple[int, ...]:
        judging, today = self.about.judging, self.about.today
        assert today is not None
        return tuple(party for party in self.about.table if judging.rank(party, state) < judging.rank(party, today))
