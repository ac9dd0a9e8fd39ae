"""This module owns the list of shipped cases: what there is to start from."""

from dataclasses import asdict, dataclass
from typing import Any

from detente.files.load import load, shipped
from detente.files.scenario import load_scenario, shipped_scenarios
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


@dataclass(frozen=True, slots=True)
class ShippedScenario:
    """One shipped monitoring scenario: the name to read it by, its title, and its size."""

    name: str
    title: str
    parties: int
    sectors: int
    measures: int


@dataclass(frozen=True, repr=False)
class Cases(Result):
    """The cases that come with detente, and the scenarios of joint monitoring."""

    cases: tuple[Shipped, ...]
    scenarios: tuple[ShippedScenario, ...] = ()

    def rows(self) -> list[dict[str, Any]]:
        """Return one row a case."""
        return [
            {"name": c.name, "title": c.title, "parties": c.parties, "options": c.options, "states": c.states}
            for c in self.cases
        ]

    def data(self) -> dict[str, Any]:
        """Return the answer as JSON-ready data."""
        return {"cases": self.rows(), "scenarios": [asdict(each) for each in self.scenarios]}

    def summary(self) -> Summary:
        """Return the answer as a table."""
        rows = tuple((c.name, c.title, str(c.parties), str(c.options), many(c.states)) for c in self.cases)
        table = Table(("name", "title", "parties", "options", "states"), rows)
        sentence = "Each name can stand wherever a command or detente.read asks for a case."
        sizes = tuple((s.name, s.title, str(s.parties), str(s.sectors), str(s.measures)) for s in self.scenarios)
        beside = Table(("name", "title", "parties", "sectors", "measures"), sizes)
        told = "Scenarios of monitoring together, for detente monitor and detente check."
        return Summary("Shipped cases", "", (Block("", (sentence, table)), Block("Scenarios", (told, beside))))


def cases() -> Cases:
    """List the cases that come with detente, and its scenarios of joint monitoring, with their titles and sizes."""
    found = []
    for name in shipped():
        case = load(name).case
        if case is not None:
            states = setting(case).game.feasible().count()
            found.append(Shipped(name, case.title, len(case.parties), len(case.options), states))
    scenarios = ((name, load_scenario(name).sound) for name in shipped_scenarios())
    return Cases(
        tuple(found),
        tuple(
            ShippedScenario(name, each.title, len(each.players), len(each.sectors), len(each.measures))
            for name, each in scenarios
        ),
    )
