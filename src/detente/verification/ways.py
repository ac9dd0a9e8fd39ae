"""This module owns the check of what `paths` and `coalitions` print: how states are reached and in how few moves, by
how many shortest paths, and which coalitions can upset what.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from detente.verification.claims import REACHED, UNDECIDED
from detente.verification.endings import check_endings
from detente.verification.findings import Finding, found
from detente.verification.packages import differing
from detente.verification.stability import DEFINITIONS, Judge, TooLongError
from detente.verification.survey import upset
from detente.verification.worlds import WAYS, Worlds

MOST_NODES = 2**18
MOST_COALITIONS = 2**12
Node = tuple[str, str]
"""A state, and who moved last on the way there."""


class Spread:
    """What legal sequences from a start reach, layer by layer: by fewest moves, and by how many shortest paths."""

    def __init__(self, judge: Judge, start: str, improving: bool, safe: bool) -> None:
        self.judge, self.improving = judge, improving
        world = judge.world
        self.floor = {p: world.worth(p, start, own=True) for p in world.judged.at_table} if safe else {}
        layer: dict[Node, int] = {(start, ""): 1}
        seen: set[Node] = {(start, "")}
        self.moves: dict[str, int] = {}
        self.ways: dict[str, int] = {}
        number = 0
        while layer:
            for (word, _), ways in layer.items():
                if self.moves.setdefault(word, number) == number:
                    self.ways[word] = self.ways.get(word, 0) + ways
            following: dict[Node, int] = {}
            for (word, last), ways in layer.items():
                for mover in world.case.party_ids:
                    for end in self.steps(mover, word) if mover != last else ():
                        if (end, mover) not in seen:
                            following[end, mover] = following.get((end, mover), 0) + ways
            seen |= following.keys()
            layer, number = following, number + 1
            if len(seen) > MOST_NODES:
                raise TooLongError
        self.layers = number

    def steps(self, mover: str, word: str) -> list[str]:
        """Return where one allowed step of a mover leads."""
        judge, world = self.judge, self.judge.world
        ends = judge.improvements(mover, word) if self.improving else world.moves(mover, word)
        floor = self.floor.items()
        return [end for end in ends if all(world.worth(p, end, own=True) >= least for p, least in floor)]

    def fault_in_path(self, start: str, path: Sequence[Sequence[str]]) -> str:
        """Return what is wrong with a path; "" if each step is allowed and nobody moves twice in a row."""
        here, last = start, ""
        for step in path:
            if len(step) != 2 or step[0] == last or step[0] not in self.judge.world.case.party_ids:
                return f"{list(step)} is no step there"
            if step[1] not in self.steps(step[0], here):
                return f"{here} to {step[1]} is no such move of {step[0]}"
            here, last = step[1], step[0]
        return ""


def check_paths(worlds: Worlds, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield what is found of an answer of `paths`."""
    judge, start = worlds.judge(data["approach"]), data["start"]
    world = judge.world
    grades = REACHED[: len(WAYS)]
    if world.states(start) != [start] or set(data["states by fewest moves"]) != set(grades):
        yield Finding("the start", "refused", f"{start} is not a possible state, or not every way is told")
        return
    try:
        spreads = {grade: Spread(judge, start, *way) for grade, way in zip(grades, WAYS, strict=True)}
    except TooLongError:
        yield Finding("the paths", "unchecked", "there are too many states to follow")
        return
    open_ = bool(data.get("undecided"))
    if open_:
        yield Finding("what is not decided", "unchecked", ", ".join(data["undecided"]))
    for grade, spread in spreads.items():
        if open_ and data["states by fewest moves"][grade] is None:
            continue
        most = max(spread.moves.values())
        right = [sum(moves == number for moves in spread.moves.values()) for number in range(most + 1)]
        right += [0] * (spread.layers - len(right))
        told = list(data["states by fewest moves"][grade] or ())
        yield _finding(f"states by fewest moves, {grade}", "" if told == right else f"these are {right}")
    for target in data["targets"]:
        yield found(f"target {target['state']}", _fault_in_target, judge, start, spreads, target, open_)
    if len({target["state"] for target in data["targets"]}) < len(data["targets"]):
        yield Finding("the targets", "refused", "one is listed twice")
    yield from check_endings(judge, data)
    yield from _targets(worlds, data)


def _targets(worlds: Worlds, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Say what cannot be told: whether the targets are those that were asked for."""
    try:
        survey = worlds.survey(data["approach"])
        held = frozenset[str]().union(*(survey.equilibria(definition) for definition in DEFINITIONS))
    except (OverflowError, TooLongError):
        yield Finding("whether all targets are listed", "unchecked", "there are too many states to list")
        return
    listed = {target["state"] for target in data["targets"]}
    if not listed and held and not data["targets left out"]:
        yield Finding("the targets", "refused", f"{len(held):,} states hold, and none is told")
    elif (listed == held and data["targets left out"] == 0) or len(listed) + data["targets left out"] == len(held):
        yield _finding("the targets", "" if listed <= held else f"{min(listed - held)} does not hold")
    else:
        yield Finding("whether all targets are listed", "unchecked", "the answer does not say which were asked for")


def _fault_in_target(
    judge: Judge, start: str, spreads: Mapping[str, Spread], told: Mapping[str, Any], open_: bool
) -> str:
    world, word = judge.world, told["state"]
    if world.states(word) != [word]:
        return "it is not a possible state"
    parties, table = world.case.party_ids, world.judged.at_table
    below = [p for p in parties if world.worth(p, word, own=True) < world.worth(p, start, own=True)]
    derived: dict[str, Any] = {
        "reachable by": next((grade for grade, spread in spreads.items() if word in spread.moves), REACHED[-1]),
        "below start": below,
        "outside the table below start": [party for party in below if party not in table],
        "holds": [d for d in DEFINITIONS if all(judge.stable(d, party, word) for party in parties)],
    }
    if open_ and told["holds"] is None:
        derived["holds"] = None
    if open_ and told["reachable by"] in (*REACHED[1:-1], UNDECIDED):  # what is stricter may be what is not decided
        derived["reachable by"] = told["reachable by"]
    if fault := differing({key: told[key] for key in derived}, derived):
        return fault
    if set(told["ways"]) != set(spreads):
        return "not every way is told"
    for grade, spread in spreads.items():
        way = told["ways"][grade]
        if open_ and None in (way["moves"], way["shortest paths"]):
            continue
        right = {"moves": spread.moves.get(word), "shortest paths": spread.ways.get(word, 0)}
        if fault := differing({key: way[key] for key in right}, right):
            return f"{grade}: {fault}"
        paths = [[tuple(step) for step in path] for path in way["paths"]]
        if (not paths) is not (word not in spread.moves) or len(set(map(tuple, paths))) < len(paths):
            return f"{grade}: no path is told, or one twice"
        for path in paths:
            ends = path[-1][1] if path else start
            if len(path) != spread.moves.get(word) or ends != word or spread.fault_in_path(start, path):
                return f"{grade}: {spread.fault_in_path(start, path) or 'a path is no shortest one there'}"
    return ""


def check_coalitions(worlds: Worlds, data: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield what is found of an answer of `coalitions`."""
    judge = worlds.judge(data["approach"])
    states = data["states"]
    strange = [word for word in states if judge.world.states(word) != [word]]
    if strange or len(set(states)) < len(states):
        yield Finding("the states", "refused", f"{(strange or ['one'])[0]} is not a possible state, or stands twice")
        return
    told: dict[str, list[Mapping[str, Any]]] = {word: [] for word in states}
    for item in data["upsets"]:
        if item["state"] not in told:
            yield Finding("the upsets", "refused", f"{item['state']} was not asked about")
            return
        told[item["state"]].append(item)
    spread = Spread(judge, states[0], False, False) if states else None
    for word in states:
        if word in data["undecided"]:
            yield Finding(f"coalitions against {word}", "unchecked", "not all coalitions were tried")
        elif spread is not None:
            yield found(f"coalitions against {word}", _fault_in_upsets, judge, spread, word, told[word])
    proof = [word for word in states if not told[word] and word not in data["undecided"]]
    yield _finding("coalition proof", "" if data["coalition proof"] == proof else f"these are {proof}")
    try:
        nash = worlds.survey(data["approach"]).nash
    except OverflowError:
        yield Finding("whether all states are there", "unchecked", "there are too many states to list")
        return
    if set(states) == nash and data["complete"] is bool(data["undecided"]):
        yield Finding("complete", "refused", "all were looked at" if not data["undecided"] else "not all were tried")
    elif set(states) < nash and data["complete"]:
        yield Finding("whether all states are there", "unchecked", "the answer does not say which were asked for")
    elif not states and nash:
        yield Finding("the states", "refused", f"{len(nash):,} states hold by themselves")


def _fault_in_upsets(judge: Judge, spread: Spread, word: str, told: Sequence[Mapping[str, Any]]) -> str:
    """Check that all minimal coalitions of two or more that can upset a state are told, and how each can."""
    parties = judge.world.case.party_ids
    if 1 << len(parties) > MOST_COALITIONS:
        raise TooLongError
    right: dict[frozenset[str], frozenset[str]] = {}
    for size in range(2, len(parties) + 1):
        for some in combinations(parties, size):
            if not any(less < set(some) for less in right) and (ends := upset(judge, word, some)):
                right[frozenset(some)] = ends
    listed = [frozenset(item["coalition"]) for item in told]
    if len(set(listed)) < len(listed) or set(listed) != set(right):
        wrong = next(iter(set(right) ^ set(listed)), frozenset())
        return f"{', '.join(sorted(wrong))} {'is not told' if wrong in right else 'is no minimal coalition'}"
    for item, members in zip(told, listed, strict=True):
        path, ends = item["path"], right[members]
        if not path or path[-1][-1] != item["target"] or item["target"] not in ends or item["targets"] != len(ends):
            return f"{', '.join(item['coalition'])}: not {item['target']}, or not so many states"
        if not all(step[0] in members for step in path) or spread.fault_in_path(word, path):
            return f"{', '.join(item['coalition'])}: {spread.fault_in_path(word, path) or 'others move on the way'}"
        holds = [d for d in DEFINITIONS if all(judge.stable(d, party, item["target"]) for party in parties)]
        if item.get("target is an equilibrium under", holds) != holds:
            return f"{item['target']} is an equilibrium under {holds or 'no definition'}"
    return ""


def _finding(name: str, why: str) -> Finding:
    return Finding(name, "refused" if why else "accepted", why)
