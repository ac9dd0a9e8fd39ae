"""What is stable for whom: the published form, the sentences, and agreement with sets and loops."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_disputes import disputes, naive_of, numbered

from detente.engine.interface import Definition
from detente.errors import DetenteError, TooLargeError, UnknownNameError
from detente.files.load import load
from detente.game import Setting, setting
from detente.questions.stability import stability

NAMES = ["Nash", "GMR", "SMR", "SEQ", "SSEQ"]


@pytest.fixture(scope="module")
def elmira():
    return load("elmira").case


@settings(deadline=None, max_examples=60)
@given(disputes())
def test_lists_and_counts_are_those_of_the_definitions(case):
    found, naive = stability(case), naive_of(case)
    word = {number: found.setting.word(state) for state, number in numbered(found.setting, naive).items()}
    everybody = range(naive.parties)
    for definition in Definition:
        stable = [{word[s] for s in naive.stable(party, definition)} for party in everybody]
        for party, id in enumerate(case.party_ids):
            assert set(found.stable[id][definition.value]) == stable[party]
        assert set(found.equilibria[definition.value]) == set.intersection(*stable)
        assert found.counts[definition.value] == len(set.intersection(*stable))
    assert found.alarm == ""


@settings(deadline=None, max_examples=60)
@given(disputes(), st.sampled_from(["none", "shared"]))
def test_every_equilibrium_is_in_one_grade_the_strongest(case, approach):
    found = stability(case, approach)
    grades = dict(found.grades)
    nash, seq, gmr = (set(found.setting.equilibria(Definition(name))) for name in ("Nash", "SEQ", "GMR"))
    assert set(grades["by itself"]) == nash
    assert set(grades["by credible answers"]) == seq - nash
    assert set(grades["only by fear"]) == gmr - seq - nash


def test_the_json_has_the_published_form(elmira):
    data = json.loads(stability(elmira).render("json"))
    assert list(data) == [
        "case", "approach", "conventions", "parties", "options", "feasible", "engine", "equilibria", "counts",
        "undecided", "stable",
    ]  # fmt: skip
    assert data["case"] == {"title": elmira.title, "fingerprint": elmira.fingerprint}
    assert data["parties"] == ["MoE", "Uniroyal", "LG"]
    assert data["options"][0] == "MoE.modify" and data["feasible"] == 9
    assert list(data["equilibria"]) == list(data["counts"]) == NAMES
    assert set(data["equilibria"]["Nash"]) == {"NYNNY", "YNYNY", "---Y-"}
    assert data["counts"] == {"Nash": 3, "GMR": 5, "SMR": 5, "SEQ": 3, "SSEQ": 3}
    assert data["undecided"] == {} and list(data["stable"]["LG"]) == NAMES


def test_a_limit_cuts_lists_and_leaves_counts(elmira):
    found = stability(elmira, limit=2)
    assert len(found.equilibria["GMR"]) == 2 and found.counts["GMR"] == 5
    assert all(len(states) <= 2 for lists in found.stable.values() for states in lists.values())


def test_what_cannot_be_decided_is_null_with_its_reason(elmira, monkeypatch):
    def too_large(self, definition, solved=Setting.equilibria):
        if definition in (Definition.SEQ, Definition.SSEQ):
            raise TooLargeError("time limit 60 s")
        return solved(self, definition)

    monkeypatch.setattr(Setting, "equilibria", too_large)
    found = stability(elmira)
    data = found.data()
    assert data["undecided"] == {"SEQ": "time limit 60 s", "SSEQ": "time limit 60 s"}
    assert data["equilibria"]["SEQ"] is None and data["counts"]["SEQ"] is None and data["stable"]["LG"]["SEQ"] is None
    assert data["counts"]["Nash"] == 3
    text = found.render("text", 200)
    assert "Not decided: SEQ (time limit 60 s)." in text and "not decided" in text
    assert "states hold by credible answers" not in text


def test_an_empty_list_is_an_alarm_where_moves_are_transitive(monkeypatch):
    case = load("north-korea-2017").case
    about = setting(case)
    monkeypatch.setitem(about._stable, (0, Definition.GMR), about.game.none())
    found = stability(case)
    assert found.counts["GMR"] == 0
    assert "under GMR" in found.data()["alarm"] and found.alarm in found.render("text", 300)


def test_an_empty_list_is_no_alarm_where_moves_are_given_one_by_one(elmira, monkeypatch):
    about = setting(elmira)
    monkeypatch.setitem(about._stable, (0, Definition.SEQ), about.game.none())
    found = stability(elmira)
    assert found.alarm == "" and "alarm" not in found.data()
    assert "No state holds under SEQ. That can happen here" in found.render("text", 300)


def test_the_sentences_say_the_meaning_before_the_name(elmira):
    text = stability(elmira).render("text", 300)
    assert "3 states hold by themselves: nobody there can gain by moving (Nash)." in text
    assert "None holds by credible answers (SEQ, SSEQ)." in text
    assert "2 states hold only by fear: somebody could gain by moving, and others could spoil it" in text
    assert "Definitions: Nash 1950; GMR, SMR: Howard 1971; SEQ: Fraser & Hipel 1984; SSEQ: Rego & Vieira 2017." in text
    assert "joint answers in any order, nobody twice in a row (docs: definitions)" in text


@pytest.mark.parametrize("width", [80, 100])
@pytest.mark.parametrize("name", ["elmira", "north-korea-2017", "us-pakistan-2018"])
def test_the_page_fits_a_terminal(name, width):
    text = stability(load(name).case).render("text", width)
    title, _, rest = text.partition("\n")
    assert title.startswith("What holds in: ") and max(map(len, rest.splitlines())) <= width


def test_the_option_table_shows_today_and_every_equilibrium(elmira):
    lines = stability(elmira).render("text", 120).splitlines()
    [row] = [line for line in lines if "Modify the control order" in line]
    assert sorted(row.split()[-5:]) == ["N", "N", "Y", "Y", "–"]
    assert sum("NYNNN (today)" in line for line in lines) == 1
    assert sum("Nash, GMR, SMR, SEQ, SSEQ" in line for line in lines) == 3


def test_states_that_differ_only_where_nobody_cares_are_one_column():
    case = load("north-korea-2017").case
    party = replace(case.parties[0], ranking=None, concerns=())
    other = replace(case.parties[1], ranking=None, concerns=())
    text = stability(replace(case, parties=(party, other))).render("text", 100)
    assert "12 states hold by themselves" in text


def test_every_listed_verdict_has_a_certificate(elmira):
    found = stability(elmira)
    certificates = list(found.certificates())
    assert len(certificates) == sum(len(states) for lists in found.stable.values() for states in lists.values())
    assert all(certificate.verdict for certificate in certificates)
    assert all(step["answer"] for certificate in certificates for step in certificate.evidence["because"])


def test_under_coalitions_each_equilibrium_says_whether_it_is_proof(elmira):
    from detente.model.case import Approach

    with_town = Approach("pact", coalitions=(("MoE", "Uniroyal"),))
    found = stability(replace(elmira, approaches=(with_town,)), "pact")
    assert "NYNNY" not in found.data()["coalition proof"] and "YNYNY" in found.data()["coalition proof"]
    assert found.counts["Nash"] == 3
    assert "a coalition of the approach moving together (Ministry of the Environment and Uniroyal)" in found.render(
        "text", 300
    )
    assert "coalition proof" not in stability(elmira).data()


def test_rows_are_one_a_state(elmira):
    rows = stability(elmira).rows()
    assert len(rows) == 9
    [row] = [row for row in rows if row["state"] == "NYNNN"]
    assert row["Nash"] is False and row["GMR"] is True and row["stable for LG"] == "GMR SMR"


def test_unknown_names_get_the_nearest(elmira):
    with pytest.raises(UnknownNameError):
        stability(elmira, engine="cubic")
    with pytest.raises(DetenteError):
        stability(elmira, "contract")
