"""What becomes of complaints: each status on a case of its own, and on the source's."""

from itertools import combinations

import pytest
from bargains import Naive, bargains, with_
from hypothesis import given

from detente.files.load import read_document
from detente.game import setting
from detente.model.items import Complaint
from detente.questions.check import read
from detente.questions.complaints import complaints

CASE = """
title: Noise
parties:
  Bar: {options: [music], concerns: [WISH]}
  Street: {options: [shout], concerns: [{want: not Bar.music, name: quiet}, not shout]}
  Town: {options: [ban], concerns: []}
rules: [RULE]
today: [TODAY]
table: [Bar, Street]
complaints: [{id: noise, from: Street, about: Bar, that: Bar.music, concern: quiet}]
"""


def traced(wish="music", rule="music", today="Bar.music", extra=""):
    text = CASE.replace("WISH", wish).replace("RULE", f"Bar.{rule} or not Bar.music").replace("TODAY", today) + extra
    loaded = read_document(text)
    assert loaded.case is not None and not loaded.errors, loaded.faults
    (found,) = complaints(setting(loaded.case))
    return found


def test_what_does_not_hold_today_is_answered():
    assert traced(today="").status == "answered"


def test_what_would_cost_its_owner_something_is_contested():
    found = traced(wish="{want: music, name: a full house}")
    assert found.status == "contested"
    assert "contested: it would be answered if Bar stops ‘music’, and loses ‘a full house’" in found.text
    assert "behind it ‘quiet’" in found.text


def test_what_costs_nobody_anything_is_answerable():
    found = traced(wish="not Street.shout")
    assert found.status == "answerable" and "answerable: Bar stops ‘music’" in found.text


def test_what_only_an_outsider_can_answer_is_unanswerable_at_this_table():
    text = CASE.replace("that: Bar.music", "that: not Town.ban").replace("WISH", "music").replace("[RULE]", "[]")
    (found,) = complaints(setting(read_document(text.replace("TODAY", "Bar.music")).case))
    assert found.status == "unanswerable at this table" and "Outside it: Town starts ‘ban’." in found.text
    assert [answer.at_table for answer in found.answers] == [False]
    assert "nobody there can answer it, alone or together" in found.text


def test_what_only_several_can_answer_is_told_with_the_moves_of_each():
    text = CASE.replace("that: Bar.music", "that: not (Street.shout and not Bar.music)").replace("[RULE]", "[]")
    (found,) = complaints(setting(read_document(text.replace("WISH", "music").replace("TODAY", "Bar.music")).case))
    assert found.status == "contested" and [len(answer.steps) for answer in found.answers] == [2]
    assert "it would be answered if" in found.text and "Bar loses its 1st concern, ‘music’" in found.text
    assert [(each["option"], each["owner"], each["to"], each["done"]) for each in found.options] == [
        ("Bar.music", "Bar", False, False), ("Street.shout", "Street", True, False)]  # fmt: skip


@pytest.mark.parametrize(
    ("that", "text"),
    [
        ("not (Town.ban and Bar.music)", "unanswerable at this table: nobody there can answer it, alone or together. "
         "It takes parties at the table and outside it together."),
        ("Bar.music or not Bar.music", "No moves of anybody lead from today to where it is answered."),
    ],
    ids=["with an outsider", "nobody"],
)  # fmt: skip
def test_an_unanswerable_complaint_says_why(that, text):
    case = CASE.replace("that: Bar.music", f"that: {that}").replace("[RULE]", "[]").replace("WISH", "music")
    (found,) = complaints(setting(read_document(case.replace("TODAY", "")).case))
    assert found.status == "unanswerable at this table" and found.text.endswith(text)
    assert found.options == []


def test_an_answered_complaint_says_by_what():
    found = traced(today="")
    assert found.text.endswith("answered, for today Bar is without ‘music’.")
    assert found.options == [{"option": "Bar.music", "owner": "Bar", "to": False, "done": True}]


@given(bargains(approaches=False))
def test_complaints_by_trying_all_moves(case):
    world = Naive(case)
    told = tuple(Complaint(d.id, d.sender, d.to, d.that) for d in case.demands)
    table = case.table or case.party_ids
    for each in complaints(setting(with_(case, complaints=told))):
        bad = {s for s in world.states if world.met(each.complaint.that, s)}
        assert (each.status == "answered") == (world.today not in bad)
        if each.status == "answered":
            fixed = {world.place[option.key]: level for option, level in each.kept}
            assert not any(all(s[n] == level for n, level in fixed.items()) for s in bad)
            continue
        alone = {id for id in world.ids if any(s not in bad for s in world.moves(id, world.today))}
        rest = [id for id in table if id not in alone]
        able = [set(some) for size in range(2, len(rest) + 1) for some in combinations(rest, size)
                if world.onward(world.today, some) - bad]  # fmt: skip
        smallest = [some for some in able if not any(less < some for less in able)]
        found = [{world.ids[party] for party, _ in answer.steps} for answer in each.answers]
        assert {frozenset(some) for some in found} <= {frozenset(some) for some in [{id} for id in alone] + smallest}
        assert len(found) == len(alone) + len(smallest)
        for answer in each.answers:
            here = world.today
            for party, state in answer.steps:
                there = setting(case).game.values(state)
                assert there in world.moves(world.ids[party], here)
                here = there
            assert here not in bad
            movers = {world.ids[party] for party, _ in answer.steps}
            worse = {id for id in movers if world.worth(id, here) < world.worth(id, world.today)}
            assert {world.ids[party] for party, _ in answer.costs} == worse
            assert answer.at_table == movers.issubset(table)
        inside = [answer for answer in each.answers if answer.at_table]
        free = any(not answer.costs for answer in inside)
        assert each.status == ("unanswerable at this table" if not inside else "answerable" if free else "contested")
        anybody = bool(world.onward(world.today, world.ids) - bad)
        assert inside or each.together == anybody


def test_joint_monitoring_answers_the_complaint_of_safe_bases_at_no_loss():
    found = {each.complaint.id: each for each in complaints(setting(read("us-pakistan-2018")))}
    assert found["safe-bases"].text.endswith(
        "answerable: Kabul starts ‘Afghan part in border monitoring’, then US starts ‘US part in border monitoring’, "
        "at no loss to whoever does."
    )


@pytest.mark.parametrize(
    ("id", "status"),
    [("nothing-in-return", "answered"), ("indian-money", "unanswerable at this table"), ("neglect", "contested")],
)
def test_the_complaints_of_the_source(id, status):
    found = {each.complaint.id: each for each in complaints(setting(read("us-pakistan-2018")))}
    assert found[id].status == status and found[id].data()["status"] == status


def test_without_today_nothing_is_said():
    text = CASE.replace("today: [TODAY]\n", "").replace("RULE", "Bar.music").replace("WISH", "music")
    case = read_document(text).case
    assert case.today is None and complaints(setting(case)) is None


def test_a_judgement_is_cited_as_one_and_a_complaint_without_a_name_is_said_in_words():
    found = {each.complaint.id: each for each in complaints(setting(read("us-pakistan-2018")))}
    assert "(judgement on rizvi-2018 ¶6 and ¶12)" in found["blame"].text
    assert traced().text.startswith("Street about Bar: ‘music’, behind it ‘quiet’: ")
    (fence,) = [each for each in found.values() if each.complaint.id == "fence"]
    assert "(rizvi-2018 ¶11)" in fence.text
