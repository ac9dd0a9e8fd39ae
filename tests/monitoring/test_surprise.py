"""Unannounced visits: values against programs on grids and over all walks."""

from itertools import pairwise, product
from math import e

import numpy as np
import pytest
from sharing_oracles import DIAMOND, DIAMOND_GRIDS, DIAMOND_LATEST, LINE_PATROL, TAGS
from small_programs import matrix_game

from detente.monitoring.surprise import INTERIM_VALUE, LATEST, inspected_by, line_patrol, violated_by


def test_diamond_one_interim():
    assert TAGS["diamond_one_interim"] == "theorem"
    assert pytest.approx(DIAMOND, abs=1e-12) == INTERIM_VALUE
    assert pytest.approx(DIAMOND_LATEST, abs=1e-12) == LATEST


@pytest.mark.parametrize("count", DIAMOND_GRIDS)
def test_grids_come_from_above(count):
    times = np.arange(count) / count
    inspected, begun = times[:, None], times[None, :]
    value, _ = matrix_game(np.where(inspected > begun, inspected - begun, 1 - begun))
    assert value == pytest.approx(DIAMOND_GRIDS[count], abs=1e-8)
    assert value > INTERIM_VALUE


def test_neither_side_can_do_better():
    grid = np.linspace(0, 1, 20001)
    middle = (grid[1:] + grid[:-1]) / 2
    inspections = np.diff([inspected_by(time) for time in grid])
    violations = np.diff([violated_by(time) for time in grid])
    at_once = violated_by(0)
    assert inspections.sum() == pytest.approx(1) and at_once + violations.sum() == pytest.approx(1)
    assert at_once == pytest.approx(1 / e)
    for begun in (0.0, 0.2, 0.5, 0.63, 0.8, 0.99):
        undetected = (inspections * np.where(middle > begun, middle - begun, 1 - begun)).sum()
        assert undetected <= INTERIM_VALUE + 1e-4
    for time in (0.01, 0.2, 0.5, 0.63, 0.8, 1.0):
        undetected = at_once * time + (violations * np.where(middle < time, time - middle, 1 - middle)).sum()
        assert undetected >= INTERIM_VALUE - 1e-4


@pytest.mark.parametrize("places", LINE_PATROL)
def test_patrolling_line_m2(places):
    assert TAGS["patrolling_line_m2"] == "theorem"
    found = line_patrol(places)
    assert found.value == LINE_PATROL[places]
    assert len(found.beats) == len(found.attacked)
    assert {place for beat in found.beats for place in beat} == set(range(places))
    assert all(b - a == 1 for a, b in found.beats)
    assert min(np.diff(found.attacked), default=2) >= 2


@pytest.mark.parametrize(("places", "horizon"), [(2, 5), (3, 5), (4, 5), (5, 5)])
def test_line_patrol_over_all_walks(places, horizon):
    """Every walk of one step a period against every attack of two periods."""
    walks = {walk for walk in product(range(places), repeat=horizon) if all(abs(a - b) <= 1 for a, b in pairwise(walk))}
    attacks = [(place, start) for place in range(places) for start in range(horizon - 1)]
    missed = [[float(place not in walk[start : start + 2]) for place, start in attacks] for walk in walks]
    value, _ = matrix_game(missed)
    assert 1 - value == pytest.approx(float(line_patrol(places).value), abs=1e-9)


def test_a_line_of_one_place():
    assert (line_patrol(1).value, line_patrol(1).beats) == (1, ((0,),))
    with pytest.raises(ValueError, match="at least one"):
        line_patrol(0)
