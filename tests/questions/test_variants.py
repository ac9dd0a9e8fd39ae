"""How firmly findings stand: the batch against every variant solved anew, and what the answer says."""

from fractions import Fraction

import numpy as np
import pytest
from bargains import bargains
from hypothesis import given, settings
from hypothesis import strategies as st
from weighed_bargains import weighed

from detente.errors import DetenteError
from detente.files.load import load, read_document
from detente.game import setting
from detente.model.edits import DropConcern, DropRule, MarkCore, SetPatience, SwapConcerns, edit_from, one_edit_variants
from detente.questions.accord import accord
from detente.questions.lasting import lasting
from detente.questions.variants import Headline, lasts_in, stands_in, variants

CASE = load("us-pakistan-2018").case
PACKAGE = Headline("cooperative", "YNYYNYYNYYYY")


def anew(case, headline):
    """The edits of the variants in which a headline stands, each variant solved from nothing."""
    words, stands = [headline.state] if headline.state else [], lasts_in if headline.lasts else stands_in
    found = {}
    for edit in one_edit_variants(case):
        try:
            found[edit] = stands(setting(case.edit(edit), headline.approach), words)
        except DetenteError:
            continue
    return found


def test_the_cooperative_package_stands_in_70_of_77_variants():
    found = variants(CASE, PACKAGE).findings[0]
    assert (found.now, found.stands, found.of) == (True, 70, 77)
    assert found.breaking == tuple(edit for edit, good in anew(CASE, PACKAGE).items() if not good)
    assert MarkCore("US", 5) in found.breaking
    text = variants(CASE, PACKAGE).render()
    assert "stands in 70 of 77 one-edit variants." in text
    assert "It falls if US counts ‘no extra war against the TTP’ as core." in text


@pytest.mark.parametrize("approach", ["none", "mercenary", "patron-client", "cooperative"])
def test_some_package_is_asked_as_if_every_variant_were_solved_anew(approach):
    headline = Headline(approach)
    found = variants(CASE, headline).findings[0]
    naive = anew(CASE, headline)
    assert (found.of, found.stands) == (len(naive), sum(naive.values()))
    assert found.changing == tuple(edit for edit, good in naive.items() if good != found.now)


def test_a_finding_that_does_not_stand_says_what_would_make_it_stand():
    found = variants(CASE, Headline()).findings[0]
    assert not found.now
    assert DropConcern("US", 5) in found.changing
    assert found.breaking == ()
    text = variants(CASE, Headline()).render()
    assert "Does not stand now; stands in 3 of 77" in text
    assert "It comes to stand if US gives up the concern ‘no extra war against the TTP’." in text


def test_only_the_rule_it_rests_on_breaks_a_contradiction():
    headline = Headline(demands=("operation", "talks"))
    found = variants(CASE, headline).findings[0]
    assert (found.stands, found.of, found.breaking) == (76, 77, (DropRule(0),))
    assert variants(CASE.edit(DropRule(0)), headline).findings[0].now is False


def test_the_data_can_be_read_back():
    told = variants(CASE, PACKAGE, Headline()).data()["findings"]
    assert [edit_from(item["edits"][0], CASE) for item in told[0]["breaking"]] == list(
        variants(CASE, PACKAGE).findings[0].breaking
    )
    assert (told[0]["stands"], told[0]["variants"], told[1]["stands now"]) == (70, 77, False)
    assert len(told[1]["making"]) == 3


def test_an_unknown_state_is_refused():
    with pytest.raises(DetenteError):
        variants(CASE, Headline("none", "YYYYYYYYYYYY"))


@settings(max_examples=60)
@given(st.data())
def test_the_batch_equals_every_variant_solved_anew(data):
    case = data.draw(bargains(parties=(2, 3), most=5, ranked=data.draw(st.booleans())))
    approach = data.draw(st.sampled_from(["none", *(each.id for each in case.approaches)]))
    about = setting(case, approach)
    state = data.draw(st.sampled_from(["", *about.words(about.game.feasible())]))
    headline = Headline(approach, state)
    naive, found = anew(case, headline), variants(case, headline).findings[0]
    assert (found.of, found.stands) == (len(naive), sum(naive.values()))
    assert found.changing == tuple(edit for edit, good in naive.items() if good != found.now)
    assert set(found.unanswered) == set(one_edit_variants(case)) - set(naive)


@settings(max_examples=60)
@given(st.data())
def test_what_lasts_is_asked_in_the_batch_as_in_every_variant_solved_anew(data):
    case = data.draw(weighed(parties=(2, 3), most=4))
    approach = data.draw(st.sampled_from(["none", *(each.id for each in case.approaches)]))
    about = setting(case, approach)
    state = data.draw(st.sampled_from(["", *about.words(about.game.feasible())]))
    headline = Headline(approach, state, lasts=data.draw(st.booleans()))
    naive, found = anew(case, headline), variants(case, headline).findings[0]
    if headline.lasts and state:
        assert found.now == (lasting(about, about.states(state).first()[0]).passes is True)
    assert (found.of, found.stands) == (len(naive), sum(naive.values()))
    assert found.changing == tuple(edit for edit, good in naive.items() if good != found.now)


FISHERS = """
title: Two fishers and a guard
patience: 0.3
parties:
  A: {name: Anna, options: [spare], weights: {spare: -2, B.spare: 4, C.leave: -3}}
  B: {name: Bela, options: [spare], weights: {spare: -2, A.spare: 4, C.leave: -3}}
  C: {name: Cora, options: [leave], concerns: [leave iff not A.spare, not leave]}
"""


def test_the_edits_that_break_what_lasts_are_told():
    """Who leaves is punished by the guard who leaves then; without that, a patience of one half is needed."""
    case = read_document(FISHERS).case
    package = Headline("none", "YYN", lasts=True)
    found = variants(case, package).findings[0]
    assert found.now
    assert found.breaking == (SwapConcerns("C", 0, 1), DropConcern("C", 0))
    assert found.headline.text(case) == "YYN lasts as things stand"
    assert found.headline.data() == {"package": "YYN", "approach": "none", "verdict": "lasts"}
    patient = variants(case.edit(SetPatience(Fraction(1, 2))), package).findings[0]
    assert patient.breaking == ()
    impatient = variants(case.edit(SetPatience(Fraction(1, 4))), package).findings[0]
    assert not impatient.now
    assert impatient.stands == 0


@pytest.mark.parametrize("name", ["elmira", "us-pakistan-2018/washington", "milk-river", "sanctions"])
def test_every_kind_of_shipped_case(name):
    case = load(name).case
    for package in accord(case).packages[:2]:
        headline = Headline(package.approach, package.setting.word(package.states[0]))
        found, naive = variants(case, headline).findings[0], anew(case, headline)
        assert (found.of, found.stands) == (len(naive), sum(naive.values()))
        assert found.now == (not package.verdicts.failed)


def test_rows_have_one_line_an_edit():
    rows = variants(CASE, PACKAGE).rows()
    assert len(rows) == 7
    assert {row["variants"] for row in rows} == {77}
    assert np.all([row["stands now"] for row in rows])
