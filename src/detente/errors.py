"""This module owns what can go wrong, and how it is said: what, where, what to do.

The tree of errors::

    DetenteError              anything the user can mend
    ├── CaseError             a case file or an edit with faults, all of them at once
    ├── StatementError        one statement that cannot be read, with the spot
    ├── UnknownNameError      a name that the case does not have, with the nearest ones
    ├── TooLargeError         more states than the engine can take, with what would help
    └── NotAvailableError     a question that cannot be asked of this case, with the reason
"""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from typing import Any


class DetenteError(Exception):
    """Anything the user can mend; the message says what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a case: what it is, what to do about it, and where it stands.

    Parameters
    ----------
    what, remedy : str
        What is wrong; what to do ("" where nothing helps).
    line, column : int
        The spot in the file, counted from 1; 0 where there is no file.
    spot : str
        The offending statement with a caret under the place, on two lines; "" for other faults.
    warning : bool
        True for something to look at that does not stop the analysis.
    """

    what: str
    remedy: str = ""
    line: int = 0
    column: int = 0
    spot: str = ""
    warning: bool = False

    def text(self, file: str = "") -> str:
        """Return the fault as ``file:line:column: what; what to do``, with the spot below it."""
        place = ":".join(str(part) for part in (file, self.line or "", self.column or "") if part != "")
        sign = "warning: " if self.warning else ""
        message = f"{sign}{self.what}" + (f"; {self.remedy}" if self.remedy else "")
        lines = [f"{place}: {message}" if place else message]
        lines += [f"    {line}" for line in self.spot.splitlines()]
        return "\n".join(lines)


class CaseError(DetenteError):
    """A case with faults; `faults` lists them all, in the order of the file."""

    def __init__(self, faults: Iterable[Fault], file: str = "") -> None:
        self.faults = tuple(faults)
        self.file = file
        super().__init__("\n".join(fault.text(file) for fault in self.faults))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.faults, self.file)


class StatementError(DetenteError):
    """A statement that cannot be read; `position` is the offending character, from 0."""

    def __init__(self, text: str, position: int, what: str, remedy: str = "") -> None:
        self.text, self.position, self.what, self.remedy = text, position, what, remedy
        super().__init__(Fault(what, remedy, spot=self.spot).text())

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.text, self.position, self.what, self.remedy)

    @property
    def spot(self) -> str:
        """The statement, and a caret under the offending place (long statements are cut around it)."""
        start = max(0, self.position - 60)
        shown = self.text[start : start + 100].replace("\n", " ").replace("\t", " ")
        return f"{shown}\n{' ' * (self.position - start)}^"


class UnknownNameError(DetenteError):
    """A name that the case does not have."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        self.kind, self.name, self.known = kind, name, tuple(known)
        super().__init__(f"no {kind} is called {name!r}; {did_you_mean(name, self.known)}")

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.kind, self.name, self.known)


class TooLargeError(DetenteError):
    """More states than can be listed; nothing was decided."""


class NotAvailableError(DetenteError):
    """A question that cannot be asked of this case."""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return the remedy for an unknown name: the nearest known ones, else all of them, else that there are none."""
    known = sorted(set(islice(known, 2_000)))  # of very many names the first ones must do
    near = nearest(name, known)
    if near:
        return "did you mean " + " or ".join(near) + "?"
    if not known:
        return "there are none"
    shown = ", ".join(known[:12]) + (", ..." if len(known) > 12 else "")
    return f"known: {shown}"


def nearest(name: str, known: Iterable[str]) -> list[str]:
    """Return the known names that an unknown one may have been meant for, at most three, the nearest first."""
    lowered = {candidate.lower(): candidate for candidate in known}
    return [lowered[match] for match in get_close_matches(name.lower(), lowered, n=3, cutoff=0.6)]
