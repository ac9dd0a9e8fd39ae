"""Words that cannot be read are answered in plain sentences, all of them at once, and never in a framework's words."""

import pytest
from cyclopts import CycloptsError
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.commands import COMMANDS, FAMILIES, function, main, names
from detente.commands.application import application
from detente.commands.refusals import refused
from detente.commands.words import in_order

WORDS = st.sampled_from(
    ["elmira", "chicken", "YNNY", "-YN-", "-", "--", "---Y-", "json", "text", "jsn", "7", "1.5", "-1", "1e3", "nan",
     "2000000000", "--format", "--format=csv", "--format=", "--limit", "--limit=3", "--approach", "--approach=shared",
     "--schema", "--schema=yes", "--package", "--to", "--state", "--most=2", "--engine=cube", "--party", "--definition",
     "SEQ", "--goal", "--goal=A.x and not B.y", "A.x", "--start", "x.gmcr", "--encodings", "--seed", "--time", "-x"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(names()), st.lists(WORDS, max_size=6))
def test_whatever_the_framework_would_refuse_is_refused_in_words_of_our_own(name: str, words: list[str]) -> None:
    try:
        application(COMMANDS, name).parse_args([*name.split(), *words], exit_on_error=False, print_error=False)
    except CycloptsError:
        assert refused(name, function(name), words)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(names()), st.lists(WORDS, max_size=6))
def test_nothing_that_is_in_order_is_refused(name: str, words: list[str]) -> None:
    if in_order(function(name), words) is not None:
        assert refused(name, function(name), words) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ["paths", "elmira", "--to", "YNYNY"],
            [
                "detente paths has no option --to; known: --start, --approach, --limit, --engine, --time, --format",
                "STATE is written by itself, without an option before it",
                "Write: detente paths CASE [STATE] [OPTIONS]",
                "See: detente paths --help",
            ],
        ),
        (
            ["paths", "elmira", "--to"],
            [
                "detente paths has no option --to; known: --start, --approach, --limit, --engine, --time, --format",
                "STATE is written by itself, without an option before it",
                "Write: detente paths CASE [STATE] [OPTIONS]",
                "See: detente paths --help",
            ],
        ),
        (
            ["explain", "--format", "jsn", "--limit"],
            [
                "--format cannot be 'jsn'; did you mean json?",
                "detente explain has no option --limit; known: --party, --definition, --approach, --engine, --time, "
                "--format",
                "CASE is missing: a case file, or the name of a shipped case (detente cases lists them)",
                "STATE is missing: the state: YNYN..., in the order of the options, or its plain name",
                "Write: detente explain CASE STATE [OPTIONS]",
                "See: detente explain --help",
            ],
        ),
        (
            ["stability", "elmira", "chicken", "--limit", "1.5"],
            [
                "--limit must be a whole number, not '1.5'",
                "detente stability takes CASE and nothing else; leave out 'chicken'",
                "Write: detente stability CASE [OPTIONS]",
                "See: detente stability --help",
            ],
        ),
        (
            ["stability", "elmira", "--limit", "-1", "--limit", "2", "--format"],
            [
                "--limit must be from 0 to 1,000,000,000, not -1",
                "--limit is given twice; give it once",
                "--format needs a value: text, json, csv, markdown or latex",
                "Write: detente stability CASE [OPTIONS]",
                "See: detente stability --help",
            ],
        ),
        (
            ["cases", "elmira"],
            [
                "detente cases takes no case; leave out 'elmira'",
                "Write: detente cases [OPTIONS]",
                "See: detente cases --help",
            ],
        ),
        (
            ["check", "--schema=yes"],
            [
                "--schema takes no value; write --schema alone, or leave it out",
                "Write: detente check [CASE] [OPTIONS]",
                "See: detente check --help",
            ],
        ),
        (
            ["elmira"],
            [
                "elmira is a case, and what is asked of it stands before it; such as: detente analyze elmira",
                "See: detente --help",
            ],
        ),
        (["--nonsense"], ["detente has no option --nonsense; name a command first", "See: detente --help"]),
    ],
)
def test_everything_that_is_wrong_is_told_with_what_to_write(
    words: list[str], told: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert (out, err.splitlines()) == ("", told)


def test_the_commands_are_named_where_none_is_near(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["qqq"]) == 2
    told = capsys.readouterr().err
    assert all(name in told for name in [*FAMILIES, *(name for name in names() if " " not in name)])


def test_accord_of_one_approach_is_refused_where_it_would_not_be_heeded(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["accord", "us-pakistan-2018", "--approach", "mercenary"]) == 2
    assert "every approach" in capsys.readouterr().err
