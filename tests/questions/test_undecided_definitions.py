"""Where it is not decided under a definition whether a state is an equilibrium, everything else is answered."""

import json
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import pytest
from bargains import bargains
from hypothesis import given, settings
from hypothesis import strategies as st

from detente import game, progress
from detente.engine.aside import REST, Aside
from detente.engine.interface import Definition
from detente.errors import TooLargeError
from detente.files.load import load
from detente.game import Setting
from detente.model.case import Case
from detente.questions.accord import accord
from detente.questions.definitions import equilibrium_under
from detente.questions.verdicts import Judge
from detente.questions.verify import verify

OPEN = ("SEQ", "SSEQ")
do = Aside.do


def refuse(self: Aside, what: str, work: Callable[[], Any], purse: str = REST) -> Any:
    """Decide under SEQ and SSEQ nothing, neither of all states nor of one."""
    if what.split()[-1] in OPEN:
        raise TooLargeError(f"{what} could not be decided: time limit 0 s")
    return do(self, what, work, purse)


@settings(max_examples=60)
@given(bargains(), st.sets(st.sampled_from(list(Definition)[1:])))
def test_what_is_decided_is_true_and_what_is_not_is_said(case: Case, refused: set[Definition]) -> None:
    about = game.setting(case)
    holds = Setting.holds

    def some(self: Setting, state: int, definition: Definition) -> bool:
        if definition in refused:
            raise TooLargeError("time limit 0 s")
        return holds(self, state, definition)

    for state in about.game.feasible():
        right = tuple(d.value for d in Definition if state in about.equilibria(d))
        assert equilibrium_under(about, state) == (right, ())
        whole = Judge(about).verdicts(state)
        with patch.object(Setting, "holds", some):
            held, undecided = equilibrium_under(about, state)
            found = Judge.__wrapped__(about).verdicts(state)
        assert set(undecided) <= {d.value for d in refused}
        assert held == tuple(name for name in right if name not in undecided)
        assert not undecided or "Nash" not in right
        assert (found.definitions, found.undecided, found.holds) == (held, undecided, whole.holds)
        assert found.failed == whole.failed and found.open == whole.open
        assert found.grade == whole.grade or (found.grade == "not decided" and undecided and not whole.holds)


def test_accord_goes_on_where_single_definitions_stay_open() -> None:
    case = load("us-pakistan-2018").case
    known = accord(case, engine="symbolic").data()["packages"]
    game._setting.cache_clear()
    with patch.object(Aside, "do", refuse):
        found = accord(case, engine="symbolic")
        told, text = json.loads(found.render("json")), found.render("text", 200)
    game._setting.cache_clear()
    assert told["packages"] and "undecided" not in told
    by_place = {(each["state"], each["approach"]): each for each in known}
    beside = 0
    for package in told["packages"]:
        verdicts = package["verdicts"]
        assert ("undecided" in verdicts) is (verdicts["grade"] != "by itself")
        if verdicts["grade"] == "by itself":
            assert verdicts["holds"] == ["Nash", "GMR", "SMR", "SEQ", "SSEQ"]
            assert package == by_place[package["state"], package["approach"]]
        elif set(verdicts["undecided"]) == set(OPEN):
            beside += 1
            assert not set(OPEN) & set(verdicts["holds"]) and verdicts["grade"] in ("at the table", "not decided")
    assert beside
    assert "not decided" in text
    refused = [each for each in verify(case, told).findings if each.outcome == "refused"]
    assert [each for each in refused if each.claim.startswith("package")] == []


@pytest.mark.parametrize(
    ("holds", "undecided", "grade"),
    [([], ["SSEQ", "SEQ"], "not decided"), ([], [], None), (["GMR"], ["SEQ", "SSEQ"], "only by fear")],
)
def test_verify_refuses_what_does_not_fit_what_is_undecided(
    holds: list[str], undecided: list[str], grade: str | None
) -> None:
    case = load("us-pakistan-2018").case
    game._setting.cache_clear()
    with patch.object(Aside, "do", refuse):
        told = json.loads(accord(case, engine="symbolic").render("json"))
    game._setting.cache_clear()
    package = next(p for p in told["packages"] if "undecided" in p["verdicts"])
    package["verdicts"] |= {"holds": holds, "undecided": undecided, "grade": grade}
    assert any(each.outcome == "refused" for each in verify(case, told).findings)


def test_an_interruption_leaves_off_at_once() -> None:
    about = game.setting(load("us-pakistan-2018").case)
    asked: list[Definition] = []

    def interrupted(self: Setting, state: int, definition: Definition) -> bool:
        asked.append(definition)
        if definition is Definition.NASH:
            return False
        progress.end()
        raise TooLargeError("interrupted")

    with progress.keeping(), patch.object(Setting, "holds", interrupted), pytest.raises(TooLargeError):
        equilibrium_under(about, about.game.feasible().first(1)[0])
    assert asked == [Definition.NASH, Definition.GMR]
