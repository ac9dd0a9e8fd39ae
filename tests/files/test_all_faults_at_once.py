"""A fault does not hide another one: items of which a part is missing or wrong are read on, states are looked at."""

import pytest

import detente as dt
from detente.files.load import read_document

HEAD = "title: t\nparties:\n  A: {options: [x], concerns: [x]}\n  B: {options: [y]}\n"


def whats(more: str) -> list[str]:
    """Return what is wrong with a case, in order, without the warning that B says nothing of what it wants."""
    return [fault.what for fault in read_document(HEAD + more).errors]


NOBODY = ["no party is called 'Q'", "no party is called 'R'"]
NOTHING = "no option or outcome is called 'A.z'"


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (
            "clout: [{of: Q, over: R, on: Z.z, strength: strongest, while: A.z}]\n",
            [
                *NOBODY,
                "no option is called 'Z.z'",
                "weak or strong is expected here, not the text 'strongest'",
                NOTHING,
            ],
        ),
        (
            "clout: [{of: Q, over: 3, on: [A.z, 3]}]\n",
            [
                "the key 'strength' is missing",
                NOBODY[0],
                "a name is expected here, not the number 3",
                "no option is called 'A.z'",
                "a name is expected here, not the number 3",
            ],
        ),
        ("clout: [{of: A, over: B, on: [3], strength: weak}]\n", ["a name is expected here, not the number 3"]),
        (
            "payments: [{by: Q, to: R, with: B.x, for: A.z, amount: -1}]\n",
            [*NOBODY, "no option is called 'B.x'", NOTHING, "a number from 0 up is expected here, not -1"],
        ),
        (
            "demands: [{from: Q, to: R, that: 3}, {id: a, from: [A], to: R, that: A.z}]\n",
            [
                "the key 'id' is missing",
                *NOBODY,
                "a statement is expected here, not the number 3",
                "a name is expected here, not a list",
                NOBODY[1],
                NOTHING,
            ],
        ),
        (
            "resources: [{name: r, of: Q, amount: -1, uses: {A.z: 2}}]\n",
            [NOBODY[0], "a number from 0 up is expected here, not -1", NOTHING],
        ),
        (
            "needs: [{party: Q, from: R, substitutes: [{from: S}]}]\n",
            ["the key 'needs' is missing", *NOBODY, "the key 'loss' is missing", "no party is called 'S'"],
        ),
        (
            "approaches: {c: {contracts: [{by: 3, with: A.z, iff: A.z}]}}\n",
            ["a name is expected here, not the number 3", "no option is called 'A.z'", NOTHING],
        ),
    ],
)
def test_every_fault_of_an_item_is_told(more: str, expected: list[str]) -> None:
    assert whats(more) == expected


def test_what_was_only_put_there_to_read_on_is_no_part_of_the_case() -> None:
    case = read_document(HEAD + "demands: [{from: A, to: B, that: B.y}]\nneeds: [{party: A, from: B}]\n").case
    assert case is not None
    assert (case.demands, case.needs) == ((), ())


RANKED = "title: t\nparties:\n  A: {options: [x], concerns: [x]}\n  B: {options: [y], ranking: [YN]}\n"


@pytest.mark.parametrize(
    "more",
    [
        "rules: [{that: A.x, kind: causl}]\n",
        "rules: [{that: A.x, relaxable: maybe}]\n",
        "rules: [A.x]\ntoday: [A.z]\n",
        "rules: [A.x]\noutcomes: {o: {that: A.x, standing: green}}\n",
    ],
)
def test_a_fault_beside_a_rule_or_of_today_does_not_hide_those_of_a_ranking(more: str, tmp_path) -> None:  # type: ignore[no-untyped-def] # pytest's own
    path = tmp_path / "case.yaml"
    path.write_text(RANKED + more)
    with pytest.raises(dt.CaseError) as refused:
        dt.read(path)
    told = [fault.what for fault in refused.value.faults]
    assert len(told) == 2
    assert "the ranking of B leaves out 1 possible state: YY" in told
