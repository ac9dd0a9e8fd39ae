"""This module owns a second reading of the statement language, written apart from the first so that each checks the
other: a statement's words are split at their loosest joint, again and again, into one Python function of a state.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from detente.model.case import Case

State = Mapping[str, int]
Reading = Callable[[State], bool]
Tree = tuple[Any, ...]
PIECE = re.compile(r"\s*(<=|>=|!=|[()<>=,]|[A-Za-z0-9_.-]+)")


class UnreadableError(ValueError):
    """A statement that this reading does not understand."""


def understand(text: str, case: Case, party: str = "") -> Reading:
    """Return a statement of a case as a function of a state (option's full name to its level, from 0).

    Parameters
    ----------
    text : str
        The statement as written.
    case : Case
        Whose options and named statements it may use.
    party : str
        In whose block it stands.
    """
    return _split(_words(text), case, party)


def _words(text: str) -> list[str]:
    """Return the words and signs of a statement."""
    words: list[str] = []
    at = 0
    while at < len(text.rstrip()):
        piece = PIECE.match(text, at)
        if piece is None:
            raise UnreadableError(f"{text[at:]!r} in {text!r}")
        words.append(piece.group(1))
        at = piece.end()
    return words


def _split(words: Sequence[str], case: Case, party: str) -> Reading:
    """Split a statement at its loosest joint: iff, if, or, and; then not, a list, parentheses, a comparison."""
    for joint in ("iff", "if", "or", "and"):
        parts = _cut(words, joint)
        if len(parts) > 1:
            readings = [_split(part, case, party) for part in parts]
            return _joined(joint, readings)
    if words and words[0] == "not":
        inner = _split(words[1:], case, party)
        return lambda state: not inner(state)
    if words and words[0] in ("at", "exactly"):
        return _counting(list(words), case, party)
    if len(words) > 2 and words[0] == "(" and words[-1] == ")":
        return _split(words[1:-1], case, party)
    return _leaf(words, case, party)


def _cut(words: Sequence[str], joint: str) -> list[Sequence[str]]:
    """Cut a statement at every `joint` outside parentheses."""
    parts, depth, start = [], 0, 0
    for place, word in enumerate(words):
        depth += (word == "(") - (word == ")")
        if word == joint and depth == 0:
            parts.append(words[start:place])
            start = place + 1
    return [*parts, words[start:]]


def _joined(joint: str, readings: list[Reading]) -> Reading:
    first, *rest = readings
    if joint == "or":
        return lambda state: any(reading(state) for reading in readings)
    if joint == "and":
        return lambda state: all(reading(state) for reading in readings)
    if len(rest) != 1:
        raise UnreadableError(f"several {joint!r} without parentheses")
    second = rest[0]
    if joint == "iff":
        return lambda state: first(state) == second(state)
    return lambda state: first(state) or not second(state)


def _counting(words: list[str], case: Case, party: str) -> Reading:
    bound = words.pop(0) if words[0] == "exactly" else f"{words.pop(0)} {words.pop(0)}"
    if len(words) < 4 or not words[0].isdecimal() or words[1] != "of" or words[2] != "(" or words[-1] != ")":
        raise UnreadableError(" ".join(words))
    number, inside = int(words[0]), words[3:-1]
    readings = [_split(part, case, party) for part in _cut(inside, ",")] if inside else []

    def count(state: State) -> int:
        return [reading(state) for reading in readings].count(True)

    if bound == "exactly":
        return lambda state: count(state) == number
    if bound == "at most":
        return lambda state: count(state) <= number
    return lambda state: count(state) >= number


def _leaf(words: Sequence[str], case: Case, party: str) -> Reading:
    if len(words) not in (1, 3):
        raise UnreadableError(" ".join(words))
    name = words[0]
    own = f"{party}.{name}"
    key = own if party and any(option.key == own for option in case.options) else name
    outcomes = dict(case.outcomes)
    if not any(option.key == key for option in case.options):
        if len(words) == 3 or name not in outcomes:
            raise UnreadableError(name)
        return understand(outcomes[name].text, case, outcomes[name].party)
    if len(words) == 1:
        return lambda state: state[key] > 0
    level = case.option(key).levels.index(words[2])
    compare: dict[str, Reading] = {
        "=": lambda state: state[key] == level,
        "!=": lambda state: state[key] != level,
        "<": lambda state: state[key] < level,
        "<=": lambda state: state[key] <= level,
        ">": lambda state: state[key] > level,
        ">=": lambda state: state[key] >= level,
    }
    if words[1] not in compare:
        raise UnreadableError(" ".join(words))
    return compare[words[1]]


def mentioned(text: str, case: Case) -> set[str]:
    """Return the full names of the options that a statement mentions, through named statements too."""
    outcomes = dict(case.outcomes)
    keys = {option.key for option in case.options}
    found: set[str] = set()
    for word in PIECE.findall(text):
        if word in keys:
            found.add(word)
        elif word in outcomes:
            found |= mentioned(outcomes[word].text, case)
    return found


def meaning(text: str, case: Case, party: str = "") -> Tree:
    """Return what tells a repeated statement: its parts, nested; named ones spelled out, double negation gone."""
    tree = _tree(_words(text), case, party)
    while tree[0] == "not" and tree[1][0] == "not":
        tree = tree[1][1]
    return tree


def _tree(words: Sequence[str], case: Case, party: str) -> Tree:
    for joint in ("iff", "if", "or", "and"):
        parts = _cut(words, joint)
        if len(parts) > 1:
            return joint, *(_tree(part, case, party) for part in parts)
    if words and words[0] == "not":
        return "not", _tree(words[1:], case, party)
    if words and words[0] in ("at", "exactly"):
        start = words.index("(")
        return " ".join(words[:start]), *(_tree(part, case, party) for part in _cut(words[start + 1 : -1], ","))
    if len(words) > 2 and words[0] == "(" and words[-1] == ")":
        return _tree(words[1:-1], case, party)
    outcomes, own = dict(case.outcomes), f"{party}.{words[0]}"
    keys = {option.key for option in case.options}
    key = own if party and own in keys else words[0]
    if key not in keys and key in outcomes:
        return _tree(_words(outcomes[key].text), case, outcomes[key].party)
    return "is", key, *words[1:]
