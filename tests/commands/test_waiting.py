"""What a terminal shows of long work: how far it is, and where it was interrupted; nothing of short work."""

import os
import pty
import signal
import subprocess
import sys
import time

from detente.commands.waiting import interrupted, told
from detente.progress import Work

SLOW = """
import sys, time
from detente import commands
from detente.progress import steps
def slow(called, arguments):
    for _ in steps(range(400), 'trying coalitions'):
        time.sleep(float(arguments[0]))
    from detente.commands.streams import note
    note('done')
commands._called = slow
sys.exit(commands.main(sys.argv[1:]))
"""


def on_a_terminal(script: str, *words: str, interrupt_once: str = "") -> tuple[int, str]:
    """Run a script with a terminal as its standard error; interrupt it once a text has been shown there."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", script, *words],
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        env=os.environ | {"TERM": "xterm", "COLUMNS": "200"},
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            shown += os.read(ours, 65_536)
        except OSError:  # the other side is closed
            break
        if interrupt_once and interrupt_once.encode() in shown:
            process.send_signal(signal.SIGINT)
            interrupt_once = ""
    os.close(ours)
    return process.wait(), shown.decode()


def test_long_work_is_shown_with_what_is_left_and_taken_off_again() -> None:
    code, shown = on_a_terminal(SLOW, "0.006")
    assert code == 0
    assert "trying coalitions (" in shown
    assert "left at this pace; Ctrl-C ends it" in shown
    assert shown.rstrip().endswith("done")


def test_ctrl_c_says_how_far_the_work_was() -> None:
    began = time.monotonic()
    code, shown = on_a_terminal(SLOW, "1", interrupt_once="trying coalitions (")
    assert code == 130
    assert time.monotonic() - began < 60
    assert "while trying coalitions (" in shown.split("Interrupted after ")[1]
    assert "; nothing was answered." in shown
    assert "Traceback" not in shown


def test_short_work_is_not_shown() -> None:
    assert on_a_terminal(SLOW, "0.0001") == (0, "done\r\n")


def test_what_is_said_of_work() -> None:
    one = Work("trying coalitions, state by state", 1)
    many, open_ = Work("trying coalitions of 3", 2_000, 1_340), Work("listing the states", None, 70_000)
    assert told([one, many, open_]) == "trying coalitions of 3 (1,340 of 2,000)"
    assert told([one, open_]) == "listing the states (70,000 so far)"
    assert told([one]) == "trying coalitions, state by state (0 of 1)"
    assert interrupted(12.4, told([many])) == (
        "Interrupted after 12 s, while trying coalitions of 3 (1,340 of 2,000); nothing was answered."
    )
    assert interrupted(3, "") == "Interrupted after 3 s; nothing was answered."


HARD = """
import os, signal, sys, threading
from pysat.solvers import Solver
from detente.engine.sat import solved
solver, holes = Solver(name='minisat22'), 11
sits = lambda pigeon, hole: pigeon * holes + hole + 1
for pigeon in range(holes + 1):
    solver.add_clause([sits(pigeon, hole) for hole in range(holes)])
for hole in range(holes):
    for pigeon in range(holes + 1):
        for other in range(pigeon):
            solver.add_clause([-sits(pigeon, hole), -sits(other, hole)])
threading.Timer(0.5, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
try:
    solved(solver, [])
except KeyboardInterrupt:
    sys.exit(130)
"""


def test_a_hard_question_of_satisfiability_can_be_interrupted() -> None:
    """Eleven holes for twelve pigeons keep a solver busy for many minutes."""
    assert subprocess.run([sys.executable, "-c", HARD], timeout=120, check=False).returncode == 130


def test_memory_that_gives_out_is_said_in_a_line() -> None:
    script = (
        "import sys\nfrom detente import commands\n"
        "def greedy(called, arguments):\n    raise MemoryError\n"
        "commands._called = greedy\nsys.exit(commands.main([]))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert (
        done.stderr == "there is not enough memory for this; add rules that leave fewer states, or leave out options\n"
    )
