"""Contradictions, what mends them, and delivery, against their definitions worked out by trying everything."""

from itertools import chain, combinations

import pytest
from bargains import Naive, bargains, with_
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import UnknownNameError
from detente.files.load import load, read_document
from detente.model.case import Demand, Option, Party, Rule
from detente.model.edits import SetToday, edit_from
from detente.model.statements import Compare, Count, Not, made
from detente.questions.contradictory import Ground, contradictions
from detente.questions.demands import _delivered, demands
from detente.questions.verify import verify


def ids_of(some):
    return [demand.id for demand in some]


def subsets(items):
    return chain.from_iterable(combinations(items, size) for size in range(len(items) + 1))


def minimal(items, bad):
    """Return the sets that are bad while no smaller one is, by trying all."""
    found = []
    for some in subsets(items):
        if not any(set(less) <= set(some) for less in found) and bad(some):
            found.append(some)
    return [tuple(some) for some in found]


def meeting(world, some, states):
    return [s for s in states if all(world.met(demand.that, s) for demand in some)]


@given(bargains(), st.sampled_from(("none", "paid", "client")))
def test_contradictions_are_the_minimal_sets_that_nothing_meets(case, approach):
    approach = approach if approach in [each.id for each in case.approaches] else "none"
    world = Naive(case, approach)
    stable = [s for s in world.states if world.nash(s)]
    found = demands(case, approach)
    hard = minimal(case.demands, lambda some: not meeting(world, some, world.states))
    assert {frozenset(each.demands) for each in found.contradictory} == {frozenset(ids_of(some)) for some in hard}
    soft = minimal(case.demands, lambda some: not meeting(world, some, stable)) if stable else []
    soft = [some for some in soft if meeting(world, some, world.states)]
    credibility = [each for each in found.contradictions if each.kind == "credibility"]
    assert {frozenset(each.demands) for each in credibility} == {frozenset(ids_of(some)) for some in soft}
    assert found.complete
    sizes = [len(each.demands) for each in found.contradictory]
    assert sizes == sorted(sizes)


@given(bargains())
def test_clashing_rules_are_needed_one_and_all(case):
    for each in demands(case).contradictory:
        asked = [case.demand(id) for id in each.demands]
        bare = with_(case, rules=(), resources=())
        clashing = [n for n, rule in enumerate(case.rules) if any(f"(rule {n + 1}" in text for text in each.because)]
        money = case.resources if any("money" in text for text in each.because) else ()
        kept = tuple(case.rules[n] for n in clashing)
        world = Naive(with_(bare, rules=kept, resources=money))
        assert not meeting(world, asked, world.states)
        for n in clashing:
            less = Naive(with_(bare, rules=tuple(r for r in kept if r is not case.rules[n]), resources=money))
            assert meeting(less, asked, less.states)
        if money:
            less = Naive(with_(bare, rules=kept))
            assert meeting(less, asked, less.states)
        kinds = {rule.kind for rule in kept}
        assert each.kind == ("resource" if money else "causal" if "causal" in kinds else "logical")


@given(bargains())
def test_repairs_are_edits_after_which_the_demands_can_be_met(case):
    for each in demands(case).contradictory:
        assert {repair.kind for repair in each.repairs} >= {"drop"}
        for repair in each.repairs:
            edits = [edit_from(data, case) for data in repair.data()["edits"]]
            edited = case.edit(*edits)
            if repair.kind == "sequence":
                _in_sequence(edited, each)
                continue
            world = Naive(edited)
            new = [demand for demand in edited.demands if demand.id in each.demands or demand not in case.demands]
            assert meeting(world, new, world.states), repair.text


def _in_sequence(edited, contradiction):
    """Check that the demands can be split: those that end, and the one that begins after all these have ended."""
    asked = [edited.demand(id) for id in contradiction.demands]
    later = [d for d in asked if d.from_time is not None]
    ends = [d.by_time for d in asked if d.by_time is not None]
    assert any(all(end < d.from_time for end in ends) for d in later)
    world = Naive(edited)
    assert any(meeting(world, [d for d in asked if d is not one], world.states) for one in later)


def delivers(world, demand, options):
    """Whether a choice of these options delivers, by the two conditions of the definition, trying every choice."""
    free = [world.place[key] for key in options if key not in world.defined]
    for state in world.states:
        same = all(
            state[n] == world.today[n]
            for n, o in enumerate(world.options)
            if n not in free and o.key not in world.defined
        )
        if same and world.directed(world.today, state):
            agreeing = [s for s in world.states if all(s[n] == state[n] for n in free)]
            if all(world.met(demand.that, s) for s in agreeing):
                return True
    return False


@given(bargains(), st.sampled_from(("none", "paid")))
def test_delivery_is_by_a_choice_that_nobody_can_spoil(case, approach):
    approach = approach if approach in [each.id for each in case.approaches] else "none"
    world = Naive(case, approach)
    keys = {party.id: [o.key for o in party.options] for party in case.parties}
    for demand, found in zip(case.demands, demands(case, approach).deliverability, strict=True):

        def can(group, demand=demand):
            return delivers(world, demand, [key for id in group for key in keys[id]])

        assert found.alone == can([demand.to])
        assert set(found.coalitions) == set(minimal(world.ids, can))
        assert found.met == any(world.nash(s) and world.met(demand.that, s) for s in world.states)
        lent = {"strong": [], "weak": []}
        for clout in case.clout:
            if clout.of == demand.to and (clout.condition is None or world.met(clout.condition, world.today)):
                lent[clout.strength] += clout.on
        own = keys[demand.to]
        with_clout = None
        if not found.alone:
            strong = delivers(world, demand, [*own, *lent["strong"]])
            weak = delivers(world, demand, [*own, *lent["strong"], *lent["weak"]])
            with_clout = "strong" if strong else "weak" if weak else None
        assert found.with_clout == with_clout
        helped = with_clout == "strong" or any(demand.to in group for group in found.coalitions)
        told = {(True, True): "can", (True, False): "will not"} if found.alone else {
            (True, True): "can only with others", (True, False): "could, but it would not hold",
            (False, True): "cannot", (False, False): "cannot"}  # fmt: skip
        assert found.verdict == told[found.alone or helped, found.met]
        refused = with_(demand, that=made(Not(demand.that.tree)))

        def prevent(group, refused=refused):
            return delivers(world, refused, [key for id in group for key in keys[id]])

        assert set(found.preventers) == set(minimal(world.ids, prevent))
        for repair in found.repairs:
            edited = case.edit(*(edit_from(data, case) for data in repair.data()["edits"]))
            if repair.kind == "shift":
                assert delivers(world, demand, keys[edited.demand(demand.id).to])


@given(bargains(approaches=False), st.data())
@settings(max_examples=50)
def test_what_a_set_of_parties_can_do_is_what_some_group_in_it_can(case, data):
    world, found = Naive(case), demands(case)
    chosen = data.draw(st.sets(st.sampled_from(case.party_ids), min_size=1))
    able = found.able(*chosen)
    options = [o.key for party in case.parties if party.id in chosen for o in party.options]
    for demand in case.demands:
        assert (demand.id in able.brings_about) == delivers(world, demand, options)
        refused = with_(demand, that=made(Not(demand.that.tree)))
        assert (demand.id in able.prevents) == delivers(world, refused, options)


@given(bargains())
def test_too_many_states_to_list_give_the_same_contradictions_and_delivery(case):
    listed, large = demands(case), Ground(case, "none", None, "too many")
    found = contradictions(large, 100)
    assert [each.demands for each in found.items] == [each.demands for each in listed.contradictory]
    assert [each.kind for each in found.items] == [each.kind for each in listed.contradictory]
    for demand, known in zip(case.demands, listed.deliverability, strict=True):
        told = _delivered(demand, large)
        assert (told.alone, told.with_clout, told.coalitions) == (known.alone, known.with_clout, known.coalitions)
        assert told.preventers == known.preventers
        assert told.met is None


@given(bargains())
@settings(max_examples=50)
def test_certificates_are_accepted(case):
    assert verify(case, demands(case)).accepted


def forty(rule):
    """Return a case of 2 to the power 40 choices, with a demand for every option of B and one rule."""
    a = tuple(Option("A", f"a{n}") for n in range(20))
    b = tuple(Option("B", f"b{n}") for n in range(20))
    asked = tuple(Demand(f"d{n}", "A", "B", made(Compare(option.key))) for n, option in enumerate(b))
    rules = (Rule(made(rule)),)
    return with_(load("chicken").case, title="large", parties=(Party("A", a, ()), Party("B", b, ())), rules=rules,
                 today=(0,) * 40, demands=asked, states=None, table=(), accommodate=())  # fmt: skip


def test_large_cases_are_answered_by_satisfiability():
    case = forty(Count("at most", 18, tuple(Compare(f"B.b{n}") for n in range(20))))
    found = demands(case)
    assert [len(each.demands) for each in found.contradictions] == [19] * 20
    assert found.complete
    assert all(each.alone and each.coalitions == (("B",),) for each in found.deliverability)
    assert found.undecided == {} and all(each.met for each in found.deliverability)
    some = demands(case, limit=3)
    assert len(some.contradictions) == 3 and not some.complete


def test_the_us_pakistan_case():
    case = load("us-pakistan-2018").case
    found = demands(case)
    (pair,) = found.contradictory
    assert set(pair.demands) == {"operation", "talks"} and pair.senders == ("US",) and pair.kind == "causal"
    assert pair.because == ("nobody talks while under attack (rule 1, rizvi-2018 ¶10)",)
    assert {repair.kind for repair in pair.repairs} == {"drop", "weaken", "sequence", "split"}
    talks = next(each for each in found.deliverability if each.demand == "talks")
    assert (talks.alone, talks.with_clout, talks.coalitions, talks.verdict) == (False, "weak", (("AT",),), "cannot")
    operation = next(each for each in found.deliverability if each.demand == "operation")
    assert operation.verdict == "will not"
    data = found.data()
    assert set(data) >= {"complete", "contradictions", "deliverability", "case", "approach", "conventions"}
    keys = {"demands", "from", "kind", "because", "repairs"}
    assert all(keys <= set(each) for each in data["contradictions"])
    keys = {"demand", "to", "alone", "with clout", "coalitions", "text"}
    assert all(keys <= set(each) for each in data["deliverability"])
    text = " ".join(found.render("text", 80).split())
    assert (
        "‘operation’ and ‘talks’ (both US → Pakistan) cannot be met together: nobody talks while under attack" in text
    )
    assert talks.text == (
        "Pakistan cannot deliver ‘talks’ (US → Pakistan, rizvi-2018 ¶10): ‘entry into talks’ is the choice "
        "of Afghan Taliban. Pakistan's clout over Afghan Taliban is weak (rizvi-2018 ¶11); if that were enough, it "
        "could. Even so, as things stand a state that holds by itself meets it."
    )
    assert operation.text.endswith(
        "alone, but will not: as things stand no state that holds by itself meets it; under ‘patron-client’ one does."
    )


def test_repairs_come_as_another_way_first_and_sequences_last_with_who_loses():
    (pair,) = demands(load("us-pakistan-2018").case).contradictory
    assert [repair.kind for repair in pair.repairs] == ["split", *["drop"] * 2, *["weaken"] * 3, *["sequence"] * 2]
    assert pair.repairs[0].text == (
        "instead of the demand ‘operation’, ask Pakistan to keep ‘Pakistani part in border monitoring’ and Kabul for "
        "‘Afghan part in border monitoring’, and add ‘US part in border monitoring’: that meets US's concern ‘Taliban "
        "traffic from Pakistan curbed’ (judgement on rizvi-2018 ¶10 and ¶11)"
    )
    assert all("the moves are legal, but" in repair.text for repair in pair.repairs if repair.kind == "sequence")


def test_a_demand_that_nothing_stable_meets_names_the_approach_under_which_it_is_met():
    case = load("us-pakistan-2018").case
    texts = {each.demands: each.text for each in demands(case).contradictions if each.kind == "credibility"}
    assert texts["ttp-action",].endswith("Under ‘cooperative’ a state that holds by itself meets it.")
    under = demands(case, "cooperative")
    action = next(each for each in under.deliverability if each.demand == "ttp-action")
    assert action.text.endswith("alone, and under ‘cooperative’ a state that holds by itself meets it.")


def test_where_nothing_holds_by_itself_nobody_is_said_to_be_unwilling():
    case = load("matching-pennies").case
    first, second = case.parties
    asked = (Demand("heads", first.id, second.id, made(Compare(second.options[0].key))),)
    (found,) = demands(with_(case, demands=asked)).deliverability
    assert found.verdict == "will not" and found.alone
    assert found.text.endswith("alone; as things stand nothing holds by itself, so whether it would is not told.")


def test_strong_clout_is_enough():
    case = load("us-pakistan-2018").case
    case = with_(case, clout=tuple(with_(each, strength="strong") for each in case.clout))
    (talks,) = [each for each in demands(case).deliverability if each.demand == "talks"]
    assert talks.verdict == "can only with others"
    assert talks.text == (
        "Pakistan can deliver ‘talks’ (US → Pakistan, rizvi-2018 ¶10) only with its strong clout over Afghan Taliban "
        "(rizvi-2018 ¶11), and as things stand a state that holds by itself meets it. Who can without that: Afghan "
        "Taliban alone."
    )


def test_rules_without_a_name_clash_in_the_words_of_their_options():
    case = load("us-pakistan-2018").case
    case = with_(case, rules=tuple(with_(each, because="", mark=with_(each.mark, name="")) for each in case.rules))
    (pair,) = demands(case).contradictory
    assert "not (‘military operation against the Taliban’ and ‘entry into talks’) (rule 1, rizvi-2018 ¶10)" in pair.text
    assert pair.because == ("not (PK.operation and AT.talk) (rule 1, rizvi-2018 ¶10)",)


def test_clout_counts_only_while_its_condition_holds_today():
    case = load("us-pakistan-2018").case
    attacking = case.edit(SetToday(tuple(
        1 if key == "PK.operation" else level for key, level in zip(case.position, case.today, strict=True)
    )))  # fmt: skip
    talks = next(each for each in demands(attacking).deliverability if each.demand == "talks")
    assert talks.with_clout is None
    assert (
        "Pakistan's weak clout over Afghan Taliban (rizvi-2018 ¶11) does not count today, for it needs: no ‘military "
        "operation against the Taliban’."
    ) in talks.text


def test_washington_lacks_the_rule_and_sees_no_contradiction():
    assert not demands(load("us-pakistan-2018/washington").case).contradictory


def test_a_case_without_demands_says_so():
    found = demands(load("chicken").case)
    assert found.contradictions == () and found.complete
    assert "The case lists no demands" in found.render()


def test_an_unknown_today_leaves_delivery_open():
    case = with_(load("us-pakistan-2018").case, today=None)
    found = demands(case)
    assert all(each.alone is None and each.verdict is None for each in found.deliverability)
    assert "the case does not say where things stand today" in found.render()
    assert not any(repair.kind == "sequence" for each in found.contradictions for repair in each.repairs)


TIMES = [
    ((None, 2), (2, None), ["‘operation’"]),
    ((1, 3), (1, 3), ["‘operation’", "‘talks’"]),
    ((5, None), (None, 6), ["‘operation’", "‘talks’"]),
    ((2, 2), (2, 2), []),
]


@pytest.mark.parametrize(("operation", "talks", "orders"), TIMES)
def test_sequences_keep_to_the_times_that_are_given(operation, talks, orders):
    case = load("us-pakistan-2018").case
    asked = {"operation": operation, "talks": talks}
    timed = [
        with_(each, from_time=asked[each.id][0], by_time=asked[each.id][1]) if each.id in asked else each
        for each in case.demands
    ]
    case = with_(case, demands=tuple(timed))
    (pair,) = demands(case).contradictory
    found = [repair for repair in pair.repairs if repair.kind == "sequence"]
    assert [repair.text.split(" first")[0] for repair in found] == orders
    for repair in found:
        edited = case.edit(*repair.edits)
        for id, (start, end) in asked.items():
            new = edited.demand(id)
            assert start is None or new.from_time is None or new.from_time >= start
            assert end is None or new.by_time is None or new.by_time <= end


LAMP = """
title: A lamp
parties:
  A: {options: [walk], concerns: [{want: X.lamp or Y.candle, name: light}, X.rest]}
  X: {options: {lamp: lamp, rest: rest, work: {levels: [none, some, hard]}}, concerns: [rest, not lamp]}
  Y: {options: [candle], concerns: [not candle]}
rules: [not (X.lamp and X.rest), not (X.rest and X.work = hard)]
today: []
demands:
  - {id: lamp, from: A, to: X, that: X.lamp}
  - {id: rest, from: A, to: X, that: X.rest}
  - {id: hard, from: Y, to: X, that: X.work = hard}
"""


def lamp(old="", new="", extra=""):
    assert old in LAMP
    loaded = read_document(LAMP.replace(old, new) + extra)
    assert loaded.case is not None and not loaded.errors, loaded.faults
    return loaded.case


def test_each_kind_of_repair_occurs_and_names_its_edits():
    found = {frozenset(each.demands): each for each in demands(lamp()).contradictory}
    light, work = found[frozenset(["lamp", "rest"])], found[frozenset(["rest", "hard"])]
    kinds = {repair.kind: repair for repair in (*work.repairs, *light.repairs)}
    assert set(kinds) == {"drop", "weaken", "sequence", "shift"}
    assert kinds["shift"].text == "instead of the demand ‘lamp’, ask Y for ‘candle’: that meets A's concern ‘light’"
    assert [edit.data()["edit"] for edit in kinds["shift"].edits] == ["RedirectDemand", "WeakenDemand"]
    texts = [repair.text for repair in work.repairs if repair.kind == "weaken"]
    assert texts[1] == "ask less with ‘hard’: ‘work’ at some"
    in_parts = lamp("X.lamp or Y.candle, name", "X.lamp or (Y.candle and walk), name")
    split = {repair.kind: repair for each in demands(in_parts).contradictory for repair in each.repairs}["split"]
    assert split.text == (
        "instead of the demand ‘lamp’, ask Y for ‘candle’, and add ‘walk’: that meets A's concern ‘light’"
    )


def test_a_repair_that_does_not_mend_is_not_offered():
    """Light from Y is offered only where Y can bring it about while the other demand is met."""
    forbidden = lamp("X.work = hard)]", "X.work = hard), not (X.rest and Y.candle)]")
    found = {frozenset(each.demands): each for each in demands(forbidden).contradictory}
    assert "shift" not in {repair.kind for repair in found[frozenset(["lamp", "rest"])].repairs}


KINDS = [
    ("logical", ""),
    ("causal", "  - {that: not (X.lamp and Y.candle), kind: causal, because: one flame eats the air}\n"),
    ("resource", "  - {that: not (X.lamp and Y.candle), kind: resource, because: there is one match}\n"),
]


@pytest.mark.parametrize(("kind", "rule"), KINDS)
def test_the_kind_is_that_of_what_clashes(kind, rule):
    text = (
        "title: Light\nparties:\n  A: {options: [walk], concerns: []}\n  X: {options: [lamp], concerns: []}\n"
        "  Y: {options: [candle], concerns: []}\n"
        + (f"rules:\n{rule}" if rule else "rules: [not (X.lamp and Y.candle)]\n")
        + "demands: [{id: x, from: A, to: X, that: X.lamp}, {id: y, from: A, to: Y, that: Y.candle}]\n"
    )
    (found,) = demands(read_document(text).case).contradictory
    assert found.kind == kind
    if kind != "logical":
        assert found.because[0].startswith(("one flame", "there is one match"))


def test_what_is_scarce_clashes_as_a_resource_with_its_amount_and_source():
    case = lamp(extra="resources: [{name: oil, of: X, amount: 2.5, uses: {X.lamp: 2, Y.candle: 1}}]\n")
    both = Demand("candle", "A", "Y", made(Compare("Y.candle")))
    found = {
        frozenset(each.demands): each for each in demands(with_(case, demands=(*case.demands, both))).contradictory
    }
    clash = found[frozenset(["lamp", "candle"])]
    assert clash.kind == "resource"
    assert "X has 2.5 of oil, and ‘lamp’ uses 2 of it and ‘candle’ uses 1. Either alone can be." in clash.text


BRIDGE = """
title: A bridge
parties:
  A: {options: [walk], concerns: []}
  X: {options: [plank], concerns: [XWISH]}
  Y: {options: [rope], concerns: [YWISH]}
outcomes: {bridge: X.plank and Y.rope}
today: []
table: [A, X]
demands: [{id: bridge, from: A, to: X, that: bridge}]
"""


@pytest.mark.parametrize(
    ("wishes", "verdict", "text"),
    [
        (("plank", "rope"), "can only with others",
         "X can deliver ‘bridge’ (A → X) only with Y, and as things stand a state that holds by itself meets it."),
        (("plank", "not rope"), "could, but it would not hold",
         "X could deliver ‘bridge’ (A → X) only with Y, but it would not hold: as things stand no state that holds "
         "by itself meets it."),
        (("plank iff Y.rope", "not (rope iff X.plank)"), "could, but it would not hold",
         "X could deliver ‘bridge’ (A → X) only with Y; as things stand nothing holds by itself, so whether it would "
         "hold is not told."),
    ],
    ids=["holds", "does not hold", "nothing holds"],
)  # fmt: skip
def test_who_can_only_with_others_is_told_with_whom_and_whether_it_would_hold(wishes, verdict, text):
    found = demands(read_document(BRIDGE.replace("XWISH", wishes[0]).replace("YWISH", wishes[1])).case)
    (bridge,) = found.deliverability
    assert (bridge.verdict, bridge.text) == (verdict, text)
    assert bridge.coalitions == (("X", "Y"),) and bridge.preventers == (("X",), ("Y",))
    assert bridge.prevention == "Who can prevent it, whatever the others do: X alone or Y alone."
    assert found.able("X", "Y").brings_about == ("bridge",) and found.able("X").brings_about == ()
    assert "Together, A and X can prevent ‘bridge’, whatever the others do." in " ".join(str(found).split())
    assert found.able("A").sentence(found.case) == (
        "A can neither bring about nor prevent any of the demands, whatever the others do."
    )


def test_more_clout_turns_cannot_into_can_only_with_others():
    text = BRIDGE.replace("XWISH", "plank").replace("YWISH", "rope").replace("that: bridge", "that: Y.rope")
    verdicts = []
    for strength in ("weak", "strong"):
        clout = f"clout: [{{of: X, over: Y, on: Y.rope, strength: {strength}}}]\n"
        (rope,) = demands(read_document(text + clout).case).deliverability
        verdicts.append(rope.verdict)
    assert verdicts == ["cannot", "can only with others"]


def test_what_the_parties_that_are_asked_about_can_do_is_told():
    case = load("us-pakistan-2018").case
    asked = demands(case, by=["PK", "AT"])
    told = "Together, Pakistan and Afghan Taliban can bring about ‘operation’, ‘talks’ and ‘no fence’, and prevent"
    assert told in " ".join(str(asked).split())
    assert asked.data()["together"]["parties"] == ["PK", "AT"]
    assert demands(case).data()["together"]["parties"] == ["US", "PK", "AF"]
    with pytest.raises(UnknownNameError, match="no party is called 'XY'"):
        demands(case, by=["XY"])
    assert "together" not in demands(with_(case, today=None)).data()
