"""This module owns equal-gain exchange: two parties each give way on the issue they care less about.

Stokman & Van Oosten (1994), in Bueno de Mesquita & Stokman (eds), *European Community Decision Making*. The outcome of
an issue is the mean of positions, by clout times salience; a party loses its salience times its distance from it. Two
parties can exchange on issues p and q if they stand on opposite sides of the outcome on both, and weigh the two issues
differently: the one that cares relatively more about p gives way on q, and the other on p. The rate is the one at which
both gain the same. They go as far as they can without passing the partner's position, and without the outcome passing
it. What the exchange does to everybody else are its *externalities*.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations

from detente.bargaining.compromise import mean

Row = tuple[Fraction | None, ...]
"""One number a party; None for one that takes no part in the issue."""
Positions = Sequence[Sequence[Fraction | None]]
Shift = tuple[int, Fraction, Fraction]
"""An issue, and its outcome before and after."""
Room = Callable[[Fraction, Fraction], Fraction]
"""How far an outcome is shifted, with its sign, by how far the giver's move would and how far the taker wants it."""


@dataclass(frozen=True)
class Stands:
    """Where parties stand on graded issues.

    Parameters
    ----------
    positions : tuple of rows, shape (issues, parties)
        0 to 100; None where a party takes no part.
    salience : tuple of rows, shape (issues, parties)
        0 to 1, wherever there is a position.
    clout : tuple of rows, shape (issues, parties)
        0 or more, wherever there is a position.
    """

    positions: tuple[Row, ...]
    salience: tuple[Row, ...]
    clout: tuple[Row, ...]

    @cached_property
    def weights(self) -> tuple[tuple[Fraction, ...], ...]:
        """Clout times salience of every party on every issue; 0 where it takes no part."""
        rows = zip(self.clout, self.salience, strict=True)
        return tuple(
            tuple((c or Fraction(0)) * (s or Fraction(0)) for c, s in zip(clout, salience, strict=True))
            for clout, salience in rows
        )

    @cached_property
    def pull(self) -> tuple[tuple[Fraction, ...], ...]:
        """How much the outcome of an issue shifts for each step of a party: its share of the weight."""
        return tuple(tuple(weight / sum(row, Fraction(0)) for weight in row) for row in self.weights)

    @cached_property
    def outcomes(self) -> tuple[Fraction, ...]:
        """The compromise on every issue."""
        return self.outcomes_at(self.positions)

    def outcomes_at(self, positions: Positions) -> tuple[Fraction, ...]:
        """Return the compromise on every issue if the parties stood elsewhere."""
        found = []
        for row, weights in zip(positions, self.weights, strict=True):
            outcome = mean([Fraction(0) if x is None else x for x in row], weights)
            assert outcome is not None, "an issue on which nobody has any weight has no compromise"
            found.append(outcome)
        return tuple(found)

    def cares(self, issue: int, party: int) -> Fraction:
        """Return a party's salience; 0 for one that takes no part."""
        return self.salience[issue][party] or Fraction(0)


@dataclass(frozen=True, slots=True)
class Concession:
    """One side of an exchange: who gives way on which issue, from where to where, and what that does to its outcome."""

    party: int
    issue: int
    start: Fraction
    end: Fraction
    outcome_before: Fraction
    outcome_after: Fraction


@dataclass(frozen=True, slots=True)
class Exchange:
    """Two concessions at which both partners gain the same.

    Parameters
    ----------
    concessions : pair of Concession
    gain : Fraction
        What each partner gains: salience times the distance saved.
    effects : tuple of Fraction, shape (parties,)
        What every party gains, or loses below 0, by its stated positions; the partners' too.
    """

    concessions: tuple[Concession, Concession]
    gain: Fraction
    effects: tuple[Fraction, ...]

    @property
    def partners(self) -> tuple[int, int]:
        """The two who exchange."""
        return self.concessions[0].party, self.concessions[1].party

    @property
    def sum(self) -> Fraction:
        """What all parties gain together."""
        return sum(self.effects, Fraction(0))


@dataclass(frozen=True, slots=True)
class Pair:
    """Who can exchange on which issues: `one` cares relatively more about issue p, and gives way on q."""

    one: int
    other: int
    p: int
    q: int


@dataclass(frozen=True, slots=True)
class Rate:
    """What a pair can agree on: what each gains, and how far the outcomes of p and q shift, with their signs."""

    gain: Fraction
    on_p: Fraction
    on_q: Fraction


def pairs(stands: Stands) -> tuple[tuple[int, int, int, int], ...]:
    """Return the parties and issues (i, j, p, q) where the two stand on opposite sides of both outcomes."""
    sides = [
        [0 if x is None else (x > outcome) - (x < outcome) for x in row]
        for row, outcome in zip(stands.positions, stands.outcomes, strict=True)
    ]
    parties = range(len(stands.positions[0]) if stands.positions else 0)
    return tuple(
        (i, j, p, q)
        for p, q in combinations(range(len(sides)), 2)
        for i, j in combinations(parties, 2)
        if sides[p][i] * sides[p][j] < 0 and sides[q][i] * sides[q][j] < 0
    )


def roles(stands: Stands, i: int, j: int, p: int, q: int) -> Pair | None:
    """Return who gives way on which issue; None where both weigh the two issues alike and nothing is to be gained."""
    cares = stands.cares
    difference = cares(p, i) * cares(q, j) - cares(p, j) * cares(q, i)
    if difference == 0:
        return None
    return Pair(i, j, p, q) if difference > 0 else Pair(j, i, p, q)


def exchanges(stands: Stands) -> tuple[Exchange, ...]:
    """Return every exchange open from the stated positions, each taken alone, by falling gain (ties: listing order).

    Parameters
    ----------
    stands : Stands
        Some party has weight on every issue.
    """
    found = []
    for candidate in pairs(stands):
        pair = roles(stands, *candidate)
        if pair is not None and (terms := rate(stands, pair, stands.positions, stands.outcomes)):
            found.append(carried_out(stands, pair, terms, stands.positions, stands.outcomes))
    return tuple(sorted(found, key=lambda exchange: -exchange.gain))


def no_further(by_move: Fraction, to_want: Fraction) -> Fraction:
    """Return how far an outcome is shifted if never past what the taker wants; 0 where it is past that already."""
    return min(by_move, to_want, key=abs) if by_move * to_want > 0 else Fraction(0)


def rate(
    stands: Stands,
    pair: Pair,
    now: Positions,
    outcomes: Sequence[Fraction],
    room: Room = no_further,
) -> Rate | None:
    """Return how far a pair can shift both outcomes at equal gains; None where one of them cannot be shifted.

    Parameters
    ----------
    now : sequence of rows, shape (issues, parties)
        Where each party stands now; what it wants are its stated positions.
    outcomes : sequence of Fraction, shape (issues,)
        The compromises for where the parties stand now.
    room : Room
        How far an outcome is shifted at most.
    """
    one, other, p, q = pair.one, pair.other, pair.p, pair.q
    reaches = (_reach(stands, other, one, p, now, outcomes), _reach(stands, one, other, q, now, outcomes))
    rooms = tuple(room(*reach) for reach in reaches)
    both = [stands.cares(issue, one) + stands.cares(issue, other) for issue in (p, q)]
    if not (rooms[0] and rooms[1] and both[0] and both[1]):
        return None
    traded = min(abs(rooms[0]) * both[0], abs(rooms[1]) * both[1])  # equal gains: the shift times both saliences
    on_p, on_q = traded / both[0], traded / both[1]
    gain = on_p * stands.cares(p, one) - on_q * stands.cares(q, one)
    return Rate(gain, on_p if rooms[0] > 0 else -on_p, on_q if rooms[1] > 0 else -on_q)


def carried_out(stands: Stands, pair: Pair, terms: Rate, now: Positions, outcomes: Sequence[Fraction]) -> Exchange:
    """Return the exchange of a pair at a rate, with what it does to everybody."""
    concessions = (
        _concession(stands, pair.one, pair.q, terms.on_q, now, outcomes),
        _concession(stands, pair.other, pair.p, terms.on_p, now, outcomes),
    )
    shifts = [(each.issue, each.outcome_before, each.outcome_after) for each in concessions]
    return Exchange(concessions, terms.gain, effects(stands, shifts))


def _reach(
    stands: Stands,
    giver: int,
    taker: int,
    issue: int,
    now: Positions,
    at: Sequence[Fraction],
) -> tuple[Fraction, Fraction]:
    """Return how far a giver would shift an outcome by moving up to a taker, and how far the taker wants it."""
    want, stand = stands.positions[issue][taker], now[issue][giver]
    assert want is not None and stand is not None
    return (want - stand) * stands.pull[issue][giver], want - at[issue]


def _concession(
    stands: Stands,
    party: int,
    issue: int,
    shift: Fraction,
    now: Positions,
    outcomes: Sequence[Fraction],
) -> Concession:
    start, before = now[issue][party], outcomes[issue]
    assert start is not None
    return Concession(party, issue, start, start + shift / stands.pull[issue][party], before, before + shift)


def effects(stands: Stands, shifts: Iterable[Shift]) -> tuple[Fraction, ...]:
    """Return what each party gains by shifts of outcomes: its salience times the distance saved."""
    gained = [Fraction(0)] * (len(stands.positions[0]) if stands.positions else 0)
    for issue, before, after in shifts:
        for party, want in enumerate(stands.positions[issue]):
            if want is not None:
                gained[party] += stands.cares(issue, party) * (abs(want - before) - abs(want - after))
    return tuple(gained)
