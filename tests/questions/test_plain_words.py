"""Sentences that say what is so: who has no move, from which today a package is told, and whom to ask for what."""

from pathlib import Path

import detente as dt
from detente.questions.nearest_words import movers

DAM = """
title: A dam
parties:
  Up: {options: {build: {name: build, direction: on}}, concerns: [{want: build, core: true}]}
  Down: {options: {threat: threaten}, concerns: [not threat]}
  Militia: {options: {raid: raid the works}, concerns: [not raid]}
  Bank: {options: {loan: lend}, concerns: [not loan]}
rules: [Bank.loan if Up.build]
table: [Up, Down]
accommodate: [Up, Down]
today: [Up.build, Bank.loan]
"""
AID = """
title: Aid for reform
parties:
  Donor: {options: {aid: give aid}, concerns: [{want: State.reform, core: true}, not aid]}
  State:
    options: {reform: reform the courts, arrest: arrest critics, truce: offer a truce}
    concerns: [{want: Donor.aid, core: true}, arrest, not reform]
  Rebels: {options: {talk: join talks}, concerns: [not State.arrest, talk iff State.truce]}
rules: [not (State.arrest and Rebels.talk)]
table: [Donor, State]
today: [Donor.aid, State.arrest]
demands: [{id: talks, from: Donor, to: State, that: Rebels.talk}]
approaches: {contract: {contracts: [{by: Donor, with: Donor.aid, iff: State.reform}]}}
"""
REBELS = """
title: Aid for reform, with attacks
parties:
  Donor: {options: {aid: give aid}, concerns: [{want: State.reform, core: true}, not State.arrest, not aid]}
  State:
    options: {reform: reform the courts, arrest: arrest critics, truce: offer a truce}
    concerns: [{want: Donor.aid, core: true}, {want: not Rebels.attack, core: true}, arrest, not reform, not truce]
  Rebels:
    options: {attack: attack, talk: join talks}
    concerns: [talk iff State.truce, not attack if State.truce, attack]
rules: [not (Rebels.attack and Rebels.talk), not (State.arrest and Rebels.talk)]
today: [Donor.aid, State.arrest, Rebels.attack]
table: [Donor, State]
"""
STRIKE = """
title: A strike
parties:
  Union:
    options: {strike: {name: strike, levels: [none, slowdown, full]}}
    concerns: [strike = none, not Firm.lockout]
  Firm:
    options: {wage: {name: raise offered, levels: [none, half, full]}, lockout: lock the gates}
    concerns: [Union.strike = none, not lockout]
rules: [Firm.lockout if (Union.strike = full and Firm.wage = none)]
today: {Union.strike: slowdown}
demands: [{id: lockup, from: Firm, to: Union, that: Union.strike = full}]
"""


def read(folder: Path, text: str) -> dt.Case:
    path = folder / "case.yaml"
    path.write_text(text, encoding="utf-8")
    return dt.read(path)


def words(answer: dt.Result) -> str:
    """Return what an answer says, on one line."""
    return " ".join(str(answer).split())


def test_who_has_no_move_is_not_said_to_lose_by_moving(tmp_path: Path) -> None:
    """The bank cannot withdraw its loan while the dam stands, though it would like to."""
    told = words(dt.accord(read(tmp_path, DAM)))
    assert "✓ deliverable: Militia, outside the table, would lose by moving away from it; Bank has no move" in told


def test_a_package_under_contracts_says_from_which_today_it_is_told(tmp_path: Path) -> None:
    """The aid that is given today is not earned, so the contract ends it; without that word ‘starts’ would mislead."""
    told = words(dt.accord(read(tmp_path, AID)))
    assert "under the approach ‘contract’ Donor starts ‘give aid’" in told
    assert "‘Today’ means today once the contracts bind: Donor stops ‘give aid’." in told


def test_what_stands_in_the_way_today_is_asked_for_too(tmp_path: Path) -> None:
    """Nobody can join talks while the arrests go on: State must be asked to end them."""
    told = words(dt.demands(read(tmp_path, AID)))
    assert "Ask for it in parts: State for no ‘arrest critics’ and Rebels for ‘join talks’." in told


def test_a_demand_is_never_split_into_itself(tmp_path: Path) -> None:
    told = words(dt.demands(read(tmp_path, STRIKE)))
    assert "Ask for it in parts: Union for ‘strike’ at full and Firm for ‘raise offered’ at half." in told


def test_what_is_unwanted_is_done_without(tmp_path: Path) -> None:
    told = words(dt.analyze(read(tmp_path, STRIKE)))
    assert "rather be without ‘lock the gates’, other things equal" in told
    assert "rather have no" not in told


def test_changes_of_the_same_parties_stand_in_one_group(tmp_path: Path) -> None:
    """Whoever is edited first, State by a contract or Donor by its clout, they are named in the order of the case."""
    case = read(tmp_path, REBELS)
    groups = [frozenset(group) for group in dt.change(case, limit=20).by_movers]
    assert len(groups) == len(set(groups))
    assert any(movers(case, change.edits) != change.movers for change in dt.change(case, limit=20).changes)
