"""This module owns exchanges in turn: the best one is made, then the best of what is left, until none is left.

Stokman & Van Oosten (1994) propose it; details are detente's own. Each pair that could exchange at the start does so at
most once. Outcomes are those of where everybody stands by now; what a party wants stays what it stated. Nobody goes
back on an issue on which it gave way. Among equal gains the first in the listing is made, and how many were tied is
told: another choice leads elsewhere.
"""

from dataclasses import dataclass
from fractions import Fraction

from detente.bargaining.exchange import Exchange, Pair, Rate, Stands, carried_out, pairs, rate, roles

Signs = dict[tuple[int, int], int]


@dataclass(frozen=True, slots=True)
class Turns:
    """Exchanges one after the other, and where they end.

    Parameters
    ----------
    exchanges : tuple of Exchange
    tied : tuple of int
        For each, how many other exchanges had the same gain.
    outcomes : tuple of Fraction, shape (issues,)
        Where the issues end.
    effects : tuple of Fraction, shape (parties,)
        What each party gains or loses by all of them, by its stated positions.
    """

    exchanges: tuple[Exchange, ...]
    tied: tuple[int, ...]
    outcomes: tuple[Fraction, ...]
    effects: tuple[Fraction, ...]


def in_turn(stands: Stands) -> Turns:
    """Return the exchanges that are made if always the best one is made next."""
    now = [list(row) for row in stands.positions]
    outcomes = list(stands.outcomes)
    left = [pair for candidate in pairs(stands) if (pair := roles(stands, *candidate)) is not None]
    terms = {pair: rate(stands, pair, now, outcomes) for pair in left}
    moved: Signs = {}
    made, tied = [], []
    while found := [(pair, each) for pair, each in terms.items() if each is not None and _forward(pair, each, moved)]:
        gain = max(each.gain for _, each in found)
        best = [(pair, each) for pair, each in found if each.gain == gain]
        pair, chosen = best[0]
        exchange = carried_out(stands, pair, chosen, now, outcomes)
        made.append(exchange)
        tied.append(len(best) - 1)
        del terms[pair]
        for each in exchange.concessions:
            now[each.issue][each.party] = each.end
            outcomes[each.issue] = each.outcome_after
        moved |= {(pair.other, pair.p): _sign(chosen.on_p), (pair.one, pair.q): _sign(chosen.on_q)}
        issues = {pair.p, pair.q}
        terms |= {again: rate(stands, again, now, outcomes) for again in terms if issues & {again.p, again.q}}
    effects = [sum((each.effects[party] for each in made), Fraction(0)) for party in range(len(now[0]) if now else 0)]
    return Turns(tuple(made), tuple(tied), tuple(outcomes), tuple(effects))


def _forward(pair: Pair, terms: Rate, moved: Signs) -> bool:
    """Return whether nobody goes back on an issue on which it gave way."""
    signs = {(pair.other, pair.p): _sign(terms.on_p), (pair.one, pair.q): _sign(terms.on_q)}
    return all(moved.get(key, sign) == sign for key, sign in signs.items())


def _sign(value: Fraction) -> int:
    return (value > 0) - (value < 0)
