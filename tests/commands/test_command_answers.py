"""Every command on shipped cases: exit codes, all forms, and JSON that keeps its published schema."""

import json
import os
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from referencing import Registry, Resource

from detente.commands import main

SCHEMAS = Path(__file__).resolve().parents[2] / "docs" / "reference" / "schemas"
CASES = ["elmira", "prisoners-dilemma", "sanctions", "us-pakistan-2018"]
ASKED = ["analyze", "stability", "demands", "needs", "payments", "trades", "approaches", "accord", "change",
         "coalitions", "robustness", "check"]  # fmt: skip
REGISTRY: Registry[Any] = Registry().with_resources(
    (path.name, Resource.from_contents(json.loads(path.read_text(encoding="utf-8"))))
    for path in SCHEMAS.glob("*.schema.json")
)


def valid(name: str, data: Any) -> None:
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema, registry=REGISTRY).validate(data)


def answer(words: list[str], capsys: pytest.CaptureFixture[str], code: int = 0) -> Any:
    assert main([*words, "--format", "json"]) == code
    told = capsys.readouterr()
    assert told.err == ""
    return json.loads(told.out)


@pytest.mark.parametrize("path", sorted(SCHEMAS.glob("*.json")), ids=lambda path: path.name)
def test_the_schemas_are_schemas(path: Path) -> None:
    schema = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("command", ASKED)
def test_json_keeps_its_schema(command: str, case: str, capsys: pytest.CaptureFixture[str]) -> None:
    valid(command, answer([command, case], capsys))


@pytest.mark.parametrize("approach", ["mercenary", "patron-client", "cooperative"])
@pytest.mark.parametrize("command", ["stability", "demands", "coalitions"])
def test_json_names_its_approach(command: str, approach: str, capsys: pytest.CaptureFixture[str]) -> None:
    data = answer([command, "us-pakistan-2018", "--approach", approach], capsys)
    valid(command, data)
    assert data["approach"] == approach


@pytest.mark.parametrize("options", [[], ["--meeting", "LG.insist"], ["--approach", "none", "--limit", "1"]])
def test_json_of_the_best_keeps_its_schema(options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    data = answer(["stability", "elmira", "--best", "worst-off", *options], capsys)
    valid("stability", data)
    assert data["best"]["counts"]["Nash"] >= 1


@pytest.mark.parametrize(
    "words",
    [
        ["compare", "us-pakistan-2018", "us-pakistan-2018/washington"],
        ["compare", "us-pakistan-2018", "--approaches", "none,cooperative"],
        ["compare", "elmira", "prisoners-dilemma"],
        ["paths", "elmira"],
        ["paths", "elmira", "YNYNY", "--start", "NYNNY"],
        ["paths", "us-pakistan-2018", "--approach", "cooperative", "--limit", "3"],
    ],
    ids=" ".join,
)
def test_json_of_paths_and_comparisons(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    data = answer(words, capsys)
    valid(words[0], data)
    if words[0] == "compare":
        schema = json.loads((SCHEMAS / "compare.schema.json").read_text(encoding="utf-8"))
        assert set(data) == set(schema["properties"]) == set(schema["required"])


ISSUES = """title: A dam
parties:
  Dam: {options: [release], concerns: []}
  Farm: {options: [pay], concerns: []}
  Town: {options: [fine], concerns: []}
clout: [{of: Town, over: Dam, on: Dam.release, strength: strong}, {of: Dam, over: Farm, on: Farm.pay, strength: weak}]
issues:
  price: {positions: {Dam: 80, Farm: 10, Town: 40}, salience: {Dam: 0.5, Farm: 0.9, Town: 0.1}}
  volume: {positions: {Dam: 20, Farm: 90}, salience: {Dam: 0.8, Farm: 0.3}, clout: {Dam: 1, Farm: 0.5}}
  term: {positions: {Dam: 5, Farm: 6}, salience: {Dam: 0.8}}
"""


@pytest.mark.parametrize("counted", ["", "accommodate: [Dam, Farm]\n"], ids=["all", "two"])
@pytest.mark.parametrize("options", [[], ["--influence"], ["--limit", "0"]], ids=" ".join)
def test_json_of_trades(counted: str, options: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "dam.yaml"
    file.write_text(ISSUES + counted, encoding="utf-8")
    data = answer(["trades", str(file), *options], capsys)
    valid("trades", data)
    assert (data["two parties"] is None) is (counted == "")
    assert data["issues"][0]["clout"] == ("influence" if "--influence" in options else "equal")
    assert len(data["exchanges"]["listed"]) == (0 if "--limit" in options else 1)


@pytest.mark.parametrize(
    "options",
    [
        ["--goal", "PK.operation", "--costs", "add=2,drop=1"],
        ["--state", "YNYYNYYNYYYY", "--verdict", "holds", "--limit", "2"],
        ["--goal", "AT.talk"],
        ["--approach", "mercenary", "--costs", "contract=9,promise=9", "--most", "2"],
    ],
    ids=" ".join,
)
def test_json_of_changes(options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    valid("change", answer(["change", "us-pakistan-2018", *options], capsys))


def test_explain_verify_and_cases_keep_their_schemas(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    explained = answer(["explain", "elmira", "---Y-"], capsys)
    valid("explain", explained)
    file = tmp_path / "answer.json"
    file.write_text(json.dumps(explained), encoding="utf-8")
    valid("verify", answer(["verify", "elmira", str(file)], capsys))
    valid("cases", answer(["cases"], capsys))


def test_a_schema_refuses_what_it_should(capsys: pytest.CaptureFixture[str]) -> None:
    data = answer(["stability", "elmira"], capsys)
    del data["counts"]
    with pytest.raises(jsonschema.ValidationError, match="'counts' is a required property"):
        valid("stability", data)


@pytest.mark.parametrize("format", ["text", "json", "csv", "markdown", "latex"])
@pytest.mark.parametrize(
    "words",
    [
        ["analyze"],
        ["check"],
        ["stability"],
        ["demands"],
        ["needs"],
        ["payments"],
        ["trades"],
        ["approaches"],
        ["accord"],
        ["change"],
        ["paths"],
        ["coalitions"],
    ],
    ids=lambda words: words[0],
)
def test_every_form_of_every_answer(words: list[str], format: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*words, "us-pakistan-2018", "--format", format]) == 0
    told = capsys.readouterr()
    assert told.err == ""
    beginning = {"json": "{", "markdown": "# ", "latex": r"\section*{"}.get(format, "")
    assert told.out.startswith(beginning)
    assert told.out.endswith("\n")
    if format == "text":
        assert max(len(line) for line in told.out.splitlines()) <= 100


def test_verify_ends_with_1_where_a_claim_was_altered(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    data = answer(["stability", "elmira"], capsys)
    data["equilibria"]["Nash"].append("NNYNN")
    data["counts"]["Nash"] += 1
    file = tmp_path / "altered.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    refused = answer(["verify", "elmira", str(file)], capsys, code=1)
    valid("verify", refused)
    assert refused["refused"]


@pytest.mark.parametrize("package", ["YNYYNYYNYYYY", "Y-Y---------"])
def test_json_of_a_named_package(package: str, capsys: pytest.CaptureFixture[str]) -> None:
    valid("package", answer(["accord", "us-pakistan-2018", "--package", package], capsys))


def test_json_of_lasting_packages_keeps_its_schema(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "prisoners.yaml"
    file.write_text(
        "parties:\n"
        "  A: {options: [help], weights: {B.help: 3, not help: 2}}\n"
        "  B: {options: [help], weights: {A.help: 3, not help: 2}}\n"
        "today: []\npatience: 0.9\n",
        encoding="utf-8",
    )
    told = answer(["accord", str(file)], capsys)
    valid("accord", told)
    lasting = [package["verdicts"] for package in told["packages"] if "lasts" in package["verdicts"]]
    assert lasting


HARBOUR = """
parties:
  Port: {options: [raise, hire], concerns: [{want: not Union.strike, core: true}, not raise, not hire]}
  Union: {options: [strike], concerns: [{want: Port.raise, core: true}, strike if not Port.raise, not strike]}
rules: [not (Port.raise and Port.hire)]
today: []
demands:
  - {id: wages, from: Union, to: Port, that: Port.raise}
  - {id: work, from: Union, to: Port, that: Port.hire}
"""


def test_verify_takes_the_page(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    case, file = tmp_path / "harbour.yaml", tmp_path / "page.json"
    case.write_text(HARBOUR, encoding="utf-8")
    page = answer(["analyze", str(case)], capsys)
    file.write_text(json.dumps(page), encoding="utf-8")
    assert answer(["verify", str(case), str(file)], capsys)["refused"] == []
    first, *others = page["accord"]["packages"]
    wrong = first | {"verdicts": first["verdicts"] | {"grade": "?"}}
    outlooks = page["approaches"]
    for altered in (
        page | {"accord": page["accord"] | {"packages": [wrong, *others]}},
        page | {"demands": page["demands"] | {"contradictions": []}},
        page | {"approaches": [outlooks[0] | {"meeting all": outlooks[0]["meeting all"] + 1}, *outlooks[1:]]},
    ):
        file.write_text(json.dumps(altered), encoding="utf-8")
        refused = answer(["verify", str(case), str(file)], capsys, code=1)["refused"]
        assert len(refused) == 1, "what was altered is refused, and nothing else"
    file.write_text(json.dumps(page | {"accord": {"packages": 1}}), encoding="utf-8")
    assert main(["verify", str(case), str(file)]) == 2
    assert "cannot be read: it has no 'complete'" in capsys.readouterr().err
    file.write_text(json.dumps(page | {"accord": None, "demands": None}), encoding="utf-8")
    assert main(["verify", str(case), str(file)]) == 2
    assert "no package and no contradiction" in capsys.readouterr().err


def test_verify_ends_with_2_where_nothing_can_be_read(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "broken.json"
    for text, said in [("{", "not JSON"), ("[]", "nothing to verify"), ("[" * 100_000, "not JSON")]:
        file.write_text(text, encoding="utf-8")
        assert main(["verify", "elmira", str(file)]) == 2
        told = capsys.readouterr()
        assert told.out == ""
        assert said in told.err
    assert main(["verify", "elmira", str(tmp_path / "none.json")]) == 2
    assert "no such file" in capsys.readouterr().err


def test_check_of_a_faulty_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "faulty.yaml"
    file.write_text("title: X\nparties:\n  A:\n    options: [go]\n    concerns: [not goo, B.go]\n", encoding="utf-8")
    assert main(["check", str(file)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert f"{file}:5:" in told.err
    assert "goo" in told.err
    assert "B.go" in told.err
    assert main(["stability", str(file)]) == 2
    assert capsys.readouterr() == told
    data = answer(["check", str(file)], capsys, code=2)
    valid("check", data)
    assert len(data["faults"]) == 2


def test_check_prints_the_schema_of_case_files(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert "parties" in schema["properties"]
    assert main(["check"]) == 2
    assert "check --schema" in capsys.readouterr().err


def test_limits_cut_lists_and_not_counts(capsys: pytest.CaptureFixture[str]) -> None:
    data = answer(["stability", "elmira", "--limit", "1"], capsys)
    assert data["counts"]["Nash"] == 3
    assert len(data["equilibria"]["Nash"]) == 1


@pytest.mark.parametrize("engine", ["auto", "listed", "graph"])
def test_engines_answer_alike(engine: str, capsys: pytest.CaptureFixture[str]) -> None:
    data = answer(["stability", "prisoners-dilemma", "--engine", engine], capsys)
    assert data["counts"] == {"Nash": 1, "GMR": 2, "SMR": 2, "SEQ": 2, "SSEQ": 2}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["stability", "elmria"], "elmira"),
        (["stability", "us-pakistan-2018", "--approach", "mercenery"], "did you mean mercenary?"),
        (["explain", "elmira", "YYYYY"], "YYYYY"),
        (["explain", "elmira", "NYNNN", "--party", "MOE"], "did you mean MoE?"),
        (["paths", "elmira", "NN"], "NN"),
        (["compare", "elmira"], "a second case"),
        (["compare", "elmira", "--approaches", "none"], "none,shared"),
    ],
)
def test_unknown_names_get_a_remedy(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert said in told.err


def test_a_case_goes_to_gmcr_and_back(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    saved, back = tmp_path / "elmira.gmcr", tmp_path / "elmira.yaml"
    assert main(["export", "elmira/twelve-states", str(saved)]) == 0
    assert main(["import", str(saved), str(back)]) == 0
    capsys.readouterr()
    before, after = (answer(["stability", name], capsys) for name in ("elmira/twelve-states", str(back)))
    assert before["counts"] == after["counts"]
    assert before["equilibria"] == after["equilibria"]
    assert main(["import", str(saved)]) == 0
    assert capsys.readouterr().out == back.read_text(encoding="utf-8")


@pytest.mark.parametrize("arguments", [["verify", "chicken"], ["import"]])
def test_what_is_no_ordinary_file_is_refused_and_not_waited_for(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pipe = tmp_path / "pipe.gmcr"
    os.mkfifo(pipe)
    assert main([*arguments, str(pipe)]) == 2
    assert "this is no ordinary file" in capsys.readouterr().err
