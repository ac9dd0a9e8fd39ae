"""This module owns the commands about what parties get from each other: needs, payments."""

from detente.commands.parameters import CaseName, Format
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
