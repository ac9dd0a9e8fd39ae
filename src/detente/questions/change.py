"""This module owns the question what would have to change: the smallest sets of edits after which a goal passes.

References
----------
The order of concerns as a prioritised list, and swaps of neighbours as its distance: Kendall (1938), A new measure of
rank correlation, Biometrika 30. What holds, and what else passes: see `detente.questions.verdicts`.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, overload

from detente.errors import DetenteError, UnknownNameError
from detente.game import setting
from detente.look.summary import Block, Summary, counted, listed
from detente.model.case import Case
from detente.model.edits import Edit, SetPatience
from detente.model.parser import parse
from detente.model.statements import Statement
from detente.progress import looking
from detente.questions.certificate import Certificate
from detente.questions.lasting_sets import weighing
from detente.questions.nearest_aim import HOLDS, LASTS, VERDICTS, Aim
from detente.questions.nearest_checks import Nearest, certificate, tempted
from detente.questions.nearest_kinds import Kinds, costs_of
from detente.questions.nearest_lasting import unused
from detente.questions.nearest_offers import everywhere, offers
from detente.questions.nearest_sets import PROVING, TRYING, Search, search
from detente.questions.nearest_then import aimed, then
from detente.questions.nearest_words import movers, said
from detente.questions.result import Made, Result
from detente.questions.wording import approach as under

LIMIT, SECONDS, QUICKLY = 5, 30.0, 10.0
KINDS = {
    "swap": "two neighbouring concerns swapped",
    "add": "a concern taken up",
    "clout": "clout gained over a party outside the table",
    "promise": "a promise",
    "contract": "a contract",
    "patience": "more patience",
    "tail": "pay after success",
    "coalition": "a coalition",
    "drop": "a concern given up",
    "core": "a concern no longer core",
    "rule": "a relaxable rule lifted",
}
MATTER = {"accommodates": ("drop", "core", "rule"), "reachable": ("contract", "rule")}
"""Which kinds of edit can make a verdict pass, where not all can."""


@dataclass(frozen=True)
class Change:
    """One set of edits after which the goal passes; without any of them it does not.

    Parameters
    ----------
    edits : tuple of Edit
        In order; ``case.edit(*change.edits)`` applies them.
    cost : int
    movers : tuple of str
        The parties that must move: whose concern, promise or clout is edited.
    text : str
        The edits in a sentence.
    then : str
        What passes then.
    state : str
        The first state that passes then.
    approach : str
        Under which approach it passes; a new one where a contract or promise was added to the case as it stands.
    certificate : Certificate
    """

    edits: tuple[Edit, ...]
    cost: int
    movers: tuple[str, ...]
    text: str
    then: str
    state: str
    approach: str
    certificate: Certificate

    def data(self) -> dict[str, Any]:
        """Return the change in its published form."""
        return {
            "edits": [edit.data() for edit in self.edits],
            "cost": self.cost,
            "movers": list(self.movers),
            "text": self.text,
            "then": self.then,
            "state": self.state,
            "approach": self.approach,
            "certificate": self.certificate.data(),
        }


@dataclass(frozen=True, repr=False)
class Changes(Result, Sequence[Change]):
    """The smallest changes after which a goal passes, the cheapest first: a result and a sequence.

    Parameters
    ----------
    case : Case
        As written.
    aim : Aim
        What is to pass.
    costs : mapping from kind to int
        What each kind of edit costs that was considered.
    changes : tuple of Change
    most : int or None
        The largest total cost that was asked for; None where it was not bounded.
    searched : int or None
        Up to which total cost it is known what every set of edits does; None: at any cost.
    proof : str
        How that is known: "every set tried" or "MaxSAT".
    late : bool
        Whether the search ended because its time was up.
    exact : bool
        Whether no set of edits of these kinds is cheaper than the first change.
    already : int
        How many states pass as things stand; then nothing has to change.
    more : bool
        Whether others as cheap as the last one were left out.
    """

    made: Made
    case: Case = field(compare=False)
    aim: Aim
    costs: Mapping[str, int] = field(compare=False)
    changes: tuple[Change, ...]
    most: int | None
    searched: int | None
    exact: bool
    already: int
    more: bool
    proof: str
    late: bool

    @overload
    def __getitem__(self, place: int) -> Change: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Change, ...]: ...

    def __getitem__(self, place: int | slice) -> Change | tuple[Change, ...]:
        return self.changes[place]

    def __len__(self) -> int:
        return len(self.changes)

    @property
    def goal(self) -> str:
        """What is to pass, in words."""
        return aimed(self.aim, self.case)

    @property
    def by_movers(self) -> dict[tuple[str, ...], list[Change]]:
        """The changes by who must move."""
        found: dict[tuple[str, ...], list[Change]] = {}
        for change in self.changes:
            found.setdefault(change.movers, []).append(change)
        return found

    def data(self) -> dict[str, Any]:
        return self.made.data() | {
            "goal": self.goal,
            "already": self.already,
            "exact": self.exact,
            "searched": self.searched,
            "proof": self.proof,
            "time is up": self.late,
            "costs": dict(self.costs),
            "changes": [change.data() for change in self.changes],
            "more": self.more,
        }

    columns = ("change", "cost", "movers", "then", "state", "approach")

    def rows(self) -> list[dict[str, Any]]:
        """Return one row a change."""
        return [
            {
                "change": change.text,
                "cost": change.cost,
                "movers": " ".join(change.movers),
                "then": change.then,
                "state": change.state,
                "approach": change.approach,
            }
            for change in self.changes
        ]

    def summary(self) -> Summary:
        about = setting(self.case, self.aim.approach)
        blocks = [Block("Goal", (f"That {self.goal}, {under(about)}.", *self.found()))]
        for who, changes in self.by_movers.items():
            names = [self.case.party(id).label for id in who]
            heading = f"If {listed(names)} {'moves' if len(names) == 1 else 'move'}" if names else "If the rules change"
            blocks.append(Block(heading, tuple(line for change in changes for line in self._lines(change))))
        if not self.already:
            blocks.append(Block("What was looked at", (self.looked,)))
        return Summary("Nearest change", self.made.title, (*blocks, Block("", (self.made.line(),))))

    def found(self) -> Iterator[str]:
        """Say what was found, and how sure it is that nothing is nearer."""
        if self.already:
            yield f"Nothing has to change: {counted(self.already, 'state passes', 'states pass')} as things are."
            return
        if self.changes:
            yield self._sure()
        elif self.searched is None:
            yield "None was found, and there is none: no set of edits of these kinds does, whatever it costs."
        else:
            how = "" if self.proof == TRYING else ", as a MaxSAT solver proved"
            yield (
                f"None was found: no set of edits with a total cost of up to {self.searched} does{how}; unknown beyond "
                f"a cost of {self.searched}."
            )
        if self.late:
            yield "The time was up before the search ended (--time)."
        if self.proof == PROVING and self.changes:
            yield "Of what the same parties could do, or more parties than that, only the cheapest is listed."
        elif self.more:
            yield "Others cost as much and are not listed (--limit)."

    def _sure(self) -> str:
        """Say how sure it is that nothing is nearer than the first change."""
        if not self.exact:
            return f"Something cheaper may do: it is known only that nothing does up to a cost of {self.searched}."
        if self.proof == TRYING:
            return "Nothing cheaper does: every set of edits that costs less was looked at."
        return "Nothing cheaper does: a MaxSAT solver proved it, for all states and all sets of edits at once."

    @property
    def looked(self) -> str:
        """Which kinds of edit a change may be made of, and what each costs."""
        kinds = listed([f"{text} ({self.costs[kind]})" for kind, text in KINDS.items() if kind in self.costs])
        alone = "; a coalition by itself" if "coalition" in self.costs else ""
        return f"Kinds of edit, with their costs: {kinds}; at most one contract or lifted rule in a set{alone}."

    def _lines(self, change: Change) -> Iterator[str]:
        yield f"{change.text}. Then {change.then}."
        if len(change.edits) > 1:
            yield f"  Cost {change.cost}, in {len(change.edits)} edits; without any one of them it does not pass."


def change(
    case: Case,
    goal: str | Statement | None = None,
    approach: str = "none",
    *,
    verdict: str | Sequence[str] | None = None,
    state: str | None = None,
    costs: Mapping[str, int] | None = None,
    limit: int = LIMIT,
    most: int | None = None,
    time: float = SECONDS,
) -> Changes:
    """Return the smallest sets of edits after which a goal passes; each was applied, and with any fewer it fails.

    Parameters
    ----------
    case : Case
    goal : str or Statement, optional
        Some state in which it is true is to hold (by itself or at the table). Without a goal: some package is to
        pass every verdict; one that cannot be asked, such as `lasts` without weights, does not count.
    approach : str
        Under which approach. Under "none", contracts and promises are put in a new one.
    verdict : str or sequence of str, optional
        Which verdicts are to pass, of accommodates, deliverable, holds, reachable and lasts.
    state : str, optional
        Only this state counts (where it stands for several, all of them).
    costs : mapping, optional
        What a kind of edit costs, a whole number from 1: swap, add, clout, promise, contract, patience, tail (1 each),
        coalition (2), drop, core and rule (3 each). One that costs more than `most` is left out.
    limit : int
        How many changes are returned.
    most : int, optional
        The largest total cost that is looked at. Without it: any, where that can be proven; else 4.
    time : float
        How many seconds of CPU time the search may take; when they are over, it says how far it came.

    Returns
    -------
    Changes
        The cheapest first; among equally cheap ones those that ask different parties come first.

    Raises
    ------
    UnknownNameError
        When the case has no such approach, or there is no such verdict or kind of edit.
    StatementError
        When the goal cannot be read.
    DetenteError
        When no possible state agrees with `state`; when `lasts` is asked for by name, and no party gives weights.

    Notes
    -----
    Cheap sets are tried one after the other, the cheapest first. Where that takes long, the question becomes one
    MaxSAT formula over all outcomes (`detente.questions.nearest_proof`), whose cheapest solution is the nearest change,
    with the proof. Where one party shares concerns in two ways at once there is no such formula, and sets are tried as
    long as the time lasts. Where `lasts` is to pass and weights tell what tempts whom, there is only the formula: what
    punishes a party may be made to hold by edits that have nothing to do with the outcome.

    A coalition is two parties at the table, or all of them: they may act together, and each takes the core concerns of
    the others for its own, as under a cooperative approach. The verdicts stay those for single parties.
    """
    wanted = parse(goal, case.names) if isinstance(goal, str) else goal
    named = (verdict,) if isinstance(verdict, str) else tuple(verdict or ())
    for each in named:
        if each not in VERDICTS:
            raise UnknownNameError("verdict", each, VERDICTS)
    if LASTS in named and len(set(named)) < len(VERDICTS) and not weighing(case):
        reason = "no party says by weights how much more it wants one state than another"
        raise DetenteError(f"whether something lasts cannot be asked, for {reason}; give weights")
    about = setting(case, approach)
    words = tuple(about.words(about.states(state))) if state is not None else ()
    usual = frozenset(VERDICTS) if wanted is None else frozenset({HOLDS})
    aim = Aim(wanted, words, frozenset(named) or usual, approach)
    usable = {kind for each in aim.verdicts for kind in (MATTER.get(each, KINDS) if named else KINDS)}
    return _asked(case, aim, usable, costs, limit, most, time)


def _asked(
    case: Case,
    aim: Aim,
    usable: Collection[str],
    costs: Mapping[str, int] | None,
    limit: int,
    most: int | None,
    time: float,
) -> Changes:
    about = setting(case, aim.approach)
    idle = set(unused(aim, case))
    able = [kind for kind in usable if kind not in idle]
    priced = {k: cost for k, cost in costs_of(costs).items() if k in able and (most is None or cost <= most)}
    offered = offers(about, aim.goal, aim.states)
    kinds = Kinds(case, aim.approach, priced, *offered, everywhere=everywhere(aim, case))
    with looking():  # an interruption is as if its time were up
        found = search(aim, kinds, limit, most, time)
    asked = {"goal": aim.goal.text if aim.goal else None, "limit": limit, "most": most, "time": time}
    made = Made(case.title, case.fingerprint, aim.approach, case.conventions.data(), about.game.engine, asked)
    return _changes(made, case, aim, priced, most, found)


def _changes(made: Made, case: Case, aim: Aim, costs: Mapping[str, int], most: int | None, found: Search) -> Changes:
    changes = tuple(
        Change(
            each.edits,
            each.cost,
            tuple(sorted(_movers(case, each), key=case.party_ids.index)),
            said(case, each.edits),
            then(aim, each),
            each.about.word(each.passing.first(1)[0]),
            each.about.approach,
            certificate(case, aim, each),
        )
        for each in found.found
    )
    return Changes(
        made,
        case,
        aim,
        costs,
        changes,
        most,
        found.searched,
        found.exact,
        found.already,
        found.more,
        found.proof,
        found.late,
    )


def _movers(case: Case, nearest: Nearest) -> tuple[str, ...]:
    patient = any(isinstance(edit, SetPatience) for edit in nearest.edits)
    return movers(case, nearest.edits, tempted(nearest, case.patience) if patient else ())


def nearest_changes(case: Case, approach: str = "none", limit: int = 1, time: float = QUICKLY) -> Changes:
    """Return the nearest changes after which some package passes, by edits of concerns, clout and rules only.

    It is what `change` finds without contracts, promises and coalitions, in a small part of the time.
    """
    kinds = [kind for kind in KINDS if kind not in ("contract", "promise", "coalition")]
    return _asked(case, Aim(None, (), frozenset(VERDICTS), approach), kinds, None, limit, None, time)
