"""The roadmap to a package: as good as any order of steps, and honest about what breaks it."""

from itertools import permutations
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import NotAvailableError
from detente.files.load import read_document
from detente.game import setting
from detente.questions.check import read
from detente.questions.roadmap import roadmap

LITERALS = ["x", "not x", "B.y", "not B.y", "B.z", "not B.z", "x and B.y", "x or not B.z"]


def case(wants_a, wants_b, rule, extra=""):
    text = (
        f"title: T\nparties:\n  A: {{options: [w, x], concerns: [{', '.join(wants_a)}]}}\n"
        f"  B: {{options: [y, z], concerns: [{', '.join(w.replace('B.', '').replace('x', 'A.x') for w in wants_b)}]}}\n"
        f"rules: [{rule}]\n{extra}"
    )
    loaded = read_document(text)
    assert loaded.case is not None and not loaded.errors, loaded.faults
    return loaded.case


def breaks(about, order, state):
    """Count what breaks an order of single changes, straight from the words; None where it is not feasible."""
    here, total, last, repeats = about.today, 0, -1, 0
    for place in order:
        party = 0 if place < 2 else 1
        values = list(about.game.values(here))
        values[place] = about.game.values(state)[place]
        found = about.game.find(values).first(1)
        if not found:
            return None
        total += about.game.rank(party, here) > about.game.rank(party, state)
        loses = about.game.rank(party, found[0]) < about.game.rank(party, here)
        total += loses and party not in about.table and not ("strong" in str(about.case.clout) and place == 2)
        here = found[0]
        total += sum(about.game.rank(p, here) < about.game.rank(p, about.today) for p in about.table)
        repeats += party == last
        last = party
    return total, repeats


wants = st.lists(st.sampled_from(LITERALS), min_size=1, max_size=3, unique=True)
rules = st.sampled_from(["A.x or A.w or not A.x", "not (A.x and B.y) or B.z", "A.w or not A.x"])


TABLES = ["", "table: [A]\n", "table: [A]\nclout: [{of: A, over: B, on: B.y, strength: strong}]\n",
          "table: [A]\nclout: [{of: A, over: B, on: B.y, strength: weak}]\n"]  # fmt: skip


@given(wants, wants, rules, st.integers(0, 15), st.sampled_from(TABLES))
def test_no_order_of_single_changes_breaks_less(wants_a, wants_b, rule, state, table):
    about = setting(case(wants_a, wants_b, rule, table))
    if state not in about.game.feasible():
        return
    found = roadmap(about, state)
    now, then = about.game.values(about.today), about.game.values(state)
    changed = [place for place in range(4) if now[place] != then[place]]
    orders = [cost for order in permutations(changed) if (cost := breaks(about, order, state)) is not None]
    if found.left:
        assert not orders and not found.holds
        assert len(found.left) + len({place for place in changed if place not in found.left}) == len(changed)
        return
    cost = sum(step.breaks for step in found.steps)
    assert all(cost <= other for other, _ in orders)
    assert (found.steps[-1].state if found.steps else about.today) == state
    here = about.today
    for step in found.steps:
        assert step.state in about.game.moves(step.party, here)
        here = step.state
    singles = len(found.steps) == len(changed)
    if singles and orders and cost == min(other for other, _ in orders):
        repeats = sum(a.party == b.party for a, b in zip(found.steps, found.steps[1:], strict=False))
        assert repeats <= min(r for other, r in orders if other == cost)


def test_the_package_of_the_source_has_a_safe_roadmap():
    about = setting(read("us-pakistan-2018"), "cooperative")
    found = roadmap(about, about.state("YNYYNYYNYYYY"))
    assert found.holds and len(found.steps) == 7
    assert all(a.party != b.party for a, b in zip(found.steps, found.steps[1:], strict=False))
    assert "after none of them is anybody at the table below today" in found.sentence()
    assert [step["would rather stop"] for step in found.data()["steps"]] == [False] * 7


def test_what_breaks_a_roadmap_is_told_with_who_must_be_assured():
    about = setting(read("elmira"))
    found = roadmap(about, about.state("YNYNY"))
    told = "\n".join(found.sentences())
    assert not found.holds
    assert "Step 2 breaks it: after it Uniroyal is worse off than today, and must be assured of more." in told
    assert "step 1 needs an assurance for Local government and Uniroyal" in found.sentence()


def test_where_things_stand_no_step_is_needed():
    about = setting(read("elmira"))
    assert list(roadmap(about, about.today).sentences()) == ["It is where things stand today; no step is needed."]


def test_a_case_without_today_has_no_roadmap():
    about = setting(read("sanctions/escape"))
    with pytest.raises(NotAvailableError, match="a roadmap needs options"):
        roadmap(about, 0)


def test_an_outsider_is_not_counted_on_to_take_a_step_that_it_loses_by():
    about = setting(read("us-pakistan-2018"), "cooperative")
    steps = roadmap(about, about.state("YNYYNYYNYYYY")).steps
    moves = [about.case.party_ids[step.party] for step in steps]
    assert moves.index("PK") < moves.index("AT")  # safe passage before talks
    outside = setting(case(["B.y"], ["not B.y"], "A.x or not A.x", "table: [A]\n"))
    found = roadmap(outside, outside.state("NNYN"))
    told = " ".join(found.sentences())
    assert not found.holds and "Step 1 breaks it: B, outside the table, loses by it, and must be assured" in told
    assert found.sentence() == "One step leads there, and before it B must be assured of more."
    assert found.data()["steps"][0]["assure"] == ["B"]


def test_what_has_to_change_at_once_is_told():
    about = setting(case(["x"], ["B.y"], "A.x iff B.y"))
    found = roadmap(about, about.state("NYYN"))
    assert not found.holds and not found.steps
    told = "no party can go on by a move of its own: ‘x’ (A) and ‘y’ (B) would have to change at once, by agreement."
    assert told in list(found.sentences())
    assert found.sentence() == f"No order of steps by one party at a time leads there: {told}"
    assert found.data()["at once"] == ["A.x", "B.y"]


def test_it_goes_as_far_as_it_can():
    about = setting(case(["w", "x"], ["B.y"], "A.x iff B.y"))
    found = roadmap(about, about.state("YYYN"))
    assert len(found.steps) == 1 and found.sentence().startswith(
        "No order of steps by one party at a time leads there: after 1 small step no party can go on"
    )


def test_twelve_changes_are_put_in_order_in_a_moment():
    """One party's twelve changes have 4,096 ways to be half made; more are not looked for."""
    options = ", ".join(f"o{n}" for n in range(13))
    wishes = ", ".join(f"o{n}" if n % 2 else f"not o{n}" for n in range(13))
    people = f"  A: {{options: [{options}], concerns: [{wishes}]}}\n  B: {{options: [x], concerns: []}}\n"
    text = f"title: t\nparties:\n{people}"
    about = setting(read_document(text).case)
    began = process_time()
    found = roadmap(about, about.state("Y" * 12 + "NN"))
    assert len(found.steps) == 12 and process_time() - began < 10
    with pytest.raises(NotAvailableError, match="more than 12 changes"):
        roadmap(about, about.state("Y" * 13 + "N"))
