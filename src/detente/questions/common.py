"""This module owns the common ground: which goals parties share, stated or implied, and where they part.

A goal is implied where a party prefers it other things equal: see `detente.questions.wishes`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from detente.game import Setting
from detente.look.summary import listed
from detente.model.case import Case
from detente.model.items import Concern, Option, Party
from detente.model.statements import Compare, If, Not, Tree, spelled_out
from detente.questions.phrases import all_of, called, cited, having, in_words, named
from detente.questions.wishes import Preferences, Wish, opposites
from detente.questions.wording import ordinal

MOST_STATES = 1 << 17
MOST_SHARED_BY_SOME = 2
NOWHERE = 1_000_000


@dataclass(frozen=True, slots=True)
class Place:
    """Where a goal stands among a party's concerns, from 1.

    Parameters
    ----------
    cited : str
        Where the concern comes from; "" in a case without sources.
    condition : str
        In words, if what the concern asks for there is conditional; else "".
    stated : bool
        Whether the concern says just this, and not something from which it follows.
    """

    party: Party
    number: int
    concern: Concern
    cited: str = ""
    condition: str = ""
    stated: bool = True


@dataclass(frozen=True, slots=True)
class Goal:
    """Something that several parties want.

    Parameters
    ----------
    label : str
        What it is called: by a concern that states it, else by the option.
    said : str
        The same in a sentence: ``‘talks’``, ``no ‘border fence’``.
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
    said: str
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
            told.append(f"{who} would rather {having(self.said)}, other things equal{self._where(always)}.")
        if others:
            who = listed([party.label for party in others])
            what = "So would" if always else f"{self.said} is a concern of"
            unless = " where no higher concern stands against it" if always else ""
            told.append(f"{what} {who}{unless}{self._where(others)}.")
        return " ".join(told)

    def brief(self) -> str:
        """Say who shares it, in a few words: ``Egypt and Sudan share ‘daily data’``."""
        wish = "the wish for " if self.said.startswith("no ") else ""
        return f"{listed([party.label for party in self.parties])} share {wish}{self.said}{self._where(self.parties)}"

    def _where(self, parties: Sequence[Party]) -> str:
        """Say where each party states it, and for whom it only follows from its other concerns."""
        places = [place for place in self.places if place.party in parties]
        silent = [party for party in parties if not any(place.party == party for place in places)]
        listing = [party for party in silent if party.concerns is not None]
        told = [f"{place.party.label}'s {_numbered(place)}" for place in places]
        if listing:
            whom = f" of {listed([party.label for party in listing])}" if places or len(listing) < len(parties) else ""
            told.append(f"implied by {'their' if not whom else 'the'} other concerns{whom}")
        told += [f"by {party.label}'s {_scale(party)}" for party in silent if party not in listing]
        return f" ({'; '.join(told)})" if told else ""


@dataclass(frozen=True, slots=True)
class Parting:
    """Something that one party wants and another one wants not.

    Parameters
    ----------
    label : str
        What it is called: by its option, else by the concern of who wants it.
    said : str
        The same in a sentence.
    wants, against : Party
        Who wants it to be so, and who wants the opposite.
    place, other : Place or None
        Their concerns that decide it; None for a party with a ranking or weights.
    """

    label: str
    said: str
    wants: Party
    against: Party
    place: Place | None
    other: Place | None

    def sentence(self) -> str:
        """Say what they part over, with the rank, the condition and the source of each side's concern."""
        return (
            f"{self.said}: {self.wants.label} wants it{_ground(self.wants, self.place)}, {self.against.label} does not"
            f"{_ground(self.against, self.other)}."
        )

    @property
    def core(self) -> bool:
        """Whether a core concern of either is behind it."""
        return any(place is not None and place.concern.core for place in (self.place, self.other))


@dataclass(frozen=True, slots=True)
class CommonGround:
    """What parties share, and where the counted ones part.

    Parameters
    ----------
    case : Case
    goals : tuple of Goal
        Those of all parties first, then those of all counted parties.
    by_some : tuple of Goal
        Goals of several counted parties, but not of all; at least one of them states it.
    partings : tuple of Parting
        Between counted parties: over a core concern first, then the one over the highest concern first.
    implied : bool
        Whether preferences other things equal were looked at; not where there are too many states.
    """

    case: Case
    goals: tuple[Goal, ...]
    by_some: tuple[Goal, ...]
    partings: tuple[Parting, ...]
    implied: bool

    def sentences(self, most: int = 3) -> list[str]:
        """Return the common ground in sentences, at most `most` goals and as many partings."""
        told = [goal.sentence() for goal in self.goals[:most]]
        if not told:
            some = "; ".join(goal.brief() for goal in self.by_some[:MOST_SHARED_BY_SOME])
            told.append(f"No goal is shared by {self._everyone()}" + (f"; {some}." if some else "."))
        if self.partings:
            told.append("They part over:")
            told += [f"  {parting.sentence()}" for parting in self.partings[:most]]
            if len(self.partings) > most:
                told.append(f"  and {len(self.partings) - most} more.")
        elif self.implied:
            but = ", though rules can set their wishes against each other" if self.case.rules else ""
            told.append(f"They part over no single option, other things equal{but}.")
        return told

    def _everyone(self) -> str:
        """Name the parties that count: ``both``, ``all four``, or by name where others do not count."""
        counted = [self.case.party(id).label for id in self.case.counted]
        if len(counted) < 2:
            return all_of(self.case.parties)
        return all_of(counted) if len(counted) == len(self.case.parties) else listed(counted)

    def data(self) -> dict[str, Any]:
        """Return the common ground as JSON-ready data."""
        return {
            "shared": [_shared(goal) for goal in self.goals],
            "shared by some": [_shared(goal) for goal in self.by_some],
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


def _shared(goal: Goal) -> dict[str, Any]:
    return {
        "goal": goal.label,
        "parties": [party.id for party in goal.parties],
        "everybody": goal.everybody,
        "other things equal": list(goal.implied),
        "concerns": {place.party.id: place.number for place in goal.places},
    }


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
    preferences = Preferences(setting) if small else None
    wished = preferences.wished() if preferences else {}
    counted = [case.party_ids.index(id) for id in case.counted]
    stated = _stated(case)
    goals = sorted(_goals(case, wished, stated), key=lambda goal: (not goal.everybody, _height(goal)))
    shared = [goal for goal in goals if goal.everybody or (goal.counted and len(counted) > 1)]
    some = [goal for goal in goals if goal not in shared and goal.places and _sharing(goal, case) > 1]
    some.sort(key=lambda goal: (-_sharing(goal, case), _height(goal)))
    partings = sorted(_partings(case, preferences, wished, stated), key=lambda each: (not each.core, _sharpness(each)))
    return CommonGround(case, tuple(shared), tuple(some), tuple(partings), small)


def _stated(case: Case) -> dict[Tree, list[Place]]:
    """Return who states what, by meaning: each party's highest concern that says so."""
    found: dict[Tree, list[Place]] = {}
    for party in case.parties:
        for number, concern in enumerate(party.concerns or (), 1):
            places = found.setdefault(_meaning(concern.want.tree), [])
            if not any(place.party is party for place in places):
                places.append(Place(party, number, concern, cited(concern.mark, case)))
    return found


def _goals(case: Case, wished: Mapping[Wish, list[int]], stated: Mapping[Tree, list[Place]]) -> Iterator[Goal]:
    """Yield what at least two parties want: each by stating it or preferring it other things equal."""
    parties = case.parties
    literals = {_literal(case.option(key), sense): (key, sense) for key, sense in wished}
    for tree in dict.fromkeys((*literals, *stated)):
        places = stated.get(tree, [])
        implied = wished[literals[tree]] if tree in literals else []
        want = sorted({*implied, *(parties.index(place.party) for place in places)})
        if len(want) < 2:
            continue
        ids = {parties[party].id for party in want}
        labels = {place.concern.label for place in places}
        if tree in literals and (len(places) < 2 or len(labels) > 1 or not places[0].concern.mark.name):
            option = case.option(literals[tree][0])
            label, said = _called(option, tree, option.label), _called(option, tree, named(option, case))
        else:
            label, said = places[0].concern.label, called(places[0].concern, case)
        who = tuple(parties[party] for party in want)
        prefer = tuple(parties[party].id for party in implied)
        everybody, counted = len(want) == len(parties), set(case.counted) <= ids
        yield Goal(label, said, tree, who, tuple(places), prefer, everybody, counted)


def _partings(
    case: Case,
    preferences: Preferences | None,
    wished: Mapping[Wish, list[int]],
    stated: Mapping[Tree, list[Place]],
) -> Iterator[Parting]:
    """Yield what one counted party wants and another wants not: other things equal, or by saying the opposite."""
    seen: set[tuple[str, str, Tree]] = set()
    for key, sense in wished if preferences else ():
        if sense < 0:
            continue
        tree = _literal(case.option(key), 1)
        for one in (case.parties[party] for party in wished[key, 1]):
            for other in (case.parties[party] for party in wished.get((key, -1), [])):
                if {one.id, other.id} <= set(case.counted) and preferences:
                    seen.add((one.id, other.id, tree))
                    place = _behind(case, preferences, one, key, tree)
                    opposite = _behind(case, preferences, other, key, _negated(tree))
                    yield Parting(*_over(case, key), one, other, place, opposite)
    for tree, places in stated.items():
        for place in places:
            for opposite in stated.get(_negated(tree), []):
                sides = place.party.id, opposite.party.id
                positive = not isinstance(tree, Not)
                if positive and set(sides) <= set(case.counted) and (*sides, tree) not in seen:
                    names = place.concern.label, called(place.concern, case)
                    if isinstance(tree, Compare) and tree == _literal(case.option(str(tree.option)), 1):
                        names = _over(case, str(tree.option))
                    yield Parting(*names, place.party, opposite.party, place, opposite)
    if preferences:
        yield from _opposed(case, preferences.setting, stated)


def _opposed(case: Case, about: Setting, stated: Mapping[Tree, list[Place]]) -> Iterator[Parting]:
    """Yield what one counted party wants and another wants the opposite of, however the two are written."""
    for one, other in opposites(about, [*stated]):
        for wants, against in product(stated[one], stated[other]):
            plainly = one == _negated(other) or other == _negated(one)
            if not plainly and {wants.party.id, against.party.id} <= set(case.counted):
                said = called(wants.concern, case)
                yield Parting(wants.concern.label, said, wants.party, against.party, wants, against)


def _over(case: Case, key: str) -> tuple[str, str]:
    """Return what a parting over an option is called, and how that is said."""
    option = case.option(key)
    more = _literal(option, 1)
    return _called(option, more, option.label), _called(option, more, named(option, case))


def _behind(case: Case, preferences: Preferences, party: Party, key: str, tree: Tree) -> Place | None:
    """Return a party's concern that states something, else the first one from which its wish follows."""
    numbered = list(enumerate(party.concerns or (), 1))
    for number, concern in numbered:
        if _meaning(concern.want.tree) == tree:
            return Place(party, number, concern, cited(concern.mark, case))
    place = preferences.deciding(case.party_ids.index(party.id), key)
    if place is None:
        return None
    number, concern = numbered[place]
    match spelled_out(concern.want.tree):
        case If(then, when) if _meaning(then) == tree:
            return Place(party, number, concern, cited(concern.mark, case), in_words(when, case), stated=False)
    return Place(party, number, concern, cited(concern.mark, case), stated=False)


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


def _called(option: Option, tree: Tree, label: str) -> str:
    more = "more of " if option.levels else ""
    less = "less of " if option.levels else "no "
    return f"{less if isinstance(tree, Not) else more}{label}"


def _sharing(goal: Goal, case: Case) -> int:
    """Return how many of those whose core concerns count share a goal."""
    return sum(party.id in case.counted for party in goal.parties)


def _height(goal: Goal) -> tuple[int, int]:
    numbers = sorted(place.number for place in goal.places)
    return (numbers[0] if numbers else NOWHERE, -len(goal.parties))


def _sharpness(parting: Parting) -> tuple[int, ...]:
    return tuple(sorted(place.number if place else NOWHERE for place in (parting.place, parting.other)))


def _ground(party: Party, place: Place | None) -> str:
    """Say on what ground a party wants something or does not: its condition, rank and source."""
    if place is None:
        return f" (by its {_scale(party)})"
    condition = f" if {place.condition}" if place.condition else ""
    implied = "" if place.stated or condition else "implied by "
    return f"{condition} ({implied}its {_numbered(place)})"


def _numbered(place: Place) -> str:
    core = ", core" if place.concern.core else ""
    return f"{ordinal(place.number)} concern{core}{f', {place.cited}' if place.cited else ''}"


def _scale(party: Party) -> str:
    return "ranking" if party.weights is None else "weights"
