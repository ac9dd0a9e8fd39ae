"""This module owns the nucleolus: the division that makes the most dissatisfied set of parties as content as can be.

Among all divisions, take those whose greatest excess is least (the least core); among these, those whose second
greatest excess is least; and so on. Exactly one division is left (Schmeidler 1969). Each step is a linear program
(Maschler, Peleg & Shapley 1979). A set is held at its excess only if it has that excess in *every* optimum, which a
positive multiplier proves; holding one that is tight in the optimum at hand alone gives wrong answers on degenerate
faces. Sets whose excess the held ones determine drop out, so each step fixes at least one more dimension. All numbers
are exact; floats count as the fractions that they are.

References
----------
Schmeidler (1969), The nucleolus of a characteristic function game, SIAM Journal on Applied Mathematics 17(6). Maschler,
Peleg & Shapley (1979), Geometric properties of the kernel, nucleolus, and related solution concepts, Mathematics of
Operations Research 4(4). Guajardo & Jörnsten (2015), Common mistakes in computing the nucleolus, European Journal of
Operational Research 241(3).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from detente.monitoring.coalitional import Game, members
from detente.monitoring.exact import Exact, maximise

Row = tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step: the greatest excess that the sets still open need to bear, and the sets that prove it.

    The sets of `weights` (by mask) have this excess in every division that reaches it. Their weights add up to 1, and
    with a multiple of the sets held before they cover all parties evenly: so no division can do with less.
    """

    excess: Fraction
    weights: tuple[tuple[int, Fraction], ...]


@dataclass(frozen=True, slots=True)
class Nucleolus:
    """The nucleolus, and the steps that lead to it.

    Parameters
    ----------
    shares : tuple of Fraction
        What each party gets.
    steps : tuple of Step
        The linear programs, in order; the excess of the first is the least core's.
    individual : bool
        Whether only divisions counted that give each party what it reaches alone. False where there is no such
        division: then it is the prenucleolus.
    """

    shares: tuple[Fraction, ...]
    steps: tuple[Step, ...]
    individual: bool


@dataclass(frozen=True, slots=True)
class LeastCore:
    """The least core: its greatest excess (the core is empty if it is above 0), one division in it, and the proof."""

    excess: Fraction
    shares: tuple[Fraction, ...]
    weights: tuple[tuple[int, Fraction], ...]

    @property
    def core(self) -> bool:
        """Whether the core has a division in it."""
        return self.excess <= 0


def nucleolus(game: Game) -> Nucleolus:
    """Return the nucleolus of a game of at most 8 parties, exactly.

    Parameters
    ----------
    game : Game
        Gains; turn costs into savings first.
    """
    values = [Fraction(value) for value in game.values]
    alone = sum(values[1 << party] for party in range(game.parties))
    individual = alone <= values[-1]
    base, free = _all_of(values[-1], game.parties)
    steps: list[Step] = []
    while free:
        found, prices, active = _least(values, base, free, individual)
        tight = tuple((group, weight) for group, weight in zip(active, found.levels, strict=False) if weight)
        steps.append(Step(found.value, tight))
        base = _moved(base, free, prices)
        free = _still_free(free, [group for group, _ in tight])
    return Nucleolus(base, tuple(steps), individual)


def least_core(game: Game) -> LeastCore:
    """Return the least greatest excess of any proper set of parties, and a division that reaches it, exactly."""
    values = [Fraction(value) for value in game.values]
    base, free = _all_of(values[-1], game.parties)
    if not free:
        return LeastCore(Fraction(0), base, ())
    found, prices, active = _least(values, base, free, individual=False)
    tight = tuple((group, weight) for group, weight in zip(active, found.levels, strict=True) if weight)
    return LeastCore(found.value, _moved(base, free, prices), tight)


def _all_of(total: Fraction, parties: int) -> tuple[Row, list[Row]]:
    """Return one division of the total, and the directions in which divisions may differ from it."""
    base = (total, *[Fraction(0)] * (parties - 1))
    free = [tuple(Fraction((other == party) - (other == 0)) for other in range(parties)) for party in range(1, parties)]
    return base, free


def _least(
    values: Sequence[Fraction], base: Row, free: Sequence[Row], individual: bool
) -> tuple[Exact, tuple[Fraction, ...], list[int]]:
    """Minimise the greatest excess over the divisions base + multiples of the free directions, through the dual.

    The dual weighs the sets whose excess is not yet determined: weights add up to 1, and cancel along each direction.
    """
    scales = [lcm(*(entry.denominator for entry in row)) for row in free]
    along = [
        [int(scale * sum(row[party] for party in members(group))) for row, scale in zip(free, scales, strict=True)]
        for group in range(len(values))
    ]
    active = [group for group in range(1, len(values) - 1) if any(along[group])]
    floors = [group for group in active if individual and group.bit_count() == 1]
    columns = [*((group, 1) for group in active), *((group, 0) for group in floors)]
    gain = [values[group] - sum(base[party] for party in members(group)) for group, _ in columns]
    rows = [[along[group][place] for group, _ in columns] for place in range(len(free))]
    found = maximise(gain, [*rows, [counted for _, counted in columns]], [*[0] * len(free), 1])
    assert found is not None  # a set and its complement, half each, always cancel
    return found, tuple(price * scale for price, scale in zip(found.prices, scales, strict=False)), active


def _moved(base: Row, free: Sequence[Row], prices: Sequence[Fraction]) -> Row:
    return tuple(
        start + sum((price * row[party] for price, row in zip(prices, free, strict=True)), Fraction(0))
        for party, start in enumerate(base)
    )


def _still_free(free: Sequence[Row], held: Sequence[int]) -> list[Row]:
    """Return a basis of the directions that change the sum of none of the sets held."""
    rows = list(free)
    for group in held:
        sums = [sum((row[party] for party in members(group)), Fraction(0)) for row in rows]
        pivot = next((place for place, value in enumerate(sums) if value), None)
        if pivot is None:
            continue
        rows = [
            tuple(entry - value / sums[pivot] * other for entry, other in zip(row, rows[pivot], strict=True))
            for place, (row, value) in enumerate(zip(rows, sums, strict=True))
            if place != pivot
        ]
    return rows
