"""This module owns the published JSON Schema of case files, for editors and other tools."""

from typing import Any

from detente.files.document import Document

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a case file, with a title and a description for every key."""
    schema = Document.model_json_schema(by_alias=True)
    return {"$schema": DIALECT, **schema, "title": "detente case file"}
