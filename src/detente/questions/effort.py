"""This module owns when pay for effort defeats itself: the values of effort and of shirking, and what balances them.

A minimal model of detente's own, not a published one; the signs of its thresholds agree with the literature on aid for
security (Boutton; Bapat; Powell; Padró i Miquel & Yared). A payer pays `pay` each period. Effort costs `cost`, and
solves the problem with a chance `solves` a period; then pay ends, and `after` is paid from then on. Shirking is found
out with a chance `found_out` a period, and ends all pay. A period counts `patience` times as much as the one before.
"""

from dataclasses import dataclass, replace
from fractions import Fraction

ONE = Fraction(1)
STEPS = 40  # bisections: a threshold is found to less than one in 10^12


@dataclass(frozen=True, slots=True)
class Effort:
    """One payment for effort, all amounts in the same unit a period, all chances a period.

    Parameters
    ----------
    pay, cost, after : Fraction
        What is paid while the problem lasts; what effort costs; what is paid after it is solved.
    solves, found_out : Fraction
        The chance that effort solves the problem; that shirking is found out. From 0 to 1.
    patience : Fraction
        What the next period counts, against 1 for this one; from 0 to below 1.
    rival : Fraction
        What a unit of pay is worth on top to who makes no effort for it: 0 or more.
    """

    pay: Fraction
    cost: Fraction
    solves: Fraction
    found_out: Fraction
    after: Fraction
    patience: Fraction
    rival: Fraction = Fraction(0)

    @property
    def of_settlement(self) -> Fraction:
        """What it is worth that the problem is solved, over all periods from then on."""
        return self.after / (ONE - self.patience)

    @property
    def of_effort(self) -> Fraction:
        """What it is worth to make the effort, over all periods."""
        tail = self.patience * self.solves * self.of_settlement
        return (self.pay - self.cost + tail) / (ONE - self.patience * (ONE - self.solves))

    @property
    def of_shirking(self) -> Fraction:
        """What it is worth to take the pay and not make the effort, over all periods."""
        return self.pay * (ONE + self.rival) / (ONE - self.patience * (ONE - self.found_out))

    @property
    def of_more_pay(self) -> Fraction:
        """What one more unit of pay adds to the worth of effort over that of shirking; 0 or less: it does not help."""
        kept_by_effort = ONE / (ONE - self.patience * (ONE - self.solves))
        return kept_by_effort - (ONE + self.rival) / (ONE - self.patience * (ONE - self.found_out))

    @property
    def worthwhile(self) -> bool:
        """Whether effort is worth at least what shirking is."""
        return self.of_effort >= self.of_shirking

    @property
    def trap(self) -> bool:
        """Whether effort pays less the more effective it is (persistence trap): success ends more than it brings."""
        return self.after < self.pay - self.cost

    @property
    def chance_balanced(self) -> Fraction | None:
        """The chance of solving the problem at which effort and shirking are worth the same; None if there is none."""
        slope = self.patience * self.of_shirking - self.patience * self.after / (ONE - self.patience)
        if slope == 0:
            return None
        chance = (self.pay - self.cost - self.of_shirking * (ONE - self.patience)) / slope
        return chance if 0 <= chance <= 1 else None

    @property
    def pay_needed(self) -> Fraction | None:
        """The pay from which on effort is worth it; None where more pay does not help."""
        return max(Fraction(0), self._pay_balanced()) if self.of_more_pay > 0 else None

    @property
    def pay_allowed(self) -> Fraction | None:
        """The pay up to which effort is worth it, where more pay works against it; None where no pay is low enough."""
        if self.of_more_pay >= 0:
            return None
        most = self._pay_balanced()
        return most if most >= 0 else None

    def _pay_balanced(self) -> Fraction:
        """Return the pay at which effort and shirking are worth the same."""
        unpaid = replace(self, pay=Fraction(0))
        return (unpaid.of_shirking - unpaid.of_effort) / self.of_more_pay

    @property
    def after_needed(self) -> Fraction | None:
        """The pay after success from which on effort is worth it; None where effort never succeeds."""
        weight = self.patience * self.solves
        if weight == 0:
            return None
        short = self.of_shirking * (ONE - self.patience * (ONE - self.solves)) - (self.pay - self.cost)
        return max(Fraction(0), short * (ONE - self.patience) / weight)

    @property
    def found_out_needed(self) -> Fraction | None:
        """The chance of being found out from which on effort is worth it; None where even certainty is too little."""
        if self.of_effort <= 0 or self.patience == 0:
            return Fraction(0) if self.worthwhile else None
        chance = ONE - (ONE - self.pay * (ONE + self.rival) / self.of_effort) / self.patience
        return max(Fraction(0), chance) if chance <= 1 else None

    @property
    def patience_needed(self) -> Fraction | None:
        """The patience from which on effort is worth it, the next greater multiple of 1/2^40; None if there is none."""
        if self._gain(ONE) < 0 or (self._gain(ONE) == 0 and self._gain(ONE - Fraction(1, 2**STEPS)) < 0):
            return None
        low, high = Fraction(0), ONE
        for _ in range(STEPS):
            middle = (low + high) / 2
            low, high = (low, middle) if self._gain(middle) >= 0 else (middle, high)
        return high if self.cost > 0 or self.rival > 0 else Fraction(0)

    def _gain(self, patience: Fraction) -> Fraction:
        """Return a number with the sign of effort's worth above shirking's, at some patience; quadratic in it."""
        effort = (self.pay - self.cost) * (ONE - patience) + patience * self.solves * self.after
        shirked = self.pay * (ONE + self.rival) * (ONE - patience)
        return effort * (ONE - patience * (ONE - self.found_out)) - shirked * (ONE - patience * (ONE - self.solves))


def continuing_patience(
    gain: Fraction, cost: Fraction, payer_without: Fraction, receiver_without: Fraction
) -> Fraction | None:
    """Return from which patience on some pay for a task that never ends keeps itself; None if none does.

    Parameters
    ----------
    gain : Fraction
        What the effort is worth to the payer, a period.
    cost : Fraction
        What it costs the receiver.
    payer_without, receiver_without : Fraction
        What each has a period if the deal ends.
    """
    surplus = gain - payer_without - receiver_without
    if surplus <= 0 or cost > surplus:
        return None
    return cost / surplus
