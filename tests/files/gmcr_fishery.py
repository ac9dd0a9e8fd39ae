"""A small conflict as GMCR+ saves it: a ministry may close a bay, or pay its crews for their boats."""

from typing import Any

FISHERY: dict[str, Any] = {
    "options": [
        {"name": "Close the bay", "permittedDirection": "fwd"},
        {"name": "Pay for boats", "permittedDirection": "both"},
        {"name": "Keep fishing", "permittedDirection": "back"},
    ],
    "decisionMakers": [
        {
            "name": "Ministry of Fisheries",
            "options": [0, 1],
            "preferences": [
                [[2, "N"]],
                {"compound": True, "members": [[[0, "Y"], [1, "N"]], [[0, "N"], [1, "Y"]]]},
            ],
        },
        {"name": "Crews", "options": [2], "preferences": [[[1, "Y"]], [[2, "Y"]]]},
    ],
    "infeasibles": [[[0, "Y"], [2, "Y"]]],
    "useManualPreferenceRanking": False,
    "program": "gmcr-py",
    "version": "0.3.12",
}
