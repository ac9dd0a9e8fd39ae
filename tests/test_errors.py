"""Errors survive the way from one process to another: what, where and what to do."""

import pickle

import pytest

from detente.errors import CaseError, Fault, StatementError, UnknownNameError


@pytest.mark.parametrize(
    "error",
    [
        CaseError([Fault("a fault", "mend it", 3, 4)], "case.yaml"),
        StatementError("a and", 5, "it ends too soon", "write more"),
        UnknownNameError("party", "UK", ["US", "PK"]),
    ],
)
def test_an_error_is_the_same_in_another_process(error):
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error) and str(again) == str(error)
