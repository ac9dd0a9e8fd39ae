"""Find the strategies that wary parties can all live with, and that hold by themselves.

Read a case with `read`, then ask: every question is one function, and its answer can say why. Names are loaded when
they are first used, so that importing detente costs next to nothing.
"""

from importlib import import_module

TYPE_CHECKING = False  # as checkers of types know it; typing itself takes longer to load than all the rest here

if TYPE_CHECKING:
    from typing import Any

    from detente.errors import (
        CaseError,
        DetenteError,
        Fault,
        NotAvailableError,
        StatementError,
        TooLargeError,
        UnknownNameError,
    )
    from detente.files.save import write
    from detente.model import edits
    from detente.model.case import Case, Conventions
    from detente.model.edits import Edit
    from detente.questions.accord import accord
    from detente.questions.analyze import analyze
    from detente.questions.approaches import approaches
    from detente.questions.cases import cases
    from detente.questions.certificate import Certificate
    from detente.questions.change import change
    from detente.questions.check import check, read
    from detente.questions.coalitions import coalitions
    from detente.questions.compare import compare
    from detente.questions.demands import demands
    from detente.questions.monitor import monitor
    from detente.questions.needs import needs
    from detente.questions.paths import paths
    from detente.questions.payments import payments
    from detente.questions.result import Result
    from detente.questions.robustness import robustness
    from detente.questions.stability import stability
    from detente.questions.trades import trades
    from detente.questions.verify import verify

__all__ = [
    "Case",
    "CaseError",
    "Certificate",
    "Conventions",
    "DetenteError",
    "Edit",
    "Fault",
    "NotAvailableError",
    "Result",
    "StatementError",
    "TooLargeError",
    "UnknownNameError",
    "accord",
    "analyze",
    "approaches",
    "cases",
    "change",
    "check",
    "coalitions",
    "compare",
    "demands",
    "edits",
    "monitor",
    "needs",
    "paths",
    "payments",
    "read",
    "robustness",
    "stability",
    "trades",
    "verify",
    "write",
]

_ERRORS = "CaseError DetenteError Fault NotAvailableError StatementError TooLargeError UnknownNameError"
_HOMES = {
    "Case": "detente.model.case",
    "Certificate": "detente.questions.certificate",
    "Conventions": "detente.model.case",
    "Edit": "detente.model.edits",
    "Result": "detente.questions.result",
    "monitor": "detente.questions.monitor",
    "read": "detente.questions.check",
    "write": "detente.files.save",
    **dict.fromkeys(_ERRORS.split(), "detente.errors"),
}


def __getattr__(name: str) -> "Any":
    """Load a public name; a question is at home in the module of its name, and takes a file's name for a case."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if name == "edits":
        return import_module("detente.model.edits")
    value = getattr(import_module(_HOMES.get(name, f"detente.questions.{name}")), name)
    if name not in _HOMES or name == "write":
        from detente.questions.given import of_a_case

        value = of_a_case(value)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
