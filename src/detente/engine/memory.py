"""This module owns the question whether an array fits, asked before it is made."""

import os
from functools import cache

from detente.errors import TooLargeError

_UNKNOWN = 4 << 30  # where the system does not say how much memory it has


@cache
def budget() -> int:
    """Return how many bytes the engines may take: half of the machine's memory."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2
    except (AttributeError, OSError, ValueError):  # no sysconf on this system
        return _UNKNOWN


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
