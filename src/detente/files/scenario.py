"""This module owns loading a scenario: a file, a shipped name or a text in; it, or all its faults at once, out."""

from pathlib import Path as FilePath
from typing import Any

from detente.errors import Fault, TooLargeError
from detente.files.findings import Findings
from detente.files.form import Form
from detente.files.load import read_through
from detente.files.loaded import Read
from detente.files.nodes import Bare, kind_of
from detente.files.scenario_build import built
from detente.files.scenario_document import ScenarioDocument
from detente.files.scenario_numbers import MOST_SECTORS
from detente.files.scenario_refusals import refusal, refuse_coordinates
from detente.files.text import SCENARIO, find, shipped
from detente.monitoring.items import LAYERS
from detente.monitoring.network import check_size
from detente.monitoring.scenario import Scenario

EXAMPLES = {
    "agencies": "{A: {budgets: 4}}",
    "measures": "{patrol: {kind: patrol, at: west, uses: {A: 1}, effect: 0.5}}",
    "adversaries": "{crossing: {from: west, to: east}}",
    "kind": "patrol",
    "at": "west",
    "uses": "{A: 1}",
    "effect": "0.5",
    "budgets": "4",
    "from": "west",
    "to": "east",
    "rule": "no measure",
    "value": "0.5",
}
ONE: dict[str, Any] = {"value": Bare("1", "number"), "synthetic": True}
NUMBERS = ("effect", "budgets", "gain", "sanction", "harm", "prevalence", "detection", "false alarm", "amount")
STANDING_IN = {
    "kind": "patrol",
    "at": [],
    "uses": {},
    "from": [],
    "to": [],
    "value": ONE["value"],
    **dict.fromkeys(NUMBERS, ONE),
}
FORM = Form(
    ScenarioDocument, EXAMPLES, refusal, STANDING_IN, lambda path: len(path) == 2 and path[0] in ("parties", "sectors")
)


class LoadedScenario(Read[Scenario]):
    """What a scenario file says."""

    @property
    def scenario(self) -> Scenario | None:
        """The scenario; None where anything has to be mended."""
        return self.thing


def shipped_scenarios() -> tuple[str, ...]:
    """Return the names of the shipped scenarios."""
    return shipped(SCENARIO)


def load_scenario(source: str | FilePath, large: bool = True) -> LoadedScenario:
    """Load a scenario; nothing is raised for what a file can say wrong.

    Parameters
    ----------
    source : str or Path
        A YAML or JSON file, or the name of a shipped scenario: ``tri-state-schematic``.
    large : bool
        Whether more than 5,000 arcs are wanted; if not, more are a fault, told before anything is made of them.
    """
    found = find(source, SCENARIO)
    if found.faults:
        return LoadedScenario(None, found.faults, path=found.path, file=found.file)
    return read_scenario_document(found.text, found.file, found.path, large)


def read_scenario_document(
    text: str, file: str = "", path: FilePath | None = None, large: bool = True
) -> LoadedScenario:
    """Read a scenario from a text; nothing is raised for what the text can say wrong.

    Parameters
    ----------
    text : str
        YAML, or JSON of the same form.
    file : str
        The name to show before a fault; its stem is the title of a scenario without one.
    path : pathlib.Path or None
        The file that the text is from.
    large : bool
        As for `load_scenario`.
    """

    def understood(data: object, findings: Findings, title: str) -> Scenario | None:
        return _understood(data, findings, title, large)

    return LoadedScenario(*read_through(text, file, understood), text, path, file)


def read_scenario(source: str | FilePath | Scenario, large: bool = True) -> Scenario:
    """Return the scenario of a file, or of a shipped name.

    Parameters
    ----------
    source : str, Path or Scenario
        A scenario is returned as it is.
    large : bool
        As for `load_scenario`.

    Raises
    ------
    CaseError
        With every fault of the file, each with its place and what to do.
    """
    if isinstance(source, Scenario):
        return source
    return load_scenario(source, large).sound


def _understood(data: object, findings: Findings, title: str, large: bool) -> Scenario | None:
    """Return the scenario that data says; what is wrong with it goes to the findings."""
    if not isinstance(data, dict):
        what = "the file is empty" if data is None else f"a scenario is a mapping (key: value), not {kind_of(data)}"
        findings.note((), Fault(what, "begin with title:, sectors: and agencies:", 1, 1))
        return None
    if _is_case(data):
        what, _, remedy = SCENARIO.also.partition("; ")
        findings.note((), Fault(what, remedy, 1, 1))
        return None
    if _too_many(data, findings, large):
        return None
    refuse_coordinates(data, findings)
    document = FORM.checked(data, findings)
    return built(document, findings, title) if document is not None else None


def _too_many(data: dict[str, Any], findings: Findings, large: bool) -> bool:
    """Return whether a document says more sectors, or arcs, than are wanted or can be planned for, and say so."""
    key = "arcs" if data.get("arcs") else "sectors"
    said = data.get(key)
    if isinstance(said, Bare) and said.text.isdigit():
        count = int(said.text) if len(said.text) < 10 else 10**10
        if count > MOST_SECTORS:  # told as a fault of this number
            return False
    else:
        count = len(said) if isinstance(said, dict | list) else 0
    along = data.get("along")
    ways = len(along) if isinstance(along, dict) else 0
    try:
        check_size(count if key == "arcs" else len(LAYERS) * count + ways * max(0, count - 1), large)
    except TooLargeError as error:
        what, _, remedy = str(error).partition("; ")
        findings.fault((key,), what, remedy)
        return True
    return False


def _is_case(data: dict[str, Any]) -> bool:
    """Return whether a document speaks of parties with options, and of nothing that a scenario has."""
    parties = data.get("parties")
    inside = parties.values() if isinstance(parties, dict) else ()
    sides = any(isinstance(party, dict) and {"options", "concerns"} & party.keys() for party in inside)
    return sides and not {"measures", "adversaries", "agencies"} & data.keys()
