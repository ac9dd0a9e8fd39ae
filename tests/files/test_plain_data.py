"""Plain data written as YAML are read back as they were."""

from hypothesis import given, settings
from hypothesis import strategies as st

from detente.files.emit import lines, one_line
from detente.files.nodes import Bare, plain
from detente.files.yaml import read_yaml

TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff") | st.sampled_from("\n\t")
)
DATA = st.recursive(
    TEXT | st.booleans() | st.integers(-99, 99) | st.sampled_from(["null", "0110", "a: b", "x #y", "-", "=", ""]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


def bare(value):
    """Return data as the reader gives them."""
    if isinstance(value, dict):
        return {key: bare(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [bare(inner) for inner in value]
    return (
        Bare(repr(value).lower(), "flag" if isinstance(value, bool) else "number") if isinstance(value, int) else value
    )


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(TEXT, DATA, min_size=1, max_size=4))
def test_any_data_are_read_back(data):
    for text in ("\n".join(lines(data, ())) + "\n", one_line(data) + "\n"):
        node, faults = read_yaml(text)
        assert faults == []
        assert plain(node) == bare(data)


def test_long_texts_and_keys_are_folded_or_explicit():
    data = {"note": "word " * 60 + "end", "text": "two\nlines", "k" * 950: [1], "spaced": "a  b " * 40 + "."}
    text = "\n".join(lines(data, ())) + "\n"
    node, faults = read_yaml(text)
    assert faults == [] and plain(node) == bare(data)
    assert text.startswith("note: >-\n  word word") and "text: |-\n  two\n  lines\n" in text
