"""This module owns why one state cannot be: the rules, resources and lists of states that it breaks."""

from collections.abc import Sequence

from detente.model.case import Case
from detente.model.statements import holds
from detente.model.states import values, word


def broken(case: Case, state: Sequence[int]) -> list[str]:
    """Return what keeps a state from being possible, one sentence part a reason; [] for a feasible state.

    Parameters
    ----------
    case : Case
        Whose rules, resources, contracts and listed states count.
    state : sequence of int, shape (options,)
        The level of every option.
    """

    def level(key: str) -> int:
        return state[case.position[key]]

    reasons = [f"the rule {rule.label!r} rules it out" for rule in case.rules if not holds(rule.that.tree, level)]
    for resource in case.resources:
        used = sum(amount for statement, amount in resource.uses if holds(statement.tree, level))
        if used > resource.amount:
            reasons.append(f"it uses {used} of {resource.name}, and {resource.of} has {resource.amount}")
    for key, statement in case.definitions:
        if holds(statement.tree, level) != bool(level(key)):
            reasons.append(f"the contract on {key} sets it otherwise")
    if case.states is not None and case.options and not any(_agrees(case, text, state) for text in case.states):
        reasons.append(f"{word(state, case.options)} is not among the listed states")
    return reasons


def _agrees(case: Case, text: str, state: Sequence[int]) -> bool:
    pattern = values(text, case.options)
    return all(asked is None or asked == level for asked, level in zip(pattern, state, strict=True))
