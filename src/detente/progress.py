"""This module owns how far long work has come: whoever works says it, and whoever waits can look.

Saying it costs next to nothing where nobody looks. The command line looks after a second (`detente.commands.waiting`).
"""

from collections.abc import Iterable, Iterator, Sized
from contextlib import contextmanager
from dataclasses import dataclass
from threading import get_ident
from typing import TypeVar

Item = TypeVar("Item")


@dataclass(slots=True, eq=False)
class Work:
    """One piece of work that is going on.

    Parameters
    ----------
    what : str
        What is done, as in "while ...": "listing states".
    total : int or None
        How many steps it takes, where that is known.
    done : int
        How many are done.
    """

    what: str
    total: int | None = None
    done: int = 0


_going_on: dict[int, list[Work]] = {}  # by thread, the outermost first


def going_on(thread: int) -> list[Work]:
    """Return the work that a thread is at, the outermost first."""
    return list(_going_on.get(thread, ()))


@contextmanager
def working(what: str, total: int | None = None) -> Iterator[Work]:
    """Say what is done within; the work's `done` may be counted up meanwhile."""
    thread, work = get_ident(), Work(what, total)
    all_work = _going_on.setdefault(thread, [])
    all_work.append(work)
    try:
        yield work
    finally:
        all_work.remove(work)
        if not all_work:
            _going_on.pop(thread, None)


def steps(items: Iterable[Item], what: str, total: int | None = None) -> Iterator[Item]:
    """Yield items, each a step of some work.

    Parameters
    ----------
    items : iterable
    what : str
        What is done, as in "while ...": "listing states".
    total : int, optional
        How many there are; their length where they have one.
    """
    if total is None and isinstance(items, Sized):
        total = len(items)
    with working(what, total) as work:
        for item in items:
            yield item
            work.done += 1
