"""This module owns the way between statements and patterns: the same meaning as lists of option values.

A pattern gives some yes/no options a value, 1 for yes and 0 for no, and matches every state with these values. Formats
that know no statements, such as that of GMCR+, say with patterns what cannot be and what a party wants.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from detente.errors import TooLargeError
from detente.model.statements import (
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
    options_in,
)

Pattern = dict[Any, int]
MOST_STEPS, MOST_STATES, MOST_TRIED = 20_000, 50_000, 2_000_000


def decided(tree: Tree, known: Mapping[Any, int]) -> bool | None:
    """Return whether a statement holds in all states with the known values, in none (False), or in some (None).

    None can also mean that it was not seen: `a or not a` is None until `a` is known.
    """
    match tree:
        case Compare(option, relation, level):
            return bool(RELATIONS[relation](known[option], level)) if option in known else None
        case Not(inner):
            value = decided(inner, known)
            return None if value is None else not value
        case And(parts):
            return _every([decided(part, known) for part in parts])
        case Or(parts):
            return _some([decided(part, known) for part in parts])
        case If(then, when):
            return _some([decided(then, known), decided(Not(when), known)])
        case Iff(left, right):
            sides = decided(left, known), decided(right, known)
            return None if None in sides else sides[0] == sides[1]
        case Count(bound, number, parts):
            least, most = _range([1] * len(parts), [decided(part, known) for part in parts])
            below = True if most <= number else False if least > number else None
            above = True if least >= number else False if most < number else None
            return {"at most": below, "at least": above}.get(bound, _every([below, above]))
        case Within(costs, parts, limit):
            least, most = _range(costs, [decided(part, known) for part in parts])
            return True if most <= limit else False if least > limit else None
        case Outcome(_, inner):
            return decided(inner, known)


def _every(values: Iterable[bool | None]) -> bool | None:
    seen = set(values)
    return False if False in seen else None if None in seen else True


def _some(values: Iterable[bool | None]) -> bool | None:
    seen = set(values)
    return True if True in seen else None if None in seen else False


def _range(costs: Sequence[int], values: Sequence[bool | None]) -> tuple[int, int]:
    """Return the least and the most that the parts can cost together."""
    sure = sum(cost for cost, value in zip(costs, values, strict=True) if value)
    open_costs = [cost for cost, value in zip(costs, values, strict=True) if value is None]
    return sure + sum(cost for cost in open_costs if cost < 0), sure + sum(cost for cost in open_costs if cost > 0)


def patterns(tree: Tree, wanted: bool = True) -> list[Pattern]:
    """Return patterns that together match exactly the states in which a statement has the wanted value.

    Parameters
    ----------
    tree : Tree
        A statement over yes/no options.
    wanted : bool
        Which value the matched states give it.

    Returns
    -------
    list of Pattern
        None of them can lose a value; they may overlap. [{}] where the statement always has that value, [] where never.

    Raises
    ------
    TooLargeError
        When more than 20,000 partial states would have to be looked at.
    """
    options = list(dict.fromkeys(options_in(tree)))
    found: dict[frozenset[tuple[Any, int]], Pattern] = {}
    todo: list[Pattern] = [{}]
    for _ in range(MOST_STEPS):
        if not todo:
            return list(found.values())
        known = todo.pop()
        value = decided(tree, known)
        if value is None:
            option = options[len(known)]
            todo += [known | {option: 0}, known | {option: 1}]
        elif value is wanted:
            shortest = _shortest(tree, known, wanted)
            found.setdefault(frozenset(shortest.items()), shortest)
    raise TooLargeError("the statement cannot be said by patterns: there would be too many of them")


def _shortest(tree: Tree, pattern: Pattern, wanted: bool) -> Pattern:
    """Drop every value without which the statement is still decided."""
    for option in list(pattern):
        shorter = {other: value for other, value in pattern.items() if other != option}
        if decided(tree, shorter) is wanted:
            pattern = shorter
    return pattern


def matching(pattern: Mapping[Any, int]) -> Tree:
    """Return the statement that holds in the states that a pattern matches."""
    parts: list[Tree] = [Compare(option) if value else Not(Compare(option)) for option, value in pattern.items()]
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def excluding(pattern: Mapping[Any, int]) -> Tree:
    """Return the statement that holds in the states that a pattern does not match, as a person would write it."""
    if any(pattern.values()):
        return Not(matching(pattern))
    parts = [Compare(option) for option in pattern]
    return parts[0] if len(parts) == 1 else Or(tuple(parts))


def states_without(count: int, excluded: Iterable[Mapping[int, int]]) -> list[int]:
    """Return the states that no excluded pattern matches, in ascending order; option k has weight 2^k.

    Parameters
    ----------
    count : int
        How many options there are.
    excluded : iterable of patterns
        Over the options' indices.

    Raises
    ------
    TooLargeError
        When there are more than 50,000 states, or more than 2,000,000 partial ones would have to be tried.
    """
    # Options are set from the last to the first, so a pattern is known to match once its first option is set.
    by_first: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    for pattern in excluded:
        if not pattern:
            return []
        care, value = sum(1 << option for option in pattern), sum(taken << option for option, taken in pattern.items())
        by_first[min(pattern)].append((care, value))
    found: list[int] = []
    todo = [(count, 0)]
    for _ in range(MOST_TRIED):
        if not todo:
            return found
        option, state = todo.pop()
        if option == 0:
            found.append(state)
            if len(found) > MOST_STATES:
                break
            continue
        option -= 1
        for next_state in (state | 1 << option, state):
            if not any(next_state & care == value for care, value in by_first[option]):
                todo.append((option, next_state))
    raise TooLargeError(f"there are too many states to list them: {MOST_STATES:,} are the most")


def outside(states: Iterable[int], count: int) -> list[Pattern]:
    """Return patterns that together match every state that is not among the given ones."""
    found: list[Pattern] = []
    todo: list[tuple[Pattern, int, set[int]]] = [({}, count, set(states))]
    while todo:
        known, option, left = todo.pop()
        if not left:
            found.append(known)
        elif option:
            option -= 1
            for value in (1, 0):
                todo.append((known | {option: value}, option, {s for s in left if s >> option & 1 == value}))
    return found
