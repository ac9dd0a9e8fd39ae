"""Answers say what they say in one way: in words, by names, in the right number, and no more than was computed."""

from fractions import Fraction

import pytest

import detente as dt
from detente.files.load import read_document
from detente.game import setting
from detente.model.edits import PayAfterSuccess
from detente.model.fixed import Fixed
from detente.questions.common import common_ground

CITY = """
title: Square
parties:
  City:
    name: The city
    options: {pay: pay the workers, clean: sweeping}
    concerns: [{want: Firm.build, core: true}, not pay, not clean or Firm.build]
  Firm:
    name: The firm
    options: {build: building}
    concerns: [{want: build if City.pay, core: true}, not build]
today: []
"""


def case_of(text: str) -> dt.Case:
    loaded = read_document(text)
    assert loaded.case is not None, loaded.faults
    return loaded.case


def blocks(result) -> dict[str, list[object]]:
    return {block.heading: list(block.lines) for block in result.summary().blocks}


def test_concerns_without_a_name_are_told_in_words_everywhere():
    case = case_of(CITY)
    found = dt.accord(case)
    told = str(found)
    assert "City.pay" not in told and "Firm.build" not in told
    assert "no ‘pay the workers’" in told and "‘building’ (core)" in told
    table = next(line for line in blocks(found)["Concern by concern"] if not isinstance(line, str))
    assert [row[1] for row in table.rows] == [
        "1 ‘building’ (core)",
        "2 no ‘pay the workers’",
        "3 no ‘sweeping’ or ‘building’",
        "1 ‘building’ if ‘pay the workers’ (core)",
        "2 no ‘building’",
    ]
    page = str(dt.analyze(case))
    assert "City.pay" not in page and "Firm.build" not in page
    assert "What The firm cannot do without (core): (‘building’ if ‘pay the workers’)." in page


def test_the_published_data_keep_statements_as_they_are_written():
    unmet = [package.unmet for package in dt.accord(case_of(CITY)).packages]
    assert {"Firm": ["not Firm.build"]} in unmet
    assert all("‘" not in label for each in unmet for labels in each.values() for label in labels)


ONE_MOVE = """
title: One move
parties:
  A: {options: {go: going}, concerns: [CONCERN]}
  B: {options: {stay: staying}, concerns: [OTHER]}
today: []
accommodate: [A]
"""


@pytest.mark.parametrize(
    ("concern", "other", "how"),
    [
        ("go", "not stay", "which improves whoever makes it and leaves nobody at the table below today"),
        ("go", "not A.go", "which improves whoever makes it, though it leaves somebody at the table below today"),
    ],
)
def test_one_move_is_said_of_one(concern: str, other: str, how: str):
    told = str(dt.accord(case_of(ONE_MOVE.replace("CONCERN", concern).replace("OTHER", other))))
    assert f"✓ reachable from today in 1 move, {how}." in " ".join(told.split())
    assert "each improving" not in told


def test_one_move_that_improves_nobody_is_said_of_one():
    case = case_of(ONE_MOVE.replace("CONCERN", "").replace("OTHER", "A.go"))
    told = " ".join(str(dt.accord(case)).split())
    assert "reachable from today in 1 move, which the rules allow, though it does not improve whoever makes it." in told


def test_tables_of_approaches_name_parties_whatever_the_length_of_their_names():
    heads = dt.approaches(dt.read("copenhagen-2009")).table().columns
    assert heads == (
        "approach",
        "stable outcomes",
        "meeting United States core",
        "meeting China (with India) core",
        "meeting both",
    )


def test_with_many_parties_the_table_stands_the_other_way_round():
    parties = "".join(
        f"  P{n}: {{name: Party {n}, options: {{o: option {n}}}, concerns: [{{want: o, core: true}}]}}\n"
        for n in range(5)
    )
    table = dt.approaches(case_of(f"title: Many\nparties:\n{parties}")).table()
    assert table.columns == ("", "as things stand")
    assert table.rows[0] == ("stable outcomes", "1") and table.rows[1] == ("meeting Party 0 core", "1")
    assert table.rows[-1] == ("meeting all", "1")


def test_packages_name_approaches_as_they_are_called():
    told = " ".join(str(dt.accord(dt.read("camp-david-1978"))).split())
    assert "treaty" not in told
    assert "can be delivered, hold and can be reached: 1 under ‘land for peace’ and 1 as things stand." in told


WATER = """
title: Water
parties:
  Up: {options: {dam: the dam, open: open gates}, concerns: [not open]}
  Down: {options: {pump: pumps}, concerns: [{want: Up.open or pump, name: water}, not pump]}
rules: [{that: not (Up.open and Up.dam), because: open gates empty the dam}]
today: [Up.dam]
demands:
  - {id: water, from: Down, to: Up, that: Up.open}
  - {id: dam, from: Down, to: Up, that: Up.dam}
"""


def test_a_demand_and_a_concern_of_one_name_are_told_apart():
    clash = dt.demands(case_of(WATER)).contradictory[0]
    texts = [repair.text for repair in clash.repairs]
    assert all("that brings" not in text for text in texts)
    for text in texts:
        if text.startswith("instead of"):
            assert text.startswith("instead of the demand ‘water’") and "Down's concern ‘water’" in text


@pytest.mark.parametrize("name", ["us-pakistan-2018", "camp-david-1978", "aid-for-effort"])
def test_demands_speak_of_states(name: str):
    assert "outcome" not in str(dt.demands(dt.read(name)))


def test_shares_are_said_in_one_manner():
    case = case_of("""
title: Shares
parties: {A: {options: {a: going}, concerns: []}, B: {concerns: []}, C: {concerns: []}}
needs:
  - {party: A, needs: water, from: B, loss without: 1, substitutes: [{from: C, loss: 0.5}]}
""")
    found = dt.needs(case)
    assert found.shares is not None and found.alone is not None
    told = " ".join(str(found).split())
    for shares in (found.shares, found.alone):
        for share in (share for share in shares.values() if share):
            whole, rest = divmod(share, 1)
            assert " ".join(str(part) for part in (whole, rest) if part) in told
    assert "0.5 " not in told.partition("they get of the deals")[2]
    assert found.alone["A"] == Fraction(1, 2) and "A 1/2, B 1/2 and C nothing" in told


def test_an_effort_that_pays_already_needs_no_repair():
    case = dt.read("aid-for-effort")
    assert "repairs" in dt.payments(case).data()["payments"][0]
    paying = case.edit(PayAfterSuccess(0, Fraction(10)))
    data = dt.payments(paying).data()["payments"][0]
    assert data["worthwhile"] and "repairs" not in data
    assert dt.verify(paying, dt.payments(paying)).accepted
    data["repairs"] = dt.payments(case).data()["payments"][0]["repairs"]
    assert not dt.verify(paying, dt.payments(paying).data() | {"payments": [data]}).accepted


def test_a_package_that_is_worse_for_all_than_another_state_says_so():
    told = " ".join(str(dt.accord(dt.read("prisoners-dilemma"))).split())
    assert (
        "YY would be better for First player and Second player and worse for nobody (First player starts ‘Cooperate’; "
        "Second player starts ‘Cooperate’): this is not Pareto-efficient."
    ) in told


def test_parties_that_want_opposites_part_however_that_is_written():
    case = dt.read("matching-pennies")
    found = common_ground(setting(case))
    assert [(each.wants.id != each.against.id) for each in found.partings] == [True]
    assert "Nothing that one of them wants" not in str(dt.analyze(case))


def test_a_rule_that_cannot_be_read_hides_no_fault_of_a_ranking():
    text = """
title: Faults
parties:
  A: {options: {x: X, y: Y}, ranking: [YYN, NNN, YNN, NN-]}
  B: {options: {z: Z}, concerns: [z]}
rules:
  - not (A.x and
  - not (A.x and A.y)
"""
    from detente.questions.check import state_faults

    loaded = read_document(text)
    assert loaded.case is None and loaded.loose is not None and len(loaded.errors) == 1
    found = [fault.what for _, fault in state_faults(loaded.case, loaded.loose)]
    assert found == ["the state 'YYN' is not possible", "the state 'NN-' is ranked twice"]


def test_what_an_answer_keeps_cannot_be_changed():
    found = dt.accord(dt.read("us-pakistan-2018"))
    best = found.best[0]
    parties = (best.worse_off, best.would_leave, best.leaving, best.better_off, best.goodwill)
    assert all(isinstance(each, tuple) for each in (*parties, best.demands, best.certificates))
    assert isinstance(best.unmet_concerns, Fixed) and all(isinstance(x, tuple) for x in best.unmet_concerns.values())
    assert all(isinstance(packages, tuple) for packages in found.obstacles.values())
    apart = dt.compare(dt.read("elmira"), dt.read("elmira/twelve-states"))
    assert isinstance(apart.differences, tuple) and all(isinstance(each, tuple) for each in apart.clashes)


def test_a_reason_by_weights_says_by_how_much():
    told = " ".join(str(dt.accord(dt.read("camp-david-1978"))).split())
    assert "Israel stops ‘return of Sinai’, and gains by its weights (100 instead of 65)." in told


def test_a_case_compared_with_itself_is_told_in_a_sentence():
    told = " ".join(str(dt.compare(dt.read("elmira"), dt.read("elmira"))).split())
    assert "Nothing differs: both are the same case, under the same approach." in told
    assert "WHAT HOLDS" not in told and dt.compare(dt.read("elmira"), dt.read("elmira")).differences == ()


def test_check_tells_rules_without_a_name_in_words():
    found = dt.check("milk-river")
    assert found.rules[0].label == "at most 1 of (IJC.reject, IJC.task-force)"
    table = next(line for line in blocks(found)["Rules"] if not isinstance(line, str))
    assert table.rows[0][0] == "at most 1 of ‘Reject the petition’ and ‘Form a task force’"
