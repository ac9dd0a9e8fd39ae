"""This module owns the command line: which commands there are, and what becomes of an error.

A command's module is imported when the command is called, and imports what answers the question only then; what is
imported here before `main` runs could be interrupted with a traceback, so it is next to nothing. Exit codes: 0 done, 1
the answer is "no" to a yes/no question, 2 bad input, or an answer that cannot be written, 130 interrupted, 141 the
reader of the output has gone.
"""

import gc
import os
import sys
from contextlib import suppress
from importlib import import_module

FEW_COLLECTIONS = 50_000  # new objects before garbage is looked for; Python itself begins at 700

TYPE_CHECKING = False  # as checkers of types know it
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

COMMANDS = {
    "The whole story": {
        "agreement:analyze": "What is the whole story, on one page?",
    },
    "The case": {
        "case_files:check": "Is the file sound?",
        "case_files:cases": "Which cases are shipped?",
        "case_files:import": "What does a file of GMCR+ say, as a case file?",
        "case_files:export": "What is the case, as a file of GMCR+?",
    },
    "What clashes, and what all can live with": {
        "agreement:demands": "Which demands contradict each other, what repairs that, and who can deliver?",
        "dependence:needs": "Who depends on whom for what, and who has the leverage?",
        "dependence:payments": "When does pay for effort defeat itself, and what would mend it?",
        "dependence:trades": "What can be traded on graded issues, and who is hurt by it?",
        "agreement:approaches": "What does each approach lead to, side by side?",
        "agreement:accord": "Which packages can all live with, and do they hold?",
        "agreement:change": "What is the smallest change after which a goal holds?",
        "agreement:compare": "Where do two cases, or two approaches to one case, differ?",
    },
    "What holds, and why": {
        "holding:stability": "What is stable for whom, and what is an equilibrium?",
        "holding:explain": "Why is a state stable, or not?",
        "holding:paths": "How does one get from today to a state?",
        "holding:coalitions": "Which equilibria can a coalition leave together?",
        "holding:robustness": "How firmly does it stand if what the parties want is a little different?",
        "trust:verify": "Do an answer's certificates hold, checked independently?",
    },
    "Joint monitoring, at the level of sectors": {
        "monitor:monitor solve": "What does the joint plan reach, and what carries it?",
        "monitor:monitor compare": "What is cooperation worth against plans made apart?",
        "monitor:monitor share": "Who carries what, who gains what, and would anybody do better apart?",
        "monitor:monitor inspect": "How many inspections keep parties honest?",
        "monitor:monitor risk": "What if the plan leaks, a partner drops out, or patience ends?",
        "monitor:monitor civil": "What does the plan do to the people who cross?",
        "monitor:monitor feed": "What do the options of a case lead to, by a scenario?",
    },
}
FAMILIES = {"monitor": "What is it worth to monitor a border together?"}
"""First words of commands of two words, with the question that they answer together."""


def names() -> list[str]:
    """Return the commands, in the order of the help."""
    return [place.partition(":")[2] for commands in COMMANDS.values() for place in commands]


def main(arguments: "Sequence[str] | None" = None) -> int:
    """Run one command and return its exit code.

    Parameters
    ----------
    arguments : sequence of str, or None
        The words after ``detente``; those of the process where None.
    """
    try:
        code = _run(sys.argv[1:] if arguments is None else list(arguments))
    except KeyboardInterrupt:
        code = 130
    except BrokenPipeError:
        _close_output()
        code = 141
    if arguments is None:
        _leave(code)
    return code


def _leave(code: int) -> None:
    """End the process at once where an operation that nobody waits for still goes on."""
    aside = sys.modules.get("detente.engine.aside")
    if aside is None or not aside.going_on():
        return
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            with suppress(OSError):
                stream.flush()
    os._exit(code)


def _run(arguments: list[str]) -> int:
    from detente.commands.streams import make_safe, note, said
    from detente.commands.waiting import waiting
    from detente.errors import DetenteError
    from detente.progress import incomplete, keeping

    make_safe()
    if sys.stdout is None:  # closed by >&-
        note("standard output is closed, so that no answer can be given; leave >&- out")
        return 2
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # no question multiplies large matrices; threads cost a start
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # none is wanted; looking for some costs a start
    gc.set_threshold(FEW_COLLECTIONS)  # what modules define is never garbage, and looking for some costs a start
    called = next((name for name in (" ".join(arguments[:2]), " ".join(arguments[:1])) if name in names()), "")
    interrupted = False
    try:
        with keeping(), waiting():
            try:
                result = _called(called, arguments)
            finally:
                interrupted = incomplete()
        sys.stdout.flush()
    except DetenteError as error:
        note(str(error))
        return 130 if interrupted else 2
    except MemoryError:
        note("there is not enough memory for this; add rules that leave fewer states, or leave out options")
        return 2
    except BrokenPipeError:
        raise
    except OSError as error:  # what a case or a model needs is said as a DetenteError; this is the disk behind >
        note(f"{error.filename or 'standard output'}: {said(error)}; the answer could not be written whole")
        _close_output()
        return 2
    if interrupted:
        note("Interrupted: the answer has what was known by then.")
        return 130
    return result if isinstance(result, int) else 0


def _called(called: str, arguments: list[str]) -> "Any":
    from detente.commands.words import in_order

    if called:
        command = function(called)
        read = in_order(command, arguments[called.count(" ") + 1 :])
        if read is not None:
            return command(*read.args, **read.kwargs)
    from detente.commands.application import run

    return run(COMMANDS, called, arguments)


def function(name: str) -> "Callable[..., Any]":
    """Return the function of a command."""
    module = next(
        module
        for commands in COMMANDS.values()
        for module, _, known in (place.partition(":") for place in commands)
        if known == name
    )
    called = name.split()[-1].replace("import", "import_")
    found: Callable[..., Any] = getattr(import_module(f"detente.commands.{module}"), called)
    return found


def _close_output() -> None:
    """Point standard output nowhere, so that the interpreter does not complain about the broken pipe when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
