"""This module owns whether single states hold by themselves under many preferences, in games too large to list.

Where a party can move from one state is a small set however many states there are, for it changes the party's own
options only. So whether it could gain under some preferences is decided statement by statement within that set, and
what the others want is not looked at.
"""

from collections.abc import Sequence
from fractions import Fraction

from detente.engine.interface import Game, StateSet
from detente.errors import NotAvailableError
from detente.model.statements import Tree
from detente.preferences.wants import Ladder, Ranks, Want, Weighted

MOST_KEPT = 1 << 16  # answers about a party, a state and a preference


class Alone:
    """Single states of a game, and who would leave them under which preferences.

    Parameters
    ----------
    game : Game
    """

    def __init__(self, game: Game) -> None:
        self.game = game
        self._moves: dict[tuple[int, int], StateSet] = {}
        self._where: dict[Tree, StateSet] = {}
        self._kept: dict[tuple[int, int, Want], bool] = {}

    def stands(self, state: int, wants: Sequence[Want]) -> bool:
        """Return whether nobody could gain by moving from a state if the parties wanted this (Nash)."""
        return not any(self.leaves(party, state, want) for party, want in enumerate(wants))

    def leaves(self, party: int, state: int, want: Want) -> bool:
        """Return whether a party could gain by moving from a state if it wanted this."""
        key = party, state, want
        if key not in self._kept:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[key] = self._leaves(party, state, want)
        return self._kept[key]

    def moves(self, party: int, state: int) -> StateSet:
        """Return where one move of a party leads from a state."""
        key = party, state
        if key not in self._moves:
            self._moves[key] = self.game.moves(party, state)
        return self._moves[key]

    def _leaves(self, party: int, state: int, want: Want) -> bool:
        moves = self.moves(party, state)
        if isinstance(want, Ranks):
            raise NotAvailableError("preferences are varied by concerns or weights, not by a ranking of all states")
        if isinstance(want, Ladder):
            return self._climbs(moves, state, want)
        return self._gains(moves, state, want)

    def _where_true(self, statement: Tree) -> StateSet:
        if statement not in self._where:
            self._where[statement] = self.game.where(statement)
        return self._where[statement]

    def _climbs(self, moves: StateSet, state: int, want: Ladder) -> bool:
        """Return whether a move keeps all statements that hold, up to one that fails in the state and holds after."""
        for statement in want.statements:
            if not moves:
                return False
            true = moves & self._where_true(statement)
            if state in self._where_true(statement):
                moves = true
            elif true:
                return True
        return False

    def _gains(self, moves: StateSet, state: int, want: Weighted) -> bool:
        """Return whether a move makes more true by weight; parts that cannot reach the state's worth are not opened."""
        pairs = sorted(zip(want.amounts, want.statements, strict=True), key=lambda pair: -abs(pair[0]))
        met = (amount for amount, statement in pairs if state in self._where_true(statement))
        worth = sum(met, Fraction(0))
        gains = [max(amount, Fraction(0)) for amount, _ in pairs]
        most = [sum(gains[place:], Fraction(0)) for place in range(len(pairs) + 1)]
        waiting = [(moves, 0, Fraction(0))]
        while waiting:
            part, place, sure = waiting.pop()
            if sure + most[place] <= worth or not part:
                continue
            if place == len(pairs):
                return True
            amount, statement = pairs[place]
            true = part & self._where_true(statement)
            parts = [(true, place + 1, sure + amount), (part - true, place + 1, sure)]
            waiting += parts if amount < 0 else reversed(parts)  # what is worth more is opened first
        return False

    def freedom(self, party: int, state: int) -> int:
        """Return how free a party is to leave: 0 no move, 1 to worse states only, 2 to an equal one, 3 to a better."""
        moves = self.moves(party, state)
        if not moves:
            return 0
        if moves & self.game.better(party, state):
            return 3
        return 2 if moves & self.game.better(party, state, equal=True) else 1

    def best(self, party: int, state: int) -> int | None:
        """Return a state that is best for a party among those that it can move to; None where it has no move."""
        left, best = self.moves(party, state), None
        while left:
            best = left.first(1)[0]
            left = left & self.game.better(party, best)
        return best
