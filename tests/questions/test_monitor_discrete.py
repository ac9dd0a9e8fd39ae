"""Teams, barriers and sensors through scenario files: published answers, and every choice tried."""

import sys
from fractions import Fraction
from math import inf, isinf
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scenario_files import barriers_file, read, sensors_file, teams_file

from detente.errors import NotAvailableError
from detente.look.svg import svg
from detente.monitoring.network import Adversary, Network
from detente.monitoring.randomised import inspect_many
from detente.monitoring.sensors import chance_to_pass
from detente.questions.monitor import monitor
from detente.questions.monitor_check import check_scenario

sys.path.append(str(Path(__file__).resolve().parents[1] / "monitoring"))
import plan_oracles as oracles
from naive_plans import simple_routes, subsets
from schematic import parallel
from small_programs import matrix_game

from detente.monitoring.problem import Problem


def routes_of(ways, start, end):
    """Return all routes without circles, each as the set of its ways."""
    names = sorted({str(each) for way in ways for each in way})
    pairs = [(names.index(str(tail)), names.index(str(head))) for tail, head in ways]
    network = Network.of(len(names), pairs)
    small = parallel(((1.0,),), (1.0,))
    who = Adversary((names.index(str(start)),), (names.index(str(end)),))
    return simple_routes(Problem(network, (who,), small.measures, small.resources))


def test_ww_parallel_arcs():
    found = monitor(read(teams_file([("s", "t")] * 3, oracles.PARALLEL_CHANCES, 1, "s", "t"))).solve().teams
    assert found.value == found.least == pytest.approx(float(oracles.PARALLEL_VALUE), abs=1e-11)
    assert [turn.often for turn in found.turns] == pytest.approx([float(each) for each in oracles.PARALLEL_INSPECT])
    assert [turn.place for turn in found.turns] == ["a0", "a1", "a2"]


def test_ww_small_network():
    ways = [arc[:2] for arc in oracles.SMALL_NETWORK]
    chances = [arc[2] for arc in oracles.SMALL_NETWORK]
    found = monitor(read(teams_file(ways, chances, 1, "s", "t"))).solve().teams
    assert found.value == pytest.approx(float(oracles.SMALL_VALUE), abs=1e-9)
    assert 1 / found.value == pytest.approx(oracles.SMALL_FLOW, abs=1e-8)
    assert found.exact
    assert {turn.place: turn.often for turn in found.turns} == pytest.approx(
        {f"a{arc}": float(share) for arc, share in oracles.SMALL_INSPECT.items()}
    )


@pytest.mark.parametrize("barriers", oracles.DETOUR_ANSWERS)
def test_pyomo_gallery_shortest_path_interdiction(barriers):
    ways = [arc[:2] for arc in oracles.DETOUR_ARCS]
    hours = [arc[2] for arc in oracles.DETOUR_ARCS]
    text = barriers_file(ways, hours, [None] * 6, [1] * 6, barriers, ("Start", "End"))
    asking = monitor(read(text))
    verified = asking.verify(asking.solve().data())
    assert verified.accepted
    assert not verified.unchecked
    found = asking.solve().barriers
    assert found.hours == pytest.approx(oracles.DETOUR_ANSWERS[barriers])
    assert found.without == oracles.DETOUR_ANSWERS[0]
    assert len(found.stands) == barriers
    if barriers == 1:
        assert [stand.place for stand in found.stands] == [f"a{ways.index(oracles.DETOUR_BEST)}"]
    assert ("no way across is left" in found.headline()) == isinf(found.hours)


@pytest.mark.parametrize("sensors", oracles.SENSOR_ANSWERS)
def test_pan_charlton_morton_12node(sensors):
    types = [(start, end, "1/12") for start in oracles.SENSOR_ORIGINS for end in oracles.SENSOR_DESTINATIONS]
    text = sensors_file(oracles.SENSOR_EDGES, oracles.SENSOR_PASSING, oracles.SENSOR_SENSED, sensors, types)
    asking = monitor(read(text))
    found = asking.solve("expected")
    assert asking.verify(found).accepted
    value, where = oracles.SENSOR_ANSWERS[sensors]
    assert found.unseen == pytest.approx((oracles.SENSOR_ANSWERS[0][0], value), abs=1e-9)
    assert found.dual == pytest.approx(value, abs=1e-9)
    places = [f"a{oracles.SENSOR_EDGES.index(edge)}" for edge in where or ()]
    assert where is None or sorted(unit.place for unit in found.whole.units) == sorted(places)


ways = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)).filter(lambda way: way[0] != way[1]), max_size=7)


@given(ways, st.lists(st.sampled_from(("0", "0.2", "0.5", "1")), min_size=8, max_size=8), st.integers(1, 3))
@settings(max_examples=30)
def test_teams_against_the_matrix_game(given_ways, chances, number):
    given_ways = [(0, 1), *given_ways]
    chances = ["0.5", *chances][: len(given_ways)]
    found = monitor(read(teams_file(given_ways, [Fraction(each) for each in chances], number, 0, 1))).solve().teams
    routes = routes_of(given_ways, 0, 1)
    often = np.zeros(len(given_ways))
    for turn in found.turns:
        often[int(turn.place[1:])] = turn.often
    met = often * np.array([float(each) for each in chances])
    assert often.sum() <= number + 1e-9
    assert (often <= 1 + 1e-9).all()
    assert min(met[route].sum() for route in routes) == pytest.approx(found.value, abs=1e-7)
    assert found.least <= found.value + 1e-9
    if number == 1:  # the game of one team over all routes
        lost = [[-float(each) if arc in route else 0.0 for route in routes] for arc, each in enumerate(chances)]
        assert found.value == pytest.approx(-matrix_game(lost)[0], abs=1e-7)
        assert found.exact
    else:
        assert found.least == pytest.approx(min(met[route].max() for route in routes), abs=1e-7)
        names = sorted({str(each) for way in given_ways for each in way})
        pairs = [(names.index(str(tail)), names.index(str(head))) for tail, head in given_ways]
        who = Adversary((names.index("0"),), (names.index("1"),))
        network, finds = Network.of(len(names), pairs), np.array([float(each) for each in chances])
        assert found.value == pytest.approx(inspect_many(network, who, finds, number).value, abs=1e-7)


@given(
    ways,
    st.lists(st.integers(0, 4), min_size=8, max_size=8),
    st.lists(st.sampled_from((0, 1, 3, None)), min_size=8, max_size=8),
    st.lists(st.integers(1, 2), min_size=8, max_size=8),
    st.integers(0, 3),
    st.booleans(),
)
@settings(max_examples=30)
def test_barriers_against_every_choice(given_ways, hours, slows, costs, budget, both):
    given_ways = [(0, 1), (2, 3), *given_ways[:5]]
    count = len(given_ways)
    hours, slows, costs = hours[:count], slows[:count], costs[:count]
    ends = ((0, 1), (2, 3)) if both else ((0, 1),)
    found = monitor(read(barriers_file(given_ways, hours, slows, costs, budget, *ends))).solve().barriers
    routes = [route for start, end in ends for route in routes_of(given_ways, start, end)]

    def shortest(chosen):
        added = [0 if arc not in chosen else inf if slows[arc] is None else slows[arc] for arc in range(count)]
        return min(sum(hours[arc] + added[arc] for arc in route) for route in routes)

    able = [arc for arc in range(count) if slows[arc] is None or slows[arc]]
    choices = [each for each in subsets(able, len(able)) if sum(costs[arc] for arc in each) <= budget]
    assert found.hours == pytest.approx(max(map(shortest, choices)))
    assert found.without == shortest(())
    stands = [int(stand.place[1:]) for stand in found.stands]
    assert shortest(stands) == pytest.approx(found.hours)
    assert sum(costs[arc] for arc in stands) <= budget
    assert all(shortest([other for other in stands if other != arc]) < found.hours for arc in stands)
    # how many places it takes before the quickest way changes, whatever that costs
    fewest = [len(each) for each in subsets(able, len(able)) if shortest(each) > found.without]
    assert found.needed == (min(fewest) if fewest else None)


@given(ways, st.lists(st.sampled_from((0.25, 0.5, 0.9)), min_size=16, max_size=16), st.integers(0, 3))
@settings(max_examples=20)
def test_sensors_against_every_choice(given_ways, chances, budget):
    given_ways = [(0, 1), (2, 1), *given_ways]
    count = len(given_ways)
    passing = chances[:count]
    sensed = [each * 0.5 for each in passing]
    text = sensors_file(given_ways, passing, sensed, budget, [(0, 1, "3/4"), (2, 1, "1/4")])
    found = monitor(read(text)).solve("expected")
    names = sorted({each for way in given_ways for each in way})
    network = Network.of(len(names), [(names.index(tail), names.index(head)) for tail, head in given_ways])
    types = [Adversary((names.index(start),), (names.index(1),), weight) for start, weight in ((0, 0.75), (2, 0.25))]
    best = min(
        chance_to_pass(network, types, np.array(passing), np.array(sensed), np.array(each, dtype=int))
        for each in subsets(range(count), budget)
    )
    assert found.unseen[1] == pytest.approx(best, abs=1e-8)
    assert len(found.whole.units) <= budget


BORDER = """title: Teams, a fence and sensors
numbers: synthetic
parties: {A: {name: the west}, B: {name: the east}}
sectors: {S1: {name: north, flow: 200}, S2: {name: middle}, S3: {name: south}}
ground: {west: A, line: [A, B], east: B}
along: {west: 0}
hours: {west: 2, line: 1, east: 2, along: 4}
crossings: {Gate: {sector: S2, flow: 900}}
agencies:
  A: {budgets: {hours: 4, teams: 2}}
  B: {budgets: {hours: 4, fences: 2}}
measures:
  walk: {kind: patrol, at: west, uses: {A.hours: 1}, effect: 0.5}
  wardens: {name: wardens, kind: inspection, at: [line, west], uses: {A.teams: 1}, finds: 0.4 to 0.6, delay: 10}
  fence: {name: the fence, kind: barrier, at: line, uses: {B.fences: 1}, slows: {S1: 12, line: 6}}
adversaries:
  east: {from: west, to: east}
"""


def asked(text=BORDER, *swaps):
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new)
    return monitor(read(text))


def said(answer):
    return answer.render("text", 200)


def test_one_fence_too_few_changes_nothing_and_people_of_habit_are_told_of():
    found = asked().solve()
    assert (found.barriers.hours, found.barriers.needed, found.barriers.stands) == (5, 3, ())
    assert dict(found.barriers.more) == {"B.fences": pytest.approx(6)}
    text = said(found)
    assert (
        "No choice of barriers makes the quickest way across slower: it takes 5 hours until 3 places at least" in text
    )
    assert "That is the harshest reading: of people of habit, who take a way half as often if it is 0.5 hours" in text
    enough = asked(BORDER, ("fences: 2", "fences: 3")).solve().barriers
    assert (enough.hours, enough.needed) == (pytest.approx(11), 3)
    assert [stand.place for stand in enough.stands] == ["north, line", "middle, line", "south, line"]
    assert enough.habit[1] > enough.habit[0] >= enough.without
    # families who cross in the north lose as many hours as everybody: 200 people, 12 hours
    assert dict(enough.civil)["Delay"] == "2,400 person-hours a day"


WATCHED = """title: Two ways
numbers: synthetic
sectors: [north, south]
baseline: {west: 0.2}
agencies: {A: {budgets: {masts: 1}}}
measures:
  mast: {kind: sensor, at: line, uses: {A.masts: 1}, effect: chance 0.4, most: 1, divisible: false}
adversaries: {across: {from: west, to: east}}
"""


def test_one_sensor_too_few_adds_nothing_and_people_of_habit_are_told_of():
    found = asked(WATCHED).solve()
    assert found.whole.value == found.whole.without == pytest.approx(0.2)
    measure, place, added = found.whole.noticed
    assert (measure, place) in {("mast", "north, line"), ("mast", "south, line")}
    # of two ways alike, half take each; with the mast its way is taken 2^-(0.51 / 0.105) times as often as the other
    taken = 2 ** -(np.log(0.6) / np.log(0.9))
    passing = np.exp(-0.2) * (taken * 0.6 + 1) / (taken + 1)
    assert added == pytest.approx(np.exp(-0.2) - passing, abs=1e-9)
    assert "adds nothing here: whoever adapts goes where there is none, until the rest is covered too" in said(found)
    assert "That is the harshest reading: of people of habit" in said(found)
    enough = asked(WATCHED, ("budgets: {masts: 1}", "budgets: {masts: 2}")).solve()
    assert enough.whole.noticed is None
    assert "raises the chance from 0.18 to 0.51" in said(enough)


def test_what_is_barred_is_not_said_to_be_of_no_use():
    barred = asked(WATCHED + "constraints: {c: {rule: no measure, measures: sensor, because: x}}\n").solve()
    assert barred.whole.noticed is None
    assert "What comes in whole units is barred everywhere, or more than budgets pay for." in said(barred)


def test_teams_may_meet_a_crossing_twice_and_then_the_value_is_an_upper_bound():
    measure = "at: [line, west], uses: {A.teams: 1}, finds: 0.4 to 0.6, delay: 10"
    found = asked(
        BORDER, (measure, "at: [west, east], uses: {A.teams: 1}, finds: 0.9"), ("teams: 2", "teams: 6")
    ).solve()
    assert not found.teams.exact
    assert found.teams.value == pytest.approx(1.8)
    assert found.teams.least == pytest.approx(0.9)
    assert "is found 1.8 times on average" in said(found)
    assert "upper bound of the chance to be found, which is 0.90 or more" in said(found)


def test_red_lines_consent_and_protections_hold_for_teams_and_barriers_too():
    barred = (
        BORDER + "constraints: {c: {rule: no measure, measures: [wardens], sectors: S1, asked by: A, because: x}}\n"
    )
    assert asked(barred).solve().teams.value == 0
    assert {turn.place for turn in asked().solve().teams.turns} == {f"{name}, west approach" for name in
                                                                    ("north", "middle", "south")}  # fmt: skip
    # a wait of an hour at the gate is the longest: fences on its approach may not slow its people by more
    moved = asked(BORDER, ("kind: barrier, at: line", "kind: barrier, at: west"), ("fences: 2", "fences: 3"),
                  ("slows: {S1: 12, line: 6}", "slows: 6")).solve().barriers  # fmt: skip
    assert moved.stands == ()
    freed = asked(BORDER, ("kind: barrier, at: line", "kind: barrier, at: west, delay: 0"), ("fences: 2", "fences: 3"),
                  ("slows: {S1: 12, line: 6}", "slows: 6")).solve().barriers  # fmt: skip
    assert freed.hours == pytest.approx(11)


def test_who_is_stopped_is_counted_and_the_crossing_stays_open():
    stops = asked(BORDER, ("fences: 2", "fences: 3"), ("slows: {S1: 12, line: 6}", "stops: true")).solve()
    assert isinf(stops.barriers.hours)
    civil = dict(stops.barriers.civil)
    assert civil["Stopped"] == "200 people a day who cross there, and cannot any more"
    assert civil["Crossing Gate"] == "✓ stays open; no plan may close it"
    assert stops.data()["barriers"]["hours"] is None


def test_the_joint_plan_is_the_same_with_and_without_teams_and_barriers():
    alone = asked(
        BORDER,
        ("  wardens: {name: wardens, kind: inspection, at: [line, west], uses: {A.teams: 1}, finds: 0.4 to 0.6, "
         "delay: 10}\n", ""),
        ("  fence: {name: the fence, kind: barrier, at: line, uses: {B.fences: 1}, slows: {S1: 12, line: 6}}\n", ""),
        (", teams: 2", ""), (", fences: 2", ""),
    ).solve()  # fmt: skip
    both = asked().solve()
    assert alone.teams is alone.barriers is None
    for key in ("exponent", "detection", "sectors", "levels", "budgets"):
        assert alone.data()[key] == both.data()[key]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("teams", "expected detections"), 0.5),
        (("teams", "chance of detection", "at least"), 0.5),
        (("teams", "chance of detection", "exact"), False),
        (("teams", "places", 0, "how often"), 0.9),
        (("teams", "places", 0, "place"), "south, line"),
        (("teams", "certificate", "levels", "wardens at S1.west"), 1.0),
        (("teams", "certificate", "primal"), 0.4),
        (("teams", "certificate", "dual"), 0.2),
        (("barriers", "hours"), 12.0),
        (("barriers", "stopped"), True),
        (("barriers", "barriers", 0, "units"), 2),
        (("barriers", "certificate", "dual"), 10.0),
        (("barriers", "certificate", "primal"), 12.0),
    ],
)
def test_a_wrong_part_of_an_answer_is_refused(path, value):
    asking = asked(BORDER, ("fences: 2", "fences: 3"))
    data = asking.solve().data()
    good = asking.verify(data)
    assert good.accepted
    assert not good.unchecked
    place = data
    for key in path[:-1]:
        place = place[key]
    assert place[path[-1]] != value
    place[path[-1]] = value
    assert asking.verify(data).refused


def test_limits_that_no_plan_of_teams_keeps_are_faults_of_the_file(tmp_path):
    path = tmp_path / "f.yaml"
    asked_for = "constraints: {c: {rule: at least, measures: wardens, amount: 3, because: x}}\n"
    path.write_text(BORDER + asked_for, encoding="utf-8")
    (fault,) = check_scenario(str(path)).faults
    assert (fault.line, fault.column) == (BORDER.count("\n") + 1, 18)
    assert "no plan meets all of these" in fault.what
    assert "'c' and the budget of A.teams" in fault.what
    with pytest.raises(NotAvailableError, match=r"'c' and the budget of A\.teams"):
        asked(BORDER + asked_for).solve()
    assert not check_scenario(str(path)).warnings
    path.write_text(BORDER + asked_for.replace("3", "2"), encoding="utf-8")
    assert check_scenario(str(path)).faults == ()


def test_teams_and_barriers_are_drawn():
    for fences in ("fences: 2", "fences: 3"):
        drawn = asked(BORDER, ("fences: 2", fences)).solve().pictures()
        assert list(drawn)[:3] == ["strip", "teams", "barriers"]
        told = " ".join(svg(drawn["barriers"]).split())
        assert ("No barrier stands." in told) == (fences == "fences: 2")
        assert "wardens: north, west approach" in svg(drawn["teams"])


def test_a_part_left_out_is_noticed():
    data = asked().solve().data()
    del data["teams"]
    assert asked().verify(data).refused


def grid(side):
    """Return the ways of a grid from 0 to 1: onward along each row, up and down between rows."""
    spot = [[2 + row * side + column for column in range(side)] for row in range(side)]
    onward = [(spot[row][column], spot[row][column + 1]) for row in range(side) for column in range(side - 1)]
    across = [(spot[row][column], spot[row + 1][column]) for row in range(side - 1) for column in range(side)]
    ends = [(0, spot[row][0]) for row in range(side)] + [(spot[row][-1], 1) for row in range(side)]
    return [*ends, *onward, *across, *((head, tail) for tail, head in across)]


def test_a_search_that_was_stopped_says_its_gap(monkeypatch):
    given_ways = grid(6)
    numbers = np.random.default_rng(1)
    hours, slows = (numbers.integers(1, 40, len(given_ways)).tolist() for _ in range(2))
    asking = monitor(read(barriers_file(given_ways, hours, slows, [1] * len(given_ways), 6, (0, 1))))
    best = asking.solve().barriers
    assert best.certificate["primal"] == pytest.approx(best.certificate["dual"])
    monkeypatch.setattr("detente.questions.monitor_planned.MOST_NODES", 1)
    stopped = asking.solve()
    assert stopped.barriers.hours <= best.hours + 1e-6 <= stopped.barriers.certificate["dual"] + 2e-6
    assert stopped.barriers.hours < stopped.barriers.certificate["dual"] - 1
    assert stopped.barriers.more == {}
    assert "the search was stopped before this gap was closed" in said(stopped)
    verified = asking.verify(stopped.data())
    assert verified.accepted
    assert [finding.claim.split()[-1] for finding in verified.unchecked] == [
        f"{stopped.barriers.certificate['dual']:.4g}"
    ]


def test_a_joint_plan_that_is_not_proven_says_what_was_not_reckoned(monkeypatch):
    given_ways = grid(6)
    numbers = np.random.default_rng(2)
    passing = numbers.choice([0.5, 0.6, 0.7, 0.8, 0.9], len(given_ways)).tolist()
    sensed = [round(each * 0.4, 3) for each in passing]
    asking = monitor(read(sensors_file(given_ways, passing, sensed, 6, [(0, 1, 1)])))
    best = asking.solve()
    monkeypatch.setattr("detente.questions.monitor_planned.MOST_NODES", 1)
    stopped = asking.solve()
    assert stopped.exponent <= best.exponent + 1e-9 <= stopped.dual + 2e-9
    assert stopped.dual > stopped.primal + 0.01
    assert [budget.adds for budget in stopped.budgets] == [None]
    text = said(stopped)
    assert "the search was stopped with" in text
    assert "not known" in text
    verified = asking.verify(stopped.data())
    assert verified.accepted
    assert verified.unchecked
    assert "The search among whole units was stopped before the plan was proven the best" in text
