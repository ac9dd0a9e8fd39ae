"""This module owns how one gets from today to a state, or to all that hold, and where improvements can end.

References
----------
Li, Kilgour & Hipel (2005), Status quo analysis in the graph model for conflict resolution, JORS 56. Shortest paths with
no mover twice in a row: Xu, Kilgour, Hipel & Kemkes (2010), EJOR.
"""

from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any

from detente.engine.endings import Endings, endings
from detente.errors import NotAvailableError, TooLargeError
from detente.game import Setting, setting
from detente.look.summary import Summary
from detente.model.case import Case
from detente.progress import deciding
from detente.questions import wording
from detente.questions.goals import goals, undecided
from detente.questions.reachability import GRADES, Reachabilities, Steps, reachabilities
from detente.questions.result import Made, Result, made


@dataclass(frozen=True, repr=False)
class Paths(Result):
    """How one gets from a start, usually today, to some states, in three ways from strict to loose.

    Parameters
    ----------
    setting : Setting
        The case under its approach.
    start : int
        Where it begins.
    targets : tuple of int
        Where to get to.
    asked : str
        The state asked for; "" for all states that hold.
    limit : int
        How many targets, and how many shortest paths to each, are listed at most; counts are exact.
    left_out : int
        How many targets are beyond the limit.
    """

    made: Made
    setting: Setting = field(compare=False)
    start: int
    targets: tuple[int, ...]
    asked: str
    limit: int
    left_out: int

    @cached_property
    def reach(self) -> Reachabilities:
        """What can be reached from the start, in each way."""
        found = reachabilities(self.setting, self.start)
        assert found is not None
        return found

    @cached_property
    def undecided(self) -> dict[str, str]:
        """Under which definitions it is not decided what holds, and why, where all that hold are asked for."""
        return {} if self.asked else undecided(self.setting)

    @cached_property
    def open(self) -> dict[str, str]:
        """What else is not decided, and why: what is reached in one way, and where improvements can end."""
        found = {grade: why for grade in GRADES if (why := self.reach.reached(grade).open)}
        for where, start in (("endings from start", self.start), ("endings from anywhere", None)):
            if why := self._ended(start)[1]:
                found[where] = why
        return found

    @property
    def endings(self) -> Endings | None:
        """Where improvements can end, from anywhere; None where that is not decided."""
        return self._ended(None)[0]

    @property
    def endings_from_start(self) -> Endings | None:
        """Where improvements can end, from the start; None where that is not decided."""
        return self._ended(self.start)[0]

    def _ended(self, start: int | None) -> tuple[Endings | None, str]:
        if start not in self._endings:
            try:
                with deciding("where improvements can end"):
                    self._endings[start] = endings(self.setting.game, start), ""
            except TooLargeError as reason:
                self._endings[start] = None, str(reason)
        return self._endings[start]

    @cached_property
    def _endings(self) -> dict[int | None, tuple[Endings | None, str]]:
        return {}

    def paths(self, target: int, grade: str) -> list[Steps] | None:
        """Return the shortest paths to a state in one way: up to the limit, or one where many targets are shown; None
        where it is not decided whether there are any."""
        most = self.limit if self.asked else 1
        try:
            return list(islice(self.reach.reached(grade).paths(target), most))
        except TooLargeError:
            return None

    def number(self, target: int, grade: str) -> int | None:
        """Return how many shortest paths there are; None where that is not decided."""
        try:
            return self.reach.reached(grade).count(target)
        except TooLargeError:
            return None

    def data(self) -> dict[str, Any]:
        word = self.setting.word
        return self.made.data() | {
            "start": word(self.start),
            "targets": [self._target_data(target) for target in self.targets],
            "targets left out": self.left_out,
            "states by fewest moves": {grade: self.reach.reached(grade).counts for grade in GRADES},
            "endings": {
                "from start": self._endings_data(self.endings_from_start),
                "from anywhere": self._endings_data(self.endings),
            },
            **({"undecided": self.undecided | self.open} if self.undecided or self.open else {}),
        }

    columns = ("state", "way", "moves", "path")

    def rows(self) -> list[dict[str, Any]]:
        """Return one row a target, way and listed shortest path."""
        rows = []
        for target in self.targets:
            for grade in GRADES:
                for number, steps in enumerate(self.paths(target, grade) or (), 1):
                    rows.append(
                        {
                            "state": self.setting.word(target),
                            "way": grade,
                            "moves": len(steps),
                            "path": number,
                            "of shortest paths": self.number(target, grade),
                            "steps": wording.path(self.setting, self.start, steps),
                        }
                    )
        return rows

    def summary(self) -> Summary:
        from detente.questions.paths_told import told

        return told(self)

    def _target_data(self, target: int) -> dict[str, Any]:
        ids, below = self.setting.case.party_ids, self.reach.below(target)
        ways = {}
        for grade in GRADES:
            paths = self.paths(target, grade)
            ways[grade] = {
                "moves": len(paths[0]) if paths else None,
                "shortest paths": self.number(target, grade),
                "paths": [wording.steps_data(self.setting, steps) for steps in paths or ()],
            }
        return {
            "state": self.setting.word(target),
            "holds": self.held(target),
            "reachable by": self.reach.grade(target),
            "ways": ways,
            "below start": [ids[party] for party in below],
            "outside the table below start": [ids[party] for party in below if party not in self.setting.table],
        }

    def held(self, target: int) -> list[str] | None:
        """Return under which definitions a state is an equilibrium; None where that is not decided of all."""
        try:
            return wording.held(self.setting, target)[1]
        except TooLargeError:
            return None

    def _endings_data(self, found: Endings | None) -> dict[str, Any] | None:
        if found is None:
            return None
        cycles = range(min(len(found.cycles), self.limit))
        return {
            "at rest": self.setting.words(found.rests, self.limit),
            "count": found.rests.count(),
            "pauses": {
                self.setting.case.party_ids[party]: self.setting.words(states, self.limit)
                for party, states in found.pauses.items()
            },
            "cycles": [self.setting.words(found.cycle_states(number), self.limit) for number in cycles],
        }


def paths(
    case: Case,
    to: str | None = None,
    approach: str = "none",
    *,
    start: str | None = None,
    limit: int = 100,
    engine: str = "auto",
    time: float | None = None,
) -> Paths:
    """Return how one gets from today to a state: by legal moves, by improving ones, with nobody at the table below.

    Parameters
    ----------
    case : Case
    to : str, optional
        A state's word or name (a partial one: each of its completions); all that hold by default.
    approach : str
        One of the case's approaches, or "none"; moves and improvements are its own, who is below today is judged by
        the case as written.
    start : str, optional
        Another start than today.
    limit : int
        How many targets, and how many shortest paths to each, are listed at most; counts are exact.
    engine : str
        auto, cube, listed, graph or symbolic.
    time : float, optional
        How many seconds of CPU time the symbolic engine may take for all that holds; what is undecided then is said.

    Returns
    -------
    Paths

    Raises
    ------
    NotAvailableError
        When the case does not say today, and no start is given.
    UnknownNameError, CaseError, DetenteError
        When there is no such state or approach.
    """
    about = setting(case, approach, engine=engine, seconds=time)
    begin = about.today if start is None else about.state(start)
    if begin is None:
        raise NotAvailableError(
            "the case does not say where things stand today; write today: [...] in it, or give a start"
        )
    if to is not None:
        found = about.states(to)
        targets = found.first(limit)
        left = found.count() - len(targets)
    else:
        targets, left = goals(about, limit)
    asked = "" if to is None else to.replace(" ", "")
    return Paths(made(about, to=to, start=start, limit=limit), about, begin, tuple(targets), asked, limit, left)
