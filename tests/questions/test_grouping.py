"""States written together: by trying every option in turn, and on cases of many options."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st
from small_disputes import disputes

from detente.files.load import read_document
from detente.game import setting
from detente.model.states import word
from detente.questions.grouping import grouped, joined


def cut(about, members):
    """Return partial states that stand for nothing but members, each option tried in turn."""
    if len(members) == 1:
        return [(about.word(members[0]), members)]
    values = {state: about.game.values(state) for state in members}
    whole = joined(list(values.values()))
    agreeing = about.game.find(whole).first()
    exact = [state for state in agreeing if about.game.values(state) == whole]  # a merged state of that very word
    if sorted(exact or agreeing) == sorted(members):
        return [(word(whole, about.case.options), members)]
    best, chosen = None, None
    for place in range(len(whole)):
        parts = {}
        for state in members:
            parts.setdefault(values[state][place], []).append(state)
        if len(parts) < 2:
            continue
        strangers = sum(
            about.game.find(joined([values[s] for s in part])).count() - len(part) for part in parts.values()
        )
        if best is None or strangers < best:
            best, chosen = strangers, parts
    return [piece for part in chosen.values() for piece in cut(about, part)]


@settings(deadline=None, max_examples=60)
@given(disputes(), st.data())
def test_groups_are_cut_where_their_parts_stand_for_fewest_strangers(case, data):
    about = setting(case)
    states = about.game.feasible().first()
    kind = {state: data.draw(st.integers(0, 1)) for state in states}
    found = [(text, sorted(members)) for text, members in grouped(about, states, kind)]
    groups = {}
    for state in states:
        groups.setdefault(kind[state], []).append(state)
    assert found == [(text, sorted(part)) for members in groups.values() for text, part in cut(about, members)]


def test_ten_thousand_states_of_two_hundred_options_take_seconds():
    first, second = ([f"{letter}{number}" for number in range(100)] for letter in "ab")
    loaded = read_document(
        f"title: t\nparties:\n  A: {{options: [{', '.join(first)}], concerns: [not a0, B.b1]}}\n"
        f"  B: {{options: [{', '.join(second)}], concerns: [A.a1]}}\n"
        f"rules:\n  - at most 1 of ({', '.join(f'A.{option}' for option in first)})\n"
        f"  - at most 1 of ({', '.join(f'B.{option}' for option in second)})\n"
    )
    about = setting(loaded.case)
    states = about.game.feasible().first()
    assert len(states) == 10_201
    before = time.process_time()
    taken = about.where(loaded.case.parties[0].concerns[0].want)
    found = list(grouped(about, states, {state: state in taken for state in states}))
    assert time.process_time() - before < 15, "3 s on an idle machine"
    assert sum(len(members) for _, members in found) == len(states)
