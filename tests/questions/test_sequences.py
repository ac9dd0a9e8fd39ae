"""Demands one after the other: their times by trying all times, the way by trying all moves, and what is said of it."""

from fractions import Fraction
from itertools import combinations, product

import pytest
from bargains import Naive, bargains, with_
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.files.load import load, read_document
from detente.game import setting
from detente.model.edits import edit_from
from detente.model.items import Demand
from detente.model.statements import Compare, Not, made
from detente.questions.demands import demands
from detente.questions.sequences import in_order, sequences
from detente.questions.windows import Order, orders, said, stages

F = Fraction
TIMES = range(-2, 9)
times = st.none() | st.integers(0, 5)


@st.composite
def timed(draw, most=4):
    """Draw demands with windows."""
    found = []
    for number in range(draw(st.integers(2, most))):
        low, high = draw(times), draw(times)
        if low is not None and high is not None and low > high:
            low, high = high, low
        low, high = (None if time is None else F(time) for time in (low, high))
        found.append(Demand(f"d{number}", "A", "B", made(Compare("B.o")), low, high))
    return found


def fits(demand, time):
    return (demand.from_time is None or demand.from_time <= time) and (demand.by_time is None or time <= demand.by_time)


def possible(split):
    """Whether whole times can be found for the stages, each later than the one before."""
    return any(
        list(when) == sorted(set(when))
        and all(fits(d, time) for stage, time in zip(split, when, strict=True) for d in stage)
        for when in product(TIMES, repeat=len(split))
    )


@given(timed())
def test_an_order_is_allowed_where_times_can_be_found_for_its_stages(asked):
    for order in orders(asked):
        assert (not order.against) == possible(order.stages)
        assert {d.id for stage in order.stages for d in stage} == {d.id for d in asked}
        if order.against:
            continue
        assert in_order(asked, order)
        for edit in order.edits:
            old = next(d for d in asked if d.id == edit.id)
            assert (edit.from_time, edit.by_time) != (old.from_time, old.by_time)
            assert old.from_time is None or edit.from_time >= old.from_time
            assert old.by_time is None or edit.by_time <= old.by_time


@given(timed())
def test_stages_are_as_few_as_the_times_allow(asked):
    found = stages(asked)
    assert possible(found)
    for count in range(1, len(found)):
        assert not any(
            all(any(fits(d, time) for time in chosen) for d in asked) for chosen in combinations(TIMES, count)
        )


@given(timed())
def test_some_order_is_allowed_wherever_the_times_leave_any(asked):
    splits = [
        (tuple(d for d in asked if d not in some), some)
        for size in range(1, len(asked))
        for some in combinations(asked, size)
    ]
    apart = len(stages(asked)) > 1
    assert any(not order.against for order in orders(asked)) == (
        apart or any(possible(s) for s in splits if 1 in map(len, s))
    )


def test_an_order_that_its_edits_do_not_bring_about_is_refused():
    one, other = (Demand(id, "A", "B", made(Compare("B.o"))) for id in ("one", "other"))
    assert not in_order([one, other], Order(((one,), (other,))))


def through(world, wanted, kinds):
    """Return whether all stages can be passed from today, with improving moves alone where that is asked."""
    states = {world.today}
    for stage, improving in zip(wanted, kinds, strict=True):
        states = {end for state in states for end in world.onward(state, world.ids, improving) if end in stage}
    return bool(states)


@given(bargains(approaches=False, most=5), st.data())
@settings(max_examples=150)
def test_the_way_is_legal_and_as_much_of_it_improving_as_can_be(case, data):
    asked = [d for d in case.demands if d.sender != d.to][:3]
    if len(asked) < 2:
        return
    about, world = setting(case), Naive(case)
    meeting = {d.id: {s for s in world.states if world.met(d.that, s)} for d in asked}
    for each in sequences(about, asked):
        wanted = [set.intersection(*(meeting[d.id] for d in stage)) for stage in each.stages]
        kinds = list(product((True, False), repeat=len(wanted)))
        if each.legs is None:
            assert not through(world, wanted, [False] * len(wanted))
            continue
        here = world.today
        improving = 0
        for leg, stage in zip(each.legs, wanted, strict=True):
            last = None
            for step in leg:
                id, end = world.ids[step.party], about.game.values(step.after)
                assert id != last and about.game.values(step.before) == here
                assert end in world.moves(id, here)
                gain = (world.worth(id, end) > world.worth(id, here)) - (world.worth(id, end) < world.worth(id, here))
                assert gain == step.gain
                below = [
                    p for p in about.table if world.worth(world.ids[p], end) < world.worth(world.ids[p], world.today)
                ]
                assert list(step.below) == below
                here, last = end, id
            assert here in stage
            improving += all(step.gain > 0 for step in leg)
        assert improving >= max(sum(kind) for kind in kinds if through(world, wanted, kind))


def source(**windows):
    case = load("us-pakistan-2018").case
    return with_(case, demands=tuple(
        with_(d, from_time=windows[d.id][0], by_time=windows[d.id][1]) if d.id in windows else d for d in case.demands
    ))  # fmt: skip


def pair(case):
    (found,) = demands(case).contradictory
    return found


def test_times_that_lie_apart_say_the_order_and_it_is_checked_as_a_path():
    found = pair(source(talks=(None, F(2)), operation=(F(3), None)))
    assert "They are asked for at different times: ‘operation’ from 3 on and ‘talks’ by 2." in found.text
    assert "As timed, ‘talks’ first, then ‘operation’: Pakistan starts ‘facilitation of talks’, then" in found.text
    assert "Afghan Taliban and Pakistan would lose by steps of their own, and must be assured of more." in found.text
    against = "not possible, for ‘operation’ is to be met from 3 on and ‘talks’ is to be met by 2."
    assert f"‘operation’ first, then ‘talks’: {against}" in found.text
    assert not any(repair.kind == "sequence" for repair in found.repairs)
    data = found.data()["in turn"]
    assert [each["possible"] for each in data] == [True, False]
    assert data[0]["order"] == [["talks"], ["operation"]] and data[0]["assure"] == ["AT", "PK"]
    assert data[0]["stages"][1][-1]["party"] == "PK" and data[0]["stages"][1][-1]["mover"] == "loses"


def test_times_that_leave_no_room_are_said():
    found = pair(source(talks=(F(2), F(2)), operation=(F(2), F(2))))
    assert found.text.count("not possible") == 2 and "is to be met at 2" in found.text
    assert not any(repair.kind == "sequence" for repair in found.repairs)


def test_an_order_that_no_moves_bring_about_is_said():
    case = load("us-pakistan-2018").case
    (talks,) = [o for o in case.options if o.key == "AT.talk"]
    one_way = with_(talks, direction="on")
    parties = tuple(with_(p, options=tuple(one_way if o is talks else o for o in p.options)) for p in case.parties)
    found = pair(with_(case, parties=parties))
    assert "‘talks’ first, then ‘operation’: not possible, for no legal moves lead from today" in found.text
    assert [[d.id for s in each.stages for d in s] for each in found.in_turn if each.legs] == [["operation", "talks"]]


def test_the_repair_is_the_order_with_edits_that_ask_for_it():
    case = source()
    kinds = [repair for repair in pair(case).repairs if repair.kind == "sequence"]
    assert [repair.text.split(":")[0] for repair in kinds] == [
        "‘operation’ first, then ‘talks’",
        "‘talks’ first, then ‘operation’",
    ]
    edited = case.edit(*(edit_from(data, case) for data in kinds[1].data()["edits"]))
    assert edited.demand("talks").by_time == 1 and edited.demand("operation").from_time == 2
    assert "As timed, ‘talks’ first, then ‘operation’" in pair(edited).text


GATE = """
title: A gate
parties:
  A: {options: [knock], concerns: [B.open and not B.shut, knock]}
  B: {options: [open, shut], concerns: [WISH]}
rules: [not (B.open and B.shut)]
today: []
demands:
  - {id: in, from: A, to: B, that: B.open}
  - {id: out, from: A, to: B, that: B.shut}
"""


@pytest.mark.parametrize(
    ("wish", "ending"),
    [
        ("shut, open", "in’ first, then ‘out’: B starts ‘open’; then B stops ‘open’ and starts ‘shut’ – each step "
         "improves whoever makes it, and nobody at the table is below today on the way"),
        ("not open, not shut", "‘out’ first, then ‘in’: B starts ‘shut’; then B starts ‘open’ and stops ‘shut’ – the "
         "moves are legal, but B would lose by a step of its own, and must be assured of more"),
        ("A.knock", "then B stops ‘open’ and starts ‘shut’ – nobody loses by a step of its own, though B would not "
         "gain, and nobody at the table is below today on the way"),
    ],
    ids=["willing", "unwilling", "indifferent"],
)  # fmt: skip
def test_who_gains_by_the_steps_is_told(wish, ending):
    case = read_document(GATE.replace("WISH", wish)).case
    assert any(each.text.endswith(ending) for each in pair(case).in_turn)


def test_three_that_clash_two_by_two_in_time_come_in_three_stages():
    at = [(F(1), F(1)), (F(2), F(2)), (F(3), F(3))]
    asked = [Demand(f"d{n}", "A", "B", made(Compare("B.o")), low, high) for n, (low, high) in enumerate(at)]
    first, *others = orders(asked)
    assert [[d.id for d in stage] for stage in first.stages] == [["d0"], ["d1"], ["d2"]] and first.edits == ()
    assert all(order.against for order in others)


def test_without_today_no_order_is_checked():
    case = with_(source(), today=None)
    assert pair(case).in_turn == ()


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [(None, None, ""), ("2018.75", None, "from 2018.75 on"), (None, "2", "by 2"), ("1", "1", "at 1"), ("1", "3/2",
     "from 1 to 1.5"), (None, "1/3", "by 1/3")],
)  # fmt: skip
def test_times_are_said_as_they_were_given(low, high, text):
    times = [None if each is None else F(each) for each in (low, high)]
    assert said(Demand("d", "A", "B", made(Not(Compare("B.o"))), *times)) == text
