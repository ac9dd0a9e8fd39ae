"""This module owns the edits of what can be and what it is worth: rules, clout, today, patience, pay."""

from dataclasses import dataclass, replace
from fractions import Fraction

from detente.errors import CaseError, Fault
from detente.look.summary import listed
from detente.model.case import Case
from detente.model.edits.edit import Edit, chosen, inserted, removed, replaced
from detente.model.items import Clout, Option, Rule
from detente.model.said import in_words, quoted, rule_called
from detente.model.statements import Statement


@dataclass(frozen=True, slots=True)
class AddRule(Edit):
    """One more rule, at a place from 0 (None: last)."""

    rule: Rule
    at: int | None = None

    def apply(self, case: Case) -> Case:
        return replace(case, rules=inserted(case.rules, self.at, self.rule, "rule"))

    def inverse(self, case: Case) -> Edit:
        return DropRule(len(case.rules) if self.at is None else self.at)

    def text(self, case: Case) -> str:
        if self.rule.mark.name:
            return f"the rule {quoted(self.rule.mark.name)} is added"
        return f"a rule is added: {in_words(self.rule.that.tree, case)}"


@dataclass(frozen=True, slots=True)
class DropRule(Edit):
    """The rule at a place from 0 is dropped: what it ruled out can be."""

    at: int

    def apply(self, case: Case) -> Case:
        return replace(case, rules=removed(case.rules, self.at, "rule"))

    def inverse(self, case: Case) -> Edit:
        return AddRule(chosen(case.rules, self.at, "rule"), self.at)

    def text(self, case: Case) -> str:
        chosen(case.rules, self.at, "rule")
        return f"{rule_called(case, self.at)} is dropped"


@dataclass(frozen=True, slots=True)
class RelaxRule(Edit):
    """The rule at a place from 0 asks for something else, usually less."""

    at: int
    that: Statement

    def apply(self, case: Case) -> Case:
        rule = replace(chosen(case.rules, self.at, "rule"), that=self.that)
        return replace(case, rules=replaced(case.rules, self.at, rule, "rule"))

    def inverse(self, case: Case) -> Edit:
        return RelaxRule(self.at, chosen(case.rules, self.at, "rule").that)

    def text(self, case: Case) -> str:
        chosen(case.rules, self.at, "rule")
        return f"{rule_called(case, self.at)} is relaxed to: {in_words(self.that.tree, case)}"


@dataclass(frozen=True, slots=True)
class AddClout(Edit):
    """A party has clout over another one's options, listed at a place from 0 (None: last)."""

    clout: Clout
    at: int | None = None

    def apply(self, case: Case) -> Case:
        return replace(case, clout=inserted(case.clout, self.at, self.clout, "clout"))

    def inverse(self, case: Case) -> Edit:
        return DropClout(len(case.clout) if self.at is None else self.at)

    def text(self, case: Case) -> str:
        condition = "" if self.clout.condition is None else f", while {in_words(self.clout.condition.tree, case)}"
        return f"{_clout_text(case, self.clout)}{condition}"


@dataclass(frozen=True, slots=True)
class DropClout(Edit):
    """The clout at a place from 0 is lost."""

    at: int

    def apply(self, case: Case) -> Case:
        return replace(case, clout=removed(case.clout, self.at, "clout"))

    def inverse(self, case: Case) -> Edit:
        return AddClout(chosen(case.clout, self.at, "clout"), self.at)

    def text(self, case: Case) -> str:
        clout = chosen(case.clout, self.at, "clout")
        return f"{case.party(clout.of).label} loses its clout over {_on_what(case, clout)}"


@dataclass(frozen=True, slots=True)
class RaiseClout(Edit):
    """A party's clout over one option of another is of a given strength: the clout that is there, or a new one."""

    of: str
    over: str
    on: str
    strength: str = "strong"

    def place(self, case: Case) -> int | None:
        """Return where the case has this clout, over this option alone; None if it has not."""
        sought = self.of, self.over, (self.on,)
        return next((at for at, clout in enumerate(case.clout) if (clout.of, clout.over, clout.on) == sought), None)

    def apply(self, case: Case) -> Case:
        at = self.place(case)
        if at is None:
            clout = Clout(self.of, self.over, (self.on,), self.strength)
            return replace(case, clout=(*case.clout, clout))
        changed = replace(case.clout[at], strength=self.strength)
        return replace(case, clout=replaced(case.clout, at, changed, "clout"))

    def inverse(self, case: Case) -> Edit:
        at = self.place(case)
        return DropClout(len(case.clout)) if at is None else replace(self, strength=case.clout[at].strength)

    def text(self, case: Case) -> str:
        return _clout_text(case, Clout(self.of, self.over, (self.on,), self.strength))


@dataclass(frozen=True, slots=True)
class SetToday(Edit):
    """Today is another state: the level of every option in their order, a plain state's name, or not known."""

    today: tuple[int, ...] | str | None

    def apply(self, case: Case) -> Case:
        if isinstance(self.today, tuple) and len(self.today) != len(case.options):
            what = f"today has {len(self.today)} levels, and there are {len(case.options)} options"
            raise CaseError([Fault(what, "give one for each")])
        return replace(case, today=self.today)

    def inverse(self, case: Case) -> Edit:
        return SetToday(case.today)

    def text(self, case: Case) -> str:
        if not isinstance(self.today, tuple):
            return "today is not known" if self.today is None else f"today is {self.today}"
        was = case.today if isinstance(case.today, tuple) else (None,) * len(case.options)
        changes = [
            f"{quoted(option.label)} of {case.party(option.party).label} is {_level(option, level)}"
            for option, level, old in zip(case.options, self.today, was, strict=True)
            if level != old
        ]
        return f"today is different: {listed(changes)}" if changes else "today stays as it is"


@dataclass(frozen=True, slots=True)
class SetPatience(Edit):
    """The next period counts differently to the parties: from 0 to below 1, or not stated."""

    patience: Fraction | None

    def apply(self, case: Case) -> Case:
        if self.patience is not None and not 0 <= self.patience < 1:
            raise CaseError([Fault(f"the patience is {self.patience}", "give a number from 0 to below 1")])
        return replace(case, patience=self.patience)

    def inverse(self, case: Case) -> Edit:
        return SetPatience(case.patience)

    def text(self, case: Case) -> str:
        if self.patience is None:
            return "how much the next period counts is not stated"
        return f"the next period counts {self.patience} of this one"


@dataclass(frozen=True, slots=True)
class PayAfterSuccess(Edit):
    """The payment at a place from 0 leaves another amount a period once the effort has succeeded, or none is stated."""

    at: int
    amount: Fraction | None

    def apply(self, case: Case) -> Case:
        payment = replace(chosen(case.payments, self.at, "payment"), after_success=self.amount)
        return replace(case, payments=replaced(case.payments, self.at, payment, "payment"))

    def inverse(self, case: Case) -> Edit:
        return PayAfterSuccess(self.at, chosen(case.payments, self.at, "payment").after_success)

    def text(self, case: Case) -> str:
        payment = chosen(case.payments, self.at, "payment")
        payer, receiver, what = case.party(payment.by), case.party(payment.to), quoted(case.option(payment.paid).label)
        amount = "nothing is stated to be" if self.amount is None else f"{self.amount} a period is"
        return f"{amount} paid by {payer.label} to {receiver.label} after success, beside {what}"


def _level(option: Option, level: int) -> str:
    known = option.levels or ("no", "yes")
    return known[level] if 0 <= level < len(known) else str(level)


def _clout_text(case: Case, clout: Clout) -> str:
    return f"{case.party(clout.of).label} has {clout.strength} clout over {_on_what(case, clout)}"


def _on_what(case: Case, clout: Clout) -> str:
    options = listed([quoted(case.option(key).label) for key in clout.on])
    return f"{case.party(clout.over).label} on {options}"
