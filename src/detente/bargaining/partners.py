"""This module owns exchanges in turn that only partners know of, by the rules of the program DECIDE.

DECIDE follows Stokman & Van Oosten (1994). A pair takes notice of a concession in two cases only: one of its members
made it, on the issue on which it is to give way here; or one of its members won it, on the issue which it is to win
here. So pairs reckon with outcomes that are out of date, and what they gain is what they believe.

Two more of its rules are accidents, kept because the published totals rest on them. Where an outcome is already past
what the winner wants, the giver moves on all the same. And a pair is given up once the steps of a giver add up to more
than the whole scale, upwards, where what it planned with this pair counts in place of what it gave elsewhere.
"""

from collections.abc import Sequence
from fractions import Fraction

from detente.bargaining.exchange import Exchange, Pair, Rate, Stands, carried_out, effects, pairs, rate, roles
from detente.bargaining.turns import Turns

SCALE = 100


def among_partners(stands: Stands) -> Turns:
    """Return the exchanges that are made if always the one that its partners believe best is made next."""
    now = [list(row) for row in stands.positions]
    left = [Belief(stands, pair) for candidate in pairs(stands) if (pair := roles(stands, *candidate)) is not None]
    made: list[Exchange] = []
    tied: list[int] = []
    while left := [each for each in left if each.terms is not None]:
        gains = [each.gain for each in left]
        best = left.pop(gains.index(max(gains)))
        exchange = best.carried_out()
        made.append(exchange)
        tied.append(gains.count(max(gains)) - 1)
        for concession in exchange.concessions:
            now[concession.issue][concession.party] = concession.end
        for each in left:
            each.notice(exchange)
    ends = stands.outcomes_at(now)
    shifts = zip(range(len(ends)), stands.outcomes, ends, strict=True)
    return Turns(tuple(made), tuple(tied), ends, effects(stands, shifts))


class Belief:
    """What a pair believes about where the parties stand, and at which rate it would exchange by that."""

    def __init__(self, stands: Stands, pair: Pair) -> None:
        self.stands, self.pair = stands, pair
        self.now = [list(row) for row in stands.positions]
        self.gives = {pair.one: pair.q, pair.other: pair.p}
        self.wins = {pair.one: pair.p, pair.other: pair.q}
        self.steps: dict[int, list[Fraction]] = {pair.one: [], pair.other: []}
        self.terms = self._planned()

    @property
    def gain(self) -> Fraction:
        """What either believes to gain; 0 where they gave up."""
        return Fraction(0) if self.terms is None else self.terms.gain

    def carried_out(self) -> Exchange:
        """Return the exchange, with its effects as the pair believes them to be."""
        assert self.terms is not None
        return carried_out(self.stands, self.pair, self.terms, self.now, self.stands.outcomes_at(self.now))

    def notice(self, exchange: Exchange) -> None:
        """Plan again if an exchange of others holds anything of which the pair takes notice."""
        noticed, overtaken = False, set()
        for made, back in zip(exchange.concessions, reversed(exchange.concessions), strict=True):
            own = self.gives.get(made.party) == made.issue
            if own or self.wins.get(back.party) == made.issue:
                self.now[made.issue][made.party] = made.end
                noticed = True
            if own:
                overtaken.add(made.party)
        if noticed:
            for party in self.gives.keys() - overtaken:
                self.steps[party].pop()
            self.terms = self._planned()

    def _planned(self) -> Rate | None:
        terms = rate(self.stands, self.pair, self.now, self.stands.outcomes_at(self.now), _or_onwards)
        if terms is None or terms.gain <= 0:
            return None
        for (party, issue), shift in zip(self.gives.items(), (terms.on_q, terms.on_p), strict=True):
            self.steps[party].append(shift / self.stands.pull[issue][party])
        return None if any(map(_too_much, self.steps.values())) else terms


def _or_onwards(by_move: Fraction, to_want: Fraction) -> Fraction:
    """Return how far an outcome is shifted: up to what the winner wants, or all the way where it is past that."""
    return min(by_move, to_want, key=abs) if by_move * to_want > 0 else by_move


def _too_much(steps: Sequence[Fraction]) -> bool:
    return sum(steps) > SCALE or min(steps) < 0 < max(steps)
