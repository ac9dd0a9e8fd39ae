"""This module owns loading a case: a file, a shipped name or a text in; the case, or all its faults at once, out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path as FilePath
from typing import TypeVar

from detente.errors import Fault
from detente.files.build import build
from detente.files.findings import MOST, Findings
from detente.files.jsonplaces import survey_of
from detente.files.loaded import Read
from detente.files.nodes import Path, Survey, plain, survey
from detente.files.shape import shaped
from detente.files.text import BYTE_ORDER_MARK, control_character, find, is_json, shipped, too_long
from detente.files.yaml import read_yaml
from detente.model.case import Case

__all__ = ["Loaded", "load", "read_document", "shipped"]
Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Loaded(Read[Case]):
    """What a case file says: the sound items too where anything has to be mended, if states can be told from them.

    Beside what is said of `Read`:

    Parameters
    ----------
    loose : Case or None
        Where only rules or resources could not be read: the case without these, so that what is wrong all the same can
        be told in the same answer.
    """

    loose: Case | None = field(default=None, repr=False)

    @property
    def case(self) -> Case | None:
        """The case, sound where there are no errors.

        With errors, the sound items, if the states can still be told from them (then later checks can add their faults
        to the same answer); else None.
        """
        return self.thing


def load(source: str | FilePath) -> Loaded:
    """Load a case; nothing is raised for what a file can say wrong.

    Parameters
    ----------
    source : str or Path
        A YAML or JSON file, or the name of a shipped case: ``us-pakistan-2018``, ``us-pakistan-2018/washington``.
    """
    found = find(source)
    if found.faults:
        return Loaded(None, found.faults, path=found.path, file=found.file)
    loaded = read_document(found.text, found.file)
    return replace(loaded, text=found.text, path=found.path, file=found.file)


def read_document(text: str, file: str = "") -> Loaded:
    """Read a case from a text; nothing is raised for what the text can say wrong.

    Parameters
    ----------
    text : str
        YAML, or JSON of the same form.
    file : str
        The name to show before a fault; its stem is the title of a case without one.
    """
    read: list[Findings] = []

    def understood(data: object, findings: Findings, title: str) -> Case | None:
        read.append(findings)
        return _understood(data, findings, title)

    case, faults, places = read_through(text, file, understood)
    return Loaded(case, faults, places, text, None, file, read[-1].loose if read else None)


def read_through(
    text: str, file: str, understood: Callable[[object, Findings, str], Thing | None]
) -> tuple[Thing | None, tuple[Fault, ...], Mapping[Path, tuple[int, int]]]:
    """Read a text of any kind of file: what it says, all faults in the order of the file, and where items stand.

    Parameters
    ----------
    text, file : str
        As for `read_document`.
    understood : function (data, findings, title) to a thing or None
        What the data say; faults go to the findings, and the title is that of a thing without one.
    """
    fault = too_long(text, file) or control_character(text.removeprefix(BYTE_ORDER_MARK))
    if fault is not None:
        return None, (fault,), {}
    text = text.removeprefix(BYTE_ORDER_MARK)
    data, where, faults = _read(text, file)
    if where is None:
        return None, tuple(faults), {}
    title = FilePath(file).stem or "Untitled"
    findings = _findings(where, text, faults)
    thing = understood(data, findings, title)
    if findings.found and not where.values and data:  # JSON too long to keep all places: those needed are looked for
        findings = _findings(survey_of(text, (path for path, _ in findings.found)), text, faults)
        thing = understood(_read(text, file)[0], findings, title)
    found = sorted((fault for _, fault in findings.found), key=lambda fault: (fault.line, fault.column))
    if findings.counts[False] >= MOST:
        found.append(Fault(f"more than {MOST} faults", "mend these first; then the rest is told"))
    places = {path: (node.line, node.column) for path, node in where.values.items()}
    return thing, tuple(dict.fromkeys(found)), places


def _findings(where: Survey, text: str, faults: Sequence[Fault]) -> Findings:
    findings = Findings(where, text)
    for fault in faults:
        findings.note((), fault)
    return findings


def _understood(data: object, findings: Findings, title: str) -> Case | None:
    """Return the case that data says; what is wrong with it goes to the findings."""
    document = shaped(data, findings)
    return build(document, findings, title) if document is not None else None


def _read(text: str, file: str) -> tuple[object, Survey | None, list[Fault]]:
    """Return a text's data and places; no places where it cannot be read as YAML or JSON at all."""
    if is_json(text, file):
        from detente.files.jsontext import read_json

        read = read_json(text)
        if read.sound or file.lower().endswith(".json") or too_long(text, "text.yaml"):
            return read.data, read.survey if read.sound else None, read.faults
        node, faults = read_yaml(text)  # `{title: ...}` is YAML
        if node is None:
            return None, None, read.faults
    else:
        node, faults = read_yaml(text)
    if node is None:
        return None, None if faults else Survey(), faults
    return plain(node), survey(node), faults
