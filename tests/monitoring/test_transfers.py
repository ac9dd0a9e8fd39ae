"""Payments that make staying everybody's interest: against a linear program."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from schematic import tri_state
from small_programs import minimum

from detente.monitoring.sharing import share
from detente.monitoring.transfers import transfers, worth

F = Fraction
amounts = st.fractions(-5, 5, max_denominator=4)


@given(st.lists(st.tuples(amounts, amounts), min_size=1, max_size=5))
def test_against_a_program(parties):
    staying, leaving = zip(*parties, strict=True)
    found = transfers(staying, leaving)
    needs = [float(out - into) for into, out in parties]
    count = len(parties)
    # Payments t = plus - minus; least sum of both halves, or else the least that must come from outside.
    rows = [np.concatenate((np.eye(count)[p], -np.eye(count)[p], [0.0])) for p in range(count)]
    rows.append(np.concatenate((np.ones(count), -np.ones(count), [-1.0])))
    gap, _ = minimum([*[0.0] * (2 * count), 1.0], rows, [*needs, -np.inf], [*[np.inf] * count, 0.0])
    assert float(found.gap) == pytest.approx(gap, abs=1e-8)
    if found.paid is None:
        assert found.gap > 0
        return
    moved, _ = minimum([*[0.5] * (2 * count), 100.0], rows, [*needs, 0.0], [*[np.inf] * count, 0.0])
    assert float(found.moved) == pytest.approx(moved, abs=1e-8)
    assert sum(found.paid) == 0
    assert all(into + paid >= out for into, paid, out in zip(staying, found.paid, leaving, strict=True))
    matrix = found.between()
    for party, paid in enumerate(found.paid):
        assert sum(row[party] for row in matrix) - sum(matrix[party]) == paid
        assert matrix[party][party] == 0


def test_what_leaving_is_worth():
    riders = share(tri_state()[0]).free_riders
    staying, leaving = worth(riders[2], 10.0, (1.0,), "idle")
    assert (staying, leaving) == pytest.approx((26.375 - 3, 22.142857), abs=1e-5)
    # If its sensors cost more than they bring to it, it rides free unless it is paid, and the others can pay.
    values = [worth(rider, 10.0, (cost,), "idle") for rider, cost in zip(riders, (1.0, 1.0, 2.0), strict=True)]
    found = transfers(*zip(*values, strict=True))
    assert found.needs[2] == pytest.approx(6 - 4.232143, abs=1e-5)
    assert found.moved == pytest.approx(found.needs[2]) and found.gap == 0
    values = [worth(rider, 0.1, (cost,), "idle") for rider, cost in zip(riders, (1.0, 1.0, 2.0), strict=True)]
    assert transfers(*zip(*values, strict=True)).paid is None
    assert worth(riders[0], 1.0, (1.0,)) == pytest.approx((2.6375 - 4, riders[0].alone - 4))
