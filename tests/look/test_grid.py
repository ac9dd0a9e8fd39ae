"""Tables as plain text: nothing is lost, nothing is too wide, and widths are shared as the library rich shares them."""

import io

from hypothesis import given
from hypothesis import strategies as st
from rich import box
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from detente.look.grid import broken, columns_of, grid
from detente.look.summary import Table

WORDS = st.sampled_from(
    [
        "a",
        "bb",
        "ccc",
        "dddd",
        "word-with-hyphens",
        "‘US–Pakistan’",
        "Longer.option",
        "averyveryverylongwordthatisfolded",
    ]
)
CELLS = st.lists(WORDS, max_size=9).map(" ".join)
SHORT = WORDS.filter(lambda word: len(word) < 20)
PHRASES = st.lists(SHORT, min_size=2, max_size=9).map(" ".join)


def tables(cells: st.SearchStrategy[str], most: int = 6) -> st.SearchStrategy[Table]:
    def of(width: int) -> st.SearchStrategy[Table]:
        row = st.lists(cells, min_size=width, max_size=width).map(tuple)
        return st.builds(Table, row, st.lists(row, max_size=4).map(tuple))

    return st.integers(1, most).flatmap(of)


@given(tables(PHRASES, 3), st.integers(66, 120))
def test_columns_are_as_wide_as_rich_makes_them(table: Table, width: int) -> None:
    """Where no word has to be folded; after a folded word rich may add a line for the space behind it."""
    drawn = RichTable(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for column in table.columns:
        drawn.add_column(column, overflow="fold")
    for row in table.rows:
        drawn.add_row(*map(Text, row))
    out = io.StringIO()
    Console(file=out, width=width, color_system=None, highlight=False).print(drawn)
    assert grid(table, width) == [line.rstrip() for line in out.getvalue().splitlines()]


@given(tables(CELLS), st.integers(40, 120))
def test_no_sign_is_lost_and_no_line_is_too_wide(table: Table, width: int) -> None:
    lines = grid(table, width)
    assert all(columns_of(line) <= width for line in lines)
    wanted = "".join([*table.columns, *("".join(row) for row in table.rows)])
    assert sorted("".join(lines).replace("─", "").replace(" ", "")) == sorted(wanted.replace(" ", ""))


def test_a_name_is_not_split_while_others_can_give_way() -> None:
    table = Table(("state", "what it means"), (("YNYNYNYNYNYNYNYNYNYN", "a sentence of many words " * 5),))
    assert any(line.startswith("YNYNYNYNYNYNYNYNYNYN   ") for line in grid(table, 60))


def test_heads_stand_at_the_bottom_and_rows_at_the_top() -> None:
    table = Table(("one two three four", "b"), (("a b c d e f g h i j", "first"),), title="Title [of] it")
    assert grid(table, 20) == [
        "Title [of] it",
        "one two",
        "three four     b",
        "─" * 20,
        "a b c d e f    first",
        "g h i j",
    ]


def test_wide_and_combining_signs_keep_the_columns_straight() -> None:
    table = Table(("a", "b"), (("北京", "x"), ("e\u0301", "x"), ("cd", "x")))
    rows = grid(table, 40)[2:]
    assert [columns_of(row) for row in rows] == [8, 8, 8]
    assert broken("北京 北京", 5) == ["北京", "北京"]


def test_a_table_without_columns_has_no_lines() -> None:
    assert grid(Table((), ()), 80) == []


@given(st.text(max_size=60), st.integers(2, 40))
def test_any_text_is_broken_within_the_width(text: str, width: int) -> None:
    lines = broken(text, width)
    assert all(columns_of(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
