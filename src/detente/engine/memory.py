"""This module owns the question whether an array fits, asked before it is made."""

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from detente.errors import TooLargeError

_UNKNOWN = 4 << 30  # where the system does not say how much memory it has
_GROUP = Path("/sys/fs/cgroup")  # what a container may take
_UNLIMITED = 1 << 60


@cache
def budget() -> int:
    """Return how many bytes the engines may take: half of what this process may have of the machine's memory."""
    return min((*_limits(), _UNLIMITED)) // 2


def _limits() -> Iterator[int]:
    """Yield every limit that is known: the machine's memory, the container's, the process's own."""
    try:
        yield os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):  # no sysconf on this system
        yield 2 * _UNKNOWN
    for name in ("memory.max", "memory/memory.limit_in_bytes"):
        try:
            told = (_GROUP / name).read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            continue
        if told.isdecimal():  # else "max"
            yield int(told)
    try:
        import resource
    except ImportError:  # not on Windows
        return
    own, _ = resource.getrlimit(resource.RLIMIT_AS)
    if own != resource.RLIM_INFINITY:
        yield own


def require(size: int, what: str) -> None:
    """Raise TooLargeError if `size` bytes are more than the engines may take.

    Parameters
    ----------
    size : int
        How many bytes are needed at the same time.
    what : str
        What they are needed for, as the object of a sentence.
    """
    if size > budget():
        raise TooLargeError(
            f"{what} would take about {_gigabytes(size)}, and {_gigabytes(budget())} may be used here; "
            "add rules that leave fewer states, merge states that differ in nothing, or leave out options"
        )


def _gigabytes(size: int) -> str:
    return f"{size / 2**30:.1f} GB" if size < 2**50 else f"2^{size.bit_length() - 1} bytes"
