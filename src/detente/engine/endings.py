"""This module owns where improvement dynamics can end: the states where they rest, pause, or go round for ever.

One party after another makes an improvement, nobody twice in a row, for as long as somebody can. What can happen next
depends on the state and on who moved last, so the ends are the terminal strongly connected components of the graph of
improvements on (state, last mover): sets of such pairs that lead only to each other. There are three kinds.

- A *rest* is a state in which nobody can improve: a Nash state.
- A *pause* is a state that only the party that has just moved could improve on. It may not move twice in a row, and
  nobody else wants to move. Where moves are transitive the party could have gone on to the better state at once.
- A *cycle* is a set of pairs among which the parties go on improving for ever, and which they cannot leave.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from detente.engine.interface import Definition, Game, StateSet
from detente.engine.search import NOBODY, layers

Nodes = dict[int, StateSet]  # for every last mover, states; empty sets are left out


@dataclass(frozen=True, slots=True)
class Endings:
    """Where improvement dynamics can end.

    Parameters
    ----------
    rests : StateSet
        Nash states.
    pauses : dict from party to StateSet
        For each party, the states that only it could improve on, when it has just moved there.
    cycles : tuple of dicts from party to StateSet
        Each a set of pairs (last mover, state) that is never left, with an improvement from each.
    """

    rests: StateSet
    pauses: Nodes
    cycles: tuple[Nodes, ...]

    def cycle_states(self, number: int) -> StateSet:
        """Return the states of one cycle, whoever moved last."""
        return reduce(or_, self.cycles[number].values())


def endings(game: Game, start: int | None = None, parties: Sequence[int] | None = None) -> Endings:
    """Find where improvement dynamics can end.

    Parameters
    ----------
    game : Game
        The game.
    start : int, optional
        The state they start from; all states where None.
    parties : sequence of int, optional
        Who moves; everybody where None.
    """
    movers = range(game.parties) if parties is None else parties
    nodes = _everywhere(game, movers) if start is None else _from(game, start, movers)
    nash = reduce(and_, (game.stable(party, Definition.NASH) for party in movers), game.feasible())
    dead: Nodes = {}
    for last, states in nodes.items():
        others = (game.stable(party, Definition.NASH) for party in movers if party != last)
        if stuck := reduce(and_, others, states):
            dead[last] = stuck
    rests = reduce(or_, (states & nash for states in dead.values()), game.none())
    pauses = {last: paused for last, states in dead.items() if (paused := states - nash)}
    going_on = _less(nodes, _backwards(game, dead, nodes, movers))
    cycles = []
    while going_on:
        cycle = _terminal(game, going_on, movers)
        cycles.append(cycle)
        going_on = _less(going_on, _backwards(game, cycle, going_on, movers))
    return Endings(rests, pauses, tuple(cycles))


def _everywhere(game: Game, movers: Sequence[int]) -> Nodes:
    """Return all pairs: every state before anybody moved, and what each party can improve to."""
    everything = game.feasible()
    nodes = {NOBODY: everything}
    nodes.update({party: game.image(party, everything, improving=True) for party in movers})
    return {last: states for last, states in nodes.items() if states}


def _from(game: Game, start: int, movers: Sequence[int]) -> Nodes:
    """Return the pairs that improvements reach from a state before anybody moved, that pair included."""
    nodes: Nodes = {}
    for layer in layers(game, start, movers, improving=True):
        nodes = _joined(nodes, layer)
    return nodes


def _terminal(game: Game, nodes: Nodes, movers: Sequence[int]) -> Nodes:
    """Return one terminal component among nodes that no move leaves.

    From any node, look at all that can be reached. If the node can be got back to from everywhere there, that is a
    component, and terminal. Else go on from one of those from where it cannot: what that one reaches is smaller.
    """
    last, states = next(iter(nodes.items()))
    node: Nodes = {last: game.only(states.first(1))}
    while True:
        ahead = _forwards(game, node, movers)
        astray = _less(ahead, _backwards(game, node, ahead, movers))
        if not astray:
            # The node itself belongs to it only if it is come back to: every node here can be left, so it is.
            return ahead
        last, states = next(iter(astray.items()))
        node = {last: game.only(states.first(1))}


def _forwards(game: Game, nodes: Nodes, movers: Sequence[int]) -> Nodes:
    """Return the nodes that one or more improvements reach."""
    found: Nodes = {}
    latest = nodes
    while latest:
        reached = {}
        for mover in movers:
            sources = [states for last, states in latest.items() if last != mover]
            if sources:
                reached[mover] = game.image(mover, reduce(or_, sources), improving=True)
        latest = _less(reached, found)
        found = _joined(found, latest)
    return found


def _backwards(game: Game, goal: Nodes, among: Nodes, movers: Sequence[int]) -> Nodes:
    """Return the nodes among the given ones from which improvements lead into the goal, the goal's own included."""
    found = {last: hit for last, states in goal.items() if last in among and (hit := states & among[last])}
    latest = found
    while latest:
        sources = {mover: game.origins(mover, states, True) for mover, states in latest.items() if mover in movers}
        reached = {}
        for last, states in among.items():
            origins = [origin for mover, origin in sources.items() if mover != last]
            if origins:
                reached[last] = states & reduce(or_, origins)
        latest = _less(reached, found)
        found = _joined(found, latest)
    return found


def _joined(left: Nodes, right: Mapping[int, StateSet]) -> Nodes:
    return {
        last: left[last] | right[last]
        if last in left and last in right
        else left[last]
        if last in left
        else right[last]
        for last in {**left, **right}
    }


def _less(left: Nodes, right: Nodes) -> Nodes:
    left = {last: states - right[last] if last in right else states for last, states in left.items()}
    return {last: states for last, states in left.items() if states}
