"""This module owns the check of what is said to become of complaints: told again from today's moves.

A complaint is answered where what it complains of does not hold today. Otherwise it is answered by any party that can
end it by one move, and by the smallest groups of others at the table that can end it together by legal moves of theirs.
It is contested if every answer of the table leaves somebody who takes part in it worse off than today, by its own
preferences, and unanswerable at this table if the table has none.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from detente.model.case import Complaint
from detente.verification.findings import Finding, found
from detente.verification.outlooks import label
from detente.verification.packages import differing
from detente.verification.stability import TooLongError
from detente.verification.statements import Reading, mentioned
from detente.verification.survey import MOST_COMBINED
from detente.verification.world import World
from detente.verification.worlds import Worlds

ANSWERED, ANSWERABLE, CONTESTED, UNANSWERABLE = "answered", "answerable", "contested", "unanswerable at this table"
MOST_TOGETHER, MOST_GROUPS = 4, 64
Told = Mapping[str, Any]


def check_complaints(worlds: Worlds, data: Told) -> Iterator[Finding]:
    """Yield what is found of the complaints in an answer of `demands`."""
    complaints, told = worlds.case.complaints, data.get("complaints", [])
    world = worlds.judge(data["approach"]).world
    if world.today is None:
        if told:
            yield Finding("the complaints", "refused", "the case does not say where things stand today")
        return
    if not told and any("complaints" in what for what in data["undecided"]):
        yield Finding("the complaints", "unchecked", "what becomes of them was not decided")
        return
    if [each["id"] for each in told] != [complaint.id for complaint in complaints]:
        listed = ", ".join(complaint.id for complaint in complaints)
        yield Finding("the complaints", "refused", f"these are {listed or 'none'}")
        return
    for complaint, each in zip(complaints, told, strict=True):
        name = f"complaint {complaint.id}"
        yield found(name, _fault_in_terms, worlds, complaint, each)
        yield found(f"{name}: what becomes of it", Grievance(world, complaint).fault, each)


def _fault_in_terms(worlds: Worlds, complaint: Complaint, told: Told) -> str:
    concerns = worlds.case.party(complaint.sender).concerns or ()
    named = [label(c) for c in concerns if complaint.concern and complaint.concern in (label(c), str(c.want))]
    derived = {
        "from": complaint.sender,
        "about": complaint.about,
        "that": str(complaint.that),
        "concern": named[0] if named else None,
        "source": complaint.mark.source,
    }
    return differing({key: told[key] for key in derived}, derived)


class Grievance:
    """What one party complains of, and how it could be ended from where things stand today."""

    def __init__(self, world: World, complaint: Complaint) -> None:
        self.world, self.complaint = world, complaint
        self.reading: Reading = world.reading(complaint.that.text, complaint.that.party)
        self.today = world.today or ""
        self.table = world.judged.at_table

    def holds(self, word: str) -> bool:
        """Return whether it holds in a state."""
        return self.world.holds(self.reading, word)

    def fault(self, told: Told) -> str:
        """Return what is wrong with what is said to become of it; "" if nothing is."""
        if not self.holds(self.today):
            if told["status"] != ANSWERED or told["answers"]:
                return "it does not hold today, and so is answered"
            return self._fault_in_kept(told["options"])
        if told["status"] == ANSWERED:
            return "it holds today"
        alone = [party for party in self.world.case.party_ids if any(self._ending(self.world.moves(party, self.today)))]
        groups = self._groups([party for party in self.table if party not in alone])
        listed = [frozenset(answer["parties"]) for answer in told["answers"]]
        right = {*map(frozenset, ([party] for party in alone)), *groups}
        if len(set(listed)) < len(listed) or set(listed) != right:
            wrong = min(set(listed) ^ right, key=sorted, default=frozenset[str]())
            return f"{', '.join(sorted(wrong))} {'could answer it' if wrong in right else 'could not answer it so'}"
        faults = (self._fault_in_answer(answer) for answer in told["answers"])
        if fault := next(filter(None, faults), ""):
            return fault
        return self._fault_in_status(told)

    def _ending(self, ends: Sequence[str]) -> list[str]:
        return [end for end in ends if not self.holds(end)]

    def _groups(self, parties: Sequence[str]) -> dict[frozenset[str], frozenset[str]]:
        """Return the smallest groups that can end it together, each with the states that they can reach."""
        found_: dict[frozenset[str], frozenset[str]] = {}
        tried = 0
        for size in range(2, MOST_TOGETHER + 1):
            for group in combinations(parties, size):
                tried += 1
                if tried > MOST_GROUPS:
                    raise TooLongError("there are too many groups to try")
                if not any(less <= set(group) for less in found_):
                    ends = self._reached(group)
                    if self._ending(sorted(ends)):
                        found_[frozenset(group)] = ends
        return found_

    def _reached(self, group: Sequence[str]) -> frozenset[str]:
        """Return what legal sequences of a group reach from today."""
        seen = {(self.today, "")}
        waiting = list(seen)
        while waiting:
            here, last = waiting.pop()
            fresh = {(end, mover) for mover in group if mover != last for end in self.world.moves(mover, here)} - seen
            seen |= fresh
            waiting += fresh
            if len(seen) > MOST_COMBINED:
                raise TooLongError
        return frozenset(end for end, _ in seen)

    def _fault_in_answer(self, told: Told) -> str:
        """Check that an answer is made of legal moves that end it, and changes as little as any of the same parties."""
        here, last, world = self.today, "", self.world
        movers = [step[0] for step in told["steps"]]
        if movers != told["parties"] or not movers:
            return "an answer does not name who moves, step by step"
        for mover, end in told["steps"]:
            if mover == last or end not in world.moves(mover, here):
                return f"{here} to {end} is no legal move of {mover}"
            here, last = end, mover
        if told["state"] != here or self.holds(here):
            return f"at {here} it is not ended, or the answer leads elsewhere"
        together = len(set(movers)) > 1
        ends = sorted(self._reached(sorted(set(movers)))) if together else world.moves(movers[0], self.today)
        least = min(self._changed(end) for end in self._ending(ends))
        if self._changed(here) > least:
            return f"{here} changes more than is needed"
        if not together:
            alike = [end for end in self._ending(ends) if self._changed(end) == least]
            if world.worth(movers[0], here, own=True) < max(world.worth(movers[0], end, own=True) for end in alike):
                return f"{movers[0]} could answer it better for itself than by {here}"
        worse = {p for p in movers if world.worth(p, here, own=True) < world.worth(p, self.today, own=True)}
        if set(told["costs"]) != worse:
            return f"{', '.join(sorted(worse)) or 'nobody'} of those who take part would be worse off at {here}"
        return "" if told["at table"] is all(p in self.table for p in movers) else "who is at the table is told wrong"

    def _changed(self, word: str) -> int:
        """Return how many options differ from today; one that either leaves open does not."""
        if self.world.plain:
            return 0
        return sum(a != b and "-" not in (a, b) for a, b in zip(self.today, word, strict=True))

    def _fault_in_status(self, told: Told) -> str:
        """Check what becomes of it by its answers, their order, and what options would answer it."""
        answers = told["answers"]
        inside = [answer for answer in answers if answer["at table"]]
        status = UNANSWERABLE if not inside else CONTESTED if all(each["costs"] for each in inside) else ANSWERABLE
        if told["status"] != status:
            return f"it is {status}"
        keys = [(not answer["at table"], bool(answer["costs"]) and answer["at table"]) for answer in answers]
        if keys != sorted(keys):
            return "answers of the table at no loss do not stand first"
        right = [] if not answers or self.world.plain else [
            self._option(place, then, done=False)
            for place, (now, then) in enumerate(zip(self.today, answers[0]["state"], strict=True))
            if now != then != "-"
        ]  # fmt: skip
        return differing({"options": told["options"]}, {"options": right})

    def _option(self, place: int, letter: str, done: bool) -> dict[str, Any]:
        option = self.world.options[place]
        level = self.world.letters[place].index(letter)
        value = option.levels[level] if option.levels else bool(level)
        return {"option": option.key, "owner": option.party, "to": value, "done": done}

    def _fault_in_kept(self, told: Sequence[Told]) -> str:
        """Check that the options that answer it are as they are today, leave no room for it, and are all needed."""
        asked = mentioned(str(self.complaint.that), self.world.case)
        places = {key: place for place, key in enumerate(self.world.keys) if key in asked}
        kept = {each["option"]: places.get(each["option"], -1) for each in told}
        if -1 in kept.values() or len(kept) < len(told):
            return "it names an option that the complaint does not, or one twice"
        right = [self._option(place, self.today[place], done=True) for place in kept.values()]
        if fault := differing({"options": list(told)}, {"options": right}):
            return fault
        grieved = [word for word in self.world.every_state(MOST_COMBINED) if self.holds(word)]

        def enough(some: Mapping[str, int]) -> bool:
            return not any(all(word[p] in (self.today[p], "-") for p in some.values()) for word in grieved)

        closed = {key: place for key, place in places.items() if self.today[place] != "-"}
        if not kept:
            return "" if self.world.plain or not enough(closed) or enough({}) else "some options of today answer it"
        if not enough(kept):
            return "these options leave room for it"
        needless = [key for key in kept if enough({other: place for other, place in kept.items() if other != key})]
        return f"{needless[0]} is not needed to answer it" if needless else ""
