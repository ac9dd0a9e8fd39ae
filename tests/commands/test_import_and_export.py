"""Every shipped case goes to GMCR+ and back into a case file by the commands alone, as the same model."""

from pathlib import Path

import pytest

import detente as dt
from detente.commands import main
from detente.files.text import shipped
from detente.model.case import Case

OUT_OF_REACH = {  # shipped cases that GMCR+ cannot hold, and why
    "sanctions": "the states have names instead of options",
    "sanctions/credible-steps": "the states have names instead of options",
    "sanctions/escape": "the states have names instead of options",
    "syria-iraq/misperceived": "moves are given one by one",
}


def answers(case: Case) -> dict[str, object]:
    """Everything that stability finds, without the head that names the case."""
    data = dt.stability(case).data()
    return {key: value for key, value in data.items() if key not in ("case", "engine")}


@pytest.mark.parametrize("name", [name for name in shipped() if name not in OUT_OF_REACH])
def test_a_shipped_case_comes_back_as_the_same_model(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there, back = tmp_path / "there.gmcr", tmp_path / "back.yaml"
    assert main(["export", name, str(there)]) == 0
    lost = capsys.readouterr().err
    assert main(["import", str(there), str(back)]) == 0
    assert "does not say where things stand" in capsys.readouterr().err
    before, after = dt.read(name), dt.read(back)
    assert [party.id for party in after.parties] == [party.id for party in before.parties]
    assert [(o.key, o.direction) for o in after.options] == [(o.key, o.direction) for o in before.options]
    assert after.today is None
    for key in ("today", "demands", "approaches", "clout", "needs", "payments", "table", "accommodate"):
        assert (key in lost) or not getattr(before, key), f"{key} is lost without a word"
    if before.coalesce:
        assert "cannot merge states" in lost
    else:
        assert answers(after) == answers(before)


@pytest.mark.parametrize("name", OUT_OF_REACH)
def test_what_gmcr_cannot_hold_is_refused_with_the_reason(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = tmp_path / "there.gmcr"
    assert main(["export", name, str(there)]) == 2
    assert OUT_OF_REACH[name] in capsys.readouterr().err
    assert not there.exists()


def test_without_a_place_to_write_the_same_file_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    there, back = tmp_path / "there.gmcr", tmp_path / "back.yaml"
    assert main(["export", "chicken", str(there)]) == 0
    assert main(["import", str(there), str(back)]) == 0
    capsys.readouterr()
    assert main(["import", str(there)]) == 0
    assert capsys.readouterr().out == back.read_text(encoding="utf-8")
