"""This module owns how far long work has come, and what is left of it when somebody ends it early.

Whoever works says how far it is, and whoever waits can look: it costs next to nothing where nobody does. The command
line looks after a second (`detente.commands.waiting`). There the first Ctrl-C leaves what is known (`keeping`): what
was being decided is undecided then, nothing long is begun any more, and a second one ends everything.
"""

from collections.abc import Callable, Iterable, Iterator, Sized
from contextlib import contextmanager
from dataclasses import dataclass
from threading import get_ident
from typing import TypeVar

from detente.errors import TooLargeError

Item = TypeVar("Item")
Answer = TypeVar("Answer")


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


@dataclass(slots=True, eq=False)
class _Keeping:
    """Whether an interruption leaves what is known, in whose work, and whether there was one."""

    thread: int | None = None
    ended: bool = False


_keeping = _Keeping()


@contextmanager
def keeping() -> Iterator[None]:
    """Let the first interruption of this thread's work leave what is known by then."""
    _keeping.thread, _keeping.ended = get_ident(), False
    try:
        yield
    finally:
        _keeping.thread = None


def ended() -> bool:
    """Return whether work was ended early, so that nothing long is to be begun any more."""
    return _keeping.ended


def end() -> bool:
    """Take note of an interruption; return whether what is known is to be kept, else it goes on to whoever called."""
    if _keeping.thread != get_ident() or _keeping.ended:
        return False
    _keeping.ended = True
    return True


def interrupted(what: str) -> TooLargeError:
    """Return what is said of something that an interruption left undecided."""
    return TooLargeError(f"{what} could not be decided: interrupted")


@contextmanager
def deciding(what: str) -> Iterator[None]:
    """Decide something that can take long; raise TooLargeError where work is ended before or meanwhile."""
    if ended():
        raise interrupted(what)
    try:
        yield
    except KeyboardInterrupt:
        if not end():
            raise
        raise interrupted(what) from None


def gathered(ask: Callable[[Item], Answer], items: Iterable[Item], what: str) -> tuple[list[Answer], bool]:
    """Return what is answered about each of some items, and whether these are all: fewer where work is ended early.

    Parameters
    ----------
    ask : function of one item
    items : iterable
    what : str
        What is done, as in "while ...": "trying coalitions".
    """
    answers: list[Answer] = []
    try:
        for item in steps(items, what):
            if ended():
                return answers, False
            answers.append(ask(item))
    except KeyboardInterrupt:
        if not end():
            raise
        return answers, False
    except TooLargeError:
        if not ended():
            raise
        return answers, False
    return answers, True
