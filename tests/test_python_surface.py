"""What a notebook sees: questions that take a name, answers that cannot be changed, edits at hand, data frames."""

import copy
import inspect
import json
import pickle
from pathlib import Path

import pandas
import pytest

import detente as dt
from detente.model.fixed import Fixed, fixed, thawed
from detente.questions.given import case_of

ALONE = [
    "accord",
    "analyze",
    "approaches",
    "coalitions",
    "demands",
    "needs",
    "paths",
    "payments",
    "stability",
    "trades",
]


@pytest.mark.parametrize("name", ALONE)
def test_a_question_takes_a_case_or_its_name(name: str) -> None:
    question = getattr(dt, name)
    assert question("chicken").data() == question(dt.read("chicken")).data()


def test_a_question_takes_a_file(tmp_path: Path) -> None:
    dt.write("chicken", tmp_path / "case.yaml")
    assert dt.stability(tmp_path / "case.yaml").counts == dt.stability(str(tmp_path / "case.yaml")).counts
    assert dt.compare("chicken", "stag-hunt").data() == dt.compare(dt.read("chicken"), dt.read("stag-hunt")).data()
    assert dt.compare(first="chicken", second=tmp_path / "case.yaml").render("text")
    assert dt.verify("chicken", dt.stability("chicken")).accepted


def test_what_is_no_case_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(
        dt.DetenteError, match=r"^accord is asked about a case, not about something of the type int; give"
    ):
        dt.accord(3)  # type: ignore[arg-type] # that is the point
    with pytest.raises(dt.DetenteError, match=r"did you mean chicken\?"):
        dt.accord("chiken")  # type: ignore[arg-type] # likewise
    (tmp_path / "case.yaml").write_text("title: t\nparties: {A: {options: [x], concerns: [y]}}\n")
    with pytest.raises(dt.CaseError, match="no option or outcome is called 'y'"):
        dt.needs(tmp_path / "case.yaml")  # type: ignore[arg-type] # likewise
    with pytest.raises(TypeError, match="unexpected keyword argument 'aproach'"):
        dt.stability("chicken", aproach="none")  # type: ignore[call-arg, arg-type] # likewise


def test_check_still_tells_faults_instead_of_raising_them(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text("title: t\n")
    assert not dt.check(tmp_path / "case.yaml").sound


def test_a_question_keeps_its_name_and_signature() -> None:
    assert dt.accord.__name__ == "accord"
    assert list(inspect.signature(dt.stability).parameters)[:2] == ["case", "approach"]
    assert case_of(case := dt.read("chicken"), "accord") is case


def test_answers_cannot_be_changed() -> None:
    answer = dt.stability("chicken")
    best = dt.accord("us-pakistan-2018").packages[0]
    for inner in (
        answer.equilibria, answer.counts, answer.stable, answer.stable["Row"], best.unmet_concerns, best.spoilers,
    ):  # fmt: skip
        with pytest.raises(TypeError, match="an answer cannot be changed"):
            inner["x"] = 1
    for inner in (answer.made.conventions, answer.made.parameters, answer.undecided, dt.check("chicken").counts):
        for change in (
            lambda table: table.__setitem__("x", 1),
            lambda table: table.update(x=1),
            lambda table: table.clear(),
            lambda table: table.pop("x", None),
            lambda table: table.setdefault("x", 1),
        ):
            with pytest.raises(TypeError, match="an answer cannot be changed"):
                change(inner)


def test_changing_what_a_certificate_prints_does_not_change_it() -> None:
    answer = dt.stability("chicken")
    certificate = next(answer.certificates())
    before = json.dumps(certificate.data())
    data = certificate.data()
    data["conventions"]["ties sanction"] = None
    for key, value in data.items():
        if isinstance(value, list):
            data[key].append("more")
    assert json.dumps(certificate.data()) == before


def test_fixed_tables_are_written_pickled_and_copied() -> None:
    data = {"a": [1, {"b": [2]}], "c": {}}
    table = fixed(data)
    assert isinstance(table, Fixed)
    assert isinstance(table["a"][1], Fixed)
    assert thawed(table) == data
    assert json.loads(json.dumps(table)) == data
    assert pickle.loads(pickle.dumps(table)) == table
    assert type(pickle.loads(pickle.dumps(table))) is Fixed
    for free in (dict(table), copy.copy(table), copy.deepcopy(table)):
        free["d"] = 1
    assert "d" not in table


@pytest.mark.parametrize("name", [*ALONE, "check", "cases"])
def test_every_answer_is_a_data_frame(name: str) -> None:
    answer = dt.cases() if name == "cases" else getattr(dt, name)("us-pakistan-2018")
    frame = answer.to_pandas()
    assert isinstance(frame, pandas.DataFrame)
    assert len(frame) == len(answer.rows())
    for row, told in zip(answer.rows(), frame.to_dict("records"), strict=True):
        assert set(row) <= set(told)


def test_what_is_not_installed_is_named_with_the_way_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pandas", "polars"):
        monkeypatch.setitem(__import__("sys").modules, name, None)
        with pytest.raises(dt.DetenteError, match=f"to_{name} needs {name}; install it with: pip install {name}"):
            getattr(dt.cases(), f"to_{name}")()


def test_edits_are_at_hand() -> None:
    case = dt.read("us-pakistan-2018")
    swap = dt.edits.SwapConcerns("US", 0, 1)
    assert isinstance(swap, dt.Edit)
    changed = case.edit(swap)
    concerns = [concern.label for concern in case.party("US").concerns or ()]
    assert [concern.label for concern in changed.party("US").concerns or ()][:2] == [concerns[1], concerns[0]]
    assert changed.edit(swap.inverse(case)) == case
