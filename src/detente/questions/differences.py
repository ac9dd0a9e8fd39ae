"""This module owns what differs between two cases as written, item by item, in sentences.

Items are matched by what they are (ids, or what a statement means) and differ where an answer could; names, sources
and notes do not count.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from detente.look.summary import listed
from detente.model.canonical import canonical
from detente.model.case import Case
from detente.model.document import document
from detente.model.fingerprint import content
from detente.model.items import Concern, Option, Party
from detente.model.statements import Statement
from detente.questions.wording import ordinal

BOTH = "both"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing in which two cases differ.

    Parameters
    ----------
    item : str
        What it is about: party, option, concern, core, order of concerns, rule, demand, ...
    where : str
        ``first`` or ``second`` where only that one has it, ``both`` where both have it, differently.
    text : str
        The difference as a sentence.
    """

    item: str
    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of one case: how a sentence begins that speaks of it, what counts, and how that is said."""

    called: str
    counts: Any
    said: str = ""


Names = tuple[str, str]
"""How the two sides are named in sentences, each after its preposition: ``in the first``, ``under ‘shared’``."""


def differences(first: Case, second: Case, names: Names) -> list[Difference]:
    """Return what differs between two cases as written, in the order of the case file."""
    found = list(_items("party", _parties(first), _parties(second), names))
    found += _items("option", _options(first), _options(second), names)
    for party in first.parties:
        other = next((other for other in second.parties if other.id == party.id), None)
        if other is not None:
            found += _wants(first, second, party, other, names)
    stated = _stated(first), _stated(second)
    for item in ("rule", "resource", "outcome", "merged states", "contract", "coalition"):
        found += _items(item, stated[0][item], stated[1][item], names)
    found += _today(first, second, names)
    found += _items("setting", _scalars(first), _scalars(second), names)
    for section in RELATIONS:
        found += _items(section, _relations(first, section), _relations(second, section), names)
    return found


def _items(
    item: str, first: Mapping[Hashable, Entry], second: Mapping[Hashable, Entry], names: Names
) -> Iterator[Difference]:
    for key in dict.fromkeys([*first, *second]):
        one, other = first.get(key), second.get(key)
        if one is None or other is None:
            entry = one or other
            assert entry is not None
            where, name = ("first", names[0]) if one is not None else ("second", names[1])
            said = f" ({entry.said})" if entry.said else ""
            yield Difference(item, where, f"{entry.called} is only {name}{said}.")
        elif one.counts != other.counts:
            yield Difference(
                item, BOTH, f"{one.called} differs: {one.said or 'nothing'} {names[0]}, "
                f"{other.said or 'nothing'} {names[1]}."
            )  # fmt: skip


def _parties(case: Case) -> dict[Hashable, Entry]:
    return {party.id: Entry(f"The party ‘{party.label}’", ()) for party in case.parties}


def _options(case: Case) -> dict[Hashable, Entry]:
    return {
        option.key: Entry(
            f"The option ‘{option.label}’ of {case.party(option.party).label}",
            (option.levels, option.direction),
            _kind(option),
        )
        for option in case.options
    }


def _kind(option: Option) -> str:
    levels = f"levels {', '.join(option.levels)}; " if option.levels else ""
    way = {"on": "can only be taken up", "off": "can only be given up"}.get(option.direction, "can be changed back")
    return levels + way


def _form(case: Case, statement: Statement) -> Hashable:
    """Return what a statement means, for matching."""
    return canonical(statement.tree, {option.key: option.size for option in case.options})


def _stated(case: Case) -> dict[str, dict[Hashable, Entry]]:
    """Return the items that are statements, or rest on one."""
    resources = zip(case.resources, content(case)["resources"], strict=True)
    return {
        "rule": {
            _form(case, rule.that): Entry(
                f"The rule ‘{rule.label}’",
                (rule.kind, rule.relaxable),
                rule.kind + (", relaxable" if rule.relaxable else ""),
            )
            for rule in case.rules
        },
        "resource": {
            (item.of, item.name): Entry(
                f"The resource ‘{item.name}’ of {case.party(item.of).label}",
                counts,
                f"{item.amount} for {', '.join(f'{cost} × {statement}' for statement, cost in item.uses)}",
            )
            for item, counts in resources
        },
        "outcome": {
            name: Entry(f"The outcome ‘{name}’", _form(case, statement), str(statement))
            for name, statement in case.outcomes
        },
        "merged states": {
            _form(case, statement): Entry(f"The merging of all states with ‘{statement}’", ())
            for statement in case.coalesce
        },
        "contract": {
            key: Entry(f"The contract on ‘{case.option(key).label}’", _form(case, statement), f"iff {statement}")
            for key, statement in case.definitions
        },
        "coalition": {
            frozenset(members): Entry(f"The coalition of {listed([case.party(m).label for m in members])}", ())
            for members in case.coalitions
        },
    }


def _scalars(case: Case) -> dict[Hashable, Entry]:
    shown = content(case)
    written = document(case)
    return {
        key: Entry(called, shown[key], _flat(written.get(key, said)) if brief else "")
        for key, called, said, brief in (
            ("table", "Who is at the table", "everybody", True),
            ("accommodate", "Whose core concerns count", "everybody's", True),
            ("patience", "The patience", "not said", True),
            ("conventions", "The conventions", "the usual ones", True),
            ("states", "The list of possible states", "none", False),
            ("moves", "The list of moves", "none", False),
            ("monitoring", "The monitoring scenario", "none", True),
        )
    }


def _today(first: Case, second: Case, names: Names) -> Iterator[Difference]:
    if first.today == second.today and _same_options(first, second):
        return
    said = [_said_today(case) for case in (first, second)]
    if said[0] != said[1]:
        yield Difference("today", BOTH, f"Today differs: {said[0]} {names[0]}, {said[1]} {names[1]}.")


def _said_today(case: Case) -> str:
    if case.today is None:
        return "not said"
    if isinstance(case.today, str):
        return f"‘{case.today}’"
    taken = [
        f"{option.key} = {option.levels[level]}" if option.levels else option.key
        for option, level in zip(case.options, case.today, strict=True)
        if level
    ]
    return listed(taken) or "nothing is taken"


def _same_options(first: Case, second: Case) -> bool:
    return [(o.key, o.levels) for o in first.options] == [(o.key, o.levels) for o in second.options]


def _wants(first: Case, second: Case, one: Party, other: Party, names: Names) -> Iterator[Difference]:
    """Yield what differs in what a party wants."""
    kinds = [_described(party) for party in (one, other)]
    if kinds[0] != kinds[1]:
        text = f"What {one.label} wants is said by {kinds[0]} {names[0]}, by {kinds[1]} {names[1]}."
        yield Difference("preferences", BOTH, text)
    elif one.ranking is not None:
        if (
            content(first)["parties"][first.party_ids.index(one.id)]["ranking"]
            != (content(second)["parties"][second.party_ids.index(one.id)]["ranking"])
        ):
            yield Difference("preferences", BOTH, f"{one.label} ranks the states differently.")
    elif one.weights is not None:
        yield from _items("weight", _weights(first, one), _weights(second, other), names)
    else:
        yield from _concerns(first, second, one, other, names)


def _described(party: Party) -> str:
    return "a ranking" if party.ranking is not None else "weights" if party.weights is not None else "concerns"


def _weights(case: Case, party: Party) -> dict[Hashable, Entry]:
    return {
        _form(case, statement): Entry(f"The weight of ‘{statement}’ for {party.label}", worth, str(worth))
        for statement, worth in party.weights or ()
    }


def _concerns(first: Case, second: Case, one: Party, other: Party, names: Names) -> Iterator[Difference]:
    mine, theirs = _placed(first, one), _placed(second, other)
    for held, against, where, name in ((mine, theirs, "first", names[0]), (theirs, mine, "second", names[1])):
        for form, (place, concern) in held.items():
            if form not in against:
                text = f"{_possessive(one.label)} concern ‘{concern.label}’ is only {name} ({_marked(place, concern)})."
                yield Difference("concern", where, text)
    common = [form for form in mine if form in theirs]
    for form in common:
        core = mine[form][1].core, theirs[form][1].core
        if core[0] != core[1]:
            where, name = ("first", names[0]) if core[0] else ("second", names[1])
            text = f"{_possessive(one.label)} concern ‘{mine[form][1].label}’ is core only {name}."
            yield Difference("core", where, text)
    kept = _longest_common(common, sorted(common, key=lambda form: theirs[form][0]))
    for form in common:
        if form not in kept:
            places = f"{ordinal(mine[form][0])} {names[0]}, {ordinal(theirs[form][0])} {names[1]}"
            text = f"{one.label} ranks its concern ‘{mine[form][1].label}’ {places}."
            yield Difference("order of concerns", BOTH, text)


def _placed(case: Case, party: Party) -> dict[Hashable, tuple[int, Concern]]:
    """Return a party's concerns with their places, by what they mean; of repeated ones the first, which decides."""
    found: dict[Hashable, tuple[int, Concern]] = {}
    for place, concern in enumerate(party.concerns or (), 1):
        found.setdefault(_form(case, concern.want), (place, concern))
    return found


def _marked(place: int, concern: Concern) -> str:
    return f"its {ordinal(place)}{', core' if concern.core else ''}"


def _possessive(name: str) -> str:
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def _longest_common(one: Sequence[Hashable], other: Sequence[Hashable]) -> set[Hashable]:
    """Return the items of a longest common subsequence of two orders: those that need not be called moved."""
    best: list[list[tuple[Hashable, ...]]] = [[()] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i, left in enumerate(one):
        for j, right in enumerate(other):
            longer = max(best[i][j + 1], best[i + 1][j], key=len)
            best[i + 1][j + 1] = (*best[i][j], left) if left == right else longer
    return set(best[-1][-1])


RELATIONS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "demands": ("The demand ‘{}’", ("id",)),
    "complaints": ("The complaint ‘{}’", ("id",)),
    "clout": ("The clout of {} over {} on {}", ("of", "over", "on")),
    "needs": ("What {} needs, ‘{}’ from {},", ("party", "needs", "from")),
    "payments": ("The payment by {} to {} with {}", ("by", "to", "with")),
    "issues": ("The issue ‘{}’", ("id",)),
    "approaches": ("The approach ‘{}’", ("id",)),
}
"""How an item of each section is called, and the keys of the file that tell it from the others."""

UNCOUNTED = ("name", "source", "note", "standing")


def _relations(case: Case, section: str) -> dict[Hashable, Entry]:
    called, keys = RELATIONS[section]
    written = document(case).get(section, [])
    items = [{"id": id} | item for id, item in written.items()] if isinstance(written, dict) else written
    found: dict[Hashable, Entry] = {}
    for item, counts in zip(items, content(case)[section], strict=True):
        if section == "complaints":  # a concern counts by its name here: that it moved is said of the concern
            counts = [*counts[:-1], item.get("concern")]
        told = [_flat(item[key]) for key in keys]
        rest = {key: value for key, value in item.items() if key not in keys}
        found[tuple(told)] = Entry(called.format(*told), counts, _flat(rest))
    return found


def _flat(data: Any) -> str:
    """Write plain data in one line: ``by US, with US.aid, iff PK.operation``."""
    if isinstance(data, Mapping):
        return ", ".join(f"{key} {_flat(value)}".strip() for key, value in data.items() if key not in UNCOUNTED)
    if isinstance(data, list | tuple):
        return "; ".join(_flat(item) for item in data) if any(isinstance(i, Mapping) for i in data) else listed(
            [_flat(item) for item in data]
        )  # fmt: skip
    return str(data)
