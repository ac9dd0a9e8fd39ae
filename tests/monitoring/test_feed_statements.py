"""What options mean for a scenario becomes profiles, and classes of what these reach become statements again."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import TooLargeError
from detente.files.load import read_document
from detente.model.parser import parse
from detente.model.statements import holds
from detente.monitoring.feed import Profile, banded, deciding, outcome_name, profiles, statements, tensor

CASE = """
title: A border
parties:
  US: {options: [monitor, aid], concerns: []}
  PK: {options: {monitor: {levels: [none, some, full]}, fence: a fence}, concerns: []}
  AF: {options: [monitor], concerns: []}
monitoring:
  scenario: border.yaml
  agencies: {US: third}
  taking part:
    US: {joint planning: monitor, none: not monitor}
    PK: {joint teams: monitor = full, joint planning: monitor, none: not AF.monitor}
    AF: {joint teams: monitor}
  in place: {barrier: PK.fence}
"""


def case(text: str = CASE):
    loaded = read_document(text)
    assert loaded.case is not None and not loaded.errors, loaded.faults
    return loaded.case


def test_the_first_way_that_holds_counts_and_else_a_party_plans_alone() -> None:
    found = profiles(case(), case().feed)
    assert [option.key for option in deciding(case(), case().feed)] == [
        "US.monitor", "PK.monitor", "PK.fence", "AF.monitor"
    ]  # fmt: skip
    assert len(found) == 2 * 3 * 2 * 2
    assert found[1, 2, 1, 1] == Profile(
        (("AF", "joint teams"), ("PK", "joint teams"), ("third", "joint planning")), ("barrier",), ()
    )
    assert found[0, 0, 0, 0] == Profile((("AF", "unilateral"), ("PK", "none"), ("third", "none")), (), ("barrier",))
    assert found[0, 1, 0, 1].way("PK") == "joint planning"
    assert found[0, 0, 0, 1].way("PK") == "unilateral"
    assert found[0, 0, 0, 1].way("somebody else") == "unilateral"


def test_too_many_choices_are_refused_with_what_to_do() -> None:
    many = ", ".join(f"o{n}" for n in range(13))
    either = " or ".join(f"A.o{n}" for n in range(13))
    text = f"title: x\nparties: {{A: {{options: [{many}], concerns: []}}}}\n"
    large = case(f"{text}monitoring: {{scenario: s, taking part: {{A: {{none: {either}}}}}}}\n")
    with pytest.raises(TooLargeError, match="13 options decide how parties take part: 8,192 choices, and 4,096 are"):
        profiles(large, large.feed)


@given(st.lists(st.floats(0, 1), min_size=3, max_size=12), st.integers(2, 20))
def test_classes_have_equal_width_and_keep_the_order(chances: list[float], classes: int) -> None:
    ranks = {each: banded(each, classes) for each in chances}
    for each, rank in ranks.items():
        assert rank / classes - 1e-9 <= each + 1e-8
        assert each <= (rank + 1) / classes + 1e-8
        assert 0 <= rank < classes
    for low, high in pairwise(sorted(chances)):
        assert ranks[low] <= ranks[high]


@pytest.mark.parametrize(
    ("chance", "rank"), [(0, 0), (0.2, 1), (0.2 - 1e-12, 1), (0.1999, 0), (0.6, 3), (1, 4), (0.9999, 4)]
)
def test_what_lies_on_a_border_belongs_to_the_higher_class(chance: float, rank: int) -> None:
    assert banded(chance, 5) == rank


@given(st.data())
def test_the_statement_of_a_class_holds_just_where_it_is_reached(data: st.DataObject) -> None:
    options = deciding(case(), case().feed)
    choices = list(profiles(case(), case().feed))
    reached = {choice: data.draw(st.integers(0, 3)) for choice in choices}
    wanted = {outcome_name(least, 4) for least in (1, 2, 3)}
    told = statements(options, reached, 4, wanted)
    assert set(told) == wanted
    for least in (1, 2, 3):
        tree = parse(told[outcome_name(least, 4)], case().names).tree
        for choice in choices:
            value = dict(zip((option.key for option in options), choice, strict=True)).__getitem__
            assert holds(tree, value) == (reached[choice] >= least)


def test_classes_that_tell_nothing_apart_are_not_told_unless_they_are_wanted() -> None:
    options = deciding(case(), case().feed)
    reached = dict.fromkeys(profiles(case(), case().feed), 2)
    assert statements(options, reached, 5) == {}
    assert statements(options, reached, 5, ["detection-80"]) == {"detection-80": "US.monitor and not US.monitor"}
    assert statements(options, reached, 5, ["detection-20"]) == {"detection-20": "US.monitor or not US.monitor"}


def test_a_payoff_tensor_has_an_axis_an_option() -> None:
    options = deciding(case(), case().feed)
    values = {choice: float(place) for place, choice in enumerate(profiles(case(), case().feed))}
    whole = tensor(options, values)
    assert len(whole) == 2
    assert len(whole[0]) == 3
    assert all(whole[a][b][c][d] == values[a, b, c, d] for a, b, c, d in values)
