"""The page: what it answers on the source's case, that each finding hangs on its cell, and that it fits any case."""

import json
from dataclasses import replace

import pytest

from detente.files.load import read_document, shipped
from detente.model.edits import DropApproach, DropClout, DropConcern, DropDemand, DropRule, MarkCore, SetToday
from detente.questions.analyze import analyze
from detente.questions.check import read
from detente.questions.result import FORMATS


@pytest.fixture(scope="module")
def case():
    return read("us-pakistan-2018")


@pytest.fixture(scope="module")
def page(case):
    return " ".join(str(analyze(case, "us-pakistan-2018")).split())


def words(case):
    return " ".join(str(analyze(case)).split())


@pytest.mark.parametrize(
    "answer",
    [
        "At the table: US, Pakistan and Kabul.",
        "Pakistan cannot do without (core): ‘action on TTP sanctuaries’ and ‘no operation’.",
        "‘Taliban in talks’",  # what is shared
        "cannot be met together: nobody talks while under attack (rule 1, rizvi-2018 ¶10)",
        "‘entry into talks’ is the choice of Afghan Taliban",
        "A stable outcome meets every core concern of US and Pakistan under ‘cooperative’, but none does as things "
        "stand or under ‘mercenary’ or ‘patron-client’.",
        "US starts ‘aid to Pakistan’, ‘action against the TTP’ and ‘US part in border monitoring’; stops",
        "✓ holds: nobody can gain by moving away from it (Nash equilibrium).",
        "Without the approach US would leave it: US stops ‘action against the TTP’",
        "It stands in 70 of 77 variants of this case with one edit",
        "Of 9 complaints, 6 are contested, 1 is answered, 1 is answerable and 1 is unanswerable at this table today",
        "detente explain us-pakistan-2018 YNYYNYYNYYYY --approach cooperative",
        "detente compare us-pakistan-2018 us-pakistan-2018/washington",
    ],
)
def test_the_page_of_the_source_answers(page, answer):
    assert answer in page


def concern(case, party, label):
    return next(n for n, each in enumerate(case.party(party).concerns) if each.label == label)


def test_without_its_rule_the_contradiction_is_gone(case):
    assert "Some possible state meets all demands together." in words(case.edit(DropRule(0)))


def test_without_the_clout_nothing_is_said_of_it(case, page):
    assert "clout over Afghan Taliban" in page
    assert "clout over Afghan Taliban" not in words(case.edit(DropClout(0)))


def test_without_the_demand_there_is_no_clash(case):
    assert "cannot be met together" not in words(case.edit(DropDemand("operation")))


def test_without_its_core_mark_the_ttp_decides_nothing(case):
    edited = case.edit(MarkCore("PK", concern(case, "PK", "action on TTP sanctuaries"), False))
    assert "meets every core concern of US and Pakistan as things stand or under ‘mercenary’" in words(edited)


@pytest.mark.parametrize(("party", "label"), [("US", "no extra war against the TTP"), ("AT", "Taliban in talks")])
def test_a_concern_that_carries_the_page_is_named_and_its_loss_changes_the_page(case, page, party, label):
    named = {ground.short for ground in analyze(case).grounds}
    assert any(label in short for short in named)
    assert (
        words(case.edit(DropConcern(party, concern(case, party, label)))).split("WHAT EACH")[1:]
        != page.split("WHAT EACH")[1:]
    )


def without(case, key, which):
    """Return the case without one item of a list."""
    return replace(case, **{key: tuple(item for item in getattr(case, key) if not which(item))})


CELLS = {
    "need of Pakistan's reach": (
        lambda case: without(case, "needs", lambda need: need.party == "US"),
        "US depends on Pakistan by 3, and Pakistan on US by 2: the leverage is with Pakistan.",
    ),
    "need of US arms": (
        lambda case: without(case, "needs", lambda need: need.party == "PK"),
        "US's (‘US technology, equipment and assistance’) is credible",
    ),
    "complaint of safe bases": (
        lambda case: without(case, "complaints", lambda told: told.id == "safe-bases"),
        "1 is answerable",
    ),
    "complaint of Indian money": (
        lambda case: without(case, "complaints", lambda told: told.id == "indian-money"),
        "1 is unanswerable at this table",
    ),
    "demand for talks": (
        lambda case: case.edit(DropDemand("talks")),
        "Pakistan cannot deliver ‘talks’",
    ),
    "contract": (
        lambda case: case.edit(DropApproach("mercenary")),
        "‘mercenary’: Assumed: US promises ‘aid to Pakistan’ if and only if",
    ),
    "deference": (
        lambda case: case.edit(DropApproach("patron-client")),
        "under ‘patron-client’ one does",
    ),
    "sharing of concerns": (
        lambda case: case.edit(DropApproach("cooperative")),
        "This is so under the approach ‘cooperative’",
    ),
    "core mark of the operation": (
        lambda case: case.edit(MarkCore("PK", concern(case, "PK", "no operation"), False)),
        "What Pakistan cannot do without (core): ‘action on TTP sanctuaries’ and ‘no operation’.",
    ),
    "Pakistan's wish for talks": (
        lambda case: case.edit(DropConcern("PK", concern(case, "PK", "Taliban in talks"))),
        "US, Pakistan and Kabul would rather have ‘Taliban in talks’ than not",
    ),
    "US wish for an operation": (
        lambda case: case.edit(DropConcern("US", concern(case, "US", "operation against the Taliban"))),
        "‘military operation against the Taliban’: US wants it (its 3rd concern, judgement on rizvi-2018 ¶7)",
    ),
    "safe passage before talks": (
        lambda case: case.edit(DropConcern("AT", concern(case, "AT", "no talks without an offer and safe passage"))),
        "7 small steps lead there (in turn by Pakistan, Afghan Taliban, US,",
    ),
    "the fence today": (
        lambda case: case.edit(SetToday(tuple(
            0 if key == "PK.fence" else level for key, level in zip(case.position, case.today, strict=True)
        ))),
        "stops ‘border fence’",
    ),
    "Kabul at the table": (
        lambda case: replace(case, table=("US", "PK")),
        "At the table: US, Pakistan and Kabul.",
    ),
    "a second encoding's name": (lambda case: replace(case, title="Another title"), "US–Pakistan counter-terrorism"),
}  # fmt: skip


@pytest.mark.parametrize("cell", CELLS)
def test_a_finding_is_gone_with_the_cell_that_carries_it(case, page, cell):
    change, sentence = CELLS[cell]
    assert sentence in page
    assert sentence not in words(change(case))


def test_every_line_that_the_page_rests_on_changes_it(case, page):
    """Each concern, core mark, rule, clout and clause that is named as carrying the findings, taken away one by one."""
    found = analyze(case).data()
    bare = {key: found[key] for key in ("demands", "approaches", "accord")}
    for ground in analyze(case).grounds:
        changed = analyze(_without(case, ground)).data()
        assert {key: changed[key] for key in bare} != bare, ground.what


def _without(case, ground):
    name, _, who = ground.short.removeprefix("‘").partition("’ (")
    party = next((each.id for each in case.parties if each.label == who.rstrip(")")), "")
    match ground.kind:
        case "core concern":
            return case.edit(MarkCore(party, concern(case, party, name), False))
        case "clashing rule":
            return case.edit(DropRule(0))
        case "clout":
            return case.edit(DropClout(0))
        case "clause of the approach":
            return case.edit(DropApproach("cooperative"))
    owner = next(each for each in case.parties if any(c.label == name for c in each.concerns) and each.id in (
        party, *(other.id for other in case.parties)) and (each.id == party or name not in {
            c.label for c in case.party(party).concerns}))  # fmt: skip
    return case.edit(DropConcern(owner.id, concern(case, owner.id, name)))


@pytest.mark.parametrize("name", shipped())
def test_every_shipped_case_has_a_page_on_every_surface(name):
    found = analyze(read(name), name)
    for format in FORMATS:
        assert found.render(format)
    assert "None" not in str(found)
    data = json.loads(found.render("json"))
    assert {"common ground", "demands", "approaches", "accord", "rests on", "page"} <= set(data)
    assert [row["text"] for row in found.rows()] == [row["text"] for row in data["page"]]


def test_a_case_with_too_many_states_says_what_it_knows_and_what_not():
    options = ", ".join(f"o{n}" for n in range(40))
    text = (
        f"title: Big\nparties:\n  A: {{options: [{options}], concerns: [o1]}}\n"
        "  B: {options: [x], concerns: [not x]}\n"
        "demands: [{id: yes, from: A, to: B, that: B.x}, {id: no, from: A, to: B, that: not B.x}]\n"
    )
    page = words(read_document(text).case)
    assert "2.2 × 10^12 possible states" in page and "cannot be met together" in page and "BEST PACKAGE" in page
    assert "It was not varied by one edit: there are too many states to list." in page


def test_the_page_fits_80_columns(case):
    assert max(map(len, analyze(case).render("text", 80).splitlines())) <= 80


def test_one_of_several_stable_outcomes_is_not_told_of_all():
    pier = """
title: A pier
parties:
  Harbour:
    options: {dredge: dredging, quota: berths}
    concerns: [{want: not Fishers.block, core: true}, dredge]
  Fishers: {options: [block], concerns: [{want: Harbour.quota, core: true}, block iff not Harbour.quota]}
today: [Fishers.block]
"""
    case = read_document(pier).case
    assert case is not None
    told = words(case)
    assert "There is a stable outcome that meets every core concern of Harbour and Fishers as things stand." in told
    assert "A stable outcome meets" not in told
