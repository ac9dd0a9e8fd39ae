"""This module owns what a certificate says: a claim and its evidence, as data only, for anybody to check."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from detente.model.fixed import fixed, thawed


@dataclass(frozen=True, slots=True)
class Certificate:
    """A claim about a case, with the evidence that lets it be checked without the search that found it.

    Parameters
    ----------
    claim : str
        holds | accommodates | deliverable | reachable | contradiction.
    verdict : bool
        Whether the claim is true.
    state : str
        The state's word; "" for claims about no state.
    approach, fingerprint : str
        Under which approach, of which case.
    conventions : mapping
        The readings under which it holds, by their names in the case file.
    definition, party : str
        For ``holds``: the stability definition, and for whom.
    evidence : mapping
        What the claim rests on. ``holds`` has `because`: a list of ``{"move": word, "answer": path or None}``, one for
        each improvement of a stable party (empty if it has none), exactly one with answer None for an unstable one; a
        path is a list of ``[party, word]`` steps. ``accommodates`` has `concerns`, ``reachable`` `by` and `path`,
        ``deliverable`` `by` and `outsiders`, ``contradiction`` `demands` and what becomes `possible without` each.
    """

    claim: str
    verdict: bool
    state: str
    approach: str
    fingerprint: str
    conventions: Mapping[str, Any]
    definition: str = ""
    party: str = ""
    evidence: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "conventions", fixed(self.conventions))
        object.__setattr__(self, "evidence", fixed(self.evidence))

    def data(self) -> dict[str, Any]:
        """Return the certificate in its published JSON form."""
        about = {"definition": self.definition, "party": self.party}
        return {
            "claim": self.claim,
            **{key: value for key, value in about.items() if value},
            **({"state": self.state} if self.state else {}),
            "approach": self.approach,
            "conventions": dict(self.conventions),
            "fingerprint": self.fingerprint,
            "verdict": self.verdict,
            **thawed(self.evidence),
        }
