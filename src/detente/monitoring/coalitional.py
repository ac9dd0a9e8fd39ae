"""This module owns games in coalitions: what every set of parties reaches by itself, and what a division leaves each.

A game gives every set of parties a value; a set is a bit mask, in which bit i stands for party i. Values may be exact
(`Fraction`, `int`) or floats; what is computed from exact values is exact. The excess of a set is what it could gain by
leaving: its value less what its members get. A division is in the core if no set has a positive excess (Gillies 1959).

References
----------
Shapley (1953), A value for n-person games, Contributions to the Theory of Games II. James & Lee (1971), Economics of
Water Resources Planning (separable costs, remaining benefits). Straffin & Heaney (1981), Game theory and the Tennessee
Valley Authority, International Journal of Game Theory 10(1).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb

Number = Fraction | float
"""An exact number, or a float."""

Shares = tuple[Number, ...]
"""What each party gets, in party order."""

LARGEST = 8  # parties; every set of them is a number of its own


@dataclass(frozen=True, slots=True)
class Game:
    """What every set of parties reaches by itself.

    Parameters
    ----------
    parties : int
        How many parties there are.
    values : tuple of numbers, length 2 ** parties
        The value of each set of parties, by its bit mask; the empty set has the value 0.
    """

    parties: int
    values: tuple[Number, ...]

    def __post_init__(self) -> None:
        if not 1 <= self.parties <= LARGEST:
            raise ValueError(f"a game has 1 to {LARGEST} parties, not {self.parties}")
        if len(self.values) != 1 << self.parties:
            raise ValueError(f"{self.parties} parties form {1 << self.parties} sets, not {len(self.values)}")
        if self.values[0] != 0:
            raise ValueError("the empty set has the value 0")

    @classmethod
    def of(cls, parties: int, values: Mapping[int | Iterable[int], Number]) -> "Game":
        """Return the game in which each set, a bit mask or some party indices, has the value given for it.

        Raises
        ------
        ValueError
            If a set has no value, or two.
        """
        found: dict[int, Number] = {0: Fraction(0)}
        for group, value in values.items():
            mask = group if isinstance(group, int) else sum(1 << party for party in set(group))
            if mask in found and mask:
                raise ValueError(f"the set {tuple(members(mask))} has two values")
            found[mask] = Fraction(value) if isinstance(value, int) else value
        missing = [tuple(members(mask)) for mask in range(1 << parties) if mask not in found]
        if missing or len(found) > 1 << parties:
            raise ValueError(f"every set of {parties} parties needs one value; missing: {missing}")
        return cls(parties, tuple(found[mask] for mask in range(1 << parties)))

    @property
    def everybody(self) -> int:
        """The set of all parties."""
        return (1 << self.parties) - 1

    @property
    def total(self) -> Number:
        """What all parties reach together."""
        return self.values[-1]

    def alone(self, party: int) -> Number:
        """Return what a party reaches by itself."""
        return self.values[1 << party]

    def marginal(self, party: int) -> Number:
        """Return what all parties lose if this one leaves: the most it can ask for while everybody else stays."""
        return self.total - self.values[self.everybody & ~(1 << party)]


def members(group: int) -> Iterator[int]:
    """Yield the parties of a set, in order."""
    return (party for party in range(group.bit_length()) if group >> party & 1)


def paid(shares: Sequence[Number], group: int) -> Number:
    """Return what the members of a set get together."""
    return sum((shares[party] for party in members(group)), Fraction(0))


def excesses(game: Game, shares: Sequence[Number]) -> tuple[Number, ...]:
    """Return for every set, by its mask, what it would gain by leaving: above 0 means that it has cause to."""
    return tuple(value - paid(shares, group) for group, value in enumerate(game.values))


def in_core(game: Game, shares: Sequence[Number], tolerance: Number = 0) -> bool:
    """Return whether a division gives out everything and leaves no set of parties cause to leave (Gillies 1959)."""
    left = excesses(game, shares)
    return left[-1] >= -tolerance and all(excess <= tolerance for excess in left)


def shapley(game: Game) -> Shares:
    """Return the Shapley value: the mean, over all orders of joining, of what a party adds to those before it.

    Parameters
    ----------
    game : Game
        At most 8 parties; the sum has parties * 2 ** (parties - 1) terms.
    """
    count = game.parties
    weights = [Fraction(1, count * comb(count - 1, size)) for size in range(count)]
    found = []
    for party in range(count):
        total: Number = Fraction(0)
        for group, value in enumerate(game.values):
            if not group >> party & 1:
                total += weights[group.bit_count()] * (game.values[group | 1 << party] - value)
        found.append(total)
    return tuple(found)


def separable(game: Game) -> Shares:
    """Return the division by separable costs and remaining benefits (SCRB; James & Lee 1971).

    Each party gets what all would lose without it, and the rest is divided in proportion to how far that is from what
    the party reaches alone; in equal parts if nobody is any distance from it. The same formula divides gains and costs.
    """
    separate = [game.marginal(party) for party in range(game.parties)]
    remaining = [game.alone(party) - own for party, own in enumerate(separate)]
    rest = game.total - sum(separate, Fraction(0))
    return tuple(own + part for own, part in zip(separate, proportional(rest, remaining), strict=True))


def proportional(total: Number, weights: Sequence[Number]) -> Shares:
    """Return a total divided in proportion to weights (means, benefits, ...); in equal parts if they add up to 0."""
    whole = sum(weights, Fraction(0))
    if not whole:
        return tuple(total * Fraction(1, len(weights)) for _ in weights)
    return tuple(total * weight / whole for weight in weights)


def savings(costs: Game) -> Game:
    """Return the game of what every set saves by acting together, from what it costs each set to be served."""
    return Game(
        costs.parties,
        tuple(paid([costs.alone(party) for party in range(costs.parties)], group) - cost
              for group, cost in enumerate(costs.values)),
    )  # fmt: skip


def costs_after(costs: Game, saved: Sequence[Number]) -> Shares:
    """Return what each party pays, from what it saves."""
    return tuple(costs.alone(party) - gain for party, gain in enumerate(saved))


def bankruptcy(estate: Number, claims: Sequence[Number]) -> Game:
    """Return the game in which every set gets what is left of an estate once all others are paid (O'Neill 1982)."""
    everybody = (1 << len(claims)) - 1
    values = [max(estate - paid(claims, everybody & ~group), Fraction(0)) for group in range(everybody + 1)]
    return Game(len(claims), (Fraction(0), *values[1:]))
