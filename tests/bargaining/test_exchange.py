"""Equal-gain exchange: the published cases, exchanges in turn, and what makes an exchange one."""

from fractions import Fraction
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from published_numbers import COPENHAGEN, GRONINGEN, THIRTEENTHS, stands

from detente.bargaining.compromise import mean
from detente.bargaining.exchange import Stands, exchanges, pairs
from detente.bargaining.partners import among_partners
from detente.bargaining.turns import in_turn

F = Fraction
ISSUES = {
    "Copenhagen": ["treaty", "developing", "domestic", "MRV", "commitments", "control", "extra"],
    "Groningen": ["zone", "height", "time", "commuters", "investment", "ring"],
}


@cache
def case(name):
    return stands(COPENHAGEN) if name == "Copenhagen" else stands(GRONINGEN, THIRTEENTHS)


def told(name, exchange):
    """Return an exchange as rounded words: who moves on what from where to where."""
    return {
        (case(name)[0][each.party], ISSUES[name][each.issue]): (round(float(each.start), 3), round(float(each.end), 3))
        for each in exchange.concessions
    }


@pytest.mark.parametrize(("name", "candidates", "open_"), [("Copenhagen", 437, 420), ("Groningen", 240, 230)])
def test_how_many_pairs_there_are(name, candidates, open_):
    """The first counts are published for both cases, the second for Copenhagen."""
    _, where = case(name)
    assert len(pairs(where)) == candidates
    assert len(exchanges(where)) == open_


def test_the_best_exchange_of_copenhagen_and_what_it_does_to_the_others():
    names, where = case("Copenhagen")
    best = exchanges(where)[0]
    assert told("Copenhagen", best) == {("USA", "extra"): (10, 90), ("China", "commitments"): (85, 21.894)}
    assert f"{float(best.gain):.6f}" == "3.278818"
    assert f"{float(best.concessions[1].end):.4f}" == "21.8937"
    shifts = {ISSUES["Copenhagen"][c.issue]: (c.outcome_before, c.outcome_after) for c in best.concessions}
    assert {k: [f"{float(x):.4f}" for x in v] for k, v in shifts.items()} == {
        "extra": ["64.6207", "83.5369"], "commitments": ["51.9499", "33.6642"]}  # fmt: skip
    effects = {name: f"{float(effect):.3f}" for name, effect in zip(names, best.effects, strict=True)}
    assert effects == {"USA": "3.279", "China": "3.279", "EU": "-3.909", "Japan": "-3.909", "Australia": "-0.252",
                       "Canada": "-0.252", "Russia": "0.000", "Brazil": "-10.380", "LDCs": "2.428", "AOSIS": "2.428",
                       "Developing": "3.988"}  # fmt: skip
    assert f"{float(best.sum):.2f}" == "-3.30", "good for two, bad for the table"


def test_the_best_exchanges_of_groningen():
    _, where = case("Groningen")
    found = exchanges(where)
    assert [f"{float(each.gain):.6f}" for each in found[:2]] == ["1.973684", "1.792636"]
    assert f"{float(found[3].gain):.6f}" == "1.534365"
    assert told("Groningen", found[0]) == {("Willems", "investment"): (25, 100), ("City", "zone"): (0, 61.051)}
    assert told("Groningen", found[1]) == {("City", "ring"): (100, 25), ("PvdA", "commuters"): (100, 0.149)}


FIRST = {
    "Copenhagen": ["3.278818", "1.853390", "1.666317", "1.584507"],
    "Groningen": ["1.973684", "1.792636", "1.534365"],
}


@pytest.mark.parametrize(
    ("follow", "name", "number", "total"),
    [
        (among_partners, "Copenhagen", 48, 36.3469),  # as published
        (among_partners, "Groningen", 39, 31.0471),  # as published
        (in_turn, "Copenhagen", 43, 36.8470),  # our own
        (in_turn, "Groningen", 39, 31.0423),  # our own
    ],
)
def test_exchanges_in_turn(follow, name, number, total):
    """The totals are the published ones if only partners know of exchanges; the first gains are so either way."""
    turns = follow(case(name)[1])
    assert [f"{float(each.gain):.6f}" for each in turns.exchanges[: len(FIRST[name])]] == FIRST[name]
    assert len(turns.exchanges) == number
    assert round(float(2 * sum(each.gain for each in turns.exchanges)), 4) == total


def test_ties_in_turn_are_told():
    assert in_turn(case("Copenhagen")[1]).tied[:3] == (0, 1, 0)


numbers = st.integers(0, 4).map(lambda n: F(n, 4))


@st.composite
def tables(draw):
    """Draw where up to four parties stand on up to three issues; some take no part in some of them."""
    parties, issues = draw(st.integers(2, 4)), draw(st.integers(2, 3))
    held = st.one_of(st.integers(0, 10).map(lambda n: F(10 * n)), st.none())
    positions = [[draw(held) for _ in range(parties)] for _ in range(issues)]
    rows = [[[None if x is None else draw(numbers) for x in row] for row in positions] for _ in range(2)]
    kept = [
        issue for issue in range(issues) if any(s and c for s, c in zip(rows[0][issue], rows[1][issue], strict=True))
    ]
    return Stands(*(tuple(tuple(table[issue]) for issue in kept) for table in (positions, *rows)))


def loss(where, party, outcomes):
    """Return what a party loses: salience times distance, over the issues it takes part in."""
    return sum(
        where.salience[issue][party] * abs(row[party] - outcomes[issue])
        for issue, row in enumerate(where.positions)
        if row[party] is not None
    )


def compromises(where, positions):
    """Return the outcomes of positions, straight from the definition."""
    return [
        mean([x or F(0) for x in row], [(c or 0) * (s or 0) for c, s in zip(*both, strict=True)])
        for row, both in zip(positions, zip(where.clout, where.salience, strict=True), strict=True)
    ]


@given(tables())
def test_both_partners_gain_the_same_and_effects_are_what_losses_say(where):
    before = compromises(where, where.positions)
    found = exchanges(where)
    assert [each.gain for each in found] == sorted((each.gain for each in found), reverse=True)
    for exchange in found:
        positions = [list(row) for row in where.positions]
        for each in exchange.concessions:
            assert positions[each.issue][each.party] == each.start
            positions[each.issue][each.party] = each.end
        after = compromises(where, positions)
        assert exchange.gain > 0
        assert all(exchange.effects[party] == exchange.gain for party in exchange.partners)
        for party, effect in enumerate(exchange.effects):
            assert effect == loss(where, party, before) - loss(where, party, after)
        giving = dict(zip(exchange.partners, exchange.concessions, strict=True))
        limits = []
        for taker in exchange.partners:
            conceded = next(each for party, each in giving.items() if party != taker)
            want, issue = where.positions[conceded.issue][taker], conceded.issue
            low, high = sorted((conceded.start, want))
            assert low <= conceded.end <= high, "nobody passes the partner's position"
            assert (want - before[issue]) * (want - after[issue]) >= 0, "no outcome passes the partner's position"
            limits += [conceded.end == want, after[issue] == want]
        assert any(limits), "they go as far as they can"


@pytest.mark.parametrize("follow", [in_turn, among_partners])
@given(where=tables())
def test_in_turn_begins_with_the_best_and_nobody_goes_back(follow, where):
    turns, found = follow(where), exchanges(where)
    assert bool(turns.exchanges) == bool(found)
    if found:
        assert turns.exchanges[0] == found[0]
        assert turns.tied[0] == sum(each.gain == found[0].gain for each in found) - 1
    now = [list(row) for row in where.positions]
    moved = {}
    for exchange in turns.exchanges:
        for each in exchange.concessions:
            assert now[each.issue][each.party] == each.start and each.start != each.end
            now[each.issue][each.party] = each.end
            assert moved.setdefault((each.issue, each.party), each.end > each.start) == (each.end > each.start)
    after = compromises(where, now)
    assert list(turns.outcomes) == after
    before = compromises(where, where.positions)
    for party, effect in enumerate(turns.effects):
        assert effect == loss(where, party, before) - loss(where, party, after)
    assert len(
        {(exchange.partners, frozenset(c.issue for c in exchange.concessions)) for exchange in turns.exchanges}
    ) == len(turns.exchanges)


def test_no_outcome_goes_beyond_the_partners_position():
    """The first could move all the way to 60 and take the outcome to 76 with it; it stops where the outcome is 60."""
    positions = ((F(0), F(60), F(100)), (F(0), F(100), F(50)))
    salience = ((F(1, 5), F(1), F(1, 5)), (F(1), F(1, 5), F(0)))
    clout = ((F(10), F(1), F(10)), (F(1), F(20), F(1)))
    (exchange,) = [each for each in exchanges(Stands(positions, salience, clout)) if set(each.partners) == {0, 1}]
    given = next(each for each in exchange.concessions if each.party == 0)
    assert given.outcome_before == 52 and given.outcome_after == 60 and given.end == 20


def test_who_weighs_issues_alike_has_nothing_to_exchange():
    same = (F(1, 2), F(1, 2))
    where = Stands(((F(0), F(100)), (F(100), F(0))), (same, same), (same, same))
    assert len(pairs(where)) == 1 and exchanges(where) == ()
    assert in_turn(where).exchanges == among_partners(where).exchanges == ()
