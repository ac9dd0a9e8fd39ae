"""How statements are read: precedence, names, and what is said, with the spot, of what cannot be read."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statement_strategies import LEVELS, NAMES, STATES

from detente.errors import StatementError
from detente.model.parser import Names, parse
from detente.model.statements import And, Compare, Count, If, Iff, Not, Or, Outcome, Tree, holds

YES_NO = Names({f"X.{letter}": () for letter in "abcd"} | {"Y.a": ()})
A, B, C, D = (Compare(f"X.{letter}") for letter in "abcd")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a", A),
        ("not a", Not(A)),
        ("not not a", Not(Not(A))),
        ("not a and b", And((Not(A), B))),
        ("a and b or c and d", Or((And((A, B)), And((C, D))))),
        ("a or b and c", Or((A, And((B, C))))),
        ("a and (b or c)", And((A, Or((B, C))))),
        ("a and b and c", And((A, B, C))),
        ("a or b if c or d", If(Or((A, B)), Or((C, D)))),
        ("a if b iff c if d", Iff(If(A, B), If(C, D))),
        ("a iff b or c", Iff(A, Or((B, C)))),
        ("(a if b) if c", If(If(A, B), C)),
        ("not (a iff b)", Not(Iff(A, B))),
        ("at most 1 of (a, b or c)", Count("at most", 1, (A, Or((B, C))))),
        ("at least 2 of (a, b, c) and d", And((Count("at least", 2, (A, B, C)), D))),
        ("exactly 0 of ()", Count("exactly", 0, ())),
        ("X.a", A),
        ("Y.a", Compare("Y.a")),
        ("  a\n and\tb ", And((A, B))),
    ],
)
def test_precedence(text: str, tree: Tree):
    assert parse(text, YES_NO, "X").tree == tree


@pytest.mark.parametrize("relation", ["=", "!=", "<", "<=", ">", ">="])
def test_levels_are_compared_by_their_order(relation: str):
    tree = parse(f"A.aid {relation} some", NAMES).tree
    assert tree == Compare("A.aid", relation, 1)
    assert str(parse(f"A.aid{relation}some", NAMES)) == f"A.aid {relation} some"


def test_a_levelled_option_alone_is_above_its_lowest_level():
    alone, compared = parse("A.aid", NAMES).tree, parse("A.aid > none", NAMES).tree
    assert [holds(alone, s.get) for s in STATES] == [holds(compared, s.get) for s in STATES]


def test_a_named_statement_stands_for_itself_and_an_own_option_comes_before_it():
    assert parse("half", NAMES).tree == Outcome("half", NAMES.outcomes["half"])
    names = Names({"X.half": ()}, NAMES.outcomes)
    assert parse("half", names, "X").tree == Compare("X.half")
    assert isinstance(parse("half", names).tree, Outcome)


def test_what_was_written_is_kept():
    statement = parse("b  and not a", YES_NO, "X")
    assert (statement.text, statement.party, str(statement)) == ("b  and not a", "X", "X.b and not X.a")


FAULTS = [
    ("", 0, "the statement is empty; write what is wanted, or take the line out"),
    ("a and", 5, "the statement ends too soon; an option's name is expected here"),
    ("not", 3, "the statement ends too soon; an option's name is expected here"),
    ("a b", 2, "'b' is not expected here; join statements with and, or, if, iff"),
    ("a, b", 1, "',' is not expected here; join statements with and, or, if, iff"),
    ("a & b", 2, "'&' is not expected here; write 'and'"),
    ("a || b", 2, "'||' is not expected here; write 'or'"),
    ("!a", 0, "'!' is not expected here; write 'not'"),
    ("a -> b", 2, "'->' is not expected here; write 'B if A' for A -> B"),
    ("a <-> b", 2, "'<->' is not expected here; write 'iff'"),
    ("a AND b", 2, "'AND' is not expected here; write 'and'"),
    ("NOT a", 0, "'NOT' is not a name; write 'not'"),
    ("a and or b", 6, "'or' stands where a name is expected; an option's name is expected here"),
    ("a if b if c", 7, "'if' is not expected here; put one of the two in parentheses"),
    ("a iff b iff c", 8, "'iff' is not expected here; put one of the two in parentheses"),
    ("(a or b", 7, "a parenthesis is not closed; write ')'"),
    ("(a, b)", 2, "',' is not expected here; write ')'"),
    ("(a b)", 3, "'b' is not expected here; join statements with and, or, if, iff"),
    ("a)", 1, "')' is not expected here; join statements with and, or, if, iff"),
    ("at 1 of (a, b)", 3, "'at' is followed by 'most' or 'least'; write: at most 1 of (a, b)"),
    ("at most of (a, b)", 8, "'at most' is followed by a number; write: at most 1 of (a, b)"),
    ("exactly -1 of (a)", 8, "'exactly' is followed by a number; write: exactly 1 of (a, b)"),
    ("exactly 1 (a, b)", 10, "a list in parentheses is expected; write: exactly 1 of (a, b)"),
    ("at least 2 of a, b", 14, "a list in parentheses is expected; write: at least 2 of (a, b)"),
    ("a = yes", 2, "X.a is a yes/no option and has no levels; write a or not a"),
    ("aa", 0, "no option or outcome is called 'aa'; did you mean a?"),
    ("Z.a", 0, "no option or outcome is called 'Z.a'; did you mean Y.a or X.a?"),
    ("1", 0, "no option or outcome is called '1'; known: X.a, X.b, X.c, X.d, Y.a, a, b, c, d"),
]


@pytest.mark.parametrize(("text", "position", "message"), FAULTS)
def test_what_is_said_of_a_statement_that_cannot_be_read(text: str, position: int, message: str):
    with pytest.raises(StatementError) as caught:
        parse(text, YES_NO, "X")
    what = caught.value
    assert (what.position, f"{what.what}; {what.remedy}") == (position, message)
    shown, caret = what.spot.split("\n")
    assert shown == text
    assert caret == " " * position + "^"
    assert str(what) == f"{message}\n    {shown}\n    {caret}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("A.aid = lots", "A.aid has no level 'lots'; known: full, none, some"),
        ("A.aid = ful", "A.aid has no level 'ful'; did you mean full?"),
        ("A.aid >=", "the statement ends too soon; known: full, none, some"),
        ("A.aid == some", "'==' is not expected here; write '='"),
        ("talk", "'talk' stands outside its party's block; write B.talk"),
        ("halff", "no option or outcome is called 'halff'; did you mean half?"),
    ],
)
def test_what_is_said_of_levels_and_names(text: str, message: str):
    with pytest.raises(StatementError) as caught:
        parse(text, NAMES)
    assert f"{caught.value.what}; {caught.value.remedy}" == message


def test_a_short_name_that_several_parties_have_offers_them_all():
    with pytest.raises(StatementError, match=r"write X\.a or Y\.a"):
        parse("a", YES_NO)


def test_a_case_without_options_says_that_there_are_none():
    with pytest.raises(StatementError, match="there are none"):
        parse("a", Names({}))


@pytest.mark.parametrize("opening", ["not ", "(", "at most 1 of ("])
def test_fifty_levels_are_read_and_one_more_is_not(opening: str):
    closing = ")" if opening.endswith("(") else ""
    parse(opening * 50 + "a" + closing * 50, YES_NO, "X")
    with pytest.raises(StatementError) as caught:
        parse(opening * 51 + "a" + closing * 51, YES_NO, "X")
    assert caught.value.what == "more than 50 levels of nesting"
    assert caught.value.remedy == "name parts of it under outcomes"
    assert caught.value.position == len(opening) * 51 - (1 if closing else 4)


def test_a_statement_too_long_to_be_meant_is_refused_at_once():
    with pytest.raises(StatementError, match="has 20006 characters, 20000 are the most; split it"):
        parse("a or " * 4001 + "a", YES_NO, "X")


def test_a_long_statement_is_shown_around_its_fault():
    with pytest.raises(StatementError) as caught:
        parse("a or " * 200 + "zz", YES_NO, "X")
    shown, caret = caught.value.spot.split("\n")
    assert len(shown) <= 100
    assert shown[len(caret) - 1 :].startswith("zz")


def test_named_statements_that_double_again_and_again_are_refused_before_they_hurt():
    outcomes: dict[str, Tree] = {"o0": A}
    start = time.process_time()
    with pytest.raises(StatementError) as caught:
        for n in range(60):
            outcomes[f"o{n + 1}"] = parse(f"o{n} and o{n}", Names(YES_NO.options, outcomes)).tree
    assert caught.value.what == "with its named statements spelled out the statement has more than 100000 parts"
    assert caught.value.remedy == "build it from fewer named statements"
    assert time.process_time() - start < 5


def test_named_statements_in_an_endless_row_are_refused_before_they_hurt():
    outcomes: dict[str, Tree] = {"o0": A}
    with pytest.raises(StatementError) as caught:
        for n in range(1000):
            outcomes[f"o{n + 1}"] = parse(f"not o{n}", Names(YES_NO.options, outcomes)).tree
    assert caught.value.what == "with its named statements spelled out the statement has more than 150 levels"


@given(st.text(alphabet=st.sampled_from("abXY.()=<>!&|,-1 \t") | st.characters(), max_size=30))
def test_any_text_is_read_or_refused_with_a_spot_inside_it(text: str):
    try:
        parse(text, YES_NO, "X")
    except StatementError as error:
        assert 0 <= error.position <= len(text)
        assert error.what
        assert error.remedy


@given(st.lists(st.sampled_from(["not", "and", "or", "if", "iff", "(", ")", ",", "at most 1 of", *LEVELS, "= some"])))
def test_any_row_of_words_is_read_or_refused(words: list[str]):
    try:
        statement = parse(" ".join(words), NAMES)
    except StatementError as error:
        assert error.what
    else:
        assert parse(str(statement), NAMES).tree is not None
