"""This module owns finding the choices that rules leave, without looking at all there are.

Options are decided one by one, for many partial choices at once, in an order that settles rules early; a partial choice
goes as soon as one rule cannot hold any more. Where whole blocks turn out to be dead ends that no single rule shows, a
SAT solver weeds them.
"""

from collections.abc import Iterator, Sequence
from math import prod

import numpy as np
from numpy.typing import NDArray

from detente.engine.choices import depends_on, foundations, free_options
from detente.engine.interface import Space
from detente.engine.memory import require
from detente.engine.sat import Completion
from detente.engine.ternary import Pair, decided, of_truth, possible, undecided
from detente.errors import TooLargeError
from detente.model.statements import Compare, Tree
from detente.progress import working

Rows = NDArray[np.uint8]  # one row an option, in the order of branching; one column a partial choice

BLOCK = 1 << 16  # partial choices decided together
SUSPECT = 1 << 12  # a block of this many is sampled for dead ends
SAMPLE = 48


def order_of_branching(space: Space) -> tuple[list[int], list[int]]:
    """Return the options that rules speak of, in an order that settles rules early, and the other free options.

    The rule with the fewest undecided options comes next, so that rules about the same options stand together.
    """
    found = foundations(space)
    waiting = [depends_on(rule, found) for rule in space.rules]
    order: list[int] = []
    while waiting:
        decided_now = set(order)
        nearest = min(waiting, key=lambda options: (len(options - decided_now), -len(options)))
        waiting.remove(nearest)
        order += sorted(nearest - decided_now)
    return order, [option for option in free_options(space) if option not in set(order)]


def branch(space: Space, limit: int) -> tuple[list[int], Rows]:
    """Return the choices of all options that rules speak of and that obey every rule.

    Parameters
    ----------
    space : Space
        Options and rules.
    limit : int
        How many states there may be in the end, the unruled options' values counted in.

    Returns
    -------
    order : list of int
        The options, one a row.
    rows : array of uint8, shape (options, choices)

    Raises
    ------
    TooLargeError
        When there are more.
    """
    order, loose = order_of_branching(space)
    factor = prod(space.sizes[option] for option in loose)
    done: list[Rows] = []
    count = 0
    with working("listing the states") as work:
        for rows in _walk(space, order):
            done.append(rows)
            count += rows.shape[1]
            work.done = count * factor
            if count * factor > limit:
                raise TooLargeError(
                    f"the rules leave more than {limit:,} states, too many to list; add rules that leave fewer, "
                    "or leave out options"
                )
            require(2 * count * max(len(order), 1), f"a list of more than {count * factor:,} states")
    return order, np.concatenate(done, axis=1) if done else np.zeros((len(order), 0), np.uint8)


def _walk(space: Space, order: Sequence[int]) -> Iterator[Rows]:
    """Yield blocks of full choices of the options in `order`, depth first, so that few blocks wait at a time."""
    found = foundations(space)
    concerned = [[rule for rule in space.rules if option in depends_on(rule, found)] for option in order]
    settled = [rule for rule in space.rules if not depends_on(rule, found)]
    stack: list[tuple[Rows, int]] = [(np.zeros((0, 1), np.uint8), SUSPECT)]  # a block, and when to sample it
    if not all(bool(np.all(_allowed(space, order[:0], stack[0][0], rule))) for rule in settled):
        return
    with _Weeder(space, order) as weeder:
        while stack:
            rows, suspect = stack.pop()
            depth, partial = rows.shape
            if depth == len(order):
                yield rows
                continue
            if partial >= suspect:
                rows, suspect = weeder.weed(rows)
            if rows.shape[1] > BLOCK:
                half = rows.shape[1] // 2
                stack += [(rows[:, half:], suspect // 2), (rows[:, :half], suspect // 2)]
                continue
            size = space.sizes[order[depth]]
            level = np.repeat(np.arange(size, dtype=np.uint8), rows.shape[1])
            rows = np.concatenate([np.tile(rows, size), level[None]])
            for rule in concerned[depth]:
                rows = rows[:, _allowed(space, order[: depth + 1], rows, rule)]
            if rows.shape[1]:
                stack.append((rows, suspect))


def _allowed(space: Space, order: Sequence[int], rows: Rows, rule: Tree) -> NDArray[np.bool_]:
    """Return which partial choices a rule can still hold in."""
    place = {option: row for row, option in enumerate(order)}
    statements = dict(space.defined)
    known: dict[int, Pair] = {}

    def leaf(tree: Compare) -> Pair:
        option = int(tree.option)
        if option in place:
            return decided(tree, rows[place[option]])
        if option not in statements:
            return undecided(tree, space.sizes[option])
        if option not in known:
            known[option] = possible(statements[option], leaf)
        return of_truth(tree, known[option])

    return np.broadcast_to(np.asarray(possible(rule, leaf)[0], np.bool_), rows.shape[1:])


class _Weeder:
    """Removes partial choices that cannot be completed, once a sample shows that they are many."""

    def __init__(self, space: Space, order: Sequence[int]) -> None:
        self._space, self._order = space, order
        self._completion: Completion | None = None

    def __enter__(self) -> "_Weeder":
        return self

    def __exit__(self, *_: object) -> None:
        if self._completion:
            self._completion.__exit__()

    def weed(self, rows: Rows) -> tuple[Rows, int]:
        """Return the partial choices worth going on with, and at how many to look again."""
        if self._completion is None:
            self._completion = Completion(self._space)
        sample = np.linspace(0, rows.shape[1] - 1, SAMPLE).astype(np.int64)
        alive = sum(self._possible(rows[:, column]) for column in sample)
        if 2 * alive < SAMPLE:
            rows = rows[:, [self._possible(rows[:, column]) for column in range(rows.shape[1])]]
        return rows, max(SUSPECT, 8 * rows.shape[1])

    def _possible(self, levels: NDArray[np.uint8]) -> bool:
        assert self._completion is not None
        return self._completion.possible(zip(self._order, levels.tolist(), strict=False))
