"""Every shipped case gives the answers that are known of it: published, recorded elsewhere, derived by hand, computed.

`results.yaml` stands beside the cases of one conflict and covers its `case.yaml` and, under `variants`, the others.
Every block in it says on what it rests (`standing`), and is compared list by list.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

import detente as dt

LIBRARY = Path(dt.__file__).parent / "library"
BLOCKS = ("published", "recorded", "derived", "computed")
STANDINGS = {
    "published",
    "recalled",
    "read",
    "recorded by another program",
    "derived by hand",
    "computed from the definitions, not published",
}


@dataclass(frozen=True)
class Known:
    """One list of states that should come out, for one party or ("") as equilibria, and where it is written."""

    case: str
    block: str
    approach: str
    party: str
    definition: str
    states: Any
    among: tuple[str, ...]  # the states that the source looks at; () for all

    def __str__(self) -> str:
        return "-".join(filter(None, [self.case, self.block, self.approach, self.party, self.definition]))


def results() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every case of the library of which something is known, and what."""
    for path in sorted(LIBRARY.glob("*/results.yaml")):
        found = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
        yield path.parent.name, found
        for variant, below in found.get("variants", {}).items():
            yield f"{path.parent.name}/{variant}", below


def known() -> Iterator[Known]:
    for case, found in results():
        for name in BLOCKS:
            block = found.get(name, {})
            among = tuple(block.get("states considered", ()))
            for definition, states in block.get("equilibria", {}).items():
                yield Known(case, name, "none", "", definition, states, among)
            for party, lists in block.get("stable", {}).items():
                for definition, states in lists.items():
                    yield Known(case, name, "none", party, definition, states, among)
            for approach, lists in block.get("approaches", {}).items():
                if "Nash" in lists:
                    yield Known(case, name, approach, "", "Nash", lists["Nash"], among)


KNOWN = list(known())
RESULTS = dict(results())


def expected(states: Any, possible: set[str]) -> set[str]:
    """Return a list as a set; `all` and `{all but: [...]}` are lists too."""
    if states == "all":
        return possible
    if isinstance(states, dict):
        left_out = set(states["all but"])
        assert left_out <= possible
        return possible - left_out
    assert len(set(states)) == len(states)
    return set(states)


@pytest.mark.parametrize("one", KNOWN, ids=str)
def test_a_case_gives_the_answers_known_of_it(one: Known) -> None:
    found = dt.stability(dt.read(one.case), one.approach)
    lists = found.stable[one.party] if one.party else found.equilibria
    answer = set(lists[one.definition] or ())
    if one.among:
        answer &= set(one.among)
    assert answer == expected(one.states, {row["state"] for row in found.rows()})


@pytest.mark.parametrize("case", RESULTS)
def test_every_answer_says_on_what_it_rests(case: str) -> None:
    blocks = [RESULTS[case][name] for name in BLOCKS if name in RESULTS[case]]
    assert blocks
    for block in blocks:
        assert block["source"]
        assert block["standing"] in STANDINGS


@pytest.mark.parametrize("case", [case for case in RESULTS if "states" in RESULTS[case]])
def test_the_published_numbers_stand_for_all_possible_states(case: str) -> None:
    rows = dt.stability(dt.read(case)).rows()
    words = list(RESULTS[case]["states"].values())
    assert sorted(words) == sorted(row["state"] for row in rows)


def test_every_case_of_the_library_has_known_answers() -> None:
    there = {
        path.parent.name if path.stem == "case" else f"{path.parent.name}/{path.stem}"
        for path in LIBRARY.glob("*/*.yaml")
        if path.stem not in ("results", "scenario")
    }
    assert there == set(RESULTS)
    assert len(there) >= 21
    assert len(KNOWN) > 500


@pytest.mark.parametrize("case", RESULTS)
def test_a_shipped_case_is_sound_and_deserves_no_second_look(case: str) -> None:
    found = dt.check(dt.read(case))
    assert [fault.text() for fault in (*found.faults, *found.warnings)] == []
