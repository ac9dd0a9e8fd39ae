"""What check says deserves a look: demands on one who has no hand in them, options nobody minds, empty approaches."""

from pathlib import Path

import pytest

import detente as dt
from detente.files.text import shipped

DAM = """title: A dam
parties:
  Upper: {{options: {{fill: fill the dam, sell: sell power}}, concerns: [fill, sell]}}
  Lower: {{options: {{court: go to court, guard: guard the river}}, concerns: [not Upper.fill, not court, guard]}}
{more}
"""


def warnings(more: str, folder: Path) -> list[str]:
    path = folder / "dam.yaml"
    path.write_text(DAM.format(more=more), encoding="utf-8")
    return [warning.text().removeprefix("warning: ") for warning in dt.check(path).warnings]


MISPLACED = "demands: [{id: d, from: Upper, to: Lower, that: Upper.fill}]"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (
            MISPLACED,
            "5:36: warning: Upper demands ‘d’ of Lower, which has no option in Upper.fill; Upper can do it alone: "
            "take it out, or say what clout Lower has over Upper.fill",
        ),
        ("approaches: {talks: {name: Talks}}", "5:21: warning: the approach talks has no clause, and changes nothing; "
         "give it contracts, deference, shared concerns or coalitions, or take it out"),
    ],
)  # fmt: skip
def test_what_is_overlooked_is_said_at_its_place(more: str, said: str, tmp_path: Path) -> None:
    assert warnings(more, tmp_path) == [said]


@pytest.mark.parametrize(
    "more",
    [
        "clout: [{of: Lower, over: Upper, on: Upper.fill, strength: weak}]",
        "rules: [not (Upper.fill and Lower.guard)]",
        "resources: [{name: water, of: Lower, amount: 1, uses: {Upper.fill: 1, Lower.guard: 1}}]",
    ],
)
def test_who_has_clout_or_is_tied_by_a_rule_can_be_asked(more: str, tmp_path: Path) -> None:
    assert warnings(f"{MISPLACED}\n{more}", tmp_path) == []


def test_an_option_that_nothing_mentions(tmp_path: Path) -> None:
    path = tmp_path / "dam.yaml"
    text = DAM.format(more="").replace("[fill, sell]", "[fill]").replace(", guard]", "]")
    path.write_text(text, encoding="utf-8")
    told = [(warning.line, warning.column, warning.what.partition(":")[0]) for warning in dt.check(path).warnings]
    assert told == [(3, 47, "nothing mentions Upper.sell"), (4, 48, "nothing mentions Lower.guard")]
    for more in (
        "outcomes: {paid: Upper.sell and Lower.guard}",
        "payments: [{by: Upper, to: Lower, with: Upper.sell, for: Lower.guard, amount: 1}]",
        "clout: [{of: Lower, over: Upper, on: Upper.sell, strength: weak, while: Lower.guard}]",
        "approaches: {deal: {contracts: [{by: Upper, with: Upper.sell, iff: Lower.guard}]}}",
    ):
        path.write_text(text + more, encoding="utf-8")
        assert dt.check(path).warnings == ()


def test_a_case_that_has_only_begun_is_not_told_that_nothing_is_mentioned(tmp_path: Path) -> None:
    path = tmp_path / "begun.yaml"
    path.write_text("parties: {A: {options: [a, b], concerns: []}}", encoding="utf-8")
    assert dt.check(path).warnings == ()


@pytest.mark.parametrize("name", shipped())
def test_shipped_cases_have_nothing_to_look_at(name: str) -> None:
    assert dt.check(name).warnings == ()
