"""This module owns the meaning of statements: their trees, how they print, and when they hold.

A tree's leaves name an option by its key: ``Party.option`` in the model, an option's index in the engines
(`bind` turns one into the other). `holds` evaluates a tree on one state (`value` returns ints) and on all
states at once (`value` returns integer arrays) by the same rules.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from operator import eq, ge, gt, le, lt, ne
from typing import Any

RELATIONS: Mapping[str, Callable[[Any, Any], Any]] = {"=": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}


@dataclass(frozen=True, slots=True)
class Compare:
    """An option at a level: ``option relation level``; an option alone is "above its lowest level"."""

    option: str | int
    relation: str = ">"
    level: int = 0
    word: str = field(default="", compare=False)  # the level's name, "" for an option named alone


@dataclass(frozen=True, slots=True)
class Not:
    """True where `inner` is false."""

    inner: "Tree"


@dataclass(frozen=True, slots=True)
class And:
    """True where all parts are; `And(())` always is."""

    parts: tuple["Tree", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """True where at least one part is; `Or(())` never is."""

    parts: tuple["Tree", ...]


@dataclass(frozen=True, slots=True)
class If:
    """``then if when``: true whenever `when` is false."""

    then: "Tree"
    when: "Tree"


@dataclass(frozen=True, slots=True)
class Iff:
    """True where both sides have the same value."""

    left: "Tree"
    right: "Tree"


@dataclass(frozen=True, slots=True)
class Count:
    """``at most | at least | exactly`` `number` of the parts are true."""

    bound: str
    number: int
    parts: tuple["Tree", ...]


@dataclass(frozen=True, slots=True)
class Within:
    """What the true parts cost together is at most `limit` (a resource; never written in a statement)."""

    costs: tuple[int, ...]
    parts: tuple["Tree", ...]
    limit: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """A named statement used inside another one; it holds when `inner` does."""

    name: str
    inner: "Tree"


Tree = Compare | Not | And | Or | If | Iff | Count | Within | Outcome
ALWAYS, NEVER = And(()), Or(())


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement as written and as understood.

    Parameters
    ----------
    text : str
        As written; an option's name alone is legal in `party`'s own block only.
    tree : Tree
        What it means.
    party : str
        In whose block it stands; "" for none.
    """

    text: str
    tree: Tree
    party: str = ""

    def __str__(self) -> str:
        return show(self.tree)


def made(tree: Tree) -> Statement:
    """Return a statement that was not written by a person: its text is the printed tree."""
    return Statement(show(tree), tree)


def holds(tree: Tree, value: Callable[[Any], Any]) -> Any:
    """Return whether a statement holds, a bool for one state or a boolean array for many.

    Parameters
    ----------
    tree : Tree
        The statement.
    value : callable
        The level of an option, from 0: an int for one state, an integer array for many.
    """
    match tree:
        case Compare(option, relation, level):
            return RELATIONS[relation](value(option), level)
        case Not(inner):
            return holds(inner, value) ^ True
        case And(parts):
            result: Any = True
            for part in parts:
                result = holds(part, value) & result
            return result
        case Or(parts):
            result = False
            for part in parts:
                result = holds(part, value) | result
            return result
        case If(then, when):
            return holds(then, value) | (holds(when, value) ^ True)
        case Iff(left, right):
            return holds(left, value) ^ holds(right, value) ^ True
        case Count(bound, number, parts):
            true = sum(holds(part, value) * 1 for part in parts)
            return {"at most": le, "at least": ge, "exactly": eq}[bound](true, number)
        case Within(costs, parts, limit):
            return sum(cost * holds(part, value) for cost, part in zip(costs, parts, strict=True)) <= limit
        case Outcome(_, inner):
            return holds(inner, value)


def children(tree: Tree) -> tuple[Tree, ...]:
    """Return the statements that a statement is made of, in the order they are written."""
    match tree:
        case Compare():
            return ()
        case Not(inner) | Outcome(_, inner):
            return (inner,)
        case And(parts) | Or(parts) | Count(_, _, parts) | Within(_, parts, _):
            return parts
        case If(left, right) | Iff(left, right):
            return (left, right)


def options_in(tree: Tree) -> Iterator[Any]:
    """Yield the key of every option that a statement mentions, with repetitions, in the order they are written."""
    if isinstance(tree, Compare):
        yield tree.option
    for child in children(tree):
        yield from options_in(child)


def bind(tree: Tree, positions: Mapping[Any, Any]) -> Tree:
    """Return the same statement with every option's key looked up in `positions` (names to indices, say)."""
    if isinstance(tree, Compare):
        return Compare(positions[tree.option], tree.relation, tree.level, tree.word)
    return rebuilt(tree, partial(bind, positions=positions))


def spelled_out(tree: Tree) -> Tree:
    """Return the same statement with every named one in it replaced by what it stands for."""
    return spelled_out(tree.inner) if isinstance(tree, Outcome) else rebuilt(tree, spelled_out)


def rebuilt(tree: Tree, change: Callable[[Tree], Tree]) -> Tree:
    """Return the same kind of statement, made of changed parts."""
    parts = tuple(map(change, children(tree)))
    match tree:
        case Compare():
            return tree
        case Not() | If() | Iff():
            return type(tree)(*parts)
        case And() | Or():
            return type(tree)(parts)
        case Count(bound, number):
            return Count(bound, number, parts)
        case Within(costs, _, limit):
            return Within(costs, parts, limit)
        case Outcome(name):
            return Outcome(name, *parts)


def extent(tree: Tree, known: Mapping[str, tuple[int, int]] | None = None) -> tuple[int, int]:
    """Return how many parts a statement has, named ones spelled out, and how deeply they are nested.

    `known` gives the extents of named statements, so that none of them is walked through again.
    """
    size = deepest = 0
    waiting = [(tree, 1)]
    while waiting:
        part, depth = waiting.pop()
        if known and isinstance(part, Outcome) and part.name in known:
            inner_size, inner_depth = known[part.name]
            size, deepest = size + 1 + inner_size, max(deepest, depth + inner_depth)
            continue
        size, deepest = size + 1, max(deepest, depth)
        waiting += [(child, depth + 1) for child in children(part)]
    return size, deepest


STRENGTH = {Iff: 0, If: 1, Or: 2, And: 3, Not: 4, Compare: 5, Count: 5, Within: 5, Outcome: 5}


def show(tree: Tree) -> str:
    """Print a statement so that reading it back gives the same meaning; options by their full names."""
    match tree:
        case Compare(option, relation, level, word):
            alone = not word and (relation, level) == (">", 0)
            return str(option) if alone else f"{option} {relation} {word or level}"
        case Not(inner):
            return f"not {_within(inner, STRENGTH[Not])}"
        case And(()) | Or(()):
            return "at least 0 of ()" if tree == ALWAYS else "at least 1 of ()"
        case And(parts):
            return " and ".join(_within(part, STRENGTH[Not]) for part in parts) if len(parts) > 1 else show(parts[0])
        case Or(parts):
            return " or ".join(_within(part, STRENGTH[And]) for part in parts) if len(parts) > 1 else show(parts[0])
        case If(then, when):
            return f"{_within(then, STRENGTH[Or])} if {_within(when, STRENGTH[Or])}"
        case Iff(left, right):
            return f"{_within(left, STRENGTH[If])} iff {_within(right, STRENGTH[If])}"
        case Count(bound, number, parts):
            return f"{bound} {number} of ({', '.join(show(part) for part in parts)})"
        case Within(costs, parts, limit):
            terms = " + ".join(f"{cost} × {_within(p, 5)}" for cost, p in zip(costs, parts, strict=True))
            return f"{terms} <= {limit}"
        case Outcome(name, _):
            return name


def _within(tree: Tree, strength: int) -> str:
    """Print a part of a statement, in parentheses where it binds more loosely than its surroundings."""
    printed = show(tree)
    return printed if _strength(tree) >= strength else f"({printed})"


def _strength(tree: Tree) -> int:
    """Return how tightly a printed statement binds; "and" or "or" of one part prints as that part."""
    if isinstance(tree, And | Or) and len(tree.parts) < 2:
        return _strength(tree.parts[0]) if tree.parts else STRENGTH[Count]
    return STRENGTH[type(tree)]
