"""What each approach leads to, and the common ground, against their definitions worked out by trying everything."""

from itertools import product

from bargains import Naive, bargains, with_
from hypothesis import given

from detente import game
from detente.engine.interface import Definition
from detente.files.load import load, read_document
from detente.model.case import Approach, Concern, Contract, Deference, Mark, Option, Party, SharedConcerns
from detente.model.statements import Compare, Not, made
from detente.questions.approaches import approaches, clauses_in_words
from detente.questions.coalitions import coalition_proof
from detente.questions.common import common_ground
from detente.questions.wishes import Preferences


def much(states, met):
    truths = [met(state) for state in states]
    return "none" if not any(truths) else "all" if all(truths) else "some"


@given(bargains())
def test_outlooks_are_counted_by_the_text(case):
    found = approaches(case)
    assert [each.name for each in found.outlooks] == ["none", *(each.id for each in case.approaches)]
    for each in found.outlooks:
        world, about = Naive(case, each.name), game.setting(case, each.name)
        nash = [s for s in world.states if world.nash(s)]
        core = {party.id: [c for c in party.concerns if c.core] for party in case.parties}

        def meets(id, state, world=world, core=core):
            return all(world.met(concern.want, state) for concern in core[id])

        assert each.feasible == len(world.states)
        assert each.counts["Nash"] == len(nash)
        assert each.meeting == {id: sum(meets(id, s) for s in nash) for id in case.counted}
        accommodating = [s for s in nash if all(meets(id, s) for id in case.counted)]
        assert sorted(each.accommodating["Nash"]) == sorted(map(world.word, accommodating))
        assert each.meeting_all == len(accommodating)
        for definition in Definition:
            states = about.equilibria(definition)
            kept = [s for s in states if all(meets(id, about.game.values(s)) for id in case.counted)]
            assert each.accommodating_counts[definition.value] == len(kept)
        for demand in case.demands:
            assert each.demands_met[demand.id] == much(nash, lambda s, d=demand, w=world: w.met(d.that, s))
        for id, concerns in core.items():
            told = {c.label: much(nash, lambda s, c=c, w=world: w.met(c.want, s)) for c in concerns}
            assert each.core_met.get(id, {}) == told
            broken = {c.label: much(accommodating, lambda s, c=c, w=world: not w.met(c.want, s)) for c in concerns}
            broken = {label: share for label, share in broken.items() if share != "none"}
            assert each.others_broken.get(id, {}) == ({} if id in case.counted else broken)
        if each.name == "shared":
            proof = coalition_proof(about, about.equilibria(Definition.NASH).first())
            assert each.coalition_proof == tuple(about.words(about.game.only(proof)))
        else:
            assert each.coalition_proof is None


@given(bargains(ranked=True))
def test_preferences_other_things_equal_are_over_pairs_that_differ_in_one_option(case):
    world = Naive(case)
    found = Preferences(game.setting(case)).wished()
    for n, option in enumerate(case.options):
        pairs = [
            (low, high)
            for low, high in product(world.states, repeat=2)
            if low[n] < high[n] and low[:n] + low[n + 1 :] == high[:n] + high[n + 1 :]
        ]
        for sense in (1, -1):
            wishing = []
            for party, id in enumerate(world.ids):
                worth = [(world.worth(id, low, own=True), world.worth(id, high, own=True)) for low, high in pairs]
                if sense < 0:
                    worth = [(high, low) for low, high in worth]
                if all(a <= b for a, b in worth) and any(a < b for a, b in worth):
                    wishing.append(party)
            assert found.get((option.key, sense), []) == wishing


def test_the_us_pakistan_outlooks():
    found = approaches(load("us-pakistan-2018").case)
    by_name = {each.name: each for each in found.outlooks}
    assert {name: each.meeting_all > 0 for name, each in by_name.items()} == {
        "none": False,
        "mercenary": False,
        "patron-client": False,
        "cooperative": True,
    }
    assert by_name["patron-client"].notes and "does not defer to US yet" in " ".join(by_name["patron-client"].notes)
    data = found.data()["approaches"][0]
    assert set(data) >= {
        "name",
        "feasible",
        "counts",
        "accommodating equilibria",
        "demands met",
        "core concerns met",
        "coalition proof",
    }
    text = " ".join(found.render("text", 80).split())
    assert "‘action on TTP sanctuaries’, core for Pakistan (rizvi-2018 ¶12), is met in no stable outcome" in text
    assert found.table().rows[0][0] == "as things stand" and found.table().rows[-1][-1] == "1"


def test_no_stable_outcome_meets_nothing_and_says_so():
    found = approaches(load("matching-pennies").case)
    (only,) = found.outlooks
    assert only.counts["Nash"] == 0 and set(only.demands_met.values()) <= {"none"}
    assert "Nothing holds by itself as things stand." in found.render()
    assert only.data()["notes"] == ["Nothing holds by itself as things stand."]
    assert "is met in no stable outcome" not in found.render()


def test_each_approach_is_said_in_a_sentence_a_clause_as_an_assumption():
    case = load("us-pakistan-2018").case
    assert clauses_in_words(case, "none") == []
    assert clauses_in_words(case, "mercenary") == [
        "Assumed: US promises ‘aid to Pakistan’ if and only if ‘military operation against the Taliban’, and puts "
        "keeping this promise before its own concerns (judgement on rizvi-2018 ¶6 and ¶7)."
    ]
    assert clauses_in_words(case, "patron-client") == [
        "Assumed: Pakistan defers to US: it puts US's demands ‘operation’ and ‘talks’ before its own concerns, while "
        "‘aid to Pakistan’ holds (rizvi-2018 ¶7)."
    ]
    assert clauses_in_words(case, "cooperative") == [
        "Assumed: US, Pakistan and Kabul each count the others' core concerns as their own, before any other concern "
        "(rizvi-2018 ¶5 and ¶11)."
    ]


def test_binding_contracts_whole_patrons_and_coalitions_are_said():
    case = load("us-pakistan-2018").case
    paid = Contract("US", "US.aid", made(Not(Compare("PK.fence"))))
    core, every = Deference("PK", "US", ("core",)), Deference("PK", "US", ("all",))
    rank = SharedConcerns(("US", "PK"), "all")
    case = with_(case, approaches=(Approach("x", (paid,), (core, every), (rank,), (("US", "AF"),)),))
    assert [told.removeprefix("Assumed: ") for told in clauses_in_words(case, "x")] == [
        "US is bound by contract to ‘aid to Pakistan’ if and only if no ‘border fence’.",
        "Pakistan defers to US: it puts US's core concerns before its own concerns.",
        "Pakistan defers to US: it puts all concerns of US before its own concerns.",
        "US and Pakistan each count the other's concerns as their own, rank by rank.",
        "US and Kabul can move together as a coalition.",
    ]


def test_stable_outcomes_are_told_by_what_they_change_today_two_or_all_three():
    found = {each.name: each for each in approaches(load("us-pakistan-2018").case).outlooks}
    head, *outcomes = found["patron-client"].outcomes()
    assert head == "Under ‘patron-client’:" and len(outcomes) == 3
    (many,) = approaches(load("milk-river").case).outlooks
    assert len(many.outcomes()) == 4 and many.outcomes()[-1] == "  and 33 more."
    (only,) = found["cooperative"].outcomes()[1:]
    assert only.startswith("  YNYYNYYNYYYY: US starts ‘aid to Pakistan’, ‘action against the TTP’ and ‘US part in ")
    assert "stops ‘border fence’; Kabul starts ‘Afghan part in border monitoring’; Afghan Taliban starts" in only
    text = " ".join(found["patron-client"].notes)
    assert "counts in 3 stable outcomes that improving moves from today reach (one shown: " in text


def test_stable_outcomes_that_only_have_a_name_are_told_by_it():
    (only,) = approaches(load("sanctions").case).outlooks
    assert only.outcomes() == ["As things stand:", "  gain", "  middle", "  loss"]


def test_parties_without_a_core_concern_have_no_column():
    case = load("us-pakistan-2018").case
    case = with_(case, accommodate=("US", "AT"))
    assert approaches(case).table().columns == ("approach", "stable outcomes", "meeting US core")
    assert "meets every core concern of US " in approaches(case).render("text", 200)


def test_the_common_ground_of_the_us_pakistan_case():
    found = common_ground(game.setting(load("us-pakistan-2018").case))
    first = found.goals[0]
    assert first.label == "Taliban in talks" and first.counted
    assert {party.id for party in first.parties} >= {"US", "PK", "AF"}
    over = [parting for parting in found.partings if parting.label.startswith("military operation")]
    assert [(parting.wants.id, parting.place.number, parting.against.id, parting.other.number) for parting in over] == [
        ("US", 3, "PK", 2)
    ]
    assert over[0].sentence() == (
        "‘military operation against the Taliban’: US wants it (its 3rd concern, judgement on rizvi-2018 ¶7), "
        "Pakistan does not (its 2nd concern, core, judgement on rizvi-2018 ¶10 and ¶11)."
    )
    watch = next(goal for goal in found.goals if goal.label == "Pakistani part in border monitoring")
    assert watch.sentence().endswith(
        "(Pakistan's 9th concern, judgement on rizvi-2018 ¶11; implied by the other concerns of US and Kabul)."
    )


def test_goals_of_all_come_before_goals_of_those_who_count():
    peace, trade = Option("A", "peace"), Option("B", "trade")

    def wants(*keys):
        return tuple(Concern(made(Compare(key)), mark=Mark(key[2:])) for key in keys)

    parties = (
        Party("A", (peace,), wants("A.peace", "B.trade")),
        Party("B", (trade,), wants("A.peace", "B.trade")),
        Party("C", (), wants("A.peace")),
        Party("D", (), (Concern(made(Not(Compare("B.trade")))), Concern(made(Compare("A.peace"))))),
    )
    case = with_(
        load("chicken").case, parties=parties, rules=(), today=(0, 0), table=(), accommodate=("A", "B"), sources=()
    )
    found = common_ground(game.setting(case))
    assert [(goal.label, goal.everybody, goal.counted) for goal in found.goals] == [
        ("peace", True, True),
        ("trade", False, True),
    ]
    assert found.goals[0].sentence() == (
        "All parties would rather have ‘peace’ than not, other things equal (A's 1st concern; B's 1st concern; "
        "C's 1st concern; D's 2nd concern)."
    )
    assert found.partings == ()
    apart = with_(case, accommodate=("A", "D"))
    (parting,) = common_ground(game.setting(apart)).partings
    assert parting.sentence() == "‘trade’: A wants it (its 2nd concern), D does not (its 1st concern)."


RIVER = """
title: River
parties:
  Up:
    options: {fill: fast filling, data: daily data}
    concerns: [{want: fill, name: power}, not data if not Down.buy]
  Down:
    options: {buy: purchase of power}
    concerns: [{want: Up.data, core: true, name: forecasts}, {want: not Up.fill, name: slow filling}]
  Delta: {options: [], concerns: [{want: Up.data, name: forecasts}, {want: not Up.fill, name: slow filling}]}
  Coast: {options: [], concerns: [not Up.fill]}
today: []
"""


def test_where_all_share_nothing_what_some_share_is_told():
    found = common_ground(game.setting(read_document(RIVER).case))
    told = found.sentences()
    assert told[0] == (
        "No goal is shared by all four; Down, Delta and Coast share the wish for no ‘fast filling’ (Down's 2nd "
        "concern; Delta's 2nd concern; Coast's 1st concern); Down and Delta share ‘forecasts’ (Down's 1st "
        "concern, core; Delta's 1st concern)."
    )
    assert [goal["parties"] for goal in found.data()["shared by some"]] == [
        ["Down", "Delta", "Coast"],
        ["Down", "Delta"],
    ]


def test_core_partings_come_first_with_their_conditions_and_the_rest_is_counted():
    told = common_ground(game.setting(read_document(RIVER).case)).sentences()
    assert told[2] == (
        "  ‘daily data’: Down wants it (its 1st concern, core), Up does not if no ‘purchase of power’ "
        "(its 2nd concern)."
    )
    assert told[-1] == "  and 2 more."
    assert len(told) == 6


def test_what_only_follows_from_another_concern_is_said_to():
    text = RIVER.replace("{want: Up.data, core: true, name: forecasts}", "{want: Up.data or buy, name: forecasts}")
    found = common_ground(game.setting(read_document(text).case))
    (over,) = [parting for parting in found.partings if parting.label == "daily data" and parting.wants.id == "Down"]
    assert "Down wants it (implied by its 1st concern)" in over.sentence()


def test_coalitions_that_an_approach_lists_are_asked():
    case = load("prisoners-dilemma").case
    ids = case.party_ids
    case = with_(case, approaches=(Approach("together", coalitions=(ids,)),))
    found = approaches(case)
    assert found.outlooks[0].coalition_proof is None
    assert found.outlooks[1].coalition_proof == ()
    assert (
        "Under ‘together’, a coalition of the approach that moves together can upset 1 of 1 stable outcome."
        in " ".join(found.render().split())
    )
