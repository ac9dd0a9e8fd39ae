"""This module owns what a statement can still be while some options are undecided: true, false, or either.

Three-valued (Kleene) logic over many partial choices at once: each part's truth is a pair of arrays, *can be true* and
*can be false*. It may say "either" where a closer look would know; it never says "cannot" where it can.
"""

from collections.abc import Callable
from functools import reduce
from operator import and_, or_
from typing import Any

from detente.model.statements import RELATIONS, And, Compare, Count, If, Iff, Not, Or, Outcome, Tree, Within

Pair = tuple[Any, Any]  # (can be true, can be false): bools, or arrays of them


def possible(tree: Tree, leaf: Callable[[Compare], Pair]) -> Pair:
    """Return whether a statement can be true and whether it can be false.

    Parameters
    ----------
    tree : Tree
        The statement.
    leaf : callable
        The same pair for a comparison of one option.
    """
    match tree:
        case Compare():
            return leaf(tree)
        case Not(inner):
            true, false = possible(inner, leaf)
            return false, true
        case And(parts):
            pairs = [possible(part, leaf) for part in parts]
            return reduce(and_, (true for true, _ in pairs), True), reduce(or_, (false for _, false in pairs), False)
        case Or(parts):
            pairs = [possible(part, leaf) for part in parts]
            return reduce(or_, (true for true, _ in pairs), False), reduce(and_, (false for _, false in pairs), True)
        case If(then, when):
            return possible(Or((then, Not(when))), leaf)
        case Iff(left, right):
            (true, false), (other_true, other_false) = possible(left, leaf), possible(right, leaf)
            return (true & other_true) | (false & other_false), (true & other_false) | (false & other_true)
        case Count(bound, number, parts):
            least, most = _sums([1] * len(parts), parts, leaf)
            if bound == "at most":
                return least <= number, most > number
            if bound == "at least":
                return most >= number, least < number
            return (least <= number) & (most >= number), (least != number) | (most != number)
        case Within(costs, parts, limit):
            least, most = _sums(list(costs), parts, leaf)
            return least <= limit, most > limit
        case Outcome(_, inner):
            return possible(inner, leaf)


def _sums(costs: list[int], parts: tuple[Tree, ...], leaf: Callable[[Compare], Pair]) -> tuple[Any, Any]:
    """Return the least and the greatest that the true parts can cost together."""
    least: Any = 0
    most: Any = 0
    for cost, part in zip(costs, parts, strict=True):
        true, false = possible(part, leaf)
        surely = true & (false ^ True)
        low, high = (surely, true) if cost >= 0 else (true, surely)
        least, most = least + low * cost, most + high * cost
    return least, most


def undecided(tree: Compare, size: int) -> Pair:
    """Return the pair of a comparison whose option may still take any of `size` values."""
    outcomes = {RELATIONS[tree.relation](value, tree.level) for value in range(size)}
    return True in outcomes, False in outcomes


def decided(tree: Compare, level: Any) -> Pair:
    """Return the pair of a comparison whose option has a level, or one in each row."""
    true = RELATIONS[tree.relation](level, tree.level)
    return true, true ^ True


def of_truth(tree: Compare, truth: Pair) -> Pair:
    """Return the pair of a comparison of a yes/no option that is defined by a statement with the pair `truth`."""
    no, yes = (RELATIONS[tree.relation](value, tree.level) for value in (0, 1))
    if no == yes:
        return no, not no
    return truth if yes else (truth[1], truth[0])
