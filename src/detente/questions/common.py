"""This module owns the common ground: which goals parties share, stated or implied, and where they part.

A party prefers something other things equal if, of any two feasible states that differ in that option only, it never
prefers the one without it, and in some pair prefers the one with it.

References
----------
Preference other things equal (ceteris paribus): von Wright (1963), The Logic of Preference; Doyle & Wellman (1994).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.game import Setting
from detente.look.summary import listed
from detente.model.items import Concern, Option, Party
from detente.model.statements import Compare, Not, Tree, options_in, spelled_out
from detente.preferences.dense import lexicographic
from detente.questions.wording import ordinal

MOST_STATES = 1 << 17
Wish = tuple[str, int]
"""An option, and whether more (1) or less (-1) of it is wanted."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a goal stands among a party's concerns, from 1."""

    party: Party
    number: int
    concern: Concern


@dataclass(frozen=True, slots=True)
class Goal:
    """Something that several parties want.

    Parameters
    ----------
    label : str
        What it is called: by a concern that states it, else by the option.
    statement : Tree
    parties : tuple of Party
        Who wants it: prefers it other things equal, or states it.
    places : tuple of Place
        Where those who state it have it.
    implied : tuple of str
        The ids of those who prefer it other things equal.
    everybody, counted : bool
        Whether all parties want it; whether all counted parties do.
    """

    label: str
    statement: Tree
    parties: tuple[Party, ...]
    places: tuple[Place, ...]
    implied: tuple[str, ...]
    everybody: bool
    counted: bool

    def sentence(self) -> str:
        """Say the goal, who wants it, and where each has it."""
        always = [party for party in self.parties if party.id in self.implied]
        others = [party for party in self.parties if party.id not in self.implied]
        told = []
        if always:
            who = "All parties" if self.everybody and not others else listed([party.label for party in always])
            places = [place for place in self.places if place.party in always]
            told.append(f"{who} would rather have ‘{self.label}’ than not, other things equal{_where(places)}.")
        if others:
            who = listed([party.label for party in others])
            what = "So would" if always else f"‘{self.label}’ is a concern of"
            unless = " where no higher concern stands against it" if always else ""
            told.append(f"{what} {who}{unless}{_where([p for p in self.places if p.party in others])}.")
        return " ".join(told)


@dataclass(frozen=True, slots=True)
class Parting:
    """Something that one party wants and another one wants not.

    Parameters
    ----------
    label : str
        What it is called.
    wants, against : Party
        Who wants it to be so, and who wants the opposite.
    place, other : Place or None
        Their highest concerns about it; None for a party with a ranking or weights.
    """

    label: str
    wants: Party
    against: Party
    place: Place | None
    other: Place | None

    def sentence(self) -> str:
        """Say what they part over, with the rank and the source of each side's concern."""
        return (
            f"‘{self.label}’: {self.wants.label} wants it ({_rank(self.place)}), {self.against.label} does not "
            f"({_rank(self.other)})."
        )


@dataclass(frozen=True, slots=True)
class CommonGround:
    """What parties share, and where the counted ones part.

    Parameters
    ----------
    goals : tuple of Goal
        Those of all parties first, then those of all counted parties.
    partings : tuple of Parting
        Between counted parties, the one over the highest concern first.
    implied : bool
        Whether preferences other things equal were looked at; not where there are too many states.
    """

    goals: tuple[Goal, ...]
    partings: tuple[Parting, ...]
    implied: bool

    def sentences(self, most: int = 3) -> list[str]:
        """Return the common ground in sentences, at most `most` goals and as many partings."""
        told = [goal.sentence() for goal in self.goals[:most]]
        if not told:
            told.append("No goal is shared, neither stated nor implied.")
        if self.partings:
            told.append("They part over:")
            told += [f"  {parting.sentence()}" for parting in self.partings[:most]]
        elif self.implied:
            told.append("Nothing that one of them wants is what another wants not, other things equal.")
        return told

    def data(self) -> dict[str, Any]:
        """Return the common ground as JSON-ready data."""
        return {
            "shared": [
                {
                    "goal": goal.label,
                    "parties": [party.id for party in goal.parties],
                    "everybody": goal.everybody,
                    "other things equal": list(goal.implied),
                    "concerns": {place.party.id: place.number for place in goal.places},
                }
                for goal in self.goals
            ],
            "apart": [
                {
                    "over": parting.label,
                    "wants": parting.wants.id,
                    "against": parting.against.id,
                    "concerns": {p.party.id: p.number for p in (parting.place, parting.other) if p is not None},
                }
                for parting in self.partings
            ],
        }


class Preferences:
    """What each party prefers other things equal, over the feasible states of a setting."""

    def __init__(self, setting: Setting) -> None:
        self.setting, self.game, self.case = setting, setting.judging, setting.case

    @cached_property
    def _levels(self) -> NDArray[np.int64]:
        """The level of every option in every state, shape (options, states); -1 where a merged state does not care."""
        game, states = self.game, self.game.feasible().count()
        place = {state: number for number, state in enumerate(self.game.feasible().first())}
        found = np.full((len(self.case.options), states), -1, np.int64)
        for index, option in enumerate(self.case.options):
            for level in range(option.size):
                there = game.where(Compare(index, "=", level)).first()
                found[index, [place[state] for state in there]] = level
        return found

    @cached_property
    def _ranks(self) -> NDArray[np.int64]:
        """The rank of every state for every party, shape (parties, states)."""
        states = self.game.feasible().first()
        return np.array([[self.game.rank(p, s) for s in states] for p in range(self.game.parties)], np.int64)

    def wished(self) -> dict[Wish, list[int]]:
        """Return, for every option and direction, the parties that prefer it other things equal."""
        found: dict[Wish, list[int]] = {}
        for index, option in enumerate(self.case.options):
            lower, upper = self._pairs(index)
            for party in range(self.game.parties):
                change = self._ranks[party][upper] - self._ranks[party][lower]
                for sense in (1, -1):
                    if (change * sense >= 0).all() and change.any():
                        found.setdefault((option.key, sense), []).append(party)
        return found

    def _pairs(self, index: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the states, as positions, that differ in one option only: the one with less of it, and with more."""
        level = self._levels[index]
        columns = [(self._levels[n] + 1, o.size + 1) for n, o in enumerate(self.case.options) if n != index]
        kind, _ = lexicographic(columns, level.shape)
        order = np.lexsort((level, kind))
        order = order[level[order] >= 0]
        lower, upper = order[:-1], order[1:]
        paired = kind[lower] == kind[upper]
        return lower[paired], upper[paired]


def common_ground(setting: Setting) -> CommonGround:
    """Return the goals that parties share, stated or implied, and where the counted parties part.

    Parameters
    ----------
    setting : Setting
        The case as written judges, whatever the approach.

    Returns
    -------
    CommonGround
    """
    case = setting.case
    small = bool(case.options) and setting.judging.feasible().count() <= MOST_STATES
    wished = Preferences(setting).wished() if small else {}
    counted = [case.party_ids.index(id) for id in case.counted]
    stated = _stated(case.parties)
    goals = [*_goals(setting, wished, stated, counted)]
    goals.sort(key=lambda goal: (not goal.everybody, _height(goal)))
    partings = sorted(_partings(setting, wished, stated, counted), key=_sharpness)
    return CommonGround(tuple(goals), tuple(partings), small)


def _stated(parties: Sequence[Party]) -> dict[Tree, list[Place]]:
    """Return who states what, by meaning: each party's highest concern that says so."""
    found: dict[Tree, list[Place]] = {}
    for party in parties:
        for number, concern in enumerate(party.concerns or (), 1):
            places = found.setdefault(_meaning(concern.want.tree), [])
            if not any(place.party is party for place in places):
                places.append(Place(party, number, concern))
    return found


def _goals(
    setting: Setting, wished: Mapping[Wish, list[int]], stated: Mapping[Tree, list[Place]], counted: list[int]
) -> Iterator[Goal]:
    """Yield what all parties, or all counted ones, want: each by stating it or preferring it other things equal."""
    parties = setting.case.parties
    literals = {_literal(setting.case.option(key), sense): key for key, sense in wished}
    for tree in dict.fromkeys((*literals, *stated)):
        places = stated.get(tree, [])
        implied = next((wished[w] for w in wished if _literal(setting.case.option(w[0]), w[1]) == tree), [])
        want = sorted({*implied, *(parties.index(place.party) for place in places)})
        everybody, all_counted = len(want) == len(parties), set(counted) <= set(want)
        if len(want) < 2 or not (everybody or (all_counted and len(counted) > 1)):
            continue
        labels = {place.concern.label for place in places}
        if tree in literals and (len(places) < 2 or len(labels) > 1):
            label = _called(setting.case.option(literals[tree]), tree)
        else:
            label = places[0].concern.label
        who = tuple(parties[party] for party in want)
        ids = tuple(parties[party].id for party in implied)
        yield Goal(label, tree, who, tuple(places), ids, everybody, all_counted)


def _partings(
    setting: Setting, wished: Mapping[Wish, list[int]], stated: Mapping[Tree, list[Place]], counted: list[int]
) -> Iterator[Parting]:
    """Yield what one counted party wants and another wants not: other things equal, or by saying the opposite."""
    case = setting.case
    seen: set[tuple[str, str, Tree]] = set()
    for (key, sense), parties in wished.items():
        if sense < 0:
            continue
        tree = _literal(case.option(key), 1)
        for one in (party for party in parties if party in counted):
            for other in (party for party in wished.get((key, -1), []) if party in counted):
                wants, against = case.parties[one], case.parties[other]
                place, opposite = _about(wants, key, tree), _about(against, key, _negated(tree))
                seen.add((wants.id, against.id, tree))
                label = place.concern.label if place and place.concern.want.tree == tree else case.option(key).label
                yield Parting(label, wants, against, place, opposite)
    for tree, places in stated.items():
        for place in places:
            for opposite in stated.get(_negated(tree), []):
                sides = place.party.id, opposite.party.id
                positive = not isinstance(tree, Not)
                if positive and set(sides) <= set(case.counted) and (*sides, tree) not in seen:
                    yield Parting(place.concern.label, place.party, opposite.party, place, opposite)


def _about(party: Party, key: str, tree: Tree) -> Place | None:
    """Return a party's concern that states something, else its highest one that speaks of the option."""
    numbered = list(enumerate(party.concerns or (), 1))
    for number, concern in numbered:
        if _meaning(concern.want.tree) == tree:
            return Place(party, number, concern)
    return next((Place(party, n, c) for n, c in numbered if key in options_in(c.want.tree)), None)


def _meaning(tree: Tree) -> Tree:
    """Return what tells a repeated statement: named ones spelled out, double negation gone."""
    tree = spelled_out(tree)
    while isinstance(tree, Not) and isinstance(tree.inner, Not):
        tree = tree.inner.inner
    return tree


def _negated(tree: Tree) -> Tree:
    return tree.inner if isinstance(tree, Not) else Not(tree)


def _literal(option: Option, sense: int) -> Tree:
    """Return the statement that an option is taken (above its lowest level), or that it is not."""
    return Compare(option.key) if sense > 0 else Not(Compare(option.key))


def _called(option: Option, tree: Tree) -> str:
    more = "more of " if option.levels else ""
    less = "less of " if option.levels else "no "
    return f"{less if isinstance(tree, Not) else more}{option.label}"


def _height(goal: Goal) -> tuple[int, int]:
    numbers = sorted(place.number for place in goal.places)
    return (numbers[0] if numbers else 1_000_000, -len(goal.parties))


def _sharpness(parting: Parting) -> tuple[int, ...]:
    return tuple(sorted(place.number if place else 1_000_000 for place in (parting.place, parting.other)))


def _rank(place: Place | None) -> str:
    if place is None:
        return "by its ranking"
    core = ", core" if place.concern.core else ""
    source = f", {place.concern.mark.source}" if place.concern.mark.source else ""
    return f"its {ordinal(place.number)} concern{core}{source}"


def _where(places: Sequence[Place]) -> str:
    if not places:
        return ""
    told = [
        f"{place.party.label}'s {ordinal(place.number)} concern"
        + (f", {place.concern.mark.source}" if place.concern.mark.source else "")
        for place in places
    ]
    return f" ({'; '.join(told)})"
