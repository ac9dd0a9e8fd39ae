"""This module owns the question what could go wrong with a joint plan."""

from collections.abc import Iterator
from math import exp
from typing import Any

from detente.monitoring.agreement import checks
from detente.monitoring.compiling import Compiled, compiled
from detente.monitoring.deterrence import Conduct, deterring_rate
from detente.monitoring.faults import ContradictionError
from detente.monitoring.joint import joint_plan
from detente.monitoring.parameters import PartnerRisk
from detente.monitoring.plan import Plan
from detente.monitoring.proofs import apart_proofs, proof, taken
from detente.monitoring.resilience import Resilient, defaults, resilient_plan
from detente.monitoring.risk import Repeated, leak_break_even, patience_needed
from detente.monitoring.scenario import Scenario
from detente.monitoring.uncoordinated import solo
from detente.questions.monitor_risks import Asked, Default, Patience, Risks
from detente.questions.monitor_solve import METHOD
from detente.questions.monitored import chance, planned

KEPT = 0.5
"""What part of what the others reach by themselves the plan made for drop-outs keeps, whoever drops out."""


def risk(scenario: Scenario, large: bool = False) -> Risks:
    """Return what could go wrong with the joint plan: a leak, a partner that drops out, impatience.

    Parameters
    ----------
    scenario : Scenario
        What parties are tempted by stands under its `risks`, and what inspections find under its `inspection`.
    large : bool
        Whether more than 5,000 arcs are wanted.

    Raises
    ------
    NotAvailableError, TooLargeError
        Where there is no best plan, with the reason.
    """
    numbered = compiled(scenario, large=large)
    problem = numbered.problem
    plan = joint_plan(problem)
    separate = solo(problem)
    apart = 1 - exp(-separate.reached.worst)
    leak = leak_break_even(apart, plan.detection)
    resilient = resilient_plan(problem, KEPT) if len(scenario.players) > 1 else None
    labels = {party.id: party.label for party in scenario.parties}
    return Risks(
        planned(scenario, METHOD),
        joint=plan.detection,
        apart=apart,
        leak=0.0 if leak is None else max(float(leak), 0.0),
        defaults=tuple(sorted(_defaults(numbered, plan, resilient), key=lambda each: (each.left, each.party))),
        robust=None if resilient is None else 1 - exp(-resilient.level),
        kept=0.0 if resilient is None else resilient.part,
        patience=tuple(_patience(each, labels[each.party]) for each in scenario.risks if _complete(each)),
        inspection=_inspection(scenario),
        inspected=_asked(scenario),
        agreement=tuple(Asked(each.asks, each.answer, each.because) for each in checks(scenario)),
        proofs={
            "joint": proof(numbered, plan),
            "apart": apart_proofs(numbered, separate),
            "others": {} if resilient is None else _others(numbered),
            "made for default": None if resilient is None else taken(numbered, resilient.effort),
        },
    )


def _others(numbered: Compiled) -> dict[str, Any]:
    """Return by party what proves what the others reach anew without it; None where they can keep no limits."""
    found: dict[str, Any] = {}
    for place, player in enumerate(numbered.players):
        try:
            found[player] = proof(numbered, joint_plan(numbered.problem.without(place)))
        except ContradictionError:
            found[player] = None
    return found


def _defaults(numbered: Compiled, plan: Plan, resilient: Resilient | None) -> Iterator[Default]:
    """Yield what is left of the plan without each player's efforts and consents, and what the others reach anew."""
    if resilient is None:
        return
    scenario = numbered.scenario
    found = defaults(numbered.problem, plan.effort)
    for party, each, kept in zip(scenario.players, found, resilient.left, strict=True):
        yield Default(scenario.party(party).label, each.left, 1 - exp(-each.left), kept, each.replanned)


def _complete(risk: PartnerRisk) -> bool:
    return None not in (risk.temptation, risk.reward, risk.punishment)


def _patience(risk: PartnerRisk, label: str) -> Patience:
    assert risk.temptation is not None and risk.reward is not None and risk.punishment is not None
    found_out = 1 if risk.found_out is None else risk.found_out.value
    stakes = Repeated(risk.temptation.value, risk.reward.value, risk.punishment.value, found_out)
    needed = patience_needed(stakes)
    return Patience(
        label,
        None if needed is None else float(needed),
        float(stakes.temptation),
        float(stakes.reward),
        float(stakes.punishment),
        float(stakes.found_out),
    )


def notes(scenario: Scenario) -> Iterator[str]:
    """Yield whether joint monitoring can last: the patience that each party needs, and the inspections that deter."""
    labels = {party.id: party.label for party in scenario.parties}
    for each in scenario.risks:
        if _complete(each):
            needed = _patience(each, labels[each.party]).threshold
            if needed is None:
                yield f"{labels[each.party]}: no patience suffices to keep joint monitoring (there is no δ*)."
            elif needed <= 0:
                yield f"{labels[each.party]} is not tempted to leave joint monitoring (δ* = 0)."
            else:
                yield f"{labels[each.party]} keeps joint monitoring if tomorrow counts at least {chance(needed)} (δ*)."
    if _asked(scenario):
        rate = _inspection(scenario)
        told = "No announced rate of inspections deters a breach."
        yield told if rate is None else f"Inspections at an announced rate of {chance(rate)} deter a breach."


def _asked(scenario: Scenario) -> bool:
    """Return whether a scenario says what a violation gains and costs, so that there is a rate to ask for."""
    given = scenario.inspection
    return given is not None and given.gain is not None and given.sanction is not None and given.gain.value > 0


def _inspection(scenario: Scenario) -> float | None:
    given = scenario.inspection
    if given is None or given.gain is None or given.sanction is None or not given.gain.value:
        return None
    chances = (0 if each is None else each.value for each in (given.missed, given.false_alarm, given.false_alarm_cost))
    rate = deterring_rate(Conduct(given.gain.value, given.sanction.value, *chances))
    return None if rate is None else float(rate)
