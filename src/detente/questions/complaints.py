"""This module owns what becomes of each complaint: the concern behind it, the options that answer it, and their owners.

A complaint is answered where what it complains of does not hold. Who can answer it today, by one move, is told; it is
contested if everybody at the table who can would be worse off for it, and unanswerable if nobody at the table can.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from detente.engine.interface import StateSet
from detente.game import Setting
from detente.look.summary import listed
from detente.model.items import Complaint, Concern
from detente.questions import wording
from detente.questions.phrases import bracketed, called, in_words

ANSWERED, ANSWERABLE, CONTESTED, UNANSWERABLE = "answered", "answerable", "contested", "unanswerable at this table"


@dataclass(frozen=True, slots=True)
class Answer:
    """A move that would answer a complaint.

    Parameters
    ----------
    party, state : int
        Who makes it, and where it leads: the party's least change, the best for it of several.
    at_table : bool
        Whether the party negotiates.
    cost : str
        What it loses by it, as a sentence says it; "" where it is no worse off.
    """

    party: int
    state: int
    at_table: bool
    cost: str


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
    """

    setting: Setting
    complaint: Complaint
    concern: Concern | None
    status: str
    answers: tuple[Answer, ...]

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
        if self.status == ANSWERED:
            yield "answered, for it does not hold today."
            return
        today = self.setting.today
        assert today is not None
        moves = [wording.move(self.setting, answer.party, today, answer.state) for answer in self.answers]
        if self.status == UNANSWERABLE:
            outside = f" Outside it: {listed(moves, 'or')}." if moves else ""
            yield f"unanswerable at this table by one move.{outside}"
        elif self.status == CONTESTED:
            costs = [f"{move}, and {a.cost}" for a, move in zip(self.answers, moves, strict=True) if a.at_table]
            yield f"contested: it would be answered if {listed(costs, 'or if')}."
        else:
            free = [move for a, move in zip(self.answers, moves, strict=True) if a.at_table and not a.cost]
            yield f"answerable: {listed(free, 'or')}, at no loss to whoever does."

    def data(self) -> dict[str, Any]:
        """Return the complaint as JSON-ready data."""
        case = self.setting.case
        return {
            "id": self.complaint.id,
            "from": self.complaint.sender,
            "about": self.complaint.about,
            "that": str(self.complaint.that),
            "concern": None if self.concern is None else self.concern.label,
            "status": self.status,
            "answers": [
                {
                    "party": case.party_ids[a.party],
                    "state": self.setting.word(a.state),
                    "at table": a.at_table,
                    "cost": a.cost,
                }
                for a in self.answers
            ],
            "source": self.complaint.mark.source,
            "text": self.text,
        }


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
        return Traced(about, complaint, behind, ANSWERED, ())
    answers = tuple(sorted(_answers(about, grievance, today), key=lambda a: (not a.at_table, bool(a.cost))))
    inside = [answer for answer in answers if answer.at_table]
    status = UNANSWERABLE if not inside else CONTESTED if all(answer.cost for answer in inside) else ANSWERABLE
    return Traced(about, complaint, behind, status, answers)


def _answers(about: Setting, grievance: StateSet, today: int) -> Iterator[Answer]:
    """Yield, for each party that can answer by one move, its least change that does, the best for it of several."""
    for party in range(about.game.parties):
        ends = about.game.moves(party, today) - grievance
        if ends:
            now = about.game.values(today)
            changed = {end: sum(a != b for a, b in zip(now, about.game.values(end), strict=True)) for end in ends}
            best = min(ends, key=lambda end: (changed[end], -about.judging.rank(party, end), end))
            worse = about.judging.rank(party, best) < about.judging.rank(party, today)
            cost = wording.reason(about, party, today, best) if worse else ""
            yield Answer(party, best, party in about.table, cost)
