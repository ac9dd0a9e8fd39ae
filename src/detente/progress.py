"""This module owns how far long work has come, and what is left of it when somebody ends it early.

Whoever works says how far it is, and whoever waits can look: it costs next to nothing where nobody does. The command
line looks after a second (`detente.commands.waiting`). There the first Ctrl-C leaves what is known (`keeping`): what
was being decided is undecided then, nothing long is begun any more, and a second one ends everything.
"""

import signal
from collections.abc import Callable, Iterable, Iterator, Sized
from contextlib import contextmanager
from dataclasses import dataclass
from threading import current_thread, get_ident, main_thread
from types import FrameType
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
    """In whose work an interruption leaves what is known, whether there was one, whether the work looks for it."""

    thread: int | None = None
    ended: bool = False
    looking: bool = False
    heard: bool = False  # while the work looks for it itself
    incomplete: bool = False


_keeping = _Keeping()


@contextmanager
def keeping() -> Iterator[None]:
    """Let the first interruption of this thread's work leave what is known by then."""
    _keeping.thread = get_ident()
    heard = current_thread() is main_thread() and signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if heard:
        signal.signal(signal.SIGINT, _hear)
    try:
        yield
    finally:
        if heard:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        _keeping.thread = None
        _keeping.ended = _keeping.looking = _keeping.heard = _keeping.incomplete = False


def _hear(number: int, frame: FrameType | None) -> None:
    """Hear of an interruption: work that looks for it itself goes on until it does."""
    if _keeping.looking and not _keeping.heard:
        _keeping.heard = True
    else:
        signal.default_int_handler(number, frame)


@contextmanager
def looking() -> Iterator[None]:
    """Do work that asks by itself, often, whether it was `ended`: an interruption does not tear it apart, and ends only
    this work."""
    before, _keeping.looking = _keeping.looking, True
    try:
        yield
    finally:
        _keeping.looking = before
        _keeping.incomplete = _keeping.incomplete or _keeping.heard
        _keeping.heard = False


def incomplete() -> bool:
    """Return whether an interruption ended any work, so that an answer does not have all it would."""
    return _keeping.ended or _keeping.incomplete


def ended() -> bool:
    """Return whether work was ended early, so that nothing long is to be begun any more."""
    return _keeping.ended or _keeping.heard


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
    if _keeping.ended:
        raise interrupted(what)
    try:
        yield
    except KeyboardInterrupt:
        if not end():
            raise
        raise interrupted(what) from None


def gathered(ask: Callable[[Item], Answer], items: Iterable[Item], what: str) -> tuple[list[Answer], str]:
    """Return what is answered about each of some items, and why these are not all; "" where they are.

    The first item about which a limit is met, or the work is ended, is the first that is left out.

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
            if _keeping.ended:
                return answers, "interrupted"
            answers.append(ask(item))
    except KeyboardInterrupt:
        if not end():
            raise
        return answers, "interrupted"
    except TooLargeError as reason:
        return answers, "interrupted" if ended() else str(reason)
    return answers, ""
