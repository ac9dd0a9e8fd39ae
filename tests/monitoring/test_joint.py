"""Joint plans: published answers, a program over all routes, and what must hold of any problem."""

from dataclasses import replace
from itertools import product
from math import exp, log

import numpy as np
import plan_oracles as oracles
import pytest
from hypothesis import given
from hypothesis import strategies as st
from naive_plans import keeps_limits, least_on_routes, naive_value, simple_routes
from schematic import SENSORS, TEAMS, parallel, problems, tri_state

from detente.errors import NotAvailableError, TooLargeError
from detente.monitoring import joint
from detente.monitoring.certificate import certificate
from detente.monitoring.check import check
from detente.monitoring.cutting import cutting_plan
from detente.monitoring.faults import UnlimitedError, UnreachableError
from detente.monitoring.joint import joint_plan, joint_value
from detente.monitoring.measures import Measures, Resources, Rows
from detente.monitoring.network import Adversary, Network, check_size
from detente.monitoring.problem import Problem
from detente.monitoring.routes import evaluate


def boyd():
    count = len(oracles.BOYD_EDGES)
    return Problem(
        Network.of(11, oracles.BOYD_EDGES),
        (Adversary((1,), (10,)),),
        Measures(np.arange(count), np.array(oracles.BOYD_EFFECT), np.ones((1, count)), np.ones((1, count), dtype=bool),
                 np.array(oracles.BOYD_LIMIT)),
        Resources(np.array([0]), np.array([oracles.BOYD_BUDGET])),
    )  # fmt: skip


def test_boyd_a15_4_interdiction_effort() -> None:
    problem = boyd()
    assert joint_plan(problem).value == pytest.approx(oracles.BOYD_EXPONENT, abs=1e-7)
    assert exp(-joint_value(problem)) == pytest.approx(oracles.BOYD_PASSING, abs=1e-7)
    even = np.full(20, oracles.BOYD_BUDGET / 20)
    assert evaluate(problem, even).undetected == pytest.approx(oracles.BOYD_UNIFORM, abs=1e-7)


def test_tri_state_schematic() -> None:
    problem, element = tri_state()
    for coalition, exponent in oracles.TRI_STATE_EXPONENTS.items():
        plan = joint_plan(problem.restricted(coalition))
        assert plan.value == pytest.approx(exponent, abs=1e-9)
        assert joint_value(problem.restricted(coalition)) == pytest.approx(exponent, abs=1e-9)
    assert joint_plan(problem).detection == pytest.approx(oracles.TRI_STATE_DETECTION, abs=1e-6)
    own = problem.barring(np.flatnonzero(element > 0).tolist())
    assert joint_value(own) == pytest.approx(oracles.TRI_STATE_OWN_SIDE, abs=1e-6)
    with_sensors = problem.barring(np.flatnonzero(element == TEAMS).tolist())
    assert joint_value(with_sensors) == pytest.approx(oracles.TRI_STATE_OWN_SIDE_AND_SENSORS, abs=1e-6)
    assert SENSORS in element
    assert problem.without(2).resources.budget.tolist() == [4.0, 8.0, 0.0]


def test_doubling_budgets_doubles_the_exponent_of_the_schematic() -> None:
    problem, _ = tri_state(budgets=(8.0, 16.0, 6.0))
    assert joint_value(problem) == pytest.approx(2 * 2.6375, abs=1e-9)


def test_comparative_advantage_2x2() -> None:
    problem = parallel(oracles.ADVANTAGE, (1, 1))
    assert joint_value(problem) == pytest.approx(float(oracles.ADVANTAGE_JOINT), abs=1e-9)
    for agency in (0, 1):
        assert joint_value(problem.restricted([agency])) == pytest.approx(float(oracles.ADVANTAGE_SOLO), abs=1e-9)


@given(problems(caps=True, baseline=True))
def test_a_plan_is_what_a_program_over_all_routes_finds(problem: Problem) -> None:
    plan = joint_plan(problem)
    assert plan.value == pytest.approx(naive_value(problem), abs=1e-7)
    assert plan.bound == pytest.approx(plan.value, abs=1e-7)
    assert keeps_limits(problem, plan.effort)
    for adversary, exponent in enumerate(plan.reached.exponents):
        assert exponent == pytest.approx(least_on_routes(problem, plan.effort, adversary), abs=1e-9)
    assert joint_value(problem) == pytest.approx(plan.value, abs=1e-8)


@given(problems(caps=True, baseline=True))
def test_weighted_exponents(problem: Problem) -> None:
    far = replace(problem, adversaries=(Adversary((0,), (1,), 2.0), Adversary((0,), (problem.network.nodes - 1,), 3.0)))
    if problem.network.nodes == 2:
        far = replace(problem, adversaries=(Adversary((0,), (1,), 2.0),))
    if not simple_routes(far, len(far.adversaries) - 1):
        return
    plan = joint_plan(far, "weighted")
    assert plan.value == pytest.approx(naive_value(far, weighted=True), abs=1e-7)
    assert plan.value == pytest.approx(plan.bound, abs=1e-7)
    assert joint_value(far, "weighted") == pytest.approx(plan.value, abs=1e-8)


def two_places(weights=(0.5, 0.5), effects=(1.0, 1.0), budget=1.0):
    """Return two types of adversary, each with an arc of its own, and one budget for both."""
    return Problem(
        Network.of(4, [(0, 2), (1, 3)]),
        (Adversary((0,), (2,), weights[0]), Adversary((1,), (3,), weights[1])),
        Measures(np.array([0, 1]), np.array(effects), np.ones((1, 2)), np.ones((1, 2), dtype=bool)),
        Resources(np.array([0]), np.array([budget])),
    )


@given(
    st.tuples(st.floats(0.1, 1), st.floats(0.1, 1)),
    st.tuples(st.floats(0.2, 2), st.floats(0.2, 2)),
    st.floats(0.1, 5),
)
def test_expected_undetected_crossings_of_two_separate_places(weights, effects, budget) -> None:
    plan = joint_plan(two_places(weights, effects, budget), "expected")

    def passing(first):
        return weights[0] * exp(-effects[0] * first) + weights[1] * exp(-effects[1] * (budget - first))

    # where both chances to pass fall equally fast, or at an end
    even = log(weights[0] * effects[0] / (weights[1] * effects[1]))
    first = min(budget, max(0.0, (effects[1] * budget + even) / (effects[0] + effects[1])))
    assert plan.value == pytest.approx(passing(first), abs=1e-8)
    assert plan.bound == pytest.approx(plan.value, abs=1e-8)
    assert joint_value(two_places(weights, effects, budget), "expected") == pytest.approx(plan.value, abs=1e-8)


@given(problems())
def test_with_one_type_all_objectives_agree(problem: Problem) -> None:
    problem = replace(problem, adversaries=problem.adversaries[:1])
    worst = joint_value(problem)
    weight = problem.adversaries[0].weight
    assert joint_value(problem, "weighted") == pytest.approx(weight * worst, abs=1e-7)
    assert joint_value(problem, "expected") == pytest.approx(weight * exp(-worst), abs=1e-7)


@given(problems(), st.floats(0.1, 10))
def test_the_exponent_grows_with_all_budgets_in_proportion(problem: Problem, factor: float) -> None:
    grown = problem.with_budgets(problem.resources.budget * factor)
    assert joint_value(grown) == pytest.approx(factor * joint_value(problem), rel=1e-7, abs=1e-8)


@given(problems(caps=True, baseline=True), st.integers(0, 2), st.floats(0, 4), st.floats(0, 4))
def test_concave_and_nondecreasing_in_each_budget(problem: Problem, which: int, low: float, more: float) -> None:
    def at(amount):
        budget = problem.resources.budget.copy()
        budget[which % len(budget)] = amount
        return joint_value(problem.with_budgets(budget))

    assert at(low) <= at(low + more) + 1e-8
    assert at(low + more / 2) >= (at(low) + at(low + more)) / 2 - 1e-8


@given(problems(caps=True, baseline=True), st.data())
def test_a_constraint_never_raises_the_exponent(problem: Problem, data: st.DataObject) -> None:
    count = problem.measures.count
    entries = data.draw(st.dictionaries(st.integers(0, count - 1), st.sampled_from((-1.0, 0.5, 1.0)), min_size=1))
    limited = replace(problem, rows=Rows.of([(entries, -data.draw(st.floats(0, 1)), data.draw(st.floats(0, 1)))]))
    free, bound = joint_plan(problem), joint_plan(limited)
    assert bound.value <= free.value + 1e-8
    assert bound.value == pytest.approx(naive_value(limited), abs=1e-7)
    assert keeps_limits(limited, bound.effort)
    assert joint_value(replace(limited, rows=limited.rows.without(0))) == pytest.approx(free.value, abs=1e-8)


@given(problems(caps=True, baseline=True), st.randoms(use_true_random=False))
def test_what_is_counted_first_does_not_matter(problem: Problem, random) -> None:
    node, arc, measure = (list(range(n)) for n in (problem.network.nodes, problem.network.arcs, problem.measures.count))
    for order in (node, arc, measure):
        random.shuffle(order)
    place = np.array(node)
    measures = problem.measures
    new_arc = np.argsort(arc)
    same = Problem(
        Network(problem.network.nodes, place[problem.network.tails[arc]], place[problem.network.heads[arc]],
                problem.network.baseline[arc]),
        tuple(
            replace(who, sources=tuple(place[list(who.sources)]), sinks=tuple(place[list(who.sinks)]))
            for who in problem.adversaries
        ),
        Measures(new_arc[measures.arc[measure]], measures.exponent[measure], measures.use[:, measure],
                 measures.consent[:, measure], measures.cap[measure]),
        problem.resources,
    )  # fmt: skip
    assert joint_value(same) == pytest.approx(joint_value(problem), abs=1e-8)


@given(problems(caps=True, baseline=True))
def test_flows_are_the_adversarys_mixed_route(problem: Problem) -> None:
    plan = joint_plan(problem)
    assert plan.weights.sum() == pytest.approx(1.0, abs=1e-8)
    length = problem.exponents(plan.effort)
    for index, flow in enumerate(plan.flows):
        # only best routes are used: a flow's length is its amount times the least exponent
        used = flow @ (problem.baseline(index) + length)
        assert used == pytest.approx(plan.weights[index] * plan.reached.exponents[index], abs=1e-7)
    # and no plan does better against this flow: each measure's worth is at most its price
    worth = problem.measures.exponent * plan.flows.sum(axis=0)[problem.measures.arc]
    price = plan.prices @ problem.measures.use + plan.cap_prices
    assert (worth <= price + 1e-7).all()


def test_prices_say_what_one_more_unit_adds() -> None:
    problem, _ = tri_state()
    plan = joint_plan(problem)
    for resource, price in enumerate(plan.prices):
        budget = problem.resources.budget.copy()
        budget[resource] += 1e-3
        assert joint_value(problem.with_budgets(budget)) - plan.value == pytest.approx(1e-3 * price, abs=1e-8)
    assert plan.displacement.reshape(4, 3).sum(axis=0) == pytest.approx(np.ones(3))


def test_prices_of_side_constraints() -> None:
    problem, _ = tri_state()
    teams = {24: 1.0, 25: 1.0, 26: 1.0}
    limited = replace(problem, rows=Rows.of([(teams, 0.0, 2.0), ({4: 1.0}, 1.0, 9.0)]))
    plan = joint_plan(limited)
    looser = joint_value(replace(limited, rows=Rows.of([(teams, 0.0, 2.001), ({4: 1.0}, 1.0, 9.0)])))
    lower = joint_value(replace(limited, rows=Rows.of([(teams, 0.0, 2.0), ({4: 1.0}, 0.999, 9.0)])))
    assert looser - plan.value == pytest.approx(1e-3 * plan.row_prices[0], abs=1e-8)
    assert lower - plan.value == pytest.approx(-1e-3 * plan.row_prices[1], abs=1e-8)
    assert plan.row_prices[0] > 0 > plan.row_prices[1]


@given(problems(caps=True, baseline=True))
def test_of_best_plans_the_one_that_uses_least(problem: Problem) -> None:
    plan = joint_plan(problem)
    budget = problem.resources.budget
    there = budget > 0
    share = (problem.measures.use[there] / budget[there, None]).sum(axis=0)
    if not share.any():
        return
    # the least use of budgets at this value, from a program over routes
    from naive_plans import route_rows
    from small_programs import minimum

    rows, lower, upper = [], [], []
    for adversary in range(len(problem.adversaries)):
        gains, baseline = route_rows(problem, adversary)
        rows += list(gains)
        lower += list(plan.value - 1e-9 - baseline)
        upper += [np.inf] * len(gains)
    rows += list(problem.measures.use)
    lower += [-np.inf] * len(budget)
    upper += list(budget)
    least, _ = minimum(share, rows, lower, upper, 0.0, problem.measures.cap)
    assert share @ plan.effort == pytest.approx(least, abs=1e-6)


def test_ties_go_to_the_less_intrusive() -> None:
    measures = Measures(np.array([0, 0]), np.array([1.0, 1.0]), np.ones((1, 2)), np.ones((1, 2), dtype=bool),
                        intrusiveness=np.array([[2.0, 1.0]]))  # fmt: skip
    problem = Problem(Network.of(2, [(0, 1)]), (Adversary((0,), (1,)),), measures, Resources([0], [3.0]))
    assert joint_plan(problem).effort == pytest.approx([0.0, 3.0])


def test_whole_units_are_whole() -> None:
    problem = parallel(((1.0, 1.0),), (3.0,), divisible=(False, False))
    plan = joint_plan(problem)
    assert sorted(plan.effort.tolist()) == [1.0, 1.0]
    assert plan.value == pytest.approx(1.0)
    assert joint_value(replace(problem, measures=replace(problem.measures, divisible=np.ones(2)))) == pytest.approx(1.5)


@given(
    st.lists(st.sampled_from((0.25, 0.5, 1.0)), min_size=4, max_size=4),
    st.lists(st.booleans(), min_size=4, max_size=4),
    st.tuples(st.integers(0, 5), st.integers(0, 5)),
    st.sampled_from(("worst", "weighted", "expected")),
)
def test_whole_units_against_every_number_of_them(effects, whole, budgets, objective) -> None:
    halves = tuple(amount / 2 for amount in budgets)
    problem = parallel((effects[:2], effects[2:]), halves, divisible=[not each for each in whole], baseline=(0.1, 0.0))
    plan = joint_plan(problem, objective)
    assert keeps_limits(problem, plan.effort)
    indices = [index for index, each in enumerate(whole) if each]
    best = -np.inf
    for units in product(range(3), repeat=len(indices)):
        effort = np.zeros(4)
        effort[indices] = units
        left = problem.resources.budget - problem.measures.use @ effort
        if (left < 0).any():
            continue
        rest = problem.beside(effort).with_budgets(left).barring(indices)
        best = max(best, naive_value(rest))
    value = {"worst": best, "weighted": best, "expected": exp(-best)}[objective]
    assert plan.value == pytest.approx(value, abs=1e-7)
    assert plan.bound == pytest.approx(value, abs=1e-6)
    assert joint_value(problem, objective) == pytest.approx(value, abs=1e-7)


def test_numbers_too_far_apart_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joint, "PROVEN", -1.0)
    with pytest.raises(NotAvailableError, match="too many orders of magnitude apart"):
        joint_plan(tri_state()[0])


def test_several_sources_and_sinks() -> None:
    problem = Problem(
        Network.of(6, [(0, 2), (1, 3), (2, 4), (3, 5), (2, 5)]),
        (Adversary((0, 1), (4, 5)),),
        Measures(np.arange(5), np.array([1.0, 1.0, 0.1, 0.1, 0.1]), np.ones((1, 5)), np.ones((1, 5), dtype=bool)),
        Resources(np.array([0]), np.array([2.0])),
    )
    plan = joint_plan(problem)
    assert plan.value == pytest.approx(1.0) == naive_value(problem)


def test_a_sink_that_cannot_be_reached_is_said() -> None:
    problem = parallel(((1.0,),), (1.0,))
    lost = replace(problem, network=Network.of(3, [(0, 1)]), adversaries=(Adversary((0,), (1, 2)),))
    with pytest.raises(UnreachableError, match="no route leads adversary 0 to node 2") as caught:
        joint_plan(lost)
    assert (caught.value.adversary, caught.value.sinks) == (0, (2,))


def test_effort_without_a_limit_is_said() -> None:
    problem = parallel(((1.0, 1.0),), (1.0,))
    free = replace(problem, measures=replace(problem.measures, use=np.zeros((1, 2))))
    with pytest.raises(UnlimitedError, match="nothing limits the effort on measure 0, 1") as caught:
        joint_value(free)
    assert caught.value.measures == (0, 1)


@pytest.mark.parametrize("factor", [1e-12, 1e-9, 1e-6, 1e-3, 1e3, 1e6, 1e9, 1e12])
@pytest.mark.parametrize("find", [joint_plan, cutting_plan])
def test_budgets_may_be_in_any_unit(find, factor: float) -> None:
    problem, _ = tri_state(budgets=(4 * factor, 8 * factor, 3 * factor), factor=1 / factor)
    plan = find(problem)
    assert plan.value == pytest.approx(2.6375, rel=1e-9)
    assert plan.prices * problem.resources.budget == pytest.approx([1.3, 1.0, 0.3375], rel=1e-8)
    assert check(certificate(problem, plan)).optimal
    if find is joint_plan:
        assert joint_value(problem) == pytest.approx(2.6375, rel=1e-9)
        assert find(problem, "expected").value == pytest.approx(exp(-2.6375), abs=1e-8)


@pytest.mark.parametrize("factor", [1e-6, 1e6])
def test_prices_of_limits_in_any_unit(factor: float) -> None:
    def limited(size: float) -> Problem:
        return parallel(((1.0 / size, 1.0 / size, 2.0 / size),), (4.0 * size,), cap=(size, 9 * size, 9 * size),
                        rows=[({1: 1.0, 2: 1.0}, 0.0, 2.0 * size)])  # fmt: skip

    plan, same = joint_plan(limited(factor)), joint_plan(limited(1.0))
    assert plan.value == pytest.approx(same.value)
    assert plan.effort / factor == pytest.approx(same.effort, abs=1e-8)
    assert plan.row_prices * factor == pytest.approx(same.row_prices, abs=1e-8)
    assert plan.cap_prices * factor == pytest.approx(same.cap_prices, abs=1e-8)
    assert same.cap_prices.any() or same.row_prices.any()


def test_no_budget_is_no_plan() -> None:
    plan = joint_plan(parallel(((1.0, 1.0),), (0.0,), baseline=(0.2, 0.3)))
    assert plan.value == pytest.approx(0.2)
    assert not plan.effort.any()


def test_what_is_too_large_is_refused_before_memory_is_taken() -> None:
    with pytest.raises(TooLargeError, match=r"10,000,000 arcs are more than the 2,000,000 that can be solved"):
        check_size(10**7, large=True)
    with pytest.raises(TooLargeError, match=r"5,001 arcs .* --large \(large=True in Python\)"):
        check_size(5_001)
    wide = parallel((np.ones(5_001),), (1.0,))
    with pytest.raises(TooLargeError):
        joint_plan(wide)
    assert joint_plan(wide, large=True).value == pytest.approx(1 / 5_001)


def test_large_networks_with_caps_are_refused() -> None:
    wide = parallel((np.ones(20_001),), (1.0,), cap=np.ones(20_001))
    with pytest.raises(TooLargeError, match="measures have caps"):
        joint_value(wide, large=True)
