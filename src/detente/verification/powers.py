"""This module owns who can bring a statement about, found again by trying every choice of every set of parties.

Parties can deliver a statement if they have a choice of their own options such that (i) today's state with that choice
is possible and respects directions, and (ii) the statement holds in every possible state that agrees with the choice.
In a merged state it holds only if it holds in each member, whichever of them a choice agrees with.
"""

from collections.abc import Collection, Iterable
from itertools import combinations

from detente.model.case import Demand
from detente.verification.statements import Reading
from detente.verification.world import World

MOST_TRIED = 2**19  # sets of parties times states
STRENGTHS = ("strong", "weak")
Levels = dict[str, int]


class Powers:
    """What parties can bring about from where things stand today, whatever the others do.

    Raises
    ------
    OverflowError
        When there are too many choices to try.
    """

    def __init__(self, world: World, most: int) -> None:
        self.world = world
        today = world.case.today
        self.states = [world.members(word) for word in world.every_state(most)]
        self.levels: list[Levels] = [state for members in self.states for state in members]
        if len(self.levels) << len(world.case.parties) > MOST_TRIED:
            raise OverflowError
        self.today: Levels | None = None
        if isinstance(today, tuple):
            self.today = dict(zip(world.keys, today, strict=True))
            for key, holds in world.definitions:
                self.today[key] = int(holds(self.today))

    def delivers(self, keys: Collection[str], holds: Reading) -> bool:
        """Return whether a choice of some options brings a statement about."""
        assert self.today is not None
        chosen = [key for key in self.world.keys if key in keys and key not in self.world.defined]
        others = [key for key in self.world.keys if key not in keys and key not in self.world.defined]
        spoilt = {
            tuple(state[key] for key in chosen)
            for members in self.states
            if not all(map(holds, members))
            for state in members
        }
        return any(
            tuple(state[key] for key in chosen) not in spoilt and self._directed(state, chosen)
            for state in self.levels
            if all(state[key] == self.today[key] for key in others)
        )

    def _directed(self, state: Levels, chosen: Iterable[str]) -> bool:
        assert self.today is not None
        directions = {option.key: option.direction for option in self.world.options}
        return all(
            not (directions[key] == "on" and state[key] < self.today[key])
            and not (directions[key] == "off" and state[key] > self.today[key])
            for key in chosen
        )

    def of(self, parties: Collection[str]) -> set[str]:
        """Return the options of some parties."""
        return {option.key for option in self.world.options if option.party in parties}

    def minimal(self, holds: Reading) -> set[frozenset[str]]:
        """Return all minimal sets of parties that can bring a statement about."""
        found: set[frozenset[str]] = set()
        owners = [party.id for party in self.world.case.parties if party.options]
        for size in range(len(owners) + 1):
            for group in map(frozenset, combinations(owners, size)):
                if not any(less <= group for less in found) and self.delivers(self.of(group), holds):
                    found.add(group)
        return found

    def with_clout(self, demand: Demand, holds: Reading) -> str | None:
        """Return the weakest clout that the addressee needs to deliver; None where it needs none, or none suffices."""
        assert self.today is not None
        own = self.of([demand.to])
        if self.delivers(own, holds):
            return None
        lent: set[str] = set()
        for strength in STRENGTHS:
            for clout in self.world.case.clout:
                condition = clout.condition
                counts = condition is None or self.world.reading(condition.text, condition.party)(self.today)
                if clout.of == demand.to and clout.strength == strength and counts:
                    lent |= set(clout.on) - own
            if lent and self.delivers(own | lent, holds):
                return strength
        return None
