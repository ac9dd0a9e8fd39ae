"""Measures as columns: what is not given is filled in, what is given keeps its shape."""

import numpy as np

from detente.monitoring.measures import Measures


def test_parties_keep_their_rows_where_there_is_no_measure() -> None:
    none = np.zeros(0)
    found = Measures(none, none, np.zeros((1, 0)), np.zeros((2, 0)), intrusiveness=np.zeros((2, 0)))
    assert found.intrusiveness.shape == (2, 0)
    assert (found.intrusiveness @ none).tolist() == [0, 0]


def test_intrusiveness_that_is_not_given_has_no_rows() -> None:
    found = Measures(np.zeros(3), np.ones(3), np.ones((1, 3)), np.ones((2, 3)))
    assert found.intrusiveness.shape == (0, 3)
