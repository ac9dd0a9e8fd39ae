"""This module owns the check of where improvements can end: at rest, at a pause, or round and round.

A turn is a state and who moved last on the way there; a party that has just moved does not move again at once. From a
turn that no improvement leaves there is a *rest* where nobody could improve, else a *pause* of who moved last. Turns
that lead only to each other, each to all others, are a *cycle*.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from detente.verification.findings import Finding, found
from detente.verification.lists import fault_in_list
from detente.verification.stability import Judge, TooLongError
from detente.verification.survey import MOST_COMBINED

Turn = tuple[str, str]
Told = Mapping[str, Any]
MOST_TURNS = 2**18


class Endings:
    """Where improvements can end from some states.

    Raises
    ------
    TooLongError
        When there are too many turns to follow.
    """

    def __init__(self, judge: Judge, starts: Sequence[str]) -> None:
        self.judge, self.parties = judge, judge.world.case.party_ids
        self.after: dict[Turn, list[Turn]] = {}
        waiting: list[Turn] = [(start, "") for start in starts]
        while waiting:
            turn = waiting.pop()
            if turn in self.after:
                continue
            self.after[turn] = self._following(*turn)
            waiting += self.after[turn]
            if len(self.after) > MOST_TURNS:
                raise TooLongError("there are too many moves to follow")
        self.rests: set[str] = set()
        self.pauses: dict[str, set[str]] = {}
        for (word, last), following in self.after.items():
            if not following and last and judge.improvements(last, word):
                self.pauses.setdefault(last, set()).add(word)
            elif not following:
                self.rests.add(word)
        self.cycles = [{word for word, _ in cycle} for cycle in self._cycles()]

    def _following(self, word: str, last: str) -> list[Turn]:
        return [(end, p) for p in self.parties if p != last for end in self.judge.improvements(p, word)]

    def _cycles(self) -> Iterator[set[Turn]]:
        """Yield the sets of turns that go on for ever, taking away whatever can come to an end or to another set."""
        before: dict[Turn, list[Turn]] = {}
        for turn, following in self.after.items():
            for end in following:
                before.setdefault(end, []).append(turn)
        left = set(self.after) - _closure([turn for turn, following in self.after.items() if not following], before)
        while left:
            # What is reached from a turn and leads back to it is closed once nothing else is reached from it.
            turn = next(iter(left))
            ahead = _closure([turn], self.after)
            while astray := ahead - _closure([turn], before):
                turn = next(iter(astray))
                ahead = _closure([turn], self.after)
            yield ahead
            left -= _closure(list(ahead), before)


def _closure(turns: Sequence[Turn], edges: Mapping[Turn, Sequence[Turn]]) -> set[Turn]:
    """Return what edges lead to from some turns, these included."""
    seen, waiting = set(turns), list(turns)
    while waiting:
        fresh = set(edges.get(waiting.pop(), ())) - seen
        seen |= fresh
        waiting += fresh
    return seen


def check_endings(judge: Judge, data: Told) -> Iterator[Finding]:
    """Yield what is found of where improvements can end, from the start of `paths` and from anywhere."""
    cut = False
    for name in ("from start", "from anywhere"):
        claim, told = f"where improvements end, {name}", data["endings"][name]
        if told is None:
            yield Finding(claim, "unchecked", "it was not decided")
            continue
        kept: list[Endings] = []

        def derive(name: str = name, kept: list[Endings] = kept) -> str:
            starts = [data["start"]] if name == "from start" else list(judge.world.every_state(MOST_COMBINED))
            kept.append(Endings(judge, starts))
            return ""

        derived = found(claim, derive)
        if not kept:
            yield derived
            continue
        yield found(claim, _fault, kept[0], told)
        listed = len(told["at rest"]) + sum(map(len, (*told["pauses"].values(), *told["cycles"])))
        whole = len(kept[0].rests) + sum(map(len, (*kept[0].pauses.values(), *kept[0].cycles)))
        cut = cut or listed < whole
    if cut:
        yield Finding("where else improvements end", "unchecked", "lists are cut")


def _fault(right: Endings, told: Told) -> str:
    """Return what is wrong with where improvements are said to end; lists may be cut."""
    if told["count"] != len(right.rests):
        return f"they can come to rest in {len(right.rests):,} states"
    if fault := fault_in_list(told["at rest"], right.rests, len(told["at rest"])):
        return f"at rest: {fault}"
    if set(told["pauses"]) != set(right.pauses):
        return f"they can pause after {', '.join(sorted(right.pauses)) or 'nobody'} moved"
    for party, words in told["pauses"].items():
        if fault := fault_in_list(words, right.pauses[party], len(words)):
            return f"a pause of {party}: {fault}"
    left = list(right.cycles)
    for words in told["cycles"]:
        cycle = next((each for each in left if set(words) <= each), None)
        if cycle is None or len(set(words)) < len(words) or not words:
            return f"{', '.join(words[:3])} is no cycle"
        left.remove(cycle)
    return ""
