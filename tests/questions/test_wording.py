"""How moves, states and reasons are said."""

from dataclasses import replace
from fractions import Fraction

import pytest

from detente.files.load import load
from detente.game import setting
from detente.model.case import Approach, Contract
from detente.model.parser import parse
from detente.questions import wording


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
    assert wording.reason(about, 2, about.state("NYNNN"), about.state("NYNNY")) == "gains by its weights"


@pytest.mark.parametrize(
    ("number", "said"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (11, "11th"), (22, "22nd"), (113, "113th")]
)
def test_ordinals(number, said):
    assert wording.ordinal(number) == said
