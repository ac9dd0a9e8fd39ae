"""This module owns the check of what `payments` prints: what effort and shirking are worth, and where they balance.

The model, a period at a time: pay p is taken; effort costs c and solves the problem with chance q, after which s a
period is paid; shirking is found out with chance m, and ends all pay; the next period counts d times this one. Effort
is worth (p - c + d q s / (1 - d)) / (1 - d (1 - q)), shirking p / (1 - d (1 - m)). Every threshold is found here as the
place at which the one less the other, or that times a positive number, is zero: but for patience it is a straight line.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from detente.model.case import Case, Payment
from detente.verification.amounts import GIVEN
from detente.verification.findings import Finding, found
from detente.verification.lasting import turned_on
from detente.verification.needs import as_told, depends
from detente.verification.packages import differing
from detente.verification.worlds import Worlds

Told = Mapping[str, Any]
ZERO, ONE = Fraction(0), Fraction(1)
FINE = Fraction(1, 2**39)
"""To how much a patience is known, at most."""


@dataclass(frozen=True, slots=True)
class Pay:
    """The amounts of one payment a period, its chances a period, and the patience."""

    pay: Fraction
    cost: Fraction
    solves: Fraction
    found_out: Fraction
    after: Fraction
    patience: Fraction

    @property
    def effort(self) -> Fraction:
        """What it is worth to make the effort, over all periods."""
        tail = self.patience * self.solves * self.after / (ONE - self.patience)
        return (self.pay - self.cost + tail) / (ONE - self.patience * (ONE - self.solves))

    @property
    def shirking(self) -> Fraction:
        """What it is worth to take the pay without effort, over all periods."""
        return self.pay / (ONE - self.patience * (ONE - self.found_out))

    def ahead(self, **changed: Fraction) -> Fraction:
        """Return by how much effort is worth more than shirking, with some amounts changed."""
        other = replace(self, **changed)
        return other.effort - other.shirking


def check_payments(worlds: Worlds, data: Told) -> Iterator[Finding]:
    """Yield what is found of an answer of `payments`."""
    case, told = worlds.case, data["payments"]
    why = "" if len(told) == len(case.payments) else f"the case lists {len(case.payments)}"
    yield Finding("the payments", "refused" if why else "accepted", why)
    if why:
        return
    for place, (payment, each) in enumerate(zip(case.payments, told, strict=True)):
        name = f"payment {place + 1}"
        yield found(name, _fault_in_terms, case, payment, place, each)
        yield found(f"{name}: a task that goes on", _fault_in_going_on, case, payment, each)
        amounts = _amounts(case, payment)
        if amounts is None:
            yield found(f"{name}: figures", _fault_in_none, each)
            continue
        yield found(f"{name}: effort and shirking", _fault_in_worth, amounts, each)
        yield found(f"{name}: repairs", _fault_in_repairs, amounts, each)


def _given(payment: Payment) -> dict[str, Fraction | None]:
    given = (payment.cost_of_effort, payment.solves_with_chance, payment.found_out_with_chance, payment.after_success)
    return dict(zip(GIVEN, given, strict=True))


def _amounts(case: Case, payment: Payment) -> Pay | None:
    """Return the amounts of a payment; None where the case leaves some out."""
    cost, solves, found_out = payment.cost_of_effort, payment.solves_with_chance, payment.found_out_with_chance
    if cost is None or solves is None or found_out is None or case.patience is None:
        return None
    return Pay(payment.amount, cost, solves, found_out, payment.after_success or ZERO, case.patience)


def _fault_in_terms(case: Case, payment: Payment, place: int, told: Told) -> str:
    """Check what is told of a payment as the case gives it, and what the case leaves out."""
    given = _given(payment)
    missing = [name for name in GIVEN[:3] if given[name] is None]
    derived = {
        "by": payment.by,
        "to": payment.to,
        "with": payment.paid,
        "for": str(payment.reward_for),
        "amount": float(payment.amount),
        **{name: as_told(amount) for name, amount in given.items()},
        "source": payment.mark.source,
        "place": f"payments[{place}]",
        "missing": missing + (["patience"] if case.patience is None else []),
        "approaches": [each.label for each in case.approaches if payment.paid in turned_on(case, each)],
    }
    return differing({key: told[key] for key in derived}, derived)


def _fault_in_going_on(case: Case, payment: Payment, told: Told) -> str:
    """Check from which patience on some pay keeps itself if the task never ends: c / (b - u - v)."""
    key = "patience for a task that goes on"
    gain, cost = _loss(case, payment.by, payment.to), payment.cost_of_effort
    if gain is None or cost is None:
        return f"{key!r} is told, and the case does not say enough" if key in told else ""
    left = gain - _saved(case, payment.by, payment.to) - _saved(case, payment.to, payment.by)
    right = cost / left if left > 0 and cost <= left else None
    return differing({key: told[key]} if key in told else {}, {key: as_told(right)})


def _loss(case: Case, party: str, without: str) -> Fraction | None:
    """Return what a party loses without another, as far as its needs say; None where they do not."""
    losses = [need.loss_without for need in case.needs if (need.party, need.sender) == (party, without)]
    known = [loss for loss in losses if loss is not None]
    return sum(known, ZERO) if known else None


def _saved(case: Case, party: str, without: str) -> Fraction:
    """Return how much of that substitutes save."""
    needs = [need for need in case.needs if (need.party, need.sender) == (party, without)]
    return sum(((need.loss_without or ZERO) - (depends(need) or ZERO) for need in needs), ZERO)


FIGURED = ("patience", "value of effort", "value of shirking", "worthwhile", "persistence trap",
           "chance at which it balances", "repairs")  # fmt: skip


def _fault_in_none(told: Told) -> str:
    more = [key for key in FIGURED if key in told]
    return f"{more[0]!r} is told, and the case does not say enough" if more else ""


def _fault_in_worth(amounts: Pay, told: Told) -> str:
    """Check what effort and shirking are worth, and at which chance of success they are worth the same."""
    weight = ONE - amounts.patience

    def ahead(solves: Fraction) -> Fraction:
        return amounts.ahead(solves=solves) * (ONE - amounts.patience * (ONE - solves)) * weight

    chance = zero(ahead)
    derived = {
        "patience": float(amounts.patience),
        "value of effort": float(amounts.effort),
        "value of shirking": float(amounts.shirking),
        "worthwhile": amounts.effort >= amounts.shirking,
        "persistence trap": amounts.after < amounts.pay - amounts.cost,
        "chance at which it balances": as_told(chance if chance is not None and 0 <= chance <= 1 else None),
    }
    return differing({key: told[key] for key in derived if key in told}, derived)


def zero(line: Callable[[Fraction], Fraction]) -> Fraction | None:
    """Return where a straight line is zero; None where it has no slope."""
    at_none, at_one = line(ZERO), line(ONE)
    return None if at_none == at_one else at_none / (at_none - at_one)


def _fault_in_repairs(amounts: Pay, told: Told) -> str:
    """Check from which amount on, each alone, effort is worth it; None where no amount does."""
    repairs = told.get("repairs")
    if amounts.ahead() >= 0:
        return "" if repairs is None else "it tells what would mend it, and the effort pays already"
    if not isinstance(repairs, Mapping):
        return "its repairs are not told"
    derived = {
        "after success": as_told(_from(lambda after: amounts.ahead(after=after))),
        "found out with chance": as_told(_chance(amounts)),
        "pay or more": as_told(_from(lambda pay: amounts.ahead(pay=pay))),
        "pay or less": as_told(_up_to(lambda pay: amounts.ahead(pay=pay))),
    }
    return differing({key: repairs[key] for key in derived}, derived) or _fault_in_patience(amounts, repairs)


def _from(line: Callable[[Fraction], Fraction]) -> Fraction | None:
    """Return from which amount on, nothing or more, a rising line is not below zero; None where it does not rise."""
    place = zero(line)
    return None if place is None or line(ONE) < line(ZERO) else max(ZERO, place)


def _up_to(line: Callable[[Fraction], Fraction]) -> Fraction | None:
    """Return up to which amount, nothing or more, a falling line is not below zero; None where there is none."""
    place = zero(line)
    return None if place is None or line(ONE) > line(ZERO) or place < 0 else place


def _chance(amounts: Pay) -> Fraction | None:
    """Return the least chance of being found out at which effort is worth it; None where certainty is too little."""
    patience = amounts.patience

    def ahead(chance: Fraction) -> Fraction:
        return amounts.effort * (ONE - patience * (ONE - chance)) - amounts.pay

    if ahead(ZERO) >= 0:
        return ZERO
    least = zero(ahead)
    return least if least is not None and 0 <= least <= 1 else None


def _fault_in_patience(amounts: Pay, repairs: Told) -> str:
    """Check the patience from which on effort is worth it: it is there, not just below, and there near certainty."""

    def ahead(patience: Fraction) -> Fraction:
        """Return how far effort is ahead, times a positive number: a square function of patience, also at 1."""
        kept = (amounts.pay - amounts.cost) * (ONE - patience) + patience * amounts.solves * amounts.after
        taken = amounts.pay * (ONE - patience) * (ONE - patience * (ONE - amounts.solves))
        return kept * (ONE - patience * (ONE - amounts.found_out)) - taken

    told = repairs["patience"]
    lasting = ahead(ONE - FINE) >= 0
    if told is None:
        return "some patience makes effort worth it" if lasting else ""
    least = Fraction(told)
    if not lasting or not 0 <= least <= 1:
        return "no patience makes effort worth it from there on"
    places = [least + (ONE - least) * step / 64 for step in range(64)]
    if any(ahead(place) < 0 for place in places):
        return f"at a patience of {told} effort is not worth it, or not at all above it"
    if least > FINE and ahead(least - FINE) >= 0:
        return f"less patience than {told} is enough"
    return ""
