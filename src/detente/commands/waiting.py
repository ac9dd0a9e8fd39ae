"""This module owns what is shown while an answer is awaited: how far the work is, on a terminal's standard error.

Nothing is shown of the first second, so that ordinary answers come without it and without the cost of drawing it.
"""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread, get_ident

from detente.progress import Work, ended, going_on

PATIENCE = 1.0  # seconds until something is shown
EVERY = 0.1  # seconds between two looks
ENDED = "putting together what is known; Ctrl-C once more ends at once"


@dataclass(slots=True, eq=False)
class Wait:
    """One wait for an answer.

    Parameters
    ----------
    thread : int
        Whose work is awaited.
    since : float
        When it began.
    over : Event
        Set once nothing more is to be shown.
    shown : bool
        Whether anything was shown.
    last : str
        What was shown last: by the time an interruption is heard of, the work has been taken apart.
    """

    thread: int
    since: float
    over: Event = field(default_factory=Event)
    shown: bool = False
    last: str = ""
    screen: Thread | None = None

    def end(self) -> None:
        """Take what is shown off the screen."""
        self.over.set()
        if self.screen is not None:
            self.screen.join()
            self.screen = None


_current: list[Wait] = []


def end() -> None:
    """End what is shown, before something else is printed."""
    for wait in _current:
        wait.end()


@contextmanager
def waiting() -> Iterator[None]:
    """Show how far the work within is, where somebody sits before a terminal; say where it was interrupted."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield
        return
    wait = Wait(get_ident(), time.monotonic())
    wait.screen = Thread(target=_watch, args=(wait,), daemon=True)
    wait.screen.start()
    _current.append(wait)
    try:
        yield
    except KeyboardInterrupt:
        wait.end()
        if wait.shown:
            print(interrupted(time.monotonic() - wait.since, wait.last), file=sys.stderr)
        raise
    finally:
        wait.end()
        _current.remove(wait)


def interrupted(seconds: float, last: str) -> str:
    """Say that work was interrupted, and how far it had come."""
    where = f", while {last}" if last else ""
    return f"Interrupted after {seconds:.0f} s{where}; nothing was answered."


def told(at: list[Work]) -> str:
    """Say how far work has come: what is done, and how much of it."""
    work = _to_show(at)
    if work.total:
        return f"{work.what} ({work.done:,} of {work.total:,})"
    return work.what + (f" ({work.done:,} so far)" if work.done else "")


def _to_show(at: list[Work]) -> Work:
    """Return the outermost work that has several steps, so that one can see how much is left; else the innermost."""
    return next((work for work in at if (work.total or 0) > 1), at[-1])


def _watch(wait: Wait) -> None:
    """Show the work once it has taken a second, until it is over."""
    if wait.over.wait(PATIENCE):
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(24),
        TimeElapsedColumn(),
        TextColumn("passed,"),
        TimeRemainingColumn(),
        TextColumn("left at this pace; Ctrl-C ends it"),
    )
    wait.shown = True
    with Progress(*columns, console=Console(stderr=True), transient=True, refresh_per_second=5) as bar:
        shown: Work | None = None
        line = bar.add_task("working", total=None)
        while not wait.over.wait(EVERY):
            at = going_on(wait.thread)
            work = _to_show(at) if at else None
            if work is not shown:
                bar.remove_task(line)
                line = bar.add_task(work.what if work else "working", total=work.total if work else None)
                shown = work
            if work is not None:
                wait.last = told(at)
                bar.update(line, completed=work.done, description=ENDED if ended() else wait.last)
