"""When a partner drops out, or numbers are not as thought: by planning again, and by trying other plans."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from schematic import parallel, problems, tri_state

from detente.monitoring.joint import joint_plan, joint_value
from detente.monitoring.resilience import defaults, resilient_plan, robust_plan, tornado, widest
from detente.monitoring.routes import evaluate


def left(problem, effort, party):
    """What a plan reaches without the measures that need a party."""
    return evaluate(problem, np.where(problem.measures.consent[party], 0.0, effort)).worst


def test_tri_state_schematic():
    problem, _ = tri_state()
    plan = joint_plan(problem)
    found = defaults(problem, plan.effort)
    assert [each.left for each in found] == pytest.approx([left(problem, plan.effort, party) for party in range(3)])
    assert [each.replanned for each in found] == pytest.approx(
        [1.1194029850746268, 0.7413793103448276, 2.2142857142857144]
    )
    # Half of what the others reach alone can be kept, at some cost; nine tenths cannot.
    half = resilient_plan(problem, 0.5)
    assert half.asked and half.best == pytest.approx(2.6375)
    assert 2.2142857 > half.level > 2.0
    much = resilient_plan(problem, 0.9)
    assert not much.asked and 0.5 < much.part < 0.9
    assert much.level < half.level


@given(problems(caps=True, baseline=True), st.sampled_from((0.0, 0.3, 0.7, 1.0)))
@settings(max_examples=25, deadline=None)
def test_a_resilient_plan_keeps_its_promise(problem, part):
    found = resilient_plan(problem, part)
    keep = [joint_value(problem.without(party)) for party in range(problem.agencies)]
    assert found.best == pytest.approx(joint_value(problem), abs=1e-7)
    assert found.level <= found.best + 1e-7
    assert list(found.left) == pytest.approx([left(problem, found.effort, party) for party in range(problem.agencies)])
    for reached, alone in zip(found.left, keep, strict=True):
        assert reached >= found.part * alone - 1e-6
    assert found.asked == (found.part == part)
    assert (problem.measures.use @ found.effort <= problem.resources.budget + 1e-7).all()
    if part == 0:
        assert found.level == pytest.approx(found.best, abs=1e-7)
    # No mixture of the best plan and another resilient one that keeps the promise reaches more.
    best, safest = joint_plan(problem).effort, resilient_plan(problem, 1.0).effort
    for mix in np.linspace(0, 1, 21):
        effort = mix * best + (1 - mix) * safest
        if all(left(problem, effort, party) >= found.part * keep[party] for party in range(problem.agencies)):
            assert evaluate(problem, effort).worst <= found.level + 1e-6


@given(problems(caps=True, baseline=True), st.sampled_from((0.0, 0.2, 0.5)))
@settings(max_examples=25, deadline=None)
def test_what_costs_nothing_is_kept_for_drop_outs(problem, part):
    found = resilient_plan(problem, part)
    parties = range(problem.agencies)
    keep = [joint_value(problem.without(party)) for party in parties]
    # Other plans that keep the part and reach as much leave no more over all drop-outs.
    for other in (joint_plan(problem).effort, resilient_plan(problem, 1.0).effort):
        rest = [left(problem, other, party) for party in parties]
        kept = all(each >= part * alone for each, alone in zip(rest, keep, strict=True))
        if kept and evaluate(problem, other).worst >= found.level - 1e-9:
            assert sum(found.left) >= sum(rest) - 1e-5
    again = resilient_plan(problem, part)
    assert again.left == found.left


def test_a_plan_made_for_drop_outs_is_no_worse_than_one_that_is_not():
    # Two parties, each with one place of its own; the second can spend what nobody needs at the first place too.
    problem = parallel(((1.0, 0.0), (1.0, 1.0)), (1.0, 5.0), baseline=(0.0, 0.0))
    found = resilient_plan(problem, 0.5)
    assert found.level == pytest.approx(found.best) == pytest.approx(3.0)
    assert found.left[0] == pytest.approx(2.5 - 0.5 * (found.left[0] < 2.5 - 1e-6))


@given(
    st.lists(st.sampled_from((0.2, 0.5, 1.0)), min_size=4, max_size=4),
    st.lists(st.booleans(), min_size=4, max_size=4),
    st.tuples(st.integers(0, 3), st.integers(0, 3)),
    st.sampled_from((0.0, 0.4, 0.8, 1.0)),
)
@settings(max_examples=40, deadline=None)
def test_whole_units_stay_whole_when_partners_drop_out(effects, divisible, budgets, part):
    problem = parallel((effects[:2], effects[2:]), budgets, divisible=divisible, baseline=(0.1, 0.0))
    found = resilient_plan(problem, part)
    whole = np.flatnonzero(~problem.measures.divisible)
    assert found.effort[whole] == pytest.approx(np.round(found.effort[whole]), abs=0)
    assert (problem.measures.use @ found.effort <= problem.resources.budget + 1e-7).all()
    assert found.best == pytest.approx(joint_value(problem), abs=1e-6)
    keep = [joint_value(problem.without(party)) for party in (0, 1)]
    assert all(reached >= found.part * alone - 1e-6 for reached, alone in zip(found.left, keep, strict=True))
    # Every way to put whole units, and halves of what can be divided, in place: none that keeps the promise is better.
    steps = [np.arange(0, budgets[place // 2] + 0.1, 0.5 if each else 1.0) for place, each in enumerate(divisible)]
    for effort in product(*steps):
        plan = np.array(effort)
        if (problem.measures.use @ plan > problem.resources.budget).any():
            continue
        share = min((left(problem, plan, at) / keep[at] for at in (0, 1) if keep[at] > 1e-9), default=1.0)
        assert found.asked or share <= found.part + 1e-6, "more could be kept"
        if share >= found.part:
            assert evaluate(problem, plan).worst <= found.level + 1e-6


@given(problems(caps=True), st.integers(0, 2**31))
@settings(max_examples=20, deadline=None)
def test_a_robust_plan_does_best_in_the_worst_case(problem, seed):
    random = np.random.default_rng(seed)
    lowest = problem.measures.exponent * random.uniform(0.5, 1.0, problem.measures.count)
    plan = robust_plan(problem, lowest)

    def with_effects(effects):
        return replace(problem, measures=replace(problem.measures, exponent=effects))

    for _ in range(5):  # whatever effects turn out to be, at least what was promised
        effects = random.uniform(lowest, problem.measures.exponent)
        assert evaluate(with_effects(effects), plan.effort).worst >= plan.value - 1e-7
    nominal = joint_plan(problem)
    assert evaluate(with_effects(lowest), nominal.effort).worst <= plan.value + 1e-7


def test_one_number_at_a_time():
    problem = parallel([[1.0, 0.5]], [3.0])

    def with_effects(*effects):
        return replace(problem, measures=replace(problem.measures, exponent=np.array(effects)))

    swings = tornado(
        [
            (with_effects(0.9, 0.5), with_effects(1.1, 0.5)),
            (with_effects(1.0, 0.2), with_effects(1.0, 0.8)),
            (problem.with_budgets(np.array([3.0])), problem.with_budgets(np.array([3.0]))),
        ]
    )
    for swing, (low, high) in zip(swings, [((0.9, 0.5), (1.1, 0.5)), ((1.0, 0.2), (1.0, 0.8))], strict=False):
        assert swing.low == pytest.approx(3 / (1 / low[0] + 1 / low[1]))
        assert swing.high == pytest.approx(3 / (1 / high[0] + 1 / high[1]))
    assert widest(swings) == (1, 0, 2)


def test_what_cannot_be_is_refused():
    with pytest.raises(ValueError, match="from 0 to 1"):
        resilient_plan(tri_state()[0], 2.0)
