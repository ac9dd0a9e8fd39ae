"""This module owns the published JSON Schema of scenario files, for editors and other tools."""

from typing import Any

from detente.files.scenario_document import ScenarioDocument
from detente.files.schema import DIALECT, readable


def scenario_schema() -> dict[str, Any]:
    """Return the JSON Schema of a scenario file, with a title and a description for every key."""
    schema = readable(ScenarioDocument.model_json_schema(by_alias=True))
    return {"$schema": DIALECT, **schema, "title": "detente scenario file"}
