"""What a case shows of itself: its option table with today, what it counts, and its fingerprint."""

from dataclasses import replace

from model_cases import elmira, small

from detente.model.case import Case, Option, Party
from detente.model.table import Row, option_table

CASE = elmira()


def test_the_option_table_has_today_and_the_given_states_beside_the_options():
    table = option_table(CASE, [(1, 0, 1, 0, 0), (None, 0, 0, 1, None)])
    assert table == (
        Row("Ministry of the Environment", "Modify the control order", "MoE.modify", "N", ("Y", "–")),
        Row("Uniroyal", "Delay the appeal", "Uniroyal.delay", "Y", ("N", "N")),
        Row("Uniroyal", "Accept the order", "Uniroyal.accept", "N", ("Y", "N")),
        Row("Uniroyal", "Abandon the plant", "Uniroyal.abandon", "N", ("N", "Y")),
        Row("Local government", "Insist on the order", "LG.insist", "N", ("N", "–")),
    )


def test_levels_stand_by_name_and_an_unknown_today_as_a_question_mark():
    case = Case("x", (Party("US", (Option("US", "aid", ("none", "some")), Option("US", "leave"))),), today=(1, 0))
    assert [(row.today, row.cells) for row in option_table(case, [(0, 1)])] == [("some", ("none",)), ("N", ("Y",))]
    assert [row.today for row in option_table(replace(case, today=None))] == ["?", "?"]


def test_a_case_shows_its_title_counts_fingerprint_and_table():
    lines = repr(CASE).splitlines()
    assert lines[0] == "Elmira groundwater contamination"
    assert lines[1] == f"3 parties, 5 options, 8 concerns, 1 rule · case {CASE.fingerprint}"
    assert any(line.split() == ["Uniroyal", "Delay", "the", "appeal", "Uniroyal.delay", "Y"] for line in lines)
    assert len([line for line in lines if "." in line]) == 5


def test_a_rewritten_case_says_by_which_approach():
    rewritten = CASE.under("shared")
    counts = "3 parties, 5 options, 8 concerns, 1 rule · under the approach shared"
    assert repr(rewritten).splitlines()[1] == f"{counts} · case {rewritten.fingerprint}"


def test_a_case_of_plain_states_shows_them():
    case = Case("Chicken", (Party("A"), Party("B")), states=("crash", "swerve"), today="swerve")
    assert "States: crash, swerve." in repr(case)
    assert "Today: swerve." in repr(case)


def test_a_notebook_shows_the_same_and_nothing_a_name_says_is_markup():
    case = replace(small({"A": ["a1"]}), title="<b>talks</b> & more")
    shown = case._repr_html_()
    assert "&lt;b&gt;talks&lt;/b&gt; &amp; more" in shown
    assert "<td>A.a1</td>" in shown
    assert case.fingerprint in shown
