"""This module owns how it is said what is to pass, and what passes after a change."""

from collections.abc import Hashable

from detente.game import Setting
from detente.look.summary import counted
from detente.model.case import Case
from detente.model.edits import FormCoalition
from detente.model.said import in_words
from detente.model.statements import And, Count, If, Iff, Or, Tree
from detente.questions.coalitions import coalition_proof
from detente.questions.grouping import grouped
from detente.questions.nearest_aim import VERDICTS, Aim
from detente.questions.nearest_checks import Nearest
from detente.questions.ordering import Order
from detente.questions.verdicts import Judge

MOST_GROUPED = 500
PASSING = {
    "accommodates": "meets every core concern of those that count",
    "deliverable": "can be delivered",
    "holds": "holds",
    "reachable": "can be reached",
    "lasts": "lasts",
}


def aimed(aim: Aim, case: Case) -> str:
    """Return what is to pass, in words: some package, some state that meets a goal, or these states."""
    every = len(aim.verdicts) == len(VERDICTS)
    passes = "passes every verdict" if every else " and ".join(PASSING[name] for name in sorted(aim.verdicts))
    met = "" if aim.goal is None else f" that meets {_goal(aim.goal.tree, case)}"
    if aim.states:
        return f"{aim.states[0] if len(aim.states) == 1 else f'each of {len(aim.states):,} states'}{met} {passes}"
    return f"some {'package' if every else 'state'}{met} {passes}"


def _goal(tree: Tree, case: Case) -> str:
    told = in_words(tree, case)
    return f"({told})" if isinstance(tree, And | Or | If | Iff | Count) else told


def then(aim: Aim, each: Nearest) -> str:
    """Say what passes after a change; where that is a coalition, also whether it could upset what passes."""
    found = _passing(aim, each)
    if not any(isinstance(edit, FormCoalition) for edit in each.edits):
        return found
    states = each.passing.first(MOST_GROUPED)
    proof = len(coalition_proof(each.about, states))
    if proof == len(states):
        return f"{found}, and those that act together could not better themselves by leaving it"
    if not proof:
        return f"{found}, though those that act together could better themselves by leaving it"
    return f"{found}, and from {proof:,} of {len(states):,} states those that act together could not do better"


def _passing(aim: Aim, each: Nearest) -> str:
    if aim.states:
        return "it passes" if len(aim.states) == 1 else "they pass"
    if aim.goal is not None:
        return counted(each.passing.count(), "state that meets it passes", "states that meet it pass")
    if len(aim.verdicts) < len(VERDICTS):
        return counted(each.passing.count(), "state passes", "states pass")
    return counted(_packages(each.about, each), "package passes", "packages pass")


def _packages(about: Setting, each: Nearest) -> int:
    """Return how many packages pass: states that differ in nothing that counts are one."""
    states, count = each.passing.first(MOST_GROUPED), each.passing.count()
    if count == 1 or count > len(states):
        return count
    judge = Judge(about)
    order = Order(judge)
    kinds: dict[int, Hashable] = {state: (order.met(state), judge.verdicts(state)) for state in states}
    return sum(1 for _ in grouped(about, states, kinds))
