"""This module owns the verdicts on a state under an approach: accommodates, deliverable, holds, reachable, lasts.

The case's own preferences say what accommodates; the approach's game says what can be delivered and what holds.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, reduce
from operator import and_, or_
from typing import Any

from detente.engine.interface import Definition, StateSet
from detente.errors import TooLargeError
from detente.game import Setting
from detente.model.items import Clout, Concern
from detente.model.statements import Statement
from detente.model.states import Values
from detente.questions.certificate import Certificate
from detente.questions.definitions import equilibrium_under
from detente.questions.lasting import evidence, lasting
from detente.questions.reachability import GRADES as REACHED
from detente.questions.reachability import UNDECIDED, UNREACHED, reachabilities
from detente.questions.standing_for import best_of, many, moves_looked_at, nearest
from detente.questions.wording import steps_data

OWN_INTEREST, INDIFFERENCE, STRONG, WEAK, NO = DELIVERED = (
    "own interest",
    "indifference",
    "strong clout",
    "weak clout",
    "no",
)
"""What keeps a party outside the table where a state has it, best first."""

ITSELF, TABLE, CREDIBLY, FEAR = GRADES = ("by itself", "at the table", "by credible answers", "only by fear")
"""How a state holds, best first; the verdict passes at the first two."""


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What is found of one state under one approach.

    Parameters
    ----------
    accommodates : bool
        Every core concern of every counted party is met.
    deliverable_by : str
        One of `DELIVERED`, the weakest over the parties outside the table.
    definitions : tuple of str
        Under which definitions it is an equilibrium.
    grade : str or None
        One of `GRADES`; ``not decided`` where the definitions that it hangs on are not.
    reachable_by : str or None
        How it is reached from today, ``not decided`` where that took too long; None where the case does not say where
        things stand.
    lasts : bool or None
        Whether it lasts at the stated patience; None where that cannot be asked, or no patience is stated.
    patience : Fraction or None
        The patience that repeated play needs; None where none is enough, or it was not asked.
    lasts_asked : bool
        Whether the case gives the weights to ask.
    undecided : tuple of str
        Under which definitions it was not decided whether it is an equilibrium.
    """

    accommodates: bool
    deliverable_by: str
    definitions: tuple[str, ...]
    grade: str | None
    reachable_by: str | None
    lasts: bool | None = None
    patience: Fraction | None = None
    lasts_asked: bool = False
    undecided: tuple[str, ...] = ()

    @property
    def deliverable(self) -> bool:
        """Whether the parties outside the table stay where the state has them."""
        return self.deliverable_by != NO

    @property
    def holds(self) -> bool:
        """Whether nobody at the table can gain by moving, and nobody outside will."""
        return self.grade in (ITSELF, TABLE)

    @property
    def failed(self) -> tuple[str, ...]:
        """The verdicts that do not pass."""
        passed = {
            "accommodates": self.accommodates,
            "deliverable": self.deliverable,
            "holds": self.holds,
            "reachable": self.reachable_by != UNREACHED,
            "lasts": self.lasts is not False,
        }
        return tuple(verdict for verdict, good in passed.items() if not good)

    @property
    def open(self) -> bool:
        """Whether a verdict was not decided within the limits; `holds` always is, as Nash and who sits at the table
        decide it."""
        return self.reachable_by == UNDECIDED

    @property
    def standing(self) -> tuple[int, int]:
        """How well it holds and is reached: smaller is better."""
        grades, reached = [*GRADES, UNDECIDED, None], [*REACHED, UNDECIDED, UNREACHED, None]
        return grades.index(self.grade), reached.index(self.reachable_by)

    def data(self) -> dict[str, Any]:
        """Return the verdicts in their published form; what was not asked is absent: `reachable` without a today,
        `lasts` (the patience needed; null where none is enough) without weights, `undecided` where every definition
        was decided."""
        lasting = {"lasts": None if self.patience is None else float(self.patience), "lasts at stated": self.lasts}
        reach = {"reachable": None if self.open else self.reachable_by != UNREACHED, "reachable by": self.reachable_by}
        return {
            "accommodates": self.accommodates,
            "deliverable": self.deliverable,
            "deliverable by": self.deliverable_by,
            "holds": list(self.definitions),
            "grade": self.grade,
            **({"undecided": list(self.undecided)} if self.undecided else {}),
            **({} if self.reachable_by is None else reach),
            **(lasting if self.lasts_asked else {}),
        }


@dataclass(frozen=True, slots=True)
class Outsider:
    """What keeps one party outside the table where a state has it.

    Parameters
    ----------
    party : int
    by : str
        One of `DELIVERED`.
    response : int or None
        Its nearest best response, where it could gain by moving.
    options : tuple of str
        In which of its options that differs.
    clout : tuple of Clout
        Whose clout over these options counts, one for each; () where that is not enough.
    """

    party: int
    by: str
    response: int | None = None
    options: tuple[str, ...] = ()
    clout: tuple[Clout, ...] = ()


@lru_cache(maxsize=32)
class Judge:
    """The verdicts under one setting; what is worked out once is kept."""

    def __init__(self, setting: Setting) -> None:
        self.setting, self.game = setting, setting.game
        case = setting.case
        self.outside = [party for party in range(self.game.parties) if party not in setting.table]
        self.core = [
            (case.party_ids.index(id), concern) for id in case.counted for concern in case.party(id).concerns or ()
            if concern.core
        ]  # fmt: skip
        self.clout = {
            party: [c for c in case.clout if c.over == case.party_ids[party] and c.of in case.at_table]
            for party in self.outside
        }
        self._where: dict[Statement, StateSet] = {}
        self._equilibria: dict[Definition, StateSet] = {}
        self._outsiders: dict[tuple[int, int], Outsider] = {}
        self.accommodating = self._all([self.where(concern.want) for _, concern in self.core])

    def _all(self, sets: list[StateSet]) -> StateSet:
        return reduce(and_, sets, self.game.feasible())

    def where(self, statement: Statement) -> StateSet:
        """Return the states in which a statement of the case holds."""
        if statement not in self._where:
            self._where[statement] = self.setting.where(statement)
        return self._where[statement]

    def equilibria(self, definition: Definition) -> StateSet:
        """Return the states that are stable for every party under a definition."""
        if definition not in self._equilibria:
            self._equilibria[definition] = self.setting.equilibria(definition)
        return self._equilibria[definition]

    def nash(self, party: int) -> StateSet:
        """Return the states from which a party cannot gain by moving."""
        return self.setting.stable(party, Definition.NASH)

    @property
    def itself(self) -> StateSet:
        """The states that hold by themselves."""
        return self.equilibria(Definition.NASH)

    def perhaps_deliverable(self) -> StateSet:
        """Return a set that has every deliverable state in it: outsiders stay by themselves, or some clout counts."""
        sets = []
        for party in self.outside:
            kept = [self.nash(party)]
            for clout in self.clout[party]:
                kept.append(self.game.feasible() if clout.condition is None else self.where(clout.condition))
            sets.append(reduce(or_, kept))
        return self._all(sets)

    def staying_at_table(self) -> StateSet:
        """Return the states in which no party at the table can gain by moving."""
        return self._all([self.nash(party) for party in self.setting.table])

    def at_the_table(self, within: StateSet) -> StateSet:
        """Return the states of a set that hold at the table, and not by themselves."""
        candidates = self.perhaps_at_the_table(within)
        if many(self.setting, candidates):
            raise TooLargeError(f"which of {candidates.count():,} states hold at the table could not be decided")
        return self.game.only([state for state in candidates.first() if self.delivered(state) != NO])

    def perhaps_at_the_table(self, within: StateSet) -> StateSet:
        """Return the states of a set that do not hold by themselves, and may hold at the table."""
        return (self.staying_at_table() & self.perhaps_deliverable() & within) - self.itself

    def holding(self, within: StateSet) -> StateSet:
        """Return the states of a set that hold by themselves or at the table."""
        return (self.itself & within) | self.at_the_table(within)

    def delivered(self, state: int) -> str:
        """Return the weakest of what keeps the parties outside the table; their own interest where there are none."""
        grades = [self.outsider(party, state).by for party in self.outside]
        return max(grades, key=DELIVERED.index, default=OWN_INTEREST)

    def outsider(self, party: int, state: int) -> Outsider:
        """Return what keeps a party outside the table where a state has it."""
        key = party, state
        if key not in self._outsiders:
            self._outsiders[key] = self._outsider(party, state)
        return self._outsiders[key]

    def _outsider(self, party: int, state: int) -> Outsider:
        game = self.game
        moves = game.moves(party, state)
        if state in self.nash(party):
            ties = moves & game.better(party, state, equal=True)
            return Outsider(party, INDIFFERENCE if ties else OWN_INTEREST)
        ends = best_of(self.setting, party, game.improvements(party, state))
        best = nearest(self.setting, state, ends) if self.clout[party] else moves_looked_at(self.setting, party, ends)
        differing = {end: self._differing(party, state, end) for end in best}
        fewest = min(len(keys) for keys in differing.values())
        near = [self._kept(party, state, end, keys) for end, keys in differing.items() if len(keys) == fewest]
        return min(near, key=lambda outsider: DELIVERED.index(outsider.by))

    def _differing(self, party: int, state: int, end: int) -> tuple[str, ...]:
        """Return the options that a party itself changes between two states."""
        id, case = self.setting.case.party_ids[party], self.setting.rewritten
        if not case.options:
            return ()
        defined = {key for key, _ in case.definitions}
        pairs = zip(case.options, self._values(state), self._values(end), strict=True)
        return tuple(o.key for o, old, new in pairs if old != new and o.party == id and o.key not in defined)

    def _values(self, state: int) -> Values:
        return self.game.values(state)

    def _kept(self, party: int, state: int, end: int, keys: tuple[str, ...]) -> Outsider:
        """Return whether clout of the table over every option that differs keeps a party from a best response."""
        held = [max(self._counting(party, state, key), key=_strength, default=None) for key in keys]
        clout = tuple(each for each in held if each is not None)
        if not keys or len(clout) < len(keys):
            return Outsider(party, NO, end, keys)
        weakest = min(clout, key=_strength)
        return Outsider(party, STRONG if weakest.strength == "strong" else WEAK, end, keys, clout)

    def _counting(self, party: int, state: int, key: str) -> list[Clout]:
        return [
            clout
            for clout in self.clout[party]
            if key in clout.on and (clout.condition is None or state in self.where(clout.condition))
        ]

    def grade(self, state: int) -> str | None:
        """Return how a state holds: one of `GRADES`, ``not decided``, or None."""
        if state in self.itself:
            return ITSELF
        if all(state in self.nash(party) for party in self.setting.table) and self.delivered(state) != NO:
            return TABLE
        held, undecided = equilibrium_under(self.setting, state)
        for definition, grade in ((Definition.SEQ, CREDIBLY), (Definition.GMR, FEAR)):
            if definition in held:
                return grade
            if definition in undecided:
                return UNDECIDED
        return None

    def verdicts(self, state: int) -> Verdicts:
        """Return all verdicts on a state."""
        reach = reachabilities(self.setting)
        last = lasting(self.setting, state)
        definitions, undecided = equilibrium_under(self.setting, state)
        return Verdicts(
            state in self.accommodating,
            self.delivered(state),
            definitions,
            self.grade(state),
            None if reach is None else reach.grade(state),
            last.passes,
            last.patience if last.asked else None,
            last.asked,
            undecided,
        )

    def certificates(self, state: int) -> Iterator[Certificate]:
        """Yield the evidence for every verdict on a state, for `detente.verification` to check."""
        from detente.questions.sanctioning import certificate

        setting, ids = self.setting, self.setting.case.party_ids
        found = self.verdicts(state)
        met = [
            {"party": ids[party], "concern": concern.label, "met": state in self.where(concern.want)}
            for party, concern in self.core
        ]
        yield self._certificate("accommodates", found.accommodates, state, concerns=met)
        outsiders = [self._outsider_data(self.outsider(party, state)) for party in self.outside]
        yield self._certificate("deliverable", found.deliverable, state, by=found.deliverable_by, outsiders=outsiders)
        for definition in Definition:
            holds = definition.value in found.definitions
            if holds or definition is Definition.NASH:
                for party in range(self.game.parties):
                    if holds or not setting.stays(party, state, definition):
                        yield certificate(setting, party, state, definition)
        reach = reachabilities(setting)
        if reach is not None and not found.open:
            path = reach.path(state)
            steps = None if path is None else steps_data(setting, path)
            yield self._certificate("reachable", path is not None, state, by=found.reachable_by, path=steps)
        if found.lasts_asked and found.lasts is not None:
            last = lasting(setting, state)
            for each in last.temptations:
                carried = evidence(setting, each, last)
                yield self._certificate("lasts", found.lasts, state, party=ids[each.party], **carried)

    def _certificate(self, claim: str, verdict: bool, state: int, party: str = "", **carried: Any) -> Certificate:
        setting = self.setting
        return Certificate(
            claim,
            verdict,
            setting.word(state),
            setting.approach,
            setting.case.fingerprint,
            setting.conventions.data(),
            party=party,
            evidence=carried,
        )

    def _outsider_data(self, outsider: Outsider) -> dict[str, Any]:
        told: dict[str, Any] = {"party": self.setting.case.party_ids[outsider.party], "by": outsider.by}
        if outsider.response is not None:
            told["best response"] = self.setting.word(outsider.response)
            told["differing options"] = list(outsider.options)
            told["clout"] = [{"of": c.of, "on": list(c.on), "strength": c.strength} for c in outsider.clout]
        return told


def _strength(clout: Clout) -> int:
    return ("weak", "strong").index(clout.strength)


def unmet(judge: Judge, state: int) -> dict[str, list[Concern]]:
    """Return the concerns, core or not, that a state does not meet, by counted party, most important first."""
    case = judge.setting.case
    found = {id: [c for c in case.party(id).concerns or () if state not in judge.where(c.want)] for id in case.counted}
    return {id: concerns for id, concerns in found.items() if concerns}
