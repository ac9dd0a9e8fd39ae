"""Statements packed a slab at a time compare as their truths do, however many slabs a cube has."""

from math import prod
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from random_cases import statement

from detente.engine import truths
from detente.model.statements import holds


@given(st.integers(0, 2**32 - 1), st.integers(0, 6), st.integers(0, 30), st.sampled_from([1, 2, 5, 12, 100]))
def test_columns_compare_as_the_statements_do(seed: int, options: int, number: int, slab: int) -> None:
    random = Random(seed)
    sizes = tuple(random.choice([2, 2, 3]) for _ in range(options))
    shape = tuple(reversed(sizes))
    levels = {}
    for option, size in enumerate(sizes):
        axes = [1] * options
        axes[options - 1 - option] = size
        levels[option] = np.arange(size, dtype=np.uint8).reshape(axes)
    levels[options] = np.asarray(holds(statement(random, sizes, 2), levels.__getitem__), np.uint8)  # a defined option
    statements = [statement(random, (*sizes, 2), 2) for _ in range(number)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(truths, "SLAB", slab)
        columns = truths.packed(statements, levels, shape)
    assert len(columns) == -(-number // 14)
    code = [0] * prod(shape)
    for column, size in columns:
        code = [before * size + int(now) for before, now in zip(code, column, strict=True)]
    wanted = [0] * prod(shape)
    for one in statements:
        truth = np.broadcast_to(np.asarray(holds(one, levels.__getitem__)), shape).ravel()
        wanted = [2 * before + int(now) for before, now in zip(wanted, truth, strict=True)]
    assert code == wanted
