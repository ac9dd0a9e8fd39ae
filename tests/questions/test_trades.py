"""What can be traded on graded issues: compromises, exchanges and whom they hurt, what two settle, what is missing."""

import json
from dataclasses import replace
from fractions import Fraction

import pytest

from detente.errors import UnknownNameError
from detente.files.load import read_document
from detente.model.document import document
from detente.questions.check import read
from detente.questions.trades import trades

F = Fraction
TWO = """
title: Water
parties:
  Dam: {options: [release], concerns: [release]}
  Farm: {name: The farms, options: [pay], concerns: [Dam.release]}
sources: {minutes: "Minutes, invented"}
issues:
  price: {positions: {Dam: 80, Farm: 10}, salience: {Dam: 0.5, Farm: 0.9}, clout: {Dam: 1, Farm: 0.5}, source: minutes}
  volume: {positions: {Farm: 90, Dam: 20}, salience: {Dam: 0.8, Farm: 0.3}, standing: judgement}
"""
# Stokman (2015), ASONAM: 770-778, the two issues of the best exchange; without Russia, which takes no part in them.
NAMES = ["USA", "EU", "Australia", "Canada", "Japan", "China", "Brazil", "LDCs", "Developing", "AOSIS"]
CLOUT = [".260", ".156", ".026", ".039", ".052", ".247", ".026", ".078", ".026", ".078"]
CELLS = {
    "commitments": "10/.80 20/.20 20/.40 10/.40 20/.20 85/.70 70/.30 90/.85 70/.30 90/.85",
    "extra": "10/.60 50/.40 25/.40 25/.40 40/.40 90/.85 70/.60 100/.95 80/.80 100/.95",
}


def case(text):
    loaded = read_document(text)
    assert loaded.case is not None and not loaded.errors, loaded.faults
    return loaded.case


def copenhagen(extra=""):
    parties = "".join(f"  {name}: {{options: [act], concerns: []}}\n" for name in NAMES)
    issues = ""
    for issue, cells in CELLS.items():
        pairs = [cell.split("/") for cell in cells.split()]
        rows = {
            "positions": [x for x, _ in pairs],
            "salience": [f"0{s}" for _, s in pairs],
            "clout": [f"0{c}" for c in CLOUT],
        }
        issues += f"  {issue}:\n"
        for key, row in rows.items():
            issues += f"    {key}: {{{', '.join(f'{n}: {v}' for n, v in zip(NAMES, row, strict=True))}}}\n"
    return case(f"title: Copenhagen\nparties:\n{parties}{extra}issues:\n{issues}")


def test_the_best_exchange_of_copenhagen_and_who_loses_by_it():
    found = trades(copenhagen())
    (best, *_) = found.listed
    data = found.data()["exchanges"]["listed"][0]
    assert data["concessions"] == [
        {"party": "USA", "issue": "extra", "from": 10, "to": 90,
         "outcome from": pytest.approx(64.6207, abs=1e-4), "outcome to": pytest.approx(83.5369, abs=1e-4)},
        {"party": "China", "issue": "commitments", "from": 85, "to": pytest.approx(21.8937, abs=1e-4),
         "outcome from": pytest.approx(51.9499, abs=1e-4), "outcome to": pytest.approx(33.6642, abs=1e-4)},
    ]  # fmt: skip
    assert f"{float(best.gain):.6f}" == "3.278818"
    assert data["losers"] == ["Brazil", "EU", "Japan", "Australia", "Canada"]
    assert data["effects"]["Brazil"] == pytest.approx(-10.380, abs=5e-4)
    assert sum(found.by_party(best.effects).values()) == best.sum
    text = str(found)
    assert "On ‘extra’ USA from 10 to 90, on ‘commitments’ China from 85 to 21.89: that brings" in " ".join(
        text.split()
    )
    assert "Others lose: Brazil (10.38), EU (3.909)" in " ".join(text.split())
    assert "All together lose 3.302: good for the two, bad for the table as a whole." in " ".join(text.split())
    assert "an exchange needs a contract, or trust" in text


def test_many_parties_and_nobody_singled_out_leave_nothing_for_two():
    found = trades(copenhagen())
    assert found.two is None
    assert found.not_applicable == {
        "two parties": "10 parties take part, and the case does not count just two of them under ‘accommodate’"
    }
    two = trades(copenhagen("accommodate: [USA, China]\n"))
    assert two.two.parties == ("USA", "China")
    assert "As if they could settle alone: EU, Australia" in " ".join(str(two).split())


def test_compromises_say_who_is_how_far():
    found = trades(case(TWO))
    price, volume = found.issues
    assert price.compromise == F(80 * F(1, 2) + 10 * F(9, 20), F(19, 20))
    assert price.distance("Dam") == 80 - price.compromise
    assert (price.clout_from, volume.clout_from) == ("given", "equal")
    assert volume.compromise == F(20 * 8 + 90 * 3, 11) and volume.middle == (20, 20)
    text = " ".join(str(found).split())
    assert "‘price’ (minutes): the compromise is 46.84; the median is 80." in text
    assert "Dam 80 0.5 1 33.16 The farms 10 0.9 0.5 36.84" in text
    assert "The case gives no clout on ‘volume’: there all parties count alike" in text
    assert "The numbers of ‘volume’ are judgements." in text


def test_two_parties_settle_by_adjusted_winner_and_bargaining_points():
    found = trades(case(TWO))
    two = found.two
    assert two.points[0] == (F(500, 13), F(800, 13)) and two.points[1] == (75, 25)
    assert two.division.before == (F(800, 13), 75) and two.division.giver == 1
    totals = two.division.totals
    assert totals[0] == totals[1] > 60
    share = two.division.shares[0]
    assert two.levels == (share * 80 + (1 - share) * 10, 20)
    points = {point.name: point for point in two.bargains}
    assert list(points) == ["Nash", "Kalai–Smorodinsky", "egalitarian", "utilitarian"]
    assert points["egalitarian"].gains[0] == points["egalitarian"].gains[1]
    for point in [*two.bargains, two]:
        gains, levels = (point.gains, point.levels) if point is not two else (two.division_gains, two.levels)
        for place, party in enumerate(two.parties):
            told = sum(
                each.salience[party] * (each.distance(party) - abs(each.positions[party] - level))
                for each, level in zip(two.issues, levels, strict=True)
            )
            assert told == gains[place]
    sums = points["utilitarian"]
    assert sums.gains[0] == 0 and sums.levels[1] == 20, "at 10 and 20 the sum is greater still, and Dam below nothing"
    assert two.division_gains[0] < points["Nash"].gains[0] or two.division_gains[1] < points["Nash"].gains[1]


def test_the_exchange_of_two_ends_where_the_egalitarian_point_is():
    found = trades(case(TWO))
    fair = next(point for point in found.two.bargains if point.name == "egalitarian")
    assert found.turns.outcomes == fair.levels and found.turns.effects == fair.gains


@pytest.mark.parametrize("points", [((35, 55), (10, 5), (20, 10), (10, 5), (5, 20), (20, 5))])
def test_salience_alone_makes_the_points_where_positions_are_opposite(points):
    """Camp David, Brams & Togman (1996): with positions 0 and 100 the points are the saliences."""
    lines = "".join(
        f"  i{n}: {{positions: {{I: 100, E: 0}}, salience: {{I: {a / 100}, E: {b / 100}}}}}\n"
        for n, (a, b) in enumerate(points)
    )
    parties = "{I: {options: [a], concerns: []}, E: {options: [b], concerns: []}}"
    found = trades(case(f"title: Camp David\nparties: {parties}\nissues:\n{lines}"))
    assert found.two.points == tuple(zip(*points, strict=True))
    assert found.two.division.totals == (F(395, 6), F(395, 6))
    assert "I 1/6, E 5/6" in str(found)
    assert found.data()["two parties"]["adjusted winner"]["issues"][0]["share"] == "1/6"


def test_issues_that_weigh_alike_are_told():
    text = TWO.replace("Dam: 0.5, Farm: 0.9", "Dam: 0.5, Farm: 0.5").replace(
        "Dam: 0.8, Farm: 0.3", "Dam: 0.5, Farm: 0.5"
    )
    found = trades(case(text))
    assert "Both weigh ‘price’ and ‘volume’ alike" in str(found)
    assert found.exchanges == () and found.candidates == 1
    assert "weigh the two issues alike" in found.not_applicable["exchange"]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("salience: {Dam: 0.5, Farm: 0.9}", "salience: {Dam: 0.5}", "the case does not give the salience of The farms"),
        ("clout: {Dam: 1, Farm: 0.5}", "clout: {Dam: 1}", "the case does not give the clout of The farms"),
        ("salience: {Dam: 0.5, Farm: 0.9}, clout: {Dam: 1, Farm: 0.5}", "clout: {Farm: 0.5}",
         "the case does not give the salience of Dam and The farms and the clout of Dam"),
        ("salience: {Dam: 0.5, Farm: 0.9}", "salience: {Dam: 0, Farm: 0}",
         "nobody who takes part has both clout and salience above 0"),
        ("positions: {Dam: 80, Farm: 10}", "positions: {}", "the case gives no positions"),
    ],
)  # fmt: skip
def test_what_is_missing_is_named_and_nothing_made_up(old, new, why):
    assert old in TWO
    found = trades(case(TWO.replace(old, new)))
    price = found.issues[0]
    assert price.compromise is None and price.missing == why
    assert f"‘price’ (minutes) is not decided: {why}." in " ".join(str(found).split())
    assert found.not_applicable["exchange"] == "only 1 issue is decided, and an exchange needs two"
    data = found.data()
    assert data["issues"][0]["compromise"] is None and data["issues"][0]["undecided"] == why
    assert [row["compromise"] for row in found.rows() if row["issue"] == "price"] == [None] * len(price.positions)


def test_without_clout_two_can_still_divide_but_not_compare_with_compromises():
    found = trades(case(TWO.replace("clout: {Dam: 1, Farm: 0.5}", "clout: {Dam: 1}")))
    assert found.two.division.totals[0] > 50 and found.two.division_gains is None and found.two.bargains == ()
    assert "not all of these are decided" in str(found)


def test_a_weight_without_a_position_is_told_and_does_not_count():
    found = trades(case(TWO.replace("positions: {Dam: 80, Farm: 10}", "positions: {Dam: 80}")))
    assert found.issues[0].idle == ("Farm",) and found.issues[0].compromise == 80
    assert "A weight but no position there, and so no part in it: The farms." in " ".join(str(found).split())


def test_one_side_only_leaves_nothing_to_trade():
    found = trades(case(TWO.replace("Dam: 80, Farm: 10", "Dam: 80").replace("Farm: 90, Dam: 20", "Dam: 20")))
    assert found.not_applicable == {
        "exchange": "no two parties stand on opposite sides of two compromises",
        "two parties": "only Dam takes a position",
    }
    same = trades(
        case(TWO.replace("Dam: 80, Farm: 10", "Dam: 80, Farm: 80").replace("Farm: 90, Dam: 20", "Dam: 5, Farm: 5"))
    )
    assert "no issue on which they stand apart" in same.not_applicable["two parties"]


def test_a_case_without_issues_says_what_to_write():
    found = trades(read("us-pakistan-2018"))
    assert "The case lists no graded issues: write under ‘issues’" in str(found)
    assert found.data()["issues"] == [] and found.rows() == []
    assert set(found.not_applicable) == {"compromise", "exchange", "two parties"}


CLOUTED = (
    TWO
    + """
today: [Dam.release]
clout:
  - {of: Dam, over: Farm, on: Farm.pay, strength: strong}
  - {of: Dam, over: Farm, on: Farm.pay, strength: weak}
  - {of: Farm, over: Dam, on: Dam.release, strength: weak, while: not Farm.pay}
  - {of: Town, over: Dam, on: Dam.release, strength: weak, while: Farm.pay}
  - {of: Dam, over: Town, on: Town.fine, strength: weak}
  - {of: Town, over: Farm, on: Farm.pay, strength: weak}
"""
)
CLOUTED = CLOUTED.replace("sources:", "  Town: {options: [fine], concerns: []}\nsources:")


def test_influence_is_an_optional_source_of_clout():
    clouted = case(CLOUTED)
    plain, worked = trades(clouted), trades(clouted, influence=True)
    assert [each.clout_from for each in plain.issues] == ["given", "equal"]
    assert [each.clout_from for each in worked.issues] == ["given", "influence"]
    # by hand: direct Dam-Farm 2, Farm-Dam 1, Dam-Town 1, Town-Farm 1; Town over Dam only while the farms pay.
    # with what goes through one other: Dam 1, 3, 1; Farm 1, 1, 1; Town 1, 1, 0.
    raw = {"Dam": F(3) * F(4, 6), "Farm": F(1) * F(2, 6), "Town": F(2) * F(2, 4)}
    scale = 3 / sum(raw.values())
    assert worked.issues[1].clout == {id: raw[id] * scale for id in ("Dam", "Farm")}
    assert worked.issues[0].clout == plain.issues[0].clout, "what the case gives stands"
    assert "worked out from who has clout over whom" in " ".join(str(worked).split())
    assert worked.data()["issues"][1]["clout"] == "influence"
    nobody = trades(case(TWO), influence=True)
    assert (
        nobody.issues[1].clout_from == "equal"
        and "nobody in the case influences anybody" in nobody.not_applicable["influence"]
    )


def test_a_condition_that_cannot_be_judged_gives_no_clout():
    unknown = replace(case(CLOUTED), today=None)
    always = [each for each in unknown.clout if each.condition is None]
    found, less = trades(unknown, influence=True), trades(replace(unknown, clout=tuple(always)), influence=True)
    assert found.issues[1].clout == less.issues[1].clout


def test_the_limit_cuts_the_list_and_tells_ties():
    text = TWO + "  term: {positions: {Dam: 20, Farm: 90}, salience: {Dam: 0.8, Farm: 0.3}}\n"
    found = trades(case(text), limit=1)
    assert len(found.exchanges) == 2 and len(found.listed) == 1
    assert "1 more exchange would bring its partners as much as the last one listed." in " ".join(str(found).split())
    assert "1 time several were equally good" in str(found)
    data = found.data()["exchanges"]
    assert data["open"] == 2 and len(data["listed"]) == 1 and data["in turn"]["tied"] == 1
    assert "The best, each taken alone" not in str(trades(case(text), limit=0))


def test_too_many_pairs_are_not_followed_and_that_is_said(monkeypatch):
    monkeypatch.setattr("detente.questions.trades.MOST_IN_TURN", 0)
    found = trades(case(TWO))
    assert found.turns is None and found.data()["exchanges"]["in turn"] is None and found.exchanges
    assert found.not_applicable == {"exchanges in turn": "1 pairing, too many to follow"}


def test_nobody_else_gains_or_loses():
    text = TWO.replace("sources:", "  Town: {options: [fine], concerns: []}\nsources:")
    text = text.replace("positions: {Dam: 80, Farm: 10}", "positions: {Dam: 80, Farm: 10, Town: 50}")
    text = text.replace("salience: {Dam: 0.5, Farm: 0.9}", "salience: {Dam: 0.5, Farm: 0.9, Town: 0}")
    found = trades(case(text.replace("clout: {Dam: 1, Farm: 0.5}", "clout: {Dam: 1, Farm: 0.5, Town: 1}")))
    assert "Nobody else gains or loses." in str(found)


def test_every_form_and_the_text_of_the_json():
    found = trades(case(TWO))
    assert json.loads(found.render("json"))["text"][0].startswith("The compromise on an issue is the mean")
    assert len(found.rows()) == 4 and found.render("csv").count("\n") == 5
    for format in ("markdown", "latex"):
        assert "Adjusted Winner" in found.render(format)
    assert max(map(len, found.render("text").splitlines())) <= 100


def test_who_loses_changes_when_the_cell_that_carries_it_does():
    before = trades(copenhagen())
    moved = copenhagen()
    issues = tuple(
        replace(each, positions=tuple((id, F(20) if id == "Brazil" else x) for id, x in each.positions))
        if each.id == "commitments"
        else each
        for each in moved.issues
    )
    after = trades(replace(moved, issues=issues))
    assert "Brazil" in before.losers(before.listed[0]) and "Brazil" not in after.losers(after.listed[0])


AIRPORTS = """
title: Airports of Paris
sources: {godet-1991: "Godet (1991), Futures 23(6)"}
parties:
  M: {options: [build], concerns: []}
  S: {concerns: []}
  C: {concerns: []}
  G: {concerns: []}
  A: {concerns: []}
  R: {concerns: []}
influence:
  - {of: M, on: {S: 1, C: 1, G: 3, R: 2}, source: godet-1991}
  - {of: S, on: {M: 2, C: 3, G: 2, A: 1, R: 1}, source: godet-1991}
  - {of: C, on: {M: 1, S: 2, G: 1, A: 1}, source: godet-1991}
  - {of: G, on: {M: 2, S: 3, C: 3, A: 3, R: 2}, source: godet-1991}
  - {of: A, on: {S: 2, C: 3, G: 1, R: 2}, source: godet-1991}
  - {of: R, on: {S: 1, C: 1, G: 3, A: 2}}
issues:
  noise: {positions: {M: 60, S: 10, C: 20, G: 60, A: 20, R: 100}, salience: {M: 1, S: 1, C: 1, G: 1, A: 1, R: 1}}
  given: {positions: {M: 60, S: 10}, salience: {M: 1, S: 1}, clout: {M: 0.5, S: 0.25}}
"""


def test_influence_in_a_case_is_where_clout_comes_from_that_issues_do_not_give():
    found = trades(case(AIRPORTS))
    noise, given_ = found.issues
    assert [f"{float(value):.4f}" for value in noise.clout.values()] == [
        "1.2628", "0.9295", "0.4478", "1.3810", "0.8482", "1.1307"]  # fmt: skip
    assert (noise.clout_from, given_.clout_from) == ("influence", "given")
    text = " ".join(str(found).split())
    assert "Clout on ‘noise’ is worked out from who influences whom, directly and through others" in text
    assert "G influences M 2, S 3, C 3, A 3 and R 2 (godet-1991)." in text
    assert "R influences S 1, C 1, G 3 and A 2 (no source; influence 6 in the case file)." in text


def test_influence_is_kept_when_a_case_is_saved_and_counts_for_its_fingerprint():
    before = case(AIRPORTS)
    again = read_document(json.dumps(document(before))).case
    assert again == before and again.fingerprint == before.fingerprint
    less = replace(before, influence=before.influence[1:])
    assert less.fingerprint != before.fingerprint
    assert "influence" not in document(replace(before, influence=()))


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("{of: Q, on: {A: 1}}", "no party is called 'Q'"),
        ("{of: A, on: {Q: 1}}", "no party is called 'Q'"),
        ("{of: A, on: {A: 1}}", "A influences itself; name other parties only"),
        ("{of: A, on: {M: 5}}", "4"),
        ("{of: M, on: {A: 1}}", "the influence of M stands in two rows; put them into one row"),
    ],
)
def test_what_is_wrong_with_influence_is_said(row, fault):
    loaded = read_document(AIRPORTS.replace("issues:", f"  - {row}\nissues:", 1))
    assert any(fault in each.text() for each in loaded.errors), [each.text() for each in loaded.errors]


def test_influence_of_nobody_leaves_all_alike():
    before, after = AIRPORTS.split("influence:")[0], AIRPORTS[AIRPORTS.index("issues:") :]
    found = trades(case(f"{before}influence: [{{of: M, on: {{S: 0}}}}]\n{after}"))
    assert found.issues[0].clout_from == "equal"
    assert "nobody in the case influences anybody today" in str(found.not_applicable)


def test_what_only_partners_know_is_said():
    copenhagen = read("copenhagen-2009")
    found = trades(copenhagen, known="partners")
    assert found.data()["exchanges"]["in turn"]["made"] == 48
    assert "If only partners knew of exchanges" in str(found) and "reckon to gain 36.35 in all" in str(found)
    with pytest.raises(UnknownNameError, match="partners"):
        trades(copenhagen, known="partner")
