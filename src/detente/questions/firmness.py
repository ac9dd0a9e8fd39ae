"""This module owns how firmly single states stand: their freedom, the swaps that make them fall, shares, lines.

Where states are listed, all definitions are varied. Where they are too many, whether a state holds by itself is decided
for it alone (`detente.engine.alone`), and only that is varied; freedom and swaps to fall are exact in either case.

References
----------
Wilson (1927), Journal of the American Statistical Association 22(158), for the interval of a share.
"""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from math import sqrt

import numpy as np

from detente.engine.alone import Alone
from detente.engine.batch import Arena
from detente.engine.interface import Definition
from detente.engine.sweeps import Counts, Sweep, nothing, swept
from detente.errors import TooLargeError
from detente.game import Setting, space_of
from detente.preferences import Ladder, Want
from detente.progress import gathered

FOLLOWED = 12  # states, where none are asked for
SURE = 1.959964  # standard deviations to either side that hold 95 % of a normal distribution
STRONGEST = (Definition.NASH, Definition.SSEQ, Definition.SEQ, Definition.SMR, Definition.GMR)


@dataclass(frozen=True, slots=True)
class Share:
    """In how many variations a state is an equilibrium."""

    held: int
    of: int

    @property
    def bounds(self) -> tuple[float, float]:
        """The 95 % interval of the share (Wilson); (0, 1) where nothing was varied."""
        if not self.of:
            return 0.0, 1.0
        share, spread = self.held / self.of, SURE**2 / self.of
        middle = (share + spread / 2) / (1 + spread)
        half = SURE * sqrt(share * (1 - share) / self.of + spread / (4 * self.of)) / (1 + spread)
        return max(0.0, middle - half), min(1.0, middle + half)

    def text(self) -> str:
        """Say the share and its interval in whole per cent."""
        if not self.of:
            return "–"
        low, high = self.bounds
        return f"{100 * self.held / self.of:.0f} % ({100 * low:.0f}–{100 * high:.0f})"


@dataclass(frozen=True, slots=True)
class Firmness:
    """How firmly one state stands.

    Parameters
    ----------
    state : int
    holds : tuple of Definition
        Under which it is an equilibrium now.
    freedom : tuple of int, one a party
        0: no move, 1: only to worse states, 2: some to an equal one, none to a better, 3: some to a better one.
    distance : tuple of int or None, one a party
        How many swaps of neighbouring classes of its ranking make it leave (Nash); 0 where it would leave now, None
        where it has no move.
    shares : mapping from Definition to Share
    """

    state: int
    holds: tuple[Definition, ...]
    freedom: tuple[int, ...]
    distance: tuple[int | None, ...]
    shares: Mapping[Definition, Share]


@dataclass(frozen=True, slots=True)
class Input:
    """A line of what a party wants, and which of the states that hold now would not if it were dropped or swapped.

    Parameters
    ----------
    party, place : int
        Whose line, counted from 0.
    falling : tuple of int
        The states that no longer hold by themselves after one of the changes.
    """

    party: int
    place: int
    falling: tuple[int, ...]


def strongest(about: Setting) -> tuple[int, ...]:
    """Return the first equilibria, the strongest definitions first; those of undecided ones are left out."""
    decided = [d for d in Definition if not about.undecided(d)]
    found: dict[int, None] = {}
    for definition in STRONGEST:
        if definition in decided and len(found) < FOLLOWED:
            found |= dict.fromkeys(about.equilibria(definition).first(FOLLOWED))
    return tuple(found)[:FOLLOWED]


def holding(about: Setting, state: int) -> tuple[Definition, ...]:
    """Return under which definitions a state is an equilibrium; those for which that is undecided are left out."""
    return tuple(d for d in Definition if _holds(about, state, d))


def _holds(about: Setting, state: int, definition: Definition) -> bool:
    try:
        return about.holds(state, definition)
    except TooLargeError:
        return False


def listed_firmness(
    about: Setting, sweep: Sweep, variations: int, executor: Executor | None
) -> tuple[list[Firmness], int]:
    """Return how firmly the sweep's targets stand, and in how many variations that was tried: fewer if interrupted."""
    counts, done = swept(sweep, variations, executor) if sweep.targets else (nothing(sweep), variations)
    arena = Arena(about.game, space_of(about.rewritten))
    classes = [np.unique(arena.rank(party), return_inverse=True)[1] for party in range(about.game.parties)]
    return [_placed(about, classes, state, counts[row], done) for row, state in enumerate(sweep.targets)], done


def _placed(about: Setting, classes: Sequence[Counts], state: int, counts: Counts, of: int) -> Firmness:
    freedom: list[int] = []
    distance: list[int | None] = []
    for party, place in enumerate(classes):
        here, reached = int(place[state]), [int(place[move]) for move in about.game.moves(party, state).first()]
        best = max(reached, default=None)
        if best is None:
            freedom.append(0)
            distance.append(None)
            continue
        freedom.append(3 if best > here else 2 if here in reached else 1)
        distance.append(0 if best > here else max(1, here - best))
    shares = {d: Share(int(held), of) for d, held in zip(Definition, counts, strict=True)}
    return Firmness(state, holding(about, state), tuple(freedom), tuple(distance), shares)


def unlisted_firmness(about: Setting, sweep: Sweep, variations: int) -> tuple[list[Firmness], int]:
    """Return the same where states are too many to list; shares are of what holds by itself (Nash) only."""
    alone = Alone(about.game)

    def standing(number: int) -> list[bool]:
        wants = sweep.varied(number)
        return [alone.stands(state, wants) for state in sweep.targets]

    rows, _ = gathered(standing, range(variations if sweep.targets else 0), "working through variations")
    done = len(rows) if sweep.targets else variations
    found = []
    for place, state in enumerate(sweep.targets):
        held = Share(sum(row[place] for row in rows), done)
        shares = {d: held if d is Definition.NASH else Share(0, 0) for d in Definition}
        parties = range(about.game.parties)
        freedom = tuple(alone.freedom(party, state) for party in parties)
        distance = tuple(_swaps(about, alone, party, state, freedom[party]) for party in parties)
        found.append(Firmness(state, holding(about, state), freedom, distance, shares))
    return found, done


def _swaps(about: Setting, alone: Alone, party: int, state: int, freedom: int) -> int | None:
    """Return how many neighbouring classes must be swapped until the best move is better than the state."""
    best = alone.best(party, state)
    if best is None:
        return None
    if freedom > 1:
        return 0 if freedom > 2 else 1
    game = about.game
    return 1 + game.classes(party, game.better(party, best) - game.better(party, state, equal=True))


def carrying(about: Setting, sweep: Sweep, standing: Sequence[int]) -> tuple[Input, ...]:
    """Return, for every statement, which states no longer hold when it is dropped or swapped with a neighbour."""
    asked = Sweep(
        sweep.engine, sweep.space, sweep.wants, sweep.conventions, tuple(standing), (Definition.NASH,), 0, sweep.seed
    )
    alone = Alone(about.game) if about.game.engine == "symbolic" else None

    def falls(party: int, changed: Ladder) -> list[bool]:
        if alone is not None:  # what the others want is as it was, and they stay
            return [alone.leaves(party, state, changed) for state in standing]
        wants: list[Want] = list(sweep.wants)
        wants[party] = changed
        return [not held for held in asked.held(wants)[:, 0]]

    def fallen(line: tuple[int, int, Ladder]) -> Input:
        party, place, want = line
        each = [falls(party, changed) for changed in _changed(want, place)]
        return Input(party, place, tuple(s for n, s in enumerate(standing) if any(row[n] for row in each)))

    lines = [
        (party, place, want)
        for party, want in enumerate(sweep.wants if standing else ())
        if isinstance(want, Ladder)
        for place in range(len(want.statements))
    ]
    found, _ = gathered(fallen, lines, "dropping and swapping lines")
    return tuple(sorted(found, key=lambda each: (-len(each.falling), each.party, each.place)))


def _changed(want: Ladder, place: int) -> Iterator[Ladder]:
    statements = want.statements
    yield Ladder(statements[:place] + statements[place + 1 :])
    for first in (place - 1, place):
        if 0 <= first < len(statements) - 1:
            yield Ladder((*statements[:first], statements[first + 1], statements[first], *statements[first + 2 :]))
