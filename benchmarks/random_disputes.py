"""This module owns the random disputes that the nearest change is measured on: seeded, documented, and not easy.

Each has yes/no options shared out among parties in blocks. Every party wants ten statements in lexicographic order, of
one to four literals, a little more than half of them about its own options, and three of them are core; two rules can
be lifted. In every other dispute the last party stays outside the table, and the first has weak clout over one of its
options. Today nothing is done, or what comes nearest to it. One seed gives one dispute, on every machine.
"""

from itertools import product
from random import Random

from detente.model.case import Approach, Case, Clout, Concern, Mark, Option, Party, Rule, SharedConcerns
from detente.model.statements import And, Compare, If, Iff, Not, Or, Tree, holds, made

CONCERNS, CORE = 10, 3
OWN = 0.55  # how often a literal is about the party's own options
IDS = "ABCDEFGH"


def dispute(options: int, parties: int, seed: int) -> Case:
    """Return the random dispute with this seed.

    Parameters
    ----------
    options : int
        How many yes/no options there are.
    parties : int
        Among how many parties they are shared out; at most 8.
    seed : int
        Which dispute.
    """
    random = Random(seed)
    ids = tuple(IDS[:parties])
    all_options = [Option(ids[owner], f"o{n}") for n, owner in enumerate(sorted(n % parties for n in range(options)))]
    keys = [option.key for option in all_options]
    rules = tuple(
        Rule(made(Not(And(tuple(_literal(random, key) for key in random.sample(keys, 3))))), relaxable=n < 2)
        for n in range(3)
    )
    people = []
    for id in ids:
        own = [option.key for option in all_options if option.party == id]
        core = random.sample(range(CONCERNS), CORE)
        concerns = tuple(
            Concern(made(_statement(random, own, keys)), n in core, Mark(f"{id}{n}")) for n in range(CONCERNS)
        )
        people.append(Party(id, tuple(option for option in all_options if option.party == id), concerns))
    outside = seed % 2 == 1
    last = [option.key for option in all_options if option.party == ids[-1]]
    clout = (Clout(ids[0], ids[-1], (last[0],), "weak"),) if outside else ()
    return Case(
        f"A dispute of {parties} parties over {options} options, seed {seed}",
        tuple(people),
        rules,
        clout=clout,
        table=ids[:-1] if outside else ids,
        today=_quiet(keys, rules),
        approaches=(Approach("cooperative", shared_concerns=(SharedConcerns(ids[:2]),)),),
    )


def _quiet(keys: list[str], rules: tuple[Rule, ...]) -> tuple[int, ...]:
    for levels in sorted(product((0, 1), repeat=len(keys)), key=sum):
        state = dict(zip(keys, levels, strict=True))
        if all(holds(rule.that.tree, state.__getitem__) for rule in rules):
            return levels
    raise ValueError("the rules leave nothing")


def _literal(random: Random, key: str) -> Tree:
    return Compare(key) if random.random() < 0.5 else Not(Compare(key))


def _statement(random: Random, own: list[str], keys: list[str]) -> Tree:
    length = random.choice([1, 1, 2, 2, 3, 4])
    parts = tuple(
        _literal(random, random.choice(own) if own and random.random() < OWN else random.choice(keys))
        for _ in range(length)
    )
    if length == 1:
        return parts[0]
    return random.choice([And(parts), Or(parts), If(parts[0], And(parts[1:])), Iff(parts[0], Or(parts[1:]))])
