"""A text changes where the data differ and nowhere else, and comments go where their items go."""

import copy
import json
from dataclasses import replace

import pytest
from case_texts import COMMENTED, PAIR
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.files.emit import document_text
from detente.files.load import read_document
from detente.files.patch import patched
from detente.files.save import changed, says
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
