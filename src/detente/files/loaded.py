"""This module owns what loading any kind of file gives: what it says, or all its faults, and where items stand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Generic, TypeVar

from detente.errors import CaseError, Fault
from detente.files.jsonplaces import survey_of
from detente.files.nodes import Path
from detente.files.text import BYTE_ORDER_MARK, is_json

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Read(Generic[Thing]):
    """What a file says.

    Parameters
    ----------
    thing : Case, Scenario or None
        What it says; None where that cannot be told.
    faults : tuple of Fault
        All errors and warnings, in the order of the file.
    places : mapping from Path to (int, int)
        Line and column, from 1, of the value of every item: a path is a tuple of keys and list positions as in the
        file, ``("parties", "MoE", "concerns", 0)``.
    text : str
        The document.
    path : pathlib.Path or None
        The file; None for a text.
    file : str
        The name to show before a fault.
    """

    thing: Thing | None
    faults: tuple[Fault, ...] = ()
    places: Mapping[Path, tuple[int, int]] = field(default_factory=dict, repr=False)
    text: str = field(default="", repr=False)
    path: FilePath | None = None
    file: str = ""

    def where(self, paths: Iterable[Path]) -> Mapping[Path, tuple[int, int]]:
        """Return where items stand, with what is around them; a long JSON text is looked through for them."""
        if self.places or self.thing is None or not is_json(self.text, self.file):
            return self.places
        found = survey_of(self.text.removeprefix(BYTE_ORDER_MARK), paths)
        return {path: (node.line, node.column) for path, node in found.values.items()}

    @property
    def errors(self) -> tuple[Fault, ...]:
        """The faults that have to be mended."""
        return tuple(fault for fault in self.faults if not fault.warning)

    @property
    def sound(self) -> Thing:
        """What the file says; raises CaseError with every fault where anything has to be mended."""
        if self.thing is None or self.errors:
            raise CaseError(self.errors, self.file)
        return self.thing
