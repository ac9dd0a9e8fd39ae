"""This module owns which demands contradict each other, told again from the possible states: every minimal set that
none of them meets, of which kind it is, and whether a repair mends it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations, product
from math import prod
from typing import Any

from detente.model.case import Case
from detente.verification.nearest import remade
from detente.verification.stability import Judge
from detente.verification.survey import Survey
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


def fault_in_repair(
    case: Case, approach: str, asked: Collection[str], repair: Mapping[str, Any], credibility: bool
) -> str:
    """Return what is wrong with a repair of a contradiction: with its edits, what is still asked can be had together.

    Parameters
    ----------
    asked : collection of str
        The contradictory demands.
    credibility : bool
        Whether it is to be met by something that holds by itself, not only by something possible.
    """
    edited = remade(case, repair["edits"])
    if edited is None or not repair["edits"]:
        return f"the edits of ‘{repair['text']}’ cannot be made"
    before = {demand.id for demand in case.demands}
    kept = [demand for demand in edited.demands if demand.id in asked or demand.id not in before]
    dropped = [id for id in asked if id not in {demand.id for demand in kept}]
    if (repair["kind"] == "drop" and len(dropped) != 1) or len(edited.demands) < len(before) - 1:
        return f"‘{repair['text']}’ gives up more than it says"
    survey = Survey(Judge(World(edited, approach), edited.conventions.data()))
    words = survey.nash if credibility else survey.states
    if repair["kind"] == "sequence":
        times = {(demand.from_time, demand.by_time) for demand in kept}
        stages = [[d.id for d in kept if (d.from_time, d.by_time) == time] for time in times]
        if len(stages) < 2:
            return f"‘{repair['text']}’ asks for all at once"
    else:
        stages = [[demand.id for demand in kept]]
    met = met_in(survey.world, words)
    unmet = next((stage for stage in stages if not any(set(stage) <= each for each in met)), None)
    return "" if unmet is None else f"after ‘{repair['text']}’, {' and '.join(unmet)} cannot be met together"
