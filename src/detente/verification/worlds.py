"""This module owns what is found again of one case under each of its approaches; each is worked out once."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from detente.model.case import Case
from detente.verification.claims import REACHED
from detente.verification.lasting import asked, lasts, package_patience
from detente.verification.order import Order, Unmet, Welfare
from detente.verification.stability import DEFINITIONS, Judge
from detente.verification.survey import Survey, delivered, reached
from detente.verification.world import World

WAYS = ((True, True), (True, False), (False, False))
"""For each of `REACHED` but the last: only by improving steps, and with nobody at the table below today."""

HELD = ("by itself", "at the table")
FEARED = (("SEQ", "by credible answers"), ("GMR", "only by fear"))


class Worlds:
    """One case, under each of its approaches and under none."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self._judges: dict[str, Judge] = {}
        self._surveys: dict[str, Survey] = {}
        self._welfares: dict[str, Welfare] = {}
        self._reached: dict[tuple[str, int], frozenset[str]] = {}
        self._verdicts: dict[tuple[str, str], dict[str, Any]] = {}

    @property
    def approaches(self) -> list[str]:
        """None, and the approaches of the case."""
        return ["none", *(approach.id for approach in self.case.approaches)]

    def judge(self, approach: str) -> Judge:
        """Return who judges under an approach; raises UnknownNameError where the case has no such approach."""
        if approach not in self._judges:
            self._judges[approach] = Judge(World(self.case, approach), self.case.conventions.data())
        return self._judges[approach]

    def survey(self, approach: str) -> Survey:
        """Return what is true of all states under an approach; raises OverflowError where there are too many."""
        if approach not in self._surveys:
            self._surveys[approach] = Survey(self.judge(approach))
        return self._surveys[approach]

    @cached_property
    def order(self) -> Order:
        """Which of two packages is better."""
        return Order(self.survey("none"))

    def vector(self, approach: str, word: str) -> Unmet:
        """Return the numbers by which a state is compared: smaller is better."""
        return self.order.vector(self.judge(approach).world, word)

    def welfare(self, approach: str) -> Welfare:
        """Return what the states under an approach are worth to all together."""
        if approach not in self._welfares:
            self._welfares[approach] = Welfare(self.survey(approach))
        return self._welfares[approach]

    def reached(self, approach: str, way: int) -> frozenset[str]:
        """Return the states that one way of `REACHED` leads to from today."""
        if (approach, way) not in self._reached:
            self._reached[approach, way] = reached(self.judge(approach), *WAYS[way])
        return self._reached[approach, way]

    def reached_by(self, approach: str, word: str) -> str:
        """Return how a state can be reached from today, the best way first."""
        return next((REACHED[way] for way in range(len(WAYS)) if word in self.reached(approach, way)), REACHED[-1])

    def passing(self, approach: str, word: str) -> dict[str, bool | None]:
        """Return whether a state passes each verdict; None for what cannot be asked. Definitions do not matter here."""
        survey = self.survey(approach)
        judge = survey.judge
        return {
            "accommodates": word in survey.accommodating,
            "deliverable": survey.delivered(word) != "no",
            "holds": word in survey.holding,
            "reachable": None if judge.world.today is None else word in self.reached(approach, len(WAYS) - 1),
            "lasts": lasts(judge, word) if asked(judge, word) else None,
        }

    def verdicts(self, approach: str, word: str) -> dict[str, Any]:
        """Return the verdicts on a state in their published form."""
        if (approach, word) not in self._verdicts:
            self._verdicts[approach, word] = self._judged(approach, word)
        return self._verdicts[approach, word]

    def _judged(self, approach: str, word: str) -> dict[str, Any]:
        judge = self.judge(approach)
        holds = [d for d in DEFINITIONS if all(judge.stable(d, party, word) for party in self.case.party_ids)]
        by = delivered(judge, word)
        told: dict[str, Any] = {
            "accommodates": not any(unmet(judge.world, word, core=True).values()),
            "deliverable": by != "no",
            "deliverable by": by,
            "holds": holds,
            "grade": grade(judge, word, holds, by != "no"),
        }
        if judge.world.today is not None:
            way = self.reached_by(approach, word)
            told |= {"reachable": way != "no", "reachable by": way}
        if asked(judge, word):
            told |= patience_told(judge, word)
        return told


def patience_told(judge: Judge, word: str) -> dict[str, Any]:
    """Return the patience that a state needs, and whether it lasts at the stated one, in their published form."""
    needed = package_patience(judge, word)
    return {"lasts": None if needed is None else float(needed), "lasts at stated": lasts(judge, word)}


def grade(judge: Judge, word: str, holds: Sequence[str], delivered: bool) -> str | None:
    """Return how well a state holds, by the definitions under which it is an equilibrium."""
    if "Nash" in holds:
        return HELD[0]
    if delivered and not any(judge.improvements(party, word) for party in judge.world.judged.at_table):
        return HELD[1]
    return next((told for definition, told in FEARED if definition in holds), None)


def failed(verdicts: Mapping[str, Any]) -> list[str]:
    """Return the verdicts that do not pass, in the order in which answers say them."""
    wrong = {
        "accommodates": not verdicts["accommodates"],
        "deliverable": not verdicts["deliverable"],
        "holds": verdicts["grade"] not in HELD,
        "reachable": verdicts.get("reachable") is False,
        "lasts": verdicts.get("lasts at stated") is False,
    }
    return [verdict for verdict, is_so in wrong.items() if is_so]


def unmet(world: World, word: str, core: bool = False) -> dict[str, list[str]]:
    """Return the concerns of each counted party that a state does not meet (`core`: only those)."""
    found: dict[str, list[str]] = {}
    for id in world.judged.counted:
        for concern in world.judged.party(id).concerns or ():
            reading = world.reading(concern.want.text, concern.want.party)
            if (concern.core or not core) and not world.holds(reading, word):
                found.setdefault(id, []).append(concern.mark.name or str(concern.want))
    return found


def chosen(words: Sequence[str], state: Any) -> str:
    """Return the completion that is told first; raises ValueError where it is none of them."""
    if len(words) == 1:
        return words[0]
    if state not in words:
        raise ValueError(f"{state!r} is none of its completions")
    return str(state)
