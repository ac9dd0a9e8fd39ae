"""A faulty ``.gmcr`` file is refused with all its faults, their places and what to do."""

import json
from typing import Any

import pytest
from gmcr_fishery import FISHERY
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import CaseError, DetenteError
from detente.files.gmcr import read_gmcr
from detente.files.load import read_document
from detente.model.document import document

FAULTY: list[tuple[Any, str]] = [
    ("", "not JSON"),
    ("{", "not JSON"),
    ("[" * 100_000, "too deeply nested"),
    ('{"options": ' + "9" * 10_000 + "}", "too long a number"),
    ([], "the file holds a list"),
    ({}, "options: missing"),
    ({"options": {}}, "options: an object instead of a list"),
    ({"options": []}, "options: there are none"),
    ({"options": [7]}, "options[0]: a number instead of an option"),
    ({"options": [{"name": "  "}]}, "options[0].name: missing"),
    ({"options": [{"name": "\ud800"}]}, "options[0].name: missing, or not a text that can be written"),
    ({"options": [{"name": "a", "permittedDirection": "up"}]}, "'up' is not a direction; write both, fwd or back"),
    ({"decisionMakers": [[]]}, "decisionMakers[0]: a list instead of a decision maker"),
    ({"decisionMakers": []}, "options[0]: 'Close the bay' belongs to no decision maker"),
    ({"infeasibles": [[[0, "Y"]], [[0, "N"]]]}, "the infeasibles leave no state"),
    ({"infeasibles": [[]]}, "the infeasibles leave no state"),
    ({"infeasibles": [[[0, "Y"], [0, "N"]]]}, "infeasibles[0][1]: option 0 is both Y and N in one pattern"),
    ({"infeasibles": [[[3, "Y"]]]}, "infeasibles[0][0]: 3 is not the number of an option; write one from 0 to 2"),
    ({"infeasibles": [[[True, "Y"]]]}, "infeasibles[0][0]: True is not the number of an option"),
    ({"infeasibles": [[["a", "b", "c"]]]}, "infeasibles[0][0]: ['a', 'b', 'c'] is not an option's number with Y or N"),
    ({"infeasibles": [{"members": []}]}, "infeasibles[0]: an object that is not compound"),
    ({"infeasibles": ["YN-"]}, "infeasibles[0]: a text instead of a pattern"),
    ({"useManualPreferenceRanking": "yes"}, "useManualPreferenceRanking: a text instead of true or false"),
    ({"useManualPreferenceRanking": True}, "decisionMakers[0].preferenceRanking: missing"),
]


@pytest.mark.parametrize(("data", "fault"), FAULTY)
def test_a_faulty_file_is_refused_with_place_and_remedy(data: Any, fault: str) -> None:
    text = data if isinstance(data, str) else json.dumps(FISHERY | data if data else data)
    with pytest.raises(CaseError) as refused:
        read_gmcr(text, "bad.gmcr")
    assert fault in str(refused.value)
    assert all(line.startswith("bad.gmcr:") for line in str(refused.value).splitlines())


def test_all_faults_come_at_once() -> None:
    makers = [
        {"name": "A", "options": [0, 1, 9], "preferences": [[[0, "X"]]]},
        {"name": "B", "options": [1, 2], "preferences": 4},
    ]
    with pytest.raises(CaseError) as refused:
        read_gmcr(json.dumps(FISHERY | {"decisionMakers": makers}), "bad.gmcr")
    assert str(refused.value).splitlines() == [
        "bad.gmcr: decisionMakers[0].options[2]: 9 is not the number of an option; write one from 0 to 2",
        "bad.gmcr: decisionMakers[0].preferences[0][0]: [0, 'X'] is not an option's number with Y or N; "
        'write one such as [0, "Y"]',
        "bad.gmcr: decisionMakers[1].preferences: a number instead of a list; write a list, [] for none",
        "bad.gmcr: options[1]: 'Pay for boats' is shared by A and B; "
        "an option belongs to one party here; split it into one for each",
    ]


def test_a_ranking_numbers_every_state_once() -> None:
    makers = [
        FISHERY["decisionMakers"][0] | {"preferenceRanking": [1, [2, 2], 7]},
        FISHERY["decisionMakers"][1] | {"preferenceRanking": [1, 2, 3, 4, 5, 6, "7"]},
    ]
    saved = FISHERY | {"decisionMakers": makers, "useManualPreferenceRanking": True}
    with pytest.raises(
        CaseError, match=r"decisionMakers\[1\]\.preferenceRanking\[6\]: '7' is not the number of a state"
    ):
        read_gmcr(json.dumps(saved))
    makers[1]["preferenceRanking"].pop()
    with pytest.raises(CaseError) as refused:
        read_gmcr(json.dumps(saved))
    assert [fault.what for fault in refused.value.faults] == [
        "the ranking of 'Ministry of Fisheries' names states that are not there: 7",
        "the ranking of 'Ministry of Fisheries' leaves out states: 3, 4, 5, 6",
        "the ranking of 'Ministry of Fisheries' repeats states: 2",
    ]


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-2, 4), st.floats(), st.sampled_from(["Y", "N", "fwd", ""])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["name", "options", "preferences", "compound", "members"]), inner, max_size=3),
    ),
    max_leaves=8,
)
KEYS = ["options", "decisionMakers", "infeasibles", "coalitions", "useManualPreferenceRanking", "title"]


@given(st.dictionaries(st.sampled_from(KEYS), JSON), st.booleans())
def test_nothing_but_a_case_or_its_faults_comes_out(data: dict[str, Any], complete: bool) -> None:
    try:
        case, _ = read_gmcr(json.dumps(FISHERY | data if complete else data))
    except DetenteError:
        return
    assert case.parties
    assert read_document(json.dumps(document(case)), "imported.json").errors == ()
