"""Two cases, or two approaches to one: what is written, and what holds."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from small_disputes import disputes

from detente.errors import DetenteError, UnknownNameError
from detente.files.load import load
from detente.model.case import Approach, Concern, Demand, Rule
from detente.model.parser import parse
from detente.questions.compare import compare


@pytest.fixture(scope="module")
def elmira():
    return load("elmira").case


@pytest.fixture(scope="module")
def pakistan():
    return load("us-pakistan-2018").case


def said(first, second):
    return [found.text for found in compare(first, second).differences]


@settings(deadline=None, max_examples=40)
@given(disputes())
def test_a_case_does_not_differ_from_itself(case):
    found = compare(case, replace(case, title="the same"))
    assert found.differences == []
    for shared in found.equilibria.values():
        assert not shared.first and not shared.second and len(shared.both) == shared.counts[0] == shared.counts[1]
    assert "Nothing that could change an answer." in found.render("text")


@settings(deadline=None, max_examples=40)
@given(disputes())
def test_approaches_are_compared_by_what_they_rewrite(case):
    found = compare(case, approaches=("none", "shared"))
    changed = any(a.concerns != b.concerns for a, b in zip(case.parties, case.under("shared").parties, strict=True))
    assert any(difference.item != "coalition" for difference in found.differences) == changed
    back = compare(case, approaches=("shared", "none"))
    assert [shared.first for shared in found.equilibria.values()] == [s.second for s in back.equilibria.values()]


def test_what_is_written_is_told_item_by_item(elmira):
    def read(text):
        return parse(text, elmira.names)

    lg = elmira.party("LG")
    swapped = (
        lg.concerns[1],
        lg.concerns[0],
        *lg.concerns[2:4],
        Concern(read("not Uniroyal.abandon or Uniroyal.abandon")),
    )
    other = replace(
        elmira,
        parties=(*elmira.parties[:2], replace(lg, concerns=swapped)),
        rules=(*elmira.rules, Rule(read("not (MoE.modify and LG.insist)"))),
        today=(1, 1, 0, 0, 0),
        table=("MoE", "Uniroyal"),
        demands=(Demand("clean", "LG", "Uniroyal", read("Uniroyal.accept")),),
    )
    texts = said(elmira, other)
    assert (
        "Local government's concern ‘not Uniroyal.abandon or Uniroyal.abandon’ is only in the second (its 5th)."
        in texts
    )
    last = lg.concerns[-1].label
    assert f"Local government's concern ‘{last}’ is only in the first (its {len(lg.concerns)}th)." in texts
    assert any(text.startswith("Local government ranks its concern ‘") and "1st in the" in text for text in texts)
    assert "The rule ‘not (MoE.modify and LG.insist)’ is only in the second (logical)." in texts
    assert "Today differs: Uniroyal.delay in the first, MoE.modify and Uniroyal.delay in the second." in texts
    assert "Who is at the table differs: everybody in the first, MoE and Uniroyal in the second." in texts
    assert any(
        text.startswith("The demand ‘clean’ is only in the second (from LG, to Uniroyal, that") for text in texts
    )


def test_spelling_and_notes_do_not_count(elmira):
    [rule] = elmira.rules
    turned = replace(rule, that=parse("exactly 1 of (Uniroyal.abandon, Uniroyal.accept, Uniroyal.delay)", elmira.names))
    assert said(elmira, replace(elmira, rules=(turned,), sources=())) == []


def test_core_marks_are_told(elmira):
    lg = elmira.party("LG")
    core = replace(lg, concerns=(replace(lg.concerns[0], core=True), *lg.concerns[1:]))
    other = replace(elmira, parties=(*elmira.parties[:2], core))
    assert said(elmira, other) == [f"Local government's concern ‘{lg.concerns[0].label}’ is core only in the second."]
    text = compare(elmira, other).render("text", 200)
    assert "The same states hold by themselves (Nash): " in text
    assert "Holding by themselves and meeting every core concern that counts: 3 states in the first, 2 states" in text


def test_coalesced_and_written_out_states_are_matched(elmira):
    found = compare(elmira, load("elmira/twelve-states").case)
    nash = found.equilibria["Nash"]
    assert nash.counts == (3, 6) and not nash.first and not nash.second


def test_states_are_compared_by_the_options_both_have(elmira):
    moe, uniroyal, lg = elmira.parties
    parties = (
        replace(moe, concerns=moe.concerns[:3]),
        replace(uniroyal, ranking=None, concerns=()),
        replace(lg, options=(), concerns=()),
    )
    without = replace(elmira, parties=parties, today=(0, 1, 0, 0))
    found = compare(elmira, without)
    assert found.pair.said.startswith(
        "Only MoE.modify, Uniroyal.delay, Uniroyal.accept and Uniroyal.abandon are in both"
    )
    assert all(len(word) == 4 for word in (*found.equilibria["Nash"].both, *found.equilibria["Nash"].first))
    assert found.render("text")


def test_cases_without_a_common_option_are_said_to_have_none(elmira, pakistan):
    found = compare(elmira, pakistan)
    assert found.equilibria is None
    assert "The two cases have no option in common, so their states cannot be compared." in found.render("text", 200)


def test_two_encodings_of_one_dispute(pakistan):
    found = compare(pakistan, load("us-pakistan-2018/washington").case)
    items = {difference.item for difference in found.differences}
    assert {"concern", "core", "order of concerns"} <= items
    for width in (80, 100):
        assert max(map(len, found.render("text", width).splitlines()[1:])) <= width


def test_the_cooperative_approach_is_told_from_things_as_they_stand(pakistan):
    text = compare(pakistan, approaches=("none", "cooperative")).render("text", 300)
    assert "WHAT THE APPROACHES CHANGE" in text and "under ‘" in text and "as things stand" in text


def test_contracts_and_coalitions_of_an_approach_are_told(elmira):
    from detente.model.case import Contract

    pay = Contract("LG", "LG.insist", parse("not Uniroyal.accept", elmira.names))
    case = replace(
        load("elmira/twelve-states").case,
        approaches=(Approach("deal", contracts=(pay,), coalitions=(("MoE", "LG"),)), Approach("idle")),
    )
    texts = [found.text for found in compare(case, approaches=("idle", "deal")).differences]
    assert "The contract on ‘Insist on the original order’ is only under ‘deal’ (iff not Uniroyal.accept)." in texts
    assert "The coalition of Ministry of the Environment and Local government is only under ‘deal’." in texts


def test_nothing_to_compare_with_is_said(elmira):
    with pytest.raises(DetenteError, match="give a second case, or two approaches"):
        compare(elmira)
    with pytest.raises(UnknownNameError):
        compare(elmira, approaches=("none", "no-such"))


def test_demands_that_clash_on_one_side_only_are_told(pakistan):
    found = compare(pakistan, load("us-pakistan-2018/washington").case)
    only_first = [set(clash["demands"]) for clash in found.data()["contradictions"]["only first"]]
    assert {"operation", "talks"} in only_first
    assert "Only in the first: ‘operation’ and ‘talks’ (both US → Pakistan) cannot be met together" in found.render(
        "text", 300
    )
