"""A case's fingerprint changes when, and only when, an answer can change."""

from dataclasses import replace
from fractions import Fraction

import pytest
from model_cases import elmira, reader, small

from detente.model.case import Case, Feed, Mark, Option, Rule, TakingPart
from detente.model.fingerprint import content, fingerprint
from detente.model.statements import Statement, made

CASE = elmira()
READ = reader(list(CASE.options), {"settled": "Uniroyal.accept and not LG.insist"})


def with_party(case: Case, id: str, **fields) -> Case:
    return replace(case, parties=tuple(replace(p, **fields) if p.id == id else p for p in case.parties))


def with_concern(case: Case, party: str, at: int, **fields) -> Case:
    concerns = list(case.party(party).concerns or ())
    concerns[at] = replace(concerns[at], **fields)
    return with_party(case, party, concerns=tuple(concerns))


def first(field: str, **changes) -> Case:
    """Return the case with a change in the first item of one of its lists."""
    items = getattr(CASE, field)
    return replace(CASE, **{field: (replace(items[0], **changes), *items[1:])})


def test_it_is_eight_hex_digits_and_always_the_same():
    assert CASE.fingerprint == fingerprint(elmira()) == elmira().fingerprint
    assert len(CASE.fingerprint) == 8
    assert set(CASE.fingerprint) <= set("0123456789abcdef")
    assert small({"A": []}).fingerprint == "11be3473"


SAME = {
    "title": replace(CASE, title="Another title"),
    "sources": replace(CASE, sources=()),
    "marks of the case": replace(CASE, mark=Mark("n", "s", "t", "recalled")),
    "name of a party": with_party(CASE, "MoE", mark=Mark("The ministry")),
    "name of an option": with_party(CASE, "MoE", options=(Option("MoE", "modify"),)),
    "marks of a concern": with_concern(CASE, "MoE", 0, mark=Mark("jobs", "x", "y", "judgement")),
    "spelling": with_concern(CASE, "MoE", 0, want=READ("not not not (Uniroyal.abandon)")),
    "own name or full name": with_concern(CASE, "MoE", 2, want=READ("not MoE.modify")),
    "name of a complaint's concern": with_concern(
        first("complaints", concern="cleaner"), "LG", 0, mark=Mark("cleaner", "hipel-1993")
    ),
    "because": first("rules", because="one cannot do two of these", mark=Mark("one of three")),
    "spelling of a rule": first("rules", that=READ("exactly 1 of (Uniroyal.abandon, Uniroyal.accept, Uniroyal.delay)")),
    "everybody said or not": replace(CASE, table=()),
    "order of the table": replace(CASE, table=("LG", "MoE", "Uniroyal"), accommodate=("LG", "MoE")),
    "order of a coalition": replace(
        CASE, approaches=(*CASE.approaches[:3], replace(CASE.approaches[3], coalitions=(("LG", "MoE"),)))
    ),
    "name of a resource": first("resources", name="jurists"),
    "marks of outcomes": replace(CASE, outcome_marks=(("settled", Mark("settled for good")),)),
    "order of positions": first("issues", positions=tuple(reversed(CASE.issues[0].positions))),
}
FED = Feed(
    "1a2b3c4d",
    taking_part=(TakingPart("MoE", "joint teams", READ("MoE.modify")),),
    agencies=(("MoE", "ministry"),),
    in_place=(("fence", READ("Uniroyal.delay")),),
)
OTHER = {
    "id of a party": replace(CASE, parties=(*CASE.parties, replace(CASE.parties[2], id="LG2", options=()))),
    "order of parties": replace(CASE, parties=tuple(reversed(CASE.parties))),
    "direction": with_party(CASE, "MoE", options=(replace(CASE.options[0], direction="on"),)),
    "levels": with_party(CASE, "MoE", options=(replace(CASE.options[0], levels=("no", "some", "yes")),)),
    "order of concerns": with_party(CASE, "MoE", concerns=tuple(reversed(CASE.party("MoE").concerns or ()))),
    "core mark": with_concern(CASE, "MoE", 0, core=True),
    "meaning of a concern": with_concern(CASE, "MoE", 0, want=READ("Uniroyal.abandon")),
    "no concerns, or indifferent": with_party(CASE, "MoE", concerns=None),
    "indifferent": with_party(CASE, "MoE", concerns=()),
    "ranking": with_party(CASE, "MoE", concerns=None, ranking=(("NYNNN",), ("YYNNN",))),
    "weights": with_party(CASE, "MoE", concerns=None, weights=((READ("LG.insist"), Fraction(2)),)),
    "no rule": replace(CASE, rules=()),
    "kind of a rule": first("rules", kind="causal"),
    "relaxable": first("rules", relaxable=True),
    "one more rule": replace(CASE, rules=(*CASE.rules, Rule(READ("MoE.modify if Uniroyal.accept")))),
    "outcomes": replace(CASE, outcomes=(("settled", READ("Uniroyal.accept")),)),
    "coalesce": replace(CASE, coalesce=()),
    "today": replace(CASE, today=(1, 1, 0, 0, 0)),
    "today not known": replace(CASE, today=None),
    "table": replace(CASE, table=("MoE", "Uniroyal")),
    "accommodate": replace(CASE, accommodate=()),
    "patience": replace(CASE, patience=Fraction(4, 5)),
    "conventions": replace(CASE, conventions=replace(CASE.conventions, return_sanctions=False)),
    "meaning of a demand": first("demands", that=READ("settled")),
    "addressee of a demand": first("demands", to="MoE"),
    "time of a demand": first("demands", by_time=Fraction(7, 2)),
    "complaint": first("complaints", that=READ("not Uniroyal.delay")),
    "concern of a complaint": first("complaints", concern="jobs"),
    "resource": first("resources", amount=Fraction(1)),
    "strength of clout": first("clout", strength="strong"),
    "condition of clout": first("clout", condition=None),
    "loss of a need": first("needs", loss_without=None),
    "substitutes of a need": first("needs", substitutes=()),
    "amount of a payment": first("payments", amount=Fraction(11)),
    "chance of a payment": first("payments", solves_with_chance=Fraction(1, 4)),
    "order of approaches": replace(CASE, approaches=tuple(reversed(CASE.approaches))),
    "promise for contract": first("approaches", contracts=(replace(CASE.approaches[0].contracts[0], binding=False),)),
    "position on an issue": first("issues", positions=(("MoE", Fraction(81)), ("Uniroyal", Fraction(10)))),
    "monitoring": replace(CASE, monitoring=""),
    "taking part": replace(CASE, feed=FED),
    "way of taking part": replace(CASE, feed=replace(FED, taking_part=(replace(FED.taking_part[0], way="none"),))),
    "classes": replace(CASE, feed=replace(FED, classes=4)),
    "agencies": replace(CASE, feed=replace(FED, agencies=())),
    "in place": replace(CASE, feed=replace(FED, in_place=())),
    "states": replace(CASE, states=("NYNNN",)),
    "moves": replace(CASE, states=("NYNNN", "YYNNN"), moves=(("MoE", (("NYNNN", ("YYNNN",)),)),)),
    "under an approach": CASE.under("shared"),
}


@pytest.mark.parametrize("change", SAME)
def test_what_changes_no_answer_keeps_it(change: str):
    assert SAME[change] != CASE or change == "marks of outcomes"
    assert content(SAME[change]) == content(CASE)
    assert SAME[change].fingerprint == CASE.fingerprint


@pytest.mark.parametrize("change", OTHER)
def test_what_can_change_an_answer_changes_it(change: str):
    assert OTHER[change].fingerprint != CASE.fingerprint


def test_when_the_scenario_was_last_asked_changes_no_answer():
    dated = replace(CASE, feed=FED)
    assert replace(CASE, feed=replace(FED, fingerprint="00000000")).fingerprint == dated.fingerprint


def test_all_these_changes_have_fingerprints_of_their_own():
    prints = {case.fingerprint for case in OTHER.values()}
    assert len(prints) == len(OTHER)


def test_ties_moves_and_weights_are_mappings_without_an_order():
    one = with_party(CASE, "LG", concerns=None, ranking=(("NYNNN", "YYNNN"),))
    other = with_party(CASE, "LG", concerns=None, ranking=(("YYN NN", "NYNNN"),))
    assert one.fingerprint == other.fingerprint
    weights = ((made(READ("LG.insist").tree), Fraction(2)), (READ("Uniroyal.delay"), Fraction(-1)))
    one = with_party(CASE, "LG", concerns=None, weights=weights)
    assert one.fingerprint == with_party(CASE, "LG", concerns=None, weights=weights[::-1]).fingerprint
    moves = (("MoE", (("NYNNN", ("YYNNN", "YNYNN")),)), ("LG", ()))
    other_moves = (("LG", ()), ("MoE", (("NYNNN", ("YNYNN", "YYNNN")),)))
    assert replace(CASE, moves=moves).fingerprint == replace(CASE, moves=other_moves).fingerprint


def test_every_approach_has_a_fingerprint_of_its_own():
    prints = {CASE.under(name).fingerprint for name in ("none", *(approach.id for approach in CASE.approaches))}
    assert len(prints) == 5


def test_the_text_of_a_statement_is_not_what_it_means():
    misread = Statement("something else", READ("not Uniroyal.abandon").tree, "MoE")
    assert with_concern(CASE, "MoE", 0, want=misread).fingerprint == CASE.fingerprint
