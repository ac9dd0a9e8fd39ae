"""Why a state holds: every witness is legal and does what it says, and the sentences name things."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_disputes import disputes, naive_of, numbered

from detente.engine.interface import Definition
from detente.errors import DetenteError, UnknownNameError
from detente.files.load import load
from detente.game import setting
from detente.model.case import Approach, Case, Contract, Party
from detente.model.parser import parse
from detente.questions.explanation import explain, explanation
from detente.questions.sanctioning import Sanctioning
from detente.questions.stability import stability
from detente.questions.temptation import temptation

CREDIBLE = (Definition.SEQ, Definition.SSEQ)


@pytest.fixture(scope="module")
def elmira():
    return load("elmira").case


@settings(deadline=None, max_examples=60)
@given(disputes(), st.data())
def test_every_answer_is_legal_and_sanctions_and_none_is_missed(case, data):
    about, naive = setting(case), naive_of(case)
    number = numbered(about, naive)
    state = data.draw(st.sampled_from(about.game.feasible().first()))
    party = data.draw(st.integers(0, naive.parties - 1))
    key, others = naive.keys[party], [p for p in range(naive.parties) if p != party]
    for definition in Definition:
        why = Sanctioning(about, party, state, definition)
        start = number[state]
        assert {number[move] for move in why.improvements} == {
            t for t in naive.arcs[party][start] if key[t] > key[start]
        }
        for move in why.improvements:
            answer = why.answer(move)
            ends = naive.joint(others, number[move], definition in CREDIBLE)
            spoiled = {q for q in ends if key[q] <= key[start]}
            if definition in (Definition.SMR, Definition.SSEQ):
                spoiled = {q for q in spoiled if all(key[z] <= key[start] for z in naive.arcs[party][q])}
            expected = bool(spoiled) and definition is not Definition.NASH
            assert (answer is not None) == expected
            at, last = number[move], None
            for mover, after in answer or []:
                after = number[after]
                assert mover != party and mover != last and after in naive.arcs[mover][at]
                assert definition not in CREDIBLE or naive.keys[mover][after] > naive.keys[mover][at]
                at, last = after, mover
            assert answer is None or at in spoiled


@settings(deadline=None, max_examples=40)
@given(disputes(), st.sampled_from(["none", "shared"]), st.data())
def test_certificates_carry_the_verdict_and_one_reason_each(case, approach, data):
    about = setting(case, approach)
    state = data.draw(st.sampled_from(about.game.feasible().first()))
    found = explanation(about, about.word(state))
    for certificate in found.certificates:
        party = case.party_ids.index(certificate.party)
        definition = Definition(certificate.definition)
        assert certificate.verdict == (state in about.stable(party, definition))
        assert found.verdicts[certificate.party][certificate.definition] == certificate.verdict
        because = certificate.evidence["because"]
        improvements = set(about.words(about.game.improvements(party, state)))
        if certificate.verdict:
            assert {step["move"] for step in because} == improvements and all(step["answer"] for step in because)
        else:
            assert len(because) == 1 and because[0]["answer"] is None and because[0]["move"] in improvements
    found.render("text"), found.render("markdown"), found.render("csv")


@settings(deadline=None, max_examples=30)
@given(disputes(), st.data())
def test_a_partial_state_is_what_all_its_completions_are(case, data):
    about = setting(case)
    word = data.draw(st.sampled_from(about.words(about.game.feasible())))
    asked = "".join("-" if data.draw(st.booleans()) else letter for letter in word)
    found = explanation(about, asked)
    states = about.states(asked)
    for party, id in enumerate(case.party_ids):
        for definition in Definition:
            kept = [state in about.stable(party, definition) for state in states]
            assert found.verdicts[id][definition.value] == all(kept)
            if len(kept) > 1:
                share = "all" if all(kept) else "some" if any(kept) else "none"
                assert found.data()["completions"][id][definition.value] == share


def test_elmira_in_sentences(elmira):
    text = explain(elmira, "NYNNN").render("text", 300)
    assert text.startswith("Why NYNNN holds only by fear: Elmira")
    assert "Uniroyal: Delay the appeal; not: Accept the order, Abandon the plant." in text
    assert "It holds only by fear, though Local government could gain by moving." in text
    assert "Local government starts ‘Insist on the original order’: it gains ‘having insisted’" in text
    assert "No answer that would serve those who give it makes it a loss (SEQ, SSEQ)." in text
    assert (
        "Feared answer (GMR, SMR): Ministry of the Environment starts ‘Modify the control order’, "
        "where Local government loses ‘the order stands’ (its 2nd concern) and has no way out." in text
    )
    assert "It could gain by 1 move: under Nash, SEQ and SSEQ it leaves, under GMR and SMR it stays." in text


def test_what_an_approach_keeps_a_party_from_is_said():
    case = load("us-pakistan-2018").case
    text = explain(case, "YNYYNYYNYYYY", approach="cooperative").render("text", 400)
    assert (
        "By its own concerns US could stop ‘action against the TTP’ and gain ‘no extra war against the TTP’ (its 6th "
        "concern), but would lose ‘action on TTP sanctuaries’, which it counts as its own under this approach (shared "
        "from Pakistan)." in text
    )
    assert (
        "The move that costs Pakistan least, to stop ‘facilitation of talks’, would lose ‘facilitation of a real "
        "offer’ (its 8th concern) and gain nothing." in text
    )


def test_the_nearest_temptation_is_said_where_nothing_is_to_be_gained():
    text = explain(load("us-pakistan-2018").case, "YNNYNYYNYYYY", party="US").render("text", 400)
    assert (
        "The nearest temptation: US could stop ‘US part in border monitoring’ and gain ‘no border duty’ (its 7th "
        "concern), but would lose ‘Taliban traffic from Pakistan curbed’ (its 2nd concern), which counts more." in text
    )


def test_what_a_contract_keeps_a_party_from_is_said():
    case = load("us-pakistan-2018").case
    pay = Contract("US", "US.aid", parse("PK.facilitate", case.names))
    bound = replace(case, approaches=(Approach("binding", contracts=(pay,)),))
    texts = [
        explain(bound, word, party="US", approach="binding").render("text", 400)
        for word in stability(bound, "binding").stable["US"]["Nash"][::5]
    ]
    assert any(
        "Without the approach US could start ‘aid to Pakistan’ and gain ‘aid earned’ (its 4th concern), but the "
        "contract does not leave that to it: ‘aid to Pakistan’ if and only if ‘facilitation of talks’." in text
        for text in texts
    )


@settings(deadline=None, max_examples=60)
@given(disputes(), st.sampled_from(["none", "shared"]), st.data())
def test_whoever_stays_is_told_what_it_comes_nearest_to(case, approach, data):
    about = setting(case, approach)
    state = data.draw(st.sampled_from(about.game.feasible().first()))
    for party in range(about.game.parties):
        moves = about.game.moves(party, state)
        if moves and not about.game.improvements(party, state):
            told = list(temptation(about, party, state))
            ties = (moves & about.game.better(party, state, equal=True)).count()
            assert any("would make no difference" in line or "difference to it" in line for line in told) == bool(ties)
            tempted = about.judging.improvements(party, state)
            assert any(line.startswith("By its own concerns") for line in told) == bool(tempted)
            assert len(told) == bool(ties) + bool(tempted or ties < moves.count())


def test_an_escape_is_named():
    states = ("start", "gain", "loss", "refuge")
    focal = Party("Focal", ranking=(("refuge", "gain"), ("start",), ("loss",)))
    other = Party("Other", ranking=(("start", "gain", "loss", "refuge"),))
    moves = (("Focal", (("start", ("gain",)), ("loss", ("refuge",)))), ("Other", (("gain", ("loss",)),)))
    case = Case("a way out", (focal, other), states=states, moves=moves)
    text = explain(case, "start").render("text", 300)
    assert "It could gain by 1 move: under Nash, SMR, SEQ and SSEQ it leaves, under GMR it stays." in text
    assert "Focal moves to ‘gain’: it ranks it 1st instead of 3rd of 4." in text
    assert "After every answer that makes it a loss, it has a way out (SMR)." in text
    assert "No answer that would serve those who give it makes it a loss (SEQ, SSEQ)." in text
    assert (
        "Feared answer (GMR): Other moves to ‘loss’, where Focal ranks it 4th instead of 3rd of 4 "
        "(a way out remains: Focal moves to ‘refuge’)." in text
    )


def test_one_party_and_one_definition(elmira):
    found = explain(elmira, "NYNNN", party="LG", definition="seq")
    assert found.verdicts == {"LG": {"SEQ": False}}
    text = found.render("text", 300)
    assert "It does not hold for Local government under SEQ." in text
    assert "UNIROYAL" not in text and "GMR" not in text.replace("GMR, SMR:", "")


def test_the_json_has_its_head_its_verdicts_and_its_certificates(elmira):
    data = json.loads(stability(elmira).explain("YNYNY").render("json"))
    assert list(data) == ["case", "approach", "conventions", "state", "verdicts", "certificates"]
    assert data["state"] == "YNYNY" and all(all(told.values()) for told in data["verdicts"].values())
    assert len(data["certificates"]) == 15
    assert data["certificates"][0]["claim"] == "holds" and data["certificates"][0]["fingerprint"] == elmira.fingerprint


def test_a_coalesced_state_is_explained_as_itself(elmira):
    assert explain(elmira, "---Y-").states.count() == 1
    partial = explain(elmira, "N---N")
    assert "N---N STANDS FOR" in partial.render("text", 300) and partial.states.count() == 3


def test_many_improvements_are_told_by_what_they_gain():
    case = load("us-pakistan-2018").case
    for word in stability(case, limit=1).setting.words(setting(case).game.feasible())[::150]:
        text = explain(case, word).render("text", 100)
        assert text.count("\n") < 140, word
        assert max(map(len, text.splitlines()[1:])) <= 100


def test_wrong_names_are_said(elmira):
    with pytest.raises(UnknownNameError, match="did you mean MoE"):
        explain(elmira, "NYNNN", party="Moe")
    with pytest.raises(UnknownNameError, match="no definition is called 'SSSEQ'; did you mean"):
        explain(elmira, "NYNNN", definition="SSSEQ")
    with pytest.raises(DetenteError, match="not possible: it breaks rule 1"):
        explain(elmira, "NNNNN")
