"""This module owns the question when pay for effort defeats itself, and what would mend it.

The model behind the figures is `detente.questions.effort`; it is detente's own, and says so in the answer.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from detente.look.summary import Block, Summary, as_given, listed, number
from detente.model.case import Case
from detente.model.items import Approach, Need, Payment
from detente.model.statements import options_in
from detente.questions.effort import Effort, continuing_patience
from detente.questions.phrases import in_words, traced
from detente.questions.result import EVERY, Made, Result

NEEDED = {
    "cost of effort": "cost_of_effort",
    "solves with chance": "solves_with_chance",
    "found out with chance": "found_out_with_chance",
}


@dataclass(frozen=True)
class Pay:
    """One payment of a case, and what its amounts say.

    Parameters
    ----------
    payment : Payment
    effort : Effort or None
        The amounts; None where some are missing, which `missing` names.
    patience_to_continue : Fraction or None
        For a task that goes on: from which patience on some pay keeps itself; None where the case does not say enough.
    continues : bool
        Whether the case says enough for that: what the payer needs from the receiver, and the cost of effort.
    approaches : tuple of str
        The approaches whose contracts or deference turn on the same option.
    place : int
        Which of the case's payments it is, from 0.
    """

    case: Case = field(compare=False)
    payment: Payment
    effort: Effort | None
    missing: tuple[str, ...]
    patience_to_continue: Fraction | None
    continues: bool
    approaches: tuple[str, ...]
    place: int = 0

    @property
    def sentences(self) -> tuple[str, ...]:
        """What is found, a sentence each."""
        return tuple(self._told())

    @property
    def headline(self) -> tuple[str, ...]:
        """Whether the effort pays, in a sentence or two; () where that was not decided."""
        if self.effort is None:
            return ()
        return tuple(self._weighed(self.effort, self.case.party(self.payment.to).label))[:2]

    def _told(self) -> Iterator[str]:
        payer, receiver = self.case.party(self.payment.by).label, self.case.party(self.payment.to).label
        source = traced(self.payment.mark, self.case, f"payments {self.place + 1}")
        what = self.case.option(self.payment.paid).label
        each = " a period" if self.effort else ""
        paid = f"{payer} pays {receiver} {as_given(self.payment.amount)}{each}, by ‘{what}’"
        yield f"{paid}, for {in_words(self.payment.reward_for.tree, self.case)}{source}."
        yield from self._stakes(receiver)
        if self.effort is None:
            yield f"Whether that pays for itself is not decided: the case does not give {listed(self.missing)}."
            yield (
                "What can be said without: if pay ends with success, and less is paid afterwards than is left of the "
                "pay after the cost of effort, then the more effective the effort, the less it pays (persistence trap)."
            )
        else:
            yield from self._weighed(self.effort, receiver)
        if self.continues:
            yield self._going_on(payer, receiver)
        for name in self.approaches:
            yield f"The approach ‘{name}’ turns on the same option{self._defeated()}."

    def _stakes(self, receiver: str) -> Iterator[str]:
        """Say the numbers that the case gives beside the amount, as it gives them."""
        payment = self.payment
        told = [
            f"the effort costs {receiver} {as_given(payment.cost_of_effort)}"
            if payment.cost_of_effort is not None
            else "",
            f"it solves the problem with chance {as_given(payment.solves_with_chance)}"
            if payment.solves_with_chance is not None
            else "",
            f"shirking is found out with chance {as_given(payment.found_out_with_chance)}"
            if payment.found_out_with_chance is not None
            else "",
            f"{as_given(payment.after_success)} a period is paid after success"
            if payment.after_success is not None
            else "",
        ]
        if found := [each for each in told if each]:
            yield f"As the case says, {listed(found)}."

    def _defeated(self) -> str:
        defeated = self.effort is not None and not self.effort.worthwhile
        return ", and so its pay defeats itself" if defeated else ""

    def _weighed(self, effort: Effort, receiver: str) -> Iterator[str]:
        best = "making the effort" if effort.worthwhile else "not making it"
        yield (
            f"To {receiver}, over all periods at patience {as_given(effort.patience)}, the effort is worth "
            f"{number(effort.of_effort)}, and pay taken without it {number(effort.of_shirking)}: {receiver} does "
            f"better by {best}."
        )
        if effort.trap:
            yield "The more effective the effort, the less it pays, for success ends the pay (persistence trap)."
        if effort.trap and effort.chance_balanced is not None:
            yield f"Effort pays only while its chance of success is at most {number(effort.chance_balanced)}."
        if effort.worthwhile:
            return
        told = listed(list(_repairs(effort)), "or")
        yield f"What would mend it, any one of: {told}." if told else "No pay, monitoring or patience mends it."
        if effort.pay_needed is None and effort.pay_allowed is None:
            yield "More pay, or less, would not mend it."

    def _going_on(self, payer: str, receiver: str) -> str:
        if self.patience_to_continue is None:
            return (
                f"As a task that goes on, by the losses under ‘needs’, no pay keeps itself: {payer}'s gain does not "
                "cover the cost of the effort."
            )
        return (
            "As a task that goes on, by the losses under ‘needs’, some pay keeps itself if both value the next period "
            f"at {number(self.patience_to_continue)} of this one or more."
        )

    def data(self) -> dict[str, Any]:
        """Return the payment as JSON-ready data."""
        effort, told = self.effort, self.payment
        figures: dict[str, Any] = {}
        if effort is not None:
            figures = {
                "patience": float(effort.patience),
                "value of effort": float(effort.of_effort),
                "value of shirking": float(effort.of_shirking),
                "worthwhile": effort.worthwhile,
                "persistence trap": effort.trap,
                "chance at which it balances": _float(effort.chance_balanced),
            }
            if not effort.worthwhile:
                figures["repairs"] = {
                    "after success": _float(effort.after_needed),
                    "found out with chance": _float(effort.found_out_needed),
                    "patience": _float(effort.patience_needed),
                    "pay or more": _float(effort.pay_needed),
                    "pay or less": _float(effort.pay_allowed),
                }
        return {
            "by": told.by,
            "to": told.to,
            "with": told.paid,
            "for": str(told.reward_for),
            "amount": float(told.amount),
            "cost of effort": _float(told.cost_of_effort),
            "solves with chance": _float(told.solves_with_chance),
            "found out with chance": _float(told.found_out_with_chance),
            "after success": _float(told.after_success),
            "source": told.mark.source,
            "place": f"payments[{self.place}]",
            **figures,
            "missing": list(self.missing),
            **({"patience for a task that goes on": _float(self.patience_to_continue)} if self.continues else {}),
            "approaches": list(self.approaches),
            "text": " ".join(self.sentences),
        }


@dataclass(frozen=True, repr=False)
class Payments(Result):
    """When pay for effort defeats itself, payment by payment, and what repairs it."""

    made: Made
    payments: tuple[Pay, ...]

    def data(self) -> dict[str, Any]:
        return self.made.data() | {"payments": [pay.data() for pay in self.payments]}

    columns = ("by", "to", "with", "for", "amount")

    def rows(self) -> list[dict[str, Any]]:
        """Return one row a payment."""
        rows = []
        for pay in self.payments:
            data = pay.data()
            repairs = {f"repair: {key}": value for key, value in data.pop("repairs", {}).items()}
            rows.append({k: "; ".join(v) if isinstance(v, list) else v for k, v in data.items()} | repairs)
        return rows

    def summary(self) -> Summary:
        lines = [line for pay in self.payments for line in pay.sentences] or [
            "The case lists no payments: write under ‘payments’ who pays whom for what, and how much."
        ]
        model = (
            "The figures come from a minimal model of detente's own: pay ends when the problem is solved, or when "
            "shirking is found out. Amounts and chances are those of the case."
        )
        told = (*lines, model) if self.payments else tuple(lines)
        blocks = (Block("Pay for effort", told), Block("", (self.made.line(),)))
        return Summary(f"Payments: {self.made.title}", "", blocks)


def _repairs(effort: Effort) -> Iterator[str]:
    """Yield what would make the effort worth it, each alone."""
    if effort.after_needed is not None:
        share = f" ({number(100 * effort.after_needed / effort.pay)} % of the pay)" if effort.pay else ""
        yield f"{number(effort.after_needed)} a period after success{share}"
    if effort.found_out_needed is not None:
        yield f"a chance of {number(effort.found_out_needed)} that shirking is found out"
    if effort.patience_needed is not None:
        yield f"a patience of {number(effort.patience_needed)}"
    if effort.pay_needed is not None:
        yield f"a pay of {number(effort.pay_needed)} or more"
    if effort.pay_allowed is not None:
        yield f"a pay of {number(effort.pay_allowed)} or less"


def payments(case: Case) -> Payments:
    """Return when the payments of a case defeat themselves, and what would mend each.

    Parameters
    ----------
    case : Case

    Returns
    -------
    Payments
        Exact fractions inside; decimals only of amounts and chances that the case gives as numbers.
    """
    made = Made(case.title, case.fingerprint, EVERY, case.conventions.data())
    return Payments(made, tuple(_pay(case, payment, place) for place, payment in enumerate(case.payments)))


def _pay(case: Case, payment: Payment, place: int) -> Pay:
    missing = [name for name, attribute in NEEDED.items() if getattr(payment, attribute) is None]
    missing += [] if case.patience is not None else ["patience"]
    effort = None
    if not missing:
        assert case.patience is not None and payment.cost_of_effort is not None
        assert payment.solves_with_chance is not None and payment.found_out_with_chance is not None
        effort = Effort(
            payment.amount,
            payment.cost_of_effort,
            payment.solves_with_chance,
            payment.found_out_with_chance,
            payment.after_success or Fraction(0),
            case.patience,
        )
    gain, without = _stake(case, payment.by, payment.to)
    receiver_without = _stake(case, payment.to, payment.by)[1]
    continues = gain is not None and payment.cost_of_effort is not None
    patience = None
    if gain is not None and payment.cost_of_effort is not None:
        patience = continuing_patience(gain, payment.cost_of_effort, without, receiver_without)
    return Pay(case, payment, effort, tuple(missing), patience, continues, _approaches(case, payment), place)


def _stake(case: Case, party: str, giver: str) -> tuple[Fraction | None, Fraction]:
    """Return what a party loses a period without a giver, and how much of that its best substitutes would save."""
    needs = [
        need for need in case.needs if need.party == party and need.sender == giver and need.loss_without is not None
    ]
    if not needs:
        return None, Fraction(0)
    return sum((need.loss_without or Fraction(0) for need in needs), Fraction(0)), sum(map(_saved, needs), Fraction(0))


def _saved(need: Need) -> Fraction:
    loss = need.loss_without or Fraction(0)
    return loss - min([loss, *(substitute.loss for substitute in need.substitutes)])


def _approaches(case: Case, payment: Payment) -> tuple[str, ...]:
    return tuple(approach.label for approach in case.approaches if turns_on(approach, payment.paid))


def turns_on(approach: Approach, option: str) -> bool:
    """Return whether a contract of an approach pays with an option, or somebody defers while it is taken."""
    conditions = [clause.condition for clause in approach.deference if clause.condition is not None]
    return any(contract.paid == option for contract in approach.contracts) or any(
        option in options_in(condition.tree) for condition in conditions
    )


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
