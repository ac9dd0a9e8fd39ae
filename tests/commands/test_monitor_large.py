"""Monitoring scenarios that are finer than sectors: refused before they cost anything, answered where asked for."""

import builtins
import json
import resource
import time
from dataclasses import replace

import numpy as np
import pytest

from detente.commands import main
from detente.errors import CaseError, NotAvailableError, TooLargeError
from detente.monitoring.items import Sector
from detente.monitoring.joint import joint_plan
from detente.monitoring.measures import Measures, Resources
from detente.monitoring.network import Adversary, Network
from detente.monitoring.problem import Problem
from detente.questions.monitor import Monitor, monitor

LONG = """title: A long border
numbers: synthetic
parties: [A, B]
sectors: {count}
ground: {{west: A, line: [A, B], east: B}}
agencies: {{A: {{budgets: 10}}, B: {{budgets: 12}}}}
measures:
  a: {{kind: patrol, at: west, uses: {{A: 1}}, effect: 0.5}}
  b: {{kind: patrol, at: east, uses: {{B: 1}}, effect: 0.4}}
adversaries: {{x: {{from: west, to: east}}}}
"""


def written(folder, count: int) -> str:
    path = folder / "long.yaml"
    path.write_text(LONG.format(count=count), encoding="utf-8")
    return str(path)


def spent(since: tuple[float, int]) -> tuple[float, float]:
    """Return processor seconds and megabytes more than at a start."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return time.process_time() - since[0], (peak - since[1]) / 1024


def started() -> tuple[float, int]:
    return time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


@pytest.mark.parametrize("verb", ["solve", "compare", "share", "risk", "civil"])
def test_what_is_finer_than_sectors_has_to_be_asked_for(verb: str, tmp_path, capsys) -> None:
    path = written(tmp_path, 1_700)
    assert main(["monitor", verb, path]) == 2
    told = " ".join(capsys.readouterr().err.split())
    assert "long.yaml:4:10: 5,100 arcs are more than 5,000, and finer than sectors" in told
    assert "ask for it with --large (large=True in Python)" in told
    with pytest.raises(CaseError, match="large=True in Python"):
        monitor(path)


def test_it_is_answered_where_it_is_asked_for(tmp_path, capsys) -> None:
    path = written(tmp_path, 1_700)
    assert main(["monitor", "civil", path, "--large"]) == 0
    assert "Security" in capsys.readouterr().out.title()
    asked = monitor(path, large=True)
    assert asked.large
    found = asked.solve()
    # 1,700 sectors one beside the other, each watched from both sides by what both have together
    assert found.exponent == pytest.approx((10 * 0.5 + 12 * 0.4) / 1_700)
    answer = tmp_path / "answer.json"
    answer.write_text(asked.civil().render("json"), encoding="utf-8")
    assert main(["verify", path, str(answer)]) == 0
    with pytest.raises(TooLargeError, match=r"5,100 arcs .* --large"):
        Monitor(asked.scenario).risk()


def test_above_what_a_program_can_take_the_extra_is_asked_for(monkeypatch, tmp_path) -> None:
    asked = monitor(written(tmp_path, 7_000), large=True)
    there = builtins.__import__

    def missing(name, *rest):
        if name.startswith("ortools"):
            raise ImportError(name)
        return there(name, *rest)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(
        NotAvailableError, match=r"need OR-tools, which is not installed; .* pip install 'detente\[large\]'"
    ):
        asked.solve()


def test_what_plans_beside_others_has_an_upper_size(tmp_path) -> None:
    asked = monitor(written(tmp_path, 7_000), large=True)
    for verb, what in (("share", "a division of what is gained"), ("compare", "a comparison with plans")):
        with pytest.raises(TooLargeError, match=f"21,000 arcs .* are more than the 20,000 up to which there is {what}"):
            getattr(asked, verb)()


def test_limits_but_budgets_are_refused_above_that_in_plain_words(tmp_path) -> None:
    path = tmp_path / "long.yaml"
    path.write_text(
        LONG.format(count=7_000) + "constraints: {c: {rule: at most, amount: 3, because: x}}\n", encoding="utf-8"
    )
    with pytest.raises(
        TooLargeError, match=r"21,000 arcs over all types of adversary .* but there are side constraints"
    ):
        monitor(str(path), large=True).solve()


@pytest.mark.parametrize("count", [600_000, 10_000_000, 10**30])
def test_files_of_millions_of_sectors_are_refused_at_once(count: int, tmp_path, capsys) -> None:
    path = written(tmp_path, count)
    since = started()
    assert main(["monitor", "compare", path]) == 2
    seconds, megabytes = spent(since)
    assert f"long.yaml:4:10: {count * 3 if count < 10**6 else count:,} " in " ".join(capsys.readouterr().err.split())
    assert seconds < 3 and megabytes < 100


def test_a_file_that_lists_more_than_can_be_solved_is_refused_before_it_is_read_on(tmp_path, capsys) -> None:
    data = {"title": "many", "numbers": "synthetic", "sectors": [f"S{place}" for place in range(700_000)],
            "agencies": {"A": {"budgets": 1}}, "adversaries": {"x": {"from": "west", "to": "east"}},
            "measures": {"p": {"kind": "patrol", "at": "line", "uses": {"A": 1}, "effect": 1}}}  # fmt: skip
    path = tmp_path / "many.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    for words in (["monitor", "solve", str(path), "--large"], ["check", str(path)]):
        since = started()
        assert main(words) == 2
        told = " ".join(capsys.readouterr().err.split())
        assert "2,100,000 arcs are more than the 2,000,000 that can be solved; put neighbouring places together" in told
        assert spent(since)[0] < 10


def test_ten_million_arcs_in_python_are_refused_before_anything_is_made() -> None:
    base = monitor("tri-state-schematic").scenario
    many = replace(base, sectors=(Sector("S"),) * 3_400_000)
    since = started()
    for verb in ("solve", "compare", "share", "risk", "civil"):
        with pytest.raises(TooLargeError, match="10,200,000 arcs are more than the 2,000,000 that can be solved"):
            getattr(Monitor(many, large=True), verb)()
    assert spent(since)[0] < 3
    arcs = np.zeros(10**7, dtype=np.int64)
    network = Network(2, arcs, arcs + 1, np.zeros(10**7))
    problem = Problem(
        network,
        (Adversary((0,), (1,)),),
        Measures(np.zeros(1, dtype=np.int64), np.ones(1), np.ones((1, 1)), np.ones((1, 1), dtype=bool)),
        Resources(np.zeros(1, dtype=np.int64), np.ones(1)),
    )
    since = started()
    for large in (False, True):
        with pytest.raises(TooLargeError, match="10,000,000 arcs"):
            joint_plan(problem, large=large)
    assert spent(since)[0] < 1 and spent(since)[1] < 50
