"""The published JSON Schema describes exactly the files that load."""

import json
import re

import pytest
from case_texts import COMMENTED, FULL, PAIR

from detente.files.load import load, read_document, shipped
from detente.files.nodes import Bare, plain
from detente.files.schema import json_schema
from detente.files.yaml import read_yaml

SCHEMA = json_schema()
KINDS = {"object": dict, "array": list, "string": str, "null": type(None), "boolean": bool, "number": (int, float)}
KINDS["integer"] = KINDS["number"]  # a whole one, which is asked for below


def data(text):
    """Return a document as a YAML 1.2 reader of another tool would see it."""
    node, faults = read_yaml(text)
    assert not faults
    return simple(plain(node))


def simple(value):
    if isinstance(value, dict):
        return {key: simple(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [simple(inner) for inner in value]
    if isinstance(value, Bare):
        return value.flag if value.kind == "flag" else float(value.text)
    return value


def fits(value, schema):
    """Say whether data fit a schema, for the keywords that ours uses."""
    if "$ref" in schema:
        return fits(value, SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]])
    known = {"type", "anyOf", "enum", "properties", "required", "additionalProperties", "items", "propertyNames"}
    known |= {"pattern", "minLength", "minimum", "maximum", "exclusiveMaximum", "uniqueItems"}
    known |= {"title", "description", "default", "$defs", "$schema"}
    assert schema.keys() <= known
    kinds = schema.get("type", list(KINDS))
    kinds = kinds if isinstance(kinds, list) else [kinds]
    numeric = isinstance(value, int | float) and not isinstance(value, bool)
    checks = [
        any(isinstance(value, KINDS[kind]) and (kind == "boolean") == isinstance(value, bool) for kind in kinds),
        "anyOf" not in schema or any(fits(value, inner) for inner in schema["anyOf"]),
        value in schema.get("enum", [value]),
        kinds != ["integer"] or value == int(value),
        not isinstance(value, str) or re.search(schema.get("pattern", ""), value) is not None,
        not isinstance(value, str) or len(value) >= schema.get("minLength", 0),
        not numeric or schema.get("minimum", value) <= value <= schema.get("maximum", value),
        not numeric or value < schema.get("exclusiveMaximum", value + 1),
    ]
    if isinstance(value, list):
        checks += [fits(inner, schema.get("items", {})) for inner in value]
    if isinstance(value, dict):
        properties, rest = schema.get("properties", {}), schema.get("additionalProperties", {})
        checks.append(set(schema.get("required", [])) <= value.keys())
        checks += [fits(key, schema.get("propertyNames", {})) for key in value]
        checks += [rest is not False and fits(inner, rest) for key, inner in value.items() if key not in properties]
        checks += [fits(inner, properties[key]) for key, inner in value.items() if key in properties]
    return all(checks)


@pytest.mark.parametrize("name", shipped())
def test_shipped_cases_fit(name):
    assert fits(data(load(name).text), SCHEMA)


@pytest.mark.parametrize("text", [PAIR, FULL, COMMENTED])
def test_what_loads_fits(text):
    assert not read_document(text).errors
    assert fits(data(text), SCHEMA)


@pytest.mark.parametrize(
    "more",
    ["titel: x", "rules: A.a", "rules: [{kind: causal}]", "rules: [{that: A.a, kind: x}]", "patience: 1", "table: A",
     "demands: [{id: d}]", "conventions: {ties sanction: yes}", "issues: {p: {positions: {A: 101}}}",
     "outcomes: {2x: A.a}", "approaches: {x: {attitudes: {}}}"],
)  # fmt: skip
def test_what_does_not_load_does_not_fit(more):
    text = f"{PAIR}{more}\n"
    assert read_document(text).errors
    assert not fits(data(text), SCHEMA)


def test_every_key_has_a_title_and_a_description():
    for name, item in {"": SCHEMA, **SCHEMA["$defs"]}.items():
        for schema in [item, *item.get("anyOf", [])]:
            for key, inner in schema.get("properties", {}).items():
                assert inner.get("title") and (inner.get("description") or "$ref" in inner), f"{name}.{key}"


def test_the_schema_is_plain_json_without_inner_names():
    text = json.dumps(SCHEMA)
    assert "Item" not in text.replace("Items", "")
    assert SCHEMA["title"] == "detente case file"
    assert SCHEMA["$schema"].startswith("https://json-schema.org/")
