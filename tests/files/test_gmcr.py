"""A conflict goes to GMCR+ and back as the same model, and what does not go along is said."""

import json
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from gmcr_fishery import FISHERY
from hypothesis import given
from hypothesis import strategies as st

import detente as dt
from detente.errors import NotAvailableError
from detente.files.gmcr import read_gmcr, write_gmcr
from detente.files.load import read_document
from detente.model.case import Case
from detente.model.document import document
from detente.model.items import Concern, Demand, Mark, Option, Party, Resource, Rule
from detente.model.parser import parse
from detente.model.statements import Compare, Count, If, Iff, Not, Or, Tree, holds, made
from detente.model.states import values, word


def feasible(case: Case) -> set[str]:
    """The possible states, from the meaning of rules, resources and lists, one by one."""
    found = set()
    for levels in product((0, 1), repeat=len(case.options)):
        state = dict(zip((option.key for option in case.options), levels, strict=True))
        fits = all(holds(rule.that.tree, state.__getitem__) for rule in case.rules) and all(
            sum(cost for use, cost in r.uses if holds(use.tree, state.__getitem__)) <= r.amount for r in case.resources
        )
        text = word(levels, case.options)
        if fits and (case.states is None or text in case.states):
            found.add(text)
    return found


def order(case: Case, party: Party) -> list[set[str]]:
    """A party's ranking of the possible states, best first, whatever form its wishes have."""
    states = feasible(case)
    if party.ranking is not None:
        groups = [{state for state in states if any(fits(state, text) for text in tied)} for tied in party.ranking]
        return [group for group in groups if group]

    def worth(text: str) -> Any:
        state = dict(zip((o.key for o in case.options), values(text, case.options), strict=True))
        if party.weights is not None:
            return sum(amount for use, amount in party.weights if holds(use.tree, state.__getitem__))
        return tuple(bool(holds(concern.want.tree, state.__getitem__)) for concern in party.concerns or ())

    return [{s for s in states if worth(s) == level} for level in sorted({worth(s) for s in states}, reverse=True)]


def fits(state: str, text: str) -> bool:
    return all(there in ("-", here) for here, there in zip(state, text, strict=True))


def same_model(one: Case, other: Case) -> None:
    assert [(o.key, o.direction, o.label) for o in other.options] == [
        (o.key, o.direction, o.label) for o in one.options
    ]
    assert [party.label for party in other.parties] == [party.label for party in one.parties]
    assert feasible(other) == feasible(one)
    for before, after in zip(one.parties, other.parties, strict=True):
        assert order(other, after) == order(one, before)


def trees(keys: list[str]) -> st.SearchStrategy[Tree]:
    leaves = st.sampled_from([Compare(key) for key in keys])

    def grown(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
        several = st.lists(inner, min_size=1, max_size=3).map(tuple)
        return st.one_of(
            inner.map(Not),
            several.map(Or),
            st.builds(If, inner, inner),
            st.builds(Iff, inner, inner),
            st.builds(Count, st.sampled_from(["at most", "at least", "exactly"]), st.integers(0, 2), several),
        )

    return st.recursive(leaves, grown, max_leaves=4)


@st.composite
def cases(draw: Callable[..., Any]) -> Case:
    """Cases that GMCR+ can hold, with every form of preference and at least one possible state."""
    owned = draw(st.lists(st.integers(0, 3), min_size=1, max_size=3).filter(lambda sizes: 0 < sum(sizes) <= 5))
    names = st.sampled_from(["", "Pay for boats", "Zahlen für Boote", "not"])
    directions = st.sampled_from(["", "on", "off"])
    parties = []
    for number, size in enumerate(owned):
        id = f"P{number}"
        own = tuple(Option(id, f"o{k}", direction=draw(directions), mark=Mark(name=draw(names))) for k in range(size))
        parties.append(Party(id, own, concerns=(), mark=Mark(name=draw(names))))
    case = Case("Random", tuple(parties))
    keys = [option.key for option in case.options]
    tree = trees(keys)
    case = replace(case, rules=tuple(Rule(made(t)) for t in draw(st.lists(tree, max_size=3))))
    if draw(st.booleans()):
        uses = [(made(draw(tree)), Fraction(draw(st.integers(0, 9)), draw(st.integers(1, 4)))) for _ in range(2)]
        case = replace(case, resources=(Resource("boats", "P0", Fraction(3), tuple(uses)),))
    states = sorted(feasible(case))
    if not states:
        case = replace(case, rules=(), resources=())
        states = sorted(feasible(case))
    if draw(st.booleans()) and draw(st.booleans()):
        case = replace(case, rules=(), resources=(), states=tuple(states))
    filled = [draw(wants(party, tree, states)) for party in case.parties]
    return replace(case, parties=tuple(filled))


@st.composite
def wants(draw: Callable[..., Any], party: Party, tree: st.SearchStrategy[Tree], states: list[str]) -> Party:
    form = draw(st.sampled_from(["concerns", "concerns", "ranking", "weights"]))
    if form == "concerns":
        return replace(party, concerns=tuple(Concern(made(t)) for t in draw(st.lists(tree, max_size=4))))
    if form == "weights":
        weighed = draw(st.lists(st.tuples(tree.map(made), st.fractions(-3, 3, max_denominator=4)), max_size=3))
        return replace(party, concerns=None, weights=tuple(weighed))
    heights = {state: draw(st.integers(0, 4)) for state in states}
    groups = [tuple(s for s in states if heights[s] == height) for height in sorted(set(heights.values()))]
    return replace(party, concerns=None, ranking=tuple(groups))


@given(cases())
def test_there_and_back_is_the_same_model(case: Case) -> None:
    text, _ = write_gmcr(case)
    back, losses = read_gmcr(text, "there.gmcr")
    same_model(case, back)
    assert back.title == case.title
    assert all("not in use" in loss for loss in losses)


@given(cases())
def test_a_second_round_loses_nothing_more(case: Case) -> None:
    once, _ = read_gmcr(write_gmcr(case)[0])
    text, losses = write_gmcr(once)
    same_model(once, read_gmcr(text)[0])
    assert not [loss for loss in losses if "joint sanction" not in loss]


@given(cases())
def test_an_imported_case_can_be_kept_as_a_case_file(case: Case) -> None:
    back, _ = read_gmcr(write_gmcr(case)[0], "there.gmcr")
    loaded = read_document(json.dumps(document(back)), "there.json")
    assert loaded.errors == ()
    assert loaded.case is not None
    same_model(back, loaded.case)


def test_a_saved_conflict_is_read_in_words() -> None:
    case, losses = read_gmcr(json.dumps(FISHERY), "bay/fishery.gmcr")
    assert case.title == "fishery"
    assert [option.key for option in case.options] == [
        "Ministry-of-Fisheries.close-the-bay",
        "Ministry-of-Fisheries.pay-for-boats",
        "Crews.keep-fishing",
    ]
    assert [option.direction for option in case.options] == ["on", "", "off"]
    assert case.options[0].label == "Close the bay"
    assert [str(rule.that) for rule in case.rules] == [
        "not (Ministry-of-Fisheries.close-the-bay and Crews.keep-fishing)"
    ]
    ministry, crews = case.parties
    assert [str(concern.want) for concern in ministry.concerns or ()] == [
        "not Crews.keep-fishing",
        "Ministry-of-Fisheries.close-the-bay and not Ministry-of-Fisheries.pay-for-boats or "
        "not Ministry-of-Fisheries.close-the-bay and Ministry-of-Fisheries.pay-for-boats",
    ]
    assert order(case, crews) == [{"NYY"}, {"NYN", "YYN"}, {"NNY"}, {"NNN", "YNN"}]
    assert losses == ()


def test_several_patterns_together_are_one_statement() -> None:
    """Were each pattern a statement of its own, NNN would stand below NYN and above YYN for the Ministry."""
    case, _ = read_gmcr(json.dumps(FISHERY))
    assert order(case, case.parties[0]) == [{"YNN", "NYN"}, {"NNN", "YYN"}, {"NYY"}, {"NNY"}]


def test_states_are_numbered_by_weight_in_rankings() -> None:
    """Possible are, in this order, NNN 1, YNN 2, NYN 3, YYN 4, NNY 5, NYY 6."""
    ministry = FISHERY["decisionMakers"][0] | {"preferenceRanking": [2, [4, 3], 1, 6, 5]}
    crews = FISHERY["decisionMakers"][1] | {"preferenceRanking": [[6, 5], [1, 2, 3, 4]], "preferences": []}
    saved = FISHERY | {"decisionMakers": [ministry, crews], "useManualPreferenceRanking": True}
    case, losses = read_gmcr(json.dumps(saved))
    assert case.parties[0].ranking == (("YNN",), ("YYN", "NYN"), ("NNN",), ("NYY",), ("NNY",))
    assert case.parties[1].ranking == (("NYY", "NNY"), ("NNN", "YNN", "NYN", "YYN"))
    assert losses == (
        "The file ranks states by hand; the 2 statements it keeps for Ministry of Fisheries are not in use, "
        "and were left out.",
    )


def test_older_files_say_vector_for_ranking() -> None:
    makers = [
        maker | {"preferenceVector": [1, 2, 3, 4, 5, 6], "preferences": []} for maker in FISHERY["decisionMakers"]
    ]
    saved = {"options": FISHERY["options"], "decisionMakers": makers, "infeasibles": FISHERY["infeasibles"]}
    case, losses = read_gmcr(json.dumps(saved | {"useManualPreferenceVectors": True}))
    assert case.parties[1].ranking == tuple((state,) for state in ("NNN", "YNN", "NYN", "YYN", "NNY", "NYY"))
    assert losses == ()


def test_options_in_another_order_keep_the_numbers_of_the_file() -> None:
    crews, ministry = (
        FISHERY["decisionMakers"][1] | {"preferences": [], "preferenceRanking": [5, 6, 1, 2, 3, 4]},
        FISHERY["decisionMakers"][0] | {"preferences": [], "preferenceRanking": [1, 2, 3, 4, 5, 6]},
    )
    saved = FISHERY | {"decisionMakers": [crews, ministry], "useManualPreferenceRanking": True}
    case, losses = read_gmcr(json.dumps(saved))
    assert [option.id for option in case.options] == ["keep-fishing", "close-the-bay", "pay-for-boats"]
    assert case.parties[0].ranking == (("YNN",), ("YNY",), ("NNN",), ("NYN",), ("NNY",), ("NYY",))
    assert "numbered in the file's own order of options" in losses[0]


def test_what_a_case_does_not_say_is_said() -> None:
    ministry = FISHERY["decisionMakers"][0] | {"misperceptions": [[[2, "N"]]]}
    crews = FISHERY["decisionMakers"][1] | {"preferences": [[], {"compound": True, "members": []}], "mood": "grim"}
    saved = FISHERY | {"decisionMakers": [ministry, crews], "coalitions": [[0, 1]], "colour": 3}
    case, losses = read_gmcr(json.dumps(saved))
    assert case.parties[1].concerns == ()
    assert sorted(loss.split(";")[0].split(",")[0] for loss in losses) == [
        "Ministry of Fisheries and Crews act as one in the file",
        "Ministry of Fisheries does not perceive some states in the file",
        "Statement 1 of Crews is true in every state",
        "Statement 2 of Crews is false in every state",
        "The key 'colour' of the file is not known",
        "The key 'mood' of a decision maker is not known",
    ]


def test_names_become_ids_that_a_case_file_can_hold() -> None:
    names = ["2nd strike", "not", "Zürich – talks", "Zürich talks", "撤退", "2nd strike"]
    saved = {
        "options": [{"name": name, "permittedDirection": "both"} for name in names],
        "decisionMakers": [{"name": "北", "options": list(range(6)), "preferences": []}],
        "infeasibles": [],
    }
    case, _ = read_gmcr(json.dumps(saved))
    assert case.party_ids == ("party-1",)
    assert [option.id for option in case.options] == [
        "option-2nd-strike", "option-not", "zurich-talks", "zurich-talks-2", "option-5", "option-2nd-strike-2",
    ]  # fmt: skip
    assert [option.label for option in case.options] == names
    for option in case.options:
        assert parse(option.key, case.names).tree == Compare(option.key)


def fishery() -> Case:
    return read_gmcr(json.dumps(FISHERY), "fishery.gmcr")[0]


def test_what_gmcr_has_no_place_for_is_said() -> None:
    case = fishery()
    ministry = case.parties[0]
    concern = Concern(
        ministry.concerns[0].want if ministry.concerns else made(Or(())), core=True, mark=Mark(note="why")
    )
    case = replace(
        case,
        parties=(replace(ministry, concerns=(concern,)), case.parties[1], Party("Town", concerns=())),
        today=(0, 0, 1),
        demands=(Demand("stop", "Town", "Crews", made(Not(Compare("Crews.keep-fishing")))),),
        rules=(
            Rule(parse("exactly 1 of (Crews.keep-fishing, Ministry-of-Fisheries.close-the-bay)", case.names), "causal"),
        ),
    )
    assert write_gmcr(case)[1] == (
        "GMCR+ has no place for today, demands, sources: left out.",
        "GMCR+ has no place for notes, and for where an item comes from: left out.",
        "GMCR+ has no place for names of concerns, and for which are core: left out.",
        "GMCR+ has no place for names, kinds and reasons of rules, and which are relaxable: left out.",
        "In a joint sanction GMCR+ lets each opponent move once only: with three or more parties its GMR, SMR and SEQ "
        "can differ from detente's.",
        "The rule 'exactly 1 of (Crews.keep-fishing, Ministry-of-Fisheries.close-the-bay)' was written as 2 patterns "
        "that cannot be.",
    )


def test_a_mixture_of_forms_is_written_as_rankings() -> None:
    case = fishery()
    states = tuple((state,) for state in sorted(feasible(case)))
    case = replace(case, parties=(replace(case.parties[0], concerns=None, ranking=states), case.parties[1]))
    text, losses = write_gmcr(case)
    assert json.loads(text)["useManualPreferenceRanking"] is True
    assert losses[-1].endswith("what Crews want was written as a ranking of all states.")
    same_model(case, read_gmcr(text)[0])


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (
            {"parties": (Party("A", (Option("A", "x", levels=("no", "half", "full")),), concerns=()),)},
            "options have levels (A.x)",
        ),
        ({"parties": (Party("A", concerns=()),), "states": ("here", "there")}, "states have names instead of options"),
        ({"moves": (("Crews", (("NNY", ("NNN",)),)),), "states": ("NNY", "NNN")}, "moves are given one by one"),
        (
            {"definitions": (("Crews.keep-fishing", made(Or(()))),), "approach": "pay"},
            "it was rewritten under the approach 'pay'; write the case itself",
        ),
    ],
)
def test_what_gmcr_cannot_hold_is_refused(change: dict[str, Any], reason: str) -> None:
    with pytest.raises(NotAvailableError) as refused:
        write_gmcr(replace(fishery(), **({"rules": ()} | change)))
    assert reason in str(refused.value)


def test_merged_states_stand_apart_and_tied() -> None:
    text, losses = write_gmcr(dt.read("elmira"))
    back = read_gmcr(text)[0]
    apart = dt.read("elmira/twelve-states")
    assert feasible(back) == feasible(apart)
    assert [option.direction for option in back.options] == [option.direction for option in apart.options]
    for party in ("MoE", "LG"):  # the two sources rank Uniroyal's states differently
        assert order(back, back.party(party)) == order(apart, apart.party(party))
    assert order(back, back.party("Uniroyal"))[4] == {"NNNYN", "YNNYN", "NNNYY", "YNNYY"}
    assert any("cannot merge states" in loss for loss in losses)
