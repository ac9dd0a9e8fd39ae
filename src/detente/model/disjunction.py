"""This module owns saying a set of choices as a statement: conjunctions, joined so that it holds just there."""

from collections.abc import Collection, Sequence
from itertools import product

from detente.model.items import Option

Choice = tuple[int, ...]
Span = tuple[int, int]  # from which to which level, both included


def disjunction(options: Sequence[Option], choices: Collection[Choice]) -> str:
    """Return a statement over some options that holds for just these choices of their values.

    Parameters
    ----------
    options : sequence of Option
        At least one.
    choices : collection of tuples of int
        Each one value an option, 0 for no and 1 for yes, or the place of the level.

    Returns
    -------
    str
        Conjunctions joined by ``or``, none of which can lose a part, in the order of the options they speak of; where
        all choices are meant, or none is, a statement that always or never holds.
    """
    wanted = set(choices)
    first = options[0]
    if not wanted or len(wanted) == len(list(product(*(range(option.size) for option in options)))):
        either = _literal(first, (1, first.size - 1))
        return f"{either} {'or' if wanted else 'and'} not {first.key}"
    left, boxes = set(wanted), list[list[Span]]()
    grown = [_grown(options, choice, wanted) for choice in sorted(wanted, reverse=True)]
    while left:
        best = max(grown, key=lambda box: len(left & _inside(box)))  # the first of equals
        boxes.append(best)
        left -= _inside(best)
    boxes.sort(key=lambda box: [span == (0, option.size - 1) for option, span in zip(options, box, strict=True)])
    return " or ".join(_conjunction(options, box, alone=len(boxes) == 1) for box in boxes)


def _grown(options: Sequence[Option], choice: Choice, wanted: set[Choice]) -> list[Span]:
    """Return a largest box of spans around a choice that stays within what is wanted, options left free first."""
    box: list[Span] = [(value, value) for value in choice]
    for place, option in enumerate(options):
        free = [*box[:place], (0, option.size - 1), *box[place + 1 :]]
        if _inside(free) <= wanted:
            box = free
    for place, option in enumerate(options):
        low, high = box[place]
        while high + 1 < option.size and _inside([*box[:place], (low, high + 1), *box[place + 1 :]]) <= wanted:
            high += 1
        while low > 0 and _inside([*box[:place], (low - 1, high), *box[place + 1 :]]) <= wanted:
            low -= 1
        box[place] = (low, high)
    return box


def _inside(box: Sequence[Span]) -> set[Choice]:
    return set(product(*(range(low, high + 1) for low, high in box)))


def _conjunction(options: Sequence[Option], box: Sequence[Span], alone: bool) -> str:
    parts = [_literal(option, span) for option, span in zip(options, box, strict=True) if span != (0, option.size - 1)]
    joined = " and ".join(parts)
    return joined if alone or len(parts) == 1 else f"({joined})"


def _literal(option: Option, span: Span) -> str:
    """Say that an option's value lies in a span."""
    low, high = span
    if low > 0 and high == option.size - 1 and low == 1:
        return option.key
    if high == 0:
        return f"not {option.key}"
    levels = option.levels
    if low == high:
        return f"{option.key} = {levels[low]}"
    if low == 0:
        return f"{option.key} <= {levels[high]}"
    if high == option.size - 1:
        return f"{option.key} >= {levels[low]}"
    return f"{option.key} >= {levels[low]} and {option.key} <= {levels[high]}"
