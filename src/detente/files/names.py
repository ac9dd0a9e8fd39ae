"""This module owns names: which ids a case may give, and whether what refers to something refers to anything."""

import re
from collections.abc import Collection, Iterable, Sequence

from detente.errors import did_you_mean
from detente.files.document import ID, Item
from detente.files.findings import Findings
from detente.files.nodes import ABSENT, Path, shorten
from detente.model.items import Mark
from detente.model.parser import WORDS


def check_id(findings: Findings, path: Path, id: str, what: str, refused: Sequence[str] = (), key: bool = True) -> None:
    """Note a fault where an id is malformed, is a word of statements, or is refused for another reason."""
    if id == ABSENT:
        return
    if not re.fullmatch(ID, id):
        remedy = "ids are letters, digits, _ and -, and start with a letter"
        findings.fault(path, f"{shorten(id)!r} cannot be the id of {what}", remedy, key=key)
    elif id in WORDS:
        findings.fault(path, f"{id!r} is a word of statements", f"choose another id for {what}", key=key)
    elif id in refused:
        findings.fault(path, f"{id!r} has a meaning of its own here", f"choose another id for {what}", key=key)


def check_unique(findings: Findings, found: Sequence[tuple[Path, str]], what: str) -> None:
    """Note a fault for every id that an earlier item has already."""
    seen: set[str] = set()
    for path, id in found:
        if id in seen and id != ABSENT:
            findings.fault(path, f"two {what} are called {shorten(id)!r}", "rename one of them")
        seen.add(id)


def check_parties(findings: Findings, path: Path, ids: Sequence[str], parties: Collection[str]) -> tuple[str, ...]:
    """Return the parties of a list, each once; unknown and repeated ones are faults."""
    sound: dict[str, None] = {}
    for place, id in zip(findings.places(path, ids), ids, strict=True):
        if not findings.known("party", id, parties, (*path, place)):
            continue
        if id in sound:
            findings.fault((*path, place), f"{id} stands here twice", "keep one of the two")
        else:
            sound[id] = None
    return tuple(sound)


def mark(findings: Findings, path: Path, item: Item, sources: Iterable[str], name: bool = True) -> Mark:
    """Return what stands beside an item; a source that is not listed deserves a look."""
    known = list(sources)
    for part in item.source.split(";"):
        match = re.match(r"\s*([\w.-]*\w)", part)
        if match and match[1] not in known:
            remedy = did_you_mean(match[1], known)
            remedy = remedy if remedy.startswith("did") else "list it under sources"
            what = f"no source is called {shorten(match[1])!r}"
            findings.fault((*path, "source"), what, remedy, warning=True)
    return Mark(item.name if name else "", item.source, item.note, item.standing)
