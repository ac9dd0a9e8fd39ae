"""This module owns the question who carries what, who gains what, and who would do better apart."""

from typing import Any

from detente.errors import NotAvailableError
from detente.monitoring.coalitional import LARGEST, members, paid
from detente.monitoring.compiling import Compiled, compiled
from detente.monitoring.joint import check_listed
from detente.monitoring.problem import Problem
from detente.monitoring.proofs import prices, proof
from detente.monitoring.scenario import Scenario
from detente.monitoring.sharing import PRICED, Coalition, Sharing
from detente.monitoring.sharing import share as shared
from detente.monitoring.transfers import Transfers, transfers
from detente.questions.monitor_shared import Burden, Group, Shared
from detente.questions.monitored import planned

RULES = {"owen": "Owen", "shapley": "Shapley", "nucleolus": "nucleolus", "separable": "SCRB", "proportional": "means"}


def share(scenario: Scenario, outsiders: str = "passive", large: bool = False) -> Shared:
    """Return who carries what and gains what, which sets of parties would leave, and who would ride free.

    Parameters
    ----------
    scenario : Scenario
    outsiders : {"passive", "status-quo"}
        What parties outside a set do meanwhile: nothing, or what they do alone.
    large : bool
        Whether more than 5,000 arcs are wanted.

    Raises
    ------
    NotAvailableError
        Where there are more than 8 parties, or there is no best plan.
    """
    if outsiders not in ("passive", "status-quo"):
        raise NotAvailableError(f"outsiders are passive or status-quo, not {outsiders!r}")
    if len(scenario.players) > LARGEST:
        raise NotAvailableError(f"at most {LARGEST} parties can share, as every set of them is planned for")
    numbered = compiled(scenario, large=large)
    check_listed(numbered.problem, "a division of what is gained")
    means = [scenario.party(id).means for id in scenario.players]
    weights = [each.value for each in means if each is not None]
    found = shared(
        numbered.problem,
        outsiders="passive" if outsiders == "passive" else "status_quo",
        weights=weights if len(weights) == len(means) else None,
    )
    return _told(numbered, found, outsiders)


def _told(numbered: Compiled, found: Sharing, outsiders: str) -> Shared:
    scenario, resources = numbered.scenario, numbered.problem.resources
    labels = [scenario.party(id).label for id in scenario.players]
    everybody = found.game.everybody
    divisions = {RULES[each.rule]: each.shares for each in found.divisions}
    moved = _transfers(numbered.problem, found)
    return Shared(
        planned(scenario, "what every set of parties reaches, and its division", outsiders=outsiders),
        parties=tuple(
            Burden(
                label,
                float(resources.budget[resources.owner == place].sum()),
                float(found.game.alone(place)),
                {rule: float(shares[place]) for rule, shares in divisions.items()},
                None if found.owen is None else (found.owen.low[place], found.owen.high[place]),
                None if moved is None or moved.paid is None else float(moved.paid[place]),
                found.free_riders[place].kept,
            )
            for place, label in enumerate(labels)
        ),
        total=float(found.game.total),
        groups=tuple(
            Group(
                tuple(labels[place] for place in members(group)),
                float(found.game.values[group]),
                {rule: float(paid(shares, group)) for rule, shares in divisions.items()},
            )
            for group in sorted(range(1, everybody), key=lambda group: (group.bit_count(), group))
        ),
        least=float(found.least_core.excess),
        gap=None if moved is None else float(moved.gap),
        common=0.0 if found.owen is None else float(found.owen.common),
        notes=() if found.owen is not None else (_unpriced(numbered, outsiders),),
        proofs=_proofs(numbered, found),
    )


def _proofs(numbered: Compiled, found: Sharing) -> dict[str, Any]:
    """Return what proves the value of every set of parties, and the prices by which the Owen point divides."""
    players = numbered.players
    everybody = found.game.everybody

    def of(each: Coalition, acting: bool) -> dict[str, Any]:
        inside = [players[place] for place in members(each.members)]
        beside = [player for player in players if acting and player not in inside]
        told = {"impossible": True} if each.plan is None else proof(numbered, each.plan)
        return {"parties": inside, "beside": beside} | told

    acting = found.outsiders == "status_quo"
    proofs: dict[str, Any] = {
        "sets": [of(found.coalitions[group], acting) for group in range(1, everybody + 1)],
        "others": [of(each, not acting) for each in found.left if each.members],
        "alone": {
            player: None if plan is None else proof(numbered, plan)
            for player, plan in zip(players, found.alone, strict=True)
        },
    }
    if found.owen is not None:
        proofs["prices"] = prices(numbered, found.owen)
    return proofs


def _unpriced(numbered: Compiled, outsiders: str) -> str:
    arcs = numbered.problem.network.arcs * len(numbered.scenario.adversaries)
    reason = "some measures come in whole units only" if arcs <= PRICED else "there are too many arcs"
    reason = reason if outsiders == "passive" else "outsiders act"
    return f"No division by prices (Owen), because {reason}."


def _transfers(problem: Problem, found: Sharing) -> Transfers | None:
    """Return the least payments that make staying pay for each, effort counted at the prices of the joint plan.

    Who leaves either plans alone beside the others, or does nothing. None where there are no prices.
    """
    if found.owen is None:
        return None
    staying, leaving = [], []
    for place, rider in enumerate(found.free_riders):
        prices = found.owen.prices[problem.resources.owner == place]
        cost = sum(price * used for price, used in zip(prices, rider.effort_joint, strict=True))
        cheaper = sum(price * used for price, used in zip(prices, rider.effort_alone, strict=True))
        staying.append(float(rider.staying - cost))
        leaving.append(float(max(rider.alone - cheaper, rider.idle)))
    needed = [
        out - into if out - into > 1e-7 else min(out - into, 0.0) for into, out in zip(staying, leaving, strict=True)
    ]
    return transfers([0.0] * len(needed), needed)
