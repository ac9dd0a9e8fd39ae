"""What answers about monitoring print is derived again, and every number in them that is altered is noticed."""

import copy
import json
from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from monitor_scenarios import Q, guarded, tri_state

from detente.commands import main
from detente.errors import DetenteError
from detente.monitoring.parameters import Site
from detente.questions.monitor import Monitor, monitor

VERBS = ("solve", "compare", "share", "status-quo", "civil", "risk", "inspect", "feed")


def scenario():
    """Return the guarded border with sites to inspect, and means to share by."""
    from dataclasses import replace

    sites = (Site("mill", Q(4), Q(7), Q(5)), Site("mine", Q(3), Q(1), Q(3), Q("0.2")), Site("port", Q(5), Q(6), Q(8)))
    there = guarded()
    parties = tuple(replace(party, means=Q(place + 1)) for place, party in enumerate(there.parties))
    return replace(there, parties=parties, inspection=replace(there.inspection, sites=sites, teams=Q("0.3")))


@cache
def printed(verb: str) -> str:
    asked = Monitor(scenario())
    if verb == "feed":
        return asked.feed("us-pakistan-2018").render("json")
    return (asked.share("status-quo") if verb == "status-quo" else getattr(asked, verb)()).render("json")


def leaves(data, path=()) -> Iterator[tuple]:
    """Yield where numbers stand, also those written as fractions."""
    if isinstance(data, bool):
        return
    if isinstance(data, dict):
        for key, value in data.items():
            yield from leaves(value, (*path, key))
    elif isinstance(data, list):
        for place, value in enumerate(data):
            yield from leaves(value, (*path, place))
    elif isinstance(data, int | float) or (isinstance(data, str) and path[-1] in FRACTIONS):
        yield path


FRACTIONS = (
    "value",
    "inspect first",
    "rate",
    "harm",
    "share of the time",
    "needed",
    "harm left",
    "harm left over time",
)


def altered(data, path, by: float):
    """Return the data with one number moved."""
    changed = copy.deepcopy(data)
    inner = changed
    for step in path[:-1]:
        inner = inner[step]
    old = inner[path[-1]]
    inner[path[-1]] = "17/19" if isinstance(old, str) else old + by * max(1.0, abs(old))
    return changed


def left_open(verb: str, path) -> bool:
    """Return whether a number is one of those that an answer names as not derived again, or claims less if it moves."""
    named = {
        "solve": lambda: "apart" in path or path[-1] == "detection apart" or path[:1] == ("teams",),
        "compare": lambda: (path[:1] == ("apart",) and path[1] not in (0, 3)) or path[-1] in ("budgets", "starts"),
        "share": lambda: "owen range" in path,
        "risk": lambda: path == ("kept",) or path[:2] == ("certificates", "made for default"),
        "inspect": lambda: "one site" in path,
        "feed": lambda: "levels" in path or "together" in path or "values" in path,
    }
    return named.get(verb, lambda: False)()


@pytest.mark.parametrize("verb", VERBS)
def test_what_is_printed_follows(verb: str) -> None:
    data = json.loads(printed(verb))
    found = Monitor(scenario()).verify(data)
    assert found.accepted, [(each.claim, each.why) for each in found.refused]
    assert not found.unchecked
    assert len(found.findings) > 8


@pytest.mark.parametrize("verb", VERBS)
def test_every_number_that_is_altered_is_noticed(verb: str) -> None:
    data = json.loads(printed(verb))
    asked = Monitor(scenario())
    kind = "share" if verb == "status-quo" else verb
    everywhere = [path for path in leaves(data) if not left_open(kind, path)]
    inside = [path for path in everywhere if path[0] in ("certificate", "certificates")]
    outside = [path for path in everywhere if path not in inside]
    assert outside
    step = {"compare": 8, "feed": 5}.get(verb, 1)  # each takes a verification
    missed = [path for path in outside[::step] if asked.verify(altered(data, path, 0.05)).accepted]
    assert missed == []
    for path in inside[:: max(1, len(inside) // 12)]:
        moved = asked.verify(altered(data, path, 0.05))
        assert not moved.accepted or "prices" in str(path[-2]) or path[-2] == "weights", path


def test_prices_that_prove_too_little_are_refused() -> None:
    data = json.loads(printed("share"))
    for entry in (data["certificates"]["sets"][-1], data["certificates"]["prices"]):
        key = next(key for key, price in entry["budget prices"].items() if price > 0)
        before, entry["budget prices"][key] = entry["budget prices"][key], 0.0
        why = " ".join(each.why for each in Monitor(scenario()).verify(data).refused)
        assert "prove" in why
        entry["budget prices"][key] = before
    assert Monitor(scenario()).verify(data).accepted


def test_what_is_missing_or_strange_is_noticed() -> None:
    data = json.loads(printed("civil"))
    asked = Monitor(scenario())
    for key in ("limits", "certificates", "delay"):
        assert not asked.verify({name: part for name, part in data.items() if name != key}).accepted
    assert not asked.verify(data | {"more": 1}).accepted
    assert not asked.verify(data | {"scenario": data["scenario"] | {"fingerprint": "00000000"}}).accepted
    share = json.loads(printed("share"))
    share["certificates"]["sets"].pop()
    assert "the proof is missing" in asked.verify(share).refused[0].why
    with pytest.raises(DetenteError, match="nothing to verify"):
        asked.verify({"scenario": {}})


THINGS = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=3) | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(THINGS, st.sampled_from([verb for verb in VERBS if verb not in ("compare", "solve")]), st.integers(0, 10**6))
def test_whatever_stands_in_an_answer_is_read_or_refused(thing, verb: str, at: int) -> None:
    data = json.loads(printed(verb))
    paths = list(leaves(data))
    path = paths[at % len(paths)]
    cut = path[: 1 + at % len(path)]
    inner = data
    for step in cut[:-1]:
        inner = inner[step]
    inner[cut[-1]] = thing
    Monitor(scenario()).verify(data)  # no exception but that there is nothing to verify


def test_whole_units_are_told_as_undecided(capsys, tmp_path) -> None:
    asked = monitor("durand-sectors-schematic")
    for verb in ("share", "civil", "risk"):
        path = tmp_path / f"{verb}.json"
        path.write_text(getattr(asked, verb)().render("json"), encoding="utf-8")
        assert main(["verify", "durand-sectors-schematic", str(path)]) == 0
        told = " ".join(capsys.readouterr().out.split())
        assert "no other number of whole units is better" in told
        assert "0 refused" in told


def test_a_feed_is_checked_on_the_command_line(capsys, tmp_path) -> None:
    path = tmp_path / "fed.json"
    path.write_text(monitor("durand-sectors-schematic").feed("us-pakistan-2018").render("json"), encoding="utf-8")
    assert main(["verify", "durand-sectors-schematic", str(path)]) == 0
    assert "Not derived again: that each plan is the best for who makes it" in " ".join(capsys.readouterr().out.split())
    data = json.loads(path.read_text(encoding="utf-8"))
    data["profiles"][0]["detection"] += 0.01
    path.write_text(json.dumps(data), encoding="utf-8")
    assert main(["verify", "durand-sectors-schematic", str(path)]) == 1
    assert "it follows" in " ".join(capsys.readouterr().out.split())


def test_random_answers_follow() -> None:
    for scenario_ in (tri_state(), tri_state(spread=0.1)):
        for verb in ("share", "risk", "civil"):
            answer = getattr(Monitor(scenario_), verb)()
            assert Monitor(scenario_).verify(answer).accepted
