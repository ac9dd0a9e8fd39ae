"""Faults in a JSON text that is too long to keep the places of everything have places all the same."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

import detente as dt
from detente.files import jsontext
from detente.files.jsonplaces import survey_of
from detente.files.jsontext import _nodes
from detente.files.load import read_document
from detente.files.nodes import survey, walk

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4),
    max_leaves=20,
)


@given(VALUES, st.sampled_from([None, 1, "\t"]))
def test_places_are_those_of_the_whole_text(data: object, indent: int | str | None) -> None:
    text = f" \n{json.dumps(data, indent=indent, ensure_ascii=False)}"
    root = _nodes(text, [])
    whole = survey(root)
    found = survey_of(text, [path for path, _, _ in walk(root)])
    assert {path: (node.line, node.column) for path, node in found.values.items()} == {
        path: (node.line, node.column) for path, node in whole.values.items()
    }
    assert {path: (node.line, node.column) for path, node in found.keys.items()} == {
        path: (node.line, node.column) for path, node in whole.keys.items()
    }


CASE = {
    "title": "t",
    "parties": {"A": {"options": {"x": "X"}, "concerns": ["x", "not  (x", {"want": "x", "name": "again"}]}},
    "rules": [{"that": "A.y", "kind": "causl"}],
    "clout": [{"of": "B", "over": "A", "on": "A.z", "strength": "weak"}],
    "today": ["A.x"],
}


@pytest.mark.parametrize("case", [CASE, CASE | {"rules": [], "clout": [], "parties": {"A": {"options": {"x": "X"}}}}])
def test_faults_and_warnings_are_told_as_of_a_short_text(
    case: dict[str, object], monkeypatch: pytest.MonkeyPatch, tmp_path
) -> None:  # type: ignore[no-untyped-def] # pytest's own
    path = tmp_path / "case.json"
    path.write_text(json.dumps(case, indent=1))
    short = read_document(path.read_text(), "case.json").faults, dt.check(path).data()
    monkeypatch.setattr(jsontext, "LONGEST_WITH_PLACES", 0)
    assert (read_document(path.read_text(), "case.json").faults, dt.check(path).data()) == short
    assert all(fault.line for fault in short[0])
    assert short[0]


def test_a_key_that_stands_twice_has_a_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsontext, "LONGEST_WITH_PLACES", 0)
    text = '{"title": "t",\n "parties": {"A": {"options": ["x"]}},\n "title": "u"}'
    [fault] = read_document(text, "case.json").errors
    assert (fault.line, fault.column) == (3, 2)
    more = text.replace('["x"]', '{"x": {"title": "title"}}')  # which of the three is not known
    assert [fault.line for fault in read_document(more, "case.json").errors if "twice" in fault.what] == [0]


def test_ten_megabytes_with_a_fault_take_seconds() -> None:
    concerns = [f"x or not x or {number}" for number in range(300_000)]
    data = {"title": "t", "note": "z" * 4_000_000, "parties": {"A": {"options": ["x"], "concerns": concerns[:2_000]}}}
    data["sources"] = {f"s{number}": "text " * 3 for number in range(200_000)}
    text = json.dumps(data, indent=0)
    before = time.process_time()
    loaded = read_document(text, "case.json")
    assert time.process_time() - before < 30, "4 s on an idle machine"
    assert len(text) > 8_000_000
    assert loaded.errors[0].line == 10
    assert loaded.errors[0].column > 1
