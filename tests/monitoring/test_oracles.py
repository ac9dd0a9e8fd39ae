"""Every oracle of the two lists says how far its source was read, and some test is about it."""

from pathlib import Path

import plan_oracles
import sharing_oracles

HERE = Path(__file__).resolve().parent
TAGS = {"seen", "mixed", "recalled", "theorem", "derived"}
NAMES = {
    "tri_state_schematic": "tri_state",
    "dresher_values_b1": "dresher_values",
    "dresher_values_b2": "dresher_values",
    "tva_cost_sharing": "published_costs",
    "airport_game_1_2_4": "published_costs",
}


def test_all_have_a_tag_and_no_two_lists_disagree():
    plans, shares = plan_oracles.TAGS, sharing_oracles.TAGS
    assert len(plans | shares) == 26
    assert set((plans | shares).values()) == TAGS
    assert all(plans[oracle] == shares[oracle] for oracle in plans.keys() & shares.keys())


def test_each_is_tested():
    tests = "\n".join(
        path.read_text(encoding="utf-8") for path in HERE.glob("test_*.py") if path.name != Path(__file__).name
    )
    for oracle in plan_oracles.TAGS | sharing_oracles.TAGS:
        assert f"def test_{NAMES.get(oracle, oracle)}" in tests, oracle
