"""Whatever stands in a file, loading it as a scenario answers with a scenario or with faults."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st
from scenario_texts import FULL, SMALL

from detente.files.nodes import Bare, plain
from detente.files.scenario import load_scenario, read_scenario_document, shipped_scenarios
from detente.files.scenario_text import scenario_text
from detente.files.yaml import read_yaml
from detente.monitoring.compiling import compiled

TEXTS = [SMALL, FULL, *(load_scenario(name).text for name in shipped_scenarios())]
SCRAPS = [
    ":",
    "- ",
    "[",
    "]",
    "{",
    "}",
    ",",
    "'",
    "#",
    "~",
    "-1",
    "1e9",
    "0.4 to",
    " to 2",
    "west",
    "S1",
    "A: ",
    "{}",
    "[]",
]
VALUES = [
    None,
    True,
    0,
    -1,
    2.5,
    "",
    "west",
    "S1",
    "A",
    "no",
    "0.4 to 0.6",
    [],
    {},
    ["A"],
    {"A": 1},
    {"value": 1},
    [[1]],
]


def answered(loaded):
    assert loaded.scenario is not None or loaded.errors
    for fault in loaded.faults:
        assert fault.what and "\n" not in fault.what
        assert not any(
            word in fault.what + fault.remedy for word in ("pydantic", "Input should", "ruamel", "Traceback")
        )
    if loaded.scenario is not None:
        compiled(loaded.scenario)
        assert read_scenario_document(scenario_text(loaded.scenario), "f.yaml").scenario == loaded.scenario


@given(data=st.data())
@settings(max_examples=60)
def test_damaged_texts_are_answered(data):
    lines = data.draw(st.sampled_from(TEXTS)).splitlines(keepends=True)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        place = data.draw(st.integers(0, len(lines[at])))
        scrap = data.draw(st.sampled_from(["", *SCRAPS]))
        cut = data.draw(st.integers(0, 6))
        lines[at] = lines[at][:place] + scrap + lines[at][place + cut :]
    answered(read_scenario_document("".join(lines), "f.yaml"))


def simple(value):
    if isinstance(value, dict):
        return {key: simple(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [simple(inner) for inner in value]
    if isinstance(value, Bare):
        return value.flag if value.kind == "flag" else float(value.text)
    return value


def places(value, path=()):
    """Yield the path of everything in a document."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in inside:
        yield (*path, key)
        yield from places(inner, (*path, key))


DOCUMENTS = [json.dumps(simple(plain(read_yaml(text)[0]))) for text in TEXTS]


@given(data=st.data())
@settings(max_examples=150)
def test_other_values_anywhere_are_answered(data):
    document = json.loads(data.draw(st.sampled_from(DOCUMENTS)))
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from(sorted(places(document), key=repr)))
        holder = document
        for step in path[:-1]:
            holder = holder[step]
        if data.draw(st.booleans()):
            holder[path[-1]] = json.loads(json.dumps(data.draw(st.sampled_from(VALUES))))
        else:
            del holder[path[-1]]
    answered(read_scenario_document(json.dumps(document), "f.json"))
