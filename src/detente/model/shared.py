"""This module owns the cooperative approach: how parties take each other's concerns for their own.

Each party keeps its own concerns and takes in those of its partners as they stood before any sharing: what A learns
from B does not travel on to C. Clauses of the same kind that name a party twice count as one with all the partners.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest

from detente.model.items import Concern, SharedConcerns
from detente.model.statements import Tree, spelled_out

Concerns = tuple[Concern, ...]


def sharing(concerns: Mapping[str, Concerns], clauses: Sequence[SharedConcerns]) -> dict[str, Concerns]:
    """Return every party's concerns after it has taken in those of its partners.

    Parameters
    ----------
    concerns : mapping from party to concerns
        Most important first; every party that a clause names must be there.
    clauses : sequence of SharedConcerns
        In the order of the file.
    """
    shared = dict(concerns)
    for party in concerns:
        for which, order in dict.fromkeys((clause.which, clause.order) for clause in clauses):
            partners = dict.fromkeys(
                partner
                for clause in clauses
                if (clause.which, clause.order) == (which, order) and party in clause.parties
                for partner in clause.parties
                if partner != party
            )
            if partners:
                theirs = [concerns[partner] for partner in partners]
                shared[party] = interleaved(shared[party], theirs, which, order)
    return shared


def interleaved(own: Concerns, theirs: Sequence[Concerns], which: str = "core", order: str = "") -> Concerns:
    """Return a party's concerns with its partners' among them: the own r-th, then the partners' r-th, r = 1, 2, ...

    Parameters
    ----------
    own : tuple of Concern
        The party's concerns, most important first.
    theirs : sequence of tuples of Concern
        The partners' concerns, in the order in which the partners are listed.
    which : str
        core: of core concerns only; all: of all concerns.
    order : str
        "": the party's concerns that are not shared come last. interleaved: they keep their rank, so that the
        partners' r-th shared concern follows the party's r-th concern of any kind.

    Returns
    -------
    tuple of Concern
        Each statement once, at its first place; it is the party's own concern where the party has it too, and core
        where anybody marked it so.
    """
    _forget()
    offered = [tuple(concern for concern in concerns if which == "all" or concern.core) for concerns in theirs]
    first = own if order == "interleaved" else tuple(concern for concern in own if which == "all" or concern.core)
    rounds = zip_longest(first, *offered)
    placed = [concern for each in rounds for concern in each if concern is not None] + list(own)
    mine = {_number(concern): concern for concern in reversed(own)}
    core = {_number(concern) for concern in placed if concern.core}
    kept: dict[int, Concern] = {}
    for concern in placed:
        key = _number(concern)
        if key not in kept:
            chosen = mine.get(key, concern)
            kept[key] = chosen if chosen.core == (key in core) else replace(chosen, core=key in core)
    return tuple(kept.values())


def meaning(concern: Concern) -> Tree:
    """Return what tells a repeated statement: its tree, with named statements spelled out."""
    return spelled_out(concern.want.tree)


MOST_KNOWN = 10_000
_numbers: dict[Tree, int] = {}
_known: dict[int, tuple[Tree, int]] = {}


def _number(concern: Concern) -> int:
    """Return a number that stands for what a concern says: many variants of a case ask it of the same statements.

    A statement met again is known by its identity, for to walk through its tree is slow; it is kept, so that no other
    one can come to have the same identity.
    """
    tree = concern.want.tree
    known = _known.get(id(tree))
    if known is None:
        known = _known[id(tree)] = tree, _numbers.setdefault(meaning(concern), len(_numbers))
    return known[1]


def _forget() -> None:
    """Make room where too many statements are known; only between two sharings, since numbers begin anew."""
    if len(_known) > MOST_KNOWN:
        _known.clear()
        _numbers.clear()
