"""Which concerns decide nothing, against orders written out pair by pair; and how long that takes."""

import time

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import detente as dt
from detente.questions.needless import needless

ROWS = st.integers(0, 6).flatmap(lambda n: st.lists(st.tuples(*[st.booleans()] * n), min_size=1, max_size=8))


def better(one: tuple[bool, ...], other: tuple[bool, ...], without: int | None = None) -> bool:
    """Return whether the first concern on which two states differ holds in the one."""
    for place, (here, there) in enumerate(zip(one, other, strict=True)):
        if place != without and here != there:
            return here
    return False


@given(ROWS)
def test_a_concern_is_needless_if_the_order_is_the_same_without_it(rows: list[tuple[bool, ...]]) -> None:
    concerns = len(rows[0])
    expected = {
        place
        for place in range(concerns)
        if all(better(one, other) == better(one, other, place) for one in rows for other in rows)
    }
    assert needless(lambda place: np.array([row[place] for row in rows]), concerns, len(rows)) == expected


def test_ten_thousand_concerns_take_seconds() -> None:
    options = [f"o{place}" for place in range(10)]
    joined = [f"({one} or {other}) and not {third}" for one in options for other in options for third in options]
    concerns = [f"{text} or {option}" for text in joined for option in options]
    text = f"title: t\nparties: {{A: {{options: [{', '.join(options)}], concerns: {concerns!r}}}}}\n"
    from detente.files.load import read_document

    loaded = read_document(text)
    assert loaded.case is not None
    before = time.process_time()
    checked = dt.check(loaded.case)
    assert time.process_time() - before < 10, "2 s on an idle machine"
    assert checked.sound
    assert len(checked.warnings) > 9_000


def test_too_many_to_look_at_is_said(monkeypatch) -> None:  # type: ignore[no-untyped-def]  # pytest's own
    monkeypatch.setattr("detente.questions.check.MOST_TRUTHS", 3)
    said = [fault.what for fault in dt.check("elmira").warnings if "too many to look for" in fault.what]
    assert said
