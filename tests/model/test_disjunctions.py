"""A set of choices is said as a statement that holds just there."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.model.disjunction import disjunction
from detente.model.items import Option
from detente.model.parser import Names, parse
from detente.model.statements import holds

OPTIONS = (Option("A", "a"), Option("B", "b", ("none", "some", "full")), Option("A", "c"))
ALL = list(product(range(2), range(3), range(2)))
NAMES = Names({option.key: option.levels for option in OPTIONS}, {})


def where(text: str) -> set[tuple[int, ...]]:
    tree = parse(text, NAMES).tree
    keys = [option.key for option in OPTIONS]
    return {each for each in ALL if holds(tree, dict(zip(keys, each, strict=True)).__getitem__)}


@given(st.sets(st.sampled_from(ALL)))
def test_it_holds_just_where_it_should(choices: set[tuple[int, ...]]) -> None:
    assert where(disjunction(OPTIONS, choices)) == choices


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("A.a and A.c", "A.a and A.c"),
        ("A.a or A.c", "A.a or A.c"),
        ("A.a and B.b or A.c and B.b", "(A.a and B.b) or (B.b and A.c)"),
        ("B.b = some", "B.b = some"),
        ("B.b <= some and not A.a", "not A.a and B.b <= some"),
        ("B.b >= full", "B.b = full"),
        ("A.a or not A.a", "A.a or not A.a"),
        ("A.a and not A.a", "A.a and not A.a"),
    ],
)
def test_it_is_plain(text: str, told: str) -> None:
    assert disjunction(OPTIONS, where(text)) == told
