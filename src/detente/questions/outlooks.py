"""This module owns what one approach leads to: what holds, whose core concerns and which demands it meets.

References
----------
The definitions: see `detente.questions.stability`; coalition improvement: see `detente.questions.coalitions`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import and_
from typing import Any

from detente.engine.interface import Definition, StateSet
from detente.errors import TooLargeError
from detente.game import Setting
from detente.look.summary import counted, many
from detente.model.approaches import completion_note
from detente.model.items import Concern, Deference, Party
from detente.model.statements import holds
from detente.questions.clauses import clauses_in_words
from detente.questions.coalitions import coalition_proof, listed_coalitions
from detente.questions.phrases import changes, in_words, opening, under
from detente.questions.reachability import GRADES, reachabilities
from detente.questions.verdicts import Judge
from detente.questions.wording import doing

LIMIT = 10_000
LISTED = {"symbolic": 100}  # how many states a list holds by default, where that is not 10,000
MOST_SHOWN = 2
AS_THINGS_STAND = "as things stand"


@dataclass(frozen=True)
class Outlook:
    """What one approach leads to.

    Parameters
    ----------
    setting : Setting
    name, label : str
        The approach's id and its readable name.
    feasible : int
        How many states are possible.
    counts : mapping from definition to int
        How many equilibria there are; None where undecided.
    accommodating : mapping from definition to tuple of str
        The equilibria that meet every core concern of every counted party, at most `limit` each; None where undecided.
    accommodating_counts : mapping from definition to int
        How many of these there are; None where undecided.
    meeting : mapping from party id to int
        How many Nash equilibria meet all core concerns of each counted party.
    demands_met : mapping from demand id to str
        In how many Nash equilibria a demand is met: all, some or none; none where there is no equilibrium.
    core_met : mapping from party id to mapping from concern to str
        The same for every core concern of every party.
    others_broken : mapping from party id to mapping from concern to str
        For parties that are not counted: core concerns broken in all or some accommodating Nash equilibria.
    coalition_proof : tuple of str, or None
        The Nash equilibria that no listed coalition can upset; None where the approach lists none, or it is undecided.
    shown : tuple of (str, str)
        Two Nash equilibria, or all where there are three, those that meet all core concerns first: each word, with
        what it changes today; "" for a state that only has a name.
    notes : tuple of str
        What the approach changes today, and whether deference counts.
    undecided : mapping from definition to str
        Under which definitions it is not decided what holds, and why.
    """

    setting: Setting = field(compare=False)
    name: str
    label: str
    feasible: int
    counts: Mapping[str, int | None]
    accommodating: Mapping[str, tuple[str, ...] | None]
    accommodating_counts: Mapping[str, int | None]
    meeting: Mapping[str, int]
    demands_met: Mapping[str, str]
    core_met: Mapping[str, Mapping[str, str]]
    others_broken: Mapping[str, Mapping[str, str]]
    coalition_proof: tuple[str, ...] | None
    shown: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    undecided: Mapping[str, str] = field(default_factory=dict)

    @property
    def under(self) -> str:
        """What it is under: ``as things stand``, ``under ‘mercenary’``."""
        return under(self.setting.case, self.name)

    @property
    def assumes(self) -> list[str]:
        """What the approach assumes, in plain sentences; none for the case as it stands."""
        return clauses_in_words(self.setting.case, self.name)

    @property
    def nothing(self) -> str:
        """That nothing holds by itself, as a sentence; "" where something does."""
        return "" if self.nash else f"Nothing holds by itself {self.under}."

    def outcomes(self) -> list[str]:
        """Return the first outcomes that hold by themselves, a line each, told by what they change today."""
        if self.nothing:
            return [self.nothing]
        told = [f"{opening(self.under)}:", *(f"  {word}: {text}" if text else f"  {word}" for word, text in self.shown)]
        more = self.nash - len(self.shown)
        return [*told, f"  and {many(more)} more."] if more else told

    @property
    def nash(self) -> int:
        """How many Nash equilibria there are; these are always decided."""
        return self.counts[Definition.NASH.value] or 0

    @property
    def meeting_all(self) -> int:
        """How many Nash equilibria meet all core concerns of all counted parties."""
        return self.accommodating_counts[Definition.NASH.value] or 0

    def data(self) -> dict[str, Any]:
        """Return the outlook in its published form."""
        return {
            "name": self.name,
            "feasible": self.feasible,
            "counts": dict(self.counts),
            "accommodating equilibria": {
                d: None if words is None else list(words) for d, words in self.accommodating.items()
            },
            "accommodating counts": dict(self.accommodating_counts),
            "meeting": dict(self.meeting),
            "meeting all": self.meeting_all,
            "demands met": dict(self.demands_met),
            "core concerns met": {party: dict(met) for party, met in self.core_met.items()},
            "core concerns of others broken": {party: dict(broken) for party, broken in self.others_broken.items()},
            "coalition proof": None if self.coalition_proof is None else list(self.coalition_proof),
            "assumes": self.assumes,
            "notes": [note for note in (*self.notes, self.nothing) if note],
            **({"undecided": dict(self.undecided)} if self.undecided else {}),
        }


def listed_at_most(about: Setting) -> int:
    """Return how many states a list holds by default."""
    return LISTED.get(about.game.engine, LIMIT)


def outlook(about: Setting, limit: int | None = None) -> Outlook:
    """Return what one approach leads to."""
    limit = listed_at_most(about) if limit is None else limit
    judge, case = Judge(about), about.case
    nash = judge.equilibria(Definition.NASH)
    undecided = {d.value: why for d in Definition if (why := about.undecided(d))}
    equilibria = {d.value: None if d.value in undecided else judge.equilibria(d) for d in Definition}
    accommodating = {name: s if s is None else s & judge.accommodating for name, s in equilibria.items()}
    met = nash & judge.accommodating
    core = {party.id: core_of(party) for party in case.parties}
    meeting = {
        id: reduce(and_, (judge.where(concern.want) for concern in core[id]), nash).count() for id in case.counted
    }
    labels = {approach.id: approach.label for approach in case.approaches}
    try:
        proof = _proof(about, nash, limit)
    except TooLargeError as reason:
        proof, undecided = None, undecided | {"coalition proof": str(reason)}
    return Outlook(
        about,
        about.approach,
        labels.get(about.approach, AS_THINGS_STAND),
        about.game.feasible().count(),
        {name: s if s is None else s.count() for name, s in equilibria.items()},
        {name: s if s is None else tuple(about.words(s, limit)) for name, s in accommodating.items()},
        {name: s if s is None else s.count() for name, s in accommodating.items()},
        meeting,
        {demand.id: share(nash, judge.where(demand.that)) for demand in case.demands},
        {
            id: {concern.label: share(nash, judge.where(concern.want)) for concern in concerns}
            for id, concerns in core.items()
            if concerns
        },
        _broken(judge, met, core),
        proof,
        tuple(_shown(judge, met, nash)),
        tuple(_notes(judge, nash)),
        undecided,
    )


def share(states: StateSet, met: StateSet) -> str:
    """Return in how many of some states something is met: all, some or none; none where there are no states."""
    if not states & met:
        return "none"
    return "some" if states - met else "all"


def core_of(party: Party) -> list[Concern]:
    return [concern for concern in party.concerns or () if concern.core]


def _broken(judge: Judge, states: StateSet, core: Mapping[str, Sequence[Concern]]) -> dict[str, dict[str, str]]:
    """Return, for parties that are not counted, which core concerns all or some of the states break."""
    found: dict[str, dict[str, str]] = {}
    for id, concerns in core.items():
        if id not in judge.setting.case.counted:
            shares = {concern.label: share(states, ~judge.where(concern.want)) for concern in concerns}
            broken = {label: much for label, much in shares.items() if much != "none"}
            if broken:
                found[id] = broken
    return found


def _proof(about: Setting, nash: StateSet, limit: int) -> tuple[str, ...] | None:
    if not listed_coalitions(about):
        return None
    return tuple(about.word(state) for state in coalition_proof(about, nash.first(limit)))


def _shown(judge: Judge, accommodating: StateSet, nash: StateSet) -> Iterator[tuple[str, str]]:
    """Yield some outcomes that hold by themselves, with what they change today."""
    about = judge.setting
    most = MOST_SHOWN if nash.count() > MOST_SHOWN + 1 else MOST_SHOWN + 1  # "and 1 more" is no shorter than that one
    for state in [*accommodating.first(most), *(nash - accommodating).first(most)][:most]:
        if about.today is None or not about.case.options:
            told = doing(about, state) if about.case.options else ""
        elif state == about.today:
            told = "as today"
        else:
            told = changes(about.case, about.game.values(about.today), about.game.values(state)) or "as today"
        yield about.word(state), told


def _notes(judge: Judge, nash: StateSet) -> Iterator[str]:
    about = judge.setting
    if completed := completion_note(about.case, about.approach):
        yield completed
    for clause in (clause for each in about.case.approaches if each.id == about.approach for clause in each.deference):
        yield from _deference(about, clause, nash)


def _deference(about: Setting, clause: Deference, nash: StateSet) -> Iterator[str]:
    """Say whether a deference that has a condition counts today, and in outcomes that hold by themselves."""
    reach, today = reachabilities(about), about.rewritten.today
    if clause.condition is None or not isinstance(today, tuple):
        return
    client, patron = about.case.party(clause.client).label, about.case.party(clause.patron).label
    needed = in_words(clause.condition.tree, about.case)
    if holds(clause.condition.tree, lambda key: today[about.case.position[key]]):
        yield f"Today {needed} holds, so {client} defers to {patron}."
    else:
        yield f"Today {needed} does not hold, so {client} does not defer to {patron} yet."
    if reach is None:
        return
    binding = nash & about.where(clause.condition)
    try:
        reached = binding & reach.reached(GRADES[1]).states
    except TooLargeError as reason:
        if binding:
            yield f"Not decided: whether improving moves from today lead where {client}'s deference counts ({reason})."
        return
    outcomes = counted(reached.count() if reached else binding.count(), "stable outcome")
    if reached:
        one = "" if reached.count() == 1 else "one shown: "
        example = f"{one}{about.words(reached, 1)[0]}"
        yield f"{client}'s deference counts in {outcomes} that improving moves from today reach ({example})."
    elif binding:
        yield f"{client}'s deference counts in {outcomes}, and improving moves from today reach none of them."
    else:
        yield f"{client}'s deference counts in no stable outcome."
