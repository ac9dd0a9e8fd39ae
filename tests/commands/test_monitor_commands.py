"""The commands about joint monitoring: JSON that keeps its schema, drawings, a feed written down, plans checked."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
from referencing import Registry, Resource

from detente.commands import main

SCHEMAS = Path(__file__).resolve().parents[2] / "docs" / "reference" / "schemas"
REGISTRY: Registry[Any] = Registry().with_resources(
    (path.name, Resource.from_contents(json.loads(path.read_text(encoding="utf-8"))))
    for path in SCHEMAS.glob("*.schema.json")
)
SCENARIOS = ["tri-state-schematic", "durand-sectors-schematic"]
QUESTIONS = ["solve", "compare", "share", "inspect", "risk", "civil"]
PICTURES = {
    "solve": {"strip", "red-lines", "tornado", "assumptions"},
    "compare": {"waterfall", "budget-curve"},
    "share": {"burden"},
    "inspect": {"inspections"},
    "risk": {"risks"},
    "civil": {"civil"},
}


def answer(words: list[str], capsys: pytest.CaptureFixture[str], code: int = 0) -> Any:
    assert main([*words, "--format", "json"]) == code
    return json.loads(capsys.readouterr().out)


def valid(name: str, data: Any) -> None:
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema, registry=REGISTRY).validate(data)


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("question", QUESTIONS)
def test_json_keeps_its_schema(question: str, scenario: str, capsys: pytest.CaptureFixture[str]) -> None:
    valid(f"monitor-{question}", answer(["monitor", question, scenario], capsys))


def test_a_schema_refuses_what_is_no_answer(capsys: pytest.CaptureFixture[str]) -> None:
    data = answer(["monitor", "compare", "tri-state-schematic"], capsys)
    for gone in ("waterfall", "scenario", "certificate", "protections removed"):
        with pytest.raises(jsonschema.ValidationError, match="is a required property"):
            valid("monitor-compare", {key: value for key, value in data.items() if key != gone})


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_form_says_what_it_is_not(question: str, capsys: pytest.CaptureFixture[str]) -> None:
    for format in ("text", "markdown", "latex"):
        assert main(["monitor", question, "durand-sectors-schematic", "--format", format]) == 0
        assert "not a recommendation to deploy" in " ".join(capsys.readouterr().out.split())
    assert main(["monitor", question, "durand-sectors-schematic", "--format", "csv"]) == 0
    assert len(capsys.readouterr().out.splitlines()) > 2


@pytest.mark.parametrize("question", QUESTIONS)
def test_pictures_are_written_into_a_folder(question: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "new" / "drawings"
    assert main(["monitor", question, "tri-state-schematic", "--pictures", str(folder)]) == 0
    told = capsys.readouterr()
    assert {path.stem for path in folder.iterdir()} == PICTURES[question]
    for path in folder.iterdir():
        assert f"drawn: {path}" in told.err
        assert ElementTree.parse(path).getroot().tag.endswith("svg")


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert main(["monitor", "civil", "tri-state-schematic", "--pictures", str(tmp_path / "file")]) == 2
    assert "write to another place" in capsys.readouterr().err


def test_compare_prints_the_published_waterfall(capsys: pytest.CaptureFixture[str]) -> None:
    data = answer(["monitor", "compare", "tri-state-schematic"], capsys)
    assert [round(each["detection"], 2) for each in data["waterfall"]] == [0.60, 0.72, 0.82, 0.93]
    assert data["waterfall"][0]["element"] == "uncoordinated"
    assert data["certificate"]["primal"] == pytest.approx(data["certificate"]["dual"])


@pytest.mark.parametrize("question", ["solve", "compare", "share", "risk", "civil", "inspect"])
def test_verify_takes_a_printed_plan(question: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = answer(["monitor", question, "durand-sectors-schematic"], capsys)
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    assert main(["verify", "durand-sectors-schematic", str(file)]) == 0
    told = capsys.readouterr().out
    assert re.search(r"\d\d claims accepted, 0 refused", told)
    assert main(["verify", "tri-state-schematic", str(file)]) == 1
    assert "it is about the scenario" in capsys.readouterr().out


def test_a_feed_is_told_and_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = answer(["monitor", "feed", "durand-sectors-schematic", "us-pakistan-2018"], capsys)
    valid("monitor-feed", data)
    assert data["fresh"]
    path = tmp_path / "valley.yaml"
    path.write_text(
        "title: A valley\nparties:\n  AF: {options: [monitor], concerns: [monitor]}\n"
        "  PK: {options: [monitor], concerns: [monitor]}\nmonitoring:\n  scenario: tri-state-schematic\n"
        "  taking part: {AF: {joint teams: monitor}, PK: {joint teams: monitor}}\n",
        encoding="utf-8",
    )
    assert main(["monitor", "feed", "tri-state-schematic", str(path)]) == 1
    assert "detente monitor feed --write mends it" in " ".join(capsys.readouterr().out.split())
    assert main(["monitor", "feed", "tri-state-schematic", str(path), "--write"]) == 0
    capsys.readouterr()
    assert main(["check", str(path)]) == 0
    assert "scenario" not in capsys.readouterr().out
    assert "detection-80:" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["solve", "tri-state"], "tri-state-schematic"),
        (
            ["solve", "tri-state-schematic", "--objective", "wrost"],
            "--objective cannot be 'wrost'; did you mean worst?",
        ),
        (["feed", "tri-state-schematic", "elmira"], "does not say how its options make parties take part"),
        (["feed", "tri-state-schematic"], "CASE"),
    ],
)
def test_bad_input_is_said_in_a_line(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["monitor", *words]) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert told.out == ""


def test_other_commands_load_nothing_of_monitoring() -> None:
    script = (
        "import sys, io, contextlib, detente.commands as c\n"
        "with contextlib.redirect_stdout(io.StringIO()):\n"
        "    code = c.main(['analyze', 'us-pakistan-2018'])\n"
        "loaded = [name for name in sys.modules if name == 'highspy' or name.startswith('detente.monitoring')]\n"
        "sys.exit(f'loaded {loaded}' if loaded else code)"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
