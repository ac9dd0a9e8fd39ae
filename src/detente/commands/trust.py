"""This module owns the command that re-checks answers: verify."""

from typing import Annotated

from detente.commands.parameters import CaseName, Format, Parameter
from detente.commands.streams import json_of, show


def verify(
    case: CaseName,
    file: Annotated[
        str,
        Parameter(
            help="The JSON that accord, stability, demands, change, explain or analyze printed; - is standard input.",
            allow_leading_hyphen=True,
        ),
    ],
    /,
    *,
    format: Format = "text",
) -> int:
    """Do an answer's certificates hold, checked independently?

    The checker reads statements and follows moves by its own means, straight from the definitions. Exit code 0: all
    are accepted; 1: one is refused (which, and why, is said); 2: the file cannot be read.
    """
    from detente.questions.check import read
    from detente.questions.verify import verify as ask

    verified = ask(read(case), json_of(file))
    show(verified, format)
    return 0 if verified.accepted else 1
