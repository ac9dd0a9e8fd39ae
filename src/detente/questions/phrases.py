"""This module owns how statements, concerns and what changes are said in the readable names of the case."""

from collections.abc import Sequence

from detente.look.summary import listed
from detente.model.case import Case
from detente.model.items import Concern, Mark, Option
from detente.model.statements import And, Compare, Count, If, Iff, Not, Or, Outcome, Tree, made
from detente.model.states import Values

LEVELS = {
    "=": "at {}",
    ">=": "at {} or more",
    "<=": "at {} or less",
    ">": "above {}",
    "<": "below {}",
    "!=": "not at {}",
}
NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


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
    return f"‘{concern.mark.name}’" if concern.mark.name else in_words(concern.want.tree, case)


def cited(mark: Mark, case: Case) -> str:
    """Return `mark.cited`; "" where nothing is missed: a source of the whole case stands for all, or it names none."""
    known = mark.source or mark.standing or (case.sources and not case.mark.source)
    return mark.cited if known else ""


def bracketed(mark: Mark, case: Case) -> str:
    """Return the same in parentheses after a space, for the end of a phrase."""
    told = cited(mark, case)
    return f" ({told})" if told else ""


def traced(mark: Mark, case: Case, place: str) -> str:
    """Say where the numbers of an item come from, for the end of a phrase: its source, else its place in the file."""
    told = [each for each in (cited(mark, case), "" if mark.source else f"{place} in the case file") if each]
    return f" ({'; '.join(told)})"


def changes(case: Case, before: Values, after: Values) -> str:
    """Say what differs between two states, party by party: ``US starts ‘aid’; Pakistan stops ‘fence’``."""
    told = []
    for party in case.parties:
        parts: dict[str, list[str]] = {}
        for option in party.options:
            old, new = before[case.position[option.key]], after[case.position[option.key]]
            if old is not None and new is not None and old != new:
                verb = "sets" if option.levels else "starts" if new else "stops"
                parts.setdefault(verb, []).append(
                    f"‘{option.label}’" + (f" to {option.levels[new]}" if option.levels else "")
                )
        if parts:
            told.append(f"{party.label} {listed([f'{verb} {listed(labels)}' for verb, labels in parts.items()])}")
    return "; ".join(told)


def under(case: Case, *approaches: str) -> str:
    """Say what an answer stands under: ``as things stand``, ``under ‘mercenary’ or ‘cooperative’``; "" for none."""
    labels = {each.id: f"‘{each.label}’" for each in case.approaches}
    plain = ["as things stand"] if any(name not in labels for name in approaches) else []
    named = [labels[name] for name in approaches if name in labels]
    return listed([*plain, *([f"under {listed(named, 'or')}"] if named else [])], "or")


def opening(text: str) -> str:
    """Return a phrase as a sentence opens with it."""
    return text[:1].upper() + text[1:]


def all_of(parties: Sequence[object]) -> str:
    """Say of how many all are meant: ``both``, ``all four``, ``all 12``."""
    size = len(parties)
    return "both" if size == 2 else f"all {NUMBERS[size] if size < len(NUMBERS) else size}"
