"""What is no YAML or JSON, or more of it than a case needs: every message word for word, at its place."""

import pytest
from case_texts import PAIR
from fault_texts import one, told

YAML = {
    "a:\n\tb: 1\n": "2:1: a tab stands where indentation is expected; indent with spaces",
    "a: b: c\n": "1:5: a colon stands where no key can be; "
    "put the text in quotes, or align the line with its neighbours",
    "a: [x, y\nb: 2\n": "2:2: a list that begins with [ is not closed before this; write ], or a comma",
    "a: {x: 1\nb: 2\n": "2:2: a mapping that begins with { is not closed before this; write }, or a comma",
    "a: 'x\nb: 2\n": "1:4: a quotation mark is never closed; close it",
    "a: 1\nb\nc: 2\n": "2:1: this line is neither `key: value` nor a list item; add the colon",
    "a:\n  - x\n b: 1\n": "3:2: this does not fit the lines above it; indent it as its neighbours are; "
    "a text with quotes inside is quoted as a whole",
    "a: @x\n": "1:4: a text cannot begin with @; put it in quotes",
    "a: * x\n": "1:4: a text cannot begin with * or &; put it in quotes",
    'a: "\\q"\n': "1:6: this escape in double quotes is not known; use single quotes",
    "a: [x,, y]\n": "1:7: a value is expected here; write it, or put a text with such signs in quotes",
    "a: |x\n": "1:4: a text cannot begin with | or >; put it in quotes",
    "%YAML 3.1\n---\na: x\n": "1:1: this is another version of YAML; take the line out; YAML 1.2 is read",
    "a: " + "[" * 60: "1:53: the file is nested more than 50 levels deep; write it flatter",
    "a: b\0\n": "1:5: a control character (U+0000) stands here; take it out; save the file as UTF-8 if it is UTF-16",
    "a: b\x07\n": "1:5: a control character (U+0007) stands here; take it out",
    "": "1:1: the file is empty; begin with title: and parties:",
    "# nothing\n": "1:1: the file is empty; begin with title: and parties:",
    "- a\n": "1:1: a case is a mapping (key: value), not a list; begin with title: and parties:",
    "hello\n": "1:1: a case is a mapping (key: value), not the text 'hello'; begin with title: and parties:",
    "5\n": "1:1: a case is a mapping (key: value), not the number 5; begin with title: and parties:",
}


@pytest.mark.parametrize("text", YAML)
def test_what_is_no_case_at_all(text):
    assert one(text) == f"f.yaml:{YAML[text]}"


JSON = {
    '{"title": "x" "y": 1}': "1:15: a comma or a closing bracket is expected here; add it",
    '{"title" "x"}': '1:10: a colon is expected here; write "key": value',
    '{"title": }': "1:11: a value is expected here; write it; texts stand in double quotes, no comma after the last",
    '{"title": "x': "1:11: a quotation mark is never closed; close it",
    '{title: "x"}': "1:2: a key in double quotes is expected here; write it; no comma after the last item",
    '{"a": "\\q"}': "1:8: this escape is not known; write \\\\ for a backslash",
    '{"a": 1} {}': "1:10: the document ends before this; keep one case in a file",
    "[" * 100 + "]" * 100: "the file is nested more than 50 levels deep; write it flatter",
    "[" * 100_000: "the file is nested more than 50 levels deep; write it flatter",
    "  ": "1:1: the file is empty; begin with title: and parties:",
}


@pytest.mark.parametrize("text", JSON, ids=range(len(JSON)))
def test_what_is_no_json(text):
    place = ":" if JSON[text][0].isdigit() else ": "
    assert one(text, "f.json") == f"f.json{place}{JSON[text]}"


def test_duplicate_keys_in_json():
    text = '{"parties": {"A": {"options": ["a"], "concerns": []}},\n "patience": 0.5,\n "patience": 0.6}'
    assert one(text, "f.json") == (
        "f.json:3:2: the key 'patience' stands here again, first in line 2; keep one of the two, or rename one"
    )


ESCAPES = {
    '{"title": "\\ud83d\\ude00 \\ud83d"}': "1:25: an escape stands for a control character (U+D83D); take it out",
    '{"title": "\\u0000"}': "1:12: an escape stands for a control character (U+0000); take it out",
    '{"title": "a\\fb"}': "1:13: an escape stands for a control character (U+000C); take it out",
    '{"\\ufffe": "x"}': "1:3: an escape stands for a control character (U+FFFE); take it out",
}


@pytest.mark.parametrize("text", ESCAPES)
def test_escapes_for_what_no_text_has(text):
    assert one(text, "f.json") == f"f.json:{ESCAPES[text]}"
    what = ESCAPES[text].partition(": ")[2]
    assert any(fault.startswith("f.yaml:2:") and fault.endswith(what) for fault in told("# YAML\n" + text))


def test_emoji_in_json_escapes_are_text():
    text = '{"title": "\\ud83d\\ude00", "parties": {"A": {"options": ["a"], "concerns": []}}}'
    assert told(text, "f.json") == []


LEFT_OUT = {
    "title: &t x\nnote: *t\n": "2:7: aliases (*name) are not read; write what it stands for, or put a text in quotes",
    "note: !!python/object:os.system x\n": "1:7: tags (!!python/object:os.system) are not read; "
    "take it out, or put the text in quotes",
    "<<: {note: x}\n": "1:1: merge keys (<<) are not read; write the keys out",
    "? [a, b]\n: x\n": "1:3: a key is a text, not a list or mapping; put it in quotes",
    "note: x\nnote: y\n": "2:1: the key 'note' stands here again, first in line 1; keep one of the two, or rename one",
}


@pytest.mark.parametrize("start", LEFT_OUT)
def test_what_of_yaml_is_not_read(start):
    assert one(start + PAIR.replace("title: A pair\n", "")) == f"f.yaml:{LEFT_OUT[start]}"


def test_aliases_that_would_blow_up():
    rows = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}]" for n in range(1, 40)]
    assert "f.yaml:2:10: aliases (*name) are not read; write what it stands for, or put a text in quotes" in told(
        "\n".join(rows)
    )


def test_a_second_document():
    assert one(PAIR + "---\na: b\n") == "f.yaml:6:1: a second document begins here; keep one case in a file"
