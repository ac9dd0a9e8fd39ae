"""This module owns how many choices rules leave, counted exactly and without listing them.

Options are decided one by one; choices after which the rules ask for the same are counted together, so that the work
follows what rules still say, not how many choices there are.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from math import prod

import numpy as np

from detente.engine.branching import order_of_branching
from detente.engine.choices import SMALL, choices, complete, free_options, grid
from detente.engine.interface import Space
from detente.model.statements import (
    ALWAYS,
    NEVER,
    RELATIONS,
    And,
    Compare,
    Count,
    If,
    Iff,
    Not,
    Or,
    Outcome,
    Tree,
    Within,
    holds,
    options_in,
)

WIDEST = 1_000  # so many different remainders of the rules are followed at a time


def rule_removals(space: Space) -> list[tuple[int | None, int | None]]:
    """Return, per rule, how many choices it removes alone, and how many at its place in the order.

    Counted among all choices before any rule (or among the `listed` states); None where that could not be counted.

    Returns
    -------
    list of (int or None, int or None)
        (alone, at its place), exact.
    """
    if space.listed is not None or choices(space) <= SMALL:
        return _by_listing(space)
    total = choices(space)
    left: list[int | None] = [total]
    removed: list[tuple[int | None, int | None]] = []
    for number, rule in enumerate(space.rules):
        alone = count_choices(space, (rule,))
        before = left[-1]
        after = None if before is None else count_choices(space, space.rules[: number + 1])
        left.append(after)
        removed.append((_less(total, alone), _less(before, after)))
    return removed


def _less(before: int | None, after: int | None) -> int | None:
    return None if before is None or after is None else before - after


def _by_listing(space: Space) -> list[tuple[int | None, int | None]]:
    free = free_options(space)
    if space.listed is not None:
        table = np.array(space.listed, np.uint8).reshape(len(space.listed), len(space.sizes))
        columns = {option: table[:, option] for option in free}
        count = len(table)
    else:
        columns = dict(zip(free, grid([space.sizes[option] for option in free]), strict=True))
        count = choices(space)
    level = complete(space, columns, (count,))
    left = np.ones(count, np.bool_)
    removed: list[tuple[int | None, int | None]] = []
    for rule in space.rules:
        broken = ~np.broadcast_to(np.asarray(holds(rule, level), np.bool_), (count,))
        removed.append((int(broken.sum()), int((broken & left).sum())))
        left &= ~broken
    return removed


def count_choices(space: Space, rules: Sequence[Tree]) -> int | None:
    """Return how many choices obey the rules, exactly; None where they interlock too much to be counted.

    Parameters
    ----------
    space : Space
        The options; its own rules are not looked at.
    rules : sequence of Tree
        What is to hold.
    """
    grounded: dict[int, Tree] = {}
    for option, tree in space.defined:
        grounded[option] = _ground(tree, grounded)
    # Deciding an option that there is not only settles the parts that are constant.
    remaining = tuple(decide(_ground(rule, grounded), -1, 0) for rule in rules)
    order, loose = order_of_branching(replace(space, rules=tuple(rules), listed=None))
    counts: Counter[tuple[Tree, ...]] = Counter({_open(remaining): 1} if NEVER not in remaining else {})
    for option in order:
        following: Counter[tuple[Tree, ...]] = Counter()
        for trees, count in counts.items():
            touched = [option in options_in(tree) for tree in trees]
            for level in range(space.sizes[option]):
                left = tuple(
                    decide(tree, option, level) if hit else tree for tree, hit in zip(trees, touched, strict=True)
                )
                if NEVER not in left:
                    following[_open(left)] += count
        counts = following
        if len(counts) > WIDEST:
            return None
    return sum(counts.values()) * prod(space.sizes[option] for option in loose)


def _open(trees: Sequence[Tree]) -> tuple[Tree, ...]:
    """Return the rules that still ask for something, each once."""
    return tuple(dict.fromkeys(tree for tree in trees if tree != ALWAYS))


def _ground(tree: Tree, defined: dict[int, Tree]) -> Tree:
    """Replace defined options by what defines them, and named statements by their meaning."""
    match tree:
        case Compare(option, relation, level):
            if int(option) not in defined:
                return tree
            no, yes = (RELATIONS[relation](value, level) for value in (0, 1))
            if no == yes:
                return ALWAYS if no else NEVER
            return defined[int(option)] if yes else Not(defined[int(option)])
        case Not(inner):
            return Not(_ground(inner, defined))
        case And(parts):
            return And(tuple(_ground(part, defined) for part in parts))
        case Or(parts):
            return Or(tuple(_ground(part, defined) for part in parts))
        case If(then, when):
            return Or((_ground(then, defined), Not(_ground(when, defined))))
        case Iff(left, right):
            return Iff(_ground(left, defined), _ground(right, defined))
        case Count(bound, number, parts):
            return Count(bound, number, tuple(_ground(part, defined) for part in parts))
        case Within(costs, parts, limit):
            return Within(costs, tuple(_ground(part, defined) for part in parts), limit)
        case Outcome(_, inner):
            return _ground(inner, defined)


def decide(tree: Tree, option: int, level: int) -> Tree:
    """Return what a grounded statement still says once an option has a level; ALWAYS or NEVER if that is settled."""
    match tree:
        case Compare(key, relation, bound):
            if key != option:
                return tree
            return ALWAYS if RELATIONS[relation](level, bound) else NEVER
        case Not(inner):
            left = decide(inner, option, level)
            return NEVER if left == ALWAYS else ALWAYS if left == NEVER else Not(left)
        case And(parts):
            rest = [part for part in (decide(part, option, level) for part in parts) if part != ALWAYS]
            return NEVER if NEVER in rest else rest[0] if len(rest) == 1 else And(tuple(rest))
        case Or(parts):
            rest = [part for part in (decide(part, option, level) for part in parts) if part != NEVER]
            return ALWAYS if ALWAYS in rest else rest[0] if len(rest) == 1 else Or(tuple(rest))
        case Iff(left, right):
            one, other = decide(left, option, level), decide(right, option, level)
            for this, that in ((one, other), (other, one)):
                if this == ALWAYS:
                    return that
                if this == NEVER:
                    return NEVER if that == ALWAYS else ALWAYS if that == NEVER else Not(that)
            return Iff(one, other)
        case Count(bound, number, parts):
            settled = [decide(part, option, level) for part in parts]
            rest = [part for part in settled if part not in (ALWAYS, NEVER)]
            return _count_of(bound, number - settled.count(ALWAYS), tuple(rest))
        case Within(costs, parts, limit):
            pairs = list(zip(costs, (decide(part, option, level) for part in parts), strict=True))
            limit -= sum(cost for cost, part in pairs if part == ALWAYS)
            pairs = [(cost, part) for cost, part in pairs if part not in (ALWAYS, NEVER)]
            if sum(max(cost, 0) for cost, _ in pairs) <= limit:
                return ALWAYS
            if sum(min(cost, 0) for cost, _ in pairs) > limit:
                return NEVER
            return Within(tuple(cost for cost, _ in pairs), tuple(part for _, part in pairs), limit)
        case If() | Outcome():
            raise ValueError("a statement is grounded before options are decided in it")


def _count_of(bound: str, number: int, parts: tuple[Tree, ...]) -> Tree:
    """Return a count of parts that are all open, settled where no part can change it."""
    least, most = (0 if bound == "at most" else number), (len(parts) if bound == "at least" else number)
    if least <= 0 and most >= len(parts):
        return ALWAYS
    return NEVER if least > len(parts) or most < 0 else Count(bound, number, parts)
