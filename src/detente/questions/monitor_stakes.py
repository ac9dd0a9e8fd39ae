"""This module owns what each party has of a way of taking part: gain, cost, intrusion, exposure, and their classes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import exp

import numpy as np

from detente.model.disjunction import Choice
from detente.monitoring.arrays import Floats
from detente.monitoring.compiling import Compiled
from detente.monitoring.feed import banded
from detente.monitoring.quantities import Quantity
from detente.monitoring.scenario import Scenario
from detente.monitoring.taking_part import Participation
from detente.questions.monitor_fed import Stake, Weights


def weights_of(scenario: Scenario, party: str) -> Weights:
    """Return how a party weighs: as the scenario says, else what is found counts fully, and the rest not at all."""
    own = scenario.party(party)
    return Weights(party, _number(own.protection, 1.0), _number(own.intrusiveness, 0.0), _number(own.leak, 0.0))


def _number(quantity: Quantity | None, otherwise: float) -> float:
    return otherwise if quantity is None else float(quantity)


def stakes_of(
    numbered: Compiled, made: Participation, before: Participation, weights: Sequence[Weights]
) -> dict[str, Stake]:
    """Return what each party has of a profile, its class left open."""
    problem, scenario = numbered.problem, numbered.scenario
    lost = made.detection - (1 - exp(-made.without_common.worst))
    found = {}
    for place, each in enumerate(weights):
        gain = _protected(numbered, made, each.party) - _protected(numbered, before, each.party)
        cost = _spent(numbered, made.effort, place) - _spent(numbered, before.effort, place)
        felt = float(problem.measures.intrusiveness[scenario.party_ids.index(each.party)] @ made.effort)
        exposure = lost if each.party in made.together and len(made.together) > 1 else 0.0
        worth = each.protection * gain - cost - each.intrusiveness * felt - each.leak * exposure
        found[each.party] = Stake(gain, cost, 0.0, felt, exposure, worth, 0)
    return found


def _protected(numbered: Compiled, made: Participation, party: str) -> float:
    """Return the chance of detection as it counts for a party: by its own weights of the types, if it has some."""
    types = numbered.scenario.adversaries
    own = [dict(each.weights).get(party) for each in types]
    if all(weight is None for weight in own):
        return made.detection
    weights = [float(each.weight if weight is None else weight) for each, weight in zip(types, own, strict=True)]
    reached = (1 - exp(-each) for each in made.reached.exponents)
    return sum(weight * found for weight, found in zip(weights, reached, strict=True)) / (sum(weights) or 1.0)


def _spent(numbered: Compiled, effort: Floats, player: int) -> float:
    """Return what part of its budgets a player uses, the mean over its budgets."""
    resources, use = numbered.problem.resources, numbered.problem.measures.use
    own = [row for row in np.flatnonzero(resources.owner == player) if resources.budget[row] > 0]
    return sum(float(use[row] @ effort / resources.budget[row]) for row in own) / len(own) if own else 0.0


def ranked(
    worths: Mapping[Choice, dict[str, Stake]], classes: int, parties: Sequence[str]
) -> dict[Choice, dict[str, Stake]]:
    """Return the stakes with their classes, of equal width between a party's least and greatest worth."""
    found: dict[Choice, dict[str, Stake]] = {choice: {} for choice in worths}
    for party in parties:
        values = {choice: stakes[party].worth for choice, stakes in worths.items()}
        least, span = min(values.values()), max(values.values()) - min(values.values())
        for choice, value in values.items():
            rank = banded((value - least) / span, classes) if span > 1e-9 else 0
            found[choice][party] = replace(worths[choice][party], rank=rank)
    return found
