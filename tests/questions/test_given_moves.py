"""Moves given one by one replace those of the party's options, whichever way the states are said."""

import pytest

from detente import verify
from detente.files.load import load
from detente.questions.stability import stability

PARTIES = """
parties:
  A: {options: {a: Take it}, concerns: [B.b, not a]}
  B: {options: {b: Give it}, concerns: [A.a, not b]}
"""
RULES = "rules: [A.a or B.b]\n"
STATES = "states: [YN, NY, YY]\n"
MOVES = "moves: {B: {YN: [NY], NY: [YY]}}\n"


def answer(tmp_path, text, parties=PARTIES):
    path = tmp_path / "case.yaml"
    path.write_text("title: Two sides\ntoday: [A.a]\n" + parties + text)
    loaded = load(path)
    assert not [fault for fault in loaded.faults if not fault.warning]
    found = stability(loaded.case)
    assert verify(loaded.case, found).accepted
    return found


@pytest.mark.parametrize("states", [RULES, STATES])
def test_a_party_with_given_moves_has_those_and_the_others_keep_theirs(tmp_path, states):
    by_options = answer(tmp_path, states)
    assert by_options.stable["B"]["Nash"] == ["YN", "NY"]
    found = answer(tmp_path, states + MOVES)
    # B cannot take back from YY what its options would let it take back, and can go from NY to YY, which it prefers.
    assert found.stable["B"]["Nash"] == ["YN", "YY"]
    assert found.stable["A"]["Nash"] == by_options.stable["A"]["Nash"] == ["YN", "NY"]
    assert found.equilibria["Nash"] == ["YN"]


@pytest.mark.parametrize(
    ("states", "word"), [(RULES, "Y-"), (RULES, "YN"), (RULES, "YY"), (STATES, "YN"), (STATES, "YY")]
)
def test_given_moves_lead_from_and_to_merged_states_by_any_of_their_words(tmp_path, states, word):
    merged = states + "coalesce: [A.a]\n"
    likes = PARTIES.replace("[A.a, not b]", "[A.a]").replace("[B.b, not a]", "[]")
    assert answer(tmp_path, merged + f"moves: {{B: {{NY: [{word}]}}}}\n", likes).stable["B"]["Nash"] == ["Y-"]
    dislikes = likes.replace("[A.a]", "[not A.a]")
    assert answer(tmp_path, merged + f"moves: {{B: {{{word}: [NY]}}}}\n", dislikes).stable["B"]["Nash"] == ["NY"]
