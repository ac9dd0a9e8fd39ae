"""Coalition improvements: against all joint moves, and Elmira's published shift."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from small_disputes import disputes, naive_of, numbered

from detente.files.load import load, read_document
from detente.game import setting
from detente.questions.coalitions import coalition_proof, coalition_upsets, coalitions
from detente.questions.upsets import Upsets, upsets


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
        assert [found.coalition for found in upsets(about, state).found] == able


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


def read(text: str):
    loaded = read_document(text)
    assert loaded.case is not None, loaded.faults
    return loaded.case


def test_three_hundred_parties_of_whom_few_can_do_anything():
    """Each of two can give something that all others want; the others have nothing to give."""
    rest = "\n".join(f"  P{n}: {{concerns: [A.give, B.give]}}" for n in range(298))
    case = read(
        "title: many\nparties:\n  A: {options: [give], concerns: [B.give, not give]}\n"
        f"  B: {{options: [give], concerns: [A.give, not give]}}\n{rest}\n"
    )
    found = coalitions(case)
    assert [(upset.coalition, about) for upset in found.upsets for about in [found.setting.word(upset.state)]] == [
        ((0, 1), "NN")
    ]
    assert found.data()["complete"] is True


CLUB = (
    "title: club\nparties:\n"
    + "".join(f"  P{n}: {{options: [join], concerns: [all, not join]}}\n" for n in range(6))
    + f"outcomes: {{all: {' and '.join(f'P{n}.join' for n in range(6))}}}\n"
)


def test_what_takes_all_parties_is_found(monkeypatch):
    """Joining pays only once all have joined: no smaller coalition upsets that nobody does."""
    found = coalitions(read(CLUB), states=["NNNNNN"])
    assert [upset.coalition for upset in found.upsets] == [tuple(range(6))]


@pytest.mark.parametrize(("most", "largest"), [(0, 1), (14, 1), (15, 2), (34, 2), (35, 3), (55, 4), (56, 5)])
def test_coalitions_that_are_too_many_to_try_leave_a_state_undecided(most, largest, monkeypatch):
    about = setting(read(CLUB))
    state = about.state("NNNNNN")
    assert upsets(about, state, most) == Upsets(state, (), largest)
    assert upsets(about, state, 57).largest is None


def test_what_was_not_tried_is_unknown_and_not_proof(monkeypatch):
    monkeypatch.setattr("detente.questions.coalitions.MOST_TRIED", 20)
    monkeypatch.setattr("detente.questions.coalitions.FEWEST_TRIED", 0)
    found = coalitions(read(CLUB), states=["NNNNNN"])
    assert found.proof == [] and found.unknown == ["NNNNNN"]
    data = found.data()
    assert data["complete"] is False and data["coalition proof"] == []
    assert data["undecided"] == {"NNNNNN": "not all of more than 2 parties were tried"}
    text = found.render("text", 300)
    assert "None of the coalitions that were tried could upset the 1 state asked about." in text
    assert (
        "There are too many coalitions to try: not all of more than 2 parties were tried; "
        "so it is not known whether any can upset NNNNNN." in text
    )


@pytest.mark.parametrize("name", ["us-pakistan-2018", "elmira", "sanctions"])
def test_no_coalition_is_spared_wrongly_under_any_approach(name):
    """Contracts, merged states and given moves change more than the movers own: so each coalition is tried."""
    case = load(name).case
    for approach in ["none", *(each.id for each in case.approaches)]:
        about = setting(case, approach)
        for state in about.game.feasible().first()[::37][:12]:
            able = []
            for size in range(2, about.game.parties + 1):
                for members in combinations(range(about.game.parties), size):
                    if not any(set(smaller) < set(members) for smaller in able) and coalition_upsets(
                        about, state, members
                    ):
                        able.append(members)
            assert [found.coalition for found in upsets(about, state).found] == able
