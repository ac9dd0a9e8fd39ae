"""Of too many states or moves to look at each, what is told is true, and the best is found all the same."""

from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st
from large_disputes import large_dispute

from detente import game
from detente.questions import standing_for
from detente.questions.accord import accord
from detente.questions.ordering import Order
from detente.questions.verdicts import ITSELF, Judge
from detente.questions.wording import plainest

DISPUTES = st.builds(large_dispute, st.just(12), st.just(4), st.integers(0, 10**6))


@settings(max_examples=5)
@given(DISPUTES)
def test_what_holds_by_itself_is_found_where_what_holds_at_the_table_is_not_decided(case) -> None:
    with patch("detente.questions.verdicts.many", lambda about, states: bool(states)):
        found = accord(case, 1, engine="symbolic")
        text = found.render("text", 300)
    for about in found.settings:
        judge = Judge(about)
        alone = judge.itself & judge.accommodating
        held = [each for each in found.found if each.approach == about.approach and each.verdicts.grade == ITSELF]
        if alone:
            order = Order(judge)
            assert min(each.order for each in held) == min(order.vector(state) for state in alone)
        assert (about.approach in found.undecided) is bool(judge.perhaps_at_the_table(judge.accommodating))
    assert not (found.undecided and "No state that holds" in text)


@settings(max_examples=5)
@given(DISPUTES, st.integers(1, 3))
def test_the_plainest_of_too_many_moves_is_one_of_the_best(case, most: int) -> None:
    about = game.setting(case, engine="symbolic")
    for state in about.game.feasible().first(4):
        for party in range(about.game.parties):
            ends = about.game.moves(party, state)
            if ends:
                top = max(about.game.rank(party, end) for end in ends)
                with patch.object(standing_for, "MOST", most):
                    found = plainest(about, party, state, ends)
                assert found in ends
                if ends.count() > most:
                    assert about.game.rank(party, found) == top
