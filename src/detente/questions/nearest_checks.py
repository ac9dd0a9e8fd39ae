"""This module owns what makes edits a nearest change: with them the goal passes, with any fewer it does not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations
from typing import Any

import numpy as np

from detente.engine.interface import StateSet
from detente.errors import DetenteError
from detente.game import Setting
from detente.model.case import Case
from detente.model.edits import AddAssurance, AddConcern, Edit, PayAfterSuccess, SetPatience
from detente.model.statements import Compare, Not
from detente.questions.certificate import Certificate
from detente.questions.lasting import lasting
from detente.questions.nearest import Candidate, World
from detente.questions.nearest_aim import LASTS, Aim
from detente.questions.nearest_kinds import Kinds, Part, taking_up
from detente.questions.reachability import UNREACHED
from detente.questions.verdicts import Judge

FEW = 4  # of so many edits every smaller set is tried; of more, each set with one edit less


@dataclass(frozen=True, slots=True, eq=False)
class Nearest:
    """One set of edits after which the goal passes, checked.

    Parameters
    ----------
    edits : tuple of Edit
    cost : int
    about : Setting
        The edited case, under the approach that then holds.
    passing : StateSet
        What passes then.
    without : tuple of mappings
        For each edit, which verdicts fail without it, and who then leaves.
    """

    edits: tuple[Edit, ...]
    cost: int
    about: Setting
    passing: StateSet
    without: tuple[Mapping[str, Any], ...]


def tempted(nearest: Nearest, stated: Fraction | None) -> tuple[str, ...]:
    """Return the parties that would leave the first state that passes at the patience stated before the edits."""
    about = nearest.about
    found = lasting(about, nearest.passing.first(1)[0])
    stated = Fraction(0) if stated is None else stated
    return tuple(about.case.party_ids[t.party] for t in found.temptations if t.patience is None or t.patience > stated)


class Checker:
    """Applies sets of edits and looks whether the goal passes: with all of them, and with any fewer."""

    def __init__(self, aim: Aim, kinds: Kinds) -> None:
        self.aim, self.kinds = aim, kinds
        self.minimal: list[frozenset[tuple[str, ...]]] = []
        self._passing: dict[tuple[Edit, ...], tuple[Setting, StateSet] | None] = {(): None}

    def check(self, candidate: Candidate) -> Nearest | None:
        """Return a candidate as a nearest change; None where it does not do, or fewer edits do."""
        lowered = self._lowered(candidate)
        if self.passing(lowered.edits) is not None:
            candidate = lowered
        now = self.passing(candidate.edits)
        if now is None:
            return None
        number = len(candidate.edits)
        sizes = range(number) if number <= FEW else [number - 1]
        subsets = (few for size in sizes for few in combinations(candidate.edits, size))
        if any(self.passing(few) is not None for few in subsets):
            return None
        self.minimal.append(candidate.atoms)
        about, passing = now
        word = about.word(passing.first(1)[0])
        without = tuple(
            self._without(candidate.edits[:place] + candidate.edits[place + 1 :], word)
            for place in range(len(candidate.edits))
        )
        return Nearest(candidate.edits, candidate.cost, about, passing, without)

    def passing(self, edits: tuple[Edit, ...]) -> tuple[Setting, StateSet] | None:
        """Return what passes after edits; None where nothing does, or they cannot be applied."""
        if edits not in self._passing:
            self._passing[edits] = None
            about = self._after(edits)
            if about is not None and (passing := self.aim.passing(about)):
                self._passing[edits] = about, passing
        return self._passing[edits]

    def _after(self, edits: Sequence[Edit]) -> Setting | None:
        try:
            return self.aim.setting(self.kinds.case.edit(*edits), self.kinds.assuring)
        except DetenteError:
            return None

    def _without(self, edits: tuple[Edit, ...], word: str) -> dict[str, Any]:
        """Tell what fails of a state when one edit is left out."""
        about = self._after(edits)
        if about is None:
            return {"fails": ["the other edits cannot be made without it"], "leaving": []}
        try:
            state = about.states(word).first(1)[0]
        except DetenteError:
            return {"fails": ["the outcome is not possible"], "leaving": []}
        judge = Judge(about)
        verdicts = judge.verdicts(state)
        failed = [name for name in verdicts.failed if name in self.aim.verdicts]
        if verdicts.reachable_by == UNREACHED and "reachable" not in failed and "reachable" in self.aim.verdicts:
            failed.append("reachable")
        if not self.aim.lasts(verdicts.lasts) and LASTS not in failed:
            failed.append(LASTS)
        leaving = [id for party, id in enumerate(about.case.party_ids) if state not in judge.nash(party)]
        return {"fails": failed, "leaving": leaving}

    def _lowered(self, candidate: Candidate) -> Candidate:
        """Put the concerns that are taken up as low as they still do."""
        if not candidate.parts:
            return candidate
        world, parts = candidate.world, list(candidate.parts)
        targets = world.targets if self.aim.states else np.array([candidate.target])
        for place, part in enumerate(parts):
            parts[place] = _in_kind(world, _lowest(world, parts, part, targets), targets)
        mending = (edit for edit in candidate.edits if isinstance(edit, SetPatience | PayAfterSuccess))
        edits = (*world.edits, *(edit for part in parts for edit in part.edits), *mending)
        return replace(candidate, edits=edits, parts=tuple(parts))


def _in_kind(world: World, part: Part, targets: Any) -> Part:
    """Put the best there is to promise something for: what the party demands, before what another does, or does not.

    Nobody's own move changes what others give, so whatever is true of the outcome keeps a promise as well.
    """
    if not (part.promises and world.alone):
        return part
    edits: list[Edit] = []
    for edit in part.edits:
        if isinstance(edit, AddAssurance):
            arena, option = world.bench.arena, Compare(world.case.position[edit.option])
            fitting = [
                contract.iff
                for contract in world.kinds.offers(part.party, edit.option)
                if (arena.truth(world.bench.bound(contract.iff.tree)) == arena.truth(option))[targets].all()
            ]
            edit = replace(edit, iff=min(fitting, key=lambda iff: isinstance(iff.tree, Not), default=edit.iff))
        edits.append(edit)
    return replace(part, edits=tuple(edits))


def _lowest(world: World, parts: Sequence[Part], part: Part, targets: Any) -> Part:
    adding = [edit for edit in part.edits if isinstance(edit, AddConcern)]
    if not adding:
        return part
    taken = [edit.concern for edit in adding]
    kept = tuple(concern for concern in part.concerns or () if not any(concern is each for each in taken))
    bare = replace(part, concerns=kept, edits=tuple(edit for edit in part.edits if not isinstance(edit, AddConcern)))
    gaps = [int(edit.at or 0) - number for number, edit in enumerate(adding)]
    party = world.case.party_ids.index(part.party)
    group = next(group for group in world.groups if party in group)
    ids = {world.case.party_ids[member] for member in group}
    others = {each.party: each for each in parts if each.party in ids and each is not part}
    for id in ids - set(others) - {part.party}:
        others[id] = Part(id, world.case.party(id).concerns)
    for number in range(len(taken)):
        tries = [taking_up(bare, taken, [*gaps[:number], gap, *gaps[number + 1 :]]) for gap in range(len(kept) + 1)]
        keeps = world.keeps(group, [(each, *others.values()) for each in tries], targets).all(axis=1)
        good = np.flatnonzero(keeps)
        if good.size:
            gaps[number] = max(gaps[number], int(good[-1]))
    return taking_up(bare, taken, gaps)


def certificate(case: Case, aim: Aim, nearest: Nearest) -> Certificate:
    """Return the evidence for a nearest change: the edits, and what fails without each of them."""
    without = [{"without": place, **told} for place, told in enumerate(nearest.without)]
    return Certificate(
        "nearest change",
        True,
        nearest.about.word(nearest.passing.first(1)[0]),
        nearest.about.approach,
        case.fingerprint,
        case.conventions.data(),
        evidence={
            "edits": [edit.data() for edit in nearest.edits],
            "goal": None if aim.goal is None else str(aim.goal),
            "states": list(aim.states),
            "verdicts": sorted(aim.verdicts),
            "without each": without,
        },
    )
