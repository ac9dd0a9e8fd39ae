"""This module owns which of two packages is better, told again from the text: leximin over numbered concerns; and what
is Pareto-efficient.

u_k is how many counted parties have their k-th concern unmet, core concerns numbered first, then all; the smaller
(u_1, u_2, ...) is better. A ranking, or weights, count as the concerns "better than the worst class", and so on.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any

from detente.model.case import Party
from detente.verification.survey import Survey
from detente.verification.world import World

Unmet = tuple[int, ...]
Truths = Callable[[str], list[bool]]
"""Which of a party's concerns, in order, a state does not meet."""


class Order:
    """The order of packages by the preferences of the case as written.

    Parameters
    ----------
    plain : Survey
        Of the case as written: whose states make up the classes of rankings and weights.
    """

    def __init__(self, plain: Survey) -> None:
        self.plain, self.case = plain, plain.world.judged
        self._classes: dict[str, list[Any]] = {}

    def vector(self, world: World, word: str) -> Unmet:
        """Return the numbers by which a state of a world is compared: smaller is better."""
        core, every = [], []
        for party in map(self.case.party, self.case.counted):
            if party.concerns is not None:
                unmet = [not world.holds(world.reading(c.want.text, c.want.party), word) for c in party.concerns]
                core.append([missed for missed, c in zip(unmet, party.concerns, strict=True) if c.core])
                every.append(unmet)
            else:
                height, classes = self.height(party, world, word)
                every.append([height < better for better in range(1, classes)])
        return (*_columns(core), *_columns(every))

    def height(self, party: Party, world: World, word: str) -> tuple[int, int]:
        """Return how many classes of a party's ranking or weights are worse than a state's, and how many there are."""
        if party.ranking is None and party.weights is None:
            return 0, 1
        if party.id not in self._classes:
            worths = {self.plain.world.worth(party.id, each, own=True) for each in self.plain.states}
            self._classes[party.id] = sorted(worths)
        classes = self._classes[party.id]
        known = self.plain.world if self.plain.world.states(word) == [word] else world
        return bisect_left(classes, known.worth(party.id, word, own=True)), len(classes)


def _columns(unmet: Sequence[Sequence[bool]]) -> list[int]:
    """Return how many parties miss their first concern, their second, and so on."""
    longest = max(map(len, unmet), default=0)
    return [sum(each[k] for each in unmet if k < len(each)) for k in range(longest)]


class Welfare:
    """What states are worth to all parties together, by the case as written: which are Pareto-efficient."""

    def __init__(self, survey: Survey) -> None:
        self.survey, self.world = survey, survey.world

    def of(self, word: str) -> tuple[Any, ...]:
        """Return what a state is worth to each party."""
        return tuple(self.world.worth(party, word, own=True) for party in self.survey.parties)

    @cached_property
    def _all(self) -> set[tuple[Any, ...]]:
        return set(map(self.of, self.survey.states))

    def efficient(self, word: str) -> bool:
        """Return whether no state is better for one party and worse for none."""
        here = self.of(word)
        return not any(there != here and no_worse(there, here) for there in self._all)

    def most_helpful(self, words: Iterable[str]) -> set[str]:
        """Return the states that are worse for no party than the most of the others are."""
        worths = {word: self.of(word) for word in words}
        helped = {word: sum(no_worse(worth, other) for other in worths.values()) for word, worth in worths.items()}
        return {word for word, number in helped.items() if number == max(helped.values())}

    def goodwill(self, first: str, others: Iterable[str]) -> list[str]:
        """Return the parties that a completion serves better than another one, at no loss to anyone."""
        here = self.of(first)
        given = [there for there in map(self.of, others) if no_worse(here, there)]
        return [id for party, id in enumerate(self.survey.parties) if any(here[party] > each[party] for each in given)]


def no_worse(one: Sequence[Any], other: Sequence[Any]) -> bool:
    """Return whether every party finds one state at least as good as another."""
    return all(a >= b for a, b in zip(one, other, strict=True))
