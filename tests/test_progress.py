"""How far long work has come is said by those who work, and seen by those who wait, each in its thread."""

from threading import Thread, get_ident

from detente.progress import going_on, steps, working


def test_work_is_seen_while_it_goes_on_the_outermost_first() -> None:
    seen = []
    for number in steps([5, 6], "outer work"):
        with working("inner work") as inner:
            inner.done = number
            seen.append([(work.what, work.done, work.total) for work in going_on(get_ident())])
    assert seen == [
        [("outer work", 0, 2), ("inner work", 5, None)],
        [("outer work", 1, 2), ("inner work", 6, None)],
    ]
    assert going_on(get_ident()) == []


def test_work_that_is_left_early_is_over() -> None:
    next(steps(iter([1, 2]), "left", 2))
    for _ in steps(range(3), "broken off"):
        break
    try:
        with working("failing"):
            raise ValueError
    except ValueError:
        pass
    assert going_on(get_ident()) == []


def test_threads_do_not_mix() -> None:
    seen: list[int] = []
    with working("here"):
        thread = Thread(target=lambda: seen.append(len(going_on(get_ident()))))
        thread.start()
        thread.join()
    assert seen == [0]
