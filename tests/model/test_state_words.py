"""How states are written and read, said in words, and which statements name the states that stand as one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from model_cases import elmira, reader, small

from detente.errors import CaseError, UnknownNameError
from detente.model.case import Case, Mark, Option, Party
from detente.model.states import conjunction, in_words, values, word

OPTIONS = [
    Option("US", "aid", ("none", "some", "full"), mark=Mark("aid")),
    Option("US", "leave"),
    Option("PK", "talk", mark=Mark("talks")),
]


@given(st.tuples(st.sampled_from([0, 1, 2, None]), st.sampled_from([0, 1, None]), st.sampled_from([0, 1, None])))
def test_a_written_state_reads_back(state):
    assert values(word(state, OPTIONS), OPTIONS) == state


def test_letters_for_yes_and_no_digits_for_levels_a_dash_for_any():
    assert word((2, 1, 0), OPTIONS) == "2YN"
    assert word((None, 0, None), OPTIONS) == "-N-"
    assert values("1 N -", OPTIONS) == (1, 0, None)
    assert values("", []) == ()


def test_a_state_of_the_wrong_length_says_the_order():
    with pytest.raises(CaseError) as caught:
        values("YN", OPTIONS)
    expected = (
        "the state 'YN' has 2 characters, and there are 3 options; one character for each of US.aid, US.leave, PK.talk"
    )
    assert str(caught.value) == expected


def test_every_wrong_character_of_a_state_is_a_fault():
    with pytest.raises(CaseError) as caught:
        values("3y2", OPTIONS)
    assert [fault.text() for fault in caught.value.faults] == [
        "'3' in the state '3y2' is not a value of US.aid; write one of 0, 1, 2 or -",
        "'y' in the state '3y2' is not a value of US.leave; write one of N, Y or -",
        "'2' in the state '3y2' is not a value of PK.talk; write one of N, Y or -",
    ]


def test_a_state_in_words_goes_party_by_party():
    case = Case("test", (Party("US", tuple(OPTIONS[:2])), Party("PK", (OPTIONS[2],)), Party("IN")))
    assert in_words((1, 0, 1), case) == {"US": "aid: some; not: leave", "PK": "talks", "IN": ""}
    assert in_words((0, None, None), case) == {"US": "not: aid; either way: leave", "PK": "either way: talks", "IN": ""}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("US.leave", {"US.leave": 1}),
        ("not US.leave", {"US.leave": 0}),
        ("US.aid = full and not PK.talk", {"US.aid": 2, "PK.talk": 0}),
        ("US.leave and (PK.talk and US.aid = some)", {"US.leave": 1, "PK.talk": 1, "US.aid": 1}),
        ("not US.aid", {"US.aid": 0}),
        ("gone", {"US.leave": 1}),
        ("US.leave and US.leave", {"US.leave": 1}),
        ("US.leave and not US.leave", None),
        ("US.aid", None),
        ("US.aid >= some", None),
        ("US.leave or PK.talk", None),
        ("not (US.leave and PK.talk)", None),
    ],
)
def test_which_statements_are_conjunctions_of_option_values(text, expected):
    read = reader(OPTIONS, {"gone": "US.leave"})
    assert conjunction(read(text).tree, {option.key: option for option in OPTIONS}) == expected


def test_parties_options_and_demands_are_found_by_name_and_nearly_so():
    case = elmira()
    assert case.party("LG").label == "Local government"
    assert case.option("Uniroyal.delay").direction == "off"
    assert case.demand("clean").to == "Uniroyal"
    assert case.at_table == ("MoE", "Uniroyal", "LG")
    assert case.counted == ("MoE", "LG")
    assert small({"A": [], "B": []}).counted == ("A", "B")
    for find, name, message in [
        (case.party, "Lg", "no party is called 'Lg'; did you mean LG?"),
        (
            case.option,
            "Uniroyal.dela",
            "no option is called 'Uniroyal.dela'; did you mean Uniroyal.delay or Uniroyal.accept or Uniroyal.abandon?",
        ),
        (case.demand, "dirty", "no demand is called 'dirty'; known: clean"),
    ]:
        with pytest.raises(UnknownNameError) as caught:
            find(name)
        assert str(caught.value) == message
