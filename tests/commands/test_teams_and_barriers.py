"""Teams, barriers and whole units on the command line: JSON that keeps its schema, text, drawings, answers checked."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from referencing import Registry, Resource

from detente.commands import main
from detente.files.scenario import shipped_scenarios

SCHEMAS = Path(__file__).resolve().parents[2] / "docs" / "reference" / "schemas"
REGISTRY: Registry[Any] = Registry().with_resources(
    (path.name, Resource.from_contents(json.loads(path.read_text(encoding="utf-8"))))
    for path in SCHEMAS.glob("*.schema.json")
)
RIDGE = """title: A ridge
numbers: synthetic
sectors: {north: {flow: 200}, south: {}}
ground: {west: U, line: [U, L], east: L}
hours: {west: 2, line: 1 to 2, east: 2}
crossings: {Gate: {sector: south, flow: 900}}
agencies: {U: {budgets: {teams: 1}}, L: {budgets: {fences: FENCES, masts: 1}}}
measures:
  wardens: {kind: inspection, at: line, uses: {U.teams: 1}, finds: 0.4 to 0.6}
  fence: {kind: barrier, at: line, uses: {L.fences: 1}, slows: 12}
  mast: {kind: sensor, at: east, uses: {L.masts: 1}, effect: chance 0.4, most: 1, divisible: false}
adversaries: {across: {from: west, to: east}}
"""


@pytest.fixture(params=["1", "2"])
def ridge(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    path = tmp_path / "ridge.yaml"
    path.write_text(RIDGE.replace("FENCES", request.param), encoding="utf-8")
    return str(path)


def answer(words: list[str], capsys: pytest.CaptureFixture[str]) -> Any:
    assert main([*words, "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("objective", ["worst", "weighted", "expected"])
def test_json_keeps_its_schema(ridge: str, objective: str, capsys: pytest.CaptureFixture[str]) -> None:
    data = answer(["monitor", "solve", ridge, "--objective", objective], capsys)
    schema = json.loads((SCHEMAS / "monitor-solve.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema, registry=REGISTRY).validate(data)
    for part in ("teams", "barriers", "whole units"):
        assert set(schema["properties"][part]["properties"]) == set(data[part])
    assert ("unseen" in data) == (objective == "expected")
    for kept in ("teams", "barriers"):
        for key in schema["properties"][kept]["required"]:
            with pytest.raises(jsonschema.ValidationError):
                less = {**data, kept: {name: value for name, value in data[kept].items() if name != key}}
                jsonschema.Draft202012Validator(schema, registry=REGISTRY).validate(less)


def test_ranges_of_chances_and_hours(ridge: str, capsys: pytest.CaptureFixture[str]) -> None:
    data = answer(["monitor", "solve", ridge], capsys)
    assert data["teams"]["expected detections"] == pytest.approx(0.25)
    assert data["teams"]["range"] == pytest.approx([0.2, 0.3])
    fenced = data["barriers"]["barriers"] != []
    assert data["barriers"]["hours"] == pytest.approx(17.5 if fenced else 5.5)


def test_an_answer_is_checked(ridge: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "answer.json"
    data = answer(["monitor", "solve", ridge], capsys)
    path.write_text(json.dumps(data), encoding="utf-8")
    assert main(["verify", ridge, str(path)]) == 0
    capsys.readouterr()
    data["teams"]["places"][0]["how often"] = 0.9
    path.write_text(json.dumps(data), encoding="utf-8")
    assert main(["verify", ridge, str(path)]) == 1
    assert "the places told are not those of the plan" in capsys.readouterr().out


@pytest.mark.parametrize("format", ["text", "markdown", "latex"])
def test_every_form_says_it_in_plain_words(ridge: str, format: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["monitor", "solve", ridge, "--format", format]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "1 team sent at random, to one place at a time, finds whoever crosses" in told
    assert "not a recommendation to deploy" in told


def test_drawings(ridge: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["monitor", "solve", ridge, "--pictures", str(tmp_path / "drawn")]) == 0
    assert {"teams.svg", "barriers.svg"} <= {path.name for path in (tmp_path / "drawn").iterdir()}


@pytest.mark.parametrize("question", ["compare", "share", "risk", "civil"])
def test_other_questions_answer_too(ridge: str, question: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["monitor", question, ridge]) == 0


@pytest.mark.parametrize("scenario", shipped_scenarios())
def test_shipped_scenarios_have_none_of_it(scenario: str, capsys: pytest.CaptureFixture[str]) -> None:
    data = answer(["monitor", "solve", scenario], capsys)
    assert not {"teams", "barriers", "unseen"} & data.keys()
