"""What becomes of complaints: each status on a case of its own, and on the source's."""

import pytest

from detente.files.load import read_document
from detente.game import setting
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
