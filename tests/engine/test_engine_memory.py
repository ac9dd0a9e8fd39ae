"""Memory is asked for before it is taken: the machine's, the container's, the process's own."""

import re
import resource
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from detente.engine import memory
from detente.errors import TooLargeError


@pytest.mark.parametrize(("told", "bytes_"), [("3000000000", 1_500_000_000), ("max", None)])
def test_what_a_container_may_take_counts(
    told: str, bytes_: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "_GROUP", tmp_path / "none")
    whole = memory.budget.__wrapped__()
    (tmp_path / "memory.max").write_text(f"{told}\n")
    monkeypatch.setattr(memory, "_GROUP", tmp_path)
    assert memory.budget.__wrapped__() == (min(bytes_, whole) if bytes_ else whole)


def test_too_much_is_refused_with_both_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "budget", lambda: 2**31)
    memory.require(2**31, "a list")
    with pytest.raises(
        TooLargeError, match=r"^a list would take about 3\.0 GB, and 2\.0 GB may be used here; add rules"
    ):
        memory.require(3 * 2**30, "a list")


CASE = "title: t\nparties: {{A: {{options: [{0}]}}, B: {{options: [{0}]}}}}\n"


def test_a_process_of_little_memory_refuses_a_large_cube(tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text(CASE.format(", ".join(f"o{number}" for number in range(12))))
    limit = 900 << 20

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))

    command = [sys.executable, "-m", "detente", "stability", str(case)]
    done = subprocess.run(command, capture_output=True, text=True, preexec_fn=limited, check=False)
    assert done.returncode == 2
    # With the extra `fast`, or without.
    said = r"a cube of 16,777,216 choices would take about (0\.8|2\.1) GB, and 0\.4 GB may be used here; "
    assert re.match(said, done.stderr)


def test_a_cube_asks_for_what_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    from detente.engine import cube
    from detente.engine.interface import Space
    from detente.model.case import Conventions
    from detente.preferences import Ladder

    asked: list[int] = []
    monkeypatch.setattr(cube, "require", lambda size, what: asked.append(size))
    space = Space((2,) * 6, (0, 0, 1, 1, 2, 2), (0,) * 6, parties=3)
    few = [Ladder(())] * 3

    def made(fast: bool, highest: int = 0) -> int:
        asked.clear()
        monkeypatch.setattr(cube.CubeGame, "_fast", lambda game: fast)
        monkeypatch.setattr(cube, "narrow", lambda top: np.int32 if highest else np.int16)
        cube.CubeGame(space, few, Conventions())
        return max(asked)

    assert made(fast=False) == 64 * (52 * 3 + 32)
    assert made(fast=True) == 64 * (2 * (4 * 3 + 8) + 6 * 3 + 8)
    assert made(fast=True, highest=2**20) == 64 * (4 * (4 * 3 + 8) + 6 * 3 + 8)  # known once ranks are
