"""This module owns the stability definitions as a checker needs them: is this answer a sanction, is there any.

Fang, Hipel & Kilgour 1993, *Interactive Decision Making*, ch. 3 (Nash, GMR, SMR, SEQ); Rego & Vieira 2017 (SSEQ); joint
moves are legal sequences, in which nobody moves twice in a row.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any

from detente.verification.world import World

DEFINITIONS = ("Nash", "GMR", "SMR", "SEQ", "SSEQ")
CREDIBLE = ("SEQ", "SSEQ")
SYMMETRIC = ("SMR", "SSEQ")
MOST_STEPS = 400_000


class TooLongError(Exception):
    """A claim cannot be derived again: the search was not finished within its limit, or as the message says."""


class Judge:
    """What is stable in a world, found again from the definitions, one state at a time."""

    def __init__(self, world: World, conventions: Mapping[str, Any]) -> None:
        self.world = world
        self.ties = bool(conventions.get("ties sanction", True))
        self.returns = bool(conventions.get("return sanctions", True))
        self._known: dict[tuple[str, str, str], bool] = {}

    def improves(self, party: str, start: str, end: str) -> bool:
        """Whether a party prefers the end to the start."""
        return self.world.worth(party, end) > self.world.worth(party, start)

    def improvements(self, party: str, state: str) -> list[str]:
        """Return where one move of a party leads to a state it prefers."""
        return [end for end in self.world.moves(party, state) if self.improves(party, state, end)]

    def not_better(self, party: str, state: str, end: str) -> bool:
        """Whether an end is not preferred to the state: what deters a party from leaving it."""
        if self.improves(party, state, end):
            return False
        return self.ties or self.improves(party, end, state)

    def sanctions(self, definition: str, party: str, state: str, end: str) -> bool:
        """Whether an end deters a party from leaving a state, and (SMR, SSEQ) leaves it no escape."""
        if end == state and not self.returns:
            return False
        if not self.not_better(party, state, end):
            return False
        if definition not in SYMMETRIC:
            return True
        return all(self.not_better(party, state, z) for z in self.world.moves(party, end))

    def steps(self, definition: str, mover: str, state: str) -> Sequence[str]:
        """Return where a mover can go in answer: anywhere, or (SEQ, SSEQ) to what it prefers."""
        return self.improvements(mover, state) if definition in CREDIBLE else self.world.moves(mover, state)

    def answered(self, definition: str, party: str, state: str, improvement: str) -> bool:
        """Whether the others have any answer to an improvement; searches all legal sequences.

        Raises
        ------
        TooLongError
            When the search is not finished within its limit.
        """
        others = [other for other in self.world.case.party_ids if other != party]
        waiting = deque([(improvement, "")])
        seen = {(improvement, "")}
        for _ in range(MOST_STEPS):
            if not waiting:
                return False
            here, last = waiting.popleft()
            for mover in others:
                if mover == last:
                    continue
                for end in self.steps(definition, mover, here):
                    if self.sanctions(definition, party, state, end):
                        return True
                    if (end, mover) not in seen:
                        seen.add((end, mover))
                        waiting.append((end, mover))
        raise TooLongError

    def stable(self, definition: str, party: str, state: str) -> bool:
        """Whether a state is stable for a party: each of its improvements is answered."""
        key = definition, party, state
        if key not in self._known:
            self._known[key] = all(
                definition != "Nash" and self.answered(definition, party, state, end)
                for end in self.improvements(party, state)
            )
        return self._known[key]

    def fault_in_answer(self, definition: str, party: str, state: str, improvement: str, answer: Any) -> str:
        """Return what is wrong with an answer to an improvement, a path of (mover, state) steps; "" if nothing is."""
        if not isinstance(answer, list) or not answer:
            return f"the improvement {improvement} has no answer"
        here, last = improvement, party
        for step in answer:
            if not (isinstance(step, list | tuple) and len(step) == 2):
                return f"{step!r} is not a step of the form [party, state]"
            mover, end = step
            if mover == party or mover not in self.world.case.party_ids:
                return f"{mover} cannot answer {party}"
            if mover == last:
                return f"{mover} moves twice in a row"
            if end not in self.steps(definition, mover, here):
                kind = "an improvement" if definition in CREDIBLE else "a move"
                return f"{here} to {end} is not {kind} of {mover}"
            here, last = end, mover
        if not self.sanctions(definition, party, state, here):
            return f"{here} does not deter {party} from leaving {state}"
        return ""
