"""What a party wants becomes one integer a state, exactly, however long the list and however fine the amounts."""

from fractions import Fraction
from itertools import product
from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.model.statements import ALWAYS, And, Compare, Iff, Not, Or, Tree, holds
from detente.preferences import Ladder, Weighted, ranks
from detente.preferences.dense import lexicographic
from detente.preferences.wants import order_of

SIZES = (2, 3, 2, 2)
STATES = list(product(*(range(size) for size in SIZES)))
COLUMNS = np.array(STATES, np.uint8).T


def told(random: Random) -> Tree:
    """Return a random statement over the four options."""
    one, two = (Compare(option, "=", random.randrange(SIZES[option])) for option in random.sample(range(4), 2))
    return random.choice([one, Not(one), And((one, two)), Or((one, two)), Iff(one, two), ALWAYS])


def holding(tree: Tree) -> list[bool]:
    return [bool(holds(tree, state.__getitem__)) for state in STATES]


def same_order(found: np.ndarray, expected: list) -> None:  # type: ignore[type-arg] # of any comparable values
    distinct = sorted(set(expected))
    assert found.tolist() == [distinct.index(value) for value in expected]


@given(st.integers(0, 2**32 - 1), st.integers(0, 300))
@settings(max_examples=100)
def test_a_ladder_of_any_length_is_compared_from_the_top(seed: int, length: int) -> None:
    random = Random(seed)
    statements = tuple(told(random) for _ in range(length))
    truths = [holding(tree) for tree in statements]
    found = ranks(Ladder(statements), COLUMNS.__getitem__, (len(STATES),))
    same_order(found, [tuple(truth[s] for truth in truths) for s in range(len(STATES))])


@given(st.integers(0, 2**32 - 1), st.integers(0, 12), st.sampled_from([5, 10**9, 10**30]))
def test_weights_are_summed_exactly(seed: int, length: int, size: int) -> None:
    random = Random(seed)
    statements = tuple(told(random) for _ in range(length))
    amounts = tuple(Fraction(random.randint(-size, size), random.randint(1, size)) for _ in statements)
    truths = [holding(tree) for tree in statements]
    found = ranks(Weighted(statements, amounts), COLUMNS.__getitem__, (len(STATES),))
    sums = [
        sum((a for a, truth in zip(amounts, truths, strict=True) if truth[s]), Fraction(0)) for s in range(len(STATES))
    ]
    same_order(found, sums)


def test_amounts_that_floats_cannot_tell_apart() -> None:
    amounts = (Fraction(1, 10), Fraction(2, 10), Fraction(-3, 10))
    found = ranks(Weighted((Compare(0), Compare(2), Compare(3)), amounts), COLUMNS.__getitem__, (len(STATES),))
    all_three, none = STATES.index((1, 0, 1, 1)), STATES.index((0, 0, 0, 0))
    assert found[all_three] == found[none]  # 0.1 + 0.2 - 0.3 is not 0 in floats
    tiny = (Fraction(10**40), Fraction(1, 10**40), Fraction(0))
    found = ranks(Weighted((Compare(0), Compare(2), Compare(3)), tiny), COLUMNS.__getitem__, (len(STATES),))
    assert found[STATES.index((1, 0, 1, 0))] > found[STATES.index((1, 0, 0, 0))]


def test_no_statements_are_indifference() -> None:
    assert not ranks(Ladder(()), COLUMNS.__getitem__, (len(STATES),)).any()
    assert not ranks(Weighted((), ()), COLUMNS.__getitem__, (len(STATES),)).any()


def test_ranks_over_one_axis_an_option_are_those_over_columns() -> None:
    statements = (Or((Compare(0), Compare(3))), Compare(1, "=", 1), Not(Compare(2)))
    axes = [np.arange(n).reshape([-1 if k == option else 1 for k in range(4)]) for option, n in enumerate(SIZES)]
    for want in (Ladder(statements), Weighted(statements, (Fraction(3), Fraction(-1), Fraction(1, 2)))):
        cube = ranks(want, axes.__getitem__, SIZES)
        assert cube.shape == SIZES
        assert cube.ravel().tolist() == ranks(want, COLUMNS.__getitem__, (len(STATES),)).tolist()


@given(st.lists(st.lists(st.integers(0, 6), min_size=90, max_size=90), max_size=12))
def test_codes_compare_as_rows_do(rows: list[list[int]]) -> None:
    table = np.array(rows, np.int64).reshape(len(rows), 90)
    codes, count = lexicographic([(table[:, k], 7) for k in range(90)], (len(rows),))
    same_order(codes, [tuple(row) for row in rows])
    assert count == len({tuple(row) for row in rows})


@given(st.lists(st.integers(-(2**63), 2**63 - 1)))
def test_order_is_kept_without_gaps(values: list[int]) -> None:
    same_order(order_of(np.array(values, np.int64)), values)
