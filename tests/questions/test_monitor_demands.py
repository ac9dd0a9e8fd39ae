"""Scenarios that ask for something to be there, or for whole units: every question answers, and verify follows."""

import json

import pytest
from monitor_scenarios import guarded

from detente.files.scenario import read_scenario
from detente.questions.monitor import Monitor

ASKED_FOR = """
title: Two sides and teams of both
numbers: synthetic
sectors: {north: {flow: 60}, south: {flow: 120}}
ground: {west: A, line: [A, B], east: B}
agencies: {A: {budgets: 4}, B: {budgets: 4}}
measures:
  west: {kind: patrol, at: west, uses: {A: 1}, effect: 0.5, consent: A, delay: 1}
  east: {kind: post, at: east, uses: {B: 1}, effect: 0.3 to 0.5, consent: B, most: 0.5}
  teams: {kind: joint team, at: line, uses: {A: 0.5, B: 0.5}, effect: 0.9, delay: 2}
adversaries: {goods: {from: west, to: east}}
constraints:
  presence: {rule: at least, measures: MEASURES, amount: 2, sectors: south}
inspection: {periods: 6, inspections: 2, gain: 1, sanction: 6, missed: 0.3, false alarm: 0.1, false alarm cost: 4}
"""
WHOLE = """
title: Sites
numbers: synthetic
sectors: [north, south]
ground: {west: A, line: B, east: B}
agencies: {A: {budgets: 2}, B: {budgets: 2}}
measures:
  posts: {kind: post, at: west, uses: {A: 1}, effect: 0.5, consent: A, divisible: false, most: 1}
  teams: {kind: joint team, at: line, uses: {A: 0.75, B: 0.5}, effect: 0.9, divisible: false, most: 1}
adversaries: {goods: {from: west, to: east}}
"""


def asking(tmp_path, text: str) -> Monitor:
    path = tmp_path / "scenario.yaml"
    path.write_text(text, encoding="utf-8")
    return Monitor(read_scenario(str(path)))


@pytest.mark.parametrize("measures", ["joint team", "[joint team, post]"])
@pytest.mark.parametrize("question", ["solve", "compare", "share", "risk", "civil"])
def test_what_must_be_there_is_no_obstacle_to_any_question(tmp_path, question: str, measures: str) -> None:
    monitor = asking(tmp_path, ASKED_FOR.replace("MEASURES", measures))
    answer = json.loads(json.dumps(getattr(monitor, question)().data()))
    checked = monitor.verify(answer)
    assert not checked.refused, checked.refused


def test_less_delay_than_what_must_be_there_costs_is_not_tried(tmp_path) -> None:
    found = asking(tmp_path, ASKED_FOR.replace("MEASURES", "joint team")).civil()
    assert 0 < found.tradeoff[0][0] < found.tradeoff[-1][0]
    answer = found.data()
    answer["delay against detection"] = answer["delay against detection"][1:]
    monitor = asking(tmp_path, ASKED_FOR.replace("MEASURES", "joint team"))
    assert monitor.verify(json.loads(json.dumps(answer))).refused


def test_elements_without_which_no_plan_can_meet_a_demand_are_worth_what_is_there_anyway(tmp_path) -> None:
    # Without joint teams there are half a unit of posts at most, where two units of posts or teams are asked for.
    found = asking(tmp_path, ASKED_FOR.replace("MEASURES", "[joint team, post]")).compare()
    planning, teams = found.elements[1], found.elements[-1]
    assert (planning.exponent, teams.name) == (0, "joint teams")
    assert teams.exponent > 1
    # A demand for teams alone says nothing where there are none: 2 units of 0.5 and 0.5 units of 0.4 in each sector.
    lifted = asking(tmp_path, ASKED_FOR.replace("MEASURES", "joint team")).compare()
    assert lifted.elements[1].exponent == pytest.approx(1.2)


def test_risk_and_inspect_tell_the_same_rate(tmp_path) -> None:
    # 1 / ((6 + 1) (1 - 0.3) - 0.1 * 4): who keeps the agreement may be accused wrongly.
    monitor = asking(tmp_path, ASKED_FOR.replace("MEASURES", "joint team"))
    assert monitor.risk().inspection == pytest.approx(1 / 4.5)
    assert float(monitor.inspect().rate) == pytest.approx(1 / 4.5)


def test_prices_are_not_said_to_prove_whole_units(tmp_path) -> None:
    found = asking(tmp_path, WHOLE).compare()
    told = str(found)
    assert "ruled out by branching" in told and "prices of its limits prove" not in told
    assert "ruled out by branching" in found.explain()
    assert "prices of its limits prove" in str(Monitor(guarded()).compare())


DRAWN = """
title: Two ways side by side
numbers: synthetic
places: [harbour, town]
sectors: {delta: {length: 40}}
arcs:
  channel: {from: harbour, to: town, sector: delta, ground: A}
  bank: {from: harbour, to: town, sector: delta, ground: A}
agencies: {A: {budgets: 4}}
measures:
  patrols: {kind: patrol, at: [channel, bank], uses: {A: 1}, effect: 0.5, delay: 1}
adversaries: {goods: {from: [harbour], to: [town]}}
"""


def test_ways_side_by_side_are_said_to_be_added_up(tmp_path) -> None:
    told = str(asking(tmp_path, DRAWN).solve())
    assert "delta: what is done on several ways, added up; a crossing meets only what is on its own." in told
    assert "several ways" not in str(asking(tmp_path, WHOLE).solve())


def test_a_limit_to_the_delay_of_a_part_is_not_told_of_the_whole(tmp_path) -> None:
    limited = "\nconstraints: {waits: {rule: most delay, amount: 1, at: bank}}\n"
    told = str(asking(tmp_path, DRAWN + limited).solve())
    assert "limits are set for parts of it (detente monitor civil)" in told and "1 allowed" not in told
    everywhere = str(asking(tmp_path, DRAWN + limited.replace("1, at: bank", "2")).solve())
    assert "person-hours a day of 2 allowed" in everywhere
