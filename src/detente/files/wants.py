"""This module owns reading what a party wants: concerns, a ranking or weights."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from detente.errors import CaseError
from detente.files.document import PartyItem
from detente.files.findings import Findings
from detente.files.names import mark
from detente.files.nodes import Path, shorten
from detente.files.speech import Speech
from detente.model.items import Concern, Option
from detente.model.statements import Statement
from detente.model.states import values


@dataclass(frozen=True, slots=True)
class Words:
    """How states are written in this case.

    Parameters
    ----------
    options : sequence of Option
        In the order of state words; without options states have plain names.
    names : collection of str, or None
        The listed states; None where rules say which states there are.
    unsure : bool
        True where options or listed states have faults, so that a word cannot be judged.
    """

    options: Sequence[Option]
    names: Collection[str] | None
    unsure: bool = False

    def read(self, findings: Findings, path: Path, text: str, *, key: bool = False) -> str | None:
        """Return a state's word as it is kept; None, with a fault, where it is none."""
        if not self.options:
            listed = self.names or ()
            return text if self.unsure or findings.known("state", text, listed, path, key=key) else None
        compact = text.replace(" ", "")
        if self.unsure:
            return compact
        try:
            values(compact, self.options)
        except CaseError as error:
            for fault in error.faults:
                findings.fault(path, fault.what, fault.remedy, key=key)
            return None
        return compact


def wants(
    findings: Findings, speech: Speech, words: Words, sources: Sequence[str], id: str, item: PartyItem
) -> dict[str, Any]:
    """Return what a party wants, as the fields of `Party`; a party that says nothing is indifferent, with a warning."""
    path: Path = ("parties", id)
    given = [key for key in ("concerns", "ranking", "weights") if getattr(item, key) is not None]
    if len(given) > 1:
        what = f"{id} says what it wants in {len(given)} ways: {' and '.join(given)}"
        findings.fault((*path, given[1]), what, "keep one of them", key=True)
    before = len(findings.found)
    found: dict[str, Any] = {}
    if item.concerns is not None:
        found["concerns"] = _concerns(findings, speech, sources, path, id, item)
    if item.ranking is not None:
        found["ranking"] = _ranking(findings, words, (*path, "ranking"), item.ranking)
    if item.weights is not None:
        found["weights"] = _weights(speech, path, id, item)
    if not given and not any(place[:2] == path and not fault.warning for place, fault in findings.found):
        remedy = "write concerns, a ranking or weights; or concerns: [] if it is meant"
        findings.fault(
            path, f"{id} does not say what it wants, and counts as indifferent", remedy, key=True, warning=True
        )
    sound = len(given) == 1 and (len(findings.found) == before or given == ["concerns"])
    return found if sound else {"concerns": ()}


def _concerns(
    findings: Findings, speech: Speech, sources: Sequence[str], path: Path, id: str, item: PartyItem
) -> tuple[Concern, ...]:
    read: list[Concern] = []
    names: set[str] = set()
    concerns = item.concerns or []
    for place, concern in zip(findings.places((*path, "concerns"), concerns), concerns, strict=True):
        here: Path = (*path, "concerns", place)
        if concern.name and concern.name in names:
            findings.fault((*here, "name"), f"two concerns of {id} are called {shorten(concern.name)!r}", "rename one")
        names.add(concern.name)
        want = speech.read(concern.want, (*here, "want"), id)
        beside = mark(findings, here, concern, sources)
        if want is not None:
            read.append(Concern(want, concern.core, beside))
    return tuple(read)


def _ranking(
    findings: Findings, words: Words, path: Path, ranking: Sequence[Sequence[str]]
) -> tuple[tuple[str, ...], ...]:
    groups: list[tuple[str, ...]] = []
    seen: set[str] = set()
    for place, tied in zip(findings.places(path, ranking), ranking, strict=True):
        group: list[str] = []
        for inner, text in zip(findings.places((*path, place), tied), tied, strict=True):
            here: Path = (*path, place, inner)
            word = words.read(findings, here, text)
            if word is not None and word in seen:
                findings.fault(here, f"the state {shorten(word)!r} is ranked twice", "keep one of the two")
            elif word is not None:
                seen.add(word)
                group.append(word)
        if not tied:
            findings.fault((*path, place), "this list of tied states is empty", "take it out")
        groups.append(tuple(group))
    return tuple(groups)


def _weights(speech: Speech, path: Path, id: str, item: PartyItem) -> tuple[tuple[Statement, Fraction], ...]:
    weights = (item.weights or {}).items()
    read = [(speech.read(text, (*path, "weights", text), id, key=True), worth) for text, worth in weights]
    return tuple((statement, worth) for statement, worth in read if statement is not None)
