"""Edits: each changes what it says and nothing else, is undone exactly, is written down and read back, and is said."""

import json
from dataclasses import fields, replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from model_cases import elmira, reader, small, wants

from detente.errors import CaseError, StatementError, UnknownNameError
from detente.model import edits as module
from detente.model.case import Approach, Case, Clout, Concern, Contract, Deference, Demand, Mark, Option, Party, Rule
from detente.model.edits import (
    AddApproach,
    AddAssurance,
    AddClout,
    AddConcern,
    AddContract,
    AddDemand,
    AddRule,
    ChangeApproach,
    DissolveCoalition,
    DropApproach,
    DropClout,
    DropConcern,
    DropContract,
    DropDemand,
    DropRule,
    Edit,
    FormCoalition,
    MarkCore,
    PayAfterSuccess,
    RaiseClout,
    RedirectDemand,
    RelaxRule,
    SetPatience,
    SetToday,
    SwapConcerns,
    TimeDemand,
    Together,
    WeakenDemand,
    edit_from,
    one_edit_variants,
)
from detente.model.edits.written import KINDS
from detente.model.feasibility import broken
from detente.model.soundness import soundness

CASE = elmira()
READ = reader(list(CASE.options), {"settled": "Uniroyal.accept and not LG.insist"})
QUIET = Concern(READ("not insist", "LG"), True, Mark("quiet", "hipel-1993", "a note", "judgement"))
EMPTY = Approach("new", mark=Mark("A new start"))
PROMISE = Contract("LG", "LG.insist", READ("Uniroyal.delay"), False, Mark(source="hipel-1993"))
BOUND = Contract("LG", "LG.insist", READ("Uniroyal.delay"))
STRONG = Clout("LG", "MoE", ("MoE.modify",), "strong", READ("LG.insist"))
STOP = Demand("stop", "MoE", "LG", READ("not LG.insist"), None, Fraction(5, 2), Mark("no more pressure"))
ONE_WAY = Rule(READ("MoE.modify if Uniroyal.accept"), "causal", "so agreed", True, Mark("modified"))

SAID: list[tuple[Edit, str]] = [
    (SwapConcerns("MoE", 0, 1), "Ministry of the Environment puts ‘clean-up’ above no ‘Abandon the plant’"),
    (SwapConcerns("LG", 2, 1), "Local government puts ‘Insist on the order’ above ‘jobs’"),
    (SwapConcerns("LG", 0, 2), "Local government exchanges ‘clean-up’ (1st) and ‘Insist on the order’ (3rd)"),
    (AddConcern("LG", QUIET, 1), "Local government takes up ‘quiet’ as its 2nd concern, as a core concern"),
    (AddConcern("Uniroyal", Concern(READ("settled", "Uniroyal"))), "Uniroyal takes up ‘settled’ as its 3rd concern"),
    (DropConcern("LG", 1), "Local government gives up the concern ‘jobs’"),
    (DropConcern("MoE", 0), "Ministry of the Environment gives up its 1st concern, no ‘Abandon the plant’"),
    (MarkCore("LG", 2), "Local government counts ‘Insist on the order’ as core"),
    (MarkCore("LG", 0, False), "Local government no longer counts ‘clean-up’ as core"),
    (AddApproach(EMPTY, 0), "the approach ‘A new start’ is added"),
    (DropApproach("promise"), "the approach ‘promise’ is taken out"),
    (ChangeApproach(Approach("promise", coalitions=(("MoE", "LG"),))), "the approach ‘promise’ has other clauses"),
    (
        AddContract("shared", PROMISE),
        "under the approach ‘shared’, Local government promises ‘Insist on the order’ exactly when ‘Delay the appeal’",
    ),
    (
        AddContract("contract", BOUND, 0),
        "under the approach ‘contract’, Local government is bound to ‘Insist on the order’ exactly when ‘Delay the "
        "appeal’",
    ),
    (
        AddContract("fresh", BOUND),
        "under a new approach ‘fresh’, Local government is bound to ‘Insist on the order’ exactly when ‘Delay the "
        "appeal’",
    ),
    (
        DropContract("promise", 0),
        "under the approach ‘promise’, the promise of Ministry of the Environment on ‘Modify the control order’ "
        "is taken out",
    ),
    (
        AddAssurance("shared", "LG", "LG.insist", READ("Uniroyal.delay")),
        "under the approach ‘shared’, Local government assures ‘Insist on the order’ exactly when ‘Delay the appeal’",
    ),
    (
        AddAssurance("fresh", "LG", "LG.insist", READ("Uniroyal.delay"), True),
        "under a new approach ‘fresh’, Local government assures ‘Insist on the order’ exactly when ‘Delay the appeal’, "
        "and is bound to it",
    ),
    (
        FormCoalition("shared", ("Uniroyal", "MoE", "LG"), 0),
        "under the approach ‘shared’, Uniroyal, Ministry of the Environment and Local government can act together",
    ),
    (
        DissolveCoalition("shared", 0),
        "under the approach ‘shared’, Ministry of the Environment and Local government no longer act together",
    ),
    (
        AddClout(STRONG),
        "Local government has strong clout over Ministry of the Environment on ‘Modify the control order’, "
        "while ‘Insist on the order’",
    ),
    (DropClout(0), "Ministry of the Environment loses its clout over Uniroyal on ‘Accept the order’"),
    (
        RaiseClout("MoE", "Uniroyal", "Uniroyal.accept"),
        "Ministry of the Environment has strong clout over Uniroyal on ‘Accept the order’",
    ),
    (
        RaiseClout("LG", "Uniroyal", "Uniroyal.delay", "weak"),
        "Local government has weak clout over Uniroyal on ‘Delay the appeal’",
    ),
    (AddRule(ONE_WAY, 0), "the rule ‘modified’ is added"),
    (DropRule(0), "rule 1, exactly 1 of ‘Delay the appeal’, ‘Accept the order’ and ‘Abandon the plant’, is dropped"),
    (
        RelaxRule(0, READ("at least 1 of (Uniroyal.delay, Uniroyal.accept)")),
        "rule 1, exactly 1 of ‘Delay the appeal’, ‘Accept the order’ and ‘Abandon the plant’, is relaxed to: at least "
        "1 of ‘Delay the appeal’ and ‘Accept the order’",
    ),
    (
        SetToday((1, 0, 1, 0, 0)),
        "today is different: ‘Modify the control order’ of Ministry of the Environment is yes, "
        "‘Delay the appeal’ of Uniroyal is no and ‘Accept the order’ of Uniroyal is yes",
    ),
    (SetToday(None), "today is not known"),
    (SetToday((0, 1, 0, 0, 0)), "today stays as it is"),
    (SetPatience(Fraction(2, 5)), "the next period counts 2/5 of this one"),
    (SetPatience(None), "how much the next period counts is not stated"),
    (
        PayAfterSuccess(0, Fraction(7, 2)),
        "7/2 a period is paid by Ministry of the Environment to Uniroyal after success, beside ‘Modify the control "
        "order’",
    ),
    (
        PayAfterSuccess(0, None),
        "nothing is stated to be paid by Ministry of the Environment to Uniroyal after success, beside ‘Modify the "
        "control order’",
    ),
    (
        AddDemand(STOP),
        "Ministry of the Environment demands ‘no more pressure’ of Local government: no ‘Insist on the order’",
    ),
    (DropDemand("clean"), "Local government drops its demand ‘clean’ on Uniroyal"),
    (
        WeakenDemand("clean", READ("not Uniroyal.abandon")),
        "Local government asks for no ‘Abandon the plant’ instead of ‘Accept the order’ in its demand ‘clean’",
    ),
    (
        TimeDemand("clean", Fraction(2), Fraction(9, 2)),
        "Local government makes its demand ‘clean’ from time 2 and by time 9/2",
    ),
    (TimeDemand("clean"), "Local government makes its demand ‘clean’ at any time"),
    (
        RedirectDemand("clean", "MoE"),
        "Local government makes its demand ‘clean’ on Ministry of the Environment instead of Uniroyal",
    ),
    (
        Together((MarkCore("LG", 2), SwapConcerns("LG", 1, 2))),
        "Local government counts ‘Insist on the order’ as core; Local government puts ‘Insist on the order’ above "
        "‘jobs’",
    ),
    (Together(()), "nothing changes"),
]
EDITS = [edit for edit, _ in SAID]


def touched(before: Case, after: Case) -> set[str]:
    return {field.name for field in fields(Case) if getattr(before, field.name) != getattr(after, field.name)}


def test_every_kind_of_edit_is_among_those_tried_here():
    public = {name for name in module.__all__ if name[0].isupper()} - {"Edit"}
    assert {type(edit).__name__ for edit in EDITS} == public == set(KINDS)


@pytest.mark.parametrize(("edit", "text"), SAID)
def test_how_edits_are_said(edit: Edit, text: str):
    assert edit.text(CASE) == text


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_is_undone_exactly_and_leaves_the_case_alone(edit: Edit):
    changed = CASE.edit(edit)
    assert elmira() == CASE
    assert changed.edit(edit.inverse(CASE)) == CASE
    assert edit.inverse(CASE).inverse(changed).apply(CASE) == changed


@pytest.mark.parametrize("edit", EDITS)
def test_the_fingerprint_changes_with_the_meaning(edit: Edit):
    changed = CASE.edit(edit)
    assert (changed.fingerprint == CASE.fingerprint) == (changed == CASE)


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_is_written_down_and_read_back(edit: Edit):
    data = json.loads(json.dumps(edit.data()))
    assert data == edit.data()
    assert data["edit"] == type(edit).__name__
    assert edit_from(data, CASE) == edit
    undo = edit.inverse(CASE)
    assert edit_from(json.loads(json.dumps(undo.data())), CASE.edit(edit)).apply(CASE.edit(edit)) == CASE


@pytest.mark.parametrize(
    ("edit", "field"),
    [
        (SwapConcerns("MoE", 0, 1), "parties"),
        (AddContract("fresh", BOUND), "approaches"),
        (RaiseClout("MoE", "Uniroyal", "Uniroyal.accept"), "clout"),
        (DropRule(0), "rules"),
        (SetToday((0, 0, 1, 0, 1)), "today"),
        (TimeDemand("clean"), "demands"),
    ],
)
def test_what_is_not_touched_stays_as_it_is(edit: Edit, field: str):
    assert touched(CASE, CASE.edit(edit)) == {field}


def edits_of(case: Case) -> st.SearchStrategy[Edit]:
    """Draw an edit that a case can take."""
    drawn: list[st.SearchStrategy[Edit]] = [st.builds(AddRule, st.just(ONE_WAY), st.integers(0, len(case.rules)))]
    for party in case.parties:
        id, count = party.id, len(party.concerns or ())
        drawn.append(st.builds(AddConcern, st.just(id), st.just(QUIET), st.none() | st.integers(0, count)))
        if count:
            place = st.integers(0, count - 1)
            drawn += [st.builds(SwapConcerns, st.just(id), place, place), st.builds(DropConcern, st.just(id), place)]
            drawn.append(st.builds(MarkCore, st.just(id), place, st.booleans()))
    if case.rules:
        drawn.append(st.builds(DropRule, st.integers(0, len(case.rules) - 1)))
    if case.demands:
        drawn.append(st.builds(DropDemand, st.just(case.demands[0].id)))
    strengths = st.sampled_from(["weak", "strong"])
    drawn.append(st.builds(RaiseClout, st.just("LG"), st.just("Uniroyal"), st.just("Uniroyal.delay"), strengths))
    for approach in case.approaches:
        drawn.append(st.just(DropApproach(approach.id)))
        drawn.append(st.just(FormCoalition(approach.id, ("LG", "MoE"))))
    return st.one_of(drawn)


@settings(max_examples=40)
@given(st.data())
def test_any_row_of_edits_is_undone_in_reverse(data):
    cases, done = [CASE], []
    for _ in range(data.draw(st.integers(1, 6))):
        done.append(data.draw(edits_of(cases[-1])))
        cases.append(cases[-1].edit(done[-1]))
    assert CASE.edit(*done) == cases[-1]
    assert cases[-1].edit(Together(tuple(done)).inverse(CASE)) == CASE
    undone = cases[-1]
    for edit, before in zip(reversed(done), reversed(cases[:-1]), strict=True):
        undone = undone.edit(edit.inverse(before))
        assert undone == before
        assert undone.fingerprint == before.fingerprint


def test_dropping_a_demand_ends_the_deference_to_it_and_undoing_brings_both_back():
    clauses = (Deference("Uniroyal", "LG", ("clean", "stop")), Deference("MoE", "LG", ("clean",)))
    case = CASE.edit(AddDemand(STOP), AddApproach(Approach("both", deference=clauses)))
    changed = case.edit(DropDemand("clean"))
    assert [approach.deference for approach in changed.approaches[2:]] == [
        (),
        (),
        (Deference("Uniroyal", "LG", ("stop",)),),
    ]
    assert changed.edit(DropDemand("clean").inverse(case)) == case


def test_clout_with_a_condition_is_raised_where_it_stands():
    changed = CASE.edit(RaiseClout("MoE", "Uniroyal", "Uniroyal.accept"))
    assert changed.clout == (replace(CASE.clout[0], strength="strong"),)


def test_an_assurance_is_a_promise_of_the_party_that_gives_it():
    changed = CASE.edit(AddAssurance("fresh", "LG", "LG.insist", READ("Uniroyal.delay")))
    assert wants(changed.under("fresh"), "LG")[0] == "LG.insist iff Uniroyal.delay"


# What is refused


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (SwapConcerns("LG", 0, 3), "there is no concern of LG at place 3; there are 3, counted from 0"),
        (DropConcern("LG", -1), "there is no concern at place -1; there are 3, counted from 0"),
        (AddConcern("LG", QUIET, 4), "a concern cannot be put at place 4; there are 3, counted from 0"),
        (DropRule(1), "there is no rule at place 1; there are 1, counted from 0"),
        (
            SetToday((0, 1, 1, 0, 0)),
            "today cannot be: the rule 'exactly 1 of (Uniroyal.delay, Uniroyal.accept, Uniroyal.abandon)' rules it "
            "out; change today or what rules it out",
        ),
        (SetToday((0, 1, 0, 0)), "today has 4 levels, and there are 5 options; give one for each"),
        (SetToday((0, 2, 0, 0, 0)), "today has a level that its option does not have; count levels from 0"),
        (SetToday("peace"), "no state is called 'peace'; there are none"),
        (SetPatience(Fraction(1)), "the patience is 1; give a number from 0 to below 1"),
        (PayAfterSuccess(4, None), "there is no payment at place 4; there are 1, counted from 0"),
        (RedirectDemand("clean", "Mo"), "no party is called 'Mo'; did you mean MoE?"),
        (AddDemand(replace(STOP, id="clean")), "2 demands are called 'clean'; give each its own id"),
        (
            RaiseClout("LG", "MoE", "Uniroyal.delay"),
            "the clout of LG over MoE is on Uniroyal.delay, which MoE does not own; name an option of MoE",
        ),
        (
            RaiseClout("LG", "Uniroyal", "Uniroyal.delay", "some"),
            "the clout of LG over Uniroyal is 'some'; write weak or strong",
        ),
        (
            AddRule(Rule(ONE_WAY.that, "moral", mark=Mark("modified"))),
            "the rule 'modified' has the kind 'moral'; write logical, causal or resource",
        ),
        (
            AddContract("contract", Contract("MoE", "MoE.modify", READ("LG.insist"))),
            "approach contract: two contracts pay with MoE.modify; join their conditions in one contract",
        ),
        (
            AddContract("none", BOUND),
            "contracts and coalitions belong to an approach, and 'none' is the case as written; "
            "name an approach, or a new one",
        ),
        (
            AddConcern("LG", Concern(reader([Option("LG", "insists")])("LG.insists"))),
            "'LG.insists': no option is called 'LG.insists'; did you mean LG.insist?",
        ),
    ],
)
def test_an_edit_that_makes_no_sound_case_says_why(edit: Edit, message: str):
    with pytest.raises(CaseError) as caught:
        CASE.edit(edit)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (DropConcern("Lg", 0), "no party is called 'Lg'; did you mean LG?"),
        (DropDemand("clear"), "no demand is called 'clear'; did you mean clean?"),
        (DropContract("promis", 0), "no approach is called 'promis'; did you mean promise?"),
    ],
)
def test_an_edit_of_what_is_not_there_names_the_nearest(edit: Edit, message: str):
    with pytest.raises(UnknownNameError) as caught:
        CASE.edit(edit)
    assert str(caught.value) == message


def test_all_faults_are_said_at_once():
    with pytest.raises(CaseError) as caught:
        CASE.edit(RedirectDemand("clean", "Mo"), RaiseClout("LG", "Uniroyal", "Uniroyal.delay", "some"))
    assert len(caught.value.faults) == 2


def test_faults_that_were_there_before_do_not_stop_an_edit():
    odd = replace(CASE, table=("MoE", "Nobody"))
    assert len(soundness(odd)) == 1
    assert odd.edit(DropRule(0)).rules == ()


def test_a_case_rewritten_by_an_approach_is_not_edited():
    with pytest.raises(CaseError) as caught:
        CASE.under("shared").edit(DropRule(0))
    assert str(caught.value) == (
        "the case is rewritten by the approach shared; edit the case as written, then ask for the approach"
    )


def test_a_party_with_a_ranking_has_no_concerns_to_edit():
    case = Case("x", (Party("A", (Option("A", "go"),), ranking=(("Y",), ("N",))),))
    with pytest.raises(CaseError, match="A has no concerns to edit; write concerns for A in the case"):
        case.edit(MarkCore("A", 0))


def test_today_of_plain_states_is_one_of_them():
    case = Case("Chicken", (Party("A"), Party("B")), states=("crash", "swerve"), today="swerve")
    assert case.edit(SetToday("crash")).today == "crash"
    assert SetToday("crash").text(case) == "today is crash"
    with pytest.raises(CaseError, match="no state is called 'cras'; did you mean crash"):
        case.edit(SetToday("cras"))


def test_today_must_be_among_listed_states_and_within_resources():
    listed = replace(CASE, states=("NYNNN", "NNYN-"))
    assert listed.edit(SetToday((0, 0, 1, 0, 1))).today == (0, 0, 1, 0, 1)
    with pytest.raises(CaseError, match="YYNNN is not among the listed states"):
        listed.edit(SetToday((1, 1, 0, 0, 0)))
    scarce = replace(CASE, resources=(replace(CASE.resources[0], amount=Fraction(3, 2)),))
    with pytest.raises(CaseError, match="it uses 2 of lawyers, and MoE has 3/2"):
        scarce.edit(SetToday((1, 1, 0, 0, 0)))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("DropRule", "an edit is 'DropRule'; write it as `data` of an edit does"),
        ({"edit": "DropRule"}, "DropRule needs 'at'; add it"),
        ({"edit": "DropRule", "at": "0"}, "a place is '0'; write it as `data` of an edit does"),
        ({"edit": "DropRule", "at": True}, "a place is True; write it as `data` of an edit does"),
        ({"edit": "DropRule", "at": 0, "att": 1}, "DropRule has no 'att'; did you mean at?"),
        ({"edit": "MarkCore", "party": "LG", "at": 0, "core": 1}, "core or binding is 1; "),
        ({"edit": "AddRule", "rule": {"that": "LG.insist", "sort": "x"}}, "a rule has no 'sort'; did you mean source?"),
        ({"edit": "AddRule", "rule": {"kind": "causal"}}, "a rule needs 'that'; add it"),
        ({"edit": "AddRule", "rule": 3}, "a rule is 3; "),
        ({"edit": "TimeDemand", "id": "clean", "by_time": "soon"}, "'soon' is not a number; write 3, 0.25 or 2/5"),
        ({"edit": "TimeDemand", "id": "clean", "by_time": "1/0"}, "'1/0' is not a number; write 3, 0.25 or 2/5"),
        ({"edit": "FormCoalition", "approach": "shared", "members": "LG"}, "a list of names is 'LG'; "),
    ],
)
def test_what_is_said_of_data_that_is_no_edit(data, message: str):
    with pytest.raises(CaseError) as caught:
        edit_from(data, CASE)
    assert str(caught.value).startswith(message)


def test_unknown_kinds_and_unreadable_statements_in_data():
    with pytest.raises(UnknownNameError, match="no edit is called 'DropRules'; did you mean DropRule"):
        edit_from({"edit": "DropRules", "at": 0}, CASE)
    with pytest.raises(StatementError, match=r"no option or outcome is called 'LG\.insits'"):
        edit_from({"edit": "AddRule", "rule": "not LG.insits"}, CASE)


def test_what_keeps_a_state_from_being_possible():
    scarce = replace(CASE, resources=(replace(CASE.resources[0], amount=Fraction(2)),))
    assert broken(scarce, (1, 1, 0, 0, 0)) == []
    scarce = replace(CASE, resources=(replace(CASE.resources[0], amount=Fraction(1)),))
    assert broken(scarce, (1, 1, 0, 0, 0)) == ["it uses 2 of lawyers, and MoE has 1"]
    assert broken(CASE.under("contract"), (1, 1, 0, 0, 0)) == ["the contract on MoE.modify sets it otherwise"]
    assert broken(CASE.under("contract"), (1, 0, 1, 0, 0)) == []


# One-edit variants


def test_the_one_edit_variants_are_all_there_once_and_all_differ():
    variants = list(one_edit_variants(CASE))
    kinds = [type(edit).__name__ for edit in variants]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "SwapConcerns": 5,
        "MarkCore": 8,
        "DropConcern": 8,
        "DropRule": 1,
    }
    prints = {CASE.edit(edit).fingerprint for edit in variants} | {CASE.fingerprint}
    assert len(prints) == len(variants) + 1


def test_parties_without_concerns_have_no_variants():
    case = small({"A": ["a1"], "B": []})
    case = replace(case, parties=(case.parties[0], replace(case.parties[1], concerns=None, ranking=())))
    assert [edit.data() for edit in one_edit_variants(case)] == [
        {"edit": "MarkCore", "party": "A", "at": 0},
        {"edit": "DropConcern", "party": "A", "at": 0},
    ]
