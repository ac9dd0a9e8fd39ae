"""This module owns how text comes in and answers go out: files and pipes, width, encoding."""

import io
import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from detente.commands import waiting
from detente.errors import DetenteError

NARROWEST, WIDEST, WIDEST_ASKED, NO_TERMINAL = 80, 120, 200, 100


def show(result: Any, format: str) -> None:
    """Print a result in one of the five forms."""
    text = result.render(format, terminal_width())
    waiting.end()
    sys.stdout.write(text)


def note(message: str) -> None:
    """Say something beside the answer, on standard error where there is one."""
    waiting.end()
    if sys.stderr is not None:  # closed by 2>&-
        with suppress(OSError):  # nobody can be told then
            print(message, file=sys.stderr, flush=True)


def terminal_width() -> int:
    """Return the columns to fill: COLUMNS within 80 and 200 where it is set, else those of the terminal within 80
    and 120, else 100."""
    asked = os.environ.get("COLUMNS", "")
    if asked.isdecimal() and int(asked):
        return min(max(int(asked), NARROWEST), WIDEST_ASKED)
    if not sys.stdout.isatty():
        return NO_TERMINAL
    return min(max(shutil.get_terminal_size().columns, NARROWEST), WIDEST)


def make_safe() -> None:
    """Let no character stop an answer: UTF-8 into files and pipes, on a terminal what it can show."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


LONGEST = 500_000_000
"""So many bytes an answer or a model may have: ten times what a case may."""


def text_of(path: str | Path) -> str:
    """Return the text of a file, or of standard input for ``-``.

    Raises
    ------
    DetenteError
        When there is no such file, it is no ordinary or too long a file, or not UTF-8 text.
    """
    if str(path) == "-":
        return _piped()
    place = Path(path)
    if place.exists() and not place.is_file() and not place.is_dir():
        raise DetenteError(f"{path}: this is no ordinary file; save what it gives in one, or pipe it in with -")
    if place.is_file() and place.stat().st_size > LONGEST:
        raise DetenteError(f"{path}: the file has {place.stat().st_size:,} bytes, and {LONGEST:,} are read at most")
    try:
        return place.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise DetenteError(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8 text") from None
    except OSError as error:
        raise DetenteError(f"{path}: {said(error)}; check the path") from None


def _piped() -> str:
    """Return what stands on standard input."""
    if sys.stdin is None:  # closed by <&-
        raise DetenteError("standard input is closed; pipe the file in, or name it instead of -")
    try:
        return sys.stdin.read()
    except UnicodeDecodeError as error:
        raise DetenteError(f"standard input: byte {error.start} is not UTF-8; pipe UTF-8 text in") from None


def json_of(path: str | Path) -> Any:
    """Return the JSON value in a file, or on standard input for ``-``; raises DetenteError where there is none."""
    try:
        return json.loads(text_of(path))
    except json.JSONDecodeError as error:
        place = f"{path}:{error.lineno}:{error.colno}"
        raise DetenteError(f"{place}: not JSON: {error.msg}; save an answer with --format json > FILE") from None
    except (ValueError, RecursionError):
        raise DetenteError(f"{path}: not JSON that can be read; save an answer with --format json > FILE") from None


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Say what keeps a file from being written as a DetenteError."""
    try:
        yield
    except OSError as error:
        raise DetenteError(f"{path}: {said(error)}; write to another place") from None


def said(error: OSError) -> str:
    """Return what kept a file from being used, as a part of a sentence."""
    return (error.strerror or "cannot be used").lower()
