"""This module owns what coalitions can do together: which states they can upset, and how.

A coalition upsets a state if its members can bring about, by a legal sequence of their own moves (any order, nobody
twice in a row), a state that every one of them prefers: a coalition improvement. Only start and end are compared; the
path may pass through states that are bad for its movers.

References
----------
Kilgour, Hipel, Fang & Peng (2001), Coalition analysis in group decision support, Group Decision and Negotiation 10,
159-175.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, reduce
from itertools import combinations
from operator import and_
from typing import Any

from detente.engine.interface import Definition, StateSet
from detente.game import Setting, setting
from detente.look.summary import Block, Summary, Table, counted
from detente.model.case import Case
from detente.questions import wording
from detente.questions.reachability import Reached, Steps
from detente.questions.result import Made, Result, made

Coalition = tuple[int, ...]
SHOWN = 12


@dataclass(frozen=True, slots=True)
class Upset:
    """How a coalition can upset a state.

    Parameters
    ----------
    state, target : int
        The state, and the nearest one that every member prefers.
    coalition : tuple of int
        Who moves.
    path : list of (party, state)
        A shortest legal sequence of the members' moves.
    targets : int
        How many states the coalition can reach that every member prefers.
    holds : tuple of str
        The definitions under which the target is an equilibrium itself.
    """

    state: int
    coalition: Coalition
    target: int
    path: Steps
    targets: int
    holds: tuple[str, ...]


def listed_coalitions(setting: Setting) -> list[Coalition]:
    """Return the coalitions that the setting's approach lists, as party indices."""
    ids = setting.case.party_ids
    return [
        tuple(ids.index(member) for member in members)
        for approach in setting.case.approaches
        if approach.id == setting.approach
        for members in approach.coalitions
    ]


def preferred(setting: Setting, state: int, coalition: Coalition) -> StateSet:
    """Return the states that every member of a coalition prefers to a state."""
    return reduce(and_, (setting.game.better(party, state) for party in coalition))


def coalition_upsets(setting: Setting, state: int, coalition: Coalition) -> Steps | None:
    """Return a shortest path by which a coalition upsets a state; None where it cannot.

    Parameters
    ----------
    setting : Setting
    state : int
    coalition : tuple of int
        Party indices.
    """
    targets = preferred(setting, state, coalition)
    if not targets:
        return None
    return Reached(setting.game, state, coalition).into(targets)


def coalition_proof(setting: Setting, states: Sequence[int]) -> list[int]:
    """Return those of the states that no coalition listed by the approach can upset."""
    coalitions = listed_coalitions(setting)
    return [state for state in states if all(coalition_upsets(setting, state, c) is None for c in coalitions)]


def upsets(setting: Setting, state: int) -> list[Upset]:
    """Return the minimal coalitions of two or more that can upset a state, each with its nearest target.

    A coalition is minimal if no smaller one within it, of two or more, can upset the state as well.
    """
    found: list[Upset] = []
    game = setting.game
    for size in range(2, game.parties + 1):
        for members in combinations(range(game.parties), size):
            if any(set(smaller.coalition) <= set(members) for smaller in found):
                continue
            better = preferred(setting, state, members)
            if not better:
                continue
            reached = Reached(game, state, members)
            path = reached.into(better)
            if path:
                target = path[-1][1]
                holds = tuple(d.value for d in Definition if target in setting.equilibria(d))
                targets = (reached.states & better).count()
                found.append(Upset(state, members, target, path, targets, holds))
    return found


@dataclass(frozen=True, repr=False)
class Coalitions(Result):
    """Which states that hold coalitions can upset together.

    Parameters
    ----------
    setting : Setting
    states : tuple of int
        The states asked about.
    asked : str
        What they are, in words, with places for the endings of one or several.
    upsets : tuple of Upset
    left_out : int
        How many further states were not looked at, because of the limit.
    """

    made: Made
    setting: Setting = field(compare=False)
    states: tuple[int, ...]
    asked: str
    upsets: tuple[Upset, ...]
    left_out: int = 0

    @cached_property
    def proof(self) -> list[str]:
        """The states asked about that no coalition can upset, as words."""
        upset = {found.state for found in self.upsets}
        return [self.setting.word(state) for state in self.states if state not in upset]

    def data(self) -> dict[str, Any]:
        word, ids = self.setting.word, self.setting.case.party_ids
        return self.made.data() | {
            "states": [word(state) for state in self.states],
            "coalition proof": self.proof,
            "upsets": [
                {
                    "state": word(found.state),
                    "coalition": [ids[party] for party in found.coalition],
                    "target": word(found.target),
                    "path": wording.steps_data(self.setting, found.path),
                    "targets": found.targets,
                    "target is an equilibrium under": list(found.holds),
                }
                for found in self.upsets
            ],
            "complete": self.left_out == 0,
        }

    columns = ("state", "coalition", "target", "path")

    def rows(self) -> list[dict[str, Any]]:
        """Return one row a state and minimal coalition that can upset it."""
        word, ids = self.setting.word, self.setting.case.party_ids
        return [
            {
                "state": word(found.state),
                "coalition": " ".join(ids[party] for party in found.coalition),
                "target": word(found.target),
                "path": wording.path(self.setting, found.state, found.path),
                "targets": found.targets,
                "target is an equilibrium under": " ".join(found.holds),
            }
            for found in self.upsets
        ]

    def summary(self) -> Summary:
        return Summary(
            f"What coalitions could upset in: {self.made.title}",
            wording.approach(self.setting),
            (
                Block("", tuple(self._said())),
                *([Block("Who could upset what", tuple(self._told()))] if self.upsets else []),
                Block("", (self.made.line(),)),
            ),
        )

    def _said(self) -> list[str]:
        total, upset = len(self.states), len(self.states) - len(self.proof)
        if not total:
            return [f"There is no {self.asked.format('', 'holds', 'itself')}, so there is nothing to upset."]
        of = self.asked.format("s", "hold", "themselves") if total > 1 else self.asked.format("", "holds", "itself")
        lines = [
            f"Two or more parties moving together could upset {upset:,} of {total:,} {of}: "
            "they could reach, by their own moves, a state that each of them prefers."
            if upset
            else f"No two or more parties together could upset {'any of ' if total > 1 else 'the '}{total:,} {of}: "
            "wherever their moves lead, at least one of them would not be better off."
        ]
        if upset and self.proof:
            shown = ", ".join(self.proof[:SHOWN]) + (", ..." if len(self.proof) > SHOWN else "")
            lines.append(f"Proof against every coalition: {shown}.")
        if self.left_out:
            lines.append(f"Not looked at: {self.left_out:,} further ones, beyond the limit.")
        words = [self.setting.word(state) for state in self.states[:SHOWN]]
        if any("-" in word for word in words) and self.setting.case.options:
            lines.append(wording.written(self.setting.case, words))
        return lines

    def _told(self) -> list[str | Table]:
        lines: list[str | Table] = []
        for found in self.upsets[:SHOWN]:
            who = wording.names(self.setting, found.coalition)
            target = self.setting.word(found.target)
            how = wording.held(self.setting, found.target)[0]
            standing = f"which holds {how} ({', '.join(found.holds)})" if how else "which does not hold"
            more = f" They could reach {found.targets - 1:,} more such states." if found.targets > 1 else ""
            lines.append(
                f"{self.setting.word(found.state)}, by {who}: {wording.path(self.setting, found.state, found.path)}. "
                f"That ends in {target}, {standing}.{more}"
            )
            gains = [wording.reason(self.setting, party, found.state, found.target) for party in found.coalition]
            each = zip(found.coalition, gains, strict=True)
            lines.append("  " + "; ".join(f"{wording.name(self.setting, party)} {gain}" for party, gain in each) + ".")
        if len(self.upsets) > SHOWN:
            left = counted(len(self.upsets) - SHOWN, "more way")
            lines.append(f"... and {left}; --format csv lists all.")
        return lines


def coalitions(case: Case, approach: str = "none", *, states: Sequence[str] = (), limit: int = 1_000) -> Coalitions:
    """Return which states that hold two or more parties could upset together, and how.

    Parameters
    ----------
    case : Case
    approach : str
        One of the case's approaches, or "none".
    states : sequence of str
        The states to ask about; those that hold by themselves (Nash) by default.
    limit : int
        How many states are looked at most.

    Returns
    -------
    Coalitions
        For each state the minimal coalitions, the nearest target of each, a legal path, and whether the target is
        an equilibrium itself.

    Raises
    ------
    UnknownNameError, CaseError, DetenteError
        When there is no such approach or state.
    """
    about = setting(case, approach)
    if states:
        chosen = [state for text in states for state in about.states(text).first(limit)]
        left, asked = 0, "state{0} asked about"
    else:
        nash = about.equilibria(Definition.NASH)
        chosen, asked = nash.first(limit), "state{0} that {1} by {2} (Nash)"
        left = nash.count() - len(chosen)
    found = tuple(upset for state in chosen for upset in upsets(about, state))
    return Coalitions(made(about, states=list(states), limit=limit), about, tuple(chosen), asked, found, left)
