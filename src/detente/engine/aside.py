"""This module owns operations that cannot be interrupted: a thread does them, and whoever waits can stop waiting.

One operation on decision diagrams can take minutes, and nothing reaches into it from outside. So it is done aside,
while the thread that asked looks at the time and hears of Ctrl-C. When it stops waiting the operation is left: it goes
on until it ends or the diagrams have used up their nodes, and what it finds is not looked at.
"""

import atexit
import ctypes
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import SimpleQueue
from threading import Lock, Thread, get_ident
from time import process_time
from typing import Any, TypeVar

from detente.errors import TooLargeError
from detente.progress import deciding, end, ended, interrupted

Found = TypeVar("Found")
LOOK = 0.05  # seconds between two looks at the time
LAST = 2.0  # seconds of CPU time for what is still asked once the work was ended early
SETS, REST = "sets", "rest"
"""What time is taken for: sets of all stable states; everything else, which has as much again."""
SMALL = 20  # into so many parts as much time is cut once more when it is over, for operations that take less


@dataclass(slots=True, eq=False)
class Job:
    """One operation that is done aside, and what becomes of it."""

    work: Callable[[], Any]
    found: Any = None
    failed: BaseException | None = None
    done: Any = field(default_factory=Lock)  # held until it is done


class Aside:
    """Where operations are done aside, within a time.

    Parameters
    ----------
    seconds : float
        How much CPU time there is for `SETS`, and again for `REST`.
    nodes : int
        How many nodes there are, for what is said where they are used up.
    """

    def __init__(self, seconds: float, nodes: int) -> None:
        self.seconds, self.nodes = seconds, nodes
        self._spent = {SETS: 0.0, REST: 0.0}
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._thread: Thread | None = None

    def __del__(self) -> None:
        self._jobs.put(None)  # the thread is no longer needed

    def do(self, what: str, work: Callable[[], Found], purse: str = REST) -> Found:
        """Return what an operation finds.

        Parameters
        ----------
        what : str
            What is decided, as the subject of "... could not be decided".
        work : function without parameters
            It may call `do` again, which then only calls.
        purse : str
            `SETS` or `REST`: whose time it takes.

        Raises
        ------
        TooLargeError
            When the time is over, the nodes are used up, or the work is ended early.
        """
        if self._thread is not None and self._thread.ident == get_ident():
            return work()
        if purse == SETS:
            with deciding(what):
                return self._within(what, work, purse)
        try:
            return self._within(what, work, purse)
        except KeyboardInterrupt:
            if not end():
                raise
            raise interrupted(what) from None

    def _within(self, what: str, work: Callable[[], Found], purse: str) -> Found:
        left = self.seconds - self._spent[purse]
        if purse == REST:  # a long search that failed is to leave time to decide single states
            left = max(left, min(self.seconds / SMALL, left + self.seconds))
        if ended():
            left = min(left, LAST)
        begun = process_time()
        try:
            found: Found = self._awaited(what, work, begun, left)
        except MemoryError:
            if not going_on():
                raise self._outgrown(what) from None
            wait(LAST)  # what was left has taken the nodes; it ends soon, having none either
            try:
                found = self._awaited(what, work, begun, left)
            except MemoryError:
                raise self._outgrown(what) from None
        finally:
            self._spent[purse] += process_time() - begun
        return found

    def _awaited(self, what: str, work: Callable[[], Found], begun: float, left: float) -> Found:
        """Wait for an operation, and leave it when the time is over."""
        if left <= 0:
            raise self._late(what)
        job = Job(work)
        job.done.acquire()
        try:
            self._begin(job)
            while not job.done.acquire(timeout=LOOK):
                if process_time() - begun > left:
                    raise self._late(what)
        except BaseException:
            self._leave(job)
            raise
        if job.failed is not None:
            raise job.failed
        found: Found = job.found
        return found

    def _begin(self, job: Job) -> None:
        if self._thread is None or not self._thread.is_alive():  # a forked process has none of its parent's threads
            self._jobs = SimpleQueue()
            self._thread = Thread(target=_working, args=(self._jobs,), name="detente diagrams", daemon=True)
            self._thread.start()
        self._jobs.put(job)

    def _leave(self, job: Job) -> None:
        """Leave an operation, and keep its thread from beginning another one."""
        thread, self._thread = self._thread, None
        self._jobs.put(None)
        if thread is None or thread.ident is None:
            return
        _left[:] = [*going_on(), job]
        # SystemExit reaches the thread once its operation is over, and ends it without a word.
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident), ctypes.py_object(SystemExit))

    def _late(self, what: str) -> TooLargeError:
        if ended():
            return interrupted(what)
        return TooLargeError(f"{what} could not be decided: time limit {self.seconds:g} s")

    def _outgrown(self, what: str) -> TooLargeError:
        return TooLargeError(f"{what} could not be decided: the decision diagrams need more than {self.nodes:,} nodes")


_left: list[Job] = []  # also so that what an operation works on is not taken from under it


def going_on() -> list[Job]:
    """Return the operations that were left and still go on."""
    _left[:] = [job for job in _left if job.done.locked()]
    return list(_left)


@atexit.register
def wait(seconds: float = -1) -> None:
    """Wait until the operations that were left are over: Python must not be taken down around them."""
    for job in going_on():
        if job.done.acquire(timeout=seconds):
            job.done.release()


def _working(jobs: "SimpleQueue[Job | None]") -> None:
    """Do one operation after another, until none is to come."""
    while (job := jobs.get()) is not None:
        try:
            job.found = job.work()
        except BaseException as failure:  # handed on whole to the thread that waits
            job.failed = failure
        finally:
            job.done.release()
        del job
