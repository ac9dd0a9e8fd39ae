"""Whatever stands in a file, loading it answers with a case or with faults."""

import json

from case_texts import COMMENTED, FULL, PAIR
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.files.load import Loaded, load, read_document, shipped

TEXTS = [PAIR, FULL, COMMENTED, *(load(name).text for name in shipped())]
MARKS = ["", " ", "\t", "\n", "\r", ":", ": ", "- ", "-", "[", "]", "{", "}", ",", "'", '"', "#", "|", ">", "?", "\\"]
WORDS = [
    "&a ",
    "*a",
    "!x ",
    "%",
    "@",
    "`",
    "~",
    "null",
    "0110",
    "1e9",
    "(",
    ")",
    "not ",
    "<<: ",
    "---\n",
    "...\n",
    "x: y\n",
]
RARE = ["\0", "é", "\ufeff", "\u2028", "\x85", "{}", "[]", "true", "if", "[[", "}}", "\ud83d\ude00"]
SCRAPS = MARKS + WORDS + RARE


def answered(loaded):
    assert isinstance(loaded, Loaded)
    assert loaded.case is not None or loaded.errors
    for fault in loaded.faults:
        assert fault.what and "\n" not in fault.what
        assert fault.text("f").startswith("f:")
        assert not any(
            word in fault.what + fault.remedy for word in ("pydantic", "Input should", "ruamel", "Traceback")
        )


@st.composite
def damaged(draw):
    """Return a sound file after some accidents to its lines and characters."""
    lines = draw(st.sampled_from(TEXTS)).splitlines(keepends=True)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(0, len(lines) - 1)))
        accident = draw(st.sampled_from(["drop", "repeat", "swap", "indent", "insert", "replace", "cut"]))
        if not lines:
            break
        line = lines[at]
        place = draw(st.integers(0, len(line)))
        scrap = draw(st.sampled_from(SCRAPS))
        match accident:
            case "drop":
                del lines[at]
            case "repeat":
                lines.insert(at, line)
            case "swap":
                other = draw(st.integers(0, len(lines) - 1))
                lines[at], lines[other] = lines[other], lines[at]
            case "indent":
                lines[at] = " " * draw(st.integers(0, 6)) + line.lstrip(" ")
            case "insert":
                lines[at] = line[:place] + scrap + line[place:]
            case "replace":
                lines[at] = line[:place] + scrap + line[place + 1 :]
            case "cut":
                lines[at] = line[:place] + line[place + draw(st.integers(1, 10)) :]
    return "".join(lines)


@settings(max_examples=300, deadline=None)
@given(damaged())
def test_damaged_files(text):
    answered(read_document(text, "f.yaml"))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(["A.a", "a", "YN", "A", "x", "not", ""]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["A", "want", "a", "id"]), inner, max_size=3)
    ),
    max_leaves=6,
)
KEYS = [
    "parties",
    "rules",
    "outcomes",
    "coalesce",
    "today",
    "table",
    "patience",
    "conventions",
    "demands",
    "complaints",
]
MORE = [
    "resources",
    "clout",
    "needs",
    "payments",
    "approaches",
    "issues",
    "states",
    "moves",
    "sources",
    "title",
    "note",
]


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(KEYS + MORE), VALUES, max_size=3), st.booleans())
def test_any_data_anywhere(more, parties):
    data = {"parties": {"A": {"options": ["a"], "concerns": ["not a"]}}} if parties else {}
    text = json.dumps(data | more)
    answered(read_document(text, "f.json"))
    answered(read_document("# YAML\n" + text, "f.yaml"))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60), st.text(alphabet=":-[]{}#&*!|>'\"%@`,? \n\tab01()", max_size=60))
def test_any_text(text, signs):
    for written in (text, signs, "parties:\n" + signs, f"rules: [{signs}]\n{PAIR}"):
        answered(read_document(written, "f.yaml"))
        answered(read_document(written, "f.json"))
