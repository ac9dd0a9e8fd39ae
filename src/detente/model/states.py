"""This module owns how a state is written: ``Y``/``N`` for a yes/no option, a digit for a levelled one, ``-`` for any.

A state is a tuple of levels in option order; None stands for any value (a partial or a coalesced state).
"""

from collections.abc import Mapping, Sequence

from detente.errors import CaseError, Fault
from detente.model.case import Case, Option
from detente.model.statements import And, Compare, Not, Outcome, Tree

Values = tuple[int | None, ...]


def word(values: Sequence[int | None], options: Sequence[Option]) -> str:
    """Write a state, one character an option."""
    return "".join(
        "-" if value is None else str(value) if option.levels else "NY"[value]
        for value, option in zip(values, options, strict=True)
    )


def values(text: str, options: Sequence[Option]) -> Values:
    """Read a state's word.

    Raises
    ------
    CaseError
        With one fault for the length, or one for each character that cannot stand where it does.
    """
    compact = text.replace(" ", "")
    if len(compact) != len(options):
        order = ", ".join(option.key for option in options)
        what = f"the state {text!r} has {len(compact)} characters, and there are {len(options)} options"
        raise CaseError([Fault(what, f"one character for each of {order}")])
    faults, levels = [], []
    for character, option in zip(compact, options, strict=True):
        allowed = "".join(str(level) for level in range(len(option.levels))) or "NY"
        if character != "-" and character not in allowed:
            faults.append(
                Fault(
                    f"{character!r} in the state {text!r} is not a value of {option.key}",
                    f"write one of {', '.join(allowed)} or -",
                )
            )
        levels.append(None if character == "-" or character not in allowed else allowed.index(character))
    if faults:
        raise CaseError(faults)
    return tuple(levels)


def in_words(values: Sequence[int | None], case: Case) -> dict[str, str]:
    """Say a state party by party: what each does, what it does not, in the options' readable names."""
    told: dict[str, str] = {}
    for party in case.parties:
        done: list[str] = []
        undone: list[str] = []
        either: list[str] = []
        for option in party.options:
            value = values[case.position[option.key]]
            if value is None:
                either.append(option.label)
            elif option.levels:
                (done if value else undone).append(f"{option.label}: {option.levels[value]}" if value else option.label)
            else:
                (done if value else undone).append(option.label)
        parts = [
            ", ".join(done),
            "not: " + ", ".join(undone) if undone else "",
            "either way: " + ", ".join(either) if either else "",
        ]
        told[party.id] = "; ".join(part for part in parts if part)
    return told


def conjunction(tree: Tree, options: Mapping[str, Option]) -> dict[str, int] | None:
    """Return the option values that a conjunction of option values asks for; None if the statement is not one."""
    match tree:
        case And(parts):
            found: dict[str, int] = {}
            for part in parts:
                values = conjunction(part, options)
                if values is None or any(found.get(key, level) != level for key, level in values.items()):
                    return None
                found |= values
            return found
        case Outcome(_, inner):
            return conjunction(inner, options)
        case Not(Compare(key, ">", 0)) if key in options:
            return {str(key): 0}
        case Compare(key, "=", level):
            return {str(key): level}
        case Compare(key, ">", 0) if key in options and options[str(key)].size == 2:
            return {str(key): 1}
    return None
