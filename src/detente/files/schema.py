"""This module owns the published JSON Schema of case files, for editors and other tools."""

from typing import Any

from detente.files.document import Document

DIALECT = "https://json-schema.org/draft/2020-12/schema"
ENDING = "Item"  # of the models' names, which readers need not see


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a case file, with a title and a description for every key."""
    schema = Document.model_json_schema(by_alias=True)
    told = readable(schema)
    return {"$schema": DIALECT, **told, "title": "detente case file"}


def readable(schema: Any) -> Any:
    """Return the schema with keys for titles, without models' names, and without defaults that say nothing."""
    if isinstance(schema, list):
        return [readable(inner) for inner in schema]
    if not isinstance(schema, dict):
        return schema
    told = {key: readable(inner) for key, inner in schema.items() if key != "default" or inner not in ("", None)}
    if "$defs" in told:
        told["$defs"] = {name.removesuffix(ENDING): inner for name, inner in told["$defs"].items()}
    if isinstance(told.get("$ref"), str):
        told["$ref"] = told["$ref"].removesuffix(ENDING)
    if isinstance(told.get("title"), str):
        told["title"] = told["title"].removesuffix(ENDING)
    for key, inner in told.get("properties", {}).items():
        inner["title"] = key[:1].upper() + key[1:]
    return told
