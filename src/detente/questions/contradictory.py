"""This module owns the contradictions of a case: which demands cannot be had together, by which rules, and how that is
said.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, reduce
from operator import and_
from typing import Any

from detente.engine.interface import Definition, StateSet
from detente.game import Setting, setting, space_of
from detente.look.summary import listed
from detente.model.approaches import NONE
from detente.model.case import Case
from detente.model.items import Demand
from detente.model.statements import Tree, bind
from detente.model.states import word
from detente.questions.certificate import Certificate
from detente.questions.clashes import Possible, Solver, among, by_solver, clashing, minimal_sets, restrictions
from detente.questions.delivery import Repair
from detente.questions.phrases import opening, under
from detente.questions.reasons import clash_of
from detente.questions.repairs import Broken, repairs
from detente.questions.sequences import InOrder, sequences
from detente.questions.windows import said as times
from detente.questions.windows import stages


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Demands that cannot be had together.

    Parameters
    ----------
    demands, senders : tuple of str
        The demands' ids; whose they are.
    kind : str
        logical, causal or resource, as the clashing rules are; credibility where only what holds is missing.
    because : tuple of str
        The clashing rules as texts; () where the demands clash by what they say.
    text : str
        The contradiction as a sentence.
    possible_without : mapping from demand id to state word
        A state that meets all the others.
    possible_with : str
        For credibility: a state that meets them all, though it does not hold by itself; else "".
    holds_credibly : bool
        For credibility: whether some SEQ equilibrium meets them all; None where that is undecided.
    in_turn : tuple of InOrder
        The orders in which they can be met one after the other, and those that fail with the reason.
    """

    demands: tuple[str, ...]
    senders: tuple[str, ...]
    kind: str
    because: tuple[str, ...]
    text: str
    repairs: tuple[Repair, ...]
    possible_without: Mapping[str, str]
    possible_with: str = ""
    holds_credibly: bool | None = False
    certificates: tuple[Certificate, ...] = ()
    in_turn: tuple[InOrder, ...] = ()

    def data(self) -> dict[str, Any]:
        """Return the contradiction in its published form."""
        credibility = {"possible with": self.possible_with, "some SEQ equilibrium": self.holds_credibly}
        return {
            "demands": list(self.demands),
            "from": list(self.senders),
            "kind": self.kind,
            "because": list(self.because),
            "repairs": [repair.data() for repair in self.repairs],
            "text": self.text,
            "possible without": dict(self.possible_without),
            **(credibility if self.kind == "credibility" else {}),
            **({"in turn": [order.data() for order in self.in_turn]} if self.in_turn else {}),
            "certificates": [certificate.data() for certificate in self.certificates],
        }


@dataclass(frozen=True, slots=True)
class Contradictions:
    """Contradictions, smallest first, and whether these are all."""

    items: tuple[Contradiction, ...]
    complete: bool


@dataclass(frozen=True)
class Ground:
    """What demands are judged by: the listed states of a setting, or the rules alone where there are too many.

    Parameters
    ----------
    case : Case
        As written.
    approach : str
    setting : Setting or None
        None where the states cannot be listed, for `reason`.
    """

    case: Case
    approach: str
    setting: Setting | None = field(compare=False)
    reason: str = ""

    @cached_property
    def rewritten(self) -> Case:
        """The case under its approach."""
        return self.case.under(self.approach)

    @cached_property
    def trees(self) -> list[Tree]:
        """What the demands ask for, over option indices."""
        return [bind(demand.that.tree, self.case.position) for demand in self.case.demands]

    @cached_property
    def sets(self) -> list[StateSet]:
        """For each demand, the states that meet it."""
        return [] if self.setting is None else [self.setting.game.where(tree) for tree in self.trees]

    @cached_property
    def stable(self) -> StateSet:
        """The outcomes that hold by themselves."""
        assert self.setting is not None
        return self.setting.equilibria(Definition.NASH)

    @cached_property
    def solver(self) -> Solver:
        """The rules as clauses; only where the states cannot be listed."""
        return Solver(space_of(self.rewritten))

    @cached_property
    def possible(self) -> Possible:
        """Which demands some feasible state meets together."""
        if self.setting is not None:
            return among(self.sets, self.setting.game.feasible())
        return by_solver(self.solver, [self.solver.literal(tree) for tree in self.trees])

    def witness(self, wanted: Sequence[int]) -> str:
        """Return the word of a feasible state that meets some demands, by their places."""
        if self.setting is not None:
            states = reduce(and_, (self.sets[n] for n in wanted), self.setting.game.feasible())
            return self.setting.word(states.first(1)[0])
        model = self.solver.model([self.solver.literal(self.trees[n]) for n in wanted])
        assert model is not None
        return word(self.solver.values(model), self.case.options)

    def meets(self, edited: Case, trees: Sequence[Tree]) -> bool:
        """Return whether a feasible state of an edited case meets statements over option keys."""
        bound = [bind(tree, edited.position) for tree in trees]
        same = edited.rules == self.case.rules
        if same and self.setting is None:
            return self.solver.model([self.solver.literal(tree) for tree in bound]) is not None
        if same and self.setting is not None:
            return bool(reduce(and_, (self.setting.game.where(tree) for tree in bound), self.setting.game.feasible()))
        space = space_of(edited.under(self.approach))
        return not clashing(space, bound, restrictions(space)).sets

    def holds(self, edited: Case, trees: Sequence[Tree]) -> bool:
        """Return whether a state that holds by itself in an edited case meets statements over option keys."""
        about = setting(edited, self.approach)
        return bool(reduce(and_, (about.where(tree) for tree in trees), about.equilibria(Definition.NASH)))

    def elsewhere(self, asked: Sequence[Demand]) -> str:
        """Say under which other approaches a state that holds by itself meets some demands; "" for none."""
        names = [name for name in (NONE, *(each.id for each in self.case.approaches)) if name != self.approach]
        abouts = [setting(self.case, name) for name in names]
        met = [reduce(and_, (a.where(each.that) for each in asked), a.equilibria(Definition.NASH)) for a in abouts]
        return under(self.case, *(name for name, states in zip(names, met, strict=True) if states))


def contradictions(ground: Ground, limit: int) -> Contradictions:
    """Return the demands that no feasible state, or no state that holds by itself, meets together; smallest first."""
    size = len(ground.case.demands)
    hard = minimal_sets(size, ground.possible, limit)
    found = [_hard(ground, sorted(places)) for places in hard.sets]
    complete = hard.complete
    if ground.setting is not None and ground.stable:
        unstable = minimal_sets(size, among(ground.sets, ground.stable), limit)
        new = [places for places in unstable.sets if places not in set(hard.sets)]
        found += [_credibility(ground, sorted(places)) for places in new if ground.possible(places) is not None]
        complete = complete and unstable.complete
    found.sort(key=lambda each: (each.kind == "credibility", len(each.demands)))
    return Contradictions(tuple(found[:limit]), complete and len(found) <= limit)


def _hard(ground: Ground, places: list[int]) -> Contradiction:
    asked = [ground.case.demands[n] for n in places]
    clash = clash_of(ground.rewritten, [ground.trees[n] for n in places])
    without = {ground.case.demands[n].id: ground.witness([m for m in places if m != n]) for n in places}
    ids = tuple(demand.id for demand in asked)
    certificate = Certificate(
        "contradiction",
        True,
        "",
        ground.approach,
        ground.case.fingerprint,
        ground.case.conventions.data(),
        evidence={"demands": list(ids), "possible without": without},
    )
    in_turn = () if ground.setting is None else sequences(ground.setting, asked)
    broken = Broken(ground.case, tuple(asked), ground.meets, ground.setting, clash.rules, in_turn)
    text = f"{_together(asked, ground.case)}{clash.said}.{_alone(asked)}{_timed(asked, in_turn)}"
    return Contradiction(
        ids,
        _senders(asked),
        clash.kind,
        clash.because,
        text,
        repairs(broken),
        without,
        certificates=(certificate,),
        in_turn=in_turn,
    )


def _credibility(ground: Ground, places: list[int]) -> Contradiction:
    about = ground.setting
    assert about is not None
    asked = [ground.case.demands[n] for n in places]
    sets = [ground.sets[n] for n in places]
    undecided = about.undecided(Definition.SEQ)
    credible = None if undecided else bool(reduce(and_, sets, about.equilibria(Definition.SEQ)))
    without = {}
    for n in places:
        kept = reduce(and_, (ground.sets[m] for m in places if m != n), ground.stable)
        without[ground.case.demands[n].id] = about.word(kept.first(1)[0])
    broken = Broken(ground.case, tuple(asked), ground.holds)
    what = "is met" if len(asked) == 1 else "are met together"
    answer = (
        "one that holds by credible answers (SEQ) does" if credible else "nor in one that holds by credible answers"
    )
    tail = f"though {answer}" if credible else answer
    if undecided:
        tail = "whether in one that holds by credible answers (SEQ) is not decided"
    where = under(ground.case, ground.approach)
    text = f"{_named(asked, ground.case)} {what} in no state that holds by itself {where}, {tail}."
    if others := ground.elsewhere(asked):
        them = "it" if len(asked) == 1 else "them"
        text += f" {opening(others)} a state that holds by itself meets {them}."
    because = ("no state that holds by itself (Nash) meets them",)
    ids = tuple(demand.id for demand in asked)
    return Contradiction(
        ids, _senders(asked), "credibility", because, text, repairs(broken), without, ground.witness(places), credible
    )


def _senders(asked: Sequence[Demand]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(demand.sender for demand in asked))


def _named(asked: Sequence[Demand], case: Case) -> str:
    """Name demands with who asks whom: ``‘operation’ and ‘talks’ (both United States → Pakistan)``."""
    sides = [f"{case.party(demand.sender).label} → {case.party(demand.to).label}" for demand in asked]
    if len(set(sides)) == 1:
        every = {1: "", 2: "both "}.get(len(asked), "all ")
        return f"{listed([f'‘{demand.label}’' for demand in asked])} ({every}{sides[0]})"
    return listed([f"‘{demand.label}’ ({side})" for demand, side in zip(asked, sides, strict=True)])


def _together(asked: Sequence[Demand], case: Case) -> str:
    return f"{_named(asked, case)} " + ("cannot be met" if len(asked) == 1 else "cannot be met together")


def _timed(asked: Sequence[Demand], in_turn: Sequence[InOrder]) -> str:
    """Say what the demands' times have to do with it, and which orders of meeting them fail."""
    if len(asked) < 2:
        return ""
    told = []
    if any(times(demand) for demand in asked):
        when = [f"‘{demand.label}’ {times(demand) or 'at any time'}" for demand in asked]
        apart = len(stages(asked)) > 1
        told.append(f"They are asked for {'at different times' if apart else 'with times'}: {listed(when)}.")
    told += [f"As timed, {each.text}." for each in in_turn if each.legs is not None and not each.edits]
    told += [f"{opening(each.text)}." for each in in_turn if each.legs is None]
    return "".join(f" {sentence}" for sentence in told)


def _alone(asked: Sequence[Demand]) -> str:
    if len(asked) == 1:
        return ""
    return " Either alone can be." if len(asked) == 2 else " Without any one of them, the others can be."
