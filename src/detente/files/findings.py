"""This module owns the faults found while a document is read: what is wrong, at which place of the file."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from detente.errors import Fault, StatementError, did_you_mean
from detente.files.nodes import Path, Survey, shorten


@dataclass(slots=True)
class Findings:
    """The faults of one document, each under the path of the item it is about.

    Parameters
    ----------
    survey : Survey
        Where everything stands.
    text : str
        The document.
    found : list of (Path, Fault)
        What was found so far.
    kept : dict from Path to list of int
        For every list from which faulty items were taken out: the places in the file of those that stayed.
    """

    survey: Survey
    text: str
    found: list[tuple[Path, Fault]] = field(default_factory=list)
    kept: dict[Path, list[int]] = field(default_factory=dict)

    def fault(self, path: Path, what: str, remedy: str = "", *, key: bool = False, warning: bool = False) -> None:
        """Note a fault at the value of an item, or at its key."""
        node = self.survey.at(path, key)
        line, column = (node.line, node.column) if node is not None else (0, 0)
        self.found.append((path, Fault(what, remedy, line, column, warning=warning)))

    def statement(self, path: Path, error: StatementError, *, key: bool = False) -> None:
        """Note a fault in a statement, at the very character where the statement stands plainly on one line."""
        node = self.survey.at(path, key)
        line, column = (node.line, node.column) if node is not None else (0, 0)
        if node is not None and node.name == error.text:
            raw = self.text[node.start : node.end]
            quoted = raw[1:-1] == error.text
            if "\n" not in raw and (quoted or raw == error.text):
                column += error.position + quoted
        self.found.append((path, Fault(error.what, error.remedy, line, column, error.spot)))

    def known(self, kind: str, name: str, known: Iterable[str], path: Path, *, key: bool = False) -> bool:
        """Return whether a name is known; note a fault with the nearest names where it is not."""
        known = list(known)
        if name in known:
            return True
        self.fault(path, f"no {kind} is called {shorten(name)!r}", did_you_mean(name, known), key=key)
        return False

    def places(self, path: Path, items: Iterable[object]) -> list[int]:
        """Return where in the file the items of a list stand, also after faulty ones were taken out."""
        count = len(list(items))
        return self.kept.get(path, list(range(count)))

    @property
    def errors(self) -> bool:
        """Whether anything has to be mended."""
        return any(not fault.warning for _, fault in self.found)
