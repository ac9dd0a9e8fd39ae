"""What each clause of an approach does to a case, alone and together, and which approaches are refused."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from model_cases import elmira, reader, small, wants

from detente.errors import CaseError, UnknownNameError
from detente.model.approaches import approach_faults, completed, completion_note, under
from detente.model.case import (
    Approach,
    Case,
    Concern,
    Contract,
    Deference,
    Demand,
    Mark,
    Option,
    Party,
    Rule,
    SharedConcerns,
)
from detente.model.statements import Compare, Not, made


def shared(parties: str, which: str = "core", order: str = "") -> SharedConcerns:
    return SharedConcerns(tuple(parties), which, order)


def short(case: Case, party: str) -> str:
    """Return a party's concerns, each by its option's short name, core ones with a star."""
    concerns = case.party(party).concerns or ()
    return " ".join(("*" if c.core else "") + str(c.want).partition(".")[2] for c in concerns)


def test_none_is_the_case_itself():
    case = elmira()
    assert case.under("none") is case
    assert completion_note(case, "none") == ""


def test_an_unknown_approach_names_the_nearest():
    with pytest.raises(UnknownNameError) as caught:
        elmira().under("patrona")
    assert str(caught.value) == "no approach is called 'patrona'; did you mean patronage?"


def test_rewriting_changes_what_the_approach_says_and_nothing_else():
    case = elmira()
    for approach in case.approaches:
        rewritten = case.under(approach.id)
        assert rewritten.approach == approach.id
        assert rewritten.under(approach.id) is rewritten
        assert rewritten.under("none") is rewritten
        back = replace(
            rewritten, parties=case.parties, definitions=(), coalitions=(), approach="none", today=case.today
        )
        assert back == case
        for old, new in zip(case.parties, rewritten.parties, strict=True):
            assert replace(new, concerns=old.concerns) == old
    assert case == elmira()


def test_a_case_is_rewritten_from_what_was_written():
    with pytest.raises(CaseError) as caught:
        elmira().under("shared").under("contract")
    assert str(caught.value) == (
        "the case is already rewritten by the approach shared; ask the case as written for contract"
    )


# Contracts


def test_a_binding_contract_defines_its_option_and_leaves_the_concerns():
    case = elmira()
    rewritten = case.under("contract")
    assert [(key, str(statement)) for key, statement in rewritten.definitions] == [("MoE.modify", "Uniroyal.accept")]
    assert rewritten.parties == case.parties
    assert rewritten.today == case.today
    assert completion_note(case, "contract") == ""


def chain(today: tuple[int, ...], *contracts: tuple[str, str], rules: tuple[Rule, ...] = ()) -> Case:
    """Return a case of one party whose contracts pay with the first for the second."""
    case = small({"A": []})
    read = reader(list(case.options))
    made = tuple(Contract("A", f"A.{paid}", read(iff, "A")) for paid, iff in contracts)
    return replace(case, today=today, rules=rules, approaches=(Approach("pay", made),))


def test_contracts_are_computed_in_an_order_in_which_each_knows_what_it_depends_on():
    case = chain((0, 0, 0, 1), ("a1", "a2 and a4"), ("a2", "not a3"), ("a3", "not a4"))
    rewritten = case.under("pay")
    assert [key for key, _ in rewritten.definitions] == ["A.a3", "A.a2", "A.a1"]
    assert rewritten.today == (1, 1, 0, 1)
    assert completion_note(case, "pay") == "The contracts change today: A starts ‘a1’ and ‘a2’ (NNNY becomes YYNY)."


@given(st.permutations([("a1", "a2 and a4"), ("a2", "not a3"), ("a3", "not a4")]), st.tuples(*[st.integers(0, 1)] * 4))
def test_the_order_in_which_contracts_are_listed_does_not_matter_and_completion_is_final(contracts, today):
    rewritten = chain(today, *contracts).under("pay")
    assert rewritten.today == chain(today, *sorted(contracts)).under("pay").today
    assert completed(rewritten, rewritten.today) == rewritten.today
    assert rewritten.today[3] == today[3]


def test_a_promise_comes_first_among_the_payers_concerns_and_the_option_stays_free():
    rewritten = elmira().under("promise")
    assert wants(rewritten, "MoE")[0] == "MoE.modify iff Uniroyal.accept"
    assert wants(rewritten, "MoE")[1:] == wants(elmira(), "MoE")
    assert rewritten.definitions == ()


def test_several_promises_keep_their_order_and_their_source():
    case = small({"A": ["a4"]})
    read = reader(list(case.options))
    promises = [Contract("A", f"A.a{n}", read("a3", "A"), False, Mark(source=f"paper ¶{n}")) for n in (1, 2)]
    rewritten = replace(case, approaches=(Approach("pay", tuple(promises)),)).under("pay")
    assert wants(rewritten, "A") == ["A.a1 iff A.a3", "A.a2 iff A.a3", "A.a4"]
    assert [c.mark.source for c in rewritten.party("A").concerns or ()] == ["paper ¶1", "paper ¶2", ""]
    assert not any(c.core for c in rewritten.party("A").concerns or ())


@pytest.mark.parametrize(
    ("contracts", "message"),
    [
        (
            [("a1", "not a1")],
            "approach pay: the contract on A.a1 depends on itself; "
            "take one of them out, or make it a promise (binding: false)",
        ),
        (
            [("a1", "a2"), ("a2", "a3"), ("a3", "a1 or a4")],
            "approach pay: contracts form a circle: ",
        ),
        (
            [("a1", "a2"), ("a1", "a3")],
            "approach pay: two contracts pay with A.a1; join their conditions in one contract",
        ),
    ],
)
def test_contracts_that_cannot_be_computed_are_refused(contracts, message):
    with pytest.raises(CaseError) as caught:
        chain((0, 0, 0, 0), *contracts).under("pay")
    assert str(caught.value).startswith(message)


def test_a_circle_is_told_as_who_depends_on_whom():
    with pytest.raises(CaseError) as caught:
        chain((0, 0, 0, 0), ("a1", "a2"), ("a2", "a3 or a4"), ("a3", "not a1")).under("pay")
    circle = caught.value.faults[0].what.removeprefix("approach pay: contracts form a circle: ").split(" depends on ")
    needs = {"A.a1": "A.a2", "A.a2": "A.a3", "A.a3": "A.a1"}
    assert circle[0] == circle[-1]
    assert [needs[key] for key in circle[:-1]] == circle[1:]


def test_a_today_that_the_rules_forbid_once_completed_is_refused():
    case = small({"A": []})
    rule = Rule(reader(list(case.options))("not (A.a1 and A.a2)"))
    with pytest.raises(CaseError) as caught:
        chain((0, 1, 0, 0), ("a1", "a2"), rules=(rule,)).under("pay")
    assert str(caught.value) == (
        "approach pay: the contracts change today to YYNN, which cannot be: "
        "the rule 'not (A.a1 and A.a2)' rules it out; change today, the rule or the contract"
    )


def test_every_fault_of_the_contracts_is_said_at_once():
    levelled = Option("A", "aid", ("none", "some"))
    case = Case("test", (Party("A", (levelled, Option("A", "go"))), Party("B", (Option("B", "talk"),))))
    talk = reader(list(case.options))("B.talk")
    contracts = (
        Contract("A", "A.aid", talk),
        Contract("A", "B.talk", talk),
        Contract("C", "A.go", talk, binding=False),
        Contract("A", "A.goo", talk),
        Contract("A", "A.go", talk, binding=False),
    )
    faults = [fault.text() for fault in approach_faults(case, Approach("pay", contracts))]
    assert faults == [
        "approach pay: the contract pays with A.aid, which has levels; "
        "a contract needs a yes/no option; split the option, or contract on another one",
        "approach pay: the contract by A pays with B.talk, which belongs to B; write by: B, or name an option of A",
        "approach pay: no party is called 'C'; known: A, B",
        "approach pay: no option is called 'A.goo'; did you mean A.go?",
        "approach pay: two contracts pay with A.go; join their conditions in one contract",
        "approach pay: A makes a promise and has no concerns; write concerns for A "
        "(concerns: [] where everything is equal to it), or take the clause out",
        "approach pay: the contract on B.talk depends on itself; "
        "take one of them out, or make it a promise (binding: false)",
    ]


# Deference


def test_deference_puts_each_item_before_all_the_clients_own_concerns():
    case = elmira()
    rewritten = case.under("patronage")
    assert wants(rewritten, "Uniroyal") == ["Uniroyal.accept if MoE.modify", *wants(case, "Uniroyal")]
    assert rewritten.party("LG") == case.party("LG")


def deferring(*clauses: Deference, demands: tuple[Demand, ...] = ()) -> Case:
    case = small({"A": ["*a1", "a2"], "B": ["b1", "*b2"], "C": ["*c1"]})
    return replace(case, demands=demands, approaches=(Approach("defer", deference=clauses),)).under("defer")


def test_core_and_all_are_the_patrons_concerns_in_its_order():
    assert short(deferring(Deference("A", "B", ("core",))), "A") == "b2 *a1 a2"
    assert short(deferring(Deference("A", "B", ("all",))), "A") == "b1 b2 *a1 a2"


def test_demands_are_taken_in_the_order_of_the_clause():
    demands = tuple(Demand(id, "B", "A", made(Compare(f"A.{id}"))) for id in ("a3", "a4"))
    rewritten = deferring(Deference("A", "B", ("a4", "a3"), made(Compare("B.b4"))), demands=demands)
    assert wants(rewritten, "A") == ["A.a4 if B.b4", "A.a3 if B.b4", "A.a1", "A.a2"]


def test_two_patrons_come_in_the_order_of_the_clauses_and_before_the_own_concerns():
    rewritten = deferring(Deference("A", "C", ("all",)), Deference("A", "B", ("core",)))
    assert short(rewritten, "A") == "c1 b2 *a1 a2"


def test_deference_does_not_travel_on():
    rewritten = deferring(Deference("B", "C", ("all",)), Deference("A", "B", ("all",)))
    assert short(rewritten, "B") == "c1 b1 *b2"
    assert short(rewritten, "A") == "b1 b2 *a1 a2"


def test_two_that_defer_to_each_other_each_take_the_other_as_it_was():
    rewritten = deferring(Deference("A", "B", ("core",)), Deference("B", "A", ("core",)))
    assert short(rewritten, "A") == "b2 *a1 a2"
    assert short(rewritten, "B") == "a1 b1 *b2"


def test_names_and_sources_stay_with_what_is_deferred_to():
    case = small({"A": [], "B": []})
    talk = Concern(made(Compare("B.b1")), True, Mark("talks", "paper ¶2"))
    case = replace(case, parties=(case.parties[0], replace(case.parties[1], concerns=(talk,))))
    clauses = (Deference("A", "B", ("core",), made(Not(Compare("A.a1")))),)
    taken = replace(case, approaches=(Approach("d", deference=clauses),)).under("d").party("A").concerns or ()
    assert [(c.label, c.mark.source, c.core) for c in taken] == [("talks, if no ‘a1’", "paper ¶2", False)]
    clauses = (Deference("A", "B", ("core",)),)
    always = replace(case, approaches=(Approach("d", deference=clauses),))
    assert (always.under("d").party("A").concerns or ())[0].label == "talks"


# Shared concerns


def sharing(concerns: dict[str, list[str]], *clauses: SharedConcerns) -> Case:
    return small(concerns, Approach("share", shared_concerns=clauses)).under("share")


def test_core_concerns_come_before_every_other_one_own_first():
    case = sharing({"A": ["a1", "*a2", "a3", "*a4"], "B": ["*b1", "b2", "*b3", "*b4"]}, shared("AB"))
    assert short(case, "A") == "*a2 *b1 *a4 *b3 *b4 a1 a3"
    assert short(case, "B") == "*b1 *a2 *b3 *a4 *b4 b2"


def test_partners_come_in_the_order_in_which_they_are_listed():
    concerns = {"A": ["*a1", "*a2"], "B": ["*b1"], "C": ["*c1", "*c2"]}
    assert short(sharing(concerns, shared("CBA")), "A") == "*a1 *c1 *b1 *a2 *c2"
    assert short(sharing(concerns, shared("ABC")), "C") == "*c1 *a1 *b1 *c2 *a2"


def test_all_interleaves_all_concerns():
    concerns = {"A": ["a1", "*a2"], "B": ["*b1", "b2", "b3"]}
    for order in ("", "interleaved"):
        assert short(sharing(concerns, shared("AB", "all", order)), "A") == "a1 *b1 *a2 b2 b3"


def test_interleaved_keeps_the_other_concerns_at_their_rank():
    concerns = {"A": ["a1", "*a2", "a3", "*a4"], "B": ["b1", "*b2", "*b3"]}
    assert short(sharing(concerns, shared("AB", order="interleaved")), "A") == "a1 *b2 *a2 *b3 a3 *a4"


def test_a_repeated_statement_keeps_its_first_place_and_is_the_partys_own():
    """A lists B's concern last and not as core; sharing makes it core and brings it up, under A's own name."""
    case = sharing({"A": ["*a1", "a2", "B.b1"], "B": ["*b1", "*A.a1"]}, shared("AB"))
    assert short(case, "A") == "*a1 *b1 a2"
    assert short(case, "B") == "*b1 *a1"
    own = small({"A": ["*a1", "a2", "B.b1"], "B": ["*b1", "*A.a1"]})
    named = replace((own.party("A").concerns or ())[2], mark=Mark("border"))
    a = replace(own.party("A"), concerns=(*(own.party("A").concerns or ())[:2], named))
    approach = Approach("share", shared_concerns=(shared("AB"),))
    case = replace(own, parties=(a, own.party("B")), approaches=(approach,)).under("share")
    assert [(c.label, c.core) for c in case.party("A").concerns or ()] == [
        ("A.a1", True),
        ("border", True),
        ("A.a2", False),
    ]


def test_a_statement_that_anybody_marked_core_is_core_wherever_it_stands():
    case = sharing({"A": ["a1"], "B": ["b1", "*A.a1"]}, shared("AB", "all"))
    assert short(case, "A") == "*a1 b1"
    assert short(case, "B") == "b1 *a1"


def test_a_named_statement_is_the_same_as_what_it_stands_for():
    case = small({"A": ["*a1"], "B": ["*b1"]})
    read = reader(list(case.options), {"deal": "A.a1"})
    b = replace(case.parties[1], concerns=(Concern(read("deal"), True, Mark("the deal")), Concern(read("B.b1"), True)))
    case = replace(case, parties=(case.parties[0], b), approaches=(Approach("s", shared_concerns=(shared("AB"),)),))
    assert wants(case.under("s"), "A") == ["A.a1", "B.b1"]
    assert wants(case.under("s"), "B") == ["deal", "B.b1"]
    assert [c.label for c in case.under("s").party("B").concerns or ()] == ["the deal", "B.b1"]


def test_what_a_partner_learned_from_a_third_does_not_travel_on():
    concerns = {"A": ["*a1"], "B": ["*b1"], "C": ["*c1"]}
    case = sharing(concerns, shared("AB"), shared("BC"))
    assert short(case, "A") == "*a1 *b1"
    assert short(case, "B") == "*b1 *a1 *c1"
    assert short(case, "C") == "*c1 *b1"


def test_clauses_of_two_kinds_follow_each_other():
    concerns = {"A": ["a1", "*a2"], "B": ["*b1", "b2"], "C": ["*c1", "c2"]}
    case = sharing(concerns, shared("AB"), shared("AC", "all"))
    assert short(case, "A") == "*a2 *c1 *b1 c2 a1"
    assert short(case, "B") == "*b1 *a2 b2"


def test_a_third_party_keeps_its_concerns():
    concerns = {"A": ["*a1"], "B": ["*b1"], "C": ["c1", "*c2"]}
    assert short(sharing(concerns, shared("AB")), "C") == "c1 *c2"


@st.composite
def several(draw):
    """Draw concerns of three parties, each over its own options, some core."""
    return {
        id: [("*" if draw(st.booleans()) else "") + f"{id.lower()}{n}" for n in draw(st.permutations([1, 2, 3]))]
        for id in "ABC"
    }


@given(
    several(), st.permutations(["A", "B", "C"]), st.sampled_from(["core", "all"]), st.sampled_from(["", "interleaved"])
)
def test_sharing_loses_nothing_adds_what_is_shared_and_keeps_every_order(concerns, listed, which, order):
    case = sharing(concerns, SharedConcerns(tuple(listed), which, order))
    for party in "ABC":
        found = short(case, party).split()
        offered = [text for other in "ABC" for text in concerns[other] if which == "all" or text.startswith("*")]
        assert sorted(found) == sorted({*concerns[party], *offered})
        for other in "ABC":
            theirs = [text for text in found if text.strip("*").startswith(other.lower())]
            expected = [text for text in concerns[other] if text in theirs]
            if other == party and (which, order) == ("core", ""):
                expected = sorted(expected, key=lambda text: not text.startswith("*"))
            assert theirs == expected
        if (which, order) == ("core", ""):
            stars = [text.startswith("*") for text in found]
            assert stars == sorted(stars, reverse=True)


# All together


def test_clauses_combine_contracts_first_then_deference_then_sharing():
    case = small({"A": ["*a1", "a2"], "B": ["*b1"]})
    read = reader(list(case.options))
    approach = Approach(
        "mixed",
        contracts=(Contract("A", "A.a3", read("B.b2"), binding=False), Contract("B", "B.b3", read("A.a4"))),
        deference=(Deference("A", "B", ("all",), read("A.a3")),),
        shared_concerns=(shared("AB", "all"),),
        coalitions=(("A", "B"),),
    )
    rewritten = replace(case, approaches=(approach,)).under("mixed")
    assert wants(rewritten, "A") == ["B.b1 if A.a3", "B.b1", "A.a3 iff B.b2", "A.a1", "A.a2"]
    assert wants(rewritten, "B") == ["B.b1", "B.b1 if A.a3", "A.a3 iff B.b2", "A.a1", "A.a2"]
    assert [key for key, _ in rewritten.definitions] == ["B.b3"]
    assert rewritten.coalitions == (("A", "B"),)


def test_parties_without_concerns_and_unknown_names_are_all_refused():
    case = elmira()
    lg = replace(case.party("LG"), concerns=None, ranking=(("NYNNN",),))
    case = replace(case, parties=(*case.parties[:2], lg))
    approach = Approach(
        "odd",
        deference=(
            Deference("LG", "MoE", ("clean", "cleen")),
            Deference("MoE", "LG", ("core",)),
            Deference("MoE", "MoE", ("all",)),
        ),
        shared_concerns=(SharedConcerns(("LG", "Moe")),),
        coalitions=(("LG", "XX"),),
    )
    remedy = "write concerns for LG (concerns: [] where everything is equal to it), or take the clause out"
    assert [fault.text() for fault in approach_faults(case, approach)] == [
        f"approach odd: LG defers to MoE and has no concerns; {remedy}",
        "approach odd: no demand is called 'cleen'; did you mean clean?",
        f"approach odd: LG is deferred to on its core concerns and has no concerns; {remedy}",
        "approach odd: MoE defers to itself; name another party as the patron",
        "approach odd: no party is called 'Moe'; did you mean MoE?",
        f"approach odd: LG shares concerns and has no concerns; {remedy}",
        "approach odd: no party is called 'XX'; known: LG, MoE, Uniroyal",
    ]
    with pytest.raises(CaseError) as caught:
        under(replace(case, approaches=(approach,)), "odd")
    assert len(caught.value.faults) == 7


def test_a_party_indifferent_to_everything_can_defer_share_and_promise():
    case = small({"A": [], "B": ["*b1"]})
    read = reader(list(case.options))
    promise = Contract("A", "A.a1", read("B.b2"), binding=False)
    always, shares = Deference("A", "B", ("all",)), shared("AB")
    deferring = replace(case, approaches=(Approach("x", (promise,), (always,)),)).under("x")
    assert wants(deferring, "A") == ["B.b1", "A.a1 iff B.b2"]
    sharing_too = replace(case, approaches=(Approach("x", (promise,), shared_concerns=(shares,)),)).under("x")
    assert wants(sharing_too, "A") == ["B.b1", "A.a1 iff B.b2"]
