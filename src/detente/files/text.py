"""This module owns finding a case or a scenario and its text: a file, or a shipped name; or why it cannot be read."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from detente.errors import Fault, did_you_mean
from detente.files.nodes import line_and_column

LONGEST_YAML, LONGEST_JSON = 1_000_000, 50_000_000  # bytes
ENDINGS = (".yaml", ".yml", ".json")
GMCR = ".gmcr"
BEGINNING = 65_536  # bytes in which a case file names its parties
MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
BYTE_ORDER_MARK = "\ufeff"
CONTROL = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Found:
    """A text, from where, and what keeps it from being read."""

    text: str
    file: str
    path: Path | None = None
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of file: how it is called, as which file of its folder it is shipped, and which key its beginning has.

    Parameters
    ----------
    also : str
        How a file of the other sort is called, and what reads that.
    """

    called: str
    stem: str
    key: bytes
    also: str


CASE = Sort("case", "case", b"parties", "this is a monitoring scenario, not a case; detente monitor reads it")
SCENARIO = Sort(
    "scenario", "scenario", b"adversaries", "this is a case, not a monitoring scenario; detente check reads it"
)
OTHER = {CASE: SCENARIO, SCENARIO: CASE}
NO_VARIANTS = ("case", "scenario", "results")


def is_of_other_sort(faults: Sequence[Fault]) -> bool:
    """Return whether what keeps a case from being read is that it is a monitoring scenario."""
    return [fault.what for fault in faults] == [CASE.also.partition("; ")[0]]


@cache
def shipped(sort: Sort = CASE) -> tuple[str, ...]:
    """Return the names of the shipped cases, each followed by its variants: ``elmira``, ``elmira/twelve-states``."""
    names: list[str] = []
    for folder in sorted(_library().iterdir(), key=lambda entry: entry.name):
        if not folder.is_dir() or not folder.joinpath(f"{sort.stem}.yaml").is_file():
            continue
        names.append(folder.name)
        if sort == CASE:
            stems = sorted(
                entry.name.removesuffix(".yaml") for entry in folder.iterdir() if entry.name.endswith(".yaml")
            )
            names += [f"{folder.name}/{stem}" for stem in stems if stem not in NO_VARIANTS]
    return tuple(names)


def _library() -> Traversable:
    return files("detente").joinpath("library")


def find(source: str | Path, sort: Sort = CASE) -> Found:
    """Return the text of a file or of a shipped case or scenario; a file wins over what is shipped under its name."""
    file, called = str(source), sort.called
    if not file:
        return Found("", "", None, (Fault("no file is named", f"name a file, or a shipped {called}"),))
    path = Path(source)
    try:
        if path.is_file():
            if path.suffix.lower() == GMCR:
                remedy = f"write: detente import {file} {path.with_suffix('.yaml')}"
                return Found("", file, path, (Fault(f"this is a file of GMCR+, not a {called} file", remedy),))
            return _read(path, file, path, path.stat().st_size)
        if file in shipped(sort):
            name, _, variant = file.partition("/")
            entry = _library().joinpath(name, f"{variant or sort.stem}.yaml")
            return _read(entry, file, entry if isinstance(entry, Path) else None, 0)
        if path.is_dir():
            inside = [entry.name for entry in _files_in(path, sort)]
            remedy = "name a file in it" + (f": {', '.join(inside[:12])}" if inside else f"; it has no {called} files")
            return Found("", file, path, (Fault("this is a folder", remedy),))
        if path.exists():
            return Found("", file, path, (Fault("this is no ordinary file", "name a YAML or JSON file"),))
        beside = [str(entry) for entry in _files_in(path.parent, sort)] if path.parent.is_dir() else []
    except (OSError, ValueError) as error:  # not readable for this user; names that no file can have
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "no file can be called so"
        return Found("", file, None, (Fault(f"the file cannot be read: {reason}"),))
    if file in shipped(OTHER[sort]):
        what, _, remedy = sort.also.partition("; ")
        return Found("", file, None, (Fault(what, remedy),))
    remedy = did_you_mean(file, [*shipped(sort), *beside])
    if not remedy.startswith("did"):
        here = f"; in this folder: {', '.join(beside[:6])}" if beside else ""
        listing = "detente cases lists the shipped ones" if sort == CASE else f"shipped: {', '.join(shipped(sort))}"
        remedy = f"{listing}{here}"
    return Found("", file, None, (Fault(f"there is no such file, and no shipped {called} of that name", remedy),))


def _files_in(folder: Path, sort: Sort) -> Iterator[Path]:
    """Yield the files of a folder of a sort, by their names and beginnings: other YAML and JSON is not meant."""
    for entry in sorted(folder.iterdir()):
        ending = entry.suffix.lower()
        if entry.is_file() and ((ending == GMCR and sort == CASE) or (ending in ENDINGS and _begins(entry, sort))):
            yield entry


def _begins(entry: Path, sort: Sort) -> bool:
    try:
        with entry.open("rb") as stream:
            begin = stream.read(BEGINNING)
    except OSError:
        return False
    if b'"fingerprint"' in begin:  # an answer of ours names the case it is about
        return False
    return sort.key in begin and (sort == SCENARIO or SCENARIO.key not in begin)


def _read(entry: Path | Traversable, file: str, path: Path | None, size: int) -> Found:
    if size > LONGEST_JSON:
        return Found("", file, path, (_too_long(size, LONGEST_JSON, "a JSON file"),))
    with entry.open("rb") as stream:
        content = stream.read(LONGEST_JSON + 1)
    text, faults = decoded(content)
    return Found(text, file, path, faults)


def _too_long(size: int, most: int, what: str) -> Fault:
    remedy = "write it as JSON, which is read up to 50 MB" if most == LONGEST_YAML else "make the case smaller"
    return Fault(f"the file has {size:,} bytes, and {what} may have {most:,}", remedy)


def is_json(text: str, file: str = "") -> bool:
    """Return whether a text is to be read as JSON: by its file's name, or because it begins with a brace."""
    return file.lower().endswith(".json") or text[:1000].lstrip(BYTE_ORDER_MARK + " \t\r\n").startswith("{")


def too_long(text: str, file: str = "") -> Fault | None:
    """Return the fault of a text that is longer than its kind may be."""
    json = is_json(text, file)
    most, what = (LONGEST_JSON, "a JSON file") if json else (LONGEST_YAML, "a YAML file")
    size = len(text) if len(text) > most else len(text.encode(errors="replace"))
    return _too_long(size, most, what) if size > most else None


def decoded(content: bytes) -> tuple[str, tuple[Fault, ...]]:
    """Return the text that bytes say in UTF-8, or the fault of another encoding."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return "", (Fault(f"the file is encoded as {encoding}", "save it as UTF-8"),)
    try:
        return content.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        line, column = line_and_column(before, len(before))
        what = f"this is not UTF-8: byte 0x{content[error.start]:02x}"
        return "", (Fault(what, "save the file as UTF-8 (it looks like Latin-1 or Windows-1252)", line, column),)


def control_character(text: str) -> Fault | None:
    """Return the fault of the first character that no text has, such as NUL."""
    match = CONTROL.search(text)
    if match is None:
        return None
    what = f"a control character (U+{ord(match.group()):04X}) stands here"
    remedy = "take it out; save the file as UTF-8 if it is UTF-16" if match.group() == "\0" else "take it out"
    return Fault(what, remedy, *line_and_column(text, match.start()))
