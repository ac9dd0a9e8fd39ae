"""This module owns the way from today to a package in agreed steps, small ones first, each answered by the other side.

A step is one party's, and changes one option where the rules let it. A roadmap holds if at no step anybody at the table
is worse off than today, by its own preferences; if no party whose turn it is would rather stop there than see the
package, by what it wants under the approach; and if no party outside the table, which has agreed to nothing, loses by a
step of its own that no strong clout of the table brings about. Of those, steps that alternate between parties are
preferred (reciprocal steps: Osgood 1962, graduated reciprocation in tension reduction). Where none holds, the one with
the fewest breaks is told, with the steps that break it and who must be assured. Where one party at a time cannot get
there at all, the way goes as far as it can, and what would have to change at once is told.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import combinations, groupby
from typing import Any

from detente.errors import NotAvailableError
from detente.game import Setting
from detente.look.summary import counted, listed
from detente.questions import wording

MOST_CHANGES, FEW_CHANGES = 12, 9
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
    unwilling : bool
        Whether it is outside the table, loses by the step, and no strong clout of the table brings it about.
    """

    party: int
    state: int
    below: tuple[int, ...] = ()
    stops: bool = False
    unwilling: bool = False

    @property
    def breaks(self) -> int:
        """In how many ways it breaks a roadmap."""
        return len(self.below) + self.stops + self.unwilling

    @property
    def assure(self) -> tuple[int, ...]:
        """Who must be assured of more before it can be taken."""
        return tuple(dict.fromkeys((*((self.party,) if self.stops or self.unwilling else ()), *self.below)))


@dataclass(frozen=True)
class Roadmap:
    """The steps from today to a package, and whether they hold.

    Parameters
    ----------
    setting : Setting
    state : int
        The package.
    steps : tuple of Step
    left : tuple of int
        The options, by their places in the case, that no party can change next; () where the steps lead all the way.
    """

    setting: Setting = field(compare=False)
    state: int
    steps: tuple[Step, ...]
    left: tuple[int, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether it leads all the way, and no step breaks it."""
        return not self.left and not any(step.breaks for step in self.steps)

    def sentences(self) -> Iterator[str]:
        """Yield the steps, one a line, then whether they hold, and who must be assured where they do not."""
        about, here = self.setting, self.setting.today
        if here is None or not (self.steps or self.left):
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
        if self.left:
            then = " After that, " if self.steps else ""
            yield f"{then}{self._at_once()}".strip()
        for number, step in enumerate(self.steps, 1):
            if step.stops:
                who = wording.name(about, step.party)
                yield f"Step {number} breaks it: {who} would rather stop before it, and must be assured of more."
            if step.unwilling:
                who = wording.name(about, step.party)
                yield f"Step {number} breaks it: {who}, outside the table, loses by it, and must be assured of more."
            if step.below:
                names = wording.names(about, step.below)
                off = f"{names} {'is' if len(step.below) == 1 else 'are'} worse off than today"
                yield f"Step {number} breaks it: after it {off}, and must be assured of more."

    def _at_once(self) -> str:
        case = self.setting.case
        changes = [f"‘{case.options[n].label}’ ({case.party(case.options[n].party).label})" for n in self.left]
        if len(changes) == 1:
            return f"{changes[0]} cannot change by any legal move."
        return f"no party can go on by a move of its own: {listed(changes)} would have to change at once, by agreement."

    def sentence(self) -> str:
        """Say the roadmap in one sentence."""
        if not self.steps and not self.left:
            return "It is where things stand today."
        if self.left:
            far = f"after {counted(len(self.steps), 'small step')} " if self.steps else ""
            return f"No order of steps by one party at a time leads there: {far}{self._at_once()}"
        names = [wording.name(self.setting, step.party) for step in self.steps]
        turns = [(name, len(list(steps))) for name, steps in groupby(names)]
        order = [name if number == 1 else f"{name} ({number} of them)" for name, number in turns]
        if self.holds:
            if len(self.steps) == 1:
                return (
                    f"One step of {names[0]} leads there; it leaves nobody at the table below today, and "
                    f"{names[0]} would not rather stop before it."
                )
            whose = f" (in turn by {listed(order)})" if len(order) > 1 else f" (all by {names[0]})"
            return (
                f"{len(self.steps)} small steps lead there{whose}; after none of them is anybody at the table below "
                "today, and nobody would rather stop when its turn comes."
            )
        broken = next(number for number, step in enumerate(self.steps, 1) if step.breaks)
        who = wording.names(self.setting, self.steps[broken - 1].assure)
        if len(self.steps) == 1:
            return f"One step leads there, and before it {who} must be assured of more."
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
                    "loses outside the table": step.unwilling,
                    "assure": [about.case.party_ids[party] for party in step.assure],
                }
            )
            here = step.state
        left = [about.case.options[place].key for place in self.left]
        told = {"state": about.word(self.state), "approach": about.approach, "holds": self.holds, "steps": steps}
        return told | ({"at once": left} if left else {})


def roadmap(about: Setting, state: int) -> Roadmap:
    """Return the best order of steps from today to a package; as far as it goes where no order is feasible.

    Parameters
    ----------
    about : Setting
    state : int
        The package, a state of its game.

    Raises
    ------
    NotAvailableError
        When the case has no options, does not say where things stand, or more than 12 options would have to change.
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
        self.at_a_time = 2 if len(changes) <= FEW_CHANGES else 1
        self._states: dict[frozenset[int], int | None] = {}
        self._steps: dict[frozenset[int], list[tuple[Step, frozenset[int], int]]] = {}
        self._off: dict[int, tuple[int, ...]] = {}

    def best(self) -> Roadmap:
        everything = frozenset(self.changes)
        furthest: tuple[frozenset[int], tuple[Step, ...]] = everything, ()
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
            if len(left) < len(furthest[0]):
                furthest = left, steps
            for step, rest, more in self._next(left, last):
                order += 1
                total = (cost[0] + more[0], cost[1] + more[1], cost[2] + more[2])
                heappush(waiting, (total, order, rest, step.party, (*steps, step)))
        return Roadmap(self.about, self.state, furthest[1], tuple(sorted(furthest[0])))

    def _next(self, left: frozenset[int], last: int) -> Iterator[tuple[Step, frozenset[int], Cost]]:
        if left not in self._steps:
            self._steps[left] = list(self._steps_from(left))
        for step, rest, more in self._steps[left]:
            yield step, rest, (step.breaks, int(step.party == last), more)

    def _steps_from(self, left: frozenset[int]) -> Iterator[tuple[Step, frozenset[int], int]]:
        """Yield every party's steps from where some changes are left, with what is left then, and options beyond one.

        Several options at a time only where fewer do not do, or two where the package takes few changes.
        """
        here = self._state(left)
        assert here is not None
        for party in sorted({self.owner[place] for place in left}):
            own = [place for place in sorted(left) if self.owner[place] == party]
            legal = self.about.game.moves(party, here)
            stops = self.about.game.rank(party, here) > self.about.game.rank(party, self.state)
            found = False
            for size in range(1, len(own) + 1):
                if found and size > self.at_a_time:
                    break
                for chosen in combinations(own, size):
                    rest = left - frozenset(chosen)
                    there = self._state(rest)
                    if there is not None and there in legal:
                        found = True
                        unwilling = self._unwilling(party, here, there, chosen)
                        yield Step(party, there, self._below(there), stops, unwilling), rest, size - 1

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
        if state not in self._off:
            judging, today = self.about.judging, self.about.today
            assert today is not None
            below = (party for party in self.about.table if judging.rank(party, state) < judging.rank(party, today))
            self._off[state] = tuple(below)
        return self._off[state]

    def _unwilling(self, party: int, here: int, there: int, chosen: tuple[int, ...]) -> bool:
        """Return whether a party outside the table loses by a step that no strong clout of the table brings about."""
        about = self.about
        if party in about.table or about.game.rank(party, there) >= about.game.rank(party, here):
            return False
        held = {
            key
            for clout in about.case.clout
            if clout.strength == "strong"
            and clout.of in about.case.at_table
            and (clout.condition is None or here in about.where(clout.condition))
            for key in clout.on
        }
        return not {about.case.options[place].key for place in chosen} <= held
