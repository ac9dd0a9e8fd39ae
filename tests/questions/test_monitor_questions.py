"""Questions about monitoring give the published figures of the schematic, and follow from the scenario."""

import json
import math
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import jsonschema
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from monitor_scenarios import Q, guarded, tri_state

import detente
from detente.errors import DetenteError, NotAvailableError, UnknownNameError
from detente.files.load import load, read_document
from detente.look.svg import svg
from detente.model.document import document
from detente.model.items import WAYS
from detente.monitoring.compiling import compiled
from detente.monitoring.constraints import MaxLevel, MinLevel, NoMeasure, Where
from detente.monitoring.feed import Profile
from detente.monitoring.parameters import Site
from detente.monitoring.taking_part import participation
from detente.questions.check import check
from detente.questions.monitor import Monitor, monitor
from detente.questions.monitor_dated import dated
from detente.questions.monitor_feed import updated
from detente.questions.monitor_numbers import changed, numbers

SHIPPED = Path(detente.__file__).parent / "library"
TRI = compiled(tri_state())
PLAYERS = ("AF", "PK", "US")
CASE = """
title: A border
parties:
  US: {options: [monitor], concerns: [detection-80]}
  PK: {options: {monitor: a part in it, fence: a fence}, concerns: [monitor]}
  AF: {options: [monitor], concerns: []}
outcomes:
  detection-80: {that: US.monitor, name: well watched}
  held: detection-80
monitoring:
  scenario: border.yaml
  taking part:
    US: {joint teams: monitor}
    PK: {joint teams: monitor}
    AF: {joint teams: monitor}
"""


def case(text: str = CASE):
    loaded = read_document(text)
    assert loaded.case is not None and not loaded.errors, loaded.faults
    return loaded.case


def reached(*ways: str) -> float:
    return participation(TRI, Profile(tuple(zip(PLAYERS, ways, strict=True)))).detection


def test_the_joint_plan_is_the_published_one_sector_by_sector() -> None:
    found = Monitor(tri_state()).solve()
    assert found.detection == pytest.approx(0.9284597, abs=1e-6)
    assert found.primal == pytest.approx(found.dual)
    assert [each.detection for each in found.sectors] == pytest.approx([found.detection] * 4, abs=1e-6)
    assert sum(each.share for each in found.sectors) == pytest.approx(1)
    assert min(each.apart_detection for each in found.sectors) == pytest.approx(0.6020969, abs=1e-6)
    assert {each.agency: each.used for each in found.budgets} == pytest.approx({"AF": 4, "PK": 8, "US": 3})
    assert sum(each.price * each.amount for each in found.budgets) == pytest.approx(2.6375)
    assert len(found.assumptions) == len(tri_state().quantities)


def test_the_certificate_names_every_level_and_price() -> None:
    found = Monitor(guarded()).solve()
    numbered = compiled(guarded())
    effort = numbered.effort(found.certificate["levels"])
    assert (numbered.problem.measures.use @ effort <= numbered.problem.resources.budget + 1e-6).all()
    prices = found.certificate["budget prices"]
    assert set(prices) == set(PLAYERS)
    assert found.data()["certificate"]["levels"] == found.certificate["levels"]


def test_another_objective_is_asked_for_by_name() -> None:
    scenario = tri_state()
    assert Monitor(scenario).solve("weighted").primal == pytest.approx(2.6375)
    expected = Monitor(scenario).solve("expected")
    assert expected.primal == pytest.approx(1 - 0.9284597, abs=1e-5)
    with pytest.raises(UnknownNameError, match="no objective is called 'wrost'; did you mean worst"):
        Monitor(scenario).solve("wrost")


def test_a_red_line_costs_what_the_plan_gains_without_it() -> None:
    barred = replace(tri_state(), constraints=(NoMeasure(id="no teams", where=Where(measures=("team",))),))
    found = Monitor(barred).solve()
    free = Monitor(tri_state()).solve()
    (line,) = found.red_lines
    assert line.name == "no teams"
    assert found.detection == pytest.approx(0.817, abs=1e-3)
    assert line.detection == pytest.approx(free.detection - found.detection, abs=1e-6)
    assert line.price > 0
    one = replace(barred.constraints[0], id="one team")
    there = {field: getattr(one, field) for field in ("id", "where")}
    eased = replace(barred, constraints=(MaxLevel(**there, amount=Q(1)),))
    assert line.adds == pytest.approx(Monitor(eased).solve().exponent - found.exponent, abs=1e-6)
    assert line.adds <= line.price + 1e-6, "what one more adds is never more than a price that proves the plan best"
    assert line.costs is None, "there cannot be fewer than none"
    (line,) = Monitor(eased).solve().red_lines
    assert line.costs == pytest.approx(Monitor(eased).solve().exponent - found.exponent, abs=1e-6)
    assert line.name == "one team"


def test_the_tornado_tries_both_ends_of_every_range() -> None:
    found = Monitor(guarded()).solve()
    varied = {each.name: (each.low, each.high) for each in found.assumptions if each.low is not None}
    assert set(varied) == {f"joint team, effect, S{n}" for n in (1, 2, 3)}
    for low, high in varied.values():
        assert low < found.detection < high


def test_every_number_has_a_name_and_can_be_replaced() -> None:
    scenario = guarded()
    listed = numbers(scenario)
    assert [each.quantity for each in listed] == list(scenario.quantities)
    assert len({each.path for each in listed}) == len(listed)
    assert all(each.name for each in listed)
    for each in listed:
        other = changed(scenario, each.path, Q(Fraction(17, 19)))
        told = [number.quantity.value for number in numbers(other)]
        assert [value == Fraction(17, 19) for value in told].count(True) == 1
        assert told.index(Fraction(17, 19)) == listed.index(each)


def test_people_who_cross_are_told_with_the_plan() -> None:
    found = Monitor(guarded()).civil()
    assert found.delay.limit == 1000
    assert found.delay.used == pytest.approx(13.333, abs=1e-3)
    assert found.people == 5800 + 400
    assert [each.open for each in found.crossings] == [True, True]
    assert [each.name for each in found.limits] == ["Waits at crossings because of the plan"]
    assert [hours for hours, _ in found.tradeoff] == sorted(hours for hours, _ in found.tradeoff)
    assert [each for _, each in found.tradeoff] == sorted(each for _, each in found.tradeoff)
    assert found.tradeoff[0][1] == pytest.approx(0.817, abs=1e-3), "without delay there are no joint teams"
    assert found.apart == pytest.approx(0.6020969, abs=1e-6)
    removed = replace(guarded(), crossings=tuple(replace(each, keep_open=False) for each in guarded().crossings))
    assert Monitor(removed).civil().summary().blocks[0].heading == "People who cross are not protected"


def test_a_leak_a_default_and_impatience() -> None:
    found = Monitor(guarded()).risk()
    assert found.leak == pytest.approx(0.3515105, abs=1e-6)
    assert {each.party: each.others for each in found.defaults} == pytest.approx(
        {"AF": 0.7164179, "PK": 0.7413793, "US": 2.2142857}, abs=1e-6
    ), "PK and US have no more than PK alone, for PK bars sensors in the east"
    for each in found.defaults:
        assert each.left <= each.others + 1e-9
    assert {each.party: each.threshold for each in found.patience} == pytest.approx({"PK": 10 / 13, "AF": 0})
    assert found.inspection == pytest.approx(0.125)
    assert Monitor(tri_state()).risk().patience == ()


def test_inspections_are_the_published_ones() -> None:
    found = Monitor(guarded()).inspect()
    assert found.rate == Fraction(1, 8)
    assert found.enough == 1
    again = replace(guarded(), inspection=replace(guarded().inspection, sanction=Q(1)))
    asked = Monitor(again).inspect(5, 2)
    assert (asked.value, asked.now) == (Fraction(3, 8), Fraction(5, 16))
    assert [number for number, _, _ in asked.rows_by_number] == [0, 1, 2, 3, 4, 5]
    with pytest.raises(NotAvailableError, match="does not say what a violation gains and costs"):
        Monitor(tri_state()).inspect()
    with pytest.raises(NotAvailableError, match="give --periods and --inspections"):
        Monitor(replace(guarded(), inspection=replace(guarded().inspection, periods=None))).inspect()


def test_inspections_go_where_they_avert_most_harm() -> None:
    sites = (Site("north", Q(1), Q(9), Q(10)), Site("south", Q(1), Q(1), Q(3)))
    asked = replace(guarded(), inspection=replace(guarded().inspection, sites=sites, teams=Q("0.2"), missed=Q(0)))
    found = Monitor(asked).inspect().sites
    assert found is not None
    assert [(each.site, each.rate, each.chosen) for each in found.guarded] == [
        ("north", Fraction(1, 10), True), ("south", Fraction(1, 2), False)
    ]  # fmt: skip
    assert found.left == 3
    assert "Several sites" in [block.heading for block in Monitor(asked).inspect().summary().blocks]


def test_ways_of_taking_part_climb_from_apart_to_together() -> None:
    assert reached("none", "none", "none") == 0
    assert reached("unilateral", "unilateral", "unilateral") == pytest.approx(0.6020969, abs=1e-6)
    assert reached("joint planning", "joint planning", "unilateral") == pytest.approx(0.7191, abs=1e-4)
    assert reached("joint planning", "joint planning", "joint planning") == pytest.approx(0.8170, abs=1e-4)
    assert reached("joint teams", "joint teams", "joint teams") == pytest.approx(0.9284597, abs=1e-6)
    assert reached("joint teams", "joint planning", "joint teams") == pytest.approx(0.8170, abs=1e-4)


@settings(max_examples=25, deadline=None)
@given(st.tuples(*[st.sampled_from(WAYS)] * 3), st.integers(0, 2))
def test_nobody_lowers_what_is_found_by_not_staying_away(ways: tuple[str, str, str], player: int) -> None:
    without = tuple("none" if place == player else way for place, way in enumerate(ways))
    assert reached(*ways) >= reached(*without) - 1e-7


@settings(max_examples=25, deadline=None)
@given(st.tuples(*[st.sampled_from(WAYS)] * 3))
def test_a_profile_keeps_to_budgets_and_consents(ways: tuple[str, str, str]) -> None:
    found = participation(TRI, Profile(tuple(zip(PLAYERS, ways, strict=True))))
    measures = TRI.problem.measures
    assert (measures.use @ found.effort <= TRI.problem.resources.budget + 1e-7).all()
    for place, way in enumerate(ways):
        if way == "none":
            assert found.effort[measures.consent[place]] == pytest.approx(0)
    assert (found.common <= found.effort + 1e-9).all()
    assert np.all(found.effort >= -1e-9)


def test_options_of_a_case_become_outcomes() -> None:
    found = Monitor(tri_state()).feed(case())
    assert found.outcomes == {"detection-80": "PK.monitor and AF.monitor"}
    assert found.differing == ("detection-80",)
    assert not found.fresh
    assert {each.chosen: round(each.detection, 4) for each in found.profiles}["PK.monitor", "AF.monitor"] == 0.8908
    dated = updated(case(), found)
    again = Monitor(tri_state()).feed(dated)
    assert again.fresh
    assert dict(dated.outcomes)["detection-80"].text == "PK.monitor and AF.monitor"
    assert dict(dated.outcome_marks)["detection-80"].name == "well watched", "a name that was given stays"
    assert dict(dated.outcome_marks)["detection-80"].source == f"border {tri_state().fingerprint}"
    assert dated.fingerprint != case().fingerprint
    other = replace(tri_state(), title="Elsewhere", agencies=tri_state().agencies[::-1])
    assert not Monitor(other).feed(dated).fresh


def test_the_payoffs_are_the_stakes_of_every_choice() -> None:
    found = Monitor(tri_state()).feed(case())
    for each in found.profiles:
        for party in PLAYERS:
            value = found.tensor[party]
            for place in each.values:
                value = value[place]
            assert value == each.stakes[party].worth
            assert 0 <= each.stakes[party].rank < found.classes
    by_choice = {each.chosen: each for each in found.profiles}
    alone, both = by_choice[()], by_choice["PK.monitor", "AF.monitor"]
    assert alone.stakes["PK"].gain == 0
    assert both.stakes["PK"].gain == pytest.approx(both.detection - alone.detection)
    assert both.stakes["PK"].exposure == pytest.approx(both.detection), "a leak voids what the two do together"
    assert both.stakes["US"].exposure == 0


def test_a_feed_says_how_far_its_classes_rest_on_ranges() -> None:
    certain = Monitor(tri_state()).feed(case())
    assert "another class" not in certain.render("text")
    found = Monitor(guarded()).feed(case())
    best = max(found.profiles, key=lambda each: each.detection)
    assert best.low is not None and best.high is not None
    assert best.low < best.detection <= best.high + 1e-9
    other = sum({int(5 * each.low), int(5 * each.high)} != {each.rank} for each in found.profiles)
    assert f"{other} of {len(found.profiles)} would be in another class" in " ".join(found.render("text").split())


def test_weights_of_a_party_count_and_are_shown() -> None:
    scenario = tri_state()
    parties = tuple(
        replace(party, protection=Q(2), leak=Q(1)) if party.id == "AF" else party for party in scenario.parties
    )
    found = Monitor(replace(scenario, parties=parties)).feed(case())
    plain = Monitor(scenario).feed(case())
    for one, other in zip(found.profiles, plain.profiles, strict=True):
        stake = other.stakes["AF"]
        assert one.stakes["AF"].worth == pytest.approx(2 * stake.gain - stake.cost - stake.exposure)
    assert "AF: α 2, σ 0, λ 1" in " ".join(found.render("text").split())


def test_writing_a_feed_changes_the_outcomes_and_the_date_only(tmp_path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(CASE, encoding="utf-8")
    assert Monitor(tri_state()).feed(str(path), write=True).fresh
    before, after = case(), load(path).case
    assert after is not None
    same = {key: value for key, value in document(before).items() if key not in ("outcomes", "monitoring")}
    assert {key: document(after)[key] for key in same} == same
    assert after.feed.fingerprint == tri_state().fingerprint
    assert [name for name, _ in after.outcomes] == ["detection-80", "held"]
    text = path.read_text(encoding="utf-8")
    assert "  held: detection-80\n" in text
    assert Monitor(tri_state()).feed(str(path), write=True).fresh
    assert path.read_text(encoding="utf-8") == text
    with pytest.raises(NotAvailableError, match="there is no case file to write into"):
        Monitor(tri_state()).feed(case(), write=True)


@pytest.mark.parametrize(
    ("text", "error", "said"),
    [
        ("title: x\nparties: {A: {options: [a], concerns: []}}\n", NotAvailableError, "does not say how its options"),
        ("title: x\nparties: {A: {options: [a], concerns: []}}\n"
         "monitoring: {scenario: s, taking part: {A: {none: a}}}\n", UnknownNameError, "no party of the scenario"),
        (CASE + "  in place: {barrier: PK.fence}\n", UnknownNameError, "no measure is called 'barrier'"),
    ],
)  # fmt: skip
def test_a_case_that_does_not_fit_is_refused(text: str, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        Monitor(tri_state()).feed(case(text))


def test_a_measure_that_is_not_in_place_is_not_used() -> None:
    text = CASE + "  in place: {team: PK.fence}\n"
    found = Monitor(tri_state()).feed(case(text))
    best = {each.chosen: each.detection for each in found.profiles}
    assert best["US.monitor", "PK.monitor", "AF.monitor"] == pytest.approx(0.8170, abs=1e-4)
    assert best["US.monitor", "PK.monitor", "PK.fence", "AF.monitor"] == pytest.approx(0.9284597, abs=1e-6)


def test_a_scenario_is_asked_as_it_is() -> None:
    assert monitor(tri_state()) == Monitor(tri_state())


def test_what_cooperation_is_worth_is_the_published_waterfall() -> None:
    found = Monitor(tri_state()).compare()
    assert [each.name for each in found.elements] == [
        "uncoordinated", "common planning", "third-party sensors", "joint teams"
    ]  # fmt: skip
    assert [each.detection for each in found.elements] == pytest.approx([0.6021, 0.7191, 0.8170, 0.9285], abs=1e-4)
    assert found.multiplier == pytest.approx(2.862, abs=1e-3)
    assert sum(each.share or 0 for each in found.elements) == pytest.approx(found.gain)
    assert found.primal == pytest.approx(found.dual)
    assert found.elements[0].low is None, "no number is given as a range"
    ways = {each.name: each.exponent for each in found.apart}
    assert ways["solo"] == pytest.approx(0.921546, abs=1e-5)
    assert ways["best responses, worst found"] <= ways["best responses, best found"] + 1e-9
    assert [one for _, one, _ in found.curve] == sorted(one for _, one, _ in found.curve)
    assert all(both is not None and both >= one - 1e-9 for _, one, both in found.curve)


def test_ranges_of_numbers_become_error_bars() -> None:
    found = Monitor(guarded()).compare()
    last = found.elements[-1]
    assert last.low is not None and last.high is not None
    assert last.low < last.detection < last.high
    lowest = Monitor(tri_state(spread=0)).compare()
    assert found.elements[0].detection == pytest.approx(lowest.elements[0].detection)


def test_elements_that_a_scenario_lacks_are_not_told() -> None:
    scenario = tri_state()
    fewer = replace(scenario, measures=tuple(each for each in scenario.measures if each.kind != "joint team"))
    assert [each.name for each in Monitor(fewer).compare().elements][-1] == "third-party sensors"


def test_burden_and_benefit_are_the_published_divisions() -> None:
    found = Monitor(tri_state()).share()
    assert found.total == pytest.approx(2.6375)
    shares = {each.party: each.shares for each in found.parties}
    assert [shares[party]["Owen"] for party in PLAYERS] == pytest.approx([1.3, 1.0, 0.3375], abs=1e-5)
    assert [shares[party]["Shapley"] for party in PLAYERS] == pytest.approx([0.9476163, 1.3922729, 0.2976108], abs=1e-5)
    assert [shares[party]["nucleolus"] for party in PLAYERS] == pytest.approx(
        [1.0239346, 1.4019583, 0.2116071], abs=1e-5
    )
    values = {group.members: group.value for group in found.groups}
    assert values["AF", "PK"] == pytest.approx(2.2142857, abs=1e-6)
    assert values["AF", "US"] == pytest.approx(0.7413793, abs=1e-6)
    assert all(group.content("Owen") for group in found.groups)
    assert found.gap == 0
    for group in found.groups:
        assert group.gets["Owen"] == pytest.approx(sum(shares[party]["Owen"] for party in group.members))


def test_outsiders_can_act_meanwhile() -> None:
    found = Monitor(tri_state()).share("status-quo")
    assert "Owen" not in found.rules
    assert "because outsiders act" in found.render("text")
    with pytest.raises(NotAvailableError, match="passive or status-quo"):
        Monitor(tri_state()).share("asleep")


def test_a_plan_made_for_drop_outs_keeps_its_promise() -> None:
    found = Monitor(tri_state()).risk()
    for each in found.defaults:
        assert each.robust is not None
        assert each.robust >= found.kept * each.others - 1e-6
    assert found.robust is not None
    assert found.robust <= found.joint + 1e-9


@pytest.mark.parametrize("name", ["case.yaml", "washington.yaml"])
def test_the_shipped_case_says_what_its_scenario_leads_to(name: str) -> None:
    path = SHIPPED / "us-pakistan-2018" / name
    found = monitor("durand-sectors-schematic").feed(str(path))
    assert found.fresh, f"run: detente monitor feed durand-sectors-schematic {path} --write"
    loaded = load(path).case
    assert loaded is not None
    assert dict(loaded.outcomes)["detection-80"].text == found.outcomes["detection-80"]
    assert str(dict(loaded.outcomes)["monitored-border"]) == "detection-80"
    assert dated(loaded) == []


def test_check_says_when_a_scenario_has_changed(tmp_path) -> None:
    source = (SHIPPED / "us-pakistan-2018" / "case.yaml").read_text(encoding="utf-8")
    path = tmp_path / "case.yaml"
    told = {}
    for name, old, new in [
        ("stale", "  fingerprint: ", "  fingerprint: '00000000' #"),
        ("never", "  fingerprint: ", "  # "),
        ("lost", "  scenario: durand-sectors-schematic", "  scenario: nowhere.yaml"),
        ("stranger", "    US: {joint teams: monitor}", "    IN: {joint teams: proxies}"),
        ("unknown measure", "  classes: 5", "  classes: 5\n  in place: {moat: PK.fence}"),
    ]:
        assert old in source
        path.write_text(source.replace(old, new), encoding="utf-8")
        told[name] = " ".join(fault.text() for fault in check(path).warnings)
    assert "the outcomes are of the scenario as it was (00000000)" in told["stale"]
    assert "detente monitor feed durand-sectors-schematic CASE --write" in told["stale"]
    assert "no outcome was written from the scenario" in told["never"]
    assert "the scenario 'nowhere.yaml' cannot be read" in told["lost"]
    assert "has no party 'IN' that takes part; say under agencies which of AF, PK, US IN is" in told["stranger"]
    assert "has no measure 'moat'" in told["unknown measure"]
    assert check("us-pakistan-2018").warnings == ()


def test_a_scenario_beside_the_case_is_found(tmp_path) -> None:
    scenario = (SHIPPED / "tri-state-schematic" / "scenario.yaml").read_text(encoding="utf-8")
    (tmp_path / "border.yaml").write_text(scenario, encoding="utf-8")
    path = tmp_path / "case.yaml"
    path.write_text(CASE, encoding="utf-8")
    assert Monitor(monitor("tri-state-schematic").scenario).feed(str(path), write=True).fresh
    assert not [fault for fault in check(path).warnings if "scenario" in fault.what]


def refused(scenario, data) -> list[str]:
    return [f"{each.claim}: {each.why}" for each in Monitor(scenario).verify(data).refused]


@pytest.mark.parametrize("objective", ["worst", "weighted", "expected"])
def test_a_printed_plan_is_checked_again(objective: str) -> None:
    found = Monitor(guarded()).solve(objective)
    verified = Monitor(guarded()).verify(json.loads(found.render("json")))
    assert verified.accepted
    assert {each.outcome for each in verified.findings} == {"accepted"}
    assert len(verified.findings) > 12
    assert Monitor(guarded()).verify(found).accepted


def test_what_is_altered_in_a_printed_plan_is_refused() -> None:
    scenario = guarded()
    data = Monitor(scenario).solve().data()

    def altered(change):
        copy = json.loads(json.dumps(data))
        change(copy)
        return " | ".join(refused(scenario, copy))

    team = next(key for key in data["certificate"]["levels"] if key.startswith("team"))
    assert "the plan reaches 2.6375, and 3 is claimed" in altered(lambda d: d["certificate"].update(primal=3, dual=3))
    assert "the plan uses" in altered(lambda d: d["certificate"]["levels"].update({team: 30}))
    assert "is claimed" in altered(lambda d: d["certificate"]["levels"].update({team: 0}))
    assert "it reaches 2.638, and other values are" in altered(lambda d: d["certificate"].update(dual=2.7))
    assert "no deployment is called" in altered(lambda d: d["certificate"]["levels"].update({"moat at S1.line": 1}))
    assert "a number is expected in the proof" in altered(lambda d: d["certificate"]["levels"].update({team: "many"}))
    assert "it follows 0.92846" in altered(lambda d: d.update(detection=0.99))
    assert "it follows 2.6375" in altered(lambda d: d.update(exponent=5.0, detection=1 - math.exp(-5.0)))
    assert "it is about the scenario 00000000" in altered(lambda d: d["scenario"].update(fingerprint="00000000"))
    assert altered(lambda d: None) == ""


def test_what_compare_prints_is_checked_too() -> None:
    data = Monitor(tri_state()).compare().data()
    assert refused(tri_state(), data) == []
    data["waterfall"][-1]["detection"] = 0.95
    assert "detection: 0.95, and it follows 0.92846" in refused(tri_state(), data)[0]
    with pytest.raises(DetenteError, match="names no primal and dual value"):
        Monitor(tri_state()).verify({"scenario": {}, "certificate": {"primal": "high", "dual": 1}})


@pytest.mark.parametrize("question", ["solve", "compare", "share", "risk", "civil"])
def test_constraints_that_contradict_each_other_are_named(question: str) -> None:
    where = Where(measures=("team",))
    least = MinLevel(id="at least five", where=where, amount=Q(5))
    none = NoMeasure(id="no teams at all", where=where, asked_by=("PK",))
    many = MinLevel(id="fifty", where=where, amount=Q(50))
    for constraints, said in [((least, none), "at least five.*no teams at all"), ((many,), "fifty.*budget of")]:
        with pytest.raises(NotAvailableError, match=said):
            getattr(Monitor(replace(tri_state(), constraints=constraints)), question)()


@pytest.mark.parametrize("question", ["solve", "compare", "share", "risk", "civil"])
def test_hardly_anything_is_answered_too(question: str) -> None:
    scenario = tri_state()
    poor = tuple(replace(each, budgets=(replace(each.budgets[0], amount=Q(0)),)) for each in scenario.agencies)
    alone = replace(scenario, agencies=scenario.agencies[:1], measures=scenario.measures[:2])
    for hardly in (replace(scenario, agencies=poor), alone, replace(scenario, measures=())):
        found = getattr(Monitor(hardly), question)()
        assert "nan" not in found.render("text")
        assert json.loads(found.render("json"))
        assert all("nan" not in svg(picture) for picture in found.pictures().values())


def test_the_draft_agreement_is_checked() -> None:
    told = {each.asks: each.answer for each in monitor("durand-sectors-schematic").risk().agreement}
    assert told["every measure has the consent of the parties whose ground it is on"] in ("yes", "no", "unknown")
    assert len(told) == 5
    assert len(Monitor(tri_state()).risk().agreement) == 1


PARALLEL = """title: Two parallel sectors
numbers: synthetic
sectors: [North, South]
agencies: {A: {budgets: 1}, B: {budgets: 1}}
measures:
  a: {kind: patrol, at: line, uses: {A: 1}, effect: {North: 1, South: 0.2}, consent: A}
  b: {kind: patrol, at: line, uses: {B: 1}, effect: {North: 0.2, South: 1}, consent: B}
adversaries: {over: {from: west, to: east}}
"""


def test_what_one_more_unit_adds_is_what_it_adds(tmp_path):
    path = tmp_path / "parallel.yaml"
    path.write_text(PARALLEL, encoding="utf-8")
    found = monitor(str(path)).solve()
    # Where many prices prove the plan best, one more unit adds the least of them: from 1 to 7/6.
    assert [each.adds for each in found.budgets] == pytest.approx([1 / 6, 1 / 6])
    assert sum(each.price for each in found.budgets) == pytest.approx(1)
    assert [each.share for each in found.sectors] == pytest.approx([0.5, 0.5])
    assert "No sector draws more than an even share" in found.render("text")
    for agency in "AB":
        path.write_text(PARALLEL.replace(f"{agency}: {{budgets: 1}}", f"{agency}: {{budgets: 2}}"), encoding="utf-8")
        assert monitor(str(path)).solve().exponent == pytest.approx(7 / 6)


def test_inspections_that_nobody_asked_for_are_not_said_to_fail(tmp_path):
    path = tmp_path / "parallel.yaml"
    path.write_text(PARALLEL, encoding="utf-8")
    found = monitor(str(path)).risk()
    assert "deter" not in found.render("text")
    assert not found.inspected and "Inspections needed" not in str(found.pictures()["risks"])
    path.write_text(PARALLEL + "inspection: {gain: 1, sanction: 1, missed: 1}\n", encoding="utf-8")
    found = monitor(str(path)).risk()
    assert found.inspected and "No rate of inspections deters cheating" in found.render("text")


def test_where_to_be_against_somebody_who_violates_at_one_site():
    sites = (Site("mill", Q(4), Q(7), Q(5)), Site("mine", Q(3), Q(1), Q(3), Q("0.2")), Site("port", Q(5), Q(6), Q(8)))
    asked = replace(guarded(), inspection=replace(guarded().inspection, sites=sites, teams=Q(1), missed=Q(0)))
    found = Monitor(asked).inspect()
    cover = [each.cover for each in found.sites.guarded]
    assert sum(cover) <= 1 + 1e-9
    worth = [4 - 11 * cover[0], 3 - 3.2 * cover[1], 5 - 11 * cover[2]]
    harm = [5 * (1 - cover[0]), 3 - 2.4 * cover[1], 8 * (1 - cover[2])]
    assert max(worth) == pytest.approx(found.sites.worth) and found.sites.chosen == "mine"
    assert found.sites.harm == pytest.approx(harm[1])
    steps = range(51)  # no other coverage on a grid does less harm, with ties as those who inspect like them
    for mill in steps:
        for mine in range(51 - mill):
            other = (mill / 50, mine / 50, 1 - (mill + mine) / 50)
            paid = (4 - 11 * other[0], 3 - 3.2 * other[1], 5 - 11 * other[2])
            hurt = (5 * (1 - other[0]), 3 - 2.4 * other[1], 8 * (1 - other[2]))
            assert min(h for p, h in zip(paid, hurt, strict=True) if p >= max(paid) - 1e-12) >= found.sites.harm - 1e-9
    assert "mine then pays most" in " ".join(found.render("text").split())
    many = Monitor(replace(asked, inspection=replace(asked.inspection, teams=Q(3)))).inspect()
    assert many.sites.worth <= 0 and "No violation pays then." in " ".join(many.render("text").split())
    schema = Path(__file__).resolve().parents[2] / "docs" / "reference" / "schemas" / "monitor-inspect.schema.json"
    properties = json.loads(schema.read_text(encoding="utf-8"))["properties"]["sites"]
    jsonschema.validate(found.data()["sites"], properties)
