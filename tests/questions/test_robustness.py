"""How firmly states stand: shares of variations, swaps until they fall, the lines that carry them, encodings."""

from concurrent.futures import ThreadPoolExecutor
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from large_disputes import large_dispute

from detente.engine.interface import Definition
from detente.errors import DetenteError
from detente.files.load import read_document
from detente.model.edits import SwapConcerns
from detente.questions.check import read
from detente.questions.robustness import Share, robustness
from detente.questions.stability import stability

CASE = """
title: T
parties:
  A: {options: [x], concerns: ["x iff B.y", x]}
  B: {options: [y], concerns: ["y iff A.x", not y]}
"""


def test_a_share_is_what_naive_variations_give() -> None:
    """With two concerns each, a variation has one swap for each party; so every one is the same case, solved here."""
    case = read_document(CASE).case
    swapped = read_document(CASE.replace('["x iff B.y", x]', '[x, "x iff B.y"]').replace(
        '["y iff A.x", not y]', '[not y, "y iff A.x"]')).case  # fmt: skip
    known = stability(swapped).equilibria
    found = robustness(case, variations=20)
    assert found.states
    for each in found.states:
        word = found.setting.word(each.state)
        for definition, share in each.shares.items():
            assert (share.held, share.of) == (20 * (word in known[definition.value]), 20)


def test_swaps_and_freedom_are_those_of_the_ranking() -> None:
    case = read_document(CASE).case
    found = {robustness(case).setting.word(each.state): each for each in robustness(case, variations=0).states}
    assert found["YY"].holds == tuple(Definition)
    assert found["YY"].freedom == (1, 1)  # each has one move, which makes it worse off
    # A ranks YY, NN, YN, NY: to leave YY for NY three classes must be passed; B ranks NN, YY, YN (not y), NY ...
    assert found["YY"].distance == (3, 1 + sum(_better(case, "B", "YN", "YY", between) for between in ("NN", "NY")))


def _better(case: object, party: str, low: str, high: str, between: str) -> bool:
    """Return whether a state lies strictly between two others for a party, by its concerns evaluated here."""
    worth = {
        "A": lambda x, y: (x == y, x),
        "B": lambda x, y: (x == y, not y),
    }[party]
    low_, high_, between_ = (worth(*(letter == "Y" for letter in word)) for word in (low, high, between))
    return low_ < between_ < high_


def test_the_same_seed_gives_the_same_shares_however_the_work_is_split() -> None:
    case = read("elmira")
    with ThreadPoolExecutor(3) as executor:
        split = robustness(case, variations=600, swaps=2, seed=7, executor=executor)
    whole = robustness(case, variations=600, swaps=2, seed=7)
    assert [(each.state, dict(each.shares)) for each in split.states] == [
        (each.state, dict(each.shares)) for each in whole.states
    ]
    other = robustness(case, variations=600, swaps=2, seed=8)
    assert [dict(each.shares) for each in other.states] != [dict(each.shares) for each in whole.states]


def test_the_lines_that_carry_a_state_make_it_fall_when_edited() -> None:
    from detente.model.edits import DropConcern, SwapConcerns

    case = read("us-pakistan-2018")
    found = robustness(case, variations=0)
    standing = {found.setting.word(each.state) for each in found.states if Definition.NASH in each.holds}
    for line in found.inputs:
        party = case.parties[line.party]
        edits = [DropConcern(party.id, line.place)]
        edits += [SwapConcerns(party.id, at, at + 1) for at in (line.place - 1, line.place)
                  if 0 <= at < len(party.concerns) - 1]  # fmt: skip
        fallen = set()
        for edit in edits:
            fallen |= standing - set(stability(case.edit(edit)).equilibria["Nash"])
        assert {found.setting.word(state) for state in line.falling} == fallen


def test_encodings_agree_on_all_most_some_or_none() -> None:
    case = read_document(CASE).case
    other = read_document(CASE.replace("title: T", "title: U").replace("not y", "y")).case
    found = robustness(case, encodings=[other], variations=0)
    assert [name for name, _ in found.encodings] == ["T", "U"]
    for word, definition in product(("YY", "NN", "YN"), Definition):
        held = sum(word in stability(each).equilibria[definition.value] for each in (case, other))
        assert found.agreeing(word, definition) == {2: "all", 1: "some", 0: "none"}[held]
    with pytest.raises(DetenteError, match="other options"):
        robustness(case, encodings=[read("elmira")], variations=0)


def test_an_interval_is_wilsons() -> None:
    """The bounds are where the distance of the share from the truth is 1.96 standard deviations."""
    for held, of in ((0, 10), (3, 10), (10, 10), (700, 1000)):
        for bound in Share(held, of).bounds:
            if 0 < bound < 1:
                assert abs(held / of - bound) == pytest.approx(1.959964 * (bound * (1 - bound) / of) ** 0.5, abs=1e-7)
    assert Share(0, 0).bounds == (0, 1)


def test_nothing_holds_and_nothing_is_followed() -> None:
    pennies = robustness(read("matching-pennies"), variations=10)
    assert "How firm" in [block.heading for block in pennies.summary().blocks]


@settings(max_examples=15)
@given(st.integers(9, 11), st.integers(3, 4), st.integers(0, 10**6))
def test_states_followed_alone_stand_as_firmly_as_among_all(options: int, parties: int, seed: int) -> None:
    """Where states are too many to list each is decided for itself: levels, directions, weights, contracts or not."""
    case = large_dispute(options, parties, seed)
    for approach in ("none", "paid", "shared"):
        known = robustness(case, approach, variations=40, swaps=2, engine="cube")
        words = [known.setting.word(each.state) for each in known.states]
        found = robustness(case, approach, variations=40, swaps=2, engine="symbolic", states=words)
        mine = {each["state"]: each for each in found.data()["states"]}
        for each in known.data()["states"]:
            alone = mine[each["state"]]
            for part in ("holds", "freedom", "swaps to fall"):
                assert alone[part] == each[part], (part, approach)
            assert alone["shares"]["Nash"] == each["shares"]["Nash"]
            assert alone["shares"]["SEQ"]["of"] == 0
        carried, right = (
            [(line["party"], line["place"], set(line["falling"])) for line in each.data()["inputs"]]
            for each in (found, known)
        )
        assert carried == right
        if known.states:
            assert "under the other definitions nothing was varied" in " ".join(str(found).split())


def test_encodings_are_compared_where_states_are_too_many_to_list() -> None:
    case = large_dispute(9, 3, 4)
    other = case.edit(SwapConcerns("A", 0, 1))
    known = robustness(case, encodings=[other], variations=0, engine="cube")
    words = [known.setting.word(each.state) for each in known.states]
    found = robustness(case, encodings=[other], variations=0, engine="symbolic", states=words)
    assert known.states
    for word in words:
        for definition in Definition:
            assert found.agreeing(word, definition) == known.agreeing(word, definition)
