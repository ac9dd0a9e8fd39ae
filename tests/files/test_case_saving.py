"""Saving changes what differs and nothing else, and comments go where their items go."""

import copy
import json
import os
from dataclasses import replace

import pytest
from case_texts import COMMENTED, FULL, PAIR
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import CaseError, NotAvailableError
from detente.files.emit import document_text, lines, one_line
from detente.files.load import load, read_document, shipped
from detente.files.nodes import Bare, plain
from detente.files.patch import patched
from detente.files.save import changed, says, write
from detente.files.yaml import read_yaml
from detente.model.document import document

OLD = document(read_document(COMMENTED).case)


def after(change):
    """Return the commented file as it is after a change of its data, made by a patch alone."""
    new = copy.deepcopy(OLD)
    change(new)
    case = read_document(json.dumps(new), "new.json").case
    node, _ = read_yaml(COMMENTED)
    text = patched(COMMENTED, node, OLD, document(case))
    assert says(text, document(case))
    assert changed(read_document(COMMENTED), case) == text
    return text


def moved(old, new):
    """Return the commented file with one piece of it replaced."""
    assert COMMENTED.count(old) == 1
    return COMMENTED.replace(old, new)


def concerns(new):
    return new["parties"]["A"]["concerns"]


FIRST = "      # not acting\n      - not a            # eol not a\n"
SECOND = "      # bee\n      - {want: B.b, core: true, name: bee}\n"
THIRD = """      # level
      - want: l = full
        # why core
        core: true   # eol core
        note: >-
          a long note
          in two lines
"""
LAST = '      - "exactly 1 of (a, B.b)"\n'
ALL = FIRST + SECOND + THIRD + LAST


def test_nothing_changes_where_nothing_differs():
    assert after(lambda new: None) == COMMENTED


def test_a_list_in_another_order():
    assert after(lambda new: concerns(new).reverse()) == moved(ALL, LAST + THIRD + SECOND + FIRST)


def test_the_first_item_becomes_the_last():
    assert after(lambda new: concerns(new).append(concerns(new).pop(0))) == moved(ALL, SECOND + THIRD + LAST + FIRST)


def test_the_last_item_becomes_the_first():
    assert after(lambda new: concerns(new).insert(0, concerns(new).pop())) == moved(ALL, LAST + FIRST + SECOND + THIRD)


@pytest.mark.parametrize(("place", "gone"), list(enumerate([FIRST, SECOND, THIRD, LAST])))
def test_an_item_goes_with_its_comments(place, gone):
    assert after(lambda new: concerns(new).pop(place)) == moved(gone, "")


@pytest.mark.parametrize(("place", "below"), list(enumerate([FIRST, SECOND, THIRD, LAST, "      # after all\n"])))
def test_an_item_is_put_in(place, below):
    fresh = "      - {want: a or B.b, core: true}\n"
    text = after(lambda new: concerns(new).insert(place, {"want": "a or B.b", "core": True}))
    assert text == moved(below, fresh + below)


def test_an_item_changes_and_keeps_its_comments():
    def change(new):
        concerns(new)[0] = {"want": "not a", "core": True}
        concerns(new)[1]["name"] = "the bee"
        concerns(new)[2]["note"] = "short"

    text = moved("- not a            # eol not a", "- {want: not a, core: true}            # eol not a")
    text = text.replace("name: bee}", "name: the bee}")
    text = text.replace("note: >-\n          a long note\n          in two lines\n", "note: short\n")
    assert after(change) == text


def test_an_item_moves_and_changes_at_once():
    def change(new):
        concerns(new)[1]["name"] = "the bee"
        concerns(new).reverse()

    assert after(change) == moved(ALL, LAST + THIRD + SECOND.replace("bee}", "the bee}") + FIRST)


def test_an_emptied_list():
    text = after(lambda new: concerns(new).clear())
    assert text == moved("    concerns:\n      # most important\n\n" + ALL, "    concerns: []\n")


def test_parties_in_another_order():
    def change(new):
        new["parties"] = {party: new["parties"][party] for party in "BAC"}

    start, end = COMMENTED.index("  # about A"), COMMENTED.index("  C:")
    middle = COMMENTED.index("  # about B")
    text = COMMENTED[:start] + COMMENTED[middle:end] + COMMENTED[start:middle] + COMMENTED[end:]
    assert after(change) == text


def test_options_in_another_order():
    def change(new):
        options = new["parties"]["A"]["options"]
        new["parties"]["A"]["options"] = {key: options[key] for key in ("k", "a", "l")}
        new["parties"]["B"]["options"] = {"c": "Cee", "b": "Bee"}

    first = "      # first option\n      a: Act\n"
    levels = "      # the levels\n      l: {name: Level, levels: [none, some, full]}  # eol l\n"
    keep = '      k:\n        name: Keep   # eol k\n        direction: "on"\n'
    text = moved(first + levels + keep, keep + first + levels)
    text = text.replace("{b: Bee, c: Cee}   # flow", "{c: Cee, b: Bee}   # flow")
    assert after(change) == text


def test_a_list_in_brackets_with_comments():
    def change(new):
        new["parties"]["C"]["concerns"].reverse()
        new["parties"]["C"]["concerns"].append("not y")

    old = '    concerns: [not x, y,   # eol y\n      # both\n      "x and y"]\n'
    new = '    concerns: [\n      # both\n      "x and y",\n      y,  # eol y\n      not x,\n      not y,\n    ]\n'
    assert after(change) == moved(old, new)


def test_an_item_in_brackets_changes_in_place():
    def change(new):
        new["parties"]["C"]["concerns"][1] = "not y"
        new["parties"]["A"]["options"]["l"]["levels"][2] = "all, or so"[:3]
        concerns(new)[2]["want"] = "l = all"
        new["rules"][1]["that"] = "A.l != all if A.k"

    text = moved("[not x, y,   # eol y", "[not x, not y,   # eol y")
    text = text.replace("levels: [none, some, full]", "levels: [none, some, all]").replace(
        "- want: l = full", "- want: l = all"
    )
    assert after(change) == text.replace("A.l != full if A.k", "A.l != all if A.k")


def test_single_values():
    def change(new):
        new["title"] = "Another: dispute"
        new["parties"]["A"]["name"] = "The party A"
        new["parties"]["B"]["weights"]["A.a"] = 0.5
        new["sources"]["two"] = "Just a text"
        new["sources"]["three"] = "now short"
        new["today"] = []

    text = moved('"A dispute"   # the title', '"Another: dispute"   # the title')
    text = text.replace("name: Party A          # its", "name: The party A          # its")
    text = text.replace("A.a: -9   # minus", "A.a: 0.5   # minus")
    text = text.replace("Second source, with a comma   # eol", "Just a text   # eol")
    text = text.replace("three: >-\n    A longer text that runs\n    over two lines", "three: now short")
    assert after(change) == text.replace("today: [A.a, {A.l: some}]", "today: []")


def test_new_keys_stand_where_the_format_has_them():
    def change(new):
        new["patience"] = 0.9
        new["sources"]["four"] = "A fourth"
        new["parties"]["C"]["name"] = "Party C"
        new["table"] = ["A", "B"]

    text = moved("    over two lines\n", "    over two lines\n  four: A fourth\n")
    text = text.replace("  C:\n", "  C:\n    name: Party C\n")
    text = text.replace("{A.l: some}]\n", "{A.l: some}]\ntable: [A, B]\npatience: 0.9\n")
    assert after(change) == text


def test_keys_go_with_their_comments():
    def change(new):
        del new["sources"]["two"], new["approaches"]["shared"], new["demands"], concerns(new)[2]["core"]

    text = moved("  two: Second source, with a comma   # eol two\n", "")
    text = text.replace("  # shared\n  shared:\n    shared concerns: {parties: [A, C]}\n", "")
    start, end = text.index("\ndemands:\n"), text.index("approaches:\n")
    text = text[:start] + text[end:]
    assert after(change) == text.replace("        # why core\n        core: true   # eol core\n", "")


def test_a_default_that_is_written_out_stays_until_it_differs():
    start = PAIR.replace("{want: B.b, core: true", "{want: B.b, core: false") + "table: [A, B]  # both\n"
    loaded = read_document(start)
    assert changed(loaded, replace(loaded.case, table=("A",))) == start.replace("[A, B]", "[A]")
    party = loaded.case.parties[0]
    core = replace(party, concerns=tuple(replace(concern, core=True) for concern in party.concerns))
    text = start.replace("not a,", "{want: not a, core: true},").replace("core: false", "core: true")
    assert changed(loaded, replace(loaded.case, parties=(core, loaded.case.parties[1]))) == text


def test_today_that_the_file_does_not_speak_of_stays_unsaid():
    loaded = read_document(PAIR)
    assert changed(loaded, replace(loaded.case, title="New")) == PAIR.replace("A pair", "New")


FRESH = {
    "rules": ["A.a or B.b or not A.k", {"that": "A.a if A.k", "because": "so it is: a rule, isn't it"}],
    "concerns": ["not C.x", {"want": "C.x if B.b", "note": "text " * 50}],
    "demands": [{"id": f"n{n}", "from": "A", "to": "B", "that": "B.b"} for n in range(3)],
}


@st.composite
def edited(draw):
    """Return the data of the commented file after some random edits of its lists and mappings."""
    new = copy.deepcopy(OLD)
    for _ in range(draw(st.integers(1, 4))):
        party = draw(st.sampled_from("ABC"))
        where = draw(st.sampled_from(["rules", "demands", "concerns", "options", "sources", "core", "name", "weights"]))
        here = new["parties"][party]
        if where in ("rules", "demands", "concerns"):
            lists = new if where != "concerns" else here
            items = lists.get(where, [])
            fresh = draw(st.sampled_from(FRESH[where]))
            match draw(st.sampled_from(["shuffle", "drop", "put in"])):
                case "shuffle":
                    items = draw(st.permutations(items))
                case "drop":
                    items = items[1:] if draw(st.booleans()) else items[:-1]
                case "put in":
                    at = draw(st.integers(0, len(items)))
                    items = [*items[:at], fresh, *items[at:]] if fresh not in items else items
            if where != "concerns" or "weights" not in here:
                lists[where] = list(items)
        elif where == "options":
            here["options"] = dict(draw(st.permutations(list(here["options"].items()))))
        elif where == "sources":
            new["sources"][draw(st.sampled_from(["one", "four"]))] = draw(st.text(max_size=20)).strip() or "x"
        elif where == "core" and here.get("concerns"):
            here["concerns"][0] = {"want": "B.b or not C.y", "core": True}
        elif where == "weights" and "weights" in here:
            here["weights"][draw(st.sampled_from(["b", "not b"]))] = draw(st.sampled_from([1, 0.25, "1/3"]))
        elif where == "name":
            here["name"] = draw(st.sampled_from(["New", "a: b", "# c", "- d", "'e'", "5", "true"]))
    read = read_document(json.dumps(new), "new.json")
    return None if read.errors else document(read.case)


@settings(max_examples=100, deadline=None)
@given(edited())
def test_any_edits_are_read_back(new):
    if new is None:
        return
    node, _ = read_yaml(COMMENTED)
    assert says(patched(COMMENTED, node, OLD, new), new)
    assert says(document_text(new), new)


def comments(text):
    return sorted(line[line.index("#") :] for line in text.splitlines() if "#" in line)


@settings(max_examples=50, deadline=None)
@given(st.permutations(range(4)), st.permutations("ABC"), st.permutations(range(3)), st.permutations(range(2)))
def test_no_comment_is_lost_in_any_order(places, parties, rules, demands):
    def change(new):
        new["parties"]["A"]["concerns"] = [concerns(new)[place] for place in places]
        new["parties"] = {party: new["parties"][party] for party in parties}
        new["rules"] = [new["rules"][place] for place in rules]
        new["demands"] = [new["demands"][place] for place in demands]

    text = after(change)
    assert comments(text) == comments(COMMENTED)
    for comment, item in [
        ("# not acting", "- not a"),
        ("# about B", "B:"),
        ("# d2", "- id: d2"),
    ]:
        assert f"{comment}\n" in text
        assert text.split(f"{comment}\n", 1)[1].lstrip().startswith(item)


# Files ----------------------------------------------------------------------------------------------------------


def test_a_file_that_says_the_same_is_not_touched(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_text(COMMENTED, encoding="utf-8")
    before = path.stat()
    write(load(path).case, path)
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


@pytest.mark.parametrize("name", shipped())
def test_shipped_cases_come_back_from_a_new_file(name, tmp_path):
    case = load(name).case
    for ending in ("yaml", "json"):
        path = tmp_path / f"x.{ending}"
        write(case, path)
        assert load(path).case == case
        assert not load(path).errors
    assert max(map(len, (tmp_path / "x.yaml").read_text(encoding="utf-8").splitlines())) <= 120


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_case_with_another_title_differs_in_one_line(name):
    loaded = load(name)
    text = changed(loaded, replace(loaded.case, title="Another"))
    old, new = loaded.text.splitlines(), text.splitlines()
    assert [line for line in new if line not in old] == ["title: Another"]
    assert len(old) == len(new)


def test_a_new_file_is_laid_out_in_the_order_of_the_format(tmp_path):
    path = tmp_path / "x.yaml"
    write(read_document(FULL).case, path)
    text = path.read_text(encoding="utf-8")
    assert load(path).case == read_document(FULL).case
    assert text.startswith(
        """title: Elmira groundwater contamination
note: A case with every key of the format.
sources:
  hipel: Hipel, Fang, Kilgour, Haight (1993)
parties:
  MoE:
    name: Ministry of the Environment
    options: {modify: Modify the control order}
    concerns:
      - not Uniroyal.abandon
      - {want: Uniroyal.accept, core: true, name: clean-up, source: hipel ¶3, standing: recalled}
      - not modify
  Uniroyal:
    options:
      delay: {name: Delay the appeal, direction: off}
"""
    )


def test_windows_line_ends_and_byte_order_marks_stay(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + COMMENTED.replace("\n", "\r\n").encode())
    write(replace(load(path).case, title="New"), path)
    expected = COMMENTED.replace('"A dispute"', "New")
    assert path.read_bytes() == b"\xef\xbb\xbf" + expected.replace("\n", "\r\n").encode()


def test_json_stays_json(tmp_path):
    path = tmp_path / "x.json"
    case = read_document(FULL).case
    write(case, path)
    write(replace(case, title="New"), path)
    assert json.loads(path.read_text(encoding="utf-8"))["title"] == "New"


def test_yaml_in_braces_stays_yaml():
    text = "{title: x, # c\n parties: {A: {options: [a], concerns: [not a]}}}\n"
    loaded = read_document(text)
    assert changed(loaded, replace(loaded.case, title="y")) == text.replace("x, # c", "y, # c")


def test_mode_and_links_stay(tmp_path):
    path, link = tmp_path / "x.yaml", tmp_path / "link.yaml"
    path.write_text(PAIR, encoding="utf-8")
    path.chmod(0o640)
    link.symlink_to(path)
    write(replace(load(path).case, title="New"), link)
    assert link.is_symlink()
    assert path.stat().st_mode & 0o777 == 0o640
    assert load(path).case.title == "New"
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["link.yaml", "x.yaml"]


def test_a_save_that_fails_leaves_the_file_as_it_was(tmp_path, monkeypatch):
    path = tmp_path / "x.yaml"
    path.write_text(PAIR, encoding="utf-8")
    case = replace(load(path).case, title="New")

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CaseError, match=r"x\.yaml: the file cannot be written: No space left on device"):
        write(case, path)
    assert path.read_text(encoding="utf-8") == PAIR
    assert [entry.name for entry in tmp_path.iterdir()] == ["x.yaml"]


def test_what_cannot_be_saved(tmp_path):
    path = tmp_path / "x.yaml"
    case = read_document(PAIR).case
    path.write_text(PAIR + "titel: x\n", encoding="utf-8")
    with pytest.raises(CaseError) as caught:
        write(case, path)
    assert str(caught.value).splitlines() == [
        f"{path}: the file is there and is not a sound case, so that nothing was saved; "
        "mend it, or save under another name",
        f"{path}:6:1: there is no key 'titel' here; did you mean title?",
    ]
    assert path.read_text(encoding="utf-8") == PAIR + "titel: x\n"
    with pytest.raises(NotAvailableError, match="rewritten by the approach promise"):
        write(read_document(FULL).case.under("promise"), tmp_path / "y.yaml")
    with pytest.raises(CaseError, match="the file cannot be written: No such file or directory"):
        write(case, tmp_path / "there" / "x.yaml")


# Writing plain data ---------------------------------------------------------------------------------------------

DATA = st.recursive(
    st.text(max_size=30)
    | st.booleans()
    | st.integers(-99, 99)
    | st.sampled_from(["null", "0110", "a: b", "x #y", "-", "=", ""]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
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
@given(st.dictionaries(st.text(max_size=10), DATA, min_size=1, max_size=4))
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
