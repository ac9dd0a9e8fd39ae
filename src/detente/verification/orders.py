"""This module owns the check of orders in which contradictory demands can be met one after the other: that all are
told, that the moves of each are legal and as good as can be, and that an order which is said to fail does.

A demand is to be met from its `from time` on and up to its `by time`. Demands that are met at one time form a stage. An
order leads by legal moves from today to a state that meets the first stage, from there to one that meets the next; of
all ways through it, one is told that has the most stages reached by improving moves alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, product
from typing import Any

from detente.model.case import Demand
from detente.verification.packages import differing
from detente.verification.stability import Judge, TooLongError
from detente.verification.survey import MOST_COMBINED
from detente.verification.worlds import WAYS, Worlds

MOST_STAGES = 5
MOST_TIMED = 10
GAINS = ("loses", "neither", "gains")
Told = Mapping[str, Any]
Stages = tuple[frozenset[str], ...]


class Orders:
    """Orders of the demands of a case under one approach.

    Parameters
    ----------
    demands : mapping from id to Demand
    """

    def __init__(self, worlds: Worlds, approach: str, demands: Mapping[str, Demand]) -> None:
        self.worlds, self.approach, self.demands = worlds, approach, demands
        self.judge: Judge = worlds.judge(approach)
        self.world = self.judge.world
        self._onward: dict[tuple[frozenset[str], bool], frozenset[str]] = {}

    def fault(self, ids: Sequence[str], told: Sequence[Told] | None) -> str:
        """Return what is wrong with the orders that are told for contradictory demands; "" if nothing is."""
        if self.world.today is None or len(ids) < 2:
            return "there is no order to tell" if told else ""
        if not told:
            return "the orders in turn are not told"
        stages = [tuple(map(frozenset, each["order"])) for each in told]
        if any(sum(map(len, each["order"])) != len(ids) for each in told) or len(set(stages)) < len(stages):
            return "an order has a demand twice, or stands twice"
        if any(frozenset().union(*order) != frozenset(ids) for order in stages):
            return "an order is of other demands"
        if fault := self._fault_in_list(ids, stages):
            return fault
        for order, each in zip(stages, told, strict=True):
            if fault := self._fault_in_order(order, each):
                return f"{_said(order)}: {fault}"
        keys = [(not e["possible"], len(e.get("assure", ())), sum(map(len, e.get("stages", ())))) for e in told]
        return "" if keys == sorted(keys) else "orders by which fewer lose do not stand first"

    def _fault_in_list(self, ids: Sequence[str], stages: Sequence[Stages]) -> str:
        """Check that each demand is put last, and first; and that the fewest stages that fit the times are told."""
        whole = frozenset(ids)
        right: set[Stages] = {(whole - {id}, frozenset({id})) for id in ids}
        right |= {(frozenset({id}), whole - {id}) for id in ids}
        if missing := right - set(stages):
            return f"{_said(min(missing, key=_said))} is not told"
        more = [order for order in stages if order not in right]
        fewest = self._fewest(ids)
        if len(more) > 1 or any(not self._timed(order) or len(order) > fewest for order in more):
            return f"{_said(more[0])} does not fit the times in the fewest stages"
        fits = any(self._timed(order) and len(order) == fewest for order in stages)
        return "" if fewest == 1 or fits else "the order with the fewest stages that fits the times is not told"

    def _fewest(self, ids: Sequence[str]) -> int:
        """Return in how few stages demands can be met by their times: the most of which no two share a time."""
        if len(ids) > MOST_TIMED:
            raise TooLongError("there are too many demands to try every order of them")

        def apart(some: Sequence[str]) -> bool:
            return all(not self._shared(pair) for pair in combinations(some, 2))

        return max(size for size in range(1, len(ids) + 1) for some in combinations(ids, size) if apart(some))

    def _window(self, ids: Sequence[str]) -> tuple[Fraction | None, Fraction | None]:
        """Return from when to when some demands can all be met; None for no bound."""
        lows = [low for id in ids if (low := self.demands[id].from_time) is not None]
        highs = [high for id in ids if (high := self.demands[id].by_time) is not None]
        return max(lows, default=None), min(highs, default=None)

    def _shared(self, ids: Sequence[str]) -> bool:
        """Return whether there is a time at which some demands can all be met."""
        low, high = self._window(ids)
        return low is None or high is None or low <= high

    def _timed(self, order: Stages) -> bool:
        """Return whether there are times for the stages, each after the one before."""
        earliest: Fraction | None = None  # every stage is to be later than that
        for number, stage in enumerate(order):
            if not self._shared(sorted(stage)):
                return False
            low, high = self._window(sorted(stage))
            if number and earliest is not None and high is not None and high <= earliest:
                return False
            earliest = low if earliest is None or (low is not None and low > earliest) else earliest
        return True

    def _fault_in_order(self, order: Stages, told: Told) -> str:
        timed = self._timed(order) and len(order) <= MOST_STAGES
        most = self._most_improving(order) if timed else None
        if told["possible"] is not (most is not None):
            return "it is possible" if most is not None else "it is not possible"
        if most is None:
            return "" if not {"stages", "assure"} & set(told) else "it is told how to do what is not possible"
        if len(told.get("stages", ())) != len(order):
            return "it does not tell the moves to each stage"
        here, losing, improving = self.world.today or "", list[str](), 0
        for stage, leg in zip(order, told["stages"], strict=True):
            fault, here = self._walked(here, leg)
            if fault:
                return fault
            unmet = [id for id in sorted(stage) if not self._meets(id, here)]
            if unmet:
                return f"{here} does not meet {unmet[0]!r}"
            losing += [step["party"] for step in leg if step["mover"] == "loses"]
            improving += all(step["mover"] == "gains" for step in leg)
        if told.get("assure") != list(dict.fromkeys(losing)):
            return f"{', '.join(dict.fromkeys(losing)) or 'nobody'} would lose by a step of its own"
        return "" if improving == most else f"{most} of its stages can be reached by improving moves alone"

    def _meets(self, id: str, word: str) -> bool:
        that = self.demands[id].that
        return self.world.holds(self.world.reading(that.text, that.party), word)

    def _walked(self, here: str, leg: Sequence[Told]) -> tuple[str, str]:
        """Check the moves to one stage; return what is wrong with them, and where they lead."""
        world, last = self.world, ""
        for step in leg:
            party, end = step["party"], step["state"]
            if party == last or party not in world.case.party_ids or end not in world.moves(party, here):
                return f"{here} to {end} is no legal move of {party}", here
            gain = (world.worth(party, end) > world.worth(party, here)) - (
                world.worth(party, end) < world.worth(party, here)
            )
            derived = {"mover": GAINS[1 + gain], "below today": self._below(end)}
            if fault := differing({key: step[key] for key in derived}, derived):
                return f"the step of {party} to {end}: {fault}", here
            here, last = end, party
        return "", here

    def _below(self, word: str) -> list[str]:
        world, today = self.world, self.world.today or ""
        at_table = [party for party in world.case.party_ids if party in world.judged.at_table]
        return [p for p in at_table if world.worth(p, word, own=True) < world.worth(p, today, own=True)]

    def _most_improving(self, order: Stages) -> int | None:
        """Return how many stages improving moves alone can reach at most on a way through all; None without a way."""
        found = list(self._ways(order))
        return max(found, default=None)

    def _ways(self, order: Stages) -> Iterator[int]:
        for improving in product((True, False), repeat=len(order)):
            way = 1 if improving[0] else len(WAYS) - 1
            reached = self.worlds.reached(self.approach, way)
            here = self._meeting(order[0], reached)
            for stage, kind in zip(order[1:], improving[1:], strict=True):
                here = self._meeting(stage, self._reached(here, kind))
            if here:
                yield sum(improving)

    def _meeting(self, stage: frozenset[str], words: frozenset[str]) -> frozenset[str]:
        return frozenset(word for word in words if all(self._meets(id, word) for id in stage))

    def _reached(self, starts: frozenset[str], improving: bool) -> frozenset[str]:
        """Return what legal sequences reach from any of some states: by improving moves, or by any."""
        if (starts, improving) not in self._onward:
            judge, parties = self.judge, self.world.case.party_ids
            seen = {(start, "") for start in starts}
            waiting = list(seen)
            while waiting:
                here, last = waiting.pop()
                for mover in parties:
                    if mover == last:
                        continue
                    ends = judge.improvements(mover, here) if improving else self.world.moves(mover, here)
                    fresh = {(end, mover) for end in ends} - seen
                    seen |= fresh
                    waiting += fresh
                if len(seen) > MOST_COMBINED:
                    raise TooLongError
            self._onward[starts, improving] = frozenset(word for word, _ in seen)
        return self._onward[starts, improving]


def _said(order: Stages) -> str:
    return ", then ".join(" and ".join(sorted(stage)) for stage in order)
