"""This module owns random disputes with everything that a case file can say, of any size: seeded and documented.

Like those of `random_disputes` they are made to be hard in an ordinary way, and resemble no conflict. Options are
shared out among parties in blocks; every fifth has three levels, every fifth one direction. Each party wants eight to
twelve statements in lexicographic order, three of them core; the last but one weighs its statements instead. Rules
exclude patterns of two or three literals, and hold today. The last party stays outside the table, and the first has
clout over two of its options. Three demands, two complaints; approaches with a contract and a promise, with deference
while something holds, and with shared concerns and two coalitions. One seed gives one dispute, on every machine.
"""

from fractions import Fraction
from random import Random

from detente.model.case import (
    Approach,
    Case,
    Clout,
    Complaint,
    Concern,
    Contract,
    Deference,
    Demand,
    Mark,
    Need,
    Option,
    Party,
    Rule,
    SharedConcerns,
)
from detente.model.statements import And, Compare, If, Iff, Not, Or, Tree, holds, made

IDS = "ABCDEFGH"
CORE = 3
OWN = 0.55  # how often a literal is about the party's own options
LEVELS = ("none", "some", "full")


def large_dispute(options: int, parties: int, seed: int, patterns: int | None = None) -> Case:
    """Return the random dispute with this seed.

    Parameters
    ----------
    options : int
        How many options there are; at least three for each party.
    parties : int
        Among how many parties they are shared out, from 3 to 8.
    seed : int
        Which dispute.
    patterns : int, optional
        How many patterns the rules exclude; one for ten options by default.
    """
    random = Random(seed)
    ids = tuple(IDS[:parties])
    every = [
        Option(
            ids[owner],
            f"o{number}",
            LEVELS if random.random() < 0.2 else (),
            random.choice(["on", "off"]) if random.random() < 0.2 else "",
        )
        for number, owner in enumerate(sorted(n % parties for n in range(options)))
    ]
    paid = next(option for option in every if not option.levels)
    today = {option.key: 0 if option is paid else random.randrange(option.size) for option in every}
    rules = _rules(
        random,
        [option for option in every if option is not paid],
        today,
        options // 10 if patterns is None else patterns,
    )
    people = tuple(_party(random, id, number == parties - 2, every) for number, id in enumerate(ids))
    last = [option for option in every if option.party == ids[-1]]
    demands = tuple(
        Demand(
            f"d{number}",
            ids[number % 2],
            ids[(number + 1) % parties],
            made(_statement(random, _of(every, ids[(number + 1) % parties]), every)),
        )
        for number in range(3)
    )
    second = _of(every, ids[1])
    kept = Compare(second[0].key)
    approaches = (
        Approach("paid", contracts=(Contract(paid.party, paid.key, made(kept)),)),
        Approach("promised", contracts=(Contract(paid.party, paid.key, made(kept), binding=False),)),
        Approach(
            "patronage",
            deference=(Deference(ids[1], ids[0], ("core",), made(Compare(_of(every, ids[0])[-1].key))),),
        ),
        Approach(
            "shared", shared_concerns=(SharedConcerns(ids[: parties - 2]),), coalitions=(ids[:2], ids[1 : parties - 1])
        ),
    )
    return Case(
        f"A large dispute of {parties} parties over {options} options, seed {seed}",
        people,
        rules,
        today=tuple(today.values()),
        table=ids[:-1],
        accommodate=ids[: max(2, parties - 2)],
        demands=demands,
        complaints=(
            Complaint("c0", ids[0], ids[1], made(Compare(second[1].key)), f"{ids[0]}0"),
            Complaint("c1", ids[1], ids[-1], made(Not(Compare(last[1].key))), ""),
        ),
        clout=(
            Clout(ids[0], ids[-1], (last[0].key,), "strong"),
            Clout(ids[1], ids[-1], (last[1].key,), "weak", made(kept)),
        ),
        needs=(Need(ids[1], "aid", ids[0], made(Compare(paid.key)), Fraction(3)),),
        approaches=approaches,
    )


def _of(options: list[Option], id: str) -> list[Option]:
    return [option for option in options if option.party == id]


def _rules(random: Random, options: list[Option], today: dict[str, int], patterns: int) -> tuple[Rule, ...]:
    """Return rules that hold today, under contracts too, as no contract defines one of these options."""
    found: list[Rule] = []
    while len(found) < patterns:
        chosen = random.sample(options, random.choice([2, 3]))
        tree = Not(And(tuple(_literal(random, option) for option in chosen)))
        if holds(tree, today.__getitem__):
            found.append(Rule(made(tree), random.choice(["logical", "causal"]), relaxable=len(found) < 2))
    return tuple(found)


def _party(random: Random, id: str, weighing: bool, options: list[Option]) -> Party:
    own = _of(options, id)
    trees = list(dict.fromkeys(_statement(random, own, options) for _ in range(random.randint(8, 12))))
    if weighing:
        weights = tuple((made(tree), Fraction(random.choice([-9, -5, -2, 1, 3, 4, 7, 12]))) for tree in trees)
        return Party(id, tuple(own), weights=weights)
    core = set(random.sample(range(len(trees)), CORE))
    return Party(
        id, tuple(own), tuple(Concern(made(tree), n in core, Mark(f"{id}{n}")) for n, tree in enumerate(trees))
    )


def _literal(random: Random, option: Option) -> Tree:
    if option.levels:
        level = random.randrange(1, option.size)
        tree: Tree = Compare(option.key, random.choice([">=", "="]), level, option.levels[level])
    else:
        tree = Compare(option.key)
    return tree if random.random() < 0.5 else Not(tree)


def _statement(random: Random, own: list[Option], options: list[Option]) -> Tree:
    length = random.choice([1, 1, 2, 2, 3, 4])
    parts = tuple(
        _literal(random, random.choice(own) if random.random() < OWN else random.choice(options)) for _ in range(length)
    )
    if length == 1:
        return parts[0]
    return random.choice([And(parts), Or(parts), If(parts[0], And(parts[1:])), Iff(parts[0], Or(parts[1:]))])
