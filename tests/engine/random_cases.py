"""This module owns the random cases that the engines are compared on: small, of every kind, and made from one seed.

Hypothesis draws the seed and the sizes, and shrinks towards fewer parties and options; everything else follows from the
seed, so that a case costs next to nothing to make.
"""

from dataclasses import dataclass, replace
from fractions import Fraction
from math import prod
from random import Random

from hypothesis import settings
from hypothesis import strategies as st

from detente.engine.interface import Definition, Game, Space
from detente.engine.reference import Reference
from detente.model.case import Conventions
from detente.model.statements import (
    And,
    Compare,
    Count,
    If,
    Iff,
    Not,
    Or,
    Outcome,
    Tree,
    Within,
    bind,
)
from detente.preferences import Ladder, Ranks, Want, Weighted

COMPARISONS = 10 * settings.default.max_examples  # 1,000; in the nightly profile 10,000
CONVENTIONS = [Conventions(ties, returns) for ties in (True, False) for returns in (True, False)]
OPTION_FORM = ("plain rules", "directions", "defined", "listed")
GRAPHS = ("merged", "plain states", "given", "mixed", "merged and given", "options as a graph")
MOST_CHOICES = 48


@dataclass(frozen=True)
class Dispute:
    """A random case: everything that a game is built from."""

    kind: str
    space: Space
    wants: tuple[Want, ...]
    conventions: Conventions

    def reference(self, oracle: type[Reference] = Reference) -> Reference:
        """The same case for the naive definitions, or for a variant of them."""
        return oracle(self.space, self.wants, self.conventions)

    def game(self, engine: type[Game]) -> Game:
        """The same case for an engine."""
        return engine(self.space, self.wants, self.conventions)  # type: ignore[call-arg]


def disputes(kinds: tuple[str, ...]) -> st.SearchStrategy[Dispute]:
    """Random cases of some kinds."""
    return st.builds(
        dispute,
        st.integers(0, 2**32 - 1),
        st.sampled_from(kinds),
        st.integers(1, 4),
        st.integers(0, 6),
        st.sampled_from(CONVENTIONS),
    )


def dispute(seed: int, kind: str, parties: int, options: int, conventions: Conventions = CONVENTIONS[0]) -> Dispute:
    """Return the random case with this seed."""
    random = Random(seed)
    if kind == "plain states":
        space = _plain(random, parties)
    else:
        space = _option_form(random, parties, options, directed=kind != "plain rules", defining=kind == "defined")
        if kind not in OPTION_FORM or kind == "listed":
            space = _graph(random, kind, space)
    count = len(Reference(space, [Ranks(())] * parties, conventions).states)
    by_rank = space.plain or space.merged
    wants = tuple(_want(random, space, count, bool(by_rank)) for _ in range(parties))
    return Dispute(kind, space, wants, conventions)


def statement(random: Random, sizes: tuple[int, ...], depth: int) -> Tree:
    """Return a random statement over options of these sizes, of every kind that there is."""
    if not sizes:
        return random.choice([And(()), Or(())])
    if depth == 0 or random.random() < 0.3:
        option = random.randrange(len(sizes))
        return Compare(option, random.choice(["=", "!=", "<", "<=", ">", ">="]), random.randrange(sizes[option]))
    one, two, three = (statement(random, sizes, depth - 1) for _ in range(3))
    bound = random.choice(["at most", "at least", "exactly"])
    costs = tuple(random.randint(-2, 3) for _ in range(3))
    return random.choice(
        [
            Not(one),
            And((one, two)),
            Or((one, two)),
            If(one, two),
            Iff(one, two),
            Count(bound, random.randint(0, 3), (one, two, three)),
            Within(costs, (one, two, three), random.randint(-1, 3)),
            Outcome("so", one),
        ]
    )


def _option_form(random: Random, parties: int, options: int, directed: bool, defining: bool) -> Space:
    sizes = [random.choice([2, 2, 2, 2, 3, 4]) for _ in range(options)]
    while prod(sizes) > MOST_CHOICES:
        sizes.pop()
    owners = [random.randrange(parties) for _ in sizes]
    directions = [random.choice([0, 1, -1]) if directed else 0 for _ in sizes]
    defined: list[tuple[int, Tree]] = []
    if defining and len(sizes) > 1:
        # One or two options are defined, the second possibly by the first; each has a direction that does not bind.
        order = random.sample(range(len(sizes)), len(sizes))
        free, bound = order[:-2] or order[:1], order[-2:] if len(sizes) > 2 else order[1:]
        for number, option in enumerate(bound):
            sizes[option], owners[option] = 2, -1
            known = free + bound[:number]
            inner = statement(random, tuple(sizes[key] for key in known), 2)
            defined.append((option, _renamed(inner, known)))
    rules = tuple(statement(random, tuple(sizes), 2) for _ in range(random.choice([0, 0, 1, 1, 2])))
    return Space(tuple(sizes), tuple(owners), tuple(directions), rules, tuple(defined), parties)


def _renamed(tree: Tree, names: list[int]) -> Tree:
    return bind(tree, dict(enumerate(names)))


def _plain(random: Random, parties: int) -> Space:
    states = random.randint(1, 12)
    return Space((), (), (), parties=parties, plain=states, arcs=_arcs(random, parties, states, 0.9))


def _arcs(random: Random, parties: int, states: int, chance: float) -> dict[int, list[tuple[int, int]]]:
    """Return moves of some parties, sparse enough to be intransitive, with repetitions and moves that lead nowhere."""
    density = random.choice([0.1, 0.2, 0.4])
    everything = [(a, b) for a in range(states) for b in range(states)]
    return {
        party: [pair for pair in everything if random.random() < density] + everything[:1]
        for party in range(parties)
        if random.random() < chance
    }


def _graph(random: Random, kind: str, space: Space) -> Space:
    if kind == "options as a graph":
        return space
    if kind in ("listed", "given", "mixed", "merged and given"):
        states = [state for (state,) in Reference(space, [Ranks(())] * space.parties, CONVENTIONS[0]).states]
        if kind == "listed" or random.random() < 0.7:  # else the moves are between the states that rules leave
            random.shuffle(states)
            states = states[: random.randint(1, 16)]
            space = replace(space, listed=tuple(states))
        if kind != "listed":
            chance = 1.0 if kind == "given" else 0.5
            space = replace(space, arcs=_arcs(random, space.parties, len(states), chance))
            if random.random() < 0.3:  # moves between the states that the rules leave
                space = replace(space, listed=None)
                count = len(Reference(replace(space, arcs=None), [Ranks(())] * space.parties, CONVENTIONS[0]).states)
                space = replace(space, arcs=_arcs(random, space.parties, count, chance) if count <= 24 else None)
    if kind in ("merged", "merged and given") and space.sizes:
        option = random.randrange(len(space.sizes))
        levels = random.sample(range(space.sizes[option]), random.choice([1, 1, space.sizes[option]]))
        space = replace(space, merged=tuple({option: level} for level in levels))
    return space


def _want(random: Random, space: Space, states: int, by_rank: bool) -> Want:
    kind = random.choice(["ranks"] if by_rank else ["ladder", "ladder", "weights", "ranks"])
    if kind == "ranks":
        highest = random.choice([1, 3, max(states, 1), 10**9])
        return Ranks(tuple(random.randint(-highest, highest) for _ in range(states)))
    statements = tuple(statement(random, space.sizes, 1) for _ in range(random.randint(0, 5)))
    if kind == "ladder":
        return Ladder(statements)
    return Weighted(statements, tuple(Fraction(random.randint(-9, 9), random.randint(1, 6)) for _ in statements))


def verdicts(game: Game | Reference) -> dict[tuple[int, str], list[int]]:
    """Return every verdict of a game: the stable states per party and definition."""
    parties = game.parties if isinstance(game.parties, range) else range(game.parties)
    return {
        (party, definition.value): list(game.stable(party, definition))
        for party in parties
        for definition in Definition
    }
