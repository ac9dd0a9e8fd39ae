"""This module owns the list of shipped cases: what there is to start from."""

from dataclasses import dataclass
from typing import Any

from detente.files.load import load, shipped
from detente.game import setting
from detente.look.summary import Block, Summary, Table, many
from detente.questions.result import Result


@dataclass(frozen=True, slots=True)
class Shipped:
    """One shipped case: the name to read it by, its title, and its size."""

    name: str
    title: str
    parties: int
    options: int
    states: int


@dataclass(frozen=True, repr=False)
class Cases(Result):
    """The cases that come with detente."""

    cases: tuple[Shipped, ...]

    def rows(self) -> list[dict[str, Any]]:
        """Return one row a case."""
        return [
            {"name": c.name, "title": c.title, "parties": c.parties, "options": c.options, "states": c.states}
            for c in self.cases
        ]

    def data(self) -> dict[str, Any]:
        """Return the answer as JSON-ready data."""
        return {"cases": self.rows()}

    def summary(self) -> Summary:
        """Return the answer as a table."""
        rows = tuple((c.name, c.title, str(c.parties), str(c.options), many(c.states)) for c in self.cases)
        table = Table(("name", "title", "parties", "options", "states"), rows)
        sentence = "Each name can stand wherever a command or detente.read asks for a case."
        return Summary("Shipped cases", "", (Block("", (sentence, table)),))


def cases() -> Cases:
    """List the cases that come with detente, with their titles and sizes."""
    found = []
    for name in shipped():
        case = load(name).case
        if case is not None:
            states = setting(case).game.feasible().count()
            found.append(Shipped(name, case.title, len(case.parties), len(case.options), states))
    return Cases(tuple(found))
