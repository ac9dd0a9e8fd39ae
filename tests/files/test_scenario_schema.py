"""The published JSON Schema describes the scenarios that load, and has no key for persons, places or force."""

import json
from pathlib import Path

import jsonschema
import pytest
from scenario_texts import FULL, SMALL

from detente.files.nodes import Bare, plain
from detente.files.scenario import load_scenario, read_scenario_document, shipped_scenarios
from detente.files.scenario_refusals import FORCE, PERSONS, PLACES, refusal
from detente.files.scenario_schema import scenario_schema
from detente.files.yaml import read_yaml

SCHEMA = scenario_schema()
PUBLISHED = Path(__file__).resolve().parents[2] / "docs" / "reference" / "schemas" / "scenario-file.schema.json"
TEXTS = [SMALL, FULL, *(load_scenario(name).text for name in shipped_scenarios())]


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


def fits(document):
    return jsonschema.Draft202012Validator(SCHEMA).is_valid(document)


def keys(schema):
    """Yield every key that the schema knows by name."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        for inner in schema.values():
            yield from keys(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from keys(inner)


def objects(schema):
    """Yield every kind of object that the schema lists keys of."""
    if isinstance(schema, dict):
        if "properties" in schema:
            yield schema
        for inner in schema.values():
            yield from objects(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from objects(inner)


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert json.loads(PUBLISHED.read_text(encoding="utf-8")) == SCHEMA


@pytest.mark.parametrize("text", TEXTS)
def test_what_loads_fits_the_schema(text):
    assert fits(data(text))


@pytest.mark.parametrize(
    "added",
    [
        "titel: x\n",
        "gps: 3\n",
        "crossings: {Gate: {sector: S1, flow: [1, 2]}}\n",
        "crossings: {Gate: {sector: S1, flow: many}}\n",
        "crossings: {Gate: {sector: S1, flow: -3}}\n",
        "crossings: {Gate: {sector: S1, passable: maybe}}\n",
        "constraints: {c: {rule: no measures}}\n",
        "risks: {A: {leak: 1.1}}\n",
        "agreement: {anomaly procedure: soon}\n",
    ],
)
def test_what_has_no_right_form_does_not_fit_it(added):
    assert read_scenario_document(SMALL + added).errors
    assert not fits(data(SMALL + added))


def test_no_key_is_for_persons_places_or_force():
    known = set(keys(SCHEMA))
    assert {"flow", "budgets", "effect", "asked by"} <= known
    refused = {*PERSONS.split(), *PLACES.split(), *FORCE.split()}
    words = {word for key in known for word in key.lower().split()}
    assert not words & refused
    assert not [key for key in known if refusal(None, key)]


def test_unknown_keys_are_refused_everywhere():
    shapes = list(objects(SCHEMA))
    assert len(shapes) > 15
    assert all(shape["additionalProperties"] is False for shape in shapes)


@pytest.mark.parametrize("word", [*PERSONS.split(), *PLACES.split(), *FORCE.split()])
def test_keys_for_persons_places_and_force_are_refused_with_a_reason(word):
    for text in (f"{word}: 1\n", f"crossings: {{Gate: {{sector: S1, {word}: 1}}}}\n"):
        (fault,) = read_scenario_document(SMALL + text).faults
        assert fault.what.startswith(f"there is no key '{word}': ")
        assert fault.remedy.startswith("take it out; ")


def test_every_key_is_described():
    for shape in objects(SCHEMA):
        for key, inner in shape["properties"].items():
            assert inner.get("description"), key
