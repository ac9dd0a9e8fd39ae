"""This module owns saving a case: only what differs changes in the file on disk, all at once or not at all."""

import json
import os
from pathlib import Path
from typing import Any

from detente.errors import CaseError, Fault, NotAvailableError
from detente.files.emit import document_text
from detente.files.jsontext import read_json
from detente.files.load import Loaded, load, read_document
from detente.files.matching import same
from detente.files.patch import patched
from detente.files.text import BYTE_ORDER_MARK, is_json
from detente.files.yaml import read_yaml
from detente.model.case import Case
from detente.model.document import document

NEW_MODE = 0o666  # less what the user's umask takes away


def write(case: Case, path: str | Path) -> None:
    """Save a case in a file: comments and layout stay as they are, and a file that says the same is not touched.

    Parameters
    ----------
    case : Case
        As written, not one rewritten by an approach.
    path : str or Path
        A YAML file, new or already there; JSON where the name ends in .json.

    Raises
    ------
    CaseError
        When the file that is there is not a sound case, so that nobody knows what saving would destroy; when the
        case cannot be read back; when the file cannot be written. Nothing has changed then.
    NotAvailableError
        When the case is rewritten by an approach.
    """
    if case.approach != "none":
        what = f"this case is rewritten by the approach {case.approach}, and a file holds cases as written"
        raise NotAvailableError(f"{what}; save the case that it comes from")
    target = Path(os.path.realpath(path))  # a link stays a link
    new = document(case)
    if not target.exists():
        _replace(target, _checked(_fresh(new, str(path)), new, str(path)), str(path))
        return
    loaded = load(target)
    if loaded.case is None or loaded.errors:
        what = "the file is there and is not a sound case, so that nothing was saved"
        remedy = "mend it, or save under another name"
        raise CaseError([Fault(what, remedy), *loaded.errors], str(path))
    if not same(document(loaded.case), new):
        _replace(target, changed(loaded, case, str(path)), str(path))


def changed(loaded: Loaded, case: Case, file: str = "") -> str:
    """Return the text of a document changed so that it says what a case says.

    Parameters
    ----------
    loaded : Loaded
        The sound document to change.
    case : Case
        What it shall say.
    file : str
        The name to show before a fault.

    Raises
    ------
    CaseError
        When the document is not sound, or the case cannot be read back.
    """
    if loaded.case is None:
        raise CaseError(loaded.errors, file)
    mark = BYTE_ORDER_MARK if loaded.text.startswith(BYTE_ORDER_MARK) else ""
    text, new = loaded.text.removeprefix(BYTE_ORDER_MARK), document(case)
    if file.lower().endswith(".json") or (is_json(text) and read_json(text).sound):
        return mark + _checked(_fresh(new, "text.json"), new, file)
    ending = "\r\n" if "\r\n" in text else "\n"
    text = text.replace("\r\n", "\n")
    root, _ = read_yaml(text)
    old = document(loaded.case)
    if root is not None and root.kind == "mapping":
        for deepest in (100, 1):  # should a patch go wrong, write the top-level items that differ anew
            candidate = patched(text, root, old, new, deepest)
            if says(candidate, new, file):
                return mark + candidate.replace("\n", ending)
    return mark + _checked(_fresh(new, ""), new, file).replace("\n", ending)


def says(text: str, new: dict[str, Any], file: str = "") -> bool:
    """Return whether a text is a sound case that says `new`."""
    loaded = read_document(text, file)
    return loaded.case is not None and not loaded.errors and same(document(loaded.case), new)


def _fresh(data: dict[str, Any], file: str) -> str:
    if file.lower().endswith(".json"):
        return json.dumps(data, indent=2, ensure_ascii=False) + "\n"
    return document_text(data)


def _checked(text: str, new: dict[str, Any], file: str) -> str:
    """Return a text if it can be read back; raise its faults if not."""
    if not says(text, new, file):
        faults = read_document(text, file).errors
        raise CaseError(faults or [Fault("the case cannot be read back from a file", "check it first")], file)
    return text


def _replace(target: Path, text: str, file: str) -> None:
    """Write a file so that at every moment either the old text or the new one is there."""
    try:
        _written(target, text)
    except OSError as error:
        raise CaseError([Fault(f"the file cannot be written: {error.strerror or error}")], file) from error


def _written(target: Path, text: str) -> None:
    temporary = target.with_name(f".{target.name}.{os.urandom(4).hex()}.new")
    kept = target.stat().st_mode & 0o7777 if target.exists() else None
    # A new file gets its mode as any other does: the system takes away what the user's umask says.
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(temporary, flags, NEW_MODE if kept is None else 0o600)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(text.encode("utf-8"))
            stream.flush()
            os.fsync(stream.fileno())
        if kept is not None:
            temporary.chmod(kept)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
