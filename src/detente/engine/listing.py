"""This module owns the list of feasible states: every full choice of options that obeys the rules, one after another.

Their order is that of ascending codes in which the first option counts least (a yes/no option k weighs 2^k, as in
GMCR+): two states are told apart by the last option in which they differ.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray

from detente.engine.branching import branch
from detente.engine.choices import SMALL, Column, choices, complete, free_options, grid, obeying
from detente.engine.counting import count_choices
from detente.engine.interface import Space
from detente.engine.memory import require
from detente.engine.sat import Completion
from detente.errors import TooLargeError
from detente.preferences.dense import Integers, lexicographic

LIMIT = 1 << 24


@dataclass(frozen=True, slots=True, eq=False)
class Listing:
    """The feasible states, in order.

    Parameters
    ----------
    columns : tuple of arrays of uint8, shape (states,)
        The levels of every option, defined ones included.
    count : int
        How many states there are.
    """

    columns: tuple[Column, ...]
    count: int

    def __len__(self) -> int:
        return self.count

    def values(self, position: int) -> tuple[int, ...]:
        """Return the level of every option in the state at a position."""
        return tuple(int(column[position]) for column in self.columns)

    def position(self, values: Sequence[int]) -> int | None:
        """Return where a state stands in the list, None if it is not feasible."""
        low, high = 0, self.count
        for column, value in zip(reversed(self.columns), reversed(values), strict=True):
            # Within states that agree on all later options this column ascends.
            if low == high or not 0 <= value <= 255:
                return None
            part, level = column[low:high], np.uint8(value)
            low, high = (low + int(np.searchsorted(part, level, side)) for side in ("left", "right"))
        return low if low < high else None


def list_states(space: Space, limit: int = LIMIT) -> Listing:
    """List the feasible states of a space that has options, before any are merged.

    Parameters
    ----------
    space : Space
        Options and rules, or the feasible states themselves in `listed`.
    limit : int
        How many there may be.

    Raises
    ------
    TooLargeError
        When there are more than `limit`, or more than fit into memory.
    """
    free = free_options(space)
    if space.listed is not None:
        return _given(space, space.listed)
    total = choices(space)
    if not space.rules and total > limit:
        raise TooLargeError(
            f"there are {_count(total)} choices and no rule that excludes one, and at most {limit:,} states can be "
            "listed; add rules, or leave out options"
        )
    if total > limit and space.rules:
        left = count_choices(space, space.rules)
        if left is not None and left > limit:
            raise TooLargeError(
                f"the rules leave {_count(left)} states, and at most {limit:,} can be listed; add rules that leave "
                "fewer, or leave out options"
            )
    if total <= SMALL or not space.rules:
        require(total * (len(space.sizes) + 16), f"a list of {_count(total)} states")
        columns = dict(zip(free, grid([space.sizes[option] for option in free]), strict=True))
        return _listing(space, columns, total)
    order, rows = branch(space, limit)
    loose = [option for option in free if option not in set(order)]
    found, factor = rows.shape[1], prod(space.sizes[option] for option in loose)
    if not found:
        return Listing(tuple(np.zeros(0, np.uint8) for _ in space.sizes), 0)
    require(found * factor * (2 * len(space.sizes) + 24), f"a list of {_count(found * factor)} states")
    columns = {option: np.tile(row, factor) for option, row in zip(order, rows, strict=True)}
    for option, column in zip(loose, grid([space.sizes[option] for option in loose]), strict=True):
        columns[option] = np.repeat(column, found)
    return _listing(space, columns, found * factor, checked=True)


def any_state(space: Space) -> bool:
    """Return whether there is a feasible state at all."""
    if space.listed is not None or choices(space) <= SMALL:
        return list_states(space).count > 0
    with Completion(space) as completion:
        return completion.possible()


def _given(space: Space, listed: Sequence[Sequence[int]]) -> Listing:
    """Keep the listed states that obey the rules and the definitions."""
    rows = sorted(set(map(tuple, listed)))
    table = np.array(rows, np.uint8).reshape(len(rows), len(space.sizes))
    columns = {option: np.ascontiguousarray(table[:, option]) for option in range(len(space.sizes))}
    said = {option: columns[option] for option, _ in space.defined}
    count = len(table)
    complete(space, columns, (count,))
    fits = np.ones(count, np.bool_)
    for option, column in said.items():
        fits &= columns[option] == column
    return _listing(space, {option: column[fits] for option, column in columns.items()}, int(fits.sum()))


def _listing(space: Space, columns: dict[int, Column], count: int, checked: bool = False) -> Listing:
    """Complete the choices, drop those that break a rule (unless checked), and sort the rest."""
    level = complete(space, columns, (count,))
    for option, _ in space.defined:
        columns[option] = np.ascontiguousarray(np.broadcast_to(columns[option], (count,)))
    if space.rules and not checked:
        kept = obeying(space.rules, level, (count,))
        columns = {option: column[kept] for option, column in columns.items()}
        count = int(np.count_nonzero(kept))
    ordered = [columns[option] for option in range(len(space.sizes))]
    if checked or space.defined or space.listed is not None:
        order = by_code(ordered, space.sizes, count)
        ordered = [column[order] for column in ordered]
    return Listing(tuple(ordered), count)


def by_code(columns: Sequence[Integers], sizes: Sequence[int], count: int) -> NDArray[np.int64]:
    """Return the order of ascending codes: the last option counts most."""
    if prod(sizes) < 1 << 62:
        code = np.zeros(count, np.int64)
        for column, size in zip(reversed(columns), reversed(sizes), strict=True):
            code = code * size + column
    else:
        code, _ = lexicographic(zip(reversed(columns), reversed(sizes), strict=True), (count,))
    return np.argsort(code, kind="stable")


def _count(number: int) -> str:
    return f"{number:,}" if number < 10**12 else f"about 10^{len(str(number)) - 1}"
