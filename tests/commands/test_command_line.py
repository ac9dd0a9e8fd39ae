"""The command line as a whole: help, unknown words, errors, interrupted work, closed pipes."""

import inspect
import io
import os
import re
import resource
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from detente import commands
from detente.commands import COMMANDS, FAMILIES, main, streams
from detente.errors import CaseError, DetenteError, Fault

PLACES = [
    (module, name, question)
    for group in COMMANDS.values()
    for place, question in group.items()
    for module, _, name in [place.partition(":")]
]


def test_help_lists_every_command_with_its_question(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    told = capsys.readouterr().out
    for _, name, question in PLACES:
        family, _, _ = name.rpartition(" ")
        assert (family or name) in told
        assert FAMILIES.get(family, question) in told


@pytest.mark.parametrize("family", FAMILIES)
def test_the_help_of_a_family_lists_its_commands(family: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([family, "--help"]) == 0
    told = capsys.readouterr().out
    assert main([family]) == 0
    assert capsys.readouterr().out == told
    members = [(name, question) for _, name, question in PLACES if name.startswith(f"{family} ")]
    assert len(members) > 1
    for name, question in members:
        assert re.search(rf"│ {name.split()[-1]} +{re.escape(question)}", told)


def test_no_words_are_a_call_for_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert "Start with: detente analyze us-pakistan-2018" in capsys.readouterr().out


@pytest.mark.parametrize(("module", "name", "question"), PLACES, ids=[name for _, name, _ in PLACES])
def test_every_command_tells_its_question_and_all_its_parameters(
    module: str, name: str, question: str, capsys: pytest.CaptureFixture[str]
) -> None:
    function = getattr(import_module(f"detente.commands.{module}"), name.split()[-1].replace("import", "import_"))
    assert (inspect.getdoc(function) or "").splitlines()[0] == question
    assert main([*name.split(), "--help"]) == 0
    told = capsys.readouterr().out
    assert question in told
    for parameter in inspect.signature(function).parameters.values():
        in_place = parameter.kind in (parameter.POSITIONAL_ONLY, parameter.VAR_POSITIONAL)
        word = parameter.name.upper() if in_place else f"--{parameter.name}"
        assert re.search(rf"│ (?:\* )? *{word} (?:[A-Z]+ )? *\S[^│]{{10}}", told), f"{word} has no help"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["stabilty", "elmira"], "no command of detente is called 'stabilty'; did you mean stability?"),
        (
            ["stability", "elmira", "--fromat", "json"],
            "detente stability has no option --fromat; did you mean --format?",
        ),
        (["stability", "elmira", "--format", "jsn"], "--format cannot be 'jsn'; did you mean json?"),
        (["stability", "elmira", "--limit", "many"], "--limit"),
        (["stability"], "CASE"),
        (["explain", "elmira"], "STATE"),
        (["--nonsense"], "--nonsense"),
        (["monitor", "slove"], "no command of detente monitor is called 'slove'; did you mean solve?"),
        (["monitor", "solve"], "SCENARIO"),
    ],
)
def test_what_is_mistyped_is_named(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert told.out == ""
    assert "--help" in told.err


def test_faults_are_printed_all_and_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    faults = [Fault("there is no party X", "did you mean Y?", 3, 5), Fault("a rule leaves no state", "drop it", 9, 1)]

    def read(source: str) -> None:
        raise CaseError(faults, "case.yaml")

    monkeypatch.setattr("detente.questions.check.read", read)
    assert main(["stability", "case.yaml"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.splitlines() == [
        "case.yaml:3:5: there is no party X; did you mean Y?",
        "case.yaml:9:1: a rule leaves no state; drop it",
    ]


def test_an_interrupted_command_ends_quietly(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def read(source: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("detente.questions.check.read", read)
    assert main(["stability", "elmira"]) == 130
    assert capsys.readouterr() == ("", "")


def test_a_reader_that_goes_away_is_no_error() -> None:
    script = (
        "import sys, detente.commands as c\n"
        "c._run = lambda words: [print('long line ' * 100) for _ in range(10_000)]\n"
        "sys.exit(c.main([]))"
    )
    reader, writer = os.pipe()
    process = subprocess.Popen([sys.executable, "-c", script], stdout=writer, stderr=subprocess.PIPE)
    os.close(writer)
    os.read(reader, 10)
    os.close(reader)
    _, complaint = process.communicate(timeout=60)
    assert (process.returncode, complaint) == (141, b"")


@pytest.mark.parametrize(
    ("words", "redirected", "said"),
    [
        ("cases", ">&-", "standard output is closed"),
        ("cases", ">/dev/full", "standard output: no space left on device"),
        ("check --schema", ">/dev/full", "standard output: no space left on device"),
        ("--help", ">/dev/full", "standard output: no space left on device"),
        ("verify elmira -", "<&-", "standard input is closed"),
        ("cases --fromat json", "2>&-", ""),
        ("cases --fromat json", "2>/dev/full", ""),
    ],
)
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_streams_that_are_closed_or_full_are_said_in_a_line(words: str, redirected: str, said: str) -> None:
    command = f'"{sys.executable}" -m detente {words} {redirected}'
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == (1 if said else 0)


def test_help_whose_reader_goes_away_ends_as_other_output_does() -> None:
    command = f'"{sys.executable}" -m detente --help | true; echo ${{PIPESTATUS[0]}}'
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("141\n", "")


def test_an_interruption_while_starting_is_quiet() -> None:
    """The command line is interrupted where it imports what it needs: whatever comes first after `main` is called."""
    script = (
        "import sys, signal, os, detente.commands as c\n"
        "loaded = {name for name in sys.modules if name.startswith('detente')}\n"
        "class Interrupt:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == sys.argv[1]: os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Interrupt())\n"
        "print(sorted(loaded))\n"
        "sys.exit(c.main(['check', 'chicken']))"
    )
    for name in ("detente.commands.streams", "detente.commands.words", "detente.questions.check", "numpy", "pydantic"):
        done = subprocess.run([sys.executable, "-c", script, name], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (130, ""), name
        assert done.stdout == "['detente', 'detente.commands']\n"


def test_output_is_utf_8_whatever_the_surroundings_say() -> None:
    script = "import sys; from detente.commands.streams import make_safe; make_safe(); print('US–Pakistan ✓')"
    surroundings = os.environ | {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, env=surroundings, check=True)
    assert done.stdout.decode() == "US–Pakistan ✓\n"


@pytest.mark.parametrize(("columns", "width"), [(60, 80), (80, 80), (97, 97), (200, 120)])
def test_width_is_the_terminals_within_reason(columns: int, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setattr("shutil.get_terminal_size", lambda: os.terminal_size((columns, 24)))
    assert streams.terminal_width() == width


@pytest.mark.parametrize("terminal", [True, False])
@pytest.mark.parametrize(("columns", "width"), [("60", 80), ("80", 80), ("132", 132), ("900", 200)])
def test_width_is_what_columns_asks_for(
    columns: str, width: int, terminal: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: terminal)
    monkeypatch.setenv("COLUMNS", columns)
    assert streams.terminal_width() == width


@pytest.mark.parametrize("columns", ["", "0", "wide"])
def test_width_is_100_without_a_terminal(columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert streams.terminal_width() == 100


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    other = tmp_path / "latin.json"
    other.write_bytes("café".encode("latin-1"))
    for path, said in [(tmp_path, "directory"), (tmp_path / "none", "no such file"), (other, "byte 3 is not UTF-8")]:
        with pytest.raises(DetenteError, match=said):
            streams.text_of(path)


def test_help_needs_no_engine_and_little_time() -> None:
    script = (
        "import sys, detente.commands as c\n"
        "code = c.main(['--help'])\n"
        "heavy = {'numpy', 'pydantic', 'ruamel.yaml', 'pysat', 'detente.commands.holding'} & set(sys.modules)\n"
        "sys.exit(f'loaded {heavy}' if heavy else code)"
    )
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", script], stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    assert spent < 1.0, f"--help took {spent:.2f} s of processor time; 0.5 s is the aim on an idle machine"


def test_the_page_of_the_shipped_case_takes_little_time() -> None:
    command = [sys.executable, "-m", "detente", "analyze", "us-pakistan-2018"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    assert spent < 3.0, f"analyze took {spent:.2f} s of processor time; 1.5 s is the most on an idle machine"


def test_every_command_is_named_once() -> None:
    assert len(commands.names()) == len(set(commands.names())) == len(PLACES)


def test_verify_reads_an_answer_from_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["stability", "elmira", "--format", "json"]) == 0
    monkeypatch.setattr("sys.stdin", io.StringIO(capsys.readouterr().out))
    assert main(["verify", "elmira", "-"]) == 0
    assert "0 refused" in capsys.readouterr().out
