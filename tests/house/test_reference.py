"""The generated reference pages are fresh, and nothing that a user can call or write is missing from the docs."""

from pathlib import Path

import pytest
from house_tools import ROOT, tool

import detente
from detente import commands

GENERATED = tool("reference").pages()


@pytest.mark.parametrize("path", GENERATED, ids=lambda path: path.name)
def test_generated_pages_are_fresh(path: Path) -> None:
    assert path.is_file(), "run: just docs"
    assert path.read_text(encoding="utf-8") == GENERATED[path], "run: just docs"


@pytest.mark.parametrize("name", commands.names())
def test_every_command_is_in_the_reference(name: str) -> None:
    assert f"\n## {name}\n" in (ROOT / "docs/reference/commands.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", detente.__all__)
def test_every_public_name_is_in_the_reference(name: str) -> None:
    assert f"detente.{name}\n" in (ROOT / "docs/reference/python.md").read_text(encoding="utf-8")
