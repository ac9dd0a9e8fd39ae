"""This module owns which demands contradict each other, told again from the possible states: every minimal set that
none of them meets, and of which kind it is.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations, product
from math import prod

from detente.model.case import Case
from detente.verification.world import World

MOST_DEMANDS = 14
MOST_COMBINED = 2**14
MOST_KINDS = 20_000
Asked = frozenset[str]


def met_in(world: World, words: Iterable[str]) -> set[Asked]:
    """Return which sets of demands some states meet, each the most that one state meets."""
    readings = {demand.id: world.reading(demand.that.text, demand.that.party) for demand in world.case.demands}
    return {frozenset(id for id, reading in readings.items() if world.holds(reading, word)) for word in words}


def minimal_unmet(ids: Sequence[str], met: Collection[Asked]) -> set[Asked]:
    """Return the minimal sets of demands that none of some states meets together.

    Raises
    ------
    OverflowError
        When there are too many demands to try every set of them.
    """
    if len(ids) > MOST_DEMANDS:
        raise OverflowError
    most = {each for each in met if not any(each < other for other in met)}
    found: set[Asked] = set()
    for size in range(len(ids) + 1):
        for some in map(frozenset, combinations(ids, size)):
            if not any(less <= some for less in found) and not any(some <= each for each in most):
                found.add(some)
    return found


def kinds(case: Case, world: World, ids: Collection[str]) -> set[str]:
    """Return of which kinds a contradiction can be: those of the smallest sets of restrictions that keep demands apart.

    Raises
    ------
    OverflowError
        When there are too many choices to try.
    """
    if prod(map(len, world.letters)) > MOST_COMBINED:
        raise OverflowError
    readings = [world.reading(d.that.text, d.that.party) for d in case.demands if d.id in ids]
    broken: set[frozenset[int]] = set()
    kind = [*(rule.kind for rule in world.case.rules), *("resource" for _ in case.resources)]
    kind += ["logical"] * (len(world.definitions) + (case.states is not None))
    for levels in product(*(range(len(letters)) for letters in world.letters)):
        state = dict(zip(world.keys, levels, strict=True))
        if all(reading(state) for reading in readings):
            broken.add(frozenset(_broken(world, state)))
    if frozenset() in broken:
        return {"logical"}  # only merging keeps the demands apart
    least = [each for each in broken if not any(other < each for other in broken)]
    tried = 0
    for size in range(len(kind) + 1):
        hitting = []
        for some in combinations(range(len(kind)), size):
            tried += 1
            if tried > MOST_KINDS:
                raise OverflowError
            if all(each.intersection(some) for each in least):
                hitting.append(some)
        if hitting:
            return {_kind([kind[place] for place in some]) for some in hitting}
    return {"logical"}


def _kind(of_rules: Collection[str]) -> str:
    return next((kind for kind in ("resource", "causal") if kind in of_rules), "logical")


def _broken(world: World, state: Mapping[str, int]) -> list[int]:
    """Return which rules, resources, contracts and lists of states a choice breaks, by their places in this order."""
    truths = [rule(state) for rule in world.rules]
    for resource in world.case.resources:
        uses = ((world.reading(statement.text, statement.party), cost) for statement, cost in resource.uses)
        truths.append(sum(cost for holds, cost in uses if holds(state)) <= resource.amount)
    truths += [state[key] == int(holds(state)) for key, holds in world.definitions]
    if world.case.states is not None:
        truths.append(world.lists(state))
    return [place for place, true in enumerate(truths) if not true]
