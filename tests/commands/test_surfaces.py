"""What the surfaces do with sentences under a sentence, with tables without rows, and with the conventions."""

from dataclasses import replace
from itertools import product

import pytest

import detente as dt
from detente.commands import main
from detente.game import setting
from detente.look.summary import Block, Summary, Table
from detente.look.surfaces import comma_separated, markdown
from detente.questions.result import made


def test_sentences_under_a_sentence_are_nested_in_markdown() -> None:
    lines = ("They part over:", "  the fence:", "    it is dear.", "  talks.", Table(("a",), (("1",),)), "  So it is.")
    told = markdown(Summary("Title", blocks=(Block("Block", lines),)))
    assert told == (
        "# Title\n\n## Block\n\n- They part over:\n  - the fence:\n    - it is dear.\n  - talks.\n\n"
        "| a |\n| --- |\n| 1 |\n\n- So it is.\n"
    )


def test_the_page_keeps_its_points_in_markdown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["analyze", "us-pakistan-2018", "--format", "markdown"]) == 0
    assert "- They part over:\n  - ‘" in capsys.readouterr().out


def test_check_of_a_sound_case_as_csv_is_its_header(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "chicken", "--format", "csv"]) == 0
    assert capsys.readouterr().out == "kind,file,line,column,what,remedy\n"


def test_rows_may_bring_columns_of_their_own() -> None:
    assert comma_separated([{"b": 1, "c": 2}], ("a", "b")) == "a,b,c\n,1,2\n"
    assert comma_separated([]) == ""


@pytest.mark.parametrize(("ties", "back"), list(product((True, False), repeat=2)))
def test_the_foot_names_the_conventions_in_plain_words(ties: bool, back: bool) -> None:
    case = replace(dt.read("chicken"), conventions=dt.Conventions(ties, back))
    foot = made(setting(case)).line()
    assert foot.startswith(f"case {case.fingerprint} · approach: none · conventions: ")
    assert len(foot) < 220
    said = {
        (True, True): "an equally good state counts as a deterrent, and so does a return to the start",
        (True, False): "an equally good state counts as a deterrent, a return to the start does not",
        (False, True): "an equally good state does not count as a deterrent, a return to the start does",
        (False, False): "neither an equally good state nor a return to the start counts as a deterrent",
    }
    assert [key for key, words in said.items() if words in foot] == [(ties, back)]
