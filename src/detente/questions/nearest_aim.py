"""This module owns what is to pass, by which verdicts, and whether it does in a case."""

from dataclasses import dataclass

from detente.engine.interface import StateSet
from detente.errors import DetenteError
from detente.game import Setting, setting
from detente.model.case import Case
from detente.model.statements import Statement
from detente.questions.lasting_sets import lasting_in
from detente.questions.reachability import GRADES, reachabilities
from detente.questions.verdicts import NO, Judge

ACCOMMODATES, DELIVERABLE, HOLDS, REACHABLE, LASTS = VERDICTS = (
    "accommodates",
    "deliverable",
    "holds",
    "reachable",
    "lasts",
)


@dataclass(frozen=True, slots=True)
class Aim:
    """What is to pass.

    Parameters
    ----------
    goal : Statement or None
        Only outcomes that meet it count.
    states : tuple of str
        Only these states count, and all of them; () for any.
    verdicts : frozenset of str
        Which verdicts are to pass.
    approach : str
        Under which approach.
    """

    goal: Statement | None
    states: tuple[str, ...]
    verdicts: frozenset[str]
    approach: str

    @property
    def certain(self) -> bool:
        """Whether a state does not pass that cannot be asked: where `lasts` is named. With every verdict, those pass
        that do not fail."""
        return LASTS in self.verdicts and len(self.verdicts) < len(VERDICTS)

    def lasts(self, passes: bool | None) -> bool:
        """Return whether an answer to `lasts` is good enough, None meaning that it cannot be given."""
        return LASTS not in self.verdicts or bool(passes) or (passes is None and not self.certain)

    def setting(self, case: Case, approach: str) -> Setting:
        """Return an edited case under the approach of the aim, or the one that a contract was added to."""
        known = {each.id for each in case.approaches}
        return setting(case, approach if approach in known else self.approach)

    def passing(self, about: Setting) -> StateSet:
        """Return the states that pass in a case; none where not all that are asked for do."""
        judge = Judge(about)
        found = about.game.feasible()
        if self.goal is not None:
            found = found & about.where(self.goal)
        if self.states:
            found = found & about.game.only([state for word in self.states for state in exactly(about, word)])
        if ACCOMMODATES in self.verdicts:
            found = found & judge.accommodating
        if REACHABLE in self.verdicts and (reach := reachabilities(about)) is not None:
            found = found & reach.reached(GRADES[-1]).states
        if HOLDS in self.verdicts:
            found = judge.holding(found)
        elif DELIVERABLE in self.verdicts:
            found = about.game.only([state for state in found.first() if judge.delivered(state) != NO])
        if LASTS in self.verdicts:
            found = lasting_in(about, found, self.certain)
        return about.game.none() if self.states and found.count() < len(self.states) else found


def exactly(about: Setting, word: str) -> list[int]:
    try:
        return about.states(word).first(1)
    except DetenteError:
        return []
