"""This module owns finding a case and its text: a file, or the name of a shipped case; or why it cannot be read."""

import re
from collections.abc import Iterator
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


@cache
def shipped() -> tuple[str, ...]:
    """Return the names of the shipped cases, each followed by its variants: ``elmira``, ``elmira/twelve-states``."""
    names: list[str] = []
    for folder in sorted(_library().iterdir(), key=lambda entry: entry.name):
        if not folder.is_dir() or not folder.joinpath("case.yaml").is_file():
            continue
        stems = sorted(entry.name.removesuffix(".yaml") for entry in folder.iterdir() if entry.name.endswith(".yaml"))
        names.append(folder.name)
        names += [f"{folder.name}/{stem}" for stem in stems if stem not in ("case", "results")]
    return tuple(names)


def _library() -> Traversable:
    return files("detente").joinpath("library")


def find(source: str | Path) -> Found:
    """Return the text of a case file or a shipped case; a file wins over a shipped case of the same name."""
    file = str(source)
    if not file:
        return Found("", "", None, (Fault("no file is named", "name a file, or a shipped case"),))
    path = Path(source)
    try:
        if path.is_file():
            if path.suffix.lower() == GMCR:
                remedy = f"write: detente import {file} {path.with_suffix('.yaml')}"
                return Found("", file, path, (Fault("this is a file of GMCR+, not a case file", remedy),))
            return _read(path, file, path, path.stat().st_size)
        if file in shipped():
            name, _, variant = file.partition("/")
            entry = _library().joinpath(name, f"{variant or 'case'}.yaml")
            return _read(entry, file, entry if isinstance(entry, Path) else None, 0)
        if path.is_dir():
            inside = [entry.name for entry in _cases_in(path)]
            remedy = "name a file in it" + (f": {', '.join(inside[:12])}" if inside else "; it has no case files")
            return Found("", file, path, (Fault("this is a folder", remedy),))
        if path.exists():
            return Found("", file, path, (Fault("this is no ordinary file", "name a YAML or JSON file"),))
        beside = [str(entry) for entry in _cases_in(path.parent)] if path.parent.is_dir() else []
    except (OSError, ValueError) as error:  # not readable for this user; names that no file can have
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "no file can be called so"
        return Found("", file, None, (Fault(f"the file cannot be read: {reason}"),))
    remedy = did_you_mean(file, [*shipped(), *beside])
    if not remedy.startswith("did"):
        here = f"; in this folder: {', '.join(beside[:6])}" if beside else ""
        remedy = f"detente cases lists the shipped ones{here}"
    return Found("", file, None, (Fault("there is no such file, and no shipped case of that name", remedy),))


def _cases_in(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder that hold a case, by their names and beginnings: other YAML and JSON is not meant."""
    for entry in sorted(folder.iterdir()):
        ending = entry.suffix.lower()
        if entry.is_file() and (ending == GMCR or (ending in ENDINGS and _begins_a_case(entry))):
            yield entry


def _begins_a_case(entry: Path) -> bool:
    try:
        with entry.open("rb") as stream:
            begin = stream.read(BEGINNING)
    except OSError:
        return False
    return b"parties" in begin and b'"fingerprint"' not in begin  # an answer of ours names the case it is about


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
