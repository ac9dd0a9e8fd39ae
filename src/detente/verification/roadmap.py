"""This module owns the check of a roadmap: that its steps are legal and lead to the package, what is told of each, and
that no other order of them is better.
"""

from collections.abc import Iterator, Mapping, Sequence
from heapq import heappop, heappush
from itertools import combinations
from typing import Any

from detente.verification.stability import Judge
from detente.verification.worlds import Worlds, chosen

MOST_CHANGES, FEW_CHANGES = 12, 9
Told = dict[str, Any]
Cost = tuple[int, int, int]
"""In how many ways steps break it; steps by who has just moved; options changed beyond one a step."""


def fault_in_roadmap(worlds: Worlds, package: Mapping[str, Any] | None, told: Any) -> str:
    """Return what is wrong with the roadmap to the best package; "" if nothing is.

    Parameters
    ----------
    package : mapping, or None
        The first package that passes, as told; None where none does.
    told : mapping, or None
        The roadmap, if the answer has one.
    """
    if package is None:
        return "" if told is None else "no package passes, and there is a way to one"
    judge = worlds.judge(package["approach"])
    word = chosen(judge.world.states(package["state"]), package.get("helpful completion"))
    way = Way(judge, word)
    possible = judge.world.today is not None and bool(judge.world.keys) and len(way.changes) <= MOST_CHANGES
    if told is None or not possible:
        return "" if told is None and not possible else f"there is {'a' if possible else 'no'} roadmap to {word}"
    if (told["state"], told["approach"]) != (word, package["approach"]):
        return f"it does not lead to {word} under {package['approach']}"
    return way.fault(told)


class Way:
    """The ways from today to a state, in steps of one party each that change some of what differs."""

    def __init__(self, judge: Judge, target: str) -> None:
        self.judge, self.world, self.target = judge, judge.world, target
        self.today = judge.world.today or ""
        now, then = self.today.ljust(len(target)), target
        self.changes = frozenset(
            place
            for place, key in enumerate(self.world.keys)
            if now[place] != then[place] and "-" not in now[place] + then[place] and key not in self.world.defined
        )

    def fault(self, told: Mapping[str, Any]) -> str:
        """Return what is wrong with a roadmap; "" if nothing is."""
        left, here, last, cost = self.changes, self.today, "", (0, 0, 0)
        for number, step in enumerate(told["steps"], 1):
            ends = {end: (rest, said, more) for rest, end, said, more in self.steps(left, here, last)
                    if said["party"] == step["party"]}  # fmt: skip
            if step["state"] not in ends:
                return f"step {number} is no legal step of {step['party']} to {step['state']}"
            left, said, more = ends[step["state"]]
            wrong = [key for key, right in said.items() if step.get(key) != right]
            if wrong:
                return f"step {number}: {wrong[0]!r} is {said[wrong[0]]!r}"
            here, last, cost = step["state"], step["party"], _sum(cost, more)
        if told["holds"] is not (not left and cost[0] == 0):
            return f"it {'holds' if told['holds'] is False else 'does not hold'}"
        if sorted(self.world.keys[place] for place in left) != sorted(told.get("at once", [])):
            return f"what is left to change is {sorted(self.world.keys[place] for place in left)}"
        best, furthest = self.best()
        if left:
            return "" if best is None and len(left) == furthest else "steps lead further"
        return "" if cost == best else "another order of steps is better"

    def best(self) -> tuple[Cost | None, int]:
        """Return what the best order costs, None where there is none, and how few changes the furthest leaves."""
        waiting: list[tuple[Cost, int, frozenset[int], str, str]] = [((0, 0, 0), 0, self.changes, self.today, "")]
        done: set[tuple[frozenset[int], str]] = set()
        number, furthest = 0, len(self.changes)
        while waiting:
            cost, _, left, here, last = heappop(waiting)
            if (left, last) in done:
                continue
            done.add((left, last))
            furthest = min(furthest, len(left))
            if not left:
                return cost, 0
            for rest, end, said, more in self.steps(left, here, last):
                number += 1
                heappush(waiting, (_sum(cost, more), number, rest, end, said["party"]))
        return None, furthest

    def steps(self, left: frozenset[int], here: str, last: str) -> Iterator[tuple[frozenset[int], str, Told, Cost]]:
        """Yield the next steps: what is then left, where that leads, what is to be told of it, and what it costs."""
        world = self.world
        owners = {place: world.options[place].party for place in left}
        for party in sorted(set(owners.values())):
            own = sorted(place for place in left if owners[place] == party)
            moves = set(world.moves(party, here))
            stops = world.worth(party, here) > world.worth(party, self.target)
            legal = False
            for size in range(1, len(own) + 1):
                # More options at a time only where fewer do not do; two also where the package takes few changes.
                if legal and size > (2 if len(self.changes) <= FEW_CHANGES else 1):
                    break
                for some in combinations(own, size):
                    end = self._after(left - set(some))
                    if end is None or end not in moves:
                        continue
                    legal = True
                    below = self._below(end)
                    loses = self._loses(party, here, end, some)
                    assure = list(dict.fromkeys([*([party] if stops or loses else []), *below]))
                    told = {
                        "party": party,
                        "below today": below,
                        "would rather stop": stops,
                        "loses outside the table": loses,
                        "assure": assure,
                    }
                    yield left - set(some), end, told, (len(below) + stops + loses, int(party == last), size - 1)

    def _after(self, left: frozenset[int]) -> str | None:
        """Return the state in which all but some changes are made; None where it is not possible."""
        world = self.world
        letters = [
            "-" if key in world.defined
            else self.target[place] if place in self.changes and place not in left
            else self.today[place]
            for place, key in enumerate(world.keys)
        ]  # fmt: skip
        found = world.states("".join(letters))
        return found[0] if found else None

    def _below(self, word: str) -> list[str]:
        world = self.world
        return [
            party
            for party in world.case.party_ids
            if party in world.judged.at_table
            and world.worth(party, word, own=True) < world.worth(party, self.today, own=True)
        ]

    def _loses(self, party: str, here: str, end: str, some: Sequence[int]) -> bool:
        """Return whether a party outside the table loses by a step that no strong clout of the table brings about."""
        world, judged = self.world, self.world.judged
        if party in judged.at_table or world.worth(party, end) >= world.worth(party, here):
            return False
        held: set[str] = set()
        for clout in judged.clout:
            condition = clout.condition
            counts = condition is None or world.holds(world.reading(condition.text, condition.party), here)
            if clout.strength == "strong" and clout.of in judged.at_table and counts:
                held.update(clout.on)
        return not {world.keys[place] for place in some} <= held


def _sum(one: Cost, other: Cost) -> Cost:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2]
