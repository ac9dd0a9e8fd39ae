"""The best equilibria for the worst-off party, against the text worked out by trying everything, on every engine."""

import json
from fractions import Fraction

import pytest
from bargains import Naive, bargains
from hypothesis import given, settings
from large_disputes import large_dispute
from weighed_bargains import weighed

from detente.engine.interface import Definition
from detente.errors import TooLargeError, UnknownNameError
from detente.files.load import load
from detente.model.case import Case
from detente.questions.ordering import Order
from detente.questions.stability import stability
from detente.questions.verdicts import Judge

ENGINES = ("cube", "listed", "graph", "symbolic")


def every_concern(world: Naive, id: str, state) -> list[bool]:
    """Whether each concern of a party is met, most important first; a place in a ranking or by weights counts as the
    concerns to be better than the worst class, than the two worst, and so on."""
    party = world.written.party(id)
    if party.concerns is not None:
        return [world.met(c.want, state) for c in party.concerns]
    worths = sorted({worth(world, id, s) for s in written(world).states})
    return [worth(world, id, state) > each for each in worths[:-1]]


def written(world: Naive) -> Naive:
    """The case as written: a place in a ranking is one among all of its states, also under a contract."""
    return Naive(world.written)


def worth(world: Naive, id: str, state) -> Fraction:
    party = world.written.party(id)
    if party.weights is None:
        return Fraction(world.worth(id, state, own=True))
    return sum((amount for statement, amount in party.weights if world.met(statement, state)), Fraction(0))


def core_concerns(world: Naive, id: str, state) -> list[bool]:
    return [world.met(c.want, state) for c in world.written.party(id).concerns or () if c.core]


def unmet(world: Naive, state) -> list[int]:
    """How many counted parties have their k-th concern unmet: core ones numbered first, then all."""
    found = []
    for kind in (core_concerns, every_concern):
        lists = [kind(world, id, state) for id in world.case.counted]
        for k in range(max(map(len, lists), default=0)):
            found.append(sum(len(each) > k and not each[k] for each in lists))
    return found


def lowest(world: Naive, state) -> set[str]:
    """Which counted parties have the most important concern unmet that any of them has unmet."""
    for kind in (core_concerns, every_concern):
        lists = {id: kind(world, id, state) for id in world.case.counted}
        for k in range(max(map(len, lists.values()), default=0)):
            if lacking := {id for id, each in lists.items() if len(each) > k and not each[k]}:
                return lacking
    return set()


def same_as_trying_all(case: Case, engine: str, approach: str = "none", meeting: str = "") -> None:
    world, found = Naive(case, approach), stability(case, approach, engine=engine, best="worst-off", meeting=meeting)
    told, about = found.data()["best"], found.setting
    assert told["parties"] == list(case.counted) and "undecided" not in told
    for definition in Definition:
        held = about.equilibria(definition)
        if found.goal is not None:
            held = held & about.where(found.goal)
        values = {about.word(state): about.game.values(state) for state in held}
        vectors = {word: unmet(world, state) for word, state in values.items()}
        best = min(vectors.values(), default=None)
        right = {word for word, vector in vectors.items() if vector == best}
        assert set(told["equilibria"][definition]) == right and told["counts"][definition] == len(right)
        assert told["unmet"][definition] == best
        for word in right:
            assert set(told["worst off"][word]) == lowest(world, values[word])


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=25)
@given(bargains())
def test_the_best_for_the_worst_off_is_found_under_every_approach(engine: str, case: Case) -> None:
    for approach in ("none", *(each.id for each in case.approaches)):
        same_as_trying_all(case, engine, approach)


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=25)
@given(weighed())
def test_places_by_weights_count_as_concerns(engine: str, case: Case) -> None:
    same_as_trying_all(case, engine, meeting=f"not {case.options[0].key}")


@pytest.mark.parametrize("engine", ENGINES[:3])
@settings(max_examples=25)
@given(bargains(ranked=True))
def test_places_in_a_ranking_count_as_concerns(engine: str, case: Case) -> None:
    same_as_trying_all(case, engine)


def test_ties_are_all_counted_and_told_up_to_the_limit() -> None:
    case = load("chicken").case
    tied = stability(case, best="worst-off").data()["best"]
    assert set(tied["equilibria"]["Nash"]) == {"NY", "YN"} and tied["counts"]["Nash"] == 2
    cut = stability(case, best="worst-off", limit=1).data()["best"]
    assert cut["counts"]["Nash"] == 2 and len(cut["equilibria"]["Nash"]) == 1


def test_two_hundred_options_are_compared_exactly() -> None:
    """No equilibrium of the first block is beaten, and a state of any other one is worse."""
    found = stability(large_dispute(200, 5, 1), best="worst-off", time=3)
    best, ranked = found.best["Nash"], Order(Judge(found.setting))
    assert best.states is not None and 10**40 < best.states.count() < found.counts["Nash"]
    assert all(ranked.vector(state) == best.unmet for state in best.states.first(5))
    held = found.equilibrium_set(Definition.NASH)
    assert held is not None
    assert all(ranked.vector(state) > best.unmet for state in (held - best.states).first(20))
    told = found.data()["best"]
    assert told["counts"]["SEQ"] is None and told["equilibria"]["SEQ"] is None and told["unmet"]["SEQ"] is None


def test_what_is_not_decided_is_null_with_its_reason(monkeypatch) -> None:
    def too_large(self, states):
        raise TooLargeError("time limit 1 s")

    monkeypatch.setattr("detente.questions.chosen.best_of", too_large)
    found = stability(load("elmira").case, best="worst-off")
    told = found.data()["best"]
    assert told["undecided"] == dict.fromkeys(("Nash", "GMR", "SMR", "SEQ", "SSEQ"), "time limit 1 s")
    assert set(told["counts"].values()) == {None} and found.data()["counts"]["Nash"] == 3
    text = found.render("text", 200)
    assert "Not decided: the best under Nash (time limit 1 s)." in text


def test_the_page_says_who_is_worst_off_and_by_what() -> None:
    found = stability(load("us-pakistan-2018").case, best="worst-off")
    text = found.render("text", 300)
    assert "THE BEST FOR THE WORST-OFF PARTY" in text
    assert "Pakistan, without: action on TTP sanctuaries" in text
    assert json.loads(found.render("json"))["best"]["for"] == "worst-off"
    assert "best" not in stability(load("us-pakistan-2018").case).data()


def test_there_is_no_other_way_to_be_the_best() -> None:
    with pytest.raises(UnknownNameError, match="worst-off"):
        stability(load("elmira").case, best="worst")
