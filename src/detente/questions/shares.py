"""This module owns in how many of the states that hold by themselves something is met, or an option is taken."""

from detente.engine.interface import Definition, StateSet
from detente.game import Setting
from detente.model.statements import Compare


def core_met(side: Setting) -> dict[str, dict[str, str]]:
    """Return for each party its core concerns, and whether all, some or none of the states meet them."""
    nash = side.equilibria(Definition.NASH)
    return {
        party.id: {
            concern.label: _share(nash & side.where(concern.want), nash)
            for concern in party.concerns or ()
            if concern.core
        }
        for party in side.case.parties
    }


def taken(side: Setting, key: str) -> str:
    """Return whether an option is taken always, sometimes or never; ``nothing holds`` where no state does."""
    nash = side.equilibria(Definition.NASH)
    share = _share(nash & side.where(Compare(key)), nash)
    return {"all": "always", "some": "sometimes", "none": "never"}.get(share, share)


def accommodating(side: Setting) -> int:
    """Return how many of the states meet every core concern of every counted party."""
    met = side.equilibria(Definition.NASH)
    for id in side.case.counted:
        for concern in side.case.party(id).concerns or ():
            if concern.core:
                met = met & side.where(concern.want)
    return met.count()


def _share(part: StateSet, whole: StateSet) -> str:
    if not whole:
        return "nothing holds"
    return "none" if not part else "all" if part.count() == whole.count() else "some"
