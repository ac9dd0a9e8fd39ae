"""Coalition improvements: against all joint moves, and Elmira's published shift."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from small_disputes import disputes, naive_of, numbered

from detente.files.load import load
from detente.game import setting
from detente.questions.coalitions import coalition_proof, coalition_upsets, coalitions, upsets


@settings(deadline=None, max_examples=60)
@given(disputes())
def test_coalitions_upset_exactly_what_joint_moves_improve_for_all(case):
    about, naive = setting(case), naive_of(case)
    number = numbered(about, naive)
    for state in about.game.feasible():
        able = []
        for size in range(2, naive.parties + 1):
            for members in combinations(range(naive.parties), size):
                here = number[state]
                gains = {
                    t
                    for t in naive.joint(members, here, improving=False)
                    if all(naive.keys[p][t] > naive.keys[p][here] for p in members)
                }
                path = coalition_upsets(about, state, members)
                assert (path is not None) == bool(gains)
                if gains and not any(set(smaller) < set(members) for smaller in able):
                    able.append(members)
                at, last = here, None
                for mover, after in path or []:
                    assert mover in members and mover != last and number[after] in naive.arcs[mover][at]
                    at, last = number[after], mover
                assert path is None or at in gains
        assert [found.coalition for found in upsets(about, state)] == able


@settings(deadline=None, max_examples=30)
@given(disputes())
def test_proof_is_against_the_coalitions_that_the_approach_lists(case):
    about = setting(case, "shared")
    states = about.game.feasible().first()
    assert coalition_proof(about, states) == [s for s in states if coalition_upsets(about, s, (0, 1)) is None]
    assert coalition_proof(setting(case), states) == states


def test_the_ministry_and_the_company_shift_elmira_from_one_equilibrium_to_another():
    found = coalitions(load("elmira").case)
    [upset] = found.data()["upsets"]
    assert (upset["state"], upset["target"], upset["coalition"]) == ("NYNNY", "YNYNY", ["MoE", "Uniroyal"])
    assert "Nash" in upset["target is an equilibrium under"] and sorted(found.proof) == ["---Y-", "YNYNY"]
    text = found.render("text", 300)
    assert "Two or more parties moving together could upset 1 of 3 states that hold by themselves (Nash)" in text
    assert "NYNNY, by Ministry of the Environment and Uniroyal: " in text
    assert "That ends in YNYNY, which holds by itself (Nash, GMR, SMR, SEQ, SSEQ)." in text


def test_the_states_to_ask_about_can_be_given():
    found = coalitions(load("elmira").case, states=["YNYNY"])
    assert found.data()["upsets"] == [] and found.proof == ["YNYNY"]
    assert "No two or more parties together could upset the 1 state asked about" in found.render("text", 300)


def test_what_the_limit_leaves_out_is_said():
    found = coalitions(load("elmira").case, limit=1)
    assert found.data()["complete"] is False
    assert "Not looked at: 2 further ones, beyond the limit." in found.render("text", 300)


def test_prisoners_can_leave_mutual_defection_together():
    found = coalitions(load("prisoners-dilemma").case)
    assert len(found.upsets) == 1 and len(found.upsets[0].path) == 2


@pytest.mark.parametrize("format", ["markdown", "latex", "csv"])
def test_every_surface(format):
    assert "NYNNY" in coalitions(load("elmira").case).render(format)
