"""The compiled loops of large cubes give the verdicts of the definitions, on cubes of any size."""

import pytest
from hypothesis import given, settings
from random_cases import COMPARISONS, Dispute, disputes, verdicts

from detente.engine import cube
from detente.engine.cube import CubeGame


@pytest.fixture(autouse=True, scope="module")
def any_size():
    """Take the compiled loops however small the cube is."""
    pytest.importorskip("numba", reason="the extra `fast` is not installed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cube, "COMPILED", 0)
        yield


@settings(max_examples=COMPARISONS, deadline=None)
@given(disputes(("plain rules", "directions", "defined")))
def test_compiled_loops_equal_the_definitions(case: Dispute) -> None:
    assert verdicts(case.game(CubeGame)) == verdicts(case.reference())


def test_the_compiled_loops_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    from detente.engine import compiled

    taken = []
    settled = compiled.settled
    monkeypatch.setattr(compiled, "settled", lambda *given: (taken.append(given), settled(*given)))
    from random_cases import dispute

    verdicts(dispute(1, "plain rules", 2, 3).game(CubeGame))
    assert len(taken) == 2  # any moves, and improvements
