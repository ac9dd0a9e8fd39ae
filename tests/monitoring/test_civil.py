"""What monitoring does to people who are no adversaries: base rates by counting people, slacks by summing."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.monitoring.civil import base_rates, false_alarm_needed, kept_open, person_hours, slacks
from detente.monitoring.measures import Rows

F = Fraction
chances = st.fractions(0, 1, max_denominator=20)


def test_one_in_ten_thousand():
    found = base_rates(F(1, 10_000), F("0.9"), F("0.02"))
    assert round(float(found.right), 4) == 0.0045
    assert round(found.stopped_per_event) == 222


@given(chances, chances, chances)
def test_base_rates_by_counting_people(prevalence, detection, false_alarm):
    people = 20**3 * 19 * 18 * 17 * 16 * 15 * 14 * 13 * 11 * 7 * 5 * 3  # every number below is whole
    sought = people * prevalence
    right, wrong = sought * detection, (people - sought) * false_alarm
    found = base_rates(prevalence, detection, false_alarm)
    assert (found.found * people, found.stopped * people) == (right, wrong)
    assert found.right == (right / (right + wrong) if right + wrong else None)
    assert found.stopped_per_event == (wrong / right if right else None)


@given(st.fractions(0, F(19, 20), max_denominator=20), chances, st.fractions(F(1, 20), 1, max_denominator=20))
def test_the_false_alarms_that_a_check_may_have(prevalence, detection, right):
    needed = false_alarm_needed(prevalence, detection, right)
    if needed is None:
        assert base_rates(prevalence, detection, F(1)).right >= right
    elif needed > 0:
        assert base_rates(prevalence, detection, needed).right == right
        assert base_rates(prevalence, detection, needed + (1 - needed) / 2).right < right


def test_waiting_and_crossings():
    effort = np.array([2.0, 0.0, 1.5])
    assert person_hours(np.array([10.0, 99.0, 2.0]), effort) == 23.0
    assert kept_open(effort, [(0, 1), (1,), ()]) == (False, True, True)


def test_slacks():
    rows = Rows.of([({0: 1.0, 2: 2.0}, -np.inf, 6.0), ({1: 1.0}, 1.0, np.inf), ({0: 1.0}, 0.0, 3.0)])
    found = slacks(rows, np.array([2.0, 0.5, 1.5]))
    assert [slack.value for slack in found] == [5.0, 0.5, 2.0]
    assert [slack.left for slack in found] == [1.0, -0.5, 1.0]
    assert [slack.row for slack in slacks(rows, np.zeros(3), [2])] == [2]


def test_what_cannot_be_is_refused():
    for wrong in (lambda: base_rates(2, 0.5, 0.5), lambda: false_alarm_needed(1, 0.5, 0.5)):
        with pytest.raises(ValueError, match=r"from 0 to 1|below 1"):
            wrong()
