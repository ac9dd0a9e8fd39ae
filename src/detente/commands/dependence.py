"""This module owns the commands about what parties get from each other: needs, payments, trades."""

from typing import Annotated, Literal

from detente.commands.parameters import AMOUNT, CaseName, Format, Parameter
from detente.commands.streams import show


def needs(case: CaseName, /, *, format: Format = "text") -> None:
    """Who depends on whom for what, and who has the leverage?

    Also which threats to withhold are credible, and which are a bluff.
    """
    from detente.questions.check import read
    from detente.questions.needs import needs as ask

    show(ask(read(case)), format)


def payments(case: CaseName, /, *, format: Format = "text") -> None:
    """When does pay for effort defeat itself, and what would mend it?

    Pay that ends with success rewards whoever never succeeds.
    """
    from detente.questions.check import read
    from detente.questions.payments import payments as ask

    show(ask(read(case)), format)


def trades(
    case: CaseName,
    /,
    *,
    limit: Annotated[int, Parameter(help="How many exchanges are listed.", validator=AMOUNT)] = 5,
    influence: Annotated[
        bool,
        Parameter(
            negative="",
            help="Work out missing clout on issues from who has clout over whom in the case, as MACTOR does.",
        ),
    ] = False,
    known: Annotated[
        Literal["everybody", "partners"],
        Parameter(help="Who knows of exchanges made before; partners only is the rule of the program DECIDE."),
    ] = "everybody",
    format: Format = "text",
) -> None:
    """What can be traded on graded issues, and who is hurt by it?

    The compromise on each issue, the exchanges from which two gain and what they do to everybody else, and what two
    parties can settle between them.
    """
    from detente.questions.check import read
    from detente.questions.trades import trades as ask

    show(ask(read(case), limit=limit, influence=influence, known=known), format)
