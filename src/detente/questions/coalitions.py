"""This module owns what coalitions can do together: which states they can upset, and how.

A coalition upsets a state if its members can bring about, by a legal sequence of their own moves (any order, nobody
twice in a row), a state that every one of them prefers: a coalition improvement. Only start and end are compared; the
path may pass through states that are bad for its movers.

References
----------
Kilgour, Hipel, Fang & Peng (2001), Coalition analysis in group decision support, Group Decision and Negotiation 10,
159-175.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from detente.engine.interface import Definition
from detente.errors import TooLargeError
from detente.game import Setting, setting
from detente.look.summary import Block, Summary, Table, counted, many
from detente.model.case import Case
from detente.progress import gathered
from detente.questions import wording
from detente.questions.reachability import Reached, Steps
from detente.questions.result import Made, Result, made
from detente.questions.upsets import FEWEST_TRIED, MOST_TRIED, Coalition, Upset, preferred, upsets

SHOWN = 12
LOOKED_AT = {"symbolic": 30}  # how many states, where that is not 1,000


def listed_coalitions(setting: Setting) -> list[Coalition]:
    """Return the coalitions that the setting's approach lists, as party indices."""
    ids = setting.case.party_ids
    return [
        tuple(ids.index(member) for member in members)
        for approach in setting.case.approaches
        if approach.id == setting.approach
        for members in approach.coalitions
    ]


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
    """Return those of the states that no coalition listed by the approach can upset.

    Raises
    ------
    TooLargeError
        When a limit is met, or the work is ended, before all are looked at.
    """
    coalitions = listed_coalitions(setting)

    def proof(state: int) -> bool:
        return all(coalition_upsets(setting, state, each) is None for each in coalitions)

    held, why = gathered(proof, states, "trying the coalitions of the approach")
    if why:
        raise TooLargeError(why)
    return [state for state, stands in zip(states, held, strict=True) if stands]


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
    undecided : mapping of int to int
        Where there are too many coalitions to try all: the states, and of how many parties the largest coalitions are
        that were all tried.
    ended : str
        Why not all states within the limit were looked at; "" where they were.
    """

    made: Made
    setting: Setting = field(compare=False)
    states: tuple[int, ...]
    asked: str
    upsets: tuple[Upset, ...]
    left_out: int = 0
    undecided: Mapping[int, int] = field(default_factory=dict)
    ended: str = ""

    @cached_property
    def proof(self) -> list[str]:
        """The states asked about that no coalition can upset, as words."""
        return [self.setting.word(state) for state in self.states if state not in self._upset | self.undecided.keys()]

    @cached_property
    def _upset(self) -> set[int]:
        return {found.state for found in self.upsets}

    @cached_property
    def unknown(self) -> list[str]:
        """The states asked about that no coalition that was tried can upset, as words, but not all were."""
        return [self.setting.word(state) for state in self.undecided if state not in self._upset]

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
            "undecided": {word(state): _untried(largest) for state, largest in self.undecided.items()},
            "complete": self.left_out == 0 and not self.undecided,
            **({"left out": self.left_out, "ended": self.ended} if self.ended else {}),
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
        total, upset = len(self.states), len(self._upset)
        if not total and self.ended:
            return [f"No state was looked at: {self.ended}."]
        if not total:
            return [f"There is no {self.asked.format('', 'holds', 'itself')}, so there is nothing to upset."]
        of = self.asked.format("s", "hold", "themselves") if total > 1 else self.asked.format("", "holds", "itself")
        any_of = "any of" if total > 1 else "the"
        lines = [
            f"Two or more parties moving together could upset {upset:,} of {total:,} {of}: "
            "they could reach, by their own moves, a state that each of them prefers."
            if upset
            else f"None of the coalitions that were tried could upset {any_of} {total:,} {of}."
            if self.unknown
            else f"No two or more parties together could upset {any_of} {total:,} {of}: "
            "wherever their moves lead, at least one of them would not be better off."
        ]
        if upset and self.proof:
            shown = ", ".join(self.proof[:SHOWN]) + (", ..." if len(self.proof) > SHOWN else "")
            lines.append(f"Proof against every coalition: {shown}.")
        if self.undecided:
            lines.append(self._said_of_undecided())
        if self.left_out:
            why = f": {self.ended}" if self.ended else ", beyond the limit"
            lines.append(f"Not looked at: {many(self.left_out)} further ones{why}.")
        words = [self.setting.word(state) for state in self.states[:SHOWN]]
        if any("-" in word for word in words) and self.setting.case.options:
            lines.append(wording.written(self.setting.case, words))
        return lines

    def _said_of_undecided(self) -> str:
        """Say which coalitions were left out, and for which states that leaves open whether one upsets them."""
        shown = ", ".join(self.unknown[:SHOWN]) + (", ..." if len(self.unknown) > SHOWN else "")
        open_ = f"; so it is not known whether any can upset {shown}" if self.unknown else ""
        told = f"There are too many coalitions to try: {_untried(min(self.undecided.values()))}{open_}"
        return told if told.endswith("...") else f"{told}."

    def _told(self) -> list[str | Table]:
        lines: list[str | Table] = []
        for found in self.upsets[:SHOWN]:
            who = wording.names(self.setting, found.coalition)
            target = self.setting.word(found.target)
            how = wording.held(self.setting, found.target)[0]
            standing = f"which holds {how} ({', '.join(found.holds)})" if how else "which does not hold"
            others = found.targets - 1
            such = "state" if others == 1 else "states"
            more = f" They could reach {many(others)} more such {such}." if others else ""
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


def _untried(largest: int) -> str:
    return f"not all of more than {largest:,} parties were tried" if largest > 1 else "none was tried"


def coalitions(
    case: Case,
    approach: str = "none",
    *,
    states: Sequence[str] = (),
    limit: int | None = None,
    engine: str = "auto",
    time: float | None = None,
) -> Coalitions:
    """Return which states that hold two or more parties could upset together, and how.

    Parameters
    ----------
    case : Case
    approach : str
        One of the case's approaches, or "none".
    states : sequence of str
        The states to ask about; those that hold by themselves (Nash) by default.
    limit : int, optional
        How many states are looked at most: 1,000 by default, 30 with the symbolic engine.
    engine : str
        auto, cube, listed, graph or symbolic.
    time : float, optional
        How many seconds of CPU time the symbolic engine may take; what it has not looked at by then is said.

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
    about = setting(case, approach, engine=engine, seconds=time)
    limit = LOOKED_AT.get(about.game.engine, 1_000) if limit is None else limit
    if states:
        chosen = [state for text in states for state in about.states(text).first(limit)]
        left, asked = 0, "state{0} asked about"
    else:
        nash = about.equilibria(Definition.NASH)
        chosen, asked = nash.first(limit), "state{0} that {1} by {2} (Nash)"
        left = nash.count() - len(chosen)
    most = max(FEWEST_TRIED, MOST_TRIED // max(len(chosen), 1))
    each, why = gathered(lambda state: upsets(about, state, most), chosen, "trying coalitions, state by state")
    return Coalitions(
        made(about, states=list(states), limit=limit),
        about,
        tuple(one.state for one in each),
        asked,
        tuple(upset for one in each for upset in one.found),
        left + len(chosen) - len(each),
        {one.state: one.largest for one in each if one.largest is not None},
        why,
    )
