"""This module owns the command line: which commands there are, and what becomes of an error.

A command's module is imported when the command is called, and imports what answers the question only then. Exit codes:
0 done, 1 the answer is "no" to a yes/no question, 2 bad input, 130 interrupted, 141 the reader of the output has gone.
"""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from inspect import getdoc

from cyclopts import App, CycloptsError, Group
from rich.console import Console

from detente.commands.streams import make_safe, note, terminal_width
from detente.errors import DetenteError

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
        "trust:verify": "Do an answer's certificates hold, checked independently?",
    },
}
HELP = "Find the strategies that wary parties can all live with, and that hold by themselves."
EPILOGUE = "Start with: detente analyze us-pakistan-2018"


def names() -> list[str]:
    """Return the commands, in the order of the help."""
    return [place.partition(":")[2] for commands in COMMANDS.values() for place in commands]


def application(called: str = "", width: int | None = None) -> App:
    """Return the command line as an application.

    Parameters
    ----------
    called : str
        The command whose module is imported; of the others only the question is known.
    width : int, optional
        The columns of the help; those of the terminal otherwise.
    """
    console = Console(width=width or terminal_width(), highlight=False)
    app = App(
        name="detente", help=HELP, help_epilogue=EPILOGUE, version=_version, console=console, help_format="plaintext"
    )
    for number, (title, commands) in enumerate(COMMANDS.items()):
        group = Group(title, sort_key=number)
        for order, (place, question) in enumerate(commands.items()):
            module, _, name = place.partition(":")
            path, function = f"detente.commands.{module}", name.replace("import", "import_")
            if name == called:
                called_function = getattr(import_module(path), function)
                told = _paragraphs(getdoc(called_function) or question)
                app.command(called_function, name=name, help=told, group=group, sort_key=order)
            else:
                app.command(f"{path}:{function}", name=name, help=question, group=group, sort_key=order)
    options = Group("Options", sort_key=len(COMMANDS))
    for flag in ("--help", "--version"):
        app[flag].group = options
    return app


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    Parameters
    ----------
    arguments : sequence of str, or None
        The words after ``detente``; those of the process where None.
    """
    make_safe()
    try:
        code = _run(sys.argv[1:] if arguments is None else list(arguments))
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        _close_output()
        return 141
    return code


def _run(arguments: list[str]) -> int:
    called = arguments[0] if arguments and arguments[0] in names() else ""
    app = application(called)
    app.suppress_keyboard_interrupt = False
    try:
        result = app(arguments, exit_on_error=False, print_error=False, result_action="return_value")
    except CycloptsError as error:
        note(f"{str(error).strip()}\nSee: {' '.join(filter(None, ('detente', called)))} --help")
        return 2
    except DetenteError as error:
        note(str(error))
        return 2
    return result if isinstance(result, int) else 0


def _paragraphs(text: str) -> str:
    """Return a docstring with each paragraph on one line, for the terminal to wrap."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.split("\n\n"))


def _version() -> str:
    from importlib.metadata import version

    return version("detente")


def _close_output() -> None:
    """Point standard output nowhere, so that the interpreter does not complain about the broken pipe when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
