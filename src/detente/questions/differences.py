"""This module owns what differs between two cases as written, item by item, in sentences.

Items are matched by what they are (ids, or what a statement means) and differ where an answer could; names, sources
and notes do not count.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from detente.game import Setting
from detente.look.summary import listed, ordinal
from detente.model.canonical import canonical
from detente.model.case import Case
from detente.model.document import document
from detente.model.fingerprint import content
from detente.model.items import Concern, Option, Party
from detente.model.statements import Outcome, Statement
from detente.questions.origins import DEFERRED, OWN, PROMISED, Origin, origins
from detente.questions.phrases import in_words, named
from detente.questions.relations import SECTIONS, relations, said, unlike, worded

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
"""How the two sides are named in sentences, each after its preposition: ``in ‘elmira’``, ``under ‘shared’``."""


def differences(one: Setting, other: Setting, names: Names) -> list[Difference]:
    """Return what differs between two cases, each under its approach, in the order of the case file.

    Parameters
    ----------
    one, other : Setting
    names : tuple of two str
        How the sides are named in sentences.
    """
    first, second = one.rewritten, other.rewritten
    found = list(_items("party", _parties(first), _parties(second), names))
    found += _items("option", _options(first), _options(second), names)
    for party in first.parties:
        if party.id in second.party_ids:
            found += _wants(one, other, party, second.party(party.id), names)
    stated = _stated(first), _stated(second)
    for item in ("rule", "resource", "outcome", "merged states", "contract", "coalition"):
        found += _items(item, stated[0][item], stated[1][item], names)
    found += _today(first, second, names)
    found += _items("setting", _scalars(first), _scalars(second), names)
    for section in SECTIONS:
        found += _related(first, second, section, names)
    return found


def _related(first: Case, second: Case, section: str, names: Names) -> Iterator[Difference]:
    """Yield how the items of one section differ: only what differs of those that both cases have."""
    mine, theirs = relations(first, section), relations(second, section)
    sides: list[dict[Hashable, Entry]] = [
        {key: Entry(called, counts, said(case, section, item)) for key, (called, counts, item) in found.items()}
        for case, found in ((first, mine), (second, theirs))
    ]
    common = [key for key in mine if key in theirs]
    for side in sides:
        for key in common:
            del side[key]
    yield from _items(section, sides[0], sides[1], names)
    for key in common:
        (called, counts, item), (_, others, other) = mine[key], theirs[key]
        if counts != others:
            told = [
                f"{what} is {here} {names[0]}, {there} {names[1]}"
                for what, here, there in unlike(first, second, section, item, other)
            ]
            what = f": {'; '.join(told)}." if told else " differs in what the names in it stand for."
            yield Difference(section, BOTH, f"{called}{what}")


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
                f"The rule {f'‘{rule.mark.name}’' if rule.mark.name else f'({in_words(rule.that.tree, case)})'}",
                (rule.kind, rule.relaxable),
                rule.kind + (", relaxable" if rule.relaxable else ""),
            )
            for rule in case.rules
        },
        "resource": {
            (item.of, item.name): Entry(
                f"The resource ‘{item.name}’ of {case.party(item.of).label}",
                counts,
                f"{item.amount} for {', '.join(f'{cost} × {in_words(use.tree, case)}' for use, cost in item.uses)}",
            )
            for item, counts in resources
        },
        "outcome": {
            name: Entry(
                f"What is called {in_words(Outcome(name, statement.tree), case)}",
                _form(case, statement),
                in_words(statement.tree, case),
            )
            for name, statement in case.outcomes
        },
        "merged states": {
            _form(case, statement): Entry(f"The merging of all states with {in_words(statement.tree, case)}", ())
            for statement in case.coalesce
        },
        "contract": {
            key: Entry(
                f"The contract on {named(case.option(key), case)}",
                _form(case, statement),
                f"if and only if {in_words(statement.tree, case)}",
            )
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
        key: Entry(called, shown[key], worded(case, key, written.get(key, said)) if brief else "")
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
    one, other = first.today, second.today
    if isinstance(one, tuple) and isinstance(other, tuple):
        told = list(_today_by_option(first, second, one, other, names))
        if told:
            yield Difference("today", BOTH, f"Today differs: {'; '.join(told)}.")
    elif one != other:
        said = [
            "not said" if today is None else f"‘{today}’" if isinstance(today, str) else "said by options"
            for today in (one, other)
        ]
        yield Difference("today", BOTH, f"Today differs: {said[0]} {names[0]}, {said[1]} {names[1]}.")


def _today_by_option(
    first: Case, second: Case, one: Sequence[int], other: Sequence[int], names: Names
) -> Iterator[str]:
    """Yield in which options that both cases have today differs."""
    only: tuple[list[str], list[str]] = [], []
    for option, level in zip(first.options, one, strict=True):
        if option.key not in second.position:
            continue
        theirs, there = second.option(option.key), other[second.position[option.key]]
        if option.levels or theirs.levels:
            said = [_level(option, level), _level(theirs, there)]
            if said[0] != said[1]:
                yield f"{named(option, first)} is {said[0]} {names[0]}, {said[1]} {names[1]}"
        elif level != there:
            only[0 if level else 1].append(named(option, first))
    for taken, name in zip(only, names, strict=True):
        if taken:
            yield f"{listed(taken)} only {name}"


def _level(option: Option, level: int) -> str:
    return option.levels[level] if option.levels else ("no", "yes")[level]


def _wants(first: Setting, second: Setting, one: Party, other: Party, names: Names) -> Iterator[Difference]:
    """Yield what differs in what a party wants."""
    kinds = [_described(party) for party in (one, other)]
    cases = first.rewritten, second.rewritten
    if kinds[0] != kinds[1]:
        text = f"What {one.label} wants is said by {kinds[0]} {names[0]}, by {kinds[1]} {names[1]}."
        yield Difference("preferences", BOTH, text)
    elif one.ranking is not None:
        rankings = [content(case)["parties"][case.party_ids.index(one.id)]["ranking"] for case in cases]
        if rankings[0] != rankings[1]:
            yield Difference("preferences", BOTH, f"{one.label} ranks the states differently.")
    elif one.weights is not None:
        yield from _items("weight", _weights(cases[0], one), _weights(cases[1], other), names)
    else:
        yield from _concerns(_placed(first, one.id), _placed(second, one.id), one.label, names)


def _described(party: Party) -> str:
    return "a ranking" if party.ranking is not None else "weights" if party.weights is not None else "concerns"


def _weights(case: Case, party: Party) -> dict[Hashable, Entry]:
    return {
        _form(case, statement): Entry(
            f"What is worth something to {party.label}, {in_words(statement.tree, case)},", worth, str(worth)
        )
        for statement, worth in party.weights or ()
    }


@dataclass(frozen=True, slots=True)
class Placed:
    """A concern under an approach, its place among all that a party has there, and where it comes from."""

    concern: Concern
    place: int
    origin: Origin


def _concerns(
    mine: Mapping[Hashable, Placed], theirs: Mapping[Hashable, Placed], party: str, names: Names
) -> Iterator[Difference]:
    for held, against, where, name in ((mine, theirs, "first", names[0]), (theirs, mine, "second", names[1])):
        for form, placed in held.items():
            if form not in against:
                yield Difference("concern", where, _only(placed, party, name))
    common = [form for form in mine if form in theirs]
    for form in common:
        core = mine[form].concern.core, theirs[form].concern.core
        if core[0] != core[1]:
            where, name = ("first", names[0]) if core[0] else ("second", names[1])
            text = f"{_possessive(party)} concern {_quoted(mine[form])} is core only {name}."
            yield Difference("core", where, text)
    kept = _kept(common, {form: (mine[form].place, theirs[form].place) for form in common})
    for form in common:
        if form not in kept:
            places = f"{ordinal(mine[form].place)} {names[0]}, {ordinal(theirs[form].place)} {names[1]}"
            yield Difference("order of concerns", BOTH, f"{party} ranks its concern {_quoted(mine[form])} {places}.")


def _only(placed: Placed, party: str, name: str) -> str:
    """Say that only one side has a concern, and whose it is there."""
    origin, comes = placed.origin, f"it comes {ordinal(placed.place)}"
    match origin.kind:
        case kind if kind == OWN:
            core = ", core" if placed.concern.core else ""
            return f"{_possessive(party)} concern {_quoted(placed)} is only {name} (its {ordinal(placed.place)}{core})."
        case kind if kind == PROMISED:
            return f"Only {name} {party} promises {origin.label} ({comes})."
        case kind if kind == DEFERRED:
            return f"Only {name} {party} puts first what is {origin.place}: {origin.label} ({comes})."
    return f"Only {name} {party} counts {_quoted(placed)} as its own, {origin.place} ({comes})."


def _quoted(placed: Placed) -> str:
    return placed.origin.label if placed.origin.named else f"({placed.origin.label})"


def _placed(setting: Setting, id: str) -> dict[Hashable, Placed]:
    """Return a party's concerns by what they mean; of repeated ones the first, which decides."""
    found: dict[Hashable, Placed] = {}
    concerns, party = setting.rewritten.party(id).concerns or (), setting.party(id)
    for place, (concern, origin) in enumerate(zip(concerns, origins(setting, party), strict=True), 1):
        found.setdefault(_form(setting.rewritten, concern.want), Placed(concern, place, origin))
    return found


def _possessive(name: str) -> str:
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def _kept(common: Sequence[Hashable], places: Mapping[Hashable, tuple[int, int]]) -> set[Hashable]:
    """Return the concerns that need not be called moved: as many as stand in the same order on both sides.

    All that have the same place on both sides are among them, so that whatever is called moved has two places.
    """
    theirs = sorted(common, key=lambda form: places[form][1])
    worth = {form: 1 + len(common) * (places[form][0] == places[form][1]) for form in common}
    best: list[list[tuple[int, tuple[Hashable, ...]]]] = [[(0, ())] * (len(common) + 1) for _ in range(len(common) + 1)]
    for i, left in enumerate(common):
        for j, right in enumerate(theirs):
            longer = max(best[i][j + 1], best[i + 1][j], key=lambda found: found[0])
            if left == right:
                worths, kept = best[i][j]
                longer = worths + worth[left], (*kept, left)
            best[i + 1][j + 1] = longer
    return set(best[-1][-1][1])
