"""Scenarios come from files, shipped names and texts, YAML or JSON, and are written back to the same."""

import json
from dataclasses import replace
from fractions import Fraction
from math import log, log1p

import pytest
from hypothesis import given
from random_scenarios import scenarios
from scenario_texts import FULL, SMALL

from detente.errors import CaseError
from detente.files.scenario import load_scenario, read_scenario, read_scenario_document, shipped_scenarios
from detente.files.scenario_text import scenario_text
from detente.monitoring.document import document, number, quantity
from detente.monitoring.quantities import Quantity
from detente.monitoring.recast import hours


def read(text):
    loaded = read_scenario_document(text, "valley.yaml")
    assert loaded.errors == ()
    return loaded.scenario


@pytest.mark.parametrize("text", [SMALL, FULL, *(load_scenario(name).text for name in shipped_scenarios())])
def test_what_is_written_is_read_back_as_the_same(text):
    scenario = read(text)
    again = read(scenario_text(scenario))
    assert again == scenario
    assert again.fingerprint == scenario.fingerprint
    assert scenario_text(again) == scenario_text(scenario)


@given(scenario=scenarios())
def test_any_scenario_is_read_back_as_the_same(scenario):
    assert read(scenario_text(scenario)) == scenario
    assert read(json.dumps(document(scenario))) == scenario


def test_json_is_read_as_yaml_is():
    assert read(json.dumps(document(read(FULL)))) == read(FULL)


def test_every_key_is_read():
    scenario = read(FULL)
    assert scenario.title == "A valley, in full"
    assert scenario.party_ids == ("A", "B", "C", "people")
    assert scenario.players == ("A", "B", "C")
    assert scenario.third_parties == ("C",)
    assert scenario.sector("S1").length == Quantity.of(120, source="gazette p. 4")
    assert scenario.sector("S2").length == Quantity.of(100, 90, 110)
    assert scenario.crossing("Gate").most_wait == Quantity.of(30)
    assert scenario.crossing("Ford").most_wait is None
    assert [budget.key for budget in scenario.budgets] == ["A", "B.walk", "B.look", "observers", "wardens"]
    assert scenario.measure("look").effect == Quantity.of("1/3")
    assert scenario.measure("team").consent == ("A", "B")
    assert not scenario.measure("fence").divisible
    assert scenario.adversaries[1].end == ("S1 west", "S2 west")
    assert [constraint.rule for constraint in scenario.constraints] == [
        "no measure",
        "only joint",
        "own side only",
        "needs consent",
        "at most",
        "at least",
        "reciprocity",
        "most delay",
        "most intrusiveness",
        "budget transfer",
    ]
    assert scenario.constraints[0].asked_by == ("A",)
    assert scenario.agreement.products[1].recipients == (("A", "yes"), ("C", "no"))
    assert scenario.inspection.missed.value == Fraction(1, 5)
    assert scenario.inspection.sites[0].harm == Quantity.of(3)
    assert scenario.risks[0].punishment == Quantity.of(-1)
    assert scenario.base_rates[0].prevalence.value == Fraction(1, 10_000)
    assert scenario.price.currency == "rupees"


def test_parties_are_those_that_agencies_stand_for_unless_said():
    text = SMALL.replace("A: {budgets: 4}", "west-force: {party: A, name: force, budgets: 4}").replace(
        "uses: {A: 1}", "uses: {west-force: 1}"
    )
    assert read(text).party_ids == ("A", "B")
    assert read(SMALL).agency("A").party == "A"


def test_consent_is_that_of_users_and_hosts_unless_said():
    scenario = read(SMALL)
    assert scenario.measure("watch").consent == ("A",)
    assert read(SMALL.replace("at: west, uses: {A: 1}", "at: [west, east], uses: {A: 1}")).measure("watch").consent == (
        "A",
        "B",
    )
    assert read(SMALL.replace("consent: B", "consent: []")).measure("look").consent == ()


@pytest.mark.parametrize(
    ("sectors", "ids"),
    [("3", ("S1", "S2", "S3")), ("[S1, S2]", ("S1", "S2")), ("{S1: north, S2: }", ("S1", "S2"))],
)
def test_sectors_are_a_mapping_a_list_or_a_count(sectors, ids):
    scenario = read(SMALL.replace("[S1, S2]", sectors))
    assert tuple(sector.id for sector in scenario.sectors) == ids


def test_a_number_comes_from_its_own_source_its_item_or_is_synthetic():
    flow = "crossings: {Gate: {sector: S1, %s}}\n"

    def source(of, text=SMALL):
        return read(text + flow % of).crossing("Gate").flow.source

    sourced = SMALL.replace("numbers: synthetic\n", "")
    assert source("flow: 100") == ""
    assert source("flow: {value: 100, source: gazette}") == "gazette"
    assert source("source: gazette, flow: 100") == ""  # numbers: synthetic holds for what has no source of its own
    assert source("source: gazette, flow: {value: 100, synthetic: false}") == "gazette"
    assert source("source: gazette, synthetic: false, flow: 100") == "gazette"
    told = [fault.what for fault in read_scenario_document(sourced + flow % "source: gazette, flow: 100").faults]
    assert told.count("this number has neither a source nor the word synthetic") == 10
    told = [fault.what for fault in read_scenario_document(sourced + flow % "flow: 100").faults]
    assert told.count("this number has neither a source nor the word synthetic") == 11


def test_teams_and_barriers_are_read():
    scenario = read(FULL)
    checks, ditch, wall = (scenario.measure(id) for id in ("checks", "ditch", "wall"))
    assert checks.team
    assert dict(checks.finds) == {"S1": Quantity.of("0.15", "0.1", "0.2"), "line": Quantity.of("0.3"),
                                  "Gate": Quantity.of("0.5")}  # fmt: skip
    assert (checks.effect, checks.slows, checks.stops) == ((), (), None)
    assert checks.consent == ("A", "B", "C")
    assert ditch.barrier
    assert dict(ditch.slows) == {"S1": Quantity.of(6, 5, 7), "line": Quantity.of(3)}
    assert float(ditch.effect) == pytest.approx(-log(0.8), abs=1e-15)
    assert wall.stops
    assert wall.barrier
    assert not scenario.measure("fence").barrier  # it watches, as an exponent
    assert dict(scenario.hours)["line"] == Quantity.of("1.5", 1, 2)
    assert [hours(scenario)[id].value for id in ("S1.west", "S2.line", "S1-S2.east", "Gate")] == [
        2, Quantity.of("1.5").value, 8, 0,
    ]  # fmt: skip


def test_exponents_may_be_written_as_chances():
    text = SMALL.replace("effect: 0.5", "effect: chance 0.4 to 60%").replace("effect: 0.3", "effect: chance 1/2")
    scenario = read(text)
    watch, walk = scenario.measure("watch").effect, scenario.measure("walk").effect
    assert [float(each) for each in (watch.value, watch.low, watch.high)] == [-log1p(-c) for c in (0.5, 0.4, 0.6)]
    assert walk == Quantity.of(log(2))


def test_how_many_numbers_are_made_up():
    assert read(SMALL).synthetic == len(read(SMALL).quantities) == 10
    scenario = read(FULL)
    assert (scenario.synthetic, len(scenario.quantities)) == (86, 89)
    assert all(item.quantities for item in (scenario, read(SMALL)))


def test_shipped_scenarios_are_sound_and_say_what_is_made_up():
    assert shipped_scenarios() == ("durand-sectors-schematic", "tri-state-schematic")
    for name in shipped_scenarios():
        assert load_scenario(name).faults == ()
    assert read_scenario("tri-state-schematic").synthetic == len(read_scenario("tri-state-schematic").quantities)
    durand = read_scenario("durand-sectors-schematic")
    sourced = [quantity for quantity in durand.quantities if not quantity.synthetic]
    assert {quantity.source for quantity in sourced} == {"urdunama"}
    assert sourced == [sector.length for sector in durand.sectors]
    assert durand.sectors[0].id == "Chitral"
    assert all(crossing.keep_open and crossing.most_wait for crossing in durand.crossings)
    assert {party for constraint in durand.constraints for party in constraint.asked_by} == {"AF", "PK", "travellers"}


def test_bad_files_raise_all_their_faults(tmp_path):
    path = tmp_path / "valley.yaml"
    path.write_text(SMALL.replace("0.5", "x"), encoding="utf-8")
    with pytest.raises(CaseError) as caught:
        read_scenario(path)
    assert (
        str(caught.value)
        == f"{path}:10:57: a number is expected here, not the text 'x'; write it as 3, 0.25, 2/5 or 40%"
    )


def test_a_scenario_is_returned_as_it_is_and_a_file_has_its_stem_for_a_title(tmp_path):
    path = tmp_path / "valley.yaml"
    path.write_text(SMALL.replace("title: A valley\n", ""), encoding="utf-8")
    scenario = read_scenario(path)
    assert scenario.title == "valley"
    assert read_scenario(scenario) is scenario


def test_numbers_are_written_in_the_plainest_form():
    assert number(Fraction(1, 2)) == 0.5
    assert number(Fraction(3)) == 3
    assert number(Fraction(1, 3)) == "1/3"
    assert quantity(Quantity.of(0.5, 0.4, 0.6)) == "0.4 to 0.6"
    assert quantity(Quantity.of(0.5, 0.4, 0.9)) == {"value": 0.5, "low": 0.4, "high": 0.9}
    assert quantity(replace(Quantity.of(1, source="x"), note="n")) == {"value": 1, "source": "x", "note": "n"}
