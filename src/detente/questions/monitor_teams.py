"""This module owns how often teams that cannot be divided are where, if they are sent at random, and what that finds.

Whoever crosses knows how often a team is at each place, and not when. One team: the value of the game is one over the
greatest flow with capacities 1/p, and the places are those of a smallest cut (Washburn & Wood 1995, Operations Research
43(2)). Several: what is best is the expected number of meetings along the best way across, an upper bound of the chance
to be found; a lower bound, whatever the draws have to do with each other, is how often there is a team at the place of
that way where there is one most often. Where both are the same, this is the chance.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from detente.look.strip import rounded
from detente.look.summary import Block, Table, counted, listed
from detente.monitoring.arrays import Floats
from detente.monitoring.compiling import Compiled, compiled
from detente.monitoring.joint import joint_plan, joint_value
from detente.monitoring.naming import in_words
from detente.monitoring.plan import Plan
from detente.monitoring.randomised import surely
from detente.monitoring.recast import teams as recast_teams
from detente.monitoring.routes import part
from detente.monitoring.scenario import Scenario
from detente.questions.monitor_planned import SAME, USED, certificate, place_of, protected, shares
from detente.questions.monitored import chance, exponent, signed


@dataclass(frozen=True, slots=True)
class Turn:
    """How often a team is at a place, and the chance that it finds whoever passes while it is there."""

    teams: str
    place: str
    often: float
    finds: float


@dataclass(frozen=True, slots=True)
class Teams:
    """How often teams are where, and what that finds.

    Parameters
    ----------
    number : int
        Of all agencies together.
    value : float
        How many teams that find it a crossing expects to meet on the best way across: the chance to be found where
        `least` is the same, else an upper bound of it.
    least : float
        The chance to be found that the plan makes sure of, whatever the draws have to do with each other.
    low, high : float, or None
        The value if each chance to find is at the lowest, or highest, that it can be; None without ranges.
    turns : tuple of Turn
    shares : mapping from sector to float
        Where crossings that adapt would be tried.
    more : mapping from budget to float
        What one more team adds to the value.
    civil : tuple of (str, str)
        What it does to the people who cross.
    certificate : mapping
        "primal", "dual", "levels": for detente verify.
    """

    number: int
    value: float
    least: float
    low: float | None
    high: float | None
    turns: tuple[Turn, ...]
    shares: Mapping[str, float]
    more: Mapping[str, float]
    civil: tuple[tuple[str, str], ...]
    certificate: Mapping[str, Any]

    @property
    def exact(self) -> bool:
        """Whether the value is the chance to be found, and not only an upper bound of it."""
        return self.value - self.least <= SAME

    def headline(self) -> str:
        """Say what it finds, in a sentence."""
        sent = f"{counted(self.number, 'team')} sent at random, to one place at a time"
        knows = "whoever crosses and knows how often they are where, but not when"
        if self.exact:
            return f"{sent}, {'finds' if self.number == 1 else 'find'} {knows}, with a chance of {chance(self.value)}."
        return (
            f"{sent}: {knows}, is found {exponent(self.value)} times on average. A way across can meet several teams, "
            f"so that this is an upper bound of the chance to be found, which is {chance(self.least)} or more."
        )

    def blocks(self) -> Iterator[Block]:
        """Yield what is said of it."""
        lines: list[str | Table] = [self.headline()]
        if self.low is not None and self.high is not None:
            lines.append(
                f"If every chance to find is as low as it can be: {chance(self.low)}; as high: {chance(self.high)}."
            )
        rows = tuple((each.teams, each.place, chance(each.often), chance(each.finds)) for each in self.turns)
        lines.append(Table(("teams", "place", "how often one is there", "finds whoever passes"), rows))
        tried = [f"{name} {rounded(share)}" for name, share in self.shares.items() if share >= 0.025]
        lines += [f"Crossings that adapt would be tried in (to 5 %): {listed(tried)}."] if tried else []
        lines += [f"One more team of {key} would add {signed(added)}." for key, added in self.more.items()]
        lines.append(
            "At each place there is one team at most at a time; draw anew every time, so that a lottery keeps these "
            "shares: nobody may foresee the next draw, and limits hold on average."
        )
        yield Block("Teams sent at random", tuple(lines))
        yield Block("People who cross where teams are", tuple(f"{name}: {said}." for name, said in self.civil))

    def proof(self) -> str:
        """Say what proves it."""
        return (
            f"Teams: these shares reach {self.certificate['primal']:.6g} on every way across, and a mix of ways on "
            f"which no teams reach more proves that nothing is better ({self.certificate['dual']:.6g})."
        )

    def data(self) -> dict[str, Any]:
        """Return it as JSON-ready data."""
        return {
            "teams": self.number,
            "expected detections": self.value,
            "chance of detection": {"at least": self.least, "at most": min(self.value, 1.0), "exact": self.exact},
            "range": None if self.low is None else [self.low, self.high],
            "places": [
                {"teams": each.teams, "place": each.place, "how often": each.often, "finds": each.finds}
                for each in self.turns
            ],
            "share of attempts": {name: rounded(share) for name, share in self.shares.items()},
            "one more team adds": dict(self.more),
            "people who cross": [{"what": name, "text": said} for name, said in self.civil],
            "certificate": dict(self.certificate),
        }


def teams(scenario: Scenario, large: bool = False) -> Teams | None:
    """Return how often teams are where, if they are sent at random as well as can be; None where there are none.

    Parameters
    ----------
    scenario : Scenario
    large : bool
        Whether more than 5,000 arcs are wanted.
    """
    recast = recast_teams(scenario)
    if recast is None:
        return None
    with in_words(recast, large):
        numbered = compiled(recast, large=large)
        plan = joint_plan(numbered.problem, large=large)
        ends = [joint_value(compiled(recast, end, large).problem, large=large) for end in ("low", "high")]
        more = dict(_more(numbered, plan))
    ranged = any(not each.effect.certain for each in numbered.deployments)
    return Teams(
        int(sum(numbered.problem.resources.budget[_rows(numbered)])),
        plan.value,
        _least(numbered, plan),
        ends[0] if ranged else None,
        ends[1] if ranged else None,
        tuple(
            Turn(each.measure.label, place_of(recast, each.segment), float(often), float(each.effect))
            for each, often in zip(numbered.deployments, plan.effort, strict=True)
            if often > USED
        ),
        shares(numbered, plan),
        more,
        tuple(protected(numbered, plan.effort)),
        certificate(numbered, plan),
    )  # fmt: skip


def _rows(numbered: Compiled) -> list[int]:
    """Return the budgets that are numbers of teams."""
    return np.flatnonzero(numbered.problem.measures.use.any(axis=1)).tolist()


def _least(numbered: Compiled, plan: Plan) -> float:
    """Return the chance to be found that teams make sure of; one team is never met twice, and its chances add up."""
    problem = numbered.problem
    if problem.resources.budget[_rows(numbered)].sum() <= 1:
        return plan.value
    met: Floats = problem.exponents(plan.effort)
    parts = [part(problem, index) for index in range(len(problem.adversaries))]
    return min(surely(where, met[where.arcs]) for where in parts)


def _more(numbered: Compiled, plan: Plan) -> Iterator[tuple[str, float]]:
    problem = numbered.problem
    for row in _rows(numbered):
        added = joint_value(problem.one_more(row)) - plan.value
        yield numbered.scenario.budgets[row].key, added if added > SAME else 0.0
