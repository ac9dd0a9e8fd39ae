"""`detente check` finds what is wrong with a monitoring scenario, also by solving; `detente cases` lists scenarios."""

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.commands import main
from detente.errors import NotAvailableError
from detente.questions.cases import cases
from detente.questions.check import check
from detente.questions.monitor import monitor

SCHEMAS = Path(__file__).resolve().parents[2] / "docs" / "reference" / "schemas"
VALLEY = """title: A valley
numbers: synthetic
sectors: [S1, S2]
ground: {west: A, east: B}
agencies:
  A: {budgets: 4}
  B: {budgets: 3}
measures:
  watch: {kind: patrol, at: west, uses: {A: 1}, effect: 0.5}
  walk: {kind: post, at: east, uses: {B: 1}, effect: 0.3}
adversaries:
  through: {from: west, to: east}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "valley.yaml"


def test_a_sound_scenario(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "tri-state-schematic"]) == 0
    told = capsys.readouterr()
    assert told.err == ""
    assert "The scenario is sound. 3 parties, 4 sectors, 3 agencies, 7 measures and 1 constraint." in told.out


def test_all_faults_of_a_file_at_once(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(VALLEY.replace("at: west", "at: wset").replace("budgets: 3", "budgets: -3"), encoding="utf-8")
    assert main(["check", str(file)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert f"{file}:7:" in told.err
    assert f"{file}:9:" in told.err
    assert main(["monitor", "solve", str(file)]) == 2
    assert capsys.readouterr() == told


def test_constraints_that_no_plan_keeps_together(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    limits = """constraints:
  most: {rule: at most, measures: watch, amount: 1}
  free: {rule: at most, measures: walk, amount: 3}
  least: {rule: at least, measures: watch, amount: 2}
"""
    file.write_text(VALLEY + limits, encoding="utf-8")
    checked = check(file)
    (fault,) = checked.faults
    assert fault.line == VALLEY.count("\n") + 2
    assert "'most' and 'least'" in fault.what
    assert "'free'" not in fault.what
    assert fault.remedy == "relax one of them"
    assert not checked.sound
    assert main(["check", str(file)]) == 2
    assert f"{file}:{fault.line}:" in capsys.readouterr().err


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 6), st.integers(0, 6), st.integers(0, 5))
def test_sound_is_what_can_be_solved(tmp_path_factory: pytest.TempPathFactory, most: int, least: int, has: int) -> None:
    limits = f"""constraints:
  most: {{rule: at most, measures: watch, amount: {most}}}
  least: {{rule: at least, measures: watch, amount: {least}}}
"""
    file = tmp_path_factory.mktemp("valley") / "valley.yaml"
    file.write_text(VALLEY.replace("budgets: 4", f"budgets: {has}") + limits, encoding="utf-8")
    checked = check(file)
    assert checked.sound == (least <= min(most, has))
    try:
        monitor(str(file)).solve()
    except NotAvailableError as error:
        assert [f"{fault.what}; {fault.remedy}" for fault in checked.faults] == [str(error)]
    else:
        assert checked.sound


def test_what_deserves_a_look_is_told_and_mentioned(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = VALLEY.replace("budgets: 3}", "budgets: 0}\n  C: {party: A, budgets: 2}")
    file.write_text(text, encoding="utf-8")
    assert main(["check", str(file)]) == 0
    told = capsys.readouterr()
    assert told.err == ""
    assert "WORTH A LOOK" in told.out
    assert "its budget is 0" in told.out
    assert "no measure uses what C has" in " ".join(told.out.split())
    assert main(["monitor", "civil", str(file)]) == 0
    assert capsys.readouterr().err == f"2 items of the scenario deserve a look: detente check {file}\n"


def test_the_json_of_a_check_keeps_its_schema(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    schema = json.loads((SCHEMAS / "check-scenario.schema.json").read_text(encoding="utf-8"))
    file.write_text(VALLEY.replace("at: west", "at: wset"), encoding="utf-8")
    for source, code in (("durand-sectors-schematic", 0), (str(file), 2)):
        assert main(["check", source, "--format", "json"]) == code
        data = json.loads(capsys.readouterr().out)
        jsonschema.Draft202012Validator(schema).validate(data)
        assert data["sound"] == (code == 0)


def test_scenarios_are_listed_apart() -> None:
    listed = cases()
    assert [each.name for each in listed.scenarios] == ["durand-sectors-schematic", "tri-state-schematic"]
    assert not {each.name for each in listed.scenarios} & {each.name for each in listed.cases}
    for each in listed.scenarios:
        scenario = monitor(each.name).scenario
        assert (each.parties, each.sectors) == (len(scenario.players), len(scenario.sectors))
    assert "tri-state-schematic" in str(listed)
