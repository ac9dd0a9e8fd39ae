"""The engines give the verdicts of the definitions, on random cases of every kind and under all four conventions."""

from dataclasses import replace

from hypothesis import given, settings
from random_cases import COMPARISONS, GRAPHS, OPTION_FORM, Dispute, dispute, disputes, verdicts

from detente.engine.cube import CubeGame
from detente.engine.graph import GraphGame
from detente.engine.interface import Definition
from detente.engine.listed import ListedGame


@settings(max_examples=COMPARISONS)
@given(disputes(OPTION_FORM))
def test_all_engines_equal_the_definitions_in_option_form(case: Dispute) -> None:
    expected = verdicts(case.reference())
    engines = [ListedGame, GraphGame] if case.kind == "listed" else [CubeGame, ListedGame, GraphGame]
    for engine in engines:
        assert verdicts(case.game(engine)) == expected, engine.engine


@settings(max_examples=COMPARISONS)
@given(disputes(GRAPHS))
def test_the_graph_engine_equals_the_definitions(case: Dispute) -> None:
    assert verdicts(case.game(GraphGame)) == verdicts(case.reference())


@settings(max_examples=COMPARISONS)
@given(disputes(("plain rules", "directions", "defined", "merged", "plain states", "mixed")))
def test_published_relations_between_the_definitions(case: Dispute) -> None:
    """Nash => SSEQ => SEQ => GMR and SSEQ => SMR => GMR, whatever the moves and the conventions."""
    game = case.game(CubeGame if case.kind in OPTION_FORM else GraphGame)
    for party in range(game.parties):
        nash, gmr, smr, seq, sseq = (game.stable(party, definition) for definition in Definition)
        for stronger, weaker in [(nash, sseq), (sseq, seq), (seq, gmr), (sseq, smr), (smr, gmr)]:
            assert not stronger - weaker


@settings(max_examples=COMPARISONS)
@given(disputes(("plain rules", "directions", "defined")))
def test_moves_by_options_leave_a_gmr_and_a_seq_equilibrium(case: Dispute) -> None:
    """With ties that sanction, an empty list would be an alarm where moves are transitive."""
    game = case.game(CubeGame)
    assert game.transitive
    if case.conventions.ties_sanction and game.feasible():
        assert game.equilibria(Definition.GMR)
        assert game.equilibria(Definition.SEQ)


@settings(max_examples=COMPARISONS // 4)
@given(disputes(("plain rules", "directions", "defined")))
def test_returns_make_no_difference_where_parties_move_options(case: Dispute) -> None:
    other = replace(case.conventions, return_sanctions=not case.conventions.return_sanctions)
    assert verdicts(case.reference()) == verdicts(replace(case, conventions=other).game(CubeGame))


def test_a_game_knows_its_engine_and_whether_its_moves_are_transitive() -> None:
    assert dispute(1, "plain rules", 2, 3).game(CubeGame).engine == "cube"
    assert dispute(1, "plain rules", 2, 3).game(ListedGame).engine == "listed"
    graph = dispute(1, "merged", 2, 3).game(GraphGame)
    assert (graph.engine, graph.transitive) == ("graph", False)
    assert dispute(1, "options as a graph", 2, 3).game(GraphGame).transitive
