"""The Owen point: properties on random problems, its certificate by multiplying out, its range by other programs."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from schematic import parallel, problems, tri_state
from sharing_oracles import TAGS, TRI_STATE_DIVISIONS
from small_programs import minimum

from detente.monitoring.joint import joint_value
from detente.monitoring.measures import Measures, Resources
from detente.monitoring.network import Adversary, Network
from detente.monitoring.owen import owen
from detente.monitoring.problem import Problem


def levels(problem, objective="worst"):
    """Return what every set of parties reaches above no effort at all, one program each."""
    nothing = joint_value(problem.restricted(()), objective)
    groups = [
        [party for party in range(problem.agencies) if mask >> party & 1] for mask in range(1 << problem.agencies)
    ]
    return {tuple(group): joint_value(problem.restricted(group), objective) - nothing for group in groups if group}


def check_certificate(problem, found, weights=None):
    """Prices prove the value: a flow of all types, each measure worth no more than it uses, and the same value."""
    measures, network = problem.measures, problem.network
    total = np.zeros(network.arcs)
    strength = []
    for who, flow in zip(problem.adversaries, found.flows, strict=True):
        assert (flow >= -1e-9).all()
        net = np.bincount(network.tails, flow, network.nodes) - np.bincount(network.heads, flow, network.nodes)
        inner = [node for node in range(network.nodes) if node not in (*who.sources, *who.sinks)]
        assert net[inner] == pytest.approx(np.zeros(len(inner)), abs=1e-7)
        strength.append(net[list(who.sources)].sum())
        total += flow
    if weights is None:
        assert sum(strength) == pytest.approx(1, abs=1e-7)
    else:
        assert strength == pytest.approx(weights, abs=1e-7)
    assert (found.prices >= -1e-9).all() and (found.cap_prices >= -1e-9).all()
    usable = measures.cap > 0
    worth = measures.exponent * total[measures.arc]
    cost = found.prices @ measures.use + found.cap_prices
    for row in range(problem.rows.count):
        entries, lower, upper = problem.rows.row(row)
        for column, value in entries.items():
            cost[column] += value * found.row_prices[row]
        assert found.row_prices[row] >= -1e-9 or np.isfinite(lower)
        assert found.row_prices[row] <= 1e-9 or np.isfinite(upper)
    assert (worth <= cost + 1e-7)[usable].all()
    caps = np.where(np.isfinite(measures.cap), measures.cap, 0.0)
    value = found.prices @ problem.resources.budget + found.cap_prices @ caps
    value += sum(flow @ problem.baseline(index) for index, flow in enumerate(found.flows))
    for row, price in enumerate(found.row_prices):
        _, lower, upper = problem.rows.row(row)
        value += price * (upper if price > 0 else lower) if abs(price) > 1e-9 else 0.0
    assert value == pytest.approx(found.value, abs=1e-6)


def test_tri_state_schematic():
    assert TAGS["tri_state_schematic"] == "derived"
    problem, _ = tri_state()
    found = owen(problem)
    assert found.point == pytest.approx(TRI_STATE_DIVISIONS["owen"], abs=1e-7)
    assert found.shares == pytest.approx(TRI_STATE_DIVISIONS["owen"], abs=1e-7)
    assert found.guaranteed and found.common == 0
    assert found.low == found.high == found.point
    check_certificate(problem, found)


@given(problems(), st.sampled_from(("worst", "weighted")))
@settings(max_examples=40, deadline=None)
def test_budgets_alone_put_it_in_the_core(problem, objective):
    found = owen(problem, objective)
    value = joint_value(problem, objective)
    assert found.value == pytest.approx(value, abs=1e-7)
    assert found.guaranteed and sum(found.point) == pytest.approx(value, abs=1e-6)
    for group, reached in levels(problem, objective).items():
        assert sum(found.point[party] for party in group) >= reached - 1e-6
    assert all(
        low - 1e-6 <= own <= high + 1e-6 for low, own, high in zip(found.low, found.point, found.high, strict=True)
    )
    check_certificate(problem, found, problem.weights.tolist() if objective == "weighted" else None)


@given(problems(caps=True))
@settings(max_examples=40, deadline=None)
def test_rents_of_caps_go_to_those_who_must_consent(problem):
    found = owen(problem)
    assert found.guaranteed
    for group, reached in levels(problem).items():
        assert sum(found.point[party] for party in group) >= reached - 1e-6
    check_certificate(problem, found)


@given(problems(caps=True, baseline=True))
@settings(max_examples=40, deadline=None)
def test_what_is_there_anyway_is_owed_to_nobody(problem):
    found = owen(problem)
    assert found.value - found.floor == pytest.approx(
        joint_value(problem) - joint_value(problem.restricted(())), abs=1e-6
    )
    assert sum(found.point) + found.common == pytest.approx(found.value - found.floor, abs=1e-6)
    assert sum(found.shares) == pytest.approx(found.value - found.floor, abs=1e-6)
    if found.guaranteed:
        for group, reached in levels(problem).items():
            assert sum(found.point[party] for party in group) >= reached - 1e-6
    check_certificate(problem, found)


@st.composite
def side_by_side(draw):
    """Few distinct effects, budgets and baselines, so that prices are often not unique."""
    agencies, sectors = draw(st.integers(2, 4)), draw(st.integers(1, 4))
    effect = st.sampled_from((0.0, 0.5, 1.0))
    effects = np.array([[draw(effect) for _ in range(sectors)] for _ in range(agencies)])
    budgets = np.array([draw(st.sampled_from((0.0, 1.0, 2.0))) for _ in range(agencies)])
    return effects, budgets, np.array([draw(st.sampled_from((0.0, 0.0, 0.25, 1.0))) for _ in range(sectors)])


@given(side_by_side())
@settings(max_examples=60, deadline=None)
def test_the_range_by_another_program(drawn):
    """Prices y, and parts f of sectors that add up to 1, with w[a, e] f[e] <= y[a]: least y B + f b is the value."""
    effects, budgets, there = drawn
    agencies, sectors = effects.shape
    found = owen(parallel(effects, budgets, baseline=there))
    names = np.eye(agencies + sectors + 1)  # prices, parts, and how deep everybody is inside its range
    rows = [names[a] - effects[a, e] * names[agencies + e] for a in range(agencies) for e in range(sectors)]
    rows.append(names[agencies:-1].sum(axis=0))
    lower, upper = [*[0.0] * (len(rows) - 1), 1.0], [*[np.inf] * (len(rows) - 1), 1.0]
    cost = np.concatenate((budgets, there, [0.0]))
    value, _ = minimum(cost, rows, lower, upper)
    assert found.value == pytest.approx(value, abs=1e-7)
    # As little as can be is owed to nobody.
    rows.append(cost)
    lower, upper = [*lower, 0.0], [*upper, value + 1e-10]
    common, _ = minimum(np.concatenate((np.zeros(agencies), there, [0.0])), rows, lower, upper)
    assert found.common == pytest.approx(common - there.min(), abs=1e-6)
    rows.append(np.concatenate((np.zeros(agencies), there, [0.0])))
    lower, upper = [*lower, 0.0], [*upper, common + 1e-10]
    owed = [budgets[agency] * names[agency] for agency in range(agencies)]
    for agency in range(agencies):
        ends = [sign * minimum(sign * owed[agency], rows, lower, upper)[0] for sign in (1, -1)]
        assert (found.low[agency], found.high[agency]) == pytest.approx(ends, abs=1e-6)
    # In the middle, as far from all ends as everybody can be.
    width = np.array(found.high) - np.array(found.low)
    wide = np.flatnonzero(width > 1e-6)
    if len(wide):
        for agency in wide:
            rows += [owed[agency] - width[agency] * names[-1], -owed[agency] - width[agency] * names[-1]]
            lower += [found.low[agency], -found.high[agency]]
            upper += [np.inf, np.inf]
        depth, _ = minimum(-names[-1], rows, lower, upper)
        inside = np.minimum(np.array(found.point) - found.low, np.array(found.high) - found.point)[wide] / width[wide]
        assert inside.min() == pytest.approx(min(-depth, 0.5), abs=1e-5)


def test_parties_that_need_each_other_may_share_in_any_way():
    problem = parallel([[1.0], [0.0]], [2.0, 2.0])
    joint = replace(problem.measures, use=np.array([[0.5, 0.0], [0.5, 0.0]]), consent=np.ones((2, 2), dtype=bool))
    found = owen(replace(problem, measures=joint))
    assert found.value == pytest.approx(4)
    assert (found.low, found.high) == (pytest.approx((0, 0), abs=1e-7), pytest.approx((4, 4), abs=1e-7))
    assert found.point == pytest.approx((2, 2), abs=1e-7)


@given(problems(caps=True, baseline=True), st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_relabelling_parties_changes_nothing(problem, random):
    order = random.sample(range(problem.agencies), problem.agencies)  # party p is called order[p]
    back = np.argsort(order)
    other = replace(
        problem,
        measures=replace(problem.measures, use=problem.measures.use[back], consent=problem.measures.consent[back]),
        resources=replace(problem.resources, budget=problem.resources.budget[back]),
    )
    one, two = owen(problem), owen(other)
    for name in ("point", "low", "high"):
        assert [getattr(two, name)[order[p]] for p in range(problem.agencies)] == pytest.approx(
            getattr(one, name), abs=1e-5
        )


@given(problems())
@settings(max_examples=20, deadline=None)
def test_it_grows_with_budgets(problem):
    assume(problem.resources.budget.any())
    twice = owen(problem.with_budgets(2 * problem.resources.budget))
    assert twice.point == pytest.approx([2 * share for share in owen(problem).point], abs=1e-5)


def test_side_constraints_void_the_proof():
    # Any two of three could fill the one site there is: nobody is needed, and everything is the site's.
    pairs = np.array([[1, 1, 0], [1, 0, 1], [0, 1, 1]], dtype=float)
    problem = parallel(
        [[1.0], [1.0], [1.0]], [9.0] * 3, consent=pairs > 0, rows=[({0: 1.0, 1: 1.0, 2: 1.0}, -np.inf, 1.0)]
    )
    problem = replace(problem, measures=replace(problem.measures, use=pairs))
    found = owen(problem)
    assert not found.guaranteed
    assert found.common == pytest.approx(1)
    assert found.shares == pytest.approx((1 / 3,) * 3)
    check_certificate(problem, found)


def test_whole_units_and_undetected_crossings_have_no_prices():
    assert owen(parallel([[1.0, 1.0]], [2.0], cap=[1, 1], divisible=[True, False])) is None
    assert owen(parallel([[1.0]], [2.0]), "expected") is None


def test_whoever_can_be_deeper_is_not_held_back_by_others():
    # Two borders: three parties needed together at one, two at the other; all prices that add up are possible at each.
    use = np.array([[1.0, 0.0]] * 3 + [[0.0, 1.0]] * 2)
    problem = Problem(
        Network.of(4, [(0, 1), (2, 3)]),
        (Adversary((0,), (1,)), Adversary((2,), (3,))),
        Measures(np.arange(2), np.ones(2), use, use > 0),
        Resources(np.arange(5), np.full(5, 2.0)),
    )
    found = owen(problem, "weighted")
    assert found.high == pytest.approx((2,) * 5, abs=1e-6) and found.low == pytest.approx((0,) * 5, abs=1e-6)
    assert found.point == pytest.approx((2 / 3, 2 / 3, 2 / 3, 1, 1), abs=1e-6)
