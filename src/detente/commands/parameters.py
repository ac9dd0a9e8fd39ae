"""This module owns the parameters that commands share, with their help."""

from typing import Annotated, Literal

from cyclopts import Parameter
from cyclopts.validators import Number

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
    Literal["auto", "cube", "listed", "graph"],
    Parameter(help="How states are kept: all answer alike, auto takes the fastest one that can."),
]
AMOUNT = Number(gte=0, lte=10**9)  # what a --limit may be
StateWord = Annotated[str, Parameter(allow_leading_hyphen=True)]
