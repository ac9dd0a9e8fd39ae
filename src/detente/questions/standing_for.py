"""This module owns which moves are looked at one by one where there are too many: the best ones, and the smallest."""

from detente.engine.interface import StateSet
from detente.errors import TooLargeError
from detente.game import Setting
from detente.model.statements import Compare, Within

MOST = 1_000  # states looked at one by one, where states are dear


def many(setting: Setting, states: StateSet) -> bool:
    """Return whether there are too many states to look at one by one."""
    return setting.game.engine == "symbolic" and states.count() > MOST


def best_of(setting: Setting, party: int, states: StateSet) -> StateSet:
    """Return the states of a set, which is not empty, that a party likes best."""
    game = setting.game
    while True:
        one = states.first(1)[0]
        better = states & game.better(party, one)
        if not better:
            return states & game.better(party, one, equal=True)
        states = better


def moves_looked_at(setting: Setting, party: int, states: StateSet) -> list[int]:
    """Return the moves that are looked at one by one: all of a set, or the first of the best of too many."""
    if many(setting, states):
        states = best_of(setting, party, states)
    return states.first(MOST if setting.game.engine == "symbolic" else None)


def nearest(setting: Setting, state: int, ends: StateSet) -> list[int]:
    """Return the states of a set, which is not empty, that differ from a state in the fewest options of their mover;
    more of them where there are few.

    Raises
    ------
    TooLargeError
        When there are too many of these.
    """
    if not many(setting, ends):
        return ends.first()
    levels = setting.game.values(state)
    differing = tuple(Compare(option, "!=", level or 0) for option, level in enumerate(levels))
    free = [
        option for option, key in enumerate(setting.case.options) if key.key not in dict(setting.rewritten.definitions)
    ]
    parts = tuple(differing[option] for option in free)
    for number in range(1, len(parts) + 1):
        if near := ends & setting.game.where(Within((1,) * len(parts), parts, number)):
            if many(setting, near):
                raise TooLargeError(f"which of {near.count():,} best moves is the nearest could not be decided")
            return near.first()
    return ends.first(1)
