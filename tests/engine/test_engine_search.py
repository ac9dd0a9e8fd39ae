"""Layers, shortest paths, sanctions as paths and endings, against searches with plain sets on the same cases."""

from itertools import product
from random import Random

from hypothesis import given, settings
from random_cases import COMPARISONS, GRAPHS, OPTION_FORM, Dispute, disputes

from detente.engine.cube import CubeGame
from detente.engine.endings import Endings, endings
from detente.engine.graph import GraphGame
from detente.engine.interface import Definition, Game, Space
from detente.engine.reference import Reference
from detente.engine.search import NOBODY, Path, layers, reachable, sanction_path, shortest_paths
from detente.model.case import Conventions
from detente.preferences import Ranks

SOME = settings(max_examples=COMPARISONS // 4)
ALL = OPTION_FORM[:3] + GRAPHS


def game_of(case: Dispute) -> Game:
    return case.game(CubeGame if case.kind in OPTION_FORM else GraphGame)


def steps(oracle: Reference, movers: list[int], improving: bool, node: tuple[int, int]) -> list[tuple[int, int]]:
    """Return the nodes (last mover, state) that one legal move reaches."""
    last, state = node
    step = oracle.improvements if improving else oracle.moves
    return [(mover, t) for mover in movers if mover != last for t in sorted(step(mover, state))]


def distances(oracle: Reference, start: int, movers: list[int], improving: bool) -> dict[tuple[int, int], int]:
    """Return in how many moves each node is first reached."""
    found, waiting = {(NOBODY, start): 0}, [(NOBODY, start)]
    for node in waiting:
        for following in steps(oracle, movers, improving, node):
            if following not in found:
                found[following] = found[node] + 1
                waiting.append(following)
    return found


@SOME
@given(disputes(ALL))
def test_layers_are_those_of_a_search_on_state_and_last_mover(case: Dispute) -> None:
    game, oracle, random = game_of(case), case.reference(), Random(3)
    if not oracle.states:
        return
    movers = [party for party in range(game.parties) if random.random() < 0.8]
    for start, improving in product(range(min(3, len(oracle.states))), (False, True)):
        expected = distances(oracle, start, movers, improving)
        found = {
            (last, state): moves
            for moves, layer in enumerate(layers(game, start, movers, improving))
            for last, states in layer.items()
            for state in states
        }
        assert found == expected
        assert set(reachable(game, start, movers, improving)) == {state for _, state in expected}
        nearer = {state for (_, state), moves in expected.items() if moves <= 1}
        assert set(reachable(game, start, movers, improving, limit=1)) == nearer


@SOME
@given(disputes(ALL))
def test_all_shortest_paths_are_found_and_counted(case: Dispute) -> None:
    game, oracle, random = game_of(case), case.reference(), Random(4)
    if not oracle.states:
        return
    movers, states = list(range(game.parties)), range(len(oracle.states))
    for improving in (False, True):
        start, targets = random.choice(states), set(random.sample(states, min(2, len(states))))
        arrivals = [moves for (_, s), moves in distances(oracle, start, movers, improving).items() if s in targets]
        found = shortest_paths(game, start, game.only(sorted(targets)), movers, improving, limit=10**6)
        if not arrivals:
            assert (found.length, found.count, found.paths) == (None, 0, ())
            continue
        expected: list[Path] = [()]
        for _ in range(min(arrivals)):
            expected = [
                (*path, step)
                for path in expected
                for step in steps(oracle, movers, improving, path[-1] if path else (NOBODY, start))
            ]
        expected = [path for path in expected if (path[-1][1] if path else start) in targets]
        assert list(found.paths) == sorted(expected)
        assert (found.length, found.count) == (min(arrivals), len(expected))
        assert len(shortest_paths(game, start, game.only(sorted(targets)), movers, improving, limit=1).paths) == 1


@SOME
@given(disputes(ALL))
def test_paths_stay_within_the_allowed_states(case: Dispute) -> None:
    game, random = game_of(case), Random(6)
    states, movers = game.feasible().first(), range(game.parties)
    if not states:
        return
    start, target = random.choice(states), random.choice(states)
    within = game.only([state for state in states if random.random() < 0.7])
    found = shortest_paths(game, start, game.only([target]), movers, within=within)
    assert all(state in within for path in found.paths for _, state in path)
    allowed = reachable(game, start, movers, within=within)
    assert (found.length is not None) == (target in allowed)


@SOME
@given(disputes(ALL))
def test_a_state_is_stable_where_every_improvement_has_a_sanction_path(case: Dispute) -> None:
    game, oracle = game_of(case), case.reference()
    for party, definition in product(range(game.parties), Definition):
        credible = definition in (Definition.SEQ, Definition.SSEQ)
        stable = game.stable(party, definition)
        for state in game.feasible().first(8):
            paths = {t: sanction_path(game, party, state, t, definition) for t in game.improvements(party, state)}
            assert (None not in paths.values()) == (state in stable)
            for t, path in paths.items():
                if path:
                    node = (NOBODY, t)
                    for step in path:
                        assert step in steps(oracle, [p for p in oracle.parties if p != party], credible, node)
                        node = step
                    assert node[1] in game.sanctions(party, state, definition)


def ends(oracle: Reference, starts: list[tuple[int, int]]) -> list[set[tuple[int, int]]]:
    """Return the terminal components of improvements from some nodes, by comparing what each node reaches."""
    movers, ahead = list(oracle.parties), {}
    waiting = list(dict.fromkeys(starts))
    for node in waiting:
        ahead[node] = steps(oracle, movers, True, node)
        waiting += [following for following in ahead[node] if following not in ahead and following not in waiting]
    reach = {}
    for node in waiting:
        found, trail = set(), [node]
        while trail:
            for following in ahead[trail.pop()]:
                if following not in found:
                    found.add(following)
                    trail.append(following)
        reach[node] = found
    terminal: list[set[tuple[int, int]]] = []
    for node in waiting:
        component = reach[node] or {node}
        if component not in terminal and all((reach[other] or {other}) == component for other in component):
            terminal.append(component)
    return terminal


def compare_endings(game: Game, oracle: Reference, found: Endings, starts: list[tuple[int, int]]) -> None:
    expected = ends(oracle, starts)
    nash = {s for s in range(len(oracle.states)) if all(not oracle.improvements(p, s) for p in oracle.parties)}
    single = [next(iter(component)) for component in expected if len(component) == 1]
    assert set(found.rests) == {state for _, state in single if state in nash}
    pauses = {(last, state) for last, states in found.pauses.items() for state in states}
    assert pauses == {(last, state) for last, state in single if state not in nash}
    cycles = [{(last, s) for last, states in cycle.items() for s in states} for cycle in found.cycles]
    assert sorted(map(sorted, cycles)) == sorted(sorted(component) for component in expected if len(component) > 1)
    for number, cycle in enumerate(cycles):
        assert set(found.cycle_states(number)) == {state for _, state in cycle}


@SOME
@given(disputes(ALL))
def test_endings_are_the_terminal_components_of_improvements(case: Dispute) -> None:
    game, oracle = game_of(case), case.reference()
    states = range(len(oracle.states))
    compare_endings(game, oracle, endings(game), [(NOBODY, state) for state in states])
    for start in states[:3]:
        compare_endings(game, oracle, endings(game, start), [(NOBODY, start)])


def test_a_rest_a_pause_and_a_cycle() -> None:
    """From 0 to 1, a rest; party 0 improves from 2 to 3 and to 4, but not in a row; 5 to 8 go round."""
    moves = {0: [(0, 1), (2, 3), (3, 4), (5, 6), (7, 8)], 1: [(6, 7), (8, 5)]}
    better = {0: [0, 1, 0, 1, 2, 0, 1, 0, 1], 1: [0, 0, 0, 0, 0, 1, 0, 1, 0]}
    space = Space((), (), (), parties=2, plain=9, arcs=moves)
    game = GraphGame(space, [Ranks(tuple(better[0])), Ranks(tuple(better[1]))], Conventions())
    found = endings(game)
    assert found.rests.first() == [1, 4]
    assert {party: states.first() for party, states in found.pauses.items()} == {0: [3]}
    assert [found.cycle_states(n).first() for n in range(len(found.cycles))] == [[5, 6, 7, 8]]
    assert not endings(game, 0).cycles and endings(game, 5).cycles


def test_a_path_of_thousands_of_moves() -> None:
    """Two parties must take turns all along; nothing recurses."""
    length = 3_000
    arcs = {party: [(k, k + 1) for k in range(party, length, 2)] for party in (0, 1)}
    space = Space((), (), (), parties=2, plain=length + 1, arcs=arcs)
    game = GraphGame(space, [Ranks((0,) * (length + 1))] * 2, Conventions())
    found = shortest_paths(game, 0, game.only([length]), (0, 1))
    assert (found.length, found.count) == (length, 1)


def test_paths_that_are_too_many_to_write_are_counted() -> None:
    space = Space((2,) * 10, tuple(range(10)), (0,) * 10, parties=10)
    game = CubeGame(space, [Ranks((0,) * 1024)] * 10, Conventions())
    found = shortest_paths(game, 0, game.only([1023]), range(10), limit=3)
    assert (found.length, found.count, len(found.paths)) == (10, 3_628_800, 3)  # 10! orders
