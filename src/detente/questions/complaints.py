"""This module owns what becomes of each complaint: the concern behind it, the options that answer it, their owners, and
whether that is done.

A complaint is answered where what it complains of does not hold. Otherwise who can answer it from today is told: each
party that can by one move, and the smallest groups of others at the table that can together, by legal moves of theirs.
It is contested if every answer of the table leaves somebody who takes part in it worse off than today, and unanswerable
if the table has none.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations, islice
from typing import Any

from detente.engine.interface import StateSet
from detente.game import Setting
from detente.look.summary import listed
from detente.model.items import Complaint, Concern, Option
from detente.model.statements import options_in
from detente.questions import wording
from detente.questions.phrases import bracketed, called, in_words
from detente.questions.reachability import Reached, changes

ANSWERED, ANSWERABLE, CONTESTED, UNANSWERABLE = "answered", "answerable", "contested", "unanswerable at this table"
MOST_TOGETHER = 4
MOST_GROUPS = 64
MOST_COMPARED = 4_096


@dataclass(frozen=True, slots=True)
class Answer:
    """Moves that would answer a complaint.

    Parameters
    ----------
    steps : tuple of (party, state)
        Who moves and where that leads: one move, or one for each of several parties.
    at_table : bool
        Whether all of them negotiate.
    costs : tuple of (party, str)
        What those who take part and are worse off at the end lose by it, as a sentence says it.
    """

    steps: tuple[tuple[int, int], ...]
    at_table: bool
    costs: tuple[tuple[int, str], ...]

    @property
    def party(self) -> int:
        """Who moves first."""
        return self.steps[0][0]

    @property
    def state(self) -> int:
        """Where it leads."""
        return self.steps[-1][1]


@dataclass(frozen=True)
class Traced:
    """One complaint and what becomes of it.

    Parameters
    ----------
    complaint : Complaint
    concern : Concern or None
        The concern of the complaining party behind it.
    status : str
        answered, answerable, contested or unanswerable at this table.
    answers : tuple of Answer
        Who could answer it today, parties at the table first.
    kept : tuple of (Option, int)
        Where it is answered: the options, with their levels today, that leave no room for it.
    together : bool
        Where nobody at the table can: whether all parties together could.
    """

    setting: Setting
    complaint: Complaint
    concern: Concern | None
    status: str
    answers: tuple[Answer, ...]
    kept: tuple[tuple[Option, int], ...] = ()
    together: bool = False

    @property
    def text(self) -> str:
        """The complaint and what becomes of it, as sentences."""
        return " ".join(self._told())

    def _told(self) -> Iterator[str]:
        case, told = self.setting.case, self.complaint
        sender, about = case.party(told.sender).label, case.party(told.about).label
        what = f"‘{told.mark.name}’" if told.mark.name else in_words(told.that.tree, case)
        behind = f", behind it {called(self.concern, case)}" if self.concern is not None else ""
        yield f"{sender} about {about}: {what}{bracketed(told.mark, case)}{behind}:"
        inside = [answer for answer in self.answers if answer.at_table]
        if self.status == ANSWERED:
            kept = listed([_kept(option, level, case.party(option.party).label) for option, level in self.kept])
            yield f"answered, for today {kept}." if kept else "answered, for it does not hold today."
        elif self.status == UNANSWERABLE:
            yield "unanswerable at this table: nobody there can answer it, alone or together."
            if self.answers:
                yield f"Outside it: {listed([self._moves(answer) for answer in self.answers], 'or')}."
            elif self.together:
                yield "It takes parties at the table and outside it together."
            else:
                yield "No moves of anybody lead from today to where it is answered."
        elif self.status == CONTESTED:
            costs = [f"{self._moves(answer)}, and {self._losses(answer)}" for answer in inside]
            yield f"contested: it would be answered if {listed(costs, 'or if')}."
        else:
            free = [self._moves(answer) for answer in inside if not answer.costs]
            yield f"answerable: {listed(free, 'or')}, at no loss to whoever does."

    def _moves(self, answer: Answer) -> str:
        today = self.setting.today
        assert today is not None
        return wording.path(self.setting, today, answer.steps)

    def _losses(self, answer: Answer) -> str:
        if len(answer.steps) == 1:
            return answer.costs[0][1]
        return listed([f"{wording.name(self.setting, party)} {cost}" for party, cost in answer.costs])

    @property
    def options(self) -> list[dict[str, Any]]:
        """The options that answer it, with their owners and levels, and whether that is done."""
        if self.status == ANSWERED:
            return [_option(option, level, done=True) for option, level in self.kept]
        about, today = self.setting, self.setting.today
        if today is None or not self.answers or not about.case.options:
            return []
        now, then = about.game.values(today), about.game.values(self.answers[0].state)
        return [
            _option(option, new, done=False)
            for option, old, new in zip(about.case.options, now, then, strict=True)
            if new is not None and old != new
        ]

    def data(self) -> dict[str, Any]:
        """Return the complaint as JSON-ready data."""
        about, ids = self.setting, self.setting.case.party_ids
        return {
            "id": self.complaint.id,
            "from": self.complaint.sender,
            "about": self.complaint.about,
            "that": str(self.complaint.that),
            "concern": None if self.concern is None else self.concern.label,
            "options": self.options,
            "status": self.status,
            "answers": [
                {
                    "parties": [ids[party] for party, _ in answer.steps],
                    "steps": wording.steps_data(about, answer.steps),
                    "state": about.word(answer.state),
                    "at table": answer.at_table,
                    "costs": {ids[party]: cost for party, cost in answer.costs},
                }
                for answer in self.answers
            ],
            "source": self.complaint.mark.source,
            "text": self.text,
        }


def _option(option: Option, level: int, done: bool) -> dict[str, Any]:
    value: bool | str = option.levels[level] if option.levels else bool(level)
    return {"option": option.key, "owner": option.party, "to": value, "done": done}


def _kept(option: Option, level: int, owner: str) -> str:
    if option.levels:
        return f"{owner} has ‘{option.label}’ at {option.levels[level]}"
    return f"{owner} {'does' if level else 'is without'} ‘{option.label}’"


def complaints(about: Setting) -> tuple[Traced, ...] | None:
    """Return what becomes of each complaint of a case today; None where the case does not say where things stand.

    Parameters
    ----------
    about : Setting
        The parties' moves are its game's, what they lose is judged by their own preferences.
    """
    if about.today is None:
        return None
    return tuple(_traced(about, complaint, about.today) for complaint in about.case.complaints)


def _traced(about: Setting, complaint: Complaint, today: int) -> Traced:
    grievance = about.where(complaint.that)
    concerns = about.case.party(complaint.sender).concerns or ()
    behind = next((c for c in concerns if complaint.concern in (c.label, str(c.want)) and complaint.concern), None)
    if today not in grievance:
        return Traced(about, complaint, behind, ANSWERED, (), _keeping(about, complaint, grievance, today))
    alone = [answer for party in range(about.game.parties) if (answer := _by_one(about, party, grievance, today))]
    inside = [answer for answer in alone if answer.at_table]
    inside += _together(about, grievance, today, {answer.party for answer in inside})
    inside.sort(key=lambda answer: bool(answer.costs))
    answers = (*inside, *(answer for answer in alone if not answer.at_table))
    if inside:
        status = CONTESTED if all(answer.costs for answer in inside) else ANSWERABLE
        return Traced(about, complaint, behind, status, answers)
    anybody = bool(Reached(about.game, today, range(about.game.parties)).states - grievance)
    return Traced(about, complaint, behind, UNANSWERABLE, answers, together=anybody)


def _keeping(about: Setting, complaint: Complaint, grievance: StateSet, today: int) -> tuple[tuple[Option, int], ...]:
    """Return as few as can be of the options in a complaint whose levels today leave no room for it."""
    case, now = about.case, about.game.values(today)
    places = [case.position[key] for key in dict.fromkeys(options_in(complaint.that.tree))]
    kept = {place: level for place in places if (level := now[place]) is not None}

    def enough(levels: dict[int, int]) -> bool:
        return not about.game.find([levels.get(place) for place in range(len(now))]) & grievance

    if not case.options or not enough(kept):
        return ()
    for place in list(kept):
        less = {other: level for other, level in kept.items() if other != place}
        if enough(less):
            kept = less
    return tuple((case.options[place], level) for place, level in kept.items())


def _by_one(about: Setting, party: int, grievance: StateSet, today: int) -> Answer | None:
    """Return the least change by which one party ends a grievance, the best for it of several; else None."""
    ends = (about.game.moves(party, today) - grievance).first(MOST_COMPARED)
    if not ends:
        return None
    changed = partial(changes, about.game, today)
    best = min(ends, key=lambda end: (changed(end), -about.judging.rank(party, end), end))
    return _answer(about, [(party, best)], today)


def _together(about: Setting, grievance: StateSet, today: int, able: set[int]) -> Iterator[Answer]:
    """Yield the least changes by which the smallest groups at the table end a grievance; without those able alone."""
    found: list[set[int]] = []
    rest = [party for party in about.table if party not in able]
    groups = (group for size in range(2, MOST_TOGETHER + 1) for group in combinations(rest, size))
    for group in islice(groups, MOST_GROUPS):
        if any(smaller <= set(group) for smaller in found):
            continue
        reached = Reached(about.game, today, group)
        if ends := (reached.states - grievance).first(MOST_COMPARED):
            best = min(ends, key=lambda end: (changes(about.game, today, end), end))
            found.append(set(group))
            yield _answer(about, reached.path(best) or [], today)


def _answer(about: Setting, steps: Sequence[tuple[int, int]], today: int) -> Answer:
    end, movers = steps[-1][1], list(dict.fromkeys(party for party, _ in steps))
    worse = [p for p in movers if about.judging.rank(p, end) < about.judging.rank(p, today)]
    costs = tuple((party, wording.reason(about, party, today, end)) for party in worse)
    return Answer(tuple(steps), all(party in about.table for party in movers), costs)
