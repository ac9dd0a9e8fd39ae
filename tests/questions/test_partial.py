"""A package the analyst names: its verdicts over all completions, and what spoils them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import DetenteError
from detente.questions.check import read
from detente.questions.partial import partial
from detente.questions.verdicts import Judge
from detente.questions.verify import verify


@pytest.fixture(scope="module")
def case():
    return read("us-pakistan-2018")


@given(st.lists(st.sampled_from("YN-----"), min_size=12, max_size=12), st.sampled_from(["none", "cooperative"]))
def test_shares_count_the_completions(text, approach):
    case = read("us-pakistan-2018")
    word = "".join(text)
    if word.count("-") > 6 or (word[4] == "Y" and word[10] == "Y"):
        return
    found = partial(case, word, approach)
    judge = Judge(found.setting)
    states = found.setting.states(word).first()
    holding = [state for state in states if judge.verdicts(state).holds]
    accommodating = [state for state in states if judge.verdicts(state).accommodates]
    shares = {share.verdict: share for share in found.shares}
    assert (shares["holds"].passes, shares["holds"].of) == (len(holding), len(states))
    assert shares["accommodates"].passes == len(accommodating)
    for share in found.shares:
        assert share.how_often == (
            "not asked"
            if not share.of
            else "always"
            if share.passes == share.of
            else "sometimes"
            if share.passes
            else "never"
        )
        assert bool(share.spoiling) == (share.passes < share.of)
        if share.spoiling:
            spoiled = judge.verdicts(found.setting.state(share.spoiling))
            assert share.verdict in spoiled.failed
    fewest = min(len(judge.verdicts(state).failed) for state in states)
    assert len(found.best.verdicts.failed) == fewest


def test_the_best_completion_is_certified(case):
    found = partial(case, "YNY-NYYNYYYY", "cooperative")
    assert found.best.state == "YNYYNYYNYYYY" and not found.passes
    assert "sometimes" in str(found) and "spoiled by" in str(found)
    assert verify(case, found).accepted


def test_a_full_package_always_or_never_passes(case):
    found = partial(case, "YNYYNYYNYYYY", "cooperative")
    assert found.passes and {share.how_often for share in found.shares} == {"always", "not asked"}


def test_a_package_that_is_not_possible_is_refused(case):
    with pytest.raises(DetenteError, match="not possible"):
        partial(case, "YNYYYYYNYYYY")
