"""This module owns the check of what `robustness` prints: how free each party is to move away from a state, how many
swaps of neighbouring classes of its ranking make it leave, and which lines of its concerns carry what holds.

In how many random variations a state still holds is not followed again: only that the interval told fits the number
(Wilson 1927).
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from math import isclose, sqrt
from typing import Any

from detente.verification.findings import Finding, found
from detente.verification.outlooks import label
from detente.verification.packages import differing
from detente.verification.stability import DEFINITIONS, Judge
from detente.verification.worlds import Worlds

SURE = 1.959964  # standard deviations to either side that hold 95 % of a normal distribution
Told = Mapping[str, Any]


def check_robustness(worlds: Worlds, data: Told) -> Iterator[Finding]:
    """Yield what is found of an answer of `robustness`."""
    judge, states = worlds.judge(data["approach"]), data["states"]
    strange = [each["state"] for each in states if judge.world.states(each["state"]) != [each["state"]]]
    if strange or len({each["state"] for each in states}) < len(states):
        yield Finding("the states", "refused", f"{(strange or ['one'])[0]} is not a possible state, or stands twice")
        return
    firm = Firmness(worlds, data["approach"])
    for each in states:
        yield found(f"how firm {each['state']} is", firm.fault, each)
        yield found(f"shares of {each['state']}", _fault_in_shares, each["shares"], data["variations"]["number"])
    keys = [(sorted(each["freedom"].values(), reverse=True), -len(each["holds"])) for each in states]
    why = "" if keys == sorted(keys) else "the firmest do not stand first"
    yield Finding("the order of states", "refused" if why else "accepted", why)
    standing = [each["state"] for each in states if "Nash" in each["holds"]]
    yield found("the lines that carry what holds", _fault_in_inputs, judge, standing, data["inputs"])


class Firmness:
    """How firmly states stand under one approach; raises OverflowError where there are too many to list."""

    def __init__(self, worlds: Worlds, approach: str) -> None:
        self.worlds, self.approach = worlds, approach
        self.judge: Judge = worlds.judge(approach)
        self._classes: dict[str, list[Any]] = {}

    def _height(self, party: str, word: str) -> int:
        """Return how many classes of a party's ranking are worse than that of a state."""
        world = self.judge.world
        if party not in self._classes:
            worths = {world.worth(party, each) for each in self.worlds.survey(self.approach).states}
            self._classes[party] = sorted(worths)
        return bisect_left(self._classes[party], world.worth(party, word))

    def fault(self, told: Told) -> str:
        """Return what is wrong with what is told of a state; "" if nothing is."""
        word, judge = told["state"], self.judge
        parties = judge.world.case.party_ids
        freedom: dict[str, int] = {}
        swaps: dict[str, int | None] = {}
        for party in parties:
            here = self._height(party, word)
            reached = [self._height(party, end) for end in judge.world.moves(party, word)]
            best = max(reached, default=None)
            freedom[party] = 0 if best is None else 3 if best > here else 2 if here in reached else 1
            swaps[party] = None if best is None else 0 if best > here else max(1, here - best)
        derived = {
            "holds": [d for d in DEFINITIONS if all(judge.stable(d, party, word) for party in parties)],
            "freedom": freedom,
            "swaps to fall": swaps,
        }
        return differing({key: told[key] for key in derived}, derived)


def _fault_in_shares(told: Mapping[str, Told], number: int) -> str:
    """Check that each share is one of the variations that were tried, and its interval the one that it has."""
    if set(told) != set(DEFINITIONS):
        return f"the definitions are {', '.join(DEFINITIONS)}"
    for definition, share in told.items():
        held, of = share["held"], share["of"]
        if of != number or not 0 <= held <= of:
            return f"{definition}: {held:,} of {of:,} is no share of {number:,} variations"
        low, high = _interval(held, of)
        if not (isclose(share["from"], low, abs_tol=1e-12) and isclose(share["to"], high, abs_tol=1e-12)):
            return f"{definition}: the true share lies from {low:.3f} to {high:.3f}"
    return ""


def _interval(held: int, of: int) -> tuple[float, float]:
    """Return between which shares the true one lies with 95 % confidence: where the normal test does not reject it."""
    if not of:
        return 0.0, 1.0
    share, square = held / of, SURE**2
    root = SURE * sqrt(square + 4 * of * share * (1 - share))
    low, high = ((2 * held + square + sign * root) / (2 * (of + square)) for sign in (-1, 1))
    return max(0.0, low), min(1.0, high)


def _fault_in_inputs(judge: Judge, standing: Sequence[str], told: Sequence[Told]) -> str:
    """Check for every concern which states a party leaves once it is dropped, or swapped with a neighbour."""
    world, right = judge.world, list[dict[str, Any]]()
    for party in world.case.parties if standing else ():
        for place, concern in enumerate(party.concerns or ()):
            falling = [word for word in standing if _falls(judge, party.id, word, place)]
            right.append({"party": party.id, "place": place + 1, "line": label(concern), "falling": falling})
    order = world.case.party_ids.index
    right.sort(key=lambda each: (-len(each["falling"]), order(each["party"]), each["place"]))
    for n, line in enumerate(right):
        if n >= len(told) or dict(told[n]) != line:
            return f"the {line['place']}. concern of {line['party']} carries {', '.join(line['falling']) or 'nothing'}"
    return "" if len(told) == len(right) else "it tells of more lines than there are"


def _falls(judge: Judge, party: str, word: str, place: int) -> bool:
    """Return whether a party leaves a state where it orders its concerns otherwise, or has one fewer."""
    world = judge.world
    here = world.worth(party, word)
    orders = [[n for n in range(len(here)) if n != place]]
    for first in (place - 1, place):
        if 0 <= first < len(here) - 1:
            swapped = list(range(len(here)))
            swapped[first], swapped[first + 1] = first + 1, first
            orders.append(swapped)
    return any(
        tuple(world.worth(party, end)[n] for n in order) > tuple(here[n] for n in order)
        for order in orders
        for end in world.moves(party, word)
    )
