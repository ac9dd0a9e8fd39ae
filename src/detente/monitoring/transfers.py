"""This module owns payments between parties that make staying in a joint plan each party's own interest.

A party that would rather leave than stay, while the others stay, needs at least the difference paid to it. Payments add
up to zero, so they exist if the needs do not add up to more than what the others could give up and still stay. The
least that must change hands is the sum of the needs above 0. Who pays gives in proportion to what it could give up;
that is one of the cheapest ways, and the same whatever the order of parties.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from detente.monitoring.coalitional import Number, Shares
from detente.monitoring.sharing import FreeRider


@dataclass(frozen=True, slots=True)
class Transfers:
    """Payments after which nobody gains by leaving, or how much is lacking for there to be any.

    Parameters
    ----------
    needs : tuple of numbers
        What each party must receive to stay; below 0, what it could pay and still stay.
    paid : tuple of numbers, or None
        What each party receives (below 0: pays); they add up to 0. None where no payments are enough.
    moved : number
        How much changes hands.
    gap : number
        How much is lacking; 0 where payments are enough. Somebody outside would have to bring it.
    """

    needs: Shares
    paid: Shares | None
    moved: Number
    gap: Number

    def between(self) -> tuple[tuple[Number, ...], ...]:
        """Return who pays whom, one row a payer and one column a receiver; every payer pays for every need."""
        count = len(self.needs)
        if self.paid is None or not self.moved:
            return tuple((Fraction(0),) * count for _ in range(count))
        return tuple(
            tuple(max(-given, Fraction(0)) * max(got, Fraction(0)) / self.moved for got in self.paid)
            for given in self.paid
        )


def transfers(staying: Sequence[Number], leaving: Sequence[Number]) -> Transfers:
    """Return the least payments that make staying at least as good as leaving for every party.

    Parameters
    ----------
    staying, leaving : sequence of numbers, one a party
        What the joint plan is worth to each, and what leaving it is worth while all others stay.
    """
    needs = tuple(out - into for into, out in zip(staying, leaving, strict=True))
    needed = sum((need for need in needs if need > 0), Fraction(0))
    spare = -sum((need for need in needs if need < 0), Fraction(0))
    if needed > spare:
        return Transfers(needs, None, Fraction(0), needed - spare)
    paid = tuple(need if need >= 0 else need * (needed / spare) for need in needs)
    return Transfers(needs, paid, needed, Fraction(0))


def worth(
    party: FreeRider,
    benefit: float,
    costs: Sequence[float],
    leaving: Literal["alone", "idle"] = "alone",
) -> tuple[float, float]:
    """Return what staying in the joint plan, and leaving it, is worth to a party, in money.

    Parameters
    ----------
    party : FreeRider
        What is reached either way, and what it spends of its budgets.
    benefit : float
        What a unit of exponent is worth to it, whoever brings it about.
    costs : sequence of float, one a budget of the party
        What a unit of each budget costs it.
    leaving : {"alone", "idle"}
        Whether a party that leaves plans alone, or spends nothing.
    """
    spent = sum(cost * used for cost, used in zip(costs, party.effort_joint, strict=True))
    saved = (
        sum(cost * used for cost, used in zip(costs, party.effort_alone, strict=True)) if leaving == "alone" else 0.0
    )
    return benefit * party.staying - spent, benefit * (party.alone if leaving == "alone" else party.idle) - saved
