"""This module owns what parties reach by taking part in different ways: not at all, alone, informed, or together.

- none: a party does nothing, and consents to nothing;
- unilateral: it plans as if it were alone, with what needs nobody else;
- shared data: the same, but it knows the plans of all who share or plan together, and answers them;
- joint planning: one plan of all who plan together, with what needs no other consents, joint teams left out;
- joint teams: joint teams too, among those who all take part in them.

Plans made alone stay secret: nobody answers them. Those who share answer each other in turn until nothing more is
reached; they want the same, so that every answer helps. All plans are laid on each other, and those who cross adapt.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp

import numpy as np

from detente.monitoring.arrays import Floats
from detente.monitoring.compiling import Compiled
from detente.monitoring.feed import Profile
from detente.monitoring.joint import joint_effort
from detente.monitoring.problem import Problem
from detente.monitoring.routes import Evaluation, evaluate

SWEEPS = 20
ENOUGH = 1e-9  # exponent below which an answer is no gain
TOGETHER = ("joint planning", "joint teams")


@dataclass(frozen=True, slots=True, eq=False)
class Participation:
    """What a profile reaches.

    Parameters
    ----------
    effort : float, shape (measures,)
        All plans laid on each other.
    common : float, shape (measures,)
        Those of them that are made together.
    reached : Evaluation
        Against adversaries who adapt.
    without_common : Evaluation
        If what is made together were worth nothing.
    together : tuple of str
        Who plans together.
    """

    effort: Floats
    common: Floats
    reached: Evaluation
    without_common: Evaluation
    together: tuple[str, ...]

    @property
    def detection(self) -> float:
        """The chance to detect the adversary that is detected least."""
        return 1 - exp(-self.reached.worst)


def participation(numbered: Compiled, profile: Profile) -> Participation:
    """Return what a profile reaches.

    Parameters
    ----------
    numbered : Compiled
    profile : Profile
        By player of the scenario, how it takes part; which measures that options decide on can be used.
    """
    absent = [column for column, each in enumerate(numbered.deployments) if each.measure.id in profile.absent]
    problem = numbered.problem.barring(absent) if absent else numbered.problem
    ways = {player: profile.way(player) for player in numbered.players}
    together = tuple(player for player, way in ways.items() if way in TOGETHER)
    sharing = [player for player, way in ways.items() if way == "shared data"]
    alone = [player for player, way in ways.items() if way == "unilateral"]
    own = {player: problem.restricted(numbered.coalition([player])) for player in (*sharing, *alone)}
    secret = np.zeros(problem.measures.count)
    for player in alone:
        secret = secret + joint_effort(own[player])
    common = _common(numbered, problem, ways, together)
    nothing = np.zeros(problem.measures.count)
    plans = _answered(nothing, common, {player: own[player] for player in sharing})
    made = plans.get("", nothing)
    effort = sum(plans.values(), secret)
    return Participation(effort, made, evaluate(problem, effort), evaluate(problem, effort - made), together)


def _common(numbered: Compiled, problem: Problem, ways: Mapping[str, str], together: tuple[str, ...]) -> Problem | None:
    """Return the problem of those who plan together; None where nobody does."""
    if not together:
        return None
    in_teams = {player for player in together if ways[player] == "joint teams"}
    barred = [
        column
        for column, each in enumerate(numbered.deployments)
        if len(each.users) > 1 and not set(each.users) <= in_teams
    ]
    return problem.barring(barred).restricted(numbered.coalition(together))


def _answered(nothing: Floats, common: Problem | None, own: Mapping[str, Problem]) -> dict[str, Floats]:
    """Return the plans of those who share, and under "" the common one, each an answer to the others."""
    problems = ({"": common} if common is not None else {}) | dict(own)
    if not problems:
        return {}
    first = next(iter(problems.values()))  # all have the same network and measures
    plans = {name: joint_effort(problem) for name, problem in own.items()}
    best = -1.0
    for _ in range(SWEEPS):
        for name, problem in problems.items():
            others = sum((plan for other, plan in plans.items() if other != name), nothing)
            answer = joint_effort(problem.with_baseline(problem.exponents(others)))
            if name not in plans or _reach(first, others + answer) > _reach(first, others + plans[name]) + ENOUGH:
                plans[name] = answer
        reached = _reach(first, sum(plans.values(), nothing))
        if reached <= best + ENOUGH or len(problems) < 2:
            break
        best = reached
    return plans


def _reach(problem: Problem, effort: Floats) -> float:
    return evaluate(problem, effort).worst
