"""This module owns what an edit is, how several are applied at once, and how lists are edited by place."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from detente.errors import CaseError, Fault
from detente.model.case import Case
from detente.model.soundness import soundness

Item = TypeVar("Item")


class Edit(ABC):
    """One change of a case: a frozen value that can be said, written down, applied and undone.

    Places in lists count from 0. An edit speaks of the case that it is applied to, so in a series each is said, and
    undone, from the case that the ones before it made.
    """

    __slots__ = ()

    @abstractmethod
    def apply(self, case: Case) -> Case:
        """Return the changed case, without checking it (`Case.edit` does); raises DetenteError where the edit
        speaks of what the case does not have."""

    @abstractmethod
    def inverse(self, case: Case) -> "Edit":
        """Return the edit that leads from the changed case back to `case`, exactly."""

    @abstractmethod
    def text(self, case: Case) -> str:
        """Say the edit in a plain sentence, in the names of the case that it is applied to."""

    def data(self) -> dict[str, Any]:
        """Return the edit as plain data, which `edit_from` reads."""
        from detente.model.edits.written import edit_data

        return edit_data(self)


@dataclass(frozen=True, slots=True)
class Together(Edit):
    """Several edits as one, each applied to what the one before it made."""

    edits: tuple[Edit, ...]

    def apply(self, case: Case) -> Case:
        for edit in self.edits:
            case = edit.apply(case)
        return case

    def inverse(self, case: Case) -> Edit:
        undone: list[Edit] = []
        for edit in self.edits:
            undone.insert(0, edit.inverse(case))
            case = edit.apply(case)
        return Together(tuple(undone))

    def text(self, case: Case) -> str:
        said = []
        for edit in self.edits:
            said.append(edit.text(case))
            case = edit.apply(case)
        return "; ".join(said) or "nothing changes"


def edited(case: Case, edits: Sequence[Edit]) -> Case:
    """Return the case after edits, checked.

    Raises
    ------
    CaseError
        With every fault that the edits bring in; also when the case is rewritten by an approach, because edits speak
        of the case as written.
    UnknownNameError
        When an edit names a party, demand or approach that the case does not have.
    """
    if case.approach != "none":
        what = f"the case is rewritten by the approach {case.approach}"
        raise CaseError([Fault(what, "edit the case as written, then ask for the approach")])
    changed = Together(tuple(edits)).apply(case)
    faults = soundness(changed)
    brought = set(faults) - set(soundness(case)) if faults else set()
    if brought:
        raise CaseError([fault for fault in faults if fault in brought])
    return changed


def inserted(items: Sequence[Item], at: int | None, item: Item, kind: str) -> tuple[Item, ...]:
    """Return a list with one more item, so that it stands at a place (None: last)."""
    place = len(items) if at is None else at
    if not 0 <= place <= len(items):
        raise CaseError([Fault(f"a {kind} cannot be put at place {place}", f"there are {len(items)}, counted from 0")])
    return (*items[:place], item, *items[place:])


def removed(items: Sequence[Item], at: int, kind: str) -> tuple[Item, ...]:
    """Return a list without the item at a place."""
    chosen(items, at, kind)
    return (*items[:at], *items[at + 1 :])


def replaced(items: Sequence[Item], at: int, item: Item, kind: str) -> tuple[Item, ...]:
    """Return a list with another item at a place."""
    chosen(items, at, kind)
    return (*items[:at], item, *items[at + 1 :])


def chosen(items: Sequence[Item], at: int, kind: str) -> Item:
    """Return the item at a place; raises CaseError where there is none."""
    if not 0 <= at < len(items):
        raise CaseError([Fault(f"there is no {kind} at place {at}", f"there are {len(items)}, counted from 0")])
    return items[at]


def ordinal(place: int) -> str:
    """Return how a place, from 0, is said: 1st, 2nd, 3rd."""
    number = place + 1
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
