"""Two cases, or two approaches to one: what is written, and what holds."""

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_disputes import disputes

from detente.errors import DetenteError, UnknownNameError
from detente.files.load import load
from detente.model.case import Approach, Case, Concern, Demand, Option, Party, Rule
from detente.model.parser import parse
from detente.model.statements import Compare, made
from detente.questions.compare import compare
from detente.questions.sides import called


@pytest.fixture(scope="module")
def elmira():
    return load("elmira").case


@pytest.fixture(scope="module")
def pakistan():
    return load("us-pakistan-2018").case


def said(first, second):
    return [found.text for found in compare(first, second, names=("old", "new")).differences]


@settings(deadline=None, max_examples=40)
@given(disputes())
def test_a_case_does_not_differ_from_itself(case):
    found = compare(case, replace(case, title="the same"))
    assert found.differences == ()
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
        "Local government's concern (no ‘Abandon the plant’ or ‘Abandon the plant’) is only in ‘new’ (its 5th)."
        in texts
    )
    last = lg.concerns[-1].label
    assert f"Local government's concern ‘{last}’ is only in ‘old’ (its {len(lg.concerns)}th)." in texts
    assert any(text.startswith("Local government ranks its concern ‘") and "1st in ‘" in text for text in texts)
    assert (
        "The rule (not (‘Modify the control order’ and ‘Insist on the original order’)) is only in ‘new’ (logical)."
        in texts
    )
    assert "Today differs: ‘Modify the control order’ only in ‘new’." in texts
    assert (
        "Who is at the table differs: everybody in ‘old’, Ministry of the Environment and Uniroyal in ‘new’." in texts
    )
    assert "The demand ‘clean’ is only in ‘new’ (from Local government, to Uniroyal, that ‘Accept the order’)." in texts


def test_spelling_and_notes_do_not_count(elmira):
    [rule] = elmira.rules
    turned = replace(rule, that=parse("exactly 1 of (Uniroyal.abandon, Uniroyal.accept, Uniroyal.delay)", elmira.names))
    assert said(elmira, replace(elmira, rules=(turned,), sources=())) == []


def test_core_marks_are_told(elmira):
    lg = elmira.party("LG")
    core = replace(lg, concerns=(replace(lg.concerns[0], core=True), *lg.concerns[1:]))
    other = replace(elmira, parties=(*elmira.parties[:2], core))
    assert said(elmira, other) == [f"Local government's concern ‘{lg.concerns[0].label}’ is core only in ‘new’."]
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
    assert (
        "The contract on ‘Insist on the original order’ is only under ‘deal’ (if and only if no ‘Accept the order’)."
        in texts
    )
    assert "The coalition of Ministry of the Environment and Local government is only under ‘deal’." in texts


def test_nothing_to_compare_with_is_said(elmira):
    with pytest.raises(DetenteError, match="give a second case, or two approaches"):
        compare(elmira)
    with pytest.raises(UnknownNameError):
        compare(elmira, approaches=("none", "no-such"))


def test_demands_that_clash_are_told_by_the_side_that_has_them(pakistan):
    found = compare(pakistan, load("us-pakistan-2018/washington").case, names=("old", "new"))
    only_first = [set(clash["demands"]) for clash in found.data()["contradictions"]["only first"]]
    assert {"operation", "talks"} in only_first
    text = found.render("text", 300)
    assert "Only in ‘old’: ‘operation’ and ‘talks’ (both US → Pakistan) cannot be met together" in text
    assert "In both: ‘operation’ (US → Pakistan) is met in no" in text


def test_a_concern_that_keeps_its_place_is_not_called_moved():
    case = load("us-pakistan-2018").case
    pakistan = case.party("PK")
    one, two, three, *rest = pakistan.concerns
    other = replace(
        case, parties=tuple(replace(p, concerns=(rest[0], two, three, one, *rest[1:])) if p is pakistan else p
                            for p in case.parties)
    )  # fmt: skip
    assert said(case, other) == [
        f"Pakistan ranks its concern ‘{one.label}’ 1st in ‘old’, 4th in ‘new’.",
        f"Pakistan ranks its concern ‘{rest[0].label}’ 4th in ‘old’, 1st in ‘new’.",
    ]


@settings(deadline=None, max_examples=60)
@given(st.permutations(range(6)), st.permutations(range(6)), st.sets(st.integers(0, 5)), st.sets(st.integers(0, 5)))
def test_whatever_is_called_moved_has_two_places(one, other, left_out, left_out_there):
    letters = "abcdef"
    options = tuple(Option("P", letter) for letter in letters)
    sides = [
        Case("same", (Party("P", options, tuple(Concern(made(Compare(f"P.{letters[n]}"))) for n in order)),))
        for order in ([n for n in one if n not in left_out], [n for n in other if n not in left_out_there])
    ]
    found = [d.text for d in compare(*sides).differences if d.item == "order of concerns"]
    for text in found:
        here, there = re.findall(r"(\d)\w\w in", text)
        assert here != there
    common = [[c.label for c in side.parties[0].concerns] for side in sides]
    shared = [[label for label in each if label in common[0] and label in common[1]] for each in common]
    assert bool(found) == (shared[0] != shared[1])


def test_the_sides_are_named_by_what_they_are(pakistan):
    washington = load("us-pakistan-2018/washington").case
    assert compare(pakistan, washington).heads == (pakistan.title, "as seen from Washington")
    assert compare(pakistan, pakistan.edit()).heads == ("the first", "the second")
    assert compare(pakistan, washington, names=("source", "washington")).names == ("in ‘source’", "in ‘washington’")
    different = compare(pakistan, washington, approaches=("none", "cooperative"), names=("source", "washington"))
    assert different.names == ("in ‘source’ as things stand", "in ‘washington’ under ‘cooperative’")
    assert called("cases/a.yaml", "cases/b.yaml") == ("a", "b")
    assert called("one/case.yaml", "two/case.yaml") == ("one", "two")
    assert called("one/a.yaml", "two/a.yaml") == ("one/a.yaml", "two/a.yaml")


def test_relations_are_told_by_what_differs_and_in_words(pakistan):
    texts = said(pakistan, load("us-pakistan-2018/washington").case)
    assert (
        "The clout of Pakistan over Afghan Taliban on ‘entry into talks’: its strength is weak in ‘old’, strong in "
        "‘new’; when it counts is no ‘military operation against the Taliban’ in ‘old’, always in ‘new’." in texts
    )
    assert not any("PK." in text or "US." in text for text in texts)


def test_whether_the_best_package_survives_is_said(pakistan):
    washington = load("us-pakistan-2018/washington").case
    found = compare(pakistan, washington, names=("source", "washington"))
    text = found.render("text", 1_000)
    assert "cooperative       1        1" in text.replace("  1            1", "  1        1")
    assert "The best package in ‘source’, under the approach ‘cooperative’, is YNYYNYYNYYYY: US ‘aid to Pak" in text
    assert "It does not survive in ‘washington’." in text and "US misses ‘operation against the Taliban’" in text
    assert "It does not survive in ‘source’, where it is not possible: the rule ‘no talks under attack’ rules" in text
    best = json.loads(found.render("json"))["best packages"]
    assert best["first"][0]["state"] == "YNYYNYYNYYYY" and best["first"][0]["survives under"] == []
    assert "accommodates" in best["first"][0]["fails"]["cooperative"]


def test_a_package_survives_where_nothing_that_counts_changes(pakistan):
    found = compare(pakistan, replace(pakistan, title="renamed"))
    [fate] = found.fates[0]
    assert [about.approach for about in fate.survives] == ["cooperative"]
    assert "It survives in ‘renamed’: it passes every verdict there under the approach ‘cooperative’." in found.render(
        "text", 1_000
    )


def test_the_best_package_of_an_approach_is_looked_for_under_the_other(pakistan):
    text = compare(pakistan, approaches=("none", "cooperative")).render("text", 1_000)
    assert "No package passes every verdict as things stand, so there is none to look for under ‘cooperative’." in text
    assert "The best package under ‘cooperative’ is YNYYNYYNYYYY: " in text
    assert "It does not survive as things stand." in text
    assert "It holds only by fear, not by itself: US stops ‘action against the TTP’" in text
