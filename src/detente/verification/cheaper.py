"""This module owns the check that nothing cheaper does than a nearest change: every set of edits that costs less is
listed again, from what the docs say a change may be made of, made in the case, and looked at.

Where there are too many such sets, or too many states to look at after each, the claim is left unchecked.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any

from detente.model.case import Case, Party
from detente.verification.lasting import package_patience
from detente.verification.nearest import MOST_STATES, Aim, judged, made, passing
from detente.verification.stability import Judge, TooLongError

MOST_LOOKED = 60_000  # so many states are looked at, over all sets of edits
ALONE = ("FormCoalition",)
ONCE = ("AddContract", "DropRule")
Edit = dict[str, Any]
Priced = tuple[str, Edit]


def fault_in_cheapest(case: Case, answer: Mapping[str, Any]) -> str:
    """Return what is wrong with the claim that no set of edits is cheaper than the first change; "" if nothing is.

    Raises
    ------
    TooLongError
        When there are too many sets of edits that cost less.
    """
    costs, first = dict(answer["costs"]), answer["changes"][0]
    claim, most = first["certificate"], int(first["cost"])
    approach = str(answer["approach"])
    known = {each.id for each in case.approaches}
    added = approach if approach != "none" else next(f"new{n}" for n in range(99) if f"new{n}" not in known)
    aim = Aim(claim["goal"], tuple(claim["states"]), frozenset(claim["verdicts"]), approach)
    states = sum(1 for _ in judged(case, aim).world.every_state(MOST_STATES))
    looked = 0
    level: list[tuple[list[Edit], int]] = [([], 0)]
    while level:
        following: list[tuple[list[Edit], int]] = []
        for edits, cost in level:
            after = made(case, edits)
            if after is None:
                continue
            looked += states
            wide = not edits and most > 1 and states * _number(case, aim, costs, added) > MOST_LOOKED
            if looked > MOST_LOOKED or wide:
                raise TooLongError("that nothing cheaper does was not derived again: too many sets of edits cost less")
            found = passing(judged(after, Aim(aim.goal, aim.states, aim.verdicts, added)), aim)
            if not any(each["edit"] in ALONE for each in edits):
                if found:
                    text = ", ".join(each["edit"] for each in edits) or "no edit"
                    return f"{text}: {found} passes already at a cost of {cost}"
                following += [
                    ([*edits, edit], cost + costs[kind])
                    for kind, edit in _single(after, case, aim, costs, added)
                    if cost + costs[kind] < most and _together(edits, edit)
                ]
            elif found:
                return f"a coalition: {found} passes already at a cost of {cost}"
        level = following
    return ""


def fault_in_costs(answer: Mapping[str, Any]) -> str:
    """Return what is wrong with what the changes are said to cost, each edit by its kind; "" if nothing is."""
    costs = answer["costs"]
    for number, change in enumerate(answer["changes"], 1):
        total = sum(costs[kind_of(edit)] for edit in change["edits"])
        if change["cost"] != total:
            return f"the edits of change {number} cost {total}"
    told = [change["cost"] for change in answer["changes"]]
    return "" if told == sorted(told) else "the cheapest does not come first"


def kind_of(edit: Mapping[str, Any]) -> str:
    """Return under which kind an edit is priced."""
    return KINDS.get(str(edit.get("edit")), "")


KINDS = {
    "SwapConcerns": "swap",
    "AddConcern": "add",
    "DropConcern": "drop",
    "MarkCore": "core",
    "AddAssurance": "promise",
    "AddContract": "contract",
    "FormCoalition": "coalition",
    "RaiseClout": "clout",
    "AddClout": "clout",
    "DropRule": "rule",
    "SetPatience": "patience",
    "PayAfterSuccess": "tail",
}


def _together(edits: Sequence[Edit], edit: Edit) -> bool:
    """Return whether an edit may join others: a coalition is alone, and there is one contract or lifted rule."""
    if edit["edit"] in ALONE:
        return not edits
    return edit["edit"] not in ONCE or not any(each["edit"] in ONCE for each in edits)


def _number(case: Case, aim: Aim, costs: Mapping[str, int], added: str) -> int:
    return sum(1 for _ in _single(case, case, aim, costs, added))


def _single(now: Case, case: Case, aim: Aim, costs: Mapping[str, int], added: str) -> Iterator[Priced]:
    """Yield every edit of a kind that is considered, in a case as edits left it."""
    for kind, edit in _every(now, case, aim, added):
        if kind in costs:
            yield kind, edit
    if "patience" in costs:
        yield from _more_patience(now, aim, added)
    if "tail" in costs:
        yield from _tails(now)


def _every(now: Case, case: Case, aim: Aim, added: str) -> Iterator[Priced]:
    table = now.at_table
    for party in now.parties:
        yield from _wishes(party, now, case, aim)
        if party.id in table:
            for paid, iff, own in _terms(party, now):
                contract = {"by": party.id, "with": paid, "iff": iff}
                yield "contract", {"edit": "AddContract", "approach": added, "contract": contract}
                if party.concerns is not None and not own:
                    promise = {"edit": "AddAssurance", "approach": added, "by": party.id, "option": paid, "iff": iff}
                    yield "promise", promise
        else:
            for option in party.options:
                for of in table:
                    clout = {"of": of, "over": party.id, "on": [option.key], "strength": "weak"}
                    yield "clout", {"edit": "AddClout", "clout": clout}
    for at, rule in enumerate(now.rules):
        if rule.relaxable:
            yield "rule", {"edit": "DropRule", "at": at}
    able = [id for id in table if now.party(id).concerns is not None]
    for members in dict.fromkeys([*combinations(able, 2), tuple(able)]):
        if len(members) > 1:
            yield "coalition", {"edit": "FormCoalition", "approach": added, "members": members, "share": "core"}


def _wishes(party: Party, now: Case, case: Case, aim: Aim) -> Iterator[Priced]:
    concerns = party.concerns or ()
    for at, concern in enumerate(concerns):
        if at + 1 < len(concerns):
            yield "swap", {"edit": "SwapConcerns", "party": party.id, "first": at, "second": at + 1}
        yield "drop", {"edit": "DropConcern", "party": party.id, "at": at}
        if concern.core:
            yield "core", {"edit": "MarkCore", "party": party.id, "at": at, "core": False}
    if party.concerns is not None:
        for want in _offered(party.id, case, aim):
            for at in range(len(concerns) + 1):
                yield "add", {"edit": "AddConcern", "party": party.id, "concern": want, "at": at}


def _offered(party: str, case: Case, aim: Aim) -> list[str]:
    """Return what a party may take up: core concerns of others that count, the goal, what it does in what is sought."""
    have = {str(concern.want) for concern in case.party(party).concerns or ()}
    others = [concern for id in case.counted if id != party for concern in case.party(id).concerns or ()]
    found = [str(concern.want) for concern in others if concern.core]
    if aim.goal is not None:
        found += [aim.goal, *_parts(aim.goal)]
    for place, option in enumerate(case.options if aim.states else ()):
        levels = {word[place] for word in aim.states}
        level = levels.pop()
        if not levels and level != "-" and option.party == party:
            said = f"{option.key} = {option.levels[int(level)]}" if option.levels else option.key
            found.append(f"not {option.key}" if level == "N" else said)
    return [text for text in dict.fromkeys(found) if text not in have]


def _parts(goal: str) -> list[str]:
    """Return the parts of a goal that are joined by "and" at its top."""
    depth, parts = 0, [list[str]()]
    for word in goal.replace("(", " ( ").replace(")", " ) ").split():
        depth += (word == "(") - (word == ")")
        if depth == 0 and word in ("or", "if", "iff"):
            return []
        if depth == 0 and word == "and":
            parts.append([])
        else:
            parts[-1].append(word)
    return [" ".join(part) for part in parts] if len(parts) > 1 else []


def _terms(party: Party, case: Case) -> Iterator[tuple[str, str, bool]]:
    """Yield what a party may give in exchange for what, and whether that is in its own hands too."""
    demanded = [str(demand.that) for demand in case.demands if demand.sender == party.id]
    others = [option.key for option in case.options if option.party != party.id]
    terms = dict.fromkeys([*demanded, *(text for key in others for text in (key, f"not {key}"))])
    for option in party.options:
        for text in () if option.levels else terms:
            words = text.replace("(", " ").replace(")", " ").replace(",", " ").split()
            if option.key not in words:
                yield option.key, text, any(each.key in words for each in party.options)


def _more_patience(now: Case, aim: Aim, added: str) -> Iterator[Priced]:
    """Yield as much patience as something needs to last."""
    judge = judged(now, Aim(aim.goal, aim.states, aim.verdicts, added))
    for needed in sorted({each for each in _needed(judge) if each is not None} - {now.patience}):
        yield "patience", {"edit": "SetPatience", "patience": str(needed)}


def _needed(judge: Judge) -> Iterator[Fraction | None]:
    for word in judge.world.every_state(MOST_STATES):
        yield package_patience(judge, word)


def _tails(now: Case) -> Iterator[Priced]:
    """Yield as much pay after success as makes effort worth what shirking is, for each payment where it is not."""
    patience = now.patience
    for at, pay in enumerate(now.payments):
        cost, solves, caught = pay.cost_of_effort, pay.solves_with_chance, pay.found_out_with_chance
        if not patience or cost is None or not solves or caught is None:
            continue
        shirking = pay.amount / (1 - patience * (1 - caught))
        short = shirking * (1 - patience * (1 - solves)) - (pay.amount - cost)
        amount = max(Fraction(0), short * (1 - patience) / (patience * solves))
        if amount > (pay.after_success or 0):
            yield "tail", {"edit": "PayAfterSuccess", "at": at, "amount": str(amount)}


def said_of(answer: Mapping[str, Any]) -> bool:
    """Return whether an answer claims that nothing cheaper does than its first change, so that it can be checked."""
    return bool(answer.get("exact")) and bool(answer.get("changes")) and bool(answer.get("costs"))
