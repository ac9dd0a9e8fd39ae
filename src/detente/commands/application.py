"""This module owns the command line as an application of cyclopts: its help, and what is said of unreadable words."""

import functools
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from inspect import getdoc, signature
from typing import Annotated, Any, get_args, get_origin

import cyclopts
from cyclopts import App, CycloptsError, Group
from cyclopts.validators import Number
from rich.console import Console

from detente.commands import FAMILIES, function, names
from detente.commands.parameters import Parameter
from detente.commands.refusals import HELP as HELP_FLAGS
from detente.commands.refusals import asked, refused, unknown
from detente.commands.streams import note, terminal_width


class _Screen(Console):
    """A console that leaves it to others to end the process when nobody reads its output any more."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


HELP = "Find the strategies that wary parties can all live with, and that hold by themselves."
EPILOGUE = "Start with: detente analyze us-pakistan-2018"


def application(commands: Mapping[str, Mapping[str, str]], called: str = "", width: int | None = None) -> App:
    """Return the command line as an application.

    Parameters
    ----------
    commands : mapping of str to mapping of str to str
        By group: where each command stands, ``module:name``, and its question.
    called : str
        The command whose module is imported; of the others only the question is known.
    width : int, optional
        The columns of the help; those of the terminal otherwise.
    """
    console = _Screen(width=width or terminal_width(), highlight=False)
    app = App(
        name="detente", help=HELP, help_epilogue=EPILOGUE, version=_version, console=console, help_format="plaintext"
    )
    families: dict[str, App] = {}
    for number, (title, group_commands) in enumerate(commands.items()):
        group = Group(title, sort_key=number)
        for order, (place, question) in enumerate(group_commands.items()):
            module, _, name = place.partition(":")
            family, _, word = name.rpartition(" ")
            path, of = f"detente.commands.{module}", word.replace("import", "import_")
            where = app
            if family:
                if family not in families:
                    families[family] = App(
                        name=family,
                        help=FAMILIES[family],
                        help_epilogue=f"Start with: detente {family} compare tri-state-schematic",
                        group=group,
                        sort_key=order,
                        console=console,
                        help_format="plaintext",
                    )
                    app.command(families[family])
                where = families[family]
            shown: dict[str, Any] = {"name": word, "sort_key": order} | ({} if family else {"group": group})
            if name == called:
                called_function = explained(getattr(import_module(path), of))
                usage = f"Usage: {asked(name, getattr(import_module(path), of)).written}"
                told = _paragraphs(getdoc(called_function) or question)
                where.command(called_function, help=told, usage=usage, **shown)
            else:
                where.command(f"{path}:{of}", help=question, **shown)
    options = Group("Options", sort_key=len(commands))
    for flag in ("--help", "--version"):
        app[flag].group = options
    app.suppress_keyboard_interrupt = False
    return app


def run(commands: Mapping[str, Mapping[str, str]], called: str, arguments: Sequence[str]) -> Any:
    """Run a command, or say what is wrong with its words and return 2."""
    family = arguments[0] if arguments and arguments[0] in FAMILIES else ""
    said = _refused(called, family, arguments)
    if said:
        note("\n".join(said))
        return 2
    app = application(commands, called)
    try:
        return app(arguments, exit_on_error=False, print_error=False, result_action="return_value")
    except CycloptsError as error:
        note(f"{str(error).strip()}\nSee: {' '.join(filter(None, ('detente', called or family)))} --help")
        return 2


def _refused(called: str, family: str, arguments: Sequence[str]) -> list[str]:
    """Return what keeps words from being read; [] where nothing does, and for a call for help."""
    if called:
        return refused(called, function(called), arguments[called.count(" ") + 1 :])
    word = arguments[len(family) > 0] if len(arguments) > (len(family) > 0) else ""
    if not word or word in HELP_FLAGS:
        return []
    members = [name.removeprefix(f"{family} ") for name in names() if name.startswith(f"{family} " if family else "")]
    first = members if family else [*FAMILIES, *(name for name in members if " " not in name)]
    return [unknown(word, first, family)]


def explained(command: Callable[..., Any]) -> Callable[..., Any]:
    """Return a command with its parameters said in the way of cyclopts."""

    @functools.wraps(command)
    def same(*words: Any, **options: Any) -> Any:
        return command(*words, **options)

    asked = signature(command)
    places = [place.replace(annotation=_said(place.annotation)) for place in asked.parameters.values()]
    same.__dict__.pop("__wrapped__")
    same.__dict__["__signature__"] = asked.replace(parameters=places)
    same.__annotations__ = {place.name: place.annotation for place in places} | {"return": asked.return_annotation}
    return same


def _said(annotation: Any) -> Any:
    """Return a type in which every `Parameter` of ours is one of cyclopts."""
    if get_origin(annotation) is Annotated:
        inner, *beside = get_args(annotation)
        return Annotated[(_said(inner), *(_translated(one) if isinstance(one, Parameter) else one for one in beside))]
    choices = get_args(annotation)
    if type(None) in choices:
        return functools.reduce(lambda one, other: one | other, [_said(choice) for choice in choices])
    return annotation


def _translated(parameter: Parameter) -> cyclopts.Parameter:
    told: dict[str, Any] = {"help": parameter.help} if parameter.help else {}
    if parameter.validator is not None:
        told["validator"] = Number(gte=parameter.validator.least, lte=parameter.validator.most)
    if parameter.allow_leading_hyphen:
        told["allow_leading_hyphen"] = True
    if parameter.negative is not None:
        told["negative"] = parameter.negative
    return cyclopts.Parameter(**told)


def _paragraphs(text: str) -> str:
    """Return a docstring with each paragraph on one line, for the terminal to wrap."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.split("\n\n"))


def _version() -> str:
    from importlib.metadata import version

    return version("detente")
