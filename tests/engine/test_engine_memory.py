"""Memory is asked for before it is taken: the machine's, the container's, the process's own."""

import resource
import subprocess
import sys
from pathlib import Path

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
    case.write_text(CASE.format(", ".join(f"o{number}" for number in range(11))))
    limit = 900 << 20

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))

    command = [sys.executable, "-m", "detente", "stability", str(case)]
    done = subprocess.run(command, capture_output=True, text=True, preexec_fn=limited, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("a cube of 4,194,304 choices would take about 0.5 GB, and 0.4 GB may be used here; ")
