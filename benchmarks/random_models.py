"""This module owns the random models that the engines are measured on: seeded, documented, and of any size.

They are made to be hard in an ordinary way, not to resemble conflicts: each party owns about as many yes/no options as
any other and wants fourteen statements in lexicographic order, of one to four literals joined by and, or, if or iff, a
little more than half of them about its own options. Rules exclude patterns of two or three literals; a share of the
options can be given a direction. One seed gives one model, on every machine.
"""

from dataclasses import dataclass
from random import Random

from detente.engine.interface import Space
from detente.model.statements import And, Compare, If, Iff, Not, Or, Tree
from detente.preferences import Ladder

STATEMENTS = 14
OWN = 0.55  # how often a literal is about the party's own options


@dataclass(frozen=True)
class Model:
    """A space and what each party wants in it."""

    space: Space
    wants: tuple[Ladder, ...]


def model(options: int, parties: int, seed: int, patterns: int = 0, directed: float = 0.0) -> Model:
    """Return the random model with this seed.

    Parameters
    ----------
    options : int
        How many yes/no options there are; there are two to the power of that many choices.
    parties : int
        Among how many parties they are shared out, in blocks.
    seed : int
        Which model.
    patterns : int
        How many patterns of two or three literals the rules exclude.
    directed : float
        Which share of the options, on average, can be taken up or given up only.
    """
    random = Random(seed)
    owners = tuple(sorted(option % parties for option in range(options)))
    directions = tuple(random.choice([1, -1]) if random.random() < directed else 0 for _ in range(options))
    rules = tuple(
        Not(And(tuple(_literal(random, option) for option in random.sample(range(options), random.choice([2, 3])))))
        for _ in range(patterns)
    )
    wants = []
    for party in range(parties):
        own = [option for option in range(options) if owners[option] == party]
        wants.append(Ladder(tuple(_statement(random, own, options) for _ in range(STATEMENTS))))
    return Model(Space((2,) * options, owners, directions, rules, (), parties), tuple(wants))


def _literal(random: Random, option: int) -> Tree:
    return Compare(option) if random.random() < 0.5 else Not(Compare(option))


def _statement(random: Random, own: list[int], options: int) -> Tree:
    length = random.choice([1, 1, 2, 2, 3, 4])
    parts = tuple(
        _literal(random, random.choice(own) if own and random.random() < OWN else random.randrange(options))
        for _ in range(length)
    )
    if length == 1:
        return parts[0]
    return random.choice([And(parts), Or(parts), If(parts[0], And(parts[1:])), Iff(parts[0], Or(parts[1:]))])
