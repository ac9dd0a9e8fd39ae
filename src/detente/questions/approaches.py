"""This module owns the question what each approach leads to, side by side.

References
----------
The definitions: see `detente.questions.stability`; coalition improvement: see `detente.questions.coalitions`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from detente.engine.interface import Definition
from detente.errors import TooLargeError
from detente.game import setting
from detente.look.summary import Block, Summary, Table, counted, listed, many
from detente.model.case import Case
from detente.model.items import Concern, Party
from detente.progress import gathered, steps
from detente.questions.clauses import ASSUMED, clauses_in_words
from detente.questions.outlooks import Outlook, core_of, listed_at_most, outlook
from detente.questions.phrases import bracketed, called, opening, under
from detente.questions.result import EVERY, Made, Result

__all__ = ["Approaches", "approaches", "clauses_in_words"]

MOST_PARTIES = 4  # with more of them a table of parties against approaches is narrower than the other way round
STABLE = "A stable outcome is a state that holds by itself: nobody gains by moving away from it (Nash equilibrium)."


@dataclass(frozen=True, repr=False)
class Approaches(Result):
    """What each approach leads to, the case as it stands first."""

    made: Made
    case: Case = field(compare=False)
    outlooks: tuple[Outlook, ...]
    open: Mapping[str, str] = field(default_factory=dict)
    """The approaches that were not looked at within the limits, and why."""

    def data(self) -> dict[str, Any]:
        return self.made.data() | {
            "approaches": [outlook.data() for outlook in self.outlooks],
            **({"undecided": dict(self.open)} if self.open else {}),
        }

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

    @property
    def holding(self) -> list[Outlook]:
        """Those under which something holds by itself; under the others nothing can be met by what does."""
        return [each for each in self.outlooks if not each.nothing]

    @property
    def limit(self) -> int:
        """How many states a list holds at most."""
        return int(self.made.parameters["limit"])

    def table(self) -> Table:
        """Return how many outcomes hold by themselves under each approach, and how many of them meet whose core.

        A party without a core concern has nothing to meet, and no column.
        """
        parties = [party for party in self.counted if core_of(party)]
        every = ("meeting both" if len(parties) == 2 else "meeting all",) if len(parties) > 1 else ()
        cores = [f"meeting {party.label} core" for party in parties]
        heads = ("approach", "stable outcomes", *cores, *every)
        rows = [
            (
                each.label,
                many(each.nash),
                *(many(each.meeting[party.id]) for party in parties),
                *(many(each.meeting_all) for _ in every),
            )
            for each in self.outlooks
        ]
        if len(parties) <= MOST_PARTIES:
            return Table(heads, tuple(rows))
        turned = tuple(zip(heads, *rows, strict=True))
        return Table(("", *turned[0][1:]), turned[1:])

    def sentences(self) -> list[str]:
        """Return what the approaches differ in, a sentence a finding."""
        return [*self._accommodated(), *self._concerns(), *self._demands(), *self._others(), *self._proof()]

    def _accommodated(self) -> list[str]:
        whom = listed([party.label for party in self.counted if core_of(party)])
        yes = [each.name for each in self.outlooks if each.meeting_all]
        if not whom:
            everyone = listed([party.label for party in self.counted], "or")
            return [f"No concern of {everyone} is marked as core, so none has to be met."]
        if not yes:
            return [f"Under none of these does a stable outcome meet every core concern of {whom}."]
        no = [each.name for each in self.outlooks if not each.meeting_all]
        where = under(self.case, *yes)
        if not no:  # beside nothing else, "a stable outcome meets" would read as if all did
            return [f"There is a stable outcome that meets every core concern of {whom} {where}."]
        return [f"A stable outcome meets every core concern of {whom} {where}, but none does {under(self.case, *no)}."]

    def _concerns(self) -> list[str]:
        told = []
        for party in self.counted:
            for concern in core_of(party):
                met = {each.name: each.core_met[party.id][concern.label] for each in self.holding}
                never = [name for name, much in met.items() if much == "none"]
                if never:
                    kept = self._kept(never)
                    told.append(f"{self._whose(party, concern)} is met in no stable outcome {kept}.")
        return told

    def _whose(self, party: Party, concern: Concern) -> str:
        return f"{called(concern, self.case)}, core for {party.label}{bracketed(concern.mark, self.case)},"

    def _demands(self) -> list[str]:
        told = []
        for demand in self.case.demands:
            never = [each.name for each in self.holding if each.demands_met[demand.id] == "none"]
            if never:
                sides = f"{self.case.party(demand.sender).label} → {self.case.party(demand.to).label}"
                where = self._kept(never)
                told.append(f"The demand ‘{demand.label}’ ({sides}) is met in no stable outcome {where}.")
        return told

    def _others(self) -> list[str]:
        told = []
        for each in self.outlooks:
            for id, broken in each.others_broken.items():
                for concern, much in broken.items():
                    party = self.case.party(id)
                    said = next(called(item, self.case) for item in core_of(party) if item.label == concern)
                    told.append(
                        f"{opening(each.under)}, {'all' if much == 'all' else 'some'} stable outcomes that meet every "
                        f"core concern of {self._whom()} break what is core for {party.label}: {said}."
                    )
        return told

    def _proof(self) -> list[str]:
        return [
            f"{opening(each.under)}, a coalition of the approach that moves together can upset "
            f"{many(min(each.nash, self.limit) - len(each.coalition_proof))} of {self._looked_at(each)}."
            for each in self.outlooks
            if each.coalition_proof is not None
        ]

    def _kept(self, names: Sequence[str]) -> str:
        """Say under which approaches something is so."""
        return "under any of these" if len(names) == len(self.holding) else under(self.case, *names)

    def _whom(self) -> str:
        return listed([party.label for party in self.counted])

    def _looked_at(self, each: Outlook) -> str:
        """Say how many stable outcomes there are, and whether only the first of them were looked at."""
        first = f"the first {self.limit:,} of " if each.nash > self.limit else ""
        return f"{first}{counted(each.nash, 'stable outcome')}"

    def undecided(self) -> list[str]:
        """Return what is not decided, and why, a sentence each."""
        return [
            f"Not decided: {definition} ({each.label}: {why})."
            for each in self.outlooks
            for definition, why in each.undecided.items()
        ] + [f"Not decided: what {under(self.case, name)} leads to ({why})." for name, why in self.open.items()]

    def summary(self) -> Summary:
        assumed = [f"‘{each.label}’: {told.removeprefix(ASSUMED)}" for each in self.outlooks for told in each.assumes]
        notes = [f"‘{each.label}’: {note}" for each in self.outlooks for note in each.notes]
        blocks = [
            *([Block("What each approach assumes", tuple(assumed))] if assumed else []),
            Block("What each approach leads to", (self.table(), STABLE, *self.sentences())),
            Block(
                "What holds by itself, against today", tuple(line for each in self.outlooks for line in each.outcomes())
            ),
            Block("How many hold, and how", (self._by_definition(), *self.undecided(), HOW)),
            *([Block("What each approach changes today", tuple(notes))] if notes else []),
            Block("", (self.made.line(),)),
        ]
        return Summary(f"Approaches: {self.case.title}", "", tuple(blocks))

    def _by_definition(self) -> Table:
        rows = []
        for each in self.outlooks:
            counts = [(each.accommodating_counts[d.value], each.counts[d.value]) for d in Definition]
            cells = ["not decided" if n is None or of is None else f"{many(n)} of {many(of)}" for n, of in counts]
            rows.append((each.label, *cells))
        return Table(("how many accommodate", *(d.value for d in Definition)), tuple(rows))


HOW = (
    "0 of 2: two states hold, and none of them meets every core concern that counts. Nash: nobody can gain by moving. "
    "GMR: whoever could gain must fear an answer. SEQ: an answer that serves those who give it. SMR, SSEQ: the same, "
    "with no way out left after the answer."
)


def approaches(case: Case, limit: int | None = None, *, engine: str = "auto", time: float | None = None) -> Approaches:
    """Return what each approach of a case leads to, and what the case leads to as it stands.

    Parameters
    ----------
    case : Case
    limit : int, optional
        How many states a list holds at most, 10,000 by default, 100 with the symbolic engine; counts are exact.
    engine : str
        auto, cube, listed, graph or symbolic.
    time : float, optional
        How many seconds of CPU time the symbolic engine may take for each approach; what it has not decided by then is
        said to be undecided.

    Returns
    -------
    Approaches

    Raises
    ------
    TooLargeError
        When the states cannot be listed.
    """
    names = ("none", *(approach.id for approach in case.approaches))

    def asked(name: str) -> Outlook:
        return outlook(setting(case, name, engine=engine, seconds=time), limit)

    outlooks: list[Outlook] = []
    undecided: dict[str, str] = {}
    for name in steps(names, "working out what each approach leads to"):
        found, why = gathered(asked, [name], "working out what holds")
        outlooks += found
        if why:
            undecided[name] = why
    if not outlooks:
        raise TooLargeError(undecided["none"])
    used = outlooks[0].setting
    within = {"limit": listed_at_most(used) if limit is None else limit}
    made = Made(case.title, case.fingerprint, EVERY, case.conventions.data(), used.game.engine, within)
    return Approaches(made, case, tuple(outlooks), undecided)
