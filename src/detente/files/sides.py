"""This module owns reading the sides of a dispute: parties and their options, before anybody's wants are looked at."""

import re
from collections.abc import Sequence

from detente.files.document import Document, OptionItem
from detente.files.findings import Findings
from detente.files.names import check_id, mark
from detente.files.nodes import Path, shorten
from detente.model.items import Option
from detente.model.parser import WORDS

LEVEL = re.compile(r"[A-Za-z0-9][\w-]*(\.[A-Za-z0-9][\w-]*)*")
MOST_LEVELS = 10


def sides(findings: Findings, document: Document, sources: Sequence[str]) -> dict[str, tuple[Option, ...]]:
    """Return the options of every party, in the order of the file; faulty ones too, so that others can name them."""
    if not document.parties:
        findings.fault(("parties",), "a case has at least one party", "add it, as in `A: {options: [act]}`")
    found: dict[str, tuple[Option, ...]] = {}
    for id, item in document.parties.items():
        check_id(findings, ("parties", id), id, "a party")
        options = item.options.items()
        found[id] = tuple(_option(findings, document, sources, id, key, option) for key, option in options)
    return found


def _option(
    findings: Findings, document: Document, sources: Sequence[str], party: str, id: str, item: OptionItem
) -> Option:
    path: Path = ("parties", party, "options", id)
    owner, dot, rest = id.partition(".")
    if dot and owner == party:
        findings.fault(path, f"{id!r} names its party again", f"write {rest}", key=True)
    elif dot and owner in document.parties:
        also = " too" if rest in document.parties[owner].options else ""
        what = f"{id!r} stands under {party}, and is {owner}'s option{also}: an option belongs to one party"
        findings.fault(path, what, f"keep it under {owner} alone", key=True)
    else:
        check_id(findings, path, id, "an option")
    levels = _levels(findings, (*path, "levels"), item.levels)
    return Option(party, id, levels, item.direction, mark(findings, path, item, sources))


def _levels(findings: Findings, path: Path, levels: Sequence[str]) -> tuple[str, ...]:
    """Return the names of an option's levels; they are two to ten different words."""
    seen: set[str] = set()
    for place, level in zip(findings.places(path, levels), levels, strict=True):
        here: Path = (*path, place)
        if not LEVEL.fullmatch(level):
            findings.fault(here, f"{shorten(level)!r} cannot name a level", "write one word: letters, digits, _ and -")
        elif level in WORDS:
            findings.fault(here, f"{level!r} is a word of statements", "choose another name for the level")
        elif level in seen:
            findings.fault(here, f"the level {level!r} stands here twice", "rename one of the two")
        seen.add(level)
    if len(levels) == 1:
        findings.fault(path, "one level is no choice", "name at least two, lowest first; or none for a yes/no option")
    if len(levels) > MOST_LEVELS:
        what = f"the option has {len(levels)} levels; {MOST_LEVELS} are the most"
        findings.fault(path, what, "join some of them")
    return tuple(levels)


def vague(findings: Findings) -> tuple[set[str], set[str]]:
    """Return what statements cannot be judged about: options without sound levels, parties without sound options."""
    options: set[str] = set()
    parties: set[str] = set()
    for path, fault in findings.found:
        if path[:1] == ("parties",) and not fault.warning and path[2:3] in ((), ("options",)) and len(path) > 1:
            if path[4:5] == ("levels",):
                options |= {f"{path[1]}.{path[3]}", str(path[3])}
            elif len(path) < 4:
                parties.add(str(path[1]))
    return options, parties
