"""How moves, states and reasons are said."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_disputes import disputes

from detente.files.load import load
from detente.game import setting
from detente.model.case import Approach, Contract
from detente.model.parser import parse
from detente.model.shared import meaning
from detente.questions import wording
from detente.questions.origins import origins


@pytest.fixture(scope="module")
def twelve():
    return load("elmira/twelve-states").case


def test_a_move_is_said_by_what_starts_and_stops(twelve):
    about = setting(twelve)
    said = wording.move(about, 1, about.state("NYNNN"), about.state("NNYNN"))
    assert said == "Uniroyal stops ‘Delay the appeal’ and starts ‘Accept the order’"


def test_what_a_contract_changes_stands_after_the_move(twelve):
    contract = Contract("LG", "LG.insist", parse("Uniroyal.accept", twelve.names))
    about = setting(replace(twelve, approaches=(Approach("deal", contracts=(contract,)),)), "deal")
    said = wording.move(about, 1, about.state("NYNNN"), about.state("NNYNY"))
    assert said.endswith("starts ‘Accept the order’ (with it, Local government starts ‘Insist on the original order’)")


def test_a_level_is_said_by_its_name(twelve):
    from detente.model.case import Case, Mark, Option, Party

    option = Option("US", "aid", ("none", "some", "full"), mark=Mark("aid"))
    about = setting(Case("levels", (Party("US", (option,), ()),)))
    assert wording.move(about, 0, about.state("2"), about.state("1")) == "US sets ‘aid’ from full to some"
    assert wording.doing(about, about.state("1")) == "US ‘aid’ (some)"


def test_reasons_name_the_concern_that_decides(twelve):
    about = setting(load("elmira").case)
    before, after = about.state("NYNNN"), about.state("NNYNN")
    assert wording.reason(about, 0, before, after) == "gains ‘the company cleans up’ (its 1st concern)"
    assert wording.reason(about, 0, after, before) == "loses ‘the company cleans up’ (its 1st concern)"
    assert wording.reason(about, 0, before, before) == "finds it equally good"
    assert wording.reason(about, 1, before, after) == "ranks it 6th instead of 1st of 9"
    weighed = replace(twelve.party("LG"), ranking=None, weights=((parse("LG.insist", twelve.names), Fraction(2)),))
    about = setting(replace(twelve, parties=(*twelve.parties[:2], weighed)))
    assert (
        wording.reason(about, 2, about.state("NYNNN"), about.state("NYNNY")) == "gains by its weights (2 instead of 0)"
    )


def test_a_move_that_is_not_made_is_said_by_what_it_would_be(twelve):
    about = setting(twelve)
    said = wording.to_move(about, 1, about.state("NYNNN"), about.state("NNYNN"))
    assert said == "stop ‘Delay the appeal’ and start ‘Accept the order’"


def test_several_changes_of_one_kind_share_a_verb():
    about = setting(load("us-pakistan-2018").case)
    said = wording.move(about, 0, about.state("NYNNNNYYYNNY"), about.state("YNYNNNYYYNNY"))
    assert said == ("US starts ‘aid to Pakistan’ and ‘action against the TTP’, and stops ‘public pressure on Pakistan’")


@settings(deadline=None, max_examples=60)
@given(disputes(), st.sampled_from(["none", "shared"]), st.data())
def test_the_plainest_move_is_for_the_reason_of_the_best_and_changes_least(case, approach, data):
    about = setting(case, approach)
    state = data.draw(st.sampled_from(about.game.feasible().first()))
    party = data.draw(st.integers(0, about.game.parties - 1))
    improvements = about.game.improvements(party, state).first()
    if improvements:
        chosen = wording.plainest(about, party, state, improvements)
        best = max(improvements, key=lambda end: about.game.rank(party, end))
        why = wording.reason(about, party, state, best)
        alike = [end for end in improvements if wording.reason(about, party, state, end) == why]
        assert chosen in alike
        if "by its weights" in why:
            assert about.game.rank(party, chosen) == about.game.rank(party, best)
        else:
            least = min(wording.changes(about, state, end) for end in alike)
            assert wording.changes(about, state, chosen) == least


@pytest.mark.parametrize(
    ("approach", "before", "after", "said"),
    [
        ("none", "NYNNNNYYYNNY", "NYNNNNYNYNNY", "gains ‘no fence’ (its 2nd concern)"),
        ("cooperative", "NYNNNNYYYNNY", "NYYNNNYYYNNY", "gains ‘action on TTP sanctuaries’ (shared from Pakistan)"),
        ("cooperative", "NYNNNNYYNNNY", "NYNNNNYYYNNY", "gains ‘a standing offer to the Taliban’ (its 4th concern)"),
        (
            "mercenary",
            "NYNNNNYYYNNY",
            "YYNNNNYYYNNY",
            "breaks its promise: ‘aid to Pakistan’ if and only if ‘military operation against the Taliban’",
        ),
        (
            "patron-client",
            "YYNNNNYYYNNY",
            "YYNNYNYYYNNY",
            "gains ‘operation’, if ‘aid to Pakistan’ (taken over from US)",
        ),
    ],
)
def test_a_concern_keeps_the_number_of_the_file_and_what_an_approach_adds_says_so(approach, before, after, said):
    about = setting(load("us-pakistan-2018").case, approach)
    before, after = about.state(before), about.state(after)
    game = about.game
    mover = next(p for p in range(game.parties) if after in game.moves(p, before))
    judged = 2 if "fence" in said or "offer" in said else mover  # Kabul
    assert wording.reason(about, judged, before, after) == said


@settings(deadline=None, max_examples=60)
@given(disputes(), st.sampled_from(["none", "shared"]))
def test_every_concern_under_an_approach_has_an_origin(case, approach):
    about = setting(case, approach)
    for party, owner in enumerate(case.parties):
        found = origins(about, party)
        assert len(found) == len(about.rewritten.parties[party].concerns or ())
        own = [origin for origin in found if origin.number]
        meant = {meaning(concern) for concern in owner.concerns or ()}
        assert len({origin.number for origin in own}) == len(meant)
        assert all(origin.place.startswith("shared from ") for origin in found if not origin.number)


def test_how_a_state_holds_is_said_in_plain_words_before_the_definitions():
    about = setting(load("elmira").case)
    assert wording.held(about, about.state("NYNNY")) == ("by itself", ["Nash", "GMR", "SMR", "SEQ", "SSEQ"])
    assert wording.held(about, about.state("NYNNN")) == ("only by fear", ["GMR", "SMR"])
    assert wording.held(about, about.state("NNYNN")) == ("", [])


def test_how_states_are_written_is_said_for_what_occurs():
    elmira, plain = load("elmira").case, load("sanctions").case
    said = "A state is written with one sign an option, in the order of the case: Y taken, N not"
    assert wording.written(elmira, ["NYNNY"]) == f"{said}."
    assert wording.written(elmira, ["NYNNY", "---Y-"]) == f"{said}, - either way."
    assert wording.written(plain, ["s1"]) == ""


@pytest.mark.parametrize(
    ("number", "said"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (11, "11th"), (22, "22nd"), (113, "113th")]
)
def test_ordinals(number, said):
    assert wording.ordinal(number) == said
