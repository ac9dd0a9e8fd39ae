"""This module owns where things can end if everybody goes on moving as long as that improves its own lot.

The ends are the states that nobody can improve on by moving (Nash), and the cycles: sets of states that improvements
never leave and in which they lead from each state to every other. A party may move again and again here; where moves
are transitive that reaches what legal sequences reach.

References
----------
Li, Kilgour & Hipel (2005), Status quo analysis in the graph model for conflict resolution, JORS 56, for the question;
the cycles are the terminal strongly connected components of the graph of improvements.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from detente.engine.interface import Game, StateSet
from detente.questions.reachability import union


@dataclass(frozen=True, slots=True)
class Endings:
    """Where improvements can end.

    Parameters
    ----------
    rest : StateSet
        The states in which nobody can improve.
    cycles : tuple of StateSet
        Each a set of two or more states that improvements never leave, nor come to rest in.
    """

    rest: StateSet
    cycles: tuple[StateSet, ...]

    def among(self, states: StateSet) -> "Endings":
        """Return the endings that lie in a set which improvements do not leave."""
        return Endings(self.rest & states, tuple(cycle for cycle in self.cycles if cycle & states))


def endings(game: Game, at_rest: StateSet) -> Endings:
    """Return where improvements can end.

    Parameters
    ----------
    game : Game
    at_rest : StateSet
        The states in which nobody can improve (the Nash equilibria).
    """
    return Endings(at_rest, tuple(_cycles(game, ~_closed(game, at_rest, backward=True))))


def _cycles(game: Game, restless: StateSet) -> Iterator[StateSet]:
    """Yield the smallest sets that improvements do not leave, among states from which none comes to rest."""
    while restless:
        inside = _closed(game, game.only(restless.first(1)))
        while outside := inside - _closed(game, game.only(inside.first(1)), backward=True):
            inside = _closed(game, game.only(outside.first(1)))
        yield inside
        restless = restless - _closed(game, inside, backward=True)


def _closed(game: Game, states: StateSet, backward: bool = False) -> StateSet:
    """Return the states with all that improvements lead to from them (backward: that lead to them)."""
    step = game.origins if backward else game.image
    found = new = states
    while new:
        new = union([step(party, new, True) for party in range(game.parties)]) - found
        found = found | new
    return found
