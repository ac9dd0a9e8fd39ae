"""This module owns one form for all spellings of a statement, so that two can be told equal without asking a game.

A form is nested tuples: ``("is", option, levels, size)``, ``("and", ...)``, ``("or", ...)``, ``("same", a, b)``,
``("differ", a, b)``, ``("at least" | "at most" | "exactly" | "not exactly", number, ...)`` and
``("within" | "not within", limit, (cost, form), ...)``. Equal forms mean the same; the reverse does not hold.
"""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from detente.model.statements import RELATIONS, And, Compare, Count, If, Iff, Not, Or, Outcome, Tree, Within

Form = tuple[Any, ...]
Sizes = Mapping[Any, int]
TRUE, FALSE = ("and",), ("or",)
OPPOSITE = {"and": "or", "or": "and", "same": "differ", "differ": "same"}
OPPOSITE |= {"exactly": "not exactly", "not exactly": "exactly", "within": "not within", "not within": "within"}


def canonical(tree: Tree, sizes: Sizes) -> Form:
    """Return a statement's canonical form: spelling, double negation and the order of parts do not count.

    Parameters
    ----------
    tree : Tree
        The statement; its leaves name options by keys of `sizes`.
    sizes : mapping
        How many values each option takes.
    """
    form = partial(canonical, sizes=sizes)
    match tree:
        case Compare(option, relation, level):
            return _leaf(option, (v for v in range(sizes[option]) if RELATIONS[relation](v, level)), sizes[option])
        case Outcome(_, inner):
            return form(inner)
        case Not(inner):
            return negation(form(inner))
        case And(parts):
            return _joined("and", [*map(form, parts)])
        case Or(parts):
            return _joined("or", [*map(form, parts)])
        case If(then, when):
            return _joined("or", (form(then), negation(form(when))))
        case Iff(left, right):
            return _same(form(left), form(right))
        case Count(bound, number, parts):
            return _count(bound, number, [*map(form, parts)])
        case Within(costs, parts, limit):
            priced = zip(costs, map(form, parts), strict=True)
            return ("within", limit, *sorted(priced, key=repr))


def negation(form: Form) -> Form:
    """Return the canonical form of a form's negation."""
    kind, *rest = form
    match kind:
        case "is":
            option, levels, size = rest
            return _leaf(option, (level for level in range(size) if level not in levels), size)
        case "and" | "or":
            return _joined(OPPOSITE[kind], map(negation, rest))
        case "at least":
            return ("at most", rest[0] - 1, *rest[1:])
        case "at most":
            return ("at least", rest[0] + 1, *rest[1:])
    return (OPPOSITE[kind], *rest)


def _leaf(option: Any, levels: Iterable[int], size: int) -> Form:
    kept = tuple(levels)
    if len(kept) in (0, size):
        return TRUE if kept else FALSE
    return ("is", option, kept, size)


def _joined(kind: str, forms: Iterable[Form]) -> Form:
    """Return "and" or "or" of forms: flat, sorted, without repetitions, and without parts that decide nothing."""
    flat = [part for form in forms for part in (form[1:] if form[0] == kind else (form,))]
    parts = sorted(dict.fromkeys(flat), key=repr)
    decided: Form = (OPPOSITE[kind],)
    if decided in parts:
        return decided
    return parts[0] if len(parts) == 1 else (kind, *parts)


def _same(left: Form, right: Form) -> Form:
    """Return "both or neither": each side in the simpler of its two senses, whose difference the kind takes up."""
    for side, other in ((left, right), (right, left)):
        if side in (TRUE, FALSE):
            return other if side == TRUE else negation(other)
    senses = [min((form, True), (negation(form), False), key=repr) for form in (left, right)]
    kind = "same" if senses[0][1] == senses[1][1] else "differ"
    return (kind, *sorted((form for form, _ in senses), key=repr))


def _count(bound: str, number: int, forms: list[Form]) -> Form:
    """Return how many of the forms are true, by "and" and "or" where those can say it."""
    forms = sorted(forms, key=repr)
    if bound == "at most":
        return negation(_count("at least", number + 1, forms))
    if bound == "exactly":
        if number > len(forms):
            return FALSE
        if number in (0, len(forms)):
            return _count("at least", number, forms) if number else _joined("and", map(negation, forms))
        return ("exactly", number, *forms)
    if number <= 0:
        return TRUE
    if number > len(forms):
        return FALSE
    if number == 1:
        return _joined("or", forms)
    return _joined("and", forms) if number == len(forms) else ("at least", number, *forms)
