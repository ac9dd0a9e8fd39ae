"""This module owns the question what the joint plan reaches, and what carries it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from math import exp
from typing import get_args

from detente.errors import NotAvailableError, UnknownNameError
from detente.look.summary import listed
from detente.monitoring.arrays import Floats
from detente.monitoring.compiling import Compiled, compiled
from detente.monitoring.constraints import EVERYWHERE, MaxDelay
from detente.monitoring.easing import eased
from detente.monitoring.joint import joint_plan, joint_range, joint_value
from detente.monitoring.limiting import hours
from detente.monitoring.plan import Objective, Plan
from detente.monitoring.problem import Problem
from detente.monitoring.scenario import Scenario
from detente.monitoring.spread import even_shares
from detente.monitoring.uncoordinated import solo
from detente.questions.monitor_barriers import barriers
from detente.questions.monitor_numbers import PLANNED, Number, changed, numbers
from detente.questions.monitor_planned import USED, branching, proven, tried
from detente.questions.monitor_red_lines import RedLine
from detente.questions.monitor_solved import Assumption, Budget, Level, Sector, Solved
from detente.questions.monitor_teams import teams
from detente.questions.monitor_whole import unseen, whole
from detente.questions.monitored import exponent, planned

SMALL = 1e-9  # what rounding leaves of a difference
METHOD = "joint plan, a max–min linear program"
UNPROVEN = (
    "The search among whole units was stopped before the plan was proven the best: what one more unit would add, what "
    "red lines cost and which numbers carry the result was not reckoned."
)
MOST_VARIED = 200  # numbers of which both ends are tried


def solve(scenario: Scenario, objective: str = "worst", large: bool = False) -> Solved:
    """Return the joint plan of a scenario: what it reaches, who does what, and what limits cost.

    Parameters
    ----------
    scenario : Scenario
    objective : {"worst", "weighted", "expected"}
        The least exponent of any type of adversary; their weighted sum; the expected share that is not found.
    large : bool
        Whether more than 5,000 arcs are wanted.

    Raises
    ------
    UnknownNameError
        For another objective.
    NotAvailableError, TooLargeError
        Where there is no best plan, with the reason.
    """
    aim = objective_of(objective)
    numbered = compiled(scenario, large=large)
    numbered = replace(numbered, problem=branching(numbered.problem))
    plan = joint_plan(numbered.problem, aim)
    apart = solo(numbered.problem).effort
    labels, best = _labels(scenario), proven(plan.value, plan.bound)
    return Solved(
        planned(scenario, METHOD, objective=objective),
        exponent=plan.reached.worst,
        detection=plan.detection,
        types={
            each.label: reached for each, reached in zip(scenario.adversaries, plan.reached.exponents, strict=True)
        },
        sectors=_sectors(numbered, plan, apart),
        parties=tuple(labels[id] for id in scenario.players),
        levels=tuple(_levels(numbered, plan.effort)),
        budgets=tuple(_budgets(numbered, plan)),
        red_lines=tuple(_red_lines(numbered, plan, aim)) if best else (),
        civil=tuple(facts(numbered, plan.effort)),
        assumptions=tuple(_assumptions(scenario, aim, large, varying=best)),
        primal=plan.value,
        dual=plan.bound,
        certificate=certificate(numbered, plan),
        bound=_bound(numbered),
        effective=bool(numbered.deployments) or not any(each.team or each.barrier for each in scenario.measures),
        unseen=unseen(numbered, plan),
        whole=whole(numbered, plan),
        teams=teams(scenario, large),
        barriers=barriers(scenario, large),
        notes=() if best else (UNPROVEN,),
    )  # fmt: skip


def certificate(numbered: Compiled, plan: Plan) -> dict[str, object]:
    """Return a plan and its prices under their names, as detente verify reads them."""
    scenario = numbered.scenario
    return {
        "objective": plan.objective,
        "value": plan.value,
        "levels": {key: level for key, level in numbered.levels(plan.effort).items() if level > USED / 100},
        "weights": {each.id: float(weight) for each, weight in zip(scenario.adversaries, plan.weights, strict=True)},
        "budget prices": {
            budget.key: float(price) for budget, price in zip(scenario.budgets, plan.prices, strict=True)
        },
        "limit prices": {
            limit.id: float(price) for limit, price in zip(numbered.limits, plan.row_prices, strict=True) if price
        },
        "cap prices": {
            each.key: float(price) for each, price in zip(numbered.deployments, plan.cap_prices, strict=True) if price
        },
    }


def facts(numbered: Compiled, effort: Floats) -> Iterator[tuple[str, str]]:
    """Yield what a plan does to the people who cross, in short: delay, crossings, waits."""
    scenario = numbered.scenario
    delay = float(sum(hours(each) * level for each, level in zip(numbered.deployments, effort, strict=True)))
    limits = [limit for limit in scenario.constraints if isinstance(limit, MaxDelay)]
    everywhere = [float(limit.amount) for limit in limits if limit.where == EVERYWHERE]
    of = f" of {exponent(min(everywhere))} allowed" if everywhere else ", and no limit is set"
    if limits and not everywhere:
        of = "; limits are set for parts of it (detente monitor civil)"
    yield "Delay", f"{exponent(delay)} person-hours a day{of}"
    closed = {
        id
        for each, level in zip(numbered.deployments, effort, strict=True)
        if level > USED
        for id in each.measure.closes
    }
    if not scenario.crossings:
        yield "Official crossings", "the scenario names none"
    for crossing in scenario.crossings:
        kept = "stays open; no plan may close it" if crossing.keep_open else "stays open"
        yield f"Crossing {crossing.label}", "✗ closed by this plan" if crossing.id in closed else f"✓ {kept}"


def objective_of(objective: str) -> Objective:
    """Return an objective by its name; raises UnknownNameError with the nearest ones."""
    for known in get_args(Objective):
        if objective == known:
            return known  # type: ignore[no-any-return]  # get_args gives Any
    raise UnknownNameError("objective", objective, get_args(Objective))


def _labels(scenario: Scenario) -> dict[str, str]:
    return {party.id: party.label for party in scenario.parties}


def _sectors(numbered: Compiled, plan: Plan, apart: Floats) -> tuple[Sector, ...]:
    scenario, labels = numbered.scenario, _labels(numbered.scenario)
    together = _by_party(numbered, plan.effort)
    separate = _by_party(numbered, apart)
    there: dict[str, float] = {}
    for (segment, bears), baseline in zip(numbered.arcs, numbered.problem.network.baseline, strict=True):
        if bears and segment.sector and not segment.crossing:
            there[segment.sector] = there.get(segment.sector, 0.0) + float(baseline)
    shares = even_shares(numbered.problem, plan, tried(numbered))
    by_hand = Counter(segment.sector for segment, bears in numbered.arcs if bears and not segment.layer)
    return tuple(
        Sector(
            sector.label,
            {labels[id]: amount for id, amount in separate.get(sector.id, {}).items()},
            {labels[id]: amount for id, amount in together.get(sector.id, {}).items()},
            _chance(there.get(sector.id, 0.0) + sum(separate.get(sector.id, {}).values())),
            _chance(there.get(sector.id, 0.0) + sum(together.get(sector.id, {}).values())),
            float(shares[number]) if number < len(shares) else 0.0,
            by_hand[sector.id] > 1,
        )
        for number, sector in enumerate(scenario.sectors)
    )


def _by_party(numbered: Compiled, effort: Floats) -> dict[str, dict[str, float]]:
    """Return by sector what each party adds to exponents; what several do together is divided evenly."""
    found: dict[str, dict[str, float]] = {}
    for each, level in zip(numbered.deployments, effort, strict=True):
        if level > USED and each.segment.sector and not each.segment.crossing:
            own = found.setdefault(each.segment.sector, {})
            for party in each.users or each.consent:
                own[party] = own.get(party, 0.0) + float(level) * float(each.effect) / len(each.users or each.consent)
    return found


def _levels(numbered: Compiled, effort: Floats) -> Iterator[Level]:
    scenario, labels = numbered.scenario, _labels(numbered.scenario)
    names = {sector.id: sector.label for sector in scenario.sectors}
    for measure in scenario.measures:
        taken = [
            (each, float(level))
            for each, level in zip(numbered.deployments, effort, strict=True)
            if each.measure.id == measure.id and level > USED
        ]
        if taken:
            between = {each.segment.id: "between sectors" for each, _ in taken if each.segment.both_ways}
            where = dict.fromkeys(
                names.get(each.segment.sector, between.get(each.segment.id, each.segment.id)) for each, _ in taken
            )
            users = taken[0][0].users
            yield Level(
                measure.label, tuple(labels[id] for id in users), tuple(where), sum(level for _, level in taken), ""
            )


def _budgets(numbered: Compiled, plan: Plan) -> Iterator[Budget]:
    """Yield each budget, with what the plan reaches more if it is one larger: solved, for prices need not be unique."""
    problem, scenario = numbered.problem, numbered.scenario
    others = {key for each in scenario.measures if each.team or each.barrier for key, _ in each.uses}
    for row, budget in enumerate(scenario.budgets):
        if budget.key in others and not problem.measures.use[row].any():
            continue  # of teams and barriers, which are planned by themselves
        used = float(problem.measures.use[row] @ plan.effort)
        adds = _adds(problem.one_more(row), plan)
        yield Budget(budget.key, float(budget.amount), used, float(plan.prices[row]), adds)


def _adds(problem: Problem, plan: Plan) -> float | None:
    """Return by how much another problem's best plan betters a plan; None where one of the two is not proven best."""
    value, bound = joint_range(problem, plan.objective)
    if not (proven(value, bound) and proven(plan.value, plan.bound)):
        return None
    adds = abs(value - plan.value)
    return adds if adds > SMALL else 0.0


def _red_lines(numbered: Compiled, plan: Plan, aim: Objective) -> Iterator[RedLine]:
    """Yield what each listed constraint costs: the plan without it, the others staying."""
    scenario = numbered.scenario
    prices = {limit.id: abs(float(price)) for limit, price in zip(numbered.limits, plan.row_prices, strict=True)}
    places = {limit.id: row for row, limit in enumerate(numbered.limits)}
    labels = _labels(scenario)
    for constraint in scenario.constraints:
        if constraint.asked_by and not set(constraint.asked_by) & set(scenario.players):
            continue  # asked for those who cross: a protection
        try:
            lifted = joint_plan(
                compiled(scenario.without(constraint.id), large=numbered.problem.large).problem, aim
            ).detection
        except NotAvailableError:  # without it nothing limits the plan
            lifted = 1.0
        asked = (
            f" (asked by {listed([labels.get(id, id) for id in constraint.asked_by])})" if constraint.asked_by else ""
        )
        name, price, costs = f"{constraint.label}{asked}", prices.get(constraint.id, 0.0), lifted - plan.detection
        row = places.get(constraint.id)
        ends = (None, None) if row is None else (_eased(numbered, plan, row, 1.0), _eased(numbered, plan, row, -1.0))
        yield RedLine(name, price, max(costs, 0.0), *ends)


def _eased(numbered: Compiled, plan: Plan, row: int, by: float) -> float | None:
    """Return what a constraint that allows so much more adds, or less takes; None where that cannot be."""
    other = eased(numbered.problem, row, by)
    try:
        return None if other is None else _adds(other, plan)
    except NotAvailableError:  # no plan keeps so narrow a limit
        return None


def _assumptions(scenario: Scenario, aim: Objective, large: bool = False, varying: bool = True) -> Iterator[Assumption]:
    """Yield every number; of those given as ranges, what the plan reaches with the lowest and the highest."""
    varied = 0
    for number in numbers(scenario):
        quantity = number.quantity
        ends: tuple[float | None, float | None] = (None, None)
        if varying and not quantity.certain and number.path[0] in PLANNED and varied < MOST_VARIED:
            varied += 1
            low, high = (reached(scenario, number, end, aim, large) for end in (quantity.low, quantity.high))
            ends = low, high
        yield Assumption(number.name, str(quantity), quantity.synthetic, quantity.source, *ends)


def reached(
    scenario: Scenario, number: Number, value: Fraction, aim: Objective = "worst", large: bool = False
) -> float:
    """Return the chance of detection by the best plan if a number were another one."""
    other = replace(number.quantity, value=value, low=value, high=value)
    problem = compiled(changed(scenario, number.path, other), large=large).problem
    return _chance(joint_value(problem)) if aim == "worst" else joint_plan(problem, aim).detection


def _bound(numbered: Compiled) -> str:
    if all(each.measure.divisible for each in numbered.deployments):
        return ""
    return "Some measures come in whole units, so that prices hold for the rest of the plan only."


def _chance(reached: float) -> float:
    return 1 - exp(-reached)
