"""This module owns how the answer about trades is said: sentences first, tables where there is much to compare."""

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from detente.bargaining.exchange import Exchange
from detente.look.summary import Block, Summary, Table, as_given, counted, listed, number
from detente.questions.between import Between
from detente.questions.graded import EQUAL, INFLUENCE, Graded
from detente.questions.phrases import traced

if TYPE_CHECKING:
    from detente.questions.trades import Trades

Line = str | Table
UNIT = (
    "Gains and losses are salience times distance. To add or compare those of different parties takes their saliences "
    "to be in one unit: a judgement."
)
TRUST = "Each partner would gain more by taking and not giving: an exchange needs a contract, or trust."


def summary(found: "Trades") -> Summary:
    """Return the answer in blocks."""
    if not found.issues:
        line = "The case lists no graded issues: write under ‘issues’ where each party stands, from 0 to 100."
        return Summary(f"Trades: {found.case.title}", "", (Block("Trades", (line,)), Block("", (found.made.line(),))))
    blocks = [Block("Compromises", tuple(_compromises(found)))]
    if found.exchanges:
        blocks.append(Block("Exchanges", tuple(_exchanges(found))))
    if found.two:
        names = [found.case.party(id).label for id in found.two.parties]
        blocks.append(Block(f"Between {listed(names)}", tuple(_between(found, found.two))))
    if found.not_applicable:
        lines = tuple(f"{TITLES[key]}: {why}." for key, why in found.not_applicable.items())
        blocks.append(Block("Not applicable", lines))
    return Summary(f"Trades: {found.case.title}", "", (*blocks, Block("", (found.made.line(),))))


TITLES = {
    "compromise": "Compromises",
    "exchange": "Exchanges",
    "exchanges in turn": "Exchanges one after the other",
    "two parties": "Adjusted Winner and bargaining points, which are for two",
    "influence": "Clout from influence",
}


def _compromises(found: "Trades") -> Iterator[Line]:
    if found.decided:
        yield "The compromise on an issue is the mean of all positions, each counted by clout times salience."
    for each in found.issues:
        yield from _issue(found, each)
    alike = [f"‘{each.issue.label}’" for each in found.issues if each.clout_from == EQUAL]
    if alike:
        yield f"The case gives no clout on {listed(alike)}: there all parties count alike but for their salience."
    worked = [f"‘{each.issue.label}’" for each in found.issues if each.clout_from == INFLUENCE]
    if worked:
        shares = next(each.clout for each in found.issues if each.clout_from == INFLUENCE)
        told = [f"{found.case.party(id).label} {number(value)}" for id, value in shares.items()]
        whence = "who influences whom" if found.case.influence else "who has clout over whom"
        yield (
            f"Clout on {listed(worked)} is worked out from {whence}, directly and through others, "
            f"where 1 is the average: {listed(told)}."
        )
        for place, row in enumerate(found.case.influence, 1):
            source = traced(row.mark, found.case, f"influence {place}")
            on = [f"{found.case.party(id).label} {as_given(value)}" for id, value in row.on if value]
            yield f"  {found.case.party(row.of).label} influences {listed(on) or 'nobody'}{source}."
    judged = [f"‘{each.issue.label}’" for each in found.issues if each.issue.mark.standing == "judgement"]
    if judged:
        yield f"The numbers of {listed(judged)} are judgements."


def _issue(found: "Trades", each: Graded) -> Iterator[Line]:
    source = traced(each.issue.mark, found.case, f"issues {each.issue.id}")
    if each.compromise is None or each.middle is None:
        yield f"‘{each.issue.label}’{source} is not decided: {each.missing}."
    else:
        low, high = each.middle
        middle = f"the median is {number(low)}"
        if low != high:
            middle = f"half of the weight stands at {number(low)} or below, the other at {number(high)} or above"
        yield f"‘{each.issue.label}’{source}: the compromise is {number(each.compromise)}; {middle}."
    if each.positions:
        yield _stands(found, each)
    for id in each.idle:
        yield f"  A weight but no position there, and so no part in it: {found.case.party(id).label}."


def _stands(found: "Trades", each: Graded) -> Table:
    """Return where everybody stands on an issue, with the numbers of the case, the nearest to the compromise first."""
    given = dict(each.issue.clout)
    heads = ["party", "stands at", "salience", *(["clout"] if each.clout_from != EQUAL else [])]
    decided = each.compromise is not None
    ids = sorted(each.positions, key=each.distance) if decided else list(each.positions)
    rows = []
    for id in ids:
        salience = each.salience.get(id)
        row = [
            found.case.party(id).label,
            as_given(each.positions[id]),
            "–" if salience is None else as_given(salience),
        ]
        if each.clout_from != EQUAL:
            clout = each.clout.get(id)
            row.append("–" if clout is None else as_given(clout) if id in given else number(clout))
        rows.append(tuple(row + ([number(each.distance(id))] if decided else [])))
    return Table((*heads, *(["away from the compromise"] if decided else [])), tuple(rows))


def _exchanges(found: "Trades") -> Iterator[Line]:
    yield (
        f"Of {counted(found.candidates, 'pairing')} of two parties on opposite sides of two issues, "
        f"{len(found.exchanges):,} {'leaves' if len(found.exchanges) == 1 else 'leave'} room for an exchange: each "
        f"gives way on what it cares less about, so that both gain the same."
        f"{' The best, each taken alone:' if found.listed else ''}"
    )
    for place, exchange in enumerate(found.listed, 1):
        yield f"{place}. {_swap(found, exchange)}"
        if len(found.by_party(exchange.effects)) > 2:
            yield f"   {_on_others(found, exchange)}"
    hidden = [each for each in found.exchanges[found.limit :] if found.listed and each.gain == found.listed[-1].gain]
    if hidden:
        yield f"{counted(len(hidden), 'more exchange')} would bring its partners as much as the last one listed."
    yield from _turns(found)
    yield TRUST
    yield UNIT


def _swap(found: "Trades", exchange: Exchange) -> str:
    moves, outcomes = [], []
    for each in exchange.concessions:
        issue, party = found.decided[each.issue].issue.label, found.case.parties[each.party].label
        moves.append(f"on ‘{issue}’ {party} from {number(each.start)} to {number(each.end)}")
        outcomes.append(f"‘{issue}’ from {number(each.outcome_before)} to {number(each.outcome_after)}")
    said = f"{moves[0][0].upper()}{moves[0][1:]}, {moves[1]}"
    return f"{said}: that brings {listed(outcomes)}. Both gain {number(exchange.gain)}."


def _on_others(found: "Trades", exchange: Exchange) -> str:
    """Say what an exchange does to everybody else: those who lose first."""
    partners = {found.case.party_ids[party] for party in exchange.partners}
    others = {id: effect for id, effect in found.by_party(exchange.effects).items() if id not in partners}
    if not any(others.values()):
        return "Nobody else gains or loses."
    lost = [(id, -effect) for id, effect in others.items() if effect < 0]
    won = [(id, effect) for id, effect in others.items() if effect > 0]
    said = [
        f"{verb}: {_amounts(found, group)}" for group, verb in ((lost, "Others lose"), (won, "Others gain")) if group
    ]
    together, verdict = f"gain {number(exchange.sum)}", "good for the two, and for the table as a whole"
    if exchange.sum <= 0:
        together = f"lose {number(-exchange.sum)}" if exchange.sum else "gain nothing"
        verdict = f"good for the two, {'bad' if exchange.sum else 'no better'} for the table as a whole"
    return f"{'. '.join(said)}. All together {together}: {verdict}."


def _amounts(found: "Trades", group: list[tuple[str, Fraction]]) -> str:
    ordered = sorted(group, key=lambda item: -item[1])
    return listed([f"{found.case.party(id).label} ({number(amount)})" for id, amount in ordered])


def _turns(found: "Trades") -> Iterator[str]:
    turns = found.turns
    if turns is None:
        return
    ends = [
        f"‘{each.issue.label}’ at {number(outcome)}"
        for each, outcome in zip(found.decided, turns.outcomes, strict=True)
        if outcome != each.compromise
    ]
    effects = found.by_party(turns.effects)
    lost = [(id, -effect) for id, effect in effects.items() if effect < 0]
    won = [(id, effect) for id, effect in effects.items() if effect > 0]
    said = [f"{verb}: {_amounts(found, group)}" for group, verb in ((won, "better off"), (lost, "worse off")) if group]
    partners = found.made.parameters["known"] == "partners"
    known = "only partners knew of exchanges, as in the program DECIDE, and " if partners else ""
    yield (
        f"If {known}always the best exchange left were made next, {counted(len(turns.exchanges), 'exchange')} "
        f"would be made, and leave {listed(ends)}. Against the compromises, "
        f"{'; '.join(said) or 'nobody is better or worse off'}."
    )
    if partners:
        believed = number(sum((2 * each.gain for each in turns.exchanges), Fraction(0)))
        yield f"By what they know, partners reckon to gain {believed} in all; outcomes can be elsewhere by then."
    tied = sum(1 for each in turns.tied if each)
    if tied:
        yield f"{counted(tied, 'time')} several were equally good, and the first was made: another can lead elsewhere."


def _between(found: "Trades", two: Between) -> Iterator[Line]:
    names = [found.case.party(id).label for id in two.parties]
    outside = [
        party.label
        for party in found.case.parties
        if party.id not in two.parties and any(party.id in each.positions for each in found.issues)
    ]
    if outside:
        yield f"As if they could settle alone: {listed(outside)} would have no say."
    yield (
        "Adjusted Winner: each party has 100 points, spread by salience times the distance between the two positions. "
        "Whoever gives an issue more points gets it, then the one ahead passes on what costs it least for what it "
        "brings, until both have as many."
    )
    rows = []
    for n, each in enumerate(two.issues):
        share = two.division.shares[n]
        split = f"{names[0]} {_part(share)}, {names[1]} {_part(1 - share)}"
        winner = names[0] if share == 1 else names[1] if share == 0 else split
        points = [number(column[n]) for column in two.points]
        rows.append((each.issue.label, *points, winner, number(two.levels[n])))
    yield Table(("issue", f"{names[0]}: points", f"{names[1]}: points", "goes to", "settled at"), tuple(rows))
    yield f"Both have {number(two.division.totals[0])} of their 100 points."
    if two.alike:
        alike = [f"‘{two.issues[n].issue.label}’" for n in two.alike]
        yield f"Both weigh {listed(alike)} alike: dividing these in another way can bring both as much."
    if two.division_gains is None:
        yield "What that is worth against the compromises is open, for not all of these are decided."
        return
    told = [
        f"a {'gain' if gain >= 0 else 'loss'} of {number(abs(gain))} for {name}"
        for name, gain in zip(names, two.division_gains, strict=True)
    ]
    yield f"Against the compromises, that is {listed(told)}."
    yield from _bargains(two, names)


def _part(share: Fraction) -> str:
    """Say a part of an issue: a simple fraction as it is, another one as a percentage."""
    return str(share) if share.denominator <= 20 else f"{number(100 * share)} %"


def _bargains(two: Between, names: list[str]) -> Iterator[Line]:
    if not two.bargains:
        yield "Nothing that the two could settle is better for both than the compromises."
        return
    columns = ("point", *(f"{name}: gain" for name in names), *(each.issue.label for each in two.issues))
    rows = tuple(
        (point.name, *map(number, point.gains), *(number(level) for level in point.levels)) for point in two.bargains
    )
    yield Table(
        columns, rows, "What they would settle, with neither below the compromises, which stand without an agreement"
    )
    yield (
        "Nash: the greatest product of gains. Kalai–Smorodinsky: both gain the same share of the most they could. "
        "These two do not depend on units. Egalitarian (both gain the same, or as nearly as can be) and utilitarian "
        "(the greatest sum) take both saliences to be in one unit."
    )
    if sum(point.name == "utilitarian" for point in two.bargains) > 1:
        yield "Everything between the two utilitarian rows has the same sum."
