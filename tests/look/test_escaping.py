"""What a case says is shown as it stands in Markdown and LaTeX, whatever signs it uses."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import detente as dt
from detente.look.escaping import markdown_text, tex_text
from detente.look.summary import Block, Summary, Table
from detente.look.surfaces import latex, markdown

SIGNS = st.text(st.sampled_from("ab 1.-+#*_`[]()<>|\\~&!=:;'\"{}$%^/@"), min_size=1, max_size=12).map(
    lambda text: " ".join(text.split())
)


def shown(tokens) -> list[str]:  # type: ignore[no-untyped-def] # of markdown-it, untyped
    """Return what the inline parts of a page show; anything but plain text stands out."""
    return [
        "".join(part.content if part.type in ("text", "text_special") else f"<{part.type}>" for part in token.children)
        for token in tokens
        if token.type == "inline"
    ]


@given(SIGNS.filter(bool), SIGNS.filter(bool), SIGNS, SIGNS)
def test_markdown_shows_every_text_as_it_is(title: str, sentence: str, head: str, cell: str) -> None:
    page = markdown(Summary(title, blocks=(Block("", (sentence, Table((head, "b"), ((cell, "c"),)))),)))
    found = shown(MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(page))
    assert found == [title, sentence, head, "b", cell, "c"]


def test_a_line_break_in_a_cell_does_not_break_the_table() -> None:
    assert markdown_text("one\ntwo | three") == r"one two \| three"


@given(st.text(max_size=30))
def test_latex_braces_are_balanced_and_nothing_active_is_left(text: str) -> None:
    escaped = tex_text(text)
    assert re.sub(r"\\[{}]", "", escaped).count("{") == re.sub(r"\\[{}]", "", escaped).count("}")
    unescaped = re.sub(r"\\[&%$#_{}]|\$[^$]*\$|\\[a-zA-Z]+\{\}", "", escaped)
    assert not set(unescaped) & set("\\&%$#_^")
    assert "\n" not in escaped


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("Y--N", "Y-{}-N"),
        ("[a] *b*", "{[}a{]} {*}b{*}"),
        ("50 % of A_b & c#1 ^ ~ \\ {x} $", r"50 \% of A\_b \& c\#1 \textasciicircum{} \textasciitilde{} "
         r"\textbackslash{} \{x\} \$"),
        ("‘US–Pakistan’ ¶10 ✓ δ", r"`{}US--Pakistan'{} \P{}10 $\surd$ $\delta$"),
    ],
)  # fmt: skip
def test_latex_signs(text: str, escaped: str) -> None:
    assert tex_text(text) == escaped


def test_a_row_that_begins_with_a_bracket_is_no_option_of_the_row_above() -> None:
    page = latex(Summary("t", blocks=(Block("", (Table(("a",), (("[x]",), ("*",))),)),)))
    assert not re.search(r"\\\\\s*[\[*]", page)


def test_long_cells_are_wrapped_and_the_title_stands_above() -> None:
    table = Table(("state", "meaning"), (("YN", "a sentence of several words, " * 4),), "What they mean")
    page = latex(Summary("t", blocks=(Block("", (table, Table((), ()))),)))
    assert r"\textbf{What they mean}" in page
    assert re.search(r"\\begin\{tabular\}\{lp\{0\.8\d\\linewidth\}\}", page)


@pytest.mark.parametrize("name", ["us-pakistan-2018", "elmira", "cuban-missile-crisis"])
def test_answers_are_latex_whose_groups_and_environments_close(name: str) -> None:
    for question in (dt.analyze, dt.accord, dt.stability, dt.demands, dt.approaches):
        page = question(dt.read(name)).render("latex")
        assert page.isascii() or not set(page) & set("–—‘’“”·¶×−≤≥→✓✗◆αβδλσ")
        assert page.count(r"\begin{tabular}") == page.count(r"\end{tabular}")
        bare = re.sub(r"\\[\\{}]", "", page)
        assert bare.count("{") == bare.count("}")
        assert bare.replace(r"\$", "").count("$") % 2 == 0
        for table in re.findall(r"\\begin\{tabular\}\{((?:l|p\{[^}]*\})*)\}(.*?)\\end", page, re.DOTALL):
            columns = len(re.sub(r"\{[^}]*\}", "", table[0]))
            for row in re.findall(r"^(.*) \\\\$", table[1], re.MULTILINE):
                assert len(re.findall(r"(?<!\\)&", row)) == columns - 1
