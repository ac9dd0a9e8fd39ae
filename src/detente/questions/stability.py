"""This module owns the question what is stable for whom, and what is an equilibrium, under each definition.

References
----------
Nash (1950). GMR, SMR: Howard (1971), Paradoxes of Rationality. SEQ: Fraser & Hipel (1984), Conflict Analysis. In graph
form: Fang, Hipel & Kilgour (1993), Interactive Decision Making. SSEQ: Rego & Vieira (2017), Group Decision and
Negotiation, 10.1007/s10726-016-9520-8.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from detente.engine.interface import Definition, StateSet
from detente.errors import TooLargeError
from detente.game import Setting, setting
from detente.look.summary import Block, Summary, Table, counted, listed, many
from detente.model.case import Case, Conventions
from detente.model.fixed import Fixed
from detente.model.parser import parse
from detente.model.statements import Statement
from detente.progress import steps
from detente.questions import wording
from detente.questions.amounts import how_many
from detente.questions.certificate import Certificate
from detente.questions.chosen import Best, asked_for, best_block, best_data, best_of_each, meeting_block, meeting_data
from detente.questions.coalitions import coalition_proof, listed_coalitions
from detente.questions.optiontable import Column, grouped, option_table
from detente.questions.reachability import union
from detente.questions.result import Made, Result, made

if TYPE_CHECKING:
    from detente.questions.explanation import Explanation

EXAMPLES = 2
COLUMNS = 12
MANY = 200
LISTED = {"symbolic": 100}  # how many states a list holds by default, where that is not 10,000
PLACES = "Nash 1950; GMR, SMR: Howard 1971; SEQ: Fraser & Hipel 1984; SSEQ: Rego & Vieira 2017"


@dataclass(frozen=True, repr=False)
class Stability(Result):
    """What is stable for whom, and which states are equilibria, under Nash, GMR, SMR, SEQ and SSEQ.

    Parameters
    ----------
    setting : Setting
        The case under its approach.
    limit : int
        How many states a list holds at most; counts are always exact.
    undecided : mapping from definition to reason
        What could not be decided.
    goal : Statement, optional
        A statement; the equilibria that meet it are told too.
    best : mapping from definition to Best
        The equilibria, of those that meet the goal, that are the best for the worst-off party
        (`detente.questions.chosen`); {} where that was not asked.
    """

    made: Made
    setting: Setting = field(compare=False)
    limit: int
    undecided: Mapping[str, str]
    goal: Statement | None = None
    best: Mapping[str, Best] = field(default_factory=dict)

    @cached_property
    def meeting(self) -> Mapping[str, StateSet | None]:
        """The equilibria under each definition that meet the goal; None where undecided, {} without a goal."""
        if self.goal is None:
            return {}
        met = self.setting.where(self.goal)
        sets = {d.value: self.equilibrium_set(d) for d in Definition}
        return {name: None if found is None else found & met for name, found in sets.items()}

    @cached_property
    def equilibria(self) -> Mapping[str, list[str] | None]:
        """The first `limit` equilibria under each definition, as state words; None where undecided."""
        return Fixed({d.value: self._listed(self.equilibrium_set(d)) for d in Definition})

    @cached_property
    def counts(self) -> Mapping[str, int | None]:
        """How many equilibria there are under each definition; None where undecided."""
        sets = {d.value: self.equilibrium_set(d) for d in Definition}
        return Fixed({name: None if found is None else found.count() for name, found in sets.items()})

    @cached_property
    def stable(self) -> Mapping[str, Mapping[str, list[str] | None]]:
        """For each party and definition the first `limit` stable states; None where undecided."""
        return Fixed(
            (id, Fixed({d.value: self._listed(self.stable_set(party, d)) for d in Definition}))
            for party, id in enumerate(self.setting.case.party_ids)
        )

    @cached_property
    def coalition_proof(self) -> list[str] | None:
        """The equilibria that no coalition listed by the approach can upset; None where it lists none, or that was not
        decided."""
        if not listed_coalitions(self.setting):
            return None
        held = union([self.setting.game.none(), *(states for _, states in self.grades)])
        try:
            return [self._word(state) for state in coalition_proof(self.setting, held.first(self.limit))]
        except TooLargeError:
            return None

    @property
    def alarm(self) -> str:
        """What cannot be right: no GMR or SEQ equilibrium where there must be one; "" where all is well."""
        if not self.setting.game.transitive or self.setting.conventions != Conventions():
            return ""
        empty = [d for d in ("GMR", "SEQ") if self.counts[d] == 0]
        if not empty:
            return ""
        return (
            f"Alarm: no state holds under {' or '.join(empty)}. With moves given by options and these "
            "conventions there should always be one; please report this case."
        )

    def equilibrium_set(self, definition: Definition) -> StateSet | None:
        """Return the equilibria under a definition; None where undecided."""
        if definition.value in self.undecided:
            return None
        if definition not in self._equilibria:
            self._equilibria[definition] = self.setting.equilibria(definition)
        return self._equilibria[definition]

    @cached_property
    def _equilibria(self) -> dict[Definition, StateSet]:
        return {}

    def stable_set(self, party: int, definition: Definition) -> StateSet | None:
        """Return the states stable for a party under a definition; None where undecided."""
        return None if definition.value in self.undecided else self.setting.stable(party, definition)

    def explain(self, state: str, party: str | None = None, definition: str | None = None) -> "Explanation":
        """Return why a state is stable or not, in sentences, with the witnesses.

        Parameters
        ----------
        state : str
            A state's word or name; a partial one, such as ``YN--``, stands for all its completions.
        party, definition : str, optional
            One party's id, one of Nash, GMR, SMR, SEQ, SSEQ; all of them by default.

        Raises
        ------
        UnknownNameError, CaseError, DetenteError
            When there is no such state, party or definition.
        """
        from detente.questions.explanation import explanation

        return explanation(self.setting, state, party, definition)

    def certificates(self) -> Iterator[Certificate]:
        """Yield a certificate for every listed verdict: that a state is stable for a party under a definition."""
        from detente.questions.sanctioning import certificate

        for party in range(self.setting.game.parties):
            for definition in Definition:
                for state in (self.stable_set(party, definition) or self.setting.game.none()).first(self.limit):
                    yield certificate(self.setting, party, state, definition)

    def data(self) -> dict[str, Any]:
        proof = self.coalition_proof
        return self.made.data() | {
            "parties": list(self.setting.case.party_ids),
            "options": [option.key for option in self.setting.case.options],
            "feasible": self.setting.game.feasible().count(),
            "engine": self.made.engine,
            "equilibria": dict(self.equilibria),
            "counts": dict(self.counts),
            "undecided": dict(self.undecided),
            "stable": {party: dict(lists) for party, lists in self.stable.items()},
            **({"coalition proof": proof} if listed_coalitions(self.setting) else {}),
            **({"alarm": self.alarm} if self.alarm else {}),
            **(
                {}
                if self.goal is None
                else {"meeting": meeting_data(self.setting, self.goal, self.meeting, self.limit)}
            ),
            **({"best": best_data(self.setting, self.best, self.limit)} if self.best else {}),
        }

    def rows(self) -> list[dict[str, Any]]:
        """Return one row a state: under which definitions it is an equilibrium, and stable for whom."""
        decided = [d for d in Definition if d.value not in self.undecided]
        rows = []
        for state in self.setting.game.feasible().first(self.limit):
            row: dict[str, Any] = {"state": self.setting.word(state)}
            for d in decided:
                row[d.value] = state in (self.equilibrium_set(d) or ())
            for party, id in enumerate(self.setting.case.party_ids):
                held = [d.value for d in decided if state in self.setting.stable(party, d)]
                row[f"stable for {id}"] = " ".join(held)
            rows.append(row)
        return rows

    def summary(self) -> Summary:
        feasible = self.setting.game.feasible().count()
        case = self.setting.case
        sizes = [
            counted(len(case.parties), "party", "parties"),
            *([counted(len(case.options), "option")] if case.options else []),
            counted(feasible, "possible state"),
        ]
        return Summary(
            f"What holds in: {case.title}",
            f"{wording.approach(self.setting)} · {', '.join(sizes)}",
            (
                Block("What holds", tuple(self._said())),
                *self._equilibria_block(),
                *([] if self.goal is None else [meeting_block(self.setting, self.goal, self.meeting)]),
                *([best_block(self.setting, self.best, self.goal)] if self.best else []),
                Block("What each party would stay in", (self._party_table(),)),
                Block("", (f"Definitions: {PLACES}.", self.made.line())),
            ),
        )

    def _listed(self, states: StateSet | None) -> list[str] | None:
        return None if states is None else [self._word(state) for state in states.first(self.limit)]

    def _word(self, state: int) -> str:
        if state not in self._words:
            self._words[state] = self.setting.word(state)
        return self._words[state]

    @cached_property
    def _words(self) -> dict[int, str]:
        return {}

    @cached_property
    def grades(self) -> list[tuple[str, StateSet]]:
        """The equilibria by how they hold, strongest first; each state in its strongest grade only.

        Grades whose definitions are undecided are left out.
        """
        found: list[tuple[str, StateSet]] = []
        above = self.setting.game.none()
        for grade, definitions in (
            ("by itself", [Definition.NASH]),
            ("by credible answers", [Definition.SSEQ, Definition.SEQ]),
            ("only by fear", [Definition.SMR, Definition.GMR]),
        ):
            sets = [states for d in definitions if (states := self.equilibrium_set(d)) is not None]
            if sets:
                states = union(sets)
                found.append((grade, states - above))
                above = above | states
        return found

    def _said(self) -> Iterator[str]:
        for grade, states in self.grades:
            yield how_many(states.count(), grade)
        for definition, why in self.undecided.items():
            yield f"Not decided: {definition} ({why})."
        if self.alarm:
            yield self.alarm
        elif not self.setting.game.transitive and 0 in (self.counts["GMR"], self.counts["SEQ"]):
            yield (
                "No state holds under " + " or ".join(d for d in ("GMR", "SEQ") if self.counts[d] == 0) + ". That can "
                "happen here, because moves are given one by one or states are merged."
            )
        proof = self.coalition_proof
        if proof is None and listed_coalitions(self.setting):
            yield "Not decided: which of these states a coalition of the approach could upset."
        if proof is not None:
            total = sum(states.count() for _, states in self.grades)
            together = "; ".join(wording.names(self.setting, members) for members in listed_coalitions(self.setting))
            yield (
                f"Of these {many(total)} states, {len(proof):,} could not be upset by a coalition of the approach "
                f"moving together ({together})."
            )

    def _equilibria_block(self) -> Iterator[Block]:
        kept, note = self._few()
        columns = grouped(self.setting, kept, self._held)
        if 0 < len(columns) <= COLUMNS and self.setting.case.options:
            heads = [(str(number), column.values) for number, column in enumerate(columns, 1)]
            today = self.setting.today
            if today is not None and today not in kept:
                heads = [("today", self.setting.game.values(today)), *heads]
            table = option_table(self.setting.case, heads)
            yield Block("The states that hold", (*note, table, self._legend(columns), *self._key(columns)))
        elif total := sum(states.count() for _, states in self.grades):
            yield Block("The states that hold", tuple(self._long_list(total)))

    def _key(self, columns: Sequence[Column]) -> Iterator[str]:
        yield wording.written(self.setting.case, [column.word for column in columns])

    def _few(self) -> tuple[list[int], tuple[str, ...]]:
        """Return the states for the option table: all that hold, or only by the strongest grades if these are many."""
        grades = [(grade, states) for grade, states in self.grades if states]
        for last in range(len(grades), 0, -1):
            kept = [state for _, states in grades[:last] for state in states.first(MANY + 1)]
            if len(kept) > MANY or len(grouped(self.setting, kept, self._held)) > COLUMNS:
                continue
            shown = listed([grade.replace("itself", "themselves") for grade, _ in grades[:last]], "or")
            return kept, () if last == len(grades) else (f"Shown are only those that hold {shown}.",)
        return [], ()

    def _held(self, state: int) -> tuple[str, ...]:
        return tuple(d.value for d in Definition if state in (self.equilibrium_set(d) or self.setting.game.none()))

    def _legend(self, columns: Sequence[Column]) -> Table:
        rows = []
        for number, column in enumerate(columns, 1):
            grade = next(grade for grade, states in self.grades if column.state in states)
            alone = column.state == self.setting.today and self.setting.word(column.state) == column.word
            word = f"{column.word} (today)" if alone else column.word
            rows.append((str(number), word, grade, ", ".join(self._held(column.state))))
        return Table(("", "state", "holds", "equilibrium under"), tuple(rows))

    def _long_list(self, total: int, shown: int = 10) -> Iterator[str | Table]:
        rows: list[tuple[str, ...]] = []
        for grade, states in self.grades:
            for state in states.first(shown - len(rows)):
                rows.append((self._word(state), grade, ", ".join(self._held(state))))
        yield Table(("state", "holds", "equilibrium under"), tuple(rows))
        if key := wording.written(self.setting.case, [word for word, *_ in rows]):
            yield key
        if total > len(rows):
            yield f"... and {many(total - len(rows))} more; --format csv lists up to {self.limit:,}."

    def _party_table(self) -> Table:
        rows = []
        for party, owner in enumerate(self.setting.case.parties):
            sets = [self.stable_set(party, d) for d in Definition]
            rows.append((owner.label, *("not decided" if s is None else many(s.count()) for s in sets)))
        total = ["not decided" if count is None else many(count) for count in self.counts.values()]
        return Table(("states stable for", *(d.value for d in Definition)), (*rows, ("all of them", *total)))


def stability(
    case: Case,
    approach: str = "none",
    *,
    limit: int | None = None,
    engine: str = "auto",
    time: float | None = None,
    meeting: str | Statement = "",
    best: str = "",
) -> Stability:
    """Return what is stable for whom, and what is an equilibrium, under each definition.

    Parameters
    ----------
    case : Case
    approach : str
        One of the case's approaches, or "none".
    limit : int, optional
        How many states a list holds at most, 10,000 by default, 100 with the symbolic engine; counts are exact whatever
        it is.
    engine : str
        auto, cube, listed, graph or symbolic.
    time : float, optional
        After how many seconds of CPU time the symbolic engine begins no further step; what it has not decided by then
        is said to be undecided.
    meeting : str or Statement
        A statement: how many equilibria meet it, and the first of them, are told too.
    best : str
        ``worst-off``: of the equilibria (that meet the statement), those that no other beats in the order of packages
        are told too: the best for the counted party that is worst off there, all ties among them (leximin).

    Returns
    -------
    Stability

    Raises
    ------
    UnknownNameError
        When there is no such approach, engine or `best`.
    StatementError
        When `meeting` is no statement about the case.
    TooLargeError
        When the states cannot even be listed.
    """
    asked, about = asked_for(best), setting(case, approach, engine=engine, seconds=time)
    goal = parse(meeting, case.names) if isinstance(meeting, str) and meeting else meeting or None
    if limit is None:
        limit = LISTED.get(about.game.engine, 10_000)
    undecided = {}
    for definition in steps(list(Definition), "working out what holds, definition by definition"):
        try:
            about.equilibria(definition)
        except TooLargeError as reason:
            undecided[definition.value] = str(reason)
    found = Stability(made(about, limit=limit), about, limit, undecided, goal)
    if not asked:
        return found
    sets = found.meeting if goal else {d.value: found.equilibrium_set(d) for d in Definition}
    return replace(found, best=best_of_each(about, sets))
