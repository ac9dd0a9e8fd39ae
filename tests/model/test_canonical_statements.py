"""One form for all spellings of a statement: equal forms mean the same, and spelling does not count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statement_strategies import LEVELS, NAMES, SIZES, STATES, trees

from detente.model.canonical import FALSE, TRUE, canonical, negation
from detente.model.parser import parse
from detente.model.statements import And, Compare, Count, If, Iff, Not, Or, Tree, Within, holds, rebuilt, spelled_out


def as_tree(form) -> Tree:
    """Return a form as a statement again."""
    kind, *rest = form
    match kind:
        case "is":
            option, levels, _ = rest
            return Or(tuple(Compare(option, "=", level) for level in levels))
        case "and" | "or":
            return (And if kind == "and" else Or)(tuple(map(as_tree, rest)))
        case "same":
            return Iff(*map(as_tree, rest))
        case "differ":
            return Not(Iff(*map(as_tree, rest)))
        case "not exactly":
            return Not(Count("exactly", rest[0], tuple(map(as_tree, rest[1:]))))
    return Count(kind, rest[0], tuple(map(as_tree, rest[1:])))


def meaning(tree: Tree) -> list[bool]:
    return [holds(tree, state.get) for state in STATES]


@given(trees())
def test_a_form_means_what_its_statement_means(tree):
    assert meaning(as_tree(canonical(tree, SIZES))) == meaning(tree)


@given(trees())
def test_a_negated_form_is_the_form_of_the_negation_and_twice_is_itself(tree):
    form = canonical(tree, SIZES)
    assert negation(form) == canonical(Not(tree), SIZES)
    assert negation(negation(form)) == form
    assert meaning(as_tree(negation(form))) == [not value for value in meaning(tree)]


def mirrored(tree: Tree) -> Tree:
    """Say the same otherwise: parts in reverse, doubly negated, "if" as "or not"."""
    match tree:
        case And(parts) | Or(parts):
            return type(tree)(tuple(Not(Not(mirrored(part))) for part in reversed(parts)))
        case If(then, when):
            return Or((Not(mirrored(when)), mirrored(then)))
        case Iff(left, right):
            return Iff(Not(mirrored(right)), Not(mirrored(left)))
        case Count("at most", number, parts):
            return Not(Count("at least", number + 1, tuple(mirrored(part) for part in reversed(parts))))
        case Compare(option, ">", 0):
            return Compare(option, "!=", 0)
    return rebuilt(tree, mirrored)


@given(trees())
def test_another_spelling_has_the_same_form(tree):
    assert canonical(mirrored(tree), SIZES) == canonical(tree, SIZES)
    assert canonical(spelled_out(tree), SIZES) == canonical(tree, SIZES)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A.go and B.talk", "B.talk and A.go"),
        ("A.go if B.talk", "A.go or not B.talk"),
        ("not (A.go and B.talk)", "not A.go or not B.talk"),
        ("A.aid", "A.aid != none"),
        ("A.aid", "A.aid >= some"),
        ("not A.aid", "A.aid = none"),
        ("A.aid <= some", "not A.aid = full"),
        ("half", "A.go or B.talk"),
        ("half and (B.watch and A.aid)", "(half and B.watch) and A.aid"),
        ("A.go iff B.talk", "not A.go iff not B.talk"),
        ("not (A.go iff B.talk)", "B.talk iff not A.go"),
        ("at most 1 of (A.go, B.talk)", "not (A.go and B.talk)"),
        ("at least 1 of (A.go, B.talk)", "half"),
        ("exactly 0 of (A.go, B.talk)", "not half"),
        ("exactly 2 of (A.go, B.talk)", "A.go and B.talk"),
        ("at least 2 of (A.go, B.talk, B.watch)", "not at most 1 of (B.watch, B.talk, A.go)"),
        ("A.go and A.go", "A.go"),
        ("A.go iff A.aid >= none", "A.go"),
    ],
)
def test_spellings_that_are_one(one: str, other: str):
    assert canonical(parse(one, NAMES).tree, SIZES) == canonical(parse(other, NAMES).tree, SIZES)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A.go", "B.talk"),
        ("A.go", "not A.go"),
        ("A.aid = some", "A.aid = full"),
        ("A.go if B.talk", "B.talk if A.go"),
        ("A.go and B.talk", "A.go or B.talk"),
        ("exactly 1 of (A.go, B.talk)", "at least 1 of (A.go, B.talk)"),
        ("exactly 1 of (A.go, B.talk, B.watch)", "not exactly 1 of (A.go, B.talk, B.watch)"),
    ],
)
def test_meanings_that_differ(one: str, other: str):
    assert canonical(parse(one, NAMES).tree, SIZES) != canonical(parse(other, NAMES).tree, SIZES)


def test_what_always_and_never_holds():
    always, never = "at least 0 of ()", "exactly 3 of (A.go, B.talk)"
    assert canonical(parse(always, NAMES).tree, SIZES) == canonical(parse("A.aid >= none", NAMES).tree, SIZES) == TRUE
    assert canonical(parse(never, NAMES).tree, SIZES) == canonical(parse("A.aid < none", NAMES).tree, SIZES) == FALSE
    assert canonical(parse(f"A.go or {always}", NAMES).tree, SIZES) == TRUE


@given(st.permutations(list(zip((2, 3, 5), LEVELS, strict=False))))
def test_a_resource_does_not_depend_on_the_order_of_its_uses(uses):
    costs, keys = zip(*uses, strict=True)
    form = canonical(Within(costs, tuple(map(Compare, keys)), 6), SIZES)
    assert form == canonical(Within((2, 3, 5), tuple(map(Compare, list(LEVELS)[:3])), 6), SIZES)
    assert negation(form)[0] == "not within"
    assert negation(negation(form)) == form


def test_deep_statements_take_no_time():
    tree: Tree = Compare("A.go")
    for level in range(140):
        tree = Iff(tree, Compare("B.talk")) if level % 2 else Not(tree)
    assert canonical(Not(tree), SIZES) == negation(canonical(tree, SIZES))
