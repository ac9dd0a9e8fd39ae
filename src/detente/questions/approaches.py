"""This module owns the question what each approach leads to, side by side.

References
----------
The definitions: see `detente.questions.stability`; coalition improvement: see `detente.questions.coalitions`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import and_
from typing import Any

from detente.engine.interface import Definition, StateSet
from detente.game import Setting, setting
from detente.look.summary import Block, Summary, Table, counted, listed
from detente.model.approaches import approach_notes
from detente.model.case import Case
from detente.model.items import Concern, Party
from detente.questions.coalitions import coalition_proof, listed_coalitions
from detente.questions.reachability import GRADES, reachabilities
from detente.questions.result import EVERY, Made, Result
from detente.questions.verdicts import Judge

LIMIT = 10_000
AS_THINGS_STAND = "as things stand"
SHORT = 12  # so long may a party's name be in the head of a column


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
        How many equilibria there are.
    accommodating : mapping from definition to tuple of str
        The equilibria that meet every core concern of every counted party, at most `limit` each.
    accommodating_counts : mapping from definition to int
        How many of these there are.
    meeting : mapping from party id to int
        How many Nash equilibria meet all core concerns of each counted party.
    demands_met : mapping from demand id to str
        In how many Nash equilibria a demand is met: all, some or none; none where there is no equilibrium.
    core_met : mapping from party id to mapping from concern to str
        The same for every core concern of every party.
    others_broken : mapping from party id to mapping from concern to str
        For parties that are not counted: core concerns broken in all or some accommodating Nash equilibria.
    coalition_proof : tuple of str, or None
        The Nash equilibria that no listed coalition can upset; None where the approach lists none.
    notes : tuple of str
        What the approach changes today, whether deference counts, and that nothing holds where nothing does.
    """

    setting: Setting = field(compare=False)
    name: str
    label: str
    feasible: int
    counts: Mapping[str, int]
    accommodating: Mapping[str, tuple[str, ...]]
    accommodating_counts: Mapping[str, int]
    meeting: Mapping[str, int]
    demands_met: Mapping[str, str]
    core_met: Mapping[str, Mapping[str, str]]
    others_broken: Mapping[str, Mapping[str, str]]
    coalition_proof: tuple[str, ...] | None
    notes: tuple[str, ...]

    @property
    def meeting_all(self) -> int:
        """How many Nash equilibria meet all core concerns of all counted parties."""
        return self.accommodating_counts[Definition.NASH.value]

    def data(self) -> dict[str, Any]:
        """Return the outlook in its published form."""
        return {
            "name": self.name,
            "feasible": self.feasible,
            "counts": dict(self.counts),
            "accommodating equilibria": {d: list(words) for d, words in self.accommodating.items()},
            "accommodating counts": dict(self.accommodating_counts),
            "meeting": dict(self.meeting),
            "meeting all": self.meeting_all,
            "demands met": dict(self.demands_met),
            "core concerns met": {party: dict(met) for party, met in self.core_met.items()},
            "core concerns of others broken": {party: dict(broken) for party, broken in self.others_broken.items()},
            "coalition proof": None if self.coalition_proof is None else list(self.coalition_proof),
            "notes": list(self.notes),
        }


@dataclass(frozen=True, repr=False)
class Approaches(Result):
    """What each approach leads to, the case as it stands first."""

    made: Made
    case: Case = field(compare=False)
    outlooks: tuple[Outlook, ...]

    def data(self) -> dict[str, Any]:
        return self.made.data() | {"approaches": [outlook.data() for outlook in self.outlooks]}

    def rows(self) -> list[dict[str, Any]]:
        """Return one row an approach."""
        return [
            {
                "approach": each.name,
                "feasible": each.feasible,
                **each.counts,
                **{f"meeting {party}": number for party, number in each.meeting.items()},
                "meeting all": each.meeting_all,
                **{f"accommodating {d}": number for d, number in each.accommodating_counts.items()},
                **{f"demand {id}": met for id, met in each.demands_met.items()},
                **{f"{p}: {concern}": met for p, told in each.core_met.items() for concern, met in told.items()},
            }
            for each in self.outlooks
        ]

    @property
    def counted(self) -> list[Party]:
        """The parties whose core concerns count."""
        return [self.case.party(id) for id in self.case.counted]

    def table(self) -> Table:
        """Return how many outcomes hold by themselves under each approach, and how many of them meet whose core.

        Where no concern is core there is nothing to meet, and no column for it.
        """
        parties = self.counted if any(_core(party) for party in self.counted) else []
        every = ("meeting both" if len(parties) == 2 else "meeting all",) if len(parties) > 1 else ()
        short = all(len(party.label) <= SHORT for party in parties)
        cores = [f"meeting {party.label if short else party.id} core" for party in parties]
        heads = ("approach", "stable outcomes", *cores, *every)
        rows = [
            (
                each.label,
                f"{each.counts['Nash']:,}",
                *(f"{each.meeting[party.id]:,}" for party in parties),
                *(f"{each.meeting_all:,}" for _ in every),
            )
            for each in self.outlooks
        ]
        return Table(heads, tuple(rows))

    def sentences(self) -> list[str]:
        """Return what the approaches differ in, a sentence a finding."""
        return [*self._accommodated(), *self._concerns(), *self._demands(), *self._others(), *self._proof()]

    def _accommodated(self) -> list[str]:
        whom = listed([party.label for party in self.counted])
        yes = [each.label for each in self.outlooks if each.meeting_all]
        if not any(_core(party) for party in self.counted):
            return [f"No concern of {whom} is marked as core, so every outcome meets them all."]
        if not yes:
            return [f"Under none of these does an outcome that holds by itself meet every core concern of {whom}."]
        no = [each.label for each in self.outlooks if not each.meeting_all]
        some = f"Outcomes that hold by themselves and meet every core concern of {whom}: {listed(yes)}"
        return [some + (f"; none: {listed(no)}." if no else ".")]

    def _concerns(self) -> list[str]:
        told = []
        for party in self.counted:
            for concern in _core(party):
                met = {each.label: each.core_met[party.id][concern.label] for each in self.outlooks}
                never = [label for label, much in met.items() if much == "none"]
                if never and (kept := _kept(never, len(self.outlooks))):
                    told.append(f"{_whose(party, concern)} is met in no stable outcome {kept}.")
        return told

    def _demands(self) -> list[str]:
        told = []
        for demand in self.case.demands:
            never = [each.label for each in self.outlooks if each.demands_met[demand.id] == "none"]
            if never:
                sides = f"{self.case.party(demand.sender).label} → {self.case.party(demand.to).label}"
                where = _kept(never, len(self.outlooks))
                told.append(f"The demand ‘{demand.label}’ ({sides}) is met in no stable outcome {where}.")
        return told

    def _others(self) -> list[str]:
        told = []
        for each in self.outlooks:
            for id, broken in each.others_broken.items():
                for concern, much in broken.items():
                    told.append(
                        f"{each.label}: {much} of the outcomes that meet the counted parties' core concerns break "
                        f"‘{concern}’, which is core for {self.case.party(id).label}."
                    )
        return told

    def _proof(self) -> list[str]:
        return [
            f"{each.label}: of {counted(each.counts['Nash'], 'stable outcome')}, {len(each.coalition_proof):,} cannot "
            "be upset by a coalition that moves together."
            for each in self.outlooks
            if each.coalition_proof is not None
        ]

    def summary(self) -> Summary:
        notes = [f"{each.label}: {note}" for each in self.outlooks for note in each.notes]
        blocks = [
            Block("What each approach leads to", (self.table(), *self.sentences())),
            Block("How many hold, and how", (self._by_definition(), HOW)),
            *([Block("What each approach changes today", tuple(notes))] if notes else []),
            Block("", (self.made.line(),)),
        ]
        return Summary(f"Approaches: {self.case.title}", "", tuple(blocks))

    def _by_definition(self) -> Table:
        rows = []
        for each in self.outlooks:
            cells = [f"{each.accommodating_counts[d.value]:,} of {each.counts[d.value]:,}" for d in Definition]
            rows.append((each.label, *cells))
        return Table(("accommodating, of all", *(d.value for d in Definition)), tuple(rows))


HOW = (
    "Nash: nobody can gain by moving. SEQ: gains would be answered by moves that serve those who answer. GMR: gains "
    "could be answered. SMR and SSEQ: the same, with no way out left."
)


def approaches(case: Case, limit: int = LIMIT) -> Approaches:
    """Return what each approach of a case leads to, and what the case leads to as it stands.

    Parameters
    ----------
    case : Case
    limit : int
        How many states a list holds at most; counts are exact.

    Returns
    -------
    Approaches

    Raises
    ------
    TooLargeError
        When the states cannot be listed.
    """
    names = ("none", *(approach.id for approach in case.approaches))
    outlooks = tuple(outlook(setting(case, name), limit) for name in names)
    engine = outlooks[0].setting.game.engine
    made = Made(case.title, case.fingerprint, EVERY, case.conventions.data(), engine, {"limit": limit})
    return Approaches(made, case, outlooks)


def outlook(about: Setting, limit: int = LIMIT) -> Outlook:
    """Return what one approach leads to."""
    judge, case = Judge(about), about.case
    equilibria = {d.value: judge.equilibria(d) for d in Definition}
    nash = equilibria["Nash"]
    accommodating = {name: states & judge.accommodating for name, states in equilibria.items()}
    core = {party.id: _core(party) for party in case.parties}
    meeting = {
        id: reduce(and_, (judge.where(concern.want) for concern in core[id]), nash).count() for id in case.counted
    }
    labels = {approach.id: approach.label for approach in case.approaches}
    return Outlook(
        about,
        about.approach,
        labels.get(about.approach, AS_THINGS_STAND),
        about.game.feasible().count(),
        {name: states.count() for name, states in equilibria.items()},
        {name: tuple(about.words(states, limit)) for name, states in accommodating.items()},
        {name: states.count() for name, states in accommodating.items()},
        meeting,
        {demand.id: share(nash, judge.where(demand.that)) for demand in case.demands},
        {
            id: {concern.label: share(nash, judge.where(concern.want)) for concern in concerns}
            for id, concerns in core.items()
            if concerns
        },
        _broken(judge, accommodating["Nash"], core),
        _proof(about, nash, limit),
        tuple(_notes(judge, nash)),
    )


def share(states: StateSet, met: StateSet) -> str:
    """Return in how many of some states something is met: all, some or none; none where there are no states."""
    if not states & met:
        return "none"
    return "some" if states - met else "all"


def _core(party: Party) -> list[Concern]:
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


def _notes(judge: Judge, nash: StateSet) -> list[str]:
    about = judge.setting
    notes = list(approach_notes(about.case, about.approach))
    if not nash:
        notes.append("No outcome holds by itself, so none that does meets any demand or concern.")
    clauses = [clause for each in about.case.approaches if each.id == about.approach for clause in each.deference]
    for clause in clauses:
        reach = reachabilities(about)
        if reach is None or clause.condition is None:
            continue
        binding = nash & about.where(clause.condition)
        reached = binding & reach.reached(GRADES[1]).states
        who = about.case.party(clause.client).label
        outcomes = counted(reached.count() if reached else binding.count(), "stable outcome")
        if reached:
            example = about.words(reached, 1)[0]
            notes.append(f"{who}'s deference counts in {outcomes} that improving moves from today reach ({example}).")
        elif binding:
            notes.append(f"{who}'s deference counts in {outcomes}, and improving moves from today reach none of them.")
        else:
            notes.append(f"{who}'s deference counts in no stable outcome.")
    return notes


def _kept(labels: Sequence[str], of: int) -> str:
    """Say under which approaches something is so."""
    if len(labels) == of:
        return "under any of these"
    return f"({listed(list(labels), 'or')})"


def _whose(party: Party, concern: Concern) -> str:
    place = f" ({concern.mark.source})" if concern.mark.source else ""
    return f"‘{concern.label}’, core for {party.label}{place},"
