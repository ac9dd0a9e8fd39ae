"""Ctrl-C leaves what is known: it is printed, marked as incomplete, and the command ends with 130."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import pytest
from large_disputes import large_dispute

import detente as dt

SLOW = """
import sys, time
from importlib import import_module
from detente import commands
from detente.progress import ended
place, at, *words = sys.argv[1:]
module, _, path = place.partition(':')
owner = import_module(module)
*outer, name = path.split('.')
for each in outer:
    owner = getattr(owner, each)
real, calls = getattr(owner, name), 0
def slow(*given, **named):
    global calls
    calls += 1
    if calls == int(at):
        print('waiting', file=sys.stderr, flush=True)
        for _ in range(0 if place.endswith('_stable') else 1_200):
            time.sleep(0.05)
            if ended():
                break
    return real(*given, **named)
setattr(owner, name, slow)
sys.argv[1:] = words
sys.exit(commands.main())
"""


def interrupted(place: str, call: int, *words: str, after: float = 0.0) -> tuple[int, str, str]:
    """Run a command, interrupt it in a call of a function, and return its exit code, its answer, and what it said."""
    with TemporaryFile("w+", encoding="utf-8") as out:  # no pipe, which could be full before anybody reads it
        process = subprocess.Popen(
            [sys.executable, "-c", SLOW, place, str(call), *words], stdout=out, stderr=subprocess.PIPE, text=True
        )
        assert process.stderr is not None
        said = process.stderr.readline()
        assert said == "waiting\n", said + process.stderr.read()
        time.sleep(after)
        process.send_signal(signal.SIGINT)
        _, rest = process.communicate(timeout=100)
        assert "Traceback" not in rest
        out.seek(0)
        return process.returncode, out.read(), rest


def answer(place: str, call: int, *words: str, **how: Any) -> dict[str, Any]:
    """Return the JSON that an interrupted command leaves."""
    code, out, said = interrupted(place, call, *words, "--format", "json", **how)
    assert code == 130, said
    assert said == "Interrupted: the answer has what was known by then.\n"
    data: dict[str, Any] = json.loads(out)
    assert data["complete"] is False
    assert data["interrupted"] is True
    return data


CASE = "us-pakistan-2018"


def test_stability_keeps_the_definitions_that_were_decided() -> None:
    known = dt.stability(CASE).data()
    parties = len(known["parties"])
    data = answer("detente.engine.cube:CubeGame.stable", 2 * parties + 1, "stability", CASE)
    assert data["counts"] == known["counts"] | {"SMR": None, "SEQ": None, "SSEQ": None}
    assert data["undecided"]["SMR"] == "SMR could not be decided: interrupted"
    assert data["equilibria"]["Nash"] == known["equilibria"]["Nash"]


def test_approaches_keep_those_that_were_looked_at() -> None:
    known = dt.approaches(CASE).data()["approaches"]
    data = answer("detente.questions.approaches:outlook", 3, "approaches", CASE)
    assert data["approaches"] == known[:2]
    assert set(data["undecided"]) == {each["name"] for each in known[2:]}


def test_accord_keeps_the_packages_that_were_judged() -> None:
    known = {(each["approach"], each["state"]) for each in dt.accord(CASE).data()["packages"]}
    data = answer("detente.questions.accord:Entry", 5, "accord", CASE)
    found = {(each["approach"], each["state"]) for each in data["packages"]}
    assert found
    assert len(found) < len(known)
    assert data["undecided"]


def test_demands_keep_what_was_found() -> None:
    known = dt.demands(CASE).data()
    data = answer("detente.questions.demands:_delivered", 2, "demands", CASE)
    assert data["contradictions"] == known["contradictions"]
    assert data["deliverability"] == known["deliverability"][:1]
    assert len(data["undecided"]) >= len(known["deliverability"]) - 1


def test_demands_interrupted_at_once_claim_nothing() -> None:
    code, out, _ = interrupted("detente.questions.demands:contradictions", 1, "demands", CASE)
    assert code == 130
    text = " ".join(out.split())
    assert "Not decided: which demands contradict each other (interrupted)." in text
    assert "No demands contradict" not in text


def test_explain_keeps_what_was_explained() -> None:
    state = dt.stability(CASE).equilibria["Nash"]
    assert state
    data = answer("detente.questions.sanctioning:Sanctioning.certificate", 3, "explain", CASE, state[0])
    known = dt.stability(CASE).explain(state[0]).data()
    assert data["certificates"] == known["certificates"][:2]
    for party, verdicts in data["verdicts"].items():
        for definition, verdict in verdicts.items():
            assert verdict in (None, known["verdicts"][party][definition])


def test_paths_keep_what_was_found() -> None:
    known = dt.paths(CASE).data()
    data = answer("detente.questions.paths:endings", 2, "paths", CASE)
    assert data["targets"] == known["targets"]
    assert data["endings"]["from start"] == known["endings"]["from start"] or data["endings"]["from anywhere"] is None
    assert "where improvements can end could not be decided: interrupted" in data["undecided"].values()


def test_coalitions_keep_the_states_that_were_looked_at() -> None:
    known = dt.coalitions(CASE).data()
    assert len(known["states"]) > 1
    data = answer("detente.questions.coalitions:upsets", 2, "coalitions", CASE)
    assert data["states"] == known["states"][:1]
    assert data["left out"] == len(known["states"]) - 1


def test_coalitions_interrupted_at_once_claim_nothing() -> None:
    code, out, _ = interrupted("detente.questions.coalitions:upsets", 1, "coalitions", CASE)
    assert code == 130
    assert "No state was looked at: interrupted." in out
    assert "Interrupted: this is what was known by then." in out


def test_robustness_keeps_the_variations_that_were_tried() -> None:
    data = answer("detente.engine.sweeps:Sweep.survivors", 3, "robustness", "elmira", "--variations", "1000")
    assert data["variations"]["number"] == 500
    assert data["states"]
    known = dt.robustness("elmira", variations=500).data()
    assert data["states"] == known["states"]


def test_change_says_how_far_it_came() -> None:
    data = answer("detente.questions.nearest_checks:Checker.check", 1, "change", CASE, "--goal", "PK.operation")
    assert "changes" in data


def test_an_operation_on_diagrams_is_left_at_once(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    case = large_dispute(60, 5, 1)
    dt.write(case, path)
    call = 3 * len(case.parties) + 1
    began = time.monotonic()
    data = answer(
        "detente.engine.symbolic:SymbolicGame._stable", call, "stability", str(path), "--time", "300", after=1.0
    )
    assert time.monotonic() - began < 90  # alone some 5 s
    assert data["counts"]["Nash"] > 0
    assert data["counts"]["SMR"] is not None
    assert data["counts"]["SEQ"] is None
    assert data["undecided"]["SEQ"] == "SEQ could not be decided: interrupted"


@pytest.mark.parametrize("format", ["text", "markdown", "latex", "csv"])
def test_every_form_is_whole(format: str) -> None:
    code, out, said = interrupted("detente.questions.coalitions:upsets", 2, "coalitions", CASE, "--format", format)
    assert (code, said) == (130, "Interrupted: the answer has what was known by then.\n")
    assert ("Interrupted: this is what was known by then" in " ".join(out.split())) == (format != "csv")
