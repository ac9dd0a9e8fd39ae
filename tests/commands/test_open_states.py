"""A package that leaves its first option open is written with a hyphen in front, and is no flag."""

import pytest

from detente.commands import main


def test_a_package_may_begin_with_a_hyphen(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["accord", "chicken", "--package", "-Y"]) == 0
    assert "-Y stands for 2 possible states." in capsys.readouterr().out
