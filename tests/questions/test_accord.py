"""Packages and their verdicts, against their definitions worked out by trying everything."""

import json

import pytest
from bargains import Naive, bargains, with_
from hypothesis import given, settings

from detente import game
from detente.engine.interface import Definition
from detente.files.load import load
from detente.model.case import Approach, Clout, Concern, Contract, Option, Party
from detente.model.statements import And, Compare, Not, made
from detente.questions.accord import accord
from detente.questions.ordering import Order, efficient
from detente.questions.verdicts import DELIVERED, Judge
from detente.questions.verify import verify

LIBRARY = ["elmira", "us-pakistan-2018", "us-pakistan-2018/washington", "milk-river", "sanctions", "chicken"]


def grade_outside(world, id, state, table):
    """What keeps a party outside the table where a state has it, by the text."""
    moves, here = world.moves(id, state), world.worth(id, state)
    if all(world.worth(id, s) < here for s in moves):
        return "own interest"
    if not any(world.worth(id, s) > here for s in moves):
        return "indifference"
    top = max(world.worth(id, s) for s in moves)
    own = [o for o in world.options if o.party == id and o.key not in world.defined]

    def differing(s):
        return [o.key for o in own if s[world.place[o.key]] != state[world.place[o.key]]]

    best = [s for s in moves if world.worth(id, s) == top]
    fewest = min(len(differing(s)) for s in best)
    grades = []
    for s in best:
        if len(differing(s)) == fewest:
            strengths = []
            for key in differing(s):
                held = [c.strength for c in world.case.clout if c.over == id and c.of in table and key in c.on
                        and (c.condition is None or world.met(c.condition, state))]  # fmt: skip
                strengths.append("strong clout" if "strong" in held else "weak clout" if held else "no")
            grades.append(max(strengths, key=DELIVERED.index))
    return min(grades, key=DELIVERED.index)


def reached(world, improving, safe):
    """The states that legal sequences from today reach, the start counted."""
    table = world.case.at_table
    floor = {id: world.worth(id, world.today, own=True) for id in table}
    waiting, seen = [(world.today, "")], {(world.today, "")}
    while waiting:
        here, last = waiting.pop()
        for id in world.ids:
            for end in world.moves(id, here) if id != last else ():
                good = not improving or world.worth(id, end) > world.worth(id, here)
                fine = not safe or all(world.worth(p, end, own=True) >= least for p, least in floor.items())
                if good and fine and (end, id) not in seen:
                    seen.add((end, id))
                    waiting.append((end, id))
    return {state for state, _ in seen}


def core_met(world, state):
    return all(
        world.met(c.want, state) for id in world.case.counted for c in world.written.party(id).concerns or () if c.core
    )


def vector(world, state):
    """How many counted parties have their k-th concern unmet: core ones numbered first, then all."""
    people = [world.written.party(id) for id in world.case.counted]
    core = [[world.met(c.want, state) for c in p.concerns or () if c.core] for p in people]
    every = []
    for p in people:
        if p.ranking is None:
            every.append([world.met(c.want, state) for c in p.concerns])
        else:
            place = -world.worth(p.id, state)
            worse = len(p.ranking) - 1 - place
            every.append([k < worse for k in range(len(p.ranking) - 1)])
    found = []
    for lists in (core, every):
        for k in range(max(map(len, lists), default=0)):
            found.append(sum(len(each) > k and not each[k] for each in lists))
    return tuple(found)


@given(bargains())
def test_verdicts_are_those_of_the_text(case):
    for approach in ("none", *(each.id for each in case.approaches)):
        world, about = Naive(case, approach), game.setting(case, approach)
        judge = Judge(about)
        table, outside = case.at_table, [id for id in world.ids if id not in case.at_table]
        ways = [reached(world, True, True), reached(world, True, False), reached(world, False, False)]
        names = ("improving, nobody at the table below today", "improving", "by legal moves")
        for state in about.game.feasible():
            values = about.game.values(state)
            found = judge.verdicts(state)
            assert found.accommodates == core_met(world, values)
            kept = [grade_outside(world, id, values, table) for id in outside]
            assert found.deliverable_by == max(kept, key=DELIVERED.index, default="own interest")
            staying = not any(world.improvements(id, values) for id in table)
            if world.nash(values):
                assert found.grade == "by itself"
            elif staying and "no" not in kept:
                assert found.grade == "at the table"
            elif state in about.equilibria(Definition.SEQ):
                assert found.grade == "by credible answers"
            else:
                assert found.grade == ("only by fear" if state in about.equilibria(Definition.GMR) else None)
            assert found.definitions == tuple(d.value for d in Definition if state in about.equilibria(d))
            way = next((name for name, states in zip(names, ways, strict=True) if values in states), "no")
            assert found.reachable_by == way


@given(bargains(ranked=True))
def test_the_order_is_leximin_over_numbered_concerns(case):
    about, world = game.setting(case), Naive(case)
    order = Order(Judge(about))
    blocks = list(order.blocks(about.game.feasible()))
    assert [vector for vector, _ in blocks] == sorted({vector for vector, _ in blocks})
    assert sum(block.count() for _, block in blocks) == about.game.feasible().count()
    for found, block in blocks:
        for state in block:
            assert found == order.vector(state) == vector(world, about.game.values(state))


@given(bargains(ranked=True))
def test_efficient_states_are_those_that_none_improves_on(case):
    about, world = game.setting(case), Naive(case)
    worth = {s: [world.worth(id, s, own=True) for id in world.ids] for s in world.states}
    for state in about.game.feasible():
        mine = worth[about.game.values(state)]
        better = any(
            all(a >= b for a, b in zip(other, mine, strict=True)) and other != mine for other in worth.values()
        )
        assert efficient(about, state) == (not better)


@given(bargains())
def test_accord_lists_what_accommodates_and_holds_under_every_approach(case):
    found = accord(case)
    for about in found.settings:
        judge = Judge(about)
        packages = [p for p in found.found if p.approach == about.approach]
        listed = [state for package in packages for state in package.states]
        expected = [s for s in about.game.feasible() if judge.verdicts(s).accommodates and judge.verdicts(s).holds]
        assert sorted(listed) == expected
    assert all(len(p.verdicts.failed) == 1 for p in found.near_misses) and len(found.near_misses) <= 20
    passed = [not p.verdicts.failed for p in found.found]
    assert passed == sorted(passed, reverse=True)
    for group in (found.passing, found.near_misses):
        assert [p.order for p in group] == sorted(p.order for p in group)
        assert all((p.rank == q.rank) == (p.order == q.order) for p in group for q in group)
    assert found.packages or not Judge(found.settings[0]).game.feasible()


@given(bargains())
def test_near_misses_are_the_best_that_fail_one_verdict(case):
    found = accord(case)
    every = []
    for about in found.settings:
        judge = Judge(about)
        for state in about.game.feasible():
            if len(judge.verdicts(state).failed) == 1 and not (
                judge.verdicts(state).accommodates and judge.verdicts(state).holds
            ):
                every.append((Order(judge).vector(state), about.approach, state))
    listed = {(p.approach, state) for p in found.near_misses for state in p.states}
    assert listed <= {(approach, state) for _, approach, state in every}
    if len(found.near_misses) < 20:
        assert len(listed) == len(every)
    else:
        worst = max(p.order for p in found.near_misses)
        assert all((approach, state) in listed for order, approach, state in every if order < worst)


@given(bargains())
def test_what_is_said_of_a_package_is_true_of_all_it_stands_for(case):
    for package in accord(case).packages:
        about, world = package.setting, Naive(case, package.approach)
        plain, judge = Naive(case), Judge(package.setting)
        states = [about.game.values(state) for state in package.states]
        assert set(about.states(package.state).first()) == set(package.states)
        assert len({judge.verdicts(state) for state in package.states}) == 1
        for id in case.counted:
            concerns = case.party(id).concerns
            for state in states:
                unmet = [c.label for c in concerns if not world.met(c.want, state)]
                assert package.unmet.get(id, []) == unmet
        for demand in case.demands:
            met = [world.met(demand.that, state) for state in states]
            assert (demand.id in package.demands_met) == all(met)
            assert (demand.id in package.demands_broken) == (not any(met))
        for id in world.ids:
            before = world.worth(id, world.today, own=True)
            after = [world.worth(id, state, own=True) for state in states]
            assert (id in package.worse_off) == any(worth < before for worth in after)
            assert (id in package.better_off) == all(worth > before for worth in after)
            assert (id in package.would_leave) == any(plain.improvements(id, state) for state in states)
        first = states[0]
        for other in states[1:]:
            gains = [world.worth(id, other, own=True) > world.worth(id, first, own=True) for id in world.ids]
            loses = [world.worth(id, other, own=True) < world.worth(id, first, own=True) for id in world.ids]
            assert not any(gains) or any(loses)


@given(bargains())
@settings(max_examples=25)
def test_certificates_and_verdicts_are_accepted(case):
    checked = verify(case, json.loads(accord(case).render("json")))
    assert checked.accepted, checked.refused[:3]


@pytest.mark.parametrize("name", LIBRARY)
def test_library_packages_are_accepted(name):
    case = load(name).case
    checked = verify(case, accord(case).data())
    assert checked.accepted, checked.refused[:3]


def test_altered_verdicts_are_refused():
    case = load("elmira").case
    data = accord(case).data()
    data["packages"][0]["verdicts"]["grade"] = "by itself"
    data["packages"][0]["verdicts"]["holds"] = []
    assert not verify(case, data).accepted


def test_the_us_pakistan_case():
    case = load("us-pakistan-2018").case
    found = accord(case)
    best = found.best[0]
    assert best.approach == "cooperative" and best.state == "YNYYNYYNYYYY"
    assert best.verdicts.data() == {
        "accommodates": True,
        "deliverable": True,
        "deliverable by": "own interest",
        "holds": ["Nash", "GMR", "SMR", "SEQ", "SSEQ"],
        "grade": "by itself",
        "reachable": True,
        "reachable by": "improving, nobody at the table below today",
    }
    assert best.would_leave == ("US",) and best.worse_off == () and best.demands_broken == ["operation"]
    data = found.data()
    keys = {"state", "approach", "verdicts", "unmet", "demands met", "certificates"}
    assert all(keys <= set(package) for package in data["packages"])
    text = " ".join(found.render("text", 80).split())
    assert "1 package meets every core concern of US and Pakistan" in text
    assert "✓ accommodates: every core concern of US and Pakistan is met." in text
    assert "✓ holds: nobody can gain by moving away from it (Nash equilibrium)." in text
    assert "✓ reachable from today in 5 moves, each improving whoever makes it" in text
    assert "– lasts: not asked, for no party says by weights" in text
    assert "Without the approach US would leave it: US stops ‘action against the TTP’" in text


def test_washington_gets_near_misses_with_what_stands_in_their_way():
    found = accord(load("us-pakistan-2018/washington").case)
    assert found.packages
    if not found.found:
        assert "No outcome that holds meets every core concern" in found.render()
        assert "What stands in the way" in found.render()


def test_a_case_that_does_not_say_today_is_not_asked_how_to_get_there():
    case = with_(load("us-pakistan-2018").case, today=None)
    found = accord(case)
    assert all("reachable" not in package.verdicts.data() for package in found.packages)
    assert "not asked" in found.render()
    assert verify(case, found).accepted


def test_options_nobody_cares_about_are_either_way():
    case = load("chicken").case
    idle = Option("X", "idle")
    case = with_(case, parties=(*case.parties, Party("X", (idle,), ())), today=None)
    found = accord(case)
    assert all(package.state.endswith("-") and len(package.states) == 2 for package in found.found)
    assert verify(case, found).accepted


def test_the_helpful_completion_stands_first():
    calm, gift = Option("A", "calm"), Option("A", "gift")
    a = Party("A", (calm, gift), (Concern(made(Compare("A.calm")), True),))
    b = Party("B", (), (Concern(made(Not(Compare("A.gift")))),))
    case = with_(load("chicken").case, parties=(a, b), rules=(), today=None, table=(), accommodate=("A",), demands=())
    (package,) = accord(case).found
    assert package.state == "Y-" and package.goodwill == ("B",)
    assert package.setting.word(package.states[0]) == "YN"
    assert "YN helps B at no loss to anyone" in accord(case).render()


def test_without_a_package_the_closest_are_given_with_what_fails():
    go = Option("A", "go")
    a = Party(
        "A", (go,), (Concern(made(And((Compare("A.go"), Not(Compare("A.go"))))), True), Concern(made(Compare("A.go"))))
    )
    case = with_(load("chicken").case, parties=(a,), rules=(), today=(0,), table=(), accommodate=(), demands=())
    found = accord(case)
    assert not found.found and found.packages
    assert all("accommodates" in package.verdicts.failed for package in found.packages)
    assert "does not accommodate: A misses" in found.render()


def test_clout_is_over_an_outsiders_own_choices_and_not_over_what_a_contract_changes_with_them():
    pay, talk = Option("US", "pay"), Option("AT", "talk")
    payer = Party("US", (pay,), (Concern(made(Compare("AT.talk")), True),))
    outsider = Party("AT", (talk,), (Concern(made(Not(Compare("AT.talk")))),))
    contract = Contract("US", "US.pay", made(Compare("AT.talk")))
    case = with_(
        load("chicken").case,
        parties=(payer, outsider),
        rules=(),
        today=(0, 0),
        table=("US",),
        accommodate=("US",),
        demands=(),
        clout=(Clout("US", "AT", ("AT.talk",), "weak"),),
        approaches=(Approach("paid", contracts=(contract,)),),
    )
    found = accord(case)
    paid = next(package for package in found.found if package.approach == "paid")
    assert (paid.state, paid.verdicts.grade, paid.verdicts.deliverable_by) == ("YY", "at the table", "weak clout")
    assert verify(case, found).accepted


def test_a_ranking_counts_the_same_under_every_approach(tmp_path):
    """Under the contract only NN and YY are left; YY is still the second of four, and ties with itself as it stands."""
    path = tmp_path / "case.yaml"
    path.write_text("""
title: Two sides
parties:
  A: {options: {a: Take it}, ranking: [NY, YY, NN, YN]}
  B: {options: {b: Give it}, weights: {b: 1, not A.a: 0.1}}
today: []
approaches: {deal: {contracts: [{by: B, with: B.b, iff: A.a}]}}
""")
    case = load(path).case
    plain, deal = (Order(Judge(game.setting(case, approach))) for approach in ("none", "deal"))
    for state in deal.setting.game.feasible():
        word = deal.setting.word(state)
        assert deal.vector(state) == plain.vector(plain.setting.state(word))
    assert {deal.setting.word(s): deal.vector(s) for s in deal.setting.game.feasible()} == {
        "NN": (0, 2, 2),
        "YY": (0, 0, 2),
    }
    ranks = {(p.approach, p.state): p.ranks for p in accord(case).packages}
    assert ranks["deal", "YY"] == {"A": "2nd of 4", "B": "2nd of 4"}


def test_approaches_and_packages_share_the_solved_games():
    from detente.questions.approaches import approaches

    case = load("us-pakistan-2018").case
    game._setting.cache_clear()
    approaches(case)
    built = game._setting.cache_info().misses
    assert built == 1 + len(case.approaches)
    accord(case)
    assert game._setting.cache_info().misses == built
