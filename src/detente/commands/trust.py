"""This module owns the command that re-checks answers: verify."""

from typing import TYPE_CHECKING, Annotated, Any

from detente.commands.parameters import CaseName, Format, Parameter
from detente.commands.streams import json_of, show

if TYPE_CHECKING:
    from detente.questions.verify import Verified


def verify(
    case: CaseName,
    file: Annotated[
        str,
        Parameter(
            help="The JSON that accord, stability, explain, demands, needs, payments, trades, approaches, paths, "
            "coalitions, change, robustness, compare, analyze or monitor printed, or one certificate; - is standard "
            "input.",
            allow_leading_hyphen=True,
        ),
    ],
    /,
    *,
    format: Format = "text",
) -> int:
    """Do an answer's certificates hold, checked independently?

    The checker reads statements and follows moves by its own means, straight from the definitions. It derives again
    what is listed, and notices what is missing; what would take too long is said to be unchecked, and what is never
    derived again is named. Exit code 0: nothing is refused; 1: a claim is refused (which, and why, is said); 2: the
    file cannot be read.
    """
    verified = _asked(case, json_of(file))
    show(verified, format)
    return 0 if verified.accepted else 1


def _asked(source: str, answer: Any) -> "Verified":
    """Return what is found of an answer about a case, or about a monitoring scenario."""
    if isinstance(answer, dict) and "scenario" in answer and ("case" not in answer or "payoffs" in answer):
        from detente.questions.monitor import monitor

        return monitor(source, large=True).verify(answer)
    from detente.questions.check import read
    from detente.questions.verify import verify as ask

    return ask(read(source), answer)
