"""Linear programs for tests, one call to HiGHS each: no code of the library."""

import numpy as np


def minimum(cost, rows, lower, upper, low=0.0, high=np.inf):
    """Minimise cost · x with lower <= rows x <= upper and low <= x <= high; return the value and x."""
    import highspy

    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    count = len(cost)
    solver.addVars(count, np.broadcast_to(low, count).astype(float), np.broadcast_to(high, count).astype(float))
    solver.changeColsCost(count, np.arange(count, dtype=np.int32), np.asarray(cost, dtype=float))
    for row, least, most in zip(np.asarray(rows, dtype=float), lower, upper, strict=True):
        places = np.flatnonzero(row)
        solver.addRow(float(least), float(most), len(places), places.astype(np.int32), row[places])
    solver.run()
    assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal, solver.getModelStatus()
    return solver.getObjectiveValue(), np.array(solver.getSolution().col_value)


def matrix_game(payoffs):
    """Return the value of a zero-sum game to the column party, and the row party's mixture."""
    payoffs = np.asarray(payoffs, dtype=float)
    rows, columns = payoffs.shape
    constraints = np.vstack([np.hstack([payoffs.T, -np.ones((columns, 1))]), [*[1.0] * rows, 0.0]])
    lower, upper = [*[-np.inf] * columns, 1.0], [*[0.0] * columns, 1.0]
    low = np.array([*[0.0] * rows, -np.inf])
    value, found = minimum([*[0.0] * rows, 1.0], constraints, lower, upper, low)
    return value, found[:-1]
