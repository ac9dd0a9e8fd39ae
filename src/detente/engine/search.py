"""This module owns searches over what can happen move by move, on top of `Game`: layers, shortest paths, sanctions.

Moves alternate: nobody moves twice in a row (a *legal sequence*). Whether a state can be left therefore depends on who
moved last, and the searches run over pairs (state, last mover), a set of states for every last mover at a time.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import islice
from operator import or_

from detente.engine.interface import Definition, Game, StateSet

NOBODY = -1  # the last mover where nobody has moved yet
Nodes = Mapping[int, StateSet]  # for every last mover, states
Path = tuple[tuple[int, int], ...]  # (party, state it moves to), in order


@dataclass(frozen=True, slots=True)
class Paths:
    """All shortest legal paths to a target.

    Parameters
    ----------
    length : int or None
        How many moves they take; None where the target cannot be reached.
    count : int
        How many there are, exactly.
    paths : tuple of Path
        The first of them, in the order of parties and states.
    """

    length: int | None
    count: int
    paths: tuple[Path, ...]


def layers(
    game: Game,
    start: int,
    parties: Sequence[int],
    improving: bool = False,
    within: StateSet | None = None,
    limit: int | None = None,
) -> Iterator[Nodes]:
    """Yield what is first reached by 0, 1, 2, ... moves of the parties, nobody moving twice in a row.

    Parameters
    ----------
    game : Game
        The game.
    start : int
        The state to start from; nobody has moved yet.
    parties : sequence of int
        Who may move.
    improving : bool
        Every move is to improve on the state it starts from, for the party that makes it.
    within : StateSet, optional
        The states that may be passed or reached (the start need not be among them).
    limit : int, optional
        How many moves at most.

    Yields
    ------
    mapping from party to StateSet
        The states that are reached for the first time with this party as the last mover; the start is under `NOBODY`.
        A state can appear again in a later layer, under another last mover.
    """
    layer: Nodes = {NOBODY: game.only([start])}
    seen: dict[int, StateSet] = {party: game.none() for party in parties}
    moves = 0
    while layer:
        yield layer
        if moves == limit:
            return
        layer = _step(game, layer, parties, improving, within, seen)
        for party, states in layer.items():
            seen[party] = seen[party] | states
        moves += 1


def _step(
    game: Game,
    nodes: Nodes,
    parties: Sequence[int],
    improving: bool,
    within: StateSet | None = None,
    seen: Nodes | None = None,
) -> dict[int, StateSet]:
    """Return where one more legal move leads from any of the nodes, leaving out what has been seen and empty sets."""
    reached = {}
    for party in parties:
        sources = _union(game, [states for last, states in nodes.items() if last != party])
        states = game.image(party, sources, improving) if sources else sources
        if within is not None:
            states = states & within
        if seen is not None:
            states = states - seen[party]
        if states:
            reached[party] = states
    return reached


def _union(game: Game, sets: Sequence[StateSet]) -> StateSet:
    return reduce(or_, sets, game.none())


def reachable(
    game: Game,
    start: int,
    parties: Sequence[int],
    improving: bool = False,
    within: StateSet | None = None,
    limit: int | None = None,
) -> StateSet:
    """Return all states that legal sequences of the parties reach from a state, itself included; see `layers`."""
    found = layers(game, start, parties, improving, within, limit)
    return reduce(or_, (states for layer in found for states in layer.values()), game.none())


def shortest_paths(
    game: Game,
    start: int,
    targets: StateSet,
    parties: Sequence[int],
    improving: bool = False,
    within: StateSet | None = None,
    limit: int = 100,
) -> Paths:
    """Find all shortest legal paths from a state into a set of states.

    Parameters
    ----------
    game, start, parties, improving, within
        See `layers`.
    targets : StateSet
        Where to get; if the start is among them, the one path is empty.
    limit : int
        How many paths are written out; all are counted.
    """
    found: list[Nodes] = []
    for layer in layers(game, start, parties, improving, within):
        found.append(layer)
        arrived = {party: hit for party, states in layer.items() if (hit := states & targets)}
        if arrived:
            break
    else:
        return Paths(None, 0, ())
    # Backwards: the nodes of each layer from which a shortest path goes on. None of them lies in an earlier layer too,
    # for then there would be a shorter path.
    useful = [arrived]
    for layer in reversed(found[:-1]):
        useful.append(_leading(game, layer, useful[-1], improving))
    useful.reverse()
    paths = islice(_paths(game, useful, improving, start), limit)
    return Paths(len(useful) - 1, _count(game, useful, improving), tuple(paths))


def _leading(game: Game, layer: Nodes, following: Nodes, improving: bool) -> dict[int, StateSet]:
    """Return the nodes of a layer from which a legal move leads to one of the following ones."""
    sources = {mover: game.origins(mover, states, improving) for mover, states in following.items()}
    return {
        last: leading
        for last, states in layer.items()
        if (leading := states & _union(game, [origin for mover, origin in sources.items() if mover != last]))
    }


def _following(game: Game, goals: Nodes, improving: bool, node: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Yield the legal moves from a node (last mover, state) to one of the goals."""
    last, state = node
    for mover in sorted(goals):
        if mover != last:
            moves = game.improvements(mover, state) if improving else game.moves(mover, state)
            for target in moves & goals[mover]:
                yield mover, target


def _count(game: Game, useful: Sequence[Nodes], improving: bool) -> int:
    """Count the paths, from the last layer to the first."""
    counts = {(last, state): 1 for last, states in useful[-1].items() for state in states}
    for layer, following in zip(reversed(useful[:-1]), reversed(useful[1:]), strict=True):
        onwards: dict[tuple[int, int], int] = {}  # the paths that go on from a state with a move of a party
        for state in _union(game, list(layer.values())):
            for mover, goals in following.items():
                moves = game.improvements(mover, state) if improving else game.moves(mover, state)
                onwards[mover, state] = sum(counts[mover, target] for target in moves & goals)
        counts = {
            (last, state): sum(onwards[mover, state] for mover in following if mover != last)
            for last, states in layer.items()
            for state in states
        }
    return sum(counts.values())


def _paths(game: Game, useful: Sequence[Nodes], improving: bool, start: int) -> Iterator[Path]:
    """Yield the paths, depth first and without recursion (they can be long)."""
    length = len(useful) - 1
    if not length:
        yield ()
        return
    steps: list[tuple[int, int]] = []
    stack = [_following(game, useful[1], improving, (NOBODY, start))]
    while stack:
        step = next(stack[-1], None)
        if step is None:
            stack.pop()
            if steps:
                steps.pop()
        elif len(steps) == length - 1:
            yield (*steps, step)
        else:
            steps.append(step)
            stack.append(_following(game, useful[len(steps) + 1], improving, step))


def sanction_path(game: Game, party: int, state: int, improvement: int, definition: Definition) -> Path | None:
    """Return the shortest answer of the others to an improvement, None where nothing sanctions it.

    The others move by legal sequences, for SEQ and SSEQ by improvements only, until the state is one that the party
    does not prefer to the one it left, and for SMR and SSEQ cannot escape from.

    Parameters
    ----------
    game : Game
        The game, with its conventions.
    party, state, improvement : int
        Who left which state for which other one.
    definition : Definition
        Nash knows no answers: None.

    References
    ----------
    Fang, Hipel & Kilgour (1993), Interactive Decision Making; SSEQ: Rego & Vieira (2017).
    """
    opponents = [other for other in range(game.parties) if other != party]
    credible = definition in (Definition.SEQ, Definition.SSEQ)
    answers = game.sanctions(party, state, definition)
    found = shortest_paths(game, improvement, answers, opponents, credible, limit=1)
    return found.paths[0] if found.paths else None
