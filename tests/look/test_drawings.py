"""Drawings are well-formed, say in words what they show, stay within their frame, and need no colour."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.look.bars import Bar, bars
from detente.look.curve import Curve, Reading, curves
from detente.look.gauges import Gauge, Panel, gauges, panels
from detente.look.marks import tables
from detente.look.strip import Place, moved, rounded, strip
from detente.look.summary import Table
from detente.look.svg import COLOURS, PATTERNS, Picture, svg
from detente.look.waterfall import Step, waterfall

NAME = 'A & B <west> "line"'
PICTURES = {
    "waterfall": waterfall(NAME, [Step(NAME, 0.6, 0.5, 0.7), Step("b", 0.9, remark="share 0.3"), Step("c", 0.8)],
                           axis="chance", total="all"),
    "curves": curves(NAME, [Curve("one", ((0, 0), (1, 0.5), (3, 0.9))), Curve("two", ((0, 0), (3, 0.9)))],
                     across="budget", axis="chance", reading=Reading(0.5, 1, 1.7, "1.7 times")),
    "bars": bars(NAME, [Bar("one", 0, 2, "2.0"), Bar("two", -1, 0, "-1.0", 1)], axis="lost", kinds=("read", "made up")),
    "tornado": bars(NAME, [Bar("one", 0.2, 0.9, "0.2 to 0.9")], axis="chance", base=0.5),
    "no bars": bars(NAME, [], axis="lost", empty="No red line is drawn."),
    "gauges": gauges(NAME, [Gauge("leak", 0.35, "0.35", "It pays."), Gauge("patience", None, "cannot be said", "")]),
    "panels": panels(NAME, [Panel("Security", (("chance", "0.93"),)),
                            Panel("People", (("delay", "3 hours"), ("open", "all")))]),
    "strip": strip(NAME, [Place("north", (1, 0), (1, 2), "0.6", "0.9", 0.3),
                          Place("south", (1, 1), (0, 3), "0.6", "0.9", 0.7)], ("A", "B"),
                   axis="exponent", share="share", movements=[(0, 1, 0.2)]),
    "tables": tables(NAME, [Table(("who", "how much"), (("A", "1.5"), ("B", "✓ yes")), title="Burden")]),
}  # fmt: skip


def words(picture: Picture) -> str:
    return " ".join(ElementTree.fromstring(svg(picture)).itertext())


@pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)
def test_a_picture_is_well_formed_and_has_a_title_and_a_description(picture: Picture) -> None:
    root = ElementTree.fromstring(svg(picture))
    space = "{http://www.w3.org/2000/svg}"
    assert root.get("role") == "img"
    assert root[0].tag == f"{space}title"
    assert root[0].text == NAME
    assert root[1].tag == f"{space}desc"
    assert root[1].text == picture.description != ""


@pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)
def test_every_number_of_a_picture_is_finite_and_inside_its_frame(picture: Picture) -> None:
    drawn = "\n".join(picture.body)
    assert not re.search(r"nan|inf\b", drawn)
    assert all(-20 <= float(x) <= picture.width for x in re.findall(r' (?:x|x1|x2|cx)="([^"]*)"', drawn))
    assert all(-20 <= float(y) <= picture.height for y in re.findall(r' (?:y|y1|y2|cy)="([^"]*)"', drawn))
    assert all(float(size) >= 0 for size in re.findall(r' (?:width|height|r)="([^"]*)"', drawn))


def test_what_is_drawn_is_also_said() -> None:
    told = words(PICTURES["waterfall"])
    assert all(figure in told for figure in ("0.60", "0.90", "0.80", "share 0.3", "all", "chance"))
    assert "1.7 times" in words(PICTURES["curves"])
    assert "cannot be said" in words(PICTURES["gauges"])
    assert "No red line is drawn." in words(PICTURES["no bars"])
    assert "✓ yes" in words(PICTURES["tables"])


def test_series_are_told_apart_by_pattern_and_panels_are_alike() -> None:
    patterns = re.findall(r'<pattern id="fill-\d".*?</pattern>', PATTERNS)
    shapes = {re.sub(r'fill="#\w+"|id="[^"]*"', "", pattern) for pattern in patterns}
    assert len(patterns) == len(shapes) == len(COLOURS)
    assert len(set(re.findall(r'<rect x="[\d.]+" y="0" (width="[\d.]+" height="[\d.]+")',
                              "\n".join(PICTURES["panels"].body)))) == 1  # fmt: skip


@pytest.mark.parametrize(("share", "told"), [(0, "0 %"), (0.02, "0 %"), (0.03, "5 %"), (0.333, "35 %"), (1, "100 %")])
def test_shares_are_told_to_five_per_cent(share: float, told: str) -> None:
    assert rounded(share) == told


@given(st.lists(st.integers(0, 20), min_size=2, max_size=6), st.data())
def test_what_moves_turns_one_division_into_the_other(before: list[int], data: st.DataObject) -> None:
    after = data.draw(st.permutations(before))
    total = sum(before) or 1
    shares = [each / total for each in before], [each / total for each in after]
    balance = list(shares[0])
    for start, end, amount in moved(*shares):
        assert abs(start - end) == 1
        assert amount > 0
        balance[start] -= amount
        balance[end] += amount
    assert all(abs(left - wanted) <= 2 * 0.025 + 1e-9 for left, wanted in zip(balance, shares[1], strict=True))
