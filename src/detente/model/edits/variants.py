"""This module owns the one-edit variants of a case: the nearest cases, by which a finding's robustness is counted."""

from collections.abc import Iterator

from detente.model.case import Case
from detente.model.edits.concerns import DropConcern, MarkCore, SwapConcerns
from detente.model.edits.edit import Edit
from detente.model.edits.situation import DropRule


def one_edit_variants(case: Case) -> Iterator[Edit]:
    """Yield every edit that swaps two neighbouring concerns, sets or clears a core mark, or drops a rule or a concern.

    Party by party in the order of the file, then the rules; parties with a ranking or weights have none. Dropping a
    rule of a case whose rankings list its states makes states that no ranking lists: the game then says so.
    """
    for party in case.parties:
        concerns = party.concerns or ()
        yield from (SwapConcerns(party.id, at, at + 1) for at in range(len(concerns) - 1))
        yield from (MarkCore(party.id, at, not concern.core) for at, concern in enumerate(concerns))
        yield from (DropConcern(party.id, at) for at in range(len(concerns)))
    yield from (DropRule(at) for at in range(len(case.rules)))
