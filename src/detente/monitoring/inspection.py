"""This module owns how often to inspect when inspections are few: games over periods, with exact answers.

There are n periods and m inspections. In each period the inspectee may violate and the inspector may inspect, not
knowing of each other; the inspectee sees past inspections. A violation in an inspected period is caught and ends the
game. `sequential` has one violation at most, in closed form; `repeated` several; `between` payoffs that do not add up
to zero; `unless_idle` the smuggler of Ferguson & Melolidakis, for whom never to act counts q. All numbers are exact if
what goes in is.

References
----------
Dresher (1962), A sampling inspection problem in arms control agreements, RAND RM-2972. Maschler (1966), A price
leadership method for solving the inspector's non-constant-sum game, Naval Research Logistics Quarterly 13(1). Avenhaus,
von Stengel & Zamir (2002), Inspection games, Handbook of Game Theory 3. von Stengel (2016), Recursive inspection games,
Mathematics of Operations Research 41(3). Ferguson & Melolidakis (1998), On the inspection game, Naval Research
Logistics 45(3). (Formulas recalled, each checked here against linear programs over all schedules.)
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb


@dataclass(frozen=True, slots=True)
class Stage:
    """What the two do now, and what the game is worth.

    Parameters
    ----------
    value : Fraction
        What the inspectee can expect (in `unless_idle`: the inspector).
    inspect : Fraction
        The chance with which the inspector inspects in the first period.
    violate : Fraction
        The chance with which the inspectee violates in it.
    """

    value: Fraction
    inspect: Fraction
    violate: Fraction


@dataclass(frozen=True, slots=True)
class Stakes:
    """What the two gain and lose, in the inspectee's units and in the inspector's own.

    Parameters
    ----------
    gain, sanction : Fraction
        What an undetected violation is worth to the inspectee (above 0); what being caught costs it.
    loss, caught : Fraction
        What an undetected violation costs the inspector; what one that is caught does (less).
    """

    gain: Fraction = Fraction(1)
    sanction: Fraction = Fraction(1)
    loss: Fraction = Fraction(1)
    caught: Fraction = Fraction(0)

    def __post_init__(self) -> None:
        if self.gain <= 0 or self.sanction < 0 or not 0 <= self.caught < self.loss:
            raise ValueError("a gain is above 0, a sanction not below, and a violation costs less if it is caught")


@dataclass(frozen=True, slots=True)
class Between:
    """The equilibrium between an inspector and an inspectee who do not just want the opposite, and what a promise adds.

    Parameters
    ----------
    inspect, violate : Fraction
        The chances in the first period.
    inspectee, inspector : Fraction
        What each can expect.
    committed : Fraction
        What the inspector can expect if it announces the same chances and keeps to them: then the inspectee has no
        reason to violate while inspections remain (Maschler 1966).
    """

    inspect: Fraction
    violate: Fraction
    inspectee: Fraction
    inspector: Fraction
    committed: Fraction


def saddle(matrix: Sequence[Sequence[Fraction]]) -> tuple[Fraction, Fraction, Fraction]:
    """Return the value of a 2 x 2 game, and the weights of the first row and the first column.

    Parameters
    ----------
    matrix : 2 rows of 2
        What the column party gets from the row party.
    """
    (a, b), (c, d) = matrix
    row = 0 if max(a, b) <= max(c, d) else 1  # pure strategies, if they meet
    column = 0 if min(a, c) >= min(b, d) else 1
    if max(matrix[row]) == min(matrix[0][column], matrix[1][column]):
        return Fraction(matrix[row][column]), Fraction(1 - row), Fraction(1 - column)
    spread = a - b - c + d
    return Fraction(a * d - b * c) / spread, Fraction(d - c) / spread, Fraction(d - b) / spread


def sequential(periods: int, inspections: int, sanction: Fraction = Fraction(1)) -> Stage:
    """Return the game in which the inspectee violates once at most: it gains 1, or is caught and loses the sanction.

    Parameters
    ----------
    periods, inspections : int
        How many periods are left, and how many inspections.
    sanction : Fraction
        What being caught costs, in units of the gain; not negative.

    Notes
    -----
    Closed form: v(n, m) = C(n-1, m) / sum over i = 0..m of C(n, i) b^(m-i) for m < n, else 0 (Dresher 1962 for b = 1;
    Maschler 1966; Höpfinger 1971). The chance to inspect now makes violating and waiting worth the same.
    """
    _sensible(periods, inspections)
    if sanction < 0:
        raise ValueError("a sanction is not negative")
    value = _closed(periods, inspections, sanction)
    if inspections == 0 or inspections >= periods:
        return Stage(value, Fraction(inspections > 0), Fraction(inspections == 0 < periods))
    after_one = _closed(periods - 1, inspections - 1, sanction)
    after_none = _closed(periods - 1, inspections, sanction)
    _, inspect, violate = saddle(((-Fraction(sanction), after_one), (Fraction(1), after_none)))
    return Stage(value, inspect, violate)


def inspections_needed(periods: int, sanction: Fraction, acceptable: Fraction) -> int:
    """Return the fewest inspections after which the inspectee expects no more than an acceptable share of a gain."""
    return next(m for m in range(periods + 1) if sequential(periods, m, sanction).value <= max(acceptable, Fraction(0)))


def repeated(periods: int, inspections: int, rewards: Sequence[Fraction], sanction: Fraction = Fraction(1)) -> Stage:
    """Return the game in which the inspectee may violate as often as there are rewards, until it is caught.

    Parameters
    ----------
    periods, inspections : int
        How many periods are left, and how many inspections.
    rewards : sequence of Fraction
        What the first, second, ... undetected violation gains; above 0. They are kept when the next one is caught.
    sanction : Fraction
        What being caught costs, as a multiple of the reward it was after; not negative.

    Notes
    -----
    The inspector does not learn of undetected violations. That does not matter: with this sanction its chance to
    inspect is the same whatever has happened (von Stengel 2016), so the game may be solved as if it knew.
    """
    _sensible(periods, inspections)
    if sanction < 0 or any(reward <= 0 for reward in rewards):
        raise ValueError("a sanction is not negative, and rewards are above 0")
    count = len(rewards)
    nothing = Stage(Fraction(0), Fraction(0), Fraction(0))
    # One row for each number of inspections left, one column for each number of violations done.
    before = [[nothing] * (count + 1) for _ in range(inspections + 1)]
    for left in range(1, periods + 1):
        now = [[nothing] * (count + 1) for _ in range(inspections + 1)]
        for m in range(inspections + 1):
            for done in reversed(range(count)):
                free = rewards[done] + before[m][done + 1].value
                if m == 0:
                    now[m][done] = Stage(Fraction(free), Fraction(0), Fraction(1))
                elif m >= left:
                    now[m][done] = Stage(Fraction(0), Fraction(1), Fraction(0))
                else:
                    seen = (-sanction * rewards[done], before[m - 1][done].value)
                    now[m][done] = Stage(*saddle((seen, (free, before[m][done].value))))
        before = now
    return before[inspections][0]


def between(periods: int, inspections: int, stakes: Stakes) -> Between:
    """Return the equilibrium of the game with one violation at most and payoffs that do not add up to zero.

    Each period is a 2 x 2 game whose equilibrium makes both indifferent; the recursion takes periods x inspections
    steps. Without a violation both have 0.
    """
    _sensible(periods, inspections)
    gain, sanction = Fraction(stakes.gain), Fraction(stakes.sanction)
    nobody = Between(Fraction(1), Fraction(0), Fraction(0), Fraction(0), Fraction(0))
    free = Between(Fraction(0), Fraction(1), gain, -Fraction(stakes.loss), -Fraction(stakes.loss))
    before = [nobody] * (inspections + 1)
    for left in range(1, periods + 1):
        now = [free]
        for m in range(1, inspections + 1):
            if m >= left:
                now.append(nobody)
                continue
            with_one, with_none = before[m - 1], before[m]
            inspect = (gain - with_none.inspectee) / (gain - with_none.inspectee + with_one.inspectee + sanction)
            worse = with_none.inspector - with_one.inspector  # what an inspection spent on nothing costs later
            violate = worse / (worse + stakes.loss - stakes.caught)
            now.append(
                Between(
                    inspect,
                    violate,
                    inspect * with_one.inspectee + (1 - inspect) * with_none.inspectee,
                    -violate * stakes.loss + (1 - violate) * with_none.inspector,
                    inspect * with_one.committed + (1 - inspect) * with_none.committed,
                )
            )
        before = now
    return before[inspections]


def unless_idle(periods: int, inspections: int, idle: Fraction) -> Stage:
    """Return the game in which the inspector wins 1 by catching, nothing if it misses, and q if nobody ever acts.

    Parameters
    ----------
    periods, inspections : int
        How many periods are left, and how many inspections.
    idle : Fraction
        The q of the game, from 0 to 1.

    Returns
    -------
    Stage
        Its `value` is the inspector's.
    """
    _sensible(periods, inspections)
    if not 0 <= idle <= 1:
        raise ValueError("what idleness counts lies from 0 to 1")
    never = Stage(Fraction(idle), Fraction(1), Fraction(0))
    before = [never] * (inspections + 1)
    for left in range(1, periods + 1):
        now = [Stage(Fraction(0), Fraction(0), Fraction(1))]
        for m in range(1, inspections + 1):
            if m >= left:
                now.append(never)
                continue
            # The smuggler gets what the inspector loses.
            value, inspect, act = saddle(((Fraction(-1), -before[m - 1].value), (Fraction(0), -before[m].value)))
            now.append(Stage(-value, inspect, act))
        before = now
    return before[inspections]


def _closed(periods: int, inspections: int, sanction: Fraction) -> Fraction:
    if inspections >= periods:
        return Fraction(0)
    ways = sum(comb(periods, i) * Fraction(sanction) ** (inspections - i) for i in range(inspections + 1))
    return Fraction(comb(periods - 1, inspections)) / Fraction(ways)


def _sensible(periods: int, inspections: int) -> None:
    if periods < 1 or inspections < 0:
        raise ValueError("there is one period or more, and no fewer than no inspections")
