"""This module owns the faults found while a document is read: what is wrong, at which place of the file."""

from collections.abc import Collection, Sequence, Sized
from dataclasses import dataclass, field

from detente.errors import Fault, StatementError, did_you_mean
from detente.files.nodes import ABSENT, Path, Survey, shorten
from detente.model.case import Case

MOST = 200  # faults told at once


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
    patched : set of Path
        The items of lists that say something only because `ABSENT` was put there; no part of a sound case.
    dropped : set of str
        The ids of demands that were taken out, which others may name.
    exhausted : bool
        Whether to look for nothing more.
    counts : dict from bool to int
        How many errors (False) and warnings (True) there are.
    loose : Case or None
        Where only rules or resources could not be read: the case without these. All that is possible is possible in it.
    """

    survey: Survey
    text: str
    found: list[tuple[Path, Fault]] = field(default_factory=list)
    kept: dict[Path, list[int]] = field(default_factory=dict)
    patched: set[Path] = field(default_factory=set)
    dropped: set[str] = field(default_factory=set)
    exhausted: bool = False
    counts: dict[bool, int] = field(default_factory=lambda: {False: 0, True: 0})
    loose: Case | None = None

    @property
    def many(self) -> bool:
        """Whether so much is wrong that it is not worth looking for more."""
        return self.exhausted or self.counts[False] >= MOST

    def note(self, path: Path, fault: Fault) -> None:
        """Note a fault that has its place, unless there are very many already."""
        if self.counts[fault.warning] < MOST:
            self.counts[fault.warning] += 1
            self.found.append((path, fault))

    def fault(self, path: Path, what: str, remedy: str = "", *, key: bool = False, warning: bool = False) -> None:
        """Note a fault at the value of an item, or at its key."""
        node = self.survey.at(path, key)
        line, column = (node.line, node.column) if node is not None else (0, 0)
        self.note(path, Fault(what, remedy, line, column, warning=warning))

    def statement(self, path: Path, error: StatementError, *, key: bool = False) -> None:
        """Note a fault in a statement, at the very character where the statement stands plainly on one line."""
        node = self.survey.at(path, key)
        line, column = (node.line, node.column) if node is not None else (0, 0)
        if node is not None and node.name == error.text:
            raw = self.text[node.start : node.end]
            quoted = raw[1:-1] == error.text
            if "\n" not in raw and (quoted or raw == error.text):
                column += error.position + quoted
        self.note(path, Fault(error.what, error.remedy, line, column, error.spot))

    def known(self, kind: str, name: str, known: Collection[str], path: Path, *, key: bool = False) -> bool:
        """Return whether a name is known; note a fault with the nearest names where it is not."""
        if name in known:
            return True
        if not self.many and name != ABSENT:
            self.fault(path, f"no {kind} is called {shorten(name)!r}", did_you_mean(name, known), key=key)
        return False

    def places(self, path: Path, items: Sized) -> Sequence[int]:
        """Return where in the file the items of a list stand, also after faulty ones were taken out."""
        return self.kept.get(path, range(len(items)))

    @property
    def errors(self) -> bool:
        """Whether anything has to be mended."""
        return self.counts[False] > 0
