"""Which of many states last: the same as asking one after the other."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from weighed_bargains import weighed

from detente.game import setting
from detente.questions import lasting_sets
from detente.questions.lasting import lasting
from detente.questions.lasting_sets import lasting_in


@pytest.mark.parametrize("few", [0, lasting_sets.FEW])
@settings(max_examples=60)
@given(st.data())
def test_many_states_at_once_are_judged_as_one_by_one(few, data):
    case = data.draw(weighed())
    about = setting(case, data.draw(st.sampled_from(["none", *(each.id for each in case.approaches)])))
    passes = {state: lasting(about, state).passes for state in about.game.feasible().first()}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lasting_sets, "FEW", few)
        for certain in (True, False):
            wanted = {state for state, good in passes.items() if good or (good is None and not certain)}
            assert set(lasting_in(about, about.game.feasible(), certain).first()) == wanted
