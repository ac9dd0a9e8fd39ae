"""Words that are plainly right are read as the library that explains wrong ones reads them; the rest is left to it."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.commands import COMMANDS, function, names
from detente.commands.application import application
from detente.commands.words import in_order

WORDS = st.sampled_from(
    ["elmira", "chicken", "YNNY", "-YN-", "-", "--", "", "json", "text", "jsn", "7", "007", "-1", "1e3", "0x10",
     "2000000000", "--format", "--format=csv", "--limit", "--limit=3", "--approach", "--approach=shared", "--schema",
     "--influence", "--no-influence", "--package", "--state", "--most=2", "--engine=cube", "--party", "--definition",
     "SEQ", "--help", "--goal", "--goal=A.x and not B.y", "A.x", "--verdict=holds", "--start", "x.gmcr"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(names()), st.lists(WORDS, max_size=6))
def test_what_is_read_means_the_same_as_for_cyclopts(name: str, words: list[str]) -> None:
    read = in_order(function(name), words)
    if read is None:
        return
    app = application(COMMANDS, name)
    _, bound, _ = app.parse_args([*name.split(), *words], exit_on_error=False, print_error=False)
    assert (bound.args, bound.kwargs) == (read.args, read.kwargs)
    kinds = [type(value) for value in (*read.args, *read.kwargs.values())]
    assert kinds == [type(value) for value in (*bound.args, *bound.kwargs.values())]


@pytest.mark.parametrize(
    ("name", "words", "args", "kwargs"),
    [
        ("analyze", ["elmira"], ("elmira",), {}),
        ("analyze", ["elmira", "--format", "json"], ("elmira",), {"format": "json"}),
        ("stability", ["--limit=5", "elmira"], ("elmira",), {"limit": 5}),
        ("change", ["a.yaml", "--goal", "A.x and B.y", "--most", "2"], ("a.yaml",), {"goal": "A.x and B.y", "most": 2}),
        ("coalitions", ["elmira", "YN", "NN"], ("elmira", "YN", "NN"), {}),
        ("check", ["--schema"], (), {"schema": True}),
        ("explain", ["elmira", "YN", "--definition=SEQ"], ("elmira", "YN"), {"definition": "SEQ"}),
        ("export", ["elmira", "out.gmcr"], ("elmira", Path("out.gmcr")), {}),
    ],
)
def test_ordinary_words_are_read(
    name: str, words: list[str], args: tuple[object, ...], kwargs: dict[str, object]
) -> None:
    read = in_order(function(name), words)
    assert read is not None
    assert (read.args, read.kwargs) == (args, kwargs)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("analyze", []),
        ("analyze", ["--help"]),
        ("analyze", ["elmira", "chicken"]),
        ("analyze", ["elmira", "--format"]),
        ("analyze", ["elmira", "--format", "jsn"]),
        ("analyze", ["elmira", "--format", "json", "--format", "csv"]),
        ("stability", ["elmira", "--limit", "-1"]),
        ("stability", ["elmira", "--limit", "many"]),
        ("stability", ["elmira", "--limit", "2000000000"]),
        ("check", ["--schema=yes"]),
        ("explain", ["elmira", "-N"]),
        ("analyze", [""]),
    ],
)
def test_the_rest_is_left_to_others(name: str, words: list[str]) -> None:
    assert in_order(function(name), words) is None
