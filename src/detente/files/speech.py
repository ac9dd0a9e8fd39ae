"""This module owns reading the statements of a document: the named ones first, then any other by their help."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter

from detente.errors import StatementError
from detente.files.findings import Findings
from detente.files.nodes import ABSENT, Path
from detente.model.parser import TOKEN, Names, parse
from detente.model.statements import ALWAYS, RELATIONS, Statement, Tree, extent

MOST_PARTS = 5_000_000  # of all statements together


@dataclass(slots=True)
class Speech:
    """What statements may speak of, and how they are read.

    Parameters
    ----------
    findings : Findings
        Where faults go.
    options : mapping
        ``Party.option`` to the names of its levels.
    vague : (set of str, set of str)
        Options whose levels could not be read, and parties whose options could not: faults of statements about them
        would only repeat that.
    outcomes : dict from str to Tree
        The named statements read so far.
    names : Names
        The options and named statements, for the parser.
    parts : int
        How many parts all statements so far have, with named ones spelled out.
    """

    findings: Findings
    options: Mapping[str, tuple[str, ...]]
    vague: tuple[set[str], set[str]] = (set(), set())
    outcomes: dict[str, Tree] = field(default_factory=dict)
    names: Names = field(init=False)
    parts: int = 0

    def __post_init__(self) -> None:
        self.names = Names(self.options, self.outcomes)

    def read(self, text: str, path: Path, party: str = "", *, key: bool = False) -> Statement | None:
        """Read a statement; None, with a fault, where that cannot be done."""
        if self.findings.many or text == ABSENT:
            return None
        try:
            statement = parse(text, self.names, party)
        except StatementError as error:
            options, parties = self.vague
            words = TOKEN.findall(text)
            excused = party in parties or any(w in options or w.partition(".")[0] in parties for w in words)
            if not excused:
                self.findings.statement(path, error, key=key)
            return None
        self.parts += extent(statement.tree, self.names.extents)[0]
        if self.parts > MOST_PARTS:
            what = f"with named statements spelled out, the statements so far have more than {MOST_PARTS:,} parts"
            self.findings.fault(path, what, "use fewer named statements within each other", key=key)
            self.findings.exhausted = True
            return None
        return statement

    def name(self, texts: Mapping[str, tuple[Path, str]]) -> dict[str, Statement]:
        """Read the named statements, each after those it uses; a circle of them is a fault.

        Parameters
        ----------
        texts : mapping from name to (Path, str)
            Where each stands, and what it says.

        Returns
        -------
        dict from str to Statement
            Those that could be read, in the order of the file.
        """
        uses = {name: _mentioned(text) & texts.keys() for name, (_, text) in texts.items()}
        order: list[str] = []
        while True:
            try:
                order = list(TopologicalSorter(uses).static_order())
                break
            except CycleError as error:
                circle = list(reversed(error.args[1]))
                what = f"{circle[0]!r} is said by itself" if len(circle) == 2 else "named statements form a circle"
                shown = "" if len(circle) == 2 else ": " + " uses ".join(circle)
                self.findings.fault(texts[circle[0]][0], what + shown, "say one of them without the others")
                for name in circle:
                    uses.pop(name, None)
                    self.outcomes[name] = ALWAYS
                uses = {name: used & uses.keys() for name, used in uses.items()}
        read: dict[str, Statement] = {}
        for name in order:
            path, text = texts[name]
            statement = self.read(text, path)
            if statement is not None:
                read[name] = statement
            self.outcomes[name] = statement.tree if statement is not None else ALWAYS
        return {name: read[name] for name in texts if name in read}


def _mentioned(text: str) -> set[str]:
    """Return the words of a statement that could name another one: not those that are levels."""
    tokens = TOKEN.findall(text)
    return {word for before, word in zip(["", *tokens], tokens, strict=False) if before not in RELATIONS}
