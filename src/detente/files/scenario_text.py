"""This module owns writing a scenario as a text that is read back as the same scenario."""

from detente.files.emit import document_text
from detente.monitoring.document import document
from detente.monitoring.scenario import Scenario


def scenario_text(scenario: Scenario) -> str:
    """Return a scenario as a YAML text; comments and the layout of a file that it came from are not kept."""
    return document_text(document(scenario))
