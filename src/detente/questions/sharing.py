"""This module owns which equilibria two settings share, and how states are written so that both mean the same."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from detente.engine.interface import Definition, StateSet
from detente.game import Setting
from detente.look.summary import listed
from detente.model.items import Option
from detente.model.states import values, word

MOST = 10_000
MOST_OF = {"symbolic": 100}  # with other engines, MOST


@dataclass(frozen=True, slots=True)
class Shared:
    """The equilibria of two settings under one definition, written in a way that both share.

    Parameters
    ----------
    counts : tuple of two int
        How many each setting has; None where undecided.
    both, first, second : tuple of str
        The words found in both, only in the first, only in the second.
    complete : bool
        False where one has too many to write out, and only the first of them were compared.
    undecided : str
        Why it is not decided what holds; "" where it is.
    """

    counts: tuple[int | None, int | None]
    both: tuple[str, ...]
    first: tuple[str, ...]
    second: tuple[str, ...]
    complete: bool
    undecided: str = ""


@dataclass(frozen=True, eq=False)
class Pair:
    """Two settings whose states are compared by the options, with equal levels, that both have."""

    first: Setting
    second: Setting

    @cached_property
    def options(self) -> tuple[Option, ...]:
        """The options in both, in the order of the first."""
        theirs = {(option.key, option.levels) for option in self.second.case.options}
        return tuple(option for option in self.first.case.options if (option.key, option.levels) in theirs)

    @property
    def comparable(self) -> bool:
        """Whether states can be compared: by common options, or by name where neither side has options."""
        return bool(self.options) or not (self.first.case.options or self.second.case.options)

    @property
    def whole(self) -> bool:
        """Whether the common options are all there are, so that a word stands for whole states of either side."""
        return len(self.options) == len(self.first.case.options) == len(self.second.case.options)

    @property
    def said(self) -> str:
        """How states are compared, where a reader must know: "" if both sides write them in the same way."""
        one, other = ([option.key for option in side.case.options] for side in (self.first, self.second))
        if not one and not other:
            return "States are compared by their names."
        if self.whole:
            return "" if one == other else "The options stand in another order; states are written as in the first."
        return (
            f"Only {listed([option.key for option in self.options])} are in both; states are compared by these, "
            "and written in this order."
        )

    def shared(self, definition: Definition) -> Shared:
        """Return the equilibria that the two settings share, and those that only one has."""
        sides = self.first, self.second
        if why := self.first.undecided(definition) or self.second.undecided(definition):
            return Shared((None, None), (), (), (), False, why)
        sets = [side.equilibria(definition) for side in sides]
        mosts = [MOST_OF.get(side.game.engine, MOST) for side in sides]
        words = [
            list(dict.fromkeys(map(self._writing(side), states.first(most))))
            for side, states, most in zip(sides, sets, mosts, strict=True)
        ]
        counts = sets[0].count(), sets[1].count()
        complete = all(n <= most for n, most in zip(counts, mosts, strict=True))
        if complete:
            both, first, second = parted(words[0], words[1])
        else:  # each state listed is looked up among all of the other side
            inside = [[self._within(text, sets[1 - k], sides[1 - k]) for text in words[k]] for k in (0, 1)]
            both = [text for text, there in zip(words[0], inside[0], strict=True) if there]
            first, second = (
                [text for text, there in zip(words[k], inside[k], strict=True) if not there] for k in (0, 1)
            )
        return Shared(counts, tuple(both), tuple(first), tuple(second), complete)

    def state(self, text: str, side: Setting) -> int:
        """Return the first state of a side that a shared word stands for."""
        return self._standing_for(text, side).first(1)[0]

    def _standing_for(self, text: str, side: Setting) -> StateSet:
        keys = [option.key for option in self.options]
        levels = dict(zip(keys, values(text, self.options), strict=True))
        return side.game.find([levels.get(option.key) for option in side.case.options])

    def _within(self, text: str, states: StateSet, side: Setting) -> bool:
        """Return whether a shared word stands for any state of a set of a side."""
        if not side.case.options:
            return (side.case.states or ()).index(text) in states if text in (side.case.states or ()) else False
        return bool(self._standing_for(text, side) & states)

    def _writing(self, side: Setting) -> Callable[[int], str]:
        """Return how states of a side are written so that both sides' words mean the same."""
        if not side.case.options:
            return side.word
        places = [side.case.position[option.key] for option in self.options]

        def written(state: int) -> str:
            levels = side.game.values(state)
            return word([levels[place] for place in places], self.options)

        return written


def parted(first: Sequence[str], second: Sequence[str]) -> tuple[list[str], list[str], list[str]]:
    """Return the words in both, only in the first, only in the second; ``-`` agrees with anything."""
    ours, theirs = set(first), set(second)
    loose = [text for text in {*first, *second} if "-" in text]

    def found(text: str, others: set[str]) -> bool:
        if text in others:
            return True
        tried = others if "-" in text else [other for other in loose if other in others]
        return any(_agree(text, other) for other in tried)

    both = [text for text in first if found(text, theirs)]
    kept = set(both)
    return both, [text for text in first if text not in kept], [text for text in second if not found(text, ours)]


def _agree(one: str, other: str) -> bool:
    return len(one) == len(other) and all(a == b or "-" in (a, b) for a, b in zip(one, other, strict=True))
