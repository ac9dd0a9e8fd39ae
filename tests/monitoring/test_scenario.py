"""Scenarios as values: segments, protections, fingerprints, origins, and the schematic of three states."""

import time
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from math import exp

import pytest
from scenario_texts import FULL, SMALL

from detente.errors import NotAvailableError, TooLargeError, UnknownNameError
from detente.files.scenario import read_scenario, read_scenario_document
from detente.monitoring.agreement import checks
from detente.monitoring.compiling import compiled
from detente.monitoring.constraints import KeepOpen, MaxWait
from detente.monitoring.evaluating import evaluated
from detente.monitoring.items import Sector
from detente.monitoring.joint import joint_plan, joint_value
from detente.monitoring.naming import in_words
from detente.monitoring.quantities import Quantity


def read(text):
    return read_scenario_document(text).scenario


VALLEY, FULL_VALLEY = read(SMALL), read(FULL)
TRI, DURAND = read_scenario("tri-state-schematic"), read_scenario("durand-sectors-schematic")
L_STAR = {  # derived: verified by a linear program and by hand
    "AF": 0.2051282051282051,
    "PK": 0.7164179104477612,
    "US": 0.0,
    "AF+PK": 2.2142857142857144,
    "AF+US": 0.7413793103448276,
    "PK+US": 1.1194029850746268,
    "AF+PK+US": 2.6375,
}


@pytest.mark.parametrize("coalition", L_STAR)
def test_every_coalition_of_the_schematic_reaches_what_it_should(coalition):
    numbered = compiled(TRI)
    part = numbered.problem.restricted(numbered.coalition(coalition.split("+")))
    assert joint_value(part) == pytest.approx(L_STAR[coalition], abs=1e-9)


def test_the_schematic_doubles_with_its_budgets():
    agencies = tuple(
        replace(agency, budgets=tuple(replace(each, amount=each.amount + each.amount) for each in agency.budgets))
        for agency in TRI.agencies
    )
    assert joint_value(compiled(replace(TRI, agencies=agencies)).problem) == pytest.approx(2 * 2.6375)


def test_the_schematic_apart_and_on_its_own_sides():
    """Plans made alone and laid on each other; planned together, each on its own side; and with sensors too."""
    numbered = compiled(TRI)
    apart = sum(joint_plan(numbered.problem.restricted([place])).effort for place in range(3))
    assert evaluated(TRI, numbered.levels(apart)).exponents["crossing-east"] == pytest.approx(0.921546, abs=1e-6)
    own = [column for column, each in enumerate(numbered.deployments) if len(each.consent) > 1]
    assert joint_value(numbered.problem.barring(own)) == pytest.approx(1.2698413, abs=1e-6)
    teams = [column for column, each in enumerate(numbered.deployments) if each.element == "joint teams"]
    assert joint_value(numbered.problem.barring(teams)) == pytest.approx(1.6984127, abs=1e-6)
    assert {each.element for each in numbered.deployments} == {"own", "access", "joint teams"}


def test_segments_of_the_template():
    assert [segment.id for segment in VALLEY.segments] == [
        f"S{n}.{layer}" for n in (1, 2) for layer in ("west", "line", "east")
    ]
    first = VALLEY.segment("S1.line")
    assert (first.start, first.end, first.ground) == ("S1 west of the line", "S1 east of the line", ())
    assert VALLEY.segment("S2.east").ground == ("B",)


def test_segments_of_a_scenario_with_everything():
    ids = [segment.id for segment in FULL_VALLEY.segments]
    assert ids[9:] == ["S1-S2.west", "S2-S3.west", "S1-S2.east", "S2-S3.east", "Gate"]
    assert all(segment.both_ways for segment in FULL_VALLEY.segments)  # a type crosses westward
    assert FULL_VALLEY.segment("S2.line").baseline == Quantity.of(0.25, 0.2, 0.3)
    assert FULL_VALLEY.segment("S1.west").baseline == Quantity.of(0.1)
    assert FULL_VALLEY.segment("S1.east").baseline is None
    assert FULL_VALLEY.segment("S1-S2.east").baseline.high == Fraction(6, 10)


def test_travellers_pass_the_crossing_and_both_approaches():
    flows = {segment.id: segment.flow and float(segment.flow) for segment in FULL_VALLEY.segments}
    assert flows["Gate"] == 1000
    assert flows["S1.west"] == flows["S1.east"] == 1200
    assert flows["S1.line"] == 200
    assert flows["S3.west"] is None


def test_protections_are_on_unless_taken_away_and_then_said():
    assert VALLEY.protections == VALLEY.removed == ()
    assert [type(each) for each in FULL_VALLEY.protections] == [KeepOpen, MaxWait]
    assert FULL_VALLEY.removed == (
        "Ford is not kept open: a plan may close it (it is flooded).",
        "At Ford no wait is too long: a plan may delay people there at will (it is flooded).",
    )
    assert len(DURAND.protections) == 2 * len(DURAND.crossings)
    assert DURAND.removed == ()


def test_what_would_close_a_crossing_is_barred_while_it_is_kept_open():
    numbered = compiled(DURAND)
    plan = joint_plan(numbered.problem)
    closing = [level for key, level in numbered.levels(plan.effort).items() if key.startswith("gate-closure")]
    assert closing == [0.0, 0.0]
    opened = replace(
        DURAND,
        crossings=tuple(replace(each, keep_open=False, because="x") for each in DURAND.crossings),
        constraints=(),
    )
    levels = compiled(opened).levels(joint_plan(compiled(opened).problem).effort)
    assert any(level > 0.5 for key, level in levels.items() if key.startswith("gate-closure"))
    assert len(opened.removed) == len(DURAND.crossings)


def test_the_fingerprint_changes_when_an_answer_can():
    told = read(
        SMALL.replace("title: A valley", "title: Another").replace("A: {budgets", "A: {name: force, note: x, budgets")
    )
    assert told.fingerprint == VALLEY.fingerprint
    changed = [
        SMALL.replace("effect: 0.5", "effect: 0.51"),
        SMALL.replace("effect: 0.5", "effect: 0.4 to 0.6"),
        SMALL.replace("[S1, S2]", "[S2, S1]"),
        SMALL.replace("consent: B", "consent: [A, B]"),
        SMALL.replace("from: west, to: east", "from: S1 west, to: east"),
        SMALL + "constraints: {c: {rule: only joint}}\n",
        SMALL + "along: {west: 0.1}\n",
        SMALL + "crossings: {Gate: {sector: S1}}\n",
        SMALL + "risks: {A: {leak: 0.1}}\n",
    ]
    prints = [read(text).fingerprint for text in changed]
    assert len({*prints, VALLEY.fingerprint}) == len(changed) + 1
    assert read(SMALL.replace("0.5", "1/2")).fingerprint == VALLEY.fingerprint


def test_a_source_alone_changes_no_fingerprint():
    sourced = SMALL.replace("effect: 0.5", "effect: {value: 0.5, source: gazette}")
    assert read(sourced).fingerprint == VALLEY.fingerprint
    assert read(sourced).synthetic == VALLEY.synthetic - 1


def test_ten_million_segments_are_refused_before_any_is_made():
    many = replace(VALLEY, sectors=(Sector("S"),) * 4_000_000)
    with pytest.raises(TooLargeError, match="12,000,000 arcs are more than the 2,000,000 that can be solved"):
        _ = many.segments
    with pytest.raises(TooLargeError, match="12,000,000 arcs"):
        compiled(many)
    with pytest.raises(TooLargeError, match="large=True"):
        compiled(replace(VALLEY, sectors=tuple(Sector(f"T{place}") for place in range(2_000))))


def test_forty_thousand_sectors_are_read_and_refused_in_seconds():
    text = """title: Long
numbers: synthetic
sectors: 40000
agencies: {A: {budgets: 1}}
measures: {a: {kind: patrol, at: line, uses: {A: 1}, effect: 1}}
adversaries: {over: {from: west, to: east}}
"""
    started = time.process_time()
    with pytest.raises(TooLargeError, match="120,000 arcs"):
        compiled(read(text))
    assert time.process_time() - started < 30  # comparing each with each took a quarter of an hour


def test_too_many_measures_are_refused_before_any_is_made():
    wide = replace(
        VALLEY, sectors=tuple(Sector(f"T{place}") for place in range(2_000)), measures=VALLEY.measures[:1] * 1_001
    )
    with pytest.raises(TooLargeError, match="2,002,000 measures on segments are more than the 2,000,000"):
        compiled(wide, large=True)


def test_names_come_back_from_numbers():
    numbered = compiled(VALLEY)
    assert [each.key for each in numbered.deployments][:3] == [
        "watch at S1.west",
        "watch at S2.west",
        "look at S1.line",
    ]
    assert numbered.coalition(["B"]) == (1,)
    effort = numbered.effort({"watch at S1.west": 1.5})
    assert numbered.levels(effort)["watch at S1.west"] == 1.5
    with pytest.raises(UnknownNameError, match=r"did you mean watch at S1\.west"):
        numbered.effort({"watch at S1.wst": 1})
    with pytest.raises(UnknownNameError, match="no party is called 'C'"):
        numbered.coalition(["C"])
    with pytest.raises(UnknownNameError, match="no constraint is called 'x'"):
        VALLEY.without("x")


def test_a_type_that_cannot_arrive_is_named():
    lost = replace(VALLEY, adversaries=(replace(VALLEY.adversaries[0], end=("S3 east",)),))
    with pytest.raises(NotAvailableError, match="through cannot get from west to S3 east in any way"):
        compiled(lost)


CONTRADICTION = """constraints:
  much: {rule: at least, measures: watch, amount: 5, asked by: A, because: it wants it}
  little: {name: no more than two, rule: at most, measures: watch, amount: 2, asked by: B}
  beside: {rule: at most, measures: walk, amount: 1}
"""


def test_constraints_that_contradict_each_other_are_named():
    scenario = read(SMALL + CONTRADICTION)
    with pytest.raises(NotAvailableError) as caught, in_words(scenario):
        joint_plan(compiled(scenario).problem)
    assert str(caught.value) == (
        "no plan meets all of these, and without any one of them some plan would: 'much', asked by A and 'little' "
        "(no more than two), asked by B; relax one of them"
    )


def test_a_constraint_that_budgets_do_not_allow_is_named_with_them():
    scenario = read(SMALL + CONTRADICTION.replace("amount: 2", "amount: 20"))
    with pytest.raises(NotAvailableError) as caught, in_words(scenario):
        joint_plan(compiled(scenario).problem)
    assert "'much', asked by A and the budget of A; relax one of them" in str(caught.value)


def test_effort_without_a_limit_is_named():
    scenario = read(SMALL)
    free = replace(scenario, measures=(replace(scenario.measures[0], uses=()),))
    with (
        pytest.raises(NotAvailableError, match=r"nothing limits 'watch at S1\.west'.*give the measure `most:`"),
        in_words(free),
    ):
        joint_plan(compiled(free).problem)


def test_a_plan_of_ones_own_is_evaluated():
    found = evaluated(
        FULL_VALLEY, {"watch at S1.west": 2, "team at Gate": 1, "fence at S1.line": 0.5, "walk at S1.east": 7}
    )
    assert found.exponents["east"] == pytest.approx(0.1 + 0.05)  # S3: the west approach, and the line for this type
    assert found.detection["east"] == pytest.approx(1 - exp(-0.15))
    assert found.used == pytest.approx({"A": 2.5, "B.walk": 7.5, "B.look": 0.5, "observers": 0, "wardens": 0})
    assert found.hours == pytest.approx(2 * 1000 / 60)
    assert found.waits == pytest.approx({"Gate": 2, "Ford": 0})
    assert found.intrusiveness["people"] == 1
    assert set(found.broken) >= {"c1", "c5", "budget of B.walk", "whole units of fence at S1.line", "keep open Gate"}
    assert "c8" not in found.broken
    assert evaluated(FULL_VALLEY, {"watch at S1.west": 4}).broken[-1] == "most of watch at S1.west"


def test_the_low_ends_of_effects_give_the_robust_plan():
    low, mid, high = (joint_value(compiled(DURAND, effects).problem) for effects in ("low", "value", "high"))
    assert low < mid < high


def test_checks_of_a_draft_agreement():
    found = {check.id: check for check in checks(FULL_VALLEY)}
    assert found["consent"].answer == "no"
    assert found["consent"].because == ("walk: on ground of the west, without consent.",)
    assert found["recipients"].answer == "yes"
    assert found["authenticity"].because == ("pictures: the west may be unable to verify it.",)  # counts are its own
    assert found["anomalies"].answer == "yes"
    assert found["reciprocity"].answer == "unknown"
    told = "the observers: 1 product given to others, none received from others, 1 more not known."
    assert found["reciprocity"].because == (told,)
    assert [check.id for check in checks(VALLEY)] == ["consent"]
    assert checks(VALLEY)[0].answer == "yes"


def test_checks_say_unknown_where_it_is_not_known():
    found = {check.id: check for check in checks(DURAND)}
    assert found["anomalies"].answer == "no"
    assert found["authenticity"].answer == "unknown"
    assert "the fence: on ground of Afghanistan, without consent." in found["consent"].because
    assert {check.id: check.answer for check in checks(TRI)} == {
        "consent": "yes",
        "recipients": "yes",
        "authenticity": "unknown",
        "anomalies": "unknown",
        "reciprocity": "no",
    }


def test_a_product_for_one_needs_a_reason():
    text = SMALL + "agreement: {products: {p: {collected by: A, receives: {A: yes, B: %s}%s}}}\n"
    answers = {
        ("no", ""): "no",
        ("unknown", ""): "unknown",
        ("no", ", because: B wants none"): "yes",
        ("yes", ""): "yes",
    }
    for said, answer in answers.items():
        found = {check.id: check for check in checks(read(text % said))}
        assert found["recipients"].answer == answer
        assert found["recipients"].asks.startswith("every product goes to two parties")


def test_quantities_are_exact_and_between_their_ends():
    assert Quantity.of(0.1).value == Fraction(1, 10)
    assert str(Quantity.of(0.5, 0.4, 0.6)) == "0.5 (0.4 to 0.6)"
    assert str(Quantity.of("1/3")) == "1/3"
    assert float(Quantity.of(2)) == 2.0
    with pytest.raises(ValueError, match="does not lie between"):
        Quantity.of(1, 2, 3)
    both = Quantity.of(1, source="a") + Quantity.of(2, 1, 3, source="b")
    assert (both.low, both.value, both.high, both.source) == (2, 3, 4, "a; b")
    assert (Quantity.of(1, source="a") + Quantity.of(2)).synthetic


def test_no_shipped_scenario_holds_anything_finer_than_a_sector():
    for name in ("tri-state-schematic", "durand-sectors-schematic"):
        scenario = read_scenario(name)
        assert all(sector.length is None or sector.length.value >= 25 for sector in scenario.sectors)
        assert all(segment.sector or segment.layer for segment in scenario.segments)


def test_all_pairs_of_coalitions_gain_by_joining():
    numbered = compiled(DURAND)
    values = {
        group: joint_value(numbered.problem.restricted(group))
        for size in (1, 2, 3)
        for group in combinations(range(3), size)
    }
    assert values[0, 1, 2] > values[0, 1] > max(values[(0,)], values[(1,)])
