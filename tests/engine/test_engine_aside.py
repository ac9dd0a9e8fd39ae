"""What is done aside ends in time for whoever waits, whatever it does itself; what was asked beside it stands."""

import _thread
import hashlib
import threading
import time
from typing import Any

import pytest

from detente.engine.aside import REST, SETS, Aside
from detente.errors import TooLargeError
from detente.progress import ended, keeping


def busy(until: threading.Event) -> int:
    """Use up time until told otherwise."""
    while not until.is_set():
        sum(range(1_000))
    return 1


@pytest.fixture
def release() -> Any:
    event = threading.Event()
    yield event
    event.set()


def interrupting(seconds: float) -> threading.Timer:
    """Interrupt the main thread soon, as Ctrl-C does."""
    timer = threading.Timer(seconds, _thread.interrupt_main)
    timer.start()
    return timer


def test_what_is_found_comes_back_and_what_fails_fails_here() -> None:
    aside = Aside(1.0, 100)
    assert aside.do("a sum", lambda: 1 + 1) == 2
    assert aside.do("a thread", threading.get_ident) != threading.get_ident()
    assert aside.do("both", lambda: aside.do("inner", threading.get_ident)) == aside.do("a thread", threading.get_ident)
    with pytest.raises(ZeroDivisionError):
        aside.do("a ratio", lambda: 1 // 0)
    with pytest.raises(TooLargeError, match="SEQ could not be decided: the decision diagrams need more than 100 nodes"):
        aside.do("SEQ", lambda: (_ for _ in ()).throw(MemoryError))


def test_an_operation_is_left_when_the_time_is_over_and_others_go_on(release: threading.Event) -> None:
    aside = Aside(0.3, 100)
    began = time.process_time()
    with pytest.raises(TooLargeError, match=r"SEQ could not be decided: time limit 0\.3 s"):
        aside.do("SEQ", lambda: busy(release), SETS)
    assert time.process_time() - began < 1.3
    assert aside.do("a sum", lambda: 2) == 2  # though the other still goes on
    began = time.process_time()
    with pytest.raises(TooLargeError, match="SSEQ"):
        aside.do("SSEQ", lambda: 1, SETS)  # its time is over before it begins
    assert time.process_time() - began < 0.2


def test_an_operation_that_was_left_ends_once_it_can_and_begins_nothing_more(release: threading.Event) -> None:
    steps: list[int] = []

    def work() -> None:
        steps.append(busy(release))
        steps.append(2)

    aside = Aside(0.1, 100)
    before = set(threading.enumerate())
    with pytest.raises(TooLargeError):
        aside.do("SEQ", work)
    release.set()
    deadline = time.monotonic() + 20
    while set(threading.enumerate()) - before and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not set(threading.enumerate()) - before
    assert 2 not in steps


def test_nodes_taken_by_what_was_left_are_waited_for() -> None:
    """Hashing, like an operation on diagrams, cannot be interrupted and lets other threads work."""
    aside, ends, tried = Aside(0.3, 100), threading.Event(), []

    def hashing() -> None:
        try:
            hashlib.pbkdf2_hmac("sha256", b"", b"", 2_000_000)
        finally:
            ends.set()

    def work() -> int:
        tried.append(ends.is_set())
        if not ends.is_set():
            raise MemoryError
        return 7

    with pytest.raises(TooLargeError):
        aside.do("SEQ", hashing, SETS)
    assert aside.do("one state", work) == 7
    assert tried == [False, True]


@pytest.mark.parametrize("purse", [SETS, REST])
def test_an_interruption_is_heard_at_once(release: threading.Event, purse: str) -> None:
    aside = Aside(60.0, 100)
    timer = interrupting(0.2)
    with pytest.raises(KeyboardInterrupt):
        aside.do("SEQ", lambda: busy(release), purse)
    timer.join()


def test_what_was_interrupted_is_undecided_where_the_rest_is_kept(release: threading.Event) -> None:
    aside = Aside(60.0, 100)
    with keeping():
        timer = interrupting(0.2)
        with pytest.raises(TooLargeError, match="SEQ could not be decided: interrupted"):
            aside.do("SEQ", lambda: busy(release), SETS)
        timer.join()
        assert ended()
        with pytest.raises(TooLargeError, match="SSEQ could not be decided: interrupted"):
            aside.do("SSEQ", lambda: 1, SETS)
        assert aside.do("one state", lambda: 3) == 3  # so that what is known can be said
        timer = interrupting(0.2)
        with pytest.raises(KeyboardInterrupt):
            aside.do("one state", lambda: busy(release))
        timer.join()
