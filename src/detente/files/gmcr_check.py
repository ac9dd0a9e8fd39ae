"""This module owns what a ``.gmcr`` file may look like: every fault of its JSON, with its place, or its content.

The place of a fault is a path, such as ``decisionMakers[1].preferences[0]``; lists are counted from 0, as in the file.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from unicodedata import category

from detente.errors import Fault
from detente.files.patterns import Pattern

KNOWN = {
    "the file": {
        "options", "decisionMakers", "infeasibles", "coalitions", "coalitionsFull", "program", "version", "title",
        "useManualPreferenceRanking", "useManualPreferenceVectors",
    },
    "an option": {"name", "permittedDirection", "id"},
    "a decision maker": {
        "name", "options", "preferences", "preferenceRanking", "preferenceVector", "misperceptions", "payoffs", "id",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SavedOption:
    """An option as saved; `id` is "" unless detente wrote the file."""

    name: str
    direction: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Maker:
    """A decision maker as saved: its options by number, its statements as lists of patterns, its ranking by number."""

    name: str
    options: tuple[int, ...]
    statements: tuple[tuple[Pattern, ...], ...] = ()
    ranking: tuple[tuple[int, ...], ...] = ()
    id: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """A conflict as saved, and what of it a case does not say (`losses`)."""

    options: tuple[SavedOption, ...] = ()
    makers: tuple[Maker, ...] = ()
    infeasible: tuple[Pattern, ...] = ()
    manual: bool = False
    title: str = ""
    losses: tuple[str, ...] = ()


@dataclass(slots=True)
class _Check:
    """One look at one file: the faults found, what is not taken over, and how many options there are."""

    faults: list[Fault] = field(default_factory=list)
    losses: list[str] = field(default_factory=list)
    options: int = 0

    def fault(self, where: str, what: str, remedy: str = "") -> None:
        self.faults.append(Fault(f"{where}: {what}" if where else what, remedy))

    def not_an_option(self, where: str, number: Any) -> None:
        self.fault(where, f"{number!r:.40} is not the number of an option", f"write one from 0 to {self.options - 1}")


def checked(data: Any) -> tuple[Saved, list[Fault]]:
    """Return the content of a saved conflict, and its faults; the content is complete only where there are none."""
    check = _Check()
    if not isinstance(data, dict):
        check.fault("", f"the file holds {_kind(data)}", "a .gmcr file is an object with options and decisionMakers")
        return Saved(), check.faults
    _unknown(check, data, "the file")
    options = tuple(_option(check, item, where) for item, where in _items(check, data, "options", ""))
    check.options = len(options)
    makers = tuple(_maker(check, item, where) for item, where in _items(check, data, "decisionMakers", ""))
    infeasible = tuple(
        pattern for item, where in _items(check, data, "infeasibles", "") for pattern in _statement(check, item, where)
    )
    manual = data.get("useManualPreferenceRanking", data.get("useManualPreferenceVectors", False))
    if not isinstance(manual, bool):
        check.fault("useManualPreferenceRanking", f"{_kind(manual)} instead of true or false")
    _owners(check, options, makers)
    if manual is True:
        _rankings(check, data)
        makers = tuple(
            Maker(m.name, m.options, m.statements, _ranking(check, item, where), m.id)
            for m, (item, where) in zip(makers, _items(_Check(), data, "decisionMakers", ""), strict=True)
        )
    _coalitions(check, data.get("coalitions"), makers)
    title = data.get("title")
    title = title if isinstance(title, str) and _writable(title) else ""
    return Saved(options, makers, infeasible, manual is True, title, tuple(check.losses)), check.faults


def _kind(value: Any) -> str:
    """Say what kind of JSON value something is."""
    kinds = {dict: "an object", list: "a list", str: "a text", bool: "true or false", type(None): "null"}
    return kinds.get(type(value), "a number")


def _writable(text: str) -> bool:
    """Return whether a case file can hold a text: JSON allows halves of characters and control characters."""
    return not any(category(character) in ("Cc", "Cs") or character in "\ufffe\uffff" for character in text)


def _name(item: dict[str, Any]) -> str:
    """Return a name on one line."""
    return " ".join(str(item.get("name")).split())


def _items(check: _Check, data: dict[str, Any], key: str, where: str) -> Iterator[tuple[Any, str]]:
    """Yield the items of a list with their places; a missing list or another kind of value is a fault."""
    place = f"{where}.{key}" if where else key
    value = data.get(key)
    if isinstance(value, list):
        yield from ((item, f"{place}[{number}]") for number, item in enumerate(value))
    else:
        what = f"{_kind(value)} instead of a list" if key in data else "missing"
        check.fault(place, what, "write a list, [] for none")


def _unknown(check: _Check, data: dict[str, Any], kind: str) -> None:
    for key in data.keys() - KNOWN[kind]:
        sentence = f"The key {key!r} of {kind} is not known, and was left out."
        if sentence not in check.losses:
            check.losses.append(sentence)


def _object(check: _Check, item: Any, where: str, kind: str) -> dict[str, Any] | None:
    if not isinstance(item, dict):
        check.fault(where, f"{_kind(item)} instead of {kind}", "write an object with a name")
        return None
    _unknown(check, item, kind)
    name = item.get("name")
    if not isinstance(name, str) or not name.strip() or not _writable(_name(item)):
        check.fault(f"{where}.name", "missing, or not a text that can be written", "write its name")
    return item


def _own_id(item: dict[str, Any]) -> str:
    """Return the id that detente wrote, where it is still one; GMCR+ drops it."""
    id = item.get("id")
    plain = isinstance(id, str) and id.isascii() and id[:1].isalpha() and id.replace("-", "").replace("_", "").isalnum()
    return str(id) if plain else ""


def _option(check: _Check, data: Any, where: str) -> SavedOption:
    item = _object(check, data, where, "an option")
    if item is None:
        return SavedOption("", "both")
    direction = item.get("permittedDirection", "both")
    if direction not in ("both", "fwd", "back"):
        check.fault(f"{where}.permittedDirection", f"{direction!r} is not a direction", "write both, fwd or back")
    return SavedOption(_name(item), str(direction), _own_id(item))


def _maker(check: _Check, data: Any, where: str) -> Maker:
    item = _object(check, data, where, "a decision maker")
    if item is None:
        return Maker("", ())
    options: dict[int, None] = {}
    for number, place in _items(check, item, "options", where):
        if type(number) is not int or not 0 <= number < check.options:
            check.not_an_option(place, number)
        elif number in options:
            check.fault(place, f"option {number} is there twice", "take one out")
        else:
            options[number] = None
    statements = tuple(_statement(check, one, place) for one, place in _items(check, item, "preferences", where))
    if item.get("misperceptions"):
        check.losses.append(
            f"{_name(item)} does not perceive some states in the file; here it perceives all. To keep that, list "
            "states and moves, as the shipped case syria-iraq/misperceived does."
        )
    return Maker(_name(item), tuple(options), statements, (), _own_id(item))


def _statement(check: _Check, item: Any, where: str) -> tuple[Pattern, ...]:
    """Return a statement as the patterns of which one must match."""
    if isinstance(item, dict):
        if item.get("compound") is not True:
            check.fault(where, "an object that is not compound", "write a pattern, or {compound: true, members: [...]}")
            return ()
        return tuple(_pattern(check, one, place) for one, place in _items(check, item, "members", where))
    return (_pattern(check, item, where),)


def _pattern(check: _Check, item: Any, where: str) -> Pattern:
    """Return a pattern; {} where it is empty or faulty."""
    if not isinstance(item, list):
        check.fault(where, f"{_kind(item)} instead of a pattern", 'write a list such as [[0, "Y"], [2, "N"]]')
        return {}
    pattern: Pattern = {}
    for number, pair in enumerate(item):
        place = f"{where}[{number}]"
        if not isinstance(pair, list) or len(pair) != 2 or pair[1] not in ("Y", "N"):
            check.fault(place, f"{pair!r:.40} is not an option's number with Y or N", 'write one such as [0, "Y"]')
        elif type(pair[0]) is not int or not 0 <= pair[0] < check.options:
            check.not_an_option(place, pair[0])
        elif pattern.setdefault(pair[0], int(pair[1] == "Y")) != int(pair[1] == "Y"):
            check.fault(place, f"option {pair[0]} is both Y and N in one pattern", "keep one of the two")
    return pattern


def _owners(check: _Check, options: tuple[SavedOption, ...], makers: tuple[Maker, ...]) -> None:
    """Every option belongs to exactly one decision maker."""
    if not options and not any(fault.what.startswith("options") for fault in check.faults):
        check.fault("options", "there are none", "a conflict needs at least one option")
    owners: dict[int, list[str]] = {}
    for maker in makers:
        for number in maker.options:
            owners.setdefault(number, []).append(maker.name)
    for number, option in enumerate(options):
        place, names = f"options[{number}]", owners.get(number, [])
        if len(names) > 1:
            what = f"{option.name!r} is shared by {' and '.join(names)}"
            check.fault(place, what, "an option belongs to one party here; split it into one for each")
        elif not names:
            check.fault(place, f"{option.name!r} belongs to no decision maker", "give it to one, or take it out")


def _rankings(check: _Check, data: dict[str, Any]) -> None:
    """Say that the numbers of states follow the file's own order of options where that is not the parties' order."""
    makers = data.get("decisionMakers")
    if not isinstance(makers, list):
        return
    order = [n for maker in makers if isinstance(maker, dict) for n in maker.get("options") or () if type(n) is int]
    if order != sorted(order):
        check.losses.append(
            "The options do not stand in the order of their decision makers; the rankings were read with states "
            "numbered in the file's own order of options."
        )


def _ranking(check: _Check, item: Any, where: str) -> tuple[tuple[int, ...], ...]:
    """Return a ranking as groups of tied states' numbers, best first."""
    if not isinstance(item, dict):
        return ()
    key = "preferenceRanking" if "preferenceRanking" in item or "preferenceVector" not in item else "preferenceVector"
    groups = []
    for group, place in _items(check, item, key, where):
        members = group if isinstance(group, list) else [group]
        wrong = [member for member in members if type(member) is not int]
        if wrong:
            check.fault(place, f"{wrong[0]!r:.40} is not the number of a state", "write a number, or a list of ties")
        groups.append(tuple(members))
    return tuple(group for group in groups if group)


def _coalitions(check: _Check, coalitions: Any, makers: tuple[Maker, ...]) -> None:
    """Say which decision makers the file lets act as one."""
    for coalition in coalitions if isinstance(coalitions, list) else ():
        members = coalition if isinstance(coalition, list) else []
        names = [makers[n].name for n in members if type(n) is int and 0 <= n < len(makers)]
        if len(names) > 1:
            check.losses.append(
                f"{' and '.join(names)} act as one in the file, and as separate parties here; an approach can list "
                "them as a coalition."
            )
