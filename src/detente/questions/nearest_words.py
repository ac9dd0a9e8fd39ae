"""This module owns how the edits of a nearest change are said, and which parties must move for them."""

from collections.abc import Sequence
from fractions import Fraction

from detente.look.summary import counted, listed, number
from detente.model.case import Case
from detente.model.edits import (
    AddAssurance,
    AddClout,
    AddConcern,
    AddContract,
    DropConcern,
    DropRule,
    Edit,
    FormCoalition,
    MarkCore,
    PayAfterSuccess,
    RaiseClout,
    SetPatience,
    SwapConcerns,
)
from detente.model.said import called_in_a_row, rule_called
from detente.model.shared import meaning
from detente.model.statements import Not, Tree
from detente.questions.lasting import share
from detente.questions.phrases import in_words
from detente.questions.wording import ordinal


def movers(case: Case, edits: Sequence[Edit], tempted: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the parties that must move: whose concern or option is edited, or whose clout grows.

    Parameters
    ----------
    case : Case
    edits : sequence of Edit
    tempted : sequence of str
        Who must value the next period more, where the patience is edited.
    """
    found: dict[str, None] = {}
    for edit in edits:
        match edit:
            case SwapConcerns(party) | AddConcern(party) | DropConcern(party) | MarkCore(party):
                found[party] = None
            case AddAssurance(_, by):
                found[by] = None
            case AddContract(_, contract):
                found[contract.by] = None
            case RaiseClout(of):
                found[of] = None
            case FormCoalition(_, members):
                found |= dict.fromkeys(members)
            case AddClout(clout):
                found[clout.of] = None
            case PayAfterSuccess(at):
                found[case.payments[at].by] = None
            case SetPatience():
                found |= dict.fromkeys(tempted)
    return tuple(found)


def said(case: Case, edits: Sequence[Edit]) -> str:
    """Say edits in one sentence without its stop; swaps of one party in a row are said as what moves above what."""
    told: list[str] = []
    place = 0
    while place < len(edits):
        edit, run = edits[place], place + 1
        if isinstance(edit, SwapConcerns):
            while run < len(edits) and isinstance(edits[run], SwapConcerns) and _same_party(edit, edits[run]):
                run += 1
            after = case
            for each in edits[place:run]:
                after = each.apply(after)
            told.append(_moved(case, after, edit.party, run - place))
            case = after
        else:
            told.append(_said(case, edit))
            case = edit.apply(case)
        place = run
    return "; ".join(told)


def _same_party(edit: SwapConcerns, other: Edit) -> bool:
    return isinstance(other, SwapConcerns) and other.party == edit.party


def _moved(before: Case, after: Case, party: str, swaps: int) -> str:
    """Say what moves above what: each concern that rises, above the highest of those that it passes."""
    old, new = before.party(party).concerns or (), after.party(party).concerns or ()
    told = []
    place = {id(concern): at for at, concern in enumerate(old)}
    for at, concern in enumerate(new):
        passed = [other for other in new[at + 1 :] if place[id(other)] < place[id(concern)]]
        if passed:
            told.append(f"{called_in_a_row(concern, before)} above {called_in_a_row(passed[0], before)}")
    return f"{before.party(party).label} puts {' and '.join(told)} ({counted(swaps, 'swap')})"


def _said(case: Case, edit: Edit) -> str:
    match edit:
        case AddConcern(party, concern, at):
            owners = [
                case.party(id).label
                for id in case.counted
                for other in case.party(id).concerns or ()
                if other.core and id != party and meaning(other) == meaning(concern)
            ]
            whose = f", core for {owners[0]}," if owners else ""
            return (
                f"{case.party(party).label} takes up {called_in_a_row(concern, case)}{whose} as its "
                f"{_place(case, party, at)} concern"
            )
        case DropConcern(party, at):
            given_up = (case.party(party).concerns or ())[at]
            stop = "" if given_up.mark.name else ","
            return f"{case.party(party).label} gives up its concern{stop} {called_in_a_row(given_up, case)}"
        case MarkCore(party, at):
            said = called_in_a_row((case.party(party).concerns or ())[at], case)
            return f"{case.party(party).label} no longer counts {said} as core"
        case AddAssurance(_, by, option, iff):
            return f"{case.party(by).label} promises {_exchange(case, option, iff.tree)}"
        case AddContract(_, contract):
            exchange = _exchange(case, contract.paid, contract.iff.tree)
            return f"{case.party(contract.by).label} is bound by contract to {exchange}"
        case RaiseClout(of, over, on):
            return _clout_said(case, of, over, on)
        case AddClout(clout):
            return _clout_said(case, clout.of, clout.over, clout.on[0])
        case FormCoalition(_, members):
            names = listed([case.party(id).label for id in members])
            others = "other" if len(members) == 2 else "others"
            return f"{names} form a coalition: each takes the core concerns of the {others} for its own"
        case SetPatience(patience):
            was = "which the case did not say" if case.patience is None else f"no longer {share(case.patience)}"
            return f"the next period counts {share(patience or Fraction(0))} of this one, {was}"
        case PayAfterSuccess(at, amount):
            payment = case.payments[at]
            what, whom = case.option(payment.paid).label, case.party(payment.to).label
            much = number(amount or Fraction(0))
            return f"{case.party(payment.by).label} pays {whom} {much} a period after success, beside ‘{what}’"
        case DropRule(at):
            return f"{rule_called(case, at).rstrip(',')}, which the case allows to be lifted, is lifted"
    return edit.text(case)


def _clout_said(case: Case, of: str, over: str, on: str) -> str:
    return f"{case.party(of).label} gains weak clout over {case.party(over).label} on ‘{case.option(on).label}’"


def _place(case: Case, party: str, at: int | None) -> str:
    return ordinal((len(case.party(party).concerns or ()) if at is None else at) + 1)


def _exchange(case: Case, option: str, iff: Tree) -> str:
    negative = isinstance(iff, Not)
    return f"‘{case.option(option).label}’ exactly when {'there is ' * negative}{in_words(iff, case)}"
