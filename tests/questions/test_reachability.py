"""What can be reached from today, by how many moves, and by which paths, against enumeration of all sequences."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from small_disputes import disputes, naive_of, numbered

from detente.files.load import load
from detente.game import setting
from detente.questions.reachability import GRADES, Leading, changes, reachabilities, reachability

LONGEST = 5


def sequences(naive, start, improving, allowed):
    """Return every legal sequence of up to LONGEST moves, by its end."""
    found, todo = {start: [()]}, [()]
    for _ in range(LONGEST):
        todo = [
            (*steps, (party, after))
            for steps in todo
            for party in range(naive.parties)
            if not steps or steps[-1][0] != party
            for after in sorted(naive.arcs[party][steps[-1][1] if steps else start])
            if after in allowed
            and (not improving or naive.keys[party][after] > naive.keys[party][steps[-1][1] if steps else start])
        ]
        for steps in todo[:20_000]:
            found.setdefault(steps[-1][1], []).append(steps)
        todo = todo[:20_000]
    return found


@settings(deadline=None, max_examples=60)
@given(disputes(), st.sampled_from(["none", "shared"]))
def test_shortest_paths_are_all_legal_and_as_short_as_enumeration_finds(case, approach):
    about = setting(case, approach)
    naive, judge = naive_of(about.rewritten), naive_of(case)
    number = numbered(about, naive)
    start = number[about.today]
    table = [case.party_ids.index(id) for id in case.at_table]
    above = {s for s in naive.all if all(judge.keys[p][s] >= judge.keys[p][start] for p in table)}
    found = reachabilities(about)
    for grade in GRADES:
        allowed = above if grade == GRADES[0] else naive.all
        expected = sequences(naive, start, grade != GRADES[2], allowed)
        reached = found.reached(grade)
        for state in about.game.feasible():
            paths = [tuple((p, number[t]) for p, t in steps) for steps in reached.paths(state)]
            known = expected.get(number[state], [])
            if reached.moves(state) is not None and reached.moves(state) > LONGEST:
                assert not known
                continue
            shortest = min(map(len, known), default=None)
            assert reached.moves(state) == shortest
            assert sorted(paths) == sorted(steps for steps in known if len(steps) == shortest)
            assert reached.count(state) == len(paths)


@settings(deadline=None, max_examples=40)
@given(disputes(), st.sampled_from(GRADES[1:]))
def test_paths_that_change_the_fewest_options_come_first(case, grade):
    about = setting(case)
    reached = reachabilities(about).reached(grade)

    def changed(steps):
        states = [about.today, *(state for _, state in steps)]
        return sum(changes(about.game, *pair) for pair in pairwise(states))

    for state in about.game.feasible():
        costs = [changed(steps) for steps in reached.paths(state)]
        assert costs == sorted(costs)
        if costs:
            assert changed(reached.path(state)) == costs[0]


def test_the_way_to_the_best_package_undoes_nothing_that_it_does():
    about = setting(load("us-pakistan-2018").case, "cooperative")
    path = reachabilities(about).path(about.state("YNYYNYYNYYYY"))
    states = [about.today, *(state for _, state in path)]
    assert sum(changes(about.game, *pair) for pair in pairwise(states)) == changes(about.game, states[0], states[-1])


@settings(deadline=None, max_examples=60)
@given(disputes(), st.sampled_from(["none", "shared"]))
def test_the_grade_is_the_strictest_way_and_its_path_ends_in_the_state(case, approach):
    about = setting(case, approach)
    found = reachabilities(about)
    for state in about.game.feasible():
        ways = [grade for grade in GRADES if state in found.reached(grade).states]
        assert found.grade(state) == (ways[0] if ways else "no")
        path = found.path(state)
        assert reachability(about, state).grade == found.grade(state)
        assert (path is None) == (not ways)
        if path:
            assert path[-1][1] == state and all(a[0] != b[0] for a, b in pairwise(path))
    assert found.grade(about.today) == GRADES[0] and found.path(about.today) == []


@settings(deadline=None, max_examples=60)
@given(disputes(), st.booleans(), st.data())
def test_what_leads_into_a_set_is_what_reaches_it(case, improving, data):
    about = setting(case)
    naive = naive_of(case)
    number = numbered(about, naive)
    everything = about.game.feasible().first()
    targets = data.draw(st.sets(st.sampled_from(everything), max_size=3))
    leading = Leading(about.game, about.game.only(sorted(targets)), range(about.game.parties), improving)
    for state in everything:
        ends = naive.joint(range(naive.parties), number[state], improving)
        reaches = state in targets or any(number[target] in ends for target in targets)
        path = leading.path(state)
        assert (path is not None) == reaches
        at, last = state, None
        for party, after in path or []:
            step = about.game.improvements(party, at) if improving else about.game.moves(party, at)
            assert party != last and after in step
            at, last = after, party
        assert path is None or at in targets


def test_without_today_nothing_is_said_to_be_reachable():
    from dataclasses import replace

    from detente.files.load import load

    about = setting(replace(load("elmira").case, today=None))
    assert reachabilities(about) is None and reachability(about, 0) is None
