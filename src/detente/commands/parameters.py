"""This module owns the parameters of commands: how a command says what its words mean, and those that commands share.

Commands say it in `Parameter`s of this module, so that a command whose words are all in order runs without loading the
library that explains words which are not (`detente.commands.application` hands that library what it needs).
"""

from dataclasses import dataclass
from typing import Annotated, Literal


@dataclass(frozen=True, slots=True)
class Amount:
    """The bounds of a number, both allowed."""

    least: float = 0
    most: float = 10**9


@dataclass(frozen=True, slots=True)
class Parameter:
    """What stands behind a parameter's type.

    Parameters
    ----------
    help : str
        What the parameter is, for ``--help``.
    validator : Amount, optional
        The bounds of a number.
    allow_leading_hyphen : bool
        Whether its words may begin with a hyphen, as states do.
    negative : str or (), optional
        What switches a flag off; "" or () for nothing.
    """

    help: str = ""
    validator: Amount | None = None
    allow_leading_hyphen: bool = False
    negative: str | tuple[()] | None = None


CaseName = Annotated[str, Parameter(help="A case file, or the name of a shipped case (detente cases lists them).")]
Format = Annotated[
    Literal["text", "json", "csv", "markdown", "latex"],
    Parameter(help="How the answer is written."),
]
Approach = Annotated[
    str,
    Parameter(help="The approach under which the question is asked; none is the case as it stands."),
]
Engine = Annotated[
    Literal["auto", "cube", "listed", "graph", "symbolic"],
    Parameter(help="How states are kept: all answer alike, auto takes the fastest one that can."),
]
Seconds = Annotated[
    float | None,
    Parameter(
        help="Seconds of CPU time that the symbolic engine may take for sets of states that hold, and about as many "
        "for all else; 30 by default. What is open then is said to be.",
        validator=Amount(),
    ),
]
AMOUNT = Amount()  # what a --limit may be
StateWord = Annotated[str, Parameter(allow_leading_hyphen=True)]
