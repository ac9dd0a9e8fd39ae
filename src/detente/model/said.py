"""This module owns how statements, options, concerns and rules are said in the readable names of the case."""

from detente.look.summary import listed
from detente.model.case import Case
from detente.model.items import Concern, Option
from detente.model.statements import And, Compare, Count, If, Iff, Not, Or, Outcome, Tree, made

LEVELS = {
    "=": "at {}",
    ">=": "at {} or more",
    "<=": "at {} or less",
    ">": "above {}",
    "<": "below {}",
    "!=": "not at {}",
}


def in_words(tree: Tree, case: Case) -> str:
    """Say a statement by the readable names of options and outcomes: ``‘aid’ and no ‘fence’``."""
    match tree:
        case Compare():
            return _compared(tree, case)
        case Outcome(name):
            mark = dict(case.outcome_marks).get(name)
            return f"‘{(mark.name if mark else '') or name}’"
        case Not(Not(inner)):
            return in_words(inner, case)
        case Not(Compare(_, ">", 0) | Outcome() as inner):
            return f"no {in_words(inner, case)}"
        case Not(inner):
            return f"not {_part(inner, case)}"
        case And(parts) | Or(parts) if parts:
            return listed([_part(part, case) for part in parts], "and" if isinstance(tree, And) else "or")
        case If(then, when):
            return f"{_part(then, case)} if {_part(when, case)}"
        case Iff(left, right):
            return f"{_part(left, case)} if and only if {_part(right, case)}"
        case Count(bound, number, parts):
            return f"{bound} {number} of {listed([_part(part, case) for part in parts])}"
    return str(made(tree))


def _part(tree: Tree, case: Case) -> str:
    """Say a part of a statement, in parentheses where the whole would read in two ways without them."""
    told = in_words(tree, case)
    while isinstance(tree, Not) and isinstance(tree.inner, Not):
        tree = tree.inner.inner
    inner = tree.inner if isinstance(tree, Not) else tree
    return told if isinstance(inner, Compare | Outcome) else f"({told})"


def _compared(tree: Compare, case: Case) -> str:
    option = case.option(str(tree.option))
    if (tree.relation, tree.level) == (">", 0) or not option.levels:
        taken = (tree.relation, tree.level) in ((">", 0), ("=", 1), (">=", 1), ("!=", 0))
        return named(option, case) if taken or option.levels else f"no {named(option, case)}"
    highest = (tree.relation, tree.level) == (">=", len(option.levels) - 1)
    relation = "=" if highest else tree.relation
    return f"{named(option, case)} {LEVELS[relation].format(tree.word or option.levels[tree.level])}"


def named(option: Option, case: Case) -> str:
    """Name an option, with its owner where another party's option has the same name: ``‘cooperate’ by Row``."""
    shared = any(other.label == option.label and other.key != option.key for other in case.options)
    return f"‘{option.label}’" + (f" by {case.party(option.party).label}" if shared else "")


def called(concern: Concern, case: Case) -> str:
    """Name a concern, else say what it wants: ``‘clean-up’``, ``no ‘accept the dam’``."""
    return quoted(concern.mark.name) if concern.mark.name else in_words(concern.want.tree, case)


def called_in_a_row(concern: Concern, case: Case) -> str:
    """Name a concern as one of several, in parentheses where the row would read in two ways without them."""
    return quoted(concern.mark.name) if concern.mark.name else _part(concern.want.tree, case)


def rule_called(case: Case, at: int) -> str:
    """Name the rule at a place from 0, else say its number and what it says: ``the rule ‘no talks under attack’``."""
    rule = case.rules[at]
    if rule.mark.name:
        return f"the rule {quoted(rule.mark.name)}"
    return f"rule {at + 1}, {in_words(rule.that.tree, case)},"


def quoted(name: object) -> str:
    """Return a name in quotation marks, as sentences show it."""
    return f"‘{name}’"
