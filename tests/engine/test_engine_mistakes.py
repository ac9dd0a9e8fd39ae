"""The comparison with the definitions catches the classic mistakes: each, made on purpose, shows on random cases."""

from collections.abc import Collection

import pytest
from random_cases import CONVENTIONS, GRAPHS, OPTION_FORM, Dispute, dispute, verdicts

from detente.engine.graph import GraphGame
from detente.engine.interface import Definition
from detente.engine.reference import Choice, Reference

KINDS = OPTION_FORM + GRAPHS


def cases() -> list[Dispute]:
    """Return cases of every kind, with three parties or more, so that opponents can act together."""
    return [
        dispute(seed, KINDS[seed % len(KINDS)], 3 + seed % 2, 3 + seed % 3, CONVENTIONS[(seed // len(KINDS)) % 4])
        for seed in range(200)
    ]


class EachOpponentOnce(Reference):
    """Every opponent moves at most once in an answer."""

    def joint(self, coalition: Collection[int], state: int, improving: bool) -> set[int]:
        step = self.improvements if improving else self.moves
        found = set()
        for mover in coalition:
            for there in step(mover, state):
                found |= {there} | self.joint([other for other in coalition if other != mover], there, improving)
        return found


class OneMoveSanctions(Reference):
    """An answer is a single move of a single opponent."""

    def joint(self, coalition: Collection[int], state: int, improving: bool) -> set[int]:
        step = self.improvements if improving else self.moves
        return set().union(*(step(mover, state) for mover in coalition))


class SameMoverTwice(Reference):
    """A party may move twice in a row: plain reachability."""

    def joint(self, coalition: Collection[int], state: int, improving: bool) -> set[int]:
        step = self.improvements if improving else self.moves
        found: set[int] = set()
        waiting = {state}
        while waiting:
            waiting = set().union(*(step(mover, here) for here in waiting for mover in coalition)) - found
            found |= waiting
        return found


class TiesAreImprovements(Reference):
    """A move to an equally good state counts as an improvement."""

    def improvements(self, party: int, state: int) -> set[int]:
        u = self.utility[party]
        return {t for t in self.moves(party, state) if u[t] >= u[state]}


class DirectionIgnored(Reference):
    """Every option can be changed both ways."""

    def may_become(self, party: int, here: Choice, there: Choice) -> bool:
        return all(
            a == b for a, b, owner in zip(here, there, self.space.owners, strict=True) if owner not in (party, -1)
        )


class LastImprovementWins(Reference):
    """Only the improvement looked at last decides."""

    def is_stable(self, party: int, state: int, definition: Definition) -> bool:
        improvements = self.improvements(party, state)
        if definition is Definition.NASH or not improvements:
            return not improvements
        opponents = [other for other in self.parties if other != party]
        credible = definition in (Definition.SEQ, Definition.SSEQ)
        return bool(self.joint(opponents, max(improvements), credible) & self.answers(party, state, definition))


class AnyAnswerIsCredible(Reference):
    """SEQ and SSEQ ask no more of the opponents than GMR and SMR."""

    def joint(self, coalition: Collection[int], state: int, improving: bool) -> set[int]:
        return super().joint(coalition, state, False)


class NoEscape(Reference):
    """SMR and SSEQ do not look at what the party can still do."""

    def answers(self, party: int, state: int, definition: Definition) -> set[int]:
        return super().answers(party, state, Definition.GMR)


class TiesAlwaysSanction(Reference):
    """The convention on ties is not heeded."""

    def phi(self, party: int, state: int) -> set[int]:
        return {t for t in range(len(self.states)) if self.utility[party][t] <= self.utility[party][state]}


class ReturnsAlwaysSanction(Reference):
    """The convention on returns is not heeded."""

    def answers(self, party: int, state: int, definition: Definition) -> set[int]:
        answers = super().answers(party, state, definition)
        if state in self.phi(party, state) and (
            definition in (Definition.GMR, Definition.SEQ) or self.moves(party, state) <= self.phi(party, state)
        ):
            answers = answers | {state}
        return answers


class DefinedOptionsBlock(Reference):
    """A contract's option counts as one that nobody may change."""

    def may_become(self, party: int, here: Choice, there: Choice) -> bool:
        return super().may_become(party, here, there) and all(
            a == b for a, b, owner in zip(here, there, self.space.owners, strict=True) if owner == -1
        )


MISTAKES = [
    EachOpponentOnce,
    OneMoveSanctions,
    SameMoverTwice,
    TiesAreImprovements,
    DirectionIgnored,
    LastImprovementWins,
    AnyAnswerIsCredible,
    NoEscape,
    TiesAlwaysSanction,
    ReturnsAlwaysSanction,
    DefinedOptionsBlock,
]


@pytest.fixture(scope="module")
def solved() -> list[tuple[Dispute, dict[tuple[int, str], list[int]]]]:
    return [(case, verdicts(case.game(GraphGame))) for case in cases()]


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_shows(
    mistake: type[Reference], solved: list[tuple[Dispute, dict[tuple[int, str], list[int]]]]
) -> None:
    assert any(verdicts(case.reference(mistake)) != expected for case, expected in solved)


def test_without_a_mistake_nothing_shows(solved: list[tuple[Dispute, dict[tuple[int, str], list[int]]]]) -> None:
    assert all(verdicts(case.reference()) == expected for case, expected in solved)


if __name__ == "__main__":  # how many of the cases show each mistake
    known = [(case, verdicts(case.game(GraphGame))) for case in cases()]
    for wrong in MISTAKES:
        print(wrong.__name__, sum(verdicts(case.reference(wrong)) != expected for case, expected in known))
