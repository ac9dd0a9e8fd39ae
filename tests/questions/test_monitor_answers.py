"""Answers about monitoring say what they are not, put removed protections first, and look alike on every surface."""

import json
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from monitor_answers import ALL, CIVIL, COMPARED, INSPECTED, MADE, RISKS, SHARED, SOLVED, UNSAFE

from detente.look.svg import svg
from detente.questions.monitor_crossing import Alarm, Limit
from detente.questions.monitored import ILLUSTRATION, chance, exponent, more, signed, span


@pytest.mark.parametrize("answer", ALL.values(), ids=ALL)
def test_every_answer_says_on_every_surface_that_it_is_no_recommendation(answer) -> None:
    for format in ("text", "markdown", "latex", "json"):
        told = " ".join(answer.render(format).split())
        assert ILLUSTRATION in told, format
        assert "1a2b3c4d" in told, format
    told = answer.render("text")
    assert "28 of its 30 numbers are synthetic" in " ".join(told.split())
    assert not re.search(r"\b(?:deploy (?:the|these)|should deploy|recommend(?!ation))", told)
    for name, picture in answer.pictures().items():
        drawn = " ".join(ElementTree.fromstring(svg(picture)).itertext())
        assert "sector-level planning illustration" in " ".join(drawn.split()), name


@pytest.mark.parametrize("answer", ALL.values(), ids=ALL)
def test_removed_protections_stand_first(answer) -> None:
    unsafe = replace(answer, made=UNSAFE)
    first = unsafe.summary().blocks[0]
    assert first.heading == "People who cross are not protected"
    assert first.lines[0] == "The crossing ‘Gate’ need not be kept open: the road is rebuilt."
    assert unsafe.data()["protections removed"] == list(UNSAFE.removed)
    assert answer.summary().blocks[0].heading != first.heading


@pytest.mark.parametrize("answer", ALL.values(), ids=ALL)
def test_an_answer_is_plain_data_rows_and_reasons(answer) -> None:
    data = json.loads(answer.render("json"))
    assert data["scenario"] == {"title": "Four sectors", "fingerprint": "1a2b3c4d"}
    assert data["synthetic numbers"] == {"synthetic": 28, "of": 30}
    assert data["parameters"] == {"objective": "worst"}
    assert answer.render("csv").splitlines()[0].split(",")[0] == answer.columns[0]
    assert len(answer.rows()) >= 3
    assert answer.explain().startswith("Why: ")
    assert len(answer.explain().splitlines()) > 3
    assert "<svg" in answer._repr_html_()


def test_compare_keeps_its_contract() -> None:
    data = COMPARED.data()
    assert [(each["element"], round(each["detection"], 2)) for each in data["waterfall"]] == [
        ("uncoordinated", 0.60), ("common planning", 0.72), ("third-party sensors", 0.82), ("joint teams", 0.93)
    ]  # fmt: skip
    assert data["certificate"] == {"primal": 2.6375, "dual": 2.6375}
    assert data["value of cooperation"] == pytest.approx(0.3264)
    assert "2.86 times the budgets" in svg(COMPARED.pictures()["budget-curve"])
    told = " ".join(COMPARED.render("text").split())
    assert "Apart, a crossing that adapts to the plans is found with a chance of 0.60; together with 0.93." in told
    never = replace(COMPARED, multiplier=None)
    told_never = " ".join(never.render("text").split())
    assert "However large all budgets were, plans made apart would not reach as much." in told_never
    assert "times the budgets" not in svg(never.pictures()["budget-curve"])


def test_sets_that_would_leave_are_named_with_a_cross() -> None:
    told = SHARED.render("text", 120)
    assert "Shapley: would do better by themselves: AF and US." in told
    assert "1.3 (1.2 to 1.4)" in told
    assert "0.74 ✗ leaves" in told
    assert "2.34 ✓ stays" in told
    assert SHARED.data()["coalitions"][1]["content"] == {"Owen": True, "Shapley": False, "nucleolus": True}
    assert "Left if one does nothing: AF 40%, PK 30% and US 80%." in told
    assert "AF gives 0.1 and PK gets 0.1" in told
    assert "✗ leaves" in svg(SHARED.pictures()["burden"])
    unhappy = replace(SHARED, least=0.3, gap=0.2)
    assert "No division leaves every set content: some set misses at least 0.3." in unhappy.render("text", 120)
    assert "No transfers make staying pay for each: 0.2 is missing." in unhappy.render("text", 120)


def test_risks_tell_three_kinds_of_patience_apart() -> None:
    told = " ".join(RISKS.render("text").split())
    assert "PK keeps the agreement if tomorrow counts at least 0.77 of today" in told
    assert "AF is not tempted to break the agreement" in told
    assert "US would not keep the agreement however much tomorrow counts" in told
    assert "while the chance of a leak is below 0.35" in told
    assert "none suffices" in svg(RISKS.pictures()["risks"])
    assert "no leak is worth risking" in replace(RISKS, leak=0.0).render("text")


def test_people_who_cross_have_as_much_room_as_security() -> None:
    drawn = svg(CIVIL.pictures()["civil"])
    boxes = re.findall(r'<rect x="[\d.]+" y="0" (width="[\d.]+" height="[\d.]+")', drawn)
    assert len(boxes) == 2
    assert len(set(boxes)) == 1
    headings = [block.heading for block in CIVIL.summary().blocks]
    assert headings.index("People who cross") < headings.index("Security")
    solved = [block.heading for block in SOLVED.summary().blocks]
    assert solved.index("People who cross") == 1
    told = " ".join(CIVIL.render("text").split())
    assert "Crossing Ford: ✗ closed by this plan (a fence may close it)." in told
    assert "Crossings kept open, whatever the plan: ✓ Gate." in told
    assert "1,200 person-hours a day of 2,000; 800 left; 5.538 minutes a person among 13,000 who cross" in told


def test_a_rare_event_makes_most_alarms_wrong() -> None:
    alarm = Alarm("Here", 1e-4, 0.9, 0.02)
    assert alarm.right == pytest.approx(0.00448, abs=1e-5)
    assert round(alarm.ordinary) == 222
    assert Alarm("Here", 0, 0.9, 0.02).sentence() == "Here: nobody of those stopped would be what is looked for."
    assert Alarm("Here", 0, 0.9, 0).right == 0
    assert Limit("Delay", 5, 5).sentence() == "5 of 5; nothing left"


def test_shares_of_crossings_are_rounded_everywhere() -> None:
    shown = {each.name: shown for each, shown in zip(SOLVED.sectors, ("15 %", "15 %", "30 %", "40 %"), strict=True)}
    assert {each["sector"]: each["share of attempts"] for each in SOLVED.data()["sectors"]} == shown
    assert {row["sector"]: row["share of attempts"] for row in SOLVED.rows()} == shown
    assert "0.13" not in SOLVED.render("json")
    told = " ".join(SOLVED.render("text").split())
    assert "more than an even share of crossings would try Plain and South" in told


def test_made_up_numbers_stand_out() -> None:
    drawn = svg(SOLVED.pictures()["assumptions"])
    assert "0.9 (0.7 to 1.1) ◆" in drawn
    assert "493 km ◆" not in drawn
    assert "survey p. 3" in drawn
    assert 'fill="url(#fill-1)"' in svg(SOLVED.pictures()["tornado"])
    assert "no ranges that move the result" in svg(replace(SOLVED, assumptions=()).pictures()["tornado"])
    assert "The scenario bars nothing." in svg(replace(SOLVED, red_lines=()).pictures()["red-lines"])


def test_inspections_are_told_as_fractions() -> None:
    told = " ".join(INSPECTED.render("text").split())
    assert "that chance is worth 3/11 to it" in told
    assert "An announced rate of 1/8, kept to, deters" in told
    assert "a higher sanction does not make violations rarer" in told
    none = " ".join(replace(INSPECTED, rate=None, enough=None).render("text").split())
    assert "No announced rate deters" in none


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (chance(0.92846), "0.93"), (exponent(2.6375), "2.638"), (exponent(13000), "13,000"), (exponent(1e-9), "0"),
        (signed(-0.1), "−0.1"), (signed(0.2), "+0.2"), (signed(0.0), "0"), (more(0.117), "+0.12"),
        (more(-0.001), "0.00"), (span(1, 1 + 1e-9), "1"), (span(1.2, 1.4), "1.2 to 1.4"),
    ],
)  # fmt: skip
def test_figures_are_said_shortly(said: str, told: str) -> None:
    assert said == told


def test_a_scenario_says_how_many_of_its_numbers_are_made_up() -> None:
    assert replace(MADE, made_up=0).rests_on() == "Its 30 numbers all have a source."
    assert replace(MADE, made_up=30).rests_on() == "All of its 30 numbers are synthetic: made up for illustration."
